from __future__ import annotations

from datetime import date

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.centres import (
    action_owner,
    centres,
    open_actions,
    propose_action,
    workday_in,
)
from brm_desktop.domain.records import AccountId, Action, ActionState, Dimension, PersonId
from brm_desktop.domain.services import SERVICES_FOR, Service, deed


def read(portfolio: Portfolio, account: AccountId, user: PersonId | None = None) -> AccountAnalysis:
    """The account on the day of the tests."""
    return AccountAnalysis(portfolio.records(), account, TODAY, user=user)


def action(
    portfolio: Portfolio,
    account: AccountId,
    name: str,
    person: PersonId | None = None,
    due: date | None = None,
    state: ActionState = ActionState.OPEN,
) -> Action:
    """Something planned."""
    return portfolio.put(
        Action(id=f"action {name}", account=account, text=name, person=person, due=due, state=state)
    )


def test_unscored_centres_come_first_then_the_lowest_score(
    portfolio: Portfolio, account: AccountId
) -> None:
    chen, li, wu, xu = (
        portfolio.person(name, account, power=power)
        for name, power in (("Chen", 100), ("Li", 90), ("Wu", 80), ("Xu", 75))
    )
    portfolio.assess(chen, 60)
    portfolio.assess(wu, 20)
    analysis = read(portfolio, account)
    found = centres(analysis, analysis.power_centres)
    assert [one.person.id for one in found] == [li, xu, wu, chen]
    assert [one.closeness and one.closeness.value for one in found] == [None, None, 20, 60]
    assert centres(analysis, ()) == ()


def test_the_weakest_dimension_is_an_unscored_one_or_the_lowest(
    portfolio: Portfolio, account: AccountId
) -> None:
    chen = portfolio.person("Chen", account, power=100)
    li = portfolio.person("Li", account, power=90)
    portfolio.assess(chen, 60, 50, 30)
    portfolio.assess(li, 10, None, 30)
    analysis = read(portfolio, account)
    by = {one.person.id: one for one in centres(analysis, analysis.power_centres)}
    assert (by[chen].weakest, by[chen].score) == (Dimension.PRICE, 30)
    assert (by[li].weakest, by[li].score) == (Dimension.SOLUTION, None)


def test_a_centre_shows_the_open_action_that_is_due_first(
    portfolio: Portfolio, account: AccountId
) -> None:
    chen = portfolio.person("Chen", account, power=100)
    later = action(portfolio, account, "later", chen, date(2026, 5, 1))
    soon = action(portfolio, account, "soon", chen, date(2026, 4, 1))
    undated = action(portfolio, account, "undated", chen)
    action(portfolio, account, "done", chen, state=ActionState.DONE)
    action(portfolio, account, "nobody's")
    analysis = read(portfolio, account)
    (centre,) = centres(analysis, analysis.power_centres)
    assert centre.planned == soon
    assert open_actions(analysis.records, account, chen) == (soon, later, undated)


def test_a_weak_price_proposes_what_the_menu_has_for_it(
    portfolio: Portfolio, account: AccountId
) -> None:
    chen = portfolio.person("Chen", account)
    portfolio.assess(chen, 60, 50, 30)
    proposal = propose_action(read(portfolio, account), chen)
    assert proposal.dimension is Dimension.PRICE
    assert proposal.services == SERVICES_FOR[Dimension.PRICE]
    assert proposal.service is Service.FREE_TRIAL
    assert str(proposal.text) == "Offer Chen a free trial, to raise price acceptance"
    assert proposal.due == date(2026, 4, 14)
    chosen = propose_action(
        read(portfolio, account), chen, Dimension.SOLUTION, Service.OPTIMISATION
    )
    assert str(chosen.text).startswith("Bring Chen proposals of what can be done better, to raise")


def test_what_is_unscored_is_asked_about_first(portfolio: Portfolio, account: AccountId) -> None:
    chen = portfolio.person("Chen", account)
    proposal = propose_action(read(portfolio, account), chen)
    assert proposal.service is None
    assert str(proposal.text) == "Meet Chen and see how close we are"
    meeting = propose_action(read(portfolio, account), chen, service=Service.REGULAR_MEETING)
    assert str(meeting.text) == "Agree on a regular meeting with Chen, to raise closeness"


def test_the_menu_serves_its_goals_and_every_entry_has_words() -> None:
    numbers = {service: place for place, service in enumerate(Service, start=1)}
    assert sorted(numbers[one] for one in SERVICES_FOR[Dimension.PRICE]) == [4, 5, 9]
    assert sorted(numbers[one] for one in SERVICES_FOR[Dimension.SOLUTION]) == [1, 3, 6, 8, 9]
    assert sorted(numbers[one] for one in SERVICES_FOR[Dimension.CLOSENESS]) == [4, 5, 7, 8, 9]
    assert all("Li" in str(deed(service, "Li")) for service in Service)


def test_the_contact_owner_acts_else_the_user_else_who_owns_the_account(
    portfolio: Portfolio,
) -> None:
    owner, me, wang = (portfolio.employee(name) for name in ("Owner", "Me", "Wang"))
    account = portfolio.account("Bolt", owner=owner)
    chen, li = portfolio.people(account, "Chen", "Li")
    portfolio.tie(wang, chen, 50, contact_owner=True)
    portfolio.tie(me, li, 50)
    assert action_owner(read(portfolio, account, me), chen) == wang
    assert action_owner(read(portfolio, account, me), li) == me
    assert action_owner(read(portfolio, account), li) == owner
    portfolio.revise(wang, left_on=date(2026, 1, 1))
    rival = portfolio.person("Zhao", portfolio.competitor("Rival"))
    assert action_owner(read(portfolio, account, rival), chen) == owner
    portfolio.revise(owner, left_on=date(2026, 1, 1))
    assert action_owner(read(portfolio, account), chen) is None


@pytest.mark.parametrize(
    ("days", "on"),
    [(3, date(2026, 4, 3)), (4, date(2026, 4, 6)), (5, date(2026, 4, 6)), (6, date(2026, 4, 6))],
)
def test_nothing_is_due_on_a_weekend(days: int, on: date) -> None:
    assert workday_in(TODAY, days) == on
