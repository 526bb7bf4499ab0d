"""What would leave of a whole store, gathered once and then kept up with what changes in it.

Looking through everything takes long in a large store. What leaves of a record depends on that
record, on how it stands with the asset, and on what is chosen of it; so after a change only the
records it touched are looked at again, and those of which something else leaves since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Final, NamedTuple

from brm_desktop.domain.categories import BASE, CATEGORIES
from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.operations import Key, Operation
from brm_desktop.domain.records import Record, Records, SharingChoice
from brm_desktop.domain.sending import Row, operation_of
from brm_desktop.domain.sharing import Leaving, Selection, Staying, leaves_alike, what_leaves


class Sending(NamedTuple):
    """What is to be sent of one row."""

    row: Row
    operation: Operation


@dataclass(frozen=True, slots=True)
class Gathered:
    """What would leave of some records; ``told`` are the rows that the asset knows.

    ``asking`` are the records that leave once the user says so, with the fields of which that
    holds, "" for all of it.
    """

    records: Records
    told: AbstractSet[Key]
    selection: Selection
    sending: Mapping[Key, Sending]
    asking: Mapping[Key, tuple[str, ...]]


ReadRows = Callable[[Sequence[Key]], Iterable[Row]]
"""Gives those of some rows that there are."""


def gathered(records: Records, told: AbstractSet[Key], read: ReadRows, *sites: str) -> Gathered:
    """Look through everything.

    ``records`` are all there are, with the deleted ones that the asset knows; ``sites`` the site in
    16 hex digits, then those it was before. Linear in the records.
    """
    selection = what_leaves(records, records.all(SharingChoice).values())
    keys = [*selection.leaving, *(told - selection.leaving.keys())]
    sending = _sending(records, selection, read(keys), sites)
    asking = dict(_asking(records, selection, selection.staying.keys() | selection.leaving.keys()))
    return Gathered(records, told, selection, sending, asking)


def kept_up(
    before: Gathered, records: Records, touched: AbstractSet[Key], read: ReadRows, *sites: str
) -> Gathered:
    """The same after rows were ``touched``, which are all that changed since.

    Where no record came or went and none names another, no choice is looked through again.
    """
    selection = before.selection
    if not all(_is_alike(before.records, records, key) for key in touched):
        selection = what_leaves(records, records.all(SharingChoice).values())
    again = touched | _changed(before.selection, selection)
    keys = [key for key in again if key in selection.leaving or key in before.told]
    sending = {key: one for key, one in before.sending.items() if key not in again}
    asking = {key: one for key, one in before.asking.items() if key not in again}
    sending |= _sending(records, selection, read(keys), sites)
    asking |= _asking(records, selection, again)
    return Gathered(records, before.told, selection, sending, asking)


def _sending(
    records: Records, selection: Selection, rows: Iterable[Row], sites: tuple[str, ...]
) -> dict[Key, Sending]:
    found = {}
    for row in rows:
        operation = operation_of(records, selection.leaving.get(row.key), row, *sites)
        if operation is not None:
            found[row.key] = Sending(row, operation)
    return found


def _is_alike(before: Records, now: Records, key: Key) -> bool:
    """Whether a record that was touched leaves as it did, and all that is about it."""
    kind = kind_named(key[0])
    one, other = before.get(kind, key[1]), now.get(kind, key[1])
    if kind not in CATEGORIES:
        return one == other or kind is not SharingChoice
    return one is not None and other is not None and leaves_alike(one, other)


def _changed(before: Selection, now: Selection) -> set[Key]:
    """The records of which something else leaves, or for another reason stays."""
    if before is now:
        return set()
    leaving = _differing(before.leaving, now.leaving)
    return leaving | _differing(before.staying, now.staying)


def _differing(
    before: Mapping[Key, Leaving | Staying], now: Mapping[Key, Leaving | Staying]
) -> set[Key]:
    """Where two tables differ; values that very many share are compared once."""
    found = {key for key in before if key not in now}
    alike: dict[tuple[int, int], bool] = {}
    for key, one in now.items():
        other = before.get(key)
        pair = (id(one), id(other))
        if pair not in alike:
            alike[pair] = one == other
        if not alike[pair]:
            found.add(key)
    return found


def _asking(
    records: Records, selection: Selection, keys: Iterable[Key]
) -> Iterator[tuple[Key, tuple[str, ...]]]:
    """Which of some records wait for a word of the user, or which fields of those that leave."""
    for key in keys:
        if selection.staying.get(key) is Staying.ASK:
            yield key, ("",)
        elif key in selection.leaving:
            withheld = selection.leaving[key].withheld
            names = [name for name, why in withheld.items() if why is Staying.ASK]
            if names:
                record = records.one(kind_named(key[0]), key[1])
                said = tuple(name for name in names if says(record, name))
                if said:
                    yield key, said


def says(record: Record, name: str) -> bool:
    """Whether a field of a record says anything else than what it says by itself."""
    return bool(getattr(record, name) != _USUAL[type(record)][name])


def fields_asked_for(record: Record, field: str) -> Iterator[str]:
    """What leaves of a record, or with a field's name of that, once the user says so."""
    kind = type(record)
    names = [field] if field else [n for n, of in CATEGORIES[kind].items() if of is BASE[kind]]
    return (name for name in names if says(record, name))


_USUAL: Final = {kind: {one.name: one.default for one in fields_of(kind)} for kind in CATEGORIES}
