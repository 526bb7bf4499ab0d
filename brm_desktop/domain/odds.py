"""The odds of a project from its decision chain, with reasons (domain rule §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.caps import Cap, Floor, caps_of, floor_of
from brm_desktop.domain.chain_members import SUPPORTING, MemberReading, members_of
from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.importance import Importance, importance_of
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import PersonId, Project, ProjectId, Records, Stance
from brm_desktop.domain.red_flags import RedFlag, RedFlagKind, red_flags_of
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules

__all__ = [
    "Cap",
    "ChainReading",
    "MemberReading",
    "Reason",
    "ReasonKind",
    "RedFlag",
    "RedFlagKind",
    "Target",
    "chain_reading",
]

_HALF = Fraction(1, 2)


class ReasonKind(Word):
    """What moves the odds."""

    MEMBER = "member", "person"
    CAP = "cap", "cap"
    FLOOR = "floor", "floor"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one member, the cap or the floor adds to the odds, in exact points."""

    kind: ReasonKind
    person: PersonId | None
    points: Fraction
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

    ``odds`` and ``uncapped`` are exact, 0–100, or ``None`` when no member has a role. ``caps`` are
    all that hold, lowest first, whether or not they bite. Reasons come by their effect, the cap or
    the floor last; targets by gain; members as `members_of` orders them.
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
    contacts: Contacts | None = None,
) -> ChainReading:
    """Read a project's decision chain; its account's ``importance`` may be handed in."""
    if importance is None:
        account = records.one(Project, project_id).account
        importance = importance_of(records, account, rules, today)
    contacts = contacts or Contacts(records, today)
    members = members_of(records, project_id, today, rules, importance, contacts)
    flags = red_flags_of(records, members, today, rules, contacts)
    uncapped = uncapped_odds(members)
    if uncapped is None:
        return ChainReading(project_id, None, None, (), (), flags, (), members)
    caps = caps_of(members, rules)
    floor = floor_of(members, rules)
    odds = _within(uncapped, caps, floor)
    return ChainReading(
        project=project_id,
        odds=odds,
        uncapped=uncapped,
        caps=caps,
        reasons=(*_reasons(members), *_correction(odds - uncapped, caps, floor)),
        red_flags=flags,
        targets=targets_of(members),
        members=members,
    )


def odds_of(members: Sequence[MemberReading], rules: Rules) -> Fraction | None:
    """The odds that a chain's members make, capped and floored, without the rest of a reading."""
    uncapped = uncapped_odds(members)
    if uncapped is None:
        return None
    return _within(uncapped, caps_of(members, rules), floor_of(members, rules))


def uncapped_odds(members: Sequence[MemberReading]) -> Fraction | None:
    """The weighted mean of the members' values in percent; ``None`` when nobody has a weight."""
    weight = sum(member.weight for member in members)
    if not weight:
        return None
    return sum((member.weight * member.q for member in members), Fraction(0)) * 100 / weight


def _within(uncapped: Fraction, caps: Sequence[Cap], floor: Floor | None) -> Fraction:
    """The odds under the lowest cap, and then not under the floor."""
    capped = min([uncapped, *(Fraction(cap.limit) for cap in caps)])
    return max(capped, Fraction(floor.limit)) if floor else capped


def _reasons(members: Sequence[MemberReading]) -> list[Reason]:
    weight = sum(member.weight for member in members)
    reasons = [
        Reason(
            ReasonKind.MEMBER,
            member.person,
            100 * member.weight * (member.q - _HALF) / weight,
            _why(member),
        )
        for member in members
        if member.weight
    ]
    return sorted(reasons, key=lambda reason: (-abs(reason.points), -reason.points))


def _why(member: MemberReading) -> Phrase:
    known = [standing.value for standing in member.standings.values()]
    if member.guessed:
        return phrase(
            "{name}, {role}: nothing known yet, taken as even", name=member.name, role=member.role
        )
    if not known:
        return phrase(
            "{name}, {role}: {stance}", name=member.name, role=member.role, stance=member.stance
        )
    mean = half_up(Fraction(10 * sum(known), len(known))) / 10
    if member.stance is Stance.UNKNOWN:
        return phrase(
            "{name}, {role}: stance unknown, mean score {mean}",
            name=member.name,
            role=member.role,
            mean=mean,
        )
    return phrase(
        "{name}, {role}: {stance}, mean score {mean}",
        name=member.name,
        role=member.role,
        stance=member.stance,
        mean=mean,
    )


def _correction(points: Fraction, caps: Sequence[Cap], floor: Floor | None) -> tuple[Reason, ...]:
    """The one reason more when a cap or the floor bites."""
    if points < 0:
        return (Reason(ReasonKind.CAP, caps[0].person, points, caps[0].reason),)
    if points > 0 and floor is not None:
        return (Reason(ReasonKind.FLOOR, floor.person, points, floor.reason),)
    return ()


def targets_of(members: Sequence[MemberReading]) -> tuple[Target, ...]:
    """The members who are not for us yet and have a weight, by what winning them would bring."""
    weight = sum(member.weight for member in members)
    targets = [
        Target(member.person, 100 * member.weight * (1 - member.q) / weight, _win(member))
        for member in members
        if member.weight and member.stance not in SUPPORTING
    ]
    names = {member.person: member.name for member in members}
    return tuple(sorted(targets, key=lambda t: (-t.gain, names[t.person], t.person)))


def _win(member: MemberReading) -> Phrase:
    if member.placeholder:
        return phrase("Find out who {name} is", name=member.name)
    if member.stance is Stance.UNKNOWN:
        return phrase("Find out where {name} stands", name=member.name)
    return phrase("Win {name}, now {stance}", name=member.name, stance=member.stance)
