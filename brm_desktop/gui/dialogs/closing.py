"""What is asked when a project ends: how, when, and the two things worth keeping of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import (
    Opportunity,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Outcome,
    Project,
)
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.dialogs.form import Form
from brm_desktop.gui.widgets.fields import Choose, words
from brm_desktop.gui.widgets.frames import set_property
from brm_desktop.gui.widgets.value_fields import DateField
from brm_desktop.language import tr, trn

_LINES_HIGH: Final = 84
_WIDE: Final = 600


class Course(Word):
    """Whether we came closer to the customer's people over a project."""

    ROSE = "rose", "it rose"
    SAME = "same", "it stayed as it was"
    FELL = "fell", "it fell"


class ClosingDialog(Form):
    """Asks of a project that ends whether closeness rose, and what it taught of coming needs."""

    def __init__(
        self,
        parent: QWidget | None,
        project: Project,
        outcome: Outcome,
        today: date,
        rivals: Iterable[tuple[str, object]],
    ) -> None:
        super().__init__(
            parent,
            tr("{name}: {outcome}", name=project.name, outcome=tr(outcome)),
            tr("Close the project"),
            tr("Everything but the day may stay empty; the answers go to the project's notes."),
        )
        self.setMinimumWidth(_WIDE)
        self.on = DateField()
        self.on.show_date(_usual_day(project, today))
        self.lost_to = Choose()
        self.lost_to.offer([("", None), *rivals], project.lost_to)
        self.course = Choose()
        self.course.offer([("", None), *words(Course)], None)
        self.whom = QLineEdit()
        self.heard = QPlainTextEdit()
        self.heard.setTabChangesFocus(True)
        self.heard.setFixedHeight(_LINES_HIGH)
        self.field(tr("Decided on"), self.on)
        if outcome is Outcome.LOST:
            self.field(tr("Lost to"), self.lost_to)
        self.field(tr("Did closeness rise?"), self.course)
        self.field(tr("With whom"), self.whom)
        self.field(tr("What it taught of needs in the next three years"), self.heard)
        self.needs(self.on)
        self.course.setFocus()

    @property
    def day(self) -> date | None:
        """The day it was decided."""
        return self.on.value

    @property
    def rival(self) -> OrganisationId | None:
        """Who won instead of us, as far as it is known."""
        chosen = self.lost_to.chosen
        return None if chosen is None else OrganisationId(str(chosen))

    @property
    def learnt(self) -> str:
        """The need that was heard of, if any."""
        return self.heard.toPlainText().strip()

    @property
    def closeness(self) -> str:
        """What is to be noted of closeness, if anything."""
        course, whom = self.course.chosen, self.whom.text().strip()
        if not isinstance(course, Course):
            return whom and tr("Closeness: {whom}", whom=whom)
        if whom:
            return tr("Closeness: {course}, {whom}", course=tr(course), whom=whom)
        return tr("Closeness: {course}", course=tr(course))


def ask_closing(desk: Desk, parent: QWidget, project: Project, outcome: Outcome) -> None:
    """Ask the two things worth keeping of a project, and end it; opened again it is at once."""
    if outcome is Outcome.OPEN:
        again = {"outcome": outcome, "decided_on": None, "lost_to": None}
        desk.edit(_opened_again(project), edits.revise_project, project.id, **again)
        return
    rivals = desk.records.where(Organisation, kind=OrganisationKind.COMPETITOR)
    form = ClosingDialog(
        parent,
        project,
        outcome,
        desk.session.today(),
        [(one.name, one.id) for one in rivals],
    )
    if form.exec():
        desk.edit(
            _ended(project, outcome),
            edits.close_project,
            project.id,
            outcome,
            on=form.day,
            lost_to=form.rival,
            closeness=form.closeness,
            learnt=form.learnt,
        )


def close_unasked(desk: Desk, outcome: Outcome, project: Project) -> None:
    """End a project where nothing can be asked: on the day, and lost to whom, that are known."""
    day = _usual_day(project, desk.session.today())
    rival = project.lost_to
    name = _ended(project, outcome)
    desk.edit(name, edits.close_project, project.id, outcome, on=day, lost_to=rival)


def ask_end_of(desk: Desk, parent: QWidget, opportunity: Opportunity, outcome: Outcome) -> None:
    """End an opportunity, with its project where it is all that is open there, or open it again.

    Where other opportunities of the project are open, it is asked whether they end with it.
    """
    project, others = _open_with(desk, opportunity)
    if outcome is Outcome.OPEN:
        name = _opened_again(opportunity)
        desk.edit(name, edits.revise_opportunity, opportunity.id, outcome=outcome)
    elif project is None:
        _end_alone(desk, opportunity, outcome)
    else:
        wanted = _Ends.ALL if not others else _ask_what_ends(parent, project, others)
        if wanted is _Ends.ALL:
            ask_closing(desk, parent, project, outcome)
        elif wanted is _Ends.ONE:
            _end_alone(desk, opportunity, outcome)


def end_unasked(desk: Desk, opportunity: Opportunity, outcome: Outcome) -> None:
    """End an opportunity where nothing can be asked, with its project where all there ends so."""
    project, others = _open_with(desk, opportunity)
    if project is None or others:
        _end_alone(desk, opportunity, outcome)
    else:
        close_unasked(desk, outcome, project)


class _Ends(Enum):
    """What ends when one of several opportunities of a project does."""

    ALL = auto()
    ONE = auto()
    NONE = auto()


def _ask_what_ends(parent: QWidget, project: Project, others: int) -> _Ends:
    """Ask whether a project ends with one of its opportunities, and the others with it."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(project.name)
    box.setText(
        trn(
            "{name} is still open, and {n} other opportunity of it. Did all of it end like this?",
            "{name} is still open, and {n} other opportunities of it. Did all of it end like this?",
            others,
            name=project.name,
        )
    )
    roles = QMessageBox.ButtonRole
    one = box.addButton(tr("Only this one"), roles.AcceptRole)
    everything = box.addButton(tr("Close the project"), roles.AcceptRole)
    cancel = box.addButton(tr("Cancel"), roles.RejectRole)
    set_property(one, "kind", "primary")
    box.setDefaultButton(one)
    box.setEscapeButton(cancel)
    box.exec()
    if box.clickedButton() is one:
        return _Ends.ONE
    return _Ends.ALL if box.clickedButton() is everything else _Ends.NONE


def _open_with(desk: Desk, opportunity: Opportunity) -> tuple[Project | None, int]:
    """The project of an opportunity while it is open, and how many others are open in it."""
    project = desk.records.get(Project, opportunity.project)
    others = [
        one
        for one in desk.records.where(Opportunity, project=opportunity.project)
        if one.outcome is Outcome.OPEN and one.id != opportunity.id
    ]
    is_open = project is not None and project.outcome is Outcome.OPEN
    return (project if is_open else None), len(others)


def _end_alone(desk: Desk, opportunity: Opportunity, outcome: Outcome) -> None:
    name = _ended(opportunity, outcome)
    desk.edit(name, edits.close_opportunity, opportunity.id, outcome)


def _usual_day(project: Project, today: date) -> date:
    """When a project was decided if nobody says otherwise: on its day, today at the latest."""
    return min(project.decided_on or today, today)


def _ended(what: Project | Opportunity, outcome: Outcome) -> Phrase:
    return phrase("{name}: {outcome}", name=what.name, outcome=outcome.phrase)


def _opened_again(what: Project | Opportunity) -> Phrase:
    return phrase("Open {name} again", name=what.name)
