"""An encrypted store asks for its secret: at the start, after a lock, and before another one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from keychains import KeychainInMemory, keychain
from protected import ACCOUNT, WORDS, Protected, asked_at_start, encrypted_store, on_show
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from windowing import Key, Windows, dialog_answered, press, rest, type_text

from brm_desktop.gui.desk import Page, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.protection.passphrase_dialog import PassphraseDialog
from brm_desktop.gui.protection.unlock_dialog import UnlockDialog


def test_a_store_opens_with_its_passphrase_typed_at_the_start(asked: Protected) -> None:
    window = asked.window
    assert not window.desk.is_open
    assert window.windowTitle() == "BRM Desktop"
    assert asked.form.name.text() == "accounts"
    assert asked.form.field.line.hasFocus()
    asked.unlock()
    assert window.desk.session.is_encrypted
    assert window.desk.place.page is Page.ACCOUNTS
    assert window.windowTitle() == "accounts – BRM Desktop"
    assert window.top_bar.protection.text() == "Encrypted"
    assert asked.form.field.text == ""


def test_a_wrong_passphrase_is_said_in_place_as_often_as_it_is_typed(asked: Protected) -> None:
    for _ in range(3):
        asked.give("not these words")
        assert asked.form.problem.text() == "That is not the passphrase of accounts.brm."
        assert asked.form.problem.isVisible()
        assert asked.form.field.line.hasFocus()
        assert asked.form.field.line.selectedText()
        assert QApplication.activeModalWidget() is None
    press(asked.window, Key.Key_F)
    assert not asked.form.problem.isVisible()
    asked.unlock()
    assert asked.window.desk.is_open


def test_whoever_opens_with_the_recovery_key_may_set_a_new_passphrase(asked: Protected) -> None:
    new = "other words than before"

    def set_it(dialog: QDialog) -> None:
        assert isinstance(dialog, PassphraseDialog)
        assert not dialog.present.isVisible()
        type_text(dialog, new)
        press(dialog, Key.Key_Return)
        type_text(dialog, new)
        press(dialog, Key.Key_Return)

    with dialog_answered(set_it):
        asked.give(asked.recovery_key)
        asked.wait(lambda: not asked.is_up)
        rest(50)
    asked.wait(lambda: QApplication.activeModalWidget() is None)
    asked.lock()
    asked.give(WORDS)
    assert asked.is_up
    asked.unlock(new)


def test_a_slip_in_the_recovery_key_is_told_apart(asked: Protected) -> None:
    key = asked.recovery_key
    asked.give(key[:-1] + ("A" if key[-1] != "A" else "B"))
    assert "typing mistake" in asked.form.problem.text()


def test_enter_with_nothing_typed_does_nothing(asked: Protected) -> None:
    press(asked.window, Key.Key_Return)
    assert not asked.window.jobs.running
    assert asked.form.field.line.hasFocus()


def test_another_store_can_be_chosen_instead_by_the_keys_alone(asked: Protected) -> None:
    order = []
    for _ in range(6):
        press(asked.window, Key.Key_Tab)
        order.append(asked.window.focusWidget())
    assert {asked.form.field.eye, asked.form.unlock, asked.window.guard.sheet.another} <= set(order)
    assert asked.window.top_bar.menu_button not in order  # nothing beneath the sheet has the keys
    asked.window.guard.sheet.another.setFocus()
    press(asked.window, Key.Key_Space)
    assert not asked.is_up
    assert asked.window.desk.place.page is Page.START
    asked.window.commands.run("open_sample")
    asked.windows.settle(asked.window)
    assert asked.window.stores.on_sample
    assert asked.window.top_bar.protection.text() == "Not encrypted"


def test_the_window_can_be_closed_while_it_asks(asked: Protected) -> None:
    asked.window.guard.sheet.quit.click()
    assert not asked.window.isVisible()


def test_the_present_store_stays_when_another_one_is_not_unlocked(
    windows: Windows, sample: MainWindow, store: Path
) -> None:
    before = sample.desk.session.path
    for secret in ("", WORDS):
        sample.stores.open(store)
        windows.settle(sample)
        dialog = on_show(UnlockDialog)
        if secret:
            type_text(dialog.form.field.line, "wrong words here")
            press(dialog, Key.Key_Return)
            windows.settle(sample)
            assert dialog.form.problem.isVisible()
            dialog.form.field.line.selectAll()
            type_text(dialog, secret)
            press(dialog, Key.Key_Return)
            windows.settle(sample)
        else:
            press(dialog, Key.Key_Escape)
            assert sample.desk.session.path == before
    assert sample.desk.session.path == store
    assert QApplication.activeModalWidget() is None


def test_what_is_typed_is_hidden_until_the_eye_is_pressed(asked: Protected) -> None:
    field = asked.form.field
    type_text(field.line, "secret")
    said = QAccessible.queryAccessibleInterface(field.line)
    assert "secret" not in said.text(QAccessible.Text.Value)
    assert "secret" not in said.text(QAccessible.Text.Name)
    assert field.line.displayText() != "secret"
    press(asked.window, Key.Key_Tab)
    assert field.eye.hasFocus()
    press(asked.window, Key.Key_Space)
    assert field.line.displayText() == "secret"
    hints = field.line.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    press(asked.window, Key.Key_Space)
    assert field.line.displayText() != "secret"


def test_caps_lock_is_told_by_what_the_keys_give(asked: Protected) -> None:
    field = asked.form.field
    QTest.keyClicks(field.line, "A")  # a capital without Shift
    assert field.caps.isVisible()
    QTest.keyClicks(field.line, "a")
    assert not field.caps.isVisible()


def test_a_store_in_the_list_of_those_opened_lately_stays_in_it_when_locked(
    windows: Windows, tmp_path: Path
) -> None:
    path = tmp_path / "mine.brm"
    encrypted_store(path)
    first = asked_at_start(windows, path)
    first.unlock()
    first.window.close()
    again = asked_at_start(windows, path)
    assert path in again.window.preferences.recent_stores()
    again.unlock()
    assert again.window.desk.session.path == path
    again.window.close()


def test_after_a_lock_page_account_and_selection_are_as_before(
    windows: Windows, opened: Protected
) -> None:
    window = opened.window
    windows.show_account(window, ACCOUNT, Tab.MAP)
    person = window.desk.analysis().by_importance[1].id
    window.desk.show_person(person)
    place = window.desk.place
    opened.lock()
    opened.wait(lambda: not window.desk.is_open)
    assert window.windowTitle() == "BRM Desktop"
    opened.unlock()
    assert window.desk.place == place
    assert window.desk.selection.people == (person,)
    assert window.inspector.isVisible()
    assert window.windowTitle() == "accounts – BRM Desktop"
    pane = window.navigation.account.pane
    assert pane is not None
    assert pane.canvas is not None
    assert pane.canvas.selection.people == (person,)


def test_on_another_computer_the_recovery_key_is_asked_for(
    windows: Windows, tmp_path: Path
) -> None:
    path = tmp_path / "moved.brm"
    with keychain(KeychainInMemory()):
        key = encrypted_store(path)
    with keychain(KeychainInMemory()):
        protected = asked_at_start(windows, path)
        protected.give(WORDS)
        said = protected.form.problem.text()
        assert (
            said == "moved.brm was encrypted on another computer: its recovery key is needed here."
        )
        with dialog_answered(lambda dialog: dialog.reject()):
            protected.give(key)
            protected.wait(lambda: not protected.is_up)
            rest(50)
        assert protected.window.desk.session.path == path
        protected.window.close()


@pytest.mark.parametrize("place", [0, 200])
def test_a_damaged_store_that_was_unlocked_leads_to_the_ways_out(
    windows: Windows, store: Path, place: int
) -> None:
    with store.open("rb+") as file:
        file.seek(place)
        file.write(Random(7).randbytes(64))
    asked = asked_at_start(windows, store)
    offered: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        offered.append(dialog.text())
        dialog.reject()

    with dialog_answered(look):
        asked.give(WORDS)
    assert "damaged" in offered[0]
    assert not asked.is_up
    assert asked.window.desk.place.page is Page.START


def test_a_file_that_is_gone_and_asked_for_meanwhile_does_not_leave_it_waiting(
    opened: Protected, tmp_path: Path
) -> None:
    opened.lock()
    opened.wait(lambda: not opened.window.desk.is_open)
    opened.form.field.line.setText(WORDS)
    press(opened.form.field.line, Key.Key_Return)
    opened.window.stores.open(tmp_path / "gone.brm")  # as a later start asks for it
    opened.windows.settle(opened.window)
    assert opened.is_up
    opened.unlock()
    assert opened.window.desk.is_open
