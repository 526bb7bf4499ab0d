"""The twin of a canvas: its people and its links as two tables, both edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import LineKind, OrganisationKind, PersonId
from brm_desktop.domain.sides import side_of
from brm_desktop.domain.spelling import fits
from brm_desktop.gui.canvas.above import ROW
from brm_desktop.gui.canvas.asking import ask_removal
from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.placing import free_place, place_beside
from brm_desktop.gui.canvas.port import AskRemoval, Hook, Relation, Removal, Suggestion
from brm_desktop.gui.canvas.ports import ChainPort, SessionPort
from brm_desktop.gui.desk import NOTHING, Desk, Selected
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.inspector.ties_part import outsiders
from brm_desktop.gui.messages import guarded
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.people_rows import PersonRow
from brm_desktop.gui.pages.twin_adding import AddLink, AddPerson
from brm_desktop.gui.pages.twin_links import LinkRow, link_columns, link_rows
from brm_desktop.gui.pages.twin_people import canvas_columns
from brm_desktop.gui.past_day import show_past
from brm_desktop.gui.widgets.frames import label, panel, row, set_property
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import organisation_name
from brm_desktop.language import tr
from brm_desktop.rendering.figure import Point


class Twin(DeskPage):
    """Two tables that say what the canvas shows and edit all that the canvas edits.

    Whatever moves, links, adds or takes away goes through the canvas's own port, so that either
    way is the same one edit.
    """

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column[PersonRow]],
        people: Callable[[], Sequence[PersonRow]],
        links: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__(desk)
        self.port: SessionPort | None = None
        self.ask: AskRemoval = lambda gone, lines: ask_removal(self, gone, lines)
        self._people_of = people
        self._links_of = links
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(10)
        layout.addWidget(split)
        shown = [*columns, *canvas_columns(self)]
        self._people: TableModel[PersonRow] = TableModel(shown, lambda one: one.person.id, self)
        self._links: TableModel[LinkRow] = TableModel(
            link_columns(self._revise), lambda one: one.link.id, self
        )
        self.people = Table(self._people)
        self.links = Table(self._links)
        self.add_person = AddPerson(self._suggested)
        self.add_link = AddLink(self._fitting, self._kinds)
        explain_cells(self.people, desk)
        split.addWidget(self._sheet(phrase("People"), self.add_person, self.people))
        split.addWidget(self._sheet(phrase("Links"), self.add_link, self.links))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self._listen()

    def _listen(self) -> None:
        self.people.row_chosen.connect(self._people_chosen)
        self.links.row_chosen.connect(lambda keys: self.desk.select(Selected(links=tuple(keys))))
        self.people.delete_asked.connect(self._remove_people)
        self.links.delete_asked.connect(self._remove_links)
        self.add_person.asked.connect(self._person_asked)
        self.add_link.asked.connect(self._link_asked)
        self.add_link.unknown.connect(self._nobody_called)
        self.desk.selected.connect(self._follow)
        self.texts.again(self._people.retell)
        self.texts.again(self._links.retell)

    def work_on(self, port: SessionPort | None) -> None:
        """Be the twin of another canvas."""
        self.port = port
        self.add_link.offer()

    def do(self, work: Callable[[SessionPort], object]) -> bool:
        """Let the canvas do something; a rule that forbids it is told."""
        port = self.port
        done = port is not None and guarded(self.desk.messages.failed, lambda: work(port))
        if not done:
            self.ask_refresh()
        return done

    def refresh(self) -> None:
        """Show what the canvas shows."""
        if self.desk.place.account is None:
            return
        self._be_of_day()
        self._people.show_rows(self._people_of())
        self._links.show_rows(link_rows(self.desk.records, self._links_of()))
        self._follow(self.desk.selection)

    def _be_of_day(self) -> None:
        """On a day in the past the tables are for reading."""
        past = self.desk.is_read_only
        for table in (self.people, self.links):
            table.source.read_only = past
            set_property(table, "past", past)
        for adding in (self.add_person, self.add_link):
            show_past(adding, past=past)

    def _sheet(self, title: Phrase, adding: QWidget, table: Table) -> QWidget:
        sheet = panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(4)
        heading = label("section")
        heading.setContentsMargins(8, 0, 0, 0)
        self.texts.bind(heading.setText, title)
        self.texts.name(table, title)
        head = row(gap=8)
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(adding)
        inside.addLayout(head)
        inside.addWidget(table)
        return sheet

    # Adding

    def _suggested(self, text: str) -> Sequence[Suggestion]:
        return () if self.port is None else self.port.suggestions(text)

    def _fitting(self, text: str) -> list[Suggestion]:
        """Who may stand at the end of a link: the account's people, ours, and others' employees."""
        records = self.desk.records
        outside = [
            Suggestion(one.id, one.name, organisation_name(records, one))
            for one in outsiders(records)
            if fits(text, one.name) is not None
        ]
        return [*self._suggested(text), *outside]

    def _kinds(self) -> list[tuple[str, object]]:
        """The kinds of link that can be added, said as the table says them."""
        if isinstance(self.port, ChainPort):
            upright: list[tuple[str, object]] = [(tr("decides for"), Relation.REPORT)]
        else:
            upright = [
                (tr("reports to"), Relation.MANAGER),
                (tr("reports to (dotted)"), LineKind.DOTTED),
            ]
        return [
            *upright,
            (tr("influences"), Relation.SWAYED),
            (tr("knows"), OrganisationKind.OWN),
            (tr("at odds with"), Relation.CONFLICT),
        ]

    def _person_asked(self, name: str, known: Suggestion | None) -> None:
        if known is None:
            self._added(lambda port: port.add(name, self._free_place(), None))
        elif self.do(lambda port: port.bring(known.person, self._free_place(), None)):
            self.add_person.clear()
            self.desk.select(Selected(people=(known.person,)))

    def _added(self, add: Callable[[SessionPort], PersonId]) -> None:
        """Add somebody, select him, and be ready for the next name."""
        made: list[PersonId] = []
        if self.do(lambda port: made.append(add(port))):
            self.add_person.clear()
            self.desk.select(Selected(people=tuple(made)))

    def _link_asked(
        self, source: Suggestion, kind: object, name: str, target: Suggestion | None
    ) -> None:
        ends = (source, target) if target is not None else (source,)
        tie = kind is OrganisationKind.OWN
        if tie and not any(self._outside(one.person) for one in ends):
            self.desk.messages.warn(
                phrase("A tie begins at one of us, of a competitor or of a partner.")
            )
            return
        if target is None:
            done = self._linked_anew(source.person, kind, name)
        else:
            done = self._linked(source.person, kind, target.person)
        if done:
            self.add_link.clear()

    def _linked(self, first: PersonId, kind: object, other: PersonId) -> bool:
        """Draw a line between two who are known, as the canvas draws it."""
        if kind is LineKind.DOTTED:
            name = phrase("Draw a reporting line")
            return bool(self.desk.edit(name, edits.set_manager, first, other, kind=kind))
        relation = kind if isinstance(kind, Relation) else Relation.SWAYED
        return self.do(lambda port: port.link(first, other, relation))

    def _linked_anew(self, first: PersonId, kind: object, name: str) -> bool:
        """Add somebody of the account, linked from the beginning."""
        port = self.port
        if port is None:
            return False
        relation = kind if isinstance(kind, Relation) else Relation.SWAYED
        if kind is LineKind.DOTTED:
            self._nobody_called(name)
            return False
        there = first in port.figure().cards
        at = place_beside(self._content(), first, relation) if there else self._free_place()
        return self.do(lambda canvas: canvas.add(name, at, Hook(first, relation)))

    def _outside(self, person: PersonId) -> bool:
        return side_of(self.desk.records, person) is not OrganisationKind.CUSTOMER

    def _nobody_called(self, name: str) -> None:
        if name:
            self.desk.messages.warn(phrase("Nobody here is called {name}.", name=name))
        else:
            self.desk.messages.warn(phrase("Say from whom the link begins."))

    def _content(self) -> Content:
        assert self.port is not None
        content = Content(self.port.department_of)
        content.show(self.port.figure())
        return content

    def _free_place(self) -> Point:
        """Where somebody stands who hangs on nobody: under all others, or in the first lane."""
        content = self._content()
        if not content.cards:
            lanes = content.figure.lanes
            return lanes[0].box.centre if lanes else Point(0.0, 0.0)
        bounds = content.bounds
        below = 0.0 if content.figure.lanes else ROW
        return free_place(content, Point(bounds.x + bounds.width / 2, bounds.bottom + below))

    # Changing and removing

    def _revise(self, one: LinkRow, **fields: object) -> None:
        name = phrase("Change the link {link}", link=f"{one.source} → {one.target}")
        if all(hasattr(one.link, field) for field in fields):
            self.desk.edit(name, edits.revise_relation, one.link.id, **fields)

    def _people_chosen(self, keys: list[str]) -> None:
        self.desk.select(Selected(people=tuple(PersonId(key) for key in keys)))

    def _follow(self, selection: Selected) -> None:
        if self.isVisible():
            self.people.choose(selection.people)
            self.links.choose(selection.links)

    def _remove_people(self, keys: list[str]) -> None:
        """Take people away as the canvas does, asking the same question."""
        if not guarded(self.desk.messages.failed, self.desk.check_today):
            return
        people = tuple(PersonId(key) for key in keys)
        at_stake = 0 if self.port is None else self.port.relations_at_stake(people)
        removal = self.ask(people, at_stake) if at_stake else Removal.TAKE
        if removal is None:
            return
        wanted = removal
        if self.do(lambda port: port.remove(people, (), wanted)):
            self.desk.select(NOTHING)

    def _remove_links(self, keys: list[str]) -> None:
        if self.do(lambda port: port.remove((), keys, Removal.TAKE)):
            self.desk.select(NOTHING)
