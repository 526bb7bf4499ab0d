"""The solid reporting forest of an account, made whole whatever the data (domain rule §4).

People who left are skipped: their reports hang under the next manager up who is still there.
Data that breaks the rules never hangs anything: of several solid managers the one with the
smallest id counts, a self-report does not, and of the people on a cycle the one with the smallest
id is taken as its root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brm_desktop.domain.records import LineKind, Person, PersonId, Records, ReportingLine


def managers_of(records: Records, people: Iterable[Person]) -> dict[PersonId, PersonId]:
    """The solid manager of each of the people who has one among them; free of cycles."""
    there = {person.id: person for person in people}
    found: dict[PersonId, PersonId] = {}
    for person_id, person in there.items():
        manager = _next_up(records, person_id)
        seen = {person_id}
        while manager is not None and manager not in there and manager not in seen:
            seen.add(manager)
            away = records.get(Person, manager)
            colleague = away is not None and away.organisation == person.organisation
            manager = _next_up(records, manager) if colleague else None
        if manager in there and manager not in seen:
            found[person_id] = manager
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


def _next_up(records: Records, person_id: PersonId) -> PersonId | None:
    lines = records.where(ReportingLine, person=person_id)
    solid = [
        line.manager for line in lines if line.kind is LineKind.SOLID and line.manager != person_id
    ]
    return min(solid, default=None)


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
