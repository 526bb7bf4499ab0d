"""Bad days in the real window: each said once, in a sentence, with no dialog; then it goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from disks import SmallDisk
from pypdfium2 import PdfDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windowing import Windows

from brm_desktop.domain import edits
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import phrase, verbatim
from brm_desktop.domain.records import Person, PersonId
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.exporting import write_plan_to
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.session.demo import write_demo
from brm_desktop.session.session import Session
from brm_desktop.storage.driver import check_version
from brm_desktop.storage.place import places


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    """Windows of one computer, in which no defect shows."""
    opened = Windows(qtbot, tmp_path, monkeypatch)
    yield opened
    assert opened.defects == []


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English sample portfolio, to copy."""
    path = tmp_path_factory.mktemp("portfolio") / "sample.brm"
    write_demo(path)
    return path


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk that holds the sample and not much more."""
    disk = SmallDisk(tmp_path / "disk", megabytes=10)
    yield disk
    disk.go()


class Heard:
    """What a window says, from now on."""

    def __init__(self, window: MainWindow) -> None:
        self.warned: list[str] = []
        window.desk.messages.warned.connect(self.warned.append)

    def only(self) -> str:
        """The one sentence that was said; no dialog stands in the way."""
        assert QApplication.activeModalWidget() is None
        assert len(self.warned) == 1, self.warned
        (sentence,) = self.warned
        self.warned.clear()
        return sentence


def _at_work(windows: Windows, path: Path) -> tuple[MainWindow, PersonId]:
    """A window with the first account of a store open, and somebody in it."""
    window = windows.open(path)
    account = window.desk.session.portfolio()[0].id
    windows.go(window, Place(Page.ACCOUNT, account))
    return window, window.desk.analysis(account).by_importance[0].id


def _retitle(window: MainWindow, person: PersonId, title: str) -> bool:
    made = window.desk.edit(phrase("Retitle"), edits.revise_person, person, title=title)
    return made is not None


def test_on_a_full_disk_each_edit_that_fails_is_said_once_and_the_window_goes_on(
    windows: Windows, disk: SmallDisk, sample_file: Path
) -> None:
    path = Path(copyfile(sample_file, disk.folder / "sales.brm"))
    window, person = _at_work(windows, path)
    heard = Heard(window)
    disk.fill()
    number = 0
    while _retitle(window, person, f"Title {number} " + "x" * 2_000):
        number += 1
    assert heard.only().startswith("The disk is full, so nothing was changed in sales.brm")
    kept = window.desk.records.one(Person, person)
    disk.free()
    assert _retitle(window, person, "Chief buyer")
    window.desk.undo()
    assert window.desk.records.one(Person, person) == kept
    assert heard.warned == []
    windows.settle(window)
    window.close()
    with Session.open(path) as session:
        assert session.all_records().one(Person, person) == kept
        assert session.check() == []


def test_a_plan_that_finds_the_disk_full_is_said_once_and_the_old_one_stays(
    windows: Windows, disk: SmallDisk, sample_file: Path, tmp_path: Path
) -> None:
    window, _ = _at_work(windows, Path(copyfile(sample_file, tmp_path / "sales.brm")))
    plan = disk.folder / "plan.pdf"
    plan.write_bytes(b"the old one")
    disk.fill()
    heard = Heard(window)
    write_plan_to(window.desk, plan, 2026)
    windows.settle(window)
    assert "No space left on device" in heard.only()
    assert plan.read_bytes() == b"the old one"
    assert sorted(path.name for path in disk.folder.iterdir()) == ["films", "plan.pdf"]


def test_a_plan_that_was_begun_is_written_whole_though_the_window_closes(
    windows: Windows, qtbot: QtBot, sample_file: Path, tmp_path: Path
) -> None:
    window, _ = _at_work(windows, Path(copyfile(sample_file, tmp_path / "sales.brm")))
    plan = tmp_path / "plan.pdf"
    write_plan_to(window.desk, plan, 2026)
    qtbot.waitUntil(lambda: window.desk.drawer.process is not None, timeout=60_000)
    window.close()
    with PdfDocument(plan) as written:
        assert len(written) > 1


def test_a_stick_that_is_pulled_out_is_said_once_for_each_edit_and_the_window_closes(
    windows: Windows, disk: SmallDisk, sample_file: Path
) -> None:
    window, person = _at_work(windows, Path(copyfile(sample_file, disk.folder / "sales.brm")))
    before = window.desk.records
    heard = Heard(window)
    disk.pull()
    for _ in range(3):
        assert not _retitle(window, person, "lost?")
        assert "sales.brm is no longer in its folder; put it back" in heard.only()
    window.desk.undo()
    assert window.desk.records == before
    windows.settle(window)
    window.close()


def test_a_folder_that_goes_while_the_window_is_open_is_said_and_put_back_it_goes_on(
    windows: Windows, sample_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    window, person = _at_work(windows, Path(copyfile(sample_file, folder / "sales.brm")))
    heard = Heard(window)
    folder.rename(tmp_path / "elsewhere")
    assert not _retitle(window, person, "lost?")
    assert "no longer in its folder" in heard.only()
    (tmp_path / "elsewhere").rename(folder)
    assert _retitle(window, person, "Chief buyer")
    assert heard.warned == []


def test_a_store_on_a_read_only_disk_is_refused_once_and_the_start_is_shown(
    windows: Windows, disk: SmallDisk, sample_file: Path
) -> None:
    path = Path(copyfile(sample_file, disk.folder / "sales.brm"))
    with disk.read_only():
        window = windows.open()
        heard = Heard(window)
        window.start(path)
        windows.settle(window)
        assert "read-only" in heard.only()
        assert window.desk.place.page is Page.START


def test_a_synchronised_folder_is_warned_of_once_when_a_store_in_it_is_opened(
    windows: Windows, sample_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "Dropbox").mkdir()
    path = Path(copyfile(sample_file, tmp_path / "Dropbox" / "sales.brm"))
    window = windows.open()
    heard = Heard(window)
    window.start(path)
    windows.settle(window)
    assert "sales.brm is in a folder that Dropbox synchronises" in heard.only()
    account = window.desk.session.portfolio()[0].id
    windows.go(window, Place(Page.ACCOUNT, account))
    assert heard.warned == []


def test_a_store_on_a_network_drive_is_refused_once_with_the_reason(
    windows: Windows, sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"2 1 0:2 / {tmp_path} rw - nfs4 filer:/ rw\n")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    window = windows.open()
    heard = Heard(window)
    window.start(Path(shutil.copy(sample_file, tmp_path / "sales.brm")))
    windows.settle(window)
    assert f"sales.brm is on the network drive {tmp_path}, where locks do not" in heard.only()
    assert not window.desk.is_open


def test_an_sqlite_that_can_damage_a_store_is_said_before_one_is_opened(
    windows: Windows, sample_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_version, "__defaults__", ((3, 51, 2),))
    window = windows.open()
    heard = Heard(window)
    window.start(sample_file)
    windows.settle(window)
    assert heard.only().startswith("SQLite 3.51.2 can damage a store; install a build")
    assert not window.desk.is_open


@pytest.mark.parametrize("command", ["undo", "switch_theme", "switch_language"])
def test_with_the_stick_gone_every_command_that_would_write_is_said_once(
    windows: Windows, disk: SmallDisk, sample_file: Path, command: str
) -> None:
    window, person = _at_work(windows, Path(copyfile(sample_file, disk.folder / "sales.brm")))
    assert _retitle(window, person, "Chief buyer")
    heard = Heard(window)
    disk.pull()
    window.commands.run(command)
    windows.settle(window)
    assert "sales.brm" in heard.only()
    window.close()


def test_what_the_user_was_just_told_work_that_nobody_asked_for_does_not_say_again(
    windows: Windows,
) -> None:
    window = windows.open()
    heard, messages = Heard(window), window.messages
    for number, ways in enumerate(
        ((messages.failed, messages.failed_unasked), (messages.failed_unasked, messages.failed))
    ):
        gone = StoreProblem(verbatim(f"It is gone: {number}."))
        for way in ways:
            way(gone)
        assert heard.only() == f"It is gone: {number}."
        messages.failed(gone)
        assert heard.only() == f"It is gone: {number}.", "what is asked for again is told again"
    messages.failed_unasked(StoreProblem(verbatim("It is full.")))
    assert heard.only() == "It is full."
