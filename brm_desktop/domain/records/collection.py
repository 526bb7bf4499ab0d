"""An immutable collection of records with indexes by field, cheap to copy with a few changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeVar, cast

from brm_desktop.domain.records.accounts import (
    Account,
    AccountPlan,
    Action,
    Department,
    Organisation,
    Placement,
    TeamMember,
    YearRevenue,
)
from brm_desktop.domain.records.base import Record
from brm_desktop.domain.records.people import (
    Assessment,
    Influence,
    Interaction,
    Person,
    ReportingLine,
    Tie,
)
from brm_desktop.domain.records.projects import (
    ChainLink,
    ChainMember,
    Opportunity,
    Project,
    ProjectType,
)

KINDS: Final[tuple[type[Record], ...]] = (
    Organisation,
    Account,
    YearRevenue,
    Department,
    Person,
    ReportingLine,
    Influence,
    Tie,
    Assessment,
    Interaction,
    ProjectType,
    Project,
    ChainMember,
    ChainLink,
    Opportunity,
    Action,
    AccountPlan,
    TeamMember,
    Placement,
)
"""Every kind of record, referred-to kinds first."""

R = TypeVar("R", bound=Record)
_Index = dict[object, tuple[Record, ...]]


class _Table:
    """The records of one kind by id, with indexes made on first use and carried along."""

    __slots__ = ("indexes", "rows")

    def __init__(self, rows: dict[str, Record], indexes: dict[str, _Index]) -> None:
        self.rows = rows
        self.indexes = indexes

    def index(self, field: str) -> _Index:
        found = self.indexes.get(field)
        if found is None:
            lists: dict[object, list[Record]] = {}
            for record in self.rows.values():
                lists.setdefault(getattr(record, field), []).append(record)
            found = {value: tuple(records) for value, records in lists.items()}
            self.indexes[field] = found
        return found

    def with_changes(self, removed: list[Record], added: list[Record]) -> _Table:
        rows = dict(self.rows)
        for record in removed:
            del rows[record.id]
        for record in added:
            rows[record.id] = record
        indexes = {}
        for field, index in self.indexes.items():
            patched = dict(index)
            for record in removed:
                value = getattr(record, field)
                patched[value] = tuple(r for r in patched[value] if r.id != record.id)
            for record in added:
                value = getattr(record, field)
                patched[value] = (*patched.get(value, ()), record)
            indexes[field] = patched
        return _Table(rows, indexes)


_EMPTY = _Table({}, {})


class Records:
    """All records known here, immutable: a change gives a new collection that shares the rest.

    Equality is equality of contents; order never matters.
    """

    __slots__ = ("_tables",)

    def __init__(self, records: Iterable[Record] = ()) -> None:
        rows: dict[type[Record], dict[str, Record]] = {}
        for record in records:
            rows.setdefault(type(record), {})[record.id] = record
        self._tables = {kind: _Table(of_kind, {}) for kind, of_kind in rows.items()}

    def all(self, kind: type[R]) -> Mapping[str, R]:
        """The records of one kind by id."""
        return cast("Mapping[str, R]", MappingProxyType(self._tables.get(kind, _EMPTY).rows))

    def get(self, kind: type[R], record_id: str | None) -> R | None:
        """One record, or ``None`` when there is none of that id."""
        if record_id is None:
            return None
        return cast("R | None", self._tables.get(kind, _EMPTY).rows.get(record_id))

    def one(self, kind: type[R], record_id: str) -> R:
        """One record that must be there; ``KeyError`` otherwise."""
        return cast("R", self._tables.get(kind, _EMPTY).rows[record_id])

    def where(self, kind: type[R], /, **field: object) -> tuple[R, ...]:
        """The records of a kind whose one field has a value: ``where(Person, organisation=x)``.

        Constant time after the first call for a field; the index is kept through changes.
        """
        ((name, value),) = field.items()
        table = self._tables.get(kind)
        if table is None:
            return ()
        return cast("tuple[R, ...]", table.index(name).get(value, ()))

    def find(self, record_id: str) -> Record | None:
        """A record of any kind by its id."""
        for table in self._tables.values():
            if record_id in table.rows:
                return table.rows[record_id]
        return None

    def with_changes(self, removed: Iterable[Record], added: Iterable[Record]) -> Records:
        """A collection without ``removed`` and with ``added``; removed first, by id."""
        gone: dict[type[Record], list[Record]] = {}
        come: dict[type[Record], list[Record]] = {}
        for record in removed:
            gone.setdefault(type(record), []).append(record)
        for record in added:
            come.setdefault(type(record), []).append(record)
        changed = Records()
        changed._tables = dict(self._tables)
        for kind in gone.keys() | come.keys():
            table = self._tables.get(kind, _EMPTY)
            changed._tables[kind] = table.with_changes(gone.get(kind, []), come.get(kind, []))
        return changed

    def __iter__(self) -> Iterator[Record]:
        for table in self._tables.values():
            yield from table.rows.values()

    def __len__(self) -> int:
        return sum(len(table.rows) for table in self._tables.values())

    def __contains__(self, record_id: object) -> bool:
        return any(record_id in table.rows for table in self._tables.values())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Records):
            return NotImplemented
        mine = {kind: table.rows for kind, table in self._tables.items() if table.rows}
        theirs = {kind: table.rows for kind, table in other._tables.items() if table.rows}
        return mine == theirs

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counts = ", ".join(f"{k.__name__} {len(t.rows)}" for k, t in self._tables.items() if t.rows)
        return f"Records({counts})"
