"""Which rows name an id, in whichever field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brm_desktop.domain.operations import Key
from brm_desktop.domain.records import REFERENCES
from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.rows.mapping import BY_NAME, TABLES, to_json

if TYPE_CHECKING:
    from sqlite_utils import Database


def rows_naming(db: Database, row: str) -> set[Key]:
    """The rows of a database that name an id, alone or among others; deleted ones, too."""
    fields = [(TABLES[reference.kind].name, reference.field) for reference in REFERENCES]
    return {
        (kind, id)
        for kind, field in fields
        if is_known(kind)
        for (id,) in db.execute(f'SELECT id FROM "{kind}" WHERE {_naming(kind, field)}', [row])
    }


def rows_that_named(db: Database, row: str) -> set[Key]:
    """The rows that say nothing any more and of which history knows that they named an id."""
    told = db.execute(
        'SELECT DISTINCT "kind", row FROM history WHERE instr(before, ?) OR instr(after, ?)',
        [to_json(row)] * 2,
    )
    return {
        (kind, id)
        for kind, id in told
        if is_known(kind)
        and db.execute(f"SELECT 1 FROM \"{kind}\" WHERE id = ? AND clock = '{{}}'", [id]).fetchone()
    }


def _naming(kind: str, field: str) -> str:
    """The condition that a field of a kind names an id."""
    if BY_NAME[kind].codes[field].empty == []:
        return f'EXISTS (SELECT 1 FROM json_each("{kind}"."{field}") WHERE value = ?)'
    return f'"{field}" = ?'
