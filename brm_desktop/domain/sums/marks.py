"""Why someone is crucial, a key person or a centre, or is not (domain rule §4)."""

from __future__ import annotations

from math import ceil

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import ChainMember, Person, PersonId, Project
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import Explanation, SumLine, formula, listed_note


def crucial(analysis: AccountAnalysis, person_id: PersonId) -> Explanation:
    """Why a person is drawn as crucial, or is not."""
    found = analysis.importance[person_id]
    person = analysis.records.one(Person, person_id)
    rules = analysis.rules
    lines = (
        _own_mark(person.crucial),
        _at_least(phrase("power"), found.power, rules.power_centre_from),
        _at_least(phrase("influence"), found.influence, rules.crucial_influence_from),
        SumLine(phrase("Holds a veto"), part=_answer(person.veto)),
        SumLine(phrase("Can alone approve"), part=_answer(person.sole_approver)),
    )
    return _mark(
        analysis,
        person_id,
        "crucial",
        phrase("crucial person"),
        found.crucial,
        lines,
        rule_words.crucial(rules),
    )


def key_person(analysis: AccountAnalysis, person_id: PersonId) -> Explanation:
    """Why a person counts in the account's scores, or does not."""
    found = analysis.importance[person_id]
    person = analysis.records.one(Person, person_id)
    chains = analysis.records.where(ChainMember, person=person_id)
    projects = (analysis.records.get(Project, one.project) for one in chains)
    names = tuple(sorted(project.name for project in projects if project is not None))
    lines = (
        _own_mark(person.key),
        _at_least(phrase("importance"), found.weight, analysis.rules.key_person_from),
        SumLine(phrase("On a decision chain"), part=_answer(bool(names)), note=listed_note(names)),
    )
    return _mark(
        analysis,
        person_id,
        "key",
        phrase("key person"),
        found.key,
        lines,
        rule_words.key_person(analysis.rules),
    )


def power_centre(analysis: AccountAnalysis, person_id: PersonId) -> Explanation:
    """Why a person is a power centre, or is not."""
    found = analysis.importance[person_id]
    lines = (_at_least(phrase("power"), found.power, analysis.rules.power_centre_from),)
    return _mark(
        analysis,
        person_id,
        "power_centre",
        phrase("power centre"),
        found.power_centre,
        lines,
        rule_words.power_centre(analysis.rules),
    )


def influence_centre(analysis: AccountAnalysis, person_id: PersonId) -> Explanation:
    """Why a person is an influence centre, or is not."""
    found, rules = analysis.importance[person_id], analysis.rules
    known = sorted(
        (one.influence for one in analysis.importance.values() if one.influence is not None),
        reverse=True,
    )
    n = len(analysis.people)
    among = ceil(n * rules.influence_centre_share)
    largest = known[:among]
    least = largest[-1] if largest else 0
    lines = (
        _at_least(phrase("influence"), found.influence, rules.influence_centre_from),
        _at_least(
            phrase("the {among} with most influence of {n} people", among=among, n=n),
            found.influence,
            least,
        ),
    )
    return _mark(
        analysis,
        person_id,
        "influence_centre",
        phrase("influence centre"),
        found.influence_centre,
        lines,
        rule_words.influence_centre(rules),
    )


def _mark(
    analysis: AccountAnalysis,
    person_id: PersonId,
    number: str,
    what: Phrase,
    holds: bool,
    lines: tuple[SumLine, ...],
    rule: Phrase,
) -> Explanation:
    name = called(analysis.records, person_id)
    return Explanation(
        number=f"person.{number}",
        title=phrase("{name}: {what}", name=name, what=what),
        shown=_answer(holds),
        lines=lines,
        total=phrase("So: {what}, {answer}", what=what, answer=_answer(holds)),
        rule=rule,
    )


def _own_mark(mark: bool | None) -> SumLine:
    said = phrase("automatic") if mark is None else _answer(mark)
    return SumLine(phrase("Your own mark"), part=said)


def _at_least(name: Phrase, value: int | None, least: int) -> SumLine:
    return SumLine(
        phrase("{measure}, from {least}", measure=name, least=least),
        part=phrase("not known") if value is None else formula("{n}", n=value),
        note=_answer(value is not None and value >= least),
    )


def _answer(value: bool | None) -> Phrase:
    if value is None:
        return phrase("unknown")
    return phrase("yes") if value else phrase("no")
