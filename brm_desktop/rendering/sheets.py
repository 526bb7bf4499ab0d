"""A figure on sheets of A4: one while it can be read, else an overview and a part on each sheet.

Every card is whole on exactly one sheet; a line that goes on elsewhere ends in that sheet's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.domain.spelling import name_order
from brm_desktop.language import tr
from brm_desktop.rendering.cards import CARD_MARGIN, Detail, draw_card
from brm_desktop.rendering.figure import Box, Card, Figure, Point
from brm_desktop.rendering.fonts import text_width
from brm_desktop.rendering.geometry import between, flattened
from brm_desktop.rendering.grounds import draw_heads, group_boxes
from brm_desktop.rendering.legend import LEGEND_WIDTH, draw_legend, legend_box
from brm_desktop.rendering.lines import draw_line
from brm_desktop.rendering.painting import draw_figure, draw_lanes, draw_lines
from brm_desktop.rendering.shapes import Shape, trace
from brm_desktop.rendering.surface import Anchor, Surface
from brm_desktop.rendering.svg import SvgSurface
from brm_desktop.rendering.theme import RADIUS_PANEL, SIZE_TEXT, Theme, seen_through

SHEET_LONG: Final = 774.0
SHEET_SHORT: Final = 480.0
"""The room for a figure on a sheet lying on its side, in points."""

LEAST_SCALE: Final = 0.26
"""Points per scene unit under which names are too small to read: a figure is split then."""

_PART_SCALE = 0.5
_MARGIN = 16.0
_EDGE = 12.0
_TAG_HEIGHT = 18.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a figure: its SVG, its title, whether it lies on its side, and who is on it.

    ``people`` are the names of those who have their card here; an overview has none.
    """

    svg: bytes
    title: str = ""
    note: str = ""
    landscape: bool = False
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """What one sheet shows of a figure."""

    number: int
    view: Box
    people: frozenset[PersonId]


def extent(figure: Figure, shapes: Mapping[str, Shape] | None = None) -> Box:
    """The rectangle that holds all that is drawn of a figure, with a margin."""
    shapes = trace(figure) if shapes is None else shapes
    curves = (
        Box(point.x, point.y, 0.0, 0.0)
        for shape in shapes.values()
        for point in flattened(shape.outline)
    )
    grounds = (box for group in figure.groups for box in group_boxes(group, figure.cards))
    inside = figure.bounds.grown(CARD_MARGIN - _MARGIN)
    return Box.around((inside, *grounds, *curves)).grown(_MARGIN)


def with_legend(figure: Figure, view: Box) -> tuple[Box, Point]:
    """A view with room for the figure's legend below, and where that stands."""
    at = Point(view.x + _MARGIN, view.bottom)
    box = legend_box(figure, at, _legend_width(view))
    return Box.around((view, box.grown(_MARGIN))), at


def _legend_width(view: Box) -> float:
    return max(LEGEND_WIDTH, view.width - 2 * _MARGIN)


def draw_with_legend(
    surface: Surface,
    figure: Figure,
    theme: Theme,
    shapes: Mapping[str, Shape],
    view: Box,
) -> None:
    """Draw a whole figure, and its legend below what is its own ``view``."""
    draw_figure(surface, figure, theme, shapes)
    _, at = with_legend(figure, view)
    draw_legend(surface, figure, at, theme, _legend_width(view))


def figure_svg(
    figure: Figure, theme: Theme, *, ground: bool = False, legend: bool = False
) -> bytes:
    """A whole figure as one SVG; with ``ground``, on the theme's ground."""
    shapes = trace(figure)
    view = extent(figure, shapes)
    whole = with_legend(figure, view)[0] if legend and figure.cards else view
    surface = SvgSurface()
    if ground:
        surface.rect(whole, fill=theme.ground)
    if whole is view:
        draw_figure(surface, figure, theme, shapes)
    else:
        draw_with_legend(surface, figure, theme, shapes, view)
    return surface.document(whole, title=figure.title).encode()


def figure_sheets(
    figure: Figure, theme: Theme, *, first: int = 1, legend: bool = False
) -> tuple[Sheet, ...]:
    """A figure on as many sheets as it takes to be read.

    ``first`` is the number of the first sheet, for documents that have pages before it. A figure on
    one sheet may have its ``legend`` below.
    """
    shapes = trace(figure)
    view = extent(figure, shapes)
    landscape = view.width >= view.height
    if _scale(view, landscape) >= LEAST_SCALE or not figure.cards:
        svg = figure_svg(figure, theme, legend=legend)
        return (Sheet(svg, figure.title, "", landscape, _names(figure, figure.cards)),)
    parts = split(figure, first + 1)
    sheets = [_overview(figure, theme, shapes, parts)]
    for part in parts:
        title = tr("{title}, part {n}", title=figure.title, n=part.number - first)
        svg = _part_svg(figure, theme, shapes, part, parts)
        sheets.append(Sheet(svg, title, "", True, _names(figure, part.people)))
    return tuple(sheets)


def split(figure: Figure, first: int = 1) -> tuple[_Part, ...]:
    """The parts of a figure in reading order, each card in one of them, none cut through."""
    wide = SHEET_LONG / _PART_SCALE - 2 * _EDGE
    high = SHEET_SHORT / _PART_SCALE - 2 * _EDGE
    found: list[_Part] = []
    waiting = sorted(figure.cards.values(), key=lambda card: (card.box.y, card.box.x))
    while waiting:
        bottom = waiting[0].box.y + high
        band = [card for card in waiting if card.box.bottom <= bottom]
        waiting = [card for card in waiting if card.box.bottom > bottom]
        band.sort(key=lambda card: (card.box.x, card.box.y))
        while band:
            right = band[0].box.x + wide
            here = [card for card in band if card.box.right <= right]
            band = [card for card in band if card.box.right > right]
            people = frozenset(card.person for card in here)
            found.append(_Part(first + len(found), _view(here), people))
    return tuple(found)


def _view(cards: Sequence[Card]) -> Box:
    """A sheet's view, always of the same size, with some cards in its middle."""
    middle = Box.around(card.box for card in cards).centre
    wide, high = SHEET_LONG / _PART_SCALE, SHEET_SHORT / _PART_SCALE
    return Box(middle.x - wide / 2, middle.y - high / 2, wide, high)


def _scale(view: Box, landscape: bool) -> float:
    wide, high = (SHEET_LONG, SHEET_SHORT) if landscape else (SHEET_SHORT, SHEET_LONG)
    return min(wide / max(view.width, 1.0), high / max(view.height, 1.0))


def _names(figure: Figure, people: Iterable[PersonId]) -> tuple[str, ...]:
    return tuple(sorted((figure.cards[one].name for one in people), key=name_order))


def _overview(
    figure: Figure, theme: Theme, shapes: Mapping[str, Shape], parts: Sequence[_Part]
) -> Sheet:
    """Everyone as a plate, and around them the sheets they are on."""
    view = extent(figure, shapes)
    surface = SvgSurface()
    draw_lanes(surface, figure, theme)
    draw_lines(surface, (replace(shape, light=0.45) for shape in shapes.values()), theme)
    for card in figure.cards.values():
        draw_card(surface, card, theme, Detail.PLATE)
    size = max(view.width / SHEET_LONG, view.height / SHEET_SHORT) * 13.0
    for part in parts:
        around = Box.around(figure.cards[one].box for one in part.people).grown(14.0)
        surface.rect(
            around,
            fill=seen_through(theme.accent, 0.05),
            stroke=seen_through(theme.accent, 0.7),
            width=size / 12.0,
            radius=RADIUS_PANEL * 2,
        )
        badge = Point(around.x + size * 0.9, around.y + size * 0.2)
        surface.circle(badge, size * 0.85, fill=theme.accent)
        surface.text(
            Point(badge.x, badge.y + size * 0.36),
            str(part.number),
            theme.on(theme.accent),
            size,
            bold=True,
            anchor=Anchor.MIDDLE,
        )
    svg = surface.document(view.grown(size), title=figure.title).encode()
    title = tr("{title}, overview", title=figure.title)
    note = tr("The numbers are the pages on which each part can be read.")
    return Sheet(svg, title, note, view.width >= view.height)


def _part_svg(
    figure: Figure,
    theme: Theme,
    shapes: Mapping[str, Shape],
    part: _Part,
    parts: Sequence[_Part],
) -> bytes:
    surface = SvgSurface()
    page_of = {one: other.number for other in parts for one in other.people}
    draw_lanes(surface, figure, theme, part.view)
    here = [
        shape
        for shape in shapes.values()
        if shape.line.source in part.people or shape.line.target in part.people
    ]
    for shape in here:
        draw_line(surface, shape, theme)
    for one in sorted(part.people):
        draw_card(surface, figure.cards[one], theme)
    draw_heads(surface, figure, theme, part.view)
    _draw_tags(surface, here, part, page_of, theme)
    title = tr("{title}, page {n}", title=figure.title, n=part.number)
    return surface.document(part.view, title=title).encode()


def _draw_tags(
    surface: Surface,
    shapes: Iterable[Shape],
    part: _Part,
    page_of: Mapping[PersonId, int],
    theme: Theme,
) -> None:
    """The numbers of the sheets on which lines go on, where they leave this one."""
    tags: dict[tuple[int, int], tuple[Point, set[int]]] = {}
    for shape in shapes:
        points = flattened(shape.outline)
        for other, way in ((shape.line.target, points), (shape.line.source, points[::-1])):
            if other in part.people or other not in page_of:
                continue
            at = _leaving(way, part.view.grown(-_EDGE))
            key = (round(at.x / 70.0), round(at.y / 22.0))
            tags.setdefault(key, (at, set()))[1].add(page_of[other])
    for at, pages in tags.values():
        text = "→ " + ", ".join(str(page) for page in sorted(pages)[:6])
        width = text_width(text, SIZE_TEXT) + 14.0
        left = min(max(at.x - width / 2, part.view.x + 2.0), part.view.right - width - 2.0)
        top = min(max(at.y - _TAG_HEIGHT / 2, part.view.y + 2.0), part.view.bottom - 20.0)
        plate = Box(left, top, width, _TAG_HEIGHT)
        surface.rect(plate, fill=theme.panel, stroke=theme.wire, radius=_TAG_HEIGHT / 2)
        colour = theme.readable(theme.accent, theme.panel)
        place = Point(plate.centre.x, plate.centre.y + 4.4)
        surface.text(place, text, colour, SIZE_TEXT, anchor=Anchor.MIDDLE)


def _leaving(way: Sequence[Point], view: Box) -> Point:
    """Where a way that begins in a view first leaves it; its end when it never does."""
    for start, end in pairwise(way):
        if view.holds(start) and not view.holds(end):
            inside, outside = 0.0, 1.0
            for _ in range(20):
                middle = (inside + outside) / 2
                if view.holds(between(start, end, middle)):
                    inside = middle
                else:
                    outside = middle
            return between(start, end, inside)
    return way[-1]
