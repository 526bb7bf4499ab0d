"""What colleagues shared is readable only while the lease lasts that the asset's answers renew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.merging.folding import Folded
from brm_desktop.storage.merging.hiding import LEASE, Sight
from brm_desktop.storage.merging.telling import HistoryWriter
from brm_desktop.storage.rows.clocks import hidden
from brm_desktop.storage.rows.mapping import BY_NAME
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from sqlite_utils import Database

    from brm_desktop.storage.driver import Reader

_OTHERS: Final = """
    SELECT r.id FROM "{kind}" AS r JOIN mirror AS m ON m."kind" = '{kind}' AND m.row = r.id
    WHERE r.deleted IS NULL AND NOT EXISTS (
        SELECT 1 FROM site AS s WHERE (s.own = 1 OR s.status = 'former')
            AND instr(r.clock, lower(hex(s.site)) || '"') > 0
    )
"""
"""The rows that are seen and that only others wrote."""


def is_hidden_by_lease(db: Reader) -> bool:
    """Whether anything is hidden since the lease has run out."""
    return any(next(_hidden(db, kind), None) is not None for kind in _kinds())


def hide_others(db: Database, entry: Entry) -> Folded:
    """Hide what only others wrote, and what stands on it; nothing of it is lost."""
    history = HistoryWriter(db, entry)
    sight = Sight(db, history)
    for kind in _kinds():
        rows = [row for (row,) in db.execute(_OTHERS.format(kind=kind))]
        sight.set_aside(kind, rows, LEASE)
    sight.decide()
    return _folded(history)


def show_others(db: Database, entry: Entry) -> Folded:
    """Show again what was hidden since the lease had run out."""
    history = HistoryWriter(db, entry)
    sight = Sight(db, history)
    for kind in _kinds():
        sight.set_aside(kind, list(_hidden(db, kind)), None)
    sight.decide()
    return _folded(history)


def _kinds() -> Iterator[str]:
    return (kind for kind in BY_NAME if is_known(kind))


def _hidden(db: Reader, kind: str) -> Iterator[str]:
    rows = db.execute(f'SELECT id FROM "{kind}" WHERE deleted = ?', [hidden(LEASE)])
    return (row for (row,) in rows)


def _folded(history: HistoryWriter) -> Folded:
    changed = {kind: frozenset(rows) for kind, rows in history.changed.items()}
    return Folded(sum(map(len, changed.values())), changed, "")
