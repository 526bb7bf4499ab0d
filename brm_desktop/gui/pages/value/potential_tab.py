"""Potential by account: the sum of each currency, its growth since any month, and a Pareto line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtGui import QColor

from brm_desktop.domain.account_value import AccountValue, ParetoLine
from brm_desktop.domain.amounts import compared
from brm_desktop.domain.growth import AccountGrowth
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.potential import sum_of_potentials
from brm_desktop.domain.records import AccountId, Dimension, Money
from brm_desktop.domain.sums import potential as potential_sums
from brm_desktop.domain.sums import value as sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.value.drawings import Pareto
from brm_desktop.gui.pages.value.kpi_card import UNKNOWN, Figure, KpiCard
from brm_desktop.gui.pages.value.saying import change_said, moved_tint, ratio_said
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.gui.pages.value.tab import ValueTab
from brm_desktop.gui.widgets.arranged_table import ArrangedTable
from brm_desktop.gui.widgets.chart import ChartPanel
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import column, label, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, TableModel
from brm_desktop.gui.words import joined, money_order
from brm_desktop.language import day, listed, money, number, percent, tr, trn

_AS_THEY_COME: Final = -1
"""No column orders the accounts at first: they come with the largest first."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An account with its share of the sum of its currency, and its growth."""

    value: AccountValue
    line: ParetoLine | None
    lines: tuple[ParetoLine, ...]
    growth: AccountGrowth | None

    @property
    def grown(self) -> Money | None:
        """By how much it grew; ``None`` where it cannot be told."""
        if self.growth is None or self.growth.now is None or self.growth.then is None:
            return None
        both = self.growth.compared
        return both[0].growth if len(both) == 1 else None


class PotentialTab(ValueTab):
    """What the accounts could be worth, and which of them make most of it."""

    wants_currency = True

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk, standing)
        layout = self.scrolling()
        top = row(gap=12)
        side = column(gap=12)
        self.sum = KpiCard(desk, phrase("Potential output"))
        self.sum.setFixedWidth(280)
        self.grown = KpiCard(desk, phrase("Growth since a month"))
        self.grown.setFixedWidth(280)
        self.since = Choose()
        self.texts.name(self.since, phrase("Growth since"))
        self.since.picked.connect(lambda month: standing.choice.choose(since=month))
        across = row(gap=8)
        said = label("small")
        self.texts.bind(said.setText, phrase("since the end of"))
        across.addWidget(said)
        across.addWidget(self.since, 1)
        self.grown.add_below(across)
        side.addWidget(self.sum)
        side.addWidget(self.grown)
        side.addStretch(1)
        top.addLayout(side)
        self.chart = ChartPanel(desk, phrase("Potential by account"), 268)
        top.addWidget(self.chart, 1)
        layout.addLayout(top)
        model: TableModel[_Row] = TableModel(self._columns(), lambda one: one.value.account, self)
        self.table = ArrangedTable(model, lambda one: one.value.name, _AS_THEY_COME)
        self.table.setMinimumHeight(240)
        self.texts.name(self.table, phrase("Accounts by potential"))
        explain_cells(self.table, desk)
        self.table.opened.connect(self._open)
        layout.addWidget(table_sheet(self.table), 1)
        self.texts.again(self.table.retell)

    def focus_first(self) -> None:
        """Give the keys to the list."""
        self.table.setFocus()

    def show_value(self, shown: Shown) -> None:
        """Show sums, chart and table."""
        self._show_sum(shown)
        self._show_growth(shown)
        drawn = shown.lines.get(shown.currency, ())
        self.chart.show_drawing(Pareto(phrase("Account"), drawn, shown.currency))
        self.table.show_every(_rows(shown))

    def _show_sum(self, shown: Shown) -> None:
        found = sum_of_potentials(one.potential for one in shown.accounts)
        pairs = [(one.name, one.potential) for one in shown.accounts]
        figures = [
            Figure(
                ("≥ " if found.lower_bound else "") + money(amount, "short"),
                "",
                "quiet",
                "",
                partial(potential_sums.potentials, pairs, amount.currency),
            )
            for amount in found.amounts
        ]
        known = len(shown.accounts) - found.unknown
        note = trn("from {n} account", "from {n} accounts", known)
        if found.unknown:
            unknown = trn("{n} without expected spend", "{n} without expected spend", found.unknown)
            note = f"{note} · {unknown}"
        self.sum.show_figures(figures or [UNKNOWN], note)

    def _show_growth(self, shown: Shown) -> None:
        over = shown.since
        chosen = self.standing.choice.since
        months: list[tuple[str, object]] = [(f"{one:%Y-%m}", one) for one in shown.months]
        begins = _first_of(over.then_on)
        if chosen is None and begins not in shown.months:
            months.insert(0, (f"{begins:%Y-%m}", begins))
        self.since.offer(months, chosen or begins)
        self.since.setEnabled(bool(shown.months))
        both = compared((one.now for one in over.lines), (one.then for one in over.lines))
        figures = []
        if over.kept:
            figures = [
                Figure(
                    money(one.growth, "short"),
                    ratio_said(one.growth_ratio),
                    moved_tint(one.growth.minor),
                    "",
                    partial(sums.growth, over.lines, shown.names, one.currency),
                )
                for one in both
            ]
        note = tr("No numbers are kept of {day}.", day=day(over.then_on))
        if not shown.complete:
            figures, note = [], tr("Reading the accounts…")
        elif over.kept:
            until = "" if over.now_on >= shown.today else tr("until {day}", day=day(over.now_on))
            note = joined(until, came_and_went(shown, over.lines))
        self.grown.show_figures(figures or [UNKNOWN], note)

    def _open(self, account: str) -> None:
        self.desk.go(Place(Page.ACCOUNT, AccountId(account)))

    def _colour(self, one: _Row) -> QColor | None:
        grown = one.grown
        if grown is None or not grown.minor:
            return None
        return self.desk.look.text_colour(moved_tint(grown.minor))

    def _columns(self) -> list[Column[_Row]]:
        return [
            Column(
                phrase("Account"), lambda one: one.value.name, bold=True, width=180, stretch=True
            ),
            Column(phrase("Owner"), self._owner, width=92),
            Column(
                phrase("Spend"),
                lambda one: money(one.value.spend, "short"),
                sort=lambda one: money_order(one.value.spend),
                right=True,
                width=86,
            ),
            _score(Dimension.CLOSENESS),
            _score(Dimension.SOLUTION),
            _score(Dimension.PRICE),
            Column(
                phrase("Potential"),
                _potential,
                sort=lambda one: money_order(one.value.potential.amount),
                why=self._why,
                bold=True,
                right=True,
                width=116,
            ),
            *self._of_whole(),
        ]

    def _of_whole(self) -> list[Column[_Row]]:
        """What an account is among all of them, and how it has grown."""
        return [
            Column(
                phrase("Share"),
                lambda one: "–" if one.line is None else percent(one.line.share, 1),
                sort=lambda one: one.line and one.line.share,
                right=True,
                width=60,
            ),
            Column(
                phrase("So far"),
                lambda one: "–" if one.line is None else percent(one.line.up_to, 1),
                sort=lambda one: one.line and one.line.up_to,
                why=_why_share,
                right=True,
                width=68,
            ),
            Column(
                phrase("Growth"),
                lambda one: change_said(one.grown, None),
                sort=lambda one: money_order(one.grown),
                colour=self._colour,
                right=True,
                width=84,
            ),
        ]

    def _owner(self, one: _Row) -> str:
        shown = self.standing.shown
        return "" if shown is None else shown.called.get(one.value.owner, "")

    def _why(self, one: _Row) -> Explanation:
        rules = self.desk.session.settings.rules
        value = one.value
        return potential_sums.potential_of_scores(
            value.name, value.spend, value.scores, value.potential, rules
        )


def came_and_went(shown: Shown, lines: Sequence[AccountGrowth]) -> str:
    """Which accounts had no potential then, and which have none now."""
    came = [shown.names.get(one.account, "") for one in lines if one.now and not one.then]
    went = [shown.names.get(one.account, "") for one in lines if one.then and not one.now]
    parts = []
    if came:
        parts.append(tr("came: {names}", names=_few(came)))
    if went:
        parts.append(tr("went: {names}", names=_few(went)))
    return " · ".join(parts)


def _few(names: Sequence[str], most: int = 3) -> str:
    more = len(names) - most
    if more <= 0:
        return listed(names)
    return tr("{names} and {n} other accounts", names=listed(names[:most]), n=more)


def _rows(shown: Shown) -> list[_Row]:
    """The accounts with a potential, currency by currency, the largest first; then the others."""
    grown = {one.account: one for one in shown.since.lines}
    rows = [
        _Row(one.value, one, several, grown.get(one.value.account))
        for several in shown.lines.values()
        for one in several
    ]
    there = {one.value.account for one in rows}
    rows += [
        _Row(one, None, (), grown.get(one.account))
        for one in shown.accounts
        if one.account not in there
    ]
    return rows


def _potential(one: _Row) -> str:
    found = one.value.potential
    if found.amount is None:
        return "–"
    return ("≥ " if found.lower_bound else "") + money(found.amount, "short")


def _why_share(one: _Row) -> Explanation | None:
    return None if one.line is None else sums.pareto_share(one.lines, one.line)


def _score(dimension: Dimension) -> Column[_Row]:
    title = {
        Dimension.CLOSENESS: phrase("Closeness"),
        Dimension.SOLUTION: phrase("Solution"),
        Dimension.PRICE: phrase("Price"),
    }[dimension]
    return Column(
        title,
        lambda one: number(one.value.scores[dimension]),
        sort=lambda one: one.value.scores[dimension],
        right=True,
        width={Dimension.CLOSENESS: 92, Dimension.SOLUTION: 76}.get(dimension, 60),
    )


def _first_of(one: date) -> date:
    return one.replace(day=1)
