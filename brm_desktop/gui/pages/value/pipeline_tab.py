"""The pipeline over all accounts: a board of what is open, whose card opens its account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.pipeline import Column, Stock, board, open_ones, stage_of
from brm_desktop.domain.records import AccountId, Opportunity, Outcome, SalesStage
from brm_desktop.gui.desk import NOTHING, Desk, Selected
from brm_desktop.gui.dialogs.closing import ask_end_of, end_unasked
from brm_desktop.gui.pages.projects.board import Board
from brm_desktop.gui.pages.projects.cards import card_among_all
from brm_desktop.gui.pages.projects.opportunities import worth
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.gui.pages.value.tab import GAP, MARGIN, ValueTab
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.words import joined
from brm_desktop.gui.working import Working
from brm_desktop.language import tr, trn
from brm_desktop.session.session import LoadedAccount


@dataclass(frozen=True, slots=True)
class _Found:
    """What is open, by id and in columns, and what is said of all of it."""

    there: Mapping[str, Opportunity]
    columns: Sequence[Column]
    summary: str


class PipelineTab(ValueTab):
    """What is open of the accounts that are chosen, by stage."""

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk, standing)
        self._working = Working(desk)
        self._shown: Mapping[str, Opportunity] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, 16)
        layout.setSpacing(GAP)
        self.summary = label("quiet", wrap=True)
        self.board = Board(desk.look)
        self.board.chosen.connect(self._chosen)
        self.board.moved.connect(self._moved)
        self.board.ended.connect(self._ended)
        layout.addWidget(self.summary)
        layout.addWidget(self.board, 1)

    def focus_first(self) -> None:
        """Give the keys to the board."""
        self.board.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """The inspector goes with the board that it tells of."""
        super().hideEvent(event)
        if self.desk.is_open and self.desk.selection.opportunity is not None:
            self.desk.select(NOTHING)

    def show_value(self, shown: Shown) -> None:
        """Show what is open."""
        work = partial(_looked_up, shown.opportunities)
        self._working.ask(work, partial(self._show, shown.names))

    def _show(self, names: Mapping[AccountId, str], found: _Found) -> None:
        self._shown = found.there
        self.board.show_columns(
            found.columns, lambda one: card_among_all(one, names.get(one.account, ""))
        )
        self.summary.setText(found.summary)

    def _chosen(self, key: str) -> None:
        """Show an opportunity in the inspector; its account is read first when it is not open."""
        one = self._shown.get(key)
        if one is None or not self.desk.is_open:
            self.desk.select(NOTHING)
        elif self.desk.records.get(Opportunity, key) is not None:
            self.desk.select(Selected(opportunity=key))
        else:
            self._read(one)

    def _read(self, one: Opportunity) -> None:
        session = self.desk.session

        def there(loaded: LoadedAccount) -> None:
            if self.desk.is_open and self.desk.session is session:
                session.show_account(loaded)
                self.desk.select(Selected(opportunity=one.id))

        self.desk.jobs.run(
            phrase("Opening the account"),
            lambda _progress: session.read_account(one.account),
            there,
        )

    def _moved(self, key: str, stage: str) -> None:
        one = self._shown.get(key)
        if one is None or str(stage_of(one)) == stage:
            return
        ours = {known.value: known for known in SalesStage}
        name = phrase("{name}: {stage}", name=one.name, stage=ours.get(stage, stage))
        with_accounts(
            self.desk,
            [one.account],
            lambda: self.desk.edit(name, edits.revise_opportunity, key, stage=stage),
        )

    def _ended(self, key: str, outcome: Outcome) -> None:
        """Ask what every end asks, once the account is in memory."""
        one = self._shown.get(key)
        if one is not None and self.desk.is_open:
            with_accounts(
                self.desk,
                [one.account],
                lambda: ask_end_of(self.desk, self.window(), one, outcome),
                unasked=lambda: end_unasked(self.desk, one, outcome),
            )


def _looked_up(opportunities: Iterable[Opportunity]) -> _Found:
    """What is open of some thousand opportunities; called in a worker."""
    live = open_ones(opportunities)
    return _Found({one.id: one for one in live}, board(live), _summary(live))


def _summary(live: tuple[Opportunity, ...]) -> str:
    if not live:
        return tr("Nothing is open.")
    count = trn("{n} open opportunity", "{n} open opportunities", len(live))
    return joined(count, worth(Stock(live)))
