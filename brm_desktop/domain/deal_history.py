"""What past deals say: a seller's record per band, a person's chains over time (domain rule §8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.records import Outcome, PersonId, ProjectId, Records, Role, Stance
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band


@dataclass(frozen=True, slots=True)
class BandRecord:
    """Deals whose odds were in a band when decided: won of decided, and the Wilson 95 % interval.

    ``low`` and ``high`` are shares 0–1.
    """

    band: Band
    won: int
    decided: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChainAppearance:
    """A person's part in one project, now or then."""

    project: ProjectId
    on: date | None
    roles: tuple[Role, ...]
    stance: Stance
    outcome: Outcome


def wilson_interval(won: int, decided: int) -> tuple[float, float]:
    """The Wilson 95 % interval of a share, 0–1."""
    raise NotImplementedError


def seller_record(
    records: Records, today: date, rules: Rules, seller: PersonId | None = None
) -> Mapping[Band, BandRecord]:
    """A seller's wins per band of odds; of everyone when no seller is named."""
    raise NotImplementedError


def chains_of(records: Records, person_id: PersonId) -> tuple[ChainAppearance, ...]:
    """Every chain a person is or was on, newest first."""
    raise NotImplementedError
