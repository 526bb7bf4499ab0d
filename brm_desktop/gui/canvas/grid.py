"""Where things are: boxes found by place in constant time, however many there are."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from math import ceil, floor, log2
from typing import Final, Generic, TypeVar

from brm_desktop.rendering.figure import Box, Point

K = TypeVar("K", bound=Hashable)

_Cell = tuple[int, int]

CELL: Final = 256.0
"""The size of a cell of the finest level, in scene units; each level doubles it."""


class Grid(Generic[K]):
    """Boxes by key, kept in cells as large as they are, so that a query reads few cells.

    A box lives in one cell only, that of its centre, on the first level whose cells are not smaller
    than the box; a query looks half a cell further.
    """

    def __init__(self) -> None:
        self._levels: dict[int, dict[_Cell, dict[K, Box]]] = {}
        self._homes: dict[K, tuple[int, _Cell]] = {}

    def __len__(self) -> int:
        return len(self._homes)

    def __contains__(self, key: object) -> bool:
        return key in self._homes

    def put(self, key: K, box: Box) -> None:
        """Add a key, or move it to another box."""
        home = _home(box)
        if self._homes.get(key) != home:
            self.drop(key)
            self._homes[key] = home
        level, cell = home
        self._levels.setdefault(level, {}).setdefault(cell, {})[key] = box

    def drop(self, key: K) -> None:
        """Forget a key; nothing happens when it is not there."""
        home = self._homes.pop(key, None)
        if home is None:
            return
        level, cell = home
        cells = self._levels[level]
        del cells[cell][key]
        if not cells[cell]:
            del cells[cell]
            if not cells:
                del self._levels[level]

    def clear(self) -> None:
        """Forget everything."""
        self._levels.clear()
        self._homes.clear()

    def box(self, key: K) -> Box:
        """The box of a key that is there."""
        level, cell = self._homes[key]
        return self._levels[level][cell][key]

    def meeting(self, area: Box) -> list[K]:
        """The keys whose boxes have a place in common with an area, in no certain order."""
        found: list[K] = []
        for level, cells in self._levels.items():
            for cell in _cells_near(area, level, cells):
                found.extend(key for key, box in cells[cell].items() if box.meets(area))
        return found

    def at(self, point: Point, reach: float = 0.0) -> list[K]:
        """The keys whose boxes hold a point, or come within ``reach`` of it."""
        near = Box(point.x, point.y, 0.0, 0.0).grown(max(reach, 1e-9))
        return self.meeting(near)

    @property
    def bounds(self) -> Box:
        """The rectangle that holds every box."""
        return Box.around(
            box
            for cells in self._levels.values()
            for boxes in cells.values()
            for box in boxes.values()
        )


def _home(box: Box) -> tuple[int, _Cell]:
    size = max(box.width, box.height, 1e-9)
    level = max(0, ceil(log2(size / CELL)))
    span = CELL * 2**level
    return level, (floor((box.x + box.width / 2) / span), floor((box.y + box.height / 2) / span))


def _cells_near(area: Box, level: int, cells: dict[_Cell, dict[K, Box]]) -> Iterator[_Cell]:
    """The occupied cells of a level whose boxes may reach into an area."""
    span = CELL * 2**level
    left, right = floor((area.x - span / 2) / span), floor((area.right + span / 2) / span)
    top, bottom = floor((area.y - span / 2) / span), floor((area.bottom + span / 2) / span)
    if (right - left + 1) * (bottom - top + 1) < len(cells):
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                if (column, row) in cells:
                    yield column, row
        return
    for cell in cells:
        if left <= cell[0] <= right and top <= cell[1] <= bottom:
            yield cell
