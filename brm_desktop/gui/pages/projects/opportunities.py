"""The account's opportunities: the pipeline as a board, and all of them as a table."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.pipeline import Stock, board, open_ones
from brm_desktop.domain.records import Opportunity, Outcome, Project, SalesStage
from brm_desktop.domain.scores import half_up
from brm_desktop.domain.win_rate import win_rate
from brm_desktop.gui.desk import NOTHING, Desk, Selected
from brm_desktop.gui.dialogs.closing import ask_end_of
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.projects.board import Board
from brm_desktop.gui.pages.projects.cards import card_of
from brm_desktop.gui.pages.projects.opportunity_table import OpportunityRow, OpportunityTable
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import add_button, list_head, table_sheet
from brm_desktop.gui.widgets.tool_strip import Choice, ToolStrip
from brm_desktop.gui.words import joined
from brm_desktop.language import listed, money, number, percent, tr, trn
from brm_desktop.rendering.words import left_out_said

BOARD: Final = "board"
TABLE: Final = "table"


class OpportunitiesSide(DeskPage):
    """What is open by stage, and what became of the others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(10)
        self.summary = label("quiet", wrap=True)
        strip = ToolStrip(desk.look)
        self.choice = Choice(
            strip, ((BOARD, phrase("Board"), ""), (TABLE, phrase("Table"), "table"))
        )
        self.choice.chosen.connect(self.show_form)
        self.add = add_button(self.texts, phrase("New opportunity…"))
        self.add.clicked.connect(self.new_opportunity)
        layout.addLayout(list_head(self.summary, strip, self.add))
        self.board = Board(desk.look)
        self.board.chosen.connect(self._chosen)
        self.board.moved.connect(self._moved)
        self.board.ended.connect(self._ended)
        self.board.delete_asked.connect(self._remove)
        self.table = OpportunityTable(desk)
        self.texts.name(self.table, phrase("Opportunities"))
        self.table.row_chosen.connect(lambda keys: self._chosen(keys[0] if len(keys) == 1 else ""))
        self.table.delete_asked.connect(self._remove)
        empty = EmptyPage(
            desk.look,
            "plan",
            phrase("No opportunity yet"),
            phrase("An opportunity is what a project is to us in money: captured or incubated."),
        )
        self.begin = empty.button(phrase("New opportunity…"), primary=True)
        self.begin.clicked.connect(self.new_opportunity)
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        for shown in (self.board, table_sheet(self.table), empty):
            self.stack.addWidget(shown)
        self.choice.show_choice(BOARD)

    def focus_first(self) -> None:
        """Give the keys to the board or the table, or to the button that begins one."""
        if self.add.isHidden():
            self.begin.setFocus()
        else:
            (self.board if self.choice.current == BOARD else self.table).setFocus()

    def show_form(self, form: str) -> None:
        """Show the board or the table."""
        self.choice.show_choice(form)
        self.refresh()
        self.focus_first()

    def refresh(self) -> None:
        """Show the opportunities as they are now."""
        account = self.desk.place.account
        if account is None:
            return
        found = self.desk.records.where(Opportunity, account=account)
        rows = [OpportunityRow(one, self._odds(one)) for one in found]
        odds = {row.opportunity.id: row.odds for row in rows}
        self.board.show_columns(board(found), lambda one: card_of(one, odds[one.id]))
        self.table.show_rows(rows)
        shown = 0 if self.choice.current == BOARD else 1
        self.stack.setCurrentIndex(shown if found else 2)
        self.add.setVisible(bool(found))
        self.summary.setText(_summary(found))

    def new_opportunity(self) -> None:
        """Ask for an opportunity and make it."""
        from brm_desktop.gui.dialogs.new_opportunity import NewOpportunity

        account = self.desk.place.account
        if account is None:
            return
        projects = [
            (one.name, one.id)
            for one in self.desk.records.where(Project, account=account)
            if one.outcome is Outcome.OPEN
        ]
        form = NewOpportunity(self.window(), projects, self.desk.session.settings.currency)
        if not form.exec():
            return
        name = form.name.text().strip()
        change = self.desk.edit(
            phrase("Create the opportunity {name}", name=name),
            edits.add_opportunity,
            account,
            name,
            owner=self.desk.session.settings.user,
            **form.fields(),
        )
        for made in () if change is None else change.added(Opportunity):
            self.board.choose(made.id)
            self._chosen(made.id)

    def _odds(self, opportunity: Opportunity) -> int | None:
        """The odds by relationships of an opportunity that is open and has a chain."""
        project = self.desk.records.get(Project, opportunity.project)
        if project is None or opportunity.outcome is not Outcome.OPEN:
            return None
        odds = self.desk.analysis().chain(project.id).odds
        return None if odds is None else half_up(odds)

    def _chosen(self, key: str) -> None:
        self.desk.select(Selected(opportunity=key) if key else NOTHING)

    def _moved(self, key: str, stage: str) -> None:
        opportunity = self.desk.records.get(Opportunity, key)
        if opportunity is None:
            return
        ours = {one.value: one for one in SalesStage}
        self.desk.edit(
            phrase("{name}: {stage}", name=opportunity.name, stage=ours.get(stage, stage)),
            edits.revise_opportunity,
            key,
            stage=stage,
        )

    def _ended(self, key: str, outcome: Outcome) -> None:
        opportunity = self.desk.records.get(Opportunity, key)
        if opportunity is not None:
            ask_end_of(self.desk, self.window(), opportunity, outcome)

    def _remove(self, keys: list[str]) -> None:
        name = phrase("Remove {n} opportunities", n=len(keys))
        if self.desk.edit(name, edits.remove_records, tuple(keys)):
            self.desk.select(NOTHING)


def _summary(found: tuple[Opportunity, ...]) -> str:
    """How many are open for how much, and how many of the others were won."""
    if not found:
        return ""
    live = open_ones(found)
    said = [trn("{n} open opportunity", "{n} open opportunities", len(live))]
    said.append(worth(Stock(live)))
    rate = win_rate(found)
    if rate.count.rate is not None:
        said.append(
            tr(
                "{rate} won of {n} decided",
                rate=percent(rate.count.rate),
                n=number(rate.count.won + rate.count.lost),
            )
        )
    return joined(*said)


def worth(stock: Stock) -> str:
    """What some opportunities come to, and by their sellers' probabilities, as far as they go."""
    amounts = listed(money(one) for one in stock.amounts)
    by_chance = listed(money(one) for one in stock.weighted)
    said = amounts
    if by_chance:
        said = tr("{amounts}, by probability {weighted}", amounts=amounts, weighted=by_chance)
    left_out = left_out_said(stock)
    if said and left_out:
        return tr("{said} ({left_out})", said=said, left_out=left_out)
    return said or left_out
