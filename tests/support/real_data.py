"""Real data in the window: an empty store, and what is on show of an account."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from windowing import (
    Windows,
)

from brm_desktop.domain.records import AccountId, Person
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

FindData = Callable[[str], Path]


def empty_store(windows: Windows, folder: Path) -> MainWindow:
    """A window on an empty store."""
    Session.open(folder / "window.brm", create=PLAIN).close()
    return windows.open(folder / "window.brm")


# What is on show


def account_on_show(window: MainWindow) -> AccountId:
    """The account on show."""
    return window.desk.session.find_account("Krackhardt")


def canvas_on_show(window: MainWindow) -> CanvasView:
    """The canvas on show."""
    pane = window.navigation.account.pane
    assert pane is not None
    assert pane.canvas is not None
    return pane.canvas


def person_named(window: MainWindow, name: str) -> Person:
    """Somebody by name."""
    return next(one for one in window.desk.records.all(Person).values() if one.name == name)


def text_of(path: Path) -> str:
    """The text of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())
