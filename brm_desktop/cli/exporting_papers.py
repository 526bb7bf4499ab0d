"""Commands that write the papers of a visit, a week and a change of hands, as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brm_desktop.cli.exporting import check_ending, out_file, start_qt
from brm_desktop.cli.opening import common, keep_apart, opened, the_account
from brm_desktop.cli.past import since_option
from brm_desktop.cli.reading import project_of
from brm_desktop.cli.speaking import SpokenCommand, option, tell
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import ProjectId
from brm_desktop.domain.weekly import WeekOfAccount
from brm_desktop.language import tr
from brm_desktop.session.session import Session

if TYPE_CHECKING:
    from brm_desktop.rendering.papers.client import Purpose

_the_year = option(
    "--year",
    type=click.IntRange(1900, 2200),
    about=phrase("The year of the account plan it quotes; without it, this year."),
)
_client_safe = option(
    "--client-safe",
    is_flag=True,
    about=phrase("For the customer: names, functions and dates, nothing of what we think."),
)


@click.command(
    cls=SpokenCommand,
    help=phrase("Write the brief of a visit on one page: chain, red flags, questions, way.").text,
)
@common
@the_account
@option("--project", metavar="NAME", about=phrase("About this project; else the next decided."))
@_the_year
@_client_safe
@out_file("FILE.pdf")
def brief(
    store: Path | None,
    account: str,
    project: str | None,
    year: int | None,
    client_safe: bool,
    out: Path,
) -> None:
    """Write the visit brief."""
    with _account_for(store, account, out) as analysis:
        chosen = _open_project(analysis, project) if project else None
        if client_safe:
            from brm_desktop.rendering.papers.client import Purpose

            _write_for_client(analysis, Purpose.MEETING, out, chosen)
        else:
            from brm_desktop.rendering.papers.brief import write_brief

            write_brief(out, analysis, chosen, year)


@click.command(
    cls=SpokenCommand, help=phrase("Write the pack for whoever takes over an account.").text
)
@common
@the_account
@_the_year
@_client_safe
@out_file("FILE.pdf")
def handover(
    store: Path | None, account: str, year: int | None, client_safe: bool, out: Path
) -> None:
    """Write the handover pack."""
    with _account_for(store, account, out) as analysis:
        if client_safe:
            from brm_desktop.rendering.papers.client import Purpose

            _write_for_client(analysis, Purpose.HANDOVER, out)
        else:
            from brm_desktop.rendering.papers.handover import write_handover

            write_handover(out, analysis, year)


@click.command(
    cls=SpokenCommand,
    help=phrase(
        "Write the minutes of this week's review: of one account, or of all key accounts."
    ).text,
)
@common
@option(
    "--account", metavar="NAME", about=phrase("Only this account; without it, all key accounts.")
)
@since_option
@_the_year
@_client_safe
@out_file("FILE.pdf")
def review(
    store: Path | None,
    account: str | None,
    since: date | None,
    year: int | None,
    client_safe: bool,
    out: Path,
) -> None:
    """Write the minutes."""
    if client_safe and account is None:
        raise Refused(phrase("What a customer may see is of one account: name it with --account."))
    if client_safe and account is not None:
        from brm_desktop.rendering.papers.client import Purpose

        with _account_for(store, account, out) as analysis:
            _write_for_client(analysis, Purpose.REVIEW, out)
        return
    check_ending(out, (".pdf",))
    with opened(store) as session:
        keep_apart(out, session.path)
        weeks, today = _weeks(session, account, since, year), session.today()
    from brm_desktop.rendering.papers.minutes import write_minutes

    write_minutes(out, weeks, today)
    tell(tr("Written: {file}", file=str(out)))


def _open_project(analysis: AccountAnalysis, name: str) -> ProjectId:
    """The open project that a typed name means."""
    from brm_desktop.domain.brief import to_be_briefed

    return to_be_briefed(analysis, project_of(analysis, name))


def _weeks(
    session: Session, account: str | None, since: date | None, year: int | None
) -> list[WeekOfAccount]:
    from brm_desktop.session.company import Reading
    from brm_desktop.session.week import reviewed_accounts, week_there

    if since is not None and since > session.today():
        raise Refused(phrase("{date} has not come yet.", date=since))
    named = (session.find_account(account),) if account else reviewed_accounts(session.portfolio())
    reading = Reading.of(session)
    read = (week_there(reading, one, since, year) for one in named)
    return [week for week in read if week is not None]


@contextmanager
def _account_for(store: Path | None, account: str, out: Path) -> Iterator[AccountAnalysis]:
    """The account that a paper is written of, with Qt to draw it; says so when it is written."""
    check_ending(out, (".pdf",))
    with opened(store) as session:
        keep_apart(out, session.path)
        analysis = session.analysis(session.find_account(account))
    application = start_qt()
    yield analysis
    del application
    tell(tr("Written: {file}", file=str(out)))


def _write_for_client(
    analysis: AccountAnalysis, purpose: Purpose, out: Path, project: ProjectId | None = None
) -> None:
    from brm_desktop.domain.client_sheet import client_sheet
    from brm_desktop.rendering.papers.client import write_client_sheet

    write_client_sheet(out, client_sheet(analysis, project), purpose)
