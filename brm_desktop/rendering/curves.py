"""How influence and ties run: curves from card to card that pass beside other cards.

Each line chooses among a few curves between the sides of its two cards that face each other: the
one that runs under the fewest other cards, arrives apart from earlier lines, and is short.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, inf
from typing import Final

from brm_desktop.rendering.figure import Box, Point
from brm_desktop.rendering.geometry import between, direction, distance, flattened
from brm_desktop.rendering.surface import Outline

GAP: Final = 3.0
"""How far from a card's edge a curve begins and ends."""

_HANDLES = ((0.3, 0.42), (0.55, 0.3), (0.2, 0.7), (0.5, 0.75))
_CELL = 130.0
_UNDER_A_CARD = 2700.0
_CROWDED = 90.0
_CROWDING_REACH = 16.0
_GOOD = 1.12
_GAPS_BELOW = (20.0, 36.0)
_GAPS_ABOVE = (16.0, 30.0, 36.0)
_TURN = 16.0
_LEVELS_APART = 5.0
_PACE = 24.0
_BENDS = 40.0


def _weights(count: int) -> tuple[tuple[float, float, float, float], ...]:
    """The weights of a cubic curve's four points at evenly spread places."""
    shares = [step / count for step in range(1, count + 1)]
    return tuple(((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3) for t in shares)


_ROUGH = _weights(9)
_FINE = _weights(24)


@dataclass(frozen=True, slots=True)
class _Port:
    """A place on a card's side, and the direction away from the card."""

    at: Point
    out: Point


class Obstacles:
    """The rectangles that curves should pass beside, found by place.

    Curves stay ``inside`` a rectangle where they can; ``fine`` looks at more curves
    and at more places of each, ``rows`` also at ways between rows of cards.
    """

    def __init__(
        self, boxes: Iterable[Box], inside: Box, *, fine: bool = True, rows: bool = True
    ) -> None:
        self.inside = inside
        self.rows = rows
        self.fine = fine
        self.samples = _FINE if fine else _ROUGH
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            for cell in _cells(box):
                self._cells[cell].append(box)

    def cover(self, x: float, y: float) -> bool:
        """Whether a place lies under one of the rectangles."""
        for box in self._cells.get((int(x // _CELL), int(y // _CELL)), ()):
            if box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height:
                return True
        return False


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.y // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row


class Ends:
    """Where curves already begin and end, so that the next ones keep apart."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, int], list[Point]] = defaultdict(list)
        self._levels: list[tuple[float, float, float]] = []

    def crowding(self, point: Point) -> float:
        """How crowded a place is: 0 for free, more for each end nearby."""
        column, row = int(point.x // 32), int(point.y // 32)
        near = (
            distance(point, other)
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in self._taken.get((x, y), ())
        )
        return sum(1.0 - gap / _CROWDING_REACH for gap in near if gap < _CROWDING_REACH)

    def take_level(self, start: Point, end: Point) -> None:
        """Remember a level stretch of a way."""
        self._levels.append((start.y, min(start.x, end.x), max(start.x, end.x)))

    def beside(self, start: Point, end: Point) -> int:
        """How many level stretches run along this one, too near to be told apart."""
        left, right = min(start.x, end.x), max(start.x, end.x)
        return sum(
            abs(y - start.y) < _LEVELS_APART and first < right and left < last
            for y, first, last in self._levels
        )

    def take(self, point: Point) -> None:
        """Remember an end."""
        self._taken[int(point.x // 32), int(point.y // 32)].append(point)


def best_curve(source: Box, target: Box, obstacles: Obstacles, ends: Ends) -> Outline:
    """The best of the curves between the facing sides of two cards."""
    least, best = inf, plain_curve(source, target)
    for end in _ports(target, source.centre, both=obstacles.fine):
        crowding = _CROWDED * ends.crowding(end.at)
        for start in _ports(source, target.centre, both=obstacles.fine):
            known = crowding + _CROWDED * ends.crowding(start.at)
            if known + distance(start.at, end.at) >= least:
                continue
            for curve in _curves(start, end):
                cost = _cost(curve, obstacles, known, least)
                if cost < least:
                    least, best = cost, curve
    if obstacles.rows and least > _GOOD * distance(best.start, best.steps[-1][-1]) + _BENDS:
        for way in _along_rows(source, target, least):
            cost = _way_cost(way, obstacles, ends, least)
            if cost < least:
                least, best = cost, way
    ends.take(best.start)
    ends.take(best.steps[-1][-1])
    if len(best.steps) > 1:
        ends.take_level(best.steps[0][-1], best.steps[1][-1])
    return best


def _along_rows(source: Box, target: Box, least: float) -> Iterator[Outline]:
    """Ways that run level between rows of cards, and up or down to the target at their end.

    None that is longer than ``least`` allows.
    """
    left = target.centre.x < source.centre.x
    sign = -1.0 if left else 1.0
    start = Point(source.x - GAP if left else source.right + GAP, source.centre.y)
    for lean in (-0.24, 0.24):
        x = target.centre.x + lean * target.width
        wide = (x - start.x) * sign
        if wide < 4 * _TURN:
            continue
        reach = min(80.0, wide * 0.4)
        first = Point(start.x + sign * reach, 0.0)
        below = ((target.bottom + gap, target.bottom + GAP) for gap in _GAPS_BELOW)
        above = ((target.y - gap, target.y - GAP) for gap in _GAPS_ABOVE)
        for level, edge in (*below, *above):
            if wide + 0.6 * abs(level - start.y) + _BENDS >= least:
                continue
            turn = Point(x - sign * _TURN, level)
            yield Outline(
                start,
                (
                    (
                        Point(start.x + sign * reach * 0.5, start.y),
                        Point(first.x - sign * reach * 0.5, level),
                        Point(first.x, level),
                    ),
                    (turn,),
                    (
                        Point(x - sign * _TURN * 0.3, level),
                        Point(x, level + (edge - level) * 0.3),
                        Point(x, edge),
                    ),
                ),
            )


def _way_cost(way: Outline, obstacles: Obstacles, ends: Ends, least: float) -> float:
    """What a way of several steps costs, in the coin of :func:`_cost`; cut off at least."""
    points = flattened(way)
    cost = _CROWDED * (ends.crowding(way.start) + ends.crowding(points[-1]))
    cost += 2 * _CROWDED * ends.beside(way.steps[0][-1], way.steps[1][-1])
    legs = [(*leg, distance(*leg)) for leg in pairwise(points)]
    for _, _, long in legs:
        cost += long
    cost += _BENDS
    all_pieces = [max(1, round(long / _PACE)) for _, _, long in legs]
    inside, under, steps = obstacles.inside, 0, sum(all_pieces)
    for (start, end, _), pieces in zip(legs, all_pieces, strict=True):
        if cost + _UNDER_A_CARD * under / steps >= least:
            return inf
        for piece in range(1, pieces + 1):
            at = between(start, end, piece / pieces)
            under += obstacles.cover(at.x, at.y) or not inside.y <= at.y <= inside.bottom
    return cost + _UNDER_A_CARD * under / steps


def plain_curve(source: Box, target: Box) -> Outline:
    """One curve between facing sides, chosen by the gap between the cards alone."""
    across = max(target.x - source.right, source.x - target.right)
    along = max(target.y - source.bottom, source.y - target.bottom)
    sideways = across >= along
    start = next(p for p in _ports(source, target.centre) if (p.out.x != 0) is sideways)
    end = next(p for p in _ports(target, source.centre) if (p.out.x != 0) is sideways)
    return next(_curves(start, end))


def _ports(box: Box, toward: Point, *, both: bool = False) -> Iterator[_Port]:
    """The places on the two sides of a card that face a point; only few on a small one.

    With ``both``, the side above or below that looks away counts too.
    """
    centre = box.centre
    right, down = toward.x >= centre.x, toward.y >= centre.y
    small = box.width < 100.0
    side = box.right + GAP if right else box.x - GAP
    lean = box.height * 0.28 * (1.0 if down else -1.0)
    for shift in (0.0,) if small else (lean * 0.5, lean, -lean * 0.5):
        yield _Port(Point(side, centre.y + shift), Point(1.0 if right else -1.0, 0.0))
    lean = box.width * 0.3 * (1.0 if right else -1.0)
    for below in (down, not down) if both else (down,):
        side = box.bottom + GAP if below else box.y - GAP
        for shift in (0.0,) if small else (lean * 0.5, lean, -lean * 0.5):
            yield _Port(Point(centre.x + shift, side), Point(0.0, 1.0 if below else -1.0))


def _curves(start: _Port, end: _Port) -> Iterator[Outline]:
    """Curves from port to port: they set out toward the end and arrive upright on its side."""
    ahead = direction(start.at, end.at)
    length = distance(start.at, end.at)
    for first, last in _HANDLES:
        one = Point(
            start.at.x + (0.4 * start.out.x + 0.6 * ahead.x) * first * length,
            start.at.y + (0.4 * start.out.y + 0.6 * ahead.y) * first * length,
        )
        two = Point(
            end.at.x + (0.85 * end.out.x - 0.15 * ahead.x) * last * length,
            end.at.y + (0.85 * end.out.y - 0.15 * ahead.y) * last * length,
        )
        yield Outline(start.at, ((one, two, end.at),))


def _cost(curve: Outline, obstacles: Obstacles, known: float, least: float) -> float:
    """What a curve costs: its length, and much for each place under a card; cut off at least."""
    start, (one, two, end) = curve.start, curve.steps[0]
    cost, x, y = known, start.x, start.y
    inside = obstacles.inside
    penalty = _UNDER_A_CARD / len(obstacles.samples)
    for a, b, c, d in obstacles.samples:
        next_x = a * start.x + b * one.x + c * two.x + d * end.x
        next_y = a * start.y + b * one.y + c * two.y + d * end.y
        cost += hypot(next_x - x, next_y - y)
        x, y = next_x, next_y
        if obstacles.cover(x, y):
            cost += penalty
        elif y > inside.bottom or y < inside.y:
            cost += penalty / 5
        if cost >= least:
            return inf
    return cost
