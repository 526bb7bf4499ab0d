"""Passphrases on the command line: from the environment, or typed where nobody sees them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from brm_desktop.cli.speaking import harmless, tell
from brm_desktop.domain.errors import Refused, StoreLocked
from brm_desktop.domain.passphrases import wrong_with
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.language import tr
from brm_desktop.process.secrecy import PRESENT, given
from brm_desktop.session.protection import Passphrase, needs_this_computer, was_encrypted


def secret_of(path: Path) -> str | None:
    """What opens an encrypted store, as it was given or is typed; ``None`` for a plain one.

    Raises
    ------
    StoreLocked
        When it is neither given nor is there a terminal to type it at.
    """
    if not path.is_file() or not was_encrypted(path):
        return None
    found = given(PRESENT)
    if found:
        return found
    if not sys.stdin.isatty():
        raise StoreLocked(
            phrase(
                "{name} is encrypted: give its passphrase in {variable}, or at a terminal.",
                name=path.name,
                variable=PRESENT,
            )
        )
    return _typed(phrase("Passphrase or recovery key of {name}", name=path.name))


def new_passphrase(path: Path, variable: str = PRESENT) -> Passphrase:
    """The passphrase a store is to get, given or typed twice.

    Raises
    ------
    Refused
        When it is too short, typed differently the second time, or neither given nor is there a
        terminal to type it at.
    """
    found = given(variable)
    if found:
        again = found
    elif sys.stdin.isatty():
        found = _typed(phrase("New passphrase of {name}", name=path.name))
        again = _typed(phrase("The same again"))
    else:
        raise Refused(
            phrase(
                "{name} needs a passphrase: give it in {variable}, or at a terminal.",
                name=path.name,
                variable=variable,
            )
        )
    wrong = wrong_with(found, again)
    if wrong is not None:
        raise Refused(wrong)
    return Passphrase(found)


def tell_recovery_key(path: Path, recovery_key: str) -> None:
    """Show the recovery key of a store that was just encrypted, and what else protects it."""
    tell(tr("Recovery key of {name}: print it and keep it apart.", name=path.name))
    tell(recovery_key)
    tell_if_alone(path)


def tell_if_alone(path: Path) -> None:
    """Say so when nothing but the passphrase protects a store."""
    if not needs_this_computer(path):
        tell(
            tr(
                "No keychain works on this computer, so the passphrase alone protects {name}.",
                name=path.name,
            )
        )


def _typed(question: Phrase) -> str:
    """What the user types, unseen, asked for on standard error."""
    typed: str = click.prompt(harmless(tr(question)), hide_input=True, err=True)
    return typed
