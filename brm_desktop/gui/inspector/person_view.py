"""One person in the inspector, part by part."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.routes import RouteReading
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.inspector.chain_part import AdaptabilityPart, ChainPart
from brm_desktop.gui.inspector.contact_part import ContactPart
from brm_desktop.gui.inspector.details_part import DetailsPart
from brm_desktop.gui.inspector.part import PersonContext
from brm_desktop.gui.inspector.past_part import EvidencePart, OtherChains
from brm_desktop.gui.inspector.person_head import PersonHead
from brm_desktop.gui.inspector.person_scores import PersonScores
from brm_desktop.gui.inspector.routes_part import RoutesPart, do_route
from brm_desktop.gui.inspector.sharing_part import SharingPart
from brm_desktop.gui.inspector.ties_part import TiesPart
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import row
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import name_of
from brm_desktop.language import tr


class PersonView(QWidget):
    """Everything about one person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.head = PersonHead(desk)
        self.scores = PersonScores(desk)
        self.chain = ChainPart(desk)
        self.adaptability = AdaptabilityPart(desk)
        self.routes = RoutesPart(desk)
        self.chains = OtherChains(desk)
        self.evidence = EvidencePart(desk)
        self.contact = ContactPart(desk)
        self.ties = TiesPart(desk)
        self.details = DetailsPart(desk)
        self.sharing = SharingPart(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (
            self.head,
            self.scores,
            self.chain,
            self.adaptability,
            self.routes,
            self.chains,
            self.evidence,
            self.contact,
            self.ties,
            self.details,
            self.sharing,
        ):
            layout.addWidget(part)
        layout.addStretch(1)

    def show_person(self, context: PersonContext) -> None:
        """Show a person."""
        self.head.show_person(context)
        self.scores.setVisible(context.of_account)
        if context.of_account:
            self.scores.show_person(context)
        self.chain.show_person(context)
        self.adaptability.show_person(context)
        self.routes.show_person(context)
        self.chains.show_person(context)
        self.evidence.show_person(context)
        self.contact.show_person(context)
        self.ties.show_person(context)
        self.details.show_person(context)
        self.sharing.show_record(context.person)


class PersonFoot(QWidget):
    """What to do about a person: ask for an introduction, look from where he stands."""

    def __init__(self, desk: Desk, reading: Callable[[], RouteReading | None]) -> None:
        super().__init__()
        self.desk = desk
        self._reading = reading
        self._context: PersonContext | None = None
        self.texts = Texts(self)
        across = row(gap=8)
        across.setContentsMargins(0, 12, 0, 0)
        self.setLayout(across)
        self.ask = QPushButton()
        self.ask.setProperty("kind", "primary")
        self.ask.clicked.connect(self._ask)
        changes_records(self.ask)
        self.look = QPushButton()
        self.texts.bind(self.look.setText, phrase("Look from here"))
        self.texts.name(self.look, phrase("Look from here"))
        self.look.clicked.connect(self._look)
        across.addWidget(self.ask, 1)
        across.addWidget(self.look, 1)

    def show_person(self, context: PersonContext) -> None:
        """Offer what can be done about a person."""
        self._context = context
        self.setVisible(context.of_account)
        first = self._first_step()
        self.ask.setVisible(first is not None)
        if first is not None:
            text = tr("Ask {name} to introduce us", name=first)
            self.ask.setText(tr("Ask {name}", name=first))
            self.ask.setAccessibleName(text)
            self.ask.setToolTip(plain_tip(text))
        self.look.setEnabled(self.desk.place.person != context.person.id)

    def _first_step(self) -> str | None:
        """Who is to introduce us: the first after our own people, or a colleague with the tie."""
        reading, context = self._reading(), self._context
        if reading is None or context is None or not reading.routes:
            return None
        route = reading.routes[0]
        user = self.desk.session.settings.user
        helper = next((p for p in route.people[:-1] if p != user), None)
        return None if helper is None else name_of(self.desk.records, helper)

    def _ask(self) -> None:
        reading, context = self._reading(), self._context
        if reading is not None and reading.routes and context is not None and context.analysis:
            do_route(self.desk, context.analysis, reading.routes[0], context.person.id)

    def _look(self) -> None:
        context = self._context
        if context is not None and context.account is not None:
            person = context.person.id
            self.desk.go(Place(Page.ACCOUNT, context.account, Tab.MAP, person=person))
