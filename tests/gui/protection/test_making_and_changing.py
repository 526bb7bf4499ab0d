"""An encrypted store is made and changed in the window: passphrases, encryption, when it locks."""

from __future__ import annotations

from pathlib import Path

import pytest
from protected import ACCOUNT, WORDS, Protected, answered_in_turn
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from windowing import (
    CTRL,
    SHIFT,
    Key,
    Windows,
    dialog_answered,
    filled_in,
    press,
    rest,
    saving_to,
    type_text,
)

from brm_desktop.domain.records import Person
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.dialogs.settings_dialog import SettingsDialog
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.protection import changing
from brm_desktop.gui.protection.new_store_dialog import NewStoreDialog
from brm_desktop.gui.protection.passphrase_dialog import PassphraseDialog
from brm_desktop.gui.protection.recovery_dialog import RecoveryDialog
from brm_desktop.session.protection import is_encrypted
from brm_desktop.session.session import Session

PLAIN_HEADER = b"SQLite format 3\0"
NEW = "quite other words now"


def test_an_encrypted_store_is_made_drawn_in_locked_and_unlocked_by_keyboard(
    windows: Windows, tmp_path: Path
) -> None:
    path = tmp_path / "mine.brm"
    window = windows.open()
    keys: list[str] = []

    def make(dialog: QDialog) -> None:
        assert isinstance(dialog, NewStoreDialog)
        assert dialog.encrypted.isChecked()
        dialog.place.setText(str(path))
        type_text(dialog, WORDS)
        assert "Strong" in dialog.secret.sentence
        press(dialog, Key.Key_Return)
        type_text(dialog, WORDS)
        press(dialog, Key.Key_Return)
        windows.qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)

    def take_key(dialog: QDialog) -> None:
        assert isinstance(dialog, RecoveryDialog)
        keys.append("-".join(group.text() for group in dialog.groups))
        press(dialog, Key.Key_Escape)
        assert dialog.isVisible()
        assert dialog.have_it.hasFocus()
        assert not dialog.go_on.isEnabled()
        press(dialog, Key.Key_Space)
        dialog.go_on.setFocus()
        press(dialog, Key.Key_Return)

    press(window, Key.Key_Tab)
    with answered_in_turn(make, take_key):
        press(window, Key.Key_Return)
    windows.settle(window)
    assert keys == [window.desk.session.recovery_key]
    assert path.read_bytes()[:16] != PLAIN_HEADER
    with dialog_answered(filled_in("Acme")):
        press(window, Key.Key_N, CTRL)
    windows.settle(window)
    window.activateWindow()
    type_text(window, "Vera Stone")
    press(window, Key.Key_Return)
    windows.settle(window)
    place, drawn = window.desk.place, window.desk.records
    assert [one.name for one in drawn.all(Person).values()] == ["Vera Stone"]
    protected = Protected(windows, window)
    protected.lock()
    protected.wait(lambda: not window.desk.is_open)
    protected.unlock()
    assert window.desk.place == place
    assert window.desk.records == drawn
    window.close()


def test_what_is_wrong_with_a_new_store_is_said_in_place(windows: Windows, tmp_path: Path) -> None:
    window = windows.open()
    (tmp_path / "there.brm").write_bytes(b"")

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NewStoreDialog)
        create = dialog.create_button
        type_text(dialog, "short")
        create.click()
        assert "at least 8" in dialog.secret.sentence
        assert dialog.focusWidget() is dialog.secret.first.line
        dialog.secret.first.line.setText(WORDS)
        create.click()
        assert dialog.secret.sentence == "The two passphrases are not the same."
        assert dialog.focusWidget() is dialog.secret.again.line
        dialog.plain.click()
        assert not dialog.secret.isEnabled()
        assert "not the same" not in dialog.secret.sentence
        for place, said in (
            ("", "Choose where"),
            (str(tmp_path / "there.brm"), "is there already"),
            (str(tmp_path / "nowhere" / "new.brm"), "nowhere"),
        ):
            dialog.place.setText(place)
            create.click()
            windows.qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
            rest()
            assert said in dialog.problem.text()
            assert dialog.isVisible()
        dialog.reject()

    with dialog_answered(fill):
        window.commands.run("new_store")
    assert not window.desk.is_open


def test_a_store_left_unencrypted_by_choice_says_so(windows: Windows, tmp_path: Path) -> None:
    window = windows.open()

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, NewStoreDialog)
        dialog.choose.click()
        dialog.plain.setFocus()
        press(dialog, Key.Key_Space)
        press(dialog, Key.Key_Return)

    patch = pytest.MonkeyPatch()
    saving_to(patch, tmp_path / "plain.brm")
    with dialog_answered(choose):
        window.commands.run("new_store")
    patch.undo()
    windows.settle(window)
    assert window.desk.session.path == tmp_path / "plain.brm"
    assert window.top_bar.protection.text() == "Not encrypted"
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SettingsDialog)
        seen.append(dialog.protection.encrypt.text())
        assert dialog.tabs.currentWidget() is dialog.protection
        dialog.reject()

    with dialog_answered(look):
        QTest.mouseClick(window.top_bar.protection, Qt.MouseButton.LeftButton)
    assert seen == ["Encrypt this store…"]


def test_the_passphrase_is_changed_in_the_settings(opened: Protected) -> None:
    window = opened.window

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, PassphraseDialog)
        press(dialog, Key.Key_Return)
        assert "current" in dialog.problem.text()
        type_text(dialog, "not these words")
        press(dialog, Key.Key_Return)
        for _ in range(2):
            type_text(dialog, NEW)
            press(dialog, Key.Key_Return)
        opened.windows.qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
        rest()
        assert dialog.problem.text() == "That is not the passphrase of accounts.brm."
        assert dialog.present.line.hasFocus()
        type_text(dialog, WORDS)
        dialog.done_button.click()
        opened.windows.qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
        rest()

    with dialog_answered(change):
        changing.ask_change(window)
    opened.lock()
    opened.give(WORDS)
    assert opened.is_up
    opened.unlock(NEW)


def test_a_plain_store_is_encrypted_where_it_stands(windows: Windows, sample: MainWindow) -> None:
    windows.show_account(sample, ACCOUNT)
    person = sample.desk.analysis().by_importance[0].id
    sample.desk.show_person(person)
    place, path = sample.desk.place, sample.desk.session.path
    assert path.read_bytes()[:16] == PLAIN_HEADER
    keys: list[str] = []

    def give(dialog: QDialog) -> None:
        assert isinstance(dialog, PassphraseDialog)
        assert not dialog.present.isVisible()
        for _ in range(2):
            type_text(dialog, NEW)
            press(dialog, Key.Key_Return)

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, RecoveryDialog)
        keys.append("".join(group.text() for group in dialog.groups))
        dialog.have_it.click()
        dialog.go_on.click()

    with answered_in_turn(give, take):
        changing.ask_encrypt(sample)
        windows.qtbot.waitUntil(lambda: bool(keys), timeout=30_000)
    windows.settle(sample)
    assert is_encrypted(path)
    assert sample.desk.place == place
    assert sample.desk.selection.people == (person,)
    assert sample.top_bar.protection.text() == "Encrypted"
    assert not sample.guard.sheet.is_up
    protected = Protected(windows, sample)
    protected.lock()
    protected.unlock(NEW)


def test_a_store_that_cannot_be_encrypted_is_open_again_as_it_was(
    windows: Windows, sample: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from brm_desktop.domain.errors import StoreProblem
    from brm_desktop.domain.phrase import phrase
    from brm_desktop.session import protection

    told: list[str] = []
    sample.messages.warned.connect(told.append)

    def fails(_path: Path, _words: str) -> str:
        raise StoreProblem(phrase("No room."))

    monkeypatch.setattr(protection, "encrypt_store", fails)

    def give(dialog: QDialog) -> None:
        for _ in range(2):
            type_text(dialog, NEW)
            press(dialog, Key.Key_Return)

    with dialog_answered(give):
        changing.ask_encrypt(sample)
    windows.settle(sample)
    windows.qtbot.waitUntil(lambda: not sample.guard.sheet.is_up, timeout=20_000)
    assert told == ["No room."]
    assert sample.desk.place.page is Page.ACCOUNTS
    assert not sample.desk.session.is_encrypted
    assert not sample.guard.barred


def test_when_it_locks_is_set_and_remembered(opened: Protected) -> None:
    window = opened.window

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, SettingsDialog)
        minutes = dialog.protection.minutes
        assert [minutes.itemText(place) for place in range(minutes.count())] == [
            "1 minute",
            "5 minutes",
            "10 minutes",
            "30 minutes",
            "60 minutes",
            "never",
        ]
        assert minutes.currentText() == "10 minutes"
        minutes.setCurrentIndex(0)
        minutes.activated.emit(0)
        dialog.reject()

    with dialog_answered(choose):
        window.commands.run("protection")
    assert window.guard.idle.minutes == 1
    window.guard.use_minutes(0)
    assert window.guard.idle.minutes == 0
    assert not window.guard.idle.look()
    assert window.guard.minutes == 0


def test_lock_now_in_the_settings_closes_them_first(opened: Protected) -> None:
    def press_it(dialog: QDialog) -> None:
        assert isinstance(dialog, SettingsDialog)
        dialog.protection.lock.click()

    with dialog_answered(press_it):
        opened.window.commands.run("protection")
    opened.wait(lambda: not opened.window.desk.is_open)
    assert opened.is_up


def test_the_sample_portfolio_is_said_to_hold_nobodys_secrets(windows: Windows) -> None:
    window = windows.open()
    window.stores.open_sample()
    windows.settle(window)
    dialog = SettingsDialog(window, "protection")
    assert not hasattr(dialog.protection, "encrypt")
    dialog.deleteLater()


def test_locking_while_a_new_passphrase_is_typed_keeps_it(opened: Protected) -> None:
    window = opened.window

    def meanwhile(dialog: QDialog) -> None:
        assert isinstance(dialog, PassphraseDialog)
        type_text(dialog, "half ty")
        window.guard.lock()
        rest(50)
        assert window.desk.is_open
        opened.unlock()
        assert dialog.present.text == "half ty"
        assert dialog.isVisible()
        dialog.reject()

    with dialog_answered(meanwhile):
        changing.ask_change(window)
    assert QApplication.activeModalWidget() is None


def test_a_store_encrypted_in_the_window_opens_elsewhere(opened: Protected) -> None:
    path = opened.window.desk.session.path
    opened.windows.go(opened.window, Place(Page.COLLEAGUES))
    press(opened.window, Key.Key_X, CTRL | SHIFT)
    opened.wait(lambda: not opened.window.desk.is_open)
    with Session.open(path, secret=opened.recovery_key) as session:
        assert session.is_encrypted
    opened.unlock()
    assert opened.window.desk.place.page is Page.COLLEAGUES
