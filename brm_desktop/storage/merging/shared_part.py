"""The part of a store that takes part in a company's asset: what was sent and what came.

Every store has it, but for whoever syncs nothing it does nothing: what it works with is imported
when it is asked for, not with the store.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import StoreDamaged, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Record, ReportingLine
from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage import undo
from brm_desktop.storage.copies.copying import Stopped, never
from brm_desktop.storage.merging import link
from brm_desktop.storage.merging.link import AssetLink
from brm_desktop.storage.rows import loading
from brm_desktop.storage.rows.mapping import BY_NAME
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from sqlite_utils import Database

    from brm_desktop.domain.operations import Key, Operation, RowState
    from brm_desktop.domain.replies import Notice, Reply, SiteNote
    from brm_desktop.storage.driver import Reader
    from brm_desktop.storage.keys.store_key import StoreKey
    from brm_desktop.storage.merging.folding import Folded, Progress
    from brm_desktop.storage.merging.outgoing import Edited, Sent
    from brm_desktop.storage.merging.sending import Beside, Mark

_ANYTHING_BESIDE: Final = (
    "SELECT EXISTS (SELECT 1 FROM unknown_field) OR EXISTS (SELECT 1 FROM unknown_row)"
)


class SharedPart:
    """What of an open store is the company's as well; every call raises ``StoreProblem``."""

    site: int
    path: Path
    key: StoreKey | None
    _untold: int
    """How many times something was written that history does not tell all of, such as an answer."""
    _copying: AbstractContextManager[bool]
    """Held by whoever copies the file, in which nothing but its log may change meanwhile."""

    @abstractmethod
    def _asking(self) -> AbstractContextManager[Reader]: ...

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Database]: ...

    @abstractmethod
    def _writing(self, *, told: bool = False) -> AbstractContextManager[Database]: ...

    def link(self) -> AssetLink | None:
        """The asset this store takes part in, if it does."""
        with self._asking() as db:
            return link.read_link(db)

    def save_link(self, asset: AssetLink) -> None:
        """Take part in an asset, or keep what is known of it."""
        with self._writing() as db:
            link.save_link(db, asset)

    def holds_asset(self) -> bool:
        """Whether this is the database of a shared asset, and nobody's own store."""
        with self._asking() as db:
            (found,) = db.execute("SELECT EXISTS (SELECT 1 FROM asset)").fetchone()
            return bool(found)

    def require_own(self) -> None:
        """See that this is somebody's own store, where edits are made."""
        if self.holds_asset():
            raise StoreProblem(
                phrase(
                    "{name} is the database of a shared asset; nothing is changed in it here.",
                    name=self.path.name,
                )
            )

    def sites(self) -> list[SiteNote]:
        """Who takes part, as the asset told last."""
        with self._asking() as db:
            return link.sites(db)

    def notices(self) -> list[Notice]:
        """What became of this store's bundles that the asset has not taken, as it told last."""
        with self._asking() as db:
            return link.notices(db)

    def states(self, keys: Iterable[Key]) -> dict[Key, RowState]:
        """Rows as they are here, those that there are."""
        from brm_desktop.storage.merging import states

        with self._reading() as db:
            return {state.key: state for state in states.states(db, keys)}

    def known(self, keys: Iterable[Key]) -> dict[Key, RowState]:
        """What the asset will have of rows once it has taken all that was sent; stamps only."""
        from brm_desktop.storage.merging import mirror

        with self._reading() as db:
            return mirror.known(db, keys)

    def mark(self) -> Mark:
        """How far the store is now, for :meth:`touched_since`."""
        from brm_desktop.storage.merging import sending

        with self._reading() as db:
            return sending.Mark(self._untold, sending.last_number(db))

    def touched_since(self, mark: Mark) -> set[Key] | None:
        """The rows that something was written about since; ``None`` when that cannot be told."""
        from brm_desktop.storage.merging import sending

        with self._reading() as db:
            return sending.touched_after(db, mark.number) if mark.untold == self._untold else None

    def counting(self, keys: Iterable[Key], told: Container[Key]) -> list[Record]:
        """Of some rows the records that count when it is said what leaves.

        Besides those that are seen they are hidden ones, and deleted ones that the asset was
        ``told`` of.
        """
        from brm_desktop.storage.merging import sending

        with self._reading() as db:
            return sending.counting(db, keys, told)

    def beside(self) -> Beside:
        """What is to be known beside the records before it is said what leaves."""
        from brm_desktop.storage.merging import sending

        return sending.beside(self._reading, self.site)

    def go_on_as(self, site: int) -> None:
        """Begin anew with the asset as another site, as after a backup was restored."""
        from brm_desktop.storage.merging import sending

        with self._writing() as db:
            sending.go_on_as(db, site)

    def edited_since_sent(self) -> Edited:
        """The rows that may have something to send: edited since the last look, or left then."""
        from brm_desktop.storage.merging import outgoing

        with self._reading() as db:
            return outgoing.edited_since_sent(db, self.site)

    def record_sent(
        self,
        sent: Sent | None,
        operations: Sequence[Operation],
        *,
        looked_at: int,
        left: Iterable[Key] = (),
    ) -> None:
        """Note a bundle that was sent, or that there was none to send.

        History was looked through up to ``looked_at``; ``left`` are rows of it to be looked at
        another time.
        """
        from brm_desktop.storage.merging import outgoing

        with self._writing() as db:
            outgoing.record_sent(db, sent, operations, looked_at=looked_at, left=left)

    def look_again(self, keys: Iterable[Key]) -> None:
        """Have rows be looked at for what to send, such as when another choice was made."""
        from brm_desktop.storage.merging import outgoing

        with self._writing() as db:
            outgoing.look_again(db, keys)

    def unacknowledged(self) -> list[Sent]:
        """The bundles that the asset has not taken yet, oldest first."""
        from brm_desktop.storage.merging import outgoing

        with self._reading() as db:
            return outgoing.unacknowledged(db)

    def bundles_after(self, sequence: int) -> list[Sent]:
        """The bundles with what was sent after a sequence, those that were taken, too."""
        from brm_desktop.storage.merging import outgoing

        with self._reading() as db:
            return outgoing.bundles_after(db, sequence)

    def take_back(self, first: int) -> list[Key]:
        """Let go of what was sent from a sequence on and will not be taken; gives the rows of it.

        They are looked at again for what to send.
        """
        from brm_desktop.storage.merging import outgoing

        with self._writing() as db:
            return outgoing.take_back(db, first)

    def make_own(self, entry: Entry, next_stamp: Callable[[], str]) -> int:
        """Stamp anew what was never sent of the sites that this store was before; gives how many.

        Only what a site wrote itself is sent by it.
        """
        from brm_desktop.storage.merging import setting_right

        with self._writing() as db:
            return setting_right.make_own(db, entry, next_stamp)

    def set_right(
        self, first: int, limit: Stamp, entry: Entry, next_stamp: Callable[[], Stamp]
    ) -> None:
        """Take back what was sent from a sequence on; own edits after a limit are stamped anew."""
        from brm_desktop.storage.merging import outgoing, setting_right

        with self._writing() as db:
            outgoing.take_back(db, first)
            setting_right.set_right(db, limit, entry, next_stamp)

    def restamp(self, keys: Iterable[Key], entry: Entry, next_stamp: Callable[[], str]) -> int:
        """Give what was never sent of rows new stamps, in the same order; gives how many."""
        from brm_desktop.storage.merging import folding

        with self._writing() as db:
            return folding.restamp(db, keys, entry, next_stamp)

    def fold(
        self,
        reply: Reply,
        entry: Entry,
        progress: Progress | None = None,
        stopped: Stopped = never,
        again: Mapping[int, Operation] | None = None,
    ) -> Folded:
        """Take in an answer of the asset, all of it or nothing, as one step of undo.

        ``again`` are own operations, by sequence, that an asset has forgotten that went back.
        """
        from brm_desktop.storage.merging import folding

        with self._writing() as db:
            found = folding.fold(db, reply, entry, progress or folding.unheard, stopped, again)
            if found.is_told:
                undo.add_step(db, entry)
            return found

    def write_anew(self) -> None:
        """Write the file anew if anything was erased: no free room of it, nor its log, holds it.

        The store is held meanwhile: a tenth of a second for ten megabytes. Raises ``StoreProblem``
        when there is no room for it twice; then it is owed until it succeeds.
        """
        from brm_desktop.storage.merging.erasing import OWES_WRITING_ANEW

        with self._copying:
            with self._asking() as db:
                if not link.noted(db, OWES_WRITING_ANEW):
                    return
                if self.key is None:  # what is built of an encrypted one stays in memory
                    db.execute("PRAGMA temp_store = FILE")
                db.execute("VACUUM")
                db.execute("PRAGMA wal_checkpoint(truncate)").fetchall()
            with self._writing() as writing:
                link.note(writing, OWES_WRITING_ANEW, 0)

    def take_up(self, millis: int) -> None:
        """Lay into the tables what newer versions wrote that this one has a place for by now.

        ``millis`` is the moment, since 1970. What cannot be read stays beside the tables.
        """
        with self._asking() as db:
            if not db.execute(_ANYTHING_BESIDE).fetchone()[0]:
                return
        from brm_desktop.storage.merging import taking_up

        with suppress(StoreDamaged, ValueError), self._writing() as writing:
            taking_up.take_up(writing, self.site, millis)

    def hidden_lines(self) -> list[ReportingLine]:
        """The solid lines that are not shown since their people have others, or for a circle."""
        from brm_desktop.storage.merging import sending

        with self._asking() as db:
            return sending.hidden_lines(db)

    def time_seen(self) -> int:
        """The latest moment that is known to have been, in ms since 1970; 0 for none."""
        from brm_desktop.storage.merging import moments

        with self._asking() as db:
            return moments.time_seen(db)

    def time_heard(self) -> int:
        """When the asset made the last answer that was taken, in ms since 1970; 0 for none."""
        from brm_desktop.storage.merging import moments

        with self._asking() as db:
            return moments.time_heard(db)

    def see_time(self, millis: int) -> None:
        """Note that it is a moment by this computer's clock."""
        from brm_desktop.storage.merging import moments

        with self._writing() as db:
            moments.see_time(db, millis)

    def come_undone(self) -> int:
        """How many records that others wrote the next undo takes back; 0 for one's own edit."""
        with self._asking() as db:
            step = undo.step_to_undo(db)
            return 0 if step is None else undo.written_by_others(db, step)

    def keep_lease(self, entry: Entry, *, ended: bool) -> Folded:
        """Hide what others wrote once the lease has ended, show it again while it lasts."""
        from brm_desktop.storage.merging import leasing

        with self._writing() as db:
            if ended:
                return leasing.hide_others(db, entry)
            return leasing.show_others(db, entry)

    def is_hidden_by_lease(self) -> bool:
        """Whether what others wrote is hidden since the lease has ended."""
        from brm_desktop.storage.merging import leasing

        with self._asking() as db:
            return leasing.is_hidden_by_lease(db)

    def arrived(
        self,
        changed: Mapping[str, frozenset[str]],
        known: Container[str],
        accounts: Iterable[AccountId],
    ) -> list[Record]:
        """Of rows that changed, the records that are known, shared, or of one of the accounts."""
        found: list[Record] = []
        here = list(accounts)
        with self._reading() as db:
            for kind, rows in changed.items():
                records: list[Record] = loading.by_ids(db, BY_NAME[kind], rows)
                new = [record for record in records if record.id not in known]
                belonging = loading.belonging(db, new, here) if new else set()
                found += [one for one in records if one.id in known or one.id in belonging]
        return found
