"""Every figure of value opens the sum it is made of, and its lines come to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from building import TODAY, Portfolio
from deals import deal, lost, won
from sums_said import said

from brm_desktop.domain.account_value import AccountValue, account_value, pareto
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.growth import AccountGrowth
from brm_desktop.domain.periods import Period
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.pipeline import Stock
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import AccountId, Money, Origin, PersonId
from brm_desktop.domain.sums import value as sums
from brm_desktop.domain.sums.explanation import Explanation, Joined
from brm_desktop.domain.value import period_value
from brm_desktop.domain.value_curve import IndexParts
from brm_desktop.rendering.sums import told

A, B, C = (AccountId(name) for name in "ABC")
NAMES = {A: "Acme", B: "Bell"}
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def values() -> list[AccountValue]:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80, title="CEO")
    facts.assess(chief, 50)
    made = account_value(AccountAnalysis(facts.records(), account, TODAY))
    return [
        replace(made, account=A, name="Acme", potential=Potential(cny(300), lower_bound=False)),
        replace(made, account=B, name="Bell", potential=Potential(cny(100), lower_bound=False)),
    ]


GROWTHS = [
    AccountGrowth(A, cny(500_00), cny(300_00)),
    AccountGrowth(B, cny(90_00), None),
    AccountGrowth(C, None, cny(40_00)),
    AccountGrowth(C, Money(1, "USD"), None),
]


def every_sum() -> Iterator[Explanation]:
    yield sums.growth(GROWTHS, NAMES, "CNY")
    deals = [
        won(100_00, TODAY),
        won(None, TODAY),
        won(Money(5, "USD"), TODAY),
        won(70_00, date(2025, 4, 1)),
        lost(50_00, TODAY, owner="Wu"),
    ]
    found = period_value(deals, {A: PersonId("Li")}, YEAR, TODAY)
    captured = found.conversions[Origin.CAPTURED]
    yield sums.conversion(captured, YEAR, NAMES, "CNY")
    yield sums.win_rate_by_count(found.win_rate, found.owners, {PersonId("Wu"): "Wu"})
    yield sums.win_rate_by_amount(found.win_rate, "CNY")
    stock = Stock(
        (deal(amount=101, probability=50), deal(amount=7), deal(), deal(amount=Money(1, "USD")))
    )
    yield sums.stock(stock, phrase("Open, {origin}", origin=Origin.OTHER), NAMES, "CNY")
    yield sums.stock(stock, phrase("Weighted"), NAMES, "CNY", by_probability=True)
    yield sums.brm_index(values(), phrase("BRM index"))
    lines = pareto(values(), "CNY")
    yield sums.pareto_share(lines, lines[1])


def test_the_lines_of_every_sum_come_to_its_number() -> None:
    for one in every_sum():
        if one.joined is Joined.SUM:
            assert sum(one.brought) == one.made, told(one).text


def test_growth_says_who_came_and_who_went() -> None:
    found = sums.growth(GROWTHS, NAMES, "CNY")
    assert said(found) == [
        "Acme: CNY 500.00 − CNY 300.00 = CNY 200.00",
        "Bell: CNY 90.00 − – = CNY 90.00 (came since)",
        "C: – − CNY 40.00 = CNY −40.00 (no potential any more)",
        "= CNY 250.00",
    ]


def test_what_was_won_is_told_deal_by_deal_beside_the_period_before() -> None:
    deals = [
        won(100_00, TODAY, name="one"),
        won(None, TODAY, name="two"),
        won(7_00, date(2025, 4, 1)),
    ]
    found = period_value(deals, {}, YEAR, TODAY).conversions[Origin.CAPTURED]
    assert said(sums.conversion(found, YEAR, NAMES, "CNY")) == [
        "one: CNY 100.00 (Acme · 31 Mar 2026)",
        "two (no amount)",
        "Just before, 1 Jan 2025 to 31 Dec 2025: CNY 7.00",
        "= CNY 100.00",
    ]


def test_the_win_rate_is_told_seller_by_seller() -> None:
    deals = [won(1, TODAY, owner="Wu"), lost(1, TODAY, owner="Wu"), lost(1, TODAY)]
    found = period_value(deals, {}, YEAR, TODAY)
    called: dict[PersonId | None, str] = {PersonId("Wu"): "Wu"}
    assert said(sums.win_rate_by_count(found.win_rate, found.owners, called)) == [
        "Wu: 1 / 2 (50%)",
        "Nobody's: 0 / 1 (0%)",
        "1 / (1 + 2) = 33.3%",
    ]
    assert said(sums.win_rate_by_amount(found.win_rate, "CNY"))[-1] == (
        "CNY 0.01 / CNY 0.03 = 33.3%"
    )


def test_of_nothing_decided_the_sums_say_so() -> None:
    found = period_value([won(None, TODAY)], {}, YEAR, TODAY)
    nothing = period_value([], {}, YEAR, TODAY)
    assert said(sums.win_rate_by_count(nothing.win_rate, (), {})) == [
        "Nothing was decided in the period."
    ]
    assert said(sums.win_rate_by_amount(found.win_rate, "CNY")) == [
        "Won: CNY 0.00",
        "Lost: CNY 0.00",
        "Without an amount: 1",
        "No money was at stake in the period.",
    ]


def test_what_is_open_is_weighted_line_by_line() -> None:
    stock = Stock(
        (
            deal(amount=101, probability=50, name="a", closes=TODAY),
            deal(amount=7, name="b", account="?"),
        )
    )
    title = phrase("Open")
    assert said(sums.stock(stock, title, NAMES, "CNY")) == [
        "a: CNY 1.01 (Acme · 31 Mar 2026)",
        "b: CNY 0.07",
        "= CNY 1.08",
    ]
    assert said(sums.stock(stock, title, NAMES, "CNY", by_probability=True)) == [
        "a: CNY 1.01 × 50% = CNY 0.51 (Acme)",
        "b (no probability, so it weighs nothing)",
        "= CNY 0.51",
    ]


def test_the_index_is_told_fact_by_fact() -> None:
    lines = said(sums.brm_index(values(), phrase("BRM index")))
    assert lines[0] == "Department: 0% × – (9% of what is asked)"
    assert lines[1] == "Title: 100% × 100% (9% of what is asked)"
    assert lines[-1] == "27.3% × 66.7% = 18.2%"
    asked = IndexParts(Fraction(1))
    assert said(sums.index_explained(asked, {}, phrase("BRM index"))) == ["0% × – = 0%"]


def test_where_nothing_is_asked_the_index_is_not_known() -> None:
    found = sums.brm_index([], phrase("BRM index"))
    assert said(found) == ["Nothing is asked yet: there is no key person and no project."]
    assert told(found).value == "not known"


def test_a_share_is_told_with_those_before_it() -> None:
    lines = pareto(values(), "CNY")
    assert said(sums.pareto_share(lines, lines[0])) == [
        "Acme: CNY 3.00 (75%)",
        "CNY 3.00 / CNY 4.00 = 75%",
    ]
    assert told(sums.pareto_share(lines, lines[1])).value == "100%"
