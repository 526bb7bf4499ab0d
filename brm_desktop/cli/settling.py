"""Commands about what colleagues wrote at the same time: list it, settle it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from brm_desktop.cli.opening import as_json, common, opened
from brm_desktop.cli.sharing_told import (
    authors_of,
    dispute_shape,
    line_shape,
    say_disputes,
    say_lines,
)
from brm_desktop.cli.speaking import SpokenCommand, option, say, say_json
from brm_desktop.domain import edits
from brm_desktop.domain.disputes import Dispute, HiddenLine
from brm_desktop.domain.errors import NotFound
from brm_desktop.domain.field_words import word_of_field
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import tr
from brm_desktop.session import syncing

if TYPE_CHECKING:
    from brm_desktop.session.session import Session

UNSETTLED = 3
_TOO_MANY = phrase("There are not that many other values; “sync conflicts” numbers them.")
_NOTHING = phrase("There is nothing to settle there; “sync conflicts” lists what there is.")
MANAGER = "manager"
"""The field of a reporting line that is to be settled as a whole."""


@click.command(
    cls=SpokenCommand,
    help=phrase("List what colleagues wrote at the same time and nobody has settled.").text,
)
@common
@as_json
def conflicts(store: Path | None, as_json: bool) -> int:
    """List what is to be settled."""
    with opened(store) as session:
        found, lines = syncing.disputes_in(session), syncing.hidden_lines(session)
        authors = authors_of(session, found, lines)
    if as_json:
        say_json(
            {
                "conflicts": [dispute_shape(one, authors) for one in found],
                "lines": [line_shape(one, authors) for one in lines],
            }
        )
    elif found or lines:
        say_disputes(found, authors)
        say_lines(lines, authors)
    else:
        say(tr("There is nothing to settle."))
    return UNSETTLED if found or lines else 0


@click.command(
    cls=SpokenCommand,
    help=phrase(
        "Settle a conflict: --shown keeps what is shown, --theirs N takes the Nth other value. For"
        " a reporting line that is not shown the field is manager, and --theirs 1 lets it hold."
    ).text,
)
@common
@click.argument("row", metavar="ID")
@click.argument("field", metavar="FIELD")
@option("--shown", is_flag=True, about=phrase("What is shown holds."))
@option(
    "--theirs",
    type=click.IntRange(min=1),
    metavar="N",
    about=phrase("The Nth other value holds, as “sync conflicts” numbers them."),
)
def resolve(store: Path | None, row: str, field: str, shown: bool, theirs: int | None) -> None:
    """Settle a conflict."""
    if shown == (theirs is not None):
        raise click.UsageError(tr("Give one of --shown or --theirs N."))
    with opened(store) as session:
        line = _line(session, row) if field == MANAGER else None
        if line is None:
            _settle(session, _dispute(session, row, field), theirs)
        else:
            _settle_line(session, line, theirs)
    say(tr("Settled."))


def _settle(session: Session, dispute: Dispute, theirs: int | None) -> None:
    field = word_of_field(dispute.field)
    name = phrase("Settle {field} of {name}", field=field, name=dispute.title)
    if theirs is None:
        syncing.settle(session, name, edits.keep_shown, dispute.row, dispute.field)
        return
    _require_so_many(theirs, len(dispute.sides))
    syncing.settle(session, name, edits.take_side, dispute.sides[theirs - 1].conflict)


def _settle_line(session: Session, line: HiddenLine, theirs: int | None) -> None:
    name = phrase("Settle to whom {name} reports", name=line.title)
    if theirs is None:
        syncing.settle(session, name, edits.let_line_go, line.line)
        return
    _require_so_many(theirs, 1)
    syncing.settle(session, name, edits.let_line_hold, line.line)


def _require_so_many(theirs: int, n: int) -> None:
    if theirs > n:
        raise NotFound(_TOO_MANY)


def _dispute(session: Session, row: str, field: str) -> Dispute:
    for one in syncing.disputes_in(session):
        if one.row == row and one.field == field:
            return one
    raise NotFound(_NOTHING)


def _line(session: Session, row: str) -> HiddenLine | None:
    lines = syncing.hidden_lines(session)
    return next((one for one in lines if one.line.id == row), None)
