"""Edits of opportunities and of the support they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import made, tidy
from brm_desktop.domain.edits.projects import add_member, create_project
from brm_desktop.domain.edits.revising import revised
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainMember,
    Money,
    Opportunity,
    Origin,
    Outcome,
    Person,
    PersonId,
    Project,
    ProjectId,
    ProjectType,
    ProjectTypeId,
    Records,
    Role,
    SalesStage,
    SupportRequest,
    SupportState,
)


def add_opportunity(
    records: Records, act: Act, /, account: AccountId, name: str, **fields: object
) -> Change:
    """Make an opportunity of an account, perhaps of one of its projects.

    One that is open was opened today, unless ``opened_on`` says otherwise.
    """
    given = {**fields, "account": account, "name": name}
    if given.get("outcome", Outcome.OPEN) == Outcome.OPEN:
        given = {"opened_on": act.today, **given}
    return accept(records, made(Opportunity, given, act.new_id()))


def revise_opportunity(records: Records, act: Act, /, opportunity: str, **fields: object) -> Change:
    """Change fields of an opportunity; one that is opened again has no day of closing any more."""
    return revised(records, act, present(records, Opportunity, opportunity), fields)


def close_opportunity(
    records: Records,
    act: Act,
    /,
    opportunity: str,
    outcome: Outcome,
    *,
    on: date | None = None,
    amount: Money | None = None,
) -> Change:
    """End an opportunity on a day (today), for an amount if it is another than was hoped for.

    Raises
    ------
    Refused
        When the outcome is that it goes on, or the day is before it was opened or yet to come.
    """
    found = present(records, Opportunity, opportunity)
    if outcome is Outcome.OPEN:
        raise Refused(phrase("Say how {name} ended.", name=found.name))
    day = _past(act, on)
    fields: dict[str, object] = {"outcome": outcome, "closed_on": day}
    if amount is not None:
        fields["amount"] = amount
    return revised(records, act, found, fields)


def capture_opportunity(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    type: ProjectTypeId,
    *,
    name: str = "",
    people: Iterable[PersonId] | None = None,
    amount: Money | None = None,
    starts_on: date | None = None,
    expected_close: date | None = None,
    owner: PersonId | None = None,
) -> Change:
    """Make the next project of a type, its decision chain, and the opportunity it is (rule §10).

    On the chain come ``people``, or whoever took part in the account's projects of that type and is
    still there, in the roles they had last; what they think of this one is for somebody to say.
    Without a name it is called by its type and year, without an owner the account's has it.

    Raises
    ------
    Refused
        When the account or the type is not there, or such a project is open already.
    """
    home, of_type = present(records, Account, account), present(records, ProjectType, type)
    title = tidy(name) or f"{of_type.name} {(starts_on or act.today).year}"
    past = _projects_of(records, account, type)
    if any(one.name == title and one.outcome is Outcome.OPEN for one in past):
        raise Refused(phrase("{name} is open already.", name=title))
    line = next((one.business_line for one in past if one.business_line), "")
    draft = Draft(records)
    asked: dict[str, Any] = {"type": type, "amount": amount, "starts_on": starts_on}
    change = draft.do(create_project, act, account, title, business_line=line, **asked)
    project = change.added(Project)[0].id
    for person, roles in _participants(records, act, past, people):
        draft.do(add_member, act, project, person, roles=roles)
    hoped = {"amount": amount, "expected_close": expected_close, "owner": owner or home.owner}
    draft.do(_add_captured, act, account, title, project=project, business_lines=(line,), **hoped)
    return draft.change()


def _add_captured(
    records: Records, act: Act, /, account: AccountId, name: str, **fields: object
) -> Change:
    """Make an opportunity that was found in the customer's plans, and is a lead yet."""
    found = {"origin": Origin.CAPTURED, "stage": SalesStage.LEAD.value}
    return add_opportunity(records, act, account, name, **found, **fields)


def ask_support(
    records: Records,
    act: Act,
    /,
    opportunity: str,
    text: str,
    *,
    of: PersonId | None = None,
    on: date | None = None,
    note: str = "",
) -> Change:
    """Note what support an opportunity needs, whom it was asked of, and when (today)."""
    fields = {
        "opportunity": opportunity,
        "text": text.strip(),
        "asked_of": of,
        "asked_on": on or act.today,
        "note": note,
    }
    return accept(records, made(SupportRequest, fields, act.new_id()))


def answer_support(
    records: Records,
    act: Act,
    /,
    request: str,
    state: SupportState,
    *,
    on: date | None = None,
    note: str = "",
) -> Change:
    """Note that support was granted or refused on a day (today); ``ASKED`` takes that back.

    Raises
    ------
    Refused
        When the day is before it was asked for or yet to come.
    """
    found = present(records, SupportRequest, request)
    asked = state is SupportState.ASKED
    fields: dict[str, object] = {"state": state, "decided_on": None if asked else _past(act, on)}
    if note.strip():
        fields["note"] = "\n".join(filter(None, (found.note, note.strip())))
    return revised(records, act, found, fields)


def _past(act: Act, on: date | None) -> date:
    """A day on which something was decided, today when it is not given."""
    day = on or act.today
    if day > act.today:
        raise Refused(phrase("{on} is yet to come.", on=day))
    return day


def _projects_of(records: Records, account: AccountId, type: ProjectTypeId) -> list[Project]:
    """The projects of a type in an account that were pursued, the latest first."""
    found = [
        one
        for one in records.where(Project, account=account)
        if one.type == type and one.outcome is not Outcome.NOT_PURSUED
    ]
    return sorted(found, key=lambda one: (one.starts_on or date.min, one.name), reverse=True)


def _participants(
    records: Records, act: Act, past: list[Project], people: Iterable[PersonId] | None
) -> Iterator[tuple[PersonId, tuple[Role, ...]]]:
    """Who is to be on the new chain, with the roles of the latest one they were on."""
    roles: dict[PersonId, tuple[Role, ...]] = {}
    for project in past:
        for member in _members(records, project.id):
            roles.setdefault(member.person, member.roles)
    if people is not None:
        yield from ((person, roles.get(person, ())) for person in dict.fromkeys(people))
        return
    for person, had in roles.items():
        left_on = records.one(Person, person).left_on
        if left_on is None or left_on > act.today:
            yield person, had


def _members(records: Records, project: ProjectId) -> list[ChainMember]:
    return sorted(records.where(ChainMember, project=project), key=lambda one: one.id)
