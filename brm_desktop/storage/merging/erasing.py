"""Erasing rows by request: nothing of them stays but their ids, in history neither (sync §5)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from brm_desktop.domain.operations import Key
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person
from brm_desktop.storage.merging.columns import columns_of, is_known
from brm_desktop.storage.merging.hiding import INCOMPLETE
from brm_desktop.storage.merging.link import note
from brm_desktop.storage.merging.states import by_kind
from brm_desktop.storage.rows.clocks import hidden
from brm_desktop.storage.rows.mapping import TABLES, to_json
from brm_desktop.storage.rows.phrases import phrase_to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

_GIVEN: Final = "IN (SELECT value FROM json_each(?))"
_NO_CLOCK: Final = "{}"
"""The stamps of a row that says nothing."""
_PERSON: Final = TABLES[Person].name
_NAMES_NOW: Final = f'SELECT name FROM "{_PERSON}" WHERE id {_GIVEN}'
_LINES: Final = f'SELECT before, after FROM history WHERE "kind" = ? AND row {_GIVEN}'
_UNNAMED: Final = phrase_to_json(phrase("Erased by request"))
OWES_WRITING_ANEW: Final = "storage.owes_writing_anew"
"""Noted while free room of the file may still hold what was erased."""


class Erased(NamedTuple):
    """A row that said something until now, and whether it was seen."""

    kind: str
    row: str
    seen: bool


def erase(db: Database, keys: Iterable[Key]) -> list[Erased]:
    """Leave nothing of rows but their ids, as if nobody had ever written anything of them.

    What was done to them cannot be undone any more, and no edit is called by the name of a person
    among them. The file is to be written anew then. Gives those that said something until now.
    """
    erased: list[Erased] = []
    kinds = by_kind(keys)
    names = _names_of(db, kinds.get(_PERSON, []))
    for kind, ids in kinds.items():
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
            erased += _empty(db, kind, ids)
            erased += _empty(db, "conflict", conflicts)
    for name in names:
        db.execute("UPDATE history SET name = ? WHERE instr(name, ?)", [_UNNAMED, to_json(name)])
    return erased


def _names_of(db: Database, people: list[str]) -> set[str]:
    """All that people were ever called, as far as history knows."""
    found = {name for (name,) in db.execute(_NAMES_NOW, [to_json(people)])}
    for texts in db.execute(_LINES, [_PERSON, to_json(people)]):
        said = (json.loads(text).get("name") for text in texts if text)
        found.update(name for name in said if isinstance(name, str))
    return found - {""}


def _empty(db: Database, kind: str, ids: list[str]) -> list[Erased]:
    """Put what says nothing in the place of rows, and of what history knew of them."""
    columns = columns_of(kind)
    found = db.execute(columns.select, [to_json(ids)])
    there = [row for row in found if row[-2] != _NO_CLOCK]
    assigned = ", ".join(f'"{name}" = ?' for name in (*columns.table.columns, "clock", "deleted"))
    cells = []
    for row in there:
        empty, _, _ = columns.cells_of(row[0], {}, _nothing, "private")
        cells.append((*empty, _NO_CLOCK, hidden(INCOMPLETE), row[0]))
    db.conn.executemany(f'UPDATE "{kind}" SET {assigned} WHERE id = ?', cells)
    of_rows = f'FROM history WHERE "kind" = ? AND row {_GIVEN}'
    values = [kind, to_json(ids)]
    db.execute(f"DELETE FROM undo_step WHERE operation IN (SELECT operation {of_rows})", values)
    lines = db.execute(
        "UPDATE history SET before = '{}', after = NULL, base = NULL"
        f' WHERE "kind" = ? AND row {_GIVEN}'
        " AND (before, after, base) IS NOT ('{}', NULL, NULL)",
        values,
    )
    if there or lines.rowcount:
        note(db, OWES_WRITING_ANEW, 1)
    return [Erased(kind, row[0], row[-1] is None) for row in there]


def _nothing(field: str) -> bool:
    del field
    return False
