"""The process that draws charts: it reads orders, answers each with SVG, and ends with its input.

It is the same program, started with a hidden argument. Nothing of Qt or of a store is imported in
it, and it writes nothing but its answers; a chart that cannot be drawn is answered by nothing.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from brm_desktop.process.folders import cache_folder
from brm_desktop.process.wanted import DRAW_CHARTS

_PACKAGE: Final = Path(__file__).absolute().parents[3]
"""Where the program is found, written as in ``sys.path``."""
_START: Final = (
    "import sys; {0!r} in sys.path or sys.path.insert(0, {0!r});"
    " from brm_desktop.app import main; main()"
)
"""An installed program is found anyway: in front, all that is installed would hide what is Python's
own. One that is run from its source goes before another one that is installed."""


def command() -> list[str]:
    """What starts it: the program itself; Python looks for nothing where one happens to stand."""
    if getattr(sys, "frozen", False):
        return [sys.executable, DRAW_CHARTS]
    return [sys.executable, "-P", "-c", _START.format(str(_PACKAGE)), DRAW_CHARTS]


def draw_what_is_asked() -> int:
    """Draw what is asked for until nobody asks any more."""
    if getattr(sys, "frozen", False):
        remember_fonts()
    # By number, for a program without a terminal has no sys.stdin; and what a library prints, also
    # one written in C, must not get among the answers. Whoever asked may go at any moment, also
    # while what was still to be said is written at the end.
    with (
        suppress(OSError),
        os.fdopen(os.dup(0), "rb") as orders,
        os.fdopen(os.dup(1), "wb") as answers,
    ):
        os.dup2(2, 1)
        serve(orders, answers)
    return 0


def remember_fonts() -> None:
    """Have matplotlib, not imported yet, keep the list of fonts it finds for processes to come.

    In a program that was packed it is told to keep it in a new folder of each process: every
    process would search all fonts anew. That folder, still empty, goes at once, for one that is
    killed would leave it behind.
    """
    with suppress(KeyError, OSError):
        Path(os.environ["MPLCONFIGDIR"]).rmdir()
    os.environ["MPLCONFIGDIR"] = str(cache_folder() / "matplotlib")


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Answer orders one after another."""
    from brm_desktop import language
    from brm_desktop.rendering.charts.drawing import svg
    from brm_desktop.rendering.charts.wire import order_read, receive, send

    while (message := receive(orders)) is not None:
        try:
            order = order_read(message)
            language.use(order.language)
            drawn = svg(order.chart, order.theme, order.width, order.height)
        except Exception:  # noqa: BLE001  (who asked draws it himself, and tells what went wrong)
            drawn = b""
        send(answers, drawn)
