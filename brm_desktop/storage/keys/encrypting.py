"""Making an encrypted store of a plain one: whole, verified, and in its place at one stroke.

What was plain is overwritten before it is removed. On a disk that writes elsewhere what is
overwritten, as solid-state disks do, remains can stay until the disk needs their place; that is
said in docs/security.md.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from brm_desktop.domain.errors import StoreBusy, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.copies.backups import backups_of, keep_key_file
from brm_desktop.storage.copies.copying import (
    make_content_durable,
    require_same,
    require_whole,
    sizes,
)
from brm_desktop.storage.driver import connect, make_durable, salt_of, told_of
from brm_desktop.storage.keys.encrypted import PLAIN_START
from brm_desktop.storage.keys.key_file import SALT_BYTES
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.keys.vault import find_key_file, forget_key_file, lock_away
from brm_desktop.storage.opening import open_store, require_ours
from brm_desktop.storage.place.durable import make_name_durable

_REMAINS: Final = ".unencrypted"
_AT_ONCE: Final = 1 << 20
_FORMER: Final = re.compile(r"\.v\d{1,4}(-\d{1,6})?")
"""What followed the name of a store in those of copies, before these had a folder."""


def encrypt(path: Path, passphrase: str) -> StoreKey:
    """Encrypt a plain store that nobody has open, with its plain backups; gives the new key.

    Broken off at any moment, there is the plain store or the encrypted one, whole.

    Raises
    ------
    StoreProblem
        When it cannot be opened or written; then it is plain as it was.
    """
    path = path.resolve()
    key, salt = StoreKey.random(), secrets.token_bytes(SALT_BYTES)
    part, log = _beside(path, ".part"), _beside(path, "-wal")
    with told_of(path):
        try:
            with closing(open_store(path)) as plain:
                plain.execute("PRAGMA wal_checkpoint(full)").fetchall()
                _write_encrypted(path, part, key, salt)
                lock_away(path, salt, key, passphrase)
                _keep_hold(log)
            _put_in_place(path, part, log)
        except BaseException:
            if salt_of(path) == PLAIN_START:
                forget_key_file(path, salt)
                wipe_remains(path)
            raise
        finally:
            _clear(part)
        _encrypt_copies(path, key, salt)
    return key


def go_on(path: Path, key: StoreKey) -> list[Path]:
    """Do what an encrypting that was broken off left undone; gives the backups that stay plain.

    Raises
    ------
    StoreProblem
        When what it left of the plain store cannot be wiped.
    """
    path = path.resolve()
    wipe_remains(path)
    try:
        copies, salt = _copies(path), salt_of(path)
        for one in copies:
            wipe_remains(one)
        if copies and find_key_file(copies[0], salt) is None:  # it was to be put there last
            keep_key_file(path)
        return _encrypt_copies(path, key, salt) if plain_copies(path) else []
    except StoreProblem:  # the folder of backups is out of reach: the store is not
        return []


def plain_copies(path: Path) -> list[Path]:
    """The copies of a store that anybody can read: backups, and what former versions left.

    Raises ``StoreProblem`` when one cannot be looked at.
    """
    return [one for one in _copies(path) if salt_of(one) == PLAIN_START]


def _copies(path: Path) -> list[Path]:
    """The backups of a store, and the copies that former versions left right beside it."""
    path = path.resolve()
    with told_of(path):
        former = [
            one
            for one in sorted(path.parent.iterdir())
            if one.name.startswith(path.name) and _FORMER.fullmatch(one.name[len(path.name) :])
        ]
    return [*(one.path for one in backups_of(path)), *former]


def wipe_remains(path: Path) -> None:
    """Remove what an encrypting that was broken off left of the plain store."""
    for remains in (_beside(path, _REMAINS), _beside(path, f"-wal{_REMAINS}")):
        with told_of(remains):
            wipe(remains)


def wipe(path: Path) -> None:
    """Overwrite a file and remove it; one that has another name as well is only removed here."""
    if not path.exists():
        return
    found = path.stat()
    if found.st_nlink == 1:
        with path.open("rb+") as file:
            for start in range(0, found.st_size, _AT_ONCE):
                file.write(bytes(min(_AT_ONCE, found.st_size - start)))
            file.flush()
            os.fsync(file.fileno())
    path.unlink()


def _write_encrypted(plain: Path, part: Path, key: StoreKey, salt: bytes) -> None:
    """Write an encrypted copy of all that is in a plain store, and see that it is all there."""
    _clear(part)
    with closing(connect(part, "rwc", key)) as copy:
        copy.execute(f"PRAGMA cipher_salt = \"x'{salt.hex()}'\"")
        make_durable(copy)
        source = f"{plain.absolute().as_uri()}?mode=ro&immutable=1"
        copy.execute("ATTACH ? AS plain KEY ''", [source])
        copy.execute("SELECT sqlcipher_export('main', 'plain')").fetchall()
        for name in ("application_id", "user_version"):
            (value,) = copy.execute(f"PRAGMA plain.{name}").fetchone()
            copy.execute(f"PRAGMA main.{name} = {value}")
        copy.commit()
        copy.execute("DETACH plain")
        copy.execute("PRAGMA wal_checkpoint(truncate)").fetchall()
    make_content_durable(part)
    with closing(connect(plain, "immutable")) as still:
        require_whole(still, plain.name)
        require_same(part, key, sizes(still))


def _keep_hold(path: Path) -> None:
    """Give a file a second name, by which it is wiped when it has lost its first.

    Where the disk knows no second names it is not wiped.
    """
    remains = _beside(path, _REMAINS)
    wipe(remains)
    with suppress(OSError):
        os.link(path, remains)


def _put_in_place(path: Path, part: Path, log: Path) -> None:
    """Have the encrypted store take the plain one's place, and wipe what was plain."""
    if _has_content(log):  # of a plain store: it would be read into the encrypted one
        raise StoreBusy(phrase("{name} is open in another program.", name=path.name))
    log.unlink(missing_ok=True)
    _keep_hold(path)
    make_name_durable(path)
    part.replace(path)
    make_name_durable(path)
    wipe_remains(path)


def _encrypt_copies(path: Path, key: StoreKey, salt: bytes) -> list[Path]:
    """Encrypt the plain backups of a store with its key; gives those that could not be."""
    for copy in plain_copies(path):
        with suppress(StoreProblem):
            _encrypt_copy(copy, key, salt)
    return plain_copies(path)


def _encrypt_copy(copy: Path, key: StoreKey, salt: bytes) -> None:
    """Encrypt a backup with the key of its store; raises ``StoreProblem`` and leaves it then."""
    part = _beside(copy, ".part")
    with told_of(copy):
        with closing(connect(copy, "immutable")) as still:
            require_ours(copy, still)
        try:
            _write_encrypted(copy, part, key, salt)
            _put_in_place(copy, part, _beside(copy, "-wal"))
        finally:
            _clear(part)


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _clear(part: Path) -> None:
    part.unlink(missing_ok=True)
    _beside(part, "-wal").unlink(missing_ok=True)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
