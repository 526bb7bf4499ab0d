"""What the odds of a chain may not exceed, and the one thing that lifts them (domain rule §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brm_desktop.domain.chain_members import AGAINST, DECIDING, SUPPORTING, MemberReading, present
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Cap:
    """The odds may not exceed ``limit``, because of ``reason``."""

    limit: int
    reason: Phrase
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """The odds are at least ``limit``, because of ``reason``."""

    limit: int
    reason: Phrase
    person: PersonId


def caps_of(members: Sequence[MemberReading], rules: Rules) -> tuple[Cap, ...]:
    """Every cap that holds, lowest first; whoever has left causes none."""
    there = present(members)
    caps = [*_veto_caps(there, rules), *_role_caps(there, rules), *_competitor_caps(there, rules)]
    return tuple(sorted(caps, key=lambda cap: cap.limit))


def floor_of(members: Sequence[MemberReading], rules: Rules) -> Floor | None:
    """The floor under the odds: a sole approver for us, and no veto holder undecided or against."""
    there = present(members)
    if _veto_caps(there, rules):
        return None
    for member in there:
        if member.sole_approver and member.stance in SUPPORTING:
            reason = phrase(
                "{name} alone can approve, stance {stance}: at least {limit}",
                name=member.name,
                stance=member.stance,
                limit=rules.sole_approver_floor,
            )
            return Floor(rules.sole_approver_floor, reason, member.person)
    return None


def _veto_caps(members: Sequence[MemberReading], rules: Rules) -> list[Cap]:
    caps = []
    for member in members:
        if not member.veto or member.stance in SUPPORTING:
            continue
        against = member.stance in AGAINST
        limit = rules.veto_against_cap if against else rules.veto_undecided_cap
        reason = phrase(
            "{name} holds a veto, stance {stance}: at most {limit}",
            name=member.name,
            stance=member.stance,
            limit=limit,
        )
        caps.append(Cap(limit, reason, member.person))
    return caps


def _role_caps(members: Sequence[MemberReading], rules: Rules) -> list[Cap]:
    caps = []
    limit = rules.empty_role_cap
    for role in DECIDING:
        holders = [member for member in members if role in member.roles]
        if not holders:
            reason = phrase("No {role} is known: at most {limit}", role=role, limit=limit)
        elif all(holder.placeholder for holder in holders):
            reason = phrase(
                "The {role} is only a placeholder: at most {limit}", role=role, limit=limit
            )
        else:
            continue
        caps.append(Cap(limit, reason))
    return caps


def _competitor_caps(members: Sequence[MemberReading], rules: Rules) -> list[Cap]:
    caps = []
    limit = rules.competitor_ahead_cap
    for member in members:
        rival = member.competitor
        if rival is None or not member.crucial or member.lead < rules.competitor_ahead_by:
            continue
        if member.closeness is None:
            reason = phrase(
                "{competitor} is at {theirs} with {name}, we are unscored and taken as 0:"
                " at most {limit}",
                competitor=rival.organisation.name,
                theirs=rival.standing.value,
                name=member.name,
                limit=limit,
            )
        else:
            reason = phrase(
                "{competitor} is at {theirs} with {name}, we are at {ours}: at most {limit}",
                competitor=rival.organisation.name,
                theirs=rival.standing.value,
                name=member.name,
                ours=member.closeness,
                limit=limit,
            )
        caps.append(Cap(limit, reason, member.person))
    return caps
