"""Erasing rows by request: nothing of them stays but their ids, in history neither (sync §5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from brm_desktop.domain.operations import Key
from brm_desktop.storage.merging.columns import columns_of, is_known
from brm_desktop.storage.merging.hiding import INCOMPLETE
from brm_desktop.storage.merging.states import by_kind
from brm_desktop.storage.rows.clocks import hidden
from brm_desktop.storage.rows.mapping import to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

_GIVEN = "IN (SELECT value FROM json_each(?))"


def erase(db: Database, keys: Iterable[Key]) -> list[Key]:
    """Leave nothing of rows but their ids, as if nobody had ever written anything of them.

    What was done to them cannot be undone any more. Gives those that were seen until now.
    """
    seen: list[Key] = []
    for kind, ids in by_kind(keys).items():
        of_kind = [kind, to_json(ids)]
        conflicts = [
            row
            for (row,) in db.execute(
                f'SELECT id FROM conflict WHERE "kind" = ? AND row {_GIVEN}', of_kind
            )
        ]
        for table in ("unknown_field", "unknown_row", "covered"):
            db.execute(f'DELETE FROM {table} WHERE "kind" = ? AND row {_GIVEN}', of_kind)
        if is_known(kind):
            seen += _empty(db, kind, ids)
            seen += _empty(db, "conflict", conflicts)
    return seen


def _empty(db: Database, kind: str, ids: list[str]) -> Iterator[Key]:
    """Put what says nothing in the place of rows, and of what history knew of them."""
    columns = columns_of(kind)
    there = db.execute(columns.select, [to_json(ids)]).fetchall()
    assigned = ", ".join(f'"{name}" = ?' for name in (*columns.table.columns, "clock", "deleted"))
    cells = []
    for row in there:
        empty, _, _ = columns.cells_of(row[0], {}, _nothing, "private")
        cells.append((*empty, "{}", hidden(INCOMPLETE), row[0]))
    db.conn.executemany(f'UPDATE "{kind}" SET {assigned} WHERE id = ?', cells)
    of_rows = f'FROM history WHERE "kind" = ? AND row {_GIVEN}'
    values = [kind, to_json([row[0] for row in there])]
    db.execute(f"DELETE FROM undo_step WHERE operation IN (SELECT operation {of_rows})", values)
    db.execute(
        "UPDATE history SET before = '{}', after = NULL, base = NULL"
        f' WHERE "kind" = ? AND row {_GIVEN}',
        values,
    )
    return ((kind, row[0]) for row in there if row[-1] is None)


def _nothing(field: str) -> bool:
    del field
    return False
