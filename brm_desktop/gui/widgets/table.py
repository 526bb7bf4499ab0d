"""Tables of anything, edited, sorted and chosen from by keys and by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from brm_desktop.gui.widgets.column_room import ColumnRoom
from brm_desktop.gui.widgets.table_model import (
    KEY_ROLE,
    SORT_ROLE,
    Column,
    LazyRows,
    TableModel,
)
from brm_desktop.language import tr

__all__ = ["KEY_ROLE", "CellDelegate", "Column", "LazyRows", "Table", "TableModel"]

R = TypeVar("R")
_Index = QModelIndex | QPersistentModelIndex
_SORTED_UP_TO = 2_000


class _Sorted(QSortFilterProxyModel):
    """Rows in the order of a column, unknown values last whichever way."""

    def lessThan(self, left: _Index, right: _Index) -> bool:
        first, second = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if first is None or second is None:
            upward = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (second is None and first is not None) == upward
        return bool(first < second)


class CellDelegate(QStyledItemDelegate):
    """How cells are painted, and edited: by a list where there are choices, else a line of text.

    What is chosen goes to the model as it is: Qt would make plain words and lists of our values.
    """

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """A selected row keeps the colours of its texts."""
        model, row, column = _cell(index)
        if type(model).data is TableModel.data:
            if isinstance(index, QModelIndex):
                option.index = index
            option.styleObject = None  # type: ignore[assignment]  # as Qt itself does
            model.dress(option, row, column)
        else:
            super().initStyleOption(option, index)
        table = self.parent()
        if isinstance(table, Table) and index.row() == table.pointed_at:
            option.state |= QStyle.StateFlag.State_MouseOver
        if option.state & QStyle.StateFlag.State_Selected:
            colour = option.palette.color(QPalette.ColorRole.Text)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, colour)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Frame the cell that has the keys, without moving its text, where cells are for keys."""
        if not option.state & QStyle.StateFlag.State_HasFocus:
            super().paint(painter, option, index)
            return
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        table = self.parent()
        if isinstance(table, Table) and not table.goes_by_cell:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # the view's own highlight is the tint of a chosen row: a frame of it is not seen there
        painter.setPen(QPen(QApplication.palette().color(QPalette.ColorRole.Accent), 2))
        painter.drawRoundedRect(option.rect.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A list of the choices there are, or a line to type in."""
        model, row, column = _cell(index)
        title = tr(column.title)
        choices = column.offered(row)
        if choices is None:
            editor = super().createEditor(parent, option, index)
            editor.setAccessibleName(title)
            return editor
        box = QComboBox(parent)
        box.setAccessibleName(title)
        box.addItems([text for text, _ in choices])
        now = None if column.value is None else column.value(row)
        values = [value for _, value in choices]
        box.setCurrentIndex(values.index(now) if now in values else -1)
        box.activated.connect(lambda place: self._take(box, model, row, column, values[place]))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """A list drops at once."""
        if isinstance(editor, QComboBox):
            editor.showPopup()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """What was typed goes to the model; what is chosen from a list has gone there already."""
        if not isinstance(editor, QComboBox):
            super().setModelData(editor, model, index)

    def _take(
        self, box: QComboBox, model: TableModel[R], row: R, column: Column[R], value: object
    ) -> None:
        self.closeEditor.emit(box)
        model.take(row, column, value)


def _cell(index: _Index) -> tuple[TableModel[object], object, Column[object]]:
    """The model, row and column behind a cell of a sorted view."""
    proxy = index.model()
    assert isinstance(proxy, QSortFilterProxyModel)
    model = proxy.sourceModel()
    assert isinstance(model, TableModel)
    source = proxy.mapToSource(index)
    return model, model.rows[source.row()], model.columns[source.column()]


class Table(QTableView):
    """A sortable table; ``opened`` carries the key of a row, ``row_chosen`` the keys selected."""

    opened = Signal(str)
    row_chosen = Signal(list)
    delete_asked = Signal(list)
    counted = Signal(int)
    """How many rows are on show, the filter considered."""
    why_asked = Signal(object, QRect)
    """The explanation of a number, and the place of its cell in the table."""

    def __init__(self, model: TableModel[R], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = model
        self._model = model
        self._proxy = _Sorted(self)
        self._proxy.setSourceModel(model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setFilterKeyColumn(-1)
        self.setModel(self._proxy)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        model.modelReset.connect(self._sort_if_few)
        self._proxy.modelReset.connect(self._count)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setMinimumSectionSize(48)
        for place, column in enumerate(model.columns):
            self.setColumnWidth(place, column.width)
            if column.stretch:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        stretched = {place: one.width for place, one in enumerate(model.columns) if one.stretch}
        ColumnRoom(self, stretched)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.pointed_at = -1
        self.setMouseTracking(True)
        self.entered.connect(lambda index: self._point_at(index.row()))
        self.viewportEntered.connect(lambda: self._point_at(-1))
        self.selectionModel().selectionChanged.connect(self._selected)
        self.doubleClicked.connect(self._pressed)

    def _sort_if_few(self) -> None:
        """Very many rows keep the order they come in: sorting them would hold up the window."""
        few = not isinstance(self._model.rows, LazyRows) or len(self._model.rows) <= _SORTED_UP_TO
        if not few:
            self._proxy.sort(-1)
        self.setSortingEnabled(few)

    def filter_by(self, text: str) -> None:
        """Show only rows with this text in some column."""
        self._proxy.setFilterFixedString(text)
        self._count()

    @property
    def goes_by_cell(self) -> bool:
        """Whether the keys do something with a cell, as to change it, and not only with a row."""
        return any(column.change or column.why for column in self._model.columns)

    @property
    def shown(self) -> int:
        """How many rows are on show, the filter considered."""
        return self._proxy.rowCount()

    def keys(self) -> list[str]:
        """The keys of the selected rows."""
        return [str(index.data(KEY_ROLE)) for index in self.selectionModel().selectedRows()]

    def choose(self, keys: Sequence[str]) -> None:
        """Select the rows of these keys without telling."""
        wanted = set(keys)
        if set(self.keys()) == wanted:
            return
        selection = self.selectionModel()
        selection.blockSignals(True)
        self.clearSelection()
        for place in self._model.places(wanted):
            index = self._proxy.mapFromSource(self._model.index(place, 0))
            if index.isValid():
                selection.select(
                    index, selection.SelectionFlag.Select | selection.SelectionFlag.Rows
                )
                selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)
        selection.blockSignals(False)
        self.viewport().update()

    def ask_why(self, index: QModelIndex | None = None) -> bool:
        """Ask for the sum of a cell's number, by default of the one that has the keys."""
        cell = self.currentIndex() if index is None else index
        if not cell.isValid():
            return False
        _, row, column = _cell(cell)
        found = None if column.why is None else column.why(row)
        if found is None:
            return False
        place = self.visualRect(cell).translated(self.viewport().pos())
        self.why_asked.emit(found, place)
        return True

    def menu_of(self, cell: QModelIndex) -> QMenu | None:
        """What can be asked of a cell: why its number is so; nothing where there is none."""
        if not cell.isValid() or _cell(cell)[2].why is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked = QPersistentModelIndex(cell)
        why = menu.addAction(tr("Why this number?"))
        why.triggered.connect(lambda: self.ask_why(self.model().index(asked.row(), asked.column())))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be asked of the cell under the pointer."""
        menu = self.menu_of(self.indexAt(event.pos()))
        if menu is not None:
            menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a row, Del asks to take it away."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.keys() and self.state() != QAbstractItemView.State.EditingState:
            self.opened.emit(self.keys()[0])
            return
        if event.key() == Qt.Key.Key_Delete and self.keys():
            self.delete_asked.emit(self.keys())
            return
        super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is lit when the pointer is elsewhere."""
        super().leaveEvent(event)
        self._point_at(-1)

    def _count(self) -> None:
        self.counted.emit(self.shown)

    def _point_at(self, row: int) -> None:
        """Light the whole row under the pointer."""
        if row != self.pointed_at:
            self.pointed_at = row
            self.viewport().update()

    def _selected(self) -> None:
        self.row_chosen.emit(self.keys())

    def _pressed(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(str(index.data(KEY_ROLE)))
