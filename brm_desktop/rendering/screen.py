"""Drawing with a ``QPainter``: the window and PNG."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from brm_desktop.rendering.figure import Box, Point
from brm_desktop.rendering.fonts import scene_font, text_width
from brm_desktop.rendering.surface import Anchor, Outline

_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)
_NO_PEN = QPen(Qt.PenStyle.NoPen)


@lru_cache(maxsize=512)
def qcolor(colour: str) -> QColor:
    """A token as Qt's colour."""
    if len(colour) == 9:
        made = QColor(colour[:7])
        made.setAlpha(int(colour[7:], 16))
        return made
    return QColor(colour)


class PainterSurface:
    """A surface that draws with a painter, in the painter's present coordinates."""

    def __init__(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self._painter = painter
        self._dpi = float(painter.device().logicalDpiY())
        self._fonts: dict[tuple[float, bool], QFont] = {}

    def rect(
        self,
        box: Box,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1.0,
        radius: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A rectangle, its corners rounded by ``radius``."""
        place = QRectF(box.x, box.y, box.width, box.height)
        if stroke is None and radius <= 0 and fill is not None:
            self._painter.fillRect(place, qcolor(fill))
            return
        self._dress(fill, stroke, width, dash)
        if radius > 0:
            self._painter.drawRoundedRect(place, radius, radius)
        else:
            self._painter.drawRect(place)

    def circle(
        self,
        centre: Point,
        radius: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A circle."""
        self._dress(fill, stroke, width, dash)
        self._painter.drawEllipse(QPointF(centre.x, centre.y), radius, radius)

    def arc(self, centre: Point, radius: float, share: float, *, stroke: str, width: float) -> None:
        """The first ``share`` (0–1) of a circle, clockwise from the top, with round ends."""
        self._dress(None, stroke, width, ())
        place = QRectF(centre.x - radius, centre.y - radius, 2 * radius, 2 * radius)
        self._painter.drawArc(place, 90 * 16, -round(share * 360 * 16))

    def outline(
        self,
        outline: Outline,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A line, or a shape when it is filled; ends and corners are round."""
        self._dress(fill, stroke, width, dash)
        self._painter.drawPath(painter_path(outline))

    def text(
        self,
        at: Point,
        text: str,
        colour: str,
        size: float,
        *,
        bold: bool = False,
        anchor: Anchor = Anchor.START,
        turned: bool = False,
    ) -> None:
        """One line of text on the baseline ``at``; ``turned`` reads from bottom to top."""
        painter = self._painter
        painter.setFont(self._font(size, bold))
        painter.setPen(qcolor(colour))
        shift = 0.0
        if anchor is not Anchor.START:
            shift = text_width(text, size, bold) * (0.5 if anchor is Anchor.MIDDLE else 1.0)
        if not turned:
            painter.drawText(QPointF(at.x - shift, at.y), text)
            return
        painter.save()
        painter.translate(at.x, at.y)
        painter.rotate(-90)
        painter.drawText(QPointF(-shift, 0.0), text)
        painter.restore()

    def _font(self, size: float, bold: bool) -> QFont:
        font = self._fonts.get((size, bold))
        if font is None:
            font = self._fonts[size, bold] = scene_font(size, bold, self._dpi)
        return font

    def _dress(
        self, fill: str | None, stroke: str | None, width: float, dash: tuple[float, ...]
    ) -> None:
        self._painter.setBrush(_NO_BRUSH if fill is None else qcolor(fill))
        self._painter.setPen(_NO_PEN if stroke is None else pen(stroke, width, dash))


@lru_cache(maxsize=512)
def pen(stroke: str, width: float, dash: tuple[float, ...] = ()) -> QPen:
    """A pen of a token's colour; ``dash`` in scene units, width 0 for one device pixel."""
    if width == 0:
        return QPen(qcolor(stroke), 0)
    made = QPen(
        qcolor(stroke),
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
    if dash:
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
        made.setDashPattern([length / width for length in dash])
    return made


def painter_path(outline: Outline) -> QPainterPath:
    """An outline as Qt's path."""
    path = QPainterPath(QPointF(outline.start.x, outline.start.y))
    for step in outline.steps:
        points = [QPointF(point.x, point.y) for point in step]
        if len(points) == 1:
            path.lineTo(points[0])
        elif len(points) == 2:
            path.quadTo(points[0], points[1])
        else:
            path.cubicTo(points[0], points[1], points[2])
    if outline.closed:
        path.closeSubpath()
    return path
