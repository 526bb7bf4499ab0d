"""Edits behind copy, paste and duplicate on a canvas.

What was chosen to stay in the store stays there in a copy, too: of a record that never leaves no
second leaves by its account's policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.checks import OUTSIDE
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.canvas import move
from brm_desktop.domain.edits.fields import changed
from brm_desktop.domain.edits.named import department_in
from brm_desktop.domain.edits.projects import add_member
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainLink,
    ChainMember,
    Department,
    Influence,
    OrganisationId,
    Person,
    PersonId,
    Placement,
    Project,
    Record,
    Records,
    ReportingLine,
    SharingChoice,
    id_of,
)
from brm_desktop.domain.sharing_choices import is_kept, narrowest
from brm_desktop.domain.sides import side_of

_NOT_REPEATED: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "phones": (),
        "emails": (),
        "wechat": "",
        "birthday": None,
        "influence_asked_on": None,
        "left_on": None,
        "successor": None,
        "external_id": "",
    }
)
"""What is one person's own, and what it is of a second."""

Copies = dict[str, str]
"""By the id of what was copied the id of its copy."""


def copied(
    records: Records, people: Iterable[PersonId], canvas: str | None = None
) -> tuple[Record, ...]:
    """What the clipboard holds: customers' people, the lines among them, their places on a canvas.

    On a project's canvas their roles and links there are held, too; of all of them what was chosen
    to stay in the store.
    """
    found = (records.get(Person, person) for person in dict.fromkeys(people))
    held = {one.id: one for one in found if one and side_of(records, one.id) not in OUTSIDE}
    named = {one.department for one in held.values()}
    departments = [one for one in (records.get(Department, name) for name in named) if one]
    around = [one for person in held for one in _around(records, person, held, canvas)]
    copy = (*held.values(), *departments, *around)
    return (*copy, *(one for each in copy for one in _kept(records, each.id)))


def paste_people(
    records: Records,
    act: Act,
    /,
    copy: Iterable[Record],
    account: AccountId,
    *,
    canvas: str | None = None,
    offset: tuple[float, float] = (24, 24),
) -> Change:
    """Make new people like the copied ones in an account, with the lines among them.

    On a project's canvas they join its chain in the roles they had; people of the account who are
    not on that chain yet join it themselves, instead of being made a second time.
    """
    draft = Draft(records)
    home = present(records, Account, account).organisation
    held = tuple(copy)
    copies = Copies()
    ids: dict[str, PersonId] = {}
    for person in held:
        if isinstance(person, Person):
            joins = _may_join(records, person.id, home, canvas)
            ids[person.id] = person.id if joins else _second(draft, act, person, held, home, copies)
    _connect(draft, act, held, ids, canvas, offset, copies)
    _keep(draft, held, copies)
    return draft.change()


def duplicate_people(
    records: Records,
    act: Act,
    /,
    people: Iterable[PersonId],
    *,
    canvas: str | None = None,
    offset: tuple[float, float] = (24, 24),
) -> Change:
    """Make a second of each customer's person, under the same manager, with the lines among them.

    Phones, addresses, birthday, statements and ties are one person's own and not repeated.
    """
    draft = Draft(records)
    held = copied(records, people, canvas)
    copies = Copies()
    ids: dict[str, PersonId] = {
        person.id: _second(draft, act, person, held, person.organisation, copies)
        for person in held
        if isinstance(person, Person)
    }
    _connect(draft, act, held, ids, canvas, offset, copies)
    for first, second in ids.items():
        for line in records.where(ReportingLine, person=first):
            if line.manager not in ids:
                _copy(draft, line, {"person": second}, copies)
    _keep(draft, held, copies)
    return draft.change()


def _around(
    records: Records, person: PersonId, held: Mapping[PersonId, Person], canvas: str | None
) -> Iterator[Record]:
    """The lines from one held person to others, and what a canvas knows of him."""
    for line in records.where(ReportingLine, person=person):
        if line.manager in held:
            yield line
    for influence in records.where(Influence, source=person):
        if influence.target in held:
            yield influence
    for link in records.where(ChainLink, source=person):
        if link.project == canvas and link.target in held:
            yield link
    member = records.get(ChainMember, id_of(ChainMember, canvas, person))
    place = records.get(Placement, id_of(Placement, canvas, person))
    yield from (one for one in (member, place) if one)


def _may_join(records: Records, person: PersonId, home: OrganisationId, canvas: str | None) -> bool:
    known = records.get(Person, person)
    return (
        known is not None
        and known.organisation == home
        and records.get(Project, canvas) is not None
        and id_of(ChainMember, canvas, person) not in records
    )


def _second(
    draft: Draft,
    act: Act,
    person: Person,
    held: Iterable[Record],
    home: OrganisationId | None,
    copies: Copies,
) -> PersonId:
    """Make a second of a person in an organisation, in a department of the same name."""
    names = [one.name for one in held if isinstance(one, Department) if one.id == person.department]
    known = {one.id for one in draft.where(Department, organisation=home)}
    department = department_in(draft, act, home, names[0] if names else "")
    second = replace(
        person,
        **_NOT_REPEATED,
        id=PersonId(act.new_id()),
        organisation=home,
        department=department,
    )
    draft.apply(accept(draft, second))
    copies[person.id] = second.id
    if department and person.department and department not in known:
        copies[person.department] = department
    return second.id


def _connect(
    draft: Draft,
    act: Act,
    held: Iterable[Record],
    ids: Mapping[str, PersonId],
    canvas: str | None,
    offset: tuple[float, float],
    copies: Copies,
) -> None:
    """Draw the held lines, roles and places again among the people they now stand for."""
    project = draft.get(Project, canvas)
    members = {str(one.person): one for one in held if isinstance(one, ChainMember)}
    if project is not None:
        for first, second in ids.items():
            member = members.get(first)
            draft.do(add_member, act, project.id, second, roles=member.roles if member else ())
            if member is not None:
                copies[member.id] = id_of(ChainMember, project.id, second)
    places = {}
    for record in held:
        match record:
            case ReportingLine() if ids[record.person] != record.person:
                ends = {"person": ids[record.person], "manager": ids[record.manager]}
                _copy(draft, record, ends, copies)
            case Influence():
                ends = {"source": ids[record.source], "target": ids[record.target]}
                _copy(draft, record, ends, copies)
            case ChainLink() if project is not None:
                ends = {"source": ids[record.source], "target": ids[record.target]}
                _copy(draft, record, {**ends, "project": project.id}, copies)
            case Placement():
                x, y = record.x + offset[0], record.y + offset[1]
                places[ids[record.person]] = (x, y)
            case _:
                pass
    if canvas is not None:
        draft.do(move, act, canvas, places)


def _copy(draft: Draft, record: Record, fields: Mapping[str, Any], copies: Copies) -> None:
    """Put in a record like another but for some fields."""
    copy = changed(record, fields)
    draft.apply(accept(draft, copy))
    copies[record.id] = copy.id


def _keep(draft: Draft, held: Iterable[Record], copies: Copies) -> None:
    """Keep of copies what is to stay of the first ones, as chosen when they were held or since."""
    chosen = [one for one in held if isinstance(one, SharingChoice)]
    chosen += [one for first in copies for one in _kept(draft, first)]
    for one in chosen:
        second = copies.get(one.subject, one.subject)
        if second != one.subject:
            key = id_of(SharingChoice, second, one.part)
            there = draft.get(SharingChoice, key)
            least = one.choice if there is None else narrowest((one.choice, there.choice))
            draft.put(SharingChoice(id=key, subject=second, part=one.part, choice=least))


def _kept(records: Records, subject: str) -> list[SharingChoice]:
    """What was chosen to stay of a record."""
    chosen = records.where(SharingChoice, subject=subject)
    return [one for one in chosen if is_kept(one.choice)]
