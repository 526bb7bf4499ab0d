"""Domain rule §8: what the odds may not exceed, and what lifts them."""

from __future__ import annotations

import pytest
from building import TODAY, Portfolio
from worked_chain import (
    B1,
    CIO,
    GM,
    corrections,
    read,
    rounded,
    worked_chain,
)

from brm_desktop.domain.odds import ReasonKind, chain_reading
from brm_desktop.domain.records import AccountId, ProjectId, Role, Stance
from brm_desktop.domain.rules import Rules


@pytest.fixture
def project(portfolio: Portfolio, account: AccountId) -> ProjectId:
    return worked_chain(portfolio, account)


def test_a_neutral_veto_holder_caps_the_odds_at_60_with_a_reason_of_minus_818(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.revise(B1, veto=True)
    found = read(portfolio, project)
    assert found.odds == 60
    assert corrections(found) == [(ReasonKind.CAP, -8.18)]
    assert found.reasons[-1].person == B1
    assert str(found.reasons[-1].text) == "B1总监 holds a veto, stance neutral: at most 60"


@pytest.mark.parametrize(
    ("stance", "limit"),
    [
        (Stance.ENEMY, 20),
        (Stance.NON_SUPPORTER, 20),
        (Stance.NEUTRAL, 60),
        (Stance.UNKNOWN, 60),
        (Stance.SUPPORTER, None),
        (Stance.MENTOR, None),
    ],
)
def test_a_veto_holder_against_us_caps_at_20_an_undecided_one_at_60(
    portfolio: Portfolio, project: ProjectId, stance: Stance, limit: int | None
) -> None:
    portfolio.member(project, B1, Role.EVALUATOR, stance=stance, veto=True)
    limits = [cap.limit for cap in read(portfolio, project).caps]
    assert limits == ([] if limit is None else [limit])


def test_a_veto_of_this_chain_stands_before_the_persons_own_mark(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.revise(B1, veto=True)
    portfolio.member(project, B1, Role.EVALUATOR, stance=Stance.NEUTRAL, veto=False)
    assert read(portfolio, project).caps == ()


def test_a_veto_holder_without_a_role_caps_too(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    outsider = portfolio.person("Finance", account, veto=True)
    portfolio.member(project, outsider)
    found = read(portfolio, project)
    assert found.odds == 60
    assert rounded(found.uncapped) == 68.18
    assert str(found.caps[0].reason) == "Finance holds a veto, stance unknown: at most 60"


def test_the_lowest_cap_wins_and_all_that_hold_are_said(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.revise(B1, veto=True)
    portfolio.member(project, CIO, Role.USER, stance=Stance.ENEMY, veto=True)
    found = read(portfolio, project)
    assert [cap.limit for cap in found.caps] == [20, 60, 60]
    assert found.odds == 20
    assert str(found.caps[2].reason) == "No decision maker is known: at most 60"


@pytest.mark.parametrize("role", [Role.APPROVER, Role.DECISION_MAKER])
def test_a_deciding_role_held_only_by_a_placeholder_or_by_who_left_caps_at_60(
    portfolio: Portfolio, project: ProjectId, role: Role
) -> None:
    holder = GM if role is Role.APPROVER else CIO
    portfolio.revise(holder, placeholder=True)
    caps = read(portfolio, project).caps
    assert [(cap.limit, str(cap.reason)) for cap in caps] == [
        (60, f"The {role.label} is only a placeholder: at most 60")
    ]
    portfolio.revise(holder, placeholder=False, left_on=TODAY)
    caps = read(portfolio, project).caps
    assert [str(cap.reason) for cap in caps] == [f"No {role.label} is known: at most 60"]


def test_a_placeholder_beside_a_known_holder_caps_nothing(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    unknown = portfolio.person("unknown CFO", account, placeholder=True)
    portfolio.member(project, unknown, Role.APPROVER)
    assert read(portfolio, project).caps == ()


def test_a_competitor_20_ahead_on_a_crucial_person_of_the_chain_caps_at_70(
    portfolio: Portfolio, project: ProjectId
) -> None:
    rival = portfolio.competitor("Rival")
    portfolio.revise(CIO, power=90)
    portfolio.assess(CIO, 50)
    portfolio.assess(CIO, 69, toward=rival)
    assert read(portfolio, project).caps == ()
    portfolio.assess(CIO, 70, toward=rival)
    caps = read(portfolio, project).caps
    assert [(cap.limit, cap.person, str(cap.reason)) for cap in caps] == [
        (70, CIO, "Rival is at 70 with CIO, we are at 50: at most 70")
    ]


def test_ours_unscored_is_taken_as_0_against_a_competitor_and_said_so(
    portfolio: Portfolio, project: ProjectId
) -> None:
    zhao = portfolio.person("Zhao", portfolio.competitor("Rival"))
    portfolio.tie(zhao, CIO, 20)
    portfolio.revise(CIO, crucial=True)
    caps = read(portfolio, project).caps
    assert [str(cap.reason) for cap in caps] == [
        "Rival is at 20 with CIO, we are unscored and taken as 0: at most 70"
    ]


def test_a_competitor_ahead_on_someone_not_crucial_or_not_on_this_chain_caps_nothing(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    rival = portfolio.competitor("Rival")
    portfolio.assess(CIO, 99, toward=rival)
    portfolio.assess(portfolio.person("Chairman", account, power=100), 99, toward=rival)
    assert read(portfolio, project).caps == ()


def test_a_veto_by_this_chain_makes_crucial_unless_the_user_says_not(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.member(project, CIO, Role.DECISION_MAKER, stance=Stance.SUPPORTER, veto=True)
    crucial = {member.person: member.crucial for member in read(portfolio, project).members}
    assert crucial[CIO]
    portfolio.revise(CIO, crucial=False)
    crucial = {member.person: member.crucial for member in read(portfolio, project).members}
    assert not crucial[CIO]


def test_the_largest_lead_of_several_competitors_counts(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.revise(CIO, crucial=True)
    portfolio.assess(CIO, 30, toward=portfolio.competitor("A"))
    portfolio.assess(CIO, 40, toward=portfolio.competitor("B"))
    portfolio.assess(CIO, 90, toward=portfolio.organisation("Customer"))
    portfolio.assess(CIO, 15)
    found = read(portfolio, project)
    member = next(member for member in found.members if member.person == CIO)
    assert member.competitor is not None
    assert (member.competitor.organisation.name, member.lead) == ("B", 25)


def test_a_sole_approver_for_us_lifts_the_odds_to_60(
    portfolio: Portfolio, account: AccountId
) -> None:
    project = portfolio.project(account, "Small")
    owner = portfolio.person("Owner", account, sole_approver=True)
    portfolio.member(project, owner, Role.INFLUENCER, stance=Stance.SUPPORTER)
    for number in range(3):
        person = portfolio.person(f"Against {number}", account)
        portfolio.member(project, person, Role.EVALUATOR, stance=Stance.ENEMY)
    found = read(portfolio, project)
    assert rounded(found.uncapped) == 10.71
    assert found.odds == 60
    assert corrections(found) == [(ReasonKind.FLOOR, 49.29)]
    assert str(found.reasons[-1].text) == "Owner alone can approve, stance supporter: at least 60"


def test_the_floor_is_laid_after_the_caps(portfolio: Portfolio, project: ProjectId) -> None:
    rules = Rules(empty_role_cap=30)
    portfolio.member(project, GM, Role.USER, stance=Stance.MENTOR, sole_approver=True)
    found = chain_reading(portfolio.records(), project, TODAY, rules)
    assert found.odds == 60
    assert found.uncapped is not None
    assert corrections(found) == [(ReasonKind.CAP, rounded(60 - found.uncapped))]


def test_a_veto_cap_takes_the_floor_away(portfolio: Portfolio, project: ProjectId) -> None:
    portfolio.revise(CIO, sole_approver=True)
    portfolio.member(project, B1, Role.EVALUATOR, stance=Stance.ENEMY, veto=True)
    assert read(portfolio, project).odds == 20


def test_a_sole_approver_who_is_neutral_lays_no_floor(
    portfolio: Portfolio, account: AccountId
) -> None:
    project = portfolio.project(account, "Small")
    owner = portfolio.person("Owner", account, sole_approver=True)
    portfolio.member(project, owner, Role.APPROVER, Role.DECISION_MAKER, stance=Stance.NEUTRAL)
    assert read(portfolio, project).odds == 50
