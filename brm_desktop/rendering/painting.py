"""A whole figure drawn in its order: grounds, lanes, rings, lines, routes, cards, heads, numbers.

The parts are functions of their own, so that the window can keep some of them ready made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from brm_desktop.rendering.cards import CARD_MARGIN, Detail, detail_at, draw_card
from brm_desktop.rendering.figure import Box, Card, Figure, Lane, Point
from brm_desktop.rendering.fonts import fitted, text_width
from brm_desktop.rendering.grounds import Ground, draw_grounds, draw_heads
from brm_desktop.rendering.lines import (
    FINE_FROM,
    LABELS_FROM,
    batched,
    draw_line,
    draw_line_label,
    paint_batches,
)
from brm_desktop.rendering.ring_marks import draw_ring_words, draw_rings
from brm_desktop.rendering.route_marks import draw_route_numbers, draw_routes
from brm_desktop.rendering.screen import PainterSurface
from brm_desktop.rendering.shapes import ORTHOGONAL, Shape, trace
from brm_desktop.rendering.surface import Anchor, Surface
from brm_desktop.rendering.theme import RADIUS_PANEL, SIZE_TEXT, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


def paint_figure(
    painter: QPainter,
    figure: Figure,
    theme: Theme,
    *,
    exposed: Box | None = None,
    zoom: float = 1.0,
    shapes: Mapping[str, Shape] | None = None,
) -> None:
    """Paint what of a figure meets ``exposed`` (all of it when ``None``) as it looks at a zoom."""
    shapes = trace(figure) if shapes is None else shapes
    surface = PainterSurface(painter)
    if exposed is not None:
        surface.rect(exposed, fill=theme.ground)
    draw_lanes(surface, figure, theme, exposed)
    paint_lines(painter, _meeting(shapes.values(), exposed), theme, zoom)
    draw_routes(surface, figure, shapes, theme)
    draw_ring_words(surface, figure, shapes, theme, zoom)
    detail = detail_at(zoom)
    for card in cards_meeting(figure, exposed):
        draw_card(surface, card, theme, detail)
    draw_heads(surface, figure, theme, exposed, zoom)
    draw_route_numbers(surface, figure, shapes, theme)


def paint_lanes(
    painter: QPainter,
    figure: Figure,
    theme: Theme,
    exposed: Box | None = None,
    grounds: Iterable[Ground] | None = None,
) -> None:
    """Paint grounds, the lanes of a decision chain and the rings of a key-person view."""
    draw_lanes(PainterSurface(painter), figure, theme, exposed, grounds)


def paint_lines(
    painter: QPainter, shapes: Iterable[Shape], theme: Theme, zoom: float = 1.0
) -> None:
    """Paint lines: in full from ``FINE_FROM``, one pixel thin below."""
    if zoom < FINE_FROM:
        paint_batches(painter, batched(shapes, theme))
        return
    surface = PainterSurface(painter)
    draw_lines(surface, shapes, theme, zoom)


def paint_routes(
    painter: QPainter, figure: Figure, shapes: Mapping[str, Shape], theme: Theme
) -> None:
    """Paint the numbered routes over everything."""
    surface = PainterSurface(painter)
    draw_routes(surface, figure, shapes, theme)
    draw_route_numbers(surface, figure, shapes, theme)


def draw_figure(
    surface: Surface, figure: Figure, theme: Theme, shapes: Mapping[str, Shape] | None = None
) -> None:
    """Draw a whole figure in full detail on any surface, without its ground."""
    shapes = trace(figure) if shapes is None else shapes
    draw_lanes(surface, figure, theme)
    draw_lines(surface, shapes.values(), theme)
    draw_routes(surface, figure, shapes, theme)
    draw_ring_words(surface, figure, shapes, theme)
    for card in cards_meeting(figure, None):
        draw_card(surface, card, theme, Detail.CARD)
    draw_heads(surface, figure, theme)
    draw_route_numbers(surface, figure, shapes, theme)


def draw_lines(surface: Surface, shapes: Iterable[Shape], theme: Theme, zoom: float = 1.0) -> None:
    """Draw lines in full: those that bend over those that do not, labels over all.

    Where lines are many their labels wait until one looks from near.
    """
    ordered = sorted(shapes, key=_layer)
    for shape in ordered:
        draw_line(surface, shape, theme)
    for shape in ordered:
        if shape.light >= 1.0 or zoom >= LABELS_FROM:
            draw_line_label(surface, shape, theme)


def cards_meeting(figure: Figure, exposed: Box | None) -> Iterable[Card]:
    """The cards that reach into a rectangle, faded ones first."""
    found = figure.cards.values()
    near = None if exposed is None else exposed.grown(CARD_MARGIN)
    chosen = [card for card in found if near is None or card.box.meets(near)]
    return sorted(chosen, key=lambda card: not card.faded)


def draw_lanes(
    surface: Surface,
    figure: Figure,
    theme: Theme,
    exposed: Box | None = None,
    grounds: Iterable[Ground] | None = None,
) -> None:
    """Draw grounds, the lanes with their titles, and the rings with their captions."""
    draw_grounds(surface, figure, theme, exposed, grounds)
    row = 0
    for lane in figure.lanes:
        fill = theme.lane_other if row % 2 and not lane.column else theme.lane
        row += not lane.column
        if exposed is None or lane.box.meets(exposed):
            _draw_lane(surface, lane, fill, theme)
    draw_rings(surface, figure, theme)


def _draw_lane(surface: Surface, lane: Lane, fill: str, theme: Theme) -> None:
    box = lane.box
    surface.rect(box, fill=fill, stroke=theme.lane_edge, radius=RADIUS_PANEL)
    colour = theme.readable(theme.quiet, fill)
    if lane.column:
        title = fitted(lane.title, box.width - 24.0, SIZE_TEXT)
        at = Point(box.centre.x, box.y + 22.0)
        surface.text(at, title, colour, SIZE_TEXT, anchor=Anchor.MIDDLE)
    elif upright(lane.title):
        _draw_upright(surface, lane, colour)
    else:
        title = fitted(lane.title, box.height - 16.0, SIZE_TEXT)
        at = Point(box.x + 22.0, box.centre.y)
        surface.text(at, title, colour, SIZE_TEXT, anchor=Anchor.MIDDLE, turned=True)


def upright(title: str) -> bool:
    """Whether a title is written in characters that stand one under another."""
    return bool(title) and all("\u4e00" <= letter <= "\u9fff" for letter in title)


def _draw_upright(surface: Surface, lane: Lane, colour: str) -> None:
    step = SIZE_TEXT + 3.0
    top = lane.box.centre.y - step * len(lane.title) / 2
    for number, letter in enumerate(lane.title):
        left = lane.box.x + 18.0 - text_width(letter, SIZE_TEXT) / 2
        baseline = top + step * number + SIZE_TEXT
        surface.text(Point(left, baseline), letter, colour, SIZE_TEXT)


def _meeting(shapes: Iterable[Shape], exposed: Box | None) -> Iterable[Shape]:
    return shapes if exposed is None else (s for s in shapes if s.bounds.meets(exposed))


def _layer(shape: Shape) -> tuple[bool, int]:
    straight = shape.line.style in ORTHOGONAL
    return (not shape.line.faded, 0 if straight else shape.line.strength or 1)
