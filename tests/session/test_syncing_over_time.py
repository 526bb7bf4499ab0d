"""Clocks that were ahead, leases that end, and backups that are restored lose nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from company import EDIT, Company, account, person, send, share, take
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Audience,
    Choice,
    Person,
)
from brm_desktop.session import syncing
from brm_desktop.session.backups import BackupKind, restore
from brm_desktop.session.session import Session, SetClock
from brm_desktop.session.syncing import prepare, status


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
        assert person(li, "Chief").name == "Chief"


def test_a_clock_that_stays_ahead_is_set_right_with_every_answer(
    company: Company, wang: Session
) -> None:
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    right = company.now
    company.at(right + timedelta(hours=1), wang)
    company.now = right
    for name in ("Chief", "Clerk"):
        wang.edit(EDIT, edits.add_person, account=acme, name=name)
        send(wang)
        assert company.merge().troubles
        assert take(wang).restamped == 1
        send(wang)
        assert not company.merge().troubles
        assert not take(wang).troubles
    assert wang.check() == []
    company.at(right, wang)
    with company.rep("Li Lei") as li:
        assert {person(li, name).name for name in ("Chief", "Clerk")} == {"Chief", "Clerk"}


def test_what_waited_for_its_time_may_be_taken_before_it_is_sent_with_other_stamps(
    company: Company, wang: Session
) -> None:
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(wang)
    right = company.now
    company.at(right + timedelta(hours=1), wang)
    company.now = right
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief")
    send(wang)
    assert company.merge().troubles
    company.at(right, wang)
    assert take(wang).restamped == 1
    company.at(right + timedelta(hours=2), wang)
    assert not company.merge().troubles
    chief = person(wang, "Chief")
    wang.edit(EDIT, edits.revise_person, chief.id, title="CEO")
    wang.edit(EDIT, edits.add_person, account=acme, name="Clerk")
    send(wang)
    for _ in range(3):
        company.merge()
        take(wang)
        send(wang)
    assert not company.merge().troubles
    assert person(wang, "Chief").title == "CEO"
    assert wang.check() == []
    assert syncing.status(wang).unacknowledged == 0  # type: ignore[union-attr]
    with company.rep("Li Lei") as li:
        assert person(li, "Chief").title == "CEO"
        assert person(li, "Clerk").name == "Clerk"


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


def test_what_was_shared_before_a_backup_was_restored_can_be_taken_back(
    company: Company, wang: Session
) -> None:
    acme = account(wang)
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief", phones=("1",))
    share(wang, acme, structure=Choice.TEAM, personal=Choice.TEAM)
    send(wang)
    company.merge()
    take(wang)
    backup = wang.back_up(BackupKind.BY_HAND)
    wang.close()
    restore(wang.path, backup, clock=wang._clock)
    with company.rep("Li Lei") as li, Session.open(wang.path, clock=wang._clock) as again:
        assert person(li, "Chief").phones == ("1",)
        syncing.renew(again)
        company.merge()
        take(again)
        share(again, acme, personal=Choice.PRIVATE)
        send(again)
        company.merge()
        take(li)
        assert person(li, "Chief").phones == ()
        share(again, acme, structure=Choice.PRIVATE)
        send(again)
        company.merge()
        take(li)
        assert not li.all_records().where(Person, name="Chief")
        assert person(again, "Chief").phones == ("1",)
        take(again)
        assert not prepare(again).outgoing
        share(again, acme, structure=Choice.TEAM, personal=Choice.TEAM)
        send(again)
        company.merge()
        take(li)
        assert person(li, "Chief").phones == ("1",)
        take(again)
        assert not prepare(again).outgoing
