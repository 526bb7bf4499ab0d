"""A store becomes one of the company, once, with an invitation of its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from company import ASSET, EDIT, ORGANISATION, Company, account, person, send, share, take
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused, StoreProblem
from brm_desktop.domain.records import (
    Choice,
    Organisation,
    OrganisationKind,
    Person,
)
from brm_desktop.session import syncing
from brm_desktop.session.doors import door_to, is_server
from brm_desktop.session.session import Session
from brm_desktop.session.syncing import prepare, status


def test_enrolling_makes_a_store_the_companys(company: Company, wang: Session) -> None:
    (ours,) = wang.records.where(Organisation, kind=OrganisationKind.OWN)
    assert (ours.id, ours.name) == (ORGANISATION, "Company Ltd")
    me = wang.records.one(Person, wang.settings.user or "")
    assert (me.name, me.organisation) == ("Wang Min", ORGANISATION)
    found = status(wang)
    assert found is not None
    assert (found.rep, found.answered, found.restored) == ("Wang Min", True, False)


def test_a_revoked_device_is_told_so(company: Company, wang: Session) -> None:
    company.revoke(wang)
    with told(Refused, "Wang Min's device was revoked and gets no reply"):
        syncing.pull(wang)


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


def test_addresses_of_servers_are_told_from_folders() -> None:
    assert is_server("postgresql://host/asset")
    assert not is_server("/media/stick")
    with told(StoreProblem, "server"):
        door_to("postgresql://127.0.0.1:1/asset?connect_timeout=1")


def test_a_store_that_takes_part_in_nothing_goes_on_in_nothing(tmp_path: Path) -> None:
    with Company(tmp_path).store("Wang Min") as session, pytest.raises(ValueError, match="asset"):
        session.shared_store.go_on_as(1)
