"""Making a store that was salvaged one that can be worked with.

Rows that a damaged page garbled are taken away, records that only history knows are built again,
and steps of undo go whose history is not whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.storage.checking import followed
from brm_desktop.storage.driver import DriverError
from brm_desktop.storage.rows.clocks import REST, clock_of, read_clock
from brm_desktop.storage.rows.mapping import TABLES, Table
from brm_desktop.storage.rows.phrases import phrase_from_json

if TYPE_CHECKING:
    from sqlite_utils import Database

_GARBLED: Final = (
    StoreDamaged,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)
_NO_CLOCK: Final = clock_of("0" * 32)


@dataclass(slots=True)
class Mended:
    """How many records of each kind were built again, and how many rows were taken away."""

    rebuilt: dict[str, int] = field(default_factory=dict)
    unreadable: dict[str, int] = field(default_factory=dict)


def mend(db: Database) -> Mended:
    """Mend all tables, inside a transaction."""
    done = Mended()
    for table, number, columns, read in (
        ("history", "number", "name, before, after, base", _read_line),
        ("undo_step", "step", "name", _read_name),
        ("setting", "rowid", "value", _read_json),
    ):
        _take_away(db, done, table, number, columns, read)
    for kind in TABLES.values():
        _take_garbled_records(db, done, kind)
        _rebuild(db, done, kind)
    _forget_broken_steps(db)
    return done


def _take_away(
    db: Database,
    done: Mended,
    table: str,
    number: str,
    columns: str,
    read: Callable[..., object],
) -> None:
    """Take away the rows whose columns cannot be read."""
    bad = [
        row[0]
        for row in db.execute(f"SELECT {number}, {columns} FROM {table}").fetchall()
        if not _can(read, *row[1:])
    ]
    db.conn.executemany(f"DELETE FROM {table} WHERE {number} = ?", [(one,) for one in bad])
    if bad:
        done.unreadable[table] = len(bad)


def _can(read: Callable[..., object], *cells: object) -> bool:
    try:
        read(*cells)
    except _GARBLED:
        return False
    return True


def _read_name(name: str) -> None:
    str(phrase_from_json(name))


def _read_line(name: str, *patches: str | None) -> None:
    _read_name(name)
    for patch in patches:
        if patch is not None:
            json.loads(patch).keys()


def _read_json(value: str) -> None:
    json.loads(value)


def _take_garbled_records(db: Database, done: Mended, table: Table[Any]) -> None:
    """Take away rows that are no record; a clock that is none becomes one that says nothing."""
    names = table.codes.keys() | {REST}

    def read_clock_of(text: str) -> None:
        if not read_clock(text).clock.keys() <= names:
            raise ValueError

    sql = table.select.replace(" FROM ", ', "clock" FROM ')
    garbled, timeless = [], []
    for row in db.execute(sql).fetchall():
        if not _can(table.record, row):
            garbled.append((row[0],))
        elif not _can(read_clock_of, row[-1]):
            timeless.append((_NO_CLOCK, row[0]))
    db.conn.executemany(f'DELETE FROM "{table.name}" WHERE id = ?', garbled)
    db.conn.executemany(f'UPDATE "{table.name}" SET clock = ? WHERE id = ?', timeless)
    if garbled:
        done.unreadable[table.name] = len(garbled)


def _rebuild(db: Database, done: Mended, table: Table[Any]) -> None:
    """Build the records again whose rows are gone and whose history leads to something."""
    present = {row[0] for row in db.execute(f'SELECT id FROM "{table.name}"').fetchall()}
    told = db.execute(
        'SELECT row, before, after, operation FROM history NOT INDEXED WHERE "kind" = ?'
        " ORDER BY row, number",
        [table.name],
    ).fetchall()
    count = 0
    for row, lines in groupby(told, itemgetter(0)):
        if row not in present:
            count += _built_again(db, table, row, [*lines])
    if count:
        done.rebuilt[table.name] = count


def _built_again(db: Database, table: Table[Any], row: str, lines: list[tuple[Any, ...]]) -> bool:
    try:
        held = followed(table, iter([line[:3] for line in lines]))
        if held is None:
            return False
        cells = table.cells(table.from_full(row, held))
        newest = max(line[3] for line in lines)
        db.conn.execute(table.insert, [*cells, clock_of(newest.hex())])
    except (*_GARBLED, DriverError):
        return False
    return True


def _forget_broken_steps(db: Database) -> None:
    """Forget steps of undo of which lines of history may be missing: they would undo a part."""
    whole = set(_whole_operations(db))
    steps = db.execute("SELECT step, operation FROM undo_step").fetchall()
    broken = [(step,) for step, operation in steps if operation not in whole]
    db.conn.executemany("DELETE FROM undo_step WHERE step = ?", broken)


def _whole_operations(db: Database) -> Iterator[bytes]:
    """The edits whose lines of history, and the lines before and after them, are all there."""
    lines = db.execute("SELECT number, operation FROM history ORDER BY number").fetchall()
    numbers = {number for number, _ in lines}
    last = max(numbers, default=0)
    for operation, group in groupby(lines, itemgetter(1)):
        of_one = [number for number, _ in group]
        first, end = of_one[0], of_one[-1]
        joined = first - 1 in numbers or first == 1
        followed_up = end + 1 in numbers or end == last
        if joined and followed_up and len(of_one) == end - first + 1:
            yield operation
