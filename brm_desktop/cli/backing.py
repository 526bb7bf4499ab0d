"""Commands about copies of a store: make one, list them, go back to one, save what can be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brm_desktop.cli.opening import as_json, chosen_store, common, opened
from brm_desktop.cli.passphrases import secret_of, tell_recovery_key
from brm_desktop.cli.speaking import SpokenCommand, option, say, say_json, say_table, tell
from brm_desktop.domain.kinds import kind_word
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import number, tr
from brm_desktop.session.backups import (
    Backup,
    BackupKind,
    Holding,
    backup_named,
    backups_of,
    preview,
    restore,
    size_said,
)
from brm_desktop.session.protection import is_recovery_key
from brm_desktop.session.session import Session

if TYPE_CHECKING:
    from brm_desktop.session.salvaging import Salvaged

LOST = 3


@click.command(
    cls=SpokenCommand,
    help=phrase("Make a verified copy of the store in the folder of its backups.").text,
)
@common
@as_json
def backup(store: Path | None, as_json: bool) -> None:
    """Copy the store aside."""
    with opened(store) as session:
        made = session.back_up(BackupKind.BY_HAND)
    if as_json:
        say_json({"backup": _shape(made)})
    else:
        say(tr("Backup made and verified: {file}", file=str(made.path)))


@click.command(
    "restore",
    cls=SpokenCommand,
    help=phrase(
        "List the backups of a store, put one in its place (the present file is kept among them),"
        " or save what can still be read of a damaged store into a new one."
    ).text,
)
@common
@option("--list", "listing", is_flag=True, about=phrase("List the backups, the newest first."))
@option(
    "--from",
    "name",
    metavar="BACKUP",
    about=phrase("The backup: its file name, the beginning of it, or newest."),
)
@option(
    "--salvage-into",
    "target",
    type=click.Path(path_type=Path, readable=False),
    metavar="NEW",
    about=phrase("Read what can be read of the store into this new one."),
)
@as_json
def restore_(
    store: Path | None, listing: bool, name: str | None, target: Path | None, as_json: bool
) -> int:
    """Go back to a copy."""
    if sum((listing, name is not None, target is not None)) != 1:
        raise click.UsageError(tr("Give one of --list, --from BACKUP or --salvage-into NEW."))
    path = chosen_store(store)
    if listing:
        _list(path, as_json=as_json)
    elif target is not None:
        return _salvage(path, target, as_json=as_json)
    else:
        _restore(path, backup_named(path, name or ""), as_json=as_json)
    return 0


def _list(path: Path, *, as_json: bool) -> None:
    found = backups_of(path)
    if as_json:
        say_json({"backups": [_shape(one) for one in found]})
        return
    if not found:
        say(tr("There is no backup of {name} yet.", name=path.name))
    say_table(
        [(one.path.name, tr(one.kind), _moment(one.made_at), size_said(one.size)) for one in found]
    )


def _restore(path: Path, backup: Backup, *, as_json: bool) -> None:
    secret = secret_of(backup.path)
    held = preview(backup, secret)
    kept = restore(path, backup, secret=secret)
    if as_json:
        say_json(
            {
                "restored": _shape(backup),
                "kept": None if kept is None else _shape(kept),
                "holds": _held(held),
            }
        )
        return
    say(tr("{name} is as it was on {moment}.", name=path.name, moment=_moment(backup.made_at)))
    _say_counts(held.counts)
    if kept is not None:
        tell(tr("What was there is kept as {file}", file=str(kept.path)))


def _salvage(path: Path, target: Path, *, as_json: bool) -> int:
    from brm_desktop.session.salvaging import salvage

    secret = secret_of(path)
    found = salvage(path, target, secret=secret)
    if as_json:
        say_json(_salvaged(target, found))
    else:
        say(tr("What could be read is in {file}", file=str(target)))
        _say_counts(found.counts)
        for sentence in found.sentences():
            tell(tr(sentence))
    if secret is not None and not is_recovery_key(secret):
        _tell_new_key(target, secret)
    return LOST if found.lost or found.dropped else 0


def _tell_new_key(target: Path, secret: str) -> None:
    """Tell the recovery key of what was saved: the one on paper is of the damaged store alone."""
    with Session.open(target, secret=secret) as session:
        tell_recovery_key(target, session.recovery_key)


def _shape(backup: Backup) -> dict[str, object]:
    return {
        "file": str(backup.path),
        "kind": backup.kind.value,
        "made_at": backup.made_at.isoformat(),
        "size": backup.size,
    }


def _held(held: Holding) -> dict[str, object]:
    newest = held.newest_edit
    return {
        "schema": held.schema,
        "counts": held.counts,
        "accounts": [{"name": one.name, "people": one.people} for one in held.accounts],
        "newest_edit": None
        if newest is None
        else datetime.fromtimestamp(newest / 1000, UTC).astimezone().isoformat(),
        "encrypted": held.encrypted,
    }


def _salvaged(target: Path, found: Salvaged) -> dict[str, object]:
    return {
        "store": str(target),
        "counts": found.counts,
        "lost": [
            {"table": one.table, "from": one.first, "to": one.last, "rows": one.rows}
            for one in found.lost
        ],
        "dropped": [tr(sentence) for sentence in found.dropped],
    }


def _say_counts(counts: Mapping[str, int]) -> None:
    say_table([(tr(kind_word(kind)), number(count)) for kind, count in counts.items() if count])


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
