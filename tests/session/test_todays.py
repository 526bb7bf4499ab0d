"""What accounts ask for is kept until something of it changes; the week comes from history."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from building import Portfolio
from stores import a_session, put

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Money,
    PersonId,
    ProjectId,
    ReviewKind,
    Tier,
)
from brm_desktop.domain.today import AccountToday, Matter
from brm_desktop.domain.weekly import DealField, Moved, PersonField
from brm_desktop.session.company import Reading
from brm_desktop.session.session import Session
from brm_desktop.session.todays import TodayBook, todays
from brm_desktop.session.week import WeekBook, moved_since, reviewed_accounts, week_there

ACME, OTHER = AccountId("account Acme"), AccountId("account Other")
CHIEF, LINE = PersonId("Chief"), ProjectId("project Line one")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two accounts that were put into a store two weeks ago."""
    portfolio = Portfolio()
    for name in ("Acme", "Other"):
        portfolio.account(name)
    portfolio.person(CHIEF, ACME, power=80, title="CIO")
    portfolio.project(ACME, "Line one", amount=Money(100, "CNY"))
    store = tmp_path / "sales.brm"
    session = a_session(store, day=17)
    put(session, *(one for one in portfolio.records() if one.id != portfolio.us))
    session.close()
    return store


@pytest.fixture
def session(path: Path) -> Session:
    """The same store today, nothing opened."""
    return a_session(path)


def full(session: Session) -> TodayBook:
    book, reading = TodayBook(), Reading.of(session)
    for found in todays(reading, book.missing([ACME, OTHER], session.today())):
        book.have(found)
    return book


def acme_of(session: Session) -> AccountToday:
    """What Acme asks for now."""
    (found,) = todays(Reading.of(session), [ACME])
    return found


def test_accounts_are_read_for_today_and_none_is_shown(session: Session) -> None:
    assert [one.name for one in full(session).held] == ["Acme", "Other"]
    assert session.records.get(Account, ACME) is None
    assert list(todays(Reading.of(session), [AccountId("none")])) == []


def test_an_action_is_forgotten_with_its_account_and_a_plan_is_not(session: Session) -> None:
    session.open_account(ACME)
    book = full(session)
    planned = session.edit(phrase("Plan"), edits.set_plan, ACME, 2026, goal="more")
    assert book.forget(session.records, planned) == frozenset()
    acted = session.edit(phrase("Act"), edits.add_action, ACME, "call", due=session.today())
    assert book.forget(session.records, acted) == frozenset({ACME})
    assert book.missing([ACME, OTHER], session.today()) == [ACME]
    found = acme_of(session)
    assert [one.matter for one in found.items if one.due] == [Matter.ACTION]


def test_the_week_of_an_account_is_read_again_after_a_review_and_not_after_an_action(
    session: Session,
) -> None:
    session.open_account(ACME)
    book = WeekBook()
    found = week_there(Reading.of(session), ACME)
    assert found is not None
    book.have(found)
    acted = session.edit(phrase("Act"), edits.add_action, ACME, "call")
    assert book.forget(session.records, acted) == frozenset()
    held = session.edit(phrase("Review"), edits.add_review, ACME, ReviewKind.WEEKLY, remarks="ok")
    assert book.forget(session.records, held) == frozenset({ACME})
    again = week_there(Reading.of(session), ACME)
    assert again is not None
    assert again.remarks == "ok"


def test_what_is_due_of_an_account_that_is_not_open_is_what_is_due_of_it_opened(
    session: Session,
) -> None:
    session.open_account(ACME)
    today = session.today()
    session.edit(phrase("Act"), edits.add_action, ACME, "call", due=today)
    session.edit(phrase("Deal"), edits.add_opportunity, ACME, "Spares", expected_close=today)
    session.edit(phrase("Works"), edits.add_department, account=ACME, name="Works")
    opened = acme_of(session)
    path = session.path
    session.close()
    again = a_session(path)
    assert acme_of(again) == opened
    assert {one.matter for one in opened.items} >= {Matter.ACTION, Matter.DECISION}
    assert opened.departments == ("Works",)
    again.suppose()
    assert acme_of(again) == opened


def test_a_type_of_project_touches_all_accounts(session: Session) -> None:
    book = full(session)
    change = session.edit(phrase("Type"), edits.add_project_type, name="Service", wanted=True)
    assert book.forget(session.records, change) is None
    assert book.missing([ACME, OTHER], session.today()) == [ACME, OTHER]


def test_what_is_read_again_stays_in_sight_meanwhile(session: Session) -> None:
    session.open_account(ACME)
    book = full(session)
    before = book.held
    acted = session.edit(phrase("Act"), edits.add_action, ACME, "call", due=session.today())
    book.forget(session.records, acted)
    assert book.held == before
    book.have(acme_of(session))
    assert book.held != before
    book.forget(session.records, acted)
    assert book.missing([OTHER], session.today()) == []
    assert [one.name for one in book.held] == ["Other"]
    book.clear()
    assert book.held == ()


def test_a_review_walks_the_key_accounts_or_all_while_none_is_marked(session: Session) -> None:
    assert reviewed_accounts(session.portfolio()) == (ACME, OTHER)
    session.open_account(OTHER)
    session.edit(phrase("Tier"), edits.revise_account, OTHER, tier=Tier.KEY)
    assert reviewed_accounts(session.portfolio()) == (OTHER,)
    assert reviewed_accounts([]) == ()


def test_edits_of_the_week_are_told_over_all_of_them_and_older_ones_are_not(
    session: Session,
) -> None:
    session.open_account(ACME)
    for minor in (200, 300):
        amount = Money(minor, "CNY")
        session.edit(phrase("Amount"), edits.revise_project, LINE, amount=amount)
    session.edit(phrase("There"), edits.revise_person, CHIEF, title="CEO", wechat="chief")
    session.edit(phrase("And back"), edits.revise_person, CHIEF, title="CIO")
    session.edit(phrase("Veto"), edits.revise_person, CHIEF, veto=True)
    made = session.edit(phrase("New"), edits.add_opportunity, ACME, "Spares")
    (new,) = made.after
    session.edit(phrase("Stage"), edits.revise_opportunity, new, stage="lead")
    session.edit(phrase("Line"), edits.add_person, name="Li", account=ACME)
    gone = session.edit(phrase("Gone"), edits.create_project, ACME, "Mistake")
    session.edit(phrase("Away"), edits.remove_records, list(gone.after))
    lines = session.history(account=ACME)
    found = moved_since(lines, session.today() - timedelta(days=7))
    assert Moved(LINE, DealField.AMOUNT, Money(100, "CNY"), Money(300, "CNY")) in found
    assert Moved(CHIEF, PersonField.VETO, None, after=True) in found
    assert Moved(new, None) in found
    assert len(found) == 4
    assert moved_since(lines, session.today()) == ()


def test_an_account_that_is_new_this_week_has_nothing_that_moved(session: Session) -> None:
    session.open_account(ACME)
    lines = session.history(account=ACME)
    assert any(line.kind is Account for line in lines)
    assert moved_since(lines, date(2026, 3, 1)) == ()


def test_the_week_of_an_account_has_what_the_history_tells(session: Session) -> None:
    session.open_account(ACME)
    session.edit(phrase("Title"), edits.revise_person, CHIEF, title="CEO")
    found = week_there(Reading.of(session), ACME)
    assert found is not None
    assert [str(one.text) for one in found.people] == ["title: CIO → CEO"]
    assert found.since == session.today() - timedelta(days=7)
    another = week_there(Reading.of(session), ACME, session.today() - timedelta(days=2))
    assert another is not None
    assert another.since == session.today() - timedelta(days=2)
    assert week_there(Reading.of(session), AccountId("none")) is None
