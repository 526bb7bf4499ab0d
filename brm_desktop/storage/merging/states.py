"""Row states out of the tables: a row, what stands in conflict with it, and what is kept beside it.

Conflicts are records of their own; what others wrote alike stands in the clock. All is read for
some thousands of rows at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.operation_lines import earlier_from_plain, state_from_plain
from brm_desktop.domain.operations import DELETED, Earlier, Key, Plain, RowState, Write
from brm_desktop.storage.merging.columns import Cells, columns_of, is_known
from brm_desktop.storage.rows.clocks import Written, deletions_in, hidden, is_hidden, read_clock
from brm_desktop.storage.rows.mapping import UNREADABLE, readable, to_json, unreadable

if TYPE_CHECKING:
    from sqlite_utils import Database

_AUDIENCE: Final = "audience"
_INCOMPLETE: Final = hidden("incomplete")


@dataclass(frozen=True, slots=True)
class Standing:
    """A conflict as the store holds it: its id, what it says, and whether it is shown."""

    id: str
    field: str
    stamp: str
    value: Plain
    shown: bool


@dataclass(slots=True)
class Held:
    """A row as the store holds it, deleted and hidden ones too, with all that belongs to it."""

    cells: Cells
    clock: str
    deleted: str | None
    conflicts: tuple[Standing, ...] = ()
    beside: tuple[tuple[str, str, Plain], ...] = ()
    """Field, stamp and value of what the columns cannot hold."""
    covered: str | None = None
    values: Mapping[str, Plain] = field(default_factory=dict)
    """What the row is read as saying."""


Rows = dict[str, Held]


def by_kind(keys: Iterable[Key]) -> dict[str, list[str]]:
    """The ids of some rows by their kinds."""
    found: dict[str, list[str]] = {}
    for kind, row in keys:
        found.setdefault(kind, []).append(row)
    return found


def held_rows(db: Database, kind: str, ids: Iterable[str]) -> Rows:
    """The rows of a known kind that have one of the ids."""
    wanted = to_json(list(ids))
    rows = {
        row[0]: Held(row[:-2], row[-2], row[-1])
        for row in db.execute(columns_of(kind).select, [wanted])
    }
    if not rows:
        return rows
    for table, add in (
        ("conflict", _add_conflicts),
        ("unknown_field", _add_beside),
        ("covered", _add_covered),
    ):
        if db.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0]:
            add(db, kind, wanted, rows)
    return rows


_OF_KIND: Final = 'WHERE "kind" = ? AND row IN (SELECT value FROM json_each(?))'


def _add_beside(db: Database, kind: str, wanted: str, rows: Rows) -> None:
    found = db.execute(
        f"SELECT row, field, stamp, value FROM unknown_field {_OF_KIND}", [kind, wanted]
    )
    for row, name, stamp, value in found:
        if row in rows:
            rows[row].beside += ((name, stamp, json.loads(value)),)


def _add_covered(db: Database, kind: str, wanted: str, rows: Rows) -> None:
    for row, stamps in db.execute(f"SELECT row, stamps FROM covered {_OF_KIND}", [kind, wanted]):
        if row in rows:
            rows[row].covered = stamps


def _add_conflicts(db: Database, kind: str, wanted: str, rows: Rows) -> None:
    found = db.execute(
        f"SELECT row, id, field, stamp, value, deleted FROM conflict {_OF_KIND}", [kind, wanted]
    )
    for row, conflict, name, stamp, value, deleted in found:
        if row in rows and (deleted is None or is_hidden(deleted)):
            said = json.loads(value)
            rows[row].conflicts += (Standing(conflict, name, stamp, said, deleted is None),)


def state_of(kind: str, row: str, held: Held) -> RowState:
    """The state of a row; raises ``StoreDamaged`` for what no version of the program wrote."""
    try:
        return _state_of(kind, row, held)
    except UNREADABLE as error:
        raise unreadable(kind, row) from error


def _state_of(kind: str, row: str, held: Held) -> RowState:
    written = read_clock(held.clock)
    clock = written.clock
    clock.pop(_AUDIENCE, None)
    columns = columns_of(kind)
    values = columns.values_in(held.cells)
    if held.deleted == _INCOMPLETE:
        values = columns.without_usual(values)
    if written.withheld or "*" not in clock:
        values = {
            name: value
            for name, value in values.items()
            if name in clock or ("*" in clock and name not in written.withheld)
        }
    simple = not (held.conflicts or held.beside or written.equal)
    others = {} if simple else _others(held, written, values)
    held.values = values
    covered, lifted, earlier = _covered(held)
    return RowState(
        kind=kind,
        row=row,
        values=values,
        clock=clock,
        withheld=written.withheld,
        others=others,
        beneath=written.beneath,
        deletions=_deletions(held),
        covered=covered,
        lifted=lifted,
        earlier=earlier,
    )


def _others(held: Held, written: Written, values: dict[str, Plain]) -> dict[str, tuple[Write, ...]]:
    """The writes that are not shown; what is beside the row and shown gets into ``values``."""
    clock, others = written.clock, dict[str, list[Write]]()
    for name, stamp, value in held.beside:
        if clock.get(name, clock.get("*")) == stamp:
            if value is not None:
                values[name] = value
        else:
            others.setdefault(name, []).append((stamp, value))
    for one in held.conflicts:
        if one.field != DELETED:
            others.setdefault(one.field, []).append((one.stamp, one.value))
    for name, stamps in written.equal.items():
        others.setdefault(name, []).extend((stamp, values.get(name)) for stamp in stamps)
    return {
        name: tuple(sorted(writes, key=_stamp, reverse=True)) for name, writes in others.items()
    }


def _stamp(write: Write) -> str:
    return write[0]


def _deletions(held: Held) -> Mapping[str, tuple[str, ...]]:
    """The live deletions: of a row that is gone in its tombstone, else in conflict with it."""
    if held.deleted is not None and not is_hidden(held.deleted):
        return deletions_in(held.deleted)
    return {one.stamp: tuple(one.value) for one in held.conflicts if one.field == DELETED}


def _covered(
    held: Held,
) -> tuple[Mapping[str, frozenset[str]], frozenset[str], tuple[Earlier, ...]]:
    """What was gone over and has not arrived, and what stays of the row for some."""
    if held.covered is None:
        return {}, frozenset(), ()
    said: dict[str, Any] = json.loads(held.covered)
    stamps = {stamp: frozenset(names) for stamp, names in said["covered"].items()}
    return stamps, frozenset(said["lifted"]), earlier_from_plain(said.get("earlier", []))


def unknown_rows(db: Database, kind: str, ids: Iterable[str]) -> dict[str, RowState]:
    """The rows of a kind that this version does not know."""
    rows = db.execute(
        'SELECT row, state FROM unknown_row WHERE "kind" = ?'
        " AND row IN (SELECT value FROM json_each(?))",
        [kind, to_json(list(ids))],
    )
    found = {}
    for row, state in rows:
        with readable(kind, row):
            found[row] = state_from_plain(json.loads(state))
    return found


def states(db: Database, keys: Iterable[Key]) -> Iterator[RowState]:
    """The states of rows, those that there are."""
    for kind, ids in by_kind(keys).items():
        if is_known(kind):
            for row, held in held_rows(db, kind, ids).items():
                yield state_of(kind, row, held)
        else:
            yield from unknown_rows(db, kind, ids).values()
