"""The real window in tests: opened on stores of their own, driven by keys, dialogs answered."""

from __future__ import annotations

import faulthandler
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.preferences import Preferences
from brm_desktop.gui.protection.new_store_dialog import NewStoreDialog
from brm_desktop.session.demo import write_demo

Key = Qt.Key
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_STILL, _RESTLESS = 3, 500
_STANDARD_ERROR = 2
_PATIENCE_MS = 60_000
"""A window that takes longer hangs; a machine that runs many tests at once may be this slow."""


@dataclass
class Windows:
    """Opens windows that share one folder of preferences, as on one computer."""

    qtbot: QtBot
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    defects: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A defect fails the test instead of waiting in a dialog; no test holds keys for it."""
        let_go()
        show = "brm_desktop.gui.crash.report.show_defect"
        self.monkeypatch.setattr(show, lambda _window, error: self.defects.append(error))

    def open(self, store: Path | None = None, language: str = "en") -> MainWindow:
        """A window on screen, with a store when there is one to open."""
        window = MainWindow(
            write_sample=write_demo,
            preferences=Preferences(self.folder / "window.ini"),
            wanted_language=language,
        )
        self.qtbot.addWidget(window, before_close_func=nothing_supposed)
        window.resize(1400, 880)
        with self.qtbot.waitExposed(window):
            window.show()
        window.start(store)
        window.activateWindow()
        self.settle(window)
        self.qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
        return window

    def settle(self, window: MainWindow) -> None:
        """Wait for the work under way, and for what it leads to."""
        self._jobs_done(window)
        rest()
        self._jobs_done(window)
        assert self.defects == []

    def _jobs_done(self, window: MainWindow) -> None:
        """Wait for the work under way; what goes on for too long is named, with where it is."""
        try:
            self.qtbot.waitUntil(lambda: not window.jobs.running, timeout=_PATIENCE_MS)
        except self.qtbot.TimeoutError:
            faulthandler.dump_traceback(_STANDARD_ERROR)
            pytest.fail(f"still at work: {[str(job.name) for job in window.jobs.running]}")

    def go(self, window: MainWindow, place: Place) -> None:
        """Go somewhere and wait to be there."""
        window.desk.go(place)
        self.qtbot.waitUntil(lambda: window.desk.place == place, timeout=_PATIENCE_MS)
        self.settle(window)

    def show_account(self, window: MainWindow, name: str, tab: Tab = Tab.MAP) -> None:
        """Open an account at a tab."""
        account = window.desk.session.find_account(name)
        self.go(window, Place(Page.ACCOUNT, account, tab))


def nothing_supposed(window: QWidget) -> None:
    """Let go of a what-if, as nobody is there to be asked when a test ends."""
    assert isinstance(window, MainWindow)
    if window.desk.is_open:
        window.desk.session.discard_supposed()


def rest(milliseconds: int = 20) -> None:
    """Let Qt do what is waiting."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def at_rest(view: QGraphicsView) -> None:
    """Wait until a canvas stays as it is: panels around it still take their room when it comes."""
    seen: list[object] = []
    while len(seen) < _STILL or len(set(map(str, seen[-_STILL:]))) > 1:
        assert len(seen) < _RESTLESS, "the canvas does not come to rest"
        rest()
        seen.append((view.viewport().rect(), view.viewportTransform()))


def press(widget: QWidget | None, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Press a key where the focus is, in the widget's window."""
    if widget is not None and QApplication.activeWindow() is None:
        widget.window().activateWindow()
        rest()
    target = focused(widget)
    QTest.keyClick(target, key, held)
    let_go()
    rest(5)


def let_go() -> None:
    """Let go of every key, as a hand does.

    After a key that was pressed with Ctrl or Shift, Qt believes these held until the next event of
    a key: ``selectRow`` then takes a selected row away, in whatever test comes next.
    """
    QTest.keyRelease(QWidget(), Key.Key_Shift)
    assert QApplication.keyboardModifiers() == NO_KEYS


def type_text(widget: QWidget | None, text: str) -> None:
    """Type letters where the focus is, one after another, wherever it goes."""
    for letter in text:
        QTest.keyClicks(focused(widget), letter)


def focused(widget: QWidget | None) -> QWidget:
    """Who has the focus in a widget's window."""
    modal = QApplication.activeModalWidget()
    window = widget if modal is None else modal
    assert window is not None
    found: QWidget | None = window.window().focusWidget()
    return window if found is None else found


@contextmanager
def dialog_answered(answer: Callable[[QDialog], object]) -> Iterator[None]:
    """The next dialog that opens is answered: by typing in it, or by closing it."""
    failures: list[Exception] = []

    def see(tries: int = 200) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            assert tries, "no dialog opened"
            QTimer.singleShot(10, lambda: see(tries - 1))
            return
        try:
            answer(dialog)
        except Exception as failure:  # noqa: BLE001  raised again in the test
            failures.append(failure)
            dialog.reject()

    window = QApplication.activeWindow()
    QTimer.singleShot(10, see)
    yield
    if window is not None:
        window.activateWindow()  # as a window manager does when a dialog closes
    rest()
    if failures:
        raise failures[0]


def filled_in(text: str) -> Callable[[QDialog], None]:
    """The answer to a form: a text in its first field, and Enter."""

    def answer(form: QDialog) -> None:
        type_text(form, text)
        press(form, Key.Key_Return)

    return answer


def new_plain_store(path: Path) -> Callable[[QDialog], None]:
    """The answer to where a new store shall be: a place, and no encryption; by the keys alone."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, NewStoreDialog)
        dialog.place.setFocus()
        dialog.place.selectAll()
        type_text(dialog, str(path))
        dialog.plain.setFocus()
        press(dialog, Key.Key_Space)
        press(dialog, Key.Key_Return)

    return answer


def saving_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Every question where to save is answered with a path."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kw: (str(path), ""))
