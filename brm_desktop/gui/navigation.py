"""Going from page to page: what is on show, the way to it, and what is loaded for it."""

from __future__ import annotations

import gc
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from brm_desktop.domain.naming import account_called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Organisation, Person, Project
from brm_desktop.gui.crumbs import Crumb
from brm_desktop.gui.desk import Page, Place, Section, Tab
from brm_desktop.gui.page_makers import PageMaker
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import name_of
from brm_desktop.language import tr

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow
    from brm_desktop.gui.pages.account_page import AccountPage
    from brm_desktop.gui.pages.accounts_page import AccountsPage
    from brm_desktop.gui.portfolio.screening_page import ScreeningPage
    from brm_desktop.gui.review.page import ReviewPage
    from brm_desktop.gui.sync.asset_page import AssetPage
    from brm_desktop.gui.today.page import TodayPage
    from brm_desktop.gui.today.weekly_page import WeeklyPage
    from brm_desktop.session.session import Session

_RAIL = {
    Page.TODAY: "show_today",
    Page.WEEKLY: "show_today",
    Page.ACCOUNTS: "show_accounts",
    Page.ACCOUNT: "show_accounts",
    Page.COLLEAGUES: "show_colleagues",
    Page.COMPETITORS: "show_competitors",
    Page.VALUE: "show_value",
    Page.BACKUPS: "show_backups",
    Page.SYNC: "show_sync",
    Page.REVIEW: "show_review",
    Page.ASSET: "show_sync",
    Page.SCREENING: "show_accounts",
    Page.WHCSE: "show_accounts",
}

BEGINS_TODAY = "window/begins_today"
"""Which of the two first pages a store is opened at: the one that was on show last."""
_OPENING = phrase("Opening the account")

TAB_TITLES = {
    Tab.MAP: phrase("Map"),
    Tab.PEOPLE: phrase("People"),
    Tab.CHAINS: phrase("Decision chains"),
    Tab.PROJECTS: phrase("Projects"),
    Tab.PLAN: phrase("Plan"),
    Tab.HISTORY: phrase("History"),
}


class Navigation(QObject):
    """The pages of the window, each made when it is first shown."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        self._maker = PageMaker(window)
        self._pages: dict[Page, QWidget] = {}
        self._desk.went.connect(self.go)
        self._desk.opened.connect(self._opened)
        self._desk.closed.connect(self.show_start)
        self._desk.changed.connect(self._changed)

    def show_start(self) -> None:
        """The page shown while no store is open."""
        self._arrive(Place(Page.START))

    def go(self, place: Place) -> None:
        """Go somewhere; an account that is not loaded is read off the window's thread first."""
        account = place.account
        if account is None or self._desk.records.get(Account, account) is not None:
            self._arrive(place)
            return
        session = self._desk.session

        def arrived(loaded: object) -> None:
            from brm_desktop.session.session import LoadedAccount

            if self._desk.is_open and self._desk.session is session:
                assert isinstance(loaded, LoadedAccount)
                session.show_account(loaded)
                self._make_ready(place, session)

        def read(_progress: object) -> object:
            import brm_desktop.gui.inspector.inspector
            import brm_desktop.gui.pages.account_page  # noqa: F401  read here, off the thread

            return session.read_account(account)

        self._desk.jobs.run(_OPENING, read, arrived)

    def _make_ready(self, place: Place, session: Session) -> None:
        """Make what an account is shown with, piece by piece between two events, and go there."""

        def arrive() -> None:
            gc.freeze()  # what stays need not be gone through in the middle of a gesture
            self._arrive(place)

        pieces = (
            lambda: self._page(Page.ACCOUNT),
            lambda: self.account.tab(place.tab),
            lambda: self._window.inspector,
            arrive,
        )

        def is_wanted(_piece: object) -> bool:
            return self._desk.is_open and self._desk.session is session

        self._desk.jobs.in_turn(_OPENING, takewhile(is_wanted, pieces))

    def prepare(self) -> None:
        """Make what a store is shown with first, before there is one."""
        self._page(Page.ACCOUNTS)

    def retell(self) -> None:
        """Say the way to where one is in the language in use."""
        self._show_way()
        self._show_state()

    @property
    def accounts(self) -> AccountsPage:
        """The page of the accounts."""
        from brm_desktop.gui.pages.accounts_page import AccountsPage

        page = self._page(Page.ACCOUNTS)
        assert isinstance(page, AccountsPage)
        return page

    @property
    def account(self) -> AccountPage:
        """The page of an account."""
        from brm_desktop.gui.pages.account_page import AccountPage

        page = self._page(Page.ACCOUNT)
        assert isinstance(page, AccountPage)
        return page

    def _arrive(self, place: Place) -> None:
        window = self._window
        came = place != self._desk.place or place.page is Page.START
        self._desk.arrive(place)
        if place.page in {Page.TODAY, Page.ACCOUNTS}:
            window.preferences.set_flag(BEGINS_TODAY, place.page is Page.TODAY)
        page = self._page(place.page)
        window.pages.setCurrentWidget(page)
        window.rail.show_page(_RAIL.get(place.page, ""))
        if place.page is Page.ACCOUNT:
            self.account.show_place(place)
        window.show_panels()
        self.retell()
        if came:
            _focus(page)

    def _page(self, wanted: Page) -> QWidget:
        found = self._pages.get(wanted)
        if found is None:
            found = self._maker.make(wanted)
            self._pages[wanted] = found
            self._window.pages.addWidget(found)
        return found

    @property
    def screening(self) -> ScreeningPage:
        """The queue of accounts that are to be screened."""
        from brm_desktop.gui.portfolio.screening_page import ScreeningPage

        page = self._page(Page.SCREENING)
        assert isinstance(page, ScreeningPage)
        return page

    @property
    def today(self) -> TodayPage:
        """The page of what is due."""
        from brm_desktop.gui.today.page import TodayPage

        page = self._page(Page.TODAY)
        assert isinstance(page, TodayPage)
        return page

    @property
    def weekly(self) -> WeeklyPage:
        """The page of the weekly review."""
        from brm_desktop.gui.today.weekly_page import WeeklyPage

        page = self._page(Page.WEEKLY)
        assert isinstance(page, WeeklyPage)
        return page

    @property
    def review(self) -> ReviewPage:
        """The page of what is to be looked at."""
        from brm_desktop.gui.review.page import ReviewPage

        page = self._page(Page.REVIEW)
        assert isinstance(page, ReviewPage)
        return page

    @property
    def asset(self) -> AssetPage:
        """The page of the asset's report."""
        from brm_desktop.gui.sync.asset_page import AssetPage

        page = self._page(Page.ASSET)
        assert isinstance(page, AssetPage)
        return page

    def _opened(self) -> None:
        self._window.setWindowTitle(f"{self._desk.session.path.stem} – BRM Desktop")
        begins_today = self._window.preferences.flag(BEGINS_TODAY, default=False)
        self._arrive(Place(Page.TODAY if begins_today else Page.ACCOUNTS))
        self.accounts.ask_refresh()

    def _changed(self) -> None:
        place = self._desk.place
        gone = place.account is not None and (
            self._desk.records.get(Account, place.account) is None
        )
        if gone:
            self._arrive(Place(Page.ACCOUNTS))
        elif place.person and self._desk.records.get(Person, place.person) is None:
            self._arrive(Place(Page.ACCOUNT, place.account, Tab.MAP))
        elif place.project and self._desk.records.get(Project, place.project) is None:
            self._arrive(Place(Page.ACCOUNT, place.account, Tab.CHAINS))
        else:
            self._show_way()
        self._show_state()

    def _show_state(self) -> None:
        window, commands = self._window, self._window.commands
        session = self._desk.session if self._desk.is_open else None
        for name, step in (
            ("undo", session.can_undo() if session else None),
            ("redo", session.can_redo() if session else None),
        ):
            commands.actions[name].setEnabled(step is not None)
            button = window.top_bar.undo if name == "undo" else window.top_bar.redo
            button.setEnabled(step is not None)
            hint = commands.hint(name)
            button.setToolTip(plain_tip(hint if step is None else f"{hint}\n{tr(step)}"))
            button.setAccessibleName(hint)
        window.top_bar.show_saved(_saved(session))
        window.top_bar.protection.show_session(session)
        window.top_bar.saved.setToolTip(plain_tip(str(session.path)) if session else "")

    def _show_way(self) -> None:
        self._window.top_bar.show_crumbs(self._crumbs())

    def _crumbs(self) -> list[Crumb]:
        place = self._desk.place
        if place.page is Page.START:
            return [Crumb("BRM Desktop")]
        if place.page is Page.ACCOUNT and place.account is not None:
            return self._account_crumbs(place, place.account)
        if place.page is Page.WHCSE and place.account is not None:
            name = account_called(self._desk.records, place.account)
            top = Place(Page.ACCOUNT, place.account)
            return [Crumb(name, lambda: self.go(top)), Crumb(tr("Reviews"))]
        title = {
            Page.TODAY: phrase("Today"),
            Page.WEEKLY: phrase("Weekly review"),
            Page.ACCOUNTS: phrase("Accounts"),
            Page.COLLEAGUES: phrase("Our relations"),
            Page.COMPETITORS: phrase("Competitors"),
            Page.VALUE: Section.VALUE.phrase,
            Page.BACKUPS: phrase("Backups"),
            Page.SYNC: phrase("Sync"),
            Page.REVIEW: phrase("To be looked at"),
            Page.ASSET: phrase("The shared asset"),
            Page.SCREENING: phrase("Screening"),
        }[place.page]
        return [Crumb(tr(title))]

    def _account_crumbs(self, place: Place, account: AccountId) -> list[Crumb]:
        records = self._desk.records
        record = records.get(Account, account)
        organisation = records.get(Organisation, record.organisation if record else None)
        name = organisation.name if organisation else ""
        top = Place(Page.ACCOUNT, account)
        tab = Place(Page.ACCOUNT, account, place.tab)
        crumbs = [
            Crumb(name, lambda: self.go(top)),
            Crumb(tr(TAB_TITLES[place.tab]), lambda: self.go(tab)),
        ]
        if place.tab is Tab.CHAINS and place.project is not None:
            project = records.get(Project, place.project)
            crumbs.append(Crumb(project.name if project else ""))
        if place.tab is Tab.MAP and place.person is not None:
            crumbs.append(Crumb(tr("seen from {name}", name=name_of(records, place.person))))
        return crumbs


def _focus(page: QWidget) -> None:
    """Give the keys to what the page is about."""
    found = getattr(page, "focus_first", None)
    if found is not None:
        found()


def _saved(session: Session | None) -> str:
    """What the top bar says of what is saved."""
    if session is None:
        return ""
    return tr("What if: not saved") if session.supposing else tr("Saved")
