"""Edits of account plans, actions, account teams and interactions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import made, stated
from brm_desktop.domain.edits.revising import revised
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Action,
    Interaction,
    InteractionKind,
    PersonId,
    ProjectId,
    Records,
    TeamFunction,
    TeamMember,
)


def set_plan(
    records: Records, act: Act, /, account: AccountId, year: int, **fields: object
) -> Change:
    """Make or change an account's plan of a year."""
    parts = {"account": account, "year": year}
    return accept(records, stated(records, AccountPlan, parts, fields))


def add_action(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    text: str,
    *,
    person: PersonId | None = None,
    project: ProjectId | None = None,
    owner: PersonId | None = None,
    due: date | None = None,
) -> Change:
    """Note something to do for an account."""
    fields = {
        "account": account,
        "text": text.strip(),
        "person": person,
        "project": project,
        "owner": owner,
        "due": due,
    }
    return accept(records, made(Action, fields, act.new_id()))


def revise_action(records: Records, act: Act, /, action: str, **fields: object) -> Change:
    """Change fields of an action: its text, due date, owner, state."""
    return revised(records, act, present(records, Action, action), fields)


def join_team(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    employee: PersonId,
    function: TeamFunction = TeamFunction.OTHER,
    **fields: object,
) -> Change:
    """Put a colleague on an account's team in a function, or change him there."""
    parts = {"account": account, "employee": employee, "function": function}
    return accept(records, stated(records, TeamMember, parts, fields))


def add_interaction(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    *,
    held_on: date | None = None,
    kind: InteractionKind = InteractionKind.VISIT,
    people: Iterable[PersonId] = (),
    **fields: object,
) -> Change:
    """Note that people met, today or on a day."""
    met = tuple(dict.fromkeys(people))
    given = {**fields, "account": account, "held_on": held_on or act.today, "kind": kind}
    return accept(records, made(Interaction, {**given, "people": met}, act.new_id()))
