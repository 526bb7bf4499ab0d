"""A person's deals one after another: what he did in each, where he stood, how it ended.

Domain rule §8, "across chains".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.attitudes import attitudes_of
from brm_desktop.domain.deal_history import ChainAppearance, chains_of
from brm_desktop.domain.records import (
    Attitude,
    Organisation,
    Outcome,
    PersonId,
    Project,
    Records,
    Stance,
)


@dataclass(frozen=True, slots=True)
class ChainStop:
    """One deal of a person: his part, how his stance moved in it, and how it ended.

    ``course`` holds the stances he had up to the day it was decided, or today while it is open,
    the oldest first and no two alike in a row; empty when none was ever said. ``lost_to`` names
    the competitor it was lost to, where that is known.
    """

    part: ChainAppearance
    name: str
    course: tuple[Stance, ...]
    lost_to: str = ""


def timeline_of(records: Records, person_id: PersonId, today: date) -> tuple[ChainStop, ...]:
    """Every deal a person is or was in, those without a date first, then the newest."""
    return tuple(
        _stop(records, person_id, part, today) for part in chains_of(records, person_id, today)
    )


def _stop(records: Records, person_id: PersonId, part: ChainAppearance, today: date) -> ChainStop:
    project = records.one(Project, part.project)
    until = today
    if part.outcome is not Outcome.OPEN and project.decided_on is not None:
        until = project.decided_on
    lost = part.outcome is Outcome.LOST
    rival = records.get(Organisation, project.lost_to) if lost else None
    said = [one for one in attitudes_of(records, part.project, person_id) if one.stated_on <= until]
    return ChainStop(
        part=part,
        name=project.name,
        course=_course(reversed(said)),
        lost_to="" if rival is None else rival.short_name or rival.name,
    )


def _course(said: Iterable[Attitude]) -> tuple[Stance, ...]:
    """The stances of claims, the oldest first; of one day the last one counts."""
    by_day: dict[date, Stance] = {}
    for claim in said:
        if claim.stance is not None:
            by_day[claim.stated_on] = claim.stance
    found: list[Stance] = []
    for stance in by_day.values():
        if not found or stance is not found[-1]:
            found.append(stance)
    return tuple(found)
