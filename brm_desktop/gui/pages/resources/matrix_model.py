"""The matrix as a model: one tie per cell, typed as ``45`` or ``45/70``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from brm_desktop.domain.matrix import Column, Matrix, Row, level_text
from brm_desktop.domain.records import PersonId, Tie
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import number, tr

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
Pair = tuple[PersonId, PersonId]
EMPTY = Matrix((), (), {})

COLUMN_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
TIE_ROLE = Qt.ItemDataRole.UserRole + 3


class MatrixModel(QAbstractTableModel):
    """Employees down, key persons across; ``typed`` is called with what was typed into cells."""

    def __init__(self, typed: Callable[[Mapping[Pair, str]], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.matrix = EMPTY
        self._typed = typed

    def show_matrix(self, matrix: Matrix) -> None:
        """Show a matrix; one of the same people keeps its order and the place in the view."""
        rows = _in_order(matrix.rows, [one.employee for one in self.matrix.rows], _employee)
        columns = _in_order(matrix.columns, [one.person for one in self.matrix.columns], _person)
        if rows is None or columns is None:
            self.beginResetModel()
            self.matrix = matrix
            self.endResetModel()
            return
        shown = Matrix(rows, columns, matrix.ties)
        if shown == self.matrix:
            return  # telling it again would write over what is being typed
        self.matrix = shown
        self.retell()

    def retell(self) -> None:
        """Say everything again."""
        if self.matrix.rows and self.matrix.columns:
            down, across = len(self.matrix.rows) - 1, len(self.matrix.columns) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(down, across))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, across)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, down)

    def pair(self, index: _Index) -> Pair:
        """Who a cell is about."""
        row, column = self.matrix.rows[index.row()], self.matrix.columns[index.column()]
        return row.employee, column.person

    def tie(self, index: _Index) -> Tie | None:
        """The tie of a cell."""
        return self.matrix.tie(*self.pair(index))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many employees."""
        return 0 if parent.isValid() else len(self.matrix.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many key persons."""
        return 0 if parent.isValid() else len(self.matrix.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, its tie, and the sentence for who does not see it."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return level_text(self.tie(index))
        if role == TIE_ROLE:
            return self.tie(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._sentence(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(index)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Who a row or a column is about."""
        if orientation == Qt.Orientation.Vertical:
            row = self.matrix.rows[section]
            if role == ROW_ROLE:
                return row
            if role == Qt.ItemDataRole.DisplayRole:
                return f"{row.name}  {number(row.score, 1)}"
            return None
        column = self.matrix.columns[section]
        if role == COLUMN_ROLE:
            return column
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role == Qt.ItemDataRole.ToolTipRole:
            best = "–" if column.best is None else str(column.best)
            weight = tr("importance {n}, best tie {best}", n=column.weight, best=best)
            parts = (column.name, column.title, weight)
            return plain_tip("\n".join(part for part in parts if part))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every cell can be typed into."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; nothing typed leaves the tie as it is."""
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text in ("", level_text(self.tie(index))):
            return False
        return self._typed({self.pair(index): text})

    def _sentence(self, index: _Index) -> str:
        row, column = self.matrix.rows[index.row()], self.matrix.columns[index.column()]
        tie = self.tie(index)
        if tie is None:
            return tr("{employee} has no tie to {person}", employee=row.name, person=column.name)
        if tie.wanted is None:
            return tr(
                "{employee} to {person}: {now}",
                employee=row.name,
                person=column.name,
                now=tie.closeness,
            )
        return tr(
            "{employee} to {person}: {now}, wanted {wanted}",
            employee=row.name,
            person=column.name,
            now=tie.closeness,
            wanted=tie.wanted,
        )


def _employee(row: Row) -> PersonId:
    return row.employee


def _person(column: Column) -> PersonId:
    return column.person


def _in_order(
    found: tuple[T, ...], before: list[PersonId], key: Callable[[T], PersonId]
) -> tuple[T, ...] | None:
    """The same people in the order they stood in; ``None`` when they are others."""
    by_key = {key(one): one for one in found}
    if by_key.keys() != set(before):
        return None
    return tuple(by_key[one] for one in before)
