"""What the first edit takes is got ready once somebody touches the window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from windowing import Key

from brm_desktop.gui.first_touch import FirstTouch


def test_it_is_done_once_at_the_first_press_when_it_is_time(qapp: QObject) -> None:
    window, done = QWindow(), list[str]()
    window.resize(20, 20)
    is_time = [False]
    FirstTouch(window, lambda: is_time[0], lambda: done.append("done"))
    QTest.keyClick(window, Key.Key_A)
    assert done == []
    is_time[0] = True
    QTest.mouseMove(window)
    assert done == []
    QTest.keyClick(window, Key.Key_A)
    QTest.keyClick(window, Key.Key_A)
    assert done == ["done"]
