"""What the pages of Today know of the accounts, read off the window's thread."""

from __future__ import annotations

from functools import partial

from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId
from brm_desktop.domain.today import AccountToday
from brm_desktop.domain.weekly import WeekOfAccount
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.resources.gathering import AccountsGathered
from brm_desktop.session.company import Reading
from brm_desktop.session.session import Session
from brm_desktop.session.todays import TodayBook, today_there
from brm_desktop.session.week import WeekBook, reviewed_accounts, week_there


class TodayGathered(AccountsGathered[AccountToday]):
    """What all accounts ask for today."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._book = TodayBook()

    def look_at(self, reading: Reading, account: AccountId) -> AccountToday | None:
        """What an account asks for."""
        return today_there(reading, account)


class WeekGathered(AccountsGathered[WeekOfAccount]):
    """The week of the accounts that a weekly review walks; which those are is found out first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._book = WeekBook()
        self._reviewed: list[AccountId] | None = None
        desk.changed.connect(self._other_tiers)
        desk.closed.connect(self._leave)

    @property
    def known(self) -> bool:
        """Whether it is known which accounts are reviewed."""
        return self._reviewed is not None

    def accounts(self) -> list[AccountId]:
        """The key accounts."""
        return self._reviewed or []

    def ask(self) -> None:
        """See that everything is read, after finding out of which accounts."""
        if self._reviewed is not None:
            super().ask()
            return
        session = self._desk.session

        def found(accounts: tuple[AccountId, ...]) -> None:
            if self._desk.is_open and self._desk.session is session:
                self._reviewed = list(accounts)
                super(WeekGathered, self).ask()

        name = phrase("Reading the accounts")
        work = partial(_reviewed, session)
        self._desk.jobs.run(name, lambda _progress: work(), found, quiet=True)

    def look_at(self, reading: Reading, account: AccountId) -> WeekOfAccount | None:
        """An account's week."""
        return week_there(reading, account)

    def _other_tiers(self, change: Change) -> None:
        if Account in change.kinds() and self._reviewed is not None:
            self._leave()
            self.ask()

    def _leave(self) -> None:
        self._reviewed = None


def _reviewed(session: Session) -> tuple[AccountId, ...]:
    return reviewed_accounts(session.portfolio())


def today_of(desk: Desk) -> TodayGathered:
    """The one gathering of a window."""
    found = desk.findChild(TodayGathered)
    return found if isinstance(found, TodayGathered) else TodayGathered(desk)


def weeks_of(desk: Desk) -> WeekGathered:
    """The one gathering of a window."""
    found = desk.findChild(WeekGathered)
    return found if isinstance(found, WeekGathered) else WeekGathered(desk)
