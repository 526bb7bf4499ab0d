"""How much someone counts, explained: power, influence and weight (domain rule §4)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import exp

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called
from brm_desktop.domain.numerals import plain, points
from brm_desktop.domain.odds_sum import adding_up
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Person, PersonId
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import (
    Explanation,
    Joined,
    Shown,
    SumLine,
    formula,
)

_UNKNOWN = phrase("not known")
_REACH_DIGITS = 3
_Way = tuple[int, tuple[PersonId, ...]]
"""A product of strengths times 100^edges, and the people it leads along."""


def power(analysis: AccountAnalysis, person_id: PersonId) -> Explanation:
    """A person's power: his value or his level in the reporting lines, and what lifts it."""
    person = analysis.records.one(Person, person_id)
    lines, before = _power_by_level(analysis, person_id)
    if person.power is not None:
        lines, before = (
            (SumLine(phrase("Entered by hand"), adds=plain(person.power)),),
            person.power,
        )
    value = analysis.importance[person_id].power
    if value is not None and value > before:
        why = phrase("Holds a veto: lifted to {n}", n=value)
        if not person.veto:
            why = phrase("Can alone approve: lifted to {n}", n=value)
        lines = (*lines, SumLine(why, adds=points(value - before)))
    if value is None:
        lines = (SumLine(phrase("No value entered, and no solid reporting line up or down.")),)
    return _explained(
        analysis,
        person_id,
        "power",
        phrase("power"),
        value,
        lines,
        rule_words.power(analysis.rules),
    )


def influence(analysis: AccountAnalysis, person_id: PersonId) -> Explanation:
    """A person's influence: his value, or each powerful person he reaches and on which way."""
    person = analysis.records.one(Person, person_id)
    value = analysis.importance[person_id].influence
    if person.influence is not None:
        lines = (SumLine(phrase("Entered by hand"), adds=plain(person.influence)),)
        return _explained(
            analysis,
            person_id,
            "influence",
            phrase("influence"),
            value,
            lines,
            rule_words.influence(analysis.rules),
        )
    return _influence_by_reach(analysis, person_id, value)


def weight(analysis: AccountAnalysis, person_id: PersonId) -> Explanation:
    """What a person's scores are weighted by: the larger of power and influence."""
    found = analysis.importance[person_id]
    lines = (_measure(phrase("power"), found.power), _measure(phrase("influence"), found.influence))
    return _explained(
        analysis,
        person_id,
        "importance",
        phrase("importance"),
        found.weight,
        lines,
        rule_words.weight(analysis.rules),
        total=phrase("The larger: {n}", n=found.weight),
    )


def _power_by_level(
    analysis: AccountAnalysis, person_id: PersonId
) -> tuple[tuple[SumLine, ...], int]:
    """100 at the top, and what the levels between take away; the lines and what they come to."""
    above = [called(analysis.records, one) for one in analysis.hierarchy.above(person_id)]
    mine, levels = len(above), analysis.levels
    if not above and not analysis.hierarchy.reports.get(person_id):
        return (), 0
    top = SumLine(phrase("The top of the reporting lines has"), adds=plain(100))
    if not mine:
        return (top,), 100
    value = half_up(100 * (1 - Fraction(mine, levels)))
    step = SumLine(
        phrase("{n} of {levels} levels below the top", n=mine, levels=levels),
        part=formula("−100 × {n}/{levels}", n=mine, levels=levels),
        adds=points(value - 100),
        note=formula("{names}", names=" → ".join(above)),
    )
    return (top, step), value


def _influence_by_reach(
    analysis: AccountAnalysis, person_id: PersonId, value: int | None
) -> Explanation:
    rules, whole = analysis.rules, 100**analysis.rules.influence_reach_edges
    reached = _reached(analysis, person_id)
    reach = sum((one[0] for one in reached), Fraction(0))
    scale = 10**_REACH_DIGITS
    made = Fraction(half_up(reach * scale), scale)
    shown = adding_up([one[0] for one in reached], made, _REACH_DIGITS)
    lines = tuple(
        SumLine(
            label=called(analysis.records, target),
            part=formula(
                "{product} × {power}/100",
                product=plain(Fraction(way[0], whole), _REACH_DIGITS),
                power=power_there,
            ),
            adds=plain(adds, _REACH_DIGITS),
            note=_along(analysis, way[1]),
            person=target,
        )
        for (_, target, way, power_there), adds in zip(reached, shown, strict=True)
    )
    if not lines:
        nobody = phrase(
            "No influence line leads to anyone of power {n} or more.", n=rules.influence_reach_from
        )
        lines = (SumLine(nobody),)
    total = phrase("No influence line in or out.")
    if value is not None:
        total = phrase(
            "Reach {reach}: 100 × (1 − e^−{reach}) = {value}",
            reach=plain(made, _REACH_DIGITS),
            value=plain(Fraction(100 * (1 - exp(-float(reach)))), 1),
        )
    return _explained(
        analysis,
        person_id,
        "influence",
        phrase("influence"),
        value,
        lines,
        rule_words.influence(analysis.rules),
        total=total,
        made=made,
    )


def _reached(
    analysis: AccountAnalysis, person_id: PersonId
) -> list[tuple[Fraction, PersonId, _Way, int]]:
    """What each powerful person a person reaches adds to his reach, most first, with way, power."""
    rules, whole = analysis.rules, 100**analysis.rules.influence_reach_edges
    found: list[tuple[Fraction, PersonId, _Way, int]] = []
    for target, way in _best_ways(analysis, person_id).items():
        power = analysis.importance[target].power
        if target != person_id and power is not None and power >= rules.influence_reach_from:
            found.append((Fraction(way[0] * power, whole * 100), target, way, power))
    return sorted(found, key=lambda one: (-one[0], called(analysis.records, one[1]), one[1]))


def _along(analysis: AccountAnalysis, people: tuple[PersonId, ...]) -> Phrase:
    return formula("{way}", way=" → ".join(called(analysis.records, one) for one in people))


def _best_ways(analysis: AccountAnalysis, start: PersonId) -> Mapping[PersonId, _Way]:
    """The best way of influence from someone to everyone within the steps that count."""
    edges = analysis.rules.influence_reach_edges
    best: dict[PersonId, _Way] = {start: (100**edges, (start,))}
    frontier = dict(best)
    for _ in range(edges):
        improved: dict[PersonId, _Way] = {}
        for node, (product, way) in frontier.items():
            for target, strength in analysis.influences.get(node, ()):
                value = product * strength // 100
                if value > best.get(target, (0, ()))[0]:
                    best[target] = improved[target] = (value, (*way, target))
        frontier = improved
    return best


def _measure(name: Phrase, value: int | None) -> SumLine:
    return SumLine(name, part=_UNKNOWN if value is None else formula("{n}", n=value))


def _explained(
    analysis: AccountAnalysis,
    person_id: PersonId,
    number: str,
    measure: Phrase,
    value: int | None,
    lines: tuple[SumLine, ...],
    rule: Phrase,
    total: Phrase | None = None,
    made: Fraction | None = None,
) -> Explanation:
    """A measure of a person explained; without another ``total`` its lines add up to it."""
    shown: Shown = _UNKNOWN if value is None else plain(value)
    if total is None:
        total = formula("= {value}", value=shown)
        made = None if value is None else Fraction(value)
    return Explanation(
        number=f"person.{number}",
        title=phrase(
            "{measure} of {name}", measure=measure, name=called(analysis.records, person_id)
        ),
        shown=shown,
        lines=lines,
        total=total,
        rule=rule,
        joined=Joined.NOT if made is None else Joined.SUM,
        made=made,
    )
