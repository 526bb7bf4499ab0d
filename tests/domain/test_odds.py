"""Domain rule §8: the odds of a project, their reasons and targets."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st
from worked_chain import (
    ARCHITECT,
    B1,
    CIO,
    GM,
    SUPERVISOR,
    points,
    read,
    rounded,
    worked_chain,
)

from brm_desktop.domain.chain_members import person_value
from brm_desktop.domain.odds import ReasonKind, chain_reading
from brm_desktop.domain.records import (
    AccountId,
    ContactLevel,
    PersonId,
    ProjectId,
    Records,
    Role,
    Stance,
)
from brm_desktop.domain.rules import Rules

RULES = Rules()


@pytest.fixture
def project(portfolio: Portfolio, account: AccountId) -> ProjectId:
    return worked_chain(portfolio, account)


def test_two_neutral_two_supporters_and_a_mentor_have_odds_68_18_uncapped(
    portfolio: Portfolio, project: ProjectId
) -> None:
    found = read(portfolio, project)
    assert rounded(found.uncapped) == 68.18
    assert found.odds == found.uncapped == Fraction(750, 11)
    assert found.caps == ()


def test_their_points_are_0_0_682_909_and_227(portfolio: Portfolio, project: ProjectId) -> None:
    assert points(read(portfolio, project)) == {
        GM: 0,
        B1: 0,
        CIO: 6.82,
        ARCHITECT: 9.09,
        SUPERVISOR: 2.27,
    }


def test_reasons_come_by_their_effect(portfolio: Portfolio, project: ProjectId) -> None:
    found = read(portfolio, project)
    assert [reason.person for reason in found.reasons] == [ARCHITECT, CIO, SUPERVISOR, GM, B1]


def test_the_targets_are_the_two_neutral_ones_with_gains_1364_and_909(
    portfolio: Portfolio, project: ProjectId
) -> None:
    targets = read(portfolio, project).targets
    assert [(one.person, rounded(one.gain)) for one in targets] == [(GM, 13.64), (B1, 9.09)]
    assert [str(one.text) for one in targets] == [
        "Win 总经理, now neutral",
        "Win B1总监, now neutral",
    ]


def test_five_members_three_positive_two_neutral_have_exactly_these_two_as_targets(
    portfolio: Portfolio, project: ProjectId
) -> None:
    assert {one.person for one in read(portfolio, project).targets} == {GM, B1}


@pytest.mark.parametrize(
    ("stance", "scores", "q"),
    [
        (Stance.ENEMY, [], Fraction(0)),
        (Stance.NON_SUPPORTER, [], Fraction(1, 4)),
        (Stance.NEUTRAL, [], Fraction(1, 2)),
        (Stance.SUPPORTER, [], Fraction(3, 4)),
        (Stance.MENTOR, [], Fraction(1)),
        (Stance.UNKNOWN, [40, 60], Fraction(1, 2)),
        (Stance.UNKNOWN, [0], Fraction(0)),
        (Stance.SUPPORTER, [55], Fraction(13, 20)),
        (Stance.MENTOR, [70, 50, 30], Fraction(3, 4)),
        (Stance.UNKNOWN, [], None),
    ],
)
def test_a_persons_value_is_the_mean_of_stance_and_known_scores_either_alone(
    stance: Stance, scores: list[int], q: Fraction | None
) -> None:
    assert person_value(stance, scores, RULES) == q


def test_what_a_stance_is_worth_is_a_number_of_the_rules() -> None:
    rules = Rules(stance_values={**RULES.stance_values, Stance.NEUTRAL: Fraction(1, 3)})
    assert person_value(Stance.NEUTRAL, [], rules) == Fraction(1, 3)
    assert person_value(Stance.UNKNOWN, [50], rules) == Fraction(1, 2)


def test_someone_of_whom_nothing_is_known_counts_a_half_and_is_flagged(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    stranger = portfolio.person("Stranger", account)
    portfolio.member(project, stranger, Role.USER, contact=ContactLevel.BRIEF)
    found = read(portfolio, project)
    member = next(member for member in found.members if member.person == stranger)
    assert (member.q, member.guessed, member.contact) == (Fraction(1, 2), True, ContactLevel.BRIEF)
    texts = {reason.person: str(reason.text) for reason in found.reasons}
    assert texts[stranger] == "Stranger, user: nothing known yet, taken as even"
    targets = {target.person: str(target.text) for target in found.targets}
    assert targets[stranger] == "Find out where Stranger stands"


def test_reasons_name_the_stance_and_the_mean_of_the_known_scores(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.assess(CIO, 80, 70, 61)
    portfolio.member(project, GM, Role.APPROVER)
    portfolio.assess(GM, 40)
    texts = {reason.person: str(reason.text) for reason in read(portfolio, project).reasons}
    assert texts[CIO] == "CIO, decision maker: supporter, mean score 70.3"
    assert texts[GM] == "总经理, approver: stance unknown, mean score 40.0"
    assert texts[ARCHITECT] == "架构师, evaluator: mentor"


def test_a_person_of_several_roles_counts_once_with_the_heaviest(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.member(
        project, SUPERVISOR, Role.USER, Role.APPROVER, Role.EVALUATOR, stance=Stance.SUPPORTER
    )
    member = next(m for m in read(portfolio, project).members if m.person == SUPERVISOR)
    assert (member.role, member.weight) == (Role.APPROVER, 30)
    assert member.roles == (Role.USER, Role.APPROVER, Role.EVALUATOR)


def test_without_a_member_of_weight_the_odds_are_unknown(
    portfolio: Portfolio, account: AccountId
) -> None:
    project = portfolio.project(account, "Empty")
    portfolio.member(project, portfolio.person("Bystander", account), stance=Stance.MENTOR)
    found = read(portfolio, project)
    assert (found.odds, found.uncapped, found.reasons, found.caps) == (None, None, (), ())
    assert found.targets == ()
    assert found.red_flags


def test_a_member_without_a_role_moves_nothing(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    before = read(portfolio, project)
    portfolio.member(project, portfolio.person("Bystander", account), stance=Stance.ENEMY)
    after = read(portfolio, project)
    assert (after.odds, after.reasons, after.targets) == (
        before.odds,
        before.reasons,
        before.targets,
    )


def test_a_member_who_left_counts_nowhere(portfolio: Portfolio, project: ProjectId) -> None:
    portfolio.revise(B1, left_on=TODAY, veto=True)
    found = read(portfolio, project)
    assert found.odds == Fraction(100 * (15 + Fraction(45, 2) + 20 + Fraction(15, 2)), 90)
    assert {reason.person for reason in found.reasons} == {GM, CIO, ARCHITECT, SUPERVISOR}
    assert [target.person for target in found.targets] == [GM]
    assert [m.left for m in found.members if m.person == B1] == [True]


def test_a_placeholder_is_a_target_to_find_out(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    unknown = portfolio.person("unknown CFO", account, placeholder=True)
    portfolio.member(project, unknown, Role.APPROVER)
    texts = {target.person: str(target.text) for target in read(portfolio, project).targets}
    assert texts[unknown] == "Find out who unknown CFO is"
    portfolio.revise(unknown, name="", title="CFO")
    assert str(read(portfolio, project).targets[0].text) == "Find out who CFO is"


def test_a_member_whose_person_is_missing_is_left_out(
    portfolio: Portfolio, project: ProjectId
) -> None:
    before = read(portfolio, project)
    portfolio.member(project, PersonId("nobody"), Role.APPROVER, stance=Stance.ENEMY)
    assert read(portfolio, project) == before


def test_members_come_by_role_then_by_name(portfolio: Portfolio, project: ProjectId) -> None:
    portfolio.member(project, portfolio.person("A", portfolio.account("Other")))
    names = [member.name for member in read(portfolio, project).members]
    assert names == ["总经理", "CIO", "B1总监", "架构师", "主管", "A"]


def random_chain(seed: int) -> tuple[Portfolio, ProjectId]:
    chance = random.Random(seed)
    portfolio = Portfolio()
    account = portfolio.account()
    project = portfolio.project(account)
    rival = portfolio.competitor("Rival")
    answers = [None, None, None, True, False]
    for number in range(chance.randrange(9)):
        person = portfolio.person(
            f"p{number}",
            account,
            power=chance.choice([None, 10, 75]),
            veto=chance.choice(answers),
            sole_approver=chance.choice(answers),
            placeholder=chance.random() < 0.1,
            left_on=TODAY if chance.random() < 0.1 else None,
        )
        if chance.random() < 0.5:
            portfolio.assess(
                person,
                chance.choice([None, chance.randrange(101)]),
                chance.choice([None, chance.randrange(101)]),
                chance.choice([None, chance.randrange(101)]),
            )
        if chance.random() < 0.3:
            portfolio.assess(person, chance.randrange(101), toward=rival)
        portfolio.member(
            project,
            person,
            *chance.sample(list(Role), chance.randrange(3)),
            stance=chance.choice(list(Stance)),
            veto=chance.choice(answers),
        )
    return portfolio, project


@given(st.integers(0, 10**6))
def test_50_and_the_points_of_members_make_the_uncapped_odds_and_with_the_cap_the_odds(
    seed: int,
) -> None:
    found = read(*random_chain(seed))
    if found.odds is None or found.uncapped is None:
        assert found.odds is found.uncapped
        return
    members = [r.points for r in found.reasons if r.kind is ReasonKind.MEMBER]
    assert 50 + sum(members) == found.uncapped
    assert 50 + sum(reason.points for reason in found.reasons) == found.odds
    assert 0 <= found.odds <= 100


@given(st.integers(0, 10**6))
def test_the_order_of_records_never_changes_a_reading(seed: int) -> None:
    portfolio, project = random_chain(seed)
    shuffled = list(portfolio.records())
    random.Random(seed).shuffle(shuffled)
    found = chain_reading(Records(shuffled), project, TODAY, RULES)
    assert found == read(portfolio, project)


@given(st.integers(0, 10**6))
def test_odds_keep_to_every_cap_unless_the_floor_lifts_them(seed: int) -> None:
    found = read(*random_chain(seed))
    if found.odds is not None:
        lowest = min([100, *(cap.limit for cap in found.caps)])
        assert found.odds <= max(lowest, RULES.sole_approver_floor)
        if any(not m.left and m.veto and m.stance is Stance.ENEMY for m in found.members):
            assert found.odds <= RULES.veto_against_cap
