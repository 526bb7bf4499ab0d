"""Small values of accounts that stay in sight while they are read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import AccountId, Records
from brm_desktop.session.company import AccountsBook, Kinds, OfAccount

T = TypeVar("T", bound=OfAccount)


class LastingBook(AccountsBook[T]):
    """A book that shows what it forgot as it was, until that is read again.

    A list made of it neither shrinks nor loses what is being typed in it at every change.
    """

    def __init__(self, indifferent: Kinds, of_all: Kinds = ()) -> None:
        super().__init__(indifferent, of_all)
        self._before: dict[AccountId, T] = {}

    def missing(self, accounts: Iterable[AccountId], today: date) -> list[AccountId]:
        """Which of all accounts are not known today; what is no account any more is forgotten."""
        there = list(accounts)
        found = super().missing(there, today)
        for gone in self._before.keys() - set(there):
            del self._before[gone]
            self._in_order = None
        return found

    def have(self, found: T) -> None:
        """Keep what was read of an account."""
        super().have(found)
        self._before.pop(found.account, None)

    def clear(self) -> None:
        """Forget everything, also what is in sight."""
        super().clear()
        self._before.clear()

    def forget(self, records: Records, change: Change) -> frozenset[AccountId] | None:
        """Forget what a change touches, and say which accounts; ``None`` says all of them."""
        held = dict(self._held)
        touched = super().forget(records, change)
        self._before |= {key: one for key, one in held.items() if key not in self._held}
        return touched

    def _shown(self) -> Mapping[AccountId, T]:
        """What is known, or was until a moment ago."""
        return {**self._before, **self._held}
