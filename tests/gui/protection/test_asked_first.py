"""The secret of the first store is asked for, and tried, while the window is furnished."""

from __future__ import annotations

from pathlib import Path

from protected import WORDS, Protected
from PySide6.QtCore import Qt
from windowing import Windows, press, rest

from brm_desktop import language
from brm_desktop.gui.desk import Page
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.preferences import Preferences
from brm_desktop.session.last_store import remember_store


def started(windows: Windows, store: Path | None) -> Protected:
    """A window whose start has just begun: it has asked, and not imported anything yet."""
    window = MainWindow(
        preferences=Preferences(windows.folder / "window.ini"), wanted_language="en"
    )
    windows.qtbot.addWidget(window)
    window.show()
    window.start(store)
    assert not window.is_furnished
    return Protected(windows, window)


def type_early(asked: Protected, secret: str) -> None:
    """Give a secret without letting the window do anything else."""
    asked.form.field.line.setText(secret)
    asked.form.unlock.click()
    assert asked.form.unlock.text() == "Opening…"
    assert not asked.window.is_furnished


def test_a_passphrase_given_before_the_window_is_furnished_opens_the_store(
    windows: Windows, store: Path
) -> None:
    asked = started(windows, store)
    assert asked.is_up
    assert asked.form.name.text() == "accounts"
    type_early(asked, WORDS)
    asked.wait(lambda: not asked.is_up)
    assert asked.window.is_furnished
    assert asked.window.desk.session.path == store
    assert asked.window.desk.place.page is Page.ACCOUNTS
    assert not asked.window.guard.barred


def test_the_store_that_was_open_last_is_asked_for_as_well(windows: Windows, store: Path) -> None:
    remember_store(store)
    asked = started(windows, None)
    assert asked.form.name.text() == "accounts"
    type_early(asked, WORDS)
    asked.wait(lambda: not asked.is_up)
    assert asked.window.desk.session.path == store


def test_a_wrong_passphrase_given_early_is_said_in_place(windows: Windows, store: Path) -> None:
    asked = started(windows, store)
    type_early(asked, "not these words")
    windows.settle(asked.window)
    assert asked.form.problem.text() == "That is not the passphrase of accounts.brm."
    asked.unlock()
    assert asked.window.desk.is_open


def test_what_is_typed_stays_while_the_window_is_furnished(windows: Windows, store: Path) -> None:
    asked = started(windows, store)
    asked.form.field.line.setText("four qui")
    windows.settle(asked.window)
    assert asked.window.is_furnished
    assert asked.is_up
    assert asked.form.field.text == "four qui"
    assert not asked.window.desk.is_open


def test_another_store_chosen_early_leads_to_the_first_page(windows: Windows, store: Path) -> None:
    asked = started(windows, store)
    asked.window.guard.sheet.another.click()
    windows.settle(asked.window)
    assert not asked.is_up
    assert asked.window.desk.place.page is Page.START
    assert not asked.window.desk.is_open


def test_the_language_switched_early_is_the_language_of_everything(
    windows: Windows, store: Path
) -> None:
    asked = started(windows, store)
    asked.window.guard.sheet.language.click()
    windows.settle(asked.window)
    assert language.current() == "zh_CN"
    assert asked.window.guard.sheet.language.text() == "中"


def test_no_key_orders_anything_beneath_the_question(windows: Windows, store: Path) -> None:
    asked = started(windows, store)
    windows.settle(asked.window)
    press(asked.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    rest()
    assert asked.is_up
    assert asked.window.guard.barred


def test_the_window_can_be_closed_before_it_is_furnished(windows: Windows, store: Path) -> None:
    asked = started(windows, store)
    type_early(asked, WORDS)
    asked.window.guard.sheet.quit.click()
    rest(50)
    assert not asked.window.isVisible()
    assert not asked.window.is_furnished
    assert not asked.window.desk.is_open


def test_a_store_that_cannot_be_opened_is_told_of_without_asking(
    windows: Windows, store: Path
) -> None:
    told: list[str] = []
    gone = store.with_name("gone.brm")
    asked = started(windows, gone)
    asked.window.messages.warned.connect(told.append)
    windows.settle(asked.window)
    assert not asked.is_up
    assert asked.window.desk.place.page is Page.START
    assert told == [f"There is no file {gone}."]
