"""Which accounts screening suggests to exclude or to confirm, and why (rule §9)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    AccountId,
    Outcome,
    PersonId,
    ProjectId,
    ProjectType,
    ProjectTypeId,
    Role,
    Stance,
)
from brm_desktop.domain.screening import Screening, Suggestion, screening_of

WANTED = ProjectType(id=ProjectTypeId("core"), name="Core system", wanted=True)
OTHER = ProjectType(id=ProjectTypeId("other"), name="Something else")


@pytest.fixture
def boss(portfolio: Portfolio, account: AccountId) -> PersonId:
    portfolio.put(WANTED)
    portfolio.put(OTHER)
    return portfolio.person("Boss", account, power=100)


def screened(portfolio: Portfolio) -> Screening:
    return screening_of(AccountAnalysis(portfolio.records(), AccountId("account Acme"), TODAY))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days)


def project(
    portfolio: Portfolio, started: date | None, kind: ProjectType = WANTED, **fields: object
) -> ProjectId:
    account = AccountId("account Acme")
    name = f"{kind.name} {started} {len(fields)}"
    key = portfolio.project(account, name, type=kind.id, starts_on=started)
    portfolio.revise(key, **fields)
    return key


def test_an_account_nobody_is_close_to_and_nothing_wanted_came_from_is_to_be_excluded(
    portfolio: Portfolio, boss: PersonId
) -> None:
    portfolio.assess(boss, closeness=59, solution=60)
    found = screened(portfolio)
    assert found.suggestion is Suggestion.EXCLUDE
    assert (found.best, found.best_mean) == ("Boss", Fraction(119, 2))
    assert [str(reason) for reason in found.reasons] == [
        "No key person's mean score is 60 or more; the highest is Boss with 60",
        "No project of a wanted type in 5 years",
    ]


@pytest.mark.usefixtures("boss")
def test_an_account_without_any_score_or_project_is_to_be_excluded(portfolio: Portfolio) -> None:
    found = screened(portfolio)
    assert found.suggestion is Suggestion.EXCLUDE
    assert str(found.reasons[0]) == "No key person has a score"
    assert found.best is None


def test_the_mean_is_of_known_dimensions_and_one_key_person_is_enough(
    portfolio: Portfolio, account: AccountId, boss: PersonId
) -> None:
    portfolio.assess(boss, closeness=10)
    friend = portfolio.person("Friend", account, power=50)
    portfolio.assess(friend, price=60)
    portfolio.assess(portfolio.person("Less", account, power=40), price=50)
    found = screened(portfolio)
    assert found.suggestion is None
    assert (found.best, found.best_mean) == ("Friend", Fraction(60))
    assert "at least 60" in str(found.reasons[0])


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize(
    ("started", "fields"),
    [
        (days_ago(5 * 365), {}),
        (days_ago(-400), {}),
        (None, {}),
        (None, {"decided_on": days_ago(100)}),
        (days_ago(100), {"outcome": Outcome.NOT_PURSUED}),
    ],
)
def test_a_wanted_project_of_five_years_or_without_a_date_keeps_an_account(
    portfolio: Portfolio, started: date | None, fields: dict[str, Any]
) -> None:
    project(portfolio, started, **fields)
    found = screened(portfolio)
    assert found.suggestion is None
    assert str(found.reasons[0]) == "A project of a wanted type in the last 5 years"


@pytest.mark.usefixtures("boss")
def test_older_projects_those_of_other_types_and_of_none_do_not(portfolio: Portfolio) -> None:
    project(portfolio, days_ago(5 * 366 + 1))
    project(portfolio, days_ago(10), OTHER)
    portfolio.project(AccountId("account Acme"), "typeless", starts_on=days_ago(10))
    assert screened(portfolio).suggestion is Suggestion.EXCLUDE


@pytest.mark.usefixtures("boss")
def test_a_wanted_type_in_two_of_three_years_confirms(portfolio: Portfolio) -> None:
    project(portfolio, days_ago(30))
    project(portfolio, days_ago(400))
    found = screened(portfolio)
    assert found.suggestion is Suggestion.CONFIRM
    assert str(found.reasons[0]) == (
        f"Core system in 2 of the last 3 years, last on {days_ago(30)}"
    )


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("ago", [(30, 60), (30, 3 * 366 + 1), (30, -30), (3 * 366 + 1, 4 * 366)])
def test_twice_in_a_year_long_ago_or_to_come_does_not(
    portfolio: Portfolio, ago: tuple[int, int]
) -> None:
    for days in ago:
        project(portfolio, days_ago(days))
    assert screened(portfolio).suggestion is None


@pytest.mark.usefixtures("boss")
def test_two_types_once_each_do_not_confirm(portfolio: Portfolio) -> None:
    portfolio.put(ProjectType(id=ProjectTypeId("more"), name="More", wanted=True))
    project(portfolio, days_ago(30))
    portfolio.project(
        AccountId("account Acme"), "m", type=ProjectTypeId("more"), starts_on=days_ago(400)
    )
    found = screened(portfolio)
    assert found.suggestion is None
    assert [(one.name, one.years) for one in found.wanted] == [("Core system", 1), ("More", 1)]


def test_a_confirmed_account_lists_its_supporters(
    portfolio: Portfolio, account: AccountId, boss: PersonId
) -> None:
    old, new = project(portfolio, days_ago(400)), project(portfolio, days_ago(30))
    fan, former, gone = portfolio.people(account, "Fan", "Former", "Gone")
    portfolio.revise(gone, left_on=TODAY)
    portfolio.member(old, boss, Role.APPROVER, stance=Stance.MENTOR)
    portfolio.member(old, fan, Role.USER, stance=Stance.SUPPORTER)
    portfolio.member(old, former, Role.USER, stance=Stance.MENTOR)
    portfolio.member(new, former, Role.USER, stance=Stance.NEUTRAL)
    portfolio.member(new, gone, Role.USER, stance=Stance.MENTOR)
    portfolio.member(new, PersonId("nobody"), stance=Stance.MENTOR)
    found = screened(portfolio)
    assert [(one.name, one.stance) for one in found.supporters] == [
        ("Boss", Stance.MENTOR),
        ("Fan", Stance.SUPPORTER),
    ]
