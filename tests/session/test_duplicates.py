"""Duplicates over a whole store: found, joined, and told apart again much later."""

from __future__ import annotations

from pathlib import Path

import pytest

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Person, PersonId, ReportingLine, Sameness, Verdict
from brm_desktop.session.duplicates import candidates, parted
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
