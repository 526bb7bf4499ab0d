"""Encrypted stores in tests of the window: made, locked and asked for their secret as users do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from windowing import CTRL, SHIFT, Key, Windows, press, rest, type_text

from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.protection.unlock_form import UnlockForm
from brm_desktop.session.clock import SystemClock
from brm_desktop.session.demo import write_demo
from brm_desktop.session.protection import Passphrase
from brm_desktop.session.session import Session

WORDS = "four quiet words here"
ACCOUNT = "Huachen Equipment Group"

D = TypeVar("D", bound=QWidget)


def encrypted_store(path: Path) -> str:
    """An encrypted store with nothing in it; gives its recovery key."""
    with Session.open(path, clock=SystemClock(), create=Passphrase(WORDS)) as session:
        return session.recovery_key


def encrypted_sample(path: Path) -> str:
    """An encrypted store with the people of the sample portfolio; gives its recovery key."""
    write_demo(path, protection=Passphrase(WORDS))
    with Session.open(path, secret=WORDS) as session:
        return session.recovery_key


@dataclass
class Protected:
    """A window with an encrypted store, and a user who locks and unlocks it."""

    windows: Windows
    window: MainWindow
    recovery_key: str = ""

    @property
    def form(self) -> UnlockForm:
        """What asks for the secret now."""
        return self.window.guard._form

    @property
    def is_up(self) -> bool:
        return self.window.guard.sheet.is_up

    def wait(self, until: Callable[[], bool]) -> None:
        self.windows.qtbot.waitUntil(until, timeout=20_000)
        rest()

    def lock(self) -> None:
        """Lock by the key, and wait for the store to be closed where it can be."""
        press(self.window, Key.Key_X, CTRL | SHIFT)
        rest(50)
        assert self.window.guard.locked

    def give(self, secret: str) -> None:
        """Type a secret and press Enter, and wait for the answer."""
        field = self.form.field.line
        assert field.isVisible()
        field.setFocus()
        field.selectAll()
        type_text(field, secret)
        press(field, Key.Key_Return)
        self.windows.qtbot.waitUntil(lambda: not self.window.jobs.running, timeout=20_000)
        rest(50)
        self.windows.settle(self.window)

    def unlock(self, secret: str = WORDS) -> None:
        self.give(secret)
        self.wait(lambda: not self.is_up)


def asked_at_start(windows: Windows, store: Path, language: str = "en") -> Protected:
    """A window that was started on an encrypted store and asks for its secret."""
    window = windows.open(store, language)
    protected = Protected(windows, window)
    protected.wait(lambda: protected.is_up)
    return protected


@contextmanager
def answered_in_turn(*answers: Callable[[QDialog], object]) -> Iterator[None]:
    """Dialogs that open one after another are answered, each when it is on show."""
    waiting = list(answers)
    failures: list[BaseException] = []
    seen: list[QWidget] = []
    timer = QTimer(interval=20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or dialog in seen or not waiting:
            return
        seen.append(dialog)
        try:
            waiting.pop(0)(dialog)
        except BaseException as failure:  # noqa: BLE001  raised again in the test
            failures.append(failure)
            dialog.done(0)

    timer.timeout.connect(look)
    timer.start()
    yield
    timer.stop()
    rest()
    if failures:
        raise failures[0]
    assert not waiting, "a dialog did not open"


def on_show(kind: type[D]) -> D:
    """The window of a kind that is open, the last one."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
    shown = [one for one in found if one.isVisible()]
    assert shown, f"no {kind.__name__} is open"
    return shown[-1]


def texts_shown(root: QWidget) -> str:
    """All words that can be seen or read aloud in a window."""
    found = [root.windowTitle()]
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, QDialog):
            text = getattr(widget, "text", None)
            said = str(text()) if callable(text) else ""
            found += [said, widget.accessibleName(), widget.toolTip()]
    return "\n".join(found)
