"""The order of people within rows that keeps lines between rows from crossing.

The layered method of Sugiyama, Tagawa and Toda (1981): lines over several rows pass through
stand-ins, those linked begin together, rows are sorted by the mean place of their neighbours, up
and down, and at last neighbours change places as long as that helps; the best order seen is kept.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

SWEEPS: Final = 5
EXCHANGES: Final = 3

Links = Mapping[str, Sequence[str]]


class Layers:
    """Rows of people and stand-ins, with their links to the row above and the row below."""

    def __init__(self, rows: Sequence[Sequence[str]], links: Iterable[tuple[str, str]]) -> None:
        self.rows = [list(row) for row in rows]
        self.up: dict[str, list[str]] = defaultdict(list)
        self.down: dict[str, list[str]] = defaultdict(list)
        self._people = {one for row in rows for one in row}
        level = {one: number for number, row in enumerate(rows) for one in row}
        for one, other in sorted({tuple(sorted(pair, key=level.__getitem__)) for pair in links}):
            self._link(one, other, level[one], level[other])

    def _link(self, upper: str, lower: str, first: int, last: int) -> None:
        before = upper
        for number in range(first + 1, last):
            stand_in = f"{upper}\n{lower}\n{number}"
            self.rows[number].append(stand_in)
            self._join(before, stand_in)
            before = stand_in
        if last > first:
            self._join(before, lower)

    def _join(self, upper: str, lower: str) -> None:
        self.down[upper].append(lower)
        self.up[lower].append(upper)

    def people(self) -> list[list[str]]:
        """The rows without the stand-ins."""
        return [[one for one in row if one in self._people] for row in self.rows]

    def untangle(self) -> None:
        """Bring the rows into the order with the fewest crossings that is found."""
        best, fewest = [list(row) for row in self.rows], self.crossings()
        if fewest:
            self._gather()
        for step in range(SWEEPS + EXCHANGES):
            if fewest == 0:
                break
            if step < SWEEPS:
                self._sweep(downwards=step % 2 == 0)
            else:
                self._exchange()
            crossed = self.crossings()
            if crossed < fewest:
                best, fewest = [list(row) for row in self.rows], crossed
        self.rows = best

    def _gather(self) -> None:
        """Put into each row in turn who is linked with those before, step by step from each one."""
        level = {one: number for number, row in enumerate(self.rows) for one in row}
        met = dict.fromkeys(chain.from_iterable(self.rows), False)
        gathered: list[list[str]] = [[] for _ in self.rows]
        for first in met:
            waiting = deque([first])
            while waiting:
                one = waiting.popleft()
                if not met[one]:
                    met[one] = True
                    gathered[level[one]].append(one)
                    waiting += (*self.down.get(one, ()), *self.up.get(one, ()))
        self.rows = gathered

    def crossings(self) -> int:
        """How many pairs of lines between neighbouring rows cross."""
        return sum(
            _crossings(upper, lower, self.down)
            for upper, lower in zip(self.rows, self.rows[1:], strict=False)
        )

    def _sweep(self, *, downwards: bool) -> None:
        numbers = range(1, len(self.rows))
        links = self.up if downwards else self.down
        for number in numbers if downwards else range(len(self.rows) - 2, -1, -1):
            beside = self.rows[number - 1 if downwards else number + 1]
            place = {one: index for index, one in enumerate(beside)}
            row = self.rows[number]
            wanted = {
                one: _mean([place[other] for other in links[one]], index * len(beside) / len(row))
                for index, one in enumerate(row)
            }
            row.sort(key=wanted.__getitem__)

    def _exchange(self) -> None:
        """Let neighbours in a row change places as long as lines then cross less."""
        for number, row in enumerate(self.rows):
            above = self.rows[number - 1] if number else []
            below = self.rows[number + 1] if number + 1 < len(self.rows) else []
            ups = _places(row, self.up, above)
            downs = _places(row, self.down, below)
            for index in range(len(row) - 1):
                one, other = row[index], row[index + 1]
                now = _pair(ups[one], ups[other]) + _pair(downs[one], downs[other])
                then = _pair(ups[other], ups[one]) + _pair(downs[other], downs[one])
                if then < now:
                    row[index], row[index + 1] = other, one


def _places(row: Iterable[str], links: Links, beside: Sequence[str]) -> dict[str, list[int]]:
    place = {one: index for index, one in enumerate(beside)}
    return {one: sorted(place[other] for other in links.get(one, ())) for one in row}


def _pair(left: Sequence[int], right: Sequence[int]) -> int:
    """Crossings of the lines of two neighbours, given where their lines go in order."""
    return sum(len(left) - bisect_right(left, place) for place in right)


def _crossings(upper: Sequence[str], lower: Sequence[str], down: Links) -> int:
    place = {one: index for index, one in enumerate(lower)}
    seen: list[int] = []
    crossed = 0
    for one in upper:
        ends = sorted(place[other] for other in down.get(one, ()))
        crossed += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return crossed


def _mean(places: Sequence[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def spread(wanted: Sequence[float], apart: float) -> list[float]:
    """Places in the given order, at least ``apart``, as near to the wanted ones as possible.

    The least squares answer, by pooling neighbours that are too near.
    """
    pools: list[tuple[float, int]] = []
    for index, place in enumerate(wanted):
        mean, size = place - index * apart, 1
        while pools and pools[-1][0] >= mean:
            other, count = pools.pop()
            mean = (mean * size + other * count) / (size + count)
            size += count
        pools.append((mean, size))
    means = [mean for mean, size in pools for _ in range(size)]
    return [mean + index * apart for index, mean in enumerate(means)]
