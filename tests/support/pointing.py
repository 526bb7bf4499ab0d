"""A hand on the mouse: presses, drags and clicks at places of a canvas's scene."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import Point

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton


class Hand:
    """Moves the pointer over a canvas in scene units."""

    def __init__(self, view: CanvasView) -> None:
        self.view = view
        self._held = Qt.MouseButton.NoButton

    def at(self, person: str, dx: float = 0.0, dy: float = 0.0) -> Point:
        """A place on somebody's card, from its middle."""
        centre = self.view.content.cards[PersonId(person)].centre
        return Point(centre.x + dx, centre.y + dy)

    def press(
        self,
        at: Point,
        keys: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """Put a button down."""
        self.move(at, keys)
        self._held = button
        self._send(QEvent.Type.MouseButtonPress, at, button, keys)

    def move(self, to: Point, keys: Qt.KeyboardModifier = NONE) -> None:
        """Move the pointer, with whatever button is down."""
        self._send(QEvent.Type.MouseMove, to, Qt.MouseButton.NoButton, keys)

    def release(self, at: Point, keys: Qt.KeyboardModifier = NONE) -> None:
        """Let the button go."""
        button, self._held = self._held, Qt.MouseButton.NoButton
        self._send(QEvent.Type.MouseButtonRelease, at, button, keys)

    def click(self, at: Point, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press and let go in one place."""
        self.press(at, keys)
        self.release(at, keys)

    def double_click(self, at: Point) -> None:
        """Click twice."""
        self.click(at)
        self._send(QEvent.Type.MouseButtonDblClick, at, LEFT, NONE)
        self._send(QEvent.Type.MouseButtonRelease, at, LEFT, NONE)

    def drag(
        self,
        start: Point,
        end: Point,
        keys: Qt.KeyboardModifier = ALT,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """Drag from place to place; Alt, unless told, keeps cards from snapping."""
        self.press(start, keys, button)
        self.move(Point((start.x + end.x) / 2, (start.y + end.y) / 2), keys)
        self.move(end, keys)
        self.release(end, keys)

    def turn_wheel(self, at: Point, steps: int, keys: Qt.KeyboardModifier = NONE) -> None:
        """Turn the wheel, away from oneself when positive."""
        place = self.view.camera.to_screen(at)
        viewport = self.view.viewport()
        event = QWheelEvent(
            place,
            QPointF(viewport.mapToGlobal(place)),
            QPoint(),
            QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    def _send(
        self, kind: QEvent.Type, at: Point, button: Qt.MouseButton, keys: Qt.KeyboardModifier
    ) -> None:
        place = self.view.camera.to_screen(at)
        viewport = self.view.viewport()
        held = self._held
        if kind == QEvent.Type.MouseButtonRelease:
            held = Qt.MouseButton.NoButton
        event = QMouseEvent(kind, place, QPointF(viewport.mapToGlobal(place)), button, held, keys)
        QApplication.sendEvent(viewport, event)


def key(widget: QWidget, which: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    """Press and release a key in whatever has the focus of a window."""
    QTest.keyClick(_focused(widget), which, keys)


def type_text(widget: QWidget, text: str) -> None:
    """Type Latin letters into whatever has the focus of a window, or commit other text."""
    for letter in text:
        target = _focused(widget)
        if letter.isascii():
            QTest.keyClicks(target, letter)
        else:
            commit(target, letter)


def _focused(widget: QWidget) -> QWidget:
    found: QWidget | None = widget.window().focusWidget()
    return widget if found is None else found


def commit(target: QWidget, text: str) -> None:
    """What an input method sends when a word is chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def compose(target: QWidget, text: str) -> None:
    """What an input method sends while a word is being composed."""
    QApplication.sendEvent(target, QInputMethodEvent(text, []))
