"""Figures of value are read over all accounts and show none of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from building import Portfolio
from deals import deal
from stores import a_clock, a_session, put

from brm_desktop.domain import edits
from brm_desktop.domain.periods import Period
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Money,
    PersonId,
    Snapshot,
    id_of,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.session.company import Reading
from brm_desktop.session.session import Session
from brm_desktop.session.value import (
    ValueSource,
    kept_months,
    months_needed,
    numbers_of,
    potential_over,
    values_there,
)

ACME, OTHER = AccountId("account Acme"), AccountId("account Other")
TODAY = a_clock().today()
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    portfolio = Portfolio()
    for name in ("Acme", "Other"):
        account = portfolio.account(name)
        portfolio.revise(account, expected_annual_spend=Money(500, "CNY"), owner=PersonId("Li"))
        chief = portfolio.person(f"chief of {name}", account, power=100)
        portfolio.assess(chief, 60, 60, 60, on=date(2026, 1, 20))
    portfolio.employee("Li")
    with a_session(tmp_path / "sales.brm") as opened:
        put(opened, *(one for one in portfolio.records() if one.id != portfolio.us))
        put(opened, deal(account=ACME, owner="Li", amount=5, name="open"))
    with a_session(tmp_path / "sales.brm") as again:
        yield again


def test_the_source_names_accounts_sellers_and_opportunities(session: Session) -> None:
    source = ValueSource.of(session)
    assert source.names == {ACME: "Acme", OTHER: "Other"}
    assert source.owners == {ACME: PersonId("Li"), OTHER: PersonId("Li")}
    assert source.sellers == {PersonId("Li")}
    assert [one.name for one in source.opportunities] == ["open"]


def test_accounts_are_valued_and_none_is_shown(session: Session) -> None:
    found = list(values_there(Reading.of(session), [ACME, OTHER, AccountId("gone")]))
    assert [one.potential.amount for one in found] == [Money(300, "CNY")] * 2
    assert found[0].curve == ()
    for span, points in ((12, 12), (36, 12), (72, 24)):
        (with_curve,) = values_there(Reading.of(session), [ACME], curve=span)
        assert len(with_curve.curve) == points
    assert session.records.get(Account, ACME) is None


def test_what_is_supposed_is_among_the_opportunities(session: Session) -> None:
    session.open_account(ACME)
    session.suppose()
    made = session.edit(phrase("Add"), edits.add_opportunity, ACME, name="supposed")
    session.edit(phrase("Rename"), edits.revise_account, ACME, second_count=True)
    assert {one.name for one in session.opportunities()} == {"open", "supposed"}
    session.discard_supposed()
    assert made
    assert {one.name for one in session.opportunities()} == {"open"}


def test_a_period_begins_with_the_last_month_that_had_ended() -> None:
    assert months_needed(Period(date(2026, 2, 10), TODAY), TODAY) == (JANUARY,)
    past = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert months_needed(past, TODAY) == (JANUARY, FEBRUARY)
    middle = Period(date(2026, 2, 1), date(2026, 3, 15))
    assert months_needed(middle, TODAY) == (JANUARY, FEBRUARY)


def test_months_that_are_not_kept_are_told_by_the_statements(session: Session) -> None:
    records, rules = session.all_records(), Rules()
    december = date(2025, 12, 1)
    found = numbers_of(records, [ACME], [december, FEBRUARY], rules)
    assert found[december] == [], "nobody had said anything then"
    (february,) = found[FEBRUARY]
    assert february.potential == Money(300, "CNY")
    kept = Snapshot(
        id=id_of(Snapshot, ACME, FEBRUARY),
        subject=ACME,
        month=FEBRUARY,
        potential=Money(7, "CNY"),
    )
    put(session, kept)
    assert numbers_of(session.all_records(), [ACME], [FEBRUARY], rules)[FEBRUARY] == [kept]
    assert session.snapshots_of([ACME, OTHER], [JANUARY, FEBRUARY]) == [kept]


def test_growth_is_from_the_beginning_of_a_period_to_its_end(session: Session) -> None:
    present = {ACME: Potential(Money(300, "CNY"), lower_bound=False)}
    january = Snapshot(id="j", subject=ACME, month=JANUARY, potential=Money(100, "CNY"))
    february = Snapshot(id="f", subject=ACME, month=FEBRUARY, potential=Money(250, "CNY"))
    numbers = {JANUARY: [january], FEBRUARY: [february]}
    up_to_now = potential_over(present, numbers, Period(date(2026, 2, 1), TODAY), TODAY)
    assert (up_to_now.now_on, up_to_now.then_on) == (TODAY, date(2026, 1, 31))
    assert [one.now for one in up_to_now.lines] == [Money(300, "CNY")]
    past = potential_over(present, numbers, Period(date(2026, 2, 1), date(2026, 2, 28)), TODAY)
    assert past.now_on == date(2026, 2, 28)
    assert [(one.now, one.then) for one in past.lines] == [(Money(250, "CNY"), Money(100, "CNY"))]
    unknown = potential_over(present, {}, YEAR, TODAY)
    assert not unknown.kept
    assert [one.then for one in unknown.lines] == [None]


def test_growth_can_be_counted_from_every_month_that_has_ended() -> None:
    def of(month: date) -> Snapshot:
        return Snapshot(id=f"{month}", subject="us", month=month)

    march = date(2026, 3, 1)
    assert kept_months([of(JANUARY), of(march), of(FEBRUARY)], TODAY) == (FEBRUARY, JANUARY)
