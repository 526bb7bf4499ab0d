"""Unlocking a store before it is opened: all that a question for its secret needs.

Nothing that works on records is imported with it, so that the window asks before the rest of the
program is there, and Argon2id has its tenth of a second while that comes in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.storage.driver import salt_of
from brm_desktop.storage.keys import vault
from brm_desktop.storage.keys.encrypted import is_encrypted
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.place.found import check_file
from brm_desktop.storage.place.places import refuse_network


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A passphrase or recovery key, and the key of a store that it led to."""

    typed: str = field(repr=False)
    key: StoreKey


Secret = str | Unlocked
"""What a store is opened with: as it was typed, or with the slow part done already."""


def asks_for_secret(path: Path) -> bool:
    """Whether a secret is the first thing that opening this store lacks.

    ``False`` also where it cannot be opened at all: that is told when it is tried.
    """
    try:
        check_file(path)
        refuse_network(path)
        return is_encrypted(path)
    except StoreProblem:
        return False


def get_ready() -> None:
    """Import what :func:`unlock` needs, for a moment in which nothing else is to be done."""
    vault.get_ready()


def unlock(path: Path, secret: Secret) -> Unlocked:
    """The key of an encrypted store, by a secret; takes a moment of work and memory.

    A recovery key is taken as it is: whether it fits shows when the store is opened.

    Raises
    ------
    StoreLocked
        When the secret is wrong, or does not do on this computer.
    """
    if isinstance(secret, Unlocked):
        return secret
    return Unlocked(secret, vault.unlock(path, salt_of(path), secret))


def unlocked(path: Path, secret: str) -> Secret:
    """What a store is best opened with; raises what :func:`unlock` does.

    Where there is nothing to unlock, as in a store that is plain by now, that is what was typed.
    """
    return unlock(path, secret) if is_encrypted(path) else secret


def typed(secret: Secret | None) -> str | None:
    """What was typed."""
    return secret.typed if isinstance(secret, Unlocked) else secret
