"""The best routes to the person in the middle, drawn above and listed here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.domain.routes import RouteReading
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.routes_part import RouteCard, do_route
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import emptied, hairline, label
from brm_desktop.gui.words import name_of
from brm_desktop.language import percent, tr


class RoutesPanel(QFrame):
    """Three cards side by side, and what to compare them with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("frame", "panel")
        self._desk = desk
        self.texts = Texts(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        self._title = label("section")
        layout.addWidget(self._title)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(10)
        layout.addLayout(self._cards)
        layout.addWidget(hairline())
        across = QHBoxLayout()
        across.setSpacing(18)
        self._notes = [label("quiet", wrap=True) for _ in range(3)]
        for note in self._notes:
            across.addWidget(note, 1, Qt.AlignmentFlag.AlignTop)
        self._open = QPushButton()
        self._open.setProperty("kind", "link")
        self._open.clicked.connect(self._opened)
        self.texts.bind(self._open.setText, phrase("Make this tie an action"))
        self.texts.name(self._open, phrase("Make this tie an action"))
        across.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(across)
        self._analysis: AccountAnalysis | None = None
        self._reading: RouteReading | None = None

    def show_routes(self, analysis: AccountAnalysis, person: PersonId) -> None:
        """Show the routes to a person."""
        reading = analysis.routes_to(person)
        self._analysis, self._reading = analysis, reading
        name = name_of(analysis.records, person)
        self._title.setText(tr("Best routes to {name}", name=name))
        emptied(self._cards)
        for place, route in enumerate(reading.routes, start=1):
            card = RouteCard(self._desk, analysis, place, route)
            card.asked.connect(lambda r=route: do_route(self._desk, analysis, r, person))
            self._cards.addWidget(card, 1)
        if not reading.routes:
            nothing = tr("No route yet: none of us has a tie that leads here.")
            self._cards.addWidget(label("plain", nothing))
        self._say(analysis, reading)

    def _say(self, analysis: AccountAnalysis, reading: RouteReading) -> None:
        direct, rivals, opening = self._notes
        _show(direct, _direct(analysis, reading))
        _show(rivals, _rivals(analysis, reading))
        _show(opening, _opening(analysis, reading))
        self._open.setVisible(reading.opening is not None)

    def _opened(self) -> None:
        analysis, reading = self._analysis, self._reading
        if analysis is None or reading is None or reading.opening is None:
            return
        opening = reading.opening
        text = tr(
            "{employee} gets to know {person}",
            employee=name_of(analysis.records, opening.employee),
            person=name_of(analysis.records, opening.person),
        )
        done = self._desk.edit(
            phrase("Plan: {action}", action=text),
            edits.add_action,
            analysis.account,
            text,
            person=opening.person,
            owner=opening.employee,
        )
        if done:
            self._desk.messages.say(phrase("Noted as an action: {action}", action=text))


def _show(note: QLabel, text: str) -> None:
    note.setText(text)
    note.setVisible(bool(text))


def _direct(analysis: AccountAnalysis, reading: RouteReading) -> str:
    if analysis.user is None:
        return tr("Say in Settings who you are, to compare with your own tie.")
    if reading.direct is None:
        return tr("You have no tie of your own here.")
    return tr("Your own tie: {strength}", strength=reading.direct.strength)


def _rivals(analysis: AccountAnalysis, reading: RouteReading) -> str:
    if not reading.competitors:
        return tr("No competitor is known to be close.")
    rival = reading.competitors[0]
    return tr(
        "Closest competitor: {name}, {strength}.",
        name=name_of(analysis.records, rival.edge.source),
        strength=rival.edge.strength,
    )


def _opening(analysis: AccountAnalysis, reading: RouteReading) -> str:
    opening = reading.opening
    if opening is None:
        return ""
    return tr(
        "A new tie {employee} – {person} would open a route of {value}.",
        employee=name_of(analysis.records, opening.employee),
        person=name_of(analysis.records, opening.person),
        value=percent(opening.value),
    )
