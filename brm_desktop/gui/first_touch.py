"""What is done once somebody touches the window: it would hold up the first edit.

A window that is only looked at does without, and without the memory it takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject

_TOUCHES: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}
)


class FirstTouch(QObject):
    """Does something once, at the first press of a key or button in a window when it is time."""

    def __init__(
        self, window: QObject, is_time: Callable[[], bool], do: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._is_time = is_time
        self._do = do
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of presses until the first that counts; all go where they would go anyway."""
        if event.type() in _TOUCHES and self._is_time():
            watched.removeEventFilter(self)
            self._do()
        return False
