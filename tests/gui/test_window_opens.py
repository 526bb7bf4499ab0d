"""Where the window and new stores begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from windowing import Key, Windows, dialog_answered, press, rest

from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow, first_place
from brm_desktop.gui.protection.new_store_dialog import NewStoreDialog
from brm_desktop.gui.stores import home
from brm_desktop.gui.widgets.table import Table


@pytest.mark.parametrize("screen", [(1440, 900), (1366, 728), (1024, 768), (2560, 1400)])
def test_the_first_window_fits_on_the_screen_with_its_title_bar(screen: tuple[int, int]) -> None:
    available = QRect(0, 24, *screen)
    place = first_place(available)
    assert available.contains(place.adjusted(0, -36, 0, 0))
    assert place.width() == min(1400, screen[0] - 8)


def test_a_new_store_is_proposed_in_a_folder_that_is_there(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = str(tmp_path / "Documents")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: missing)
    assert home() == Path.home()
    Path(missing).mkdir()
    proposed: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, NewStoreDialog)
        proposed.append(dialog.place.text())
        dialog.reject()

    window = windows.open()
    press(window, Key.Key_Tab)
    with dialog_answered(look):
        press(window, Key.Key_Return)
    assert proposed == [f"{missing}/accounts.brm"]


def test_looking_from_a_person_selects_him_and_the_tab_leads_back(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, "Huachen Equipment Group")
    account = sample.desk.place.account
    first, second = (one.id for one in sample.desk.analysis().by_importance[:2])
    sample.desk.show_person(second)
    windows.go(sample, Place(Page.ACCOUNT, account, Tab.MAP, person=first))
    assert sample.desk.selection.people == (first,)
    bar = sample.navigation.account.bar
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    assert sample.desk.place == Place(Page.ACCOUNT, account, Tab.MAP)


def test_the_whole_row_under_the_pointer_is_lit(windows: Windows, sample: MainWindow) -> None:
    windows.show_account(sample, "Huachen Equipment Group", Tab.PROJECTS)
    table = next(one for one in sample.findChildren(Table) if one.isVisible())
    assert isinstance(table, Table)
    place = table.visualRect(table.model().index(1, 0)).center()
    before = table.viewport().grab().toImage()
    QTest.mouseMove(table.viewport(), place)
    rest()
    assert table.pointed_at == 1
    end = table.visualRect(table.model().index(1, 4))
    after = table.viewport().grab().toImage()
    corner = end.topLeft() + QPoint(3, 3)
    assert after.pixelColor(corner) != before.pixelColor(corner)
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    assert table.pointed_at == -1
