"""Columns of tables share the width so that no text is cut while there is room elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.widgets.column_room import shared
from brm_desktop.gui.widgets.table import Column, Table, TableModel

LONG = "Huachen Equipment Group, Manufacturing One"


@pytest.mark.parametrize(
    ("room", "stretched", "columns", "widths"),
    [
        (600, 100, [(100, 80), (100, 90)], [100, 100]),  # nothing is cut, nothing moves
        (600, 100, [(100, 220), (100, 90)], [220, 100]),  # what is cut gets all it lacks
        (340, 100, [(100, 220), (100, 120)], [120, 120]),  # little helps first
        (340, 180, [(100, 60), (100, 95)], [60, 100]),  # the roomiest gives to the stretched one
        (340, 400, [(100, 60), (100, 95)], [60, 95]),  # nobody gives what his texts need
        (340, 400, [(100, 160)], [100]),
    ],
)
def test_columns_share_what_others_do_not_need(
    room: int, stretched: int, columns: list[tuple[int, int]], widths: list[int]
) -> None:
    assert shared(room, stretched, columns) == widths


Rows = TableModel[tuple[str, str]]


@dataclass
class Shown:
    """A table in a window."""

    window: QWidget
    table: Table
    model: Rows


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """A table of accounts and persons, 700 pixels wide."""
    window = QWidget()
    qtbot.addWidget(window)
    model = Rows(
        [
            Column(phrase("Account"), lambda row: row[0], width=90),
            Column(phrase("Person"), lambda row: row[1], stretch=True),
        ],
        lambda row: row[0],
        window,
    )
    table = Table(model, window)
    window.resize(1000, 300)
    table.resize(700, 200)
    with qtbot.waitExposed(window):
        window.show()
    return Shown(window, table, model)


def test_a_text_is_whole_while_the_stretched_column_has_room(qtbot: QtBot, shown: Shown) -> None:
    table, model = shown.table, shown.model
    model.show_rows([(LONG, "Li")])
    need = table.fontMetrics().horizontalAdvance(LONG)
    qtbot.waitUntil(lambda: table.columnWidth(0) > need)
    table.resize(200, 200)
    qtbot.waitUntil(lambda: table.columnWidth(0) < need)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()


def test_a_width_that_a_hand_gave_stays(shown: Shown) -> None:
    table, model = shown.table, shown.model
    model.show_rows([("A", "Li")])
    header = table.horizontalHeader()
    edge = header.sectionViewportPosition(0) + header.sectionSize(0) - 1
    start, end = header.rect().center(), header.rect().center()
    start.setX(edge)
    end.setX(edge + 40)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(header.viewport(), end)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=end)
    pulled = table.columnWidth(0)
    assert pulled > 100
    model.show_rows([(LONG, "Li")])
    table.resize(900, 200)
    QTest.qWait(20)
    assert table.columnWidth(0) == pulled


def test_a_stretched_column_that_would_be_left_no_room_lets_the_table_scroll(
    qtbot: QtBot, shown: Shown
) -> None:
    table, model = shown.table, shown.model
    model.show_rows([("A", LONG)])
    table.resize(160, 200)
    qtbot.waitUntil(lambda: table.columnWidth(1) == 120)
    assert table.columnWidth(0) + table.columnWidth(1) > table.viewport().width()
    table.resize(700, 200)
    qtbot.waitUntil(lambda: table.columnWidth(0) + table.columnWidth(1) == table.viewport().width())
