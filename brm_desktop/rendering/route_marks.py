"""The best routes over a figure: a band along each edge, a number, the weakest edge marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Box, Figure, Line, LineStyle, Point, RouteMark
from brm_desktop.rendering.fonts import text_width
from brm_desktop.rendering.geometry import flattened
from brm_desktop.rendering.shapes import ORTHOGONAL, Shape, trace
from brm_desktop.rendering.surface import Anchor, Surface, regular_polygon
from brm_desktop.rendering.theme import SIZE_SMALL, SIZE_TEXT, Theme, seen_through

_Edges = Mapping[tuple[PersonId, PersonId], Shape]


def draw_routes(
    surface: Surface, figure: Figure, shapes: Mapping[str, Shape], theme: Theme
) -> None:
    """A band under each edge of each route, the best one strongest."""
    edges = _edges(figure, shapes)
    for route in sorted(figure.routes, key=lambda mark: -mark.number):
        band = seen_through(theme.accent, 0.30 if route.number == 1 else 0.16)
        width = 13.0 if route.number == 1 else 10.0
        for shape in _along(route, edges):
            surface.outline(shape.outline, stroke=band, width=width)


def draw_route_numbers(
    surface: Surface, figure: Figure, shapes: Mapping[str, Shape], theme: Theme
) -> None:
    """Each route's number on its first edge, and a mark on its weakest."""
    edges = _edges(figure, shapes)
    for route in sorted(figure.routes, key=lambda mark: -mark.number):
        for index, shape in enumerate(_along(route, edges)):
            points = flattened(shape.outline)
            if index == route.weakest and len(route.people) > 2:
                _draw_weakest(surface, _at(points, 0.58), shape.line, theme)
            if index == 0:
                _draw_number(surface, _at(points, 0.3), route.number, theme)


def _edges(figure: Figure, shapes: Mapping[str, Shape]) -> _Edges:
    """The shape of every edge some route runs along, drawn or not."""
    found: dict[tuple[PersonId, PersonId], Shape] = {}
    if not figure.routes:
        return found
    for shape in shapes.values():
        if shape.line.style not in ORTHOGONAL and shape.line.style is not LineStyle.CONFLICT:
            key = (shape.line.source, shape.line.target)
            if key not in found or (shape.line.strength or 0) > (found[key].line.strength or 0):
                found[key] = shape
    missing = [
        Line(record=f"{one}>{other}", source=one, target=other, style=LineStyle.INFLUENCE)
        for route in figure.routes
        for one, other in pairwise(route.people)
        if (one, other) not in found
    ]
    extra = trace(Figure(canvas=figure.canvas, cards=figure.cards, lines=tuple(missing)))
    found.update({(s.line.source, s.line.target): s for s in extra.values()})
    return found


def _along(route: RouteMark, edges: _Edges) -> Iterator[Shape]:
    for pair in pairwise(route.people):
        if pair in edges:
            yield edges[pair]


def _at(points: list[Point], share: float) -> Point:
    place = share * (len(points) - 1)
    index = min(int(place), len(points) - 2)
    start, end, rest = points[index], points[index + 1], place - index
    return Point(start.x + (end.x - start.x) * rest, start.y + (end.y - start.y) * rest)


def _draw_number(surface: Surface, at: Point, number: int, theme: Theme) -> None:
    surface.circle(at, 11.0, fill=theme.accent, stroke=theme.panel, width=2.0)
    surface.text(
        Point(at.x, at.y + 4.5),
        str(number),
        theme.on(theme.accent),
        SIZE_TEXT,
        bold=True,
        anchor=Anchor.MIDDLE,
    )


def _draw_weakest(surface: Surface, at: Point, line: Line, theme: Theme) -> None:
    """A warning triangle, with the edge's strength beside it."""
    surface.outline(
        regular_polygon(Point(at.x, at.y + 1.0), 9.0, 3),
        fill=theme.weak,
        stroke=theme.panel,
        width=1.5,
    )
    if line.strength is None:
        return
    text = str(line.strength)
    width = text_width(text, SIZE_SMALL, True)
    plate = Box(at.x + 9.0, at.y - 8.0, width + 8.0, 16.0)
    surface.rect(plate, fill=seen_through(theme.panel, 0.92), radius=5.0)
    surface.text(Point(at.x + 13.0, at.y + 4.0), text, theme.ink, SIZE_SMALL, bold=True)
