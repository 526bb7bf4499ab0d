"""Asking where to, and writing the papers of a visit, a week and a change of hands.

The kind of file chosen in the dialog says whether a paper is for us or for the customer; the two
have names of their own, so that neither is taken for the other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from brm_desktop.domain.brief import to_be_briefed
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, ProjectId
from brm_desktop.domain.weekly import WeekOfAccount
from brm_desktop.gui.desk import Desk, Tab
from brm_desktop.gui.exporting import file_name, with_ending, written
from brm_desktop.gui.stores import home
from brm_desktop.gui.work import Job, Progress
from brm_desktop.language import tr

_MOST_NAMES = 1_000


def ask_brief(desk: Desk, window: QWidget) -> None:
    """Ask where the visit brief of the account on show shall be, and write it."""
    place = desk.place
    project = place.project if place.tab is Tab.CHAINS else None
    if project is not None:
        try:
            to_be_briefed(desk.analysis(), project)
        except Refused as decided:
            desk.messages.failed(decided)
            return
    name = tr("{account} · Visit brief", account=desk.analysis().name)
    asked = _ask(window, tr("Export the visit brief"), name)
    if asked is not None:
        write_brief_to(desk, asked[0], project, client_safe=asked[1])


def ask_handover(desk: Desk, window: QWidget) -> None:
    """Ask where the handover pack of the account on show shall be, and write it."""
    name = tr("{account} · Handover", account=desk.analysis().name)
    asked = _ask(window, tr("Export the handover pack"), name)
    if asked is not None:
        write_handover_to(desk, asked[0], client_safe=asked[1])


def ask_review(desk: Desk, window: QWidget) -> None:
    """Ask where the minutes of this week's review shall be, and write them."""
    today = desk.session.today().isoformat()
    asked = _ask(
        window, tr("Export the minutes"), tr("Weekly review {date}", date=today), ours=True
    )
    if asked is not None:
        write_minutes_to(desk, asked[0])


def write_brief_to(
    desk: Desk, path: Path, project: ProjectId | None = None, *, client_safe: bool = False
) -> Job:
    """Write the visit brief of the account on show into a file."""
    analysis = desk.analysis()

    def work(progress: Progress) -> None:
        progress.check()
        if client_safe:
            from brm_desktop.domain.client_sheet import client_sheet
            from brm_desktop.rendering.papers.client import Purpose, write_client_sheet

            write_client_sheet(path, client_sheet(analysis, project), Purpose.MEETING)
        else:
            from brm_desktop.rendering.papers.brief import write_brief

            write_brief(path, analysis, project)

    return _run(desk, phrase("Writing the visit brief"), work, path)


def write_handover_to(desk: Desk, path: Path, *, client_safe: bool = False) -> Job:
    """Write the handover pack of the account on show into a file."""
    analysis = desk.analysis()

    def work(progress: Progress) -> None:
        progress.check()
        if client_safe:
            from brm_desktop.domain.client_sheet import client_sheet
            from brm_desktop.rendering.papers.client import Purpose, write_client_sheet

            write_client_sheet(path, client_sheet(analysis), Purpose.HANDOVER)
        else:
            from brm_desktop.rendering.papers.handover import write_handover

            write_handover(path, analysis)

    return _run(desk, phrase("Writing the handover pack"), work, path)


def write_minutes_to(desk: Desk, path: Path) -> Job:
    """Write the minutes of all accounts that a weekly review walks; they are read in the worker."""
    from brm_desktop.session.company import Reading

    reading = Reading.of(desk.session)

    def work(progress: Progress) -> None:
        from brm_desktop.rendering.papers.minutes import write_minutes
        from brm_desktop.session.week import reviewed_accounts, week_there

        accounts: tuple[AccountId, ...] = reviewed_accounts(reading.session.portfolio())
        weeks: list[WeekOfAccount] = []
        for place, account in enumerate(accounts):
            progress.report(place / len(accounts))
            week = week_there(reading, account)
            if week is not None:
                weeks.append(week)
        write_minutes(path, weeks, reading.today)

    return _run(desk, phrase("Writing the minutes"), work, path)


def _run(desk: Desk, name: Phrase, work: Callable[[Progress], None], path: Path) -> Job:
    return desk.jobs.run(name, work, written(desk, path))


def _ask(window: QWidget, title: str, name: str, *, ours: bool = False) -> tuple[Path, bool] | None:
    """Where to, and whether for the customer; ``None`` when the user thought better of it."""
    internal, for_customer = tr("PDF (*.pdf)"), tr("PDF for the customer (*.pdf)")
    kinds = internal if ours else f"{internal};;{for_customer}"
    proposed = file_name(name)
    chosen, kind = QFileDialog.getSaveFileName(
        window, title, str(home() / f"{proposed}.pdf"), kinds
    )
    if not chosen:
        return None
    path = with_ending(Path(chosen), ".pdf")
    if kind != for_customer:
        return path, False
    return (_named_apart(path, proposed) if path.stem == proposed else path), True


def _named_apart(path: Path, proposed: str) -> Path:
    """A name of its own for what a customer gets, where the one proposed for us was left as it was.

    The user was asked about no other file: one that is there already stays.
    """
    stem = tr("{name} · for the customer", name=proposed)
    names = (stem, *(f"{stem} ({number})" for number in range(2, _MOST_NAMES)))
    found = (path.with_name(f"{one}{path.suffix}") for one in names)
    return next((one for one in found if not one.exists()), path)
