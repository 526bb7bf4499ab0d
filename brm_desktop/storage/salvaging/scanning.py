"""Reading a table whose pages are partly unreadable: all rows but those on the damaged pages.

Rows lie in the order of their row numbers. A range of numbers is read from its beginning and from
its end until a damaged page stops it; what is left between is halved and each half read alike, down
to single rows. Which numbers there are is told by the table's indexes, as far as they can be read:
then nothing is looked for where there is nothing, and what is lost can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.storage.driver import DriverError

if TYPE_CHECKING:
    from sqlite3 import Connection  # noqa: TID251 -- its types only

_LAST: Final = 2**62
_BEYOND: Final = 3_000
"""So many row numbers are tried after the last one known, when no index tells of any."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class LostRows:
    """Rows that could not be read: ``rows`` is ``None`` where nobody knows how many there were."""

    table: str
    first: int | None
    last: int | None
    rows: int | None


@dataclass(slots=True)
class Scanned:
    """What was read of a table, by row number, and what was not."""

    table: str
    rows: dict[int, Row] = field(default_factory=dict)
    lost: list[LostRows] = field(default_factory=list)
    unlisted: bool = False
    """The table is not known, since the page that lists it is damaged."""


def not_listed(table: str) -> Scanned:
    """What is read of a table that is not known: nothing."""
    return Scanned(table, lost=[LostRows(table, None, None, None)], unlisted=True)


def scan(connection: Connection, table: str, columns: list[str]) -> Scanned:
    """Read every row of a table that can be read."""
    try:
        connection.execute(f'SELECT 1 FROM "{table}" LIMIT 0').fetchall()
    except DriverError:
        return not_listed(table)
    return _Scan(connection, table, columns).result()


class _Scan:
    """One table under way."""

    def __init__(self, connection: Connection, table: str, columns: list[str]) -> None:
        self._connection = connection
        self._found = Scanned(table)
        listed = ", ".join(f'"{column}"' for column in columns)
        where = f'SELECT rowid, {listed} FROM "{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ?'
        self._forward = f"{where} ORDER BY rowid"
        self._backward = f"{where} ORDER BY rowid DESC"
        self._numbers: set[int] = set()
        """The row numbers that the indexes know."""
        self._all_known = False
        self._dead: list[int] = []
        """The row numbers at which nothing can be read."""

    def result(self) -> Scanned:
        """Scan, and gather what is missing into ranges."""
        if not self._read(self._forward, 0, _LAST):
            self._ask_indexes()
            self._read(self._backward, 0, _LAST)
            top = max(self._numbers | self._found.rows.keys(), default=0)
            wanted = self._numbers if self._all_known else range(top + _BEYOND)
            self._seek(sorted(wanted))
            self._say_lost(top)
        return self._found

    def _seek(self, wanted: list[int]) -> None:
        """Read these rows where they can be read, halving the range that a bad page stops."""
        waiting = [wanted]
        while waiting:
            numbers = self._unread(waiting.pop())
            if not numbers or self._read(self._forward, numbers[0], numbers[-1]):
                continue
            self._read(self._backward, numbers[0], numbers[-1])
            numbers = self._unread(numbers)
            if len(numbers) == 1:
                self._dead += numbers
            else:
                middle = len(numbers) // 2
                waiting += [numbers[:middle], numbers[middle:]]

    def _unread(self, numbers: list[int]) -> list[int]:
        return [number for number in numbers if number not in self._found.rows]

    def _read(self, sql: str, low: int, high: int) -> bool:
        """Read rows of a range into what was found; whether nothing stood in the way."""
        try:
            for number, *row in self._connection.execute(sql, [low, high]):
                self._found.rows.setdefault(number, tuple(row))
        except (DriverError, UnicodeDecodeError):
            return False
        return True

    def _ask_indexes(self) -> None:
        """Gather the row numbers that the table's indexes know."""
        for name in self._indexes():
            self._all_known = self._ask(name, "ASC")
            if self._all_known:
                return
            self._ask(name, "DESC")

    def _indexes(self) -> list[str]:
        """The indexes that have every row."""
        found = self._connection.execute(f'PRAGMA index_list("{self._found.table}")').fetchall()
        return [row[1] for row in found if not row[4]]

    def _ask(self, index: str, order: str) -> bool:
        """Take the row numbers of an index; whether all of it could be read."""
        try:
            (column,) = self._connection.execute(
                "SELECT name FROM pragma_index_info(?) LIMIT 1", [index]
            ).fetchone()
            for (number,) in self._connection.execute(
                f'SELECT rowid FROM "{self._found.table}" INDEXED BY "{index}"'
                f' ORDER BY "{column}" {order}'
            ):
                self._numbers.add(number)
        except (DriverError, UnicodeDecodeError):
            return False
        return True

    def _say_lost(self, top: int) -> None:
        """Say what is missing, numbers without a read row between them together."""
        found, there = self._found, sorted(self._found.rows)
        if not there and not self._numbers:
            found.lost.append(LostRows(found.table, 0, None, None))
            return
        known = sorted(self._numbers - found.rows.keys())
        missing = known if self._all_known else [one for one in sorted(self._dead) if one <= top]
        for run in _runs(missing, there):
            count = len(run) if self._all_known else None
            found.lost.append(LostRows(found.table, run[0], run[-1], count))
        if any(one > top for one in self._dead):
            found.lost.append(LostRows(found.table, top + 1, None, None))


def _runs(missing: list[int], there: list[int]) -> Iterator[list[int]]:
    """The missing numbers, cut where something is there between two of them."""
    run: list[int] = []
    others = iter([*there, _LAST])
    following = next(others)
    for number in missing:
        crossed = False
        while following < number:
            following, crossed = next(others), True
        if run and crossed:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
