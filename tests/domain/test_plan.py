"""What an account plan says: its figures over time, whom to work on, and what is under way."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.plan import PlanContent, account_plan, change_over, score_trend
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Action,
    ActionState,
    Dimension,
    Outcome,
    PersonId,
    ProjectType,
    ProjectTypeId,
    Role,
    Stance,
    TeamFunction,
    TeamMember,
    id_of,
)
from brm_desktop.domain.red_flags import RedFlagKind

CHIEF, SALES, CIO = (PersonId(name) for name in ("Chief", "Sales", "CIO"))


@pytest.fixture
def account(portfolio: Portfolio) -> AccountId:
    """Chief ← Sales, CIO: powers 100, 50, 50; nobody scored."""
    account = portfolio.account()
    portfolio.people(account, CHIEF, SALES, CIO)
    portfolio.reports(SALES, CHIEF)
    portfolio.reports(CIO, CHIEF)
    return account


def plan(portfolio: Portfolio, account: AccountId, year: int = TODAY.year) -> PlanContent:
    return account_plan(AccountAnalysis(portfolio.records(), account, TODAY), year)


def closeness(content: PlanContent) -> list[Fraction | None]:
    return [point.scores[Dimension.CLOSENESS].value for point in content.trend]


def team_member(
    portfolio: Portfolio,
    account: AccountId,
    name: str,
    function: TeamFunction,
    from_on: date | None = None,
    to_on: date | None = None,
) -> None:
    employee = portfolio.employee(name)
    portfolio.put(
        TeamMember(
            id=id_of(TeamMember, account, employee, function),
            account=account,
            employee=employee,
            function=function,
            from_on=from_on,
            to_on=to_on,
        )
    )


def test_an_empty_account_has_a_plan_that_says_nothing(portfolio: Portfolio) -> None:
    content = plan(portfolio, portfolio.account("Nobody"))
    assert content.plan is None
    assert (content.priorities, content.red_flags, content.people) == ((), (), ())
    assert (content.live, content.history, content.routes) == ((), (), ())
    assert (content.team, content.actions, content.stances) == ((), (), {})
    assert closeness(content) == [None] * 13


def test_the_plan_of_the_year_is_shown_and_no_others(
    portfolio: Portfolio, account: AccountId
) -> None:
    for year in (2026, 2027):
        key = id_of(AccountPlan, account, year)
        portfolio.put(AccountPlan(id=key, account=account, year=year, goal=f"goal of {year}"))
    found = plan(portfolio, account, 2027).plan
    assert found is not None
    assert found.goal == "goal of 2027"
    assert plan(portfolio, account, 2025).plan is None


def test_the_trend_is_of_twelve_month_ends_and_today(
    portfolio: Portfolio, account: AccountId
) -> None:
    days = [point.on for point in plan(portfolio, account).trend]
    assert days[:2] == [date(2025, 3, 31), date(2025, 4, 30)]
    assert days[-2:] == [date(2026, 2, 28), TODAY]
    assert len(days) == 13


def test_the_trend_reads_back_what_was_known_on_each_day_by_todays_weights(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.assess(CHIEF, 40, on=date(2025, 12, 31))
    portfolio.assess(SALES, 70, on=date(2026, 2, 1))
    portfolio.assess(CHIEF, 55, on=date(2026, 3, 1))
    values = closeness(plan(portfolio, account))
    assert values[:9] == [None] * 9
    assert values[9:] == [40, 40, 50, 60]


def test_a_score_moved_from_its_first_known_value_to_today(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.assess(CHIEF, 60, 30, on=date(2025, 12, 31))
    portfolio.assess(CHIEF, 45, on=date(2026, 3, 1))
    portfolio.assess(CHIEF, price=80)
    trend = plan(portfolio, account).trend
    assert change_over(trend, Dimension.CLOSENESS) == -15
    assert change_over(trend, Dimension.SOLUTION) == 0
    assert change_over(trend, Dimension.PRICE) is None


def test_a_trend_may_be_of_fewer_months(portfolio: Portfolio, account: AccountId) -> None:
    analysis = AccountAnalysis(portfolio.records(), account, date(2024, 3, 1))
    assert [point.on for point in score_trend(analysis, 1)] == [
        date(2024, 2, 29),
        date(2024, 3, 1),
    ]


def test_priorities_are_the_three_best_targets_of_live_chains_each_once(
    portfolio: Portfolio, account: AccountId
) -> None:
    small, large = portfolio.project(account, "Small"), portfolio.project(account, "Large")
    portfolio.member(small, SALES, Role.APPROVER, stance=Stance.NEUTRAL)
    for person, role in ((CHIEF, Role.APPROVER), (SALES, Role.USER), (CIO, Role.APPROVER)):
        portfolio.member(large, person, role, stance=Stance.NEUTRAL)
    portfolio.member(portfolio.project(account, "Past", Outcome.WON), CHIEF, Role.APPROVER)
    found = plan(portfolio, account).priorities
    assert [(one.person, one.gain) for one in found] == [
        (SALES, 50),
        (CIO, Fraction(150, 7)),
        (CHIEF, Fraction(150, 7)),
    ]
    assert str(found[0].text) == "Win Sales, now neutral"


def test_priorities_of_equal_gain_come_by_name(portfolio: Portfolio, account: AccountId) -> None:
    project = portfolio.project(account)
    for person, name in ((CHIEF, "B"), (SALES, "C"), (CIO, "A")):
        portfolio.revise(person, name=name)
        portfolio.member(project, person, Role.USER, stance=Stance.ENEMY)
    found = plan(portfolio, account).priorities
    assert [str(one.text) for one in found] == [
        "Win A, now enemy",
        "Win B, now enemy",
        "Win C, now enemy",
    ]


def test_where_chains_name_too_few_unscored_key_people_are_priorities_most_important_first(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(SALES, placeholder=True)
    portfolio.assess(CIO, 50)
    found = plan(portfolio, account).priorities
    assert [one.person for one in found] == [CHIEF, SALES]
    assert not any(one.gain for one in found)
    assert str(found[0].text) == "nobody has scored how close we are: find out"
    assert str(found[1].text) == "Find out who Sales is"


def test_a_target_of_a_chain_is_no_second_priority_for_being_unscored(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.member(portfolio.project(account), CIO, Role.USER, stance=Stance.NEUTRAL)
    found = plan(portfolio, account).priorities
    assert [one.person for one in found] == [CIO, CHIEF, SALES]


def test_red_flags_of_all_live_chains_come_by_kind_each_once(
    portfolio: Portfolio, account: AccountId
) -> None:
    for name in ("One", "Two"):
        project = portfolio.project(account, name)
        portfolio.member(project, CIO, Role.DECISION_MAKER, stance=Stance.NEUTRAL, veto=True)
    found = plan(portfolio, account).red_flags
    kinds = list(RedFlagKind)
    assert [kinds.index(flag.kind) for flag in found] == sorted(
        kinds.index(flag.kind) for flag in found
    )
    assert [flag.person for flag in found if flag.kind is RedFlagKind.VETO_NOT_SUPPORTING] == [CIO]
    assert len([flag for flag in found if flag.kind is RedFlagKind.UNCOVERED_ROLE]) == 3


def test_stances_are_those_of_the_newest_live_chain_that_knows_them(
    portfolio: Portfolio, account: AccountId
) -> None:
    old = portfolio.project(account, "Old", starts_on=date(2025, 1, 1))
    new = portfolio.project(account, "New", starts_on=date(2026, 1, 1))
    lost = portfolio.project(account, "Lost", Outcome.LOST, starts_on=date(2026, 2, 1))
    for project, stance in ((old, Stance.ENEMY), (new, Stance.MENTOR), (lost, Stance.NEUTRAL)):
        portfolio.member(project, CHIEF, Role.APPROVER, stance=stance)
    portfolio.member(new, SALES, Role.USER)
    portfolio.member(old, SALES, Role.USER, stance=Stance.SUPPORTER)
    content = plan(portfolio, account)
    assert [entry.project.name for entry in content.live] == ["New", "Old"]
    assert content.stances == {CHIEF: Stance.MENTOR, SALES: Stance.SUPPORTER}


def test_history_is_a_grid_of_type_by_the_last_six_years(
    portfolio: Portfolio, account: AccountId
) -> None:
    line = portfolio.put(ProjectType(id=ProjectTypeId("line"), name="Production line")).id
    care = portfolio.put(ProjectType(id=ProjectTypeId("care"), name="Maintenance")).id
    for name, kind, outcome, fields in (
        ("a", line, Outcome.WON, {"starts_on": date(2024, 3, 1), "decided_on": date(2025, 1, 1)}),
        ("b", care, Outcome.LOST, {"starts_on": date(2021, 1, 1)}),
        ("c", care, Outcome.WON, {"starts_on": date(2026, 1, 1)}),
        ("d", care, Outcome.OPEN, {"starts_on": date(2026, 2, 1)}),
        ("too old", care, Outcome.WON, {"starts_on": date(2020, 12, 31)}),
        ("only decided", line, Outcome.NO_DECISION, {"decided_on": date(2025, 6, 1)}),
        ("never", line, Outcome.WON, {}),
        ("of no type", None, Outcome.WON, {"starts_on": date(2025, 1, 1)}),
    ):
        portfolio.project(account, name, outcome, type=kind, **fields)
    content = plan(portfolio, account)
    assert content.history_years == (2021, 2022, 2023, 2024, 2025, 2026)
    grid = [(row.name, {year: row.outcomes(year) for year in row.years}) for row in content.history]
    assert grid == [
        ("Maintenance", {2021: (Outcome.LOST,), 2026: (Outcome.WON, Outcome.OPEN)}),
        ("Production line", {2024: (Outcome.WON,), 2025: (Outcome.NO_DECISION,)}),
    ]


def test_routes_lead_to_those_who_decide_live_projects_approvers_first(
    portfolio: Portfolio, account: AccountId
) -> None:
    project = portfolio.project(account)
    gone = portfolio.person("Gone", account, left_on=TODAY - timedelta(days=1))
    vacancy = portfolio.person("Vacancy", account, placeholder=True)
    elsewhere = portfolio.person("Elsewhere", portfolio.account("Parent"))
    for person in (SALES, gone, vacancy, elsewhere):
        portfolio.member(project, person, Role.DECISION_MAKER)
    portfolio.member(project, CIO, Role.USER, Role.APPROVER)
    portfolio.member(project, CHIEF, Role.EVALUATOR)
    portfolio.tie(portfolio.employee("Me"), SALES, 50)
    content = plan(portfolio, account)
    assert [reading.target for reading in content.routes] == [CIO, SALES]
    assert [route.value for route in content.routes[1].routes] == [Fraction(1, 2)]


def test_where_nobody_decides_routes_lead_to_the_power_centres(
    portfolio: Portfolio, account: AccountId
) -> None:
    assert [reading.target for reading in plan(portfolio, account).routes] == [CHIEF]


def test_routes_are_shown_to_six_at_most(portfolio: Portfolio, account: AccountId) -> None:
    project = portfolio.project(account)
    for person in portfolio.people(account, *"abcdefgh"):
        portfolio.member(project, person, Role.APPROVER)
    assert [reading.target for reading in plan(portfolio, account).routes] == list("abcdef")


def test_the_team_is_who_is_on_it_today_or_will_be_by_function_then_by_name(
    portfolio: Portfolio, account: AccountId
) -> None:
    yesterday = TODAY - timedelta(days=1)
    team_member(portfolio, account, "Zoe", TeamFunction.PRE_SALES)
    team_member(portfolio, account, "Ann", TeamFunction.PRE_SALES, to_on=TODAY)
    team_member(portfolio, account, "Bob", TeamFunction.FINANCE, from_on=TODAY + timedelta(days=9))
    team_member(portfolio, account, "Was here", TeamFunction.SPONSOR, to_on=yesterday)
    team_member(portfolio, account, "Retired", TeamFunction.MARKETING)
    team_member(portfolio, account, "Max", TeamFunction.ACCOUNT_MANAGER)
    portfolio.revise("Retired", left_on=yesterday)
    found = plan(portfolio, account).team
    assert [member.employee for member in found] == ["Max", "Ann", "Zoe", "Bob"]


def test_a_team_member_who_is_not_there_is_left_out(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.put(TeamMember(id="team", account=account, employee=PersonId("nobody")))
    assert plan(portfolio, account).team == ()


def test_open_actions_come_by_their_day_those_without_one_last(
    portfolio: Portfolio, account: AccountId
) -> None:
    for text, due, state in (
        ("some day", None, ActionState.OPEN),
        ("later", TODAY + timedelta(days=9), ActionState.OPEN),
        ("overdue", TODAY - timedelta(days=9), ActionState.OPEN),
        ("done", TODAY, ActionState.DONE),
        ("cancelled", TODAY, ActionState.CANCELLED),
    ):
        portfolio.put(Action(id=text, account=account, text=text, due=due, state=state))
    found = plan(portfolio, account).actions
    assert [action.text for action in found] == ["overdue", "later", "some day"]


def test_people_are_the_key_persons_most_important_first(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.person("Clerk", account, power=10)
    assert [person.id for person in plan(portfolio, account).people] == [CHIEF, CIO, SALES]
