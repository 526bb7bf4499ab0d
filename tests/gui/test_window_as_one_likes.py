"""The window as one likes it: its palette, its languages and themes, and what is on show in it."""

from __future__ import annotations

import pytest
from at_the_map import (
    BIGGEST,
    person_named,
    show_person,
)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from windowing import CTRL, Key, Windows, press, rest, type_text

from brm_desktop import language
from brm_desktop.gui.desk import Page, Place, Selected, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.tour import Tour
from brm_desktop.session.theme_choice import ThemeChoice


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


def test_the_first_run_offers_the_sample_and_takes_it_away_again(windows: Windows) -> None:
    window = windows.open()
    assert window.desk.place == Place(Page.START)
    press(window, Key.Key_Return)
    windows.settle(window)
    assert window.desk.place == Place(Page.ACCOUNTS)
    assert len(window.desk.session.portfolio()) == 8
    path = window.stores.sample_path()
    window.stores.remove_sample()
    windows.settle(window)
    assert not path.exists()
    assert window.desk.place == Place(Page.START)


def test_the_palette_finds_people_by_their_initials_and_goes_to_them(
    at_map: MainWindow, windows: Windows
) -> None:
    windows.go(at_map, Place(Page.ACCOUNTS))
    press(at_map, Key.Key_K, CTRL)
    type_text(at_map, "zhou h")
    press(at_map, Key.Key_Return)
    windows.settle(at_map)
    assert at_map.desk.place.page is Page.ACCOUNT
    assert at_map.desk.selection == Selected(people=(person_named(at_map, "Zhou Hai").id,))


def test_the_palette_runs_commands_and_escape_leaves_it(at_map: MainWindow) -> None:
    press(at_map, Key.Key_K, CTRL)
    press(at_map, Key.Key_Escape)
    assert not at_map.palette_sheet.isVisible()
    press(at_map, Key.Key_K, CTRL)
    type_text(at_map, "show the history")
    press(at_map, Key.Key_Return)
    assert at_map.desk.place.tab is Tab.HISTORY


def test_the_language_is_switched_live_everywhere(at_map: MainWindow) -> None:
    at_map.switch_language()
    rest(50)
    assert language.current() == "zh_CN"
    said = [label.text() for label in at_map.findChildren(QLabel) if label.isVisible()]
    assert "关系紧密度" in said
    assert at_map.rail.buttons["show_accounts"].text() == "客户"
    assert at_map.preferences.text("window/language") == "zh_CN"
    at_map.switch_language()
    rest(50)
    assert at_map.rail.buttons["show_accounts"].text() == "Accounts"


def test_the_theme_is_switched_live_and_remembered(at_map: MainWindow, windows: Windows) -> None:
    at_map.use_theme(ThemeChoice.LIGHT)
    light = at_map.grab().toImage().pixelColor(5, 300)
    at_map.switch_theme()
    assert at_map.look.theme.dark
    assert at_map.grab().toImage().pixelColor(5, 300) != light
    again = windows.open()
    assert again.look.theme.dark
    assert at_map.top_bar.theme.objectName() == again.top_bar.theme.objectName() == "sun"


def test_hidden_panels_stay_hidden_in_the_next_window(at_map: MainWindow, windows: Windows) -> None:
    assert at_map.rail.isVisible()
    press(at_map, Key.Key_B, CTRL)
    press(at_map, Key.Key_I, CTRL)
    assert not at_map.rail.isVisible()
    assert not at_map.inspector.isVisible()
    path = at_map.desk.session.path
    at_map.close()
    again = windows.open(path)
    windows.show_account(again, BIGGEST)
    assert not again.rail.isVisible()
    assert not again.inspector.isVisible()


def test_the_tour_goes_around_a_chain_in_five_steps(at_map: MainWindow) -> None:
    at_map.commands.run("tour")
    (tour,) = at_map.findChildren(Tour)
    assert len(tour.steps) == 5
    for _ in range(5):
        assert tour.isVisible()
        assert at_map.rect().contains(tour.geometry())
        press(at_map, Key.Key_Space)
    assert at_map.findChildren(Tour) == []


def test_every_button_in_sight_can_be_reached_by_tab(at_map: MainWindow) -> None:
    show_person(at_map, "Chen Guodong")
    unreachable = [
        button.accessibleName() or button.text()
        for button in at_map.findChildren(QPushButton)
        if button.isVisible()
        and button.isEnabled()
        and not button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert unreachable == []
    assert QApplication.focusWidget() is not None
