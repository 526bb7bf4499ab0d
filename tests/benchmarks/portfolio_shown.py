"""The process that the portfolio's benchmark starts: the window at the accounts of one store.

It tells how long the page takes from nothing to its rows on screen, how long the window is held up
at most while everything is computed, by a sort and by a filter; or what is held in memory by the
numbers alone, or by the whole window once its pages were seen.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / part) for part in ("", "tests/support")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from held_up import LIMIT, Clock, rest  # noqa: E402
from measuring import ROUNDS  # noqa: E402
from PySide6.QtCore import QEvent, QObject, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from remembered import bare, held  # noqa: E402

from brm_desktop.domain.portfolio import PortfolioEntry  # noqa: E402
from brm_desktop.gui.desk import Page, Place, Tab  # noqa: E402
from brm_desktop.gui.main_window import MainWindow  # noqa: E402
from brm_desktop.gui.pages.accounts_page import AccountsPage  # noqa: E402
from brm_desktop.gui.pages.value.page import ValuePage  # noqa: E402
from brm_desktop.gui.portfolio.gathering import portfolio_gathering_of  # noqa: E402
from brm_desktop.gui.portfolio.views import View  # noqa: E402
from brm_desktop.gui.preferences import Preferences  # noqa: E402
from brm_desktop.session.company import Reading  # noqa: E402
from brm_desktop.session.demo import write_demo  # noqa: E402
from brm_desktop.session.portfolio import AT_ONCE, entries  # noqa: E402
from brm_desktop.session.session import Session  # noqa: E402

TABS_OF_VALUE = 4
"""Those of a period, of potential, of the pipeline and of projects."""
REST_MS = 5_000
"""Some seconds more than the window waits before it gives memory back."""
_TYPED = ("a", "ar", "华", "", "zz", "")


class Painted(QObject):
    """Sees the first time that a table is painted with rows in it."""

    def __init__(self, page: AccountsPage) -> None:
        super().__init__(page)
        self.rows = False
        self._page = page
        page.table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A paint while there are rows is what is waited for."""
        if event.type() == QEvent.Type.Paint and self._page.model.rows:
            self.rows = True
        return super().eventFilter(watched, event)


def opened(store: Path) -> MainWindow:
    """The window at the accounts of a store, before anything is computed."""
    window = MainWindow(
        write_sample=write_demo,
        preferences=Preferences(store.with_name("window.ini")),
        wanted_language="en",
    )
    window.resize(1400, 880)
    window.show()
    window.start(store)
    end = monotonic() + LIMIT
    while not window.desk.is_open or window.desk.place.page is Page.START:
        rest(5)
        if monotonic() > end:
            raise TimeoutError
    return window


def computed(window: MainWindow) -> tuple[float, float]:
    """How long it takes until every account is ranked, and the longest hold-up meanwhile."""
    window.desk.go(Place(Page.ACCOUNTS))
    gathering = portfolio_gathering_of(window.desk)
    clock, begun = Clock(), perf_counter()
    end = monotonic() + 4 * LIMIT
    rest(50)
    clock.again()
    while not gathering.complete:
        rest(20)
        if monotonic() > end:
            raise TimeoutError
    return perf_counter() - begun, clock.longest


def first_paint(window: MainWindow) -> float:
    """From making the page to its rows on screen, the median."""
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        page = AccountsPage(window.desk)
        painted = Painted(page)
        window.pages.addWidget(page)
        window.pages.setCurrentWidget(page)
        while not painted.rows:
            QApplication.processEvents()
        times.append(perf_counter() - begun)
        rest(300)
        window.pages.setCurrentWidget(window.navigation.accounts)
        window.pages.removeWidget(page)
        page.deleteLater()
        rest(50)
    return median(times)


def sorts(page: AccountsPage) -> list[float]:
    """Every column sorted both ways, painting included."""
    header, viewport, times = page.table.horizontalHeader(), page.table.viewport(), []
    for place in range(len(page.model.columns)):
        for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
            begun = perf_counter()
            header.setSortIndicator(place, order)
            viewport.repaint()
            times.append(perf_counter() - begun)
            rest(5)
    return times


def filters(page: AccountsPage) -> list[float]:
    """Letters typed and kinds of accounts chosen, painting included."""
    viewport, times = page.table.viewport(), []
    for text in _TYPED:
        begun = perf_counter()
        page.filter.setText(text)
        viewport.repaint()
        times.append(perf_counter() - begun)
        rest(5)
    for view in (*View, View.ALL):
        begun = perf_counter()
        page.show_view(view)
        viewport.repaint()
        times.append(perf_counter() - begun)
        rest(5)
    return times


def numbers(store: Path) -> dict[str, int]:
    """What a bare window holds with the numbers of all accounts beside it, and nothing else."""
    window, _ = bare()
    window.resize(1400, 880)
    window.show()
    with Session.open(store) as session:
        reading, accounts = Reading.of(session), session.account_ids()
        found: list[PortfolioEntry] = []
        for place in range(0, len(accounts), AT_ONCE):
            found += entries(reading, accounts[place : place + AT_ONCE])
        rest(1_500)
        return {"held": held(), "accounts": len(found)}


def seen(store: Path) -> dict[str, int]:
    """What the whole window holds when its pages were seen and nothing is under way any more.

    The tabs of Value, without that of curves over years, and the company's relations are told
    apart: their charts are drawn by a process of its own, which is no part of what is held.
    """
    window = opened(store)
    desk = window.desk
    computed(window)
    visited(window, Place(Page.TODAY))
    visited(window, Place(Page.SCREENING))
    visited(window, Place(Page.SYNC))
    account = desk.session.account_ids()[0]
    for tab in Tab:
        visited(window, Place(Page.ACCOUNT, account, tab))
    told = {"accounts": len(desk.session.account_ids()), "pages": at_rest(window)}
    visited(window, Place(Page.VALUE))
    page = window.pages.currentWidget()
    if not isinstance(page, ValuePage):
        raise TypeError(page)
    for tab_of_value in range(TABS_OF_VALUE):
        page.show_tab(tab_of_value)
        settle(window)
    visited(window, Place(Page.COLLEAGUES))
    return {**told, "charts": at_rest(window)}


def visited(window: MainWindow, place: Place) -> None:
    """Go somewhere, and wait for what is read there."""
    window.desk.go(place)
    settle(window)


def settle(window: MainWindow) -> None:
    """Wait until nothing is under way, and for what that leads to."""
    end = monotonic() + 4 * LIMIT
    rest(300)
    while window.jobs.running:
        if monotonic() > end:
            raise TimeoutError
        rest(20)
    rest(300)


def at_rest(window: MainWindow) -> int:
    """What is held some seconds after the last of it."""
    settle(window)
    rest(REST_MS)
    return held()


def main() -> None:
    """Measure and tell; with ``numbers`` or ``seen`` only the memory that is taken."""
    application = QApplication(["portfolio"])
    store = Path(sys.argv[1])
    if sys.argv[2:] == ["seen"]:
        print(json.dumps(seen(store)), flush=True)
        os._exit(0)
    if sys.argv[2:] == ["numbers"]:
        print(json.dumps(numbers(store)), flush=True)
        os._exit(0)
    window = opened(store)
    seconds, longest = computed(window)
    end = monotonic() + 10 * LIMIT
    while window.jobs.running and monotonic() < end:
        rest(100)  # the months of a new store are built meanwhile; they are no part of the page
    page = window.navigation.accounts
    told = {
        "accounts": len(page.model.rows),
        "ranked": sum(one.rank is not None for one in page.model.rows),
        "computed": seconds,
        "longest": longest,
        "first": first_paint(window),
        "sort": median(sorts(page)),
        "sort_longest": max(sorts(page)),
        "filter": median(filters(page)),
        "filter_longest": max(filters(page)),
    }
    print(json.dumps(told), flush=True)
    del application
    os._exit(0)


if __name__ == "__main__":
    main()
