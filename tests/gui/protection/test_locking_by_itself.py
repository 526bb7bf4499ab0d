"""A store that nobody touches is locked by itself, and by nothing less."""

from __future__ import annotations

import pytest
from protected import (
    Protected,
)
from PySide6.QtCore import QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windowing import CTRL, Key, press, rest

TEN_MINUTES_MS = 10 * 60_000


class Wall:
    """A wall clock that is set."""

    def __init__(self) -> None:
        self.now = 1_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def wall(opened: Protected) -> Wall:
    clock = Wall()
    opened.window.guard.idle.wall = clock
    opened.window.guard.idle.touch()
    return clock


def test_it_locks_by_itself_after_ten_minutes(opened: Protected, wall: Wall) -> None:
    idle = opened.window.guard.idle
    assert idle.minutes == 10
    wall.now += TEN_MINUTES_MS - 1
    assert not idle.look()
    press(opened.window, Key.Key_F8)  # somebody is here
    wall.now += TEN_MINUTES_MS - 1
    assert not idle.look()
    wall.now += 1
    assert idle.look()
    opened.wait(lambda: not opened.window.desk.is_open)
    assert idle.minutes == 0
    wall.now += TEN_MINUTES_MS
    opened.unlock()
    assert idle.minutes == 10


def test_a_laptop_that_slept_is_locked_before_the_first_key_does_anything(
    opened: Protected, wall: Wall
) -> None:
    window = opened.window
    wall.now += 2 * 3_600_000
    press(window, Key.Key_K, CTRL)
    assert window.guard.locked
    assert not window.palette_sheet.isVisible()
    opened.wait(lambda: not window.desk.is_open)


@pytest.mark.parametrize("touch", ["mouse", "wheel", "composing"])
def test_every_kind_of_touch_counts(opened: Protected, wall: Wall, touch: str) -> None:
    window = opened.window
    handle = window.windowHandle()
    before = window.guard.idle._touched_at
    wall.now += 60_000
    if touch == "mouse":
        QTest.mouseMove(handle, window.rect().center())
    elif touch == "wheel":
        QTest.wheelEvent(handle, window.rect().center(), window.rect().center())
    else:
        QApplication.sendEvent(window.focusWidget(), QInputMethodEvent("陈", []))
    rest()
    assert window.guard.idle._touched_at == before + 60_000


def test_setting_the_clock_back_does_not_keep_it_open(opened: Protected, wall: Wall) -> None:
    idle = opened.window.guard.idle
    wall.now -= 365 * 24 * 3_600_000
    idle._limit_ms = 1
    rest(20)
    assert idle.look()
    opened.wait(lambda: not opened.window.desk.is_open)


def test_events_that_are_nobodys_touch_do_not_count(opened: Protected, wall: Wall) -> None:
    window = opened.window
    before = window.guard.idle._touched_at
    wall.now += 60_000
    QApplication.sendEvent(window.windowHandle(), QEvent(QEvent.Type.UpdateRequest))
    assert window.guard.idle._touched_at == before
