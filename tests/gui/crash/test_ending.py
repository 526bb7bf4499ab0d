"""The mark of a run goes however the program is told to end, and comes back when it stays."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windowing import Windows

from brm_desktop.gui.crash.ending import end_in_order
from brm_desktop.process.run_mark import RunMark


class System(QObject):
    """What the system says to a program."""

    aboutToQuit = Signal()  # noqa: N815
    commitDataRequest = Signal(object)  # noqa: N815
    applicationStateChanged = Signal(Qt.ApplicationState)  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.ended: list[int] = []

    def exit(self, code: int) -> None:
        """The program is told to leave its event loop."""
        self.ended.append(code)


def test_the_end_of_a_session_is_no_crash_and_using_the_window_again_is_watched(
    windows: Windows, tmp_path: Path
) -> None:
    system, mark = System(), RunMark(tmp_path, "now")
    mark.set()
    file = tmp_path / "running.json"
    let_go = end_in_order(cast("QApplication", system), windows.open(), mark)
    system.commitDataRequest.emit(None)
    assert not file.exists()
    system.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert not file.exists()
    system.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert file.exists()
    system.aboutToQuit.emit()
    assert not file.exists()
    system.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not file.exists()
    let_go()


def test_a_store_that_cannot_be_closed_leaves_the_mark(
    windows: Windows, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, mark = System(), RunMark(tmp_path, "now")
    mark.set()
    window = windows.open()
    let_go = end_in_order(cast("QApplication", system), window, mark)

    def fails() -> None:
        raise ValueError("the disk is full")

    with qtbot.captureExceptions() as caught, monkeypatch.context() as patched:
        patched.setattr(window, "shut", fails)
        system.aboutToQuit.emit()
    assert len(caught) == 1
    assert (tmp_path / "running.json").exists()
    let_go()


def test_signals_of_the_system_end_the_event_loop_and_are_let_go(
    windows: Windows, tmp_path: Path
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    system = System()
    mark = RunMark(tmp_path, "now")
    let_go = end_in_order(cast("QApplication", system), windows.open(), mark)
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGINT)
    assert system.ended == [0, 0]
    let_go()
    assert signal.getsignal(signal.SIGTERM) == before
