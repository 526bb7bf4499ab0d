"""Who is above whom as a forest, and the order of siblings that keeps influence short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from brm_desktop.rendering.figure import Point

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Forest:
    """Roots and everyone's reports, each in order from left to right."""

    roots: tuple[str, ...]
    below: Mapping[str, Sequence[str]]

    def reports(self, one: str) -> Sequence[str]:
        """Those directly below someone."""
        return self.below.get(one, ())

    def from_above(self) -> list[str]:
        """Everyone, nobody before his manager."""
        order = list(self.roots)
        for one in order:
            order.extend(self.reports(one))
        return order

    def above(self) -> dict[str, str]:
        """Everyone's manager; roots have none."""
        return {one: manager for manager, reports in self.below.items() for one in reports}


def forest_of(ids: Sequence[str], managers: Mapping[str, str]) -> Forest:
    """The forest of ``ids``, siblings in their order; a circle is cut at its first person."""
    place = {one: index for index, one in enumerate(ids)}
    above = {
        one: managers[one]
        for one in ids
        if managers.get(one, one) != one and managers[one] in place
    }
    settled: set[str] = set()
    for one in ids:
        way: dict[str, None] = {}
        step: str | None = one
        while step is not None and step not in settled and step not in way:
            way[step] = None
            step = above.get(step)
        if step is not None and step in way:
            circle = list(way)[list(way).index(step) :]
            del above[min(circle, key=place.__getitem__)]
        settled.update(way)
    below: dict[str, list[str]] = defaultdict(list)
    for one in ids:
        if one in above:
            below[above[one]].append(one)
    return Forest(tuple(one for one in ids if one not in above), dict(below))


def reordered(forest: Forest, places: Mapping[str, Point], pairs: Iterable[Pair]) -> Forest:
    """Siblings sorted by where the people are whom they and everyone below them have to do with."""
    above = forest.above()
    order = forest.from_above()
    depth: dict[str, int] = {}
    for one in order:
        depth[one] = depth[above[one]] + 1 if one in above else 0
    pulled: dict[str, list[float]] = defaultdict(list)
    for one, other in pairs:
        if one not in depth or other not in depth:
            continue
        head, tail = one, other
        while head != tail and depth[head] != depth[tail]:
            if depth[head] > depth[tail]:
                pulled[head].append(places[other].x)
                head = above[head]
            else:
                pulled[tail].append(places[one].x)
                tail = above[tail]
        while head != tail:
            pulled[head].append(places[other].x)
            pulled[tail].append(places[one].x)
            if head not in above or tail not in above:
                break
            head, tail = above[head], above[tail]
    wanted = {
        one: sum(pulled[one]) / len(pulled[one]) if pulled.get(one) else places[one].x
        for one in order
    }

    def by_pull(siblings: Sequence[str]) -> list[str]:
        index = {one: i for i, one in enumerate(siblings)}
        return sorted(siblings, key=lambda one: (wanted[one], index[one]))

    below = {one: by_pull(reports) for one, reports in forest.below.items()}
    return Forest(tuple(by_pull(forest.roots)), below)
