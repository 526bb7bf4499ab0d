"""The latest moment that is known to have been, which a lease counts against.

A clock that is set back does not prolong the lease: the moment is the latest that the store was
ever open at. What a clock that was ahead by mistake has shortened, the next answer of the asset
puts right: from then on the moment is the asset's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from brm_desktop.storage.merging.link import note, noted
from brm_desktop.storage.sharing.terms import LEASE

if TYPE_CHECKING:
    from sqlite_utils import Database

    from brm_desktop.storage.driver import Reader

_SEEN: Final = "sync.time_seen"
_HEARD: Final = "sync.answer_made"


def time_seen(db: Reader) -> int:
    """The latest moment that is known to have been, in milliseconds since 1970; 0 for none."""
    return noted(db, _SEEN)


def see_time(db: Database, millis: int) -> None:
    """Note that it is a moment by this computer's clock."""
    note(db, _SEEN, max(millis, time_seen(db)))


def time_heard(db: Reader) -> int:
    """When the asset made the last answer that was taken, by its clock; 0 before there was one."""
    return noted(db, _HEARD)


def hear_time(db: Database, made_at: int) -> None:
    """Note when the asset made an answer, which is believed whatever this computer's clock said.

    An answer that was taken before says nothing; one made a whole lease before the last one shows
    that the asset's own clock had been ahead.
    """
    last = noted(db, _HEARD)
    if made_at > last or made_at < last - LEASE:
        note(db, _HEARD, made_at)
        note(db, _SEEN, made_at)
