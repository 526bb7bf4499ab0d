"""The matrix of an account: who of us, or of a competitor, knows which key person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Problem
from brm_desktop.domain.matrix import Gap, Level, gaps_in, level_in, matrix_of
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId
from brm_desktop.domain.sums import resources as resource_sums
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.inspector.routes_part import first_step_due
from brm_desktop.gui.pages.resources.company_tab import no_account
from brm_desktop.gui.pages.resources.employees_tab import go_to_person
from brm_desktop.gui.pages.resources.matrix_model import EMPTY, MatrixModel, Pair
from brm_desktop.gui.pages.resources.matrix_view import MatrixView
from brm_desktop.gui.pages.resources.tab import ChooseAccount, RelationsTab, Whose
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.planning import plan_action
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.popover import open_sum
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import name_of
from brm_desktop.language import tr, trn

_GAPS_HEIGHT = 188


class AccountTab(RelationsTab):
    """A tab about one account, chosen at its top; the account is read when it is not open."""

    def __init__(self, desk: Desk, whose: Whose) -> None:
        super().__init__(desk, whose)
        self.account = ChooseAccount(self)
        self.account.picked.connect(self.ask_refresh)
        self.stack = QStackedLayout()
        self._reading: AccountId | None = None

    def opened_account(self) -> AccountId | None:
        """The chosen account once it is loaded; asks for it meanwhile."""
        held = [(line.name, line.id) for line in self.desk.session.portfolio()]
        self.account.offer_accounts(held, self.desk.last_account)
        self.account.setVisible(bool(held))
        account = self.account.account
        if account is None or self.desk.records.get(Account, account) is not None:
            return account
        if self._reading != account:
            self._reading = account
            session = self.desk.session
            self.desk.jobs.run(
                phrase("Opening the account"),
                lambda _progress: session.read_account(account),
                self._arrived,
                self._failed,
            )
        return None

    def show_sheet(self, *, filled: bool) -> None:
        """Show the sheet, what to do where it has nothing to show, or that there is no account."""
        account = self.account.account
        self.stack.setCurrentIndex(2 if account is None else 0 if filled else 1)

    def lay_sheets(self, sheet: QWidget, empty: EmptyPage) -> QWidget:
        """A holder of the sheet, of what is shown where that is empty, and where no account is."""
        holder = QWidget()
        holder.setLayout(self.stack)
        nowhere = no_account(self.desk)
        for part in (sheet, empty, nowhere):
            self.stack.addWidget(part)
        return holder

    def _arrived(self, loaded: object) -> None:
        from brm_desktop.session.session import LoadedAccount

        assert isinstance(loaded, LoadedAccount)
        self._reading = None
        if self.desk.is_open:
            self.desk.session.show_account(loaded)

    def _failed(self, error: BaseException) -> None:
        self._reading = None
        self.desk.messages.failed(error)


class MatrixTab(AccountTab):
    """Cells to type in, and below them what is still missing of what is wanted."""

    def __init__(self, desk: Desk, whose: Whose) -> None:
        super().__init__(desk, whose)
        self.model = MatrixModel(self._typed, self)
        self.view = MatrixView(desk.look, self.model)
        self.texts.name(self.view, phrase("Who knows whom, and how well"))
        self.view.pasted.connect(self._typed)
        self.view.cleared.connect(self._cleared)
        self.view.why_asked.connect(self._explain)
        self.gaps: TableModel[Gap] = TableModel(
            self._gap_columns(), lambda one: f"{one.employee} {one.person}", self
        )
        self.gap_table = Table(self.gaps)
        self.texts.name(self.gap_table, phrase("Ties that are less close than wanted"))
        self.plan = QPushButton()
        self.texts.bind(self.plan.setText, phrase("Plan an action"))
        self.plan.clicked.connect(self._plan)
        changes_records(self.plan)
        self.gap_table.row_chosen.connect(lambda keys: self.plan.setEnabled(bool(keys)))
        self.gap_table.opened.connect(lambda _key: self._plan())
        self._lay_out()
        self.texts.again(self.model.retell)
        self.texts.again(self.gaps.retell)

    def focus_first(self) -> None:
        """Give the keys to the cells."""
        self.view.setFocus()
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, 0))

    def refresh(self) -> None:
        """Show the account's ties as they are now."""
        account = self.opened_account()
        matrix = EMPTY
        if account is not None:
            analysis = self.desk.session.analysis(account)
            matrix = matrix_of(analysis, self.whose.organisation)
        self.model.show_matrix(matrix)
        gaps = gaps_in(matrix) if self.whose.ours else ()
        self.gaps.show_rows(gaps)
        self.show_sheet(filled=account is None or bool(matrix.rows and matrix.columns))
        self.gap_box.setVisible(bool(gaps))
        self.plan.setEnabled(bool(self.gap_table.keys()))
        n = len(gaps)
        self.gap_title.setText(
            trn("{n} tie below what is wanted", "{n} ties below what is wanted", n)
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        hint = label("quiet", wrap=True)
        self.texts.bind(
            hint.setText,
            phrase("Type 45, or 45/70 when 70 is wanted; Del takes a tie away."),
        )
        head = row(gap=12)
        head.addWidget(self.account)
        head.addWidget(hint, 1)
        layout.addLayout(head)
        empty = EmptyPage(
            self.desk.look,
            "table",
            phrase("Nothing to compare yet"),
            phrase("Add employees on the tab “People” and key persons on the account's map."),
        )
        empty.button(phrase("Go to the account"), primary=True).clicked.connect(self._go)
        layout.addWidget(self.lay_sheets(table_sheet(self.view), empty), 1)
        self.gap_box = QWidget()
        below = QVBoxLayout(self.gap_box)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        self.gap_title = label("name")
        line = row(gap=12)
        line.addWidget(self.gap_title, 1)
        line.addWidget(self.plan)
        below.addLayout(line)
        below.addWidget(table_sheet(self.gap_table))
        self.gap_box.setFixedHeight(_GAPS_HEIGHT)
        layout.addWidget(self.gap_box)

    def _typed(self, texts: Mapping[Pair, str]) -> bool:
        try:
            levels = {pair: level_in(text) for pair, text in texts.items()}
        except Problem as problem:
            self.desk.messages.failed(problem)
            return False
        return self._set(levels)

    def _cleared(self, pairs: list[Pair]) -> None:
        there = [pair for pair in pairs if self.model.matrix.tie(*pair) is not None]
        levels: dict[Pair, Level | None] = dict.fromkeys(there)
        self._set(levels)

    def _set(self, levels: Mapping[Pair, Level | None]) -> bool:
        if not levels:
            return False
        name = phrase("Set {n} ties", n=len(levels))
        if len(levels) == 1:
            ((employee, person),) = levels
            records = self.desk.records
            name = phrase(
                "Set the tie of {employee} to {person}",
                employee=name_of(records, employee),
                person=name_of(records, person),
            )
        return bool(self.desk.edit(name, edits.set_levels, levels))

    def _plan(self) -> None:
        account, keys = self.account.account, self.gap_table.keys()
        chosen = [one for one in self.gaps.rows if f"{one.employee} {one.person}" in keys]
        for gap in chosen if account else ():
            records = self.desk.records
            text = tr(
                "Bring {employee} closer to {person}: from {now} to {wanted}",
                employee=name_of(records, gap.employee),
                person=name_of(records, gap.person),
                now=gap.closeness,
                wanted=gap.wanted,
            )
            due = first_step_due(self.desk)
            assert account is not None  # gaps are those of an account
            plan_action(self.desk, account, text, gap.person, due, gap.employee)

    def _explain(self, cell: QModelIndex) -> None:
        """Open the sum of the resource score of a cell's employee."""
        account = self.account.account
        if account is None:
            return
        employee, _ = self.model.pair(cell)
        found = resource_sums.employee(self.desk.session.analysis(account), employee)
        place = self.view.visualRect(cell).translated(self.view.viewport().pos())
        open_sum(found, self.desk.look, self.view, place, partial(go_to_person, self.desk, account))

    def _go(self) -> None:
        if self.account.account is not None:
            QTimer.singleShot(
                0, self, partial(self.desk.go, Place(Page.ACCOUNT, self.account.account))
            )

    def _gap_columns(self) -> list[Column[Gap]]:
        return [
            Column(
                phrase("Employee"),
                lambda one: name_of(self.desk.records, one.employee),
                bold=True,
                width=160,
            ),
            Column(
                phrase("Key person"),
                lambda one: name_of(self.desk.records, one.person),
                width=160,
                stretch=True,
            ),
            Column(phrase("Importance"), lambda one: str(one.weight), right=True, width=104),
            Column(phrase("Now"), lambda one: str(one.closeness), right=True, width=80),
            Column(phrase("Wanted"), lambda one: str(one.wanted), right=True, width=80),
            Column(phrase("Missing"), lambda one: str(one.missing), right=True, width=80),
        ]
