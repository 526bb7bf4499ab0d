"""What colleagues wrote at the same time, ready to be settled: all that was said of a field."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.merge import SETTLES_ITSELF
from brm_desktop.domain.operations import DELETED
from brm_desktop.domain.plain_values import value_of
from brm_desktop.domain.records import (
    KINDS,
    Conflict,
    LineKind,
    Record,
    Records,
    ReportingLine,
)
from brm_desktop.domain.wording import Told, field_told, title_of

OF_THE_STORE: Final = frozenset({"stamp", "audience"})
"""Fields of which nobody is told: they settle themselves with what they belong to."""


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that was said of a field and is not shown: ``stamp`` tells when and by whom."""

    conflict: str
    value: object
    told: Told
    stamp: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of which several things were said; ``value`` is what is shown of it.

    For the field ``deleted`` somebody deleted the record while another edited it: then there are no
    values, and each side is a deletion.
    """

    kind: type[Record]
    row: str
    field: str
    title: Told
    value: object
    told: Told
    sides: tuple[Side, ...]

    @property
    def is_deletion(self) -> bool:
        """Whether it is about a record that somebody deleted."""
        return self.field == DELETED


def disputes(records: Records, row: str | None = None) -> list[Dispute]:
    """What is to be settled among some records, of all of them or of one, by kind and title.

    What is about a record that is not here waits until it is; some records settle themselves.
    """
    conflicts: Iterable[Conflict] = (
        records.all(Conflict).values() if row is None else records.where(Conflict, row=row)
    )
    grouped: dict[tuple[str, str, str], list[Conflict]] = {}
    for one in conflicts:
        if one.field not in OF_THE_STORE and one.kind not in SETTLES_ITSELF:
            grouped.setdefault((one.kind, one.row, one.field), []).append(one)
    found = []
    for (kind, key, field), of_field in grouped.items():
        record = records.get(kind_named(kind), key)
        if record is not None:
            found.append(_dispute(records, record, field, of_field))
    return sorted(found, key=lambda one: (_PLACES[one.kind], str(one.title), one.row, one.field))


@dataclass(frozen=True, slots=True)
class HiddenLine:
    """A solid line that is not shown: its person has a manager already, or it closes a circle.

    ``against`` are the shown lines in whose place it would be.
    """

    line: ReportingLine
    closes_circle: bool
    title: Told
    against: tuple[ReportingLine, ...]


def hidden_line(records: Records, line: ReportingLine) -> HiddenLine:
    """A solid line that is not shown, with what it stands against among the records shown."""
    managers = {
        one.person: one for one in records.all(ReportingLine).values() if one.kind is LineKind.SOLID
    }
    above = managers.get(line.person)
    against = [] if above is None else [above]
    step = managers.get(line.manager)
    while step is not None and line.person not in {step.manager, step.person}:
        step = managers.get(step.manager)
    circle = step is not None and step.manager == line.person
    if circle and step is not None:
        against.append(step)
    return HiddenLine(line, circle, title_of(records, line), tuple(against))


def conflicts_about(records: Records, row: str, field: str) -> list[Conflict]:
    """What stands against what is shown of a field."""
    return [one for one in records.where(Conflict, row=row) if one.field == field]


def value_in(conflict: Conflict) -> object:
    """The value that a conflict holds; ``None`` for a deletion."""
    if conflict.field == DELETED:
        return None
    return value_of(kind_named(conflict.kind), conflict.field, json.loads(conflict.value))


def _dispute(records: Records, record: Record, field: str, conflicts: list[Conflict]) -> Dispute:
    value = None if field == DELETED else getattr(record, field)
    sides = []
    for one in sorted(conflicts, key=lambda one: one.stamp, reverse=True):
        said = value_in(one)
        sides.append(Side(one.id, said, field_told(records, type(record), field, said), one.stamp))
    title = title_of(records, record)
    told = field_told(records, type(record), field, value)
    return Dispute(type(record), record.id, field, title, value, told, tuple(sides))


_PLACES: Final = {kind: place for place, kind in enumerate(KINDS)}
