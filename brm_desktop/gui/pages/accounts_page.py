"""The accounts: one line each from one query, and the way into each of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Dimension, Tier
from brm_desktop.domain.scores import Band, DimensionScore
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.style_sheet import readable
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import add_button, filter_field, list_head, table_sheet
from brm_desktop.gui.widgets.popover import Why
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import BAND_TOKENS, shown_score
from brm_desktop.gui.work import Cancelled, Progress
from brm_desktop.language import listed, money, number, tr, trn
from brm_desktop.session.session import AccountLine

if TYPE_CHECKING:
    from brm_desktop.domain.analysis import AccountAnalysis

_SCORED = 60
"""So many accounts get their closeness computed without being opened."""
_SCORED_AFTER_MS = 10
"""The list is there and answers first."""

_TIERS = {tier: place for place, tier in enumerate(Tier)}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A line of the portfolio, with the closeness of an account that is open."""

    line: AccountLine
    closeness: DimensionScore | None


class AccountsPage(DeskPage):
    """The list of accounts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scores: dict[AccountId, DimensionScore] = {}
        self._why: dict[AccountId, Why] = {}
        self._scoring = False
        self._score_soon = QTimer(self, singleShot=True, interval=_SCORED_AFTER_MS)
        self._score_soon.timeout.connect(self._score_others)
        desk.closed.connect(self._scores.clear)
        desk.closed.connect(self._why.clear)
        desk.closed.connect(self._score_soon.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.model: TableModel[AccountRow] = TableModel(
            self._columns(), lambda account: account.line.id, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Accounts"))
        explain_cells(self.table, desk)
        self.table.opened.connect(self._open)
        self.table.delete_asked.connect(self.remove_accounts)
        self.empty = EmptyPage(
            desk.look,
            "accounts",
            phrase("No account yet"),
            phrase("An account is a customer you look after. Begin with its name."),
        )
        self.empty.button(phrase("New account…"), primary=True).clicked.connect(self.new_account)
        self.import_button = self.empty.button(phrase("Import…"))
        self.stack.addWidget(table_sheet(self.table))
        self.stack.addWidget(self.empty)
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the portfolio again."""
        self._keep_scores()
        lines = self.desk.session.portfolio()
        self.model.show_rows([AccountRow(line, self._scores.get(line.id)) for line in lines])
        self._score_soon.start()
        self.stack.setCurrentIndex(0 if lines else 1)
        self._say_count()
        self.filter.setVisible(bool(lines))
        self.add.setVisible(bool(lines))

    def _filter(self, text: str) -> None:
        self.table.filter_by(text)
        self._say_count()

    def _say_count(self) -> None:
        """Say how many there are, and of how many while some are filtered out."""
        shown, n = self.table.shown, len(self.model.rows)
        said = trn("{n} account", "{n} accounts", n) if n else ""
        if shown < n:
            said = trn("{shown} of {n} account", "{shown} of {n} accounts", n, shown=shown)
        self.count.setText(said)

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

    def _head(self) -> QHBoxLayout:
        self.count = label("quiet")
        self.filter = filter_field(self.texts, phrase("Filter the accounts"))
        self.filter.textChanged.connect(self._filter)
        self.add = add_button(self.texts, phrase("New account…"))
        self.add.clicked.connect(self.new_account)
        return list_head(self.count, self.filter, self.add)

    def _keep_scores(self) -> None:
        session = self.desk.session
        for account in session.records.all(Account):
            analysis = session.analysis(AccountId(account))
            self._scores[AccountId(account)] = analysis.scores[Dimension.CLOSENESS]
            self._why[AccountId(account)] = partial(_made_of, analysis)

    def remove_accounts(self, keys: list[str]) -> None:
        """Ask, and take accounts away with everybody in them; one step that can be undone."""
        from brm_desktop.domain import edits

        accounts = [AccountId(key) for key in keys]
        names = listed(row.line.name for row in self.model.rows if row.line.id in keys)
        question = phrase("Remove {names} with everyone in it?", names=names)
        if not self.desk.messages.ask(question, phrase("Remove"), danger=True):
            return
        for account in accounts:
            self.desk.session.open_account(account)
        self.desk.edit(phrase("Remove {names}", names=names), edits.remove_accounts, accounts)

    def _score_others(self) -> None:
        """Compute the closeness of accounts that are not open, a few at a time, quietly."""
        session = self.desk.session
        accounts = [row.line.id for row in self.model.rows[:_SCORED]]
        wanted = [one for one in accounts if one not in self._scores]
        if not wanted or self._scoring:
            return
        self._scoring = True
        shared, today, rules = session.records, session.today(), session.settings.rules

        def work(progress: Progress) -> dict[AccountId, tuple[DimensionScore, Explanation]]:
            from brm_desktop.domain.analysis import AccountAnalysis
            from brm_desktop.domain.sums.scores import account_score

            found = {}
            for account in wanted:
                progress.check()
                loaded = session.read_account(account).records
                new = (record for record in loaded if record.id not in shared)
                records = shared.with_changes((), new)
                analysis = AccountAnalysis(records, account, today, rules)
                closeness = Dimension.CLOSENESS
                found[account] = (analysis.scores[closeness], account_score(analysis, closeness))
            return found

        def done(found: dict[AccountId, tuple[DimensionScore, Explanation]]) -> None:
            self._scoring = False
            for one, (score, made_of) in found.items():
                if one not in self._scores:
                    self._scores[one] = score
                    self._why[one] = partial(_known, made_of)
            self.ask_refresh()

        def failed(error: BaseException) -> None:
            self._scoring = False
            if not isinstance(error, Cancelled | Problem):
                self.desk.messages.failed(error)

        self.desk.jobs.run(phrase("Computing scores"), work, done, failed, quiet=True)

    def _open(self, account: str) -> None:
        self.desk.go(Place(Page.ACCOUNT, AccountId(account)))

    def _columns(self) -> list[Column[AccountRow]]:
        return [
            Column(phrase("Account"), lambda r: r.line.name, bold=True, width=260, stretch=True),
            Column(
                phrase("Tier"),
                lambda r: tr(r.line.tier),
                sort=lambda r: _TIERS[r.line.tier],
                width=100,
            ),
            Column(phrase("Industry"), lambda r: r.line.industry, width=140),
            Column(phrase("Region"), lambda r: r.line.region, width=110),
            Column(
                phrase("People"),
                lambda r: number(r.line.people),
                sort=lambda r: r.line.people,
                right=True,
                width=80,
            ),
            Column(
                phrase("Closeness"),
                _closeness,
                sort=lambda r: None if r.closeness is None else r.closeness.value,
                colour=self._closeness_colour,
                why=lambda r: self._why[r.line.id]() if r.line.id in self._why else None,
                right=True,
                width=130,
            ),
            Column(
                phrase("Annual spend"),
                lambda r: money(r.line.spend) if r.line.spend else "",
                sort=lambda r: None if r.line.spend is None else r.line.spend.minor,
                right=True,
                width=140,
            ),
            Column(phrase("Owner"), lambda r: r.line.owner_name, width=110),
        ]

    def _closeness_colour(self, account: AccountRow) -> QColor | None:
        if account.closeness is None:
            return None
        theme = self.desk.look.theme
        tint = str(getattr(theme, BAND_TOKENS[account.closeness.band]))
        return QColor(readable(tint, theme.panel, theme.ink))


def _made_of(analysis: AccountAnalysis) -> Explanation:
    from brm_desktop.domain.sums.scores import account_score

    return account_score(analysis, Dimension.CLOSENESS)


def _known(explanation: Explanation) -> Explanation:
    return explanation


def _closeness(account: AccountRow) -> str:
    if account.closeness is None:
        return ""
    if account.closeness.band is Band.UNSCORED:
        return tr(Band.UNSCORED)
    return f"{shown_score(account.closeness)}  {tr(account.closeness.band)}"
