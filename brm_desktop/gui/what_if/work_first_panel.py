"""Whom to work on first, ranked by what a step would bring; each to be tried, or planned."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Money, ProjectId
from brm_desktop.domain.what_if import Gain, take_step, work_first
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.plan_form import PlanForm
from brm_desktop.gui.what_if.leaving import begin
from brm_desktop.gui.widgets.frames import column, emptied, hairline, label, row
from brm_desktop.gui.widgets.row_buttons import LinkLabel
from brm_desktop.gui.words import capital
from brm_desktop.language import listed, money, number, signed, tr

_SHOWN: Final = 12


class GainRow(QWidget):
    """One person: what the step is, what it brings, and two things to do about it."""

    def __init__(self, desk: Desk, gain: Gain) -> None:
        super().__init__()
        self.gain = gain
        layout = column(gap=0)
        layout.setContentsMargins(0, 4, 0, 4)
        self.setLayout(layout)
        brings = gained(gain.odds, gain.money)
        self.name = LinkLabel(gain.name, "strong")
        self.name.setAccessibleName(listed((gain.name, step_of(gain), brings)))
        self.name.clicked.connect(lambda: desk.show_person(gain.person))
        first = row(gap=8)
        first.addWidget(self.name, 1)
        first.addWidget(label("gain", brings))
        layout.addLayout(first)
        layout.addWidget(label("small", capital(step_of(gain)), wrap=True))
        if gain.cap is not None:
            layout.addWidget(label("warning", tr(gain.cap.reason), wrap=True))
        links = row(gap=12)
        self.attempt = _link(tr("Try it"), tr("Try it: {name}", name=gain.name))
        self.plan = _link(tr("Plan an action"), tr("Plan an action for {name}", name=gain.name))
        links.addWidget(self.attempt)
        links.addWidget(self.plan)
        links.addStretch(1)
        layout.addLayout(links)


class WorkFirstPanel(DeskPage):
    """The ranked list beside a canvas: of the chain on show, or of the account."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("")
        self.rows: list[GainRow] = []
        self.form: PlanForm | None = None
        desk.arrived.connect(lambda _place: QTimer.singleShot(0, self, self.ask_refresh))
        sheet = QFrame()
        sheet.setProperty("frame", "panel")
        outer = column()
        self.setLayout(outer)
        outer.addWidget(sheet)
        inside = column(gap=4)
        inside.setContentsMargins(16, 12, 8, 12)
        sheet.setLayout(inside)
        title = label("strong")
        self.texts.bind(title.setText, phrase("Work on whom first"))
        about = label("small", wrap=True)
        self.texts.bind(
            about.setText, phrase("One step of stance and 20 points on the weakest known score")
        )
        inside.addWidget(title)
        inside.addWidget(about)
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(4)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts.name(scroll, phrase("Work on whom first"))
        scroll.setWidget(holder)
        inside.addWidget(scroll, 1)

    def ready(self) -> bool:
        """Whether an account is on show."""
        return super().ready() and self.desk.place.account is not None

    def refresh(self) -> None:
        """Rank the people as things are now."""
        analysis, project = self.desk.analysis(), self._project
        emptied(self._list)
        self.rows, self.form = [], None
        gains = work_first(analysis, project)
        for gain in gains[:_SHOWN]:
            if self.rows:
                self._list.addWidget(hairline())
            self._add(analysis, gain)
        more = len(gains) - _SHOWN
        if more > 0:
            self._list.addWidget(label("small", tr("and {n} more", n=number(more))))
        if not gains:
            nobody = tr("Nobody has a step to gain: score people, or put them on the chain.")
            self._list.addWidget(label("small", nobody, wrap=True))
        self._list.addStretch(1)

    def focus_first(self) -> None:
        """Give the keys to the first of the list."""
        if self.rows:
            self.rows[0].name.setFocus()

    @property
    def _project(self) -> ProjectId | None:
        return self.desk.place.project

    def _add(self, analysis: AccountAnalysis, gain: Gain) -> None:
        made = GainRow(self.desk, gain)
        made.attempt.clicked.connect(lambda: self._try(gain))
        made.plan.clicked.connect(lambda: self._plan(analysis, made))
        self.rows.append(made)
        self._list.addWidget(made)

    def _try(self, gain: Gain) -> None:
        if self.desk.session.supposing or begin(self.desk):
            name = phrase("Try it: {name}", name=gain.name)
            place = [one.gain for one in self.rows].index(gain)
            self.desk.edit(name, take_step, gain, self._project)
            if self.rows:  # others by now, as all are ranked anew
                self.rows[min(place, len(self.rows) - 1)].attempt.setFocus()

    def _plan(self, analysis: AccountAnalysis, made: GainRow) -> None:
        if self.form is not None:
            self._shut()
        self.form = PlanForm(self.desk, analysis, made.gain.person)
        self.form.ended.connect(self._shut)
        self._list.insertWidget(self._list.indexOf(made) + 1, self.form)
        self.form.setFocus()

    def _shut(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None


def step_of(gain: Gain) -> str:
    """What the step is: the stance and the score someone would come to."""
    parts = []
    if gain.stance_to is not None:
        parts.append(tr("to {stance}", stance=gain.stance_to))
    if gain.dimension is not None and gain.score_to is not None:
        parts.append(
            tr("{dimension} to {score}", dimension=gain.dimension, score=number(gain.score_to))
        )
    return " · ".join(parts)


def gained(odds: Fraction | None, amount: Money | None) -> str:
    """Points and money won, in few signs: ``+6.8 pts · +46万``; nothing where nothing is won."""
    parts = []
    if odds is not None:
        parts.append(tr("{points} pts", points=signed(odds, 1)))
    if amount is not None and amount.minor:
        parts.append(f"+{money(amount, 'short')}" if amount.minor > 0 else money(amount, "short"))
    return " · ".join(parts)


def _link(text: str, name: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("kind", "link")
    made.setAutoDefault(True)
    made.setAccessibleName(name)
    return made
