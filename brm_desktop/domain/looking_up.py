"""Looking up the records of many people at once."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import Protocol, TypeVar

from brm_desktop.domain.records import PersonId, Record, Records

R = TypeVar("R", bound=Record)


class People(Sized, Protocol):
    """People by id: a dictionary or a set of them."""

    def __contains__(self, key: object, /) -> bool: ...

    def __iter__(self) -> Iterator[PersonId]: ...


def records_of(records: Records, kind: type[R], field: str, people: People) -> Iterator[R]:
    """The records of a kind whose field names one of the people, in no order.

    One walk over all of the kind where the people are many among them, else one look-up a person.
    """
    everything = records.all(kind)
    if len(everything) <= 4 * len(people):
        for record in everything.values():
            if getattr(record, field) in people:
                yield record
    else:
        for person in people:
            yield from records.where(kind, **{field: person})
