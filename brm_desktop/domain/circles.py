"""Circles in what must be a hierarchy: reporting, deciding, parents, successors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import NamedTuple

from brm_desktop.domain.naming import NAMELESS, called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    ChainLink,
    ChainLinkKind,
    Department,
    Organisation,
    Person,
    ProjectId,
    Record,
    Records,
    ReportingLine,
)

Next = Callable[[str], Iterable[str]]
"""The nodes next to a node in one direction of a hierarchy."""

RANKING_LINKS = frozenset({ChainLinkKind.DECIDES_FOR, ChainLinkKind.REPORTS_TO})
"""The chain links that rank people, so that a circle of them makes no sense."""


class Hierarchy(NamedTuple):
    """What is above a node, and what is below it."""

    above: Next
    below: Next


def circle_from(start: str, above: Next, below: Next | None = None) -> tuple[str, ...] | None:
    """The way from a node up and back to it, both ends included.

    With ``below`` the search goes up and down in turn and ends with whichever has no more: who is
    hung under a long line has nobody below him, who is put over one nobody above.
    """
    if below is not None and next(iter(below(start)), None) is None:
        return None
    down = repeat(None) if below is None else _ways_back(start, below)
    for upward, downward in zip(_ways_back(start, above), down, strict=False):
        if upward is not None:
            return upward
        if downward is not None:
            return downward[::-1]
    return None


def _ways_back(start: str, following: Next) -> Iterator[tuple[str, ...] | None]:
    """Goes over what follows a node, one a step; gives the way back to the node once it is met."""
    came_from: dict[str, str] = {}
    open_nodes = [start]
    while open_nodes:
        node = open_nodes.pop()
        way = None
        for other in following(node):
            if other == start:
                way = _way(came_from, start, node)
            elif other not in came_from:
                came_from[other] = node
                open_nodes.append(other)
        yield way


def _way(came_from: dict[str, str], start: str, last: str) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return (*reversed(way), start)


def circles_among(nodes: Iterable[str], above: Next) -> Iterator[tuple[str, ...]]:
    """At least one circle of each knot of circles; every node and line is gone over once."""
    done: set[str] = set()
    for start in nodes:
        if start in done:
            continue
        trail: dict[str, Iterator[str]] = {start: iter(above(start))}
        while trail:
            node, rest = next(reversed(trail.items()))
            higher = next(rest, None)
            if higher is None:
                done.add(node)
                del trail[node]
            elif higher in trail:
                way = list(trail)
                yield (*way[way.index(higher) :], higher)
            elif higher not in done:
                trail[higher] = iter(above(higher))


class CircleFree:
    """Lines of a hierarchy that come one by one, those left out that would close a circle.

    Every node has a rank, and a line leads to a higher one. A line that does not has only the nodes
    ranked between its ends looked through, and those change ranks (Pearce and Kelly, 2006). The
    first ranks are made with all the lines that will come, so that hardly any line needs it. Where
    there is a circle to begin with, no ranks hold, and each line is searched from.
    """

    def __init__(
        self, standing: Iterable[tuple[str, str]], coming: Iterable[tuple[str, str]]
    ) -> None:
        self._above: dict[str, dict[str, None]] = {}
        self._below: dict[str, dict[str, None]] = {}
        known = [*standing]
        self._rank = _ranks([*known, *coming])
        self.sound = True
        """There was no circle to begin with."""
        for low, high in known:
            self.sound = self.sound and self._met(low, high) is None
            self._add(low, high)

    def put(self, low: str, high: str) -> tuple[str, ...] | None:
        """Put a line in from one node up to another, or give the circle that it would close."""
        if high in self._above.get(low, ()):
            return None
        if self.sound:
            way = self._met(low, high)
            if way is None:
                self._add(low, high)
            return way
        self._add(low, high)
        way = circle_from(low, self._higher, self._lower)
        if way is not None:
            del self._above[low][high], self._below[high][low]
        return way

    def _higher(self, node: str) -> Iterable[str]:
        return self._above.get(node, ())

    def _lower(self, node: str) -> Iterable[str]:
        return self._below.get(node, ())

    def _add(self, low: str, high: str) -> None:
        self._above.setdefault(low, {})[high] = None
        self._below.setdefault(high, {})[low] = None

    def _met(self, low: str, high: str) -> tuple[str, ...] | None:
        """The circle that a line would close; if none, the ranks are made to fit it."""
        rank = self._rank
        least, most = rank[high], rank[low]
        if most < least:
            return None
        up = {high: low}
        for node in (waiting := [high]):
            if node == low:
                return _way(up, low, up[low]) if node != high else (low, low)
            for other in self._higher(node):
                if other not in up and rank[other] <= most:
                    up[other] = node
                    waiting.append(other)
        down = {low}
        for node in (waiting := [low]):
            for other in self._lower(node):
                if other not in down and rank[other] >= least:
                    down.add(other)
                    waiting.append(other)
        moved = [*sorted(down, key=rank.__getitem__), *sorted(up, key=rank.__getitem__)]
        rank.update(zip(moved, sorted(rank[node] for node in moved), strict=True))
        return None


def _ranks(lines: Iterable[tuple[str, str]]) -> dict[str, int]:
    """A rank for every node, one above higher than one below as far as there is no circle."""
    above: dict[str, list[str]] = {}
    for low, high in lines:
        above.setdefault(low, []).append(high)
        above.setdefault(high, [])
    rank: dict[str, int] = {}
    seen: set[str] = set()
    for start, first in above.items():
        trail = [] if start in seen else [(start, iter(first))]
        seen.add(start)
        while trail:
            node, rest = trail[-1]
            higher = next((one for one in rest if one not in seen), None)
            if higher is None:
                rank[node] = -len(rank)
                trail.pop()
            else:
                seen.add(higher)
                trail.append((higher, iter(above[higher])))
    return rank


def circle_with(records: Records, record: Record) -> Phrase | None:
    """The circle that a record closes in its hierarchy, named, if it does."""
    match record:
        case ReportingLine():
            way = circle_from(record.person, *managers_in(records))
            return reporting_circle(records, way) if way else None
        case ChainLink() if record.kind in RANKING_LINKS:
            way = circle_from(record.source, *linked_in(records, record.project, record.kind))
            return link_circle(records, record.kind, way) if way else None
        case Person() if record.successor is not None:
            way = circle_from(record.id, *successors_in(records))
            return successor_circle(records, way) if way else None
        case Department() | Organisation() if record.parent is not None:
            way = circle_from(record.id, *parents_in(records, type(record)))
            return parent_circle(records, type(record), way) if way else None
    return None


def managers_in(records: Records) -> Hierarchy:
    """To whom a person reports, and who to him, by solid and dotted lines."""
    return Hierarchy(
        lambda person: [line.manager for line in records.where(ReportingLine, person=person)],
        lambda person: [line.person for line in records.where(ReportingLine, manager=person)],
    )


def linked_in(records: Records, project: ProjectId, kind: ChainLinkKind) -> Hierarchy:
    """To whom a person's links of a kind lead in one chain, and from whom they come."""

    def here(links: Iterable[ChainLink]) -> Iterator[ChainLink]:
        return (link for link in links if link.project == project and link.kind is kind)

    return Hierarchy(
        lambda person: [link.target for link in here(records.where(ChainLink, source=person))],
        lambda person: [link.source for link in here(records.where(ChainLink, target=person))],
    )


def successors_in(records: Records) -> Hierarchy:
    """Who came after a person, and whom he came after."""
    return Hierarchy(
        lambda person: _named(getattr(records.get(Person, person), "successor", None)),
        lambda person: [one.id for one in records.where(Person, successor=person)],
    )


def parents_in(records: Records, kind: type[Department | Organisation]) -> Hierarchy:
    """What a department or an organisation is a part of, and its parts."""
    return Hierarchy(
        lambda part: _named(getattr(records.get(kind, part), "parent", None)),
        lambda part: [one.id for one in records.where(kind, parent=part)],
    )


def _named(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def reporting_circle(records: Records, way: Iterable[str]) -> Phrase:
    """A circle of reporting lines in words."""
    return phrase("These reporting lines make a circle: {names}.", names=_people(records, way))


def link_circle(records: Records, kind: ChainLinkKind, way: Iterable[str]) -> Phrase:
    """A circle of links of a chain in words."""
    names = _people(records, way)
    if kind is ChainLinkKind.DECIDES_FOR:
        return phrase("These people decide for each other in a circle: {names}.", names=names)
    return phrase("These people of a chain report in a circle: {names}.", names=names)


def successor_circle(records: Records, way: Iterable[str]) -> Phrase:
    """A circle of successors in words."""
    names = _people(records, way)
    return phrase("These people succeed each other in a circle: {names}.", names=names)


def parent_circle(
    records: Records, kind: type[Department | Organisation], way: Iterable[str]
) -> Phrase:
    """A circle of departments or organisations in words."""
    found = (records.get(kind, part) for part in way)
    names = " → ".join(part.name if part else NAMELESS for part in found)
    if kind is Department:
        return phrase("These departments are parts of each other: {names}.", names=names)
    return phrase("These organisations are parts of each other: {names}.", names=names)


def _people(records: Records, way: Iterable[str]) -> str:
    return " → ".join(called(records, person) for person in way)
