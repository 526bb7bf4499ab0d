"""Which projects a customer has again and again, and when the next are to be expected (rule §10).

Only what the customer did counts: projects we did not pursue, those without a start and those whose
start is still to come make no rhythm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.chain_members import MemberReading, members_of
from brm_desktop.domain.medians import deviation, median
from brm_desktop.domain.odds import Target, targets_of
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import (
    Money,
    Outcome,
    PersonId,
    Project,
    ProjectId,
    ProjectType,
    ProjectTypeId,
    Role,
    Stance,
)
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.spelling import by_rank

_ENOUGH: Final = 3
"""From so many starts on there is a rhythm or there is none."""
_FIRST_DAY: Final = date.min.toordinal()
_LAST_DAY: Final = date.max.toordinal()


class Rhythm(Word):
    """Whether projects of a type come back regularly."""

    REGULAR = "regular", "regular"
    MAYBE = "maybe", "maybe"
    IRREGULAR = "irregular", "irregular"
    UNKNOWN = "unknown", "too few to tell"


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who took part in deciding projects of a type and is still there.

    Roles and stance are those of ``last``, the newest of the ``times`` projects he was on.
    """

    person: PersonId
    name: str
    roles: tuple[Role, ...]
    stance: Stance
    last: ProjectId
    times: int


@dataclass(frozen=True, slots=True)
class TypeRecurrence:
    """How often an account has projects of one type, and when the next is to be expected.

    ``starts`` are different days up to today, the oldest first; ``ahead`` are those to come.
    ``median_days`` and ``mad_days`` are exact, and ``None`` with fewer than two starts. ``next``,
    ``window`` and ``prepare_by`` are there only when the rhythm is regular. ``amount`` is the
    median in one currency; ``other_currencies`` counts the amounts that are not in it and were
    left out. ``projects`` are those counted, the newest first; ``undated`` have no start.
    """

    type: ProjectTypeId
    name: str
    wanted: bool
    starts: tuple[date, ...]
    ahead: tuple[date, ...]
    undated: int
    rhythm: Rhythm
    median_days: Fraction | None
    mad_days: Fraction | None
    next: date | None
    window: tuple[date, date] | None
    prepare_by: date | None
    overdue: bool
    amount: Money | None
    other_currencies: int
    projects: tuple[ProjectId, ...]
    participants: tuple[Participant, ...] = ()
    targets: tuple[Target, ...] = ()

    @property
    def reason(self) -> Phrase:
        """Why there is a next one to expect, or why there is none."""
        if self.rhythm is Rhythm.REGULAR:
            return phrase(
                "{n} starts, {days} days between them (half of the gaps within {mad} days)",
                n=len(self.starts),
                days=half_up(self.median_days or 0),
                mad=half_up(self.mad_days or 0),
            )
        if self.rhythm is Rhythm.MAYBE:
            return phrase("Two starts: perhaps it comes back; a third would tell")
        if self.rhythm is Rhythm.IRREGULAR:
            return phrase("{n} starts at irregular distances", n=len(self.starts))
        return phrase("Too few dated starts to tell")


def recurrence_of(
    analysis: AccountAnalysis, today: date | None = None
) -> tuple[TypeRecurrence, ...]:
    """What comes back in an account, with who took part and whom to win for the next time.

    Wanted types come first, then what is to be expected soonest. Projects without a type are of no
    rhythm and in none of them.
    """
    day = today or analysis.today
    types = analysis.records.all(ProjectType)
    found = rhythms(analysis.projects, types, day, analysis.rules)
    return tuple(_with_people(analysis, one, day) for one in found)


def next_of_type(projects: Iterable[Project], type: ProjectTypeId, today: date) -> Project | None:
    """The next project of a type that is entered already: open, and not begun; the soonest.

    One without a start, as is captured of what has no rhythm, is not begun either.
    """
    ahead = [
        one
        for one in projects
        if one.type == type
        and one.outcome is Outcome.OPEN
        and (one.starts_on is None or one.starts_on > today)
    ]
    return min(ahead, key=lambda one: (one.starts_on or date.max, one.name, one.id), default=None)


def rhythms(
    projects: Iterable[Project], types: Mapping[str, ProjectType], today: date, rules: Rules
) -> tuple[TypeRecurrence, ...]:
    """The same from an account's projects alone, without who took part."""
    by_type: dict[ProjectTypeId, list[Project]] = {}
    for project in projects:
        if project.type in types and project.outcome is not Outcome.NOT_PURSUED:
            by_type.setdefault(ProjectTypeId(project.type or ""), []).append(project)
    found = [_rhythm(types[key], there, today, rules) for key, there in by_type.items()]
    return tuple(sorted(found, key=_order))


def _order(one: TypeRecurrence) -> tuple[bool, int, str, str]:
    soonest = one.next.toordinal() if one.next else _LAST_DAY
    return (not one.wanted, soonest, one.name, one.type)


def _rhythm(
    kind: ProjectType, projects: Sequence[Project], today: date, rules: Rules
) -> TypeRecurrence:
    started = [one for one in projects if one.starts_on is not None and one.starts_on <= today]
    starts = tuple(sorted({one.starts_on for one in started if one.starts_on is not None}))
    ahead = {one.starts_on for one in projects if one.starts_on and one.starts_on > today}
    gaps = [Fraction((later - sooner).days) for sooner, later in pairwise(starts)]
    middle, spread = (median(gaps), deviation(gaps)) if gaps else (None, None)
    amount, others = _usual_amount(started)
    found = TypeRecurrence(
        type=kind.id,
        name=kind.name,
        wanted=kind.wanted,
        starts=starts,
        ahead=tuple(sorted(ahead)),
        undated=sum(one.starts_on is None for one in projects),
        rhythm=_told(len(starts), middle, spread, rules),
        median_days=middle,
        mad_days=spread,
        next=None,
        window=None,
        prepare_by=None,
        overdue=False,
        amount=amount,
        other_currencies=others,
        projects=tuple(one.id for one in sorted(started, key=_newest_first)),
    )
    if found.rhythm is not Rhythm.REGULAR or middle is None or spread is None:
        return found
    return _expected(found, middle, spread, today, rules)


def _told(starts: int, middle: Fraction | None, spread: Fraction | None, rules: Rules) -> Rhythm:
    if middle is None or spread is None:
        return Rhythm.UNKNOWN
    if starts < _ENOUGH:
        return Rhythm.MAYBE
    return Rhythm.REGULAR if spread <= rules.regular_share * middle else Rhythm.IRREGULAR


def _expected(
    found: TypeRecurrence, middle: Fraction, spread: Fraction, today: date, rules: Rules
) -> TypeRecurrence:
    """A regular type with its next start; halves of a day are rounded up.

    A calendar begins and ends: a window that is not wholly in it, with the days to prepare for it,
    is nothing to expect.
    """
    wide = max(half_up(spread), rules.window_days)
    next_start = found.starts[-1].toordinal() + half_up(middle)
    if next_start + wide > _LAST_DAY or next_start - wide - rules.prepare_days < _FIRST_DAY:
        return found
    expected = date.fromordinal(next_start)
    begins, ends = expected - timedelta(wide), expected + timedelta(wide)
    return replace(
        found,
        next=expected,
        window=(begins, ends),
        prepare_by=begins - timedelta(rules.prepare_days),
        overdue=today > ends and not found.ahead,
    )


def _usual_amount(projects: Sequence[Project]) -> tuple[Money | None, int]:
    """The median amount in the currency most are in, of equals the newest's; and how many are not.

    Amounts in several currencies are never mixed.
    """
    amounts = [one.amount for one in sorted(projects, key=_newest_first) if one.amount is not None]
    if not amounts:
        return None, 0
    currencies = [amount.currency for amount in amounts]
    usual = max(dict.fromkeys(currencies), key=currencies.count)
    there = [Fraction(amount.minor) for amount in amounts if amount.currency == usual]
    return Money(half_up(median(there)), usual), len(amounts) - len(there)


def _newest_first(project: Project) -> tuple[int, str, str]:
    started = project.starts_on.toordinal() if project.starts_on else 0
    return (-started, project.name, project.id)


def _with_people(analysis: AccountAnalysis, found: TypeRecurrence, day: date) -> TypeRecurrence:
    """Who took part in projects of the type, as they stood in the newest of theirs."""
    newest: dict[PersonId, tuple[ProjectId, MemberReading]] = {}
    times: dict[PersonId, int] = {}
    for project in found.projects:
        for member in _members(analysis, project, day):
            times[member.person] = times.get(member.person, 0) + 1
            newest.setdefault(member.person, (project, member))
    there = {one: (last, member) for one, (last, member) in newest.items() if not member.left}
    people = tuple(
        Participant(one, member.name, member.roles, member.stance, last, times[one])
        for one, (last, member) in there.items()
    )
    targets = targets_of([member for _, member in there.values()])
    return replace(found, participants=_by_part(people), targets=targets)


def _members(analysis: AccountAnalysis, project: ProjectId, day: date) -> tuple[MemberReading, ...]:
    return members_of(
        analysis.records, project, day, analysis.rules, analysis.importance, analysis.contacts
    )


def _by_part(people: Iterable[Participant]) -> tuple[Participant, ...]:
    """Who took part most often first, then by name."""
    return tuple(by_rank(people, lambda one: -one.times, lambda one: (one.name, one.person)))
