"""Where a canvas is looked at from: pan, zoom at the pointer, fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from brm_desktop.gui.canvas.content import Content
from brm_desktop.rendering.figure import Box, Point

ZOOM_STEP: Final = 1.25
"""What one step of zooming in multiplies by."""

_NEAREST: Final = 4.0
_FARTHEST: Final = 0.02
_MARGIN: Final = 40.0
_RIM: Final = 0.06
"""How much of a small view is left free around what is fitted into it."""
_IN_SIGHT: Final = 60.0
"""Pixels of the figure that stay in sight however far one pans."""


class Camera:
    """Moves a graphics view over the content.

    ``moved`` is told whenever something else is seen, with ``True`` when more of the same motion is
    likely to follow at once, as from a wheel or a dragging hand.
    """

    def __init__(
        self, view: QGraphicsView, content: Content, moved: Callable[[bool], None]
    ) -> None:
        self._view = view
        self._content = content
        self._moved = moved

    @property
    def zoom(self) -> float:
        """Pixels for one scene unit."""
        return self._view.transform().m11()

    @property
    def seen(self) -> Box:
        """The part of the scene in sight."""
        size = self._view.viewport().size()
        corner = self.to_scene(QPointF(0.0, 0.0))
        return Box(corner.x, corner.y, size.width() / self.zoom, size.height() / self.zoom)

    def to_scene(self, at: QPointF) -> Point:
        """The place in the scene under a pixel of the viewport."""
        back, _ = self._view.viewportTransform().inverted()
        place = back.map(at)
        return Point(place.x(), place.y())

    def to_screen(self, at: Point) -> QPointF:
        """The pixel of the viewport that shows a place of the scene."""
        return self._view.viewportTransform().map(QPointF(at.x, at.y))

    def box_on_screen(self, box: Box) -> QRectF:
        """The pixels of the viewport that show a rectangle of the scene."""
        place = QRectF(box.x, box.y, box.width, box.height)
        return self._view.viewportTransform().mapRect(place)

    def pan_by(self, dx: float, dy: float, *, hurried: bool = True) -> None:
        """Pull the scene along by so many pixels; some of the figure stays in sight."""
        across, along = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        dx, dy = self._bounded(round(dx), round(dy))
        if dx or dy:
            across.setValue(across.value() - dx)
            along.setValue(along.value() - dy)
            self._moved(hurried)

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Look from nearer or farther; what is under ``around`` (the middle) stays under it."""
        zoom = max(_FARTHEST, min(_NEAREST, zoom))
        anchor = around if around is not None else self._middle()
        place = self.to_scene(anchor)
        self._view.setTransform(QTransform.fromScale(zoom, zoom))
        now = self.to_screen(place)
        across, along = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + round(now.x() - anchor.x()))
        along.setValue(along.value() + round(now.y() - anchor.y()))
        self._moved(True)

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Look from so many times nearer."""
        self.zoom_to(self.zoom * factor, around)

    def look_at(self, centre: Point) -> None:
        """Put a place of the scene in the middle."""
        now, middle = self.to_screen(centre), self._middle()
        across, along = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + round(now.x() - middle.x()))
        along.setValue(along.value() + round(now.y() - middle.y()))
        self._moved(False)

    def fit(self, box: Box, nearest: float = 1.0) -> None:
        """Show all of a rectangle, not nearer than ``nearest``."""
        size = self._view.viewport().size()
        margin = min(_MARGIN, _RIM * min(size.width(), size.height()))
        across = (size.width() - 2 * margin) / max(box.width, 1.0)
        along = (size.height() - 2 * margin) / max(box.height, 1.0)
        zoom = max(_FARTHEST, min(nearest, across, along))
        self._view.setTransform(QTransform.fromScale(zoom, zoom))
        self.look_at(box.centre)

    def show_whole(self, box: Box) -> None:
        """Show all of a rectangle; where one looks from stays when all of it is in sight."""
        seen = self.seen
        if not (seen.holds(Point(box.x, box.y)) and seen.holds(Point(box.right, box.bottom))):
            self.fit(box)

    def reveal(self, box: Box) -> None:
        """Pan as little as brings a rectangle into sight."""
        place = self.box_on_screen(box).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        size = self._view.viewport().size()
        dx = _least(place.left(), place.right(), size.width())
        dy = _least(place.top(), place.bottom(), size.height())
        if dx or dy:
            self.pan_by(dx, dy, hurried=False)

    def _middle(self) -> QPointF:
        size = self._view.viewport().size()
        return QPointF(size.width() / 2, size.height() / 2)

    def _bounded(self, dx: int, dy: int) -> tuple[int, int]:
        """The way that leaves a rim of the figure in sight, as long as it was."""
        bounds = self._content.bounds
        if not self._content.cards:
            return dx, dy
        shown = self.box_on_screen(bounds)
        size = self._view.viewport().size()
        if shown.right() + dx < _IN_SIGHT:
            dx = max(dx, min(0, round(_IN_SIGHT - shown.right())))
        if shown.left() + dx > size.width() - _IN_SIGHT:
            dx = min(dx, max(0, round(size.width() - _IN_SIGHT - shown.left())))
        if shown.bottom() + dy < _IN_SIGHT:
            dy = max(dy, min(0, round(_IN_SIGHT - shown.bottom())))
        if shown.top() + dy > size.height() - _IN_SIGHT:
            dy = min(dy, max(0, round(size.height() - _IN_SIGHT - shown.top())))
        return dx, dy


def _least(low: float, high: float, room: int) -> float:
    """The least shift that brings a stretch into ``0 … room``; its beginning when it is longer."""
    if low < 0 or high - low > room:
        return -low
    return room - high if high > room else 0.0


def pixel(at: QPointF) -> QPoint:
    """The whole pixel a point lies in."""
    return QPoint(round(at.x()), round(at.y()))
