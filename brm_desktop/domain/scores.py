"""What is known of people today, and the account's scores made of it (domain rules §2, §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.importance import Importance
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import (
    AccountId,
    Basis,
    Dimension,
    OrganisationId,
    PersonId,
    Records,
)
from brm_desktop.domain.rules import Rules


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
    score; ``coverage`` is their share of all key persons' weight, 0–1.
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


def half_up(value: Fraction | float) -> int:
    """A number rounded to the nearest integer, halves upwards, as it is shown to people."""
    raise NotImplementedError


def band(value: Fraction | float | None, rules: Rules) -> Band:
    """The band of a score, decided on the rounded number."""
    raise NotImplementedError


def freshness(stated_on: date | None, today: date, rules: Rules) -> Freshness:
    """How old a statement is on a day; one without a date is taken as fresh."""
    raise NotImplementedError


def standing(
    records: Records,
    person_id: PersonId,
    dimension: Dimension,
    today: date,
    rules: Rules,
    organisation: OrganisationId | None = None,
) -> Standing | None:
    """What holds today of a person in a dimension; ``None`` when unscored.

    ``organisation`` names a competitor; without it the standing is toward us. Closeness falls back
    to the largest tie of that organisation's employees.
    """
    raise NotImplementedError


def account_scores(
    records: Records,
    account_id: AccountId,
    today: date,
    rules: Rules,
    importance: Mapping[PersonId, Importance] | None = None,
) -> AccountScores:
    """An account's scores in the three dimensions; ``importance`` may be handed in when known."""
    raise NotImplementedError
