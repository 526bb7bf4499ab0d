"""The session: the one door through which every change goes, in the order file, memory, views."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.errors import Refused, StoreProblem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Organisation, OrganisationId, OrganisationKind, Records
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.clock import Clock, IdMaker, SetClock, StampMaker, SystemClock
from brm_desktop.session.memory import Memory
from brm_desktop.session.protection import Guarded, Protection, open_or_make
from brm_desktop.session.settings import Settings, checked, settings_to_plain
from brm_desktop.session.signal import Signal
from brm_desktop.session.supposing import Book, Supposition, name_of_keeping
from brm_desktop.session.sync_part import Syncable
from brm_desktop.session.theme_choice import ThemeChoice
from brm_desktop.session.unlocking import Secret
from brm_desktop.session.working_set import (
    LoadedAccount,
    Written,
    applicable_share,
    arriving,
    coming_by,
    decided,
    widened,
)
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.lines import AccountLine, FieldChange, HistoryLine, NameLine
from brm_desktop.storage.rows.writing import Entry
from brm_desktop.storage.undo import Step

__all__ = [
    "AccountLine",
    "Clock",
    "FieldChange",
    "HistoryLine",
    "LoadedAccount",
    "NameLine",
    "Session",
    "SetClock",
    "Settings",
    "Signal",
    "SystemClock",
    "ThemeChoice",
    "Written",
]

P = ParamSpec("P")
LastLook = Callable[[], object] | None


class Session(Memory, Guarded, Syncable):
    """An open store: its records, and everything that may be done with them.

    One thread at a time uses a session; only :meth:`read_account` may run beside it.
    """

    settings_changed: Signal[Settings]

    def __init__(self, store: LocalStore, clock: Clock) -> None:
        """Work on an open store; :meth:`open` is the usual way."""
        super().__init__(store, clock)
        self._stamps = StampMaker.going_on(clock, store.site, store.greatest_stamp())
        self._new_id = IdMaker(clock)
        self._is_closed = False
        self.settings_changed = Signal()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock | None = None,
        create: Protection | None = None,
        secret: Secret | None = None,
        own_name: str = "Our company",
    ) -> Session:
        """Open a store; with ``create``, make it first when there is none, protected like that.

        ``secret`` is the passphrase or recovery key of an encrypted one. ``own_name`` is what our
        own organisation is called until the user says otherwise.

        Raises
        ------
        StoreProblem
            When there is no store, or it is newer, damaged, busy, locked or not writable.
        """
        clock = clock or SystemClock()
        store = open_or_make(path, secret, create, clock.bits)
        try:
            store.take_up(clock.millis())
            session = cls(store, clock)
            session._have_own_organisation(own_name)
            session.keep_lease()
        except BaseException:
            store.close()
            raise
        return session

    def act(self) -> Act:
        """The circumstances of an edit made now, for :meth:`apply`; :meth:`edit` has its own."""
        return self._act(self._stamps.next())

    def edit(
        self,
        name: Phrase,
        edit: Callable[Concatenate[Records, Act, P], Change],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change:
        """Make an edit: ``session.edit(phrase("Add a person"), edits.add_person, name="Li", …)``.

        It is decided over :attr:`records` and, when it reaches further, over what it reaches. An
        edit that changes nothing leaves no trace. Raises what the edit raises, and
        ``StoreProblem`` when the store cannot be written; then nothing has changed.
        """
        stamp = self._stamps.next()
        act = self._act(stamp)
        change = decided(
            self._book, self.records, lambda records: edit(records, act, *args, **kwargs)
        )
        self._write(change, self._entry(name, stamp))
        return change

    def apply(self, name: Phrase, change: Change, /, *, undoable: bool = True) -> Change:
        """Make a change that was decided already, such as an import or a layout; one undo step.

        What the user did not do, such as the sample portfolio, is not ``undoable``; history has it.
        """
        self._write(change, self._entry(name, self._stamps.next()), undoable=undoable)
        return change

    def write(
        self, name: Phrase, change: Change, /, last_look: LastLook = None, *, undoable: bool = True
    ) -> Written:
        """The first half of :meth:`apply`, for a worker: write a change and show it to nobody.

        Until :meth:`show_written` brought it in, nothing it touches is edited. ``last_look`` is
        called before the commit; what it raises rolls everything back. A large new account is made
        ready to be shown, so that showing it costs the views' thread little.
        """
        self.leave_supposing_first()
        if not change:
            return Written(change, change)
        entry = self._entry(name, self._stamps.next())
        book = self._book
        write = partial(book.write, change, entry, undoable=undoable, last_look=last_look)
        return self._made_ready(self._entered(book, change, write))

    @staticmethod
    def prepare_to_write() -> None:
        """Import what writing takes and reading does not; for a worker, before the first edit."""
        import brm_desktop.storage.merging.after_edit
        import brm_desktop.storage.sqlite_tools  # noqa: F401

    def show_written(self, written: Written) -> None:
        """The second half of :meth:`apply`: memory and views; on the thread of the views."""
        ready = self._still_ready(written)
        change = arriving(self.records, written.coming) if ready is None else ready.coming
        if self._supposed is not None and not written.supposed:
            self._supposed.changed_too(change)
        self._show(change, ready)
        self._tell_of_others(written.change, change, elsewhere=written.elsewhere)

    def undo(self) -> Phrase | None:
        """Take back the last edit and give its name; ``None`` when there is none.

        Raises
        ------
        Refused
            When what the edit changed was changed elsewhere since. That edit stays, and the next
            undo takes back the one before it.
        """
        return self._take(self._book.step_to_undo(), phrase("Undo: {edit}"))

    def redo(self) -> Phrase | None:
        """Make the edit again that was undone last and give its name, if there is one."""
        return self._take(self._book.step_to_redo(), phrase("Redo: {edit}"))

    def suppose(self) -> None:
        """Begin a what-if: edits, undo and redo change memory and views only, until it ends."""
        if not self.supposing:
            entry = self._entry(phrase("What if"), self._stamps.next())
            self._enter_in(Supposition(self._store, self.records, self._analyses, entry))
            self.changed.emit(Change())

    def keep_supposed(self) -> None:
        """End the what-if and write what was supposed as one edit, one step of undo.

        Raises ``StoreProblem`` when it cannot be written; then it goes on being supposed.
        """
        if self._supposed is not None:
            change = self._supposed.change
            if change:
                name = name_of_keeping(self._supposed.count)
                self._store.write(change, self._entry(name, self._stamps.next()))
            self._enter_in(self._store)
            self.changed.emit(Change())

    def discard_supposed(self) -> None:
        """End the what-if: memory and views are again as they would be without it."""
        supposed = self._supposed
        if supposed is not None:
            way_back = supposed.way_back(self.records)
            self._enter_in(self._store)
            self.records, self._analyses = supposed.before, supposed.analyses
            self.changed.emit(way_back)
            self._tell_of_others(supposed.change, way_back)

    def change_settings(self, **fields: Any) -> Settings:
        """Set some settings: ``session.change_settings(user=person.id)``; not an undo step.

        Raises
        ------
        Refused
            When they cannot be worked with, such as weights that do not add up to 1.
        """
        settings = checked(replace(self.settings, **fields))
        self._store.write_settings(settings_to_plain(settings))
        self.settings = settings
        self._analyses.clear()
        if self._supposed is not None:
            self._supposed.analyses.clear()
        self.settings_changed.emit(settings)
        return settings

    def close(self) -> None:
        """Close the store; the session cannot be used any more. Closing twice does no harm."""
        if not self._is_closed:
            self._is_closed = True
            with suppress(StoreProblem):
                self.note_time()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _act(self, stamp: Stamp) -> Act:
        return Act(self.today(), stamp.hex(), self.settings.user or "", self._new_id)

    def _entry(self, name: Phrase, stamp: Stamp) -> Entry:
        return Entry(name, stamp, self._clock.millis(), self.settings.user or "")

    def _have_own_organisation(self, name: str) -> None:
        """See that the store has our own organisation, also when its making was broken off."""
        there = self.records.where(Organisation, kind=OrganisationKind.OWN)
        if not there and not self._store.holds_asset():
            key = OrganisationId(self._new_id())
            ours = Organisation(id=key, name=name, kind=OrganisationKind.OWN)
            self.apply(phrase("Create the store"), Change.of((), (ours,)), undoable=False)

    def _enter_in(self, book: Book) -> None:
        """Enter changes there from now on; what was read of accounts before is read again."""
        self._book = book
        self._written += 1

    def _write(self, change: Change, entry: Entry, undoable: bool = True) -> None:
        """File, memory, views; nothing for a change that is empty."""
        if change:
            book = self._book
            write = partial(book.write, change, entry, undoable=undoable)
            self.show_written(self._entered(book, change, write))

    def _take(self, step: Step | None, title: Phrase) -> Phrase | None:
        """Undo or redo a step through the same door."""
        if step is None:
            return None
        try:
            change = self._book.change_of_step(step)
        except StaleChange as stale:
            self._store.drop_step(step)
            self.changed.emit(Change())
            raise Refused(
                phrase(
                    "“{edit}” was changed elsewhere since, so it stays as it is.", edit=step.name
                )
            ) from stale
        entry = self._entry(phrase(title.text, edit=step.name), self._stamps.next())
        write = partial(self._book.write_step, step, change, entry)
        self.show_written(self._entered(self._book, change, write))
        return step.name

    def _entered(self, book: Book, change: Change, write: Callable[[], Change]) -> Written:
        """Try a change out in memory, write it, and say what memory is to take."""
        share = applicable_share(self.records, change)
        change, share = widened(self.records, change, share, write())
        self._written += 1
        coming = coming_by(book, self.records, change, share)
        return Written(change, coming, supposed=book is not self._store)

    def _tell_of_others(self, written: Change, shown: Change, *, elsewhere: bool = False) -> None:
        if shown and (elsewhere or not shown.tells_all_of(written)):
            self.changed.emit(Change())
