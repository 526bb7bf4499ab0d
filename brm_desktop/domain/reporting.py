"""The solid reporting forest of an account, made whole whatever the data (domain rule §4).

People who left are skipped: their reports hang under the next manager up who is still there.
Data that breaks the rules never hangs anything: of several solid managers the one with the
smallest id counts, a self-report does not, and of the people on a cycle the one with the smallest
id is taken as its root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brm_desktop.domain.looking_up import records_of
from brm_desktop.domain.records import LineKind, Person, PersonId, Records, ReportingLine


def managers_of(records: Records, people: Iterable[Person]) -> dict[PersonId, PersonId]:
    """The solid manager of each of the people who has one among them; free of cycles."""
    there = {person.id: person for person in people}
    found: dict[PersonId, PersonId] = {}
    lines = records_of(records, ReportingLine, "person", there)
    for person_id, manager in _direct(lines).items():
        present = manager if manager in there else _above(records, there, person_id, manager)
        if present is not None:
            found[person_id] = present
    for root in _cycle_roots(found):
        del found[root]
    return found


def depths(managers: Mapping[PersonId, PersonId]) -> dict[PersonId, int]:
    """How deep everyone on a solid line stands; roots at 0. ``managers`` is free of cycles."""
    found: dict[PersonId, int] = {}
    for person_id in managers:
        climb = [person_id]
        while climb[-1] not in found and climb[-1] in managers:
            climb.append(managers[climb[-1]])
        depth = found.setdefault(climb.pop(), 0)
        for below in reversed(climb):
            depth += 1
            found[below] = depth
    return found


def _direct(lines: Iterable[ReportingLine]) -> dict[PersonId, PersonId]:
    """The solid manager of everyone who has one, the smallest id of several."""
    found: dict[PersonId, PersonId] = {}
    for line in lines:
        if line.kind is LineKind.SOLID and line.manager != line.person:
            found[line.person] = min(line.manager, found.get(line.person, line.manager))
    return found


def _above(
    records: Records, there: Mapping[PersonId, Person], person_id: PersonId, manager: PersonId
) -> PersonId | None:
    """The first one still there above a manager who left; ``None`` above one of another house."""
    home = there[person_id].organisation
    seen = {person_id}
    up: PersonId | None = manager
    while up is not None and up not in there and up not in seen:
        seen.add(up)
        away = records.get(Person, up)
        colleague = away is not None and away.organisation == home
        up = _direct(records.where(ReportingLine, person=up)).get(up) if colleague else None
    return up if up in there and up not in seen else None


def _cycle_roots(managers: Mapping[PersonId, PersonId]) -> list[PersonId]:
    roots = []
    done: set[PersonId] = set()
    for start in managers:
        climb: dict[PersonId, None] = {}
        person: PersonId | None = start
        while person is not None and person not in done and person not in climb:
            climb[person] = None
            person = managers.get(person)
        if person is not None and person in climb:
            walk = list(climb)
            roots.append(min(walk[walk.index(person) :]))
        done.update(climb)
    return roots
