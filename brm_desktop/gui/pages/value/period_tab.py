"""The four key figures of a period, what was won quarter by quarter, what is open, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from brm_desktop.domain.amounts import Compared, compared
from brm_desktop.domain.periods import Quarter
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Money, Origin
from brm_desktop.domain.sums import value as sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.value import OwnerValue
from brm_desktop.domain.win_rate import WinRate
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.value.kpi_card import UNKNOWN, Figure, KpiCard
from brm_desktop.gui.pages.value.saying import (
    bare_money,
    change_said,
    moved_tint,
    points_said,
    ratio_said,
)
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.gui.pages.value.tab import ValueTab
from brm_desktop.gui.widgets.chart import ChartPanel
from brm_desktop.gui.widgets.frames import row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import joined
from brm_desktop.language import day, listed, money, number, percent, tr, trn
from brm_desktop.rendering.words import left_out_said

_SIDE_BY_SIDE: Final = 1_000
"""So wide the tab is before its two tables stand side by side."""

_Quarter = tuple[Quarter, WinRate]


class PeriodTab(ValueTab):
    """What a period brought."""

    wants_period = True
    wants_currency = True

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk, standing)
        layout = self.scrolling()
        cards = row(gap=12)
        self.growth = KpiCard(desk, phrase("Growth of potential"))
        self.captured = KpiCard(desk, phrase("Captured"))
        self.incubated = KpiCard(desk, phrase("Incubated"))
        self.other = KpiCard(desk, phrase("Of another origin"))
        self.rate = KpiCard(desk, phrase("Win rate"))
        for card in (self.growth, self.captured, self.incubated, self.other, self.rate):
            cards.addWidget(card, 1)
        layout.addLayout(cards)
        charts = row(gap=12)
        self.won = ChartPanel(desk, phrase("Won by quarter"), 208)
        self.open = ChartPanel(desk, phrase("Open by stage"), 208)
        charts.addWidget(self.won, 1)
        charts.addWidget(self.open, 1)
        layout.addLayout(charts)
        self.sellers: TableModel[OwnerValue] = TableModel(
            self._seller_columns(), lambda one: one.owner or "", self
        )
        self.quarters: TableModel[_Quarter] = TableModel(
            self._quarter_columns(), lambda one: str(one[0]), self
        )
        self.seller_table = Table(self.sellers)
        self.quarter_table = Table(self.quarters)
        self.texts.name(self.seller_table, phrase("Sellers"))
        self.texts.name(self.quarter_table, phrase("Quarters"))
        for table in (self.seller_table, self.quarter_table):
            table.setMinimumHeight(216)
            table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            explain_cells(table, desk)
        self._tables = row(gap=12)
        self._tables.addWidget(table_sheet(self.seller_table), 3)
        self._tables.addWidget(table_sheet(self.quarter_table), 2)
        layout.addLayout(self._tables, 1)
        self.texts.again(self.sellers.retell)
        self.texts.again(self.quarters.retell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side the two tables stand only where no title of theirs is cut."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._tables.setDirection(across if event.size().width() >= _SIDE_BY_SIDE else down)

    def focus_first(self) -> None:
        """Give the keys to the first figure."""
        for figure in self.growth.figures:
            figure.setFocus()

    def show_value(self, shown: Shown) -> None:
        """Show cards, charts and tables."""
        self._show_growth(shown)
        for origin, card in (
            (Origin.CAPTURED, self.captured),
            (Origin.INCUBATED, self.incubated),
            (Origin.OTHER, self.other),
        ):
            self._show_won(shown, origin, card)
        others = shown.value.conversions[Origin.OTHER]
        self.other.setVisible(bool(others.won or others.before))
        self.rate.show_figures(list(_rates(shown)), _undated(shown))
        self.won.show_drawing(shown.won)
        self.open.show_drawing(shown.open, _weighted(shown))
        value = shown.value
        self.sellers.show_rows(
            [one for one in value.owners if one.win_rate.won or one.win_rate.lost]
        )
        self.quarters.show_rows(list(reversed(value.quarters)))

    def _show_growth(self, shown: Shown) -> None:
        over = shown.over
        if over.now_on == shown.today and not shown.complete:
            self.growth.show_figures([UNKNOWN], tr("Reading the accounts…"))
            return
        both = compared((one.now for one in over.lines), (one.then for one in over.lines))
        figures = [self._grown(shown, one) for one in both]
        note = ""
        if not over.kept:
            note = tr("No numbers are kept of {day}.", day=day(over.then_on))
        else:
            came = sum(1 for one in over.lines if one.now and not one.then)
            went = sum(1 for one in over.lines if one.then and not one.now)
            parts = [trn("{n} account came", "{n} accounts came", came)] if came else []
            parts += [trn("{n} account went", "{n} accounts went", went)] if went else []
            note = " · ".join(parts)
        self.growth.show_figures(figures or [UNKNOWN], note)

    def _grown(self, shown: Shown, one: Compared) -> Figure:
        over = shown.over
        now, then = Money(one.now, one.currency), Money(one.before, one.currency)
        if not over.kept:
            before = tr("{amount} on {day}", amount=money(now, "short"), day=day(over.now_on))
            return Figure("–", "", "quiet", before, None)
        before = tr(
            "{now} on {day}, {then} on {before}",
            now=money(now, "short"),
            day=day(over.now_on, "short" if over.now_on.year == shown.today.year else "usual"),
            then=money(then, "short"),
            before=day(over.then_on),
        )
        why = partial(sums.growth, over.lines, shown.names, one.currency)
        ratio = ratio_said(one.growth_ratio)
        return Figure(money(one.growth, "short"), ratio, moved_tint(one.growth.minor), before, why)

    def _show_won(self, shown: Shown, origin: Origin, card: KpiCard) -> None:
        found = shown.value.conversions[origin]
        lines = found.amounts or (Compared(shown.currency, 0, 0),)
        figures = [
            Figure(
                money(Money(one.now, one.currency), "short"),
                change_said(one.growth, one.growth_ratio),
                moved_tint(one.growth.minor),
                tr("before: {amount}", amount=money(Money(one.before, one.currency), "short")),
                partial(sums.conversion, found, shown.period, shown.names, one.currency)
                if found.amounts
                else None,
            )
            for one in lines
        ]
        won = len(found.won)
        note = trn("{n} opportunity won", "{n} opportunities won", won)
        if found.without_amount:
            note += " · " + tr("{n} without an amount", n=found.without_amount)
        card.show_figures(figures, note)

    def _seller_columns(self) -> list[Column[OwnerValue]]:
        def count(title: Phrase, of: str) -> Column[OwnerValue]:
            return Column(
                title,
                lambda one: number(getattr(one.win_rate.count, of)),
                sort=lambda one: getattr(one.win_rate.count, of),
                right=True,
                width=56,
            )

        return [
            Column(phrase("Seller"), self._called, bold=True, width=120, stretch=True),
            count(phrase("Won"), "won"),
            count(phrase("Lost"), "lost"),
            Column(
                phrase("Win rate"),
                lambda one: percent(one.win_rate.count.rate, 1),
                sort=lambda one: one.win_rate.count.rate,
                why=self._why_rate,
                right=True,
                width=84,
            ),
            Column(
                phrase("Just before"),
                lambda one: percent(one.before.count.rate, 1),
                sort=lambda one: one.before.count.rate,
                right=True,
                width=100,
            ),
            self._won_column(Origin.CAPTURED),
            self._won_column(Origin.INCUBATED),
        ]

    def _won_column(self, origin: Origin) -> Column[OwnerValue]:
        title = {
            Origin.CAPTURED: phrase("Captured"),
            Origin.INCUBATED: phrase("Incubated"),
        }[origin]

        def said(one: OwnerValue) -> str:
            amounts = one.conversions[origin].amounts
            said = bare_money if self._one_currency() else partial(money, form="short")
            return listed(said(Money(a.now, a.currency)) for a in amounts) or "–"

        return Column(
            title,
            said,
            sort=lambda one: [(a.currency, a.now) for a in one.conversions[origin].amounts] or None,
            right=True,
            width=90,
        )

    def _quarter_columns(self) -> list[Column[_Quarter]]:
        return [
            Column(phrase("Quarter"), lambda one: str(one[0]), bold=True, width=76, stretch=True),
            Column(
                phrase("Won"),
                lambda one: number(one[1].count.won),
                sort=lambda one: one[1].count.won,
                right=True,
                width=56,
            ),
            Column(
                phrase("Lost"),
                lambda one: number(one[1].count.lost),
                sort=lambda one: one[1].count.lost,
                right=True,
                width=56,
            ),
            Column(
                phrase("Win rate"),
                lambda one: percent(one[1].count.rate, 1),
                sort=lambda one: one[1].count.rate,
                why=lambda one: sums.win_rate_by_count(one[1], (), {}),
                right=True,
                width=84,
            ),
            Column(
                phrase("By amount"),
                lambda one: listed(percent(a.rate, 1) for a in one[1].amounts) or "–",
                right=True,
                width=98,
            ),
        ]

    def _one_currency(self) -> bool:
        """Whether the figures above say already in which currency all amounts are."""
        shown = self.standing.shown
        return shown is not None and len(shown.currencies) == 1

    def _called(self, one: OwnerValue) -> str:
        shown = self.standing.shown
        name = "" if shown is None else shown.called.get(one.owner, "")
        return name or tr("Nobody's")

    def _why_rate(self, one: OwnerValue) -> Explanation:
        return sums.win_rate_by_count(one.win_rate, [one], {one.owner: self._called(one)})


def _rates(shown: Shown) -> Iterator[Figure]:
    """The win rate by count, then by amount in each currency."""
    value = shown.value
    now, then = value.win_rate.count, value.before.count
    said = tr("by count: {won} of {all}", won=number(now.won), all=number(now.won + now.lost))
    before = f"{said} · {tr('before: {amount}', amount=percent(then.rate))}"
    why = partial(sums.win_rate_by_count, value.win_rate, value.owners, shown.called)
    yield Figure(
        percent(now.rate),
        points_said(now.rate, then.rate),
        moved_tint(None if now.rate is None or then.rate is None else now.rate - then.rate),
        before,
        why if now.rate is not None else None,
    )
    earlier = {one.currency: one.rate for one in value.before.amounts}
    for one in value.win_rate.amounts:
        if one.rate is None:
            continue
        past = earlier.get(one.currency)
        moved = None if past is None else one.rate - past
        yield Figure(
            percent(one.rate),
            points_said(one.rate, past),
            moved_tint(moved),
            tr("by amount, {currency}", currency=one.currency),
            partial(sums.win_rate_by_amount, value.win_rate, one.currency),
        )


def _undated(shown: Shown) -> str:
    many = len(shown.value.undated)
    if not many:
        return ""
    return trn("{n} closed on no known day", "{n} closed on no known day", many)


def _weighted(shown: Shown) -> str:
    """What is open in all, weighted, each currency apart, and how many weigh nothing."""
    stocks = [stock for _, stock in shown.value.pipeline]
    n = sum(len(stock.opportunities) for stock in stocks)
    if not n:
        return tr("Nothing is open.")
    if not shown.weighted:
        count = trn("{n} open opportunity", "{n} open opportunities", n)
        return joined(count, left_out_said(*stocks))
    sums = (
        tr(
            "{amount} open, {weighted} by the sellers' probabilities",
            amount=money(Money(one.now, one.currency), "short"),
            weighted=money(Money(one.before, one.currency), "short"),
        )
        for one in shown.weighted
    )
    return joined(*sums, left_out_said(*stocks))
