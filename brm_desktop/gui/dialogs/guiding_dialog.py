"""Guided questions, one a page: they end in a proposal with its reason, to take or to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from brm_desktop.domain.centres import action_owner
from brm_desktop.domain.guiding import GuidedProposal, Question, Topic, Value, guide, known_of
from brm_desktop.domain.records import Person, PersonId, Project, ProjectId, Stance
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.dialogs.guiding_answers import (
    TOPIC_TITLES,
    choices_of,
    member_of,
    take,
    value_now,
    value_words,
)
from brm_desktop.gui.inspector.routes_part import first_step_due
from brm_desktop.gui.planning import plan_action
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, label, row
from brm_desktop.gui.widgets.signs import StanceCourse
from brm_desktop.gui.words import capital, joined, name_of
from brm_desktop.language import tr

_WIDE = 520
_HIGH = 470
_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}


class AnswerButton(QPushButton):
    """One answer: the key that takes it, its words on as many lines as needed, and a remark."""

    def __init__(self, place: int, text: str, remark: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(joined(f"{place} {text}", remark))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        layout = row(gap=12)
        layout.setContentsMargins(10, 8, 12, 8)
        self.setLayout(layout)
        key = label("key", str(place))
        words = label("plain", text, wrap=True)
        layout.addWidget(key, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(words, 1)
        layout.addWidget(label("gain" if remark else "small", remark))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the dialog's; a button would only walk among its neighbours."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As its words need."""
        layout = self.layout()
        assert layout is not None  # set when it is made
        return layout.sizeHint()


class GuidingDialog(QDialog):
    """About one person and any topic, or about one topic of several people in turn.

    Keys: 1–9 take an answer, arrows walk, Backspace and Left go back, Esc ends.
    """

    def __init__(
        self,
        desk: Desk,
        project: ProjectId,
        people: Sequence[PersonId],
        topic: Topic | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._project = project
        self._people = tuple(people)
        self._at = 0
        self._only = topic
        self._topic = topic
        self._given: list[str] = []
        self._other = False
        self.answers: list[AnswerButton] = []
        self.setFixedSize(_WIDE, _HIGH)
        self.setWindowTitle(tr("Help me decide"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(4)
        self._name = ElidedLabel("title")
        self._about = ElidedLabel("small")
        layout.addWidget(self._name)
        layout.addWidget(self._about)
        layout.addSpacing(12)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        layout.addLayout(self._body, 1)
        self._build_foot(layout)
        self._show()

    @property
    def person(self) -> PersonId:
        """Who is asked about now."""
        return self._people[self._at]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures answer, arrows walk, Backspace and Left go back."""
        key = Qt.Key(event.key())
        figure = event.text()
        if figure.isdigit() and 1 <= int(figure) <= len(self.answers):
            self.answers[int(figure) - 1].click()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Right}:
            self.focusNextChild()
        elif key is Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Left}:
            self.go_back()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            found = self.focusWidget()
            if isinstance(found, QPushButton):
                found.click()
        else:
            super().keyPressEvent(event)

    def go_back(self) -> None:
        """The page before."""
        if self._other:
            self._other = False
        elif self._given:
            self._given.pop()
        elif self._only is None and self._topic is not None:
            self._topic = None
        else:
            return
        self._show()

    def go_on(self) -> None:
        """The next person, or all topics again, or the end."""
        self._given = []
        self._other = False
        if self._only is None:
            self._topic = None
            self._show()
        elif self._at + 1 < len(self._people):
            self._at += 1
            self._show()
        else:
            self.accept()

    def _build_foot(self, layout: QVBoxLayout) -> None:
        foot = row(gap=8)
        self.back = QPushButton(tr("Back"))
        self.back.clicked.connect(self.go_back)
        self.skip = QPushButton(tr("Skip"))
        self.skip.clicked.connect(self.go_on)
        self.end = QPushButton(tr("Close"))
        self.end.clicked.connect(self.reject)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.end)
        for button in (self.back, self.skip, self.end):
            button.setAutoDefault(False)
        layout.addLayout(foot)

    def _show(self) -> None:
        """Show where one is: the topics, a question, a proposal, or other values."""
        emptied(self._body)
        self.answers = []
        analysis = self.desk.analysis()
        person = self.desk.records.get(Person, self.person)
        project = self.desk.records.get(Project, self._project)
        if person is None or project is None:
            self.reject()
            return
        self._name.setText(name_of(self.desk.records, self.person))
        many = len(self._people) > 1
        count = tr("{n} of {all}", n=self._at + 1, all=len(self._people)) if many else ""
        self._about.setText(joined(count, person.title, project.name))
        self.back.setEnabled(bool(self._given or self._other) or self._topic is not self._only)
        self.skip.setVisible(many)
        if self._topic is None:
            self._show_topics()
        elif self._other:
            self._show_others(self._topic)
        else:
            known = known_of(analysis, self._project, self.person)
            found = guide(known, self._topic, self._given)
            if isinstance(found, Question):
                self._show_question(found)
            else:
                self._show_proposal(self._topic, found)

    def _show_topics(self) -> None:
        member = member_of(self.desk.analysis(), self._project, self.person)
        self._body.addWidget(label("name", tr("What do you want help with?"), wrap=True))
        first: int | None = None
        for place, topic in enumerate(Topic, start=1):
            now = None if member is None else value_now(member, topic)
            first = place if first is None and now is None else first
            said = value_words(topic, now)
            self._answer(place, tr(TOPIC_TITLES[topic]), said, partial(self._take, topic))
        self._settle((first or 1) - 1)

    def _show_question(self, question: Question) -> None:
        self._body.addWidget(label("name", tr(question.text), wrap=True))
        hint = question.hint
        likely = 0
        if hint is not None:
            self._body.addWidget(label("quiet", tr(hint.because), wrap=True))
        for place, answer in enumerate(question.answers, start=1):
            is_likely = hint is not None and hint.answer == answer.key
            likely = place - 1 if is_likely else likely
            remark = tr("likely") if is_likely else ""
            self._answer(place, tr(answer.text), remark, partial(self._give, answer.key))
        self._settle(likely)

    def _show_proposal(self, topic: Topic, found: GuidedProposal) -> None:
        self._body.addWidget(label("section", tr(TOPIC_TITLES[topic])))
        heading = row(gap=8)
        if isinstance(found.value, Stance):
            heading.addWidget(StanceCourse(self.desk.look, (found.value,)))
        says = (
            capital(value_words(topic, found.value))
            if found.value is not None
            else tr("Better left open for now")
        )
        heading.addWidget(label("name", says, wrap=True), 1)
        self._body.addLayout(heading)
        self._body.addWidget(label("plain", tr(found.reason), wrap=True))
        self._body.addSpacing(8)
        if found.value is not None:
            reason = tr(found.reason)
            self._answer(1, tr("Accept"), "", partial(self._accept, topic, found.value, reason))
        elif found.next_step is not None:
            step = tr(found.next_step)
            self._answer(1, tr("Plan it: {action}", action=step), "", partial(self._plan, step))
        self._answer(2, tr("Choose another"), "", self._choose_another)
        self._settle(0)

    def _show_others(self, topic: Topic) -> None:
        self._body.addWidget(label("name", tr("What is it, then?"), wrap=True))
        for place, (text, value) in enumerate(choices_of(topic), start=1):
            self._answer(place, text, "", partial(self._accept, topic, value, ""))
        self._settle(0)

    def _answer(self, place: int, text: str, remark: str, taken: Callable[[], object]) -> None:
        button = AnswerButton(place, text, remark)
        button.clicked.connect(lambda _=False: taken())
        self.answers.append(button)
        self._body.addWidget(button)

    def _settle(self, first: int) -> None:
        self._body.addStretch(1)
        before: QWidget = self.back
        for button in self.answers:
            self.setTabOrder(before, button)
            before = button
        self.answers[first].setFocus()

    def _take(self, topic: Topic) -> None:
        self._topic = topic
        self._show()

    def _give(self, key: str) -> None:
        self._given.append(key)
        self._show()

    def _choose_another(self) -> None:
        self._other = True
        self._show()

    def _accept(self, topic: Topic, value: Value, reason: str) -> None:
        if take(self.desk, self._project, self.person, topic, value, reason):
            self.go_on()
        else:
            self.reject()

    def _plan(self, step: str) -> None:
        analysis = self.desk.analysis()
        owner = action_owner(analysis, self.person)
        due = first_step_due(self.desk)
        if plan_action(self.desk, analysis.account, step, self.person, due, owner):
            self.go_on()
