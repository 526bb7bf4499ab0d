"""Days in the past at the command line: numbers as of a day, and what changed since one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from brm_desktop.cli.days import DAY
from brm_desktop.cli.shapes import Shape, number, potential_shape
from brm_desktop.cli.speaking import option, say
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.changes_since import Shift, account_shift, changes_since
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called, organisation_called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Project
from brm_desktop.language import day, tr
from brm_desktop.language import number as said_number

F = TypeVar("F", bound=Callable[..., Any])


def as_of(function: F) -> F:
    """The option ``--as-of``."""
    said = phrase("Show the numbers as they were assessed on a day in the past.")
    return option("--as-of", type=DAY, metavar="DATE", about=said)(function)


def since_option(function: F) -> F:
    """The option ``--since``."""
    said = phrase("Tell what changed since a day, person by person.")
    return option("--since", type=DAY, metavar="DATE", about=said)(function)


def on_day(analysis: AccountAnalysis, wanted: date | None) -> AccountAnalysis:
    """An account as it was assessed on a day, or as it is today.

    Raises
    ------
    Refused
        When the day has not come yet.
    """
    return analysis if wanted is None else analysis.on(day_come(analysis, wanted))


def day_come(analysis: AccountAnalysis, wanted: date) -> date:
    """The day that was typed; raises ``Refused`` when it has not come yet."""
    if wanted > analysis.today:
        raise Refused(phrase("{date} has not come yet.", date=wanted))
    return wanted


def say_day(wanted: date | None) -> None:
    """Print the day the numbers below are of, where it was asked for."""
    if wanted is not None:
        say(tr("As of {date}", date=day(wanted)))
        say()


def changes_shape(analysis: AccountAnalysis, since: date) -> Shape:
    """What changed since a day: the account's numbers then, and every change of its people."""
    shift = account_shift(analysis, since)
    return {
        "since": since.isoformat(),
        "then": {
            "scores": {one.value: number(before) for one, (before, _) in shift.scores.items()},
            "potential": potential_shape(shift.potential[0]),
            "odds": [{"project": one.name, "odds": number(one.before)} for one in shift.odds],
        },
        "changes": [_change(analysis, one) for one in changes_since(analysis, since)],
    }


def tell_changes(analysis: AccountAnalysis, since: date) -> None:
    """Print what changed since a day."""
    found = changes_since(analysis, since)
    say()
    say(tr("Changes since {date}", date=day(since)))
    shift = account_shift(analysis, since)
    for dimension, (before, after) in shift.scores.items():
        if before != after:
            say(f"  {tr(dimension)}: {said_number(before)} → {said_number(after)}")
    for one in found:
        project = analysis.records.get(Project, one.project)
        where = f" · {project.name}" if project is not None else ""
        say(f"  {one.name} · {tr(one.text)}{where}")
    if not found:
        say(f"  {tr('Nothing changed since that day.')}")


def _change(analysis: AccountAnalysis, shift: Shift) -> Shape:
    records = analysis.records
    project = records.get(Project, shift.project)
    rival = shift.organisation
    return {
        "person": shift.name,
        "kind": shift.kind.value,
        "before": _plain(shift.before),
        "after": _plain(shift.after),
        "difference": shift.difference,
        "project": project.name if project is not None else None,
        "organisation": organisation_called(records, rival) if rival is not None else None,
        "stated_on": shift.stated_on.isoformat() if shift.stated_on else None,
        "author": called(records, shift.author) if shift.author else None,
        "basis": shift.basis.value if shift.basis is not None else None,
        "evidence": shift.evidence or None,
    }


def _plain(value: object) -> object:
    """A value as JSON has it: words as they are stored, what is unknown as null."""
    if isinstance(value, str):
        return None if value == "unknown" else str(value)
    return value
