"""Commands that write files: the plan as PDF, a canvas, data for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from brm_desktop.cli.opening import common, opened
from brm_desktop.cli.speaking import SpokenCommand, SpokenGroup, option, tell
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import tr


@click.group(
    cls=SpokenGroup,
    help=phrase("Write files: the account plan, a canvas, or data for other programs.").text,
)
def export() -> None:
    """Write files."""


def _out(metavar: str) -> object:
    return option(
        "--out",
        required=True,
        type=click.Path(path_type=Path),
        metavar=metavar,
        about=phrase("The file to write; its ending says the format."),
    )


@export.command(
    cls=SpokenCommand,
    help=phrase("Write people as CSV, the network as GraphML, or every record as JSON.").text,
)
@common
@option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.(json|csv|graphml)",
    about=phrase("The file to write; its ending says the format."),
)
@option("--account", metavar="NAME", about=phrase("Only this account; without it, everything."))
def data(store: Path | None, out: Path, account: str | None) -> None:
    """Write data."""
    from brm_desktop.session.exporting import export_data

    with opened(store) as session:
        wanted = session.find_account(account) if account else None
        export_data(session, out, wanted)
    tell(tr("Written: {file}", file=str(out)))
