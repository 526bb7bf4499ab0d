"""What the faces read: one account, each thing computed on first asking and once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain import analysis as analysis_module
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.competitors import competitors_at
from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.deal_history import chains_of, seller_record
from brm_desktop.domain.importance import importance_of
from brm_desktop.domain.odds import chain_reading
from brm_desktop.domain.potential import potential_of
from brm_desktop.domain.records import (
    AccountId,
    Dimension,
    Money,
    Outcome,
    PersonId,
    Role,
    Stance,
)
from brm_desktop.domain.resources import resource_scores, team_match
from brm_desktop.domain.routes import routes_to
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import account_scores, standing

BOSS, CIO, CLERK, ME = (PersonId(name) for name in ("CEO", "CIO", "Clerk", "Me"))


@pytest.fixture
def account(portfolio: Portfolio) -> AccountId:
    account = portfolio.account(spend=Money(900, "CNY"), owner=ME)
    portfolio.people(account, BOSS, CIO, CLERK)
    portfolio.people(portfolio.us, ME)
    portfolio.reports(CIO, BOSS)
    portfolio.reports(CLERK, CIO)
    portfolio.sways(CLERK, BOSS, 80)
    portfolio.tie(ME, CLERK, 70)
    portfolio.assess(BOSS, 50, 60, 70)
    portfolio.assess(BOSS, 80, toward=portfolio.competitor("Rival"))
    won = portfolio.project(account, "Won", Outcome.WON, decided_on=date(2025, 1, 1))
    portfolio.member(won, BOSS, Role.APPROVER, stance=Stance.SUPPORTER)
    return account


@pytest.fixture
def analysis(portfolio: Portfolio, account: AccountId) -> AccountAnalysis:
    return AccountAnalysis(portfolio.records(), account, TODAY, user=ME)


def test_an_analysis_says_what_the_rules_say(analysis: AccountAnalysis, account: AccountId) -> None:
    records, rules = analysis.records, Rules()
    project = analysis.projects[0].id
    assert analysis.name == "Acme"
    assert [person.id for person in analysis.people] == [BOSS, CIO, CLERK]
    assert analysis.importance == importance_of(records, account, rules, TODAY)
    assert analysis.scores == account_scores(records, account, TODAY, rules)
    assert analysis.potential == potential_of(Money(900, "CNY"), analysis.scores, rules)
    assert analysis.chain(project) == chain_reading(records, project, TODAY, rules)
    assert analysis.routes_to(BOSS) == routes_to(records, account, BOSS, TODAY, rules, ME)
    assert analysis.routes_to(BOSS, k=1, partners=True).routes == analysis.routes_to(BOSS).routes
    assert analysis.resources() == resource_scores(records, account, TODAY, rules)
    assert analysis.team_match == team_match(records, account, TODAY, rules)
    assert analysis.seller_record == seller_record(records, TODAY, rules, ME, account)
    assert analysis.chains_of(BOSS) == chains_of(records, BOSS, TODAY)
    assert analysis.competitors_at(BOSS) == competitors_at(records, BOSS, TODAY, rules)
    for dimension in Dimension:
        found = standing(records, BOSS, dimension, TODAY, rules)
        assert analysis.standing(BOSS, dimension) == found


def test_lists_of_people_come_by_importance_then_by_name(analysis: AccountAnalysis) -> None:
    assert [person.id for person in analysis.by_importance] == [BOSS, CIO, CLERK]
    assert [person.id for person in analysis.key_people] == [BOSS, CIO, CLERK]
    assert [person.id for person in analysis.power_centres] == [BOSS]
    assert [person.id for person in analysis.influence_centres] == [CLERK]


def test_projects_come_newest_first_those_without_a_date_before(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.project(account, "Old", starts_on=date(2020, 1, 1))
    portfolio.project(account, "Undated")
    portfolio.project(portfolio.account("Other"), "Other's")
    found = AccountAnalysis(portfolio.records(), account, TODAY).projects
    assert [project.name for project in found] == ["Undated", "Won", "Old"]


def test_each_thing_is_computed_once_and_only_when_asked_for(
    analysis: AccountAnalysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def counted(name: str) -> None:
        real: Callable[..., object] = getattr(analysis_module, name)

        def called(*args: object) -> object:
            calls.append(name)
            return real(*args)

        monkeypatch.setattr(analysis_module, name, called)

    for name in ("importance_among", "account_scores", "chain_reading", "routes_in", "standing"):
        counted(name)
    analysis.routes_to(BOSS)
    analysis.routes_to(BOSS)
    analysis.standing(CLERK, Dimension.PRICE)
    analysis.standing(CLERK, Dimension.PRICE)
    assert calls == ["routes_in", "standing"]
    assert analysis.potential is analysis.potential
    assert analysis.standing(BOSS, Dimension.CLOSENESS) is not None
    assert calls.count("importance_among") == calls.count("account_scores") == 1
    spoken_of = {CLERK, BOSS} & {person.id for person in analysis.key_people}
    assert calls.count("standing") == len(spoken_of) * len(Dimension)


def test_the_closest_competitor_comes_first_and_unknown_ones_not_at_all(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.tie(portfolio.person("Qian", portfolio.competitor("Alpha")), BOSS, 90)
    portfolio.assess(BOSS, solution=10, toward=portfolio.competitor("Beta"))
    portfolio.tie(portfolio.person("Sun", portfolio.competitor("Gamma")), BOSS, 80)
    portfolio.tie(PersonId("nobody"), BOSS, 99)
    portfolio.assess(BOSS, 30, toward=portfolio.competitor("Alpha"), on=date(2026, 1, 1))
    found = AccountAnalysis(portfolio.records(), account, TODAY).competitors_at(BOSS)
    assert [(one.organisation.name, one.standing.value) for one in found] == [
        ("Gamma", 80),
        ("Rival", 80),
        ("Alpha", 30),
    ]


def test_contacts_know_the_last_meeting_with_us_and_with_one_person(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.met(account, date(2026, 1, 1), ME, BOSS)
    portfolio.met(account, date(2026, 2, 1), CIO, BOSS)
    portfolio.met(account, date(2027, 1, 1), ME, BOSS)
    contacts = Contacts(portfolio.records(), TODAY)
    assert contacts.last(BOSS) == date(2026, 2, 1)
    assert contacts.last(BOSS, ME) == date(2026, 1, 1)
    assert contacts.last(CLERK) is None


def test_the_example_chain_is_read_in_exact_numbers(analysis: AccountAnalysis) -> None:
    found = analysis.chain(analysis.projects[0].id)
    assert found.uncapped == Fraction(100) * (Fraction(3, 4) + Fraction(3, 5)) / 2
    assert found.odds == 60
