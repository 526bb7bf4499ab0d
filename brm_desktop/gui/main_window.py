"""The window: navigation, top bar, pages and inspector around one session.

It is painted before anything else is loaded: what is seen first is made with it, and
:meth:`MainWindow.start` furnishes it with all that works behind that, then opens the store.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from brm_desktop import language
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk, Page, Section
from brm_desktop.gui.garbage import GarbageCollector
from brm_desktop.gui.look import Look
from brm_desktop.gui.messages import Messages
from brm_desktop.gui.preferences import Preferences
from brm_desktop.gui.rail import Rail
from brm_desktop.gui.stores import OpenSession, Stores, WriteSample, open_session
from brm_desktop.gui.texts import QtTexts, language_changed
from brm_desktop.gui.top_bar import TopBar
from brm_desktop.gui.what_if.leaving import leave
from brm_desktop.gui.work import Jobs
from brm_desktop.session.last_store import config_folder, last_store
from brm_desktop.session.theme_choice import ThemeChoice

if TYPE_CHECKING:
    from brm_desktop.gui.actions import Keys
    from brm_desktop.gui.backup_keeper import BackupKeeper
    from brm_desktop.gui.commands import Commands
    from brm_desktop.gui.inspector.inspector import Inspector
    from brm_desktop.gui.name_book import NameBook
    from brm_desktop.gui.navigation import Navigation
    from brm_desktop.gui.palette import Palette
    from brm_desktop.gui.protection.guard import Guard
    from brm_desktop.gui.restoring import Restoring
    from brm_desktop.gui.review.keeper import ReviewKeeper
    from brm_desktop.gui.snapshot_keeper import SnapshotKeeper
    from brm_desktop.gui.sync.asset_band import AssetBand
    from brm_desktop.gui.sync.asset_looking import AssetLooking
    from brm_desktop.gui.sync.syncing import Syncing
    from brm_desktop.gui.what_if.supposed_band import SupposedBand
    from brm_desktop.gui.widgets.toast import JobBar, Toast

_SMALLEST = (960, 620)
_USUAL = (1400, 880)
_FRAME, _TITLE_BAR = 4, 36
"""What a window manager adds around a window, at most."""
_INSPECTOR = 308
_PREFERENCES_FILE = "window.ini"
_IMPORTED_LATE = (
    "brm_desktop.domain.records",
    "brm_desktop.gui.navigation",
    "brm_desktop.gui.furnishing",
    "brm_desktop.session.session",
    "brm_desktop.gui.pages.accounts_page",
)
"""What the furnished window and its first page are made of, in parts that take some 30 ms each."""
_UNSEEN_MS = 500
"""A window that is started minimised may not be painted for long; it goes on without."""


class MainWindow(QMainWindow):
    """The one window of the program."""

    painted = Signal()
    """It was painted for the first time: what takes long may begin."""
    furnished = Signal()
    """All that is declared below is there."""

    commands: Commands
    navigation: Navigation
    names: NameBook
    snapshots: SnapshotKeeper
    backups: BackupKeeper
    restoring: Restoring
    guard: Guard
    palette_sheet: Palette
    supposed_band: SupposedBand
    asset_band: AssetBand
    syncing: Syncing
    reviewing: ReviewKeeper
    asset_looking: AssetLooking
    toast: Toast
    job_bar: JobBar

    def __init__(
        self,
        open_store: OpenSession = open_session,
        write_sample: WriteSample | None = None,
        preferences: Preferences | None = None,
        wanted_language: str | None = None,
    ) -> None:
        super().__init__()
        self.garbage = GarbageCollector(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.preferences = preferences or Preferences(config_folder() / _PREFERENCES_FILE)
        self._qt_texts = QtTexts(self)
        self._choose_language(wanted_language)
        self.look = Look(app, self._theme_choice())
        self.messages = Messages(self)
        self.jobs = Jobs(self.messages.failed, self)
        self.desk = Desk(self.look, self.preferences, self.jobs, self.messages, self)
        self.stores = Stores(self.desk, self, open_store, write_sample)
        self.is_furnished = self._was_painted = False
        self._inspector: Inspector | None = None
        self.setWindowTitle("BRM Desktop")
        self.setMinimumSize(*_SMALLEST)
        self._build()
        self._restore()
        self.pages.setFocus()  # else the menu's button would have the keys until there is a page

    def say_of_field(self, sentence: Phrase) -> None:
        """Say what is wrong with a field of it."""
        self.messages.warn(sentence)

    def start(self, store: Path | None = None) -> None:
        """Furnish the window and open what was asked for or last open, once it has been painted.

        What that needs is imported part by part, so that the window answers meanwhile. The secret
        of a locked store is asked for before anything else.
        """
        path = store or last_store()
        pieces: list[Callable[[], object]] = [partial(self._stand_guard, path)]
        pieces += [partial(import_module, part) for part in _IMPORTED_LATE]
        pieces += [self.furnish, partial(self._open_first, path)]
        self.jobs.in_turn(phrase("Starting"), pieces)

    def furnish(self) -> None:
        """Make all that works behind what is seen first."""
        from brm_desktop.gui.furnishing import furnish

        furnish(self)
        self.is_furnished = True
        self.furnished.emit()

    def when_furnished(self, do: Callable[[], object]) -> None:
        """Do something once all is there that it may need."""
        if self.is_furnished:
            do()
        else:
            self.furnished.connect(do, Qt.ConnectionType.SingleShotConnection)

    def showEvent(self, event: QShowEvent) -> None:
        """Wait for the first painting, but not for ever."""
        super().showEvent(event)
        QTimer.singleShot(_UNSEEN_MS, self, self._first_painted)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """From the page Tab leads into the inspector, and then around the window."""
        if self.is_furnished:
            from brm_desktop.gui.panes import put_in_order

            put_in_order(self)
        moved = super().focusNextPrevChild(onward)
        self.follow_keys()
        return moved

    def follow_keys(self) -> None:
        """Bring into view what has the keys in the inspector, which scrolls."""
        focus: QWidget | None = self.focusWidget()
        if focus is not None and self._inspector is not None:
            self._inspector.bring_into_view(focus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and tell of the first time when it can be seen."""
        super().paintEvent(event)
        if not self._was_painted:
            QTimer.singleShot(0, self, self._first_painted)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave everything in order; who has supposed something is asked first, and may stay.

        So may whoever typed something last that is refused: he would not hear of it otherwise.
        """
        settled = self.desk.settle(self._take_typed)
        if self.is_furnished and not (settled and self.guard.may_close and leave(self.desk, self)):
            event.ignore()
            return
        self.shut()
        super().closeEvent(event)

    def shut(self) -> None:
        """Remember how the window stands, stop what runs, close the store; asks nothing."""
        self.preferences.set_state("window/geometry", self.saveGeometry())
        if self._inspector is not None:
            self.preferences.set_state("window/split", self.split.saveState())
        self.preferences.save()
        self.desk.detach()
        self.jobs.end()

    def switch_language(self) -> None:
        """Say everything in the other language, at once."""
        self.use_language("en" if language.current() == "zh_CN" else "zh_CN")

    def use_language(self, code: str) -> None:
        """Say everything in a language, and remember it."""
        language.use(code)
        self._qt_texts.use(code)
        self.look.speak()
        self.preferences.set_text("window/language", code)
        if self.desk.is_open:
            self.desk.change_settings(language=code)
        language_changed(self)
        self.navigation.retell()

    def switch_theme(self) -> None:
        """Wear the other theme, at once."""
        self.use_theme(ThemeChoice.LIGHT if self.look.theme.dark else ThemeChoice.DARK)

    def use_theme(self, choice: ThemeChoice) -> None:
        """Wear a theme, or follow the system, and remember it."""
        self.look.choose(choice)
        self.preferences.set_text("window/theme", choice.value)
        if self.desk.is_open:
            self.desk.change_settings(theme=choice)

    def use_keys(self, keys: Keys) -> None:
        """Put other keys in force, and remember them."""
        self.commands.give_keys(keys)
        self.preferences.set_table("window/keys", keys.stored())

    def toggle_navigation(self) -> None:
        """Hide or show the navigation, and remember it."""
        self._toggle("window/rail")

    def toggle_inspector(self) -> None:
        """Hide or show the inspector, and remember it; from a hidden one the keys go back."""
        from brm_desktop.gui.panes import give_page_keys

        focus: QWidget | None = self.focusWidget()
        inspector = self._inspector
        had_keys = focus is not None and inspector is not None and inspector.isAncestorOf(focus)
        if had_keys:
            give_page_keys(self)
        self._toggle("window/inspector")

    def show_panels(self) -> None:
        """Show the panels the user wants, where they are of use."""
        at_work = self.desk.place.page is not Page.START
        wants = self.preferences.flag
        self.rail.setVisible(at_work and wants("window/rail", default=True))
        page = self.desk.place.page
        over_all = page in (Page.COLLEAGUES, Page.COMPETITORS, Page.VALUE)
        has_inspector = page is Page.ACCOUNT or (over_all and bool(self.desk.selection))
        wanted = has_inspector and wants("window/inspector", default=True)
        if wanted or self._inspector is not None:
            self.inspector.setVisible(wanted)

    @property
    def inspector(self) -> Inspector:
        """The inspector, made when there is first something to inspect."""
        if self._inspector is None:
            from brm_desktop.gui.inspector.inspector import Inspector

            self._inspector = Inspector(self.desk)
            self.split.addWidget(self._inspector)
            split = self.preferences.state("window/split")
            if split.isEmpty() or not self.split.restoreState(split):
                self.split.setSizes([self.width() - _INSPECTOR, _INSPECTOR])
            self._inspector.hide()
        return self._inspector

    @property
    def made_inspector(self) -> Inspector | None:
        """The inspector, if there ever was something to inspect."""
        return self._inspector

    def _first_painted(self) -> None:
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def _stand_guard(self, path: Path | None) -> None:
        """Make what asks for secrets, and have it ask for that of a locked store at once."""
        from brm_desktop.gui.protection.guard import Guard
        from brm_desktop.session.unlocking import asks_for_secret

        self.guard = Guard(self)
        if path is not None and asks_for_secret(path):
            self.guard.ask_first(path)

    def _open_first(self, path: Path | None) -> None:
        """Open the first store, unless its secret was asked for, or show the first page."""
        if path is None:
            self.navigation.show_start()
        elif self.guard.asked_first:
            self.navigation.prepare()
            self.guard.prepare()
        else:
            self.stores.open(path, otherwise=self.navigation.show_start)

    def _take_typed(self) -> None:
        """Take what is being typed into a field."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()

    def _toggle(self, key: str) -> None:
        self.preferences.set_flag(key, not self.preferences.flag(key, default=True))
        self.show_panels()

    def _theme_choice(self) -> ThemeChoice:
        remembered = self.preferences.text("window/theme")
        return next((one for one in ThemeChoice if one.value == remembered), ThemeChoice.SYSTEM)

    def _choose_language(self, wanted: str | None) -> None:
        code = wanted or self.preferences.text("window/language")
        if code in language.LANGUAGES:
            language.use(code)
        self._qt_texts.use(language.current())

    def _build(self) -> None:
        central = QWidget()
        self.setCentralWidget(central)
        outer = QVBoxLayout(central)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.top_bar = TopBar(self.look)
        self.rail = Rail(
            self.look,
            (
                ("show_today", "today", phrase("Today")),
                ("show_accounts", "accounts", phrase("Accounts")),
                ("show_colleagues", "colleagues", phrase("Relations")),
                ("show_competitors", "competitors", phrase("Rivals")),
                ("show_value", "value", Section.VALUE.phrase),
                ("show_sync", "sync", phrase("Sync")),
                ("show_review", "review", phrase("Review")),
            ),
        )
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.pages)
        self.split.setStretchFactor(0, 1)
        below = QWidget()
        across = QHBoxLayout(below)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(self.split, 1)
        outer.addWidget(self.top_bar)
        outer.addWidget(below, 1)

    def _restore(self) -> None:
        self.setGeometry(first_place(QGuiApplication.primaryScreen().availableGeometry()))
        geometry = self.preferences.state("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.show_panels()


def first_place(screen: QRect) -> QRect:
    """Where the window opens the first time: on the screen with its frame, in the middle."""
    room = screen.adjusted(_FRAME, _FRAME + _TITLE_BAR, -_FRAME, -_FRAME)
    place = QRect(0, 0, min(_USUAL[0], room.width()), min(_USUAL[1], room.height()))
    place.moveCenter(room.center())
    return place
