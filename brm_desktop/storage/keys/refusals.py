"""What is said of a secret that does not open a store, or one of its backups."""

from __future__ import annotations

from pathlib import Path

from brm_desktop.domain.errors import StoreLocked, WrongSecret
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.keys.store_key import (
    RECOVERY_LETTERS,
    has_recovery_form,
    key_of_recovery,
    recovery_letters,
)


def wrong_secret(path: Path, secret: str) -> WrongSecret:
    """What to raise when a secret does not fit."""
    if has_recovery_form(secret) and key_of_recovery(secret) is None:
        return WrongSecret(
            phrase("That recovery key has a typing mistake: its last letters do not fit the rest.")
        )
    if has_recovery_form(secret):
        return WrongSecret(
            phrase(
                "That is not the recovery key of {name}, or the beginning of the store is damaged.",
                name=path.name,
            )
        )
    found = recovery_letters(secret)
    if found:
        return WrongSecret(
            phrase(
                "That is not the passphrase of {name}. If it is meant as the recovery key: that has"
                " {whole} letters and digits, these are {found}.",
                name=path.name,
                whole=RECOVERY_LETTERS,
                found=found,
            )
        )
    return WrongSecret(phrase("That is not the passphrase of {name}.", name=path.name))


def made_with_another(copy: Path) -> WrongSecret:
    """What to raise when a backup does not open with what opens the store, or what was typed."""
    return WrongSecret(
        phrase(
            "The backup {name} was made with another passphrase or key: that one is needed.",
            name=copy.name,
        )
    )


def no_key_file_of_copy(copy: Path) -> StoreLocked:
    """What to raise when the folder of backups has no key file for one of them."""
    return StoreLocked(
        phrase(
            "The key file of the backup {name} is missing: its recovery key is needed.",
            name=copy.name,
        )
    )
