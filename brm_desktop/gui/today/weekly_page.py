"""The weekly review: the key accounts one after another, what changed, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
)

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, ReviewKind
from brm_desktop.domain.weekly import WeekOfAccount, review_of
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.today.gathered_page import GatheredPage
from brm_desktop.gui.today.gathering import WeekGathered, weeks_of
from brm_desktop.gui.today.week_view import WeekView
from brm_desktop.gui.widgets.frames import label, tab_chain
from brm_desktop.gui.widgets.list_parts import list_head, table_sheet
from brm_desktop.gui.widgets.table import KEY_ROLE, Column, Table, TableModel
from brm_desktop.language import day, number, tr

_LIST_WIDE: Final = 360


class WeeklyPage(GatheredPage[WeekGathered]):
    """The accounts at the left, the chosen one beside them with its remarks."""

    minutes_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, weeks_of(desk))
        self.texts.name(self, phrase("Weekly review"))
        self.view = WeekView(desk)
        self._listing = False
        self._writing = 0
        self._then: Callable[[], object] | None = None
        self._said: dict[AccountId, str] = {}
        """What was said on this page and is not gathered again yet."""
        self.empty = self.empty_page(
            "week",
            phrase("No account to review"),
            phrase("Accounts that are strategic or key are walked here once a week."),
        )
        self.lay_out(self._head(), self._beside_each_other(), self.empty)
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the remarks of the account on show, as soon as there is one."""
        if self.chosen is None:
            self.owe_keys()
        else:
            self.view.remarks.setFocus()

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes from the list to what one says of the account, and only then to what is told."""
        tab_chain(self.table, self.view.remarks, self.view.name)
        return super().focusNextPrevChild(onward)

    def refresh(self) -> None:
        """Show what is known so far."""
        self.gathering.ask()
        if self.gathering.settled and not self._writing:
            self._said.clear()
        weeks = list(self.gathering.held)
        chosen = self.table.keys()
        self._listing = True
        self.model.show_rows(weeks)
        self.table.choose(chosen)
        if weeks and not self.table.keys():
            self._select(0)
        self._listing = False
        nothing = self.gathering.known and self.gathering.settled and not weeks
        self.show_body(anything=not nothing)
        self._show_chosen()
        self.say_state()
        if self.chosen is not None:
            self.pay_keys(self.focus_first)

    def go_next(self) -> None:
        """Go to the next account; the remarks have the keys.

        After the last one it is the first of which nothing is said; where there is none it is said
        that the review is over, and the minutes have the keys.
        """
        last = self.table.shown - 1
        if self.table.currentIndex().row() < last:
            self._go(1)
            return
        self.commit()
        last = self.table.shown - 1
        unsaid = next((at for at in range(last + 1) if not self._said_at(at)), None)
        if unsaid is not None:
            self._select(unsaid)
            self.view.remarks.setFocus()
        elif last >= 0:
            self.minutes.setFocus()
            said = phrase("All {n} accounts are reviewed: the minutes can be written.", n=last + 1)
            self.desk.messages.say(said)

    def go_previous(self) -> None:
        """Go to the one before."""
        self._go(-1)

    @property
    def chosen(self) -> WeekOfAccount | None:
        """The account on show."""
        keys = self.table.keys()[:1]
        return next((one for one in self.model.rows if one.account in keys), None)

    def commit(self) -> None:
        """Take up remarks that are still being written."""
        self.view.remarks.commit()

    def _head(self) -> QHBoxLayout:
        self.count = label("quiet")
        self.previous = self._button(phrase("Previous"), self.go_previous)
        self.next = self._button(phrase("Next"), self.go_next)
        self.minutes = self._button(phrase("Minutes as PDF…"), self._ask_minutes)
        self.minutes.setProperty("kind", "primary")
        return list_head(self.count, self.state, self.previous, self.next, self.minutes)

    def _button(self, text: Phrase, does: Callable[[], object]) -> QPushButton:
        made = QPushButton()
        self.texts.bind(made.setText, text)
        self.texts.name(made, text)
        made.clicked.connect(does)
        return made

    def _beside_each_other(self) -> QSplitter:
        self.model: TableModel[WeekOfAccount] = TableModel(
            self._columns(), lambda one: one.account, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Key accounts"))
        self.table.row_chosen.connect(lambda _keys: self._show_chosen())
        self.table.opened.connect(lambda _key: self.view.remarks.setFocus())
        self.view.remarked.connect(self._remark)
        self.view.opened.connect(self._open)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(table_sheet(self.table))
        split.addWidget(self.view)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_WIDE, 10_000])
        return split

    def _columns(self) -> list[Column[WeekOfAccount]]:
        return [
            Column(phrase("Account"), lambda one: one.name, bold=True, width=140, stretch=True),
            Column(
                phrase("Changes"),
                lambda one: number(one.changes) if one.changes else "",
                sort=lambda one: one.changes,
                right=True,
                width=76,
            ),
            Column(
                phrase("Said"),
                lambda one: "✓" if one.remarks else "",
                sort=lambda one: not one.remarks,
                width=52,
            ),
        ]

    def _show_chosen(self) -> None:
        if self._listing:
            return  # it is as it was once all lines are there
        self.view.show_week(self.chosen)
        several = self.table.shown > 1
        self.previous.setEnabled(several)
        self.next.setEnabled(several)

    def say_state(self) -> None:
        """Say how far the review is, and the reading for it."""
        super().say_state()
        weeks = self.model.rows
        said = sum(1 for one in weeks if one.remarks)
        today = day(self.desk.session.today())
        self.count.setText(
            tr("{date} · {said} of {of} reviewed", date=today, said=said, of=len(weeks))
        )
        self.minutes.setEnabled(bool(weeks) and self.gathering.read >= self.gathering.of)

    def _go(self, step: int) -> None:
        n = self.table.shown
        if n:
            self.commit()
            place = (self.table.currentIndex().row() + step) % n
            self._select(place)
            self.view.remarks.setFocus()

    def _select(self, place: int) -> None:
        """Choose one line alone: ``selectRow`` would add it while Ctrl is held, as it is here."""
        how = QItemSelectionModel.SelectionFlag
        index = self.table.model().index(place, 0)
        self.table.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)

    def _said_at(self, place: int) -> str:
        """What is said of the account of a line, gathered again or not."""
        key = self.table.model().index(place, 0).data(KEY_ROLE)
        week = next(one for one in self.model.rows if one.account == key)
        return self._said.get(week.account, week.remarks)

    def _remark(self, account: AccountId, text: str) -> None:
        """Keep what was said of an account in today's review, one edit each time."""
        self._said[account] = text
        week = next(one for one in self.model.rows if one.account == account)
        name = phrase("Weekly review: {account}", account=week.name)
        self._writing += 1

        def write() -> None:
            review = review_of(self.desk.session.analysis(account), self.desk.session.today())
            if review is not None:
                self.desk.edit(name, edits.revise_review, review.id, remarks=text)
            else:
                self.desk.edit(name, edits.add_review, account, ReviewKind.WEEKLY, remarks=text)
            self._written()

        with_accounts(self.desk, [account], write, self._written)

    def _written(self) -> None:
        self._writing -= 1
        if not self._writing and self._then is not None:
            then, self._then = self._then, None
            then()

    def _ask_minutes(self) -> None:
        """Ask for the minutes once all remarks are written."""
        self.commit()
        if self._writing:
            self._then = self.minutes_asked.emit
        else:
            self.minutes_asked.emit()

    def _open(self, account: AccountId) -> None:
        self.desk.go(Place(Page.ACCOUNT, account))

    def forget(self) -> None:
        """Show nothing any more, as when the store is closed."""
        self._said.clear()
        self._writing, self._then = 0, None
        self.model.show_rows([])
        self.view.show_week(None)
