"""The numbers of the pages over all accounts open their sums, and people in them are gone to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from relations_shown import at, wait
from windowing import Key, Windows, press, rest

from brm_desktop.domain.company import UNKNOWN_REST
from brm_desktop.gui.desk import Page, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.map_tab import MapTab
from brm_desktop.gui.pages.resources.ahead_tab import AheadTab
from brm_desktop.gui.pages.resources.company_tab import CompanyTab
from brm_desktop.gui.pages.resources.matrix_tab import MatrixTab
from brm_desktop.gui.widgets.popover import Popover
from brm_desktop.gui.widgets.table import Table
from brm_desktop.gui.widgets.wrapping import PersonLink


def popover(window: MainWindow) -> Popover:
    """The one popover that is open."""
    (found,) = window.findChildren(Popover)
    assert isinstance(found, Popover)
    return found


def asked_by_key(window: MainWindow, table: Table, column: int) -> Popover:
    """The sum of a number in the first row, asked for by F3."""
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, column))
    press(window, Key.Key_F3)
    return popover(window)


def test_an_account_s_closeness_opens_its_sum_whose_people_are_links(
    sample: MainWindow, windows: Windows
) -> None:
    tab = at(windows, sample, Page.COLLEAGUES, 0, CompanyTab)
    wait(windows, lambda: tab.model.rowCount() == 8)
    account = tab.model.rows[0].account
    shown = asked_by_key(sample, tab.table, 1)
    assert shown.shown.title.startswith("Closeness of")
    link = shown.findChildren(PersonLink)[0]
    link.click()
    wait(windows, lambda: len(sample.desk.selection.people) == 1)
    assert sample.desk.place.account == account


def test_the_counts_of_the_company_open_who_is_counted(
    sample: MainWindow, windows: Windows
) -> None:
    tab = at(windows, sample, Page.COLLEAGUES, 0, CompanyTab)
    wait(windows, lambda: tab.model.rowCount() == 8)
    for place, title in ((1, "Key persons by closeness"), (2, "Accounts by closeness")):
        button = next(one for (_, side), one in tab._counts.items() if side == place)
        button.setFocus()
        press(button, Key.Key_Space)
        assert popover(sample).shown.title == title
        press(sample, Key.Key_Escape)
        rest()


def test_a_lead_opens_theirs_less_ours(sample: MainWindow, windows: Windows) -> None:
    tab = at(windows, sample, Page.COMPETITORS, 0, AheadTab)
    wait(windows, lambda: tab.model.rowCount() > 0)
    lead = tab.model.rows[0].ahead.lead
    titles = [column.title.text for column in tab.model.columns]
    shown = asked_by_key(sample, tab.table, titles.index("Lead"))
    assert shown.shown.total == f"= {lead}"


def test_accounts_where_nothing_is_known_are_one_row_that_leads_nowhere(
    sample: MainWindow, windows: Windows
) -> None:
    tab = at(windows, sample, Page.COMPETITORS, 1, CompanyTab)
    wait(windows, lambda: tab.model.rowCount() > 0)
    last = tab.model.rows[-1]
    assert last.account == UNKNOWN_REST
    assert tab.model.columns[0].text(last).endswith("accounts where nothing is known")
    assert all(one.scored for one in tab.model.rows[:-1])
    tab.table.opened.emit(last.account)
    assert sample.desk.place.page is Page.COMPETITORS
    assert asked_by_key(sample, tab.table, 1) is not None


@pytest.mark.parametrize("by_key", [True, False])
def test_a_centre_s_ring_and_weakest_dimension_open_their_sums(
    sample: MainWindow, windows: Windows, by_key: bool
) -> None:
    windows.show_account(sample, "Huachen Equipment Group")
    tab = sample.navigation.account.tab(Tab.MAP)
    assert isinstance(tab, MapTab)
    if not tab.centres.isVisible():
        tab.centres_button.click()
        rest()
    row = tab.centres.power.rows[0]
    for part in (row.ring, row.weak):
        if by_key:
            part.setFocus()
            press(part, Key.Key_Return)
        else:
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
        assert popover(sample).shown.lines
        press(sample, Key.Key_Escape)
        rest()


def test_a_row_of_the_matrix_opens_its_resource_score(sample: MainWindow, windows: Windows) -> None:
    tab = at(windows, sample, Page.COLLEAGUES, 2, MatrixTab)
    wait(windows, lambda: tab.model.rowCount() > 0)
    tab.focus_first()
    press(sample, Key.Key_F3)
    assert popover(sample).shown.title.startswith("Resource score of")
