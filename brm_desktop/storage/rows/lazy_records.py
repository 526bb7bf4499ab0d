"""An account's records read piece by piece, for a question about a few people of very many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from brm_desktop.domain.records import AccountId, Record, Records
from brm_desktop.storage.rows.loading import PARTS, SHARED_PARTS, Reading, by_ids, read_where
from brm_desktop.storage.rows.mapping import TABLES

R = TypeVar("R", bound=Record)


class LazyRecords(Records):
    """What is asked for is read by its index then, and once; nothing else ever is.

    A route to someone needs some dozens of records, however large the account: what a search over
    it meets is looked up in the tables. :meth:`all` gives the kind's records of the account and of
    the shared part. Good for one question: what is written meanwhile may be seen or not.
    """

    __slots__ = ("_account", "_by_id", "_having", "_reading")

    def __init__(self, reading: Reading, account: AccountId) -> None:
        super().__init__()
        self._reading = reading
        self._account = account
        self._by_id: dict[tuple[type[Record], str], Record | None] = {}
        self._having: dict[tuple[type[Record], str, object], tuple[Record, ...]] = {}

    def all(self, kind: type[R]) -> Mapping[str, R]:
        """The account's and the shared records of a kind, by id."""
        conditions = [c for of_kind, c in (*PARTS, *SHARED_PARTS) if of_kind is kind]
        found: dict[str, R] = {}
        with self._reading() as db:
            for condition in conditions:
                for record in read_where(db, kind, condition, {"account": self._account}):
                    found[record.id] = cast("R", record)
        return found

    def get(self, kind: type[R], record_id: str | None) -> R | None:
        """One record, read when it was not yet."""
        if record_id is None:
            return None
        key = (kind, record_id)
        if key not in self._by_id:
            with self._reading() as db:
                self._keep(kind, by_ids(db, TABLES[kind], (record_id,)))
            self._by_id.setdefault(key, None)
        return cast("R | None", self._by_id[key])

    def having(self, kind: type[R], field: str, value: object) -> tuple[R, ...]:
        """The records of a kind whose one field has a value, read when they were not yet."""
        key = (kind, field, value)
        if key not in self._having:
            (cell,) = TABLES[kind].codes[field].to_columns(value)
            with self._reading() as db:
                rows = read_where(db, kind, f'"{field}" IS :value', {"value": cell})
                self._having[key] = self._keep(kind, rows)
        return cast("tuple[R, ...]", self._having[key])

    def _keep(self, kind: type[Record], records: Iterable[Record]) -> tuple[Record, ...]:
        found = tuple(records)
        self._by_id.update(((kind, record.id), record) for record in found)
        return found
