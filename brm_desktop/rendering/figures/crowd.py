"""Accounts of very many people: who of them has a card, and how many are behind each head.

A crowd opens collapsed. Its first levels show, a head says how many are below him, and his reports
come a batch at a time, the most important first; who is sought comes with everybody above him.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.hierarchy import Hierarchy
from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Line

CROWD_FROM: Final = 1_500
"""An account of more people than this opens collapsed."""

BATCH: Final = 200
"""So many more of a head's reports show at a time."""

_AT_FIRST: Final = 120
"""Levels show from the top as long as no more people than this show."""


@dataclass(frozen=True, slots=True)
class Unfolding:
    """How far a crowd is unfolded: how many reports of a head show, and who shows besides.

    The head ``None`` stands for those who report to nobody.
    """

    shown: Mapping[PersonId | None, int] = field(default_factory=lambda: MappingProxyType({}))
    sought: frozenset[PersonId] = frozenset()

    def more(self, head: PersonId | None) -> Unfolding:
        """The next batch below a head shows too."""
        return replace(self, shown={**self.shown, head: self.shown.get(head, 0) + BATCH})

    def without(self, person: PersonId | None) -> Unfolding:
        """Somebody is sought no longer."""
        return replace(self, sought=self.sought - {person})

    def seeking(self, people: Iterable[PersonId]) -> Unfolding:
        """Some people show too, wherever they stand."""
        return replace(self, sought=self.sought.union(people))


def first_unfolding(hierarchy: Hierarchy) -> Unfolding:
    """How a crowd opens: whole levels from the top while few show, at least the first batch."""
    shown: dict[PersonId | None, int] = {None: BATCH}
    level: Sequence[PersonId] = hierarchy.roots[:BATCH]
    count = len(level)
    while level:
        reports = [one for head in level for one in hierarchy.below(head)]
        count += len(reports)
        if count > _AT_FIRST:
            break
        shown.update((head, BATCH) for head in level if hierarchy.below(head))
        level = reports
    return Unfolding(shown)


@dataclass(frozen=True)
class Crowd:
    """Who of a crowd shows, from the top down, and how many are behind whom.

    ``beneath`` counts everyone below a head who has no card of his own nor stands behind a lower
    one; ``beside`` those behind nobody: people without a manager beyond the first batches.
    """

    hierarchy: Hierarchy
    unfolding: Unfolding

    @cached_property
    def shown(self) -> tuple[PersonId, ...]:
        """Everyone with a card, nobody before his manager."""
        found = list(self._visible(None))
        for one in found:
            found.extend(self._visible(one))
        return tuple(found)

    @cached_property
    def beneath(self) -> dict[PersonId, int]:
        """How many are behind each head; heads with nobody behind them are not named."""
        counts = {}
        for head in self.shown:
            hidden = self.hierarchy.sizes[head] - 1 - self._size(self._visible(head))
            if hidden:
                counts[head] = hidden
        return counts

    @cached_property
    def beside(self) -> int:
        """How many stand behind nobody who shows."""
        return self._size(self.hierarchy.roots) - self._size(self._visible(None))

    def head_of(self, person: PersonId) -> PersonId | None:
        """Behind whom somebody stands: himself if he shows; ``None`` for nobody."""
        there = self._there
        step: PersonId | None = person
        while step is not None and step not in there:
            step = self.hierarchy.managers.get(step)
        return step

    @cached_property
    def _there(self) -> frozenset[PersonId]:
        return frozenset(self.shown)

    @cached_property
    def _led_to(self) -> dict[PersonId | None, list[PersonId]]:
        """The reports of each head that lead to somebody sought, himself among them."""
        found: dict[PersonId | None, dict[PersonId, None]] = defaultdict(dict)
        for person in sorted(self.unfolding.sought & self.hierarchy.sizes.keys()):
            way = [person, *self.hierarchy.above(person)]
            for one in way:
                found[self.hierarchy.managers.get(one)][one] = None
        return {head: list(reports) for head, reports in found.items()}

    def _visible(self, head: PersonId | None) -> list[PersonId]:
        first = list(self.hierarchy.below(head)[: self.unfolding.shown.get(head, 0)])
        there = set(first)
        return first + [one for one in self._led_to.get(head, ()) if one not in there]

    def _size(self, people: Iterable[PersonId]) -> int:
        return sum(self.hierarchy.sizes[one] for one in people)


def lifted(lines: Iterable[Line], crowd: Crowd) -> list[Line]:
    """Lines of a crowd with those of people without a card at whom they stand behind.

    Between the same two cards one line of each style is left, the strongest, which says how many it
    stands for.
    """
    together: dict[tuple[PersonId, PersonId, object], list[Line]] = defaultdict(list)
    straight = []
    for line in lines:
        source = crowd.head_of(line.source) or line.source
        target = crowd.head_of(line.target) or line.target
        if (source, target) == (line.source, line.target):
            straight.append(line)
        elif source != target:
            moved = replace(line, source=source, target=target)
            together[source, target, line.style].append(moved)
    for several in together.values():
        best = max(several, key=lambda line: (line.strength or 0, line.record))
        count = len(several)
        straight.append(replace(best, label=f"× {count}") if count > 1 else best)
    return straight
