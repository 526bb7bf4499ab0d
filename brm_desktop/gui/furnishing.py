"""What works behind the window's first sight: commands, pages, keepers and the sheets over it.

It is made once the window has been painted, for importing all this takes longer than painting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QBoxLayout, QMenu

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.actions import Keys
from brm_desktop.gui.backup_keeper import BackupKeeper
from brm_desktop.gui.commands import Commands
from brm_desktop.gui.first_touch import FirstTouch
from brm_desktop.gui.name_book import NameBook
from brm_desktop.gui.navigation import Navigation
from brm_desktop.gui.palette import Palette
from brm_desktop.gui.palette_entries import entries
from brm_desktop.gui.resting import Resting
from brm_desktop.gui.restoring import Restoring
from brm_desktop.gui.review.keeper import ReviewKeeper
from brm_desktop.gui.snapshot_keeper import SnapshotKeeper
from brm_desktop.gui.sync.asset_band import AssetBand
from brm_desktop.gui.sync.asset_looking import AssetLooking
from brm_desktop.gui.sync.syncing import Syncing
from brm_desktop.gui.what_if.supposed_band import SupposedBand
from brm_desktop.gui.widgets.toast import JobBar, Toast
from brm_desktop.gui.window_commands import handlers

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from brm_desktop.gui.main_window import MainWindow

_BELOW_THE_TOP_BAR = 1


def furnish(window: MainWindow) -> None:
    """Make what the window declares, and join it."""
    desk = window.desk
    keys = Keys.restored(window.preferences.table("window/keys"))
    window.commands = Commands(window, window.look, keys, lambda: window.guard.barred)
    _make_sheets(window)
    window.syncing = Syncing(desk)
    window.reviewing = ReviewKeeper(desk)
    window.asset_looking = AssetLooking(window)
    window.navigation = Navigation(window)
    window.names = NameBook(desk)
    window.snapshots = SnapshotKeeper(desk)
    window.backups = BackupKeeper(desk)
    Resting(desk)
    window.restoring = Restoring(window)
    desk.closed.connect(window.garbage.clear_soon)
    _prepare_to_write(window)
    _connect(window)
    _connect_top_bar(window)


def _prepare_to_write(window: MainWindow) -> None:
    """Have a worker import what an edit takes, before whoever touches the window makes one."""
    desk = window.desk
    handle = cast("QWindow | None", window.windowHandle())  # a window that was never shown has none

    def prepare() -> None:
        ready = desk.session.prepare_to_write
        desk.jobs.run(phrase("Computing"), lambda _progress: ready(), quiet=True)

    if handle is not None:
        FirstTouch(handle, lambda: desk.is_open and not desk.only_looks, prepare)


def _make_sheets(window: MainWindow) -> None:
    central = window.centralWidget()
    assert central is not None
    layout = central.layout()
    assert isinstance(layout, QBoxLayout)
    window.supposed_band = SupposedBand(window.desk)
    layout.insertWidget(_BELOW_THE_TOP_BAR, window.supposed_band)
    window.asset_band = AssetBand(window.desk)
    layout.insertWidget(_BELOW_THE_TOP_BAR, window.asset_band)
    window.palette_sheet = Palette(window.look, central)
    window.toast = Toast(window.look, central)
    window.job_bar = JobBar(window.look, central)


def _connect(window: MainWindow) -> None:
    messages, jobs, desk = window.messages, window.jobs, window.desk
    messages.said.connect(window.toast.say)
    messages.warned.connect(window.toast.warn)
    messages.wrote.connect(window.toast.offer)
    messages.made.connect(window.toast.offer_undo)
    window.toast.undo_asked.connect(lambda: window.commands.run("undo"))
    desk.changed.connect(lambda: window.toast.follow(desk.session.can_undo))
    desk.closed.connect(lambda: window.toast.follow(lambda: None))
    jobs.shown.connect(window.job_bar.show_job)
    jobs.ended.connect(window.job_bar.end_job)
    desk.selected.connect(lambda _selection: window.show_panels())
    window.commands.connect(handlers(window))
    window.names.renewed.connect(lambda: _renew_palette(window))
    window.rail.asked.connect(window.commands.run)
    for signal in (desk.opened, desk.changed):
        signal.connect(lambda: window.commands.let_edit(allowed=not desk.only_looks))
    window.reviewing.counted.connect(window.rail.show_review_count)
    window.syncing.taken.connect(window.reviewing.look)
    window.asset_band.back_asked.connect(window.asset_looking.go_back)


def _connect_top_bar(window: MainWindow) -> None:
    bar, run = window.top_bar, window.commands.run
    bar.search.clicked.connect(lambda: run("find_anything"))
    bar.undo.clicked.connect(lambda: run("undo"))
    bar.redo.clicked.connect(lambda: run("redo"))
    bar.language_asked.connect(window.switch_language)
    bar.theme_asked.connect(window.switch_theme)
    bar.protection.clicked.connect(lambda: run("protection"))
    menu = QMenu(window)
    window.commands.fill(
        menu,
        ("new_account", "new_project", "import"),
        ("export_plan", "export_brief", "export_handover", "export_review"),
        ("export_canvas", "print"),
        ("new_store", "open_store", "open_sample", "remove_sample"),
        ("show_sync", "sync_now", "show_review", "show_asset"),
        ("show_backups", "back_up"),
        ("lock", "settings", "help", "tour", "full_screen"),
        ("quit",),
    )
    bar.menu_button.setMenu(menu)


def _renew_palette(window: MainWindow) -> None:
    if window.palette_sheet.isVisible():
        window.palette_sheet.renew(entries(window))
