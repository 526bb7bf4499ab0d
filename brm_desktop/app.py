"""Builds and joins everything: the only place that knows both the window and the command line.

What is imported here at the top decides how soon the first window appears, and whether a system
that lacks what Qt needs gets a sentence instead of a linker's message; a test keeps the list.
"""

from __future__ import annotations

import builtins
import faulthandler
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import localtime, strftime
from typing import TYPE_CHECKING

from brm_desktop import language
from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.environment import System, require_window, settle_input_method
from brm_desktop.language import tr
from brm_desktop.process.secrecy import no_image_of_memory, secrets_to_itself
from brm_desktop.process.wanted import DRAW_CHARTS, Wanted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from brm_desktop.gui.main_window import MainWindow
    from brm_desktop.process.run_mark import BadEnd, RunMark

_VALUE_OPTIONS = ("--store", "--lang")
_EAR_AFTER_MS = 400
"""The store comes first."""
_UNSEEN_PLATFORMS = ("offscreen", "minimal")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code: the window, or one command without it."""
    no_image_of_memory()
    with secrets_to_itself():
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == [DRAW_CHARTS]:
        from brm_desktop.rendering.charts.process import draw_what_is_asked

        return draw_what_is_asked()
    language.use(language.closest_to(_system_locale()))
    options = window_options(given)
    if options is None:
        from brm_desktop.cli.commands import run

        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return _owning_up(partial(run, given))
    if options.language:
        language.use(options.language)
    try:
        require_window(System.here())
    except Problem as problem:
        print(tr(problem.sentence), file=sys.stderr)  # noqa: T201  the one sentence for the user
        return 1
    return _owning_up(partial(_open_window, options))


def window_options(arguments: Sequence[str]) -> Wanted | None:
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
    return Wanted(Path(store) if store else None, values.get("--lang"))


def _system_locale() -> str | None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable]
    if sys.platform == "win32":  # elsewhere there is nothing but these variables
        import locale

        return locale.getlocale()[0]
    return None


def _open_window(wanted: Wanted) -> int:
    """Open the one window, or have the one that is open take over what is wanted."""
    from brm_desktop.process.folders import state_folder
    from brm_desktop.process.only_one import OnlyOne, address_of_window, name_of_window
    from brm_desktop.session.last_store import config_folder

    gc.disable()  # the window has a collector of its own (gui/garbage.py)
    settle_input_method(os.environ)
    name = name_of_window(config_folder())
    address = address_of_window(state_folder(), name)
    right = OnlyOne(state_folder(), name)
    try:
        if not right.take():
            ended = _hand_over(address, wanted, right.take)
            if ended is not None:
                return ended
        return _run_window(address, wanted)
    finally:
        right.let_go()


def _hand_over(address: str | None, wanted: Wanted, is_first: Callable[[], bool]) -> int | None:
    """Tell the window that is open; the exit code, or ``None`` when this is the first after all."""
    from brm_desktop.gui.instance import PATIENCE_MS, Answer, hand_over

    _application()
    answer = Answer.SILENT
    if address is not None:
        answer = hand_over(address, wanted.from_anywhere(), is_first, PATIENCE_MS)
    if answer is Answer.OURS_NOW:
        return None
    if answer is Answer.SILENT:
        _say(phrase("BRM Desktop is running already and does not answer; end it and start again."))
        return 1
    return 0


def _run_window(address: str | None, wanted: Wanted) -> int:
    """Run the window until it is closed, watched for defects and crashes."""
    from brm_desktop.process.folders import log_folder, state_folder
    from brm_desktop.process.logs import start_log
    from brm_desktop.process.run_mark import RunMark, crash_trace, dump_crashes

    start_log(log_folder())
    mark = RunMark(state_folder(), _now())
    end = mark.bad_end(crash_trace(log_folder()))
    crash = dump_crashes(log_folder())
    mark.set()
    logging.getLogger("brm_desktop").info("started")
    try:
        return _run_watched(address, wanted, mark, end)
    finally:
        if crash is not None:
            faulthandler.disable()
            crash.close()


def _run_watched(address: str | None, wanted: Wanted, mark: RunMark, end: BadEnd | None) -> int:
    application = _application()
    from brm_desktop.gui.crash.ending import end_in_order
    from brm_desktop.gui.crash.qt_messages import log_qt_messages
    from brm_desktop.gui.crash.watching import DefectWatch
    from brm_desktop.gui.main_window import MainWindow

    watch = DefectWatch(lambda error: _show_defect(application, error))
    stops = [watch.start(), log_qt_messages()]
    try:
        window = MainWindow(write_sample=_write_sample, wanted_language=wanted.language)
        stops.append(end_in_order(application, window, mark))
        window.painted.connect(lambda: window.start(wanted.from_anywhere().store))
        window.furnished.connect(lambda: _join_in(window, address, end))
        window.show()
        return application.exec()
    finally:
        for stop in reversed(stops):
            stop()


def _show_defect(application: QApplication, error: BaseException) -> None:
    from brm_desktop.gui.crash.report import show_defect

    show_defect(application.activeWindow(), error)


def _join_in(window: MainWindow, address: str | None, end: BadEnd | None) -> None:
    """What the program adds to a furnished window: the last bad end, the ear for later starts."""
    from PySide6.QtCore import QTimer

    if end is not None:
        from brm_desktop.gui.crash.strip import offer_to_look

        offer_to_look(window, end)
    if address is not None:
        QTimer.singleShot(_EAR_AFTER_MS, window, lambda: _listen(window, address))


def _listen(window: MainWindow, address: str) -> None:
    """Hear of later starts; who starts before that tries again until somebody listens."""
    from brm_desktop.gui.instance import receive

    receive(window, address)


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    _import_plainly()
    made = QApplication.instance() or QApplication(["brm-desktop", "-style", "Fusion"])
    assert isinstance(made, QApplication)
    made.setApplicationName("BRM Desktop")
    made.setDesktopFileName("brm-desktop")
    return made


def _import_plainly() -> None:
    """Have modules imported as before Qt was.

    With PySide comes an import that reads the source of every module, and keeps it in memory, to
    find those that may ask for ``__feature__``. None of ours does, and there are hundreds.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _now() -> str:
    """The time of day as people write it."""
    from brm_desktop.session.clock import SystemClock

    return strftime("%Y-%m-%d %H:%M", localtime(SystemClock().millis() / 1000))


def _write_sample(path: Path) -> None:
    from brm_desktop.session.demo import write_demo

    write_demo(path)


def _say(sentence: Phrase) -> None:
    """Say a sentence where whoever started the program sees it: in the terminal, or in a box."""
    terminal = sys.stderr
    if terminal is not None:
        print(tr(sentence), file=terminal)
    from PySide6.QtWidgets import QApplication, QMessageBox

    seen = terminal is not None and terminal.isatty()
    if not seen and QApplication.platformName() not in _UNSEEN_PLATFORMS:
        QMessageBox.information(None, "BRM Desktop", tr(sentence))


def _owning_up(work: Callable[[], int]) -> int:
    """The exit code of what is done; a defect that nobody caught ends it with a sentence."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001  (the last one to see it: logged and told)
        return _own_up(error)


def _own_up(error: Exception) -> int:
    """Say of a defect that ended the program where it was, and log it; never what it quotes."""
    from brm_desktop.process.folders import log_folder
    from brm_desktop.process.frames import told
    from brm_desktop.process.logs import start_log

    if not logging.getLogger().handlers:
        start_log(log_folder())
    logging.getLogger("brm_desktop").error("a defect that ended the program", exc_info=error)
    sentence = phrase(
        "Something went wrong that is not your doing; what was not finished was not kept."
    )
    if sys.stderr is not None:
        print(tr(sentence), *told(error), sep="\n", file=sys.stderr)  # noqa: T201
    return 1
