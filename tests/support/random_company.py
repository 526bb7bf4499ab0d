"""Two colleagues who edit, undo, settle, send and pull at random, and agree in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Self

from small_company import Colleague, Company, settle

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import StaleChange
from brm_desktop.domain.merge import is_gone, same
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Audience,
    Conflict,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Records,
)


class RandomCompany:
    """What happens is fixed by the seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self._folder = TemporaryDirectory()
        folder = Path(self._folder.name)
        self.company = Company()
        self.colleagues = [
            Colleague(folder / f"{site}.brm", site, self.chance.choice([0, 5, 100]))
            for site in (0xA, 0xB)
        ]
        home = Organisation(id=OrganisationId("o"), name="Acme")
        people = [
            Person(id=PersonId(f"p{number}"), name=f"P{number}", organisation=home.id)
            for number in range(5)
        ]
        account = Account(id=AccountId("a"), organisation=home.id)
        self.colleagues[0].write((), [home, account, *people])
        self._settle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self.colleagues:
            one.store.close()
        self._folder.cleanup()

    def do_something(self) -> None:
        """Somebody does something; afterwards his store is sound."""
        one = self.chance.choice(self.colleagues)
        chosen = self.chance.randrange(9)
        if chosen == 0:
            settle(self.company, one)
        elif chosen == 1:
            one.send(self.company)
        elif chosen == 2:
            one.pull(self.company, complete=self.chance.random() < 0.3)
        elif chosen == 3:
            self._undo(one)
        else:
            one.edit(lambda records: self._edited(one, records))
        assert one.store.check() == []

    def _undo(self, one: Colleague) -> None:
        try:
            one.undo()
        except StaleChange:
            step = one.store.step_to_undo()
            assert step is not None
            one.store.drop_step(step)

    def _edited(self, one: Colleague, records: Records) -> Any:
        chance = self.chance
        act = Act(date(2026, 1, 1), one.clock.hex(), "", lambda: f"n{chance.random()}")
        people = [PersonId(key) for key in (*records.all(Person), "nobody", "nobody else")]
        first, second = chance.sample(people, 2)
        conflicts = list(records.all(Conflict))
        chosen = chance.randrange(5)
        if chosen == 0:
            return edits.set_manager(records, act, person=first, manager=second)
        if chosen == 1:
            return edits.remove_people(records, act, [first] if chance.random() < 0.5 else [])
        if chosen == 2:
            return edits.add_influence(records, act, source=first, target=second, strength=50)
        if chosen == 3 and conflicts:
            return edits.take_side(records, act, chance.choice(conflicts))
        return edits.revise_person(records, act, person=first, title=chance.choice("xyz"))

    def _settle(self) -> None:
        for _ in range(3):
            settle(self.company, *self.colleagues)

    def agree(self) -> None:
        """All send and hear all; then every store holds, and shows, what the company does."""
        self._settle()
        for one in self.colleagues:
            states = one.states()
            for key, state in self.company.rows.items():
                if key in states:
                    assert same(states[key], state), key
                else:
                    assert is_gone(state) or not state.clock, key
            assert all(is_gone(states[key]) for key in states.keys() - self.company.rows.keys())
        shown, shown_there = (
            Records(replace(record, audience=Audience.TEAM) for record in one.store.load_all())
            for one in self.colleagues
        )
        assert shown == shown_there
