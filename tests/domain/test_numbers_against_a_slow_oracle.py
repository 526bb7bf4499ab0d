"""Random accounts, computed once more: slowly, plainly, straight from the rules' sentences."""

from __future__ import annotations

import math
from fractions import Fraction

import networkx as nx
from building import TODAY
from hypothesis import given
from hypothesis import strategies as st
from random_accounts import SPEND, random_account

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    Assessment,
    Attitude,
    ChainMember,
    Dimension,
    Influence,
    InfluenceKind,
    LineKind,
    Money,
    Person,
    PersonId,
    ProjectId,
    ReportingLine,
    Role,
    Stance,
    Tie,
)


def people_of(analysis: AccountAnalysis) -> dict[str, Person]:
    found = analysis.records.all(Person).values()
    home = analysis.record.organisation
    return {p.id: p for p in found if p.organisation == home and p.left_on is None}


def power(analysis: AccountAnalysis, person_id: str) -> int | None:
    """By walking up from everyone, each time anew."""
    records, people = analysis.records, people_of(analysis)

    def boss(person: str) -> str | None:
        lines = records.all(ReportingLine).values()
        up = [li.manager for li in lines if li.person == person and li.kind is LineKind.SOLID]
        if not up:
            return None
        return up[0] if up[0] in people else boss(up[0])

    bosses = {person: boss(person) for person in people}
    placed = {a for a, b in bosses.items() if b} | {b for b in bosses.values() if b}

    def depth(person: str) -> int:
        above = bosses[person]
        return 0 if above is None else 1 + depth(above)

    person = people[person_id]
    value = person.power
    if value is None and person_id in placed:
        deepest = max(depth(one) for one in placed)
        value = math.floor(100 * (1 - Fraction(depth(person_id), deepest + 1)) + Fraction(1, 2))
    return max(80, value or 0) if person.veto else value


def influence(analysis: AccountAnalysis, person_id: str) -> int | None:
    """By every simple path there is."""
    people = people_of(analysis)
    graph = nx.DiGraph()
    for line in analysis.records.all(Influence).values():
        there = line.source in people and line.target in people
        if there and line.kind is not InfluenceKind.CONFLICT and line.strength:
            old = graph.get_edge_data(line.source, line.target, {"p": 0})["p"]
            graph.add_edge(line.source, line.target, p=max(old, line.strength))
    if people[person_id].influence is not None:
        return people[person_id].influence
    if person_id not in graph:
        return None
    reach = 0.0
    for other in graph:
        strong = power(analysis, other)
        if other != person_id and strong is not None and strong >= 70:
            paths = nx.all_simple_edge_paths(graph, person_id, other, cutoff=3)
            products = (math.prod(graph.edges[e]["p"] / 100 for e in path) for path in paths)
            reach += max(products, default=0.0) * strong / 100
    return math.floor(100 * (1 - math.exp(-reach)) + 0.5)


def score(analysis: AccountAnalysis, person_id: str, dimension: Dimension) -> int | None:
    """By sorting all statements, then all ties."""
    ours = [
        one
        for one in analysis.records.all(Assessment).values()
        if one.person == person_id and one.organisation is None and one.assessed_on <= TODAY
    ]
    ours.sort(key=lambda one: (one.assessed_on, one.stamp))
    values: list[int] = [v for one in ours if (v := getattr(one, dimension.value)) is not None]
    if values:
        return values[-1]
    ties = [
        tie.closeness
        for tie in analysis.records.all(Tie).values()
        if tie.person == person_id and tie.employee in {"x", "y"}
    ]
    return max(ties) if ties and dimension is Dimension.CLOSENESS else None


@given(st.integers(0, 10**6))
def test_importance_is_that_of_the_oracle(seed: int) -> None:
    analysis = random_account(seed)
    people = people_of(analysis)
    assert set(analysis.importance) == set(people)
    powers = {one: power(analysis, one) for one in people}
    influences = {one: influence(analysis, one) for one in people}
    ranked = sorted((v for v in influences.values() if v is not None), reverse=True)
    edge = [*ranked[: math.ceil(len(people) / 5)][-1:], 0][0]
    chained = {member.person for member in analysis.records.all(ChainMember).values()}
    for one, person in people.items():
        found = analysis.importance[PersonId(one)]
        weight = max(powers[one] or 0, influences[one] or 0)
        assert (found.power, found.influence, found.weight) == (
            powers[one],
            influences[one],
            weight,
        )
        sways = influences[one]
        assert found.influence_centre is (sways is not None and sways >= max(40, edge))
        assert found.power_centre is ((powers[one] or 0) >= 70)
        assert found.crucial is (
            (powers[one] or 0) >= 70 or (sways or 0) >= 70 or bool(person.veto)
        )
        derived = weight >= 30 or one in chained
        assert found.key is (derived if person.key is None else person.key)


@given(st.integers(0, 10**6))
def test_scores_and_potential_are_those_of_the_oracle(seed: int) -> None:
    analysis = random_account(seed)
    importance = analysis.importance
    share = Fraction(0)
    for dimension in Dimension:
        known = {
            one: value
            for one in importance
            if importance[one].key and (value := score(analysis, one, dimension)) is not None
        }
        weight = sum(importance[one].weight for one in known)
        whole = sum(one.weight for one in importance.values() if one.key)
        found = analysis.scores[dimension]
        if not weight:
            assert found.value is None
            assert found.coverage == 0
        else:
            mean = Fraction(sum(importance[one].weight * v for one, v in known.items()), weight)
            assert found.value == mean
            assert found.coverage == Fraction(weight, whole)
            share += mean / 300
        assert found.scored == len(known)
    assert analysis.potential.amount == Money(
        math.floor(SPEND.minor * share + Fraction(1, 2)), "CNY"
    )


@given(st.integers(0, 10**6))
def test_odds_are_those_of_the_oracle(seed: int) -> None:
    analysis = random_account(seed)
    people = people_of(analysis)
    stances = [Stance.ENEMY, Stance.NON_SUPPORTER, Stance.NEUTRAL, Stance.SUPPORTER, Stance.MENTOR]
    weights = dict(zip(Role, (30, 30, 20, 10, 10), strict=True))
    total, value, held, limits = 0, Fraction(0), set(), [100]
    for member in analysis.records.all(ChainMember).values():
        if member.person not in people:
            continue
        held |= set(member.roles)
        stance = stance_of(analysis, member)
        parts = [Fraction(stances.index(stance), 4)] if stance in stances else []
        known = [score(analysis, member.person, d) for d in Dimension]
        scores = [Fraction(one, 100) for one in known if one is not None]
        parts += [sum(scores, Fraction(0)) / len(scores)] if scores else []
        q = sum(parts, Fraction(0)) / len(parts) if parts else Fraction(1, 2)
        weight = max((weights[role] for role in member.roles), default=0)
        total, value = total + weight, value + weight * q
        if people[member.person].veto and stance not in stances[3:]:
            limits.append(20 if stance in stances[:2] else 60)
        lead = competitor(analysis, member.person) - (known[0] or 0)
        if analysis.importance[member.person].crucial and lead >= 20:
            limits.append(70)
    limits += [60 for role in (Role.APPROVER, Role.DECISION_MAKER) if role not in held]
    found = analysis.chain(ProjectId("project Project"))
    if not total:
        assert found.odds is None
    else:
        assert found.uncapped == 100 * value / total
        assert found.odds == min([found.uncapped, *map(Fraction, limits)])


def stance_of(analysis: AccountAnalysis, member: ChainMember) -> Stance:
    """By sorting all claims."""
    said = [
        (one.stated_on, one.stamp, one.stance)
        for one in analysis.records.all(Attitude).values()
        if (one.project, one.person) == (member.project, member.person)
        and one.stance is not None
        and one.stated_on <= TODAY
    ]
    return max(said)[2] if said else Stance.UNKNOWN


def competitor(analysis: AccountAnalysis, person_id: str) -> int:
    theirs = [
        one
        for one in analysis.records.all(Assessment).values()
        if one.person == person_id
        and one.organisation is not None
        and one.assessed_on <= TODAY
        and one.closeness is not None
    ]
    theirs.sort(key=lambda one: (one.assessed_on, one.stamp))
    if theirs:
        return theirs[-1].closeness or 0
    ties = analysis.records.all(Tie).values()
    return max(
        (t.closeness for t in ties if t.person == person_id and t.employee == "r"), default=0
    )
