"""A second start hands over to the window that is open; whatever else comes by is turned away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from windowing import Windows, dialog_answered, rest

from brm_desktop.gui.instance import Answer, Reception, hand_over, receive, take_in
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.what_if import leaving
from brm_desktop.process.only_one import address_of_window
from brm_desktop.process.wanted import LARGEST, Wanted, packed


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Where a window would listen."""
    found = address_of_window(tmp_path / "s", f"window-{os.getpid()}")
    assert found is not None
    return found


@pytest.fixture
def reception(qtbot: QtBot, address: str) -> Iterator[Reception]:
    """The first window's ear."""
    reception = Reception(address)
    assert reception.open()
    yield reception
    reception.close()


SECOND = """
import sys
from brm_desktop.gui.instance import hand_over
from brm_desktop.process.wanted import unpacked
print(hand_over(sys.argv[1], unpacked(sys.argv[2].encode()), lambda: False, 5_000).name)
"""
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


def never() -> bool:
    return False


def said(address: str, wanted: Wanted) -> Answer:
    """What a second start hears, which is a process of its own."""
    second = subprocess.Popen(
        [sys.executable, "-c", SECOND, address, packed(wanted).decode()],
        stdout=subprocess.PIPE,
        text=True,
    )
    while second.poll() is None:
        rest(10)
    told, _ = second.communicate()
    return Answer[told.strip()]


def heard(reception: Reception) -> list[object]:
    found: list[object] = []
    reception.asked.connect(found.append)
    return found


def test_what_is_wanted_reaches_the_first(reception: Reception, address: str) -> None:
    asked = heard(reception)
    wanted = Wanted(Path("/stores/华辰.brm"), "zh_CN")
    if sys.platform == "win32":
        wanted = Wanted(Path("C:/stores/华辰.brm"), "zh_CN")
    assert said(address, wanted) is Answer.TAKEN
    assert said(address, Wanted()) is Answer.TAKEN
    assert asked == [wanted, Wanted()]


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a named pipe")
def test_only_this_user_reaches_the_window(reception: Reception, address: str) -> None:
    assert Path(address).stat().st_mode & 0o077 == 0
    assert Path(address).parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe goes with its process")
def test_what_a_crash_left_at_the_address_is_taken_over(qtbot: QtBot, address: str) -> None:
    Path(address).write_text("left", encoding="utf-8")
    reception = Reception(address)
    assert reception.open()
    asked = heard(reception)
    assert said(address, Wanted()) is Answer.TAKEN
    assert asked == [Wanted()]
    reception.close()


def test_who_hears_nothing_waits_a_bounded_time(qtbot: QtBot, address: str) -> None:
    assert hand_over(address, Wanted(), never, 200) is Answer.SILENT


def test_a_window_that_hangs_is_not_waited_for_without_end(qtbot: QtBot, address: str) -> None:
    deaf = QLocalServer()
    assert deaf.listen(address)
    assert hand_over(address, Wanted(), never, 300) is Answer.SILENT
    deaf.close()


def test_the_place_of_a_window_that_has_just_ended_is_taken(qtbot: QtBot, address: str) -> None:
    tries = iter((False, False, True))
    assert hand_over(address, Wanted(), lambda: next(tries), 2_000) is Answer.OURS_NOW


@pytest.mark.parametrize(
    "message",
    [
        b"hello\n",
        b'{"store": "my.brm", "language": null}\n',
        b"\n",
        b"x" * (LARGEST + 1_000),
        b"[" * LARGEST + b"\n",
    ],
)
def test_what_is_no_message_is_turned_away(
    qtbot: QtBot, reception: Reception, address: str, message: bytes
) -> None:
    asked = heard(reception)
    guest = QLocalSocket()
    guest.connectToServer(address)
    assert guest.waitForConnected(1_000)
    guest.write(message)
    qtbot.waitUntil(lambda: guest.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert guest.readAll().data() in {b"no\n", b""}
    assert asked == []
    assert said(address, Wanted()) is Answer.TAKEN


def test_who_says_nothing_is_sent_away(
    qtbot: QtBot, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("brm_desktop.gui.instance._GUEST_MS", 50)
    reception = Reception(address)
    assert reception.open()
    guest = QLocalSocket()
    guest.connectToServer(address)
    assert guest.waitForConnected(1_000)
    qtbot.waitUntil(lambda: guest.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    reception.close()


def test_a_message_in_pieces_is_heard(qtbot: QtBot, reception: Reception, address: str) -> None:
    asked = heard(reception)
    guest = QLocalSocket()
    guest.connectToServer(address)
    assert guest.waitForConnected(1_000)
    message = packed(Wanted(language="en"))
    guest.write(message[:7])
    guest.flush()
    rest(30)
    guest.write(message[7:])
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [Wanted(language="en")]


def test_the_window_opens_what_a_later_start_was_asked_to_open(
    windows: Windows, sample: MainWindow, sample_file: Path, tmp_path: Path, address: str
) -> None:
    other = Path(copyfile(sample_file, tmp_path / "other.brm"))
    reception = receive(sample, address)
    sample.showMinimized()
    assert said(address, Wanted(other, "zh_CN")) is Answer.TAKEN
    windows.settle(sample)
    assert sample.desk.session.path == other
    assert not sample.windowState() & Qt.WindowState.WindowMinimized
    assert sample.top_bar.search.accessibleName() != ""
    assert sample.preferences.text("window/language") == "zh_CN"
    reception.close()


def test_a_store_that_cannot_be_opened_leaves_the_present_one(
    windows: Windows, sample: MainWindow, tmp_path: Path
) -> None:
    before = sample.desk.session.path
    take_in(sample, Wanted(tmp_path / "none.brm"))
    windows.settle(sample)
    assert sample.desk.session.path == before
    assert "There is no file" in sample.toast.sentence


def test_nothing_is_opened_over_an_open_what_if(
    windows: Windows, sample: MainWindow, sample_file: Path, tmp_path: Path
) -> None:
    other = Path(copyfile(sample_file, tmp_path / "other.brm"))
    before = sample.desk.session.path
    assert leaving.begin(sample.desk)
    take_in(sample, Wanted(other))
    windows.settle(sample)
    assert sample.desk.session.path == before
    assert sample.toast.sentence


def test_an_open_question_is_answered_first(
    windows: Windows, sample: MainWindow, sample_file: Path, tmp_path: Path
) -> None:
    other = Path(copyfile(sample_file, tmp_path / "other.brm"))
    before = sample.desk.session.path
    told: list[str] = []

    def late_start(dialog: QDialog) -> None:
        take_in(sample, Wanted(other))
        take_in(sample, Wanted())
        told.append(sample.toast.sentence)
        dialog.reject()

    with dialog_answered(late_start):
        sample.commands.run("help")
    windows.settle(sample)
    assert told == ["Answer the open question first, then open other.brm again."]
    assert sample.desk.session.path == before


def test_a_language_that_nobody_speaks_is_ignored(
    windows: Windows, sample: MainWindow, qapp: QObject
) -> None:
    take_in(sample, Wanted(language="xx"))
    assert sample.top_bar.isVisible()
