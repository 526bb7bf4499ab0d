"""Who gets what: a choice for each account and category, made by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QComboBox
from two_reps import Reps
from windowing import Key, Windows, press

from brm_desktop.domain.categories import Category
from brm_desktop.domain.records import Choice
from brm_desktop.gui.desk import Page
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.sync.page import SyncPage
from brm_desktop.gui.sync.policies import PoliciesPart
from brm_desktop.session import syncing

ALT = Qt.KeyboardModifier.AltModifier


def matrix(windows: Windows, window: MainWindow) -> PoliciesPart:
    """The matrix on the Sync page, once the store was looked through."""
    press(window, Key.Key_S, ALT)
    windows.qtbot.waitUntil(lambda: window.desk.place.page is Page.SYNC, timeout=5_000)
    page = window.pages.currentWidget()
    assert isinstance(page, SyncPage)
    windows.settle(window)
    assert page.taking_part is not None
    page.taking_part.tabs.bar.setCurrentIndex(2)
    return page.taking_part.policies


def test_a_policy_is_chosen_in_the_matrix_of_an_account_that_is_not_open(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    part = matrix(windows, window)
    table = part.table
    assert table.model().index(1, 8).data() == "never"
    assert table.model().index(1, 8).data(Qt.ItemDataRole.DecorationRole) is not None
    column = part.model.columns[2]
    part.model.take(part.model.rows[1], column, Choice.COMPANY)
    windows.settle(window)
    assert table.model().index(1, 2).data() == "company"
    held = syncing.policy_of(window.desk.session, reps.acme, Category.PERSONAL)
    assert held is Choice.COMPANY
    window.commands.run("undo")
    windows.settle(window)
    assert table.model().index(1, 2).data() == "only me"


def test_the_matrix_shows_which_cell_has_the_keys_and_enter_chooses_in_it(
    windows: Windows, reps: Reps
) -> None:
    window = reps.open(windows)
    part = matrix(windows, window)
    table = part.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 2))
    cell = table.visualRect(table.currentIndex())
    accent = QApplication.palette().color(QPalette.ColorRole.Accent)
    frame = table.viewport().grab(cell).toImage().pixelColor(cell.width() // 2, 1)
    beside = table.visualRect(table.model().index(1, 3))
    other = table.viewport().grab(beside).toImage().pixelColor(beside.width() // 2, 1)
    assert near(frame, accent), "the cell with the keys is framed in the accent"
    assert not near(other, accent)
    # a screen that is none can drop no list, and would say so
    windows.monkeypatch.setattr(QComboBox, "showPopup", lambda _box: None)
    press(table, Key.Key_Return)
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    box.activated.emit(box.findText("whole company"))
    windows.settle(window)
    assert table.model().index(1, 2).data() == "company"
    assert table.currentIndex() == table.model().index(1, 2)


def near(one: QColor, other: QColor) -> bool:
    """Whether two colours are hardly told apart."""
    red, green, blue = (
        one.red() - other.red(),
        one.green() - other.green(),
        one.blue() - other.blue(),
    )
    return max(abs(red), abs(green), abs(blue)) < 40
