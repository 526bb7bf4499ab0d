"""Writing row states into the tables: rows, their conflicts, what is beside them, and history.

One merge is one :class:`TypedRows`, used within one transaction: rows are read, decided on by
``domain.merge``, and put back, slice by slice in any order; :meth:`TypedRows.finish` then decides
what may be seen (``hiding``). Nothing is committed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from brm_desktop.domain.change import Change
from brm_desktop.domain.merge import is_gone, losing
from brm_desktop.domain.operation_lines import earlier_to_plain, state_to_plain
from brm_desktop.domain.operations import DELETED, REST, Key, RowState
from brm_desktop.domain.records import Conflict, id_of
from brm_desktop.storage.merging.columns import KindColumns, Laid, columns_of, is_known
from brm_desktop.storage.merging.erasing import erase
from brm_desktop.storage.merging.hiding import INCOMPLETE, Sight
from brm_desktop.storage.merging.link import FIELDS_ASIDE, noted, own_sites
from brm_desktop.storage.merging.states import (
    Held,
    Standing,
    by_kind,
    held_rows,
    state_of,
    unknown_rows,
)
from brm_desktop.storage.merging.telling import UNNAMED, HistoryWriter, Line
from brm_desktop.storage.rows.clocks import (
    clock_of,
    clock_text,
    hidden,
    is_hidden,
    tombstone,
    tombstone_of,
)
from brm_desktop.storage.rows.mapping import to_json
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from sqlite_utils import Database

TEAM: Final = "team"
_ASCII: Final = json.JSONEncoder(separators=(",", ":"))


class Put(NamedTuple):
    """A row to be kept as it is now; ``origin`` is the greatest stamp that it came from.

    Fields ``aside`` of a row that is there are not to be seen: their values are kept beside it.
    While a lease has ended those are :func:`fields_of_others`, whoever puts the row.
    """

    state: RowState
    origin: str = ""
    aside: frozenset[str] = frozenset()


class _Parts(NamedTuple):
    """A state laid out for the tables."""

    clock: str
    told: list[tuple[str, str, Any]]
    """Field, stamp and value of what stands in conflict."""
    beside: list[tuple[str, str, Any]]
    covered: str | None


class TypedRows:
    """The rows of a store within one transaction, read and put back as row states."""

    def __init__(self, db: Database, entry: Entry) -> None:
        self._db = db
        self._stamp = entry.stamp.hex()
        self._history = HistoryWriter(db, entry)
        self._held: dict[Key, Held] = {}
        self._sight = Sight(db, self._history)
        self._own = own_sites(db) if noted(db, FIELDS_ASIDE) else ()
        """This store's own sites, while the fields of others are kept beside their rows."""

    def states(self, keys: Iterable[Key]) -> dict[Key, RowState]:
        """Rows as they are, those that there are; they are put back before others are read."""
        self._held.clear()
        found: dict[Key, RowState] = {}
        for kind, ids in by_kind(keys).items():
            if not is_known(kind):
                unknown = unknown_rows(self._db, kind, ids)
                found.update({(kind, row): state for row, state in unknown.items()})
                continue
            for row, held in held_rows(self._db, kind, ids).items():
                self._held[kind, row] = held
                found[kind, row] = state_of(kind, row, held)
        return found

    def put(self, rows: Iterable[Put], audience: str = TEAM) -> None:
        """Keep rows that :meth:`states` was asked for before as they are now.

        ``audience`` is that of new rows; others keep theirs.
        """
        kinds: dict[str, list[Put]] = {}
        for row in rows:
            kinds.setdefault(row.state.kind, []).append(self._with_aside(row))
        for kind, of_kind in kinds.items():
            if is_known(kind):
                into = _Into(self._db, self._held, self._stamp, self._history, self._sight)
                _KindWriter(into, columns_of(kind), audience).write(of_kind)
            else:
                self._put_unknown(kind, of_kind)

    def erase(self, keys: Iterable[Key]) -> int:
        """Leave nothing of rows but their ids; gives of how many that said something."""
        erased = erase(self._db, keys)
        for kind, row, seen in erased:
            if seen:
                self._sight.vanished(kind, row)
                self._history.changed.setdefault(kind, set()).add(row)
        return len(erased)

    @property
    def is_told(self) -> bool:
        """Whether history has a line of it."""
        return self._history.count > 0

    def edited(self, change: Change) -> None:
        """An edit was written by other means."""
        self._sight.edited(change)

    def seen_anew(self) -> Change:
        """The records that came into sight or went out of it when that was decided."""
        return self._sight.change()

    def finish(self) -> dict[str, frozenset[str]]:
        """Decide what may be seen, when every row is put; gives what is seen to have changed."""
        self._sight.decide()
        return {kind: frozenset(rows) for kind, rows in self._history.changed.items()}

    def _with_aside(self, put: Put) -> Put:
        if not self._own or not is_known(put.state.kind):
            return put
        return put._replace(aside=fields_of_others(put.state, self._own))

    def _put_unknown(self, kind: str, rows: list[Put]) -> None:
        self._db.conn.executemany(
            "INSERT OR REPLACE INTO unknown_row VALUES (?, ?, ?)",
            [(kind, one.state.row, _ASCII.encode(state_to_plain(one.state))) for one in rows],
        )


def fields_of_others(state: RowState, own: tuple[str, ...]) -> frozenset[str]:
    """The fields of a row that show what others wrote, and need not show anything."""
    fields, whole = columns_of(state.kind).fields, state.clock.get(REST, "")
    return frozenset(
        name
        for name, value in state.values.items()
        if name in fields
        and not (fields[name].required or value == fields[name].usual)
        and not state.clock.get(name, whole).endswith(own)
    )


class _Into(NamedTuple):
    """What rows are written into."""

    db: Database
    held: Mapping[Key, Held]
    stamp: str
    history: HistoryWriter
    sight: Sight


class _KindWriter:
    """Writes rows of one kind: each differently where it was there, and all at once."""

    def __init__(self, into: _Into, columns: KindColumns, audience: str) -> None:
        self._db, self._held, self._stamp, self._history, self._sight = into
        self._columns = columns
        self._kind = columns.name
        self._audience = audience
        self._fresh: list[tuple[Any, ...]] = []
        self._changed: dict[tuple[bool, bool, tuple[int, ...]], list[list[Any]]] = {}
        """By whether the clock and whether the tombstone is written, and which cells."""
        self._lines: list[Line] = []
        self._new_conflicts: list[tuple[Any, ...]] = []
        self._settled: list[tuple[str, str]] = []
        self._beside: list[tuple[Any, ...]] = []
        self._not_beside: list[tuple[str, str]] = []
        self._covered: list[tuple[str, str, str]] = []
        self._not_covered: list[tuple[str, str]] = []

    def write(self, rows: list[Put]) -> None:
        """Write all of them."""
        for row in rows:
            self._take(row)
        many = self._db.conn.executemany
        many(self._columns.insert, self._fresh)
        for which, cells in self._changed.items():
            assigned = ", ".join(f'"{name}" = ?' for name in self._written(*which))
            many(f'UPDATE "{self._kind}" SET {assigned} WHERE id = ?', cells)
        many('DELETE FROM unknown_field WHERE "kind" = ? AND row = ?', self._not_beside)
        many("INSERT INTO unknown_field VALUES (?, ?, ?, ?, ?)", self._beside)
        many('DELETE FROM covered WHERE "kind" = ? AND row = ?', self._not_covered)
        many("INSERT OR REPLACE INTO covered VALUES (?, ?, ?)", self._covered)
        many("UPDATE conflict SET deleted = ? WHERE id = ?", self._settled)
        many(
            "INSERT INTO conflict VALUES (?, ?, ?, ?, ?, ?, 'private', ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET value = excluded.value, clock = excluded.clock,"
            " deleted = excluded.deleted",
            self._new_conflicts,
        )
        self._history.write(self._lines)

    def _take(self, put: Put) -> None:
        state = put.state
        held = self._held.get((self._kind, state.row))
        if held is None:
            laid = self._columns.laid(state.row, state.values, state.has, self._audience)
        else:
            laid = self._columns.laid_over(
                held.cells,
                held.values,
                state.values,
                state.has,
                any_beside=bool(held.beside),
                aside=put.aside,
            )
        parts = _parts(state, laid.beside, self._columns)
        deleted = self._deleted(state, held, laid.whole)
        if held is None:
            self._fresh.append((*laid.cells, parts.clock, deleted))
        else:
            self._update(held, laid, parts.clock, deleted)
        self._keep_beside(held, state.row, parts)
        self._keep_conflicts(held, state.row, parts.told)
        self._tell(held, laid, deleted, put.origin)
        self._sight.touched(self._kind, state.row, held, laid.cells, deleted)

    def _deleted(self, state: RowState, held: Held | None, whole: bool) -> str | None:
        """What the column says: a tombstone, why the row is hidden, or nothing."""
        if state.deletions and is_gone(state):
            return tombstone_of(state.deletions)
        if not whole:
            return hidden(INCOMPLETE)
        if held is not None and is_hidden(held.deleted) and held.deleted != hidden(INCOMPLETE):
            return held.deleted
        return None

    def _update(self, held: Held, laid: Laid, clock: str, deleted: str | None) -> None:
        values = [laid.cells[place] for place in laid.changed]
        is_later, is_turned = clock != held.clock, deleted != held.deleted
        if is_later:
            values.append(clock)
        if is_turned:
            values.append(deleted)
        if values:
            values.append(laid.cells[0])
            which = (is_later, is_turned, tuple(laid.changed))
            self._changed.setdefault(which, []).append(values)

    def _written(self, is_later: bool, is_turned: bool, changed: tuple[int, ...]) -> Iterator[str]:
        """The names of the columns that are written."""
        yield from (self._columns.table.columns[place] for place in changed)
        if is_later:
            yield "clock"
        if is_turned:
            yield "deleted"

    def _tell(self, held: Held | None, laid: Laid, deleted: str | None, origin: str) -> None:
        """The line of history of what is seen to change."""
        before = after = None
        shown_before = held if held is not None and held.deleted is None else None
        if shown_before is not None and deleted is None:
            was, became = laid.patches
            if not was:
                return
            before, after = to_json(was), to_json(became)
        elif shown_before is not None:
            before = to_json(self._columns.full(shown_before.cells))
        elif deleted is None:
            full = laid.patches[1] if held is None else self._columns.full(laid.cells)
            after = to_json(full)
        else:
            return
        base = None if held is None else held.clock
        stamp = bytes.fromhex(origin) if origin else UNNAMED
        row, audience = str(laid.cells[0]), str(laid.cells[-1])
        self._lines.append(Line(self._kind, row, before, after, base, audience, stamp))

    def _keep_beside(self, held: Held | None, row: str, parts: _Parts) -> None:
        """What no column can hold, and what went over writes that have not come."""
        if held is not None and held.beside:
            self._not_beside.append((self._kind, row))
        for name, stamp, value in parts.beside:
            self._beside.append((self._kind, row, name, _ASCII.encode(value), stamp))
        if parts.covered is not None:
            self._covered.append((self._kind, row, parts.covered))
        elif held is not None and held.covered is not None:
            self._not_covered.append((self._kind, row))

    def _keep_conflicts(
        self, held: Held | None, row: str, told: list[tuple[str, str, Any]]
    ) -> None:
        """New conflicts, hidden until it is decided what may be seen, and settled ones."""
        there = {(one.field, one.stamp): one for one in held.conflicts} if held is not None else {}
        for name, stamp, value in told:
            if there.pop((name, stamp), None) is None:
                self._stand(row, name, stamp, value)
        for one in there.values():
            self._settle(row, one)

    def _stand(self, row: str, name: str, stamp: str, value: Any) -> None:
        conflict = id_of(Conflict, self._kind, row, name, stamp)
        said = _ASCII.encode(value)
        clock = clock_of(self._stamp)
        self._new_conflicts.append(
            (conflict, self._kind, row, name, said, stamp, clock, hidden("end_gone"))
        )
        self._sight.waits("conflict", conflict)

    def _settle(self, row: str, one: Standing) -> None:
        self._settled.append((tombstone(clock_of(self._stamp), self._stamp), one.id))
        if one.shown:
            said = {"kind": self._kind, "row": row, "field": one.field}
            said |= {"value": _ASCII.encode(one.value), "stamp": one.stamp, "audience": "private"}
            line = Line("conflict", one.id, to_json(said), None, None, "private", UNNAMED)
            self._lines.append(line)


def _parts(state: RowState, beside: list[str], columns: KindColumns) -> _Parts:
    """What of a state goes where."""
    told: list[tuple[str, str, Any]] = []
    equal: dict[str, list[str]] = {}
    kept = []
    if beside or not state.clock.keys() <= columns.in_clocks:
        names = dict.fromkeys((*beside, *sorted(state.clock.keys() - columns.in_clocks)))
        kept = [(name, _shown_stamp(state, name), state.values.get(name)) for name in names]
    if state.others or state.beneath or state.deletions:
        for one in losing(state):
            if one.field == REST:
                continue
            if one.field != DELETED and one.field not in columns.fields:
                kept.append((one.field, one.stamp, one.value))
            elif one.differs:
                told.append((one.field, one.stamp, one.value))
            else:
                equal.setdefault(one.field, []).append(one.stamp)
    clock = clock_text(state.clock, state.withheld, equal, state.beneath)
    covered = None
    if state.covered or state.lifted or state.earlier:
        said: dict[str, Any] = {
            "covered": {stamp: sorted(names) for stamp, names in state.covered.items()},
            "lifted": sorted(state.lifted),
        }
        if state.earlier:
            said["earlier"] = earlier_to_plain(state.earlier)
        covered = _ASCII.encode(said)
    return _Parts(clock, told, kept, covered)


def _shown_stamp(state: RowState, name: str) -> str:
    clock: Mapping[str, str] = state.clock
    return clock.get(name) or clock[REST]
