"""Backups in the window: made by themselves, looked into, gone back to; ways out of damage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from protected import answered_in_turn
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox
from stores import damage_an_index
from windowing import Key, Windows, dialog_answered, press, rest, saving_to

from brm_desktop.domain import edits
from brm_desktop.domain.errors import WrongSecret
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui import backup_keeper
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.restore_page import RestorePage
from brm_desktop.gui.protection.recovery_dialog import RecoveryDialog
from brm_desktop.session.backups import BackupKind, backups_of, folder_of
from brm_desktop.session.protection import Passphrase
from brm_desktop.session.session import Session

WORDS = "correct horse battery"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The daily backup comes as soon as nothing else is under way."""
    monkeypatch.setattr(backup_keeper, "_AFTER_OPENING_MS", 10)
    monkeypatch.setattr(backup_keeper, "_QUIET_FOR_MS", 10)


def page_of(windows: Windows, window: MainWindow) -> RestorePage:
    """The page of the backups, once it has looked into them."""
    windows.go(window, Place(Page.BACKUPS))
    page = window.pages.currentWidget()
    assert isinstance(page, RestorePage)
    windows.settle(window)
    return page


def new_account(window: MainWindow, name: str) -> None:
    """An edit that shows whether a backup is from before it."""
    window.desk.edit(phrase("Create"), edits.create_account, name=name)


def kinds(path: Path) -> list[str]:
    """Why each backup was made, in the order of the words."""
    return sorted(one.kind.value for one in backups_of(path))


def answered_with(text: str) -> Callable[[QDialog], None]:
    """Press the button with a text."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        next(one for one in dialog.buttons() if one.text() == text).click()

    return answer


@pytest.mark.usefixtures("at_once")
def test_a_backup_is_made_by_itself_once_a_day(windows: Windows, sample: MainWindow) -> None:
    path = sample.desk.session.path
    windows.qtbot.waitUntil(lambda: kinds(path) == ["daily", "weekly"], timeout=10_000)
    assert sample.toast.isHidden(), "without a word"
    windows.settle(sample)
    sample.backups._begin()
    windows.settle(sample)
    assert kinds(path) == ["daily", "weekly"]


@pytest.mark.usefixtures("at_once")
def test_past_midnight_there_is_another(
    windows: Windows, sample: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sample.desk.session
    windows.qtbot.waitUntil(lambda: len(backups_of(session.path)) == 2, timeout=10_000)
    windows.settle(sample)
    tomorrow = session.moment() + timedelta(days=1)
    monkeypatch.setattr(session, "moment", lambda: tomorrow)
    sample.backups._begin()
    windows.settle(sample)
    assert kinds(session.path).count("daily") == 2


def test_a_failure_is_said_once_in_a_sentence(
    windows: Windows, sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_keeper, "_AFTER_OPENING_MS", 10**6)
    path = tmp_path / "team.brm"
    path.write_bytes(sample_file.read_bytes())
    folder_of(path).write_text("in the way")
    window = windows.open(path)
    said: list[str] = []
    window.messages.warned.connect(said.append)
    for _ in range(2):
        window.backups._begin()
        windows.settle(window)
    assert len(said) == 1
    assert said[0].startswith("No backup of team.brm was made: ")


def test_the_page_tells_what_each_backup_holds(windows: Windows, sample: MainWindow) -> None:
    page = page_of(windows, sample)
    assert page.stack.currentIndex() == 1, "there is none yet, and the page says what to do"
    page.make.click()
    windows.settle(sample)
    new_account(sample, "Harbour Foods")
    sample.commands.run("back_up")
    windows.settle(sample)
    assert [page.model.data(page.model.index(row, 2)) for row in (0, 1)] == ["9", "8"]
    page.table.selectRow(1)
    words = [one.text() for one in page.preview.findChildren(QLabel) if not one.isHidden()]
    place = words.index("Harbour Foods")
    assert words[place + 1 : place + 3] == ["–", "0"]
    place = words.index("Accounts")
    assert words[place + 1 : place + 3] == ["8", "9"]


def test_a_backup_is_gone_back_to_by_keyboard_and_the_present_is_kept(
    windows: Windows, sample: MainWindow
) -> None:
    path = sample.desk.session.path
    sample.commands.run("back_up")
    windows.settle(sample)
    new_account(sample, "Harbour Foods")
    page = page_of(windows, sample)
    page.table.setFocus()
    page.table.selectRow(0)
    with dialog_answered(answered_with("Restore")):
        press(page.table, Key.Key_Return)
    windows.settle(sample)
    names = [line.name for line in sample.desk.session.portfolio()]
    assert (len(names), "Harbour Foods" in names) == (8, False)
    assert kinds(path) == ["by-hand", "replaced"]
    assert sample.desk.place.page is Page.ACCOUNTS


def test_who_says_no_stays_where_he_was(windows: Windows, sample: MainWindow) -> None:
    sample.commands.run("back_up")
    windows.settle(sample)
    page = page_of(windows, sample)
    session = sample.desk.session
    with dialog_answered(answered_with("Cancel")):
        page.preview.restore.click()
    assert sample.desk.session is session
    with dialog_answered(answered_with("Cancel")):
        press(page.table, Key.Key_Delete)
    assert kinds(session.path) == ["by-hand"]
    with dialog_answered(answered_with("Remove")):
        page.preview.remove.click()
    assert kinds(session.path) == []


def test_a_backup_damaged_meanwhile_changes_nothing(windows: Windows, sample: MainWindow) -> None:
    path = sample.desk.session.path
    sample.commands.run("back_up")
    windows.settle(sample)
    page = page_of(windows, sample)
    (backup,) = backups_of(path)
    damage_an_index(backup.path)
    with dialog_answered(answered_with("Restore")):
        page.preview.restore.click()
    windows.settle(sample)
    assert sample.desk.is_open
    assert len(sample.desk.session.portfolio()) == 8
    windows.go(sample, Place(Page.BACKUPS))
    windows.settle(sample)
    assert not page.preview.restore.isEnabled()
    assert "is damaged" in page.preview.about.text()


def test_the_page_says_of_a_copy_that_cannot_be_restored_why(
    windows: Windows, sample: MainWindow, tmp_path: Path
) -> None:
    path = sample.desk.session.path
    other = tmp_path / "other.brm"
    with Session.open(other, create=Passphrase(WORDS)) as session:
        locked = session.back_up(BackupKind.BY_HAND)
    sample.commands.run("back_up")
    windows.settle(sample)
    (good,) = backups_of(path)
    place = folder_of(path)
    (place / "2020-01-01T120000-by-hand.brm").write_bytes(good.path.read_bytes()[:90_000])
    page = page_of(windows, sample)
    page.table.selectRow(1)
    assert page.preview.about.text() == (
        "This backup is damaged and cannot be restored. Choose another one."
    )
    assert not page.preview.restore.isEnabled()
    page.preview.show_backup(locked, WrongSecret(phrase("Made with another key.")), None)
    assert f"run “restore --from {locked.path.stem}”" in page.preview.about.text()


def test_the_folder_is_opened(
    windows: Windows, sample: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    sample.commands.run("back_up")
    windows.settle(sample)
    page_of(windows, sample).folder.click()
    assert opened == [str(folder_of(sample.desk.session.path))]


def test_an_encrypted_store_is_restored_without_asking_again(
    windows: Windows, tmp_path: Path
) -> None:
    path = tmp_path / "team.brm"
    with Session.open(path, create=Passphrase(WORDS)) as session:
        session.back_up(BackupKind.BY_HAND)
    window = windows.open()
    window.stores.open(path, secret=WORDS)
    windows.settle(window)
    new_account(window, "Harbour Foods")
    page = page_of(windows, window)
    with dialog_answered(answered_with("Restore")):
        page.preview.restore.click()
    windows.settle(window)
    assert window.desk.session.is_encrypted
    assert window.desk.session.portfolio() == []


def _damaged(sample_file: Path, tmp_path: Path) -> Path:
    """A store with a backup, damaged so that opening it finds out."""
    path = tmp_path / "team.brm"
    path.write_bytes(sample_file.read_bytes())
    with Session.open(path) as session:
        session.back_up(BackupKind.DAILY)
    damage_an_index(path)
    return path


def _open_damaged(windows: Windows, path: Path, answer: Callable[[QDialog], None]) -> MainWindow:
    window = windows.open()
    with dialog_answered(answer):
        window.stores.open(path)
        windows.qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
        rest(100)
    windows.settle(window)
    return window


def test_for_a_damaged_store_the_newest_backup_is_offered(
    windows: Windows, sample_file: Path, tmp_path: Path
) -> None:
    path = _damaged(sample_file, tmp_path)
    window = _open_damaged(windows, path, answered_with("Restore the backup"))
    assert len(window.desk.session.portfolio()) == 8
    assert window.desk.session.check() == []
    assert "replaced" in kinds(path)


@pytest.mark.parametrize(
    ("spoilt", "said"), [(1, "newer ones that cannot be opened: 1"), (2, "None of")]
)
def test_a_backup_that_is_damaged_itself_is_passed_over(
    windows: Windows, sample_file: Path, tmp_path: Path, spoilt: int, said: str
) -> None:
    path = _damaged(sample_file, tmp_path)
    copies = backups_of(path)
    part = copies[0].path.read_bytes()[:90_000]
    copies[0].path.with_name("2999-01-01T120000-daily.brm").write_bytes(part)
    for copy in copies if spoilt == 2 else ():
        copy.path.write_bytes(part)
    told: list[str] = []

    def leave(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        told.append(dialog.informativeText())
        answered_with("Cancel")(dialog)

    _open_damaged(windows, path, leave)
    assert said in told[0]


def test_what_can_be_read_of_a_damaged_store_is_saved(
    windows: Windows, sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _damaged(sample_file, tmp_path)
    saving_to(monkeypatch, tmp_path / "saved.brm")
    told: list[str] = []
    monkeypatch.setattr(
        "brm_desktop.gui.restoring.Restoring._tell_losses",
        lambda _self, found: told.append(str(found.counts["account"])),
    )
    window = _open_damaged(windows, path, answered_with("Save what is left…"))
    assert window.desk.session.path == tmp_path / "saved.brm"
    assert told == ["8"]


def test_what_is_saved_of_an_encrypted_store_shows_the_recovery_key_it_has_got(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "team.brm"
    with Session.open(path, create=Passphrase(WORDS)) as session:
        old = session.recovery_key
    _garble_a_page(path)
    saving_to(monkeypatch, tmp_path / "saved.brm")
    shown: list[str] = []

    def take_key(dialog: QDialog) -> None:
        assert isinstance(dialog, RecoveryDialog)
        shown.append("-".join(group.text() for group in dialog.groups))
        dialog.have_it.setChecked(True)
        dialog.go_on.click()

    window = windows.open()
    with answered_in_turn(answered_with("Save what is left…"), answered_with("Close"), take_key):
        window.stores.open(path, secret=WORDS)
        windows.qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    windows.settle(window)
    assert window.desk.session.path == tmp_path / "saved.brm"
    assert shown == [window.desk.session.recovery_key]
    assert shown != [old]


def _garble_a_page(path: Path) -> None:
    """Overwrite a page in the middle of an encrypted store, whose seal then does not hold."""
    content = bytearray(path.read_bytes())
    content[60 * 4096 : 61 * 4096] = b"\xff" * 4096
    path.write_bytes(content)


def test_a_damaged_store_can_be_left_alone(
    windows: Windows, sample_file: Path, tmp_path: Path
) -> None:
    path = _damaged(sample_file, tmp_path)
    before = path.read_bytes()
    window = _open_damaged(windows, path, answered_with("Cancel"))
    assert not window.desk.is_open
    assert path.read_bytes() == before
