"""Our relations and the competitors' in the window, by keyboard and by pasting."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from relations_shown import at, wait
from windowing import CTRL, Key, Windows, press, rest, type_text

from brm_desktop.domain.matrix import level_text
from brm_desktop.domain.records import Action, Contribution, Snapshot, Tie
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.resources.ahead_tab import AheadTab
from brm_desktop.gui.pages.resources.company_tab import CompanyTab
from brm_desktop.gui.pages.resources.contribution_tab import ContributionTab
from brm_desktop.gui.pages.resources.employees_tab import EmployeesTab
from brm_desktop.gui.pages.resources.matrix_tab import MatrixTab
from brm_desktop.gui.pages.resources.page import CompetitorRelationsPage, RelationsPage
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.snapshots import own_company

ACCOUNT = "Huachen Equipment Group"


def months_kept(windows: Windows, window: MainWindow) -> None:
    """Wait until the missing months are built."""
    own = own_company(window.desk.records)
    wait(windows, lambda: bool(window.desk.records.where(Snapshot, subject=own)))
    windows.settle(window)


def matrix_of(windows: Windows, window: MainWindow) -> MatrixTab:
    """Our matrix of the largest account, with the keys in its first cell."""
    tab = at(windows, window, Page.COLLEAGUES, 2, MatrixTab)
    choose_account(windows, window, tab)
    tab.focus_first()
    tab.view.setCurrentIndex(tab.model.index(0, 0))
    return tab


def choose_account(windows: Windows, window: MainWindow, tab: MatrixTab | ContributionTab) -> None:
    tab.account.setCurrentText(ACCOUNT)
    tab.account.setCurrentIndex(tab.account.findText(ACCOUNT))
    tab.account.activated.emit(tab.account.currentIndex())
    wait(
        windows,
        lambda: tab.model.rowCount() > 0 and tab.desk.analysis(tab.account.account) is not None,
    )
    windows.settle(window)


def cell(tab: MatrixTab, down: int, across: int) -> str:
    return str(tab.model.index(down, across).data())


def type_in(tab: MatrixTab, text: str) -> None:
    """Type into the current cell as at a keyboard, and Enter."""
    type_text(tab, text)
    press(tab, Key.Key_Return)


def test_the_company_view_sums_up_all_accounts_without_opening_them(
    sample: MainWindow, windows: Windows
) -> None:
    months_kept(windows, sample)
    tab = at(windows, sample, Page.COLLEAGUES, 0, CompanyTab)
    wait(windows, lambda: tab.model.rowCount() == 8)
    assert tab.score.text().isdecimal()
    assert "weighted by annual spend" in tab.basis.text()
    lines = tab.trend.text().splitlines()
    assert len(lines) > 3
    assert lines[0].startswith("Month\tCloseness\tStrong")
    tab.trend.copy.click()
    assert QGuiApplication.clipboard().text() == tab.trend.text()
    tab.trend.twin.click()
    assert tab.trend.table.isVisible()
    tab.score.click()
    rest()
    sample.activateWindow()
    wait(windows, sample.isActiveWindow)
    tab.focus_first()
    wait(windows, tab.table.hasFocus)
    tab.table.selectRow(0)
    press(sample, Key.Key_Return)
    wait(windows, lambda: sample.desk.place.page is Page.ACCOUNT)


def test_whoever_is_chosen_shows_whom_he_reaches(sample: MainWindow, windows: Windows) -> None:
    tab = at(windows, sample, Page.COLLEAGUES, 1, EmployeesTab)
    wait(windows, lambda: tab.model.rowCount() > 3 and tab.model.rows[0].total.score > 0)
    first = tab.model.rows[0].total
    wait(windows, lambda: len(tab.reached.rows) == first.direct + first.one_insider)
    assert "reaches" in tab.said.text()
    tab.account.setCurrentIndex(1)
    tab.account.activated.emit(1)
    windows.settle(sample)
    assert "Should own it" in tab.match.text()
    tab.table.selectRow(0)
    rest()
    key = f"{tab.reached.rows[0].account.account} {tab.reached.rows[0].person}"
    person = tab.reached.rows[0].person
    tab.people.opened.emit(key)
    wait(windows, lambda: sample.desk.selection.people == (person,))


def test_levels_are_typed_walked_and_deleted_by_keyboard(
    sample: MainWindow, windows: Windows
) -> None:
    tab = matrix_of(windows, sample)
    type_in(tab, "45/70")
    assert cell(tab, 0, 0) == "45/70"
    press(sample, Key.Key_Right)
    assert tab.view.currentIndex().column() == 1
    type_in(tab, "30")
    assert cell(tab, 0, 1).startswith("30")
    press(sample, Key.Key_Left)
    type_in(tab, "50")
    assert cell(tab, 0, 0) == "50/70"
    assert tab.gaps.rows
    press(sample, Key.Key_Delete)
    assert cell(tab, 0, 0) == ""
    sample.commands.run("undo")
    rest()
    assert cell(tab, 0, 0) == "50/70"


def test_what_is_being_typed_outlives_a_change_that_is_not_about_it(
    sample: MainWindow, windows: Windows
) -> None:
    tab = matrix_of(windows, sample)
    type_text(tab, "45/70")
    tab.refresh()
    press(tab, Key.Key_Return)
    assert cell(tab, 0, 0) == "45/70"


def test_what_is_no_level_is_refused_and_nothing_changes(
    sample: MainWindow, windows: Windows
) -> None:
    tab = matrix_of(windows, sample)
    before = cell(tab, 0, 0)
    type_in(tab, "abc")
    assert "is no level" in sample.toast.sentence
    assert cell(tab, 0, 0) == before
    type_in(tab, "400")
    assert cell(tab, 0, 0) == before


def test_a_block_from_a_spreadsheet_is_pasted_as_one_step_or_not_at_all(
    sample: MainWindow, windows: Windows
) -> None:
    tab = matrix_of(windows, sample)
    rows = [(0, 0), (0, 1), (1, 0), (1, 1)]
    before = [cell(tab, *one) for one in rows]
    QGuiApplication.clipboard().setText("11\t22/33\r\n44\t\r\n")
    press(tab.view, Key.Key_V, CTRL)
    assert [cell(tab, *one).split("/")[0] for one in rows[:3]] == ["11", "22", "44"]
    assert cell(tab, 1, 1) == before[3]
    tab.view.selectAll()
    press(tab.view, Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0].split("\t")[1] == "22/33"
    sample.commands.run("undo")
    rest()
    assert [cell(tab, *one) for one in rows] == before
    tab.view.setCurrentIndex(tab.model.index(0, 0))
    QGuiApplication.clipboard().setText("11\tx")
    press(tab.view, Key.Key_V, CTRL)
    assert [cell(tab, *one) for one in rows] == before


def test_a_gap_becomes_a_dated_action(sample: MainWindow, windows: Windows) -> None:
    tab = matrix_of(windows, sample)
    assert tab.gaps.rows
    tab.gap_table.selectRow(0)
    known = len(sample.desk.records.all(Action))
    tab.plan.click()
    added = list(sample.desk.records.all(Action).values())
    assert len(added) == known + 1
    assert any("from" in one.text and one.due is not None for one in added)


def test_what_is_typed_and_no_account_gives_way_to_the_one_on_show(
    sample: MainWindow, windows: Windows
) -> None:
    tab = at(windows, sample, Page.COLLEAGUES, 3, ContributionTab)
    line = tab.account.lineEdit()
    assert line is not None
    assert line.accessibleName()
    shown = line.text()
    line.setFocus()
    line.selectAll()
    type_text(line, "101")
    press(line, Key.Key_Return)
    assert line.text() == shown


def test_shares_are_suggested_only_when_asked_and_must_add_to_100(
    sample: MainWindow, windows: Windows
) -> None:
    tab = at(windows, sample, Page.COLLEAGUES, 3, ContributionTab)
    choose_account(windows, sample, tab)
    assert not sample.desk.records.all(Contribution)
    column = tab.model.columns[-1]
    tab.model.take(tab.model.rows[0], column, "60")
    assert tab.total.text() == "60%"
    tab.enter.click()
    assert "they must add to 100%" in sample.toast.sentence
    assert not sample.desk.records.all(Contribution)
    tab.model.take(tab.model.rows[0], column, "many")
    assert "is no share" in sample.toast.sentence
    tab.suggest.click()
    assert tab.total.text() == "100%"
    tab.enter.click()
    rest()
    assert sum(one.share for one in sample.desk.records.all(Contribution).values()) == 100
    assert "last entered by" in tab.who.text()
    sample.commands.run("undo")
    rest()
    assert not sample.desk.records.all(Contribution)


def test_where_a_competitor_is_ahead_leads_to_an_action_and_to_the_chain(
    sample: MainWindow, windows: Windows
) -> None:
    tab = at(windows, sample, Page.COMPETITORS, 0, AheadTab)
    wait(windows, lambda: bool(tab.model.rows))
    urgent = [one.ahead.urgency for one in tab.model.rows]
    assert urgent == sorted(urgent, reverse=True)
    tab.focus_first()
    tab.table.selectRow(0)
    tab.plan.click()
    assert any("Catch up with" in one.text for one in sample.desk.records.all(Action).values())
    on_chain = next(one for one in tab.model.rows if one.ahead.chains)
    tab.table.opened.emit(on_chain.key)
    wait(windows, lambda: sample.desk.place.tab is Tab.CHAINS)
    assert sample.desk.place.project == on_chain.ahead.chains[0].project


def test_another_competitor_has_other_people_in_its_matrix(
    sample: MainWindow, windows: Windows
) -> None:
    tab = at(windows, sample, Page.COMPETITORS, 3, MatrixTab)
    page = sample.pages.currentWidget()
    assert isinstance(page, CompetitorRelationsPage)
    first = {row.employee for row in tab.model.matrix.rows}
    chooser = page.company
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    windows.settle(sample)
    assert {row.employee for row in tab.model.matrix.rows}.isdisjoint(first)


def test_an_edit_shows_at_once_in_what_is_summed_up(sample: MainWindow, windows: Windows) -> None:
    tab = matrix_of(windows, sample)
    type_in(tab, "99")
    tie = next(t for t in sample.desk.records.all(Tie).values() if t.closeness == 99)
    assert level_text(tie).startswith("99")
    people = at(windows, sample, Page.COLLEAGUES, 1, EmployeesTab)
    wait(
        windows,
        lambda: any(
            reached.closeness == 99
            for row in people.model.rows
            for _, there in row.total.there
            for reached in there.direct
        ),
    )


def test_months_are_built_anew_when_asked(sample: MainWindow, windows: Windows) -> None:
    months_kept(windows, sample)
    before = sample.desk.session.counts()["snapshot"]
    sample.commands.run("build_months")
    wait(windows, lambda: "built anew" in sample.toast.sentence)
    assert sample.desk.session.counts()["snapshot"] == before


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_tab_opens_in_both_languages_also_in_an_empty_store(
    windows: Windows, language: str
) -> None:
    window = windows.open(language=language)
    window.stores.open(windows.folder / "new.brm", create=PLAIN)
    windows.settle(window)
    for page in (Page.COLLEAGUES, Page.COMPETITORS):
        windows.go(window, Place(page))
        relations = window.pages.currentWidget()
        assert isinstance(relations, RelationsPage)
        for place in range(5):
            relations.show_tab(place)
            windows.settle(window)
            rest(30)
            said = [one.text() for one in relations.findChildren(QLabel) if one.isVisible()]
            assert said
            assert any(one.isVisible() for one in relations.findChildren(EmptyPage))
    window.switch_language()
    rest()
