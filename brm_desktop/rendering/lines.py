"""How lines are drawn: reporting, influence, conflict and ties, near and from afar."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.figure import Box, Line, LineStyle, Point
from brm_desktop.rendering.fonts import fitted, text_width
from brm_desktop.rendering.geometry import flattened, on_curve
from brm_desktop.rendering.labels import LONGEST
from brm_desktop.rendering.screen import PainterSurface, pen
from brm_desktop.rendering.shapes import ORTHOGONAL, Shape, hit
from brm_desktop.rendering.surface import Anchor, Outline, Surface
from brm_desktop.rendering.theme import SIZE_SMALL, Theme, mix, seen_through

if TYPE_CHECKING:
    from PySide6.QtCore import QLineF
    from PySide6.QtGui import QPainter, QPen

__all__ = [
    "FINE_FROM",
    "LABELS_FROM",
    "LineBatches",
    "batched",
    "draw_line",
    "draw_line_label",
    "hit",
    "line_colour",
    "line_width",
    "paint_batches",
    "paint_line",
]

FINE_FROM: Final = 0.4
"""Lines get their width, heads and labels from this zoom; below they are one pixel thin."""

LABELS_FROM: Final = 0.8
"""The labels of lines among many are drawn from this zoom."""

LineBatches = list[tuple["QPen", list["QLineF"]]]
"""Straight pieces by pen, for painting thousands of lines at once."""

_ZIGZAG = 4
_PALE = 0.45
_PIECES = 8
_DASH = (6.0, 4.0)
_DOTS = (2.0, 4.0)
_HEADED = frozenset(
    {
        LineStyle.DECIDES_FOR,
        LineStyle.INFLUENCE,
        LineStyle.OWN_TIE,
        LineStyle.COMPETITOR_TIE,
        LineStyle.PARTNER_TIE,
        LineStyle.SUCCESSION,
    }
)


def line_colour(line: Line, theme: Theme) -> str:
    """The colour of a line by what it says."""
    if line.style in ORTHOGONAL:
        return theme.wire
    if line.style is LineStyle.CONFLICT:
        return theme.crucial
    if line.style is LineStyle.COMPETITOR_TIE:
        return theme.competitor
    quiet = line.style in (LineStyle.PARTNER_TIE, LineStyle.SUCCESSION)
    return theme.quiet if quiet else theme.accent


def line_width(line: Line) -> float:
    """How wide a line is: influence and ties grow with their strength from 1.2 to 4."""
    if line.style in ORTHOGONAL or line.style is LineStyle.CONFLICT:
        return 1.6
    if line.style is LineStyle.SUCCESSION:
        return 1.2
    return 1.8 if line.strength is None else 1.2 + 2.8 * line.strength / 100


def paint_line(painter: QPainter, shape: Shape, theme: Theme, *, selected: bool = False) -> None:
    """Paint one line in full, with its label; a selected one with a halo."""
    surface = PainterSurface(painter)
    draw_line(surface, shape, theme, selected=selected)
    draw_line_label(surface, shape, theme)


def draw_line(surface: Surface, shape: Shape, theme: Theme, *, selected: bool = False) -> None:
    """Draw one line with its head."""
    line = shape.line
    dressed = theme.filtered() if line.faded else theme
    colour = line_colour(line, dressed)
    width = line_width(line) * shape.light
    if selected:
        halo = seen_through(theme.accent, 0.28)
        surface.outline(shape.outline, stroke=halo, width=width + 8.0)
    if line.style in ORTHOGONAL:
        _draw_orthogonal(surface, shape, colour, width)
        return
    stroke = (
        colour if line.style is LineStyle.CONFLICT else seen_through(colour, 0.78 * shape.light)
    )
    if line.stale and not line.faded:
        stroke = seen_through(mix(colour, theme.quiet, 0.4), 0.6 * shape.light)
    dash = _DASH if line.assumed else _DOTS if line.style is LineStyle.SUCCESSION else ()
    if line.style not in _HEADED:
        surface.outline(shape.outline, stroke=stroke, width=width, dash=dash)
        return
    length = 6.0 + 2.0 * shape.light + 1.1 * width
    surface.outline(_shortened(shape, length * 0.8), stroke=stroke, width=width, dash=dash)
    head = colour if shape.light >= 1.0 else seen_through(colour, min(1.0, 0.2 + shape.light))
    _draw_head(surface, shape, head, length)
    if line.style is LineStyle.OWN_TIE:
        surface.circle(shape.outline.start, 2.0 + width / 2, fill=colour)


def _draw_orthogonal(surface: Surface, shape: Shape, colour: str, width: float) -> None:
    dash: tuple[float, ...] = ()
    if shape.line.style is LineStyle.DOTTED_REPORTING:
        dash = _DOTS
    if shape.line.style is LineStyle.DECIDES_FOR:
        surface.outline(_shortened(shape, 6.0), stroke=colour, width=width)
        _draw_head(surface, shape, colour, 8.0)
    else:
        surface.outline(shape.outline, stroke=colour, width=width, dash=dash)


def _shortened(shape: Shape, by: float) -> Outline:
    """The outline ending a little before its tip, where the head begins."""
    end = Point(shape.tip.x - shape.ahead.x * by, shape.tip.y - shape.ahead.y * by)
    *earlier, last = shape.outline.steps
    return Outline(shape.outline.start, (*earlier, (*last[:-1], end)))


def _draw_head(surface: Surface, shape: Shape, colour: str, length: float) -> None:
    tip, ahead = shape.tip, shape.ahead
    half = length * 0.42
    back = Point(tip.x - ahead.x * length, tip.y - ahead.y * length)
    notch = Point(tip.x - ahead.x * length * 0.74, tip.y - ahead.y * length * 0.74)
    head = Outline.through(
        tip,
        Point(back.x - ahead.y * half, back.y + ahead.x * half),
        notch,
        Point(back.x + ahead.y * half, back.y - ahead.x * half),
        closed=True,
    )
    surface.outline(head, fill=colour)


def draw_line_label(surface: Surface, shape: Shape, theme: Theme) -> None:
    """The words on a line, on a plate of the ground so that they can be read across it."""
    text = fitted(" ".join(shape.line.label.split()), LONGEST, SIZE_SMALL)
    if not text:
        return
    width = text_width(text, SIZE_SMALL)
    at = shape.middle
    plate = Box(at.x - width / 2 - 5.0, at.y - 8.5, width + 10.0, 17.0)
    surface.rect(plate, fill=seen_through(theme.ground, 0.92), radius=5.0)
    dressed = theme.filtered() if shape.line.faded else theme
    colour = dressed.readable(dressed.quiet, theme.ground)
    surface.text(Point(at.x, at.y + 4.0), text, colour, SIZE_SMALL, anchor=Anchor.MIDDLE)


def batched(shapes: Iterable[Shape], theme: Theme) -> LineBatches:
    """Lines as one-pixel straight pieces by colour: make them once, paint them at every frame.

    Bent lines become a few pieces, two where they are many, and a conflict one.
    """
    from PySide6.QtCore import QLineF

    pieces: dict[str, list[QLineF]] = {}
    for shape in shapes:
        dressed = theme.filtered() if shape.line.faded else theme
        colour = line_colour(shape.line, dressed)
        found = pieces.setdefault(colour, [])
        points = _rough(shape)
        for start, end in pairwise(points):
            found.append(QLineF(start.x, start.y, end.x, end.y))
    return [(pen(colour, 0.0), lines) for colour, lines in pieces.items()]


def _rough(shape: Shape) -> list[Point]:
    if shape.line.style in ORTHOGONAL or 1 < len(shape.outline.steps) < _ZIGZAG:
        return flattened(shape.outline)
    if shape.line.style is LineStyle.CONFLICT:
        return [shape.outline.start, shape.tip]
    if shape.light < _PALE or len(shape.outline.steps[0]) != 3:
        return [shape.outline.start, shape.middle, shape.tip]
    start, step = shape.outline.start, shape.outline.steps[0]
    return [start, *(on_curve(start, step, piece / _PIECES) for piece in range(1, _PIECES + 1))]


def paint_batches(painter: QPainter, batches: LineBatches) -> None:
    """Paint straight pieces, one device pixel wide, without smoothing: for far views."""
    smooth = painter.testRenderHint(painter.RenderHint.Antialiasing)
    painter.setRenderHint(painter.RenderHint.Antialiasing, False)
    for its_pen, pieces in batches:
        painter.setPen(its_pen)
        painter.drawLines(pieces)
    painter.setRenderHint(painter.RenderHint.Antialiasing, smooth)
