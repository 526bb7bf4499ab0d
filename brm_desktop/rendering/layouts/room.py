"""Which places are taken by cards, and the free place nearest to a wanted one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Point

ACROSS: Final = CARD_WIDTH + 24.0
"""From one card's centre to the next one's in a row."""

DOWN: Final = CARD_HEIGHT + 48.0
"""From one row's centre to the next one's."""

APART: Final = 8.0
"""How far cards keep from one another at least."""


class Room:
    """The cards that stand already, found by place; all keep ``apart`` from one another."""

    def __init__(self, taken: Iterable[Point] = (), apart: float = APART) -> None:
        self._width = CARD_WIDTH + apart
        self._height = CARD_HEIGHT + apart
        self._cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in taken:
            self.take(point)

    def take(self, point: Point) -> None:
        """A card stands here from now on."""
        self._cells[self._cell(point)].append(point)

    def is_free(self, point: Point) -> bool:
        """Whether a card here would keep its distance from every other."""
        column, row = self._cell(point)
        return not any(
            abs(other.x - point.x) < self._width and abs(other.y - point.y) < self._height
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in self._cells.get((x, y), ())
        )

    def free_near(self, wanted: Point) -> Point:
        """The free place nearest to the wanted one; to the right rather than to the left."""
        if self.is_free(wanted):
            return wanted
        reach = 1
        while True:
            found = [p for p in _square(wanted, reach) if self.is_free(p)]
            if found:
                return min(found, key=lambda p: (_far(p, wanted), -p.x, p.y))
            reach += 1

    def _cell(self, point: Point) -> tuple[int, int]:
        return int(point.x // self._width), int(point.y // self._height)


def _square(middle: Point, reach: int) -> Iterator[Point]:
    """The places on a square around the middle, half a card's width and a row apart."""
    across, down = ACROSS / 2, CARD_HEIGHT + 2 * APART
    for step in range(-reach, reach + 1):
        yield Point(middle.x + step * across, middle.y - reach * down)
        yield Point(middle.x + step * across, middle.y + reach * down)
        if abs(step) < reach:
            yield Point(middle.x - reach * across, middle.y + step * down)
            yield Point(middle.x + reach * across, middle.y + step * down)


def _far(point: Point, other: Point) -> float:
    """The distance that counts: a step down is a step as wide as a card."""
    return ((point.x - other.x) / ACROSS) ** 2 + ((point.y - other.y) / DOWN) ** 2


def beside_fixed(places: Mapping[str, Point], fixed: Mapping[str, Point]) -> dict[str, Point]:
    """The places, on whole units, with those that would cover a fixed card moved a little away."""
    whole = {key: Point(float(round(p.x)), float(round(p.y))) for key, p in places.items()}
    if not fixed:
        return whole
    pinned = Room(fixed.values())
    covering = sorted(key for key, point in whole.items() if not pinned.is_free(point))
    room = Room(fixed.values())
    for key in whole.keys() - set(covering):
        room.take(whole[key])
    for key in covering:
        free = room.free_near(whole[key])
        whole[key] = Point(float(round(free.x)), float(round(free.y)))
        room.take(whole[key])
    return whole
