"""The process that B1 starts: our window or a bare one; tells when it was painted and usable.

Times are seconds since ``BRM_STARTED``, a reading of the monotonic clock made just before the
start. Ours is the program as it is, started by ``main`` with the arguments given; where it asks
for a passphrase, ``BRM_STARTED_SECRET`` is given ``BRM_STARTED_TYPING`` seconds later.
"""

from __future__ import annotations

import json
import os
import sys
import time
from functools import partial

if sys.argv[1:2] == ["ours"]:
    from brm_desktop import app  # as when it is started: before Qt, which makes imports slower

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QMainWindow, QWidget

LIMIT = 60.0


def since_start() -> float:
    """Seconds since the process was started."""
    return time.monotonic() - float(os.environ["BRM_STARTED"])


class Watch(QObject):
    """Waits for the first painting, then until the window is usable; then tells and ends."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._times: dict[str, float] = {}
        self._windows: list[QMainWindow] = []
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the first painting and look no longer: looking is slow."""
        if event.type() == QEvent.Type.Paint:
            self._application.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self._times["painted"] = since_start()
        self._look()

    def _look(self) -> None:
        self._unlock()
        if not self._windows:
            shown = QApplication.topLevelWidgets()
            self._windows = [one for one in shown if isinstance(one, QMainWindow)]
        if all(map(_is_usable, self._windows)) or since_start() > LIMIT:
            self._times["usable"] = since_start()
            print(json.dumps(self._times), flush=True)
            os._exit(0)
        QTimer.singleShot(1, self._look)

    def _unlock(self) -> None:
        """Give the passphrase where it is asked for, after the time that typing it takes."""
        secret = os.environ.get("BRM_STARTED_SECRET")
        if not secret or "asked" in self._times:
            return
        for form in QApplication.allWidgets():
            if type(form).__name__ == "UnlockForm" and form.isVisible():
                self._times["asked"] = since_start()
                typing = round(1_000 * float(os.environ["BRM_STARTED_TYPING"]))
                QTimer.singleShot(typing, partial(self._give, form, secret))

    def _give(self, form: QWidget, secret: str) -> None:
        form.field.line.setText(secret)  # type: ignore[attr-defined]  # ours has one
        self._times["given"] = since_start()
        form.unlock.click()  # type: ignore[attr-defined]


def _is_usable(window: QMainWindow) -> bool:
    """Whether a store is open, its accounts are listed and nothing keeps them from answering.

    A bare window is so at once. The scores of accounts follow in a worker.
    """
    if type(window) is QMainWindow:
        return True
    desk = window.desk  # type: ignore[attr-defined]  # ours has one
    return desk.is_open and not desk.jobs.running and desk.place.page.name != "START"


def bare() -> None:
    """The least that could be a window with a canvas."""
    application = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QGraphicsView(QGraphicsScene(window)))
    window.resize(1400, 880)
    window.show()
    watch = Watch(application)
    application.exec()
    del watch


def ours() -> None:
    """The program, watched from the moment its event loop begins."""
    run = QApplication.exec

    def watched(*_: object) -> int:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        watch = Watch(application)
        code = run()
        del watch
        return code

    QApplication.exec = watched  # type: ignore[method-assign]  # to look in from outside
    app.main(sys.argv[2:])


if __name__ == "__main__":
    ours() if sys.argv[1] == "ours" else bare()
