"""What a store or a copy of it holds, told without opening it for work: counts, accounts, dates.

It reads stores of every version of the schema, since a backup may be older than the program.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from brm_desktop.storage.copies.copying import require_whole
from brm_desktop.storage.driver import DriverError, connect, is_foreign, told_of
from brm_desktop.storage.keys.refusals import made_with_another
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.opening import require_ours
from brm_desktop.storage.rows.mapping import TABLES

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only


@dataclass(frozen=True, slots=True)
class AccountHolding:
    """An account and how many people of its organisation are known."""

    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What is in a store; ``newest_edit`` in milliseconds since 1970, UTC."""

    schema: int
    counts: dict[str, int]
    accounts: tuple[AccountHolding, ...]
    newest_edit: int | None
    encrypted: bool


def holding_of(connection: Connection, *, encrypted: bool) -> Holding:
    """Read what a connection's store holds."""
    there = {
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '% deleted TEXT%'"
        )
    }
    counts = {
        table.name: _one(connection, f'SELECT count(*) FROM "{table.name}" WHERE deleted IS NULL')
        if table.name in there
        else 0
        for table in TABLES.values()
    }
    accounts = connection.execute(
        "SELECT account.id, home.name, (SELECT count(*) FROM person"
        " WHERE person.organisation = home.id AND person.deleted IS NULL)"
        " FROM account JOIN organisation AS home ON home.id = account.organisation"
        " WHERE account.deleted IS NULL ORDER BY home.name, account.id"
    )
    (newest,) = connection.execute("SELECT max(at) FROM history").fetchone()
    return Holding(
        _one(connection, "PRAGMA user_version"),
        counts,
        tuple(AccountHolding(*row) for row in accounts),
        newest,
        encrypted,
    )


def look_into(path: Path, key: StoreKey | None) -> Holding:
    """What a closed store or a backup holds, once it is seen to be whole; nothing is written.

    Raises
    ------
    StoreProblem
        When it is no store, damaged, newer than the program, or the key is not its key.
    """
    with told_of(path), closing(connect(path, "immutable", key)) as connection:
        _require_key(path, connection, key)
        require_ours(path, connection)
        require_whole(connection, path.name)
        return holding_of(connection, encrypted=key is not None)


def _require_key(path: Path, connection: Connection, key: StoreKey | None) -> None:
    """See that a key opens a copy; raises ``WrongSecret``."""
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    except DriverError as error:
        if key is None or not is_foreign(error):
            raise
        raise made_with_another(path) from error


def _one(connection: Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])
