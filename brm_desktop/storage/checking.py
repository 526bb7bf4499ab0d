"""Checking a store: the file whole, the schema ours, every row readable and as history has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Record, Records
from brm_desktop.storage.driver import DriverError, as_database, in_memory, is_full
from brm_desktop.storage.rows.clocks import REST, Written, read_clock
from brm_desktop.storage.rows.mapping import TABLES, Table, readable

if TYPE_CHECKING:
    from sqlite_utils import Database

_STAMP: Final = 32
"""Hex digits of a stamp."""


def problems(db: Database) -> list[Phrase]:
    """What is wrong, a sentence each; the later checks only when the file itself is sound."""
    found = [*_of_file(db), *_of_schema(db)]
    if found:
        return found
    records: list[Record] = []
    for table in TABLES.values():
        found.extend(_of_rows(db, table, records))
        found.extend(_of_history(db, table))
    found.extend(_of_sequence(db))
    return found + _of_rules(Records(records), shared=_is_shared(db))


def _of_file(db: Database) -> Iterator[Phrase]:
    forged = _forged_pages(db)
    for line in forged:
        yield phrase("The file is damaged: {detail}.", detail=line)
    if forged:
        return
    for (line,) in db.execute("PRAGMA quick_check"):
        if line != "ok":
            yield phrase("The file is damaged: {detail}.", detail=line)


def _forged_pages(db: Database) -> list[str]:
    """Of an encrypted store, the pages that are not as they were written, as SQLCipher names them.

    It reads the file without its log, and a page there may be torn that the log still has. Where
    the disk is too full to write the log back, pages in use are left to the check that follows.
    """
    try:
        db.execute("PRAGMA wal_checkpoint(full)").fetchall()
    except DriverError as error:
        if not is_full(error):
            raise
        return []
    return [line for (line,) in db.execute("PRAGMA cipher_integrity_check")]


def _of_schema(db: Database) -> Iterator[Phrase]:
    from brm_desktop.storage.migrations import migrations

    with closing(in_memory()) as empty:
        fresh = as_database(empty)
        migrations.apply(fresh)
        wanted, there = _schema(fresh), _schema(db)
    for name in sorted(wanted.keys() | there.keys()):
        if wanted.get(name) != there.get(name):
            yield phrase("The table or index {name} is not as it should be.", name=name)


def _schema(db: Database) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())


def _of_rows(db: Database, table: Table[Any], records: list[Record]) -> Iterator[Phrase]:
    """Rows that cannot be read, clocks that name no field; fills ``records`` with the rest."""
    sql = table.select.replace(" FROM ", ', "clock", "deleted" FROM ')
    unknown = db.execute('SELECT DISTINCT field FROM unknown_field WHERE "kind" = ?', [table.name])
    names = frozenset((*table.codes, REST, *(field for (field,) in unknown)))
    for row in db.execute(sql):
        try:
            record = table.record(row)
            with readable(table.name, row[0]):
                written = read_clock(row[-2])
        except StoreDamaged as damage:
            yield damage.sentence
            continue
        if row[-1] is None:
            records.append(record)
        if not _is_clock(written, names, shown=row[-1] is None):
            yield phrase("The clock of {table} {id} is wrong.", table=table.name, id=row[0])


def _is_clock(written: Written, names: frozenset[str], *, shown: bool) -> bool:
    """Whether a clock gives fields stamps; of a row that is shown somebody wrote something."""
    clock = written.clock
    stamps = all(len(stamp) == _STAMP for stamp in clock.values())
    return stamps and clock.keys() <= names and (bool(clock) or not shown)


def _of_history(db: Database, table: Table[Any]) -> Iterator[Phrase]:
    """Rows that are not what their history, followed from the start, leads to."""
    told = db.execute(
        'SELECT row, before, after FROM history NOT INDEXED WHERE "kind" = ? ORDER BY row, number',
        [table.name],
    )
    ends = {row: followed(table, lines) for row, lines in groupby(told, itemgetter(0))}
    sql = table.select.replace(" FROM ", ', "clock", "deleted" FROM ')
    for row in db.execute(sql):
        end = ends.pop(row[0], {} if row[-1] is None else None)
        try:
            held = None if row[-1] is not None else table.full(table.record(row))
        except StoreDamaged:
            continue
        if end != held:
            yield phrase("{table} {id} is not what its history says.", table=table.name, id=row[0])
    for lost in sorted(ends):
        yield phrase("{table} {id} is in history only.", table=table.name, id=lost)


def followed(
    table: Table[Any], lines: Iterator[tuple[str, str | None, str | None]]
) -> dict[str, Any] | None:
    """What a record's lines add up to: its full patch, or ``None`` once it is deleted."""
    held: dict[str, Any] | None = None
    for row, before, after in lines:
        if after is None:
            held = None
        else:
            with readable("history", row):
                held = (held if held and before is not None else {}) | json.loads(after)
    return None if held is None else table.without_empty(held)


def _of_sequence(db: Database) -> Iterator[Phrase]:
    """Lines that lack; not asked of a shared asset, which lets go of old ones."""
    if db.execute("SELECT 1 FROM asset").fetchone() is not None:
        return
    gaps = db.execute(
        "SELECT hex(site) FROM history GROUP BY site"
        " HAVING max(sequence) - min(sequence) + 1 <> count(*)"
    )
    for (site,) in gaps:
        yield phrase("The history of device {site} has gaps.", site=site)


def _is_shared(db: Database) -> bool:
    """Whether the store takes part in an asset, or is one."""
    sql = "SELECT EXISTS (SELECT 1 FROM asset_link) OR EXISTS (SELECT 1 FROM asset)"
    return bool(db.execute(sql).fetchone()[0])


def _of_rules(records: Records, *, shared: bool) -> list[Phrase]:
    from brm_desktop.domain.soundness import problems_in

    return problems_in(records, shared=shared)
