"""Days worth going back to: when something was stated, a month ago, the last visit."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import Assessment, Attitude, Interaction, InteractionKind, Person

_MONTHS = 12


def days_of_claims(analysis: AccountAnalysis) -> tuple[date, ...]:
    """The days up to today at which something was stated of the account's people, oldest first."""
    records, organisation = analysis.records, analysis.record.organisation
    days: set[date] = set()
    for person in records.where(Person, organisation=organisation):
        days.update(one.assessed_on for one in records.where(Assessment, person=person.id))
        days.update(one.stated_on for one in records.where(Attitude, person=person.id))
    return tuple(sorted(day for day in days if day <= analysis.today))


def last_visit(analysis: AccountAnalysis) -> date | None:
    """The last day before today that one of us visited the account, if there was one.

    The user's own visits count first; without any, everybody's do.
    """
    visits = [
        met
        for met in analysis.records.where(Interaction, account=analysis.account)
        if met.kind is InteractionKind.VISIT and met.held_on < analysis.today
    ]
    own = [met for met in visits if analysis.user in met.people]
    return max((met.held_on for met in own or visits), default=None)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last of that month where it has no such day."""
    whole = day.year * _MONTHS + day.month - 1 - months
    year, month = whole // _MONTHS, whole % _MONTHS + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
