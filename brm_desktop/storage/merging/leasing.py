"""What colleagues shared is readable only while the lease lasts that the asset's answers renew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.forest import CYCLE, SECOND_MANAGER
from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.merging.folding import Folded
from brm_desktop.storage.merging.hiding import LEASE, Sight
from brm_desktop.storage.merging.link import FIELDS_ASIDE, note, noted, own_sites
from brm_desktop.storage.merging.taking_up import fields_beside, lay_in
from brm_desktop.storage.merging.telling import HistoryWriter
from brm_desktop.storage.merging.typed_rows import Put, TypedRows, fields_of_others
from brm_desktop.storage.rows.clocks import hidden, stamps_in
from brm_desktop.storage.rows.mapping import BY_NAME
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from sqlite_utils import Database

    from brm_desktop.storage.driver import Reader

_MIRRORED: Final = """
    SELECT r.id, r.clock FROM "{kind}" AS r JOIN mirror AS m ON m."kind" = '{kind}' AND m.row = r.id
    WHERE r.deleted IS NULL
"""
_SEEN_OR_BEHIND: Final = f"{_MIRRORED} OR r.deleted IN (?, ?)"
"""Rows that are seen, or told of as lines that stand behind."""
_BEHIND: Final = [hidden(SECOND_MANAGER), hidden(CYCLE)]
_CONFLICT: Final = "conflict"
_SLICE: Final = 2_000


def is_hidden_by_lease(db: Reader) -> bool:
    """Whether anything is hidden since the lease has run out."""
    if noted(db, FIELDS_ASIDE):
        return True
    return any(next(_hidden(db, kind), None) is not None for kind in _kinds())


def hide_others(db: Database, entry: Entry) -> Folded:
    """Hide what only others wrote, and what stands on it; nothing of it is lost.

    In what this store wrote in, too, the fields that others wrote are hidden, and what of theirs
    stands in conflict; but for those that no record can be without, such as a name.
    """
    history = HistoryWriter(db, entry)
    sight = Sight(db, history)
    own = own_sites(db)
    for kind in _kinds():
        mirrored = db.execute(_SEEN_OR_BEHIND.format(kind=kind), _BEHIND)
        rows = [row for row, clock in mirrored if not _is_of(clock, own)]
        sight.set_aside(kind, rows, LEASE)
    sight.set_aside(_CONFLICT, _conflicts_of_others(db, own), LEASE)
    sight.decide()
    return _folded(history.changed, _fields_aside(db, entry, own))


def show_others(db: Database, entry: Entry) -> Folded:
    """Show again what was hidden since the lease had run out."""
    history = HistoryWriter(db, entry)
    sight = Sight(db, history)
    for kind in (*_kinds(), _CONFLICT):
        sight.set_aside(kind, list(_hidden(db, kind)), None)
    sight.decide()
    were_aside = noted(db, FIELDS_ASIDE)
    note(db, FIELDS_ASIDE, 0)
    rows = TypedRows(db, entry)
    if were_aside:
        lay_in(rows, fields_beside(db))
    return _folded(history.changed, rows.finish())


def _fields_aside(db: Database, entry: Entry, own: tuple[str, ...]) -> Mapping[str, Iterable[str]]:
    """Keep what others wrote in rows of this store's beside them; gives the rows by kind."""
    rows = TypedRows(db, entry)
    for kind in _kinds():
        mirrored = db.execute(_MIRRORED.format(kind=kind))
        keys = [(kind, row) for row, clock in mirrored if _is_of(clock, own)]
        for first in range(0, len(keys), _SLICE):
            states = rows.states(keys[first : first + _SLICE]).values()
            puts = [Put(state, aside=fields_of_others(state, own)) for state in states]
            found = [put for put in puts if put.aside]
            if found:
                rows.put(found)
                note(db, FIELDS_ASIDE, 1)
    return rows.finish()


def _is_of(clock: str, own: tuple[str, ...]) -> bool:
    """Whether this store wrote in a row, too."""
    return any(stamp.endswith(own) for stamp in stamps_in(clock))


def _conflicts_of_others(db: Database, own: tuple[str, ...]) -> list[str]:
    found = db.execute(
        "SELECT c.id, c.stamp FROM conflict AS c WHERE c.deleted IS NULL AND EXISTS"
        ' (SELECT 1 FROM mirror AS m WHERE m."kind" = c."kind" AND m.row = c.row)'
    )
    return [row for row, stamp in found if not stamp.endswith(own)]


def _kinds() -> Iterator[str]:
    return (kind for kind in BY_NAME if is_known(kind))


def _hidden(db: Reader, kind: str) -> Iterator[str]:
    rows = db.execute(f'SELECT id FROM "{kind}" WHERE deleted = ?', [hidden(LEASE)])
    return (row for (row,) in rows)


def _folded(*changed: Mapping[str, Iterable[str]]) -> Folded:
    rows: dict[str, frozenset[str]] = {}
    for some in changed:
        for kind, ids in some.items():
            rows[kind] = rows.get(kind, frozenset()).union(ids)
    return Folded(sum(map(len, rows.values())), rows, "")
