"""What a table shows: columns that say what they show and how it is changed, and the rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.spelling import name_order
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import tr

R = TypeVar("R")
_Index = QModelIndex | QPersistentModelIndex
Choices = Callable[[], list[tuple[str, object]]]
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
KEY_ROLE = Qt.ItemDataRole.UserRole + 2
_TO_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TO_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT = int(_TO_LEFT), int(_TO_RIGHT)
_NEW_LINE = "\u2028"
"""How Qt breaks a line within a text that is painted."""
_MOST_RUNS = 100
"""To tell of one run takes some ten microseconds."""
_UNUSED = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.BackgroundRole,
        Qt.ItemDataRole.CheckStateRole,
        Qt.ItemDataRole.SizeHintRole,
    )
)
"""What Qt asks of every cell that it paints, and no table here says."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its title, what it says of a row, and, when it can be changed, how.

    ``sort`` gives what to order by, ``colour`` the colour of the text, ``choices`` the
    values to choose from, ``choices_of`` those of a row. ``change`` gets the row and the text, or
    the value chosen; ``typed`` gives the text to edit where that is another than what is shown, as
    of a date. ``why`` makes the explanation of a row's number, or nothing.
    """

    title: Phrase
    text: Callable[[R], str]
    change: Callable[[R, object], object] | None = None
    choices: Choices | None = None
    choices_of: Callable[[R], list[tuple[str, object]]] | None = None
    value: Callable[[R], object] | None = None
    typed: Callable[[R], str] | None = None
    sort: Callable[[R], object] | None = None
    colour: Callable[[R], QColor | None] | None = None
    why: Callable[[R], Explanation | None] | None = None
    right: bool = False
    bold: bool = False
    width: int = 120
    stretch: bool = False

    def edited(self, row: R) -> str:
        """The text that typing begins with."""
        return self.text(row) if self.typed is None else self.typed(row)

    def offered(self, row: R) -> list[tuple[str, object]] | None:
        """The values to choose from in a row's cell; ``None`` where text is typed."""
        if self.choices_of is not None:
            return self.choices_of(row)
        return None if self.choices is None else self.choices()


def sort_value(value: Any) -> Any:
    """What a column is sorted by: texts in the order of names, anything else as it is."""
    return name_order(value) if isinstance(value, str) else value


class LazyRows(Sequence[R]):
    """Very many rows, each made when it is first shown."""

    def __init__(self, keys: Sequence[str], make: Callable[[int], R]) -> None:
        self.keys = keys
        self._make = make
        self._made: dict[int, R] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[R]: ...
    def __getitem__(self, place: int | slice) -> R | Sequence[R]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows of one kind, shown by columns."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], str],
        parent: QObject,
        same: Callable[[R, R], bool] | None = None,
    ) -> None:
        """Show by columns; ``same`` says whether two rows of one key say the same everywhere.

        Then only rows that say something else are told of, in runs: for views that do not sort by
        a proxy of their own, which would look for the place of a run among rows not told of yet.
        """
        super().__init__(parent)
        self.columns = columns
        self.rows: Sequence[R] = []
        self._key = key
        self._same = same
        self._keys: Sequence[str] = ()
        self._bold = QFont()
        self._bold.setBold(True)
        self.read_only = False

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; when only their contents changed, the view stays where it is."""
        lazy = isinstance(rows, LazyRows)
        keys = rows.keys if isinstance(rows, LazyRows) else [self._key(row) for row in rows]
        same, self._keys = keys == self._keys, keys
        if same and rows:
            before, self.rows = self.rows, rows if lazy else list(rows)
            last_column = len(self.columns) - 1
            for first, last in self._changed(before):
                self.dataChanged.emit(self.index(first, 0), self.index(last, last_column))
            return
        self.beginResetModel()
        self.rows = rows if lazy else list(rows)
        self.endResetModel()

    def _changed(self, before: Sequence[R]) -> list[tuple[int, int]]:
        """The first and last rows of each run that says something else than before.

        Rows out of sight cost nothing, so those between two runs are left out; many runs are one.
        """
        if self._same is None:
            return [(0, len(self.rows) - 1)]
        pairs = enumerate(zip(before, self.rows, strict=True))
        places = [place for place, (was, now) in pairs if not self._same(was, now)]
        runs: list[tuple[int, int]] = []
        for place in places:
            if runs and runs[-1][1] == place - 1:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
        return runs if len(runs) <= _MOST_RUNS else [(places[0], places[-1])]

    def places(self, keys: Collection[str]) -> list[int]:
        """In which rows some keys are."""
        return [place for place, key in enumerate(self._keys) if key in keys] if keys else []

    def retell(self) -> None:
        """Say everything again in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, in which colour, and what it is sorted by."""
        if role in _UNUSED:
            return None
        if role == KEY_ROLE:
            return self._keys[index.row()]
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            text = column.text(row)
            asks = column.why is not None and text
            said = tr("{value}: right-click to ask why", value=text) if asks else text
            return plain_tip(said)
        if role == Qt.ItemDataRole.EditRole:
            return column.edited(row)
        if role == SORT_ROLE:
            return sort_value(column.text(row) if column.sort is None else column.sort(row))
        return self._dress(row, column, role)

    def _dress(self, row: R, column: Column[R], role: int) -> object:
        if role == Qt.ItemDataRole.ForegroundRole and column.colour is not None:
            return column.colour(row)
        if role == Qt.ItemDataRole.FontRole and column.bold:
            return self._bold
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    def dress(self, option: QStyleOptionViewItem, row: R, column: Column[R]) -> None:
        """Say how a cell is painted, all at once.

        Asked role by role through its view, Qt needs Python two dozen times for each cell; while a
        worker computes it may have to wait for it each time.
        """
        if column.bold:
            option.font = self._bold.resolve(option.font)
            option.fontMetrics = QFontMetrics(option.font)
        colour = None if column.colour is None else column.colour(row)
        if colour is not None:
            option.palette.setColor(QPalette.ColorRole.Text, colour)
        option.displayAlignment = _TO_RIGHT if column.right else _TO_LEFT
        option.text = column.text(row).replace("\n", _NEW_LINE)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Cells that can be changed say so."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        changed = index.isValid() and self.columns[index.column()].change is not None
        if changed and not self.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Make the change the user typed or chose."""
        column = self.columns[index.column()]
        chosen = column.choices is not None or column.choices_of is not None
        if role != Qt.ItemDataRole.EditRole or chosen:
            return False
        return self.take(self.rows[index.row()], column, value)

    def take(self, row: R, column: Column[R], value: object) -> bool:
        """Make a change, unless it is none."""
        now = column.edited(row) if column.value is None else column.value(row)
        if column.change is None or value == now:
            return False
        column.change(row, value)
        return True
