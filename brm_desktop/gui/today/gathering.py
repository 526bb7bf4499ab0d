"""What the pages of Today know of the accounts, read off the window's thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId
from brm_desktop.domain.today import AccountToday
from brm_desktop.domain.weekly import WeekOfAccount
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.resources.gathering import AccountsGathered
from brm_desktop.gui.work import Cancelled
from brm_desktop.session.company import Reading
from brm_desktop.session.portfolio import AT_ONCE
from brm_desktop.session.session import Session
from brm_desktop.session.todays import TodayBook, todays
from brm_desktop.session.week import WeekBook, reviewed_accounts, week_there


class TodayGathered(AccountsGathered[AccountToday]):
    """What all accounts ask for today."""

    at_once = AT_ONCE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, TodayBook())

    def look_at_some(
        self, reading: Reading, accounts: Sequence[AccountId]
    ) -> Iterable[AccountToday]:
        """What some accounts ask for."""
        return todays(reading, accounts)


class WeekGathered(AccountsGathered[WeekOfAccount]):
    """The week of the accounts that a weekly review walks; which those are is found out first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, WeekBook())
        self._reviewed: list[AccountId] | None = None
        self._looking = self._again = False
        desk.changed.connect(self._other_tiers)
        desk.closed.connect(self._leave)

    @property
    def known(self) -> bool:
        """Whether it is known which accounts are reviewed."""
        return self._reviewed is not None and not self._looking

    def accounts(self) -> list[AccountId]:
        """The key accounts."""
        return self._reviewed or []

    def ask(self) -> None:
        """See that everything is read, after finding out of which accounts."""
        if self._reviewed is None:
            self._look()
        else:
            super().ask()

    def look_at(self, reading: Reading, account: AccountId) -> WeekOfAccount | None:
        """An account's week."""
        return week_there(reading, account)

    def _look(self) -> None:
        """Find out which accounts are reviewed, once more when something changes meanwhile."""
        if not self._desk.is_open or self._looking:
            self._again = self._looking
            return
        self._looking = True
        session = self._desk.session
        self._desk.jobs.run(
            phrase("Reading the accounts"),
            lambda _progress: reviewed_accounts(session.portfolio()),
            lambda accounts: self._found(session, accounts),
            self._not_found,
            quiet=True,
        )

    def _found(self, session: Session, accounts: tuple[AccountId, ...]) -> None:
        again, self._looking, self._again = self._again, False, False
        if not self._desk.is_open or self._desk.session is not session:
            return
        self._reviewed = list(accounts)
        if again:
            self._look()
            return
        self._settled = False
        super().ask()

    def _not_found(self, error: BaseException) -> None:
        self._looking = self._again = False
        if not isinstance(error, Cancelled | Problem):
            self._desk.messages.failed(error)

    def _other_tiers(self, change: Change) -> None:
        """Accounts that are not open may have come or gone, too, when a change is empty."""
        if self._asked and (not change or Account in change.kinds()):
            self._look()

    def _leave(self) -> None:
        self._reviewed = None
        self._looking = self._again = False


def today_of(desk: Desk) -> TodayGathered:
    """The one gathering of a window."""
    found = desk.findChild(TodayGathered)
    return found if isinstance(found, TodayGathered) else TodayGathered(desk)


def weeks_of(desk: Desk) -> WeekGathered:
    """The one gathering of a window."""
    found = desk.findChild(WeekGathered)
    return found if isinstance(found, WeekGathered) else WeekGathered(desk)
