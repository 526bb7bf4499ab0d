"""The main job in the real window, by the keyboard alone: draw, undo, redo, reopen, print."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot
from windowing import (
    CTRL,
    SHIFT,
    Key,
    Windows,
    dialog_answered,
    filled_in,
    new_plain_store,
    press,
    saving_to,
    type_text,
)

from brm_desktop.domain.records import ChainMember, Person, Project
from brm_desktop.gui.desk import Page, Tab
from brm_desktop.gui.main_window import MainWindow

BOSS = "Vera Stone"
HEADS = ("Ivan Reed", "Olga Marsh", "Paul Winter")
LEFT = ("Rosa Field", "Theo Brook", "Uma Lake")
RIGHT = ("Carl Forest", "Dora Hill", "Emil Dune")
EVERYBODY = (BOSS, *HEADS, *LEFT, *RIGHT)


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Windows of one computer."""
    return Windows(qtbot, tmp_path, monkeypatch)


def test_ten_people_are_drawn_by_keyboard_undone_redone_reopened_and_printed(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, plan = tmp_path / "mine.brm", tmp_path / "plan.pdf"
    window = windows.open()
    _make_account_and_project(windows, window, store)
    _draw_ten_people(window)
    assert _names(window) == sorted(EVERYBODY)
    drawn = window.desk.records
    steps = _undo_all(window)
    assert _names(window) == []
    for _ in range(steps):
        press(window, Key.Key_Y, CTRL)
    assert window.desk.records == drawn
    window.close()

    again = windows.open(store)
    windows.show_account(again, "Acme", Tab.CHAINS)
    assert _names(again) == sorted(EVERYBODY)
    assert len(again.desk.records.all(ChainMember)) == len(EVERYBODY)
    saving_to(monkeypatch, plan)
    press(again, Key.Key_E, CTRL)
    windows.settle(again)
    text = _text_of(plan)
    assert [name for name in EVERYBODY if name not in text] == []


def _make_account_and_project(windows: Windows, window: MainWindow, store: Path) -> None:
    press(window, Key.Key_Tab)  # from the sample to an empty store
    with dialog_answered(new_plain_store(store)):
        press(window, Key.Key_Space)
    windows.settle(window)
    assert window.desk.place.page is Page.ACCOUNTS
    with dialog_answered(filled_in("Acme")):
        press(window, Key.Key_N, CTRL)
    windows.settle(window)
    with dialog_answered(filled_in("New plant")):
        press(window, Key.Key_N, CTRL | SHIFT)
    windows.settle(window)
    (project,) = window.desk.records.all(Project)
    assert window.desk.place.project == project


def _draw_ten_people(window: MainWindow) -> None:
    type_text(window, BOSS)
    press(window, Key.Key_Return)
    press(window, Key.Key_Tab)  # someone who reports to the boss
    for name in HEADS[:-1]:
        type_text(window, name)
        press(window, Key.Key_Return)
        press(window, Key.Key_Return)  # a peer
    type_text(window, HEADS[-1])
    press(window, Key.Key_Tab)  # finished, and someone who reports to that one
    for place, name in enumerate(RIGHT):
        type_text(window, name)
        press(window, Key.Key_Return)
        if place < len(RIGHT) - 1:
            press(window, Key.Key_Return)
    for _ in range(2):
        press(window, Key.Key_Up)
    press(window, Key.Key_Down)
    press(window, Key.Key_Tab)
    for place, name in enumerate(LEFT):
        type_text(window, name)
        press(window, Key.Key_Return)
        if place < len(LEFT) - 1:
            press(window, Key.Key_Return)


def _undo_all(window: MainWindow) -> int:
    steps = 0
    while _names(window):
        press(window, Key.Key_Z, CTRL)
        steps += 1
        assert steps < 100
    return steps


def _names(window: MainWindow) -> list[str]:
    return sorted(person.name for person in window.desk.records.all(Person).values())


def _text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())
