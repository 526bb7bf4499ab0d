"""What syncing asks of an open session: its store, its clock, and a way in for others' edits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Account, Records
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.clock import Clock, HeldClock, StampMaker
from brm_desktop.session.working_set import Written
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from brm_desktop.storage.merging.folding import Folded


_HOUR: Final = 3_600_000


class TakenIn(NamedTuple):
    """How many rows came, how many the asset erased by request, and what ``show_written`` takes.

    ``owing`` says why the file could not be written anew yet, without a byte of what was erased.
    """

    rows: int
    erased: int
    written: Written
    owing: Phrase | None = None


class Syncable:
    """The part of a session that syncing works with (``session.syncing``)."""

    _store: LocalStore
    _clock: Clock
    _stamps: StampMaker
    _written: int
    records: Records
    is_asset: ClassVar[bool] = False
    """Whether it is a look at an asset (``session.asset_view``), where nothing is written."""

    @property
    def shared_store(self) -> LocalStore:
        """The store, for what goes out of it and comes in as row states instead of records."""
        return self._store

    def millis(self) -> int:
        """The moment it is, in milliseconds since 1970, UTC."""
        return self._clock.millis()

    def take_in(
        self, name: Phrase, fold: Callable[[Entry], Folded], *, from_a_copy: bool = False
    ) -> TakenIn:
        """Have what others wrote written into the store, and shown to nobody yet; for a worker.

        Whatever is written here later has a greater stamp than all that came. In a store that goes
        on ``from_a_copy``, what waited to be sent waits to be sent by the site it is now.
        """
        entry = self._entry(name, self._stamps.next())
        folded = self._with_lease_renewed(fold(entry), entry)
        if folded.greatest:
            self._stamps.saw(Stamp.from_bytes(bytes.fromhex(folded.greatest)))
        if from_a_copy:
            self._store.make_own(entry, lambda: self._stamps.next().hex())
        owing = self._forget_erased()
        if not folded:
            return TakenIn(folded.rows, folded.erased, Written(Change(), Change()), owing)
        self._written += 1
        change = self._changed(folded)
        guests = self._store.load_guests(change.after.values(), self.records)
        coming = change.then(Change.of((), guests))
        rows = (row for of_kind in folded.changed.values() for row in of_kind)
        elsewhere = not change.touched.issuperset(rows)
        written = Written(change, coming, elsewhere=elsewhere)
        return TakenIn(folded.rows, folded.erased, written, owing)

    def _forget_erased(self) -> Phrase | None:
        """Have the file hold nothing of what was erased; gives why that is still owed, if it is."""
        try:
            self._store.write_anew()
        except StoreProblem as problem:
            return problem.sentence
        return None

    def keep_lease(self) -> None:
        """Hide what colleagues shared once the lease has ended; on the thread of the views.

        What is hidden is not lost: it comes back with the next answer of the asset.
        """
        self.note_time()
        link = self._store.link()
        if link is None or link.lease_until is None:
            return
        if ended := link.lease_until < self.lease_moment():
            name = phrase("The lease has ended")
        elif self._store.is_hidden_by_lease():
            name = phrase("The lease lasts")
        else:
            return
        taken = self.take_in(name, partial(self._store.keep_lease, ended=ended))
        self.show_written(taken.written)

    def lease_moment(self) -> int:
        """The moment that the lease counts against: now, or later when the clock was set back."""
        return max(self.millis(), self._store.time_seen())

    def note_time(self) -> None:
        """Note what time it is where a lease depends on it; not more often than once an hour."""
        link = self._store.link()
        if link is None or link.lease_until is None:
            return
        if self.millis() >= self._store.time_seen() + _HOUR:
            self._store.see_time(self.millis())

    def _with_lease_renewed(self, folded: Folded, entry: Entry) -> Folded:
        """What came, with what was hidden while the lease had ended, if it lasts now."""
        link = self._store.link()
        lasts = link is not None and (link.lease_until or 0) >= self.lease_moment()
        if not lasts or not self._store.is_hidden_by_lease():
            return folded
        more = self._store.keep_lease(entry, ended=False).changed
        kinds = folded.changed.keys() | more.keys()
        none = frozenset[str]()
        changed = {one: folded.changed.get(one, none) | more.get(one, none) for one in kinds}
        return replace(folded, changed=changed)

    def set_stamps_right(self, first: int, asset_now: int) -> None:
        """Take back what was sent from a sequence on: its stamps are of a clock ahead of time.

        What was done by that clock gets stamps of the one that is right now, if it is: nothing is
        stamped later than the moment, ``asset_now``, at which the asset answered.
        """
        from brm_desktop.storage.sharing.terms import AHEAD

        clock = HeldClock(self._clock, asset_now)
        limit = Stamp(clock.millis() + AHEAD, 0, 0)
        stamps = StampMaker.going_on(
            clock, self._store.site, self._store.greatest_stamp(upto=limit)
        )
        entry = self._entry(phrase("Set the clock right"), stamps.next())
        self._store.set_right(first, limit, entry, stamps.next)
        self._stamps = StampMaker(self._clock, stamps.last)

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
