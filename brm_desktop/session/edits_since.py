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
    Record,
    Records,
    Snapshot,
)
from brm_desktop.storage.lines import HistoryLine

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


def _somebody(step: list[HistoryLine], records: Records) -> PersonId | None:
    """Somebody who is still there and whom an edit was about."""
    for line in step:
        for named in _named(line, records.find(line.record)):
            person = records.get(Person, named)
            if person is not None:
                return person.id
    return None


def _named(line: HistoryLine, record: Record | None) -> list[str]:
    said = {field.field: field.after or field.before for field in line.fields}
    found = [line.record]
    for name in _OF_PEOPLE:
        value = getattr(record, name, None) or said.get(name)
        found += [value] if isinstance(value, str) else []
    return found
