"""The canvas under the pointer: presses, drags, wheels, pinches, menus and tool tips."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.actions import Keys
from brm_desktop.gui.canvas.clipping import Clip
from brm_desktop.gui.canvas.commands import CommandBoard
from brm_desktop.gui.canvas.marks import Dot, dot_at
from brm_desktop.gui.canvas.port import AskRemoval, CanvasPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.tools.gestures import Panning
from brm_desktop.gui.canvas.tools.pressing import DOT_WITHIN, dotted_card, pressed
from brm_desktop.gui.canvas.tools.stage import Gesture, Mode, Pointer
from brm_desktop.rendering.cards import PLATES_BELOW
from brm_desktop.rendering.figure import Point
from brm_desktop.rendering.theme import Theme

_WHEEL_STEP: Final = 120.0
_SCROLL: Final = 80.0
"""Pixels that one step of the wheel scrolls."""

_EDGE: Final = 18.0
"""Pixels from the edge within which a drag scrolls."""

_PULL_MS: Final = 20
_PULL_MOST: Final = 30.0


class PointedBoard(CommandBoard):
    """A board whose gestures begin and end with the pointer."""

    activated = Signal(object)
    """Somebody whose card was double-clicked: the :class:`PersonId`."""
    menu_requested = Signal(object, object)
    """The right button was pressed: the global :class:`QPoint` and the :class:`Selection`."""

    def __init__(
        self,
        port: CanvasPort,
        theme: Theme,
        name: Phrase,
        *,
        keys: Keys | None = None,
        clip: Clip | None = None,
        ask: AskRemoval | None = None,
    ) -> None:
        self._gesture: Gesture | None = None
        self._space = False
        self._held_at = QPointF()
        self._pulling = QTimer(interval=_PULL_MS)
        self._pulling.timeout.connect(self._pull_along)
        super().__init__(port, theme, name, keys=keys, clip=clip, ask=ask)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin the gesture that the place and the mode call for."""
        self._cancel_gesture()
        self.field.finish()
        self.flush()
        at = self._pointer(event)
        if event.button() == Qt.MouseButton.MiddleButton or (
            self._space and event.button() == Qt.MouseButton.LeftButton
        ):
            self._gesture = Panning(self, at)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._clicked = at.scene
            self._gesture = pressed(self, at, self.mode)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or show what lies under the pointer."""
        at = self._pointer(event)
        if self._gesture is not None:
            self._gesture = self._gesture.moved(at)
            self._held_at = event.position()
            self._pull_along()
        else:
            self._hover(at)
        event.accept()

    def _pull_along(self) -> None:
        """Scroll while something is dragged at the edge, as long as it is held there."""
        size, at = self.viewport().size(), self._held_at
        dx = _beyond(at.x(), size.width())
        dy = _beyond(at.y(), size.height())
        if self._gesture is None or isinstance(self._gesture, Panning) or not (dx or dy):
            self._pulling.stop()
            return
        if not self._pulling.isActive():
            self._pulling.start()
            return
        self.pan_by(dx, dy)
        held = QGuiApplication.keyboardModifiers()
        self._gesture = self._gesture.moved(self._pointer_at(at, held))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture with its edit, if it has one."""
        gesture, self._gesture = self._gesture, None
        self._pulling.stop()
        if gesture is not None:
            gesture.released(self._pointer(event))
            self._hover(self._pointer(event))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a card, or add a person where there is none."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._cancel_gesture()
        at = self._pointer(event)
        card = self.content.card_at(at.scene)
        if card is not None:
            self.activated.emit(card.person)
            self.rename_person(card.person)
        else:
            self.name_person(at.scene, None)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer with Ctrl; otherwise scroll."""
        turned = event.angleDelta()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            factor = 1.2 ** (turned.y() / _WHEEL_STEP)
            self.camera.zoom_by(factor, event.position())
        elif not event.pixelDelta().isNull():
            self.pan_by(event.pixelDelta().x(), event.pixelDelta().y())
        else:
            dx, dy = turned.x() * _SCROLL / _WHEEL_STEP, turned.y() * _SCROLL / _WHEEL_STEP
            across = bool(held & Qt.KeyboardModifier.ShiftModifier) and not dx
            self.pan_by(dy if across else dx, 0.0 if across else dy)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what the menu is about and ask the window for it."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            at = self.camera.to_scene(QPointF(event.pos()))
            card = self.content.card_at(at)
            line = None if card else self.content.line_at(at, DOT_WITHIN / self.zoom)
            self._clicked = at
            if card is not None and card.person not in self.selection.people:
                self.select(Selection.of(card.person))
            elif line is not None:
                self.select(Selection(lines=(line.record,)))
            elif card is None:
                self.select(Selection())
        self.menu_requested.emit(event.globalPos(), self.selection)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Hear pinches, leaving pointers and tool tips."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.camera.zoom_by(1.0 + event.value(), event.position())
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._tool_tip(event)
        elif event.type() == QEvent.Type.Leave and self._gesture is None:
            self.mark(replace(self.marks, hovered=None, dot=None))
        return super().viewportEvent(event)

    def _pointer(self, event: QMouseEvent) -> Pointer:
        return self._pointer_at(event.position(), event.modifiers())

    def _pointer_at(self, at: QPointF, held: Qt.KeyboardModifier) -> Pointer:
        return Pointer(
            self.camera.to_scene(at),
            Point(at.x(), at.y()),
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
            control=bool(held & Qt.KeyboardModifier.ControlModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
        )

    def _hover(self, at: Pointer) -> None:
        """Show the edge dots of the card under the pointer, and what a press would do."""
        grabbed = dotted_card(self, at.scene)
        near = 0.0 if self.zoom < PLATES_BELOW else DOT_WITHIN / self.zoom
        on_card = self.content.card_at(at.scene)
        card = grabbed or on_card or self.content.card_at(at.scene, near)
        dot = None
        if grabbed is not None and self.mode is Mode.SELECT:
            edge = dot_at(grabbed, at.scene, DOT_WITHIN / self.zoom)
            dot = Dot(grabbed.person, edge) if edge is not None else None
        hovered = card.person if card is not None else None
        self.mark(replace(self.marks, hovered=hovered, dot=dot))
        self.viewport().setCursor(self._cursor(dotted=dot is not None, over=on_card is not None))

    def _cursor(self, *, dotted: bool, over: bool) -> QCursor:
        shapes = Qt.CursorShape
        if self._space:
            return QCursor(shapes.OpenHandCursor)
        if dotted or self.mode is not Mode.SELECT:
            return QCursor(shapes.CrossCursor)
        return QCursor(shapes.PointingHandCursor if over else shapes.ArrowCursor)

    def _tool_tip(self, event: QHelpEvent) -> bool:
        """Say who a card is, and what of him no card has room for."""
        card = self.content.card_at(self.camera.to_scene(QPointF(event.pos())))
        if card is None:
            QToolTip.hideText()
        else:
            told = (card.name, card.subtitle, *self.port.told_of(card.person))
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, told)))
        return True

    def _abandon(self) -> None:
        self._cancel_gesture()

    def _cancel_gesture(self) -> None:
        gesture, self._gesture = self._gesture, None
        self._pulling.stop()
        if gesture is not None:
            gesture.cancelled()


def _beyond(at: float, size: int) -> float:
    """How fast to scroll for a pointer near or beyond an edge: pixels for each step."""
    if at < _EDGE:
        return min(_PULL_MOST, (_EDGE - at) / 2)
    return -min(_PULL_MOST, (at - size + _EDGE) / 2) if at > size - _EDGE else 0.0
