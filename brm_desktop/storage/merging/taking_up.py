"""What newer versions wrote, taken up once this one has a place for it.

A field, a word or a kind of record that a version does not know is kept beside its tables as it
came. The version that knows it lays it into them when it opens the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.operations import Key, RowState
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.stamp import GREATEST, Stamp
from brm_desktop.storage.history import greatest_upto
from brm_desktop.storage.merging.columns import columns_of, is_known
from brm_desktop.storage.merging.link import FIELDS_ASIDE, noted
from brm_desktop.storage.merging.states import unknown_rows
from brm_desktop.storage.merging.typed_rows import Put, TypedRows
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from sqlite_utils import Database

_SLICE: Final = 2_000


def take_up(db: Database, site: int, millis: int) -> None:
    """Lay into the tables what they have a place for by now; within a transaction.

    It is told in history as what came, by the ``site`` at ``millis`` since 1970, and is no step of
    undo. Raises ``StoreDamaged`` and ``ValueError`` for what no version of the program wrote. While
    a lease has run out it waits: what others wrote is kept beside as well then.
    """
    if noted(db, FIELDS_ASIDE):
        return
    fields = fields_beside(db)
    kinds = [kind for (kind,) in db.execute('SELECT DISTINCT "kind" FROM unknown_row')]
    whole = [kind for kind in kinds if is_known(kind)]
    if not fields and not whole:
        return
    rows = TypedRows(db, _entry(db, site, millis))
    lay_in(rows, fields)
    for kind in whole:
        for some in _slices(_rows(db, kind)):
            _take_rows(db, kind, some, rows)
    rows.finish()


def lay_in(rows: TypedRows, keys: list[Key]) -> None:
    """Lay what is kept beside some rows into them, where it fits."""
    for some in _slices(keys):
        rows.put([_put(state) for state in rows.states(some).values()])


def fields_beside(db: Database) -> list[Key]:
    """The rows that say something beside them that could stand in them."""
    found: dict[Key, None] = {}
    for kind, row, name, value in db.execute('SELECT "kind", row, field, value FROM unknown_field'):
        if is_known(kind) and _fits(kind, name, value):
            found[kind, row] = None
    return list(found)


def _fits(kind: str, name: str, value: str) -> bool:
    field = columns_of(kind).fields.get(name)
    plain = json.loads(value)
    return field is not None and (plain is None or field.fits(plain))


def _rows(db: Database, kind: str) -> list[Key]:
    found = db.execute('SELECT row FROM unknown_row WHERE "kind" = ?', [kind])
    return [(kind, row) for (row,) in found.fetchall()]


def _take_rows(db: Database, kind: str, keys: list[Key], rows: TypedRows) -> None:
    """Rows of a kind that was unknown get into its table."""
    there = rows.states(keys)
    coming = unknown_rows(db, kind, [row for _, row in keys])
    rows.put([_put(state) for state in coming.values() if state.key not in there])
    db.conn.executemany('DELETE FROM unknown_row WHERE "kind" = ? AND row = ?', keys)


def _put(state: RowState) -> Put:
    return Put(state, max(state.live(), default=""))


def _entry(db: Database, site: int, millis: int) -> Entry:
    """An operation later than all that the store holds."""
    last = greatest_upto(db, GREATEST)
    stamp = Stamp(millis, 0, site)
    if last is not None:
        stamp = stamp.seen(last).next(millis)
    return Entry(phrase("Take in what came"), stamp, millis, "")


def _slices(keys: list[Key]) -> Iterator[list[Key]]:
    for first in range(0, len(keys), _SLICE):
        yield keys[first : first + _SLICE]
