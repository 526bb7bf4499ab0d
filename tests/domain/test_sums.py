"""Numbers of accounts and people explained: the lines come to the number, and say how and when."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import prod

import pytest
from building import TODAY, Portfolio
from random_accounts import random_account
from sums_said import said

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.numerals import FullAmount, Numeral
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import (
    AccountId,
    Basis,
    Dimension,
    Money,
    PersonId,
    Role,
)
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sums import (
    importance,
    marks,
    potential,
    resources,
    rule_words,
    scores,
)
from brm_desktop.domain.sums.explanation import Explanation, Joined
from brm_desktop.domain.sums.together import of_account, of_chain, of_company, of_routes
from brm_desktop.rendering.sums import plain_sums, told

BOSS, SALES, CHIEF, IT, HEAD = (
    PersonId(name) for name in ("CEO", "Sales VP", "CIO", "IT director", "Head of office")
)
TEN_THOUSAND = 10_000 * 100


def all_sums(analysis: AccountAnalysis) -> list[Explanation]:
    """Every number of an account, of its chains and of the ways to its people."""
    found = list(of_account(analysis))
    for project in analysis.projects:
        found += of_chain(analysis, project.id)
    for person in analysis.people:
        found += of_routes(analysis, analysis.routes_to(person.id))
    found += [resources.employee(analysis, one.employee) for one in analysis.resources()]
    closeness = analysis.scores[Dimension.CLOSENESS].value
    spend = analysis.record.expected_annual_spend
    found += of_company([(analysis.name, closeness, spend), ("Other", None, None)], Rules())
    return found


def shown_number(explanation: Explanation) -> Fraction | None:
    """The number as it is shown, where it is one."""
    shown = explanation.shown
    if isinstance(shown, FullAmount):
        return Fraction(shown.money.minor)
    return shown.value if isinstance(shown, Numeral) else None


@pytest.fixture
def hierarchy(portfolio: Portfolio) -> AccountId:
    """The example of rule 4: CEO above Sales VP and CIO, IT director below the CIO."""
    account = portfolio.account()
    portfolio.people(account, BOSS, SALES, CHIEF, IT)
    portfolio.reports(SALES, BOSS)
    portfolio.reports(CHIEF, BOSS)
    portfolio.reports(IT, CHIEF)
    portfolio.sways(IT, BOSS, 80)
    return account


@pytest.mark.parametrize("seed", range(200))
def test_the_lines_of_every_sum_come_to_what_is_shown(seed: int) -> None:
    analysis = random_account(seed)
    for one in all_sums(analysis):
        if one.joined is Joined.SUM:
            assert sum(one.brought) == one.made, told(one).text
        elif one.joined is Joined.PRODUCT:
            assert prod(one.brought) == one.made, told(one).text
        else:
            assert one.made is None


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_the_number_of_a_sum_is_the_number_of_the_analysis(seed: int) -> None:
    analysis = random_account(seed)
    for dimension in Dimension:
        value = analysis.scores[dimension].value
        found = scores.account_score(analysis, dimension)
        assert shown_number(found) == (None if value is None else half_up(value))
        for person in analysis.people:
            known = analysis.standing(person.id, dimension)
            mine = scores.person_score(analysis, person.id, dimension)
            assert shown_number(mine) == (None if known is None else known.value)
    for person in analysis.people:
        weighed = analysis.importance[person.id]
        assert shown_number(importance.power(analysis, person.id)) == weighed.power
        assert shown_number(importance.influence(analysis, person.id)) == weighed.influence
        assert shown_number(importance.weight(analysis, person.id)) == weighed.weight
    for one in analysis.resources():
        assert shown_number(resources.employee(analysis, one.employee)) == one.score


def test_an_account_score_names_each_person_with_weight_score_date_and_basis(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account()
    for person, weight, score in (
        (BOSS, 100, 40),
        (SALES, 75, 70),
        (CHIEF, 75, 80),
        (HEAD, 60, 66),
    ):
        portfolio.person(person, account, power=weight)
        portfolio.assess(person, score, basis=Basis.CONFIRMED)
    portfolio.person(IT, account, power=50)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(scores.account_score(analysis, Dimension.CLOSENESS)) == [
        "CEO: 100 × 40 = 4,000 (31 Mar 2026 · confirmed · fresh)",
        "CIO: 75 × 80 = 6,000 (31 Mar 2026 · confirmed · fresh)",
        "Sales VP: 75 × 70 = 5,250 (31 Mar 2026 · confirmed · fresh)",
        "Head of office: 60 × 66 = 3,960 (31 Mar 2026 · confirmed · fresh)",
        "IT director: 50 × – (not scored)",
        "From 4 of 5 key persons, 86% of their weight",
        "19,210 / 310 = 62",
    ]
    assert said(scores.coverage(analysis, Dimension.CLOSENESS))[-2:] == [
        "IT director: 0 × 50 = 0 (not scored)",
        "310 / 360 = 86.1%",
    ]
    assert said(scores.key_person_bands(analysis))[:2] == [
        "Strong: 2 (CIO, Sales VP)",
        "Medium: 2 (CEO, Head of office)",
    ]


def test_a_person_s_score_says_by_whom_it_was_stated_and_what_it_replaced(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account()
    portfolio.person(BOSS, account)
    portfolio.employee("Wang Min")
    portfolio.assess(BOSS, 30, on=TODAY - timedelta(days=200))
    portfolio.assess(
        BOSS, 60, on=date(2026, 3, 1), author="Wang Min", basis=Basis.CONFIRMED, evidence="Dinner"
    )
    portfolio.assess(BOSS, 99, on=TODAY + timedelta(days=1))
    portfolio.assess(BOSS, solution=10)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(scores.person_score(analysis, BOSS, Dimension.CLOSENESS)) == [
        "Stated on 1 Mar 2026: 60 (by Wang Min · confirmed · fresh · Dinner)",
        "Replaced: stated on 12 Sep 2025: 30 (assumed)",
        "= 60",
    ]


def test_a_score_from_a_tie_says_whose_tie_it_is_and_a_rival_s_is_told_apart(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account()
    portfolio.person(BOSS, account, power=90)
    portfolio.tie(portfolio.employee("Wang Min"), BOSS, 55, evidence="Old friends")
    rival = portfolio.competitor("Rival")
    portfolio.assess(BOSS, 80, toward=rival)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(scores.person_score(analysis, BOSS, Dimension.CLOSENESS)) == [
        "Largest tie, of Wang Min: 55 (no date · assumed · Old friends)",
        "= 55",
    ]
    theirs = scores.person_score(analysis, BOSS, Dimension.CLOSENESS, rival)
    assert told(theirs).title == "Closeness of Rival to CEO"
    assert said(theirs) == ["Stated on 31 Mar 2026: 80 (assumed · fresh)", "= 80"]
    assert "largest tie" in said(scores.account_score(analysis, Dimension.CLOSENESS))[0]
    assert said(scores.person_score(analysis, BOSS, Dimension.PRICE)) == [
        "Nobody has stated it, and no tie says it.",
        "unscored",
    ]


def test_power_says_the_level_and_who_stands_above(
    portfolio: Portfolio, hierarchy: AccountId
) -> None:
    portfolio.revise(SALES, veto=True)
    portfolio.revise(CHIEF, sole_approver=True)
    portfolio.person("Alone", hierarchy)
    portfolio.person("Vetoes", hierarchy, veto=True)
    portfolio.person("Typed", hierarchy, power=12)
    analysis = AccountAnalysis(portfolio.records(), hierarchy, TODAY)

    def lines(person: str) -> list[str]:
        return said(importance.power(analysis, PersonId(person)))

    assert lines(BOSS) == ["The top of the reporting lines has: 100", "= 100"]
    assert lines(IT) == [
        "The top of the reporting lines has: 100",
        "2 of 3 levels below the top: −100 × 2/3 = −67 (CIO → CEO)",
        "= 33",
    ]
    assert lines(SALES)[-2:] == ["Holds a veto: lifted to 80: +13", "= 80"]
    assert lines(CHIEF)[-2:] == ["Can alone approve: lifted to 80: +13", "= 80"]
    assert lines("Vetoes") == ["Holds a veto: lifted to 80: +80", "= 80"]
    assert lines("Typed") == ["Entered by hand: 12", "= 12"]
    assert lines("Alone") == [
        "No value entered, and no solid reporting line up or down.",
        "= not known",
    ]


def test_influence_names_each_powerful_person_reached_and_on_which_way(
    portfolio: Portfolio, hierarchy: AccountId
) -> None:
    portfolio.person("Typed", hierarchy, influence=5)
    portfolio.person("Clerk", hierarchy)
    portfolio.sways(PersonId("Clerk"), IT, 50)
    analysis = AccountAnalysis(portfolio.records(), hierarchy, TODAY)

    def lines(person: str) -> list[str]:
        return said(importance.influence(analysis, PersonId(person)))

    assert lines(IT) == [
        "CEO: 0.8 × 100/100 = 0.8 (IT director → CEO)",
        "Reach 0.8: 100 × (1 − e^−0.8) = 55.1",
    ]
    assert lines("Clerk")[0] == "CEO: 0.4 × 100/100 = 0.4 (Clerk → IT director → CEO)"
    assert lines("Typed") == ["Entered by hand: 5", "= 5"]
    assert lines(SALES) == [
        "No influence line leads to anyone of power 70 or more.",
        "No influence line in or out.",
    ]
    assert said(importance.weight(analysis, IT)) == ["Power: 33", "Influence: 55", "The larger: 55"]
    assert said(importance.weight(analysis, PersonId("Typed")))[0] == "Power: not known"


def test_marks_say_which_of_their_conditions_hold(
    portfolio: Portfolio, hierarchy: AccountId
) -> None:
    portfolio.revise(IT, crucial=True, veto=False)
    project = portfolio.project(hierarchy, "Big one")
    portfolio.member(project, IT, Role.USER)
    analysis = AccountAnalysis(portfolio.records(), hierarchy, TODAY)
    assert said(marks.crucial(analysis, IT)) == [
        "Your own mark: yes",
        "Power, from 70: 33 (no)",
        "Influence, from 70: 55 (no)",
        "Holds a veto: no",
        "Can alone approve: unknown",
        "So: crucial person, yes",
    ]
    assert said(marks.key_person(analysis, IT)) == [
        "Your own mark: automatic",
        "Importance, from 30: 55 (yes)",
        "On a decision chain: yes (Big one)",
        "So: key person, yes",
    ]
    assert said(marks.power_centre(analysis, SALES)) == [
        "Power, from 70: 67 (no)",
        "So: power centre, no",
    ]
    assert said(marks.influence_centre(analysis, IT)) == [
        "Influence, from 40: 55 (yes)",
        "The 1 with most influence of 4 people, from 55: 55 (yes)",
        "So: influence centre, yes",
    ]
    assert said(marks.influence_centre(analysis, SALES))[0] == "Influence, from 40: not known (no)"


def test_nobody_s_influence_makes_a_centre_from_nothing(portfolio: Portfolio) -> None:
    account = portfolio.account()
    portfolio.person(BOSS, account)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(marks.influence_centre(analysis, BOSS))[-1] == "So: influence centre, no"


def test_potential_is_spend_times_score_times_weight_and_adds_up_to_the_cent(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account(spend=Money(500 * TEN_THOUSAND, "CNY"))
    portfolio.person(BOSS, account, power=90)
    portfolio.assess(BOSS, 60, 60, 60)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(potential.potential(analysis)) == [
        "Closeness: CNY 5,000,000 × 60% × 0.333 = CNY 1,000,000.00",
        "Solution acceptance: CNY 5,000,000 × 60% × 0.333 = CNY 1,000,000.00",
        "Price acceptance: CNY 5,000,000 × 60% × 0.333 = CNY 1,000,000.00",
        "= CNY 3,000,000.00",
    ]


def test_a_potential_without_a_score_is_a_lower_bound_and_without_spend_unknown(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account(spend=Money(30_000, "CNY"))
    portfolio.person(BOSS, account, power=90)
    portfolio.assess(BOSS, 60)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    found = said(potential.potential(analysis))
    assert found[-1] == "≥ CNY 60.00"
    assert found[1].endswith("(unscored, so it adds nothing)")
    without = portfolio.account("Poor")
    poor = AccountAnalysis(portfolio.records(), without, TODAY)
    assert told(potential.potential(poor)).value == "not known"


def test_potentials_of_accounts_add_up_and_say_which_are_missing() -> None:
    known = Potential(Money(100, "CNY"), lower_bound=False)
    found = potential.potentials([("A", known), ("B", known)], "CNY")
    assert said(found) == ["A: CNY 1.00", "B: CNY 1.00", "= CNY 2.00"]
    bounded = Potential(Money(100, "CNY"), lower_bound=True)
    foreign = Potential(Money(100, "USD"), lower_bound=False)
    unknown = Potential(None, lower_bound=False)
    found = potential.potentials([("A", bounded), ("B", foreign), ("C", unknown)], "CNY")
    assert said(found) == [
        "A: CNY 1.00 (lower bound)",
        "C: – (no expected annual spend)",
        "≥ CNY 1.00",
    ]


def test_many_names_of_a_band_are_counted_after_the_twelfth(portfolio: Portfolio) -> None:
    account = portfolio.account()
    for n in range(14):
        portfolio.person(f"p{n:02}", account, power=50)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(scores.key_person_bands(analysis))[3].endswith("p11 and 2 more)")


def test_a_rule_sentence_says_the_numbers_in_force() -> None:
    rules = Rules(veto_power=85, opening_tie_strength=35)
    assert "85" in str(rule_words.power(rules))
    assert "35" in str(rule_words.opening(rules))
    assert len(rule_words.definitions(rules)) == 16


def test_sums_as_json_have_the_words_of_the_text(
    portfolio: Portfolio, hierarchy: AccountId
) -> None:
    analysis = AccountAnalysis(portfolio.records(), hierarchy, TODAY)
    for one, plain in zip(
        of_account(analysis), plain_sums(list(of_account(analysis))), strict=True
    ):
        assert plain["text"] == told(one).text
        assert all(str(part) in told(one).text for part in (plain["title"], plain["rule"]))


def test_numbers_in_sentences_read_plainly_in_a_log() -> None:
    assert str(Numeral(Fraction(1, 2))) == "0.5"
    assert str(FullAmount(Money(5, "CNY"))) == "5 CNY"
