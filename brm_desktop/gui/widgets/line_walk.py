"""Lines of buttons that are one stop of Tab together, as a list is: the arrows walk in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

_LINES: Final[dict[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WITHIN: Final[dict[int, int]] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS: Final[dict[int, int]] = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_WALKING: Final = frozenset({*_LINES, *_WITHIN, *_ENDS})


class LineButton(QPushButton):
    """A button of a line: it leaves the arrows to the lines, and tells when it has the keys."""

    met = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that walk to the lines around; Qt would go on as with Tab."""
        if event.key() in _WALKING:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it has the keys."""
        super().focusInEvent(event)
        self.met.emit()


class LineWalk(QWidget):
    """What has lines of buttons: Up, Down, Home and End go between them, Left and Right within one.

    Tab stops at the buttons of one line only, that which last had the keys.
    """

    def __init__(self) -> None:
        super().__init__()
        self._walked: tuple[tuple[LineButton, ...], ...] = ()
        self._at = 0
        self._known: set[LineButton] = set()
        self._stood: LineButton | None = None
        self._owes_keys = False

    @property
    def stops(self) -> tuple[LineButton, ...]:
        """Every button, line by line."""
        return tuple(button for line in self._walked for button in line)

    def take_keys(self) -> None:
        """Give the keys to the line that last had them; without any line nothing happens."""
        if self._walked:
            self._go_to(self._walked[self._at][0])

    def walk_over(self, lines: Sequence[Sequence[LineButton]]) -> None:
        """Walk over these lines from now on; who stood on one that stays stands on it still."""
        self._walked = tuple(tuple(line) for line in lines if line)
        for button in set(self.stops) - self._known:
            button.met.connect(self._met)
        self._known = set(self.stops)
        same = [n for n, line in enumerate(self._walked) if line[0] is self._stood]
        self._stand(same[0] if same else min(self._at, max(0, len(self._walked) - 1)))
        owes, self._owes_keys = self._owes_keys, False
        if owes:
            self.take_keys()

    def let_go(self, line: QWidget) -> None:
        """Let a line go; the keys it had go to the line in its place, which is walked over next."""
        focus: QWidget | None = self.window().focusWidget()
        if focus is not None and line.isAncestorOf(focus):
            self._owes_keys = True
        self._walked = tuple(one for one in self._walked if not line.isAncestorOf(one[0]))
        line.hide()  # Qt looks for another to have the keys
        line.setParent(None)
        line.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk; a key that leads nowhere does nothing."""
        focus: QWidget | None = self.focusWidget()
        if event.key() not in _WALKING or not isinstance(focus, LineButton):
            super().keyPressEvent(event)
            return
        found = self._led_to(event.key(), focus)
        if found is not None:
            self._go_to(found)

    def _led_to(self, key: int, focus: LineButton) -> LineButton | None:
        """The button that a key leads to, none at an end."""
        line = self._walked[self._at]
        if focus not in line:
            return None
        if key in _ENDS:
            return self._walked[_ENDS[key]][0]
        if key in _LINES:
            at = self._at + _LINES[key]
            return self._walked[at][0] if 0 <= at < len(self._walked) else None
        at = line.index(focus) + _WITHIN[key]
        return line[at] if 0 <= at < len(line) else None

    def _go_to(self, button: LineButton) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        around = button.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(button)

    def _met(self) -> None:
        """Stand on the line whose button has the keys now."""
        focus: QWidget | None = self.focusWidget()
        at = next((n for n, line in enumerate(self._walked) if focus in line), None)
        if at is not None:
            self._stand(at)

    def _stand(self, at: int) -> None:
        """Let Tab stop at the buttons of one line; the mouse reaches all."""
        self._at = at
        self._stood = self._walked[at][0] if self._walked else None
        for place, line in enumerate(self._walked):
            policy = Qt.FocusPolicy.StrongFocus if place == at else Qt.FocusPolicy.ClickFocus
            for button in line:
                button.setFocusPolicy(policy)
