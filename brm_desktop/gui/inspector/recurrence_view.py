"""A type of project in the inspector: when the next is due, who took part, and capturing it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId, Project, ProjectTypeId
from brm_desktop.domain.recurrence import (
    Participant,
    TypeRecurrence,
    next_of_type,
    recurrence_of,
)
from brm_desktop.gui.desk import NOTHING, Desk, Page, Place, Tab
from brm_desktop.gui.inspector.part import FieldGrid, Part
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import emptied, label, row, set_property
from brm_desktop.gui.widgets.row_buttons import RowButton
from brm_desktop.gui.widgets.signs import StanceCourse
from brm_desktop.language import day, days, listed, money, number, tr

_PEOPLE_SHOWN = 8


class RecurrenceView(Part):
    """What comes back, and the one click that makes an opportunity of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self.rows.setSpacing(10)
        self._found: TypeRecurrence | None = None
        self._next: Project | None = None
        self.name = label("name", wrap=True)
        self.why = label("small", wrap=True)
        self.wanted = Choose()
        self.wanted.picked.connect(self._mark)
        self.next = label("strong")
        self.window_of = label("plain", wrap=True)
        self.prepare_by = label("plain")
        self.amount = label("plain")
        self.rows.addWidget(self.name)
        self.rows.addWidget(self.why)
        self.rows.addLayout(self._facts())
        self.capture = QPushButton()
        self.capture.setProperty("kind", "primary")
        self.texts.bind(self.capture.setText, phrase("Create captured opportunity"))
        self.texts.bind(
            self.capture.setToolTip,
            phrase(
                "Makes the next project with whoever took part on its chain, and its opportunity"
            ),
        )
        self.capture.clicked.connect(self.capture_next)
        changes_records(self.capture)
        self.rows.addWidget(self.capture)
        self.captured = QPushButton()
        self.captured.clicked.connect(self.open_next)
        self.rows.addWidget(self.captured)
        self._people = QVBoxLayout()
        self._people.setSpacing(4)
        self.rows.addLayout(self._people)
        self.rows.addStretch(1)

    def show_type(self, wanted: ProjectTypeId) -> bool:
        """Show a type of the account on show; whether it has any project there."""
        found = {one.type: one for one in recurrence_of(self.desk.analysis())}.get(wanted)
        self._found = found
        if found is None:
            return False
        self.name.setText(found.name)
        self.why.setText(tr(found.reason))
        self.wanted.offer([(tr("yes"), True), (tr("no"), False)], found.wanted)
        self._show_next(found)
        self._offer_next(found)
        emptied(self._people)
        self._show_people(found)
        return True

    def capture_next(self) -> None:
        """Make the next project of the type and its opportunity, say so, and go to the chain."""
        found, account = self._found, self.desk.place.account
        if found is None or account is None:
            return
        today = self.desk.session.today()
        name = phrase("Create the opportunity {name}", name=found.name)
        change = self.desk.edit(
            name,
            edits.capture_opportunity,
            account,
            found.type,
            amount=found.amount,
            starts_on=found.next if found.next and found.next > today else None,
        )
        for project in () if change is None else change.added(Project):
            self._go(project)
            said = phrase("{name} is a project and an opportunity now.", name=project.name)
            self.desk.messages.say_made(said, name)

    def open_next(self) -> None:
        """Go to the chain of the next project, which is there already."""
        if self._next is not None:
            self._go(self._next)

    def _go(self, project: Project) -> None:
        """Go to a project's chain; the inspector tells of the project then."""
        self.desk.select(NOTHING)
        self.desk.go(Place(Page.ACCOUNT, project.account, Tab.CHAINS, project.id))

    def _facts(self) -> FieldGrid:
        grid = FieldGrid(self.texts)
        grid.field(phrase("We want it"), self.wanted)
        self._facts_shown = [
            (grid.field(phrase("Next expected"), self.next), self.next),
            (grid.field(phrase("Window"), self.window_of), self.window_of),
            (grid.field(phrase("Prepare by"), self.prepare_by), self.prepare_by),
            (grid.field(phrase("Usual amount"), self.amount), self.amount),
        ]
        return grid

    def _offer_next(self, found: TypeRecurrence) -> None:
        """Offer to make the next project, once; then to go to it."""
        analysis = self.desk.analysis()
        self._next = next_of_type(analysis.projects, found.type, analysis.today)
        self.capture.setVisible(self._next is None)
        self.captured.setVisible(self._next is not None)
        if self._next is not None:
            self.captured.setText(tr("Go to {name}", name=self._next.name))

    def _show_next(self, found: TypeRecurrence) -> None:
        set_property(self.next, "role", "warning" if found.overdue else "strong")
        said = day(found.next) if found.next else ""
        self.next.setText(tr("{day} (overdue)", day=said) if found.overdue else said)
        self.window_of.setText(days(*found.window) if found.window else "")
        self.prepare_by.setText(day(found.prepare_by) if found.prepare_by else "")
        self.amount.setText(_amount(found))
        for title, shown in self._facts_shown:
            title.setVisible(bool(shown.text()))
            shown.setVisible(bool(shown.text()))

    def _show_people(self, found: TypeRecurrence) -> None:
        if found.targets:
            self._heading(tr("Whom to win for the next one"))
            for target in found.targets:
                gain = tr("+{points}", points=number(target.gain, 1))
                self._person(target.person, tr(target.text), gain)
        if found.participants:
            self._heading(tr("Who took part"))
            for one in found.participants[:_PEOPLE_SHOWN]:
                self._participant(one)
            more = len(found.participants) - _PEOPLE_SHOWN
            if more > 0:
                self._people.addWidget(label("small", tr("and {n} more", n=number(more))))

    def _heading(self, text: str) -> None:
        self._people.addSpacing(4)
        self._people.addWidget(label("section", text))

    def _person(self, person: PersonId, text: str, end: str) -> None:
        button = RowButton(text, end)
        button.clicked.connect(lambda: self.desk.show_person(person))
        self._people.addWidget(button)

    def _participant(self, one: Participant) -> None:
        across = row(gap=4)
        roles = listed(one.roles)
        button = RowButton(
            tr("{name}, {roles}", name=one.name, roles=roles) if roles else one.name,
            tr("{n}×", n=number(one.times)),
        )
        button.clicked.connect(lambda: self.desk.show_person(one.person))
        across.addWidget(StanceCourse(self.desk.look, (one.stance,)))
        across.addWidget(button, 1)
        self._people.addLayout(across)

    def _mark(self, wanted: bool) -> None:
        found = self._found
        if found is not None:
            self.desk.edit(
                phrase("Change the type {name}", name=found.name),
                edits.add_project_type,
                name=found.name,
                wanted=wanted,
            )


def _amount(found: TypeRecurrence) -> str:
    if found.amount is None:
        return ""
    said = money(found.amount)
    if not found.other_currencies:
        return said
    others = number(found.other_currencies)
    return tr("{amount}; {n} in other currencies left out", amount=said, n=others)
