"""A table whose rows came again is painted anew only where they say something else."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.widgets.table import Column, TableModel
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


def test_a_table_that_cannot_tell_is_told_whole(qapp: QObject) -> None:
    model, told = model_of(qapp, knows=False)
    model.show_rows(list(model.rows))
    assert told == [(0, 2)]


def test_columns_of_texts_are_sorted_as_names_and_others_as_they_are() -> None:
    assert sort_value("黎明") < sort_value("李娜")
    assert sort_value(7) == 7
