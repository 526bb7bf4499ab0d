"""The process that B10 starts: a bare window, ours with the sample, or a canvas of 10,000 people.

It tells what it holds in memory once everything is painted and nothing is under way. Ours with the
sample is the program as it is, started by ``main`` with the store as its argument.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

SUPPORT = Path(__file__).resolve().parents[1] / "support"
sys.path[:0] = [str(SUPPORT), str(SUPPORT.parents[1])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QApplication,
    QGraphicsScene,
    QGraphicsView,
    QMainWindow,
    QWidget,
)

SIZE = (1400, 880)
RESTS_AFTER_MS = 5_000
"""By then a window at rest has given back what it read with."""


def held() -> int:
    """The bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def rest(milliseconds: int) -> None:
    """Let Qt do what is waiting."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def bare() -> tuple[QWidget, int]:
    """The least that could be a window with a canvas."""
    window = QMainWindow()
    window.setCentralWidget(QGraphicsView(QGraphicsScene(window)))
    return window, 0


def canvas() -> tuple[QWidget, int]:
    """Our canvas with 10,000 people and 15,000 lines."""
    from canvas_speed import figure
    from paper_canvas import PaperPort

    from brm_desktop.domain.phrase import phrase
    from brm_desktop.gui.canvas.view import CanvasView
    from brm_desktop.rendering.theme import LIGHT

    view = CanvasView(PaperPort(figure()), LIGHT, phrase("Relationship map"))
    return view, len(view.content.cards)


def sample(store: Path) -> None:
    """Our program, the first account of the sample portfolio open at its map."""
    from brm_desktop import app

    def instead(*_: object) -> int:
        _show_account()
        return 0

    QApplication.exec = instead  # type: ignore[method-assign]  # to look in from outside
    app.main(["--store", str(store), "--lang", "en"])


def _show_account() -> None:
    from brm_desktop.gui.desk import Page, Place
    from brm_desktop.gui.main_window import MainWindow

    (window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    window.resize(*SIZE)
    while window.jobs.running or not window.desk.is_open:
        rest(10)
    window.desk.go(Place(Page.ACCOUNT, window.desk.session.portfolio()[0].id))
    while window.jobs.running or window.desk.place.account is None:
        rest(10)

    from brm_desktop.gui.canvas.view import CanvasView

    rest(200)
    tell(sum(len(view.content.cards) for view in window.findChildren(CanvasView)))
    window.close()


def tell(cards: int) -> None:
    """Tell what is held once all is painted, and how many cards are on show."""
    rest(RESTS_AFTER_MS)
    print(json.dumps({"held": held(), "cards": cards}), flush=True)


def main() -> None:
    """Show what is asked for and tell."""
    what, store = sys.argv[1], Path(sys.argv[2])
    if what == "sample":
        sample(store)
        return
    application = QApplication(["remembered"])
    window, cards = canvas() if what == "canvas" else bare()
    window.resize(*SIZE)
    window.show()
    tell(cards)
    del application
    os._exit(0)


if __name__ == "__main__":
    main()
