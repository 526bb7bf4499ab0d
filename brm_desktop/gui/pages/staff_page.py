"""Our own people, and the competitors with theirs: everyone who can have ties to customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Department,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Tie,
)
from brm_desktop.domain.spelling import name_order
from brm_desktop.gui.desk import NOTHING, Desk, Selected
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.fields import words
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import add_button, filter_field, list_head, table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import named, people_counted, person_name
from brm_desktop.language import number, tr


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Someone outside the accounts, with his organisation and the ties that are loaded."""

    person: Person
    organisation: str
    department: str
    ties: int


class StaffPage(DeskPage):
    """A table of people of organisations of some kinds."""

    title: Phrase
    kinds: Sequence[OrganisationKind]
    empty_icon: str
    empty_title: Phrase
    empty_words: Phrase

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        self.count = label("quiet")
        self.filter = filter_field(self.texts, phrase("Filter the people"))
        self.add = add_button(self.texts, phrase("Add a person…"))
        self.add.clicked.connect(self.ask_new)
        layout.addLayout(list_head(self.count, self.filter, self.add))
        self.model: TableModel[StaffRow] = TableModel(
            self.columns(), lambda one: one.person.id, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, self.title)
        empty = EmptyPage(desk.look, self.empty_icon, self.empty_title, self.empty_words)
        add = empty.button(phrase("Add a person…"), primary=True)
        add.clicked.connect(self.ask_new)
        changes_records(add)
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.stack.addWidget(table_sheet(self.table))
        self.stack.addWidget(empty)
        self.filter.textChanged.connect(self.table.filter_by)
        self.table.counted.connect(self._say_count)
        self.table.row_chosen.connect(self._chosen)
        self.table.delete_asked.connect(self._remove)
        self.texts.again(self.model.retell)
        desk.selected.connect(self._follow)

    def ask_new(self) -> None:
        """Ask for a person and add him."""

    def columns(self) -> list[Column[StaffRow]]:
        """The columns."""
        return [
            Column(
                phrase("Name"),
                lambda one: person_name(one.person),
                change=lambda one, value: self.revise(one, name=str(value).strip()),
                bold=True,
                width=150,
            ),
            Column(
                phrase("Title"),
                lambda one: one.person.title,
                change=lambda one, value: self.revise(one, title=str(value).strip()),
                width=180,
                stretch=True,
            ),
            Column(
                phrase("Department"),
                lambda one: one.department,
                change=lambda one, value: self.revise(one, department=str(value).strip()),
                width=150,
            ),
            Column(
                phrase("Ties"),
                lambda one: number(one.ties),
                sort=lambda one: one.ties,
                right=True,
                width=80,
            ),
        ]

    def focus_first(self) -> None:
        """Give the keys to the table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Show the people as they are now."""
        records = self.desk.records
        rows = []
        for organisation in records.all(Organisation).values():
            if organisation.kind in self.kinds:
                for person in records.where(Person, organisation=organisation.id):
                    department = records.get(Department, person.department)
                    rows.append(
                        StaffRow(
                            person,
                            organisation.name,
                            department.name if department else "",
                            len(records.where(Tie, employee=person.id)),
                        )
                    )
        rows.sort(
            key=lambda one: (
                name_order(one.organisation),
                name_order(one.person.name),
                one.person.id,
            )
        )
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self._say_count()
        self.filter.setVisible(bool(rows))
        self.add.setVisible(bool(rows))

    def _say_count(self) -> None:
        """Say how many there are, and of how many while some are filtered out."""
        self.count.setText(people_counted(self.table.shown, len(self.model.rows)))

    def revise(self, one: StaffRow, **fields: object) -> None:
        """Change something about someone."""
        self.desk.edit(
            phrase("Change {name}", name=person_name(one.person)),
            edits.revise_person,
            one.person.id,
            **fields,
        )

    def _chosen(self, keys: list[str]) -> None:
        self.desk.select(Selected(people=tuple(PersonId(key) for key in keys)))

    def _follow(self, selection: Selected) -> None:
        if self.isVisible():
            self.table.choose(selection.people)

    def _remove(self, keys: list[str]) -> None:
        person = self.desk.records.get(Person, PersonId(keys[0]))
        name = phrase("Remove {name}", name=person_name(person))
        if len(keys) > 1:
            name = phrase("Remove {n} people", n=len(keys))
        if self.desk.edit(name, edits.remove_people, tuple(PersonId(key) for key in keys)):
            self.desk.select(NOTHING)


class ColleaguesPage(StaffPage):
    """Everyone of us, not only sales: each may be the way to someone."""

    title = phrase("Our people")
    kinds = (OrganisationKind.OWN,)
    empty_icon = "colleagues"
    empty_title = phrase("None of us yet")
    empty_words = phrase("Add yourself and your colleagues: every tie of theirs may be a route.")

    def columns(self) -> list[Column[StaffRow]]:
        """With who is in sales, and who "me" is."""
        sales: Column[StaffRow] = Column(
            phrase("Sales"),
            lambda one: tr("no") if one.person.non_sales else tr("yes"),
            change=lambda one, value: self.revise(one, non_sales=value),
            choices=lambda: [(tr("yes"), False), (tr("no"), True)],
            value=lambda one: one.person.non_sales,
            width=90,
        )
        me: Column[StaffRow] = Column(
            phrase("Me"),
            lambda one: "●" if one.person.id == self.desk.session.settings.user else "",
            change=self._am,
            choices=lambda: [(tr("this is me"), True), (tr("someone else"), False)],
            value=lambda one: one.person.id == self.desk.session.settings.user,
            width=70,
        )
        return [*super().columns(), sales, me]

    def ask_new(self) -> None:
        """Ask for a colleague and add him; the first one is taken for the user."""
        from brm_desktop.gui.dialogs.new_things import NewPerson

        form = NewPerson(self.window(), tr("Add one of us"))
        if not form.exec():
            return
        name = form.name.text().strip()
        change = self.desk.edit(
            phrase("Add {name}", name=name), edits.add_own_staff, name=name, **form.fields()
        )
        for person in () if change is None else change.added(Person):
            if self.desk.session.settings.user is None:
                self.desk.change_settings(user=person.id)
            self.desk.select(Selected(people=(person.id,)))

    def _am(self, one: StaffRow, value: object) -> None:
        self.desk.change_settings(user=one.person.id if value else None)


class CompetitorsPage(StaffPage):
    """Competitors' people, and partners': where they are close to ours it matters."""

    title = phrase("Competitors and partners")
    kinds = (OrganisationKind.COMPETITOR, OrganisationKind.PARTNER)
    empty_icon = "competitors"
    empty_title = phrase("No competitor yet")
    empty_words = phrase("Add their people to see where they are closer than we are.")

    def columns(self) -> list[Column[StaffRow]]:
        """With the company in front."""
        company: Column[StaffRow] = Column(
            phrase("Company"), lambda one: one.organisation, bold=True, width=180
        )
        return [company, *super().columns()]

    def ask_new(self) -> None:
        """Ask for a competitor's employee and add him."""
        from brm_desktop.gui.dialogs.new_things import NewOutsider

        records = self.desk.records
        known = (one for kind in self.kinds for one in records.where(Organisation, kind=kind))
        companies = [one.name for one in known]
        form = NewOutsider(self.window(), companies, words(OrganisationKind)[2:])
        if not form.exec():
            return
        change = self.desk.edit(
            phrase("Add {name}", name=form.name.text().strip() or form.company.currentText()),
            edits.add_competitor,
            organisation=form.company.currentText().strip(),
            name=form.name.text().strip(),
            kind=named(OrganisationKind, str(form.kind.chosen)),
            **form.fields(),
        )
        for person in () if change is None else change.added(Person):
            self.desk.select(Selected(people=(person.id,)))
