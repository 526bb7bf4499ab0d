"""Building the month-end numbers that are missing, some accounts at a time.

What is missing is found without loading anything. :class:`MonthBuilding` reads accounts in a worker
and hands out changes; who drives it brings them in through the session's door, not undoable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.account_sides import Side
from brm_desktop.domain.alike import Alike
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import NotFound
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    AccountId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Records,
    Snapshot,
)
from brm_desktop.domain.snapshots import (
    AccountMonth,
    account_months,
    account_snapshot,
    company_snapshot,
    months_ended,
)
from brm_desktop.session.session import Session
from brm_desktop.storage.rows.lines import MonthsLine

__all__ = [
    "NAME",
    "MonthBuilding",
    "MonthsLine",
    "MonthsWanted",
    "months_wanted",
    "own_company",
]

NAME: Final[Phrase] = phrase("Month-end numbers")
"""What history calls the building of months."""


@dataclass(frozen=True, slots=True)
class MonthsWanted:
    """The months to build of each account, which may be none, and of the companies."""

    of_accounts: Mapping[AccountId, tuple[date, ...]]
    of_companies: tuple[date, ...]

    def __bool__(self) -> bool:
        return bool(self.of_companies) or any(self.of_accounts.values())


def months_wanted(
    lines: Sequence[MonthsLine], own: OrganisationId | None, today: date, *, anew: bool = False
) -> MonthsWanted:
    """The months that have ended and are not kept; with ``anew``, all that have ended.

    They begin with the first assessed month: an account's with its own, a company's with the first
    of any account. The running month is never among them.
    """
    accounts = [line for line in lines if line.is_account]
    kept = {line.subject: frozenset[date]() if anew else line.months for line in lines}
    of_accounts = {
        AccountId(line.subject): _missing(line.first_assessed, kept[line.subject], today)
        for line in accounts
    }
    first = min((line.first_assessed for line in accounts if line.first_assessed), default=None)
    of_companies = () if own is None else _missing(first, kept.get(own, frozenset()), today)
    return MonthsWanted(of_accounts, of_companies)


class MonthBuilding:
    """Builds the months a store lacks; made and worked at in a worker."""

    def __init__(
        self, session: Session, lines: Sequence[MonthsLine], *, anew: bool = False
    ) -> None:
        """See what is to be built; ``lines`` are :meth:`Session.months`."""
        self._session = session
        self._records = session.records
        self._rules = session.settings.rules
        self._anew = anew
        own = own_company(self._records)
        self.wanted = months_wanted(lines, own, session.today(), anew=anew)
        self._companies = {month: list[AccountMonth]() for month in self.wanted.of_companies}
        read = self._companies or anew
        self._left = [a for a, months in self.wanted.of_accounts.items() if months or read]
        self._all = len(self._left)
        self._companies_left = bool(self._companies) or anew
        self._alike = Alike()

    @property
    def done(self) -> bool:
        """Whether everything has been handed out."""
        return not self._left and not self._companies_left

    @property
    def share(self) -> float:
        """How much is done, 0–1."""
        return 1 - len(self._left) / self._all if self._all else 1.0

    def build_next(self, accounts: int, check: Callable[[], object]) -> Change:
        """The next accounts' months as a change, and after the last account the companies'.

        ``check`` is asked before each account; what it raises stops the work there.
        """
        found = Change()
        for _ in range(min(accounts, len(self._left))):
            check()
            found = found.then(self._account(self._left[0]))
            del self._left[0]
        if not self._left:
            found = found.then(self._of_companies())
            self._companies_left = False
        return found

    def _account(self, account: AccountId) -> Change:
        try:
            loaded = self._session.read_account(account).saved
        except NotFound:
            return Change()  # it was removed meanwhile
        new = (record for record in loaded if record.id not in self._records)
        records = self._records.with_changes((), new)
        own = self.wanted.of_accounts[account]
        months = sorted({*own, *self._companies})
        built = {one.month: one for one in account_months(records, account, months, self._rules)}
        before: AccountMonth | None = None
        for month in sorted(self._companies):
            before = self._without_people(built[month], before)
            self._companies[month].append(before)
        return self._change(loaded, [account], [account_snapshot(built[month]) for month in own])

    def _without_people(self, built: AccountMonth, before: AccountMonth | None) -> AccountMonth:
        """What the companies' months are made of later; what stayed as it was is held once."""
        sides: Mapping[OrganisationId | None, Side] = MappingProxyType(
            {key: self._alike.one(replace(side, scores={})) for key, side in built.sides.items()}
        )
        if before is not None and before.sides == sides:
            sides = before.sides
        return replace(built, sides=sides)

    def _of_companies(self) -> Change:
        own = own_company(self._records)
        if own is None:
            return Change()
        rivals = [
            one.id for one in self._records.where(Organisation, kind=OrganisationKind.COMPETITOR)
        ]
        made = []
        for month, accounts in self._companies.items():
            made.append(company_snapshot(own, month, accounts, self._rules))
            seen = {
                organisation
                for one in accounts
                for organisation, side in one.sides.items()
                if side.closeness.scored
            }
            made += [
                company_snapshot(rival, month, accounts, self._rules, ours=False)
                for rival in rivals
                if rival in seen
            ]
        return self._change(self._records, [own, *rivals], made)

    def _change(
        self, records: Records, subjects: Iterable[str], made: Sequence[Snapshot]
    ) -> Change:
        """What puts snapshots in; anew they take the place of all those of the subjects."""
        if not self._anew:
            return Change.put(records, *made)
        kept = (one for subject in subjects for one in records.where(Snapshot, subject=subject))
        return Change.of(kept, made)


def own_company(records: Records) -> OrganisationId | None:
    """The organisation whose months are our company's: the first of our own."""
    return min(
        (one.id for one in records.where(Organisation, kind=OrganisationKind.OWN)), default=None
    )


def _missing(first: date | None, kept: frozenset[date], today: date) -> tuple[date, ...]:
    if first is None:
        return ()
    return tuple(month for month in months_ended(first, today) if month not in kept)
