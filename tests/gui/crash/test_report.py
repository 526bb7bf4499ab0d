"""A defect and a crash are owned up to in one sentence; the details hold nothing of the user's."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot
from windowing import Key, Windows, dialog_answered, press, rest

from brm_desktop import __version__, language
from brm_desktop.domain.errors import NotFound
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.crash.qt_messages import log_qt_messages
from brm_desktop.gui.crash.report import ReportDialog, show_bad_end, show_defect
from brm_desktop.gui.crash.strip import BadEndStrip, offer_to_look
from brm_desktop.gui.crash.watching import DefectWatch
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.process.folders import log_folder
from brm_desktop.process.run_mark import BadEnd

MARKER = "Zhou Hai of Huachen"
END = BadEnd("2026-11-20 17:42", "0.0.9", ("Segmentation fault", "  brm_desktop/app.py, line 1"))


def broken() -> BaseException:
    """A defect that quotes a customer."""
    try:
        raise NotFound(phrase("There is no {name}.", name=MARKER))
    except NotFound as error:
        return error


def words(dialog: QDialog) -> str:
    assert isinstance(dialog, ReportDialog)
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    return "\n".join((dialog.windowTitle(), *shown, dialog.details.toPlainText()))


def test_a_defect_is_one_sentence_with_its_details_folded(qtbot: QtBot) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ReportDialog)
        seen.append(words(dialog))
        assert not dialog.details.isVisible()
        low = dialog.height()
        press(dialog, Key.Key_Tab)
        while not dialog.fold.hasFocus():
            press(dialog, Key.Key_Tab)
        press(dialog, Key.Key_Space)
        assert dialog.details.isVisible()
        assert dialog.height() > low
        dialog.copy.click()
        dialog.close_button.setFocus()
        press(dialog, Key.Key_Return)

    with dialog_answered(look):
        show_defect(None, broken())
    (said,) = seen
    assert "Something went wrong that is not your doing." in said
    assert f"BRM Desktop {__version__}" in said
    assert "SQLite 3." in said
    assert "brm_desktop.domain.errors.NotFound" in said
    assert "in broken" in said
    assert MARKER not in said
    copied = QApplication.clipboard().text()
    assert copied
    assert copied in said


def test_the_folder_of_the_log_can_be_opened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))

    def ask(dialog: QDialog) -> None:
        assert isinstance(dialog, ReportDialog)
        dialog.folder.click()
        dialog.reject()

    with dialog_answered(ask):
        show_bad_end(None, END)
    assert opened == [str(log_folder())]


@pytest.mark.parametrize("end", [END, BadEnd("2026-11-20 17:42", "0.0.9")])
def test_the_last_bad_end_is_told_by_its_version_and_places(qtbot: QtBot, end: BadEnd) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.append(words(dialog))
        dialog.reject()

    with dialog_answered(look):
        show_bad_end(None, end)
    assert "BRM Desktop 0.0.9" in seen[0]
    assert "started 2026-11-20 17:42" in seen[0]
    assert ("Segmentation fault" if end.trace else "no trace") in seen[0]


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_strip_offers_to_look_and_goes(
    windows: Windows, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = windows.open(None, code)
    window.resize(1100, 700)
    strip = offer_to_look(window, END)
    rest(60)
    assert QApplication.activeModalWidget() is None, "it is no question"
    assert strip.isVisible()
    for part in (strip.look, strip.dismiss):
        assert part.sizeHint().width() <= part.width()
        assert part.accessibleName()
    assert strip.sentence.fontMetrics().horizontalAdvance(strip.sentence.text()) < (
        strip.sentence.width()
    )
    with dialog_answered(lambda dialog: dialog.reject()):
        strip.look.click()
    rest()
    assert window.findChild(BadEndStrip) is None
    again = offer_to_look(window, END)
    rest()
    again.dismiss.click()
    rest()
    assert window.findChild(BadEndStrip) is None


@pytest.fixture
def told(qtbot: QtBot) -> Iterator[tuple[DefectWatch, list[BaseException]]]:
    """A watch on Python's hooks, and what it shows."""
    shown: list[BaseException] = []
    watch = DefectWatch(shown.append)
    stop = watch.start()
    yield watch, shown
    stop()


Told = tuple[DefectWatch, list[BaseException]]


def raised(error: BaseException) -> None:
    """Let the hook see an exception as Python would."""
    sys.excepthook(type(error), error, error.__traceback__)


def test_a_defect_is_logged_at_once_and_shown_between_two_events(
    told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    error = broken()
    raised(error)
    assert told[1] == []
    assert caplog.messages == ["a defect"]
    rest()
    assert told[1] == [error]


def test_the_same_defect_again_is_only_logged(told: Told, caplog: pytest.LogCaptureFixture) -> None:
    raised(broken())
    rest()
    raised(broken())
    raised(ValueError("another one"))
    rest()
    assert len(caplog.messages) == 3
    assert [type(error) for error in told[1]] == [NotFound, ValueError]


def test_a_defect_while_a_defect_is_shown_is_only_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []

    def show(error: BaseException) -> None:
        shown.append(str(error))
        raised(ValueError("the second"))
        rest()

    stop = DefectWatch(show).start()
    raised(ValueError("the first"))
    rest(60)
    stop()
    assert shown == ["the first"]
    assert len(caplog.messages) == 2


def test_a_defect_in_another_thread_is_shown_on_the_windows_thread(told: Told) -> None:
    def work() -> None:
        raise ValueError(MARKER)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    rest()
    assert [str(error) for error in told[1]] == [MARKER]


def test_a_defect_that_python_can_only_mention_is_shown(
    told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    class Falling:
        def __del__(self) -> None:
            raise ValueError(MARKER)

    Falling()
    gc.collect()
    rest()
    assert [str(error) for error in told[1]] == [MARKER]


def test_leaving_by_the_keyboard_is_no_defect(
    told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    raised(KeyboardInterrupt())
    rest()
    assert told[1] == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_hooks_are_put_back(qtbot: QtBot) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    stop = DefectWatch(print).start()
    assert sys.excepthook != before[0]
    stop()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_a_defect_of_a_worker_ends_in_the_window(windows: Windows) -> None:
    window = windows.open()

    def work(_progress: object) -> None:
        raise ValueError(MARKER)

    window.jobs.run(phrase("Counting"), work)
    windows.qtbot.waitUntil(lambda: bool(windows.defects))
    assert [str(error) for error in windows.defects] == [MARKER]
    windows.defects.clear()


@pytest.fixture
def qt_said() -> Iterator[Callable[[], list[str]]]:
    """What Qt says, heard by somebody before us."""
    heard: list[str] = []

    def listen(_kind: QtMsgType, _context: object, message: str) -> None:
        heard.append(message)

    before = qInstallMessageHandler(listen)
    yield lambda: heard
    qInstallMessageHandler(before)


def test_what_qt_says_is_logged_by_its_speaker_and_heard_by_others_still(
    qtbot: QtBot, qt_said: Callable[[], list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    stop = log_qt_messages()
    said = (f"QFile::open: no file {MARKER}", f"{MARKER} is no font", "QPainter not active")
    for one in said:
        qWarning(one)
    stop()
    qWarning("after")
    assert caplog.messages == ["default: QFile::open", "default: -", "default: QPainter"]
    assert qt_said() == [*said, "after"]


def test_who_listens_alone_keeps_quiet_without_a_terminal(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    before = qInstallMessageHandler(None)
    stop = log_qt_messages()
    qWarning(MARKER)
    stop()
    qInstallMessageHandler(before)
    assert caplog.messages == ["default: -"]
    assert capfd.readouterr().err == ""


def test_the_window_is_shut_in_order_without_a_question(windows: Windows, tmp_path: Path) -> None:
    language.use("en")
    window: MainWindow = windows.open()
    window.shut()
    window.shut()
    assert not window.desk.is_open
