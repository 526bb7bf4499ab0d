"""Unlocking a store before it is opened: all that a question for its secret needs.

Nothing that works on records is imported with it, so that the window asks before the rest of the
program is there, and Argon2id has its tenth of a second while that comes in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from brm_desktop.domain.errors import NoKeyFile, StoreDamaged, StoreProblem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.storage.driver import salt_of, told_of
from brm_desktop.storage.keys import vault
from brm_desktop.storage.keys.encrypted import is_encrypted
from brm_desktop.storage.keys.refusals import wrong_secret
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.place.found import check_file
from brm_desktop.storage.place.places import refuse_network


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A passphrase or recovery key, and the key of a store that it led to."""

    typed: str = field(repr=False)
    key: StoreKey
    warning: Phrase | None = None
    """What the user is to know of how it was found."""


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


def get_ready(path: Path) -> None:
    """Import what :func:`unlock` needs, for a moment in which nothing else is to be done.

    Raises ``StoreProblem`` when the store cannot be read.
    """
    vault.get_ready(path, salt_of(path))


def unlock(path: Path, secret: Secret) -> Unlocked:
    """The key of an encrypted store, by a secret; takes a moment of work and memory.

    A recovery key is taken as it is: whether it fits shows when the store is opened. A key file
    that is gone or damaged is put back from the folder of backups, once it is known to fit.

    Raises
    ------
    StoreLocked
        When the secret is wrong, or does not do on this computer.
    StoreDamaged
        When it opens the key file beside, which names another beginning than the store has.
    """
    if isinstance(secret, Unlocked):
        return secret
    try:
        return Unlocked(secret, vault.unlock(path, salt_of(path), secret))
    except NoKeyFile as error:
        found = _unlock_with_kept(path, secret)
        if found is not None:
            return found
        if not vault.opens_another(path, secret):
            raise
        raise StoreDamaged(
            phrase(
                "The beginning of {name} is damaged, or its key file is another store's; restore a"
                " backup, or save what can be read.",
                name=path.name,
            )
        ) from error


def _unlock_with_kept(path: Path, secret: str) -> Unlocked | None:
    """The key by the key file that lies with the backups of a store; ``None`` without one."""
    from brm_desktop.storage.copies.backups import folder_of

    salt = salt_of(path)
    files = vault.key_files_of(path, folder_of(path))
    kept = next((file for file in files if file.store == salt), None)
    if kept is None:
        return None
    key = vault.unlock_with(path, kept, secret)
    if key is None:
        raise wrong_secret(path, secret)
    with told_of(path):
        vault.put_back(path, kept)
    return Unlocked(
        secret,
        key,
        phrase(
            "The key file {name} was missing or damaged; the one kept with the backups is in its"
            " place now.",
            name=vault.key_file_beside(path).name,
        ),
    )


def unlocked(path: Path, secret: str) -> Secret:
    """What a store is best opened with; raises what :func:`unlock` does.

    Where there is nothing to unlock, as in a store that is plain by now, that is what was typed.
    """
    return unlock(path, secret) if is_encrypted(path) else secret


def typed(secret: Secret | None) -> str | None:
    """What was typed."""
    return secret.typed if isinstance(secret, Unlocked) else secret
