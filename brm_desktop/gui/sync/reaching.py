"""Edits about records of accounts that are not opened: they are opened first, off the thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.work import Cancelled

_OPENING = phrase("Opening the account")


def with_accounts(
    desk: Desk,
    accounts: Iterable[str],
    then: Callable[[], object],
    otherwise: Callable[[], object] | None = None,
) -> None:
    """Do something once these accounts are in memory; what is no account is there already.

    ``otherwise`` is called when they cannot be read, after that was said.
    """
    session = desk.session
    known = {str(account) for account in session.account_ids()}
    missing = [
        AccountId(one)
        for one in dict.fromkeys(accounts)
        if one in known and desk.records.get(Account, one) is None
    ]
    if not missing:
        then()
        return

    def work(_progress: object) -> list[object]:
        return [session.read_account(one) for one in missing]

    def done(loaded: list[object]) -> None:
        from brm_desktop.session.session import LoadedAccount

        if desk.is_open and desk.session is session:
            for one in loaded:
                assert isinstance(one, LoadedAccount)
                session.show_account(one)
            then()

    def failed(error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            desk.messages.failed(error)
        if otherwise is not None:
            otherwise()

    desk.jobs.run(_OPENING, work, done, failed)
