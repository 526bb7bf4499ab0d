"""Edits about records of accounts that are not opened: they are opened first, off the thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.work import Cancelled

if TYPE_CHECKING:
    from brm_desktop.session.session import LoadedAccount

_OPENING = phrase("Opening the account")


def with_accounts(
    desk: Desk,
    accounts: Iterable[str],
    then: Callable[[], object],
    otherwise: Callable[[], object] | None = None,
    *,
    unasked: Callable[[], object] | None = None,
) -> None:
    """Do something once these accounts are in memory; what is no account is there already.

    ``otherwise`` is called when they cannot be read, after that was said. Until then the desk owes
    it: who closes the store meanwhile waits for it. Nothing may be asked then any more: what would
    ask gives what is done ``unasked`` in its place.
    """
    known = {str(account) for account in desk.session.account_ids()}
    missing = [
        AccountId(one)
        for one in dict.fromkeys(accounts)
        if one in known and desk.records.get(Account, one) is None
    ]
    if not missing:
        then()
        return
    waiting = _Waiting(desk, missing, then, otherwise, unasked or then)
    desk.owed.append(waiting.settle)
    desk.jobs.run(_OPENING, lambda _progress: waiting.read(), waiting.bring, waiting.failed)


class _Waiting:
    """What is done once some accounts are there; done once, by the worker's answer or before."""

    def __init__(
        self,
        desk: Desk,
        missing: list[AccountId],
        then: Callable[[], object],
        otherwise: Callable[[], object] | None,
        unasked: Callable[[], object],
    ) -> None:
        self._desk = desk
        self._session = desk.session
        self._missing = missing
        self._then = then
        self._otherwise = otherwise
        self._unasked = unasked

    def read(self) -> list[LoadedAccount]:
        """The accounts, read beside the session; for any thread."""
        return [self._session.read_account(one) for one in self._missing]

    def bring(self, loaded: list[LoadedAccount]) -> None:
        """Show what was read, and do what waited for it."""
        if self._paid() and self._desk.is_open and self._desk.session is self._session:
            for one in loaded:
                self._session.show_account(one)
            self._then()

    def failed(self, error: BaseException) -> None:
        """They cannot be read, or nobody wants them any more."""
        if not self._paid():
            return
        if not isinstance(error, Cancelled):
            self._desk.messages.failed(error)
        if self._otherwise is not None:
            self._otherwise()

    def settle(self) -> None:
        """Do it now, whatever the worker is at."""
        try:
            loaded = self.read()
        except Problem as problem:
            self.failed(problem)
        else:
            self._then = self._unasked
            self.bring(loaded)

    def _paid(self) -> bool:
        """Whether it was still owed; it is not any more."""
        owed = self.settle in self._desk.owed
        if owed:
            self._desk.owed.remove(self.settle)
        return owed
