"""Edits of account plans, actions, account teams and interactions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    AccountId,
    InteractionKind,
    PersonId,
    ProjectId,
    Records,
    TeamFunction,
)


def set_plan(
    records: Records, act: Act, account: AccountId, year: int, **fields: object
) -> Change:
    """Make or change an account's plan of a year."""
    raise NotImplementedError


def add_action(
    records: Records,
    act: Act,
    account: AccountId,
    text: str,
    *,
    person: PersonId | None = None,
    project: ProjectId | None = None,
    owner: PersonId | None = None,
    due: date | None = None,
) -> Change:
    """Note something to do for an account."""
    raise NotImplementedError


def revise_action(records: Records, act: Act, action: str, **fields: object) -> Change:
    """Change fields of an action: its text, due date, owner, state."""
    raise NotImplementedError


def join_team(
    records: Records,
    act: Act,
    account: AccountId,
    employee: PersonId,
    function: TeamFunction = TeamFunction.OTHER,
    **fields: object,
) -> Change:
    """Put a colleague on an account's team in a function, or change him there."""
    raise NotImplementedError


def add_interaction(
    records: Records,
    act: Act,
    account: AccountId,
    *,
    held_on: date | None = None,
    kind: InteractionKind = InteractionKind.VISIT,
    people: Iterable[PersonId] = (),
    **fields: object,
) -> Change:
    """Note that people met, today or on a day."""
    raise NotImplementedError
