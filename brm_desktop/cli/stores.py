"""Commands about the store itself: the sample portfolio, what is in it, whether it is whole."""

from __future__ import annotations

from pathlib import Path

import click

from brm_desktop.cli.opening import as_json, chosen_store, common, opened
from brm_desktop.cli.passphrases import new_passphrase, tell_recovery_key
from brm_desktop.cli.sharing_told import status_shape
from brm_desktop.cli.speaking import SpokenCommand, option, say, say_json, say_table, tell
from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.domain.kinds import kind_word
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import number, percent, tr, trn
from brm_desktop.session import syncing
from brm_desktop.session.protection import PLAIN


@click.command(cls=SpokenCommand, help=phrase("Write the sample portfolio into a new store.").text)
@common
@option(
    "--encrypted",
    is_flag=True,
    about=phrase("Encrypt it with a passphrase, although it holds nobody's secrets."),
)
@option(
    "--size",
    type=click.Choice(["small", "large"]),
    default="small",
    show_default=True,
    about=phrase("Eight accounts to look at, or two thousand to measure with."),
)
def demo(store: Path | None, size: str, encrypted: bool) -> None:
    """Write the sample portfolio."""
    from brm_desktop.session.demo import DemoSize, require_free, write_demo

    path = store or chosen_store(None)
    require_free(path)
    protection = new_passphrase(path) if encrypted else PLAIN
    made = write_demo(path, DemoSize(size), protection=protection, progress=_tell_share)
    n = made.accounts
    tell(trn("{file}: {n} account", "{file}: {n} accounts", n, file=path.name))
    if made.warning is not None:
        tell(tr(made.warning))
    if made.recovery_key is not None:
        tell_recovery_key(path, made.recovery_key)


def _tell_share(share: float) -> None:
    if round(share * 1000) % 100 == 0:
        tell(percent(share))


@click.command(
    cls=SpokenCommand, help=phrase("What the store holds, and whether it is whole.").text
)
@common
@as_json
def info(store: Path | None, as_json: bool) -> None:
    """Show counts, schema version and integrity."""
    with opened(store) as session:
        counts = session.counts()
        faults = [tr(fault) for fault in session.check()]
        schema = session.schema
        path = session.path
        encrypted = session.is_encrypted
        sync = status_shape(syncing.status(session), None, syncing.unsettled(session))
    if as_json:
        say_json(
            {
                "schema": schema,
                "encrypted": encrypted,
                "counts": counts,
                "index": None,
                "integrity": faults or "ok",
                "sync": sync,
            }
        )
        return
    say(str(path))
    say(tr("Encrypted") if encrypted else tr("Not encrypted"))
    say(tr("Schema version {version}", version=schema))
    say_table([(tr(kind_word(kind)), number(count)) for kind, count in counts.items()])
    for line in faults or [tr("The store is whole.")]:
        say(line)


@click.command(
    cls=SpokenCommand, help=phrase("Verify the store: its schema, its file and its rules.").text
)
@common
@as_json
def check(store: Path | None, as_json: bool) -> None:
    """Verify the store."""
    with opened(store) as session:
        faults = [tr(fault) for fault in session.check()]
        name = session.path.name
    if as_json:
        say_json({"integrity": faults or "ok"})
    else:
        for line in faults or [tr("The store is whole.")]:
            say(line)
    if faults:
        raise StoreDamaged(
            phrase("{file} is not whole: faults found {count}.", file=name, count=len(faults))
        )
