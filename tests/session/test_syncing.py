"""Reps share through the company's asset: what one says comes to the others, and nothing else."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from company import EDIT, ORGANISATION, Company, account, person, send, share, take
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.categories import Category
from brm_desktop.domain.errors import Refused, StoreProblem
from brm_desktop.domain.outgoing import Doing
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Assessment,
    Choice,
    Organisation,
    OrganisationId,
    Person,
)
from brm_desktop.session import syncing
from brm_desktop.session.session import Session
from brm_desktop.session.syncing import disputes_in, prepare, status
from brm_desktop.storage.local_store import LocalStore


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
    assert syncing.unsettled(wang) == 1
    assert {dispute.told, dispute.sides[0].told} == {"CEO", "Chair"}
    wang.edit(EDIT, edits.take_side, dispute.sides[0].conflict)
    send(wang)
    company.merge()
    take(li), take(wang)
    assert not disputes_in(li)
    assert not disputes_in(wang)
    assert person(li, "Chief").title == person(wang, "Chief").title == dispute.sides[0].told


def test_what_a_colleague_left_empty_stands_against_nothing_one_says_of_our_company(
    company: Company, wang: Session
) -> None:
    wang.edit(EDIT, edits.revise_organisation, OrganisationId(ORGANISATION), short_name="Co")
    with company.rep("Li Lei") as li:
        li.edit(EDIT, edits.set_policy, "", Category.STRUCTURE, Choice.TEAM)
        send(li)
        company.merge()
        take(wang)
        wang.edit(EDIT, edits.set_policy, "", Category.STRUCTURE, Choice.TEAM)
        send(wang)
        company.merge()
        take(li), take(wang)
        for session in (wang, li):
            assert session.records.one(Organisation, ORGANISATION).short_name == "Co"
            assert not disputes_in(session)


def test_who_has_nothing_to_send_and_was_told_nothing_sends_nothing(company: Company) -> None:
    with company.store("Li Lei") as li:
        syncing.enrol(li, company.invite("Li Lei"))
        assert send(li) == syncing.Exported(0, 0, 0, is_taken_in=False)
        assert company.merge().bundles == 0


def test_what_is_written_is_what_was_looked_at(company: Company, wang: Session) -> None:
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    seen = prepare(wang)
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief")
    with told(Refused, "The store has changed since this was looked through"):
        syncing.export(wang, seen)
    assert not wang.shared_store.unacknowledged()


def test_what_could_not_be_put_down_is_looked_at_again_by_the_next_export(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief", phones=("1",))
    share(wang, acme, structure=Choice.TEAM, personal=Choice.TEAM)
    seen = prepare(wang).outgoing
    with told(StoreProblem, "There is no folder"):
        send(wang, str(company.folder / "no stick"))
    assert not wang.shared_store.unacknowledged()
    assert prepare(wang).outgoing == seen
    share(wang, acme, personal=Choice.PRIVATE)
    again = send(wang)
    assert (again.operations, again.bundles, again.again) == (len(seen.operations), 1, 0)
    company.merge()
    take(wang), take(li)
    assert not wang.shared_store.unacknowledged()
    assert person(li, "Chief").phones == ()


def test_a_stick_carries_both_ways(company: Company, wang: Session, li: Session) -> None:
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    stick = company.folder / "stick"
    stick.mkdir()
    send(wang, str(stick))
    copytree(stick / "inbox", company.home / "inbox", dirs_exist_ok=True)
    company.merge()
    copytree(company.home / "outbox", stick / "outbox", dirs_exist_ok=True)
    take(li, str(stick))
    assert [one.name for one in li.portfolio()] == ["Acme"]
    assert not take(li, str(stick)).written.change


def test_one_account_can_be_looked_at_alone(company: Company, wang: Session) -> None:
    first, second = account(wang, "Acme"), account(wang, "Beta")
    share(wang, first, structure=Choice.TEAM, money=Choice.ASK)
    share(wang, second, structure=Choice.TEAM, opinions=Choice.ASK)
    found = prepare(wang, first).outgoing
    assert {one.account_name for one in found.entries} == {"Acme"}
    assert {one.account_name for one in found.asked} <= {"Acme"}
    assert len(prepare(wang).outgoing.entries) == 4
    assert syncing.policy_of(wang, first, Category.MONEY) is Choice.ASK


def test_names_of_sites_are_those_of_the_reps(company: Company, wang: Session, li: Session) -> None:
    company.merge()
    take(wang)
    assert set(syncing.names_of_sites(wang).values()) == {"Wang Min", "Li Lei"}


def test_what_is_shared_no_more_goes_from_where_it_was(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    chief = wang.edit(EDIT, edits.add_person, account=acme, name="Chief").added(Person)[0].id
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(li), take(wang)
    wang.edit(EDIT, edits.choose, chief, Choice.NEVER)
    (withdrawn,) = prepare(wang).outgoing.entries
    assert (withdrawn.title, withdrawn.doing) == ("Chief", Doing.WITHDRAWN)
    send(wang)
    assert not prepare(wang).outgoing
    company.merge()
    take(li), take(wang)
    assert chief not in li.all_records()
    assert li.check() == wang.check() == []
    assert not prepare(wang).outgoing
    wang.edit(EDIT, edits.choose, chief, None)
    send(wang)
    company.merge()
    take(li)
    assert person(li, "Chief").id == chief


def test_only_what_is_new_here_counts_as_come(company: Company, wang: Session, li: Session) -> None:
    acme = account(wang)
    chief = wang.edit(EDIT, edits.add_person, account=acme, name="Chief").added(Person)[0].id
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    assert take(wang).rows == 0
    assert take(li).rows == 3
    assert take(li).rows == 0
    share(li, acme, structure=Choice.TEAM)
    li.edit(EDIT, edits.revise_person, chief, title="Chair")
    send(li)
    company.merge()
    assert (take(wang).rows, take(li).rows) == (1, 0)


def test_of_who_was_erased_nothing_would_leave(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    chief = wang.edit(EDIT, edits.add_person, account=acme, name="Chief").added(Person)[0].id
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(wang), take(li)
    share(li, acme, structure=Choice.TEAM)
    li.edit(EDIT, edits.revise_person, chief, title="Chair")
    send(li)
    company.merge()
    with company.asset() as asset:
        assert asset.rows_about(chief) == [("person", chief)]
        asset.erase(chief, company.millis())
    for session in (wang, li):
        take(session)
        assert not prepare(session).outgoing


def test_the_folder_of_another_asset_is_refused_by_name(
    company: Company, wang: Session, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Company(tmp_path / "other", asset="0197e0a0-0000-7000-8000-000000000bad")
    refused = r"shared is the folder of another shared asset than 华东 asset\."
    with told(StoreProblem, refused):
        take(wang, str(other.home))
    with told(StoreProblem, refused):
        send(wang, str(other.home))


def test_of_who_was_erased_a_store_keeps_nothing_not_even_what_was_never_shared(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    added = wang.edit(EDIT, edits.add_person, account=acme, name="CANARY chief")
    chief = added.added(Person)[0].id
    wang.edit(EDIT, edits.assess, chief, closeness=40, evidence="CANARY: sceptical")
    wang.edit(phrase("Rename {name}", name="CANARY"), edits.revise_person, chief, name="CANARY")
    wang.edit(phrase("Remove {name}", name="CANARY"), edits.revise_person, chief, title="CEO")
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(wang), take(li)
    with company.asset() as asset:
        assert asset.rows_about(chief) == [("person", chief)], "the opinion was not shared"
        asset.erase(chief, company.millis())
        for session, erased in ((wang, 2), (li, 1)):
            assert take(session).erased == erased
            assert take(session).erased == 0
    assert not wang.all_records().all(Assessment)
    for file in (path for path in company.folder.rglob("*") if path.is_file()):
        assert b"CANARY" not in file.read_bytes(), file.name


def test_a_file_that_could_not_be_written_anew_after_an_erasure_is_so_with_the_next_pull(
    company: Company, wang: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: LocalStore) -> None:
        raise StoreProblem(phrase("The disk is full."))

    acme = account(wang)
    added = wang.edit(EDIT, edits.add_person, account=acme, name="CANARY")
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(wang)
    with company.asset() as asset:
        asset.erase(added.added(Person)[0].id, company.millis())
    with monkeypatch.context() as day:
        day.setattr(LocalStore, "write_anew", full)
        assert take(wang).owing == phrase("The disk is full.")
    assert not [one for one in wang.records.all(Person).values() if one.name == "CANARY"]
    log = wang.path.with_name(f"{wang.path.name}-wal")
    assert b"CANARY" in wang.path.read_bytes() + log.read_bytes()
    assert take(wang).owing is None
    assert b"CANARY" not in wang.path.read_bytes() + log.read_bytes()
