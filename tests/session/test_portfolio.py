"""The portfolio over a whole store: read in blocks, the same as account by account."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from building import Portfolio
from stores import NOW, a_session, put

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.portfolio import portfolio_entry, portfolio_of
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Criterion,
    InfluenceKind,
    Money,
    Outcome,
    PersonId,
    ProjectType,
    ProjectTypeId,
    Review,
    ReviewKind,
    Role,
    Stance,
    Tier,
    YearRevenue,
)
from brm_desktop.domain.thresholds import Step, ThresholdTable
from brm_desktop.session.company import Reading
from brm_desktop.session.portfolio import PortfolioBook, entries, whole_portfolio
from brm_desktop.session.session import Session

NAMES = ("Acme", "Bank", "Cargo", "Depot")
CORE = ProjectType(id=ProjectTypeId("core"), name="Core system", wanted=True)
TODAY = NOW.date()


def ids() -> list[AccountId]:
    return [AccountId(f"account {name}") for name in NAMES]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Four accounts with everything that the portfolio is computed from; one is open."""
    made = Portfolio()
    made.put(CORE)
    partner = made.person("Partner", made.organisation("Partners"))
    ann = made.employee("Ann")
    for place, name in enumerate(NAMES):
        account = made.account(name, spend=Money(10_000_000 * place, "CNY"))
        boss, aide, gone = made.people(account, f"Boss {name}", f"Aide {name}", f"Gone {name}")
        made.revise(account, tier=Tier.KEY, winnable_score=20 * place)
        made.revise(gone, left_on=TODAY)
        made.reports(aide, boss)
        made.sways(aide, boss, 80)
        made.sways(partner, boss, 60, InfluenceKind.FAMILY)
        made.tie(ann, boss, 30 + 10 * place)
        made.assess(aide, 50 + place, 60, 70, on=TODAY)
        made.met(account, TODAY - timedelta(10 * place), boss, ann)
        for year in range(3):
            day = TODAY - timedelta(365 * year + place)
            project = made.project(account, f"{name} {year}", type=CORE.id, starts_on=day)
            made.member(project, boss, Role.APPROVER, stance=Stance.SUPPORTER)
        revenue = Money(1_000_000_00 * (place + 1), "CNY")
        made.put(YearRevenue(id=f"y {name}", account=account, year=2025, revenue=revenue))
        made.put(Review(id=f"r {name}", account=account, kind=ReviewKind.NEEDS, held_on=TODAY))
    with a_session(tmp_path / "sales.brm") as first:
        put(first, *(one for one in made.records() if one.id != made.us))
    again = a_session(tmp_path / "sales.brm")
    again.open_account(ids()[1])
    return again


def test_a_block_brings_the_same_as_each_account_by_itself(session: Session) -> None:
    reading = Reading.of(session)
    analyses = [reading.analysis(account) for account in ids()]
    alone = [portfolio_entry(one) for one in analyses if one is not None]
    assert list(entries(reading, ids())) == alone
    assert all(one.composite.value and one.closeness.value for one in alone)
    assert all(one.screening.supporters and one.expected and one.hint for one in alone)
    assert session.records.get(Account, ids()[0]) is None


def test_the_whole_portfolio_is_that_of_its_blocks(session: Session) -> None:
    reading = Reading.of(session)
    every = [*entries(reading, ids()[:1]), *entries(reading, ids()[1:])]
    assert whole_portfolio(session) == portfolio_of(every, session.settings.rules)


def test_a_store_without_accounts_has_an_empty_portfolio(tmp_path: Path) -> None:
    with a_session(tmp_path / "sales.brm") as empty:
        assert whole_portfolio(empty).rows == ()


def test_an_account_that_is_gone_is_left_out(session: Session) -> None:
    found = entries(Reading.of(session), [AccountId("none"), ids()[2]])
    assert [one.name for one in found] == ["Cargo"]
    opened = entries(Reading.of(session), [ids()[1]])
    assert [one.name for one in opened] == ["Bank"]


def test_what_is_supposed_is_in_the_portfolio_and_goes_with_the_what_if(session: Session) -> None:
    def closeness() -> object:
        return next(entries(Reading.of(session), [ids()[0]])).closeness.value

    before = closeness()
    session.suppose()
    session.open_account(ids()[0])
    session.edit(phrase("x"), edits.assess, PersonId("Boss Acme"), closeness=90)
    assert closeness() != before
    assert [one.name for one in entries(Reading.of(session), ids()[2:])] == ["Cargo", "Depot"]
    session.discard_supposed()
    assert closeness() == before


def test_the_users_threshold_tables_count(session: Session) -> None:
    table = ThresholdTable(Criterion.REVENUE, "CNY", (Step(0, 77),))
    session.change_settings(thresholds=(table,))
    (found,) = entries(Reading.of(session), [ids()[0]])
    assert found.composite.parts[0].points == 77


def full(session: Session) -> PortfolioBook:
    book = PortfolioBook()
    for one in entries(Reading.of(session), book.missing(ids(), session.today())):
        book.have(one)
    return book


def left(session: Session, change: Change) -> list[str]:
    book = full(session)
    book.forget(session.records, change)
    return [one.name for one in book.held]


def test_a_change_forgets_the_accounts_it_touches(session: Session) -> None:
    bank = ids()[1]
    reviewed = session.edit(phrase("x"), edits.add_review, bank, ReviewKind.WHCSE)
    assert left(session, reviewed) == ["Acme", "Cargo", "Depot"]
    planned = session.edit(phrase("x"), edits.add_action, bank, "Call")
    assert left(session, planned) == list(NAMES)
    paid = session.edit(phrase("x"), edits.set_revenue, bank, 2024, Money(1, "CNY"))
    assert left(session, paid) == ["Acme", "Cargo", "Depot"]


def test_which_types_are_wanted_touches_every_account(session: Session) -> None:
    core = session.records.one(ProjectType, CORE.id)
    change = Change.of([core], [replace(core, wanted=False)])
    session.apply(phrase("x"), change)
    assert left(session, change) == []


def test_a_project_that_was_not_pursued_is_no_start(session: Session) -> None:
    bank = ids()[1]
    (before,) = entries(Reading.of(session), [bank])
    newest = session.analysis(bank).projects[0]
    session.edit(phrase("x"), edits.revise_project, newest.id, outcome=Outcome.NOT_PURSUED)
    (after,) = entries(Reading.of(session), [bank])
    assert before.expected is not None
    assert after.expected is None
