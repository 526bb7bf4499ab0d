"""What holds while a day in the past is on show: everything can be read and nothing changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import (
    QAbstractSlider,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from brm_desktop.domain.phrase import phrase

READ_ONLY: Final = phrase(
    "A day in the past can only be read: go back to today to change something."
)

EDITS: Final = "edits"
"""Says of a part that it changes something."""
_PAST: Final = "past"


def changes_records(button: QWidget) -> None:
    """Say of a button that it changes something, so that it is off where nothing can be changed."""
    button.setProperty(EDITS, True)


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
        elif isinstance(part, QComboBox | QCheckBox | QAbstractSlider) or part.property(EDITS):
            part.setEnabled(not past)


def _dress(part: QWidget, past: bool) -> None:
    if bool(part.property(_PAST)) != past:
        part.setProperty(_PAST, past)
        part.style().unpolish(part)
        part.style().polish(part)
