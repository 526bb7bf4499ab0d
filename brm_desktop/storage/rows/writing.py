"""Writing a change: rows, the stamps of their fields, and a line of history for each record.

Called inside a transaction. A change that was not made from what the store holds is a defect and
is refused whole (``StaleChange``), whatever was in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Record, is_made_by_each
from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage.rows.clocks import (
    REST,
    advanced,
    clock_of,
    clock_text,
    is_hidden,
    read_clock,
    seen,
    tombstone,
)
from brm_desktop.storage.rows.mapping import TABLES, Table, to_json
from brm_desktop.storage.rows.phrases import phrase_to_json

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Entry:
    """Who says what when: the part of history that all records of one edit share.

    ``at`` is the wall clock in milliseconds since 1970, ``author`` an employee's id or "".
    """

    name: Phrase
    stamp: Stamp
    at: int
    author: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as the store holds it, deleted and hidden ones too."""

    record: Record
    clock: str
    deleted: str | None


class _Line(NamedTuple):
    """What history keeps of one record."""

    table: str
    row: str
    before: str | None
    after: str | None
    base: str | None
    audience: str


_HISTORY: Final = """
    INSERT INTO history
        (site, sequence, operation, name, at, author, "kind", row, before, after, base, audience)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def write_change(db: Database, change: Change, entry: Entry) -> None:
    """Write every record of a change and its history.

    Raises
    ------
    StaleChange
        When a record to go is not stored as the change has it, or one to come is there already.
    """
    before = _by_kind(change.before.values())
    after = _by_kind(change.after.values())
    lines: list[_Line] = []
    for kind, table in TABLES.items():
        if kind in before or kind in after:
            lines.extend(_write_kind(db, table, before.get(kind, {}), after.get(kind, {}), entry))
    _write_history(db, lines, entry)


def _by_kind(records: Iterable[Record]) -> dict[type[Record], dict[str, Record]]:
    found: dict[type[Record], dict[str, Record]] = {}
    for record in records:
        found.setdefault(type(record), {})[record.id] = record
    return found


def _write_kind(
    db: Database,
    table: Table[Any],
    before: dict[str, Record],
    after: dict[str, Record],
    entry: Entry,
) -> Iterator[_Line]:
    there = _rows(db, table, before.keys() | after.keys())
    for key, record in before.items():
        row = there.get(key)
        going = key not in after
        if row is None or not _stands(row, going=going) or row.record != record:
            raise StaleChange(f"{table.name} {key} is not stored as the change found it")
    stamp = entry.stamp.hex()
    yield from _add(db, table, [r for k, r in after.items() if k not in before], there, stamp)
    yield from _replace(db, table, [r for k, r in after.items() if k in before], there, stamp)
    yield from _remove(db, table, [r for k, r in before.items() if k not in after], there, stamp)


def _stands(row: _Row, *, going: bool) -> bool:
    """Whether a row can be changed; one that is hidden can only go."""
    return row.deleted is None or (going and is_hidden(row.deleted))


def _rows(db: Database, table: Table[Any], ids: Iterable[str]) -> dict[str, _Row]:
    sql = (
        table.select.replace(" FROM ", ', "clock", "deleted" FROM ')
        + " WHERE id IN (SELECT value FROM json_each(?))"
    )
    return {
        row[0]: _Row(table.record(row), row[-2], row[-1])
        for row in db.execute(sql, [to_json(list(ids))])
    }


def _add(
    db: Database, table: Table[Any], records: list[Record], there: dict[str, _Row], stamp: str
) -> Iterator[_Line]:
    """New rows; one that was deleted is revived in its place.

    What a deleted row still says is not said anew: only its deletion is taken back, so that undoing
    leaves it as old as it was. A record that each store makes says nothing of what it leaves empty,
    but for what it had said to be empty: somebody else's may say it.
    """
    fresh, revived = [], []
    whole = clock_of(stamp)
    for record in records:
        row = there.get(record.id)
        full = table.full(record)
        if is_made_by_each(record):
            said = read_clock(row.clock).clock.keys() - {REST} if row is not None else ()
            clock = clock_text(dict.fromkeys((*full, *said), stamp))
        else:
            clock = whole
        if row is None:
            fresh.append([*table.cells(record), clock])
            base = None
        elif row.deleted is None:
            raise StaleChange(f"{table.name} {record.id} is stored already")
        else:
            base = row.clock
            names = table.differing(row.record, record)
            renewed = advanced(base, names, stamp) if _is_whole(base) else clock
            revived.append([*table.cells(record), renewed, None, record.id])
        yield _Line(table.name, record.id, None, to_json(full), base, record.audience.value)
    db.conn.executemany(table.insert, fresh)
    db.conn.executemany(table.update(tuple(table.codes)), revived)


def _is_whole(clock: str) -> bool:
    """Whether every field was written by somebody."""
    written = read_clock(clock)
    return REST in written.clock and not written.withheld


def _replace(
    db: Database, table: Table[Any], records: list[Record], there: dict[str, _Row], stamp: str
) -> Iterator[_Line]:
    """Changed fields of rows, grouped by which fields they are."""
    groups: dict[tuple[str, ...], list[list[Any]]] = {}
    for record in records:
        row = there[record.id]
        names = table.differing(row.record, record)
        clock = advanced(row.clock, names, stamp)
        cells = [*table.some_cells(record, names), clock, None, record.id]
        groups.setdefault(names, []).append(cells)
        yield _Line(
            table.name,
            record.id,
            to_json(table.patch(row.record, names)),
            to_json(table.patch(record, names)),
            seen(row.clock, names),
            record.audience.value,
        )
    for names, cells_of_all in groups.items():
        db.conn.executemany(table.update(names), cells_of_all)


def _remove(
    db: Database, table: Table[Any], records: list[Record], there: dict[str, _Row], stamp: str
) -> Iterator[_Line]:
    """Deleted rows stay as tombstones that say what the deleter had seen."""
    stones = []
    against = _conflicts(db, table, records)
    for record in records:
        clock = there[record.id].clock
        stones.append((tombstone(clock, stamp, against.get(record.id, ())), record.id))
        full = to_json(table.full(record))
        yield _Line(table.name, record.id, full, None, clock, record.audience.value)
    db.conn.executemany(f'UPDATE "{table.name}" SET deleted = ? WHERE id = ?', stones)


def _conflicts(db: Database, table: Table[Any], records: list[Record]) -> dict[str, list[str]]:
    """The stamps of what stands against rows, seen or hidden: whoever deletes a row knows of it."""
    found: dict[str, list[str]] = {}
    for row, stamp in db.execute(
        "SELECT row, stamp FROM conflict WHERE \"kind\" = ? AND field <> 'deleted'"
        " AND row IN (SELECT value FROM json_each(?))",
        [table.name, to_json([record.id for record in records])],
    ):
        found.setdefault(row, []).append(stamp)
    return found


def _write_history(db: Database, lines: list[_Line], entry: Entry) -> None:
    site = entry.stamp.site.to_bytes(8, "big")
    (last,) = db.execute(
        "SELECT coalesce(max(sequence), 0) FROM history WHERE site = ?", [site]
    ).fetchone()
    name, operation = phrase_to_json(entry.name), entry.stamp.to_bytes()
    db.conn.executemany(
        _HISTORY,
        [
            (site, sequence, operation, name, entry.at, entry.author, *line)
            for sequence, line in enumerate(lines, last + 1)
        ],
    )
