"""The plan page shows every row, a file written can be opened, and the tab Map leads back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from windowing import Windows, rest

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.plan_tab import PlanTab

BIGGEST = "Huachen Equipment Group"


def test_the_tables_of_a_plan_are_as_tall_as_their_rows(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, BIGGEST, Tab.PLAN)
    rest(50)
    tab = sample.navigation.account.tab(Tab.PLAN)
    assert isinstance(tab, PlanTab)
    for table in (tab.action_table, tab.team_table):
        rows = table.model().rowCount()
        assert rows > 3
        last = table.visualRect(table.model().index(rows - 1, 0))
        assert last.bottom() <= table.viewport().height()
    before = tab.action_table.height()
    tab.new_action.setText("Call them")
    tab.new_action.returnPressed.emit()
    rest(50)
    assert tab.action_table.height() == before + 36


def test_a_file_written_can_be_opened(
    sample: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    file = tmp_path / "plan.pdf"
    sample.messages.written(phrase("Written: {file}", file=file.name), file)
    assert sample.toast.open_file.isVisible()
    sample.toast.open_file.click()
    assert opened == [QUrl.fromLocalFile(str(file))]
    sample.messages.say(phrase("Select the person to look from first."))
    assert not sample.toast.open_file.isVisible()


def test_a_click_on_the_tab_map_leads_back_from_a_key_person_view(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, BIGGEST)
    account = sample.desk.place.account
    person = sample.desk.analysis().people[0].id
    windows.go(sample, Place(Page.ACCOUNT, account, person=person))
    bar = sample.navigation.account.bar
    middle = bar.tabRect(bar.currentIndex()).center()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert sample.desk.place == Place(Page.ACCOUNT, account, Tab.MAP)
