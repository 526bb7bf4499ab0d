"""What colleagues took back: rows of which nothing is left here, and fields nobody stands for.

No undo brings it back: it is not this store's to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from brm_desktop.storage.merging.hiding import END_GONE, INCOMPLETE
from brm_desktop.storage.rows.clocks import REST, hidden, read_clock
from brm_desktop.storage.rows.mapping import Table, readable, to_json

if TYPE_CHECKING:
    from brm_desktop.storage.driver import Reader


def not_to_come_back(db: Reader, table: Table[Any], ids: Iterable[str]) -> frozenset[str]:
    """Those rows that are hidden since they were taken back, or stand on such a row.

    Rows that stand on others come into sight with these by themselves.
    """
    found = db.execute(
        f'SELECT id FROM "{table.name}" WHERE id IN (SELECT value FROM json_each(?))'
        " AND deleted IN (?, ?)",
        [to_json(sorted(ids)), hidden(INCOMPLETE), hidden(END_GONE)],
    )
    return frozenset(row for (row,) in found)


def emptied(db: Reader, table: Table[Any], row: str, patch: dict[str, Any]) -> frozenset[str]:
    """Those fields of a patch that stand empty in a row since nobody says anything there."""
    empty = [one for one, plain in patch.items() if plain == table.codes[one].empty]
    if not empty:
        return frozenset()
    (text,) = db.execute(f'SELECT clock FROM "{table.name}" WHERE id = ?', [row]).fetchone()
    with readable(table.name, row):
        said = read_clock(text)
    if REST in said.clock:
        return said.withheld.intersection(empty)
    return frozenset(empty).difference(said.clock)
