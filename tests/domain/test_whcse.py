"""What a WHCSE review of an account looks at (rule §9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Money,
    Outcome,
    Review,
    ReviewKind,
    Role,
    TeamFunction,
    TeamMember,
)
from brm_desktop.domain.whcse import reviews_of, whcse_of

AGO = TODAY - timedelta(100)


def analysis(portfolio: Portfolio) -> AccountAnalysis:
    return AccountAnalysis(portfolio.records(), AccountId("account Acme"), TODAY)


def review(account: AccountId, days_ago: int, kind: ReviewKind = ReviewKind.WHCSE) -> Review:
    day = TODAY - timedelta(days_ago)
    return Review(id=f"{kind} {days_ago}", account=account, kind=kind, held_on=day)


def test_the_key_persons_come_with_their_scores(portfolio: Portfolio, account: AccountId) -> None:
    boss = portfolio.person("Boss", account, title="CEO", power=100)
    portfolio.person("Aide", account, power=50)
    portfolio.person("Nobody", account, power=10)
    portfolio.assess(boss, closeness=40)
    found = [
        (one.name, one.title, one.importance, one.crucial, one.closeness)
        for one in whcse_of(analysis(portfolio)).who
    ]
    assert found == [("Boss", "CEO", 100, True, 40), ("Aide", "", 50, False, None)]


def test_roles_of_live_projects_are_filled_or_open(
    portfolio: Portfolio, account: AccountId
) -> None:
    boss, gone = portfolio.people(account, "Boss", "Gone")
    unknown = portfolio.person("?", account, placeholder=True)
    portfolio.revise(gone, left_on=TODAY)
    live = portfolio.project(account, "Live")
    portfolio.project(account, "Over", Outcome.WON)
    portfolio.member(live, boss, Role.APPROVER, Role.USER)
    portfolio.member(live, gone, Role.EVALUATOR)
    portfolio.member(live, unknown, Role.DECISION_MAKER)
    found = whcse_of(analysis(portfolio))
    (one,) = found.coverage
    assert (one.name, one.filled) == ("Live", (Role.APPROVER, Role.USER))
    assert one.open == (Role.DECISION_MAKER, Role.EVALUATOR)
    assert found.open_roles == 2


def test_how_an_account_is_managed_and_what_is_planned(
    portfolio: Portfolio, account: AccountId
) -> None:
    ann, bob = portfolio.employee("Ann"), portfolio.employee("Bob")
    portfolio.revise(account, owner=ann, sponsor=bob)
    member = TeamMember(id="t", account=account, employee=bob, function=TeamFunction.PRE_SALES)
    portfolio.put(member)
    portfolio.put(replace(member, id="t2", employee=ann, to_on=TODAY))
    portfolio.put(replace(member, id="t3", employee=ann, from_on=TODAY + timedelta(1)))
    portfolio.put(AccountPlan(id="p", account=account, year=TODAY.year, goal="Double it"))
    portfolio.put(AccountPlan(id="q", account=account, year=TODAY.year - 1, goal="Old"))
    found = whcse_of(analysis(portfolio))
    assert (found.owner, found.sponsor) == ("Ann", "Bob")
    assert found.team == (("Bob", TeamFunction.PRE_SALES),)
    assert (found.goal, found.proposition) == ("Double it", "")


def test_an_account_of_which_nothing_is_known_has_nothing_made_up(
    portfolio: Portfolio, account: AccountId
) -> None:
    found = whcse_of(analysis(portfolio))
    assert (found.who, found.owner, found.team, found.coverage) == ((), "", (), ())
    assert (found.last, found.moved, found.goal) == (None, None, "")


def test_it_compares_with_the_review_before(portfolio: Portfolio, account: AccountId) -> None:
    portfolio.revise(account, expected_annual_spend=Money(300, "CNY"))
    boss = portfolio.person("Boss", account, power=100)
    portfolio.assess(boss, 40, 40, 40, on=AGO)
    portfolio.assess(boss, 60, 40, 40, on=TODAY)
    for days in (90, 400, -5):
        portfolio.put(review(account, days))
    found = whcse_of(analysis(portfolio))
    assert found.last is not None
    assert found.moved is not None
    assert found.moved.since == found.last.held_on == TODAY - timedelta(90)
    assert (found.moved.closeness_then, found.moved.closeness_now) == (Fraction(40), Fraction(60))
    assert (found.moved.potential_then, found.moved.potential_now) == (
        Money(120, "CNY"),
        Money(140, "CNY"),
    )


def test_reviews_come_newest_first_without_those_to_come(
    portfolio: Portfolio, account: AccountId
) -> None:
    for days in (10, -1, 3):
        portfolio.put(review(account, days, ReviewKind.NEEDS))
    assert [one.id for one in reviews_of(analysis(portfolio))] == ["needs 3", "needs 10"]


def test_the_review_of_today_is_not_the_one_before(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.put(review(account, 0))
    portfolio.put(review(account, 3, ReviewKind.NEEDS))
    assert whcse_of(analysis(portfolio)).last is None
    portfolio.put(review(account, 30))
    last = whcse_of(analysis(portfolio)).last
    assert last is not None
    assert last.held_on == TODAY - timedelta(30)
