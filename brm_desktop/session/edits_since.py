"""Edits of people and lines since a day, read from the history: what no statement tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import (
    Assessment,
    Attitude,
    Person,
    PersonId,
    Placement,
    Records,
    Snapshot,
)
from brm_desktop.storage.rows.lines import HistoryLine

_TOLD_OTHERWISE = (Assessment, Attitude, Placement, Snapshot)
_OF_PEOPLE = ("person", "employee", "manager", "source", "target")


@dataclass(frozen=True, slots=True)
class EditSince:
    """One edit since a day: when, by whom, what it was called, and one of the people it is about.

    ``records`` is how many people, lines and other things it touched.
    """

    when: datetime
    author_name: str
    name: Phrase
    records: int
    person: PersonId | None


def edits_since(lines: Iterable[HistoryLine], day: date, records: Records) -> list[EditSince]:
    """The edits after a day, newest first; statements and places on a canvas are left out.

    ``lines`` are those of :meth:`Session.history`, newest first. Days are those of this computer.
    """
    steps: dict[str, list[HistoryLine]] = {}
    for line in lines:
        if line.when.astimezone().date() <= day:
            break
        if not issubclass(line.kind, _TOLD_OTHERWISE):
            steps.setdefault(line.operation, []).append(line)
    return [
        EditSince(
            step[0].when, step[0].author_name, step[0].name, len(step), _somebody(step, records)
        )
        for step in steps.values()
    ]


def named_in(line: HistoryLine, records: Records) -> list[str]:
    """The ids of what a line is about: its record, and people it names or named."""
    record = records.find(line.record)
    found = [line.record, *(getattr(record, name, "") for name in _OF_PEOPLE)]
    for field in line.fields:
        if field.field in _OF_PEOPLE:
            found += [str(value) for value in (field.after, field.before) if value]
        for several in (field.before, field.after):
            found += [str(one) for one in several] if isinstance(several, tuple) else []
    return [one for one in found if one]


def _somebody(step: list[HistoryLine], records: Records) -> PersonId | None:
    """Somebody who is still there and whom an edit was about."""
    for line in step:
        for named in named_in(line, records):
            person = records.get(Person, named)
            if person is not None:
                return person.id
    return None
