"""Two hundred random accounts, computed once more by ``slow_numbers``."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

import pytest
from building import TODAY
from slow_numbers import SlowNumbers
from varied_accounts import ME, varied_account

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.odds import ReasonKind
from brm_desktop.domain.records import (
    Assessment,
    Attitude,
    Dimension,
    Interaction,
    OrganisationId,
    PersonId,
    ProjectId,
    Record,
    Records,
)

ACCOUNTS = 200
PROJECTS = (ProjectId("project Next"), ProjectId("project Past"))

each = pytest.mark.parametrize("seed", range(ACCOUNTS))


@lru_cache(maxsize=ACCOUNTS)
def slow(seed: int) -> SlowNumbers:
    analysis = varied_account(seed)
    return SlowNumbers(analysis.records, analysis.account, TODAY)


@each
def test_importance_is_that_of_the_oracle(seed: int) -> None:
    oracle, analysis = slow(seed), varied_account(seed)
    assert set(analysis.importance) == set(oracle.people)
    for person, found in analysis.importance.items():
        assert (found.power, found.influence) == (oracle.power[person], oracle.influence[person])
        assert found.weight == oracle.weight(person)
        assert found.power_centre is oracle.power_centre(person)
        assert found.influence_centre is oracle.influence_centre(person)
        assert found.crucial is oracle.crucial(person)
        assert found.key is (person in oracle.key_people)


@each
def test_scores_and_potential_are_those_of_the_oracle(seed: int) -> None:
    oracle, analysis = slow(seed), varied_account(seed)
    for dimension in Dimension:
        found = analysis.scores[dimension]
        assert (found.value, found.coverage, found.scored) == oracle.account_score(dimension)
        for person in oracle.people:
            standing = analysis.standing(person, dimension)
            assert (standing.value if standing else None) == oracle.score(person, dimension)
    spend, amount = analysis.record.expected_annual_spend, analysis.potential.amount
    if spend is None:
        assert amount is None
    else:
        assert amount is not None
        assert amount.minor == oracle.potential(spend.minor)


@each
def test_odds_reasons_and_targets_are_those_of_the_oracle(seed: int) -> None:
    oracle, analysis = slow(seed), varied_account(seed)
    for project in PROJECTS:
        found, wanted = analysis.chain(project), oracle.odds(project)
        for member in found.members:
            attitude = oracle.attitude(project, member.person)
            assert (member.stance, member.contact) == attitude
        if wanted is None:
            assert (found.odds, found.uncapped, found.reasons, found.targets) == (
                None, None, (), (),
            )  # fmt: skip
            continue
        assert (found.uncapped, found.odds) == wanted
        limits = sorted(oracle.limits(project))[:-1]
        assert [cap.limit for cap in found.caps] == limits
        points = {
            PersonId(one.person or ""): one.points
            for one in found.reasons
            if one.kind is ReasonKind.MEMBER
        }
        assert points == oracle.points(project)
        assert 50 + sum(one.points for one in found.reasons) == found.odds
        gains = {one.person: one.gain for one in found.targets}
        assert gains == oracle.targets(project)
        assert list(gains) == sorted(gains, key=lambda person: (-gains[person], person))


@each
def test_routes_and_the_tie_that_opens_the_best_are_those_of_the_oracle(seed: int) -> None:
    oracle, analysis = slow(seed), varied_account(seed)
    for target in list(oracle.people)[:4]:
        for partners in (False, True):
            found = analysis.routes_to(target, k=3, partners=partners)
            shown = [(route.value, route.people) for route in found.routes]
            assert shown == oracle.routes(target, partners)[:3]
        opening = analysis.routes_to(target).opening
        told = (opening.employee, opening.person, opening.value) if opening else None
        assert told == oracle.opening(target, ME)


@each
def test_resources_of_us_and_of_a_competitor_are_those_of_the_oracle(seed: int) -> None:
    oracle, analysis = slow(seed), varied_account(seed)
    rival = OrganisationId("organisation Rival")
    rivals = [p.id for p in oracle.present.values() if p.organisation == rival]
    for firm, employees in ((None, oracle.ours()), (rival, rivals)):
        found = analysis.resources(firm)
        scores = {one.employee: one.score for one in found}
        assert scores == {one: oracle.resource_score(one) for one in employees}
        for one in found:
            assert one.rank == 1 + sum(score > one.score for score in scores.values())
            assert (set(one.direct), set(one.one_insider)) == oracle.reached(one.employee)


def _known_by(record: Record, day: date) -> bool:
    """Whether something was said by a day; what carries no day was always there."""
    match record:
        case Assessment():
            return record.assessed_on <= day
        case Attitude():
            return record.stated_on <= day
        case Interaction():
            return record.held_on <= day
    return True


def _numbers(analysis: AccountAnalysis) -> list[object]:
    chains = [analysis.chain(project) for project in PROJECTS]
    people = [person.id for person in analysis.people]
    return [
        analysis.importance,
        analysis.scores,
        analysis.potential,
        chains,
        analysis.seller_record,
        analysis.resources(),
        [analysis.chains_of(person) for person in people],
        [analysis.routes_to(person) for person in people[:3]],
        [analysis.competitors_at(person) for person in people],
    ]


@each
def test_the_numbers_of_a_day_are_those_of_a_store_that_knows_no_later_claim(seed: int) -> None:
    analysis = varied_account(seed)
    for back in (0, 7, 21):
        day = TODAY - timedelta(days=back)
        then = AccountAnalysis(analysis.records, analysis.account, day, user=ME)
        known = Records(one for one in analysis.records if _known_by(one, day))
        assert _numbers(then) == _numbers(AccountAnalysis(known, analysis.account, day, user=ME))


def test_the_accounts_have_all_that_numbers_are_made_of() -> None:
    """No rule goes unasked: each cap, the floor, no odds at all, an opening, a change of stance."""
    limits, odds, openings, moved = set[int](), set[int | None](), set[bool](), set[bool]()
    for seed in range(ACCOUNTS):
        oracle, analysis = slow(seed), varied_account(seed)
        for project in PROJECTS:
            limits |= set(oracle.limits(project))
            wanted = oracle.odds(project)
            odds.add(None if wanted is None else (wanted[1] > wanted[0]) - (wanted[1] < wanted[0]))
        openings |= {oracle.opening(one, ME) is None for one in list(oracle.people)[:1]}
        then = AccountAnalysis(analysis.records, analysis.account, TODAY - timedelta(days=21))
        moved |= {
            (analysis.chain(project).odds or Fraction(0)) != (then.chain(project).odds or 0)
            for project in PROJECTS
        }
    assert limits == {20, 60, 70, 100}
    assert odds == {None, -1, 0, 1}
    assert (openings, moved) == ({True, False}, {True, False})
