"""What syncing asks of an open session: its store, its clock, and a way in for others' edits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Account, Records
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.clock import Clock, StampMaker
from brm_desktop.session.working_set import Written
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.writing import Entry
from brm_desktop.storage.shared import AHEAD

if TYPE_CHECKING:
    from brm_desktop.storage.merging.folding import Folded


class Syncable:
    """The part of a session that syncing works with (``session.syncing``)."""

    _store: LocalStore
    _clock: Clock
    _stamps: StampMaker
    _written: int
    records: Records

    @property
    def shared_store(self) -> LocalStore:
        """The store, for what goes out of it and comes in as row states instead of records."""
        return self._store

    def millis(self) -> int:
        """The moment it is, in milliseconds since 1970, UTC."""
        return self._clock.millis()

    def take_in(
        self, name: Phrase, fold: Callable[[Entry], Folded], *, from_a_copy: bool = False
    ) -> tuple[int, Written]:
        """Have what others wrote written into the store, and shown to nobody yet; for a worker.

        Gives how many rows came, and what goes into memory with ``Session.show_written``. Whatever
        is written here later has a greater stamp than all that came. In a store that goes on
        ``from_a_copy``, what waited to be sent waits to be sent by the site it is now.
        """
        entry = self._entry(name, self._stamps.next())
        folded = fold(entry)
        if folded.greatest:
            self._stamps.saw(Stamp.from_bytes(bytes.fromhex(folded.greatest)))
        if from_a_copy:
            self._store.make_own(entry, lambda: self._stamps.next().hex())
        if not folded:
            return folded.rows, Written(Change(), Change())
        self._written += 1
        change = self._changed(folded)
        guests = self._store.load_guests(change.after.values(), self.records)
        coming = change.then(Change.of((), guests))
        return folded.rows, Written(change, coming)

    def keep_lease(self) -> None:
        """Show what colleagues shared only while the lease lasts; on the thread of the views.

        What is hidden is not lost: it comes back with the next answer of the asset.
        """
        link = self._store.link()
        if link is None or link.lease_until is None:
            return
        ended = link.lease_until < self.millis()
        if ended or self._store.is_hidden_by_lease():
            name = phrase("The lease has ended") if ended else phrase("The lease was renewed")
            _, written = self.take_in(name, partial(self._store.keep_lease, ended=ended))
            self.show_written(written)

    def set_stamps_right(self, first: int) -> None:
        """Take back what was sent from a sequence on: its stamps are of a clock ahead of time.

        What was done by that clock gets stamps of the one that is right now.
        """
        limit = Stamp(self.millis() + AHEAD, 0, 0)
        stamps = StampMaker.going_on(
            self._clock, self._store.site, self._store.greatest_stamp(upto=limit)
        )
        entry = self._entry(phrase("Set the clock right"), stamps.next())
        self._store.set_right(first, limit, entry, stamps.next)
        self._stamps = stamps

    def _changed(self, folded: Folded) -> Change:
        """What was changed of what memory holds or is to hold, as it has it and as it is now."""
        ids = {row for of_kind in folded.changed.values() for row in of_kind}
        before = [record for record in self.records if record.id in ids]
        accounts = (one.id for one in self.records.all(Account).values())
        return Change.of(before, self._store.arrived(folded.changed, self.records, accounts))

    @abstractmethod
    def show_written(self, written: Written) -> None:
        """Bring what was written into memory and the views."""

    @abstractmethod
    def _entry(self, name: Phrase, stamp: Stamp) -> Entry: ...
