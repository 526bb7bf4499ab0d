"""A desk to make edits at: records that change as edits are made, and acts that go on in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    Account,
    AccountId,
    OrganisationId,
    Person,
    PersonId,
    Project,
    ProjectId,
    Record,
    Records,
)
from brm_desktop.domain.soundness import problems_in

P = ParamSpec("P")
R = TypeVar("R", bound=Record)

TODAY = date(2026, 3, 31)


class Desk:
    """Records, an author and a clock; every edit made is kept, for undo."""

    def __init__(self, records: Records | None = None, author: str = "") -> None:
        self.records = Records() if records is None else records
        self.made: list[Change] = []
        self._numbers = count(1)
        self._new_ids = count(1)
        self.act = Act(TODAY, "", author, self._new_id)

    def do(
        self,
        edit: Callable[Concatenate[Records, Act, P], Change],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change:
        """Make an edit; the records must be sound and its undoing exact."""
        self.act = replace(self.act, stamp=f"{next(self._numbers):032x}")
        before = self.records
        change = edit(before, self.act, *args, **kwargs)
        self.records = change.applied(before)
        self.made.append(change)
        assert problems_in(self.records) == []
        assert change.inverted().applied(self.records) == before
        return change

    def on(self, day: date) -> None:
        """Go on working on another day."""
        self.act = replace(self.act, today=day)

    def one(self, kind: type[R], record_id: str) -> R:
        """A record as it is now."""
        return self.records.one(kind, record_id)

    def only(self, kind: type[R]) -> R:
        """The one record there is of a kind."""
        (found,) = self.records.all(kind).values()
        return found

    def several(self, kind: type[R]) -> list[R]:
        """The records of a kind."""
        return list(self.records.all(kind).values())

    def account(self, name: str = "Acme") -> AccountId:
        """A new account."""
        return self.do(edits.create_account, name=name).added(Account)[0].id

    def organisation(self, account: AccountId) -> OrganisationId:
        """The organisation of an account."""
        return self.one(Account, account).organisation

    def people(self, account: AccountId, *names: str) -> list[PersonId]:
        """New people of an account."""
        return [
            self.do(edits.add_person, account=account, name=name).added(Person)[0].id
            for name in names
        ]

    def colleague(self, name: str = "Me") -> PersonId:
        """One of us."""
        return self.do(edits.add_own_staff, name=name).added(Person)[0].id

    def competitor(self, name: str = "Zhao", of: str = "Rival") -> PersonId:
        """A competitor's employee."""
        change = self.do(edits.add_competitor, organisation=of, name=name)
        return change.added(Person)[0].id

    def project(self, account: AccountId, name: str = "Plant") -> ProjectId:
        """A new project of an account."""
        return self.do(edits.create_project, account, name).added(Project)[0].id

    def _new_id(self) -> str:
        return f"thing {next(self._new_ids)}"
