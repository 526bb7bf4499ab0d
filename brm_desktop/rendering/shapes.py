"""Where the lines of a figure run: pure geometry, computed once and painted often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.curves import GAP, Ends, Obstacles, best_curve, plain_curve
from brm_desktop.rendering.figure import Box, Card, Figure, Line, LineStyle, Point, Side
from brm_desktop.rendering.geometry import (
    along,
    between,
    bounds,
    direction,
    distance,
    flattened,
    on_curve,
    rounded,
    to_piece,
)
from brm_desktop.rendering.labels import SHARES, Labels, label_width
from brm_desktop.rendering.rails import reporting_ways
from brm_desktop.rendering.surface import Outline

ORTHOGONAL: Final = frozenset(
    {LineStyle.REPORTING, LineStyle.DOTTED_REPORTING, LineStyle.DECIDES_FOR}
)

FEW: Final = 16
"""More bent lines than this are drawn the lighter the more there are."""

CAREFUL_UP_TO: Final = 250
"""Up to so many bent lines each looks for its best way; more take the plain one."""

BETWEEN_ROWS_UP_TO: Final = 60
"""Up to so many bent lines each may run between rows of cards where no curve passes beside them."""

_CORNER = 6.0
_MARGIN = 10.0
_PALEST = 0.25
_WAVE = 5.5
_LABEL_SHARE = 0.55
_ABOVE = 16.0
_SWING = 4.5


@dataclass(frozen=True, slots=True)
class Shape:
    """A line's way through the scene, from its source's edge to its target's.

    ``ahead`` is the unit direction in which it arrives at ``tip``; a label stands at ``middle``.
    ``light`` is 1 for a line among few and less among many.
    """

    line: Line
    outline: Outline
    tip: Point
    ahead: Point
    middle: Point
    bounds: Box
    light: float = 1.0


def trace(figure: Figure, people: Collection[PersonId] | None = None) -> dict[str, Shape]:
    """The shapes of a figure's lines by record id; with ``people``, of those they have a part in.

    People who report to one manager share a rail, so moving one of them redraws the others' lines:
    the lines of all reports of a named person's managers are included.
    """
    lines = figure.lines if people is None else tuple(_concerned(figure.lines, frozenset(people)))
    lines = tuple(line for line in lines if _has_ends(figure, line))
    straight = [line for line in lines if line.style in ORTHOGONAL]
    bent = [line for line in lines if line.style not in ORTHOGONAL]
    labels = Labels(figure) if any(line.label for line in lines) else Labels(None)
    shapes = dict(_reporting(figure, straight, labels))
    shapes.update(_influences(figure, bent, labels))
    return shapes


def hit(shape: Shape, point: Point) -> float:
    """How far a place is from a line, in scene units."""
    points = flattened(shape.outline)
    return min(to_piece(point, start, end) for start, end in pairwise(points))


def _has_ends(figure: Figure, line: Line) -> bool:
    return (
        line.source in figure.cards and line.target in figure.cards and line.source != line.target
    )


def _concerned(lines: Iterable[Line], people: frozenset[PersonId]) -> Iterator[Line]:
    lines = tuple(lines)
    managers = {line.source for line in lines if line.style in ORTHOGONAL and line.target in people}
    for line in lines:
        of_manager = line.style in ORTHOGONAL and line.source in managers
        if of_manager or line.source in people or line.target in people:
            yield line


def _reporting(figure: Figure, lines: list[Line], labels: Labels) -> Iterator[tuple[str, Shape]]:
    reports: dict[PersonId, list[Line]] = defaultdict(list)
    for line in lines:
        reports[line.source].append(line)
    ways = reporting_ways(reports, figure.cards)
    for line in lines:
        points = tuple(ways[line.record])
        outline, ahead, middles, around = _upright(points)
        middle = labels.place(line.label, middles)
        yield line.record, Shape(line, outline, points[-1], ahead, middle, around)


@lru_cache(maxsize=4096)
def _upright(points: tuple[Point, ...]) -> tuple[Outline, Point, list[Point], Box]:
    """A way along corners: how it runs, arrives, may be labelled and how far it reaches.

    Kept, as most lines of a large map run as before when somebody moves.
    """
    pieces = sorted(pairwise(points), key=lambda piece: -distance(*piece))
    middles = [between(start, end, 0.5) for start, end in pieces]
    ahead = direction(points[-2], points[-1])
    return rounded(points, _CORNER), ahead, middles, bounds(points, _MARGIN)


def _influences(figure: Figure, lines: list[Line], labels: Labels) -> Iterator[tuple[str, Shape]]:
    bent = sum(line.style not in ORTHOGONAL for line in figure.lines)
    careful = len(figure.lines) <= CAREFUL_UP_TO
    light = max(0.3, min(1.0, (FEW / max(1, bent)) ** 0.5))
    boxes = chain.from_iterable(_covered(card) for card in figure.cards.values() if careful)
    obstacles = Obstacles(
        boxes,
        figure.bounds.grown(80.0),
        fine=len(lines) <= FEW,
        rows=len(lines) <= BETWEEN_ROWS_UP_TO,
    )
    ends = Ends()
    for line in sorted(lines, key=lambda line: line.record):
        source, target = figure.cards[line.source].anchor, figure.cards[line.target].anchor
        if line.style is LineStyle.CONFLICT:
            way = _straight(source, target)
            if careful and _runs_under(way, obstacles):
                way = flattened(best_curve(source, target, obstacles, ends))
            yield line.record, _zigzag(line, way, labels)
        elif careful:
            outline = best_curve(source, target, obstacles, ends)
            yield line.record, _curved(line, outline, _lightness(line, light), labels)
        else:
            yield (
                line.record,
                _curved(line, plain_curve(source, target), _lightness(line, light), labels),
            )


def _covered(card: Card) -> Iterator[Box]:
    """What a curve should not cross: the card, of a competitor hexagon and caption."""
    yield card.anchor
    if card.side is Side.COMPETITOR:
        foot = card.anchor.bottom
        yield Box(card.box.x, foot, card.box.width, card.box.bottom - foot)


def _lightness(line: Line, light: float) -> float:
    """Among many lines the weaker ones step back further than the strong ones."""
    if light >= 1.0 or line.strength is None:
        return light
    return max(_PALEST, min(1.0, light * (0.5 + line.strength / 100)))


def _curved(line: Line, outline: Outline, light: float, labels: Labels) -> Shape:
    *_, before = ((outline.start,), *outline.steps)[-2]
    points = (outline.start, *chain.from_iterable(outline.steps))
    ahead = direction((before, *outline.steps[-1])[-2], points[-1])
    if line.label or len(outline.steps) > 1:
        way = flattened(outline)
        middles = [along(way, share) for share in SHARES]
    else:
        middles = [on_curve(outline.start, outline.steps[0], 0.5)]
    return Shape(
        line,
        outline,
        points[-1],
        ahead,
        labels.place(line.label, middles),
        bounds(points, _MARGIN),
        light,
    )


def _straight(source: Box, target: Box) -> list[Point]:
    return [_leaving(source, target.centre), _leaving(target, source.centre)]


def _runs_under(way: list[Point], obstacles: Obstacles) -> bool:
    start, end = way
    pieces = max(2, round(distance(start, end) / 12.0))
    on_way = (between(start, end, piece / pieces) for piece in range(1, pieces))
    return any(obstacles.cover(at.x, at.y) for at in on_way)


def _zigzag(line: Line, way: list[Point], labels: Labels) -> Shape:
    long = sum(distance(start, end) for start, end in pairwise(way))
    waves = max(2, round(long / (2 * _WAVE)))
    points = [way[0]]
    for wave in range(1, 2 * waves):
        swing = _SWING if wave % 2 else -_SWING
        share = wave / (2 * waves)
        on_line = along(way, share)
        ahead = direction(along(way, share - 0.01), along(way, share + 0.01))
        points.append(Point(on_line.x - ahead.y * swing, on_line.y + ahead.x * swing))
    points.append(way[-1])
    middles = [along(way, share) for share in SHARES]
    if line.label and label_width(line.label) > _LABEL_SHARE * long:
        middles = [Point(at.x, at.y - _ABOVE) for at in middles]
    return Shape(
        line,
        Outline.through(*points),
        way[-1],
        direction(way[-2], way[-1]),
        labels.place(line.label, middles),
        bounds(points, _MARGIN),
    )


def _leaving(box: Box, toward: Point) -> Point:
    """Where the way from a box's centre to a point crosses its edge, a little outside."""
    centre = box.centre
    dx, dy = toward.x - centre.x, toward.y - centre.y
    if abs(dx) < 1e-9 and abs(dy) < 1e-9:
        return centre
    across = (box.width / 2 + GAP) / abs(dx) if abs(dx) > 1e-9 else float("inf")
    along = (box.height / 2 + GAP) / abs(dy) if abs(dy) > 1e-9 else float("inf")
    share = min(across, along)
    return Point(centre.x + dx * share, centre.y + dy * share)
