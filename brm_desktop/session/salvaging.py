"""Saving what can be read of a damaged store into a new one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from brm_desktop.domain.errors import StoreDamaged, StoreLocked
from brm_desktop.domain.phrase import phrase
from brm_desktop.session.backups import key_to
from brm_desktop.session.clock import Clock, SystemClock
from brm_desktop.session.protection import salts_beside, was_encrypted
from brm_desktop.storage.copies.backups import folder_of
from brm_desktop.storage.keys.encrypted import is_encrypted
from brm_desktop.storage.keys.refusals import wrong_secret
from brm_desktop.storage.keys.store_key import StoreKey, key_of_recovery
from brm_desktop.storage.keys.vault import key_files_of, unlock_with
from brm_desktop.storage.salvaging import salvage as saving
from brm_desktop.storage.salvaging.salvage import Salvaged

__all__ = ["Salvaged", "check_secret", "salvage"]


def salvage(
    source: Path, target: Path, *, secret: str | None = None, clock: Clock | None = None
) -> Salvaged:
    """Write what can be read of a store into a new one; the damaged file is only looked at.

    That of an encrypted store is encrypted: with a key of its own under the same passphrase, or
    with the same key when the recovery key was given.

    Raises
    ------
    StoreProblem
        When nothing can be read, or the new store cannot be written; then there is none.
    """
    key = _key_to(source, secret)
    site = (clock or SystemClock()).bits(64)
    if key is None or secret is None:
        return saving.salvage(source, target, None, site, None)
    salts = salts_beside(source)
    if key_of_recovery(secret) is not None:
        return saving.salvage(source, target, key, site, key, salts=salts)
    return saving.salvage(source, target, key, site, StoreKey.random(), secret, salts)


def check_secret(source: Path, secret: str | None) -> None:
    """See whether a secret fits the key file of a store; a recovery key is taken as it is.

    Raises ``StoreLocked``.
    """
    _key_to(source, secret)


def _key_to(source: Path, secret: str | None) -> StoreKey | None:
    """The key of a store; where its salt is damaged, what the key files beside it lead to."""
    if is_encrypted(source) or not was_encrypted(source):
        with suppress(StoreDamaged):
            return key_to(source, secret)
    if secret is None:
        raise StoreLocked(
            phrase("{name} is encrypted: its passphrase is needed.", name=source.name)
        )
    for file in key_files_of(source, folder_of(source)):
        key = unlock_with(source, file, secret)
        if key is not None:
            return key
    raise wrong_secret(source, secret)
