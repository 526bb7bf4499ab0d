"""A table whose rows came again is painted anew only where they say something else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.widgets.table import CellDelegate, Column, Table, TableModel
from brm_desktop.gui.widgets.table_model import sort_value


@dataclass(frozen=True, slots=True)
class Row:
    """A name, and something that no column says."""

    key: str
    name: str
    unsaid: int = 0


def model_of(parent: QObject, *, knows: bool) -> tuple[TableModel[Row], list[tuple[int, int]]]:
    """A table of three rows, and the first and last row of each change that is told."""
    columns: list[Column[Row]] = [Column(phrase("Account"), lambda row: row.name)]
    same = (lambda one, other: one.name == other.name) if knows else None
    model: TableModel[Row] = TableModel(columns, lambda row: row.key, parent, same)
    model.show_rows([Row("1", "Acme"), Row("2", "Beta"), Row("3", "Coil")])
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    return model, told


def test_only_rows_that_say_something_else_are_told(qapp: QObject) -> None:
    model, told = model_of(qapp, knows=True)
    rows = [Row("1", "Acme", 7), Row("2", "Beta", 7), Row("3", "Coil", 7)]
    model.show_rows(rows)
    assert told == []
    assert model.rows == rows
    model.show_rows([rows[0], Row("2", "Bolt"), rows[2]])
    assert told == [(1, 1)]


def test_rows_between_two_that_say_something_else_are_not_told_unless_there_are_very_many(
    qapp: QObject,
) -> None:
    model, told = model_of(qapp, knows=True)
    model.show_rows([Row("1", "Ada"), Row("2", "Beta"), Row("3", "Cut")])
    assert told == [(0, 0), (2, 2)]
    model.show_rows([Row("1", "Ada"), Row("2", "Bolt"), Row("3", "Coil")])
    assert told[2:] == [(1, 2)]
    model.show_rows([Row(str(number), "A") for number in range(1000)])
    del told[:]
    model.show_rows([Row(str(number), "AB"[number % 2]) for number in range(1000)])
    assert told == [(1, 999)]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("right", [False, True])
def test_a_cell_is_painted_as_its_roles_say(
    qapp: QObject, qtbot: QtBot, *, bold: bool, right: bool
) -> None:
    columns: list[Column[Row]] = [
        Column(
            phrase("Account"),
            lambda row: row.name,
            bold=bold,
            right=right,
            colour=lambda _row: QColor("#a01030"),
        )
    ]
    model: TableModel[Row] = TableModel(columns, lambda row: row.key, qapp)
    table = Table(model)
    qtbot.addWidget(table)
    model.show_rows([Row("1", "two\nlines")])
    index = table.model().index(0, 0)
    ours, qts = QStyleOptionViewItem(), QStyleOptionViewItem()
    CellDelegate(table).initStyleOption(ours, index)
    QStyledItemDelegate.initStyleOption(QStyledItemDelegate(table), qts, index)
    text = QPalette.ColorRole.Text
    for name in ("index", "text", "displayAlignment", "font", "features"):
        assert getattr(ours, name) == getattr(qts, name), name
    wide = [option.fontMetrics.horizontalAdvance("lines") for option in (ours, qts)]
    assert wide[0] == wide[1]
    assert ours.palette.color(text) == qts.palette.color(text) == QColor("#a01030")


def test_a_table_that_cannot_tell_is_told_whole(qapp: QObject) -> None:
    model, told = model_of(qapp, knows=False)
    model.show_rows(list(model.rows))
    assert told == [(0, 2)]


def test_columns_of_texts_are_sorted_as_names_and_others_as_they_are() -> None:
    assert sort_value("黎明") < sort_value("李娜")
    assert sort_value(7) == 7
