"""Duplicates over a whole store: found, joined, and told apart again much later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.disputes import hidden_line
from brm_desktop.domain.duplicates import duplicates_in
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    Conflict,
    Interaction,
    LineKind,
    Person,
    PersonId,
    Record,
    ReportingLine,
    Sameness,
    Verdict,
    id_of,
)
from brm_desktop.session.duplicates import candidates, parted, to_look_at
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

NAME = phrase("Test")


class Twice:
    """王敏 is in one account twice; the second has a manager and a title of her own."""

    def __init__(self, path: Path) -> None:
        self.session = Session.open(path, create=PLAIN)
        edit = self.session.edit
        (account,) = edit(NAME, edits.create_account, name="Acme").added(Account)
        self.account = account.id
        people = [
            edit(NAME, edits.add_person, account=account.id, name=name).added(Person)[0]
            for name in ("Boss", "王敏", "王敏")
        ]
        self.boss, self.one, self.other = (person.id for person in people)
        edit(NAME, edits.revise_person, self.other, title="CIO")
        edit(NAME, edits.set_manager, self.other, self.boss)

    def managers(self) -> dict[PersonId, PersonId]:
        lines = self.session.records.all(ReportingLine).values()
        return {line.person: line.manager for line in lines}

    def add(self, name: str) -> PersonId:
        """Somebody else of the account."""
        change = self.session.edit(NAME, edits.add_person, account=self.account, name=name)
        (person,) = change.added(Person)
        return person.id

    def conflict(self, kind: type[Record], row: str, field: str, value: object) -> Conflict:
        """What a colleague wrote at the same time."""
        parts = (name_of_kind(kind), row, field, f"{value}")
        key = id_of(Conflict, *parts)
        kind_name, _, _, stamp = parts
        return Conflict(
            id=key, kind=kind_name, row=row, field=field, value=json.dumps(value), stamp=stamp
        )

    def join(self) -> Sameness:
        self.session.edit(NAME, edits.join, Person, self.one, self.other)
        (verdict,) = self.session.records.all(Sameness).values()
        return verdict


@pytest.fixture
def twice(tmp_path: Path) -> Twice:
    return Twice(tmp_path / "store.brm")


def test_a_store_is_searched_without_opening_its_accounts(tmp_path: Path) -> None:
    path = tmp_path / "store.brm"
    Twice(path).session.close()
    with Session.open(path) as session:
        (found,) = candidates(session)
        assert isinstance(found.one, Person)
        assert found.one.name == "王敏"
        assert not session.records.all(Account)


def test_what_is_looked_at_is_a_part_of_the_store_with_the_same_pairs(twice: Twice) -> None:
    alone = twice.add("Nobody else")
    everything = twice.session.all_records()
    part = to_look_at(twice.session)
    assert duplicates_in(part) == duplicates_in(everything) != ()
    assert part.get(Person, twice.one) == everything.get(Person, twice.one)
    assert part.get(Person, alone) is None


def test_what_stands_in_conflict_is_looked_at_with_whomever_it_names(twice: Twice) -> None:
    shown, said, member = (twice.add(name) for name in ("Shown", "Said", "Member"))
    (met,) = twice.session.edit(
        NAME, edits.add_interaction, account=twice.account, people=[shown]
    ).added(Interaction)
    conflicts = [
        twice.conflict(Account, twice.account, "owner", said),
        twice.conflict(Interaction, met.id, "people", [member]),
        twice.conflict(Interaction, met.id, "deleted", []),
        twice.conflict(Account, twice.account, "owner", None),
    ]
    twice.session.write(NAME, Change.of((), conflicts), undoable=False)
    part = to_look_at(twice.session)
    assert {shown, said, member} <= part.all(Person).keys()
    assert part.get(Interaction, met.id) == met


def test_of_a_hidden_line_those_are_looked_at_whom_it_stands_against(twice: Twice) -> None:
    chief, boss, clerk = (twice.add(name) for name in ("Chief", "Boss 2", "Clerk"))
    twice.session.edit(NAME, edits.set_manager, clerk, boss)
    key = id_of(ReportingLine, clerk, chief, LineKind.SOLID)
    hidden = ReportingLine(id=key, person=clerk, manager=chief)
    part = to_look_at(twice.session, [hidden])
    assert {chief, boss, clerk} <= part.all(Person).keys()
    assert hidden_line(part, hidden).against == tuple(
        twice.session.records.where(ReportingLine, person=clerk)
    )


def test_who_was_joined_is_told_apart_again_after_other_edits(twice: Twice) -> None:
    verdict = twice.join()
    assert candidates(twice.session) == ()
    assert twice.managers() == {twice.one: twice.boss}
    twice.session.edit(NAME, edits.revise_person, twice.boss, title="CEO")
    lines = twice.session.lines_of_edit(verdict.stamp)
    twice.session.edit(NAME, parted, verdict, lines)
    records = twice.session.records
    assert twice.managers() == {twice.other: twice.boss}
    assert (records.one(Person, twice.one).title, records.one(Person, twice.other).title) == (
        "",
        "CIO",
    )
    (now,) = records.all(Sameness).values()
    assert now.verdict is Verdict.DIFFERENT
    assert candidates(twice.session) == ()
    assert twice.session.check() == []
    twice.session.undo()
    assert twice.managers() == {twice.one: twice.boss}


def test_what_was_never_joined_is_not_parted(twice: Twice) -> None:
    twice.session.edit(NAME, edits.tell_apart, Person, twice.one, twice.other)
    (verdict,) = twice.session.records.all(Sameness).values()
    with pytest.raises(Refused):
        twice.session.edit(NAME, parted, verdict, ())
