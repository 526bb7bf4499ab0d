"""The best routes to a person, each one click away from being done."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.centres import FIRST_STEP_IN_DAYS, workday_in
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, PersonId
from brm_desktop.domain.routes import Opening, Route, RouteReading
from brm_desktop.domain.sums import routes as sums
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import Part, PersonContext
from brm_desktop.gui.look import Look, font
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.planning import PlannedLink, plan_action, planned
from brm_desktop.gui.widgets.frames import ElidedLabel, FewLines, emptied, label, row
from brm_desktop.gui.widgets.popover import SumButton, SumLabel
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import name_of
from brm_desktop.language import percent, tr
from brm_desktop.rendering import theme as tokens

_LINES = 2
"""What to do is said in so many lines at most."""


class NumberDisc(QWidget):
    """A number in a filled disc."""

    def __init__(self, look: Look, number_shown: int) -> None:
        super().__init__()
        self._look = look
        self._number = number_shown
        self.setFixedSize(22, 22)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent"))
        painter.drawEllipse(QRectF(1, 1, 20, 20))
        painter.setPen(self._look.shade(self._look.theme.on(self._look.theme.accent)))
        painter.setFont(font(tokens.SIZE_SMALL, bold=True))
        painter.drawText(QRectF(1, 0, 20, 22), int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class RouteCard(QFrame):
    """One route: its number, the way, its value, its first action, and "do this" or by when."""

    asked = Signal()

    def __init__(
        self,
        desk: Desk,
        analysis: AccountAnalysis,
        place: int,
        route: Route,
        target: PersonId,
    ) -> None:
        super().__init__()
        self.setProperty("frame", "row")
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 6, 8, 4)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        way = ElidedLabel("strong", route_words(analysis, route))
        self.value = SumButton(desk.look, "gain", desk.show_person)
        words = tr("Route {n}", n=place)
        self.value.show_sum(percent(route.value), words, partial(sums.route, analysis, route))
        weakest = ElidedLabel("small", weakest_words(analysis, route))
        action = tr(route.first_action)
        self.button = self._button(desk, analysis.account, route.first_action, target)
        grid.addWidget(NumberDisc(desk.look, place), 0, 0, 3, 1, Qt.AlignmentFlag.AlignVCenter)
        across = row(gap=10)
        across.addWidget(way, 1)
        across.addWidget(self.value)
        grid.addLayout(across, 0, 1, 1, 2)
        first = FewLines("plain", _LINES)
        first.setText(action)
        first.setToolTip(plain_tip(action))
        grid.addWidget(first, 1, 1, 1, 2)
        grid.addWidget(weakest, 2, 1)
        grid.addWidget(self.button, 2, 2, Qt.AlignmentFlag.AlignRight)

    def _button(
        self, desk: Desk, account: AccountId, what: Phrase, target: PersonId
    ) -> QPushButton:
        there, action = planned(desk, account, target, what), tr(what)
        if there is not None:
            return PlannedLink(desk, there)
        do = QPushButton(tr("Do this"))
        do.setProperty("kind", "link")
        do.setAccessibleName(tr("Do this: {action}", action=action))
        due = first_step_due(desk)
        said = tr("Make it an action until {date}: {action}", date=due, action=action)
        do.setToolTip(plain_tip(said))
        do.clicked.connect(self.asked)
        changes_records(do)
        return do


class RoutesPart(Part):
    """The routes to one person, with his own direct tie and what would open a better way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, phrase("Best routes to this person"))
        # as high as its texts at the width there is: its hint is of another one, and may be less
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(6)
        self.rows.addLayout(self._cards)
        self._none = label("small", wrap=True)
        self.opening = SumLabel(desk.look, "small", desk.show_person)
        self.rival = SumLabel(desk.look, "small", desk.show_person)
        for note in (self._none, self.opening, self.rival):
            self.rows.addWidget(note)
        self.reading: RouteReading | None = None

    def show_person(self, context: PersonContext) -> None:
        """Show the routes to a person of the account."""
        analysis = context.analysis
        self.setVisible(analysis is not None and context.of_account)
        self.reading = None
        if analysis is None or not context.of_account:
            return
        reading = analysis.routes_to(context.person.id)
        self.reading = reading
        pressed = self._left()
        emptied(self._cards)
        for place, route in enumerate(reading.routes, start=1):
            card = RouteCard(self.desk, analysis, place, route, context.person.id)
            card.asked.connect(lambda r=route: do_route(self.desk, analysis, r, context.person.id))
            self._cards.addWidget(card)
            if place == pressed:
                card.button.setFocus()
        self._none.setText(tr("No route yet: none of us has a tie that leads here."))
        self._none.setVisible(not reading.routes)
        say_opening(self.opening, analysis, reading)
        say_rival(self.rival, analysis, reading)
        self.rival.setVisible(bool(reading.competitors))

    def _left(self) -> int:
        """Which card's button has the keys, which leave it; 0 when none has.

        A button that goes with the keys would hand them on, and the inspector would scroll there.
        """
        for place in range(self._cards.count()):
            item = self._cards.itemAt(place)
            card = None if item is None else item.widget()
            if isinstance(card, RouteCard) and card.button.hasFocus():
                card.button.clearFocus()
                return place + 1
        return 0


def do_route(desk: Desk, analysis: AccountAnalysis, route: Route, target: PersonId) -> None:
    """Make a dated action of a route's first step, unless it is planned already."""
    text = tr(route.first_action)
    if planned(desk, analysis.account, target, route.first_action) is not None:
        desk.messages.say(phrase("This is planned already: {action}", action=text))
        return
    owner = desk.session.settings.user or route.people[0]
    plan_action(desk, analysis.account, text, target, first_step_due(desk), owner)


def first_step_due(desk: Desk) -> date:
    """By when a first step is proposed: in a week, on a working day."""
    return workday_in(desk.session.today(), FIRST_STEP_IN_DAYS)


def route_words(analysis: AccountAnalysis, route: Route) -> str:
    """The way of a route: ``me → 林岚 → 陈国栋``."""
    names = []
    for person in route.people:
        mine = person == analysis.user
        names.append(tr("me") if mine else name_of(analysis.records, person))
    return " → ".join(names)


def weakest_words(analysis: AccountAnalysis, route: Route) -> str:
    """The weakest step of a route, or that it is direct."""
    if len(route.edges) == 1:
        return tr("direct")
    edge = route.weakest
    return tr(
        "weakest: {source} → {target} {strength}",
        source=tr("me") if edge.source == analysis.user else name_of(analysis.records, edge.source),
        target=name_of(analysis.records, edge.target),
        strength=edge.strength,
    )


def say_opening(shown: SumLabel, analysis: AccountAnalysis, reading: RouteReading) -> None:
    """Say which new tie would open the best route, with what makes its number."""
    found = reading.opening
    why = None if found is None else partial(sums.opening, analysis, found, reading.target)
    text = opening_words(analysis, reading)
    shown.show_sum(text, why)
    shown.setVisible(bool(text))


def say_rival(shown: SumLabel, analysis: AccountAnalysis, reading: RouteReading) -> None:
    """Say which competitor is closest, with what makes his number."""
    why = None
    if reading.competitors:
        why = partial(sums.step, analysis, reading.competitors[0].edge)
    shown.show_sum(rival_words(analysis, reading), why)


def rival_words(analysis: AccountAnalysis, reading: RouteReading) -> str:
    """Which competitor's tie to the person is the strongest."""
    if not reading.competitors:
        return tr("No competitor is known to be close.")
    rival = reading.competitors[0].edge
    return tr(
        "Closest competitor: {name}, {strength}.",
        name=name_of(analysis.records, rival.source),
        strength=rival.strength,
    )


def opening_words(analysis: AccountAnalysis, reading: RouteReading) -> str:
    """Which one new tie would open the best route, and whether that beats what there is."""
    opening = reading.opening
    if opening is None:
        return ""
    employee = name_of(analysis.records, opening.employee)
    person = name_of(analysis.records, opening.person)
    value = percent(opening.value)
    if not reading.routes:
        return tr(
            "A new tie {employee} – {person} would open a route of {value}.",
            employee=employee,
            person=person,
            value=value,
        )
    best = reading.routes[0].value
    if opening.value > best:
        return tr(
            "A new tie {employee} – {person} would open a better route: {value}, not {best}.",
            employee=employee,
            person=person,
            value=value,
            best=percent(best),
        )
    return tr(
        "Of new ties, {employee} – {person} would bring most: {value}. The best route has {best}.",
        employee=employee,
        person=person,
        value=value,
        best=percent(best),
    )


def opening_action(analysis: AccountAnalysis, opening: Opening) -> Phrase:
    """What to do to get the new tie."""
    return phrase(
        "{employee} gets to know {person}",
        employee=name_of(analysis.records, opening.employee),
        person=name_of(analysis.records, opening.person),
    )
