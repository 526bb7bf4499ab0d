"""What is known of people today, and the account's scores made of it (domain rules §2, §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.importance import Importance, importance_of, key_persons
from brm_desktop.domain.looking_up import records_of
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import (
    AccountId,
    Assessment,
    Basis,
    Dimension,
    OrganisationId,
    Person,
    PersonId,
    Records,
    Tie,
)
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sides import has_left, is_ours

__all__ = [
    "AccountScores",
    "Band",
    "DimensionScore",
    "Freshness",
    "Standing",
    "Term",
    "account_scores",
    "band",
    "freshness",
    "half_up",
    "newest_statement",
    "score_in",
    "standing",
    "statements_of",
]


class Band(Word):
    """How good a score is."""

    STRONG = "strong", "strong"
    MEDIUM = "medium", "medium"
    WEAK = "weak", "weak"
    UNSCORED = "unscored", "unscored"


class Freshness(Word):
    """How old a statement is."""

    FRESH = "fresh", "fresh"
    AGEING = "ageing", "ageing"
    STALE = "stale", "stale"


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds today of one person in one dimension, toward us or toward a competitor.

    ``statement`` is the id of the assessment that says so, or of the tie when closeness falls back
    to the largest one. ``assessed_on`` is ``None`` when nothing dates that tie.
    """

    value: int
    assessed_on: date | None
    basis: Basis
    freshness: Freshness
    statement: str | None
    author: str
    evidence: str


StandingOf = Callable[[PersonId, Dimension], Standing | None]


@dataclass(frozen=True, slots=True)
class Term:
    """One key person's part in an account's score: weight × score, and where the score is from."""

    person: PersonId
    weight: int
    score: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """An account's score in one dimension with the sum it is made of.

    ``value`` is exact, 0–100, or ``None`` when unscored; ``scored`` of ``of`` key persons have a
    score; ``coverage`` is their share of all key persons' weight, 0–1. Terms are the scored ones,
    most important first; ``unscored`` names the others.
    """

    value: Fraction | None
    scored: int
    of: int
    coverage: Fraction
    band: Band
    terms: tuple[Term, ...]
    unscored: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class AccountScores:
    """An account's three scores, by dimension: ``scores[Dimension.CLOSENESS]``."""

    by_dimension: Mapping[Dimension, DimensionScore]

    def __getitem__(self, dimension: Dimension) -> DimensionScore:
        return self.by_dimension[dimension]

    @property
    def band(self) -> Band:
        """The account's band, which is that of closeness."""
        return self.by_dimension[Dimension.CLOSENESS].band


def band(value: Fraction | float | None, rules: Rules) -> Band:
    """The band of a score, decided on the rounded number."""
    if value is None:
        return Band.UNSCORED
    rounded = half_up(value)
    if rounded >= rules.strong_from:
        return Band.STRONG
    return Band.MEDIUM if rounded >= rules.medium_from else Band.WEAK


def freshness(stated_on: date | None, today: date, rules: Rules) -> Freshness:
    """How old a statement is on a day; one without a date is taken as fresh."""
    age = (today - stated_on).days if stated_on else 0
    if age <= rules.fresh_days:
        return Freshness.FRESH
    return Freshness.AGEING if age <= rules.ageing_days else Freshness.STALE


def standing(
    records: Records,
    person_id: PersonId,
    dimension: Dimension,
    today: date,
    rules: Rules,
    organisation: OrganisationId | None = None,
    contacts: Contacts | None = None,
) -> Standing | None:
    """What holds today of a person in a dimension; ``None`` when unscored.

    ``organisation`` names a competitor; without it the standing is toward us. The newest statement
    up to today that carries the score wins, among those of one day the greater stamp. Closeness
    falls back to the largest tie of that organisation's employees who have not left.
    """
    newest = newest_statement(records, person_id, dimension, today, organisation)
    if newest is not None:
        assessment, value = newest
        return Standing(
            value=value,
            assessed_on=assessment.assessed_on,
            basis=assessment.basis,
            freshness=freshness(assessment.assessed_on, today, rules),
            statement=assessment.id,
            author=assessment.author,
            evidence=assessment.evidence,
        )
    if dimension is not Dimension.CLOSENESS:
        return None
    return _standing_by_tie(
        records, person_id, today, rules, organisation, contacts or Contacts(records, today)
    )


def newest_statement(
    records: Records,
    person_id: PersonId,
    dimension: Dimension,
    today: date,
    organisation: OrganisationId | None = None,
) -> tuple[Assessment, int] | None:
    """The newest statement up to today that carries a score, and the score (domain rule §2)."""
    found: tuple[Assessment, int] | None = None
    for assessment in records.where(Assessment, person=person_id):
        value = score_in(assessment, dimension)
        if value is None or assessment.assessed_on > today:
            continue
        if found is not None and _age_order(assessment) < _age_order(found[0]):
            continue
        if _toward(records, assessment.organisation, organisation):
            found = (assessment, value)
    return found


def statements_of(
    records: Records,
    person_id: PersonId,
    dimension: Dimension,
    organisation: OrganisationId | None = None,
) -> list[tuple[Assessment, int]]:
    """Every statement that carries a score, also of days to come, the newest first."""
    found = [
        (assessment, value)
        for assessment in records.where(Assessment, person=person_id)
        if (value := score_in(assessment, dimension)) is not None
        and _toward(records, assessment.organisation, organisation)
    ]
    return sorted(found, key=lambda one: _age_order(one[0]), reverse=True)


def _age_order(assessment: Assessment) -> tuple[date, str, str]:
    return (assessment.assessed_on, assessment.stamp, assessment.id)


def score_in(assessment: Assessment, dimension: Dimension) -> int | None:
    """The score an assessment states in a dimension, or ``None``."""
    if dimension is Dimension.CLOSENESS:
        return assessment.closeness
    return assessment.solution if dimension is Dimension.SOLUTION else assessment.price


def account_scores(
    records: Records,
    account_id: AccountId,
    today: date,
    rules: Rules,
    importance: Mapping[PersonId, Importance] | None = None,
    standing_of: StandingOf | None = None,
) -> AccountScores:
    """An account's scores in the three dimensions.

    ``importance``, and ``standing_of`` a person in a dimension, may be handed in when known.
    """
    if importance is None:
        importance = importance_of(records, account_id, rules, today)
    if standing_of is None:
        contacts = Contacts(records, today)
        standing_of = partial(_standing_of, records, today, rules, contacts)
    key = key_persons(importance)
    weights = {person: importance[person].weight for person in key}
    spoken_of = {a.person for a in records_of(records, Assessment, "person", weights)}
    spoken_of.update(tie.person for tie in records_of(records, Tie, "person", weights))
    found = {}
    for dimension in Dimension:
        standings = {
            person: standing_of(person, dimension) if person in spoken_of else None
            for person in key
        }
        found[dimension] = _dimension_score(weights, standings, rules)
    return AccountScores(MappingProxyType(found))


def _standing_of(
    records: Records,
    today: date,
    rules: Rules,
    contacts: Contacts,
    person: PersonId,
    dimension: Dimension,
) -> Standing | None:
    return standing(records, person, dimension, today, rules, contacts=contacts)


def _dimension_score(
    weights: Mapping[PersonId, int],
    standings: Mapping[PersonId, Standing | None],
    rules: Rules,
) -> DimensionScore:
    terms = tuple(
        Term(person, weights[person], stand.value, stand)
        for person, stand in standings.items()
        if stand is not None
    )
    weight = sum(term.weight for term in terms)
    whole = sum(weights.values())
    value = Fraction(sum(t.weight * t.score for t in terms), weight) if weight else None
    return DimensionScore(
        value=value,
        scored=len(terms),
        of=len(weights),
        coverage=Fraction(weight, whole) if whole else Fraction(0),
        band=band(value, rules),
        terms=terms,
        unscored=tuple(person for person, stand in standings.items() if stand is None),
    )


def _toward(records: Records, stated: OrganisationId | None, wanted: OrganisationId | None) -> bool:
    if stated == wanted:
        return True
    return is_ours(records, wanted) and is_ours(records, stated)


def _ties_from(
    records: Records, person_id: PersonId, organisation: OrganisationId | None, today: date
) -> Iterator[Tie]:
    for tie in records.where(Tie, person=person_id):
        employee = records.get(Person, tie.employee)
        if employee is None or employee.organisation is None or has_left(employee, today):
            continue
        if _toward(records, employee.organisation, organisation):
            yield tie


def _standing_by_tie(
    records: Records,
    person_id: PersonId,
    today: date,
    rules: Rules,
    organisation: OrganisationId | None,
    contacts: Contacts,
) -> Standing | None:
    strongest = max(
        _ties_from(records, person_id, organisation, today),
        key=lambda tie: (tie.closeness, tie.basis is Basis.CONFIRMED, tie.id),
        default=None,
    )
    if strongest is None:
        return None
    dated = contacts.date_of_tie(strongest)
    return Standing(
        value=strongest.closeness,
        assessed_on=dated,
        basis=strongest.basis,
        freshness=freshness(dated, today, rules),
        statement=strongest.id,
        author=strongest.employee,
        evidence=strongest.evidence,
    )
