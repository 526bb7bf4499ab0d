"""Who counts in an account: power, influence, and what follows from them (domain rule §4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.looking_up import records_of
from brm_desktop.domain.records import (
    AccountId,
    ChainMember,
    Influence,
    InfluenceKind,
    Person,
    PersonId,
    Records,
)
from brm_desktop.domain.reporting import depths, managers_of
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sides import customer_people

__all__ = ["Importance", "customer_people", "importance_among", "importance_of", "key_persons"]

InfluencesInto = dict[PersonId, dict[PersonId, int]]
"""For each person, who sways him and how strongly, 1–100."""


@dataclass(frozen=True, slots=True)
class Importance:
    """How much one person counts.

    ``power`` and ``influence`` are 0–100 or unknown; ``weight`` is the larger known one, 0 when
    neither is known, and is what scores are weighted by.
    """

    power: int | None
    influence: int | None
    weight: int
    crucial: bool
    key: bool
    power_centre: bool
    influence_centre: bool


def importance_of(
    records: Records, account_id: AccountId, rules: Rules, today: date | None = None
) -> dict[PersonId, Importance]:
    """The importance of everyone in an account who has not left, in name order."""
    people = customer_people(records, account_id, today)
    return importance_among(records, people, managers_of(records, people), rules)


def importance_among(
    records: Records,
    people: Sequence[Person],
    managers: Mapping[PersonId, PersonId],
    rules: Rules,
) -> dict[PersonId, Importance]:
    """The importance of the people of an account, in their order; ``managers`` are theirs."""
    power = _powers(people, managers, rules)
    influence = _influences(records, people, power, rules)
    enough = _influence_centre_from(influence, len(people), rules)
    everyone = {person.id for person in people}
    chained = {line.person for line in records_of(records, ChainMember, "person", everyone)}
    known: dict[tuple[object, ...], Importance] = {}
    found = {}
    for person in people:
        mine, sway = power.get(person.id), influence.get(person.id)
        on_chain, mark = person.id in chained, person.veto or person.sole_approver
        alike = (mine, sway, on_chain, mark, person.crucial, person.key)
        if alike not in known:
            known[alike] = _importance(person, mine, sway, enough, chained, rules)
        found[person.id] = known[alike]
    return found


def key_persons(importance: Mapping[PersonId, Importance]) -> list[PersonId]:
    """The key persons, most important first, equals in the order they come in."""
    key = (person for person, known in importance.items() if known.key)
    return sorted(key, key=lambda person: -importance[person].weight)


def _importance(
    person: Person,
    power: int | None,
    influence: int | None,
    influence_centre_from: int,
    chained: set[PersonId],
    rules: Rules,
) -> Importance:
    weight = max(power or 0, influence or 0)
    centre = power is not None and power >= rules.power_centre_from
    crucial = person.crucial
    if crucial is None:
        sways = influence is not None and influence >= rules.crucial_influence_from
        crucial = bool(centre or sways or person.veto or person.sole_approver)
    key = person.key
    if key is None:
        key = weight >= rules.key_person_from or person.id in chained
    return Importance(
        power=power,
        influence=influence,
        weight=weight,
        crucial=crucial,
        key=key,
        power_centre=centre,
        influence_centre=influence is not None and influence >= influence_centre_from,
    )


def _powers(
    people: Sequence[Person], managers: Mapping[PersonId, PersonId], rules: Rules
) -> dict[PersonId, int]:
    """Everyone's known power: the user's value, else by depth; veto and sole approval lift it."""
    depth = depths(managers)
    levels = max(depth.values(), default=0) + 1
    by_depth = [half_up(100 * (1 - Fraction(d, levels))) for d in range(levels)]
    found: dict[PersonId, int] = {}
    for person in people:
        power = person.power
        if power is None and person.id in depth:
            power = by_depth[depth[person.id]]
        if person.veto or person.sole_approver:
            power = max(power or 0, rules.veto_power)
        if power is not None:
            found[person.id] = power
    return found


def _influences(
    records: Records, people: Sequence[Person], power: Mapping[PersonId, int], rules: Rules
) -> dict[PersonId, int]:
    """Everyone's known influence: the user's value, else by reach; no line in or out: unknown."""
    into = influences_into(records, people)
    reach = _reaches(into, power, rules)
    whole = 100 ** (rules.influence_reach_edges + 1)
    found: dict[PersonId, int] = {}
    for person in people:
        if person.influence is not None:
            found[person.id] = person.influence
        elif person.id in reach:
            found[person.id] = half_up(100 * (1 - math.exp(-reach[person.id] / whole)))
        elif person.id in into:
            found[person.id] = 0
    return found


def influences_into(records: Records, people: Sequence[Person]) -> InfluencesInto:
    """The influences inside the account; everyone with a line in or out is a key."""
    there = {person.id for person in people}
    into: InfluencesInto = {}
    for line in records_of(records, Influence, "source", there):
        source, target = line.source, line.target
        if target not in there or target == source or line.strength is None:
            continue
        if line.kind is InfluenceKind.CONFLICT:
            continue
        into.setdefault(source, {})
        before = into.setdefault(target, {}).get(source, 0)
        into[target][source] = max(before, line.strength)
    return into


def _reaches(
    into: InfluencesInto, power: Mapping[PersonId, int], rules: Rules
) -> dict[PersonId, int]:
    """Everyone's reach in units of 1 / 100^(edges + 1): whole numbers, so that sums are exact."""
    reach: dict[PersonId, int] = {}
    for target in into:
        if power.get(target, -1) < rules.influence_reach_from:
            continue
        for source, product in _products(into, target, rules.influence_reach_edges).items():
            if source != target:
                reach[source] = reach.get(source, 0) + product * power[target]
    return reach


def _products(into: InfluencesInto, target: PersonId, edges: int) -> dict[PersonId, int]:
    """The largest products of strengths over paths of at most ``edges`` edges, times 100^edges."""
    best = {target: 100**edges}
    frontier = dict(best)
    for _ in range(edges):
        improved: dict[PersonId, int] = {}
        for node, product in frontier.items():
            for source, strength in into[node].items():
                value = product * strength // 100
                if value > best.get(source, 0):
                    best[source] = improved[source] = value
        frontier = improved
    return best


def _influence_centre_from(influence: Mapping[PersonId, int], n: int, rules: Rules) -> int:
    """The influence from which someone is a centre: among the largest of a share of n, ties in."""
    among = math.ceil(n * rules.influence_centre_share)
    largest = sorted(influence.values(), reverse=True)[:among]
    return max([rules.influence_centre_from, *largest[-1:]])
