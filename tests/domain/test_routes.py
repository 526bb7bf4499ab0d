"""Domain rule §7: through whom to reach a person."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from building import TODAY, Portfolio
from desk import Desk

from brm_desktop.domain import edits
from brm_desktop.domain.records import (
    AccountId,
    Basis,
    InfluenceKind,
    OrganisationKind,
    Person,
    PersonId,
)
from brm_desktop.domain.routes import Opening, RouteReading, routes_to
from brm_desktop.domain.rules import Rules

RULES = Rules()
BOSS, HEAD, ME, HR = (PersonId(n) for n in ("CEO", "Head of the CEO's office", "me", "HR"))


@pytest.fixture
def account(portfolio: Portfolio) -> AccountId:
    """Me → CEO 0.2; HR → CEO 0.5; me → head of CEO's office 0.8, she → CEO 0.9."""
    account = portfolio.account()
    portfolio.people(account, BOSS, HEAD)
    portfolio.people(portfolio.us, ME, HR)
    portfolio.tie(ME, BOSS, 20)
    portfolio.tie(HR, BOSS, 50)
    portfolio.tie(ME, HEAD, 80)
    portfolio.sways(HEAD, BOSS, 90)
    return account


def routes(
    portfolio: Portfolio,
    account: AccountId,
    target: PersonId = BOSS,
    user: PersonId | None = ME,
    k: int = 3,
    partners: bool = False,
) -> RouteReading:
    return routes_to(portfolio.records(), account, target, TODAY, RULES, user, k, partners)


def values(reading: RouteReading) -> list[float]:
    return [float(route.value) for route in reading.routes]


def test_me_0_2_hr_0_5_and_the_head_of_the_office_0_8_0_9_give_routes_072_050_020(
    portfolio: Portfolio, account: AccountId
) -> None:
    found = routes(portfolio, account)
    assert values(found) == [0.72, 0.5, 0.2]
    assert [route.people for route in found.routes] == [(ME, HEAD, BOSS), (HR, BOSS), (ME, BOSS)]
    assert found.routes[0].value == Fraction(72, 100)


def test_the_weakest_edge_of_the_best_route_is_mine_to_the_head_of_the_office(
    portfolio: Portfolio, account: AccountId
) -> None:
    weakest = routes(portfolio, account).routes[0].weakest
    assert (weakest.source, weakest.target, weakest.strength) == (ME, HEAD, 80)


def test_my_own_direct_tie_is_shown_for_comparison_and_none_without_a_user(
    portfolio: Portfolio, account: AccountId
) -> None:
    direct = routes(portfolio, account).direct
    assert direct is not None
    assert (direct.source, direct.target, direct.strength) == (ME, BOSS, 20)
    assert routes(portfolio, account, user=None).direct is None
    assert routes(portfolio, account, target=HEAD, user=HR).direct is None


@pytest.mark.parametrize(
    ("user", "sentences"),
    [
        (
            ME,
            [
                "Ask Head of the CEO's office to introduce CEO",
                "Ask HR, recruiting, to introduce CEO",
                "Talk to CEO yourself",
            ],
        ),
        (
            None,
            [
                "Ask me to introduce Head of the CEO's office",
                "Ask HR, recruiting, to introduce CEO",
                "Ask me to introduce CEO",
            ],
        ),
    ],
)
def test_the_first_action_says_whom_to_ask_for_what(
    portfolio: Portfolio, account: AccountId, user: PersonId | None, sentences: list[str]
) -> None:
    portfolio.revise(HR, title="recruiting")
    found = routes(portfolio, account, user=user)
    assert [str(route.first_action) for route in found.routes] == sentences


def test_someone_known_by_his_title_alone_is_asked_by_it(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(HEAD, name="", title="Head of office", placeholder=True)
    portfolio.revise(BOSS, name="Chief", title="Chief")
    portfolio.revise(HR, name="HR", title="HR")
    assert [str(route.first_action) for route in routes(portfolio, account).routes] == [
        "Ask Head of office to introduce Chief",
        "Ask HR to introduce Chief",
        "Talk to Chief yourself",
    ]


def test_the_one_pair_without_a_tie_is_the_opening(
    portfolio: Portfolio, account: AccountId
) -> None:
    assert routes(portfolio, account).opening == Opening(HR, HEAD, Fraction(45, 100))


def test_a_new_tie_straight_to_the_target_opens_the_best_route_and_mine_stands_first(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.employee("Ann")
    new = portfolio.employee("Zoe")
    assert routes(portfolio, account, user=new).opening == Opening(new, BOSS, Fraction(1, 2))
    assert routes(portfolio, account).opening == Opening(PersonId("Ann"), BOSS, Fraction(1, 2))


def test_openings_of_equal_value_go_by_the_user_then_by_names(
    portfolio: Portfolio, account: AccountId
) -> None:
    other = portfolio.person("Assistant", account)
    portfolio.sways(other, BOSS, 90)
    assert routes(portfolio, account).opening == Opening(ME, other, Fraction(45, 100))
    assert routes(portfolio, account, user=None).opening == Opening(HR, other, Fraction(45, 100))
    portfolio.tie(HR, other, 1)
    assert routes(portfolio, account, user=HR).opening == Opening(HR, HEAD, Fraction(45, 100))


def test_without_employees_or_with_every_tie_made_there_is_no_opening(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.tie(HR, HEAD, 10)
    assert routes(portfolio, account).opening is None
    empty = Portfolio()
    nobody = empty.account()
    empty.person(BOSS, nobody)
    assert routes(empty, nobody).opening is None


def test_a_user_who_is_not_an_employee_opens_nothing(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(ME, left_on=TODAY)
    found = routes(portfolio, account)
    assert values(found) == [0.5]
    assert found.opening == Opening(HR, HEAD, Fraction(45, 100))


def test_at_most_four_edges(portfolio: Portfolio, account: AccountId) -> None:
    people = portfolio.people(account, "a", "b", "c", "d", "e")
    portfolio.tie(ME, people[0], 100)
    for source, target in pairwise(people):
        portfolio.sways(source, target, 100)
    assert values(routes(portfolio, account, target=people[3])) == [1.0]
    assert values(routes(portfolio, account, target=people[4])) == []


def test_who_left_is_never_on_a_route(portfolio: Portfolio, account: AccountId) -> None:
    portfolio.revise(HEAD, left_on=TODAY)
    assert values(routes(portfolio, account)) == [0.5, 0.2]
    portfolio.revise(HR, left_on=TODAY - timedelta(days=1))
    assert values(routes(portfolio, account)) == [0.2]
    portfolio.revise(BOSS, left_on=TODAY)
    assert routes(portfolio, account) == RouteReading(BOSS, (), None, (), None)


def test_a_target_of_another_account_or_unknown_has_no_routes(
    portfolio: Portfolio, account: AccountId
) -> None:
    stranger = portfolio.person("Stranger", portfolio.account("Other"))
    portfolio.tie(ME, stranger, 90)
    assert routes(portfolio, account, target=stranger).routes == ()
    assert routes(portfolio, account, target=PersonId("nobody")).routes == ()


def test_conflicts_influences_of_no_strength_and_people_outside_are_no_edges(
    portfolio: Portfolio, account: AccountId
) -> None:
    before = routes(portfolio, account)
    outside = portfolio.person("Outside", portfolio.account("Other"))
    other = portfolio.person("Other", account)
    portfolio.sways(other, BOSS, 99, InfluenceKind.CONFLICT)
    portfolio.sways(other, BOSS, None)
    portfolio.tie(ME, other, 100)
    portfolio.sways(outside, BOSS, 100)
    portfolio.tie(ME, outside, 100)
    portfolio.sways(BOSS, BOSS, 100)
    portfolio.tie(BOSS, BOSS, 100)
    after = routes(portfolio, account)
    assert after.routes == before.routes


def test_of_several_influences_between_two_people_the_strongest_is_the_edge(
    portfolio: Portfolio, account: AccountId
) -> None:
    strongest = portfolio.sways(HEAD, BOSS, 95, InfluenceKind.FAMILY, basis=Basis.CONFIRMED)
    portfolio.sways(HEAD, BOSS, 95, InfluenceKind.ALUMNI)
    edge = routes(portfolio, account).routes[0].edges[1]
    assert (edge.strength, edge.assumed, edge.record) == (95, False, strongest.id)


def test_edges_say_whether_they_are_assumed_or_stale(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.tie(ME, HEAD, 80, basis=Basis.CONFIRMED)
    portfolio.met(account, TODAY - timedelta(days=93), ME, HEAD)
    portfolio.revise(HEAD, influence_asked_on=TODAY - timedelta(days=200))
    best = routes(portfolio, account).routes[0]
    assert [(edge.assumed, edge.stale) for edge in best.edges] == [(False, True), (True, True)]
    portfolio.met(account, TODAY - timedelta(days=92), ME, HEAD)
    portfolio.revise(BOSS, influence_asked_on=TODAY)
    best = routes(portfolio, account).routes[0]
    assert [edge.stale for edge in best.edges] == [False, False]


def test_an_edge_that_nothing_dates_is_not_stale(portfolio: Portfolio, account: AccountId) -> None:
    portfolio.revise(HEAD, influence_asked_on=TODAY + timedelta(days=1))
    for route in routes(portfolio, account).routes:
        assert not any(edge.stale for edge in route.edges)


def test_competitors_are_no_routes_but_their_strongest_edges_into_the_target_are_shown(
    portfolio: Portfolio, account: AccountId
) -> None:
    before = routes(portfolio, account).routes
    rival, other = portfolio.competitor("Rival"), portfolio.competitor("Other")
    zhao, qian, gone = portfolio.people(rival, "Zhao", "Qian", "Gone")
    sun = portfolio.person("Sun", other)
    portfolio.revise(gone, left_on=TODAY)
    portfolio.tie(zhao, BOSS, 70)
    portfolio.tie(qian, BOSS, 60)
    portfolio.tie(gone, BOSS, 99)
    portfolio.tie(sun, BOSS, 90)
    portfolio.tie(PersonId("nobody"), BOSS, 100)
    found = routes(portfolio, account)
    assert found.routes == before
    assert [
        (one.edge.source, one.organisation, one.edge.strength) for one in found.competitors
    ] == [(sun, other, 90), (zhao, rival, 70)]


def test_partners_are_on_routes_only_on_request(portfolio: Portfolio, account: AccountId) -> None:
    firm = portfolio.organisation("Consultants", OrganisationKind.PARTNER)
    partner = portfolio.person("Partner", firm)
    portfolio.tie(partner, BOSS, 100)
    portfolio.tie(HR, partner, 90)
    assert values(routes(portfolio, account)) == [0.72, 0.5, 0.2]
    found = routes(portfolio, account, partners=True)
    assert values(found) == [0.9, 0.72, 0.5]
    assert found.routes[0].people == (HR, partner, BOSS)
    assert found.opening == Opening(HR, HEAD, Fraction(45, 100))


def test_me_0_8_to_a_partner_who_is_0_9_to_the_ceo_is_a_route_of_072_on_request() -> None:
    desk = Desk()
    account = desk.account()
    (boss,) = desk.people(account, "CEO")
    me, kind = desk.colleague(), OrganisationKind.PARTNER
    made = desk.do(edits.add_competitor, organisation="Consultants", name="Sun", kind=kind)
    sun = made.added(Person)[0].id
    desk.do(edits.set_tie, me, boss, 20)
    desk.do(edits.set_tie, me, sun, 80)
    desk.do(edits.set_tie, sun, boss, 90)

    without, through = (
        routes_to(desk.records, account, boss, TODAY, RULES, me, 3, partners)
        for partners in (False, True)
    )

    assert [(route.people, float(route.value)) for route in without.routes] == [((me, boss), 0.2)]
    assert [(route.people, float(route.value)) for route in through.routes] == [
        ((me, sun, boss), 0.72),
        ((me, boss), 0.2),
    ]
    assert str(through.routes[0].first_action) == "Ask Sun to introduce CEO"


def test_colleagues_who_do_not_sell_are_routes_too(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(HR, non_sales=True)
    assert values(routes(portfolio, account)) == [0.72, 0.5, 0.2]


def test_a_route_never_leads_through_a_second_one_of_us(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.tie(ME, HR, 100)
    portfolio.sways(BOSS, HR, 100)
    assert values(routes(portfolio, account, k=9)) == [0.72, 0.5, 0.2]
