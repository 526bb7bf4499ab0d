"""How a store is kept from other eyes: plain by choice, or under a passphrase.

Wherever a passphrase is asked for, the recovery key may be typed instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from brm_desktop.domain.errors import NotAStore, Refused, StoreDamaged, WrongSecret
from brm_desktop.domain.passphrases import wrong_with
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.session.clock import Clock, moment_of
from brm_desktop.session.unlocking import Secret, typed, unlock
from brm_desktop.storage.copies.backups import (
    FOLDER_ENDING,
    Backup,
    BackupKind,
    backups_of,
    folder_of,
    keep_key_file,
    read_name,
)
from brm_desktop.storage.copies.copying import Stopped, never
from brm_desktop.storage.driver import salt_of, told_of
from brm_desktop.storage.keys import encrypted, encrypting, vault
from brm_desktop.storage.keys.refusals import wrong_secret
from brm_desktop.storage.keys.store_key import StoreKey, key_of_recovery, recovery_key
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.place.durable import make_name_durable
from brm_desktop.storage.place.found import check_file

__all__ = [
    "FORGOTTEN",
    "PLAIN",
    "Guarded",
    "Passphrase",
    "Plain",
    "Protection",
    "encrypt_store",
    "is_encrypted",
    "is_recovery_key",
    "make_store",
    "move_store",
    "needs_this_computer",
    "open_or_make",
    "open_store",
    "plain_copies",
    "remove_store",
    "salts_beside",
    "still_plain",
    "was_encrypted",
]


class Plain(Enum):
    """A store that anybody who gets the file can read."""

    PLAIN = "plain"


PLAIN: Final = Plain.PLAIN


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A store that opens only with these words; they are in no log or exception."""

    text: str = field(repr=False)


class Forgotten(Enum):
    """A store that nobody can open once it is closed: its key is kept nowhere."""

    FORGOTTEN = "forgotten"


FORGOTTEN: Final = Forgotten.FORGOTTEN

Protection = Plain | Passphrase | Forgotten


class Guarded:
    """The part of a session that keeps its store safe: from other eyes, and from loss."""

    _store: LocalStore
    _clock: Clock

    @property
    def is_encrypted(self) -> bool:
        """Whether the store can be read only with its key."""
        return self._store.key is not None

    @property
    def recovery_key(self) -> str:
        """What opens the store when the passphrase is lost; raises ``Refused`` for a plain one."""
        return recovery_key(self._key())

    def check_secret(self, secret: str) -> None:
        """See whether a passphrase or recovery key is this store's; takes a moment of work.

        Raises
        ------
        WrongSecret
            When it is not.
        """
        key, path = self._key(), self._store.path
        if unlock(path, secret).key != key:
            raise wrong_secret(path, secret)

    def change_passphrase(self, old: str, new: str) -> None:
        """Have the store open with another passphrase, on this computer.

        The old one may be the recovery key. It takes a moment of work and memory.

        Raises
        ------
        WrongSecret
            When the old one is wrong.
        Refused
            When the new one is too short, or the store is plain.
        """
        key, path = self._key(), self._store.path
        require_good(new)
        self.check_secret(old)
        with told_of(path):
            vault.lock_away(path, salt_of(path), key, new)
        keep_key_file(path)

    def moment(self) -> datetime:
        """The moment it is, where the user is."""
        return moment_of(self._clock)

    def back_up(self, kind: BackupKind, stopped: Stopped = never) -> Backup:
        """Make a verified copy beside the store; safe on a worker thread.

        Raises ``StoreProblem`` when there is none in the end; the others stay as they were.
        """
        return self._store.back_up(kind, self.moment(), stopped)

    def _key(self) -> StoreKey:
        if self._store.key is None:
            raise Refused(phrase("{name} is not encrypted.", name=self._store.path.name))
        return self._store.key


def require_good(passphrase: str) -> None:
    """Raise ``Refused`` for a passphrase that is too short."""
    wrong = wrong_with(passphrase, passphrase)
    if wrong is not None:
        raise Refused(wrong)


def is_recovery_key(secret: str) -> bool:
    """Whether what was typed is a recovery key, of whichever store, and not a passphrase."""
    return key_of_recovery(secret) is not None


def is_encrypted(path: Path) -> bool:
    """Whether a file is an encrypted store: a look at it, no key needed.

    ``False`` when it cannot be read; raises ``StoreProblem`` when the disk fails.
    """
    return encrypted.is_encrypted(path)


def needs_this_computer(path: Path) -> bool:
    """Whether a passphrase opens this encrypted store only with the keychain of this computer.

    Raises ``StoreProblem`` when the store cannot be read.
    """
    file = vault.find_key_file(path, salt_of(path))
    return file is not None and file.on_device


def make_store(path: Path, site: int, protection: Protection) -> LocalStore:
    """Make an empty store, protected like that, and open it.

    Raises ``Refused`` for a passphrase that is too short, and ``StoreProblem``.
    """
    if isinstance(protection, Plain):
        return LocalStore.create(path, site)
    if isinstance(protection, Forgotten):
        return LocalStore.create(path, site, StoreKey.random())
    require_good(protection.text)
    return LocalStore.create(path, site, StoreKey.random(), protection.text)


def open_or_make(
    path: Path, secret: Secret | None, create: Protection | None, bits: Callable[[int], int]
) -> LocalStore:
    """Open a store, or make one protected like that when there is none; ``bits`` are random.

    Raises what :func:`open_store` and :func:`make_store` raise.
    """
    if create is not None and not path.exists():
        return make_store(path, bits(64), create)
    return open_store(path, secret)


def open_store(path: Path, secret: Secret | None) -> LocalStore:
    """Open a store; ``secret`` is the passphrase or recovery key of an encrypted one.

    Raises
    ------
    StoreLocked
        When it is encrypted and the secret lacks, is wrong, or does not do on this computer.
    StoreProblem
        When it cannot be opened for another reason.
    """
    check_file(path)
    if secret is None or not is_encrypted(path):
        try:
            store = LocalStore(path)
        except NotAStore:
            _require_start(path, typed(secret))
            raise
        store.warning = _doubtful(store) or store.warning
        return store
    way_in = unlock(path, secret)
    key = way_in.key
    try:
        store = LocalStore(path, key)
    except WrongSecret as error:
        if is_recovery_key(way_in.typed):
            raise wrong_secret(path, way_in.typed) from error
        # The key file vouches for the key, so it is the store that is not as it was.
        raise StoreDamaged(
            phrase("{name} is damaged; restore a backup, or save what can be read.", name=path.name)
        ) from error
    try:
        left = encrypting.go_on(path, key)
    except BaseException:
        store.close()
        raise
    store.warning = way_in.warning or _doubtful(store) or still_plain(left) or store.warning
    return store


def was_encrypted(path: Path) -> bool:
    """Whether a store that may be damaged is encrypted.

    By its very beginning, which holds the salt; where that is damaged too, by its key file.
    """
    return is_encrypted(path) or (
        salt_of(path) != encrypted.PLAIN_START and bool(salts_beside(path))
    )


def salts_beside(path: Path) -> list[bytes]:
    """The salts that the key files of a store name, its own and those kept with its backups."""
    return [file.store for file in vault.key_files_of(path, folder_of(path))]


def _require_start(path: Path, secret: str | None) -> None:
    """See whether a file that looks like no store is one whose beginning is damaged.

    Then its key file or its backups lie beside it. Raises ``StoreDamaged`` for such a one, once its
    secret is known if it has one, else ``StoreLocked``.
    """
    from brm_desktop.session.salvaging import check_secret

    if salt_of(path) == encrypted.PLAIN_START:
        return
    if was_encrypted(path):
        check_secret(path, secret)
    elif not backups_of(path):
        return
    raise StoreDamaged(
        phrase("{name} is damaged; restore a backup, or save what can be read.", name=path.name)
    )


def _doubtful(store: LocalStore) -> Phrase | None:
    """What is odd about a file that was opened as a store."""
    path = store.path.resolve()
    if read_name(path) is not None and path.parent.name.endswith(FOLDER_ENDING):
        return phrase(
            "{name} is a backup: what you change here is changed in the backup. To go back to it,"
            " open the store and restore it.",
            name=path.name,
        )
    keys = vault.key_file_beside(path)
    if store.key is None and vault.is_key_file(keys):
        return phrase(
            "{name} is not encrypted, though {keys} lies beside it: if that surprises you,"
            " somebody may have put another file in its place.",
            name=path.name,
            keys=keys.name,
        )
    return None


def still_plain(left: list[Path]) -> Phrase | None:
    """What to say of the backups of an encrypted store that anybody can read."""
    if not left:
        return None
    return phrase(
        "Backups still unencrypted: {n}; remove them from {folder}.",
        n=len(left),
        folder=str(left[0].parent),
    )


def encrypt_store(path: Path, passphrase: str) -> str:
    """Make a closed plain store an encrypted one, whole or not at all; gives its recovery key.

    Its backups are encrypted as well; :func:`plain_copies` tells which could not be.

    Raises
    ------
    Refused
        When the passphrase is too short, or the store is encrypted already.
    StoreProblem
        When it cannot be opened or written; then it is plain as it was.
    """
    require_good(passphrase)
    check_file(path)
    if is_encrypted(path):
        raise Refused(phrase("{name} is encrypted already.", name=path.name))
    key = encrypting.encrypt(path, passphrase)
    keep_key_file(path)
    return recovery_key(key)


def plain_copies(path: Path) -> list[Path]:
    """The backups of an encrypted store that anybody can read; raises ``StoreProblem``."""
    return encrypting.plain_copies(path)


def move_store(path: Path, to: Path) -> None:
    """Give a closed store another name in place of what has it, its key file first.

    Its backups go along, unless there are backups under the other name, which may be of a store
    that is gone: then they stay where they are. Raises ``StoreProblem``.
    """
    with told_of(path):
        vault.copy_key_file(path, to)
        path.replace(to)
        make_name_durable(to)
        vault.key_file_beside(path).unlink(missing_ok=True)
        if folder_of(path).is_dir() and not folder_of(to).exists():
            folder_of(path).rename(folder_of(to))
            make_name_durable(folder_of(to))


def remove_store(path: Path) -> None:
    """Remove a closed store, its key file and what SQLite keeps beside it.

    Backups stay: they may be of another store that had the name. Raises ``StoreProblem``.
    """
    with told_of(path):
        for ending in ("", "-wal", "-shm", vault.ENDING):
            path.with_name(path.name + ending).unlink(missing_ok=True)
