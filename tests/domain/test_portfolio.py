"""All accounts side by side: ranked, summed up, and what each brings (rules §6, §9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st
from portfolio_entries import entry

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.portfolio import (
    ClosenessThere,
    PortfolioEntry,
    portfolio_entry,
    portfolio_of,
)
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import (
    AccountId,
    Money,
    ProjectType,
    ProjectTypeId,
    Review,
    ReviewKind,
    ScreeningVerdict,
    Tier,
    YearRevenue,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band
from brm_desktop.domain.screening import Suggestion

CORE = ProjectType(id=ProjectTypeId("core"), name="Core system", wanted=True)


def excluded(name: str, score: int) -> PortfolioEntry:
    one = entry(name, score)
    return replace(one, record=replace(one.record, screening=ScreeningVerdict.EXCLUDED))


def test_an_account_brings_everything_the_page_shows(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.put(CORE)
    boss = portfolio.person("Boss", account, power=100)
    ann = portfolio.employee("Ann")
    portfolio.assess(boss, closeness=60, solution=60, price=60)
    portfolio.revise(account, expected_annual_spend=Money(1_000_000, "CNY"), tier=Tier.KEY)
    portfolio.met(account, TODAY - timedelta(3), boss, ann)
    portfolio.met(account, TODAY + timedelta(3), boss, ann)
    revenue = Money(10**9, "CNY")
    portfolio.put(YearRevenue(id="y", account=account, year=2025, revenue=revenue))
    portfolio.put(
        Review(id="r", account=account, kind=ReviewKind.NEEDS, held_on=TODAY - timedelta(90))
    )
    other = portfolio.put(ProjectType(id=ProjectTypeId("other"), name="A rare one", wanted=True))
    portfolio.project(account, "rare", type=other.id, starts_on=date(2020, 1, 1))
    for year in (2023, 2024, 2025):
        portfolio.project(account, f"core {year}", type=CORE.id, starts_on=date(year, 5, 1))
    found = portfolio_entry(AccountAnalysis(portfolio.records(), account, TODAY))
    assert (found.account, found.name, found.people) == (account, "Acme", 1)
    assert found.closeness == ClosenessThere(Fraction(60), Band.MEDIUM, 1, 1)
    assert found.potential.amount == Money(600_000, "CNY")
    assert found.composite.value == 18 + 3
    assert found.composite.lower_bound
    assert found.screening.suggestion is Suggestion.CONFIRM
    assert found.expected is not None
    assert (found.expected.type, found.expected.next) == ("Core system", date(2026, 5, 2))
    assert found.last_contact == TODAY - timedelta(3)
    assert found.hint is not None
    assert [one.kind for one in found.due] == [
        ReviewKind.IMPORTANCE,
        ReviewKind.CLOSENESS,
        ReviewKind.WHCSE,
        ReviewKind.NEEDS,
    ]


def test_an_account_of_which_nothing_is_known_brings_nothing_made_up(
    portfolio: Portfolio, account: AccountId
) -> None:
    found = portfolio_entry(AccountAnalysis(portfolio.records(), account, TODAY))
    assert (found.composite.value, found.potential.amount, found.closeness.value) == (None,) * 3
    assert (found.expected, found.last_contact, found.hint) == (None, None, None)
    assert found.due == ()


def test_accounts_come_best_first_then_unscored_ones_then_excluded_ones() -> None:
    entries = [entry("D", None), excluded("A", 99), entry("B", 50), entry("C", 60)]
    found = portfolio_of(entries, Rules())
    assert [(row.entry.name, row.rank) for row in found.rows] == [
        ("C", 1),
        ("B", 2),
        ("D", None),
        ("A", None),
    ]


def test_equals_come_in_the_order_of_names() -> None:
    names = ["阿里", "acme 2", "Acme 10", "北辰", "华辰"]
    unscored = [entry(name, None) for name in reversed(names)]
    equal = [entry(f"{name} AG", 50) for name in reversed(names)]
    found = [row.entry.name for row in portfolio_of([*unscored, *equal], Rules()).rows]
    assert found == [*(f"{name} AG" for name in names), *names]


def test_excluded_accounts_take_no_place_among_the_first() -> None:
    entries = [excluded(f"x{n}", 100) for n in range(100)] + [entry(f"a{n}", n) for n in range(11)]
    found = portfolio_of(entries, Rules())
    assert found.ranked.key == {f"account a{n}" for n in (8, 9, 10)}


def test_a_suggestion_that_differs_from_the_tier_that_is_kept_is_told() -> None:
    kept = entry("A", 90)
    kept = replace(kept, record=replace(kept.record, tier=Tier.STRATEGIC))
    found = portfolio_of([kept, entry("B", None), *(entry(f"c{n}", 50) for n in range(4))], Rules())
    differs = {row.entry.name: row.differs for row in found.rows}
    assert (differs["A"], differs["B"]) == (False, False)
    one = portfolio_of([entry("A", 90)], Rules()).rows[0]
    assert (one.suggested, one.differs) == (Tier.STRATEGIC, True)


def test_who_may_have_to_be_left_out_is_raised_to_no_tier_before_that_is_settled() -> None:
    leave = replace(entry("x", None).screening, suggestion=Suggestion.EXCLUDE)
    open_one = entry("A", 90, screening=leave)
    (row,) = portfolio_of([open_one], Rules()).rows
    assert (row.suggested, row.screened_first, row.differs) == (Tier.STRATEGIC, True, False)
    for decided in ({"screening": ScreeningVerdict.TARGET}, {"strategic_reason": "First"}):
        kept = replace(open_one, record=replace(open_one.record, **decided))
        (row,) = portfolio_of([kept], Rules()).rows
        assert (row.screened_first, row.differs) == (False, True)


def test_200_accounts_with_one_score_are_all_in() -> None:
    found = portfolio_of([entry(f"a{n:03}", 50) for n in range(200)], Rules())
    assert {row.suggested for row in found.rows} == {Tier.STRATEGIC}
    assert found.ranked.key_wanted == 40
    assert [row.entry.name for row in found.rows][:2] == ["a000", "a001"]


def test_potentials_are_summed_up_per_currency() -> None:
    amounts = (Money(5, "USD"), Money(7, "CNY"), Money(1, "USD"), None)
    entries = [
        entry(str(n), 1, potential=Potential(amount, lower_bound=False))
        for n, amount in enumerate(amounts)
    ]
    found = portfolio_of(entries, Rules())
    assert found.potential.amounts == (Money(7, "CNY"), Money(6, "USD"))
    assert (found.potential.unknown, found.potential.lower_bound) == (1, True)
    assert found.counts[Band.UNSCORED] == 4


def test_a_type_without_a_rhythm_opens_no_window(portfolio: Portfolio, account: AccountId) -> None:
    portfolio.put(CORE)
    portfolio.project(account, "once", type=CORE.id, starts_on=date(2025, 5, 1))
    found = portfolio_entry(AccountAnalysis(portfolio.records(), account, TODAY))
    assert found.expected is None


def test_no_account_at_all_is_no_defect() -> None:
    found = portfolio_of([], Rules())
    assert (found.rows, found.potential.amounts) == ((), ())


@given(st.lists(st.none() | st.integers(0, 3), max_size=20), st.integers(0, 9))
def test_the_page_does_not_depend_on_the_order_accounts_come_in(
    scores: list[int | None], seed: int
) -> None:
    entries = [entry(f"a{n}", score) for n, score in enumerate(scores)]
    mixed = list(entries)
    Random(seed).shuffle(mixed)
    assert portfolio_of(mixed, Rules()) == portfolio_of(entries, Rules())
