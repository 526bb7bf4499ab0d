"""The registers of a row by stamp: which fields each stamp's write is live in, and what it says.

A set of fields is a frozenset of names; with ``REST`` among them it is every field but the others
named. So a whole record, also one with fields nobody here knows, is a set like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from brm_desktop.domain.operations import DELETED, REST, Operation, Plain, RowState, Write

Fields = frozenset[str]
NO_FIELDS: Final[Fields] = frozenset()
ALL_FIELDS: Final[Fields] = frozenset((REST,))
Layers = dict[str, tuple[Fields, Mapping[str, Plain]]]
"""Stamp to the fields it is live in and the values that are not empty."""


def joined(one: Fields, other: Fields) -> Fields:
    """The fields of either."""
    if REST in one:
        return one & other if REST in other else one - other
    return other - one if REST in other else one | other


def without(one: Fields, other: Fields) -> Fields:
    """The fields of one that are not in the other."""
    if REST in one:
        return other - one if REST in other else one | other
    return one & other if REST in other else one - other


def shared(one: Fields, other: Fields) -> Fields:
    """The fields of both."""
    return without(one, without(one, other))


def includes(fields: Fields, field: str) -> bool:
    """Whether a field is in the set."""
    return (field in fields) is not (REST in fields)


def some_of(values: Mapping[str, Plain], fields: Fields) -> dict[str, Plain]:
    """The values of some fields that are not empty."""
    return {f: v for f, v in values.items() if v is not None and includes(fields, f)}


def add(layers: Layers, stamp: str, fields: Fields, values: Mapping[str, Plain]) -> None:
    """Make a stamp's write live in some fields more."""
    there, said = layers.get(stamp, (NO_FIELDS, {}))
    layers[stamp] = (joined(there, fields), {**said, **some_of(values, fields)})


def layers_of(row: Operation | RowState | None) -> Layers:
    """What a state has live, or what an operation writes, by stamp."""
    layers: Layers = {}
    if row is None:
        return layers
    clock = row.clock if isinstance(row, RowState) else row.stamps
    by_stamp: dict[str, list[str]] = {}
    for field, stamp in clock.items():
        by_stamp.setdefault(stamp, []).append(field)
    for stamp, named in by_stamp.items():
        fields = frozenset(named)
        if REST in fields:
            fields = ALL_FIELDS | row.withheld.union(clock).difference(named)
        add(layers, stamp, fields, row.values)
    for field, writes in row.others.items():
        for stamp, value in writes:
            add(layers, stamp, frozenset((field,)), {field: value})
    for stamp, named_elsewhere in row.beneath:
        add(layers, stamp, ALL_FIELDS | named_elsewhere, {})
    return layers


class Shape:
    """Layers laid out for reading: what is shown, and what stands beside it."""

    __slots__ = ("beneath", "clock", "others", "values", "withheld")

    def __init__(self, layers: Layers) -> None:
        order = sorted(layers, reverse=True)
        wholes = [stamp for stamp in order if REST in layers[stamp][0]]
        named = _named(layers)
        self.values: dict[str, Plain] = {}
        self.clock: dict[str, str] = {REST: wholes[0]} if wholes else {}
        self.others: dict[str, tuple[Write, ...]] = {}
        withheld = []
        for field in sorted(named):
            live = [stamp for stamp in order if includes(layers[stamp][0], field)]
            if live:
                self._lay(field, [(stamp, layers[stamp][1].get(field)) for stamp in live])
            else:
                withheld.append(field)
        self.withheld = frozenset(withheld if wholes else ())
        self.beneath = tuple((stamp, frozenset(named)) for stamp in wholes[1:])

    def _lay(self, field: str, writes: list[Write]) -> None:
        stamp, value = writes[0]
        if stamp != self.clock.get(REST):
            self.clock[field] = stamp
        if value is not None:
            self.values[field] = value
        if len(writes) > 1:
            self.others[field] = tuple(writes[1:])


def _named(layers: Layers) -> set[str]:
    named: set[str] = set()
    for fields, values in layers.values():
        named.update(fields, values)
    named.discard(REST)
    return named


def by_stamp(over: Mapping[str, Iterable[str]]) -> dict[str, Fields]:
    """Stamp to the fields in which an operation goes over it."""
    fields = over.keys() - {DELETED}
    found: dict[str, Fields] = {}
    for field in fields:
        for stamp in over[field]:
            found[stamp] = found.get(stamp, NO_FIELDS) | {field}
    for stamp in over.get(REST, ()):
        found[stamp] = ALL_FIELDS | (fields - found[stamp])
    return found


def by_field(over: Mapping[str, Fields]) -> dict[str, tuple[str, ...]]:
    """The same as an operation has it: field to stamps, ``REST`` for all fields not named."""
    named = {field for fields in over.values() for field in fields}
    stamps = sorted(over)
    found = {
        field: tuple(stamp for stamp in stamps if includes(over[stamp], field))
        for field in sorted(named - {REST})
    }
    if REST in named:
        found[REST] = tuple(stamp for stamp in stamps if REST in over[stamp])
    return found
