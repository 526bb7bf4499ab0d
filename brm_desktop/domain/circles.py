"""Circles in what must be a hierarchy: reporting, deciding, parents, successors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from brm_desktop.domain.naming import called
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

Above = Callable[[str], Iterable[str]]

RANKING_LINKS = frozenset({ChainLinkKind.DECIDES_FOR, ChainLinkKind.REPORTS_TO})
"""The chain links that rank people, so that a circle of them makes no sense."""


def circle_from(start: str, above: Above) -> tuple[str, ...] | None:
    """The way from a node up and back to it, both ends included; walks only what is above it."""
    came_from: dict[str, str] = {}
    open_nodes = [start]
    while open_nodes:
        node = open_nodes.pop()
        for higher in above(node):
            if higher == start:
                return _way(came_from, start, node)
            if higher not in came_from:
                came_from[higher] = node
                open_nodes.append(higher)
    return None


def _way(came_from: dict[str, str], start: str, last: str) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return (*reversed(way), start)


def circles_among(nodes: Iterable[str], above: Above) -> Iterator[tuple[str, ...]]:
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
            way = circle_from(record.person, managers_in(records))
            return reporting_circle(records, way) if way else None
        case ChainLink() if record.kind in RANKING_LINKS:
            way = circle_from(record.source, linked_in(records, record.project, record.kind))
            return link_circle(records, record.kind, way) if way else None
        case Person() if record.successor is not None:
            way = circle_from(record.id, successors_in(records))
            return successor_circle(records, way) if way else None
        case Department() | Organisation() if record.parent is not None:
            way = circle_from(record.id, parents_in(records, type(record)))
            return parent_circle(records, type(record), way) if way else None
    return None


def managers_in(records: Records) -> Above:
    """To whom a person reports, by solid and dotted lines."""
    return lambda person: [line.manager for line in records.where(ReportingLine, person=person)]


def linked_in(records: Records, project: ProjectId, kind: ChainLinkKind) -> Above:
    """To whom a person's links of a kind lead in one chain."""
    return lambda person: [
        link.target
        for link in records.where(ChainLink, source=person)
        if link.project == project and link.kind is kind
    ]


def successors_in(records: Records) -> Above:
    """Who came after a person."""
    return lambda person: _named(getattr(records.get(Person, person), "successor", None))


def parents_in(records: Records, kind: type[Department | Organisation]) -> Above:
    """What a department or an organisation is a part of."""
    return lambda part: _named(getattr(records.get(kind, part), "parent", None))


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
    names = " → ".join(part.name if part else "?" for part in found)
    if kind is Department:
        return phrase("These departments are parts of each other: {names}.", names=names)
    return phrase("These organisations are parts of each other: {names}.", names=names)


def _people(records: Records, way: Iterable[str]) -> str:
    return " → ".join(called(records, person) for person in way)
