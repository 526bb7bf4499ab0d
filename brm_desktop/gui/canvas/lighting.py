"""Who of a figure stands out: everyone else steps back, and stays where he is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Figure, Line

Keeps = Callable[[Figure], frozenset[PersonId]]
"""Whom of a figure a filter leaves in full colour; asked anew of every figure."""


@dataclass(slots=True)
class Lighting:
    """A filter, and how many lines from the selection cards still stand out; ``None`` is off."""

    keeps: Keeps | None = None
    radius: int | None = None

    def lit(self, figure: Figure, selected: Collection[PersonId]) -> frozenset[PersonId] | None:
        """Who stands out; ``None`` where nobody steps back."""
        kept = None if self.keeps is None else self.keeps(figure)
        if self.radius is None or not selected:
            return kept
        near = steps_from(figure.lines, selected, self.radius)
        return near if kept is None else kept & near


def steps_from(lines: Iterable[Line], start: Iterable[PersonId], steps: int) -> frozenset[PersonId]:
    """Everyone at most so many lines away from some people, whichever way the lines run."""
    neighbours: dict[PersonId, set[PersonId]] = {}
    for line in lines:
        neighbours.setdefault(line.source, set()).add(line.target)
        neighbours.setdefault(line.target, set()).add(line.source)
    found = set(start)
    edge = set(found)
    for _ in range(steps):
        edge = {other for person in edge for other in neighbours.get(person, ())} - found
        found |= edge
    return frozenset(found)
