"""What has to be known of a store before it is said what leaves it, beside its records."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from brm_desktop.domain.forest import CYCLE, SECOND_MANAGER
from brm_desktop.domain.operations import Key
from brm_desktop.domain.records import Audience, Record, ReportingLine
from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.merging.hiding import INCOMPLETE
from brm_desktop.storage.merging.link import read_link, save_link
from brm_desktop.storage.merging.states import by_kind
from brm_desktop.storage.rows.clocks import hidden
from brm_desktop.storage.rows.mapping import BY_NAME, TABLES, Table, readable, to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

    from brm_desktop.storage.driver import Reader

_ALL: Final = 1 << 62
_AUDIENCES: Final = {one.value: one for one in Audience}
_AT_ONCE: Final = 2_000
"""Rows that are read in one go: some milliseconds, after which others have their turn."""
_MIRRORED: Final = """
    SELECT "kind", row FROM mirror WHERE ("kind", row) > (?, ?) ORDER BY "kind", row LIMIT ?
"""
_WISHED: Final = """
    SELECT "kind", row, audience FROM reach WHERE site = ? AND ("kind", row) > (?, ?)
    ORDER BY "kind", row LIMIT ?
"""
_SENT: Final = """
    SELECT sequence, "kind", row,
        CASE WHEN json_type(operation, '$.reach') IS NOT NULL THEN operation END
    FROM outgoing_operation WHERE sequence > ? ORDER BY sequence LIMIT ?
"""


_TOUCHED: Final = """
    WITH touched AS (SELECT DISTINCT "kind", row FROM history WHERE number > ?)
    SELECT "kind", row FROM touched
    UNION SELECT conflict."kind", conflict.row FROM touched
        JOIN conflict ON conflict.id = touched.row WHERE touched."kind" = 'conflict'
"""
"""What stands against a row, and stands no more, is of that row."""


Reading = Callable[[], "AbstractContextManager[Database]"]
"""Has the store for oneself as long as something is read."""


class Mark(NamedTuple):
    """How far a store is: how often it was written beyond its history, and history's last line."""

    untold: int
    number: int


class Beside(NamedTuple):
    """What is in a store beside the records that are seen.

    ``aside`` are hidden ones and those deleted ones that the asset knows; ``told`` the rows that it
    knows, of the kinds known here; ``wishes`` who may see what by this site's last word; ``former``
    the sites, 16 hex digits each, that this store was before it went on from a copy.
    """

    aside: list[Record]
    told: set[Key]
    wishes: dict[Key, Audience]
    former: tuple[str, ...]


def beside(reading: Reading, site: int) -> Beside:
    """What is in the store beside the records that are seen, read in many short goes."""
    told = set[Key](_after_another(reading, _MIRRORED, ("", "")))
    wishes: dict[Key, Audience] = {}
    own = site.to_bytes(8, "big")
    for kind, row, audience in _after_another(reading, _WISHED, ("", ""), own):
        wishes[kind, row] = _AUDIENCES[audience]
    told.update(wishes)
    for sequence, kind, row, text in _after_another(reading, _SENT, (0,)):
        told.add((kind, row))
        if text is not None:
            with readable("outgoing_operation", str(sequence)):
                said = json.loads(text)["reach"]
            if said is None:
                wishes.pop((kind, row), None)
            else:
                wishes[kind, row] = _AUDIENCES[said]
    told = {key for key in told if is_known(key[0])}
    with reading() as db:
        former = db.execute("SELECT lower(hex(site)) FROM site WHERE status = 'former'").fetchall()
    return Beside(list(_aside(reading, told)), told, wishes, tuple(one for (one,) in former))


def hidden_lines(db: Reader) -> list[ReportingLine]:
    """The solid lines that are not shown since others are."""
    table = TABLES[ReportingLine]
    rows = db.execute(
        f"{table.select} WHERE deleted IN (?, ?)", [hidden(SECOND_MANAGER), hidden(CYCLE)]
    )
    return [table.record(row) for row in rows]


def keep_wishes(db: Database, site: int, upto: int) -> None:
    """Note who may see what by the operations that were taken, before these are let go of."""
    raw = site.to_bytes(8, "big")
    for _, text in _wishing(db, upto):
        said = json.loads(text)
        key = [said["kind"], said["row"], raw]
        if said["reach"] is None:
            db.execute('DELETE FROM reach WHERE "kind" = ? AND row = ? AND site = ?', key)
        else:
            db.execute(
                "INSERT OR REPLACE INTO reach VALUES (?, ?, ?, ?, '', '')", [*key, said["reach"]]
            )


def go_on_as(db: Database, site: int) -> None:
    """Begin anew with the asset as another site; what waited to be sent is looked at once more.

    All that the asset has is asked for again, and what the former site said of who may see what
    holds for this one.
    """
    link = read_link(db)
    if link is None:
        raise ValueError("what takes part in no asset goes on in none")
    keep_wishes(db, int(link.site, 16), _ALL)
    db.execute("DELETE FROM outgoing")
    db.execute("DELETE FROM outgoing_operation")
    db.execute("UPDATE reach SET site = ?", [site.to_bytes(8, "big")])
    begun = replace(link, site=f"{site:016x}", digest="", pulled_at=None)
    save_link(db, replace(begun, cursor=0, acknowledged=0, sequence=0, looked_at=0))


def _wishing(db: Database, upto: int) -> Iterator[tuple[int, str]]:
    """The operations that say who may see their row, oldest first."""
    rows = db.execute(
        "SELECT sequence, operation FROM outgoing_operation WHERE sequence <= ?"
        " AND json_type(operation, '$.reach') IS NOT NULL ORDER BY sequence",
        [upto],
    )
    yield from rows.fetchall()


def last_number(db: Database) -> int:
    """The number of the last line of history."""
    (number,) = db.execute("SELECT coalesce(max(number), 0) FROM history").fetchone()
    return int(number)


def touched_after(db: Database, number: int) -> set[Key]:
    """The rows that history tells of after a line."""
    return set(db.execute(_TOUCHED, [number]).fetchall())


def counting(db: Database, keys: Iterable[Key], told: Container[Key]) -> list[Record]:
    """Of some rows the records that count when it is said what leaves."""
    found: list[Record] = []
    for kind, ids in by_kind(keys).items():
        table = BY_NAME[kind]
        rows = db.execute(
            f"{_with_tombstone(table)} WHERE id IN (SELECT value FROM json_each(?))", [to_json(ids)]
        )
        found += [
            table.record(row) for row in rows if row[-1] is None or _counts(table.name, row, told)
        ]
    return found


def _after_another(
    reading: Reading, sql: str, last: tuple[Any, ...], *values: Any
) -> Iterator[tuple[Any, ...]]:
    """All that a query finds, which goes on after the ``last`` key some thousand rows at a time."""
    rows: list[tuple[Any, ...]] = []
    while not rows or len(rows) == _AT_ONCE:
        with reading() as db:
            rows = db.execute(sql, [*values, *last, _AT_ONCE]).fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][: len(last)]


def _aside(reading: Reading, told: Container[Key]) -> Iterator[Record]:
    for table in TABLES.values():
        with reading() as db:
            rows = db.execute(f"{_with_tombstone(table)} WHERE deleted IS NOT NULL").fetchall()
        for row in rows:
            if _counts(table.name, row, told):
                yield table.record(row)


def _with_tombstone(table: Table[Any]) -> str:
    return table.select.replace(" FROM ", ", deleted FROM ")


def _counts(kind: str, row: Sequence[Any], told: Container[Key]) -> bool:
    """Whether a row that is not seen counts: it is hidden, or deleted and the asset knows it."""
    is_hidden_one = row[-1].startswith('{"hidden"') and row[-1] != hidden(INCOMPLETE)
    return is_known(kind) and (is_hidden_one or (kind, row[0]) in told)
