"""Who of us, and of the competitors, knows a person, and how well."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    Tie,
)
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.folding import FoldedPart
from brm_desktop.gui.inspector.part import PersonContext
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.fields import ChooseName
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied
from brm_desktop.gui.widgets.value_fields import NumberField
from brm_desktop.gui.words import joined, name_of, organisation_name, person_name
from brm_desktop.language import tr

_USUAL = 50


class TiesPart(FoldedPart):
    """The ties of one person; seen from one of us, the ties he has with customers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, phrase("Ties"), "ties", opened=True)
        self._context: PersonContext | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.inside.addLayout(self._grid)
        across = QHBoxLayout()
        across.setSpacing(6)
        self.other = ChooseName()
        self.texts.name(self.other, phrase("Who has the tie"))
        self.strength = NumberField(1, 100)
        self.strength.setFixedWidth(48)
        self.strength.setText(str(_USUAL))
        self.texts.name(self.strength, phrase("Closeness of the tie, 1 to 100"))
        self.add = QPushButton()
        self.texts.bind(self.add.setText, phrase("Add tie"))
        self.texts.name(self.add, phrase("Add tie"))
        self.add.clicked.connect(self._added)
        changes_records(self.add)
        across.addWidget(self.other, 1)
        across.addWidget(self.strength)
        across.addWidget(self.add)
        self.inside.addLayout(across)

    def show_person(self, context: PersonContext) -> None:
        """Show a person's ties."""
        self._context = context
        records = self.desk.records
        ties = records.where(Tie, person=context.person.id) + records.where(
            Tie, employee=context.person.id
        )
        emptied(self._grid)
        for place, tie in enumerate(sorted(ties, key=lambda tie: (-tie.closeness, tie.id))):
            self._line(place, tie)
        self._offer(context)
        self.setVisible(bool(ties) or context.analysis is not None)

    def _line(self, place: int, tie: Tie) -> None:
        assert self._context is not None
        mine = tie.person == self._context.person.id
        other = self.desk.records.get(Person, tie.employee if mine else tie.person)
        if other is None:
            return
        where = organisation_name(self.desk.records, other)
        shown = ElidedLabel("plain", joined(person_name(other), other.title or where))
        closeness = NumberField(1, 100)
        closeness.setProperty("kind", "number")
        closeness.setFixedWidth(44)
        closeness.setAlignment(Qt.AlignmentFlag.AlignRight)
        closeness.setAccessibleName(tr("Closeness of the tie with {name}", name=person_name(other)))
        closeness.show_text(str(tie.closeness))
        closeness.counted.connect(lambda said, t=tie: self._changed(t, said))
        remove = QPushButton("✕")
        remove.setProperty("kind", "sign")
        remove.setFixedSize(26, 26)
        remove.setAccessibleName(tr("Remove the tie with {name}", name=person_name(other)))
        remove.clicked.connect(lambda _=False, t=tie: self._removed(t))
        changes_records(remove)
        self._grid.addWidget(shown, place, 0)
        self._grid.addWidget(closeness, place, 1)
        self._grid.addWidget(remove, place, 2)

    def _offer(self, context: PersonContext) -> None:
        records = self.desk.records
        if context.of_account:
            found = outsiders(records)
        elif context.analysis is not None:
            found = list(context.analysis.people)
        else:
            found = []
        choices: list[tuple[str, object]] = [
            (joined(person_name(one), one.title or organisation_name(records, one)), one.id)
            for one in found
        ]
        self.other.offer(choices, self.other.chosen)
        for part in (self.other, self.strength, self.add):
            part.setVisible(bool(choices))

    def _added(self) -> None:
        context, other = self._context, self.other.chosen
        fault = self.strength.point_out()
        if fault is not None:
            self.desk.messages.warn(fault)
            self.strength.setFocus()
            return
        if context is None or other is None:
            return
        employee, person = context.person.id, PersonId(str(other))
        if context.of_account:
            employee, person = person, employee
        self.desk.edit(
            phrase(
                "Tie {employee} – {person}",
                employee=self._name(employee),
                person=self._name(person),
            ),
            edits.set_tie,
            employee,
            person,
            self.strength.value or _USUAL,
        )

    def _changed(self, tie: Tie, closeness: int | None) -> None:
        if closeness is None:  # a tie goes by its button, not by emptying its field
            assert self._context is not None
            self.show_person(self._context)
            return
        name = phrase(
            "Tie {employee} – {person}",
            employee=self._name(tie.employee),
            person=self._name(tie.person),
        )
        self.desk.edit(name, edits.set_tie, tie.employee, tie.person, closeness)

    def _removed(self, tie: Tie) -> None:
        name = phrase(
            "Remove the tie {employee} – {person}",
            employee=self._name(tie.employee),
            person=self._name(tie.person),
        )
        self.desk.edit(name, edits.remove_records, (tie.id,))

    def _name(self, person: PersonId) -> str:
        return name_of(self.desk.records, person)


def outsiders(records: Records) -> list[Person]:
    """Our people first, then competitors' and partners', by name."""
    found: list[tuple[int, str, Person]] = []
    order = {
        OrganisationKind.OWN: 0,
        OrganisationKind.COMPETITOR: 1,
        OrganisationKind.PARTNER: 2,
    }
    for organisation in records.all(Organisation).values():
        if organisation.kind not in order:
            continue
        found.extend(
            (order[organisation.kind], person.name, person)
            for person in records.where(Person, organisation=organisation.id)
            if person.left_on is None
        )
    return [person for _, _, person in sorted(found, key=lambda item: (*item[:2], item[2].id))]
