"""The odds of a project from its decision chain, with reasons (domain rule §8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.importance import Importance
from brm_desktop.domain.phrase import Phrase, Word
from brm_desktop.domain.records import (
    ContactLevel,
    PersonId,
    ProjectId,
    Records,
    Role,
    Stance,
)
from brm_desktop.domain.rules import Rules


class RedFlagKind(Word):
    """What a red flag warns of."""

    UNCOVERED_ROLE = "uncovered_role", "uncovered role"
    VETO_NOT_SUPPORTING = "veto_not_supporting", "veto holder not supporting"
    CRUCIAL_UNSCORED = "crucial_unscored", "crucial person unscored"
    CRUCIAL_STALE = "crucial_stale", "crucial person's scores are stale"
    CRUCIAL_SILENT = "crucial_silent", "crucial person silent"
    SINGLE_THREAD = "single_thread", "single thread"
    COMPETITOR_CLOSER = "competitor_closer", "competitor closer"
    LEFT = "left", "someone left"
    PLACEHOLDER = "placeholder", "placeholder in a deciding role"


class ReasonKind(Word):
    """What moves the odds."""

    MEMBER = "member", "person"
    CAP = "cap", "cap"
    FLOOR = "floor", "floor"


@dataclass(frozen=True, slots=True)
class MemberReading:
    """One member of a chain as the odds see him.

    ``role`` is the heaviest of ``roles`` and ``weight`` its weight, 0 without a role or once he has
    left. ``q`` is 0–1; ``guessed`` says that nothing is known of him, so that it is ½. ``veto`` and
    ``sole_approver`` are the chain's override or else the person's own mark.
    """

    person: PersonId
    name: str
    roles: tuple[Role, ...]
    role: Role | None
    weight: int
    stance: Stance
    contact: ContactLevel
    veto: bool | None
    sole_approver: bool | None
    crucial: bool
    placeholder: bool
    left: bool
    q: Fraction
    guessed: bool


@dataclass(frozen=True, slots=True)
class Cap:
    """The odds may not exceed ``limit``, because of ``reason``."""

    limit: int
    reason: Phrase
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """What one member, the cap or the floor adds to the odds, in exact points."""

    kind: ReasonKind
    person: PersonId | None
    points: Fraction
    text: Phrase


@dataclass(frozen=True, slots=True)
class RedFlag:
    """Something about a chain that needs attention."""

    kind: RedFlagKind
    person: PersonId | None
    text: Phrase


@dataclass(frozen=True, slots=True)
class Target:
    """Someone to win over next, and the points that would bring."""

    person: PersonId
    gain: Fraction
    text: Phrase


@dataclass(frozen=True, slots=True)
class ChainReading:
    """A decision chain read: 50 + Σ points of members = uncapped; with cap or floor, = odds.

    ``odds`` and ``uncapped`` are exact, 0–100, or ``None`` when no member has a role; ``caps`` are
    all that hold, lowest first, whether or not they bite.
    """

    project: ProjectId
    odds: Fraction | None
    uncapped: Fraction | None
    caps: tuple[Cap, ...]
    reasons: tuple[Reason, ...]
    red_flags: tuple[RedFlag, ...]
    targets: tuple[Target, ...]
    members: tuple[MemberReading, ...]


def chain_reading(
    records: Records,
    project_id: ProjectId,
    today: date,
    rules: Rules,
    importance: Mapping[PersonId, Importance] | None = None,
) -> ChainReading:
    """Read a project's decision chain; its account's ``importance`` may be handed in."""
    raise NotImplementedError
