"""The process that the pages' benchmark starts: the window over one store, a page after another.

It tells the longest hold-up of each page while all accounts are read for it, of an edit while it is
on show, and how long each takes from being asked for to its first paint.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import monotonic, perf_counter

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / part) for part in ("", "tests/support")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from held_up import LIMIT, Clock, rest  # noqa: E402
from portfolio_shown import opened  # noqa: E402
from PySide6.QtCore import QEvent, QObject, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from brm_desktop.domain import edits  # noqa: E402
from brm_desktop.domain.phrase import phrase  # noqa: E402
from brm_desktop.domain.records import Account, Person, PersonId  # noqa: E402
from brm_desktop.gui.desk import Page, Place  # noqa: E402
from brm_desktop.gui.main_window import MainWindow  # noqa: E402
from brm_desktop.gui.pages.value.page import ValuePage  # noqa: E402
from brm_desktop.gui.portfolio.gathering import portfolio_gathering_of  # noqa: E402
from brm_desktop.gui.sync.page import SyncPage  # noqa: E402
from brm_desktop.gui.today.page import TodayPage  # noqa: E402

TABS = {"period": 0, "potential": 1, "pipeline": 2, "projects": 3, "trends": 5, "calculators": 6}
INDEX = 4
"""This tab has curves read besides, which takes long: it is looked at for a while, and last."""
CURVES_SECONDS = 8.0
EACH_TAB_SECONDS = 2.0
"""So long each tab of Value is on show while accounts are read: long enough for what came twice."""
READ_SECONDS = 4 * LIMIT
EDITS = 2
PEOPLE = 5_000
"""With as many reporting lines: ten thousand records that would leave."""


class FirstPaint(QObject):
    """Sees the first time that anything is painted after it was made."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.at = 0.0
        self._watched: QWidget | None = None

    def watch(self, page: QWidget) -> None:
        """Wait for the paint of this one."""
        self._watched = page
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint is what is waited for."""
        if event.type() == QEvent.Type.Paint and not self.at:
            self.at = perf_counter()
        return super().eventFilter(watched, event)


class Pages:
    """The window, the pages one after another, and what each cost."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.clock = Clock()
        self.found: dict[str, float] = {}
        self._person: PersonId | None = None

    def wait(self, ready: Callable[[], bool], *, all_done: bool = True) -> None:
        """Wait until something is so and nothing is under way, and for what that leads to."""
        until = monotonic() + READ_SECONDS
        rest(50)
        while (all_done and self.window.jobs.running) or not ready():
            if monotonic() > until:
                raise TimeoutError
            rest(20)
        rest(700)

    def go(self, name: str, page: Page) -> QWidget:
        """Go to a page for the first time; how long until it is painted."""
        self.clock.again()
        begun = perf_counter()
        self.window.desk.go(Place(page))
        shown = self.window.pages.currentWidget()
        if shown is None:
            raise TypeError(shown)
        paint = FirstPaint(self.window)
        paint.watch(shown)
        while not paint.at:
            QApplication.processEvents()
        self.found[f"{name} paint"] = paint.at - begun
        return shown

    def told(self, name: str) -> None:
        """The longest hold-up since the last that was told."""
        self.found[name] = self.clock.longest
        self.clock.again()

    def edit(self, name: str, ready: Callable[[], bool], *, all_done: bool = True) -> None:
        """Edit some times, and wait until all is shown anew; the longest hold-up of them."""
        person = self._someone()
        self._touch()
        self.clock.again()
        for closeness in range(40, 40 + EDITS):
            self.window.desk.edit(phrase("Assess"), edits.assess, person, closeness=closeness)
            rest(200)
            self.wait(ready, all_done=all_done)
        self.told(f"{name} edit")

    def _touch(self) -> None:
        """Press a key that does nothing: whoever edits has touched the window before."""
        handle = self.window.windowHandle()
        QTest.keyClick(handle, Qt.Key.Key_Shift)
        self.wait(lambda: True, all_done=False)

    def accounts(self) -> None:
        """The portfolio, from the opening of the store until it is ranked."""
        self.window.desk.go(Place(Page.ACCOUNTS))
        gathering = portfolio_gathering_of(self.window.desk)
        self.wait(lambda: gathering.complete and gathering.settled)
        self.told("accounts read")
        self.edit("accounts", lambda: gathering.settled)

    def today(self) -> None:
        """Today, once every account is read."""
        page = self.go("today", Page.TODAY)
        if not isinstance(page, TodayPage):
            raise TypeError(page)
        self.wait(lambda: page.gathering.settled)
        self.told("today read")
        self.edit("today", lambda: page.gathering.settled)

    def value(self) -> None:
        """Each tab of Value while accounts are read, then once more with an edit."""
        page = self.go("value", Page.VALUE)
        if not isinstance(page, ValuePage):
            raise TypeError(page)
        gathering = page.standing.gathering
        for name, place in TABS.items():
            page.show_tab(place)
            rest(round(EACH_TAB_SECONDS * 1000))
            self.told(f"{name} read")
        self.wait(lambda: gathering.settled and page.standing.shown is not None)
        for name, place in TABS.items():
            self.clock.again()
            page.show_tab(place)
            self.wait(lambda: gathering.settled)
            self.found[f"{name} read"] = max(self.found[f"{name} read"], self.clock.longest)
            self.edit(name, lambda: gathering.settled)

    def index(self) -> None:
        """The BRM index of Value while its curves are read."""
        self.window.desk.go(Place(Page.VALUE))
        page = self.window.pages.currentWidget()
        if not isinstance(page, ValuePage):
            raise TypeError(page)
        gathering = page.standing.gathering
        self.wait(lambda: gathering.settled)
        self.clock.again()
        page.show_tab(INDEX)
        rest(round(CURVES_SECONDS * 1000))
        self.told("index read")
        self.edit("index", lambda: gathering.settled, all_done=False)

    def sync(self) -> None:
        """The Sync page with ten thousand records that would leave."""
        self._share()
        page = self.go("sync", Page.SYNC)
        if not isinstance(page, SyncPage):
            raise TypeError(page)
        self.wait(lambda: page.seen is not None and page.seen.prepared is not None)
        self.told("sync read")
        self.edit("sync", lambda: page.seen is not None)
        prepared = page.seen and page.seen.prepared
        self.found["leaving"] = len(prepared.outgoing.entries) if prepared else 0

    def _someone(self) -> PersonId:
        """Somebody of an account that is open."""
        if self._person is None:
            session = self.window.desk.session
            account = session.portfolio()[0].id
            session.open_account(account)
            home = session.records.one(Account, account).organisation
            self._person = session.records.where(Person, organisation=home)[0].id
            self.wait(lambda: True, all_done=False)
        return self._person

    def _share(self) -> None:
        """Take part in a company's asset, and share a large account in it."""
        from company import Company
        from rep_sync import fill

        folder = self.window.desk.session.path.parent / "company"
        folder.mkdir()
        company = Company(folder)
        company.now = datetime.now().astimezone()
        syncing = self.window.syncing
        syncing.join(company.invite("Wang Min"), "", lambda: None, self._fail)
        self.wait(lambda: syncing.job is None)
        company.merge()
        syncing.take_in()
        self.wait(lambda: syncing.job is None)
        fill(self.window.desk.session, folder / "people.csv", PEOPLE)
        self.wait(lambda: True)

    def _fail(self, sentence: str) -> None:
        raise RuntimeError(sentence)


def main() -> None:
    """Go through the pages and tell."""
    application = QApplication(["pages"])
    pages = Pages(opened(Path(sys.argv[1])))
    pages.found["accounts"] = len(pages.window.desk.session.account_ids())
    wanted = sys.argv[2:] or ["accounts", "today", "value", "sync", "index"]
    if wanted[0] != "accounts":
        pages.wait(lambda: True)
    for name in wanted:
        getattr(pages, name)()
    print(json.dumps(pages.found), flush=True)
    del application
    os._exit(0)


if __name__ == "__main__":
    main()
