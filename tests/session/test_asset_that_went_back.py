"""An asset that was put back from its own backup hears again what it has forgotten."""

from __future__ import annotations

from datetime import timedelta
from shutil import copyfile

import pytest
from company import EDIT, Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.records import AccountId, Choice, Person
from brm_desktop.session.backups import BackupKind, restore
from brm_desktop.session.session import Session
from brm_desktop.session.syncing import disputes_in, prepare, status


def _everyone(session: Session) -> dict[str, str]:
    """Name and title of all who are shared: of all but the user."""
    people = session.all_records().all(Person).values()
    return {one.name: one.title for one in people if one.id != session.settings.user}


def _round(company: Company, *sessions: Session) -> None:
    for session in sessions:
        send(session)
    company.merge()
    for session in sessions:
        take(session)


def _worked(company: Company, wang: Session, li: Session) -> AccountId:
    """Both have shared something since the asset's database was copied to ``copy.brm``."""
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    wang.edit(EDIT, edits.add_person, account=acme, name="Clerk", title="clerk")
    gone = wang.edit(EDIT, edits.add_person, account=acme, name="Gone").added(Person)[0].id
    _round(company, wang, li)
    copyfile(company.folder / "asset.brm", company.folder / "copy.brm")
    clerk = next(one for one in wang.records.all(Person).values() if one.name == "Clerk")
    wang.edit(EDIT, edits.revise_person, clerk.id, title="chief clerk")
    wang.edit(EDIT, edits.remove_people, [gone])
    _round(company, wang, li)
    li.open_account(acme)
    share(li, acme, structure=Choice.TEAM)
    li.edit(EDIT, edits.revise_person, clerk.id, title="CFO")
    li.edit(EDIT, edits.add_person, account=acme, name="Chief", title="CEO")
    _round(company, li, wang)
    wang.edit(EDIT, edits.revise_person, clerk.id, title="CFO, CIO")
    _round(company, wang, li)
    return acme


def _went_back(company: Company) -> None:
    copyfile(company.folder / "copy.brm", company.folder / "asset.brm")


@pytest.mark.parametrize(
    "lost",
    [
        "",
        "DELETE FROM outgoing",
        "DELETE FROM outgoing WHERE first_sequence = (SELECT max(first_sequence) FROM outgoing)",
        "DELETE FROM outgoing WHERE first_sequence ="
        " (SELECT first_sequence FROM outgoing ORDER BY first_sequence LIMIT 1 OFFSET 1)",
        "UPDATE outgoing SET bundle = x'00'",
    ],
)
def test_all_that_was_shared_comes_together_again(
    company: Company, wang: Session, li: Session, lost: str
) -> None:
    _worked(company, wang, li)
    before = _everyone(wang)
    assert before == _everyone(li)
    assert before["Clerk"] == "CFO, CIO"
    _went_back(company)
    if lost:
        for session in (wang, li):
            with session.shared_store.transaction() as db:
                db.execute(lost)
    for _ in range(4):
        _round(company, wang, li)
    assert _everyone(wang) == _everyone(li)
    if not lost:
        assert _everyone(wang) == before
        assert disputes_in(wang) == disputes_in(li) == []
    assert _everyone(wang).keys() == before.keys()
    for session in (wang, li):
        found = status(session)
        assert found is not None
        assert (found.unacknowledged, found.troubles) == (0, ())
        assert session.check() == []
        assert not prepare(session).outgoing
    with company.rep("Han") as han:
        assert _everyone(han) == _everyone(wang)


@pytest.mark.parametrize("kept", [True, False])
def test_what_waits_and_what_was_forgotten_go_in_their_order(
    company: Company, wang: Session, li: Session, kept: bool
) -> None:
    acme = _worked(company, wang, li)
    _went_back(company)
    wang.edit(EDIT, edits.add_person, account=acme, name="Waits")
    send(wang)
    company.merge()
    if not kept:
        with wang.shared_store.transaction() as db:
            db.execute(
                "DELETE FROM outgoing WHERE last_sequence <= (SELECT acknowledged FROM asset_link)"
            )
    take(wang)
    found = status(wang)
    assert found is not None
    assert (found.unacknowledged > 1) is kept
    for _ in range(3):
        _round(company, wang, li)
    assert "Waits" in _everyone(li)
    assert _everyone(wang) == _everyone(li)


def test_a_restored_database_is_known_as_one_at_once(
    company: Company, wang: Session, li: Session
) -> None:
    _worked(company, wang, li)
    with Session.open(company.folder / "copy.brm") as copy:
        backup = copy.back_up(BackupKind.BY_HAND)
    restore(company.folder / "copy.brm", backup, clock=wang._clock)
    _went_back(company)
    company.merge()
    assert take(wang).answered
    link = wang.shared_store.link()
    assert link is not None
    assert link.epoch == company.millis()
    found = status(wang)
    assert found is not None
    assert found.unacknowledged > 0


def test_a_store_that_only_takes_in_tells_that_the_asset_went_back(
    company: Company, wang: Session, li: Session
) -> None:
    acme = account(wang)
    share(wang, acme, structure=Choice.TEAM)
    wang.edit(EDIT, edits.add_person, account=acme, name="Clerk")
    send(wang)
    company.merge()
    copyfile(company.folder / "asset.brm", company.folder / "copy.brm")
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief")
    send(wang)
    company.merge()
    place = company.home / "outbox" / f"{li.shared_store.site:016x}" / "reply.brmb"
    first = place.read_bytes()
    wang.edit(EDIT, edits.add_person, account=acme, name="Chair")
    send(wang)
    company.at(company.now + timedelta(hours=1), wang, li)
    company.merge()
    assert not take(li).went_back
    place.write_bytes(first)
    assert not take(li).went_back, "it is only an older answer"
    _went_back(company)
    company.at(company.now + timedelta(days=2), wang, li)
    company.merge()
    found = take(li)
    assert (found.answered, found.went_back, found.rows) == (True, True, 0)
    assert "Chair" in _everyone(li), "nothing is lost meanwhile"
    company.merge()
    for _ in range(2):
        take(wang)
        send(wang)
        company.merge()
    assert not take(li).went_back
    assert _everyone(li) == _everyone(wang)
    link = li.shared_store.link()
    assert link is not None
    assert link.epoch > 0


def test_an_answer_of_a_former_epoch_says_nothing(
    company: Company, wang: Session, li: Session
) -> None:
    _worked(company, wang, li)
    place = company.home / "outbox" / f"{wang.shared_store.site:016x}" / "reply.brmb"
    former = place.read_bytes()
    _went_back(company)
    for _ in range(4):
        _round(company, wang, li)
    before, link = wang.all_records(), wang.shared_store.link()
    place.write_bytes(former)
    assert take(wang).rows == 0
    assert (wang.all_records(), wang.shared_store.link()) == (before, link)


def test_of_what_was_erased_no_bundle_is_kept(company: Company, wang: Session, li: Session) -> None:
    _worked(company, wang, li)
    clerk = next(one for one in wang.records.all(Person).values() if one.name == "Clerk")
    assert wang.shared_store.bundles_after(0)
    with company.asset() as asset:
        asset.erase(clerk.id, company.millis())
    take(wang)
    assert wang.shared_store.bundles_after(0) == []
