"""Reps share through the company's asset: enrol, send, take in, settle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from company import ASSET, ORGANISATION, Company, account, send, share, take
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.bundles import READER, BundleHeader, BundleKind
from brm_desktop.domain.categories import Category
from brm_desktop.domain.errors import FileProblem, Refused, StoreProblem
from brm_desktop.domain.outgoing import Doing
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Audience,
    Choice,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    Records,
    ReportingLine,
)
from brm_desktop.exchange.bundles import bundle_bytes
from brm_desktop.exchange.sealing import DeviceKeys
from brm_desktop.session import syncing
from brm_desktop.session.backups import BackupKind, restore
from brm_desktop.session.doors import door_to, is_server
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
    me = wang.records.one(Person, wang.settings.user or "")
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


def test_a_revoked_device_is_told_so(company: Company, wang: Session) -> None:
    company.revoke(wang)
    with told(Refused, "Wang Min's device was revoked and gets no reply"):
        syncing.pull(wang)


def test_who_has_nothing_to_send_and_was_told_nothing_sends_nothing(company: Company) -> None:
    with company.store("Li Lei") as li:
        syncing.enrol(li, company.invite("Li Lei"))
        assert send(li) == syncing.Exported(0, 0, 0, is_taken_in=False)
        assert company.merge().bundles == 0


def test_a_store_that_takes_part_in_nothing_says_so(tmp_path: Path) -> None:
    with Company(tmp_path).store("Wang Min") as session:
        assert status(session) is None
        for call in (syncing.pull, lambda session: syncing.export(session, prepare(session))):
            with told(Refused, "This store takes part in no shared asset yet"):
                call(session)


def test_an_invitation_is_used_once_and_in_time(company: Company, wang: Session) -> None:
    with told(Refused, "This store takes part in 华东 asset already."):
        syncing.enrol(wang, company.invite("Somebody"))
    other = company.invite("Late")
    with company.store("Late", timedelta(days=15)) as late:
        with told(Refused, "This invitation has run out on"):
            syncing.enrol(late, other)
        assert status(late) is None


def test_enrolling_at_a_place_that_is_none_changes_nothing(company: Company) -> None:
    invitation = company.invite("Li Lei")
    with company.store("Li Lei") as li:
        with told(StoreProblem, "There is no folder"):
            syncing.enrol(li, invitation, str(company.folder / "nowhere"))
        assert li.shared_store.link() is None
        assert ORGANISATION not in li.records


def test_enrolling_again_before_the_answer_uses_the_same_keys(company: Company) -> None:
    invitation = company.invite("Li Lei")
    with company.store("Li Lei") as li:
        syncing.enrol(li, invitation)
        link = li.shared_store.link()
        syncing.enrol(li, invitation)
        again = li.shared_store.link()
        assert link is not None
        assert again is not None
        assert link.private_keys == again.private_keys
        assert not syncing.pull(li).answered
        company.merge()
        assert take(li).answered


def test_a_store_whose_invitation_somebody_else_used_joins_with_another(company: Company) -> None:
    invitation = company.invite("Li Lei")
    with company.store("Thief") as thief, company.store("Li Lei") as li:
        colleague = li.edit(EDIT, edits.add_own_staff, name="雷").added(Person)[0]
        li.change_settings(user=colleague.id)
        acme = account(li)
        syncing.enrol(thief, invitation)
        company.merge()
        syncing.enrol(li, invitation)
        share(li, acme, structure=Choice.TEAM)
        send(li)
        assert not company.merge().is_clean
        assert not take(li).answered
        syncing.enrol(li, company.invite("Li Lei", code="another"))
        li.edit(EDIT, edits.add_person, account=acme, name="Chief")
        send(li)
        assert company.merge().is_clean
        assert take(li).answered
        assert not prepare(li).outgoing
        with company.rep("Wang Min") as wang:
            assert person(wang, "Chief").name == "Chief"
            assert wang.find_account("Acme") == acme


def test_a_second_registration_leaves_the_first_where_it_waits(company: Company) -> None:
    with company.store("Li Lei") as li:
        syncing.enrol(li, company.invite("Li Lei"))
        syncing.enrol(li, company.invite("Li Lei", code="another"))
        assert len(list((company.home / "inbox").rglob("*.brmr"))) == 2
        company.merge()
        assert take(li).answered


def test_a_store_that_waits_takes_no_invitation_of_somebody_else(company: Company) -> None:
    mine, others = company.invite("Han Mei"), company.invite("Li Lei")
    with company.store("Han Mei") as han:
        syncing.enrol(han, mine)
        with told(Refused, "waits to be taken in as Han Mei; the invitation is for Li Lei"):
            syncing.enrol(han, others)
        company.merge()
        assert take(han).answered
    with company.store("Li Lei") as li:
        syncing.enrol(li, others)
        company.merge()
        assert take(li).answered


def test_a_store_takes_part_in_one_asset(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = Company(tmp_path / "one"), Company(tmp_path / "two", "0" * 8 + ASSET[8:])
    with one.rep("Wang Min") as wang, told(Refused, "takes part in 华东 asset already, and in one"):
        syncing.enrol(wang, two.invite("Wang Min"))


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


def test_pulling_can_be_stopped_and_is_then_as_if_it_had_not_begun(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    before = li.all_records()
    with told(StoreProblem, "It was stopped; nothing has changed"):
        syncing.pull(li, stopped=lambda: True)
    assert li.all_records() == before
    heard: list[int] = []
    li.show_written(syncing.pull(li, progress=heard.append).written)
    assert heard == [2]
    assert li.undo() == phrase("Sync with {name}", name="华东 asset")
    assert li.all_records() == before


def test_an_answer_that_was_changed_or_is_of_others_is_refused(
    company: Company, wang: Session, li: Session
) -> None:
    place = company.home / "outbox" / f"{wang.shared_store.site:016x}" / "reply.brmb"
    good = place.read_bytes()
    theirs = company.home / "outbox" / f"{li.shared_store.site:016x}" / "reply.brmb"
    for content, said in (
        (good[:-1], "was changed"),
        (theirs.read_bytes(), "sealed to somebody else"),
    ):
        place.write_bytes(content)
        with told(FileProblem, said):
            syncing.pull(wang)
    place.write_bytes(good)
    assert take(wang).answered


def test_an_answer_of_a_newer_version_is_left_for_it(company: Company, wang: Session) -> None:
    link = wang.shared_store.link()
    assert link is not None
    header = BundleHeader(BundleKind.REPLY, link.asset, link.site, 0, 1, "", 9, READER + 1)
    mine = DeviceKeys.from_bytes(link.private_keys).public
    content, _ = bundle_bytes(header, [{"what": "is this"}], [mine], company.keys)
    (company.home / "outbox" / link.site / "reply.brmb").write_bytes(content)
    with told(FileProblem, "is of a newer version of BRM Desktop; update this one"):
        syncing.pull(wang)


@pytest.mark.parametrize("kind", [BundleKind.OPERATIONS, BundleKind.REPLY])
def test_an_answer_that_no_asset_would_write_is_refused(
    company: Company, wang: Session, kind: BundleKind
) -> None:
    link = wang.shared_store.link()
    assert link is not None
    header = BundleHeader(kind, link.asset, link.site, 0, 1, "", 4)
    mine = DeviceKeys.from_bytes(link.private_keys).public
    content, _ = bundle_bytes(header, [{"what": "is this"}], [mine], company.keys)
    place = company.home / "outbox" / link.site / "reply.brmb"
    place.write_bytes(content)
    said = "says what no shared asset would write" if kind is BundleKind.REPLY else "no answer to"
    with told(FileProblem, said):
        syncing.pull(wang)


def test_which_of_two_managers_holds_is_settled_by_either_of_the_two(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    names = ("Chief", "Boss", "Clerk")
    for name in names:
        wang.edit(EDIT, edits.add_person, account=acme, name=name)
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(li)
    share(li, acme, structure=Choice.TEAM)
    for session, manager in ((wang, "Chief"), (li, "Boss")):
        boss, clerk = person(session, manager), person(session, "Clerk")
        session.edit(EDIT, edits.set_manager, clerk.id, boss.id)
        send(session)
    company.merge()
    take(wang), take(li)
    (hidden,) = syncing.hidden_lines(wang)
    (shown,) = hidden.against
    assert {shown.manager, hidden.line.manager} == {person(wang, one).id for one in names[:2]}
    syncing.settle(wang, EDIT, edits.let_line_hold, hidden.line)
    assert not syncing.hidden_lines(wang)
    assert [*wang.all_records().all(ReportingLine)] == [hidden.line.id]
    assert wang.check() == []
    send(wang)
    company.merge()
    take(li)
    assert [*li.all_records().all(ReportingLine)] == [hidden.line.id]


def test_a_hidden_line_can_go(company: Company, wang: Session, li: Session) -> None:
    acme = account(wang)
    for name in ("Chief", "Boss", "Clerk"):
        wang.edit(EDIT, edits.add_person, account=acme, name=name)
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(li)
    share(li, acme, structure=Choice.TEAM)
    for session, manager in ((wang, "Chief"), (li, "Boss")):
        boss, clerk = person(session, manager), person(session, "Clerk")
        session.edit(EDIT, edits.set_manager, clerk.id, boss.id)
        send(session)
    company.merge()
    take(li), take(wang)
    (hidden,) = syncing.hidden_lines(li)
    syncing.settle(li, EDIT, edits.let_line_go, hidden.line)
    assert not syncing.hidden_lines(li)
    assert li.check() == []
    assert send(li).operations == 1
    company.merge()
    take(wang)
    assert not syncing.hidden_lines(wang)
    assert [*wang.all_records().all(ReportingLine)] == [hidden.against[0].id]


def test_addresses_of_servers_are_told_from_folders() -> None:
    assert is_server("postgresql://host/asset")
    assert not is_server("/media/stick")
    with told(StoreProblem, "server"):
        door_to("postgresql://127.0.0.1:1/asset?connect_timeout=1")


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


def test_a_store_that_takes_part_in_nothing_goes_on_in_nothing(tmp_path: Path) -> None:
    with Company(tmp_path).store("Wang Min") as session, pytest.raises(ValueError, match="asset"):
        session.shared_store.go_on_as(1)


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
