"""The parts of a page that is a list: the line above it, its filter, its button, its sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import panel, row

_FILTER_WIDTH = 220


def list_head(count: QWidget, *tools: QWidget) -> QHBoxLayout:
    """The line above a list: how many there are, and its tools at the right."""
    head = row(gap=10)
    head.addWidget(count, 1)
    for tool in tools:
        head.addWidget(tool)
    return head


def filter_field(texts: Texts, about: Phrase) -> QLineEdit:
    """A field that filters a list; ``about`` is its name for who does not see it."""
    field = QLineEdit()
    field.setClearButtonEnabled(True)
    field.setFixedWidth(_FILTER_WIDTH)
    texts.bind(field.setPlaceholderText, phrase("Filter…"))
    texts.name(field, about)
    return field


def add_button(texts: Texts, text: Phrase) -> QPushButton:
    """The button that adds one more to a list."""
    button = QPushButton()
    button.setProperty("kind", "primary")
    texts.bind(button.setText, text)
    changes_records(button)
    return button


def table_sheet(table: QWidget) -> QFrame:
    """A rounded sheet around a table."""
    sheet = panel()
    inside = QVBoxLayout(sheet)
    inside.setContentsMargins(8, 6, 8, 8)
    inside.addWidget(table)
    return sheet
