"""Several people in the inspector: what can be said of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    ChainMember,
    Person,
    PersonId,
    ProjectId,
    Records,
    Stance,
    id_of,
)
from brm_desktop.gui.desk import NOTHING, Desk
from brm_desktop.gui.inspector.part import FieldGrid, Part
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.fields import Choose, TextField, yes_no_auto
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.stance_buttons import StanceButtons
from brm_desktop.gui.words import name_of
from brm_desktop.language import listed, trn

_LONGEST = 24


class SeveralView(Part):
    """A department, the marks, and on a chain the stance, for several people in one step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self.rows.setSpacing(10)
        self._people: Sequence[PersonId] = ()
        self._title = label("title")
        self._names = label("quiet", wrap=True)
        self.department = TextField()
        self.department.edited.connect(lambda text: self._revise(department=text))
        self.key = Choose()
        self.key.picked.connect(lambda value: self._revise(key=value))
        self.crucial = Choose()
        self.crucial.picked.connect(lambda value: self._revise(crucial=value))
        self.stance = StanceButtons(desk.look)
        self.stance.chosen.connect(self._stance)
        grid = FieldGrid(self.texts)
        grid.field(phrase("Department"), self.department)
        grid.field(phrase("Key persons"), self.key)
        grid.field(phrase("Crucial"), self.crucial)
        self._stance_name = grid.field(phrase("Stance"), self.stance)
        self._remove = QPushButton()
        self._remove.setProperty("kind", "danger")
        self.texts.bind(self._remove.setText, phrase("Remove these people"))
        self._remove.clicked.connect(self._removed)
        changes_records(self._remove)
        self.rows.addWidget(self._title)
        self.rows.addWidget(self._names)
        self.rows.addSpacing(4)
        self.rows.addLayout(grid)
        self.rows.addSpacing(8)
        self.rows.addWidget(self._remove)
        self.rows.addStretch(1)

    def show_people(self, people: Sequence[PersonId]) -> None:
        """Show several people."""
        self._people = people
        records = self.desk.records
        found = [person for key in people if (person := records.get(Person, key)) is not None]
        self._title.setText(trn("{n} person", "{n} people", len(found)))
        self._names.setText(listed(_short(name_of(records, person.id)) for person in found))
        self.department.show_text("")
        self.key.offer(yes_no_auto(), _same([person.key for person in found]))
        self.crucial.offer(yes_no_auto(), _same([person.crucial for person in found]))
        on_chain = self._on_chain()
        self._stance_name.setVisible(bool(on_chain))
        self.stance.setVisible(bool(on_chain))
        today = self.desk.today
        stance = _same(
            [attitude_on(records, one.project, one.person, today).stance for one in on_chain]
        )
        self.stance.show_stance(stance if isinstance(stance, Stance) else None)

    def _on_chain(self) -> list[ChainMember]:
        project = self.desk.place.project
        if project is None:
            return []
        found = (
            self.desk.records.get(ChainMember, id_of(ChainMember, project, person))
            for person in self._people
        )
        return [member for member in found if member is not None]

    def _name(self) -> Phrase:
        return phrase("Change {n} people", n=len(self._people))

    def _revise(self, **fields: object) -> None:
        self.desk.edit(self._name(), revise_people, self._people, fields)

    def _stance(self, stance: Stance) -> None:
        members = [(member.project, member.person) for member in self._on_chain()]
        self.desk.edit(self._name(), revise_stances, members, stance)

    def _removed(self) -> None:
        name = phrase("Remove {n} people", n=len(self._people))
        if self.desk.edit(name, edits.remove_people, tuple(self._people)):
            self.desk.select(NOTHING)


def _short(name: str) -> str:
    """A name that fits into a line."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def revise_people(
    records: Records, act: Act, people: Sequence[PersonId], fields: dict[str, object]
) -> Change:
    """Change the same fields of several people, as one step."""
    draft = Draft(records)
    for person in people:
        draft.do(edits.revise_person, act, person, **fields)
    return draft.change()


def revise_stances(
    records: Records, act: Act, members: Sequence[tuple[ProjectId, PersonId]], stance: Stance
) -> Change:
    """Give several members of a chain the same stance, as one step."""
    draft = Draft(records)
    for project, person in members:
        draft.do(edits.revise_member, act, project, person, stance=stance)
    return draft.change()


def _same(values: Sequence[object]) -> object:
    """The value all have, or something that no choice offers."""
    return values[0] if values and all(value == values[0] for value in values) else "different"
