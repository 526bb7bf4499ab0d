"""Commands about the protection of a store: encrypt it, change its passphrase, recover it."""

from __future__ import annotations

from pathlib import Path

import click

from brm_desktop.cli.opening import chosen_store, common
from brm_desktop.cli.passphrases import (
    new_passphrase,
    secret_of,
    tell_if_alone,
    tell_recovery_key,
)
from brm_desktop.cli.speaking import SpokenCommand, say, tell
from brm_desktop.domain.errors import Refused, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import tr
from brm_desktop.process.secrecy import NEXT
from brm_desktop.session.protection import encrypt_store, is_encrypted, plain_copies
from brm_desktop.session.session import Session


@click.command(
    cls=SpokenCommand, help=phrase("Encrypt a plain store and its backups with a passphrase.").text
)
@common
def encrypt(store: Path | None) -> None:
    """Encrypt the store."""
    path = chosen_store(store)
    if not path.is_file():
        raise StoreProblem(phrase("There is no file {name}.", name=path.name))
    if is_encrypted(path):
        raise Refused(phrase("{name} is encrypted already.", name=path.name))
    recovery_key = encrypt_store(path, new_passphrase(path).text)
    tell(tr("{name} is encrypted.", name=path.name))
    tell_recovery_key(path, recovery_key)
    for copy in plain_copies(path):
        tell(tr("This copy could not be encrypted; remove it by hand: {file}", file=str(copy)))


@click.command(cls=SpokenCommand, help=phrase("Change the passphrase of an encrypted store.").text)
@common
def passphrase(store: Path | None) -> None:
    """Change the passphrase."""
    path = chosen_store(store)
    old = secret_of(path)
    with Session.open(path, secret=old) as session:
        _require_encrypted(session)
        session.change_passphrase(old or "", new_passphrase(path, NEXT).text)
    tell(tr("{name} has a new passphrase; its recovery key is the same.", name=path.name))
    tell_if_alone(path)


@click.command(
    cls=SpokenCommand,
    help=phrase("Show what opens the store when its passphrase is lost.").text,
)
@common
def recovery_key(store: Path | None) -> None:
    """Show the recovery key."""
    path = chosen_store(store)
    with Session.open(path, secret=secret_of(path)) as session:
        say(session.recovery_key)


def _require_encrypted(session: Session) -> None:
    if not session.is_encrypted:
        raise Refused(phrase("{name} is not encrypted.", name=session.path.name))
