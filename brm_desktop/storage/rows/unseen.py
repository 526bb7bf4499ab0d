"""What an edit had to know and did not, because its account is not loaded.

An edit decides over the records in memory. What it takes away may be named by records of other
accounts, and a name or an id it gives may be taken there. All is found by indexes, but for the
people of interactions.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    REFERENCES,
    Account,
    Organisation,
    Person,
    Record,
    Reference,
)
from brm_desktop.storage.rows.loading import by_ids, read_where
from brm_desktop.storage.rows.mapping import TABLES, to_json

if TYPE_CHECKING:
    from brm_desktop.storage.driver import Reader

_SIDES: Final[dict[type[Record], str]] = {Person: "organisation", Organisation: "kind"}
"""The fields that decide on which side a record stands, and so what may name it."""

_Ids = dict[type[Record], list[str]]


def unseen(db: Reader, change: Change, known: Container[str]) -> list[Record]:
    """The stored records that bear on a change and were not known when it was decided.

    Those are what names a record that goes or changes sides, what is stored under an id or, an
    organisation, under a name that is given anew, and the accounts such organisations have.
    """
    homes = list(_namesakes(db, change))
    found = chain(
        naming(db, _shaken(change)), _of_same_ids(db, change), homes, _accounts(db, change, homes)
    )
    return list({one.id: one for one in found if one.id not in known}.values())


def _shaken(change: Change) -> _Ids:
    """What goes or changes sides, by kind."""
    ids: _Ids = {}
    for key, record in change.before.items():
        kind, now = type(record), change.after.get(key)
        side = _SIDES.get(kind)
        moved = side is not None and getattr(now, side, None) != getattr(record, side)
        if now is None or moved:
            ids.setdefault(kind, []).append(key)
    return ids


def naming(
    db: Reader,
    ids: Mapping[type[Record], Sequence[str]],
    kinds: Container[type[Record]] | None = None,
) -> Iterator[Record]:
    """Every record, or every one of some kinds, that names one of these ids, given by kind."""
    for reference in REFERENCES:
        if kinds is not None and reference.kind not in kinds:
            continue
        named = [key for kind in reference.targets for key in ids.get(kind, ())]
        if named:
            yield from read_where(db, reference.kind, _names(reference), {"ids": to_json(named)})


def _names(reference: Reference) -> str:
    """The condition that a record names one of ``:ids``."""
    among = "IN (SELECT value FROM json_each(:ids))"
    if TABLES[reference.kind].codes[reference.field].empty == []:
        return f'EXISTS (SELECT 1 FROM json_each("{reference.field}") WHERE value {among})'
    return f'"{reference.field}" {among}'


def _of_same_ids(db: Reader, change: Change) -> Iterator[Record]:
    """What is stored under the ids of new records."""
    ids: _Ids = {}
    for key, record in change.after.items():
        if key not in change.before:
            ids.setdefault(type(record), []).append(key)
    for kind, of_kind in ids.items():
        yield from by_ids(db, TABLES[kind], of_kind)


def _namesakes(db: Reader, change: Change) -> Iterator[Record]:
    """Organisations called as one that comes or is renamed."""
    names = [
        record.name
        for key, record in change.after.items()
        if isinstance(record, Organisation) and _name(change.before.get(key)) != record.name
    ]
    if names:
        condition = "name IN (SELECT value FROM json_each(:names))"
        yield from read_where(db, Organisation, condition, {"names": to_json(names)})


def _name(record: Record | None) -> str | None:
    return record.name if isinstance(record, Organisation) else None


def _accounts(db: Reader, change: Change, homes: Iterable[Record]) -> Iterator[Record]:
    """The accounts of some organisations, and of those that get one."""
    ids = [*(home.id for home in homes), *(one.organisation for one in change.added(Account))]
    if ids:
        condition = "organisation IN (SELECT value FROM json_each(:ids))"
        yield from read_where(db, Account, condition, {"ids": to_json(ids)})
