"""A lock covers everything at once, drops the key when it can, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from protected import (
    ACCOUNT,
    WORDS,
    Protected,
    asked_at_start,
    encrypted_store,
    on_show,
    texts_shown,
)
from PySide6.QtWidgets import QApplication, QFileDialog
from windowing import CTRL, SHIFT, Key, Windows, press, rest, type_text

from brm_desktop import language
from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Person
from brm_desktop.gui.desk import Page, Tab
from brm_desktop.gui.dialogs.new_things import NewAccount
from brm_desktop.gui.dialogs.settings_dialog import SettingsDialog
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.protection import covering
from brm_desktop.gui.protection.unlock_dialog import UnlockDialog
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.widgets.popover import Popover


def test_nothing_of_a_customer_is_on_show_while_it_is_locked(
    windows: Windows, opened: Protected
) -> None:
    window = opened.window
    windows.show_account(window, ACCOUNT)
    window.desk.show_person(window.desk.analysis().by_importance[0].id)
    assert "Huachen" in texts_shown(window)
    opened.lock()
    opened.wait(lambda: not window.desk.is_open)
    said = texts_shown(window)
    assert "Huachen" not in said
    assert "Chen Guodong" not in said
    assert not window.top_bar.isVisible()
    assert opened.form.field.line.hasFocus()


def test_the_key_is_dropped_and_the_file_free_once_it_is_locked(opened: Protected) -> None:
    from brm_desktop.session.session import Session

    session = opened.window.desk.session
    opened.lock()
    opened.wait(lambda: not opened.window.desk.is_open)
    assert not session.is_encrypted  # it has no key any more
    with Session.open(session.path, secret=WORDS) as other:
        assert other.is_encrypted


def test_no_command_is_obeyed_while_it_is_locked(opened: Protected) -> None:
    window = opened.window
    opened.lock()
    opened.wait(lambda: not window.desk.is_open)
    for name in ("new_store", "import", "settings", "find_anything", "open_sample", "help"):
        window.commands.run(name)
        rest()
        assert QApplication.activeModalWidget() is None
        assert not window.desk.is_open
    for key in (Key.Key_K, Key.Key_O, Key.Key_N):
        press(window, key, CTRL)
        assert QApplication.activeModalWidget() is None
    assert opened.is_up
    opened.unlock()
    press(window, Key.Key_K, CTRL)
    assert window.palette_sheet.isVisible()


def test_a_plain_store_is_not_locked(windows: Windows, sample: MainWindow) -> None:
    told: list[str] = []
    sample.messages.said.connect(told.append)
    press(sample, Key.Key_X, CTRL | SHIFT)
    assert not sample.guard.locked
    assert "not encrypted" in told[0]


def test_what_is_being_typed_into_a_field_is_taken_before_it_locks(
    windows: Windows, opened: Protected
) -> None:
    window = opened.window
    windows.show_account(window, ACCOUNT, Tab.PEOPLE)
    person = window.desk.analysis().by_importance[0].id
    window.desk.show_person(person)
    window.inspector.person.details.head.setChecked(True)
    title = window.inspector.person.details.title
    title.setFocus()
    title.selectAll()
    type_text(title, "Chairman of the board")
    opened.lock()
    opened.wait(lambda: not window.desk.is_open)
    opened.unlock()
    assert window.desk.records.one(Person, person).title == "Chairman of the board"


def test_what_waits_for_an_account_is_done_unasked_before_it_locks(opened: Protected) -> None:
    desk, done = opened.window.desk, list[str]()
    account = desk.session.find_account(ACCOUNT)
    assert desk.records.get(Account, account) is None
    asking = partial(done.append, "asked")
    with_accounts(desk, [account], asking, unasked=partial(done.append, "written"))
    opened.window.guard.lock()
    assert done == ["written"], "at once, with the account in memory"
    opened.wait(lambda: not desk.is_open)
    assert done == ["written"], "and nothing is asked beneath the lock"


def test_a_what_if_outlives_a_lock(windows: Windows, opened: Protected) -> None:
    window = opened.window
    windows.show_account(window, ACCOUNT)
    person = window.desk.analysis().by_importance[0].id
    window.commands.run("what_if")
    window.desk.edit(phrase("Try"), edits.revise_person, person, title="Supposed")
    opened.lock()
    rest(100)
    assert window.desk.is_open
    assert "unfinished" in opened.form.words.text()
    assert not window.guard.sheet.another.isVisible()
    window.close()
    assert window.isVisible()
    assert "what-if" in opened.form.problem.text()
    opened.give("wrong words here")
    assert opened.form.problem.text().startswith("That is not the passphrase")
    opened.unlock()
    assert window.desk.session.supposing
    assert window.desk.records.one(Person, person).title == "Supposed"
    window.commands.run("what_if_discard")


def test_a_canvas_is_seen_from_where_it_was(windows: Windows, opened: Protected) -> None:
    window = opened.window
    windows.show_account(window, ACCOUNT)
    pane = next(one for one in window.pages.findChildren(CanvasPane) if one.isVisible())
    rest(500)
    assert pane.canvas is not None
    pane.canvas.camera.zoom_to(1.7)
    pane.canvas.camera.pan_by(-90, -40)
    before = pane.seen_from
    opened.lock()
    opened.wait(lambda: not window.desk.is_open)
    opened.unlock()
    rest(500)
    pane = next(one for one in window.pages.findChildren(CanvasPane) if one.isVisible())
    assert before is not None
    assert pane.seen_from is not None
    assert pane.seen_from[0] == before[0]
    assert pane.seen_from[1].x == pytest.approx(before[1].x, abs=2)
    assert pane.seen_from[1].y == pytest.approx(before[1].y, abs=2)


def test_a_half_filled_dialog_outlives_a_lock(windows: Windows, opened: Protected) -> None:
    window = opened.window
    form = NewAccount(window, "CNY")
    form.open()
    type_text(form.name, "Secret Customer")
    opened.window.guard.lock()
    rest(100)
    assert window.desk.is_open  # its key stays in memory, for the dialog would be lost
    assert form.isVisible()
    assert form.windowTitle() == "BRM Desktop"
    assert "Secret" not in texts_shown(form)
    assert not form.name.isVisible()
    asks = on_show(UnlockDialog)
    assert QApplication.activeModalWidget() is asks
    press(asks, Key.Key_Escape)
    assert asks.isVisible()
    opened.give("wrong words here")
    assert opened.form.problem.isVisible()
    opened.unlock()
    assert form.name.text() == "Secret Customer"
    assert form.name.hasFocus()
    assert form.windowTitle() == "New account"
    form.reject()
    form.deleteLater()


def test_a_covered_dialog_is_not_seen_where_windows_can_be_transparent(
    opened: Protected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(covering, "_TRANSPARENT_ON", {"offscreen"})
    form = NewAccount(opened.window, "CNY")
    opacities: list[float] = []
    monkeypatch.setattr(form, "setWindowOpacity", opacities.append)
    form.open()
    opened.window.guard.lock()
    rest(100)
    assert opacities == [0]
    opened.unlock()
    assert opacities == [0, 1]
    form.reject()
    form.deleteLater()


def test_a_dialog_that_opens_while_it_is_locked_is_covered_too(
    windows: Windows, opened: Protected
) -> None:
    window = opened.window
    first = SettingsDialog(window)
    first.open()
    window.guard.lock()
    rest(100)
    late = NewAccount(window, "CNY")
    late.open()
    late.activateWindow()
    rest(100)
    assert late.windowTitle() == "BRM Desktop"
    assert not late.name.isVisible()
    asks = on_show(UnlockDialog)
    assert QApplication.activeModalWidget() is asks
    opened.unlock()
    assert late.name.isVisible()
    assert first.tabs.isVisible()
    for dialog in (late, first):
        dialog.reject()
        dialog.deleteLater()


def test_a_question_for_a_file_is_taken_back_for_it_shows_names(
    windows: Windows, opened: Protected
) -> None:
    window = opened.window
    asks = QFileDialog(window)
    asks.setOption(QFileDialog.Option.DontUseNativeDialog)
    asks.open()
    window.guard.lock()
    rest(100)
    assert not asks.isVisible()
    opened.wait(lambda: not window.desk.is_open)
    opened.unlock()
    asks.deleteLater()


def test_a_sum_that_is_open_does_not_stay_over_the_sheet(
    windows: Windows, opened: Protected
) -> None:
    window = opened.window
    windows.show_account(window, ACCOUNT)
    window.desk.show_person(window.desk.analysis().by_importance[0].id)
    press(window, Key.Key_F3)
    opened.lock()
    opened.wait(lambda: not window.desk.is_open)
    assert not [one for one in window.findChildren(Popover) if one.isVisible()]


def test_work_under_way_is_finished_beneath_the_lock(windows: Windows, opened: Protected) -> None:
    window = opened.window
    may_go_on, done = Event(), []
    session = window.desk.session

    def work(_progress: object) -> object:
        may_go_on.wait(20)
        act = session.act()
        change = edits.create_account(session.records, act, name="Imported meanwhile")
        return session.write(phrase("Import"), change)

    def written(result: object) -> None:
        session.show_written(result)  # type: ignore[arg-type]
        done.append(result)

    window.jobs.run(phrase("Importing"), work, written)
    opened.lock()
    rest(100)
    assert window.desk.is_open
    assert opened.is_up
    type_text(opened.form.field.line, "four")
    may_go_on.set()
    opened.wait(lambda: not window.desk.is_open)
    assert len(done) == 1
    assert opened.form.field.text == "four"  # typed before the store could be closed
    opened.unlock()
    assert "Imported meanwhile" in [line.name for line in window.desk.session.portfolio()]


def test_the_language_can_be_switched_while_it_is_locked(
    windows: Windows, opened: Protected
) -> None:
    window = opened.window
    for tab in Tab:
        windows.show_account(window, ACCOUNT, tab)
    opened.lock()
    opened.wait(lambda: not window.desk.is_open)
    window.guard.sheet.language.setFocus()
    press(window, Key.Key_Space)
    assert language.current() == "zh_CN"
    windows.settle(window)
    window.switch_theme()
    windows.settle(window)
    window.guard.sheet.language.click()
    opened.unlock()
    assert window.desk.place.page is Page.ACCOUNT
    assert window.desk.place.tab is Tab.HISTORY


def test_what_is_to_be_known_of_its_place_is_said_once_and_not_after_every_lock(
    windows: Windows, tmp_path: Path
) -> None:
    store = tmp_path / "Dropbox" / "accounts.brm"
    store.parent.mkdir()
    encrypted_store(store)
    opened = asked_at_start(windows, store)
    heard: list[str] = []
    opened.window.messages.warned.connect(heard.append)
    for _ in range(2):
        opened.unlock()
        opened.lock()
    assert [sentence.partition(":")[0] for sentence in heard] == [
        "accounts.brm is in a folder that Dropbox synchronises"
    ]


def test_another_store_opened_meanwhile_ends_the_lock(windows: Windows, opened: Protected) -> None:
    window = opened.window
    opened.lock()
    opened.wait(lambda: not window.desk.is_open)
    window.stores.open_sample()
    windows.settle(window)
    assert window.stores.on_sample
    assert not opened.is_up
    assert not window.guard.barred


def test_whatever_keeps_it_from_unlocking_is_said_in_place(
    windows: Windows, opened: Protected, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened.window
    windows.show_account(window, ACCOUNT)
    window.commands.run("what_if")
    opened.lock()
    error = Refused(phrase("Not now."))

    def fails(_secret: str) -> None:
        raise error

    check: Callable[[str], None] = fails
    monkeypatch.setattr(window.desk.session, "check_secret", check)
    opened.give(WORDS)
    assert opened.form.problem.text() == "Not now."
    monkeypatch.undo()
    opened.unlock()
