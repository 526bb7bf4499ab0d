"""How influence and ties run: curves from card to card that pass beside other cards.

Each line chooses among a few curves between the sides of its two cards that face each other: the
one that runs under the fewest other cards, arrives apart from earlier lines, and is short.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from brm_desktop.rendering.figure import Box, Point
from brm_desktop.rendering.geometry import direction, distance, on_curve
from brm_desktop.rendering.surface import Outline

GAP: Final = 3.0
"""How far from a card's edge a curve begins and ends."""

_HANDLES = ((0.3, 0.42), (0.55, 0.3), (0.2, 0.7))
_CELL = 260.0
_SAMPLES = tuple(share / 12 for share in range(1, 12))
_UNDER_A_CARD = 260.0
_CROWDED = 90.0
_CROWDING_REACH = 16.0


@dataclass(frozen=True, slots=True)
class _Port:
    """A place on a card's side, and the direction away from the card."""

    at: Point
    out: Point


class Obstacles:
    """The rectangles that curves should pass beside, found by place."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            for cell in _cells(box):
                self._cells[cell].append(box)

    def cover(self, point: Point, but: tuple[Box, Box]) -> bool:
        """Whether a place lies under a rectangle other than the two named."""
        cell = (int(point.x // _CELL), int(point.y // _CELL))
        return any(
            box.holds(point) and box != but[0] and box != but[1]
            for box in self._cells.get(cell, ())
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.y // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row


class Ends:
    """Where curves already begin and end, so that the next ones keep apart."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, int], list[Point]] = defaultdict(list)

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

    def take(self, point: Point) -> None:
        """Remember an end."""
        self._taken[int(point.x // 32), int(point.y // 32)].append(point)


def best_curve(source: Box, target: Box, obstacles: Obstacles, ends: Ends) -> Outline:
    """The best of the curves between the facing sides of two cards."""
    best: tuple[float, Outline] | None = None
    for start in _ports(source, target.centre):
        for end in _ports(target, source.centre):
            for curve in _curves(start, end):
                cost = _cost(curve, (source, target), obstacles, ends)
                if best is None or cost < best[0]:
                    best = (cost, curve)
    assert best is not None
    ends.take(best[1].start)
    ends.take(best[1].steps[-1][-1])
    return best[1]


def plain_curve(source: Box, target: Box) -> Outline:
    """One curve between facing sides, chosen by the gap between the cards alone."""
    across = max(target.x - source.right, source.x - target.right)
    along = max(target.y - source.bottom, source.y - target.bottom)
    sideways = across >= along
    start = next(p for p in _ports(source, target.centre) if (p.out.x != 0) is sideways)
    end = next(p for p in _ports(target, source.centre) if (p.out.x != 0) is sideways)
    return next(_curves(start, end))


def _ports(box: Box, toward: Point) -> Iterator[_Port]:
    """The places on the two sides of a card that face a point; only few on a small one."""
    centre = box.centre
    right, down = toward.x >= centre.x, toward.y >= centre.y
    small = box.width < 100.0
    side = box.right + GAP if right else box.x - GAP
    lean = box.height * 0.28 * (1.0 if down else -1.0)
    for shift in (0.0,) if small else (lean * 0.5, lean, 0.0, -lean):
        yield _Port(Point(side, centre.y + shift), Point(1.0 if right else -1.0, 0.0))
    side = box.bottom + GAP if down else box.y - GAP
    lean = box.width * 0.3 * (1.0 if right else -1.0)
    for shift in (0.0,) if small else (lean * 0.5, lean, 0.0, -lean):
        yield _Port(Point(centre.x + shift, side), Point(0.0, 1.0 if down else -1.0))


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


def _cost(curve: Outline, own: tuple[Box, Box], obstacles: Obstacles, ends: Ends) -> float:
    step = curve.steps[0]
    tip = step[-1]
    cost = 0.0
    before = curve.start
    for share in _SAMPLES:
        point = on_curve(curve.start, step, share)
        cost += distance(before, point)
        before = point
        if own[0].holds(point) or own[1].holds(point) or obstacles.cover(point, own):
            cost += _UNDER_A_CARD
    cost += distance(before, tip)
    return cost + _CROWDED * (ends.crowding(curve.start) + ends.crowding(tip))
