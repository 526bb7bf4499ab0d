"""What may be taken of an answer, and how what it hides is settled."""

from __future__ import annotations

import pytest
from company import EDIT, Company, account, person, send, share, take
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.bundles import READER, BundleHeader, BundleKind
from brm_desktop.domain.errors import FileProblem, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Choice,
    ReportingLine,
)
from brm_desktop.exchange.bundles import bundle_bytes
from brm_desktop.exchange.sealing import DeviceKeys
from brm_desktop.session import syncing
from brm_desktop.session.session import Session


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


def two_managers(company: Company, wang: Session, li: Session) -> None:
    """Each of two reps says somebody else that the clerk reports to; the asset has heard both."""
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


def test_which_of_two_managers_holds_is_settled_by_either_of_the_two(
    company: Company, wang: Session, li: Session
) -> None:
    two_managers(company, wang, li)
    take(wang), take(li)
    (hidden,) = syncing.hidden_lines(wang)
    (shown,) = hidden.against
    assert {shown.manager, hidden.line.manager} == {
        person(wang, one).id for one in ("Chief", "Boss")
    }
    syncing.settle(wang, EDIT, edits.let_line_hold, hidden.line)
    assert not syncing.hidden_lines(wang)
    assert [*wang.all_records().all(ReportingLine)] == [hidden.line.id]
    assert wang.check() == []
    send(wang)
    company.merge()
    take(li)
    assert [*li.all_records().all(ReportingLine)] == [hidden.line.id]


def test_a_hidden_line_can_go(company: Company, wang: Session, li: Session) -> None:
    two_managers(company, wang, li)
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
