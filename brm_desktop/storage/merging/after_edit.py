"""What an edit brings into sight or takes out of it besides itself, and conflicts it settles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.change import Change
from brm_desktop.domain.operations import Key
from brm_desktop.domain.records import Conflict, Record, ReportingLine
from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.merging.hiding import anything_hidden
from brm_desktop.storage.merging.link import read_link
from brm_desktop.storage.merging.mirror import known
from brm_desktop.storage.merging.typed_rows import Put, TypedRows
from brm_desktop.storage.rows.loading import read_where
from brm_desktop.storage.rows.mapping import TABLES, to_json
from brm_desktop.storage.rows.writing import Entry, write_change

if TYPE_CHECKING:
    from sqlite_utils import Database

_OPEN: Final = "SELECT EXISTS (SELECT 1 FROM conflict WHERE deleted IS NULL)"
_GIVEN: Final = "row IN (SELECT value FROM json_each(:rows))"


def see_anew(db: Database, change: Change, entry: Entry) -> Change:
    """What else changes with an edit that was just written, as part of it.

    Hidden rows may have to be seen now, what stands against a field may say by now what the field
    says, and undoing may bring back a second manager. Mostly there is nothing of all that, and then
    nothing is looked at; nor in a store that takes part in no asset, where nobody else writes.
    """
    if read_link(db) is None:
        return Change()
    if not (_draws(change) or db.execute(_OPEN).fetchone()[0] or anything_hidden(db)):
        return Change()
    stale = Change.of(_stale(db, change))
    write_change(db, stale, entry)
    rows = TypedRows(db, entry)
    keys = _in_conflict(db, change)
    before = _conflicts(db, keys)
    rows.put([Put(state) for state in rows.states(keys).values()])
    rows.edited(change)
    rows.finish()
    settled = Change.of(before, _conflicts(db, keys))
    return stale.then(settled).then(rows.seen_anew())


def _draws(change: Change) -> bool:
    """Whether an edit draws lines among which others may have drawn some."""
    return bool(change.added(ReportingLine))


def _stale(db: Database, change: Change) -> Iterator[Conflict]:
    """The conflicts that an edit brings back, such as an undo, and the asset knows of no more.

    Settling them was sent already: what stood against the row is gone for everybody.
    """
    back = change.added(Conflict)
    if not back:
        return
    has = known(db, {(one.kind, one.row) for one in back})
    for one in back:
        state = has.get((one.kind, one.row))
        if state is None or one.stamp not in state.live().union(state.deletions):
            yield one


def _in_conflict(db: Database, change: Change) -> list[Key]:
    """The rows an edit touched that something stands against."""
    kinds = {
        key: TABLES[type(record)].name
        for key, record in (*change.before.items(), *change.after.items())
    }
    found = db.execute(
        f"SELECT DISTINCT row FROM conflict WHERE {_GIVEN}"
        " AND (deleted IS NULL OR deleted GLOB '{\"hidden*')",
        {"rows": to_json(list(kinds))},
    )
    return [(kinds[row], row) for (row,) in found if is_known(kinds[row])]


def _conflicts(db: Database, keys: list[Key]) -> list[Record]:
    return list(read_where(db, Conflict, _GIVEN, {"rows": to_json([row for _, row in keys])}))
