"""Three stores and the asset's, in files, end with the same whatever was done and sent when."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from company import Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.categories import Category
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    Assessment,
    Audience,
    Choice,
    Conflict,
    Department,
    Influence,
    Person,
    PersonId,
    Record,
    Records,
    ReportingLine,
    Tie,
)
from brm_desktop.session.session import Session, SetClock

SHARED = (Person, Department, ReportingLine, Influence, Tie, Assessment)
SKEWS = (timedelta(), timedelta(hours=-1), timedelta(days=-1))
EDIT = phrase("An edit")
TITLES = ("", "CEO", "CTO", "Buyer")


class Week:
    """Three reps at work on one account, each in his own store."""

    def __init__(self, folder: Path, seed: int, stack: ExitStack) -> None:
        self.chance = Random(seed)
        self.company = Company(folder)
        names = ("Wang Min", "Li Lei", "Zhou Yan")
        self.reps = [
            stack.enter_context(self.company.rep(name, skew))
            for name, skew in zip(names, SKEWS, strict=True)
        ]
        first = self.reps[0]
        self.account: AccountId = account(first)
        for name in ("Chief", "Buyer", "Clerk"):
            first.edit(EDIT, edits.add_person, account=self.account, name=name)
        share(first, self.account, structure=Choice.TEAM)
        self.exchange()
        for rep in self.reps:
            share(rep, self.account, structure=Choice.TEAM)

    def exchange(self) -> None:
        """Everybody sends, the merger runs, everybody takes."""
        for rep in self.reps:
            send(rep)
        self.company.merge()
        for rep in self.reps:
            take(rep)

    def people(self, rep: Session) -> list[PersonId]:
        home = rep.records.one(Person, rep.settings.user or PersonId("")).organisation
        return sorted(p.id for p in rep.records.all(Person).values() if p.organisation != home)

    def step(self) -> None:
        """Something happens."""
        rep = self.chance.choice(self.reps)
        if all(line.id != self.account for line in rep.portfolio()):
            take(rep)  # the one who made the account may keep it to himself for a while
            return
        rep.open_account(self.account)
        self.company.at(self.company.now + timedelta(minutes=self.chance.randrange(9)))
        for one, skew in zip(self.reps, SKEWS, strict=True):
            clock = one._clock
            assert isinstance(clock, SetClock)
            clock.now = self.company.now + skew
        steps: tuple[tuple[int, Callable[[Session], object]], ...] = (
            (2, self.add),
            (6, self.revise),
            (4, self.hang),
            (2, self.sway),
            (1, self.remove),
            (2, self.think_better),
            (2, self.settle),
            (2, self.choose),
            (4, send),
            (3, self.merge),
            (4, take),
        )
        chosen = self.chance.choices([s for _, s in steps], [weight for weight, _ in steps])[0]
        with suppress(Refused):
            chosen(rep)

    def merge(self, _: Session) -> None:
        self.company.merge()

    def add(self, rep: Session) -> None:
        name = f"P{self.chance.randrange(100)}"
        rep.edit(EDIT, edits.add_person, account=self.account, name=name)

    def revise(self, rep: Session) -> None:
        who = self.chance.choice(self.people(rep))
        field = self.chance.choice(("title", "notes", "wechat"))
        rep.edit(EDIT, edits.revise_person, who, **{field: self.chance.choice(TITLES)})

    def think_better(self, rep: Session) -> None:
        self.hang(rep)
        rep.undo()

    def hang(self, rep: Session) -> None:
        who, manager = self.chance.sample(self.people(rep), 2)
        rep.edit(EDIT, edits.set_manager, who, manager)

    def sway(self, rep: Session) -> None:
        source, target = self.chance.sample(self.people(rep), 2)
        rep.edit(EDIT, edits.add_influence, source, target, strength=self.chance.randint(1, 100))

    def remove(self, rep: Session) -> None:
        people = self.people(rep)
        if len(people) > 3:
            rep.edit(EDIT, edits.remove_people, [self.chance.choice(people)])

    def settle(self, rep: Session) -> None:
        conflicts = sorted(one.id for one in rep.records.all(Conflict).values())
        if conflicts:
            rep.edit(EDIT, edits.take_side, self.chance.choice(conflicts))

    def choose(self, rep: Session) -> None:
        part = self.chance.choice((Category.STRUCTURE, Category.CONNECTIONS, Category.NOTES))
        choice = self.chance.choice((Choice.TEAM, Choice.TEAM, Choice.PRIVATE))
        rep.edit(EDIT, edits.set_policy, self.account, part, choice)

    def end(self) -> None:
        """All share all of it, and exchange until nothing is new."""
        every = {category.value: Choice.TEAM for category in Category}
        for rep in self.reps:
            share(rep, self.account, **every)
            self.exchange()
        self.exchange()


def held(records: Records, stay: set[str]) -> set[Record]:
    """What is shared of the account, whoever may see it."""
    return {
        replace(record, audience=Audience.PRIVATE)
        for kind in SHARED
        for record in records.all(kind).values()
        if record.id not in stay
    }


@pytest.mark.parametrize("seed", range(3))
def test_stores_hold_the_same_after_a_week_of_work_side_by_side(seed: int, tmp_path: Path) -> None:
    with ExitStack() as stack:
        week = Week(tmp_path, seed, stack)
        for _ in range(60):
            week.step()
        week.end()
        reps = {rep.settings.user or "" for rep in week.reps}
        first, *others = [held(rep.all_records(), reps) for rep in week.reps]
        assert any(isinstance(record, Person) for record in first)
        for other in others:
            assert other == first
        told = [
            {
                (c.kind, c.row, c.field, c.stamp, c.value)
                for c in rep.all_records().all(Conflict).values()
            }
            for rep in week.reps
        ]
        assert told[0] == told[1] == told[2]
        for rep in week.reps:
            assert rep.check() == []
