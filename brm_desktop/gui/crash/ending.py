"""Ends in order: the window's own close, a signal of the system, and the end of a session."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from brm_desktop.process.run_mark import RunMark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from brm_desktop.gui.main_window import MainWindow

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def end_in_order(
    application: QApplication, window: MainWindow, mark: RunMark
) -> Callable[[], None]:
    """Close the store and take the mark away however the program is told to end.

    Gives the way to let go of the signals. A signal is heard the next time Python runs, at the
    latest with the collector's timer. Who logs out may be ended without another word; what was
    entered is saved by then, so the mark goes, and comes back when the window is used again.
    """

    def came_back(state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            mark.set()

    def ended() -> None:
        application.applicationStateChanged.disconnect(came_back)
        window.shut()
        mark.remove()

    application.aboutToQuit.connect(ended)
    application.commitDataRequest.connect(lambda _session: mark.remove())
    application.applicationStateChanged.connect(came_back)
    before = {one: signal.signal(one, lambda *_: application.exit(0)) for one in _SIGNALS}

    def let_go() -> None:
        for one, handler in before.items():
            signal.signal(one, handler)

    return let_go
