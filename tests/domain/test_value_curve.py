"""The BRM index month by month: what was known then, and how sure it was (domain rule §12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from building import TODAY, Portfolio

from brm_desktop.domain.account_value import account_value, curve_of, facts_of, index_of
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import Fact, completeness_of, completeness_over
from brm_desktop.domain.owners import team_of
from brm_desktop.domain.records import AccountId, Basis, LineKind
from brm_desktop.domain.value_curve import (
    CurvePoint,
    IndexParts,
    account_curve,
    curve_months,
    parts_by_fact,
    parts_of,
    together,
)

JANUARY, FEBRUARY, DECEMBER = date(2026, 1, 1), date(2026, 2, 1), date(2025, 12, 1)


def assessed() -> tuple[Portfolio, AccountAnalysis]:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80, title="CEO")
    for day in (date(2026, 1, 20), date(2026, 2, 25)):
        facts.assess(chief, 50, on=day, basis=Basis.CONFIRMED)
    return facts, AccountAnalysis(facts.records(), account, TODAY)


def test_the_index_of_several_accounts_is_that_of_all_their_facts() -> None:
    _, analysis = assessed()
    found = completeness_of(analysis)
    parts = parts_of(found) + parts_of(found)
    both = completeness_over([found, found])
    assert parts.completeness == both.completeness
    assert parts.accuracy == both.accuracy
    assert parts.index == both.index


def test_where_nothing_is_asked_or_known_there_is_no_share_of_it() -> None:
    assert IndexParts().completeness is IndexParts().accuracy is IndexParts().index is None
    nothing_known = IndexParts(asked=Fraction(5))
    assert nothing_known.completeness == nothing_known.index == Fraction(0)
    assert nothing_known.accuracy is None


def test_a_curve_shows_what_held_at_the_end_of_each_month() -> None:
    _, analysis = assessed()
    curve = account_curve(analysis, (DECEMBER, JANUARY, FEBRUARY))
    assert [one.month for one in curve] == [DECEMBER, JANUARY, FEBRUARY]
    then = analysis.on(date(2026, 1, 31))
    assert curve[1].parts == parts_of(completeness_of(then))
    by_fact = parts_by_fact(completeness_of(then))
    closeness = by_fact[Fact.CLOSENESS]
    assert closeness.sure == closeness.known == Fraction(80, 11)  # of so many facts of a person
    assert Fact.PARTICIPANTS not in by_fact, "it has no project"
    assert curve[0].parts.known < curve[1].parts.known, "what was stated later did not count"


def test_a_curve_over_several_has_all_of_them_from_the_first_statement_on() -> None:
    _, analysis = assessed()
    known = account_value(analysis, (DECEMBER, JANUARY, FEBRUARY))
    silent = replace(known, account=AccountId("silent"), first=None)
    assert known.first == date(2026, 1, 20)
    curve = curve_of([silent, known])
    assert [one.month for one in curve] == [JANUARY, FEBRUARY]
    assert curve[0].parts == known.curve[1].parts + known.curve[1].parts
    assert curve_of([silent]) == curve_of([]) == ()


def test_the_curve_of_several_adds_up_month_by_month() -> None:
    one = (CurvePoint(JANUARY, IndexParts(Fraction(4), Fraction(2), Fraction(1))),)
    other = (
        CurvePoint(DECEMBER, IndexParts(Fraction(1))),
        CurvePoint(JANUARY, IndexParts(Fraction(6), Fraction(3), Fraction(4))),
    )
    whole = CurvePoint(JANUARY, IndexParts(Fraction(10), Fraction(5), Fraction(5)))
    assert together([one, other], date(2025, 12, 31))[1:] == (whole,)
    assert together([one, other], date(2026, 1, 31)) == (whole,)
    assert together([one], None) == ()


def test_the_months_of_a_curve_have_ended() -> None:
    assert curve_months(date(2026, 3, 31), 3) == (DECEMBER, JANUARY, FEBRUARY)
    found = curve_months(date(2026, 3, 31), 36, 3)
    assert (len(found), found[-1], found[-2]) == (12, FEBRUARY, date(2025, 11, 1))


def test_the_index_of_several_accounts_adds_up_fact_by_fact() -> None:
    _, analysis = assessed()
    value = account_value(analysis)
    both = [value, replace(value, account=AccountId("B"))]
    assert index_of(both) == value.index + value.index
    assert facts_of(both)[Fact.TITLE] == value.facts[Fact.TITLE] + value.facts[Fact.TITLE]
    assert facts_of([]) == {}
    assert value.curve == ()


def test_a_team_is_a_manager_and_all_who_report_to_him_by_solid_lines() -> None:
    facts = Portfolio()
    chief, lead, seller, friend = (facts.employee(n) for n in ("Bo", "Li", "Wu", "Xu"))
    facts.reports(lead, chief)
    facts.reports(seller, lead)
    facts.reports(friend, chief, LineKind.DOTTED)
    assert team_of(facts.records(), chief) == {chief, lead, seller}
    assert team_of(facts.records(), seller) == {seller}
