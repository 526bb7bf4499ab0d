"""Nothing flashes up as a window of its own while pages are made: the next key would miss."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from windowing import Windows

from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.resources.page import RelationsPage
from brm_desktop.gui.today.due_rows import DueButton
from brm_desktop.gui.today.page import TodayPage


class Watcher(QObject):
    """Notes what is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            children = ", ".join(type(child).__name__ for child in watched.children())
            self.seen.append(f"{type(watched).__name__} of {children}")
        return False


@pytest.fixture
def watcher(qapp: QApplication) -> Iterator[Watcher]:
    made = Watcher()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def test_every_page_opens_within_the_window(
    windows: Windows, sample: MainWindow, watcher: Watcher
) -> None:
    account = sample.desk.session.find_account("Huachen")
    project = sample.desk.session.analysis(account).projects[0].id
    person = sample.desk.session.analysis(account).people[0].id
    for page in Page:
        windows.go(sample, Place(page, account))
    for relations in sample.findChildren(RelationsPage):
        for place in range(relations.bar.count()):
            relations.show_tab(place)
            windows.settle(sample)
    for tab in Tab:
        windows.go(sample, Place(Page.ACCOUNT, account, tab))
    windows.go(sample, Place(Page.ACCOUNT, account, Tab.CHAINS, project=project))
    windows.go(sample, Place(Page.ACCOUNT, account, Tab.MAP, person=person))
    for command in ("table_twin", "what_if", "work_first", "what_if_discard"):
        sample.commands.run(command)
        windows.settle(sample)
    assert watcher.seen == []


@pytest.mark.parametrize("page", [Page.TODAY, Page.WEEKLY])
def test_a_page_opened_for_the_first_time_leaves_the_keys_in_the_window(
    windows: Windows, sample: MainWindow, page: Page
) -> None:
    windows.go(sample, Place(page))
    assert sample.isActiveWindow()
    focus = sample.focusWidget()
    assert focus is not None
    shown = sample.pages.currentWidget()
    assert shown is not None
    assert shown.isAncestorOf(focus)


def test_today_gives_the_keys_to_the_first_line_once_it_is_there(
    windows: Windows, sample: MainWindow
) -> None:
    windows.go(sample, Place(Page.TODAY))
    page = sample.pages.currentWidget()
    assert isinstance(page, TodayPage)
    windows.qtbot.waitUntil(lambda: page.gathering.settled, timeout=20_000)
    windows.settle(sample)
    assert isinstance(sample.focusWidget(), DueButton)
