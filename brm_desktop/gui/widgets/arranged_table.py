"""A table of thousands of rows that are sorted and filtered before Qt sees them.

Qt asks for two values at each comparison and for every cell at each filter; with thousands of rows
that holds up the window. Here each row is asked once, and Python sorts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from brm_desktop.gui.widgets.table import Table, TableModel
from brm_desktop.gui.widgets.table_model import sort_value

R = TypeVar("R")
Keep = Callable[[R], bool]


class ArrangedTable(Table, Generic[R]):
    """Shows those rows that a filter keeps, in the order of a column; what is unknown comes last.

    ``words`` gives all that the text of a filter is looked for in; ``by`` is the column that orders
    the rows at first, equals in the order they come in.
    """

    def __init__(
        self,
        model: TableModel[R],
        words: Callable[[R], str],
        by: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parent)
        self._rows_of = model
        self._words = words
        self._all: Sequence[R] = ()
        self._said: list[str] | None = None
        self._text = ""
        self._keep: Keep[R] | None = None
        self.setSortingEnabled(False)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(False)
        header.setSortIndicator(by, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(lambda *_: self._arrange())

    @property
    def every_row(self) -> Sequence[R]:
        """All rows, those that are filtered out too."""
        return self._all

    def show_every(self, rows: Sequence[R]) -> None:
        """Show other rows, or the same with other contents; what is selected stays so."""
        self._all, self._said = rows, None
        self._arrange()

    def filter_by(self, text: str) -> None:
        """Show only rows that have this text in their words."""
        self._text = text.strip().casefold()
        self._arrange()

    def keep_only(self, keep: Keep[R] | None) -> None:
        """Show only rows of a kind; with ``None``, of any."""
        self._keep = keep
        self._arrange()

    def retell(self) -> None:
        """Say everything again in the language in use."""
        self._said = None
        self._rows_of.retell()

    def _sort_if_few(self) -> None:
        """Nothing: the rows are in order when they come."""

    def _arrange(self) -> None:
        """Filter and sort, and leave the selection and what is in sight where they are."""
        keys, bar = self.keys(), self.verticalScrollBar()
        before, known = bar.value(), self._rows_of.rows
        self._rows_of.show_rows(self._sorted(self._kept()))
        if self._rows_of.rows is not known and keys:
            self.choose(keys)
        bar.setValue(before)
        self._count()

    def _kept(self) -> list[R]:
        rows = list(self._all)
        if self._text:
            if self._said is None:
                self._said = [self._words(row).casefold() for row in rows]
            said = zip(rows, self._said, strict=True)
            rows = [row for row, words in said if self._text in words]
        return rows if self._keep is None else [row for row in rows if self._keep(row)]

    def _sorted(self, rows: list[R]) -> list[R]:
        header = self.horizontalHeader()
        place = header.sortIndicatorSection()
        if not 0 <= place < len(self._rows_of.columns):
            return rows
        column = self._rows_of.columns[place]
        value: Callable[[R], Any] = column.text if column.sort is None else column.sort
        valued = [(sort_value(value(row)), row) for row in rows]
        known = [pair for pair in valued if pair[0] is not None]
        downward = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        known.sort(key=lambda pair: pair[0], reverse=downward)
        return [row for _, row in known] + [row for number, row in valued if number is None]
