"""The way to the company's asset and back: which one is asked, its report, and the look at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.sync.asset_band import is_asset
from brm_desktop.gui.sync.asset_dialog import AssetDialog, WhichAsset
from brm_desktop.gui.work import Cancelled, Progress
from brm_desktop.session.doors import shown

if TYPE_CHECKING:
    from brm_desktop.domain.asset_report import AssetReport
    from brm_desktop.gui.main_window import MainWindow
    from brm_desktop.session.asset_view import AssetView


class AssetLooking(QObject):
    """Reads the report of an asset, and opens it read only in the place of one's own store."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        self._own: Path | None = None
        self._which: WhichAsset | None = None

    def ask(self) -> None:
        """Ask which asset, and show its report."""
        dialog = AssetDialog(self._window, self._proposed(), self._read)
        dialog.exec()

    def look(self) -> None:
        """Open the asset whose report is on show, read only."""
        from brm_desktop.gui.what_if.leaving import refused_meanwhile

        which = self._which
        if which is None or refused_meanwhile(self._desk):
            return

        def work(progress: Progress) -> AssetView:
            from brm_desktop.session.asset import database_of
            from brm_desktop.session.asset_view import open_asset_view, open_server_view

            if not which.is_folder:
                return open_server_view(which.address, stopped=lambda: progress.stopped)
            path = database_of(which.address, which.database)
            return open_asset_view(path, secret=which.secret, stopped=lambda: progress.stopped)

        def done(view: AssetView) -> None:
            if self._desk.is_open and not is_asset(self._desk):
                self._own = self._desk.session.path
            self._desk.attach(view)

        self._desk.jobs.run(
            phrase("Opening the shared asset"), work, done, unwanted=lambda view: view.close()
        )

    def go_back(self) -> None:
        """Open one's own store again, in the place of the asset."""
        own, self._own = self._own, None
        self._desk.detach()
        if own is not None:
            self._window.stores.open(own, then=lambda: self._desk.go(Place(Page.SYNC)))

    def _proposed(self) -> str:
        if not self._desk.is_open:
            return ""
        link = self._desk.session.shared_store.link()
        return "" if link is None else shown(link.address)

    def _read(self, which: WhichAsset, dialog: AssetDialog) -> None:
        """Read the report; what is wrong with the address or the passphrase is said there."""

        def work(progress: Progress) -> AssetReport:
            from brm_desktop.session.asset import open_asset

            def tell(done: int, of: int) -> None:
                progress.report(done / of if of else 1.0)

            with open_asset(which.address, database=which.database, secret=which.secret) as asset:
                return asset.report(tell)

        def done(report: AssetReport) -> None:
            self._which = which
            dialog.accept()
            self._window.navigation.asset.show_report(shown(which.address), report)
            self._desk.go(Place(Page.ASSET))

        def failed(error: BaseException) -> None:
            if isinstance(error, Problem):
                dialog.say(error.sentence)
            elif not isinstance(error, Cancelled):
                dialog.reject()
                self._desk.messages.failed(error)

        dialog.work_at(
            self._desk.jobs.run(phrase("Reading the shared asset"), work, done, failed, quiet=True)
        )
