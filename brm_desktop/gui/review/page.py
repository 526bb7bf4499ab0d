"""The review list: conflicts and duplicates in one list, the chosen one side by side beside it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedLayout, QVBoxLayout

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.review.findings import Findings, Item
from brm_desktop.gui.review.keeper import ReviewKeeper
from brm_desktop.gui.review.settling import goes_with, settle, settle_together, settle_typed
from brm_desktop.gui.review.side_by_side import SideBySide
from brm_desktop.gui.review.sides import Side, title_said, view_of
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import label, panel, row
from brm_desktop.gui.widgets.list_parts import list_head, table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import joined
from brm_desktop.language import number, tr, trn

_LIST_WIDE = 420
_DIGITS = {Qt.Key.Key_1 + place: place for place in range(9)}


class Listed(Enum):
    """What is listed: conflicts and likely duplicates, those that only may be, or verdicts."""

    PRESSING = auto()
    PERHAPS = auto()
    VERDICTS = auto()


_LISTED: Final = {
    Listed.PRESSING: phrase("To be looked at"),
    Listed.PERHAPS: phrase("Perhaps the same"),
    Listed.VERDICTS: phrase("Verdicts"),
}


class _List(Table):
    """A table that leaves digits to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is no search for a line that begins with it."""
        if event.key() in _DIGITS and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)


class ReviewPage(DeskPage):
    """What is to be looked at, or the verdicts that were given; settled one after another."""

    def __init__(self, desk: Desk, keeper: ReviewKeeper) -> None:
        super().__init__(desk)
        self._keeper = keeper
        self._findings: Findings | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        self.count = label("quiet")
        self.which = Choose()
        self.which.setMinimumWidth(200)
        self.texts.name(self.which, phrase("What is listed"))
        self.which.picked.connect(lambda _which: self._list())
        self.previous = self._step(phrase("Previous"), self.go_previous)
        self.next = self._step(phrase("Next"), self.go_next)
        layout.addLayout(list_head(self.count, self.which, self.previous, self.next))
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.empty = EmptyPage(
            desk.look,
            "check",
            phrase("Nothing to look at"),
            phrase(
                "When colleagues write the same thing at the same time, or somebody may be in the"
                " store twice, it is listed here."
            ),
        )
        self.stack.addWidget(self._beside_each_other())
        self.stack.addWidget(self.empty)
        keeper.found.connect(self._found)
        desk.closed.connect(self._forget)
        self.texts.again(self._retell)
        self._offer()

    def _beside_each_other(self) -> QSplitter:
        self.model: TableModel[Item] = TableModel(self._columns(), lambda one: one.key, self)
        self.table = _List(self.model)
        self.texts.name(self.table, phrase("To be looked at"))
        self.table.row_chosen.connect(lambda _keys: self._show_chosen())
        self.sides = SideBySide()
        self.sides.chosen.connect(self._choose)
        self.sides.typed.connect(self._type)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(table_sheet(self.table))
        beside = panel()
        inside = row()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.sides)
        beside.setLayout(inside)
        self.split.addWidget(beside)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([_LIST_WIDE, 10_000])
        return self.split

    def focus_first(self) -> None:
        """Give the keys to the list."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Have the store looked through; what is known is shown at once."""
        if self._keeper.findings is not None and self._findings is None:
            self._found(self._keeper.findings)
        self._keeper.look()

    def go_next(self) -> None:
        """Go to the next thing."""
        self._go(1)

    def go_previous(self) -> None:
        """Go to the one before."""
        self._go(-1)

    def choose_first(self) -> None:
        """Let the first side hold."""
        self.sides.choose(0)

    def choose_second(self) -> None:
        """Let the second side hold."""
        self.sides.choose(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses that side; in a field it is a digit."""
        place = _DIGITS.get(event.key())
        if place is not None and not event.modifiers():
            self.sides.choose(place)
            return
        super().keyPressEvent(event)

    @property
    def chosen(self) -> Item | None:
        """What is on show."""
        keys = self.table.keys()[:1]
        return next((one for one in self.model.rows if one.key in keys), None)

    def _step(self, text: Phrase, does: Callable[[], None]) -> QPushButton:
        made = QPushButton()
        self.texts.bind(made.setText, text)
        self.texts.name(made, text)
        made.clicked.connect(does)
        return made

    def _columns(self) -> list[Column[Item]]:
        def said(place: int) -> Column[Item]:
            return Column(
                _TITLES[place],
                lambda one: (
                    "" if self._findings is None else title_said(one, self._findings)[place]
                ),
                bold=place == 0,
                width=(190, 120, 96)[place],
                stretch=place == 0,
            )

        return [said(0), said(1), said(2)]

    def _offer(self, chosen: Listed | None = None) -> None:
        """Offer what can be listed, with how much of it there is."""
        counts = {one: len(self._rows_of(one)) for one in Listed}
        choices = [
            (f"{tr(title)}  {number(counts[one])}" if counts[one] else tr(title), one)
            for one, title in _LISTED.items()
        ]
        self.which.offer(choices, chosen or self.listed)

    @property
    def listed(self) -> Listed:
        """What is listed."""
        chosen = self.which.chosen
        return chosen if isinstance(chosen, Listed) else Listed.PRESSING

    def _rows_of(self, listed: Listed) -> tuple[Item, ...]:
        found = self._findings
        if found is None:
            return ()
        if listed is Listed.VERDICTS:
            return found.verdicts
        return found.pressing if listed is Listed.PRESSING else found.perhaps

    def _retell(self) -> None:
        self._offer()
        self.model.retell()
        self._list()

    def _found(self, findings: Findings) -> None:
        """Show what was found; where nothing presses, what perhaps is the same."""
        self._findings = findings
        listed = self.listed
        if listed is Listed.PRESSING and findings.perhaps and not findings.pressing:
            listed = Listed.PERHAPS
        self._offer(listed)
        self._list()

    def _list(self) -> None:
        if self._findings is None:
            return
        listed = self.listed
        rows, verdicts = self._rows_of(listed), listed is Listed.VERDICTS
        at = self._place()
        chosen = self.table.keys()
        self.model.show_rows(rows)
        self.table.choose(chosen)
        if rows and not self.table.keys():
            self.table.selectRow(min(max(at, 0), len(rows) - 1))
        self.stack.setCurrentIndex(0 if rows or verdicts else 1)
        for step in (self.previous, self.next):
            step.setEnabled(len(rows) > 1)
        self._show_chosen()

    def _count(self) -> None:
        """Say how much is listed and, of several that are marked, how many a choice settles."""
        n, marked = len(self.model.rows), len(self.table.keys())
        verdicts = self.listed is Listed.VERDICTS
        said = (
            trn("{n} verdict", "{n} verdicts", n)
            if verdicts
            else trn("{n} thing to look at", "{n} things to look at", n)
        )
        if marked > 1:
            together = tr(
                "{m} marked: a choice settles {n} of them", m=marked, n=len(self._together())
            )
            said = joined(said, together)
        self.count.setText(said if n else "")

    def _show_chosen(self) -> None:
        self._count()
        item, found = self.chosen, self._findings
        if item is None or found is None:
            self.sides.show_view(None)
        else:
            self.sides.show_view(view_of(item, found))

    def _choose(self, side: Side) -> None:
        item, view = self.chosen, self.sides.view
        if item is None or view is None:
            return
        together = self._together()
        if len(together) > 1 and side in view.sides:
            self._choose_for(together, view.sides.index(side))
        else:
            settle(self.desk, item, side, view.title, lambda: self._settled(view.title))

    def _choose_for(self, items: list[Item], place: int) -> None:
        """Let the side at a place hold for several; where there are fewer sides nothing is done."""
        found = self._findings
        assert found is not None
        sides = [(one, view_of(one, found).sides) for one in items]
        choices = [(one, of_it[place]) for one, of_it in sides if place < len(of_it)]
        said = phrase("Settled: {n} conflicts. Undo takes it back.", n=len(choices))
        settle_together(self.desk, choices, lambda: self._said_settled(said))

    def _together(self) -> list[Item]:
        """What the choice on show settles: all that is marked and can be settled with it."""
        item, marked = self.chosen, set(self.table.keys())
        if item is None:
            return []
        return [one for one in self.model.rows if one.key in marked and goes_with(item, one)]

    def _type(self, value: object) -> None:
        item, view = self.chosen, self.sides.view
        if item is not None and view is not None:
            settle_typed(self.desk, item, value, view.title, lambda: self._settled(view.title))

    def _settled(self, title: str) -> None:
        self._said_settled(phrase("Settled: “{name}”. Undo takes it back.", name=title))

    def _said_settled(self, said: Phrase) -> None:
        self.desk.messages.say(said)
        self.table.setFocus()
        self._keeper.look()

    def _place(self) -> int:
        return self.table.currentIndex().row()

    def _go(self, step: int) -> None:
        n = self.table.shown
        if n:
            self.table.selectRow((self._place() + step) % n)
            self.table.setFocus()

    def _forget(self) -> None:
        self._findings = None
        self.model.show_rows([])
        self.sides.show_view(None)


_TITLES = (phrase("What"), phrase("The matter"), phrase("Kind"))
