"""Everything else that is known of a person, folded away until it is wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Department, LineKind, Person, PersonId, ReportingLine
from brm_desktop.domain.spelling import in_name_order
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.field_past import PastButton, PastValue, past_of_field
from brm_desktop.gui.inspector.folding import LateFold
from brm_desktop.gui.inspector.part import FieldGrid, PersonContext
from brm_desktop.gui.pages.people_rows import parts
from brm_desktop.gui.widgets.fields import (
    Choose,
    ChooseName,
    NotesField,
    TextField,
    yes_no_auto,
    yes_no_unknown,
)
from brm_desktop.gui.widgets.value_fields import DateField
from brm_desktop.gui.words import person_name
from brm_desktop.language import listed, tr

_OFFERED_ALL = 2_000
"""Of more people than this only those are offered as managers who manage somebody."""


class DetailsPart(LateFold):
    """Department, title, ways to reach him, the marks, and notes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, phrase("Details"), "details")
        self._context: PersonContext | None = None

    def show_person(self, context: PersonContext) -> None:
        """Show what is known of a person."""
        self._context = context
        self.renew()

    def make(self) -> None:
        """Make a field for each."""
        self._grid = FieldGrid(self.texts)
        self.inside.addLayout(self._grid)
        self.title = self._text(phrase("Title"), "title")
        self.department = self._text(phrase("Department"), "department")
        self.manager = ChooseName()
        self.manager.picked.connect(self._managed)
        self._grid.field(phrase("Reports to"), self.manager)
        self._marks()
        self.phones = self._several(phrase("Phones"), "phones")
        self.emails = self._several(phrase("E-mails"), "emails")
        self.wechat = self._text(phrase("WeChat"), "wechat")
        self.birthday = self._date(phrase("Birthday"), "birthday")
        self.latin = self._text(phrase("Latin name"), "latin_name")
        self.left = self._date(phrase("Left on"), "left_on")
        self.notes = NotesField()
        self.texts.bind(self.notes.setPlaceholderText, phrase("Notes"))
        self.texts.name(self.notes, phrase("Notes"))
        self.notes.edited.connect(lambda text: self._revise(notes=text))
        self.inside.addWidget(self.notes)
        self.texts.again(self._said)
        self._said()

    def fill(self) -> None:
        """Say in each what is known."""
        context = self._context
        if context is None:
            return
        person = context.person
        department = self.desk.records.get(Department, person.department)
        self.title.show_text(person.title)
        self.department.show_text(department.name if department else "")
        self.phones.show_text(listed(person.phones))
        self.emails.show_text(listed(person.emails))
        self.wechat.show_text(person.wechat)
        self.latin.show_text(person.latin_name)
        self.birthday.show_date(person.birthday)
        self.left.show_date(person.left_on)
        self.notes.show_text(person.notes)
        self.power.show_text("" if person.power is None else str(person.power))
        self.influence.show_text("" if person.influence is None else str(person.influence))
        self._show_derived(context)
        for name, choice in self._choices.items():
            choice.show_choice(getattr(person, name))
        self._offer_managers(context)

    def _marks(self) -> None:
        self._choices: dict[str, Choose] = {}
        for name, title in (
            ("veto", phrase("Veto holder")),
            ("sole_approver", phrase("Sole approver")),
            ("crucial", phrase("Crucial")),
        ):
            choice = Choose()
            choice.picked.connect(lambda value, field=name: self._revise(**{field: value}))
            self._choices[name] = choice
            self._grid.field(title, choice, self._past(title, name))
        self.power = self._number(phrase("Power"), "power")
        self.influence = self._number(phrase("Influence"), "influence")

    def _text(self, name: Phrase, field: str) -> TextField:
        editor = TextField()
        editor.edited.connect(lambda text: self._revise(**{field: text}))
        self._grid.field(name, editor, self._past(name, field))
        return editor

    def _several(self, name: Phrase, field: str) -> TextField:
        editor = TextField()
        editor.edited.connect(lambda text: self._revise(**{field: parts(text)}))
        self._grid.field(name, editor, self._past(name, field))
        return editor

    def _number(self, name: Phrase, field: str) -> TextField:
        editor = TextField()
        editor.edited.connect(lambda text: self._numbered(editor, field, text))
        self._grid.field(name, editor, self._past(name, field))
        return editor

    def _date(self, name: Phrase, field: str) -> DateField:
        editor = DateField()
        editor.dated.connect(lambda value: self._revise(**{field: value}))
        self._grid.field(name, editor, self._past(name, field))
        return editor

    def _past(self, name: Phrase, field: str) -> PastButton:
        return PastButton(self.desk, name, lambda: self._past_of(name, field))

    def _past_of(self, name: Phrase, field: str) -> list[PastValue]:
        person = None if self._context is None else self._context.person.id
        return past_of_field(self.desk, Person, person, field, name)

    def _said(self) -> None:
        for name, choice in self._choices.items():
            answers = yes_no_auto() if name == "crucial" else yes_no_unknown()
            choice.offer(answers, choice.chosen)

    def _show_derived(self, context: PersonContext) -> None:
        """An importance that is not the user's own stands in its field as a hint."""
        found = context.importance
        for editor, value in (
            (self.power, None if found is None else found.power),
            (self.influence, None if found is None else found.influence),
        ):
            _hint(editor, value)

    def _offer_managers(self, context: PersonContext) -> None:
        records, person = self.desk.records, context.person
        others = records.where(Person, organisation=person.organisation)
        if len(others) > _OFFERED_ALL:
            others = tuple(
                other for other in others if records.where(ReportingLine, manager=other.id)
            )
        named = in_name_order(
            (person_name(other), other.id) for other in others if other.id != person.id
        )
        lines = records.where(ReportingLine, person=person.id)
        manager = next((one.manager for one in lines if one.kind is LineKind.SOLID), None)
        choices: list[tuple[str, object]] = [("", None)]
        choices.extend(named)
        self.manager.offer(choices, manager)

    def _managed(self, manager: PersonId | None) -> None:
        context = self._context
        if context is None:
            return
        to = context.person.id
        self.desk.edit(
            phrase("Change who {name} reports to", name=context.name),
            edits.set_manager,
            to,
            manager,
        )

    def _numbered(self, editor: TextField, field: str, text: str) -> None:
        if text and not text.isdigit():
            context = self._context
            if context is not None:
                editor.show_text("")
                self.show_person(context)
            return
        self._revise(**{field: int(text) if text else None})

    def _revise(self, **fields: object) -> None:
        context = self._context
        if context is not None:
            self.desk.edit(
                phrase("Change {name}", name=context.name),
                edits.revise_person,
                context.person.id,
                **fields,
            )


def _hint(editor: QLineEdit, value: int | None) -> None:
    editor.setPlaceholderText(
        tr("automatic") if value is None else tr("automatic: {value}", value=value)
    )
