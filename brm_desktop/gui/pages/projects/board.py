"""The pipeline as a board: a column for each stage, cards that are dragged or moved by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.pipeline import Column
from brm_desktop.domain.records import Opportunity, Outcome, SalesStage
from brm_desktop.gui.look import Look
from brm_desktop.gui.pages.projects.cards import CARD_ROLE, Card, CardPainter, card_of
from brm_desktop.gui.pages.projects.ends import Ends
from brm_desktop.gui.widgets.frames import ElidedLabel
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import joined
from brm_desktop.language import listed, money, number
from brm_desktop.rendering.words import stage_said

_GAP: Final = 8
_COLUMN_WIDE: Final = 168
_Index = QModelIndex | QPersistentModelIndex


class _Roles:
    """What is asked of a card beside what Qt asks."""

    KEY: Final = Qt.ItemDataRole.UserRole
    CARD: Final = CARD_ROLE


class Board(QScrollArea):
    """``chosen`` tells the card under the keys, ``moved`` a card and the stage it came to.

    ``ended`` tells a card and the outcome it was dropped on, once the drag is over.
    """

    chosen = Signal(str)
    moved = Signal(str, str)
    ended = Signal(str, object)
    delete_asked = Signal(list)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.columns: list[StageColumn] = []
        self._key = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setObjectName("page")
        self._across = QHBoxLayout(holder)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(_GAP)
        self.setWidget(holder)
        self.ends = Ends(self, lambda source: isinstance(source, CardList))
        self.ends.ended.connect(self._dropped_on_end)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where cards end is at the foot."""
        super().resizeEvent(event)
        self.ends.lie_in(self.width(), self.viewport().height())

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keys to the column with the chosen card, else to the first with a card."""
        there = [one for one in self.columns if one.list.cards.there]
        chosen = [one for one in there if one.place_of(self._key) >= 0]
        for column in (*chosen, *there)[:1]:
            column.list.setFocus(reason)

    def show_columns(self, columns: Sequence[Column], card: Callable[[Opportunity], Card]) -> None:
        """Show the stages with the cards of their opportunities."""
        stages = [column.stage for column in columns]
        if [one.stage for one in self.columns] != stages:
            self._make(stages)
        for shown, column in zip(self.columns, columns, strict=True):
            shown.show_column(column, card)
        self.choose(self._key)

    def choose(self, key: str) -> None:
        """Mark the card of an opportunity, wherever it is, without telling."""
        self._key = key
        for column in self.columns:
            column.list.choose(key)

    def step(self, column: StageColumn, by: int) -> None:
        """Give the keys to the next column that has a card."""
        at = self.columns.index(column)
        ways = self.columns[at + 1 :] if by > 0 else self.columns[:at][::-1]
        for other in ways:
            if other.list.cards.there:
                other.list.begin_at(column.list.currentIndex().row())
                return

    def push(self, column: StageColumn, by: int) -> None:
        """Move the chosen card to the stage beside its own, and keep the keys on it."""
        key = column.list.key
        at = self.columns.index(column) + by
        if not key or not 0 <= at < len(self.columns):
            return
        self._key = key
        self.moved.emit(key, str(self.columns[at].stage))
        self.setFocus()

    def _dropped_on_end(self, outcome: Outcome) -> None:
        """Tell it when the drag is over: a question may follow."""
        key = self._key
        QTimer.singleShot(0, self, lambda: self.ended.emit(key, outcome))

    def _make(self, stages: Sequence[SalesStage | str]) -> None:
        for gone in self.columns:
            self._across.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.columns = [StageColumn(self, stage, self._look) for stage in stages]
        for column in self.columns:
            column.list.key_chosen.connect(self._tell)
            column.list.dropped.connect(self.moved)
            column.list.delete_asked.connect(self.delete_asked)
            self._across.addWidget(column, 1)

    def _tell(self, key: str) -> None:
        for column in self.columns:
            if column.place_of(key) < 0:
                column.list.choose("")
        self._key = key
        self.chosen.emit(key)


class StageColumn(QFrame):
    """One stage: its name, how many there are for how much, and their cards."""

    def __init__(self, board: Board, stage: SalesStage | str, look: Look) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("frame", "panel")
        self.setMinimumWidth(_COLUMN_WIDE)
        self.title = ElidedLabel("strong")
        self.sums = ElidedLabel("small")
        self.list = CardList(board, self, look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 8, 8)
        layout.setSpacing(4)
        for heading in (self.title, self.sums):
            heading.setContentsMargins(4, 0, 4, 0)
            layout.addWidget(heading)
        layout.addWidget(self.list, 1)

    def show_column(self, column: Column, card: Callable[[Opportunity], Card]) -> None:
        """Show the opportunities of the stage."""
        there = column.stock.opportunities
        name = stage_said(column.stage)
        self.title.setText(joined(name, number(len(there)) if there else ""))
        self.sums.setText(listed(money(one) for one in column.stock.amounts))
        self.list.setAccessibleName(name)
        self.list.show_cards(there, card)

    def place_of(self, key: str) -> int:
        """Where in the column an opportunity is; -1 when it is not there."""
        return self.list.cards.place_of(key)


class CardsModel(QAbstractListModel):
    """The opportunities of a stage; a card is written when it is first looked at."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.there: Sequence[Opportunity] = ()
        self._card: Callable[[Opportunity], Card] = lambda one: card_of(one, None)

    def show(self, there: Sequence[Opportunity], card: Callable[[Opportunity], Card]) -> None:
        """Show these opportunities."""
        self.beginResetModel()
        self.there, self._card = there, card
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.there)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A card, as it is painted and as it is spoken, and whose it is."""
        one = self.there[index.row()]
        match role:
            case _Roles.KEY:
                return one.id
            case _Roles.CARD:
                return self._card(one)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._card(one).spoken
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._card(one).spoken)
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Cards can be dragged away; between them others can be dropped."""
        drops = Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else drops)

    def place_of(self, key: str) -> int:
        """In which row an opportunity is; -1 when it is not here."""
        return next((n for n, one in enumerate(self.there) if one.id == key), -1)


class CardList(QListView):
    """The cards of one stage; what is dropped on it comes to that stage."""

    key_chosen = Signal(str)
    dropped = Signal(str, str)
    delete_asked = Signal(list)

    def __init__(self, board: Board, column: StageColumn, look: Look) -> None:
        super().__init__()
        self._board = board
        self._column = column
        self.cards = CardsModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardPainter(look, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())
        look.changed.connect(self.viewport().update)

    @property
    def key(self) -> str:
        """The opportunity whose card has the keys; nothing when none has."""
        index = self.currentIndex()
        return str(index.data(_Roles.KEY)) if index.isValid() else ""

    def show_cards(self, there: Sequence[Opportunity], card: Callable[[Opportunity], Card]) -> None:
        """Show opportunities, and keep to the one that has the keys.

        Tab passes a column without a card: nothing in it could be marked.
        """
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if there else Qt.FocusPolicy.NoFocus)
        key = self.key
        self.cards.show(there, card)
        self.choose(key)

    def choose(self, key: str) -> None:
        """Mark a card without telling; none when it is not here."""
        place = self.cards.place_of(key)
        chosen = self.selectionModel()
        with QSignalBlocker(chosen):
            chosen.clear()
            if place >= 0:
                self.setCurrentIndex(self.cards.index(place))
        self.viewport().update()

    def begin_at(self, place: int) -> None:
        """Give the keys to a card by its place, or to the last there is."""
        last = len(self.cards.there) - 1
        self.setFocus()
        self.setCurrentIndex(self.cards.index(min(max(place, 0), last)))

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag a card; meanwhile there is where cards end."""
        self._board.ends.appear()
        super().startDrag(actions)
        self._board.ends.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """A card of another column comes to this stage; nothing else is taken."""
        source = event.source()
        if isinstance(source, CardList) and source is not self:
            event.setDropAction(Qt.DropAction.CopyAction)  # the board shows anew what moved
            event.accept()
            self.dropped.emit(source.key, str(self._column.stage))
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk over the stages, with Ctrl they move the card; Del asks."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._board.push(self._column, way)
        elif way is not None:
            self._board.step(self._column, way)
        elif event.key() == Qt.Key.Key_Delete and self.key:
            self.delete_asked.emit([self.key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keys meets a card."""
        super().focusInEvent(event)
        if self.key:
            self._tell()
        elif self.cards.there:
            self.setCurrentIndex(self.cards.index(0))

    def _tell(self) -> None:
        if self.key:
            self.key_chosen.emit(self.key)
