"""Backups as the user sees them: what there is, what is in one, and going back to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brm_desktop.domain.errors import (
    Ambiguous,
    AnotherDevice,
    NotFound,
    StoreDamaged,
    StoreLocked,
    StoreProblem,
    WrongSecret,
)
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.spelling import name_order
from brm_desktop.language import number, tr
from brm_desktop.session.clock import Clock, SystemClock, moment_of
from brm_desktop.session.unlocking import unlock
from brm_desktop.storage.copies.backups import (
    Backup,
    BackupKind,
    backups_of,
    folder_of,
    is_due,
    remove,
    remove_all,
)
from brm_desktop.storage.copies.replacing import replace_store
from brm_desktop.storage.driver import salt_of
from brm_desktop.storage.keys.encrypted import is_encrypted
from brm_desktop.storage.keys.refusals import made_with_another, no_key_file_of_copy
from brm_desktop.storage.keys.store_key import StoreKey, has_recovery_form
from brm_desktop.storage.place.holdings import AccountHolding, Holding, look_into

__all__ = [
    "AccountHolding",
    "AccountThenAndNow",
    "Backup",
    "BackupKind",
    "Holding",
    "NewestGood",
    "accounts_then_and_now",
    "backup_named",
    "backups_of",
    "folder_of",
    "is_due",
    "newest_good",
    "preview",
    "remove",
    "remove_all",
    "restore",
    "size_said",
]


@dataclass(frozen=True, slots=True)
class AccountThenAndNow:
    """An account with its people in a copy and in the store; ``None`` where it is not."""

    name: str
    then: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class NewestGood:
    """The newest copy that can be gone back to, and how many newer ones cannot."""

    backup: Backup | None
    passed_over: int


def accounts_then_and_now(then: Holding, now: Holding | None) -> list[AccountThenAndNow]:
    """Every account of the copy or the store, in name order."""
    ours = {} if now is None else {one.id: one for one in now.accounts}
    theirs = {one.id: one for one in then.accounts}
    found = [
        AccountThenAndNow(
            (theirs.get(key) or ours[key]).name,
            theirs[key].people if key in theirs else None,
            ours[key].people if key in ours else None,
        )
        for key in theirs.keys() | ours.keys()
    ]
    return sorted(found, key=lambda one: name_order(one.name))


def preview(backup: Backup, secret: str | None = None) -> Holding:
    """What a copy holds, once it is seen to be whole; raises ``StoreProblem``."""
    return look_into(backup.path, _key_to_copy(backup.path, secret))


def size_said(size: int) -> str:
    """Bytes on disk in the words of the language in use: ``1.2 MB``."""
    return tr("{n} MB", n=number(size / 1_000_000, 1))


def backup_named(store: Path, name: str) -> Backup:
    """The copy that a typed name means: a file name, the beginning of one, or ``newest``.

    The newest is none that a restore put aside, which may be as damaged as what was restored.

    Raises
    ------
    NotFound
        When nothing fits; ``Ambiguous`` when several do.
    """
    found = backups_of(store)
    wanted = Path(name).name
    exact = [one for one in found if wanted in (one.path.name, one.path.stem)]
    fitting = exact or [one for one in found if wanted and one.path.name.startswith(wanted)]
    if wanted == "newest":
        fitting = [one for one in found if one.kind is not BackupKind.REPLACED][:1]
    if not fitting:
        raise NotFound(phrase("{store} has no backup {name}.", store=store.name, name=name))
    if len(fitting) > 1:
        names = ", ".join(one.path.name for one in fitting)
        raise Ambiguous(
            phrase("Several backups begin with {name}: {names}.", name=name, names=names)
        )
    return fitting[0]


def newest_good(store: Path, secret: str | None = None) -> NewestGood:
    """The copy to offer for a damaged store: the newest that opens and is whole.

    Each is looked into, which takes as long as to read it. What a restore put aside is not among
    them: it may be as damaged. Raises ``StoreProblem`` when the folder cannot be read.
    """
    passed_over = 0
    for one in backups_of(store):
        if one.kind is BackupKind.REPLACED:
            continue
        try:
            preview(one, secret)
        except StoreProblem:
            passed_over += 1
        else:
            return NewestGood(one, passed_over)
    return NewestGood(None, passed_over)


def restore(
    store: Path, backup: Backup, *, secret: str | None = None, clock: Clock | None = None
) -> Backup | None:
    """Put a copy in the place of a store that is closed; gives the copy of what was there.

    The present file is kept among the backups first; the store goes on as a new site, so that what
    it says from now on is told from what the present one said. Undo goes on from where it was when
    the copy was made.

    Raises
    ------
    StoreProblem
        When the copy is not whole or its secret does not fit, or the store is open; then nothing
        has changed.
    """
    clock = clock or SystemClock()
    key = _key_to_copy(backup.path, secret)
    present = _present_key(store, backup.path, key, secret)
    return replace_store(store, backup.path, key, present, clock.bits(64), moment_of(clock))


def _key_to_copy(copy: Path, secret: str | None) -> StoreKey | None:
    """The key of a copy; raises ``StoreLocked`` with what is to be known of a copy's key."""
    try:
        return key_to(copy, secret)
    except WrongSecret as error:
        if secret is not None and has_recovery_form(secret):
            raise
        raise made_with_another(copy) from error
    except AnotherDevice:
        raise
    except StoreLocked as error:
        if secret is None:
            raise
        raise no_key_file_of_copy(copy) from error


def key_to(path: Path, secret: str | None) -> StoreKey | None:
    """The key of a closed store or a copy; ``None`` for a plain one.

    Raises
    ------
    StoreLocked
        When it is encrypted and there is no secret, or not the right one.
    """
    if not is_encrypted(path):
        return None
    if secret is None:
        raise StoreLocked(phrase("{name} is encrypted: its passphrase is needed.", name=path.name))
    return unlock(path, secret).key


def _present_key(
    store: Path, copy: Path, key: StoreKey | None, secret: str | None
) -> StoreKey | None:
    """The key of the store that goes; one that stays shut is kept as it lies there."""
    if not is_encrypted(store):
        return None
    if key is not None and salt_of(store) == salt_of(copy):
        return key
    try:
        return key_to(store, secret)
    except (StoreDamaged, StoreLocked):
        return None
