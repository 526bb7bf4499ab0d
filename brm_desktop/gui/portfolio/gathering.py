"""What all accounts bring to the portfolio, read off the window's thread and ranked there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal

from brm_desktop.domain.portfolio import Portfolio, PortfolioEntry, portfolio_of
from brm_desktop.domain.records import AccountId
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.resources.gathering import AccountsGathered
from brm_desktop.gui.working import Working
from brm_desktop.session.company import Reading
from brm_desktop.session.portfolio import AT_ONCE, PortfolioBook, entries


class PortfolioGathering(AccountsGathered[PortfolioEntry]):
    """What all accounts bring, as it comes; ``ranked`` is told when it was ranked anew.

    ``portfolio`` is of the accounts read so far: ranks count once it is ``complete``. From then on
    it is always of all accounts, after a change for a moment still as they were.
    """

    ranked = Signal()
    at_once = AT_ONCE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PortfolioBook())
        self._working = Working(desk)
        self.portfolio: Portfolio | None = None
        self.complete = False
        self.renewed.connect(self._rank)
        desk.closed.connect(self._let_go)

    def look_at_some(
        self, reading: Reading, accounts: Sequence[AccountId]
    ) -> Iterable[PortfolioEntry]:
        """What some accounts bring."""
        return entries(reading, accounts)

    def _rank(self) -> None:
        if self.complete and not self.settled:
            return  # the ranks of a moment ago are nearer to the truth than those of a part
        held, rules, whole = self.held, self._desk.session.settings.rules, self.settled
        self._working.ask(lambda: (portfolio_of(held, rules), whole), self._take_ranked)

    def _take_ranked(self, found: tuple[Portfolio, bool]) -> None:
        self.portfolio, self.complete = found
        self.ranked.emit()

    def _let_go(self) -> None:
        self.portfolio, self.complete = None, False


def portfolio_gathering_of(desk: Desk) -> PortfolioGathering:
    """The one portfolio of a window."""
    found = desk.findChild(PortfolioGathering)
    return found if isinstance(found, PortfolioGathering) else PortfolioGathering(desk)
