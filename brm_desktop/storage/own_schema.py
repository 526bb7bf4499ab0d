"""Whether a store holds the tables and indexes that the migrations make, and nothing else.

A file that says it is a store may have been made to do harm: a trigger that changes what is
written, a view without end in the place of a table, a column that is computed. None of them runs as
long as nothing but the list of tables is read, and that is what is done here, before anything else.

A store of today's schema is known by a fingerprint. For any other the migrations make one in memory
to compare it with, which takes their library and some hundredths of a second.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import NotAStore
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.driver import as_database, in_memory

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only

    from brm_desktop.storage.sqlite_tools import Migrations

_MOST_PARTS: Final = 1_000
_OUR_SET: Final = "brm"
_OF_LIBRARY: Final = "_sqlite_migrations"
"""The table of the library that migrates; its text is the library's, which may write it anew."""
_STATISTICS: Final = frozenset({"sqlite_stat1", "sqlite_stat4"})
"""What ``ANALYZE`` leaves, which any tool may have run."""

TODAYS_VERSION: Final = 6
TODAYS_FINGERPRINT: Final = "cdd3b8a7cb2d3a1360c064eb7286c84bf5b13bb28dd43399624a3f561f1c8eca"
"""Of what all our migrations make; another one changes both, and a test says what to."""

Parts = dict[str, tuple[str, str, str]]
"""By name: what it is, the table it belongs to, and the SQL that made it."""


def has_todays_schema(connection: Connection) -> bool:
    """Whether a store is exactly what all our migrations make, and says so."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return version == TODAYS_VERSION and fingerprint(connection) == TODAYS_FINGERPRINT


def fingerprint(connection: Connection) -> str:
    """What all parts of a store's schema and the names of its migrations come down to."""
    told = sorted(_parts(connection).items()), _applied(connection, _OUR_SET)
    return sha256(repr(told).encode()).hexdigest()


def check_schema(name: str, connection: Connection, steps: Migrations) -> None:
    """Refuse a store that is not what the migrations up to its version make.

    ``name`` is the file's name, for the sentence. Raises ``NotAStore``.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    wanted, applied = _made_by(steps, version)
    there = _parts(connection)
    foreign = [part for part, made in there.items() if wanted.get(part) != made]
    lacking = wanted.keys() - there.keys()
    if not foreign and not lacking:
        foreign = [_OF_LIBRARY] if _applied(connection, steps.name) != applied else []
    if foreign or lacking:
        told = min(foreign or lacking, key=lambda part: (part.startswith("sqlite_"), part))
        raise NotAStore(
            phrase(
                "{name} is not a BRM store as this program makes them ({part}); it was left as it"
                " was.",
                name=name,
                part=told[:60],
            )
        )


@cache
def _made_by(steps: Migrations, version: int) -> tuple[Parts, tuple[str, ...]]:
    """What the first so many migrations make, and their names."""
    with closing(in_memory()) as empty:
        db = as_database(empty)
        names = [step.name for step in steps.pending(db)]
        following = names[version:] if version >= 0 else names
        steps.apply(db, stop_before=following[0] if following else None)
        return _parts(empty), tuple(names[: len(names) - len(following)])


def _parts(connection: Connection) -> Parts:
    rows = connection.execute(
        "SELECT name, type, tbl_name, coalesce(sql, '') FROM sqlite_schema"
    ).fetchmany(_MOST_PARTS)
    return {
        name: (kind, table, "" if name == _OF_LIBRARY else " ".join(sql.split()))
        for name, kind, table, sql in rows
        if name not in _STATISTICS
    }


def _applied(connection: Connection, migration_set: str) -> tuple[str, ...]:
    """The migrations that a store says it has; none when the table is not of plain columns."""
    columns = connection.execute(f"PRAGMA table_xinfo('{_OF_LIBRARY}')").fetchall()
    if any(column[-1] for column in columns) or len(columns) > 8:
        return ()
    rows = connection.execute(
        f"SELECT name FROM {_OF_LIBRARY} WHERE migration_set = ? ORDER BY rowid", [migration_set]
    ).fetchmany(_MOST_PARTS)
    return tuple(str(name) for (name,) in rows)
