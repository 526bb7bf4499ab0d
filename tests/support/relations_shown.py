"""A page of relations on show in the window, with all accounts read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from windowing import Windows, rest

from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.resources.gathering import gathering_of
from brm_desktop.gui.pages.resources.page import RelationsPage

W = TypeVar("W", bound=QWidget)


def at(windows: Windows, window: MainWindow, page: Page, place: int, kind: type[W]) -> W:
    """A tab of a page of relations, on show, with all accounts read."""
    windows.go(window, Place(page))
    relations = window.pages.currentWidget()
    assert isinstance(relations, RelationsPage)
    found = relations.tab(place)
    assert isinstance(found, kind)
    wait(windows, lambda: gathering_of(window.desk).settled)
    windows.settle(window)
    rest(120)
    windows.settle(window)
    return found


def wait(windows: Windows, until: Callable[[], bool]) -> None:
    windows.qtbot.waitUntil(until, timeout=20_000)
