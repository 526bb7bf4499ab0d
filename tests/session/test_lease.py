"""A lease counts against the latest moment that is known to have been."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from company import Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Choice, Conflict, Person, PersonId
from brm_desktop.session.session import Session, SetClock
from brm_desktop.session.syncing import disputes_in, hidden_lines, prepare, status
from brm_desktop.storage.local_store import LocalStore

EDIT = phrase("An edit")
DAY = timedelta(days=1)


class Laptop:
    """Li Lei's computer, closed, with what Wang Min shared in its store."""

    def __init__(self, company: Company) -> None:
        self.company = company
        with company.rep("Wang Min") as wang:
            acme = account(wang)
            wang.edit(EDIT, edits.add_person, account=acme, name="Chief")
            share(wang, acme, structure=Choice.TEAM)
            send(wang)
            with company.rep("Li Lei") as li:
                self.path = li.path
        self.start = company.now

    def sees(self, moment: datetime, *, pulls: bool = False) -> bool:
        """Whether Li Lei sees the account when the clock shows a moment."""
        with Session.open(self.path, clock=SetClock(moment)) as li:
            if pulls:
                take(li)
            found = status(li)
            assert found is not None
            seen = bool(li.portfolio())
            assert found.lease_ended is not seen
            assert li.check() == []
            return seen

    def answered(self, moment: datetime) -> None:
        """The asset answers once more."""
        self.company.at(moment)
        self.company.merge()


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(Company(tmp_path))


def test_a_clock_set_back_does_not_prolong_the_lease(laptop: Laptop) -> None:
    assert laptop.sees(laptop.start + 29 * DAY)
    assert not laptop.sees(laptop.start + 31 * DAY)
    assert not laptop.sees(laptop.start + 20 * DAY)
    assert not laptop.sees(laptop.start - 400 * DAY)


def test_the_time_a_store_was_open_counts(laptop: Laptop) -> None:
    clock = SetClock(laptop.start)
    with Session.open(laptop.path, clock=clock):
        clock.now = laptop.start + 31 * DAY
    assert not laptop.sees(laptop.start)


def test_a_session_closed_twice_and_a_store_that_is_gone_do_no_harm(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: LocalStore, _millis: int) -> None:
        raise StoreProblem(phrase("The disk is full."))

    clock = SetClock(laptop.start)
    with monkeypatch.context() as patched, Session.open(laptop.path, clock=clock) as li:
        patched.setattr(LocalStore, "see_time", fail)
        clock.now += DAY
        li.close()
    assert laptop.sees(laptop.start)


def test_an_answer_puts_right_what_a_clock_ahead_has_shortened(laptop: Laptop) -> None:
    assert not laptop.sees(laptop.start + 3650 * DAY)
    assert not laptop.sees(laptop.start + DAY)
    laptop.answered(laptop.start + 2 * DAY)
    assert laptop.sees(laptop.start + 2 * DAY, pulls=True)
    assert laptop.sees(laptop.start + 31 * DAY)
    assert not laptop.sees(laptop.start + 33 * DAY)


def test_what_was_hidden_by_a_clock_ahead_is_there_when_it_is_right(laptop: Laptop) -> None:
    laptop.answered(laptop.start + 2 * DAY)
    assert not laptop.sees(laptop.start + 3650 * DAY, pulls=True)
    laptop.answered(laptop.start + 4 * DAY)
    with Session.open(laptop.path, clock=SetClock(laptop.start + 3650 * DAY)) as li:
        take(li)
        clock = li._clock
        assert isinstance(clock, SetClock)
        clock.now = laptop.start + 4 * DAY
    assert laptop.sees(laptop.start + 4 * DAY)


def shared_by_both(
    company: Company, li: Session, wang: Session, *names: str, title: str = ""
) -> tuple[AccountId, list[PersonId]]:
    """People of an account of Li's, which Wang has, too; both share what they say of them."""
    mine = account(li, "Mine")
    made = [li.edit(EDIT, edits.add_person, account=mine, name=name, title=title) for name in names]
    share(li, mine, structure=Choice.TEAM)
    send(li)
    company.merge()
    take(wang)
    wang.open_account(mine)
    share(wang, mine, structure=Choice.TEAM)
    return mine, [one.added(Person)[0].id for one in made]


@pytest.mark.parametrize("also_in_conflict", [False, True])
def test_in_ones_own_records_what_others_wrote_is_hidden_and_comes_back(
    tmp_path: Path, also_in_conflict: bool
) -> None:
    company = Company(tmp_path)
    with company.rep("Li Lei") as li, company.rep("Wang Min") as wang:
        mine, (key,) = shared_by_both(company, li, wang, "Clark", title="clerk")
        wang.edit(EDIT, edits.revise_person, key, name="Clerk", latin_name="CANARY")
        if also_in_conflict:
            li.edit(EDIT, edits.revise_person, key, name="Clärk", title="mine")
            wang.edit(EDIT, edits.revise_person, key, title="CANARY")
        send(wang)
        if also_in_conflict:
            send(li)
        company.merge()
        take(li)
        before, path = li.all_records(), li.path
        stood = len(disputes_in(li))
        assert before.one(Person, key).latin_name == "CANARY"
        assert bool(stood) is also_in_conflict
    for days in (31, 32):
        with Session.open(path, clock=SetClock(company.now + days * DAY)) as li:
            found = li.all_records().one(Person, key)
            assert (found.name[0], found.latin_name) == ("C", "")
            assert "CANARY" not in str(li.all_records().all(Conflict))
            assert li.check() == []
            assert not prepare(li).outgoing
    company.at(company.now + 32 * DAY)
    with Session.open(path, clock=SetClock(company.now)) as li:
        li.open_account(mine)
        li.edit(EDIT, edits.revise_person, key, wechat="new")
        send(li)
        assert company.merge().is_clean is not also_in_conflict
        take(li)
        after = li.all_records()
        assert len(disputes_in(li)) == stood
        assert after.one(Person, key) == replace(before.one(Person, key), wechat="new")
        assert li.check() == []


def test_an_edit_of_a_record_in_conflict_shows_nothing_that_is_hidden(tmp_path: Path) -> None:
    company = Company(tmp_path)
    with company.rep("Li Lei") as li, company.rep("Wang Min") as wang:
        mine, (key,) = shared_by_both(company, li, wang, "Clerk", title="clerk")
        wang.edit(EDIT, edits.revise_person, key, title="CANARY", latin_name="CANARY")
        li.edit(EDIT, edits.revise_person, key, title="mine")
        send(wang)
        send(li)
        company.merge()
        take(li)
        path = li.path
    company.at(company.now + 31 * DAY)
    with Session.open(path, clock=SetClock(company.now)) as li:
        li.open_account(mine)
        for text in ("new", "newer"):
            li.edit(EDIT, edits.revise_person, key, title=text)
            for records in (li.records, li.all_records()):
                assert "CANARY" not in str([*records.all(Person).values()])
                assert "CANARY" not in str(records.all(Conflict))
        assert li.check() == []
        li.undo()
        assert "CANARY" not in str([*li.all_records().all(Person).values()])
        send(li)
        company.merge()
        take(li)
        assert li.all_records().one(Person, key).latin_name == "CANARY"
        assert li.check() == []


def test_a_second_manager_that_another_drew_is_hidden_as_well(tmp_path: Path) -> None:
    company = Company(tmp_path)
    with company.rep("Li Lei") as li, company.rep("Wang Min") as wang:
        _, (ann, bob, cid) = shared_by_both(company, li, wang, "Ann", "Bob", "Cid")
        wang.edit(EDIT, edits.set_manager, cid, bob)
        company.at(company.now + timedelta(minutes=1), li, wang)
        li.edit(EDIT, edits.set_manager, cid, ann)
        send(li)
        send(wang)
        company.merge()
        take(li)
        assert len(hidden_lines(li)) == 1
        path = li.path
    company.at(company.now + 31 * DAY)
    with Session.open(path, clock=SetClock(company.now)) as li:
        assert hidden_lines(li) == []
        assert li.check() == []
        company.merge()
        take(li)
        assert len(hidden_lines(li)) == 1
        assert li.check() == []


def test_an_edit_of_what_is_hidden_goes_over_nothing_unseen(tmp_path: Path) -> None:
    company = Company(tmp_path)
    with company.rep("Li Lei") as li, company.rep("Wang Min") as wang:
        mine, (key,) = shared_by_both(company, li, wang, "Clerk")
        wang.edit(EDIT, edits.revise_person, key, title="hers")
        send(wang)
        company.merge()
        take(li)
        path = li.path
    company.at(company.now + 31 * DAY)
    with Session.open(path, clock=SetClock(company.now)) as li:
        li.open_account(mine)
        li.edit(EDIT, edits.revise_person, key, title="mine")
        send(li)
        assert company.merge().conflicts == 1
        take(li)
        (dispute,) = disputes_in(li)
        assert li.all_records().one(Person, key).title == "mine"
        assert "hers" in str(dispute)
        assert li.check() == []


def test_the_same_answer_again_prolongs_nothing(laptop: Laptop) -> None:
    assert not laptop.sees(laptop.start + 31 * DAY)
    assert not laptop.sees(laptop.start, pulls=True)


def test_an_asset_whose_clock_was_ahead_locks_nobody_out(laptop: Laptop) -> None:
    laptop.answered(laptop.start + 3650 * DAY)
    assert laptop.sees(laptop.start, pulls=True)
    laptop.answered(laptop.start + 3651 * DAY)
    assert laptop.sees(laptop.start, pulls=True)
    laptop.company.at(laptop.start + DAY)
    with laptop.company.rep("Han") as han:
        send(han)
    assert laptop.sees(laptop.start + DAY, pulls=True)
