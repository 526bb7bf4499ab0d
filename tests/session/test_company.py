"""What accounts bring to the company is read without showing them and kept until it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from building import Portfolio
from stores import a_session, put

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Opportunity,
    OrganisationId,
    PersonId,
    SupportRequest,
)
from brm_desktop.session.company import Reading, RelationsBook, accounts_touched
from brm_desktop.session.session import Session

ACME, OTHER = AccountId("account Acme"), AccountId("account Other")
BOSS, CHIEF, ANN = PersonId("Boss"), PersonId("Chief"), PersonId("Ann")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Two accounts, of which Acme is open; Ann of us knows both chiefs."""
    portfolio = Portfolio()
    portfolio.competitor("Rival")
    for name, account in ((BOSS, portfolio.account("Acme")), (CHIEF, portfolio.account("Other"))):
        portfolio.person(name, account, power=100, influence=0)
        portfolio.project(account, f"of {name}")
    session = a_session(tmp_path / "sales.brm")
    put(session, *(one for one in portfolio.records() if one.id != portfolio.us))
    made = session.edit(phrase("Add"), edits.add_own_staff, name="Ann")
    for account in (ACME, OTHER):
        session.open_account(account)
    for person in (BOSS, CHIEF):
        session.edit(phrase("Tie"), edits.set_tie, next(iter(made.after)), person, 40)  # type: ignore[arg-type]
    session.close()
    again = a_session(tmp_path / "sales.brm")
    again.open_account(ACME)
    return again


def full(session: Session) -> RelationsBook:
    book = RelationsBook()
    reading = Reading.of(session)
    for account in book.missing([ACME, OTHER], session.today()):
        found = reading.relations(account)
        assert found is not None
        book.have(found)
    return book


def left(session: Session, change: Change) -> set[AccountId]:
    book = full(session)
    book.forget(session.records, change)
    return {one.account for one in book.held}


def test_accounts_are_read_and_none_is_shown(session: Session) -> None:
    book = full(session)
    assert [one.name for one in book.held] == ["Acme", "Other"]
    assert [one.employees[None][0].score for one in book.held] == [40, 40]
    assert session.records.get(Account, OTHER) is None
    assert book.missing([ACME, OTHER], session.today()) == []


def test_what_is_known_is_put_in_order_once_and_counted_without(session: Session) -> None:
    book = full(session)
    assert len(book) == 2
    assert book.held is book.held
    before = book.held
    book.have(before[0])
    assert book.held is not before
    assert book.held == before


def test_asking_what_is_missing_leaves_the_order_unless_an_account_is_gone(
    session: Session,
) -> None:
    book = full(session)
    before = book.held
    assert book.missing([ACME, OTHER], session.today()) == []
    assert book.held is before
    assert book.missing([ACME], session.today()) == []
    assert [one.account for one in book.held] == [ACME]


def test_what_is_known_stands_in_the_order_in_which_people_read_names(session: Session) -> None:
    book = full(session)
    acme, other = book.held
    book.have(replace(acme, name="李娜"))
    book.have(replace(other, name="黎明"))
    assert [one.name for one in book.held] == ["黎明", "李娜"]


def test_an_account_that_is_gone_is_forgotten_and_reads_as_nothing(session: Session) -> None:
    book = full(session)
    assert book.missing([ACME], session.today()) == []
    assert [one.name for one in book.held] == ["Acme"]
    assert Reading.of(session).relations(AccountId("none")) is None


def test_on_another_day_everything_is_read_again(session: Session) -> None:
    book = full(session)
    assert book.missing([ACME, OTHER], date(2030, 1, 1)) == [ACME, OTHER]
    book = full(session)
    book.clear()
    assert book.held == ()


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: s.edit(phrase("x"), edits.assess, BOSS, closeness=9),
        lambda s: s.edit(phrase("x"), edits.revise_person, BOSS, power=9),
        lambda s: s.edit(phrase("x"), edits.remove_people, [BOSS]),
        lambda s: s.edit(phrase("x"), edits.revise_account, ACME, name="New"),
        lambda s: s.edit(phrase("x"), edits.revise_project, "project of Boss", name="New"),
        lambda s: s.edit(phrase("x"), edits.remove_accounts, [ACME]),
    ],
)
def test_a_change_forgets_the_account_it_touches(
    session: Session, edit: Callable[[Session], Change]
) -> None:
    book = full(session)
    change = edit(session)
    assert book.forget(session.records, change) == frozenset({ACME})
    assert [one.account for one in book.held] == [OTHER]


def test_what_no_relation_is_computed_from_forgets_nothing(session: Session) -> None:
    change = session.edit(phrase("x"), edits.add_action, ACME, "Call")
    assert left(session, change) == {ACME, OTHER}


def test_a_new_colleague_or_another_title_forgets_nothing(session: Session) -> None:
    made = session.edit(phrase("x"), edits.add_own_staff, name="Bob")
    assert left(session, made) == {ACME, OTHER}
    (bob,) = made.after
    assert left(
        session, session.edit(phrase("x"), edits.revise_person, PersonId(bob), title="Dr")
    ) == {
        ACME,
        OTHER,
    }


def test_whoever_leaves_us_or_goes_and_a_rival_that_goes_touch_every_account(
    session: Session,
) -> None:
    made = session.edit(phrase("x"), edits.add_own_staff, name="Bob")
    bob = PersonId(next(iter(made.after)))
    assert left(session, session.edit(phrase("x"), edits.leave, bob)) == set()
    assert left(session, session.edit(phrase("x"), edits.remove_people, [bob])) == set()
    rival = OrganisationId("organisation Rival")
    renamed = session.edit(phrase("x"), edits.revise_organisation, rival, name="Rivals")
    assert left(session, renamed) == {ACME, OTHER}
    assert left(session, session.edit(phrase("x"), edits.remove_records, [rival])) == set()


def test_a_change_in_accounts_that_are_not_loaded_may_touch_any(session: Session) -> None:
    assert accounts_touched(session.records, Change()) is None


def test_what_names_a_record_that_goes_with_it_touches_the_account_of_that(
    session: Session,
) -> None:
    sale = Opportunity(id="sale", account=ACME, name="Sale")
    request = SupportRequest(id="request", opportunity=sale.id, text="A visit")
    both_go = Change.of(before=(sale, request))
    assert accounts_touched(session.records, both_go, (Opportunity,)) == frozenset({ACME})
    assert accounts_touched(session.records, both_go, (Opportunity, SupportRequest)) == frozenset()
