"""What an answer to a missing fact writes: one edit each, once the account of the fact is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.missing_facts import MissingFact
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    AccountId,
    Dimension,
    Person,
    PersonId,
    Project,
    ProjectId,
    Records,
    Role,
)
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.words import name_of

SCORES: Final = {
    Fact.CLOSENESS: Dimension.CLOSENESS,
    Fact.SOLUTION: Dimension.SOLUTION,
    Fact.PRICE: Dimension.PRICE,
}
"""Which score a fact is."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is not known yet, by the name that was typed."""

    name: str


Somebody = PersonId | Newcomer
About = Callable[[Records, Act, PersonId], Change]
"""An edit about one person."""


class Answers:
    """Writes what is answered about one fact; each answer is one step that undo takes back."""

    def __init__(self, desk: Desk, fact: MissingFact) -> None:
        self._desk = desk
        self._fact = fact

    def person(self, **fields: object) -> None:
        """Say something of the person that the fact is about."""
        who = PersonId(self._fact.subject)
        self._do(lambda: self._desk.edit(self._changed, edits.revise_person, who, **fields))

    def project(self, **fields: object) -> None:
        """Say something of the project that the fact is about."""
        what = ProjectId(self._fact.subject)
        self._do(lambda: self._desk.edit(self._changed, edits.revise_project, what, **fields))

    def account(self, **fields: object) -> None:
        """Say something of the account that the fact is about."""
        what = self._fact.account
        self._do(lambda: self._desk.edit(self._changed, edits.revise_account, what, **fields))

    def opportunity(self, **fields: object) -> None:
        """Say something of the opportunity that the fact is about."""
        what = self._fact.subject
        self._do(lambda: self._desk.edit(self._changed, edits.revise_opportunity, what, **fields))

    def newcomer(self, name: str) -> None:
        """Say who is at the account, by a name nobody has yet."""
        account = self._fact.account
        said = phrase("Add {name}", name=name)
        self._do(lambda: self._desk.edit(said, edits.add_person, name=name, account=account))

    def member(self, person: PersonId, **fields: object) -> None:
        """Say something of somebody on the project's chain, of one that is decided as of then."""
        chain = ProjectId(self._fact.subject)
        if "stance" in fields:
            fields["on"] = self._fact.as_of
        self._do(
            lambda: self._desk.edit(self._changed, edits.revise_member, chain, person, **fields)
        )

    def score(self, value: int) -> None:
        """Assess the person today, 0–100 in the score that the fact is."""
        dimension = SCORES[self._fact.fact]
        said: dict[str, Any] = {dimension.value: value}
        who = PersonId(self._fact.subject)
        name = phrase(
            "{name}: {dimension} {value}",
            name=self._fact.name,
            dimension=dimension.phrase,
            value=value,
        )
        self._do(lambda: self._desk.edit(name, edits.assess, who, **said))

    def manager(self, manager: Somebody) -> None:
        """Say whom the person reports to."""
        who = PersonId(self._fact.subject)
        name = phrase("Change who {name} reports to", name=self._fact.name)
        self._about(
            name, manager, lambda records, act, one: edits.set_manager(records, act, who, one)
        )

    def tie(self, employee: PersonId, closeness: int) -> None:
        """Say who of us knows the person, and how closely, 1–100."""
        ours = name_of(self._desk.records, employee)
        name = phrase("Tie {employee} – {person}", employee=ours, person=self._fact.name)
        who = PersonId(self._fact.subject)
        self._do(lambda: self._desk.edit(name, edits.set_tie, employee, who, closeness))

    def decider(self, person: Somebody) -> None:
        """Say who decides the project."""
        chain = ProjectId(self._fact.subject)
        self._about(
            self._changed,
            person,
            lambda records, act, one: edits.add_member(
                records, act, chain, one, roles=(Role.DECISION_MAKER,)
            ),
        )

    def ended(self, ask: Callable[[Project], object], settle: Callable[[Project], object]) -> None:
        """Ask how the project ended, or ``settle`` it unasked when the store closes meanwhile."""
        what = self._fact.subject
        self._do(
            lambda: ask(self._desk.records.one(Project, what)),
            lambda: settle(self._desk.records.one(Project, what)),
        )

    @property
    def _changed(self) -> Phrase:
        return phrase("Change {name}", name=self._fact.name)

    def _about(self, name: Phrase, whom: Somebody, edit: About) -> None:
        """Make an edit about somebody, who is made with it where nobody knows him yet."""
        if isinstance(whom, Newcomer):
            account = self._fact.account
            self._do(lambda: self._desk.edit(name, with_newcomer, account, whom.name, edit))
        else:
            self._do(lambda: self._desk.edit(name, edit, whom))

    def _do(self, edit: Callable[[], object], unasked: Callable[[], object] | None = None) -> None:
        """Make the edit once its account is in memory; it is read off the window's thread."""
        if self._desk.is_open:  # what is typed when the store closes comes too late
            with_accounts(self._desk, [self._fact.account], edit, unasked=unasked)


def with_newcomer(
    records: Records, act: Act, /, account: AccountId, name: str, edit: About
) -> Change:
    """Make somebody of an account, and an edit about him, as one change."""
    draft = Draft(records)
    (person,) = draft.do(edits.add_person, act, account=account, name=name).added(Person)
    draft.do(edit, act, person.id)
    return draft.change()
