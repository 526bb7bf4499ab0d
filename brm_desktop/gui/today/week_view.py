"""One account in the weekly review: its deals, what changed, and the remarks about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.weekly import Deal, WeekOfAccount
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import NotesField
from brm_desktop.gui.widgets.frames import emptied, label, panel, row, set_property
from brm_desktop.gui.widgets.row_buttons import LinkLabel
from brm_desktop.language import NOTHING, capitalised, day, money, tr, trn

_MOST: Final = 12
"""So many changes of one kind are shown; how many more there are is said."""


class WeekView(QWidget):
    """What is on the table while one account is talked about.

    ``remarked`` tells the account and what was written about it.
    """

    remarked = Signal(str, str)
    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._week: WeekOfAccount | None = None
        self.texts = Texts(self)
        self.name = QPushButton()
        self.name.setProperty("kind", "crumb")
        self.name.setProperty("first", True)
        self.name.setProperty("flush", True)
        self.name.setCursor(Qt.CursorShape.PointingHandCursor)
        self.name.clicked.connect(self._open)
        self.facts = label("quiet", wrap=True)
        self.goal = label("quiet", wrap=True)
        self.remarks = NotesField()
        self.remarks.setFixedHeight(84)
        self.texts.bind(
            self.remarks.setPlaceholderText, phrase("What was said: kept as today's review")
        )
        self.texts.name(self.remarks, phrase("Remarks"))
        self.remarks.edited.connect(self._said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._top())
        layout.addWidget(self._scrolled(), 1)
        self.texts.again(lambda: self._fill(self._week))

    def _top(self) -> QWidget:
        top = panel()
        inside = QVBoxLayout(top)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(4)
        inside.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.facts)
        inside.addWidget(self.goal)
        inside.addSpacing(4)
        inside.addWidget(self.remarks)
        return top

    def _scrolled(self) -> QWidget:
        self._told = QVBoxLayout()
        self._told.setContentsMargins(0, 0, 4, 0)
        self._told.setSpacing(12)
        holder = QWidget()
        holder.setLayout(self._told)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts.name(scroll, phrase("What changed"))
        scroll.setWidget(holder)
        return scroll

    def show_week(self, week: WeekOfAccount | None) -> None:
        """Show an account; remarks that are being written stay while it is the same."""
        same = week is not None and self._week is not None and week.account == self._week.account
        if not same:
            self.remarks.commit()
        if week == self._week and week is not None:
            return
        self._week = week
        self.setVisible(week is not None)
        if week is None:
            return
        writing = same and self.remarks.hasFocus() and self.remarks.toPlainText() != week.remarks
        if not writing:
            self.remarks.show_text(week.remarks)
        self._fill(week)

    def _fill(self, week: WeekOfAccount | None) -> None:
        if week is None:
            return
        self.name.setText(week.name)
        self.name.setAccessibleName(tr("Go to {name}", name=week.name))
        self.facts.setText(_facts(week))
        self.goal.setText(week.goal)
        self.goal.setVisible(bool(week.goal))
        emptied(self._told)
        if week.deals:
            self._told.addWidget(self._deals(week))
        people = [(one.name, tr(one.text), one.evidence) for one in week.people]
        projects = [(one.name, tr(one.text), "") for one in week.projects]
        meetings = [("", tr(one), "") for one in week.meetings]
        for title, lines in (
            (phrase("Changes in people"), people),
            (phrase("Changes in projects"), projects),
            (phrase("Contacts"), meetings),
        ):
            if lines:
                self._told.addWidget(_sheet(title, lines))
        if not (week.deals or people or projects or meetings):
            quiet = label("quiet")
            quiet.setText(tr("Nothing changed since {date}.", date=day(week.since)))
            self._told.addWidget(quiet)
        self._told.addStretch(1)

    def _deals(self, week: WeekOfAccount) -> QWidget:
        sheet = panel()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for column, title in enumerate(
            (tr("Project or opportunity"), tr("Amount"), tr("Odds"), tr("Seller's"), tr("Expected"))
        ):
            grid.addWidget(label("small", title), 0, column, _side(column))
        for place, deal in enumerate(week.deals, start=1):
            grid.addWidget(self._deal_name(week, deal), place, 0)
            for column, said in enumerate(_figures(deal), start=1):
                shown = label("plain", said)
                set_property(shown, "crucial", column == _EXPECTED and deal.late)
                grid.addWidget(shown, place, column, _side(column))
        return sheet

    def _deal_name(self, week: WeekOfAccount, deal: Deal) -> QWidget:
        if deal.project is None:
            return label("strong", deal.name)
        made = LinkLabel(deal.name, "link")
        made.setAccessibleName(tr("Go to {name}", name=deal.name))
        place = Place(Page.ACCOUNT, week.account, Tab.CHAINS, deal.project)
        made.clicked.connect(lambda: self._desk.go(place))
        return made

    def _said(self, text: str) -> None:
        if self._week is not None:
            self.remarked.emit(self._week.account, text)

    def _open(self) -> None:
        if self._week is not None:
            self.opened.emit(AccountId(self._week.account))


_EXPECTED: Final = 4


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft


def _facts(week: WeekOfAccount) -> str:
    before, now = (None if one is None else half_up(one) for one in week.closeness)
    closeness = "" if now is None else tr("closeness {value}", value=now)
    if now is not None and before not in {None, now}:
        closeness = tr("closeness {before} → {value}", before=before, value=now)
    amounts = " + ".join(money(one) for one in week.amounts)
    since = tr("since {date}", date=day(week.since))
    facts = (capitalised(tr(week.tier)), week.owner, amounts, closeness, since)
    return " · ".join(fact for fact in facts if fact)


def _figures(deal: Deal) -> tuple[str, str, str, str]:
    before, now = (None if x is None else half_up(x) for x in (deal.odds_before, deal.odds))
    odds = NOTHING if now is None else str(now)
    if now is not None and before not in {None, now}:
        odds = f"{before} → {now}"
    return (
        " + ".join(money(one, "short") for one in deal.amounts) or NOTHING,
        odds,
        NOTHING if deal.probability is None else f"{deal.probability}%",
        day(deal.expected),
    )


def _sheet(title: Phrase, lines: Sequence[tuple[str, str, str]]) -> QWidget:
    sheet = panel()
    inside = QVBoxLayout(sheet)
    inside.setContentsMargins(16, 12, 16, 12)
    inside.setSpacing(4)
    inside.addWidget(label("section", tr(title)))
    for name, said, note in lines[:_MOST]:
        line = row(gap=8)
        if name:
            line.addWidget(label("strong", name), 0, Qt.AlignmentFlag.AlignTop)
        text = f"{said} · {note}" if note else said
        line.addWidget(label("plain", text, wrap=True), 1)
        inside.addLayout(line)
    more = len(lines) - _MOST
    if more > 0:
        inside.addWidget(label("small", trn("and {n} more", "and {n} more", more)))
    return sheet
