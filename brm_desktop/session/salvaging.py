"""Saving what can be read of a damaged store into a new one."""

from __future__ import annotations

from pathlib import Path

from brm_desktop.session.backups import key_to
from brm_desktop.session.clock import Clock, SystemClock
from brm_desktop.storage.keys.store_key import StoreKey, key_of_recovery
from brm_desktop.storage.salvaging import salvage as saving
from brm_desktop.storage.salvaging.salvage import Salvaged

__all__ = ["Salvaged", "salvage"]


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
    key = key_to(source, secret)
    site = (clock or SystemClock()).bits(64)
    if key is None or secret is None:
        return saving.salvage(source, target, None, site, None)
    if key_of_recovery(secret) is not None:
        return saving.salvage(source, target, key, site, key)
    return saving.salvage(source, target, key, site, StoreKey.random(), secret)
