"""Edits of projects and the people who decide them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import made, stated, tidy
from brm_desktop.domain.edits.named import project_type_in
from brm_desktop.domain.edits.needs import add_need
from brm_desktop.domain.edits.removing import remove_records
from brm_desktop.domain.edits.revising import revised
from brm_desktop.domain.edits.stating import state_attitude
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    ChainLink,
    ChainLinkKind,
    ChainMember,
    ContactLevel,
    Horizon,
    NeedKind,
    Opportunity,
    OrganisationId,
    Outcome,
    PersonId,
    Project,
    ProjectId,
    ProjectType,
    Records,
    Role,
    Stance,
    id_of,
)


def add_project_type(
    records: Records, act: Act, /, *, name: str, wanted: bool | None = None
) -> Change:
    """Make a project type, or mark the one of that name wanted or not."""
    found = next(iter(records.where(ProjectType, name=tidy(name))), None)
    if found is None:
        return accept(
            records, made(ProjectType, {"name": name, "wanted": bool(wanted)}, act.new_id())
        )
    return Change() if wanted is None else revised(records, act, found, {"wanted": wanted})


def create_project(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    name: str,
    *,
    type: str = "",
    wanted: bool | None = None,
    **fields: object,
) -> Change:
    """Make a project of an account; ``type`` is a project type's name, found or made, or its id.

    ``wanted`` marks that type as one we sell into, or not.
    """
    draft = Draft(records)
    of_type = project_type_in(draft, act, type)
    if of_type is not None and wanted is not None:
        draft.apply(revised(draft, act, draft.one(ProjectType, of_type), {"wanted": wanted}))
    given = {**fields, "account": account, "name": name, "type": of_type}
    draft.apply(accept(draft, made(Project, given, act.new_id())))
    return draft.change()


def revise_project(records: Records, act: Act, /, project: ProjectId, **fields: object) -> Change:
    """Change fields of a project; ``type`` may be an id or a name, found or made."""
    return revised(records, act, present(records, Project, project), fields)


def close_project(
    records: Records,
    act: Act,
    /,
    project: ProjectId,
    outcome: Outcome,
    *,
    on: date | None = None,
    lost_to: OrganisationId | None = None,
    closeness: str = "",
    learnt: str = "",
) -> Change:
    """End a project on a day (today), with what it did to closeness and taught of needs to come.

    Both are added to the project's note; what was learnt becomes a need of the next years, too. The
    opportunities that are open in the project end with it.

    Raises
    ------
    Refused
        When the outcome is that it goes on, or the day is yet to come.
    """
    found = present(records, Project, project)
    if outcome is Outcome.OPEN:
        raise Refused(phrase("Say how {name} ended.", name=found.name))
    day = on or act.today
    if day > act.today:
        raise Refused(phrase("{on} is yet to come.", on=day))
    fields: dict[str, object] = {"outcome": outcome, "decided_on": day}
    fields["lost_to"] = lost_to if outcome is Outcome.LOST else None
    said = [text.strip() for text in (found.note, closeness, learnt) if text.strip()]
    if closeness.strip() or learnt.strip():
        fields["note"] = "\n".join(said)
    draft = Draft(records)
    draft.apply(revised(draft, act, found, fields))
    if learnt.strip():
        draft.do(add_need, act, found.account, Horizon.FAR, NeedKind.SOLUTION, learnt)
    for one in records.where(Opportunity, project=project):
        if one.outcome is Outcome.OPEN:
            ended = {"outcome": outcome, "closed_on": max(day, one.opened_on or day)}
            draft.apply(revised(draft, act, one, ended))
    return draft.change()


def add_member(
    records: Records,
    act: Act,
    /,
    project: ProjectId,
    person: PersonId,
    *,
    roles: Iterable[Role] = (),
    stance: Stance | None = None,
    contact: ContactLevel | None = None,
    veto: bool | None = None,
    sole_approver: bool | None = None,
    note: str | None = None,
    on: date | None = None,
) -> Change:
    """Put a person on a project's decision chain.

    One who is on it already gets the roles in addition and keeps what is not given. ``on`` is the
    day the stance and the contact level were so, today when it is not given.
    """
    before = records.get(ChainMember, id_of(ChainMember, project, person))
    said = {
        "roles": (*(before.roles if before else ()), *roles),
        "veto": veto,
        "sole_approver": sole_approver,
        "note": note,
    }
    parts = {"project": project, "person": person}
    draft = Draft(records)
    draft.apply(accept(draft, stated(draft, ChainMember, parts, said)))
    draft.do(state_attitude, act, project, person, stance=stance, contact=contact, on=on)
    return draft.change()


def revise_member(
    records: Records, act: Act, /, project: ProjectId, person: PersonId, **fields: object
) -> Change:
    """Change roles and marks of a person on a chain, or claim his stance and contact level.

    A claim may say its ``basis``, its ``evidence`` and the day it was so, ``on``.
    """
    member = present(records, ChainMember, id_of(ChainMember, project, person))
    return revised(records, act, member, fields)


def remove_member(records: Records, act: Act, /, project: ProjectId, person: PersonId) -> Change:
    """Take a person off a chain, with what was said of him there, his links and his place."""
    member = present(records, ChainMember, id_of(ChainMember, project, person))
    return remove_records(records, act, [member.id])


def add_chain_link(
    records: Records,
    act: Act,
    /,
    project: ProjectId,
    source: PersonId,
    target: PersonId,
    kind: ChainLinkKind = ChainLinkKind.DECIDES_FOR,
    *,
    label: str | None = None,
) -> Change:
    """Link two people on a chain; who is not on it yet joins it, without a role."""
    draft = Draft(records)
    for person in (source, target):
        if id_of(ChainMember, project, person) not in records:
            draft.do(add_member, act, project, person)
    parts = {"project": project, "source": source, "target": target, "kind": kind}
    draft.apply(accept(draft, stated(draft, ChainLink, parts, {"label": label})))
    return draft.change()
