"""Domain rules §5, §8: where competitors are closer to somebody than we are."""

from __future__ import annotations

from building import TODAY, Portfolio

from brm_desktop.domain.ahead import Ahead, OnChain, ahead_in, by_urgency
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import AccountId, Outcome, Role, Stance


def ahead(portfolio: Portfolio, account: AccountId) -> tuple[Ahead, ...]:
    return ahead_in(AccountAnalysis(portfolio.records(), account, TODAY))


def test_whoever_a_competitor_is_closer_to_is_listed_by_importance_times_lead(
    portfolio: Portfolio,
) -> None:
    rival = portfolio.competitor("Rival")
    account = portfolio.account()
    boss = portfolio.person("Boss", account, power=100, influence=0)
    cio = portfolio.person("CIO", account, power=50, influence=0)
    level = portfolio.person("Level", account, power=50, influence=0)
    for person, ours, theirs in ((boss, 60, 70), (cio, 10, 60), (level, 50, 50)):
        portfolio.assess(person, ours)
        portfolio.assess(person, theirs, toward=rival)
    found = ahead(portfolio, account)
    assert [(one.person, one.lead, one.urgency) for one in found] == [
        (cio, 50, 2500),
        (boss, 10, 1000),
    ]
    assert [one.crucial for one in found] == [False, True]
    assert found == by_urgency(reversed(found))


def test_ours_unscored_is_taken_as_nothing_and_said_so(portfolio: Portfolio) -> None:
    rival = portfolio.competitor("Rival")
    account = portfolio.account()
    boss = portfolio.person("Boss", account, power=100, influence=0)
    portfolio.assess(boss, 35, toward=rival)
    (found,) = ahead(portfolio, account)
    assert (found.ours, found.theirs, found.lead) == (None, 35, 35)
    assert found.chains == ()


def test_the_open_chains_of_the_person_say_whether_the_lead_caps_them(
    portfolio: Portfolio,
) -> None:
    rival = portfolio.competitor("Rival")
    account = portfolio.account()
    boss = portfolio.person("Boss", account, power=100, influence=0)
    user = portfolio.person("User", account, power=30, influence=0)
    plant = portfolio.project(account, "Plant")
    lost = portfolio.project(account, "Lost", outcome=Outcome.LOST)
    other = portfolio.project(account, "Other")
    portfolio.member(plant, boss, Role.APPROVER, stance=Stance.SUPPORTER)
    portfolio.member(plant, user, Role.DECISION_MAKER, stance=Stance.SUPPORTER)
    portfolio.member(lost, boss, Role.APPROVER)
    portfolio.member(other, user, Role.USER)
    portfolio.assess(boss, 40)
    portfolio.assess(boss, 60, toward=rival)
    portfolio.assess(user, 60, toward=rival)
    by_person = {one.person: one for one in ahead(portfolio, account)}
    (on_plant,) = by_person[boss].chains
    assert (on_plant.project, on_plant.name, on_plant.caps) == (plant, "Plant", True)
    assert on_plant.odds is not None
    assert on_plant.odds <= 70
    assert {one.project: one.caps for one in by_person[user].chains} == {
        plant: False,
        other: False,
    }
    assert isinstance(on_plant, OnChain)
