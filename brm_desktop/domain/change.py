"""``Change``: the only currency of the product.

Editing returns one, undo inverts it, storage writes it, history keeps it, views repaint from it,
and an import or a merge is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from brm_desktop.domain.records.base import Record
from brm_desktop.domain.records.collection import Records

R = TypeVar("R", bound=Record)


class StaleChange(Exception):
    """A change was applied to records that are not the ones it was made from: a defect."""


@dataclass(frozen=True, slots=True)
class Change:
    """What some records were and what they become, by id.

    An id only in ``after`` is added, only in ``before`` removed, in both replaced. Records that
    stay equal are left out, so an empty change says that nothing happens.
    """

    before: Mapping[str, Record] = field(default_factory=dict)
    after: Mapping[str, Record] = field(default_factory=dict)

    @classmethod
    def of(cls, before: Iterable[Record] = (), after: Iterable[Record] = ()) -> Change:
        """The change that takes ``before`` away and puts ``after`` in; equal records cancel out."""
        old = {record.id: record for record in before}
        new = {record.id: record for record in after}
        same = {key for key in old if key in new and old[key] == new[key]}
        if not same:
            return cls(old, new)
        return cls(
            {key: record for key, record in old.items() if key not in same},
            {key: record for key, record in new.items() if key not in same},
        )

    @classmethod
    def between(cls, old: Records, new: Records) -> Change:
        """The change that leads from one collection to another."""
        return cls.of(old, new)

    @classmethod
    def put(cls, records: Records, *wanted: Record) -> Change:
        """Add records, or replace those that are there under the same id."""
        before = (records.get(type(record), record.id) for record in wanted)
        return cls.of((record for record in before if record is not None), wanted)

    @classmethod
    def squashed(cls, changes: Iterable[Change]) -> Change:
        """One change with the effect of several in a row."""
        before: dict[str, Record] = {}
        after: dict[str, Record] = {}
        for change in changes:
            for key, record in change.before.items():
                if key in after:
                    del after[key]
                else:
                    before[key] = record
            after.update(change.after)
        return cls.of(before.values(), after.values())

    def then(self, later: Change) -> Change:
        """This change and a later one as one."""
        if not self:
            return later
        return Change.squashed((self, later)) if later else self

    def inverted(self) -> Change:
        """The change that undoes this one."""
        return Change(self.after, self.before)

    def check(self, records: Records) -> None:
        """Make sure that the change was made from these records.

        Raises
        ------
        StaleChange
            When a record to go is not there as it was, or one to come is there already.
        """
        for key, record in self.before.items():
            if records.get(type(record), key) != record:
                raise StaleChange(f"{type(record).__name__} {key} is not as the change found it")
        for key, record in self.after.items():
            if key not in self.before and records.get(type(record), key) is not None:
                raise StaleChange(f"{type(record).__name__} {key} is there already")

    def applied(self, records: Records) -> Records:
        """The records after the change; ``StaleChange`` when it was made from others."""
        self.check(records)
        return records.with_changes(self.before.values(), self.after.values())

    @property
    def touched(self) -> frozenset[str]:
        """The ids of every record the change adds, removes or replaces."""
        return frozenset(self.before.keys() | self.after.keys())

    def tells_all_of(self, other: Change) -> bool:
        """Whether it touches every record that another touches."""
        same_sides = (
            other.before.keys() <= self.before.keys() and other.after.keys() <= self.after.keys()
        )
        return same_sides or other.touched <= self.touched

    def added(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a kind that the change adds, in the order they were made."""
        return tuple(
            record
            for key, record in self.after.items()
            if isinstance(record, kind) and key not in self.before
        )

    def removed(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a kind that the change takes away."""
        return tuple(
            record
            for key, record in self.before.items()
            if isinstance(record, kind) and key not in self.after
        )

    def kinds(self) -> frozenset[type[Record]]:
        """The kinds of record the change touches."""
        return frozenset(type(r) for r in (*self.before.values(), *self.after.values()))

    def __bool__(self) -> bool:
        return bool(self.before or self.after)
