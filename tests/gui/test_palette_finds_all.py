"""The palette finds who and what is in accounts that were not opened since the start."""

from __future__ import annotations

from windowing import CTRL, Key, Windows, press, type_text

from brm_desktop.domain.records import Account, Person, Project
from brm_desktop.gui.desk import Tab
from brm_desktop.gui.main_window import MainWindow


def _find(windows: Windows, window: MainWindow, text: str) -> None:
    windows.qtbot.waitUntil(lambda: bool(window.names.elsewhere()), timeout=10_000)
    press(window, Key.Key_K, CTRL)
    type_text(window, text)
    press(window, Key.Key_Return)
    windows.settle(window)


def test_a_person_of_an_account_not_opened_is_found_and_shown(
    windows: Windows, sample: MainWindow
) -> None:
    assert not sample.desk.records.all(Account)
    _find(windows, sample, "chen guod")
    (chosen,) = sample.desk.selection.people
    assert sample.desk.records.one(Person, chosen).name == "Chen Guodong"
    assert sample.desk.place.tab is Tab.MAP


def test_a_project_of_an_account_not_opened_is_found_and_shown(
    windows: Windows, sample: MainWindow
) -> None:
    _find(windows, sample, "2027 line")
    assert sample.desk.place.tab is Tab.CHAINS
    assert sample.desk.place.project is not None
    assert "2027" in sample.desk.records.one(Project, sample.desk.place.project).name


def test_the_names_come_while_the_palette_is_open(windows: Windows, sample: MainWindow) -> None:
    press(sample, Key.Key_K, CTRL)
    type_text(sample, "chen guod")
    windows.qtbot.waitUntil(lambda: sample.palette_sheet.list.count() > 0, timeout=10_000)
    assert sample.palette_sheet.list.item(0).text() == "Chen Guodong"
