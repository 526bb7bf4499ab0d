"""Builds and joins everything: the only place that knows both the window and the command line.

What is imported here at the top decides how soon the first window appears, and whether a system
that lacks what Qt needs gets a sentence instead of a linker's message; a test keeps the list.
"""

from __future__ import annotations

import faulthandler
import locale
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from brm_desktop import language
from brm_desktop.domain.errors import Problem
from brm_desktop.environment import System, require_window, settle_input_method
from brm_desktop.language import tr

if TYPE_CHECKING:
    from types import TracebackType

    ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]

_VALUE_OPTIONS = ("--store", "--lang")
_LOG_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """What was asked for on the command line when the window is to be opened."""

    store: Path | None = None
    language: str | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code: the window, or one command without it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language.use(language.closest_to(_system_locale()))
    options = window_options(given)
    if options is None:
        from brm_desktop.cli.commands import run

        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return run(given)
    if options.language:
        language.use(options.language)
    try:
        require_window(System.here())
    except Problem as problem:
        print(tr(problem.sentence), file=sys.stderr)  # noqa: T201  the one sentence for the user
        return 1
    return _open_window(options)


def window_options(arguments: Sequence[str]) -> WindowOptions | None:
    """What the arguments ask of the window; ``None`` when they name a command or ask for help.

    Anything but ``--store FILE`` and ``--lang CODE`` is the command line's to judge, wrong usage
    too.
    """
    values: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, joined, value = rest.pop(0).partition("=")
        if name not in _VALUE_OPTIONS or (not joined and not rest):
            return None
        values[name] = value if joined else rest.pop(0)
    if values.get("--lang", "en") not in language.LANGUAGES:
        return None
    store = values.get("--store")
    return WindowOptions(Path(store) if store else None, values.get("--lang"))


def _system_locale() -> str | None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable]
    return locale.getlocale()[0]


def _open_window(options: WindowOptions) -> int:
    settle_input_method(os.environ)
    _start_log()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    application = QApplication(["brm-desktop"])
    application.setApplicationName("BRM Desktop")
    application.setDesktopFileName("brm-desktop")
    from brm_desktop.gui.main_window import MainWindow
    from brm_desktop.gui.messages import show_defect

    sys.excepthook = tell_defects(show_defect)
    window = MainWindow(write_sample=_write_sample, wanted_language=options.language)
    window.show()
    QTimer.singleShot(0, lambda: window.start(options.store))
    return application.exec()


def _write_sample(path: Path) -> None:
    from brm_desktop.session.demo import write_demo

    write_demo(path)


def tell_defects(show: Callable[[None, BaseException], None]) -> ExceptHook:
    """What is called with an exception that nobody caught: a defect, logged and owned up to."""
    showing = False

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal showing
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logging.getLogger("brm_desktop").error("a defect", exc_info=(kind, error, trace))
        if not showing:
            showing = True
            try:
                show(None, error)
            finally:
                showing = False

    return hook


def _start_log() -> None:
    """Log to a file of the user's; a crash inside Qt leaves its trace beside it."""
    from logging.handlers import RotatingFileHandler

    from platformdirs import user_log_path

    try:
        folder = user_log_path("brm-desktop", appauthor=False, ensure_exists=True)
        handler = RotatingFileHandler(
            folder / "brm-desktop.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
        crash = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError as error:
        logging.basicConfig(level=logging.WARNING)
        logging.getLogger("brm_desktop").warning("no log file: %s", error)
        return
    logging.basicConfig(level=logging.INFO, handlers=[handler], format=_LOG_LINE)
    faulthandler.enable(crash)
