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
