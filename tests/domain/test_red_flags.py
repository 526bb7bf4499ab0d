"""Domain rule §8: what about a chain needs attention."""

from __future__ import annotations

from datetime import timedelta

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.odds import RedFlagKind, chain_reading
from brm_desktop.domain.records import AccountId, PersonId, ProjectId, Role, Stance
from brm_desktop.domain.rules import Rules

APPROVER, DECIDER, EVALUATOR, USER = (
    PersonId(name) for name in ("Approver", "Decider", "Evaluator", "User")
)


@pytest.fixture
def project(portfolio: Portfolio, account: AccountId) -> ProjectId:
    """A full chain of supporters, nobody crucial: no red flag at all."""
    project = portfolio.project(account)
    portfolio.people(account, APPROVER, DECIDER, EVALUATOR, USER)
    for person, role in zip((APPROVER, DECIDER, EVALUATOR, USER), Role, strict=False):
        portfolio.member(project, person, role, stance=Stance.SUPPORTER)
    return project


def flags(portfolio: Portfolio, project: ProjectId) -> list[tuple[RedFlagKind, str | None, str]]:
    found = chain_reading(portfolio.records(), project, TODAY, Rules()).red_flags
    return [(flag.kind, flag.person, str(flag.text)) for flag in found]


def in_touch(portfolio: Portfolio, account: AccountId, person: PersonId) -> None:
    """Two of us met someone yesterday, and he is scored."""
    portfolio.met(
        account,
        TODAY - timedelta(days=1),
        person,
        portfolio.employee("Ann"),
        portfolio.employee("Bob"),
    )
    portfolio.assess(person, 60)


def test_a_full_chain_of_supporters_raises_no_flag(
    portfolio: Portfolio, project: ProjectId
) -> None:
    assert flags(portfolio, project) == []


def test_each_of_the_four_roles_that_nobody_holds_is_flagged(
    portfolio: Portfolio, account: AccountId
) -> None:
    empty = portfolio.project(account, "Empty")
    assert flags(portfolio, empty) == [
        (RedFlagKind.UNCOVERED_ROLE, None, f"No {role} is known")
        for role in ("approver", "decision maker", "evaluator", "user")
    ]


@pytest.mark.parametrize(
    ("stance", "text"),
    [
        (Stance.ENEMY, "User holds a veto, stance enemy"),
        (Stance.NEUTRAL, "User holds a veto, stance neutral"),
        (Stance.UNKNOWN, "User holds a veto, stance unknown"),
    ],
)
def test_a_veto_holder_who_does_not_support_us_is_flagged(
    portfolio: Portfolio, account: AccountId, project: ProjectId, stance: Stance, text: str
) -> None:
    in_touch(portfolio, account, USER)
    portfolio.member(project, USER, Role.USER, stance=stance, veto=True)
    assert flags(portfolio, project) == [(RedFlagKind.VETO_NOT_SUPPORTING, USER, text)]


def test_a_crucial_person_without_any_score_is_flagged(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    portfolio.revise(DECIDER, crucial=True)
    portfolio.met(account, TODAY, DECIDER, portfolio.employee("Ann"), portfolio.employee("Bob"))
    assert flags(portfolio, project) == [
        (RedFlagKind.CRUCIAL_UNSCORED, DECIDER, "Decider is crucial and unscored")
    ]


def test_a_crucial_person_is_stale_when_even_the_newest_score_is(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    portfolio.revise(DECIDER, crucial=True)
    portfolio.met(account, TODAY, DECIDER, portfolio.employee("Ann"), portfolio.employee("Bob"))
    portfolio.assess(DECIDER, 50, 50, on=TODAY - timedelta(days=93))
    assert flags(portfolio, project) == [
        (RedFlagKind.CRUCIAL_STALE, DECIDER, "Decider is crucial and was scored long ago")
    ]
    portfolio.assess(DECIDER, price=50, on=TODAY - timedelta(days=92))
    assert flags(portfolio, project) == []


def test_a_crucial_person_silent_for_30_days_is_flagged(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    portfolio.revise(DECIDER, crucial=True)
    portfolio.assess(DECIDER, 50)
    both = (portfolio.employee("Ann"), portfolio.employee("Bob"))
    assert flags(portfolio, project) == [
        (RedFlagKind.CRUCIAL_SILENT, DECIDER, "Decider is crucial and no contact is recorded")
    ]
    portfolio.met(account, TODAY + timedelta(days=1), DECIDER, *both)
    portfolio.met(account, TODAY - timedelta(days=30), DECIDER, *both)
    assert flags(portfolio, project) == [
        (RedFlagKind.CRUCIAL_SILENT, DECIDER, "Decider is crucial and silent for 30 days")
    ]
    portfolio.met(account, TODAY - timedelta(days=29), DECIDER, *both)
    assert flags(portfolio, project) == []


def test_a_single_thread_is_flagged_when_only_one_of_us_is_in_contact(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    ann, bob = portfolio.employee("Ann"), portfolio.employee("Bob")
    gone = portfolio.employee("Gone", left_on=TODAY)
    zhao = portfolio.person("Zhao", portfolio.competitor("Rival"))
    for someone in (ann, gone, zhao, PersonId("nobody")):
        portfolio.tie(someone, USER, 30)
    assert flags(portfolio, project) == [
        (RedFlagKind.SINGLE_THREAD, ann, "Only Ann of us is in contact")
    ]
    portfolio.met(account, TODAY, bob, APPROVER)
    assert flags(portfolio, project) == []


def test_a_competitor_closer_to_a_crucial_person_is_flagged_by_any_lead(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    rival = portfolio.competitor("Rival")
    in_touch(portfolio, account, DECIDER)
    portfolio.revise(DECIDER, crucial=True)
    portfolio.assess(DECIDER, 60, toward=rival)
    assert flags(portfolio, project) == []
    portfolio.assess(DECIDER, 61, toward=rival)
    assert flags(portfolio, project) == [
        (RedFlagKind.COMPETITOR_CLOSER, DECIDER, "Rival is at 61 with Decider, we are at 60")
    ]


def test_a_competitor_closer_to_someone_we_have_not_scored_says_so(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    rival = portfolio.competitor("Rival")
    portfolio.revise(DECIDER, crucial=True)
    portfolio.assess(DECIDER, solution=60)
    portfolio.met(account, TODAY, DECIDER, portfolio.employee("Ann"), portfolio.employee("Bob"))
    portfolio.assess(DECIDER, 10, toward=rival)
    assert flags(portfolio, project) == [
        (RedFlagKind.COMPETITOR_CLOSER, DECIDER, "Rival is at 10 with Decider, we are unscored")
    ]


def test_someone_who_left_is_flagged_and_his_role_is_uncovered(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.revise(USER, left_on=TODAY, crucial=True, veto=True)
    assert flags(portfolio, project) == [
        (RedFlagKind.UNCOVERED_ROLE, None, "No user is known"),
        (RedFlagKind.LEFT, USER, "User has left"),
    ]


def test_a_placeholder_in_a_deciding_role_is_flagged_and_in_another_is_not(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.revise(APPROVER, placeholder=True)
    portfolio.revise(USER, placeholder=True)
    assert flags(portfolio, project) == [
        (
            RedFlagKind.PLACEHOLDER,
            APPROVER,
            "The approver is only a placeholder: Approver",
        )
    ]
