"""The one door to SQLite: connections, and what the driver's errors mean to the user.

``sqlcipher3`` has no type stubs; what it gives is the interface of the standard ``sqlite3``, whose
types stand in here. Distributions' own SQLite up to 3.51.2 can corrupt a store in WAL mode, so the
version is checked (docs/decisions).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, cast

from sqlcipher3 import dbapi2

from brm_desktop.domain.errors import (
    NotAStore,
    StoreBusy,
    StoreDamaged,
    StoreProblem,
)
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.reasons import reason_of
from brm_desktop.storage.keys.store_key import KEY_BYTES, StoreKey
from brm_desktop.storage.place.durable import make_own

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor  # noqa: TID251 -- its types only

    from brm_desktop.storage.sqlite_tools import Database

DriverError: Final[type[Exception]] = dbapi2.Error
SQLITE_VERSION: Final[str] = dbapi2.sqlite_version
OLDEST_SAFE: Final = (3, 51, 3)
CACHE_KIB: Final = 64 * 1024
_IN_FORCE: Final = {
    "journal_mode": "wal",
    "synchronous": 2,
    "locking_mode": "exclusive",
    "cache_size": -CACHE_KIB,
}

Mode = Literal["rw", "rwc", "immutable"]


class Reader(Protocol):
    """What can be asked: a connection, or sqlite-utils' view of one."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Cursor:
        """Ask; the cursor gives the rows."""


def check_version(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse to work on an SQLite that can lose data; raises ``StoreProblem``."""
    if version < OLDEST_SAFE:
        raise StoreProblem(
            phrase(
                "SQLite {version} can damage a store; install a build of the program with"
                " {needed} or later.",
                version=".".join(map(str, version)),
                needed=".".join(map(str, OLDEST_SAFE)),
            )
        )


def connect(path: Path, mode: Mode, key: StoreKey | None = None, salt: bytes = b"") -> Connection:
    """A connection to a file, with the key of an encrypted one, a new one with a ``salt`` if given.

    ``immutable`` only looks: it takes no lock and writes nothing. A file that is made is its
    owner's alone, and so is its log, for SQLite gives that the same permissions. Raises
    ``StoreProblem`` on an SQLite that can lose data.
    """
    check_version()
    if mode == "rwc":
        with suppress(FileExistsError):
            os.close(make_own(path))
    options = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, timeout=0.5, check_same_thread=False
    )
    if key is not None:
        _give_key(connection, key, salt)
    return cast("Connection", connection)


def _give_key(connection: Connection, key: StoreKey, salt: bytes) -> None:
    """Have a connection encrypt and decrypt; whether the key fits shows at the first page read."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would say on stderr what we raise
    connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}{salt.hex()}'\"")
    connection.execute("PRAGMA cipher_compatibility = 4")  # whatever later builds prefer


def salt_of(path: Path) -> bytes:
    """The first 16 bytes of a file: of an encrypted store its salt.

    SQLite reads them, because to open and close a file otherwise gives up the locks this process
    may have on it. Of a file shorter than that, or of none, they are random.
    """
    any_key = StoreKey(bytes(KEY_BYTES))  # no page is read with it
    with told_of(path), closing(connect(path, "immutable", any_key)) as connection:
        (salt,) = connection.execute("PRAGMA cipher_salt").fetchone()
        return bytes.fromhex(salt)


def in_memory() -> Connection:
    """A connection to an empty database that is nowhere on disk."""
    return cast("Connection", dbapi2.connect(":memory:"))


def make_durable(connection: Connection) -> bool:
    """Set up a connection that may write; gives whether all that keeps edits safe is in force.

    It is read back, as SQLite is silent about what it does not do. WAL with FULL loses no
    acknowledged edit in a power cut; the exclusive lock keeps a second program out and needs no
    shared memory file (docs/decisions).
    """
    for pragma in (
        "locking_mode = exclusive",
        "synchronous = full",
        f"cache_size = -{CACHE_KIB}",
        "mmap_size = 0",
        "trusted_schema = off",
        "cell_size_check = on",
        "foreign_keys = on",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA journal_mode = wal").fetchone()
    return all(
        connection.execute(f"PRAGMA {pragma}").fetchone() == (wanted,)
        for pragma, wanted in _IN_FORCE.items()
    ) and connection.execute("PRAGMA mmap_size").fetchone() in {(0,), None}  # None: has no maps


def as_database(connection: Connection) -> Database:
    """The connection as sqlite-utils sees it; tables made through it are strict."""
    from brm_desktop.storage.sqlite_tools import Database

    return Database(connection, execute_plugins=False, strict=True)


_STOPPED: Final = 9
_FULL: Final = 13
_NOT_A_DATABASE: Final = 26
_BUSY: Final = frozenset({5, 6})
_DAMAGED: Final = 11
_SENTENCES: Final = {
    8: phrase("{name} cannot be written: it is read-only."),
    10: phrase("The disk failed while {name} was read or written; nothing was changed."),
    _DAMAGED: phrase("{name} is damaged; restore a backup, or save what can be read."),
    _FULL: phrase("The disk is full, so nothing was changed in {name}; make room and try again."),
    14: phrase("{name} cannot be opened in its folder."),
    _NOT_A_DATABASE: phrase("{name} is not a BRM store."),
} | dict.fromkeys(_BUSY, phrase("{name} is open in another program."))


def _problem(code: int, sentence: Phrase) -> StoreProblem:
    if code in _BUSY:
        return StoreBusy(sentence)
    if code == _DAMAGED:
        return StoreDamaged(sentence)
    if code == _NOT_A_DATABASE:
        return NotAStore(sentence)
    return StoreProblem(sentence)


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 when it is none of its errors."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_full(error: Exception) -> bool:
    """Whether the driver found no room on the disk."""
    return _code(error) == _FULL


def is_damage(error: Exception) -> bool:
    """Whether the driver found a file that is a database but not whole."""
    return _code(error) == _DAMAGED


def _says_damage(error: Exception) -> bool:
    """Whether a cell holds no text or no JSON, or the header a format that there never was.

    The driver has no code for the first, and SQLite none of their own for the others.
    """
    told = ("Could not decode to UTF-8", "malformed JSON", "unsupported file format")
    return str(error).startswith(told)


def is_foreign(error: Exception) -> bool:
    """Whether the driver found no database, or could not decrypt one with the key it had."""
    return _code(error) == _NOT_A_DATABASE


def was_stopped(error: Exception) -> bool:
    """Whether the driver gave up because it was asked to."""
    return _code(error) == _STOPPED


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn what the driver raises for reasons outside the program into one sentence."""
    try:
        yield
    except DriverError as error:
        code = _DAMAGED if _says_damage(error) else _code(error)
        if code not in _SENTENCES:
            raise
        raise _problem(code, phrase(_SENTENCES[code].text, name=path.name)) from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema quotes its bytes
        raise _problem(_DAMAGED, phrase(_SENTENCES[_DAMAGED].text, name=path.name)) from error
    except UnicodeEncodeError as error:
        raise StoreProblem(
            phrase(
                "A text holds a broken character, so nothing was changed in {name}.", name=path.name
            )
        ) from error
    except OSError as error:
        raise StoreProblem(
            phrase(
                "{name} could not be read or written: {reason}.",
                name=path.name,
                reason=reason_of(error),
            )
        ) from error
