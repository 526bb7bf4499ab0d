"""Domain rule §4: who counts in an account."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.importance import Importance, customer_people, importance_of
from brm_desktop.domain.records import (
    AccountId,
    InfluenceKind,
    LineKind,
    PersonId,
    Records,
    Role,
)
from brm_desktop.domain.rules import Rules

RULES = Rules()
BOSS, VP, CIO, IT = (PersonId(name) for name in ("CEO", "Sales VP", "CIO", "IT director"))


@pytest.fixture
def account(portfolio: Portfolio) -> AccountId:
    """CEO ← Sales VP, CIO; CIO ← IT director; one influence IT director → CEO, strength 80."""
    account = portfolio.account()
    portfolio.people(account, BOSS, VP, CIO, IT)
    portfolio.reports(VP, BOSS)
    portfolio.reports(CIO, BOSS)
    portfolio.reports(IT, CIO)
    portfolio.sways(IT, BOSS, 80)
    return account


def importance(portfolio: Portfolio, account: AccountId) -> dict[PersonId, Importance]:
    return importance_of(portfolio.records(), account, RULES, TODAY)


def test_a_ceo_over_two_managers_and_one_report_have_power_100_67_67_33(
    portfolio: Portfolio, account: AccountId
) -> None:
    found = importance(portfolio, account)
    assert [found[who].power for who in (BOSS, VP, CIO, IT)] == [100, 67, 67, 33]


def test_an_it_director_who_sways_the_ceo_with_80_is_an_influence_centre_with_power_33(
    portfolio: Portfolio, account: AccountId
) -> None:
    director = importance(portfolio, account)[IT]
    assert (director.power, director.influence, director.weight) == (33, 55, 55)
    assert director.influence_centre
    assert not director.power_centre


def test_the_swayed_ceo_has_a_known_influence_of_0_and_those_with_no_line_an_unknown_one(
    portfolio: Portfolio, account: AccountId
) -> None:
    found = importance(portfolio, account)
    assert found[BOSS].influence == 0
    assert found[VP].influence is None
    assert not found[BOSS].influence_centre


def test_people_come_in_name_order(portfolio: Portfolio, account: AccountId) -> None:
    assert list(importance(portfolio, account)) == [BOSS, CIO, IT, VP]


def test_a_person_with_no_solid_line_up_or_down_has_unknown_power_and_weight_0(
    portfolio: Portfolio, account: AccountId
) -> None:
    loner = portfolio.person("Loner", account)
    portfolio.reports(loner, BOSS, LineKind.DOTTED)
    found = importance(portfolio, account)[loner]
    assert (found.power, found.influence, found.weight, found.key) == (None, None, 0, False)


def test_the_users_values_stand_before_the_derived_ones(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(IT, power=90, influence=5)
    found = importance(portfolio, account)[IT]
    assert (found.power, found.influence, found.weight) == (90, 5, 90)


@pytest.mark.parametrize("mark", ["veto", "sole_approver"])
@pytest.mark.parametrize(("own", "lifted"), [(None, 80), (10, 80), (79, 80), (95, 95)])
def test_a_veto_or_sole_approval_lifts_power_to_80_unknown_included(
    portfolio: Portfolio, account: AccountId, mark: str, own: int | None, lifted: int
) -> None:
    person = portfolio.person("Holder", account, **{mark: True, "power": own})
    found = importance(portfolio, account)[person]
    assert found.power == lifted
    assert found.crucial


def test_a_veto_answered_no_lifts_nothing(portfolio: Portfolio, account: AccountId) -> None:
    person = portfolio.person("Someone", account, veto=False, sole_approver=False)
    assert importance(portfolio, account)[person].power is None


def test_who_left_is_skipped_and_his_reports_hang_under_his_manager(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(CIO, left_on=TODAY)
    found = importance(portfolio, account)
    assert CIO not in found
    assert [found[who].power for who in (BOSS, VP, IT)] == [100, 50, 50]


def test_two_managers_who_left_one_after_the_other_are_both_skipped(
    portfolio: Portfolio, account: AccountId
) -> None:
    clerk = portfolio.person("Clerk", account)
    portfolio.reports(clerk, IT)
    portfolio.revise(CIO, left_on=TODAY)
    portfolio.revise(IT, left_on=TODAY)
    assert importance(portfolio, account)[clerk].power == 50


def test_under_a_head_who_left_the_reports_with_reports_are_roots(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(BOSS, left_on=TODAY)
    found = importance(portfolio, account)
    assert [found[who].power for who in (CIO, IT, VP)] == [100, 50, None]


def test_someone_counts_until_the_day_he_leaves(portfolio: Portfolio, account: AccountId) -> None:
    portfolio.revise(CIO, left_on=TODAY + timedelta(days=1))
    records = portfolio.records()
    assert CIO in importance_of(records, account, RULES, TODAY)
    assert CIO not in importance_of(records, account, RULES)
    assert [p.id for p in customer_people(records, account)] == [BOSS, IT, VP]


def test_a_manager_outside_the_account_is_no_manager_in_its_forest(
    portfolio: Portfolio, account: AccountId
) -> None:
    chairman = portfolio.person("Chairman", portfolio.account("Parent"))
    portfolio.reports(BOSS, chairman)
    assert importance(portfolio, account)[BOSS].power == 100


def test_a_placeholder_counts_as_a_person(portfolio: Portfolio, account: AccountId) -> None:
    portfolio.revise(CIO, placeholder=True)
    assert importance(portfolio, account)[IT].power == 33


def test_a_cycle_in_bad_data_is_cut_at_its_smallest_id(
    portfolio: Portfolio, account: AccountId
) -> None:
    a, b, c, d = portfolio.people(account, "a", "b", "c", "d")
    for person, manager in pairwise((d, c, b, a, c)):
        portfolio.reports(person, manager)
    found = importance(portfolio, account)
    assert [found[who].power for who in (a, b, c, d)] == [100, 75, 50, 25]


def test_a_self_report_and_a_second_solid_manager_are_not_followed(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.reports(BOSS, BOSS)
    portfolio.reports(IT, VP)
    found = importance(portfolio, account)
    assert found[BOSS].power == 100
    assert found[IT].power == 33


def test_a_cycle_through_people_who_left_ends(portfolio: Portfolio, account: AccountId) -> None:
    a, b = portfolio.people(account, "a", "b")
    portfolio.reports(a, b)
    portfolio.reports(b, a)
    portfolio.reports(IT, a)
    portfolio.revise(a, left_on=TODAY)
    portfolio.revise(b, left_on=TODAY)
    assert importance(portfolio, account)[BOSS].power == 100


def test_influence_follows_paths_of_three_edges_and_no_more(
    portfolio: Portfolio, account: AccountId
) -> None:
    people = portfolio.people(account, "p1", "p2", "p3", "p4")
    for source, target in pairwise([*people, BOSS]):
        portfolio.sways(source, target, 100)
    found = importance(portfolio, account)
    assert [found[person].influence for person in people] == [0, 63, 63, 63]


def test_of_several_paths_the_strongest_counts(portfolio: Portfolio, account: AccountId) -> None:
    whisperer = portfolio.person("Whisperer", account)
    portfolio.sways(whisperer, BOSS, 10)
    portfolio.sways(whisperer, IT, 90)
    assert importance(portfolio, account)[whisperer].influence == 51


def test_two_influences_of_different_kinds_count_as_the_stronger(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.sways(IT, BOSS, 20, InfluenceKind.ALUMNI)
    assert importance(portfolio, account)[IT].influence == 55


def test_conflicts_never_count(portfolio: Portfolio, account: AccountId) -> None:
    portfolio.sways(VP, BOSS, None, InfluenceKind.CONFLICT)
    portfolio.sways(CIO, BOSS, 90, InfluenceKind.CONFLICT)
    found = importance(portfolio, account)
    assert (found[VP].influence, found[CIO].influence) == (None, None)


def test_influence_on_someone_of_unknown_or_small_power_is_no_reach(
    portfolio: Portfolio, account: AccountId
) -> None:
    loner = portfolio.person("Loner", account)
    portfolio.sways(VP, loner, 100)
    portfolio.sways(VP, CIO, 100)
    assert importance(portfolio, account)[VP].influence == 0


def test_influence_on_who_left_or_is_outside_does_not_count(
    portfolio: Portfolio, account: AccountId
) -> None:
    outside = portfolio.person("Outside", portfolio.account("Other"), power=100)
    portfolio.sways(VP, outside, 100)
    gone = portfolio.person("Gone", account, power=100, left_on=TODAY)
    portfolio.sways(VP, gone, 100)
    portfolio.sways(VP, VP, 100)
    assert importance(portfolio, account)[VP].influence is None


def test_from_what_power_on_swaying_someone_counts_is_a_number_of_the_rules(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.sways(VP, CIO, 80)
    found = importance_of(portfolio.records(), account, Rules(influence_reach_from=67), TODAY)
    assert found[VP].influence == 41
    assert importance(portfolio, account)[VP].influence == 0
    assert found[CIO].power_centre is False


def test_how_many_can_be_influence_centres_is_a_number_of_the_rules(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.sways(VP, BOSS, 90)
    portfolio.sways(CIO, BOSS, 70)

    def centres(share: Fraction) -> set[str]:
        rules = Rules(influence_centre_share=share)
        found = importance_of(portfolio.records(), account, rules, TODAY)
        return {person for person, one in found.items() if one.influence_centre}

    assert centres(Fraction(1, 4)) == {VP}
    assert centres(Fraction(1, 2)) == {VP, IT}
    assert centres(Fraction(1)) == {VP, IT, CIO}


def test_people_of_equal_influence_at_the_edge_are_all_influence_centres(
    portfolio: Portfolio, account: AccountId
) -> None:
    other = portfolio.person("Another director", account)
    portfolio.sways(other, BOSS, 80)
    found = importance(portfolio, account)
    assert found[other].influence_centre
    assert found[IT].influence_centre


def test_an_influence_of_39_is_no_centre_however_large_beside_the_others(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(IT, influence=39)
    assert not importance(portfolio, account)[IT].influence_centre
    portfolio.revise(IT, influence=40)
    assert importance(portfolio, account)[IT].influence_centre


@pytest.mark.parametrize(
    ("fields", "crucial"),
    [
        ({"power": 70}, True),
        ({"power": 69, "influence": 69}, False),
        ({"influence": 70}, True),
        ({"crucial": True}, True),
        ({"power": 100, "veto": True, "crucial": False}, False),
    ],
)
def test_crucial_is_the_users_mark_else_power_or_influence_from_70(
    portfolio: Portfolio, account: AccountId, fields: dict[str, object], crucial: bool
) -> None:
    person = portfolio.person("Someone", account, **fields)
    assert importance(portfolio, account)[person].crucial is crucial


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"power": 30}, True),
        ({"power": 29}, False),
        ({"influence": 30, "power": 2}, True),
        ({"power": 90, "key": False}, False),
        ({"key": True}, True),
    ],
)
def test_a_key_person_is_the_users_mark_else_importance_from_30(
    portfolio: Portfolio, account: AccountId, fields: dict[str, object], key: bool
) -> None:
    person = portfolio.person("Someone", account, **fields)
    assert importance(portfolio, account)[person].key is key


def test_whoever_is_on_a_chain_is_a_key_person(portfolio: Portfolio, account: AccountId) -> None:
    person = portfolio.person("Someone", account)
    portfolio.member(portfolio.project(account), person, Role.USER)
    assert importance(portfolio, account)[person].key


def test_an_account_without_people_has_no_importance(portfolio: Portfolio) -> None:
    assert importance(portfolio, portfolio.account("Empty")) == {}


@given(st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(random: Random) -> None:
    portfolio = Portfolio()
    account = portfolio.account()
    people = portfolio.people(account, *"abcdefgh")
    for place, person in enumerate(people[1:]):
        portfolio.reports(person, people[place // 2])
        portfolio.sways(person, people[place // 3], 40 + place)
    shuffled = list(portfolio.records())
    random.shuffle(shuffled)
    assert importance_of(Records(shuffled), account, RULES) == importance(portfolio, account)


def test_an_account_is_found_alike_alone_and_among_many_others(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.member(portfolio.project(account), portfolio.person("Clerk", account), Role.USER)
    alone = importance(portfolio, account)
    other = portfolio.account("Large")
    crowd = portfolio.people(other, *(f"c{number}" for number in range(40)))
    project = portfolio.project(other, "Theirs")
    for manager, person in pairwise(crowd):
        portfolio.reports(person, manager)
        portfolio.sways(person, manager, 90)
        portfolio.member(project, person, Role.USER)
    assert importance(portfolio, account) == alone
