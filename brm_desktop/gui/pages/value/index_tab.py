"""The BRM index: how much is known and holds, by account, with its trend, the value curve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame

from brm_desktop.domain.account_value import AccountValue, curve_of, index_of
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, PersonId
from brm_desktop.domain.snapshots import month_of
from brm_desktop.domain.sums import value as sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.value_curve import CurvePoint, IndexParts
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.value.drawings import ValueCurve
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.gui.pages.value.tab import ValueTab, moved_tint, points_said
from brm_desktop.gui.widgets.chart import ChartPanel
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import column, label, panel, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.language import number, percent, tr, trn


@dataclass(frozen=True, slots=True)
class _Line:
    """A seller's accounts, or one account, with the index and what it was when the curve began."""

    key: str
    name: str
    values: tuple[AccountValue, ...]
    parts: IndexParts
    first: IndexParts | None

    @property
    def then(self) -> Fraction | None:
        """The index when the curve began."""
        return None if self.first is None else self.first.index

    @property
    def moved(self) -> Fraction | None:
        """How the index moved since the curve began, as a share of 1."""
        now, then = self.parts.index, self.then
        return None if now is None or then is None else now - then


class IndexTab(ValueTab):
    """How well the accounts are known."""

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk, standing)
        layout = self.scrolling()
        top = row(gap=12)
        top.addWidget(self._figure())
        self.chart = ChartPanel(desk, phrase("Value curve: the BRM index month by month"), 224)
        top.addWidget(self.chart, 1)
        layout.addLayout(top)
        self.by = Choose()
        self.by.setFixedWidth(152)
        self.texts.name(self.by, phrase("By account or by seller"))
        self.by.picked.connect(lambda _by: self.refresh())
        head = row(gap=8)
        head.addWidget(self.by)
        head.addStretch(1)
        layout.addLayout(head)
        self.model: TableModel[_Line] = TableModel(_columns(self), lambda one: one.key, self)
        self.table = Table(self.model)
        self.table.setMinimumHeight(240)
        self.texts.name(self.table, phrase("BRM index by account or seller"))
        self.table.opened.connect(self._open)
        explain_cells(self.table, desk)
        layout.addWidget(table_sheet(self.table), 1)
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the index."""
        self.index.setFocus()

    def show_value(self, shown: Shown) -> None:
        """Show the index, its curve and its parts."""
        whole = index_of(shown.accounts)
        why = partial(sums.brm_index, shown.accounts, phrase("BRM index"))
        said = percent(whole.index)
        self.index.show_sum(said, tr("BRM index"), why if shown.accounts else None)
        self.basis.setText(
            tr(
                "completeness {completeness} × accuracy {accuracy}",
                completeness=percent(whole.completeness),
                accuracy=percent(whole.accuracy),
            )
        )
        many = len(shown.accounts)
        self.count.setText(trn("over {n} account", "over {n} accounts", many))
        now = CurvePoint(month_of(shown.today), whole)
        self.chart.show_drawing(ValueCurve((*curve_of(shown.accounts), now), tr("now")))
        offered = [(tr("By account"), False), (tr("By seller"), True)]
        self.by.offer(offered, bool(self.by.chosen))
        accounts = [_line(one.account, one.name, [one]) for one in shown.accounts]
        self.model.show_rows(_by_seller(shown) if self.by.chosen else accounts)

    def _figure(self) -> QFrame:
        sheet = panel()
        sheet.setFixedWidth(280)
        inside = column(margin=16, gap=4)
        sheet.setLayout(inside)
        title = label("section")
        self.texts.bind(title.setText, phrase("BRM index"))
        self.index = SumButton(self.desk.look, "big")
        self.basis = label("plain", wrap=True)
        self.count = label("small", wrap=True)
        about = label("small", wrap=True)
        self.texts.bind(
            about.setText,
            phrase(
                "Completeness is the share of what should be known that is known; accuracy the"
                " share of that which is confirmed and fresh."
            ),
        )
        for widget in (title, self.index, self.basis, self.count):
            inside.addWidget(widget)
        inside.addStretch(1)
        inside.addWidget(about)
        return sheet

    def colour(self, one: _Line) -> QColor | None:
        """The colour of which way an index went."""
        return self.desk.look.text_colour(moved_tint(one.moved)) if one.moved else None

    def _open(self, key: str) -> None:
        if not self.by.chosen:
            self.desk.go(Place(Page.ACCOUNT, AccountId(key)))


def _columns(tab: IndexTab) -> list[Column[_Line]]:
    def share(title: Phrase, of: str, width: int) -> Column[_Line]:
        return Column(
            title,
            lambda one: percent(getattr(one.parts, of)),
            sort=lambda one: getattr(one.parts, of),
            right=True,
            width=width,
        )

    return [
        Column(
            phrase("Account or seller"),
            lambda one: one.name or tr("Nobody's"),
            bold=True,
            width=180,
            stretch=True,
        ),
        Column(
            phrase("Accounts"),
            lambda one: number(len(one.values)),
            sort=lambda one: len(one.values),
            right=True,
            width=92,
        ),
        share(phrase("Completeness"), "completeness", 116),
        share(phrase("Accuracy"), "accuracy", 100),
        Column(
            phrase("BRM index"),
            lambda one: percent(one.parts.index),
            sort=lambda one: one.parts.index,
            why=_why,
            bold=True,
            right=True,
            width=100,
        ),
        Column(
            phrase("Over the curve"),
            lambda one: points_said(one.parts.index, one.then),
            sort=lambda one: one.moved,
            colour=tab.colour,
            right=True,
            width=124,
        ),
    ]


def _line(key: str, name: str, values: Iterable[AccountValue]) -> _Line:
    several = tuple(values)
    curve = curve_of(several)
    first = curve[0].parts if curve else None
    return _Line(key, name, several, index_of(several), first)


def _by_seller(shown: Shown) -> list[_Line]:
    found: dict[PersonId | None, list[AccountValue]] = {}
    for one in shown.accounts:
        found.setdefault(one.owner, []).append(one)
    lines = [_line(owner or "", shown.called.get(owner, ""), own) for owner, own in found.items()]
    return sorted(lines, key=lambda one: (not one.name, one.name, one.key))


def _why(one: _Line) -> Explanation:
    title = phrase("BRM index of {name}", name=one.name) if one.name else phrase("BRM index")
    return sums.brm_index(one.values, title)
