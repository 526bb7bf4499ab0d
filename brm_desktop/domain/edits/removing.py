"""Edits that take records away, and what must go with them."""

from __future__ import annotations

from collections.abc import Iterable

from brm_desktop.domain.act import Act
from brm_desktop.domain.attitudes import attitudes_of
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import choices_carried, pointing_at
from brm_desktop.domain.edits.fields import changed, made
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainLink,
    ChainLinkKind,
    ChainMember,
    LineKind,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Placement,
    Record,
    Records,
    Reference,
    ReportingLine,
    id_of,
)


def remove_people(
    records: Records, act: Act, /, people: Iterable[PersonId], keep_relations: bool = False
) -> Change:
    """Take people away with their lines, statements, memberships and places.

    With ``keep_relations`` their reports hang under their manager, and in chains those they decided
    for under whoever decided for them. What was said of themselves goes all the same: an influence
    through somebody is nobody's statement about the two around him.
    """
    return remove_records(records, act, people, keep_relations)


def somebody_hangs(records: Records, people: Iterable[PersonId]) -> bool:
    """Whether somebody who stays hangs under one of these people, on a line or in a chain.

    Only then ``keep_relations`` of :func:`remove_people` can make a difference.
    """
    going = frozenset(people)
    return any(
        any(line.person not in going for line in records.where(ReportingLine, manager=person))
        or any(link.target not in going for link in records.where(ChainLink, source=person))
        for person in going
    )


def remove_accounts(records: Records, act: Act, /, accounts: Iterable[AccountId]) -> Change:
    """Take accounts away with their organisation, people, projects and all else of them."""
    return remove_records(records, act, accounts)


def remove_records(
    records: Records, act: Act, /, ids: Iterable[str], keep_relations: bool = False
) -> Change:
    """Take any records away, with whatever cannot stand without them; unknown ids are passed over.

    An account takes its organisation with it, a chain member what was said of him
    and his links on that chain. What only
    names a record that goes, like the project type of a project, forgets it. ``keep_relations`` is
    that of :func:`remove_people`.
    """
    draft = Draft(records)
    found = [record for record in map(records.find, dict.fromkeys(ids)) if record is not None]
    if keep_relations:
        for person in found:
            if isinstance(person, Person):
                _bridge_reporting(draft, person.id)
                _bridge_chains(draft, person.id)
    waiting = [draft.find(record.id) for record in found]
    while waiting:
        record = waiting.pop()
        if record is None or record.id not in draft:
            continue
        waiting += _bound_to(draft, record)
        naming = list(pointing_at(draft, record))
        draft.drop(record)
        for reference, other in naming:
            if reference.falls:
                waiting.append(other)
            else:
                _forget(draft, reference, other.id, record.id)
    return draft.change()


def _forget(draft: Draft, reference: Reference, record_id: str, named: str) -> None:
    record = draft.get(reference.kind, record_id)
    if record is None:
        return
    value = getattr(record, reference.field)
    rest = tuple(one for one in value if one != named) if isinstance(value, tuple) else None
    draft.put(changed(record, {reference.field: rest}))


def _bound_to(records: Records, record: Record) -> list[Record]:
    """What goes with a record without naming it by its id."""
    match record:
        case Account():
            others = records.where(Account, organisation=record.organisation)
            organisation = records.get(Organisation, record.organisation)
            only = organisation is not None and len(others) == 1
            if organisation is not None and only and organisation.kind is OrganisationKind.CUSTOMER:
                return [organisation]
        case ChainMember():
            links = (
                *records.where(ChainLink, source=record.person),
                *records.where(ChainLink, target=record.person),
            )
            place = records.get(Placement, id_of(Placement, record.project, record.person))
            on_chain: list[Record] = [link for link in links if link.project == record.project]
            said = attitudes_of(records, record.project, record.person)
            return [*on_chain, *said, *([place] if place else [])]
    return []


def _bridge_reporting(draft: Draft, person: PersonId) -> None:
    up = draft.where(ReportingLine, person=person)
    managers = [line.manager for line in up if line.kind is LineKind.SOLID]
    for line in draft.where(ReportingLine, manager=person):
        if line.kind is LineKind.SOLID and managers and managers[0] != line.person:
            draft.drop(line)
            dotted = id_of(ReportingLine, line.person, managers[0], LineKind.DOTTED)
            doubled = draft.get(ReportingLine, dotted)
            if doubled is not None:
                draft.drop(doubled)
            bridge = changed(line, {"manager": managers[0]})
            draft.put(bridge)
            draft.apply(choices_carried(draft, line, bridge))


def _bridge_chains(draft: Draft, person: PersonId) -> None:
    decides = ChainLinkKind.DECIDES_FOR
    for up in draft.where(ChainLink, target=person):
        for down in draft.where(ChainLink, source=person):
            apart = up.source != down.target and up.project == down.project
            if apart and up.kind is down.kind is decides:
                ends = {"project": up.project, "source": up.source, "target": down.target}
                link = made(ChainLink, {**ends, "kind": decides})
                if draft.get(ChainLink, link.id) is None:
                    draft.put(link)
