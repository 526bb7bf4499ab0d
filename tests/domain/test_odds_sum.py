"""The odds as a sum on paper: what is shown adds up to what is shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from building import Portfolio
from hypothesis import given
from hypothesis import strategies as st
from worked_chain import ARCHITECT, B1, CIO, GM, SUPERVISOR, read, worked_chain

from brm_desktop.domain.odds import ReasonKind
from brm_desktop.domain.odds_sum import adding_up, cap_that_stays, odds_sum
from brm_desktop.domain.records import AccountId, ProjectId, Role, Stance
from brm_desktop.domain.rounding import half_up

HUNDREDTHS = st.fractions(min_value=-50, max_value=50, max_denominator=3000)


@pytest.fixture
def project(portfolio: Portfolio, account: AccountId) -> ProjectId:
    return worked_chain(portfolio, account)


@pytest.mark.parametrize("digits", [0, 1, 2])
def test_the_shown_lines_from_50_on_make_the_shown_odds(
    portfolio: Portfolio, project: ProjectId, digits: int
) -> None:
    portfolio.revise(B1, veto=True)
    found = odds_sum(read(portfolio, project), digits)

    assert found is not None
    assert found.start.points == 50
    assert found.total.points == 60
    assert found.start.points + sum(line.points for line in found.lines) == found.total.points
    assert all(line.points * 10**digits % 1 == 0 for line in found.lines)


def test_the_cap_is_the_last_line_and_each_line_keeps_its_reason(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.revise(B1, veto=True)
    found = odds_sum(read(portfolio, project), 2)

    assert found is not None
    assert [(line.reason.kind, line.points) for line in found.lines[-1:] if line.reason] == [
        (ReasonKind.CAP, Fraction(-818, 100))
    ]
    assert [line.reason.person for line in found.lines[:-1] if line.reason] == [
        ARCHITECT,
        CIO,
        SUPERVISOR,
        GM,
        B1,
    ]


def test_without_a_role_on_the_chain_there_is_no_sum(
    portfolio: Portfolio, account: AccountId
) -> None:
    assert odds_sum(read(portfolio, portfolio.project(account, "Empty"))) is None


@given(st.lists(HUNDREDTHS, max_size=8), st.integers(0, 3))
def test_any_numbers_add_up_and_none_is_a_whole_step_away(
    values: list[Fraction], digits: int
) -> None:
    step = Fraction(1, 10**digits)
    total = half_up(sum(values, Fraction(0)) / step) * step

    shown = adding_up(values, total, digits)

    assert sum(shown, Fraction(0)) == total
    assert all(
        abs(one - value) < step or one == value for one, value in zip(shown, values, strict=True)
    )


def test_winning_somebody_else_leaves_the_cap_of_a_veto(
    portfolio: Portfolio, project: ProjectId
) -> None:
    portfolio.revise(B1, veto=True)
    reading = read(portfolio, project)

    stays = {one.person: cap_that_stays(reading, one) for one in reading.targets}

    assert stays[B1] is None
    cap = stays[GM]
    assert cap is not None
    assert (cap.limit, cap.person) == (60, B1)


def test_finding_the_placeholder_of_a_role_lifts_the_cap_of_that_role(
    portfolio: Portfolio, account: AccountId
) -> None:
    project = portfolio.project(account, "New line")
    unknown = portfolio.person("Approver?", account, placeholder=True)
    friend = portfolio.person("Friend", account)
    neutral = portfolio.person("Neutral", account)
    portfolio.member(project, unknown, Role.APPROVER)
    portfolio.member(project, friend, Role.DECISION_MAKER, stance=Stance.MENTOR)
    portfolio.member(project, neutral, Role.EVALUATOR, stance=Stance.NEUTRAL)
    reading = read(portfolio, project)

    stays = {one.person: cap_that_stays(reading, one) for one in reading.targets}

    assert stays[unknown] is None
    assert stays[neutral] == reading.caps[0]


def test_a_gain_that_stays_below_the_cap_is_not_held_down(
    portfolio: Portfolio, project: ProjectId
) -> None:
    reading = read(portfolio, project)
    assert [cap_that_stays(reading, one) for one in reading.targets] == [None, None]


def test_a_chain_without_odds_has_no_cap_to_stay(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    (target, *_) = read(portfolio, project).targets
    empty = read(portfolio, portfolio.project(account, "Empty"))
    assert cap_that_stays(empty, target) is None
