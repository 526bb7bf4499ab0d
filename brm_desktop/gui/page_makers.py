"""How each page of the window is made, and what it asks of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from brm_desktop.gui.desk import Page

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow


class PageMaker:
    """Makes pages; what a page is written with is imported when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._desk = window.desk

    def make(self, wanted: Page) -> QWidget:
        """A page, made anew."""
        makers: dict[Page, Callable[[], QWidget]] = {
            Page.START: self._start_page,
            Page.TODAY: self._today_page,
            Page.WEEKLY: self._weekly_page,
            Page.ACCOUNTS: self._accounts_page,
            Page.ACCOUNT: self._account_page,
            Page.COLLEAGUES: self._colleagues_page,
            Page.COMPETITORS: self._competitors_page,
            Page.VALUE: self._value_page,
            Page.BACKUPS: self._backups_page,
            Page.SYNC: self._sync_page,
            Page.REVIEW: self._review_page,
            Page.ASSET: self._asset_page,
            Page.SCREENING: self._screening_page,
            Page.WHCSE: self._whcse_page,
        }
        return makers[wanted]()

    def _start_page(self) -> QWidget:
        from brm_desktop.gui.pages.start_page import StartPage

        page = StartPage(self._window.look)
        run = self._window.commands.run
        page.sample_asked.connect(lambda: run("open_sample"))
        page.import_asked.connect(lambda: run("import"))
        page.empty_asked.connect(lambda: run("new_store"))
        page.open_asked.connect(lambda: run("open_store"))
        page.recent_asked.connect(self._window.stores.open)
        page.ways["sample"].setVisible(self._window.stores.has_sample)
        page.show_recent(self._window.preferences.recent_stores())
        return page

    def _today_page(self) -> QWidget:
        from brm_desktop.gui.today.page import TodayPage

        page = TodayPage(self._desk)
        page.week_asked.connect(lambda: self._window.commands.run("show_week"))
        return page

    def _weekly_page(self) -> QWidget:
        from brm_desktop.gui.today.weekly_page import WeeklyPage

        page = WeeklyPage(self._desk)
        page.minutes_asked.connect(lambda: self._window.commands.run("export_review"))
        return page

    def _accounts_page(self) -> QWidget:
        from brm_desktop.gui.pages.accounts_page import AccountsPage

        page = AccountsPage(self._desk)
        page.import_button.clicked.connect(lambda: self._window.commands.run("import"))
        return page

    def _account_page(self) -> QWidget:
        from brm_desktop.gui.pages.account_page import AccountPage

        return AccountPage(self._desk, self._window.commands)

    def _colleagues_page(self) -> QWidget:
        from brm_desktop.gui.pages.resources.page import OurRelationsPage

        return OurRelationsPage(self._desk)

    def _competitors_page(self) -> QWidget:
        from brm_desktop.gui.pages.resources.page import CompetitorRelationsPage

        return CompetitorRelationsPage(self._desk)

    def _value_page(self) -> QWidget:
        from brm_desktop.gui.pages.value.page import ValuePage

        return ValuePage(self._desk)

    def _backups_page(self) -> QWidget:
        from brm_desktop.gui.pages.restore_page import RestorePage

        page, window = RestorePage(self._desk), self._window
        page.restore_asked.connect(window.restoring.ask)
        page.backup_asked.connect(window.backups.make_now)
        window.backups.made.connect(page.ask_refresh)
        return page

    def _sync_page(self) -> QWidget:
        from brm_desktop.gui.sync.page import SyncPage

        page, window = SyncPage(self._desk, self._window.syncing), self._window
        page.asset_asked.connect(lambda: window.commands.run("show_asset"))
        return page

    def _review_page(self) -> QWidget:
        from brm_desktop.gui.review.page import ReviewPage

        return ReviewPage(self._desk, self._window.reviewing)

    def _asset_page(self) -> QWidget:
        from brm_desktop.gui.sync.asset_page import AssetPage

        page = AssetPage(self._desk)
        page.look_asked.connect(self._window.asset_looking.look)
        return page

    def _screening_page(self) -> QWidget:
        from brm_desktop.gui.portfolio.screening_page import ScreeningPage

        return ScreeningPage(self._desk)

    def _whcse_page(self) -> QWidget:
        from brm_desktop.gui.portfolio.whcse_page import WhcsePage

        return WhcsePage(self._desk)
