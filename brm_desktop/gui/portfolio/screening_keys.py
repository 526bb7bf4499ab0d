"""The keys of screening, and the two widgets of its page that leave them to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from brm_desktop.gui.widgets.table import Table

_KEYS: Final = {
    Qt.Key.Key_1: "target",
    Qt.Key.Key_2: "exclude",
    Qt.Key.Key_3: "later",
    Qt.Key.Key_4: "reason",
    Qt.Key.Key_5: "capture",
    Qt.Key.Key_6: "open",
    Qt.Key.Key_Return: "take",
    Qt.Key.Key_Enter: "take",
    Qt.Key.Key_Right: "later",
    Qt.Key.Key_Left: "back",
}
"""The keys of screening: digits as in the review, of no use while something is typed."""


class QueueTable(Table):
    """The list of the queue, which leaves the keys of screening to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is no search for an account that begins with it, and Enter opens nothing."""
        if meant(event) is not None:
            event.ignore()
            return
        super().keyPressEvent(event)


class ReasonField(QLineEdit):
    """The reason of a verdict: Enter ends the typing of it and decides nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes no further: on the page it would take what is suggested."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


def meant(event: QKeyEvent) -> str | None:
    """What a key asks for; those of the number pad are the same."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    return _KEYS.get(Qt.Key(event.key()))
