"""Varied accounts, from a seed: people gone and to go, claims of many days, rivals, partners."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    Basis,
    ContactLevel,
    InfluenceKind,
    LineKind,
    Money,
    OrganisationId,
    OrganisationKind,
    Outcome,
    PersonId,
    ProjectId,
    Role,
    Stance,
)

T = TypeVar("T")

ME = PersonId("x")
_MARKS = (None, None, None, None, False, True)
_KINDS = (InfluenceKind.FAMILY, InfluenceKind.OTHER, InfluenceKind.OTHER, InfluenceKind.CONFLICT)


@lru_cache(maxsize=256)
def varied_account(seed: int) -> AccountAnalysis:
    """An account of up to 14 people, with all that its numbers are made of, read by its user."""
    made = _Making(random.Random(seed))
    made.everything()
    return AccountAnalysis(made.facts.records(), made.account, TODAY, user=ME)


@dataclass(slots=True)
class _Outside:
    """Those who know the account's people; some of them have left."""

    ours: list[PersonId]
    rivals: list[tuple[OrganisationId, PersonId]]
    partners: list[PersonId]

    @property
    def everyone(self) -> list[PersonId]:
        return [*self.ours, *(person for _, person in self.rivals), *self.partners]


class _Making:
    """Facts being made up."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.facts = Portfolio()
        spend = chance.choice([None, Money(chance.randrange(10**9), "CNY")])
        self.account = self.facts.account(spend=spend)

    def everything(self) -> None:
        """All of it, in an order that the seed fixes."""
        people = self._people()
        outside = self._outside()
        self._influences(people)
        self._ties(people, outside)
        self._statements(people, outside)
        self._chain("Next", people, outside, Outcome.OPEN, None)
        won = self.chance.choice([Outcome.WON, Outcome.LOST, Outcome.NO_DECISION])
        self._chain("Past", people, outside, won, self._day(0))

    def _maybe(self, share: float, make: Callable[[], T]) -> T | None:
        return make() if self.chance.random() < share else None

    def _day(self, latest: int = 5) -> date:
        """A day of the last weeks or, now and then, one that is still to come."""
        return TODAY + timedelta(days=self.chance.randint(-40, latest))

    def _leaving(self) -> date | None:
        return self._maybe(0.2, lambda: self.chance.choice([TODAY, self._day()]))

    def _people(self) -> list[PersonId]:
        chance, people = self.chance, list[PersonId]()
        for number in range(chance.randrange(15)):
            person = self.facts.person(
                f"p{number:02}",
                self.account,
                power=self._maybe(0.3, lambda: chance.randint(0, 100)),
                influence=self._maybe(0.2, lambda: chance.randint(0, 100)),
                veto=chance.choice(_MARKS),
                sole_approver=chance.choice(_MARKS),
                crucial=chance.choice(_MARKS),
                key=chance.choice(_MARKS),
                placeholder=chance.random() < 0.1,
                left_on=self._leaving(),
            )
            if people and chance.random() < 0.8:
                kind = chance.choice([*[LineKind.SOLID] * 5, LineKind.DOTTED])
                self.facts.reports(person, chance.choice(people), kind)
            people.append(person)
        return people

    def _outside(self) -> _Outside:
        facts = self.facts
        ours = [facts.person(name, facts.us, left_on=self._leaving()) for name in "wxyz"]
        rivals = []
        for name, people in (("Rival", "rs"), ("Other", "t")):
            firm = facts.competitor(name)
            rivals += [(firm, facts.person(one, firm, left_on=self._leaving())) for one in people]
        firm = facts.organisation("Partner", OrganisationKind.PARTNER)
        partners = [facts.person(one, firm, left_on=self._leaving()) for one in "mn"]
        return _Outside(ours, rivals, partners)

    def _influences(self, people: list[PersonId]) -> None:
        chance = self.chance
        elsewhere = self.facts.people(self.facts.account("Bolt"), "b1", "b2")
        for _ in range(chance.randrange(25) if len(people) > 1 else 0):
            source, target = chance.sample(people, 2)
            if chance.random() < 0.1:
                source = chance.choice(elsewhere)
            kind = chance.choice(_KINDS)
            strength = None if kind is InfluenceKind.CONFLICT else chance.randint(1, 100)
            basis = chance.choice(list(Basis))
            self.facts.sways(source, target, strength, kind, basis=basis)

    def _ties(self, people: list[PersonId], outside: _Outside) -> None:
        for person in people:
            for employee in outside.everyone:
                if self.chance.random() < 0.15:
                    self.facts.tie(employee, person, self.chance.randint(1, 100))
        for partner in outside.partners:
            for employee in outside.ours:
                if self.chance.random() < 0.4:
                    self.facts.tie(employee, partner, self.chance.randint(1, 100))

    def _statements(self, people: list[PersonId], outside: _Outside) -> None:
        chance = self.chance
        firms = [None, None, self.facts.us, *dict.fromkeys(firm for firm, _ in outside.rivals)]
        for person in people:
            for _ in range(chance.randrange(4)):
                closeness, solution, price = (
                    self._maybe(0.6, lambda: chance.randint(0, 100)) for _ in range(3)
                )
                self.facts.assess(
                    person,
                    closeness,
                    solution,
                    price,
                    on=self._day(),
                    toward=chance.choice(firms),
                    author=chance.choice(outside.ours),
                    stamp=str(chance.random()),
                )

    def _chain(
        self,
        name: str,
        people: list[PersonId],
        outside: _Outside,
        outcome: Outcome,
        decided: date | None,
    ) -> None:
        """A project that about half of the people decide, some of them in several roles."""
        chance = self.chance
        project = self.facts.project(self.account, name, outcome, decided_on=decided)
        for person in [*people, *outside.partners[:1]]:
            if chance.random() < 0.55:
                roles = sorted(chance.sample(list(Role), chance.randrange(4)), key=list(Role).index)
                veto, sole = chance.choice(_MARKS), chance.choice(_MARKS)
                self.facts.member(project, person, *roles, veto=veto, sole_approver=sole)
                self._claims(project, person, outside.ours)

    def _claims(self, project: ProjectId, person: PersonId, authors: list[PersonId]) -> None:
        chance = self.chance
        for _ in range(chance.randrange(5)):
            contact = self._maybe(0.4, lambda: chance.choice(list(ContactLevel)))
            stance = chance.choice(list(Stance))
            said = None if contact is not None and chance.random() < 0.3 else stance
            on, author, stamp = self._day(), chance.choice(authors), str(chance.random())
            self.facts.claim(project, person, said, contact, on, author=author, stamp=stamp)
