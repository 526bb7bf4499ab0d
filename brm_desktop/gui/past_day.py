"""What holds while a day in the past is on show: everything can be read and nothing changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import (
    QAbstractSlider,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from brm_desktop.domain.phrase import phrase

READ_ONLY: Final = phrase(
    "A day in the past can only be read: go back to today to change something."
)

_EDITS: Final = "edits"
_PAST: Final = "past"


def changes_records(button: QPushButton | QToolButton) -> None:
    """Say of a button that it changes something, so that it is off on a day in the past."""
    button.setProperty(_EDITS, True)


def show_past(whole: QWidget, *, past: bool) -> None:
    """Let every editor within a widget be read only, or live again.

    Texts can still be selected and copied; what is only chosen, pulled or pressed is off.
    """
    for part in whole.findChildren(QWidget):
        if isinstance(part, QLineEdit):
            if not isinstance(part.parent(), QComboBox):
                part.setReadOnly(past)
                _dress(part, past)
        elif isinstance(part, QPlainTextEdit):
            part.setReadOnly(past)
            _dress(part, past)
        elif isinstance(part, QComboBox | QCheckBox | QAbstractSlider) or part.property(_EDITS):
            part.setEnabled(not past)


def _dress(part: QWidget, past: bool) -> None:
    if bool(part.property(_PAST)) != past:
        part.setProperty(_PAST, past)
        part.style().unpolish(part)
        part.style().polish(part)
