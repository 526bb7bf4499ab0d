"""The table of opportunities, open and decided, each cell edited where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.pipeline import stage_known
from brm_desktop.domain.records import Money, Opportunity, Origin, Outcome, SalesStage
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.dialogs.closing import ask_end_of
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import words
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.widgets.typed import (
    day_or_nothing,
    day_typed,
    take_amount,
    take_date,
    take_probability,
)
from brm_desktop.gui.words import money_order, name_of
from brm_desktop.language import money, number, tr
from brm_desktop.rendering.words import stage_said


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """An opportunity and the odds of its project by relationships, 0–100."""

    opportunity: Opportunity
    odds: int | None


class OpportunityTable(Table):
    """Open ones first, the next to close on top."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.model_of: TableModel[OpportunityRow] = TableModel(
            self._columns(), lambda row: row.opportunity.id, desk
        )
        super().__init__(self.model_of)
        Texts(self).again(self.model_of.retell)

    def show_rows(self, rows: Sequence[OpportunityRow]) -> None:
        """Show opportunities."""
        self.model_of.show_rows(sorted(rows, key=_open_first))

    def _columns(self) -> list[Column[OpportunityRow]]:
        return [
            Column(
                phrase("Opportunity"),
                lambda row: row.opportunity.name,
                bold=True,
                width=180,
                stretch=True,
            ),
            Column(
                phrase("Stage"),
                lambda row: stage_said(stage_known(row.opportunity)),
                change=lambda row, value: self._revise(row, stage=value),
                choices=lambda: [(tr(one), one.value) for one in SalesStage],
                value=lambda row: row.opportunity.stage,
                sort=lambda row: _place(row.opportunity),
                width=108,
            ),
            *self._of_money(),
            Column(
                phrase("Closes"),
                lambda row: day_or_nothing(_close(row.opportunity)),
                change=self._dated,
                typed=lambda row: day_typed(_close(row.opportunity)),
                sort=lambda row: _close(row.opportunity),
                width=120,
            ),
            *self._of_course(),
        ]

    def _of_course(self) -> list[Column[OpportunityRow]]:
        """Where it came from, whose it is, and how it ended."""
        return [
            Column(
                phrase("Origin"),
                lambda row: tr(row.opportunity.origin),
                change=lambda row, value: self._revise(row, origin=value),
                choices=lambda: words(Origin),
                value=lambda row: row.opportunity.origin,
                width=92,
            ),
            Column(
                phrase("Owner"),
                lambda row: _owner(self._desk, row.opportunity),
                width=92,
            ),
            Column(
                phrase("Outcome"),
                lambda row: tr(row.opportunity.outcome),
                change=self._ended,
                choices=lambda: words(Outcome),
                value=lambda row: row.opportunity.outcome,
                width=92,
            ),
        ]

    def _of_money(self) -> list[Column[OpportunityRow]]:
        """What it comes to, and how likely: the seller's belief beside the odds."""
        return [
            Column(
                phrase("Amount"),
                lambda row: _said(row.opportunity.amount),
                change=self._paid,
                sort=lambda row: money_order(row.opportunity.amount),
                right=True,
                width=112,
            ),
            Column(
                phrase("Probability"),
                lambda row: _percent(row.opportunity.probability),
                change=self._guessed,
                sort=lambda row: row.opportunity.probability,
                right=True,
                width=92,
            ),
            Column(
                phrase("Odds"),
                lambda row: "" if row.odds is None else number(row.odds),
                sort=lambda row: row.odds,
                right=True,
                width=64,
            ),
        ]

    def _paid(self, row: OpportunityRow, value: object) -> None:
        take_amount(
            self._desk, value, row.opportunity.amount, lambda said: self._revise(row, amount=said)
        )

    def _guessed(self, row: OpportunityRow, value: object) -> None:
        take_probability(self._desk, value, lambda said: self._revise(row, probability=said))

    def _dated(self, row: OpportunityRow, value: object) -> None:
        """The day it is expected to close on; of a decided one the day it did."""
        field = "expected_close" if row.opportunity.outcome is Outcome.OPEN else "closed_on"
        take_date(self._desk, value, lambda said: self._revise(row, **{field: said}))

    def _ended(self, row: OpportunityRow, value: object) -> None:
        if isinstance(value, Outcome):
            ask_end_of(self._desk, self.window(), row.opportunity, value)

    def _revise(self, row: OpportunityRow, **fields: object) -> None:
        self._desk.edit(
            phrase("Change the opportunity {name}", name=row.opportunity.name),
            edits.revise_opportunity,
            row.opportunity.id,
            **fields,
        )


def _open_first(row: OpportunityRow) -> tuple[bool, str, str]:
    one = row.opportunity
    return (one.outcome is not Outcome.OPEN, str(_close(one) or "9999"), one.name)


def _place(opportunity: Opportunity) -> int:
    stage = stage_known(opportunity)
    ours = list(SalesStage)
    return ours.index(stage) if isinstance(stage, SalesStage) else len(ours)


def _close(opportunity: Opportunity) -> date | None:
    """When an open one is expected to close, or a decided one did."""
    is_open = opportunity.outcome is Outcome.OPEN
    return opportunity.expected_close if is_open else opportunity.closed_on


def _owner(desk: Desk, opportunity: Opportunity) -> str:
    return name_of(desk.records, opportunity.owner) if opportunity.owner else ""


def _said(amount: Money | None) -> str:
    return money(amount) if amount else ""


def _percent(probability: int | None) -> str:
    return "" if probability is None else f"{probability}%"
