from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.changes_since import ShiftKind, account_shift, changes_since
from brm_desktop.domain.claims import contacts_claimed, scores_claimed, stances_claimed
from brm_desktop.domain.days import days_of_claims, last_visit, months_before
from brm_desktop.domain.records import (
    AccountId,
    Basis,
    ContactLevel,
    Dimension,
    InteractionKind,
    Money,
    Outcome,
    Role,
    Stance,
)

A_MONTH_AGO = date(2026, 2, 28)
LONG_AGO = date(2025, 10, 1)
LATELY = date(2026, 3, 20)


@pytest.fixture
def portfolio() -> Portfolio:
    return Portfolio()


@pytest.fixture
def acme(portfolio: Portfolio) -> AccountId:
    return portfolio.account("Acme", spend=Money(1_000_00, "CNY"))


def reading(portfolio: Portfolio, account: AccountId) -> AccountAnalysis:
    return AccountAnalysis(portfolio.records(), account, TODAY)


def told(portfolio: Portfolio, account: AccountId, day: date = A_MONTH_AGO) -> list[str]:
    return [f"{one.name}: {one.text}" for one in changes_since(reading(portfolio, account), day)]


def test_a_risen_score_is_told_with_who_said_it_on_what_basis(
    portfolio: Portfolio, acme: AccountId
) -> None:
    wang = portfolio.employee("Wang")
    li = portfolio.person("Li", acme, power=90)
    portfolio.assess(li, closeness=40, solution=50, on=LONG_AGO)
    portfolio.assess(
        li, closeness=65, on=LATELY, author=wang, basis=Basis.CONFIRMED, evidence="Called us."
    )

    (shift,) = changes_since(reading(portfolio, acme), A_MONTH_AGO)

    assert (shift.person, shift.kind, shift.before, shift.after) == (
        li,
        ShiftKind.CLOSENESS,
        40,
        65,
    )
    assert (shift.difference, shift.stated_on, shift.author) == (25, LATELY, wang)
    assert (shift.basis, shift.evidence) == (Basis.CONFIRMED, "Called us.")
    assert str(shift.text) == "closeness: 40 → 65"


def test_a_first_score_has_no_difference(portfolio: Portfolio, acme: AccountId) -> None:
    portfolio.assess(portfolio.person("Li", acme), price=30, on=LATELY)
    (shift,) = changes_since(reading(portfolio, acme), A_MONTH_AGO)
    assert (shift.before, shift.after, shift.difference) == (None, 30, None)
    assert str(shift.text) == "price acceptance: unscored → 30"


def test_the_most_important_come_first_and_their_changes_in_one_order(
    portfolio: Portfolio, acme: AccountId
) -> None:
    an = portfolio.person("An", acme, power=40)
    bo = portfolio.person("Bo", acme, power=90)
    for person in (an, bo):
        portfolio.assess(person, closeness=10, price=10, on=LATELY)
    assert told(portfolio, acme) == [
        "Bo: closeness: unscored → 10",
        "Bo: price acceptance: unscored → 10",
        "An: closeness: unscored → 10",
        "An: price acceptance: unscored → 10",
    ]


def test_who_left_since_is_told_and_counted_as_he_was(
    portfolio: Portfolio, acme: AccountId
) -> None:
    li = portfolio.person("Li", acme, power=90, left_on=LATELY)
    portfolio.person("Gone before", acme, left_on=LONG_AGO)
    (shift,) = changes_since(reading(portfolio, acme), A_MONTH_AGO)
    assert (shift.person, shift.kind, shift.stated_on) == (li, ShiftKind.LEFT, LATELY)
    assert shift.difference is None


def test_a_competitor_who_came_closer_is_told(portfolio: Portfolio, acme: AccountId) -> None:
    rival = portfolio.competitor("Boan")
    li = portfolio.person("Li", acme)
    portfolio.assess(li, closeness=20, toward=rival, on=LONG_AGO)
    assert told(portfolio, acme) == []
    portfolio.assess(li, closeness=70, toward=rival, on=LATELY)
    assert told(portfolio, acme) == ["Li: closeness to Boan: 20 → 70"]


def test_nothing_changed_since_today_or_later(portfolio: Portfolio, acme: AccountId) -> None:
    portfolio.assess(portfolio.person("Li", acme), closeness=30, on=TODAY)
    assert told(portfolio, acme, TODAY) == []
    assert told(portfolio, acme, TODAY + timedelta(days=9)) == []
    assert told(portfolio, acme, TODAY - timedelta(days=1)) != []


def test_the_accounts_numbers_are_those_of_the_readings_of_both_days(
    portfolio: Portfolio, acme: AccountId
) -> None:
    li = portfolio.person("Li", acme, power=90)
    plant = portfolio.project(acme, "Plant")
    portfolio.project(acme, "Old", outcome=Outcome.WON, decided_on=LONG_AGO)
    portfolio.member(plant, li, Role.APPROVER)
    portfolio.assess(li, closeness=40, on=LONG_AGO)
    portfolio.assess(li, closeness=90, solution=60, on=LATELY)
    now = reading(portfolio, acme)
    then = AccountAnalysis(now.records, acme, A_MONTH_AGO)

    shift = account_shift(now, A_MONTH_AGO)

    for one in Dimension:
        assert shift.scores[one] == (then.scores[one].value, now.scores[one].value)
    assert shift.scores[Dimension.CLOSENESS] == (Fraction(40), Fraction(90))
    assert shift.potential == (then.potential, now.potential)
    (odds,) = shift.odds
    assert odds.name == "Plant"
    assert (odds.before, odds.after) == (then.chain(plant).odds, now.chain(plant).odds)
    assert odds.before != odds.after


def test_readings_of_past_days_are_kept_up_to_a_number(
    portfolio: Portfolio, acme: AccountId
) -> None:
    now = reading(portfolio, acme)
    assert now.on(TODAY) is now
    first = now.on(LONG_AGO)
    assert now.on(LONG_AGO) is first
    for step in range(1, 61):
        now.on(LONG_AGO + timedelta(days=step))
    assert now.on(LONG_AGO) is not first


def test_the_days_of_claims_are_those_of_the_accounts_people_up_to_today(
    portfolio: Portfolio, acme: AccountId
) -> None:
    other = portfolio.account("Other")
    li = portfolio.person("Li", acme, left_on=LATELY)
    for day in (LATELY, LONG_AGO, TODAY + timedelta(days=1)):
        portfolio.assess(li, closeness=30, on=day)
    portfolio.assess(portfolio.person("Bo", other), closeness=30, on=A_MONTH_AGO)
    assert days_of_claims(reading(portfolio, acme)) == (LONG_AGO, LATELY)


def test_the_last_visit_is_the_users_own_before_anybody_elses(
    portfolio: Portfolio, acme: AccountId
) -> None:
    me, wang = portfolio.employee("Me"), portfolio.employee("Wang")
    li = portfolio.person("Li", acme)
    assert last_visit(reading(portfolio, acme)) is None
    for day, who in ((LONG_AGO, me), (LATELY, wang), (TODAY, me)):
        portfolio.revise(portfolio.met(acme, day, who, li).id, kind=InteractionKind.VISIT)
    portfolio.met(acme, LATELY + timedelta(days=1), me, li)
    now = reading(portfolio, acme)
    assert last_visit(now) == LATELY
    assert last_visit(AccountAnalysis(now.records, acme, TODAY, user=me)) == LONG_AGO


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 15), 3, date(2025, 12, 15)),
        (date(2026, 1, 31), 12, date(2025, 1, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_months_before_a_day_stay_in_their_month(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier


def test_a_stance_and_a_contact_level_that_changed_are_told_with_their_claims(
    portfolio: Portfolio, acme: AccountId
) -> None:
    wang = portfolio.employee("Wang")
    plant = portfolio.project(acme, "Plant")
    li = portfolio.person("Li", acme)
    rival = portfolio.person("Zhao", portfolio.competitor("Boan"))
    for somebody in (li, rival):
        portfolio.member(plant, somebody, Role.USER)
        portfolio.claim(plant, somebody, Stance.NEUTRAL)
        portfolio.claim(plant, somebody, Stance.MENTOR, ContactLevel.BRIEF, LATELY, author=wang)

    stance, contact = changes_since(reading(portfolio, acme), A_MONTH_AGO)

    assert (stance.before, stance.after) == (Stance.NEUTRAL, Stance.MENTOR)
    assert (contact.before, contact.after) == (ContactLevel.UNKNOWN, ContactLevel.BRIEF)
    assert [stance.kind, contact.kind] == [ShiftKind.STANCE, ShiftKind.CONTACT]
    assert {stance.project, contact.project} == {plant}
    assert (contact.stated_on, contact.author) == (LATELY, wang)
    assert contact.difference is None


def test_a_claim_that_was_taken_back_leaves_the_stance_unknown(
    portfolio: Portfolio, acme: AccountId
) -> None:
    plant = portfolio.project(acme, "Plant")
    li = portfolio.person("Li", acme)
    portfolio.member(plant, li)
    portfolio.claim(plant, li, Stance.NEUTRAL)
    portfolio.claim(plant, li, Stance.UNKNOWN, on=LATELY)
    assert told(portfolio, acme) == ["Li: stance: neutral → unknown"]


def test_claims_are_told_newest_first_with_who_said_them(
    portfolio: Portfolio, acme: AccountId
) -> None:
    wang = portfolio.employee("Wang")
    plant = portfolio.project(acme, "Plant")
    li = portfolio.person("Li", acme)
    portfolio.assess(li, closeness=40, on=LONG_AGO)
    portfolio.assess(li, closeness=50, on=LATELY, author=wang, basis=Basis.CONFIRMED)
    portfolio.assess(li, price=9, on=A_MONTH_AGO)
    portfolio.assess(li, closeness=99, on=LATELY, toward=portfolio.competitor("Boan"))
    portfolio.claim(plant, li, Stance.NEUTRAL)
    portfolio.claim(plant, li, contact=ContactLevel.BRIEF, on=LATELY, author=wang)
    records = portfolio.records()

    scores = scores_claimed(records, li, Dimension.CLOSENESS)
    assert [(one.value, one.stated_on, one.author, one.basis) for one in scores] == [
        (50, LATELY, wang, Basis.CONFIRMED),
        (40, LONG_AGO, "", Basis.ASSUMED),
    ]
    (stance,) = stances_claimed(records, plant, li)
    (contact,) = contacts_claimed(records, plant, li)
    assert (stance.value, contact.value) == (Stance.NEUTRAL, ContactLevel.BRIEF)
