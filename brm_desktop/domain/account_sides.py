"""How one side, ours or a competitor's, stands in an account on a day (domain rule §5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from brm_desktop.domain.records import Dimension, PersonId
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import AccountScores, Band, band


@dataclass(frozen=True, slots=True)
class BandCounts:
    """How many of something are in each band."""

    strong: int = 0
    medium: int = 0
    weak: int = 0
    unscored: int = 0

    def __add__(self, other: BandCounts) -> BandCounts:
        return BandCounts(
            self.strong + other.strong,
            self.medium + other.medium,
            self.weak + other.weak,
            self.unscored + other.unscored,
        )

    def __getitem__(self, wanted: Band) -> int:
        return {
            Band.STRONG: self.strong,
            Band.MEDIUM: self.medium,
            Band.WEAK: self.weak,
            Band.UNSCORED: self.unscored,
        }[wanted]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.strong + self.medium + self.weak + self.unscored


@dataclass(frozen=True, slots=True)
class Value:
    """An account's score in one dimension without its terms; as in `DimensionScore`."""

    value: Fraction | None
    coverage: Fraction
    scored: int
    of: int


@dataclass(frozen=True, slots=True)
class Side:
    """How one side, ours or a competitor's, stands in an account.

    ``persons`` counts the key persons by the band of their closeness to that side; ``scores`` has
    the closeness, 0–100, of those who are scored.
    """

    values: Mapping[Dimension, Value]
    persons: BandCounts
    scores: Mapping[PersonId, int]

    @property
    def closeness(self) -> Value:
        """The account's closeness to that side."""
        return self.values[Dimension.CLOSENESS]


def side_of(scores: AccountScores, rules: Rules) -> Side:
    """A side from an account's scores toward it, with the key persons counted by band."""
    values = {}
    for dimension in Dimension:
        score = scores[dimension]
        values[dimension] = Value(score.value, score.coverage, score.scored, score.of)
    closeness = scores[Dimension.CLOSENESS]
    bands = (band(term.score, rules) for term in closeness.terms)
    return Side(
        MappingProxyType(values),
        counted(bands, len(closeness.unscored)),
        MappingProxyType({term.person: term.score for term in closeness.terms}),
    )


def counted(bands: Iterable[Band], unscored: int = 0) -> BandCounts:
    """How many there are of each band; so many more are unscored."""
    found = list(bands)
    return BandCounts(
        found.count(Band.STRONG),
        found.count(Band.MEDIUM),
        found.count(Band.WEAK),
        found.count(Band.UNSCORED) + unscored,
    )
