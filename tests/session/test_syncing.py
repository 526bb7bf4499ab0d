"""Reps share through the company's asset: enrol, send, take in, settle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from company import ORGANISATION, Company, account, send, share, take
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Audience,
    Choice,
    Organisation,
    OrganisationKind,
    Person,
    Records,
)
from brm_desktop.session import syncing
from brm_desktop.session.backups import BackupKind, restore
from brm_desktop.session.session import Session, SetClock
from brm_desktop.session.syncing import disputes_in, prepare, status

EDIT = phrase("An edit")


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


@pytest.fixture
def wang(company: Company) -> Iterator[Session]:
    with company.rep("Wang Min") as session:
        yield session


@pytest.fixture
def li(company: Company) -> Iterator[Session]:
    with company.rep("Li Lei") as session:
        yield session


def person(session: Session, name: str) -> Person:
    """The person of a name, in a store, opened or not."""
    (found,) = (one for one in people(session.all_records()) if one.name == name)
    return found


def people(records: Records) -> list[Person]:
    return [*records.all(Person).values()]


def test_enrolling_makes_a_store_the_companys(company: Company, wang: Session) -> None:
    (ours,) = wang.records.where(Organisation, kind=OrganisationKind.OWN)
    assert (ours.id, ours.name) == (ORGANISATION, "Company Ltd")
    me = wang.records.one(Person, wang.settings.user or "")  # type: ignore[arg-type]
    assert (me.name, me.organisation) == ("Wang Min", ORGANISATION)
    found = status(wang)
    assert found is not None
    assert (found.rep, found.answered, found.restored) == ("Wang Min", True, False)


def test_what_one_shares_the_other_gets_and_nothing_else(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief", title="CEO", notes="golf")
    share(wang, acme, structure=Choice.TEAM)
    sent = send(wang)
    assert sent.operations == 3
    assert company.merge().bundles == 1
    assert take(li).rows
    chief = person(li, "Chief")
    assert (chief.title, chief.notes) == ("CEO", "")
    assert [one.name for one in li.portfolio()] == ["Acme"]
    assert not prepare(wang).outgoing
    assert li.check() == wang.check() == []
    take(wang)
    found = status(wang)
    assert found is not None
    assert found.unacknowledged == 0


def test_two_who_write_at_once_get_a_conflict_that_one_of_them_settles(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    chief = wang.edit(EDIT, edits.add_person, account=acme, name="Chief").added(Person)[0].id
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(li)
    share(li, acme, structure=Choice.TEAM)
    for session, title in ((wang, "CEO"), (li, "Chair")):
        session.open_account(acme)
        session.edit(EDIT, edits.revise_person, chief, title=title)
        send(session)
    company.merge()
    take(wang), take(li)
    assert person(wang, "Chief").title == person(li, "Chief").title
    (dispute,) = disputes_in(wang)
    assert {dispute.told, dispute.sides[0].told} == {"CEO", "Chair"}
    wang.edit(EDIT, edits.take_side, dispute.sides[0].conflict)
    send(wang)
    company.merge()
    take(li), take(wang)
    assert not disputes_in(li)
    assert not disputes_in(wang)
    assert person(li, "Chief").title == person(wang, "Chief").title == dispute.sides[0].told


def test_a_clock_that_was_ahead_is_set_right_and_nothing_is_lost(
    company: Company, wang: Session
) -> None:
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    right = company.now
    company.at(right + timedelta(hours=3), wang)
    company.now = right
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief")
    send(wang)
    assert company.merge().troubles
    company.at(right, wang)
    found = take(wang)
    assert found.restamped == 1
    ((_, reason),) = found.troubles
    assert "clock was" in str(reason)
    assert wang.check() == []
    assert send(wang).operations == 3
    company.merge()
    assert not take(wang).troubles
    with company.rep("Li Lei") as li:
        assert person(li, "Chief")


def test_what_colleagues_shared_is_seen_only_while_the_lease_lasts(
    company: Company, wang: Session, tmp_path: Path
) -> None:
    acme = account(wang)
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief")
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    with company.rep("Li Lei") as li:
        li.open_account(acme)
        mine = account(li, "Mine")
        before = li.all_records()
        path, clock = li.path, li._clock
    assert isinstance(clock, SetClock)
    company.at(company.now + timedelta(days=31))
    clock.now = company.now
    with Session.open(path, clock=clock) as li:
        assert [one.name for one in li.portfolio()] == ["Mine"]
        found = status(li)
        assert found is not None
        assert found.lease_ended
        assert li.check() == []
        assert not prepare(li).outgoing
        company.merge()
        take(li)
        li.keep_lease()
        assert [one.name for one in li.portfolio()] == ["Acme", "Mine"]
        assert li.all_records() == before
        li.open_account(mine)


def test_a_restored_backup_is_enrolled_again_and_keeps_what_waits(
    company: Company, wang: Session
) -> None:
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(wang)
    chief = wang.edit(EDIT, edits.add_person, account=acme, name="Chief").added(Person)[0].id
    wang.edit(EDIT, edits.add_person, account=acme, name="Waiting")
    backup = wang.back_up(BackupKind.BY_HAND)
    waiting = person(wang, "Waiting")
    wang.edit(EDIT, edits.remove_people, [waiting.id])
    wang.edit(EDIT, edits.revise_person, chief, title="CEO")
    send(wang)
    company.merge()
    wang.close()
    restore(wang.path, backup, clock=wang._clock)
    with Session.open(wang.path, clock=wang._clock) as again:
        found = status(again)
        assert found is not None
        assert found.restored
        with told(Refused, "This store was restored from a backup"):
            syncing.export(again, prepare(again))
        with told(Refused, "This store was restored from a backup"):
            syncing.pull(again)
        syncing.renew(again)
        company.merge()
        take(again)
        assert person(again, "Chief").title == "CEO"
        again.open_account(acme)
        again.edit(EDIT, edits.revise_person, chief, title="Chair")
        again.edit(EDIT, edits.add_person, account=acme, name="Clerk")
        send(again)
        assert company.merge().is_clean
        with company.rep("Li Lei") as li:
            assert person(li, "Chief").title == "Chair"
            assert person(li, "Clerk").name == "Clerk"
            assert person(li, "Waiting") == replace(waiting, audience=Audience.TEAM)
        assert not prepare(again).outgoing
        with told(Refused, "The enrolment in 华东 asset is in order"):
            syncing.renew(again)
