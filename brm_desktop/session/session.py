"""The session: the one door through which every change goes, in the order file, memory, views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self

from brm_desktop.domain.act import Act
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.errors import NotFound, Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Records,
)
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.clock import Clock, IdMaker, SetClock, StampMaker, SystemClock
from brm_desktop.session.naming import named_account
from brm_desktop.session.settings import (
    Settings,
    ThemeChoice,
    checked,
    settings_from_plain,
    settings_to_plain,
)
from brm_desktop.session.signal import Signal
from brm_desktop.session.working_set import (
    LoadedAccount,
    Written,
    decided,
    joining_by,
    share_of,
)
from brm_desktop.storage.lines import AccountLine, FieldChange, HistoryLine, NameLine
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.undo import Step
from brm_desktop.storage.writing import Entry

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


class Session:
    """An open store: its records, and everything that may be done with them.

    One thread at a time uses a session; only :meth:`read_account` may run beside it.
    """

    records: Records
    """The shared part (everything of organisations that are no customers, and project types) and
    the opened accounts; immutable, so that a worker may keep it."""
    changed: Signal[Change]
    """Told of every change of :attr:`records`: edits, undo, redo, an account opened. The change may
    be empty when all that was written lies in accounts that are not opened."""
    settings: Settings
    settings_changed: Signal[Settings]

    def __init__(self, store: LocalStore, clock: Clock) -> None:
        """Work on an open store; :meth:`open` is the usual way."""
        self._store = store
        self._clock = clock
        self._stamps = StampMaker(clock, _last_stamp(store))
        self._new_id = IdMaker(clock)
        self._written = 0
        self._analyses: dict[AccountId, AccountAnalysis] = {}
        self.records = store.load_shared()
        self.settings = settings_from_plain(store.read_settings())
        self.changed = Signal()
        self.settings_changed = Signal()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock | None = None,
        create: bool = False,
        own_name: str = "Our company",
    ) -> Session:
        """Open a store; with ``create``, make it first when there is none.

        ``own_name`` is what our own organisation is called until the user says otherwise.

        Raises
        ------
        StoreProblem
            When there is no file, or it is not a store, newer, damaged, busy or not writable.
        """
        clock = clock or SystemClock()
        if create and not path.exists():
            store = LocalStore.create(path, clock.bits(64))
        else:
            store = LocalStore(path)
        try:
            session = cls(store, clock)
            session._have_own_organisation(own_name)
        except BaseException:
            store.close()
            raise
        return session

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._store.path

    def today(self) -> date:
        """The day it is."""
        return self._clock.today()

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
            self._store, self.records, lambda records: edit(records, act, *args, **kwargs)
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
        self, name: Phrase, change: Change, /, last_look: Callable[[], object] | None = None
    ) -> Written:
        """The first half of :meth:`apply`, for a worker: write a change and show it to nobody.

        Until :meth:`show_written` has brought it into memory the session makes no other edit.
        ``last_look`` is called before the commit; what it raises rolls everything back.
        """
        entry = self._entry(name, self._stamps.next())
        return self._written_to_file(change, entry, last_look=last_look)

    def show_written(self, written: Written) -> None:
        """The second half of :meth:`apply`: memory and views; on the thread of the views."""
        coming = written.coming
        touched = {**coming.before, **coming.after}
        there = (self.records.get(type(record), key) for key, record in touched.items())
        self._show(Change.of((one for one in there if one is not None), coming.after.values()))

    def undo(self) -> Phrase | None:
        """Take back the last edit and give its name; ``None`` when there is none.

        Raises
        ------
        Refused
            When what the edit changed was changed elsewhere since. That edit stays, and the next
            undo takes back the one before it.
        """
        return self._take(self._store.step_to_undo(), phrase("Undo: {edit}"))

    def redo(self) -> Phrase | None:
        """Make the edit again that was undone last and give its name, if there is one."""
        return self._take(self._store.step_to_redo(), phrase("Redo: {edit}"))

    def can_undo(self) -> Phrase | None:
        """The name of the edit that :meth:`undo` would take back."""
        step = self._store.step_to_undo()
        return step.name if step else None

    def can_redo(self) -> Phrase | None:
        """The name of the edit that :meth:`redo` would make again."""
        step = self._store.step_to_redo()
        return step.name if step else None

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
        self.settings_changed.emit(settings)
        return settings

    def portfolio(self) -> list[AccountLine]:
        """Every account, in name order, without loading any."""
        return self._store.portfolio()

    def names(self, most: int = 200_000) -> list[NameLine]:
        """The people and projects of all accounts, without loading any; safe on a worker thread."""
        return self._store.names(most)

    def find_account(self, name: str) -> AccountId:
        """The account of an id, an exact name or short name, or a unique beginning of a name.

        Raises
        ------
        NotFound
            When nothing fits; ``Ambiguous`` when several do.
        """
        return named_account(self._store.account_names(), name)

    def open_account(self, account: AccountId) -> None:
        """Load an account into :attr:`records`, unless it is there; raises ``NotFound``."""
        if self.records.get(Account, account) is None:
            self.show_account(self.read_account(account))

    def read_account(self, account: AccountId) -> LoadedAccount:
        """Read an account's working set and show it to nobody; safe on a worker thread.

        Raises
        ------
        NotFound
            When there is no such account.
        """
        written = self._written
        records = self._store.load_account(account)
        if not records:
            raise NotFound(phrase("There is no account {name}.", name=account))
        return LoadedAccount(account, records, written)

    def show_account(self, loaded: LoadedAccount) -> None:
        """Bring an account read by :meth:`read_account` into :attr:`records`.

        It is read again when something was written in between; raises ``NotFound`` when the
        account is gone by then.
        """
        if loaded.written != self._written:
            loaded = self.read_account(loaded.account)
        self._show(self._coming(loaded.records))

    def all_records(self) -> Records:
        """Everything in the store, for exports and checks; :attr:`records` stays as it is."""
        return self._store.load_all()

    def analysis(self, account: AccountId) -> AccountAnalysis:
        """The numbers of an account today, kept as far as changes allow; opens the account."""
        self.open_account(account)
        found = self._analyses.get(account)
        if found is None or found.today != self.today():
            found = AccountAnalysis(
                self.records, account, self.today(), self.settings.rules, self.settings.user
            )
            self._analyses[account] = found
        return found

    def history(
        self,
        record_id: str | None = None,
        account: AccountId | None = None,
        limit: int = 500,
    ) -> list[HistoryLine]:
        """What was done to a record, to anything of an account, or at all; newest first."""
        return self._store.history(record_id, account, limit)

    def counts(self) -> dict[str, int]:
        """How many records of each kind the store holds, by the kind's name (``person``, …)."""
        return self._store.counts()

    @property
    def schema(self) -> int:
        """The version of the store's schema."""
        return self._store.schema

    def check(self) -> list[Phrase]:
        """What is wrong with the store, a sentence each: schema, file, rules, clocks, history."""
        return self._store.check()

    def close(self) -> None:
        """Close the store; the session cannot be used any more."""
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
        if not self.records.where(Organisation, kind=OrganisationKind.OWN):
            ours = Organisation(
                id=OrganisationId(self._new_id()), name=name, kind=OrganisationKind.OWN
            )
            self.apply(phrase("Create the store"), Change.of((), (ours,)), undoable=False)

    def _write(self, change: Change, entry: Entry, undoable: bool = True) -> None:
        """File, memory, views; nothing for a change that is empty."""
        if change:
            self.show_written(self._written_to_file(change, entry, undoable))

    def _written_to_file(
        self,
        change: Change,
        entry: Entry,
        undoable: bool = True,
        last_look: Callable[[], object] | None = None,
    ) -> Written:
        share = self._applicable(change)
        if change:
            self._store.write(change, entry, undoable=undoable, last_look=last_look)
            self._written += 1
        return Written(change, self._coming_by(change, share))

    def _take(self, step: Step | None, title: Phrase) -> Phrase | None:
        """Undo or redo a step through the same door."""
        if step is None:
            return None
        try:
            change = self._store.change_of_step(step)
        except StaleChange as stale:
            self._store.drop_step(step)
            self.changed.emit(Change())
            raise Refused(
                phrase(
                    "“{edit}” was changed elsewhere since, so it stays as it is.", edit=step.name
                )
            ) from stale
        share = self._applicable(change)
        entry = self._entry(phrase(title.text, edit=step.name), self._stamps.next())
        self._store.write_step(step, change, entry)
        self._written += 1
        self.show_written(Written(change, self._coming_by(change, share)))
        return step.name

    def _applicable(self, change: Change) -> Change:
        """Memory's share of a change, tried out: a defect must show before the file is touched."""
        share = share_of(self.records, change)
        share.applied(self.records)
        return share

    def _coming_by(self, change: Change, share: Change) -> Change:
        """Memory's share of what was written, and what of the store now belongs to it."""
        return share.then(Change.of((), joining_by(self._store, self.records, change, share)))

    def _coming(self, loaded: Records) -> Change:
        """The loaded records that are not there yet; the others are the same."""
        return Change.of((), (record for record in loaded if record.id not in self.records))

    def _show(self, change: Change) -> None:
        self.records = change.applied(self.records)
        known = self._analyses.items()
        self._analyses = {account: one.after(self.records, change) for account, one in known}
        self.changed.emit(change)


def _last_stamp(store: LocalStore) -> Stamp:
    """Where the clock goes on: after all stamps seen, and as this site."""
    start = Stamp(0, 0, store.site)
    greatest = store.greatest_stamp()
    return start if greatest is None else start.seen(greatest)
