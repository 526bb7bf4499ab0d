"""The BRM index month by month: what was known then, and how sure it was (domain rule §12)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import Fact, completeness_of, completeness_over
from brm_desktop.domain.owners import team_of
from brm_desktop.domain.records import Basis, LineKind
from brm_desktop.domain.value_curve import (
    CurvePoint,
    IndexParts,
    account_curve,
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


def test_a_curve_begins_with_the_first_statement_and_shows_what_held_then() -> None:
    _, analysis = assessed()
    curve = account_curve(analysis, (DECEMBER, JANUARY, FEBRUARY))
    assert [one.month for one in curve] == [JANUARY, FEBRUARY]
    then = analysis.on(date(2026, 1, 31))
    assert curve[0].parts == parts_of(completeness_of(then))
    by_fact = parts_by_fact(completeness_of(then))
    assert by_fact[Fact.CLOSENESS].sure == by_fact[Fact.CLOSENESS].known == Fraction(80, len(list(Fact)) - 5)
    assert Fact.PARTICIPANTS not in by_fact, "it has no project"


def test_an_account_without_statements_has_no_curve() -> None:
    facts = Portfolio()
    account = facts.account()
    assert account_curve(AccountAnalysis(facts.records(), account, TODAY), (JANUARY,)) == ()


def test_the_curve_of_several_is_over_those_that_had_begun() -> None:
    one = (CurvePoint(JANUARY, IndexParts(Fraction(4), Fraction(2), Fraction(1))),)
    other = (
        CurvePoint(DECEMBER, IndexParts(Fraction(1))),
        CurvePoint(JANUARY, IndexParts(Fraction(6), Fraction(3), Fraction(4))),
    )
    assert together([one, other]) == (
        CurvePoint(DECEMBER, IndexParts(Fraction(1))),
        CurvePoint(JANUARY, IndexParts(Fraction(10), Fraction(5), Fraction(5))),
    )
    assert together([]) == ()


def test_a_team_is_a_manager_and_all_who_report_to_him_by_solid_lines() -> None:
    facts = Portfolio()
    chief, lead, seller, friend = (facts.employee(n) for n in ("Bo", "Li", "Wu", "Xu"))
    facts.reports(lead, chief)
    facts.reports(seller, lead)
    facts.reports(friend, chief, LineKind.DOTTED)
    assert team_of(facts.records(), chief) == {chief, lead, seller}
    assert team_of(facts.records(), seller) == {seller}
