"""The registers of a row by stamp: which fields each stamp's write is live in, and what it says.

A set of fields is a frozenset of names; with ``REST`` among them it is every field but the others
named. So a whole record, also one with fields nobody here knows, is a set like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import repeat
from typing import Final

from brm_desktop.domain.operations import DELETED, REST, Operation, Plain, RowState, Write

Fields = frozenset[str]
NO_FIELDS: Final[Fields] = frozenset()
ALL_FIELDS: Final[Fields] = frozenset((REST,))
_MISSING: Final = object()
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
    """Make a stamp's write live in some fields more, if any."""
    if not fields:
        return
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
                self.lay(field, [(stamp, layers[stamp][1].get(field)) for stamp in live])
            else:
                withheld.append(field)
        self.withheld = frozenset(withheld)
        self.beneath = tuple((stamp, frozenset(named)) for stamp in wholes[1:])

    def lay(self, field: str, writes: list[Write]) -> None:
        """Lay out the writes of a field, the greatest stamp first."""
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


def fewer(one: Layers, other: Layers) -> Layers:
    """What is live in one and not in the other."""
    left: Layers = {}
    for stamp, (fields, values) in one.items():
        there = other.get(stamp)
        kept = fields if there is None else without(fields, there[0])
        add(left, stamp, kept, values)
    return left


def row_of(
    kind: str,
    row: str,
    layers: Layers,
    deletions: Mapping[str, tuple[str, ...]],
    covered: Mapping[str, Fields],
    lifted: frozenset[str],
) -> RowState:
    """The row that layers make up."""
    shape = Shape(layers)
    return RowState(
        kind=kind,
        row=row,
        values=shape.values,
        clock=shape.clock,
        withheld=shape.withheld,
        others=shape.others,
        beneath=shape.beneath,
        deletions=deletions,
        covered=covered,
        lifted=lifted,
    )


def live_in(row: RowState, field: str) -> dict[str, Plain]:
    """Stamp to value of what is live in a field, of a row with one whole record at most."""
    live = dict(row.others.get(field, ()))
    stamp = row.clock.get(field)
    if stamp is None and field not in row.withheld:
        stamp = row.clock.get(REST)
    if stamp is not None:
        live[stamp] = row.values.get(field)
    return live


class Registers:
    """A row's registers one field at a time, where there is one whole record at most.

    Faster than layers by far: what nobody wrote to is not looked at.
    """

    __slots__ = ("_clock", "_covered", "_others", "_rest", "_row", "_values", "_withheld")

    def __init__(self, row: RowState) -> None:
        self._row = row
        self._values = dict(row.values)
        self._clock = dict(row.clock)
        self._rest = row.clock.get(REST)
        self._others = row.others
        self._covered = row.covered
        self._withheld = row.withheld

    def write_all(self, operation: Operation) -> bool:
        """All of an operation's writes at once, where each goes over just what is shown: the usual.

        Gives whether it could; nothing is written otherwise.
        """
        stamps, over, clock, rest = operation.stamps, operation.over, self._clock, self._rest
        if self._others or self._covered or self._withheld or operation.others:
            return False
        if over.keys() != stamps.keys() or rest in stamps.values():
            return False
        shown = zip(map(clock.get, stamps, repeat(rest)))  # a stamp each, as `over` has them
        if list(shown) != list(map(over.__getitem__, stamps)):
            return False
        clock.update(stamps)
        said = operation.values
        if said.keys() != stamps.keys() or None in said.values():
            said = {name: one for name, one in said.items() if one is not None and name in stamps}
            for field in stamps.keys() - said.keys():
                self._values.pop(field, None)
        self._values.update(said)
        return True

    def write(self, field: str, over: tuple[str, ...], stamp: str, value: Plain) -> None:
        """One write over what is shown, which is the usual, or over something else."""
        now = self._clock.get(field)
        if now is None and self._rest is not None and field not in self._withheld:
            now = self._rest
        plain = field not in self._others and stamp not in self._covered and stamp != self._rest
        if now is None or over != (now,) or not plain:
            self.step(field, over, ((stamp, value),))
            return
        self._clock[field] = stamp
        if value is not None:
            self._values[field] = value
        else:
            self._values.pop(field, None)

    def step(self, field: str, over: tuple[str, ...], writes: tuple[Write, ...]) -> None:
        """Go over some stamps of a field, then write to it."""
        live = live_in(self._row, field)
        for stamp in over:
            if live.pop(stamp, _MISSING) is _MISSING:
                self._cover(stamp, joined(self._covered.get(stamp, NO_FIELDS), frozenset((field,))))
        for stamp, value in writes:
            dead = self._covered.get(stamp, NO_FIELDS)
            if includes(dead, field):
                self._cover(stamp, without(dead, frozenset((field,))))
            else:
                live[stamp] = value
        self._lay(field, [(stamp, live[stamp]) for stamp in sorted(live, reverse=True)])

    def state(self, deletions: Mapping[str, tuple[str, ...]], lifted: Fields) -> RowState:
        """The row they make up."""
        return RowState(
            kind=self._row.kind,
            row=self._row.row,
            values=self._values,
            clock=self._clock,
            withheld=self._withheld,
            others=self._others,
            beneath=self._row.beneath,
            deletions=deletions,
            covered=self._covered,
            lifted=lifted,
        )

    def _cover(self, stamp: str, fields: Fields) -> None:
        self._covered = {**self._covered, stamp: fields}
        if not fields:
            del self._covered[stamp]

    def _lay(self, field: str, writes: list[Write]) -> None:
        self._clock.pop(field, None)
        self._values.pop(field, None)
        self._withheld = self._withheld - {field}
        self._others = {name: of_it for name, of_it in self._others.items() if name != field}
        if not writes:
            if self._rest is not None:
                self._withheld = self._withheld | {field}
            return
        stamp, value = writes[0]
        if stamp != self._rest:
            self._clock[field] = stamp
        if value is not None:
            self._values[field] = value
        if len(writes) > 1:
            self._others[field] = tuple(writes[1:])


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
