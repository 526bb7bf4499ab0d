"""The portfolio: all accounts with their numbers, and the way into each of them.

The accounts are there from one query; what is computed of them comes from a worker and is filled
in. None of the modules that compute is imported before the page was painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Account, AccountId, Tier
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.portfolio.columns import (
    ALWAYS,
    AccountRow,
    Does,
    counted,
    portfolio_columns,
)
from brm_desktop.gui.portfolio.foot import PortfolioFoot
from brm_desktop.gui.portfolio.views import VIEW_TITLE, View, keeping
from brm_desktop.gui.widgets.arranged_table import ArrangedTable
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.fields import Choose, words
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.list_parts import add_button, filter_field, list_head, table_sheet
from brm_desktop.gui.widgets.table import TableModel
from brm_desktop.gui.work import Progress
from brm_desktop.language import listed, number, tr
from brm_desktop.session.session import AccountLine

if TYPE_CHECKING:
    from brm_desktop.domain.portfolio import PortfolioRow
    from brm_desktop.gui.portfolio.gathering import PortfolioGathering

_AT_ONCE = 300
"""So many accounts are asked for on the window's thread; more in a worker."""
_GATHERED_AFTER_MS = 10
"""The list is there and answers first."""
_NAME_COLUMN = 1
_NAME_NEEDS = 200


class AccountsPage(DeskPage):
    """The portfolio of accounts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[AccountLine] = []
        self._found: dict[AccountId, PortfolioRow] = {}
        self._gathering: PortfolioGathering | None = None
        self._preparing = False
        self._reading = self._read_again = False
        self._gather_soon = QTimer(self, singleShot=True, interval=_GATHERED_AFTER_MS)
        self._gather_soon.timeout.connect(self._gather)
        desk.closed.connect(self._let_go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        does = Does(self._set_tier, self._screen, self._why)
        self.model: TableModel[AccountRow] = TableModel(
            portfolio_columns(desk.look, does),
            lambda account: account.id,
            self,
            AccountRow.says_what,
        )
        self.table: ArrangedTable[AccountRow] = ArrangedTable(
            self.model, lambda account: account.words, by=0
        )
        self.texts.name(self.table, phrase("Accounts"))
        explain_cells(self.table, desk)
        self.table.opened.connect(self._open)
        self.table.row_chosen.connect(lambda _keys: self._offer_work())
        self.table.delete_asked.connect(self.remove_accounts)
        self.stack.addWidget(table_sheet(self.table))
        self.stack.addWidget(self._empty())
        self.foot = PortfolioFoot(desk)
        layout.addWidget(self.foot)
        layout.addLayout(self._work_line())
        self.texts.again(self.table.retell)
        self.texts.again(self._say_views)

    def focus_first(self) -> None:
        """Give the keys to the table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the accounts again, and what they bring."""
        self._gather_soon.start()
        session = self.desk.session
        if len(session.account_ids()) <= _AT_ONCE:
            self._show_lines(session.portfolio())
            return
        if self._reading:
            self._read_again = True
            return
        self._reading = True

        def read(_progress: Progress) -> list[AccountLine]:
            return session.portfolio()

        self.desk.jobs.run(phrase("Reading the accounts"), read, self._take_lines, quiet=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        self._fit_columns()

    def show_view(self, view: View) -> None:
        """Show only the accounts of a view."""
        self.view.show_choice(view)
        self.table.keep_only(keeping(view))
        self._say_count()

    def new_account(self) -> None:
        """Ask for a new account, make it and go there."""
        from brm_desktop.domain import edits
        from brm_desktop.gui.dialogs.new_things import NewAccount

        form = NewAccount(self.window(), self.desk.session.settings.currency)
        if not form.exec():
            return
        name = form.name.text().strip()
        if any(line.name == name for line in self.desk.session.portfolio()):
            self.desk.messages.warn(phrase("There is already an account {name}.", name=name))
            return
        change = self.desk.edit(
            phrase("Create the account {name}", name=name),
            edits.create_account,
            name=name,
            **form.fields(),
        )
        made = () if change is None else change.added(Account)
        if made:
            self._open(made[0].id)

    def remove_accounts(self, keys: list[str]) -> None:
        """Ask, and take accounts away with everybody in them; one step that can be undone."""
        from brm_desktop.domain import edits

        accounts = [AccountId(key) for key in keys]
        names = listed(line.name for line in self._lines if line.id in keys)
        question = phrase("Remove {names} with everyone in it?", names=names)
        if not self.desk.messages.ask(question, phrase("Remove"), danger=True):
            return
        for account in accounts:
            self.desk.session.open_account(account)
        self.desk.edit(phrase("Remove {names}", names=names), edits.remove_accounts, accounts)

    def _head(self) -> QHBoxLayout:
        self.count = label("quiet")
        self.view = Choose()
        self.view.setMinimumContentsLength(18)
        self.texts.name(self.view, VIEW_TITLE)
        self.view.picked.connect(self._view_picked)
        self.filter = filter_field(self.texts, phrase("Filter the accounts"))
        self.filter.textChanged.connect(self._filter)
        self.screening = self._button(phrase("Screening…"))
        self.screening.clicked.connect(lambda: self.desk.go(Place(Page.SCREENING)))
        self.add = add_button(self.texts, phrase("New account…"))
        self.add.clicked.connect(self.new_account)
        self._say_views()
        return list_head(self.count, self.view, self.filter, self.screening, self.add)

    def _work_line(self) -> QHBoxLayout:
        """What can be done with the accounts that are selected."""
        across = row(gap=8)
        self.chosen = label("quiet")
        self.take_tier = self._button(phrase("Take the suggested tier"))
        self.take_tier.clicked.connect(self._take_suggested)
        changes_records(self.take_tier)
        self.review = self._button(phrase("Reviews…"))
        self.review.clicked.connect(self._go_to_reviews)
        across.addWidget(self.chosen, 1)
        across.addWidget(self.take_tier)
        across.addWidget(self.review)
        return across

    def _button(self, text: Phrase) -> QPushButton:
        button = QPushButton()
        self.texts.bind(button.setText, text)
        return button

    def _empty(self) -> QWidget:
        self.empty = EmptyPage(
            self.desk.look,
            "accounts",
            phrase("No account yet"),
            phrase("An account is a customer you look after. Begin with its name."),
        )
        self.empty.button(phrase("New account…"), primary=True).clicked.connect(self.new_account)
        self.import_button = self.empty.button(phrase("Import…"))
        return self.empty

    def _say_views(self) -> None:
        chosen = self.view.chosen or View.ALL
        self.view.offer(words(View), chosen)

    def _take_lines(self, lines: list[AccountLine]) -> None:
        self._reading = False
        self._show_lines(lines)
        if self._read_again:
            self._read_again = False
            self.ask_refresh()

    def _show_lines(self, lines: list[AccountLine]) -> None:
        self._lines = lines
        self._show()
        self.stack.setCurrentIndex(0 if lines else 1)
        for tool in (self.view, self.filter, self.screening, self.add, self.chosen):
            tool.setVisible(bool(lines))
        self.take_tier.setVisible(bool(lines))
        self.review.setVisible(bool(lines))

    def _show(self) -> None:
        """Show the lines with what is computed of them so far."""
        gathering = self._gathering
        complete = gathering is not None and gathering.complete
        found = self._found
        rows = [AccountRow(line, found.get(line.id), complete) for line in self._lines]
        self.table.show_every(rows)
        portfolio = None if gathering is None or not self._lines else gathering.portfolio
        self.foot.show_portfolio(portfolio, complete=complete)
        self._say_count()
        self._offer_work()

    def _gather(self) -> None:
        """Have everything computed in a worker, which also imports what that takes."""
        if self._gathering is not None:
            self._gathering.ask()
            return
        if self._preparing or not self.ready():
            return
        self._preparing = True

        def prepare(_progress: Progress) -> None:
            import brm_desktop.gui.portfolio.gathering  # noqa: F401  read here, off the thread

        self.desk.jobs.run(phrase("Computing scores"), prepare, self._prepared, quiet=True)

    def _prepared(self, _result: None) -> None:
        from brm_desktop.gui.portfolio.gathering import portfolio_gathering_of

        self._preparing = False
        self._gathering = portfolio_gathering_of(self.desk)
        self._gathering.ranked.connect(self._take_ranked)
        self._gathering.ask()

    def _take_ranked(self) -> None:
        portfolio = self._gathering.portfolio if self._gathering else None
        self._found = {one.entry.account: one for one in portfolio.rows} if portfolio else {}
        if self.isVisible():
            self._show()
        else:
            self._stale = True

    def _let_go(self) -> None:
        self._lines, self._found = [], {}
        self._gather_soon.stop()
        self._reading = self._read_again = self._preparing = False

    def _filter(self, text: str) -> None:
        self.table.filter_by(text)
        self._say_count()

    def _view_picked(self, view: object) -> None:
        assert isinstance(view, View)
        self.show_view(view)

    def _say_count(self) -> None:
        said = counted(self.table.shown, len(self._lines))
        gathering = self._gathering
        if gathering is not None and self._lines and not gathering.complete:
            read = tr(
                "{n} of {of} accounts read", n=number(gathering.read), of=number(gathering.of)
            )
            said = f"{said} · {read}"
        self.count.setText(said)

    def _chosen_rows(self) -> list[AccountRow]:
        keys = set(self.table.keys())
        return [one for one in self.model.rows if one.id in keys]

    def _offer_work(self) -> None:
        chosen = self._chosen_rows()
        self.take_tier.setEnabled(any(one.differs for one in chosen))
        self.review.setEnabled(len(chosen) == 1)
        said = tr("{n} selected", n=number(len(chosen))) if len(chosen) > 1 else ""
        self.chosen.setText(said)

    def _go_to_reviews(self) -> None:
        for one in self._chosen_rows()[:1]:
            self.desk.go(Place(Page.WHCSE, one.line.id))

    def _take_suggested(self) -> None:
        from brm_desktop.gui.portfolio.revising import take_tiers

        wanted = {
            one.line.id: one.suggested
            for one in self._chosen_rows()
            if one.differs and one.suggested is not None
        }
        if wanted:
            take_tiers(self.desk, wanted)

    def _set_tier(self, one: AccountRow, tier: object) -> None:
        from brm_desktop.gui.portfolio.revising import revise_account

        assert isinstance(tier, Tier)
        revise_account(self.desk, one.line.id, one.line.name, tier=tier)

    def _screen(self, one: AccountRow, verdict: object) -> None:
        from brm_desktop.domain.records import ScreeningVerdict
        from brm_desktop.gui.portfolio.revising import screen

        assert isinstance(verdict, ScreeningVerdict)
        screen(self.desk, one.line.id, one.line.name, verdict)

    def _why(self, one: AccountRow, number_of: str) -> Explanation | None:
        if one.found is None:
            return None
        from brm_desktop.gui.portfolio.why import why

        return why(self.desk, one.found.entry, number_of)

    def _open(self, account: str) -> None:
        self.desk.go(Place(Page.ACCOUNT, AccountId(account)))

    def _fit_columns(self) -> None:
        """Hide the last columns where all of them would leave no room for names."""
        room = self.table.viewport().width() - _NAME_NEEDS
        for place, column in enumerate(self.model.columns):
            if place != _NAME_COLUMN:
                room -= column.width
            if place >= ALWAYS:
                self.table.setColumnHidden(place, room < 0)
