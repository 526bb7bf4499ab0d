"""What if: whom to work on first, against really making the edits and reading again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from building import TODAY, Portfolio
from random_accounts import random_account
from worked_chain import ARCHITECT, B1, CIO, GM, SUPERVISOR, worked_chain

from brm_desktop.domain.act import Act
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    Dimension,
    Money,
    PersonId,
    Placement,
    ProjectId,
    Role,
    Stance,
)
from brm_desktop.domain.what_if import (
    Gain,
    approver_of,
    compared,
    money_when_won,
    people_of,
    take_stance,
    take_step,
    work_first,
)

SPEND = Money(50_000_000_000, "CNY")


def _analysis(portfolio: Portfolio) -> AccountAnalysis:
    (account,) = (one for one in portfolio.records() if one.id.startswith("account"))
    return AccountAnalysis(portfolio.records(), account.id, TODAY)  # type: ignore[arg-type]


def _gains(analysis: AccountAnalysis, project: ProjectId | None) -> dict[PersonId, Gain]:
    return {gain.person: gain for gain in work_first(analysis, project)}


def _really(analysis: AccountAnalysis, gain: Gain, project: ProjectId | None) -> AccountAnalysis:
    """The account after the edits that a gain speaks of."""
    act = Act(TODAY, "f" * 32, "nobody before", lambda: "new")
    return AccountAnalysis(
        take_step(analysis.records, act, gain, project).applied(analysis.records),
        analysis.account,
        TODAY,
    )


def _check(analysis: AccountAnalysis, project: ProjectId | None) -> int:
    gains = work_first(analysis, project)
    for gain in gains:
        then = _really(analysis, gain, project)
        now_money, then_money = analysis.potential.amount, then.potential.amount
        if now_money is None or then_money is None:
            assert gain.money is None
        else:
            assert gain.money == Money(then_money.minor - now_money.minor, now_money.currency)
        if project is None:
            assert gain.odds is None
            continue
        before, after = analysis.chain(project), then.chain(project)
        if before.odds is None or after.odds is None:
            assert gain.odds is None
            continue
        assert gain.odds == after.odds - before.odds
        assert after.uncapped is not None
        bites = after.caps and after.uncapped > after.caps[0].limit
        assert (gain.cap.limit if gain.cap else None) == (after.caps[0].limit if bites else None)
    order = [(-(gain.odds or 0), -(gain.money.minor if gain.money else 0)) for gain in gains]
    assert order == sorted(order)
    return len(gains)


def test_what_people_would_bring_is_what_really_making_the_edits_brings() -> None:
    seen = 0
    for seed in range(200):
        analysis = random_account(seed)
        seen += _check(analysis, None)
        for project in analysis.projects:
            seen += _check(analysis, project.id)
    assert seen > 800


def test_in_the_worked_chain_a_step_of_those_who_weigh_most_brings_most() -> None:
    portfolio = Portfolio()
    project = worked_chain(portfolio, portfolio.account(spend=SPEND))
    gains = work_first(_analysis(portfolio), project)
    assert [gain.person for gain in gains] == [CIO, GM, B1, SUPERVISOR]
    assert gains[0].odds == Fraction(30 * 25, 110)
    assert [gain.stance_to for gain in gains[:2]] == [Stance.MENTOR, Stance.SUPPORTER]
    assert gains[0].dimension is None
    assert gains[0].money == Money(0, "CNY")
    assert ARCHITECT not in {gain.person for gain in gains}


def test_the_cap_of_someone_else_stays_and_is_named_and_ones_own_goes() -> None:
    portfolio = Portfolio()
    project = worked_chain(portfolio, portfolio.account())
    portfolio.revise(B1, veto=True)
    gains = _gains(_analysis(portfolio), project)
    assert gains[GM].odds == 0
    cap = gains[GM].cap
    assert cap is not None
    assert cap.limit == 60
    assert gains[B1].cap is None
    assert gains[B1].odds == Fraction(100 * 80, 110) - 60


def test_a_sole_approver_won_lifts_the_odds_to_the_floor() -> None:
    portfolio = Portfolio()
    account = portfolio.account()
    project = portfolio.project(account)
    boss, user = portfolio.people(account, "Boss", "User")
    portfolio.revise(boss, sole_approver=True)
    portfolio.member(project, boss, Role.USER, stance=Stance.NEUTRAL)
    portfolio.member(project, user, Role.DECISION_MAKER, stance=Stance.ENEMY)
    gains = _gains(_analysis(portfolio), project)
    now = _analysis(portfolio).chain(project).odds
    assert now is not None
    assert gains[boss].odds == 60 - now
    assert gains[boss].money is None


def test_the_weakest_known_score_rises_by_20_and_at_most_to_100() -> None:
    portfolio = Portfolio()
    account = portfolio.account(spend=SPEND)
    weak, high, full, unknown = portfolio.people(account, "Weak", "High", "Full", "Unknown")
    for person in (weak, high, full, unknown):
        portfolio.revise(person, power=50)
    portfolio.assess(weak, 60, 30, None)
    portfolio.assess(high, 95, None, None)
    portfolio.assess(full, 100, 100, 100)
    gains = _gains(_analysis(portfolio), None)
    assert set(gains) == {weak, high}
    assert (gains[weak].dimension, gains[weak].score_to) == (Dimension.SOLUTION, 50)
    assert (gains[high].dimension, gains[high].score_to) == (Dimension.CLOSENESS, 100)
    assert gains[weak].stance_to is None


def test_whoever_left_is_nobody_to_work_on() -> None:
    portfolio = Portfolio()
    project = worked_chain(portfolio, portfolio.account())
    portfolio.revise(GM, left_on=TODAY)
    assert GM not in _gains(_analysis(portfolio), project)
    assert approver_of(_analysis(portfolio), project) is None


def test_a_chain_without_roles_has_no_points_to_gain() -> None:
    portfolio = Portfolio()
    account = portfolio.account()
    project = portfolio.project(account)
    person = portfolio.person("Ann", account)
    portfolio.member(project, person, stance=Stance.ENEMY)
    (gain,) = work_first(_analysis(portfolio), project)
    assert gain.odds is None
    assert gain.cap is None


def test_what_winning_someone_is_worth_counts_his_known_scores_as_100() -> None:
    portfolio = Portfolio()
    account = portfolio.account(spend=Money(30_000, "CNY"))
    ann, bob = portfolio.people(account, "Ann", "Bob")
    for person in (ann, bob):
        portfolio.revise(person, power=50)
        portfolio.assess(person, 50, 50, 50)
    analysis = _analysis(portfolio)
    assert money_when_won(analysis, ann) == Money(7_500, "CNY")


def test_before_and_after_are_told_side_by_side() -> None:
    portfolio = Portfolio()
    account = portfolio.account(spend=SPEND)
    project = worked_chain(portfolio, account)
    me = portfolio.employee("Me")
    portfolio.revise(GM, power=90)
    portfolio.tie(me, GM, 40)
    before = _analysis(portfolio)
    portfolio.tie(me, GM, 80)
    after = _analysis(portfolio)
    assert approver_of(after, project) == GM
    found = compared(before, after, project, GM)
    assert found.scores[Dimension.CLOSENESS].before == 40
    assert found.scores[Dimension.CLOSENESS].after == 80
    assert found.potential.after == after.potential
    assert found.odds is not None
    assert found.odds.before == before.chain(project).odds
    assert found.route is not None
    assert (found.route.before, found.route.after) == (Fraction(2, 5), Fraction(4, 5))
    bare = compared(None, after)
    assert bare.scores[Dimension.CLOSENESS].before is None
    assert bare.potential.before is None
    assert (bare.odds, bare.route, bare.target) == (None, None, None)
    new = compared(None, after, project, ARCHITECT)
    assert new.odds is not None
    assert new.odds.before is None
    assert new.route is not None
    assert (new.route.before, new.route.after) == (None, None)


@pytest.mark.parametrize("limit", [30, 100])
def test_rules_of_ones_own_count(limit: int) -> None:
    portfolio = Portfolio()
    project = worked_chain(portfolio, portfolio.account())
    portfolio.revise(B1, veto=True)
    analysis = _analysis(portfolio)
    own = replace(analysis, rules=replace(analysis.rules, veto_undecided_cap=limit))
    gains = _gains(own, project)
    now = own.chain(project).odds
    assert now is not None
    assert gains[CIO].odds == min(now + Fraction(30 * 25, 110), Fraction(limit)) - now


def test_who_is_spoken_of_by_a_change_and_not_where_his_card_lies() -> None:
    portfolio = Portfolio()
    account = portfolio.account()
    ann, bob, eve = portfolio.people(account, "Ann", "Bob", "Eve")
    before = portfolio.records()
    portfolio.revise(ann, title="Head")
    portfolio.sways(bob, ann, 50)
    portfolio.put(Placement(id="place", canvas=account, person=eve, x=1, y=2))
    assert people_of(Change.between(before, portfolio.records())) == {ann, bob}


def test_several_members_take_a_stance_and_whoever_is_not_on_the_chain_none() -> None:
    portfolio = Portfolio()
    account = portfolio.account()
    project = worked_chain(portfolio, account)
    stranger = portfolio.person("Stranger", account)
    analysis = _analysis(portfolio)
    act = Act(TODAY, "f" * 32, "", lambda: "new")
    change = take_stance(analysis.records, act, project, (GM, B1, stranger), Stance.MENTOR)
    then = replace(analysis, records=change.applied(analysis.records)).chain(project)
    stances = {one.person: one.stance for one in then.members}
    assert (stances[GM], stances[B1]) == (Stance.MENTOR, Stance.MENTOR)
    assert stranger not in people_of(change)
