"""The matrix on screen: a heat map with numbers, frozen headers, typed into like a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from brm_desktop.domain.matrix import Column, Row
from brm_desktop.domain.records import Tie
from brm_desktop.gui.look import Look, font
from brm_desktop.gui.pages.resources.matrix_model import (
    COLUMN_ROLE,
    ROW_ROLE,
    TIE_ROLE,
    MatrixModel,
    Pair,
)
from brm_desktop.language import number, tr
from brm_desktop.rendering import theme as tokens

_Index = QModelIndex | QPersistentModelIndex
_MOST_PASTED = 1 << 20
_CELL = QSize(84, 36)
_HEAD_HEIGHT = 92
_NAMES_WIDTH = 196
_PALEST, _FULLEST = 0.06, 0.62
"""How much of the colour the weakest and the closest tie have."""


class MatrixView(QTableView):
    """The cells; ``pasted`` and ``cleared`` tell what the user did with several at once."""

    pasted = Signal(object)
    cleared = Signal(object)
    person_chosen = Signal(str)
    why_asked = Signal(QModelIndex)

    def __init__(self, look: Look, model: MatrixModel) -> None:
        super().__init__()
        self._look = look
        self._matrix = model
        self.setModel(model)
        self.setItemDelegate(_Cell(look, self))
        self.setHorizontalHeader(_People(look, self))
        self.setVerticalHeader(_Employees(look, self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        look.changed.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes ties away; copying and pasting work as in a spreadsheet; Enter types."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif not editing and event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif not editing and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit([self._matrix.pair(one) for one in self._block()])
        elif not editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def ask_why(self) -> bool:
        """Ask for the sum of the row that has the keys."""
        cell = self.currentIndex()
        if cell.isValid():
            self.why_asked.emit(cell)
        return cell.isValid()

    def copied(self) -> str:
        """The selected cells as text with tabs between them, a line for each employee."""
        lines: dict[int, list[str]] = {}
        for index in self._block():
            lines.setdefault(index.row(), []).append(str(index.data()))
        return "\n".join("\t".join(cells) for cells in lines.values())

    def _block(self) -> list[QModelIndex]:
        found = self.selectionModel().selectedIndexes()
        return sorted(found, key=lambda one: (one.row(), one.column()))

    def _paste(self, text: str) -> None:
        """Tell which cells a block of text falls on, the first at the first selected cell."""
        block = self._block()
        corner = block[0] if block else self.currentIndex()
        if not corner.isValid() or not text.strip():
            return
        levels: dict[Pair, str] = {}
        lines = text[:_MOST_PASTED].rstrip("\r\n").splitlines()[: self._matrix.rowCount()]
        for down, line in enumerate(lines):
            for across, cell in enumerate(line.split("\t", self._matrix.columnCount())):
                index = self._matrix.index(corner.row() + down, corner.column() + across)
                if index.isValid() and cell.strip():
                    levels[self._matrix.pair(index)] = cell.strip()
        self.pasted.emit(levels)


class _Cell(QStyledItemDelegate):
    """A cell: the level now as a number on its colour, the wanted one as a mark and a number."""

    def __init__(self, look: Look, view: MatrixView) -> None:
        super().__init__(view)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """Always the same."""
        return _CELL

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A line of text in the cell."""
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setMaxLength(9)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        del option
        return editor

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the tie, or an empty place."""
        theme = self._look.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        tie = index.data(TIE_ROLE)
        ground = theme.ground
        if isinstance(tie, Tie):
            share = _PALEST + (_FULLEST - _PALEST) * tie.closeness / 100
            ground = tokens.mix(theme.panel, theme.accent, share)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 4, 4)
        if isinstance(tie, Tie):
            self._level(painter, box, tie, ground)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ink), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _level(self, painter: QPainter, box: QRectF, tie: Tie, ground: str) -> None:
        theme = self._look.theme
        text = theme.readable(theme.ink, ground)
        painter.setPen(QColor(text))
        painter.setFont(font(tokens.SIZE_TEXT, bold=True))
        if tie.wanted is None:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(tie.closeness))
            return
        half = box.width() / 2
        left = QRectF(box.left(), box.top(), half - 2, box.height())
        right = QRectF(box.left() + half + 2, box.top(), half - 6, box.height())
        side = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left, side | Qt.AlignmentFlag.AlignRight, str(tie.closeness))
        behind = tie.wanted > tie.closeness
        painter.setFont(font(tokens.SIZE_SMALL, bold=behind))
        mark = "↗" if behind else "✓"
        painter.drawText(right, side | Qt.AlignmentFlag.AlignLeft, f"{mark}{tie.wanted}")


class _People(QHeaderView):
    """The key persons across: name over two lines, importance, best tie."""

    def __init__(self, look: Look, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look = look
        self.setDefaultSectionSize(_CELL.width())
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        look.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """High enough for a name on two lines and its numbers."""
        return QSize(0, _HEAD_HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        """Paint one key person."""
        column = self.model().headerData(place, Qt.Orientation.Horizontal, COLUMN_ROLE)
        if not isinstance(column, Column):
            return
        theme = self._look.theme
        painter.save()
        painter.fillRect(rect, QColor(theme.panel))
        box = rect.adjusted(4, 6, -4, -6)
        painter.setFont(font(tokens.SIZE_TEXT, bold=True))
        colour = theme.crucial if column.crucial else theme.ink
        painter.setPen(QColor(theme.readable(colour, theme.panel)))
        name = QRect(box.left(), box.top(), box.width(), box.height() - 38)
        _two_lines(painter, name, column.name)
        painter.setFont(font(tokens.SIZE_SMALL))
        painter.setPen(QColor(theme.readable(theme.quiet, theme.panel)))
        best = "–" if column.best is None else number(column.best)
        below = QRect(box.left(), box.bottom() - 34, box.width(), 16)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(below, middle, tr("weight {n}", n=column.weight))
        painter.drawText(below.translated(0, 17), middle, tr("best {n}", n=best))
        painter.restore()


class _Employees(QHeaderView):
    """The employees down, each with the sum of his row."""

    def __init__(self, look: Look, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._look = look
        self.setDefaultSectionSize(_CELL.height())
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        look.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """Wide enough for a name and a number."""
        return QSize(_NAMES_WIDTH, 0)

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        """Paint one employee."""
        row = self.model().headerData(place, Qt.Orientation.Vertical, ROW_ROLE)
        if not isinstance(row, Row):
            return
        theme = self._look.theme
        painter.save()
        painter.fillRect(rect, QColor(theme.panel))
        box = rect.adjusted(8, 0, -10, 0)
        side = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(tokens.SIZE_TEXT, bold=True))
        score = number(row.score, 1)
        width = painter.fontMetrics().horizontalAdvance(score)
        painter.setPen(QColor(theme.readable(theme.accent, theme.panel)))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignRight, score)
        painter.setFont(font(tokens.SIZE_TEXT))
        painter.setPen(QColor(theme.ink))
        name = box.adjusted(0, 0, -width - 8, 0)
        shown = painter.fontMetrics().elidedText(
            row.name, Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(name, side | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


def _two_lines(painter: QPainter, box: QRect, text: str) -> None:
    """A name in the middle, on a second line where it is long, cut with "…" after that."""
    metrics = painter.fontMetrics()
    first, rest = _broken(text, metrics, box.width())
    lines = [first] if not rest else [first, rest]
    height = metrics.lineSpacing()
    top = box.bottom() - height * len(lines)
    for place, line in enumerate(lines):
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, box.width())
        spot = QRect(box.left(), top + place * height, box.width(), height)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, shown)


def _broken(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    if metrics.horizontalAdvance(text) <= width:
        return text, ""
    head, _, rest = text.partition(" ")
    if rest:
        return head, rest
    fits = next(n for n in range(len(text), 0, -1) if metrics.horizontalAdvance(text[:n]) <= width)
    return text[:fits], text[fits:]
