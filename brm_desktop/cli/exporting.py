"""Commands that write files: the plan as PDF, a canvas, data for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from brm_desktop.cli.opening import common, keep_apart, opened, the_account
from brm_desktop.cli.reading import person_of, project_of
from brm_desktop.cli.speaking import SpokenCommand, SpokenGroup, option, tell
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.environment import System, require_qt
from brm_desktop.language import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

    from brm_desktop.rendering.figure import Figure

F = TypeVar("F", bound=Callable[..., Any])

PICTURES = (".pdf", ".svg", ".png")


def out_file(metavar: str) -> Callable[[F], F]:
    """The option ``--out``."""
    return option(
        "--out",
        required=True,
        type=click.Path(path_type=Path, readable=False),
        metavar=metavar,
        about=phrase("The file to write; its ending says the format."),
    )


@click.group(
    cls=SpokenGroup,
    help=phrase("Write files: the account plan, a canvas, or data for other programs.").text,
)
def export() -> None:
    """Write files."""


@export.command(
    cls=SpokenCommand,
    help=phrase("Write people as CSV, the network as GraphML, or every record as JSON.").text,
)
@common
@out_file("FILE.(json|csv|graphml)")
@option("--account", metavar="NAME", about=phrase("Only this account; without it, everything."))
def data(store: Path | None, out: Path, account: str | None) -> None:
    """Write data."""
    from brm_desktop.session.exporting import export_data

    with opened(store) as session:
        keep_apart(out, session.path)
        wanted = session.find_account(account) if account else None
        export_data(session, out, wanted)
    tell(tr("Written: {file}", file=str(out)))


@export.command(cls=SpokenCommand, help=phrase("Write the account plan of a year as PDF.").text)
@common
@the_account
@option(
    "--year",
    type=click.IntRange(1900, 2200),
    about=phrase("The year of the plan; without it, this year."),
)
@out_file("FILE.pdf")
def plan(store: Path | None, account: str, year: int | None, out: Path) -> None:
    """Write the account plan."""
    check_ending(out, (".pdf",))
    with opened(store) as session:
        keep_apart(out, session.path)
        analysis = session.analysis(session.find_account(account))
        this_year = session.today().year
    application = start_qt()
    from brm_desktop.rendering.plan_pdf import write_plan

    write_plan(out, analysis, year or this_year)
    del application
    tell(tr("Written: {file}", file=str(out)))


@export.command(
    cls=SpokenCommand,
    help=phrase(
        "Write a canvas as PDF, SVG or PNG: the relationship map, a project's decision chain, or"
        " the view of one person."
    ).text,
)
@common
@the_account
@option("--project", metavar="NAME", about=phrase("Draw the decision chain of this project."))
@option("--person", metavar="NAME", about=phrase("Draw the view of this person."))
@out_file("FILE.(pdf|svg|png)")
@option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    about=phrase("The colours to draw in."),
)
def canvas(
    store: Path | None,
    account: str,
    project: str | None,
    person: str | None,
    out: Path,
    theme: str,
) -> None:
    """Write a canvas."""
    if project and person:
        raise click.UsageError(tr("Say --project or --person, not both."))
    check_ending(out, PICTURES)
    with opened(store) as session:
        keep_apart(out, session.path)
        analysis = session.analysis(session.find_account(account))
        draw = _drawing(analysis, project, person)
    application = start_qt()
    from brm_desktop.rendering.export import write_figure
    from brm_desktop.rendering.theme import DARK, LIGHT

    write_figure(draw(), out, DARK if theme == "dark" else LIGHT)
    del application
    tell(tr("Written: {file}", file=str(out)))


def _drawing(
    analysis: AccountAnalysis, project: str | None, person: str | None
) -> Callable[[], Figure]:
    """How to draw what was asked for; names are resolved at once, Qt is not needed yet."""
    if project:
        chosen = project_of(analysis, project)

        def chain() -> Figure:
            from brm_desktop.rendering.figures.decision_chain import decision_chain

            return decision_chain(analysis, chosen)

        return chain
    if person:
        centre = person_of(analysis.people, person)

        def view() -> Figure:
            from brm_desktop.rendering.figures.key_person import key_person_view

            return key_person_view(analysis, centre)

        return view

    def whole() -> Figure:
        from brm_desktop.rendering.figures.relationship_map import relationship_map

        return relationship_map(analysis)

    return whole


def check_ending(out: Path, endings: tuple[str, ...]) -> None:
    """See that a file's ending is one of those that say its format; else ``FileProblem``."""
    if out.suffix.casefold() not in endings:
        raise FileProblem(
            phrase(
                "{file} must end in {endings}: the ending says the format.",
                file=out.name,
                endings=endings,
            )
        )


def start_qt() -> QCoreApplication:
    """Qt without a display, for fonts and painting; kept for as long as it is drawn with.

    Raises
    ------
    EnvironmentProblem
        When the system lacks what Qt needs.
    """
    require_qt(System.here())
    from brm_desktop.rendering.fonts import drawing_offscreen

    return drawing_offscreen()
