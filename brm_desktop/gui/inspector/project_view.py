"""A project in the inspector: what it is, when, for how much, how it ended."""

from __future__ import annotations

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Organisation,
    OrganisationKind,
    Outcome,
    Project,
    ProjectType,
    Track,
)
from brm_desktop.domain.spelling import name_order
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.dialogs.closing import ask_closing
from brm_desktop.gui.inspector.field_past import PastButton, PastValue, past_of_field
from brm_desktop.gui.inspector.part import FieldGrid, Part
from brm_desktop.gui.widgets.fields import Choose, NotesField, TextField, words
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.value_fields import AmountField, DateField
from brm_desktop.gui.words import joined
from brm_desktop.language import tr


class ProjectView(Part):
    """The facts of one project."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self.rows.setSpacing(10)
        self._project: Project | None = None
        self.name = TextField()
        self.name.setProperty("kind", "heading")
        self.texts.name(self.name, phrase("Name of the project"))
        self.name.edited.connect(self._renamed)
        self._what = label("small", wrap=True)
        self.type = Choose()
        self.type.picked.connect(lambda value: self._revise(type=value))
        self.amount = AmountField()
        self.amount.paid.connect(lambda value: self._revise(amount=value))
        self.line = TextField()
        self.line.edited.connect(lambda text: self._revise(business_line=text))
        self.starts = DateField()
        self.starts.dated.connect(lambda value: self._revise(starts_on=value))
        self.decided = DateField()
        self.decided.dated.connect(lambda value: self._revise(decided_on=value))
        self.outcome = Choose()
        self.outcome.picked.connect(self._ended)
        self.lost_to = Choose()
        self.lost_to.picked.connect(lambda value: self._revise(lost_to=value))
        self.procurement = TextField()
        self.procurement.edited.connect(lambda text: self._revise(procurement=text))
        self.track = Choose()
        self.track.picked.connect(lambda value: self._revise(track=value))
        self.note = NotesField()
        self.note.edited.connect(lambda text: self._revise(note=text))
        self.texts.bind(self.note.setPlaceholderText, phrase("Notes"))
        self.texts.name(self.note, phrase("Notes"))
        self.rows.addWidget(self.name)
        self.rows.addWidget(self._what)
        self.rows.addSpacing(4)
        self._fields()
        self.rows.addWidget(self.note)
        self.rows.addStretch(1)

    def show_project(self, project: Project) -> None:
        """Show a project."""
        self._project = project
        records = self.desk.records
        types = sorted(records.all(ProjectType).values(), key=lambda one: name_order(one.name))
        rivals = records.where(Organisation, kind=OrganisationKind.COMPETITOR)
        nothing: list[tuple[str, object]] = [("", None)]
        self.name.show_text(project.name)
        self._what.setText(joined(tr("project"), tr(project.outcome)))
        self.type.offer(nothing + [(one.name, one.id) for one in types], project.type)
        self.amount.show_amount(project.amount, self.desk.session.settings.currency)
        self.line.show_text(project.business_line)
        self.starts.show_date(project.starts_on)
        self.decided.show_date(project.decided_on)
        self.outcome.offer(words(Outcome), project.outcome)
        self.lost_to.offer(nothing + [(one.name, one.id) for one in rivals], project.lost_to)
        lost = project.outcome is Outcome.LOST
        self.lost_to.setVisible(lost)
        self._lost_name.setVisible(lost)
        self.procurement.show_text(project.procurement)
        self.track.offer(words(Track), project.track)
        self.note.show_text(project.note)

    def _fields(self) -> None:
        grid = FieldGrid(self.texts)
        grid.field(phrase("Type"), self.type, self._clock("type", phrase("Type")))
        grid.field(phrase("Amount"), self.amount, self._clock("amount", phrase("Amount")))
        grid.field(
            phrase("Business line"),
            self.line,
            self._clock("business_line", phrase("Business line")),
        )
        grid.field(phrase("Start"), self.starts, self._clock("starts_on", phrase("Start")))
        grid.field(
            phrase("Decided on"), self.decided, self._clock("decided_on", phrase("Decided on"))
        )
        grid.field(phrase("Outcome"), self.outcome, self._clock("outcome", phrase("Outcome")))
        self._lost_name = grid.field(phrase("Lost to"), self.lost_to)
        grid.field(
            phrase("Procurement"),
            self.procurement,
            self._clock("procurement", phrase("Procurement")),
        )
        grid.field(phrase("Track"), self.track, self._clock("track", phrase("Track")))
        self.rows.addLayout(grid)

    def _clock(self, field: str, title: Phrase) -> PastButton:
        return PastButton(self.desk, title, lambda: self._past(field, title))

    def _past(self, field: str, title: Phrase) -> list[PastValue]:
        project = None if self._project is None else self._project.id
        return past_of_field(self.desk, Project, project, field, title)

    def _renamed(self, name: str) -> None:
        if name:
            self._revise(name=name)

    def _ended(self, outcome: Outcome) -> None:
        project = self._project
        if project is None or outcome is project.outcome:
            return
        ask_closing(self.desk, self.window(), project, outcome)
        self.outcome.show_choice(self.desk.records.one(Project, project.id).outcome)

    def _revise(self, **fields: object) -> None:
        project = self._project
        if project is not None:
            self.desk.edit(
                phrase("Change the project {name}", name=project.name),
                edits.revise_project,
                project.id,
                **fields,
            )
