"""Scores explained: an account's with its coverage, and one person's (domain rules §2, §5)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import NAMELESS, called, organisation_called
from brm_desktop.domain.numerals import plain, share
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Assessment,
    Dimension,
    OrganisationId,
    PersonId,
    Tie,
)
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.scores import Band, Standing, band, freshness, statements_of
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import (
    Explanation,
    Joined,
    SumLine,
    formula,
    listed_note,
)

UNKNOWN = phrase("not known")
_REPLACED_SHOWN = 3
_NAMES_SHOWN = 12


def account_score(analysis: AccountAnalysis, dimension: Dimension) -> Explanation:
    """An account's score in a dimension: weight × score of each key person, over all weights."""
    score = analysis.scores[dimension]
    terms = sorted(score.terms, key=lambda term: -term.weight)
    lines = [
        SumLine(
            label=called(analysis.records, term.person),
            part=formula("{weight} × {score}", weight=term.weight, score=term.score),
            adds=plain(term.weight * term.score),
            note=standing_note(analysis, term.standing),
            person=term.person,
        )
        for term in terms
    ]
    lines += [_not_scored(analysis, person) for person in score.unscored]
    made = sum(term.weight * term.score for term in terms)
    weights = sum(term.weight for term in terms)
    total = phrase("Nobody who counts is scored yet.")
    if score.value is not None:
        total = formula(
            "{made} / {weights} = {value}",
            made=plain(made),
            weights=plain(weights),
            value=plain(score.value, 1),
        )
    return Explanation(
        number=f"account.{dimension.value}",
        title=phrase("{dimension} of {name}", dimension=dimension, name=analysis.name),
        shown=UNKNOWN if score.value is None else plain(half_up(score.value)),
        lines=(*lines, _coverage_line(analysis, dimension)),
        total=total,
        rule=rule_words.account_score(analysis.rules),
        joined=Joined.SUM,
        made=Fraction(made),
    )


def coverage(analysis: AccountAnalysis, dimension: Dimension) -> Explanation:
    """How much of an account's weight has a score in a dimension."""
    score = analysis.scores[dimension]
    scored = {term.person: term.weight for term in score.terms}
    everyone = [*scored, *score.unscored]
    weights = {person: analysis.importance[person].weight for person in everyone}
    lines = [
        SumLine(
            label=called(analysis.records, person),
            part=None if person in scored else formula("0 × {n}", n=weights[person]),
            adds=plain(weights[person] if person in scored else 0),
            note=None if person in scored else phrase("not scored"),
            person=person,
        )
        for person in sorted(everyone, key=lambda one: -weights[one])
    ]
    made, whole = sum(scored.values()), sum(weights.values())
    return Explanation(
        number=f"account.{dimension.value}.coverage",
        title=phrase("Coverage of {dimension} of {name}", dimension=dimension, name=analysis.name),
        shown=share(score.coverage),
        lines=tuple(lines),
        total=formula(
            "{made} / {whole} = {share}",
            made=plain(made),
            whole=plain(whole),
            share=share(score.coverage, 1),
        ),
        rule=rule_words.coverage(analysis.rules),
        joined=Joined.SUM,
        made=Fraction(made),
    )


def key_person_bands(analysis: AccountAnalysis) -> Explanation:
    """How many key persons are close to us, how many less so, and who they are."""
    placed: list[tuple[Band, str]] = []
    for person in analysis.key_people:
        found = analysis.standing(person.id, Dimension.CLOSENESS)
        held = band(found.value if found else None, analysis.rules)
        placed.append((held, called(analysis.records, person.id)))
    return band_counts(
        "account.bands",
        phrase("Key persons of {name} by closeness", name=analysis.name),
        placed,
        rule_words.bands(analysis.rules),
    )


def band_counts(
    number: str, title: Phrase, placed: Sequence[tuple[Band, str]], rule: Phrase
) -> Explanation:
    """How many of some named things are in each band: people, or accounts."""
    lines = []
    for one in Band:
        names = tuple(name for held, name in placed if held is one)
        lines.append(SumLine(one.phrase, adds=plain(len(names)), note=_named(names)))
    return Explanation(
        number=number,
        title=title,
        shown=plain(len(placed)),
        lines=tuple(lines),
        total=formula("= {n}", n=len(placed)),
        rule=rule,
        joined=Joined.SUM,
        made=Fraction(len(placed)),
    )


def person_score(
    analysis: AccountAnalysis,
    person: PersonId,
    dimension: Dimension,
    organisation: OrganisationId | None = None,
) -> Explanation:
    """A person's score: which statement holds, since when, by whom, and what it replaced.

    ``organisation`` names a competitor whose closeness is asked for; without it, it is ours.
    """
    found = analysis.standing(person, dimension, organisation)
    statements = _statements(analysis, person, dimension, organisation)
    lines: list[SumLine] = []
    if found is not None and not statements:
        lines.append(_by_tie(analysis, found))
    for place, (assessment, value) in enumerate(statements[: 1 + _REPLACED_SHOWN]):
        lines.append(_stated(analysis, assessment, value, replaced=place > 0))
    if found is None:
        lines.append(SumLine(phrase("Nobody has stated it, and no tie says it.")))
    name = called(analysis.records, person)
    title = phrase("{dimension} of {name}", dimension=dimension, name=name)
    if organisation is not None:
        title = phrase(
            "Closeness of {organisation} to {name}",
            organisation=organisation_called(analysis.records, organisation),
            name=name,
        )
    total = phrase("unscored") if found is None else formula("= {value}", value=found.value)
    return Explanation(
        number=f"person.{dimension.value}" if organisation is None else "competitor.closeness",
        title=title,
        shown=UNKNOWN if found is None else plain(found.value),
        lines=tuple(lines),
        total=total,
        rule=rule_words.person_score(analysis.rules),
        joined=Joined.NOT if found is None else Joined.SUM,
        made=None if found is None else Fraction(found.value),
    )


def standing_note(analysis: AccountAnalysis, found: Standing) -> Phrase | None:
    """When a score was stated, how sure it is and how old, and that it is only from a tie."""
    by_tie = isinstance(analysis.records.find(found.statement or ""), Tie)
    dated = phrase("no date") if found.assessed_on is None else found.assessed_on
    return listed_note(
        dated,
        found.basis,
        found.freshness if found.assessed_on is not None else None,
        phrase("largest tie") if by_tie else None,
    )


def _named(names: tuple[str, ...]) -> Phrase | None:
    more = len(names) - _NAMES_SHOWN
    if more <= 0:
        return listed_note(names)
    return phrase("{names} and {n} more", names=names[:_NAMES_SHOWN], n=more)


def _not_scored(analysis: AccountAnalysis, person: PersonId) -> SumLine:
    return SumLine(
        label=called(analysis.records, person),
        part=formula("{weight} × –", weight=analysis.importance[person].weight),
        note=phrase("not scored"),
        person=person,
    )


def _coverage_line(analysis: AccountAnalysis, dimension: Dimension) -> SumLine:
    score = analysis.scores[dimension]
    if not score.of:
        return SumLine(phrase("No key persons yet."))
    said = phrase(
        "From {scored} of {of} key persons, {share} of their weight",
        scored=score.scored,
        of=score.of,
        share=share(score.coverage),
    )
    return SumLine(said)


def _by_tie(analysis: AccountAnalysis, found: Standing) -> SumLine:
    tie = analysis.records.one(Tie, found.statement or "")
    dated = found.assessed_on
    return SumLine(
        label=phrase("Largest tie, of {name}", name=called(analysis.records, tie.employee)),
        adds=plain(found.value),
        note=listed_note(
            phrase("no date") if dated is None else dated,
            found.basis,
            None if dated is None else found.freshness,
            found.evidence,
        ),
        person=tie.employee,
    )


def _stated(
    analysis: AccountAnalysis, assessment: Assessment, value: int, *, replaced: bool
) -> SumLine:
    on = assessment.assessed_on
    author = called(analysis.records, assessment.author)
    note = listed_note(
        None if author == NAMELESS else phrase("by {name}", name=author),
        assessment.basis,
        None if replaced else freshness(on, analysis.today, analysis.rules),
        assessment.evidence,
    )
    if replaced:
        was = phrase("Replaced: stated on {date}", date=on)
        return SumLine(was, part=formula("{value}", value=value), note=note)
    return SumLine(phrase("Stated on {date}", date=on), adds=plain(value), note=note)


def _statements(
    analysis: AccountAnalysis,
    person: PersonId,
    dimension: Dimension,
    organisation: OrganisationId | None,
) -> list[tuple[Assessment, int]]:
    """What was stated of a person in a dimension up to today, newest first."""
    found = statements_of(analysis.records, person, dimension, organisation)
    return [(one, value) for one, value in found if one.assessed_on <= analysis.today]
