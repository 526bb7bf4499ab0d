"""What a session has in memory: the shared part, the accounts that are opened, their numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import NotFound
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Records
from brm_desktop.session.clock import Clock
from brm_desktop.session.overview import Overview
from brm_desktop.session.settings import Settings, settings_from_plain
from brm_desktop.session.signal import Signal
from brm_desktop.session.working_set import (
    LoadedAccount,
    Ready,
    Written,
    arriving,
    ready_with,
    way_in,
    written_ready,
)
from brm_desktop.storage.local_store import LocalStore

if TYPE_CHECKING:
    from brm_desktop.domain.analysis import AccountAnalysis


class Memory(Overview):
    """The part of a session that brings accounts into memory and follows every change there."""

    records: Records
    """The shared part (everything of organisations that are no customers, and project types) and
    the opened accounts; immutable, so that a worker may keep it."""
    changed: Signal[Change]
    """Told of every change of :attr:`records`: edits, undo, redo, an account opened; then of an
    empty one, when what was written lies in accounts that are not opened, too."""
    settings: Settings

    def __init__(self, store: LocalStore, clock: Clock) -> None:
        super().__init__(store)
        self._clock = clock
        self._written = 0
        self._analyses: dict[AccountId, AccountAnalysis] = {}
        self.records = store.load_shared()
        self.settings = settings_from_plain(store.read_settings())
        self.changed = Signal()

    def today(self) -> date:
        """The day it is."""
        return self._clock.today()

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
        supposed = self._supposed
        records = self._book.load_account(account)
        if not records:
            raise NotFound(phrase("There is no account {name}.", name=account))
        saved = records if supposed is None else self._store.load_account(account)
        ready = ready_with(self.records, records, self._numbers_of(Records(), account))
        return LoadedAccount(account, records, written, saved, ready)

    def show_account(self, loaded: LoadedAccount) -> None:
        """Bring an account read by :meth:`read_account` into :attr:`records`.

        It is read again when something was written in between; raises ``NotFound`` when the
        account is gone by then.
        """
        if loaded.written != self._written:
            loaded = self.read_account(loaded.account)
        if self._supposed is not None:
            self._supposed.came(loaded.saved)
        self._show(*way_in(loaded, self.records, self._numbers_of(Records(), loaded.account)))

    def _made_ready(self, written: Written) -> Written:
        """The same with memory made beside the one in use, where it makes one large account."""
        made = written.coming.added(Account)
        if len(made) != 1 or written.supposed:
            return written
        numbers = self._numbers_of(Records(), made[0].id)
        coming = arriving(self.records, written.coming)
        return replace(written, ready=written_ready(self.records, coming, numbers))

    def _still_ready(self, written: Written) -> Ready | None:
        """What was made ready with something written, if memory is still what it was beside."""
        ready = written.ready
        if ready is None:
            return None
        known = self._numbers_of(Records(), ready.analysis.account)
        return ready if ready.fits(self.records, known) else None

    def analysis(self, account: AccountId) -> AccountAnalysis:
        """The numbers of an account today, kept as far as changes allow; opens the account."""
        self.open_account(account)
        return self._analysed(self.records, account, self._analyses)

    def analysis_before(self, account: AccountId) -> AccountAnalysis | None:
        """An opened account's numbers without what is supposed; ``None`` if it is so itself."""
        if self._supposed is None:
            return self.analysis(account)
        before = self._supposed.before
        if before.get(Account, account) is None:
            return None
        return self._analysed(before, account, self._supposed.analyses)

    def _analysed(
        self, records: Records, account: AccountId, known: dict[AccountId, AccountAnalysis]
    ) -> AccountAnalysis:
        """An account's numbers, new when none are known of today."""
        found = known.get(account)
        if found is None or found.today != self.today():
            found = known[account] = self._numbers_of(records, account)
        return found

    def _numbers_of(self, records: Records, account: AccountId) -> AccountAnalysis:
        from brm_desktop.domain.analysis import AccountAnalysis

        now = self.settings
        return AccountAnalysis(records, account, self.today(), now.rules, now.user)

    def _show(self, change: Change, ready: Ready | None = None) -> None:
        self.records = change.applied(self.records) if ready is None else ready.records
        if self._supposed is not None:
            self._supposed.saw(change)
        known = self._analyses.items()
        self._analyses = {account: one.after(self.records, change) for account, one in known}
        if ready is not None:
            self._analyses[ready.analysis.account] = ready.analysis
        self.changed.emit(change)
