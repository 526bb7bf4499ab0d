"""Reaching tables of a damaged store whose list of tables cannot be read as a whole.

The list is a tree of its own, rooted in the first page. When one of its pages is damaged SQLite
knows none of the tables listed after it, though most entries can still be read one by one. So a
first page is made that lists one table and its indexes, in a helper file with the same key and
salt, and put in the place of the first page of a copy; all other pages stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.storage.copies.copying import copy_whole
from brm_desktop.storage.driver import DriverError, connect, salt_of
from brm_desktop.storage.keys.store_key import StoreKey

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only

_PAGE: Final = 4096
_COLUMNS: Final = "type, name, tbl_name, rootpage, sql"

Entry = tuple[Any, ...]


def entries_of(damaged: Connection) -> dict[str, list[Entry]]:
    """The entries of the list of tables that can be read, by table, the table's own first."""
    found: set[Entry] = set()
    for order in ("ASC", "DESC"):
        try:
            for row in damaged.execute(
                f"SELECT {_COLUMNS} FROM sqlite_schema ORDER BY rowid {order}"
            ):
                found.add(row)
        except (DriverError, UnicodeDecodeError):
            continue
    tables = {row[2]: [row] for row in found if row[0] == "table" and row[1] == row[2]}
    for row in sorted(found, key=str):
        if row[0] == "index" and row[2] in tables:
            tables[row[2]].append(row)
    return tables


class Relisted:
    """A copy of a damaged store, in which one table at a time is listed."""

    def __init__(self, copy: Path, helper: Path, key: StoreKey | None, connection: Connection):
        self._copy = copy
        self._helper = helper
        self._key = key
        self._connection = connection

    @contextmanager
    def listing(self, entries: list[Entry]) -> Iterator[Connection]:
        """A connection to the copy that knows these entries and no others."""
        self._connection.execute("DELETE FROM sqlite_schema")
        self._connection.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", entries)
        self._connection.commit()
        with self._helper.open("rb") as helper, self._copy.open("rb+") as copy:
            copy.write(helper.read(_PAGE))
        with closing(connect(self._copy, "immutable", self._key)) as connection:
            for pragma in ("writable_schema = on", "trusted_schema = off", "cell_size_check = on"):
                connection.execute(f"PRAGMA {pragma}")
            yield connection


@contextmanager
def relisted(source: Path, part: Path, key: StoreKey | None) -> Iterator[Relisted]:
    """A copy of a store to list tables in; ``part`` is what its passing files are named after."""
    copy, helper = part.with_name(f"{part.name}.list"), part.with_name(f"{part.name}.page")
    try:
        copy_whole(source, copy)
        salt = b"" if key is None else salt_of(source)
        with closing(connect(helper, "rwc", key, salt)) as connection:
            connection.execute("CREATE TABLE filler (x)")
            connection.execute(
                "INSERT INTO filler VALUES (zeroblob(?))", [copy.stat().st_size + _PAGE]
            )
            connection.execute("PRAGMA writable_schema = on")
            connection.commit()
            yield Relisted(copy, helper, key, connection)
    finally:
        for rest in (copy, helper, helper.with_name(f"{helper.name}-journal")):
            rest.unlink(missing_ok=True)
