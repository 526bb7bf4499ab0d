"""The BRM index: how much is known and holds, by account, with its trend, the value curve."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QFrame

from brm_desktop.domain.account_value import IndexLine
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId
from brm_desktop.domain.snapshots import month_of
from brm_desktop.domain.sums import value as sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.value_curve import CurvePoint
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.value.drawings import ValueCurve
from brm_desktop.gui.pages.value.saying import moved_tint, points_said
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.gui.pages.value.tab import ValueTab
from brm_desktop.gui.widgets.arranged_table import ArrangedTable
from brm_desktop.gui.widgets.chart import ChartPanel
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import column, label, panel, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.gui.widgets.table import Column, TableModel
from brm_desktop.gui.words import joined
from brm_desktop.language import number, percent, tr, trn
from brm_desktop.session.value import CURVE_MONTHS, CURVE_SPANS

_SPAN_KEPT_AS: Final = "value/curve_months"


class IndexTab(ValueTab):
    """How well the accounts are known."""

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk, standing)
        layout = self.scrolling()
        top = row(gap=12)
        top.addWidget(self._figure())
        self.back = self._back()
        self.chart = ChartPanel(
            desk, phrase("Value curve: the BRM index over time"), 224, self.back
        )
        top.addWidget(self.chart, 1)
        layout.addLayout(top)
        self.by = Choose()
        self.by.setFixedWidth(152)
        self.texts.name(self.by, phrase("By account or by seller"))
        self.by.picked.connect(lambda _by: self.show_again())
        head = row(gap=8)
        head.addWidget(self.by)
        head.addStretch(1)
        layout.addLayout(head)
        model: TableModel[IndexLine] = TableModel(_columns(self), lambda one: one.key, self)
        self.table = ArrangedTable(model, lambda one: one.name, 0)
        self.table.setMinimumHeight(240)
        self.texts.name(self.table, phrase("BRM index by account or seller"))
        self.table.opened.connect(self._open)
        explain_cells(self.table, desk)
        layout.addWidget(table_sheet(self.table), 1)
        self.texts.again(self.table.retell)

    def focus_first(self) -> None:
        """Give the keys to the index."""
        self.index.setFocus()

    def show_value(self, shown: Shown) -> None:
        """Show the index, its curve and its parts."""
        whole = shown.index
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
        span = self.standing.curves.span
        self.back.offer([(_months(many), many) for many in CURVE_SPANS], span)
        note = joined(_known(shown), _every(CURVE_SPANS[span]))
        self.chart.show_drawing(ValueCurve((*shown.curve, now), tr("now")), note)
        offered = [(tr("By account"), False), (tr("By seller"), True)]
        self.by.offer(offered, bool(self.by.chosen))
        self.table.show_every(shown.by_owner if self.by.chosen else shown.by_account)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the curves when it is first looked at."""
        if self.desk.is_open:
            self.standing.curves.ask()
        super().showEvent(event)

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
        inside.addWidget(title)
        inside.addWidget(self.index, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.basis)
        inside.addWidget(self.count)
        inside.addStretch(1)
        inside.addWidget(about)
        return sheet

    def _back(self) -> Choose:
        """The choice of how far the curve goes back, which is remembered."""
        kept = self.desk.preferences.text(_SPAN_KEPT_AS)
        self.standing.curves.go_back(
            next((many for many in CURVE_SPANS if str(many) == kept), CURVE_MONTHS)
        )
        made = Choose()
        made.setFixedWidth(112)
        self.texts.name(made, phrase("How far the curve goes back"))
        made.picked.connect(self._go_back)
        return made

    def _go_back(self, months: object) -> None:
        assert isinstance(months, int)
        self.desk.preferences.set_text(_SPAN_KEPT_AS, str(months))
        self.standing.curves.go_back(months)

    def colour(self, one: IndexLine) -> QColor | None:
        """The colour of which way an index went."""
        return self.desk.look.text_colour(moved_tint(one.moved)) if one.moved else None

    def _open(self, key: str) -> None:
        if not self.by.chosen:
            self.desk.go(Place(Page.ACCOUNT, AccountId(key)))


def _share(title: Phrase, of: str, width: int) -> Column[IndexLine]:
    """A column of one part of the index, as a percentage."""
    return Column(
        title,
        lambda one: percent(getattr(one.parts, of)),
        sort=lambda one: getattr(one.parts, of),
        right=True,
        width=width,
    )


def _columns(tab: IndexTab) -> list[Column[IndexLine]]:
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
        _share(phrase("Completeness"), "completeness", 116),
        _share(phrase("Accuracy"), "accuracy", 100),
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


def _known(shown: Shown) -> str:
    """How many curves are known, while some are not."""
    known, whole = len(shown.curves), len(shown.accounts)
    if known >= whole:
        return ""
    return tr("The curve is of {n} of {of} accounts so far.", n=number(known), of=number(whole))


def _months(many: int) -> str:
    return trn("{n} month", "{n} months", many)


def _every(months: int) -> str:
    """How far apart the points of the curve are, where they are not the ends of all months."""
    return "" if months == 1 else tr("A point every {n} months.", n=months)


def _why(one: IndexLine) -> Explanation:
    title = phrase("BRM index of {name}", name=one.name) if one.name else phrase("BRM index")
    return sums.brm_index(one.values, title)
