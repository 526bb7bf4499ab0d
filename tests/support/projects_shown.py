"""The projects of an account as tests look at them, and answers to what is asked when they end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from windowing import Windows

from brm_desktop.domain.records import (
    Opportunity,
    Outcome,
)
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.dialogs.closing import ClosingDialog
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.account_page import AccountPage
from brm_desktop.gui.pages.projects.board import Board, CardList
from brm_desktop.gui.pages.projects.history import ProjectHistory
from brm_desktop.gui.pages.projects.needs import NeedsSide
from brm_desktop.gui.pages.projects.opportunities import OpportunitiesSide
from brm_desktop.gui.pages.projects.tab import NEEDS, OPPORTUNITIES, ProjectsTab
from brm_desktop.gui.pages.value.page import ValuePage
from brm_desktop.gui.pages.value.tab import ValueTab

BIGGEST = "Huachen Equipment Group"


def tab_of(window: MainWindow) -> ProjectsTab:
    page = window.pages.currentWidget()
    assert isinstance(page, AccountPage)
    found = page.tab(Tab.PROJECTS)
    assert isinstance(found, ProjectsTab)
    return found


def history(window: MainWindow) -> ProjectHistory:
    side = tab_of(window).side
    assert isinstance(side, ProjectHistory)
    return side


def opportunities(window: MainWindow) -> OpportunitiesSide:
    tab = tab_of(window)
    tab.show_side(OPPORTUNITIES)
    assert isinstance(tab.side, OpportunitiesSide)
    return tab.side


def needs(window: MainWindow) -> NeedsSide:
    tab = tab_of(window)
    tab.show_side(NEEDS)
    assert isinstance(tab.side, NeedsSide)
    return tab.side


def opportunity(window: MainWindow, name: str) -> Opportunity:
    (found,) = window.desk.records.where(Opportunity, name=name)
    return found


def live(window: MainWindow) -> list[Opportunity]:
    account = window.desk.place.account
    found = window.desk.records.where(Opportunity, account=account)
    return sorted(
        (one for one in found if one.outcome is Outcome.OPEN), key=lambda one: str(one.stage)
    )


def column_with(board: Board, key: str) -> CardList:
    return next(one.list for one in board.columns if one.place_of(key) >= 0)


def pressed(text: str, then: Callable[[], None] = lambda: None) -> Callable[[QDialog], None]:
    """Press the button of a text; ``then`` is done in the dialog that opens after it."""

    def answered(dialog: QDialog) -> None:
        QTimer.singleShot(30, then)
        next(one for one in dialog.findChildren(QPushButton) if one.text() == text).click()

    return answered


def accept() -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ClosingDialog)
    dialog.accept()


def closing(answer: Callable[[ClosingDialog], object]) -> Callable[[QDialog], None]:
    def answered(dialog: QDialog) -> None:
        assert isinstance(dialog, ClosingDialog)
        answer(dialog)
        dialog.accept()

    return answered


def value_tab(windows: Windows, window: MainWindow, title: str) -> ValueTab:
    windows.go(window, Place(Page.VALUE))
    page = window.pages.currentWidget()
    assert isinstance(page, ValuePage)
    place = next(n for n in range(page.bar.count()) if page.bar.tabText(n) == title)
    found = page.tab(place)
    windows.settle(window)
    return found
