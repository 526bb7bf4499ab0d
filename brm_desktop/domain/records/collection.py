"""An immutable collection of records with indexes by field, cheap to copy with a few changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeVar, cast

from brm_desktop.domain.records.accounts import (
    Account,
    AccountPlan,
    Action,
    Contribution,
    Department,
    Organisation,
    Placement,
    TeamMember,
    YearRevenue,
)
from brm_desktop.domain.records.base import Record
from brm_desktop.domain.records.needs import Need
from brm_desktop.domain.records.people import (
    Assessment,
    Influence,
    Interaction,
    Person,
    ReportingLine,
    Tie,
)
from brm_desktop.domain.records.projects import (
    Attitude,
    ChainLink,
    ChainMember,
    Opportunity,
    Product,
    Project,
    ProjectType,
    SupportRequest,
)
from brm_desktop.domain.records.reviews import Review
from brm_desktop.domain.records.sharing import Conflict, Sameness, SharingChoice
from brm_desktop.domain.records.snapshots import Snapshot

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
    Attitude,
    ChainLink,
    Opportunity,
    SupportRequest,
    Product,
    Action,
    AccountPlan,
    Need,
    Review,
    TeamMember,
    Contribution,
    Snapshot,
    Placement,
    Sameness,
    Conflict,
    SharingChoice,
)
"""Every kind of record, referred-to kinds first."""

R = TypeVar("R", bound=Record)
Index = dict[object, tuple[Record, ...]]


class _Table:
    """The records of one kind by id, with indexes made on first use and carried along."""

    __slots__ = ("indexes", "rows")

    def __init__(self, rows: dict[str, Record], indexes: dict[str, Index]) -> None:
        self.rows = rows
        self.indexes = indexes

    def index(self, field: str) -> Index:
        found = self.indexes.get(field)
        if found is None:
            lists: dict[object, list[Record]] = {}
            for record in self.rows.values():
                lists.setdefault(getattr(record, field), []).append(record)
            found = {value: tuple(records) for value, records in lists.items()}
            self.indexes[field] = found
        return found

    def with_changes(self, removed: dict[str, Record], added: dict[str, Record]) -> _Table:
        rows = dict(self.rows)
        gone = {key: rows[key] for key in (*removed, *added) if key in rows}
        for key in removed.keys() - added.keys():
            rows.pop(key, None)
        rows.update(added)
        known = self.indexes.copy()  # at once: a reader on another thread may be adding one
        indexes = {field: _patched(index, field, gone, added) for field, index in known.items()}
        return _Table(rows, indexes)


_EMPTY = _Table({}, {})


class Records:
    """All records known here, immutable: a change gives a new collection that shares the rest.

    Equality is equality of contents; order never matters.
    """

    __slots__ = ("_tables",)

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._tables = {kind: _Table(rows, {}) for kind, rows in by_kind(records).items()}

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
        found = self.get(kind, record_id)
        if found is None:
            raise KeyError(record_id)
        return found

    def where(self, kind: type[R], /, **field: object) -> tuple[R, ...]:
        """The records of a kind whose one field has a value: ``where(Person, organisation=x)``.

        Constant time after the first call for a field; the index is kept through changes.
        """
        ((name, value),) = field.items()
        return self.having(kind, name, value)

    def having(self, kind: type[R], field: str, value: object) -> tuple[R, ...]:
        """What :meth:`where` gives for the name of a field and its value."""
        table = self._tables.get(kind)
        if table is None:
            return ()
        return cast("tuple[R, ...]", table.index(field).get(value, ()))

    def find(self, record_id: str) -> Record | None:
        """A record of any kind by its id."""
        return next(filter(None, (self.get(kind, record_id) for kind in KINDS)), None)

    def with_changes(self, removed: Iterable[Record], added: Iterable[Record]) -> Records:
        """A collection without ``removed`` and with ``added``; removed first, by id."""
        gone = by_kind(removed)
        come = by_kind(added)
        changed = Records()
        changed._tables = dict(self._tables)
        for kind in gone.keys() | come.keys():
            table = self._tables.get(kind, _EMPTY)
            changed._tables[kind] = table.with_changes(gone.get(kind, {}), come.get(kind, {}))
        return changed

    def __iter__(self) -> Iterator[Record]:
        for kind in KINDS:
            yield from self.all(kind).values()

    def __len__(self) -> int:
        return sum(len(self.all(kind)) for kind in KINDS)

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and self.find(record_id) is not None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Records):
            return NotImplemented
        return all(self.all(kind) == other.all(kind) for kind in KINDS)

    __hash__ = None  # type: ignore[assignment]  # how Python says that nothing is hashed here

    def __repr__(self) -> str:
        counts = ((kind.__name__, len(self.all(kind))) for kind in KINDS)
        listed = ", ".join(f"{name} {count}" for name, count in counts if count)
        return f"{type(self).__name__}({listed})"


def by_kind(records: Iterable[Record]) -> dict[type[Record], dict[str, Record]]:
    """Records by their kind, then by id, in their order."""
    found: dict[type[Record], dict[str, Record]] = {}
    for record in records:
        found.setdefault(type(record), {})[record.id] = record
    return found


def _patched(
    index: Index, field: str, removed: dict[str, Record], added: dict[str, Record]
) -> Index:
    """An index after a change; each value touched is gone through once, however many records."""
    leaving: dict[object, set[str]] = {}
    coming: dict[object, list[Record]] = {}
    for key, record in removed.items():
        leaving.setdefault(getattr(record, field), set()).add(key)
    for record in added.values():
        coming.setdefault(getattr(record, field), []).append(record)
    patched = dict(index)
    for value in leaving.keys() | coming.keys():
        out = leaving.get(value, ())
        stay = (record for record in patched.get(value, ()) if record.id not in out)
        patched[value] = (*stay, *coming.get(value, ()))
    return patched
