"""Domain rule §8: a seller's record per band, and a person across chains."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.deal_history import (
    BandRecord,
    chains_of,
    seller_record,
    wilson_interval,
)
from brm_desktop.domain.records import (
    AccountId,
    Outcome,
    Person,
    PersonId,
    ProjectId,
    Role,
    Stance,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band
from brm_desktop.domain.sums import chains

RULES = Rules()


@pytest.fixture
def account(portfolio: Portfolio) -> AccountId:
    return portfolio.account(owner=PersonId("me"))


def decided(
    portfolio: Portfolio, account: AccountId, name: str, outcome: Outcome, stance: Stance
) -> ProjectId:
    """A deal with one man who is approver and decision maker."""
    project = portfolio.project(account, name, outcome, decided_on=TODAY)
    person = portfolio.person(f"{name}'s head", account)
    portfolio.member(project, person, Role.APPROVER, Role.DECISION_MAKER, stance=stance)
    return project


def record(portfolio: Portfolio, seller: str | None = None) -> dict[Band, tuple[int, int]]:
    who = PersonId(seller) if seller else None
    found = seller_record(portfolio.records(), TODAY, RULES, who)
    return {band: (one.won, one.decided) for band, one in found.items()}


def test_7_won_of_12_decided_lie_between_32_and_81_percent() -> None:
    low, high = wilson_interval(7, 12)
    assert (round(low, 2), round(high, 2)) == (0.32, 0.81)


@pytest.mark.parametrize(
    ("won", "of", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 5, 0.0, 0.4345), (5, 5, 0.5655, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_of_few_deals_is_wide_and_stays_within_0_and_1(
    won: int, of: int, low: float, high: float
) -> None:
    assert wilson_interval(won, of) == pytest.approx((low, high), abs=1e-4)


def test_deals_are_counted_by_the_band_of_their_odds_won_of_decided(
    portfolio: Portfolio, account: AccountId
) -> None:
    decided(portfolio, account, "A", Outcome.WON, Stance.MENTOR)
    decided(portfolio, account, "B", Outcome.LOST, Stance.SUPPORTER)
    decided(portfolio, account, "C", Outcome.LOST, Stance.ENEMY)
    decided(portfolio, account, "D", Outcome.OPEN, Stance.MENTOR)
    decided(portfolio, account, "E", Outcome.NO_DECISION, Stance.MENTOR)
    portfolio.project(account, "F", Outcome.WON)
    found = seller_record(portfolio.records(), TODAY, RULES)
    assert found[Band.STRONG] == BandRecord(Band.STRONG, 1, 2, *wilson_interval(1, 2))
    assert record(portfolio) == {Band.STRONG: (1, 2), Band.WEAK: (0, 1), Band.UNSCORED: (1, 1)}
    assert list(found) == [Band.STRONG, Band.WEAK, Band.UNSCORED]


def test_before_any_deal_is_decided_there_is_no_record(portfolio: Portfolio) -> None:
    assert record(portfolio) == {}


def test_a_deal_is_its_opportunitys_owners_else_its_accounts(
    portfolio: Portfolio, account: AccountId
) -> None:
    decided(portfolio, account, "A", Outcome.WON, Stance.MENTOR)
    other = decided(portfolio, account, "B", Outcome.LOST, Stance.MENTOR)
    portfolio.opportunity(account, other, PersonId("colleague"))
    decided(portfolio, portfolio.account("Nobody's"), "C", Outcome.LOST, Stance.MENTOR)
    assert record(portfolio, "me") == {Band.STRONG: (1, 1)}
    assert record(portfolio, "colleague") == {Band.STRONG: (0, 1)}
    assert record(portfolio) == {Band.STRONG: (1, 3)}


def test_odds_are_those_of_the_day_the_deal_was_decided(
    portfolio: Portfolio, account: AccountId
) -> None:
    project = decided(portfolio, account, "A", Outcome.WON, Stance.UNKNOWN)
    head = PersonId("A's head")
    portfolio.revise(project, decided_on=TODAY - timedelta(days=10))
    portfolio.assess(head, 80, on=TODAY - timedelta(days=11))
    portfolio.assess(head, 10, on=TODAY)
    portfolio.revise(head, left_on=TODAY)
    assert record(portfolio) == {Band.STRONG: (1, 1)}


@pytest.mark.parametrize("fields", [{"power": 90}, {"crucial": True}, {"power": 10}])
def test_a_competitors_lead_on_a_crucial_person_caps_the_odds_of_then(
    portfolio: Portfolio, account: AccountId, fields: dict[str, object]
) -> None:
    decided(portfolio, account, "A", Outcome.LOST, Stance.MENTOR)
    head = PersonId("A's head")
    portfolio.assess(head, 60, 90, 90, on=TODAY)
    portfolio.assess(head, 95, on=TODAY, toward=portfolio.competitor("Rival"))
    portfolio.revise(head, **fields)
    rules = Rules(competitor_ahead_cap=30)
    found = seller_record(portfolio.records(), TODAY, rules)
    assert list(found) == [Band.STRONG if fields == {"power": 10} else Band.WEAK]


def test_every_chain_a_person_was_on_comes_newest_first_the_undated_before(
    portfolio: Portfolio, account: AccountId
) -> None:
    person = portfolio.person("CIO", account)
    for name, on, outcome, stance in (
        ("ERP", date(2025, 5, 1), Outcome.WON, Stance.SUPPORTER),
        ("MES", date(2024, 2, 1), Outcome.LOST, Stance.NEUTRAL),
        ("Next", None, Outcome.OPEN, Stance.UNKNOWN),
    ):
        project = portfolio.project(account, name, outcome, decided_on=on)
        portfolio.member(project, person, Role.DECISION_MAKER, stance=stance)
    portfolio.revise("project MES", decided_on=None, starts_on=date(2024, 2, 1))
    portfolio.member(ProjectId("gone"), person, Role.USER)
    found = chains_of(portfolio.records(), person, TODAY)
    assert [(one.project, one.on, one.stance, one.outcome) for one in found] == [
        ("project Next", None, Stance.UNKNOWN, Outcome.OPEN),
        ("project ERP", date(2025, 5, 1), Stance.SUPPORTER, Outcome.WON),
        ("project MES", date(2024, 2, 1), Stance.NEUTRAL, Outcome.LOST),
    ]
    assert found[0].roles == (Role.DECISION_MAKER,)


def test_the_stance_of_a_past_chain_is_that_of_the_day_it_was_decided(
    portfolio: Portfolio, account: AccountId
) -> None:
    person = portfolio.person("CIO", account)
    decided = date(2025, 5, 1)
    stances = (Stance.ENEMY, Stance.NEUTRAL, Stance.MENTOR)
    days = (decided - timedelta(days=9), decided, decided + timedelta(days=1))
    for name, outcome in (("ERP", Outcome.WON), ("MES", Outcome.OPEN)):
        project = portfolio.project(account, name, outcome, decided_on=decided)
        portfolio.member(project, person, Role.DECISION_MAKER)
        for stance, day in zip(stances, days, strict=True):
            portfolio.claim(project, person, stance, on=day)
    for today, then in (
        (TODAY, [Stance.NEUTRAL, Stance.MENTOR]),
        (days[0], [Stance.ENEMY, Stance.ENEMY]),
    ):
        found = chains_of(portfolio.records(), person, today)
        assert [one.stance for one in found] == then


def test_a_deal_counts_in_the_band_its_odds_had_when_it_was_decided(
    portfolio: Portfolio, account: AccountId
) -> None:
    person = portfolio.person("CIO", account)
    decided = date(2025, 5, 1)
    project = portfolio.project(account, "ERP", Outcome.LOST, decided_on=decided)
    portfolio.member(project, person, Role.APPROVER, Role.DECISION_MAKER, stance=Stance.MENTOR)
    portfolio.claim(project, person, Stance.ENEMY, on=decided + timedelta(days=1))
    assert list(seller_record(portfolio.records(), TODAY, Rules())) == [Band.STRONG]


def test_on_a_day_before_it_was_decided_a_deal_is_still_open(
    portfolio: Portfolio, account: AccountId
) -> None:
    decided(portfolio, account, "ERP", Outcome.LOST, Stance.MENTOR)
    records, before = portfolio.records(), TODAY - timedelta(days=1)
    (head,) = (one.id for one in records.all(Person).values() if one.name == "ERP's head")
    assert seller_record(records, before, RULES) == {}
    assert [part.outcome for part in chains_of(records, head, before)] == [Outcome.OPEN]
    assert [part.outcome for part in chains_of(records, head, TODAY)] == [Outcome.LOST]


def test_the_record_beside_a_chain_is_of_its_account_whatever_else_is_in_memory(
    portfolio: Portfolio, account: AccountId
) -> None:
    decided(portfolio, account, "ERP", Outcome.LOST, Stance.MENTOR)
    decided(portfolio, portfolio.account("Other"), "MES", Outcome.WON, Stance.MENTOR)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY, RULES)
    (mine,) = analysis.seller_record.values()
    assert (mine.won, mine.decided) == (0, 1)
    assert [won for won, _of in record(portfolio).values()] == [1]
    assert [of for _won, of in record(portfolio).values()] == [2]
    assert len(chains.seller_record(analysis, mine.band).lines) == 1
