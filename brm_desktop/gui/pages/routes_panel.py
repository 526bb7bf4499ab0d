"""The best routes to the person in the middle, drawn above and listed here, and his other deals."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import PersonId, Project
from brm_desktop.domain.routes import RouteReading
from brm_desktop.domain.sums import routes as sums
from brm_desktop.domain.timeline import timeline_of
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.icons import icon
from brm_desktop.gui.inspector.routes_part import (
    RouteCard,
    do_route,
    first_step_due,
    opening_action,
    say_opening,
    say_rival,
)
from brm_desktop.gui.past_day import changes_records, show_past
from brm_desktop.gui.planning import PlannedLink, plan_action, planned
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.chain_timeline import ChainTimeline
from brm_desktop.gui.widgets.frames import emptied, hairline, label, tab_chain
from brm_desktop.gui.widgets.popover import SumLabel
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import name_of
from brm_desktop.language import tr, trn

_SHOWN = 5
_FOLDED = "key_person/deals"


class RoutesPanel(QFrame):
    """Three cards side by side, what to compare them with, and the line of his deals."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("frame", "panel")
        self._desk = desk
        self.texts = Texts(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 6)
        layout.setSpacing(6)
        self._title = label("section")
        layout.addWidget(self._title)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(10)
        layout.addLayout(self._cards)
        across = QHBoxLayout()
        across.setSpacing(18)
        self._notes = [SumLabel(desk.look, "small", desk.show_person) for _ in range(3)]
        for note, share in zip(self._notes, (2, 3, 5), strict=True):
            across.addWidget(note, share, Qt.AlignmentFlag.AlignTop)
        self._act = QHBoxLayout()
        across.addLayout(self._act)
        layout.addLayout(across)
        layout.addWidget(hairline())
        self.deals = QToolButton()
        self.deals.setCheckable(True)
        self.deals.setProperty("kind", "fold")
        self.deals.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.deals.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.deals.setChecked(desk.preferences.flag(_FOLDED, default=True))
        self.deals.toggled.connect(self._fold)
        layout.addWidget(self.deals)
        self.timeline = ChainTimeline(desk.look, across=True)
        self.timeline.chosen.connect(self._go)
        layout.addWidget(self.timeline)
        desk.look.changed.connect(self._recolour)
        self.cards: list[RouteCard] = []
        self.new_tie: QPushButton | None = None
        self._fold(self.deals.isChecked())

    def show_routes(self, analysis: AccountAnalysis, person: PersonId) -> None:
        """Show the routes to a person and what he did in other deals."""
        reading = analysis.routes_to(person)
        name = name_of(analysis.records, person)
        self._title.setText(tr("Best routes to {name}", name=name))
        emptied(self._cards)
        self.cards = []
        for place, route in enumerate(reading.routes, start=1):
            card = RouteCard(self._desk, analysis, place, route, person)
            card.asked.connect(lambda r=route: do_route(self._desk, analysis, r, person))
            self.cards.append(card)
            self._cards.addWidget(card, 1)
        if not reading.routes:
            nothing = tr("No route yet: none of us has a tie that leads here.")
            self._cards.addWidget(label("plain", nothing, wrap=True))
        self._say(analysis, reading)
        self._show_deals(analysis, person, name)
        show_past(self, past=self._desk.is_read_only)
        tie = [] if self.new_tie is None else [self.new_tie]
        cards = [card.button for card in self.cards]
        tab_chain(*cards, *tie, self.deals, *self.timeline.stops)

    def _say(self, analysis: AccountAnalysis, reading: RouteReading) -> None:
        direct, rivals, opening = self._notes
        own = reading.direct
        why = None if own is None else partial(sums.step, analysis, own)
        direct.show_sum(_direct(analysis, reading), why)
        say_rival(rivals, analysis, reading)
        say_opening(opening, analysis, reading)
        emptied(self._act)
        self.new_tie = None
        if reading.opening is None:
            return
        what, person = opening_action(analysis, reading.opening), reading.opening.person
        there, text = planned(self._desk, analysis.account, person, what), tr(what)
        if there is not None:
            self.new_tie = PlannedLink(self._desk, there)
        else:
            self.new_tie = QPushButton(tr("Make this tie an action"))
            self.new_tie.setProperty("kind", "link")
            changes_records(self.new_tie)
            self.new_tie.setAutoDefault(True)
            self.new_tie.setAccessibleName(self.new_tie.text())
            owner, due = reading.opening.employee, first_step_due(self._desk)
            said = tr("Make it an action until {date}: {action}", date=due, action=text)
            self.new_tie.setToolTip(plain_tip(said))
            self.new_tie.clicked.connect(
                lambda: plan_action(self._desk, analysis.account, text, person, due, owner)
            )
        self._act.addWidget(self.new_tie, 0, Qt.AlignmentFlag.AlignTop)

    def _show_deals(self, analysis: AccountAnalysis, person: PersonId, name: str) -> None:
        stops = timeline_of(analysis.records, person, analysis.today)
        more = len(stops) - _SHOWN
        title = tr("{name} in other deals", name=name)
        if more > 0:
            older = trn("{n} older chain", "{n} older chains", more)
            title = f"{title} · {older}"
        self.deals.setText(title if stops else tr("{name} is in no deal yet", name=name))
        self.deals.setAccessibleName(self.deals.text())
        self.deals.setEnabled(bool(stops))
        self.timeline.show_stops(stops[:_SHOWN])
        self.timeline.setVisible(bool(stops) and self.deals.isChecked())

    def _fold(self, opened: bool) -> None:
        self._desk.preferences.set_flag(_FOLDED, opened)
        self.timeline.setVisible(opened and bool(self.timeline.stops))
        self._recolour()

    def _recolour(self) -> None:
        name = "down" if self.deals.isChecked() else "right"
        self.deals.setIcon(icon(name, self._desk.look.colour("quiet"), size=16))

    def _go(self, project: str) -> None:
        found = self._desk.records.get(Project, project)
        if found is not None:
            self._desk.go(Place(Page.ACCOUNT, found.account, Tab.CHAINS, found.id))


def _direct(analysis: AccountAnalysis, reading: RouteReading) -> str:
    if analysis.user is None:
        return tr("Say in Settings who you are, to compare with your own tie.")
    if reading.direct is None:
        return tr("You have no tie of your own here.")
    return tr("Your own tie: {strength}", strength=reading.direct.strength)
