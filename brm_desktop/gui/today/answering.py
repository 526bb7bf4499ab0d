"""Answering a missing fact where it is listed: each fact has the editor it needs, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.missing_facts import MissingFact
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import (
    Adaptability,
    Outcome,
    PersonId,
    Project,
    ProjectType,
    Role,
    Stance,
)
from brm_desktop.domain.spelling import name_order
from brm_desktop.domain.sums.missing import money_affected
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.dialogs.closing import ask_closing, close_unasked
from brm_desktop.gui.today.answers import SCORES, Answers
from brm_desktop.gui.today.choosing import ChoosePerson, ChooseSomebody, choose_colleague
from brm_desktop.gui.widgets.fields import Choose, TextField
from brm_desktop.gui.widgets.frames import ElidedLabel, FewLines, row, set_property, tab_chain
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.widgets.value_fields import AmountField, DateField, NumberField
from brm_desktop.language import capitalised, listed, money, tr

_WIDE: Final = 132
_NARROW: Final = 64
_ARROW: Final = 28
_ICON: Final = 16
_LINES: Final = 2
_BELOW: Final = frozenset({Fact.PEOPLE, Fact.PLACE, Fact.TIE, Fact.PARTICIPANTS})
"""Facts whose editors need a line of their own, beneath the question."""
_ENDS: Final = tuple(one for one in Outcome if one is not Outcome.OPEN)


class AnswerRow(QFrame):
    """A question with what hangs on it, and the editor that answers it.

    ``opened`` asks to go where the fact is at home: what is easier drawn can be answered there.
    """

    opened = Signal(object)

    def __init__(self, desk: Desk, fact: MissingFact, departments: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("frame", "row")
        self.fact = fact
        self._desk = desk
        self._answers = Answers(desk, fact)
        self._departments = departments
        self._question = tr(fact.next_question)
        said = FewLines("plain", _LINES)
        said.setText(self._question)
        self.money = SumButton(desk.look, "figure")
        self.editors = self._editors()
        answers = row(gap=8)
        for editor in self.editors:
            if not editor.accessibleName():
                name = editor.text() if isinstance(editor, QPushButton) else ""
                editor.setAccessibleName(listed(part for part in (self._question, name) if part))
            answers.addWidget(editor, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._laid_out(said, answers))
        self.setAccessibleName(listed((self._question, fact.account_name)))
        self.stops = (self.money, *self.editors)
        tab_chain(*self.stops)
        self._show_money()

    def focus_first(self) -> None:
        """Give the keys to the editor."""
        self.editors[0].setFocus(Qt.FocusReason.TabFocusReason)

    def goes_on_with(self, fact: MissingFact) -> bool:
        """Take a fact that asks the same for other money; false when it asks something else."""
        same = replace(
            self.fact,
            importance=fact.importance,
            part=fact.part,
            share=fact.share,
            spend=fact.spend,
            money=fact.money,
        )
        if same != fact:
            return False
        self.fact = fact
        self._show_money()
        return True

    def _laid_out(self, said: FewLines, answers: QHBoxLayout) -> QVBoxLayout | QHBoxLayout:
        """The question, and the answers beside it or, where they are wide, beneath."""
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        texts.addWidget(said)
        about = row(gap=4)
        about.addWidget(self.money)
        about.addWidget(ElidedLabel("small", self.fact.account_name), 1)
        if self.fact.fact in _BELOW:
            texts.setContentsMargins(12, 6, 8, 6)
            texts.setSpacing(4)
            about.addLayout(answers)
            texts.addLayout(about)
            return texts
        texts.addLayout(about)
        beside = row(gap=8)
        beside.setContentsMargins(12, 6, 8, 6)
        beside.addLayout(texts, 1)
        beside.addLayout(answers)
        return beside

    def _show_money(self) -> None:
        """The money that hangs on it, which opens its sum."""
        fact = self.fact
        self.money.setVisible(fact.money is not None)
        if fact.money is not None:
            why = partial(money_affected, fact)
            self.money.show_sum(money(fact.money), tr("Money affected"), why)

    def _editors(self) -> list[QWidget]:
        made: dict[Fact, Callable[[], list[QWidget]]] = {
            Fact.DEPARTMENT: lambda: [
                self._text(self._departments, lambda said: self._answers.person(department=said))
            ],
            Fact.TITLE: lambda: [
                self._text((), lambda said: self._answers.person(title=said)),
            ],
            Fact.PLACE: lambda: [self._manager(), self._there()],
            Fact.VETO: lambda: self._yes_no("veto"),
            Fact.APPROVER: lambda: self._yes_no("sole_approver"),
            Fact.INFLUENCE: lambda: [self._asked(), self._there()],
            Fact.ADAPTABILITY: lambda: [self._kind()],
            Fact.TIE: lambda: [*self._tie(), self._there()],
            Fact.TYPE: lambda: [
                self._text(self._types(), lambda said: self._answers.project(type=said))
            ],
            Fact.AMOUNT: lambda: [self._amount(self._answers.project, "amount")],
            Fact.DATES: lambda: [self._date(self._answers.project, self.fact.undated[0])],
            Fact.OUTCOME: lambda: [self._outcome()],
            Fact.PARTICIPANTS: lambda: [*self._of_chain(), self._there()],
            Fact.SPEND: lambda: [self._amount(self._answers.account, "expected_annual_spend")],
            Fact.PEOPLE: lambda: [
                self._text((), self._answers.newcomer, tr("Who is it?")),
                self._there(),
            ],
            Fact.DEAL_AMOUNT: lambda: [self._amount(self._answers.opportunity, "amount")],
            Fact.DEAL_DAY: lambda: [self._date(self._answers.opportunity, "expected_close")],
            **dict.fromkeys(SCORES, lambda: [self._score()]),
        }
        return made[self.fact.fact]()

    def _text(
        self, known: Sequence[str], answer: Callable[[str], None], asked: str = ""
    ) -> QWidget:
        editor = TextField()
        editor.setFixedWidth(_WIDE)
        editor.setPlaceholderText(asked or tr("Answer…"))
        if known:
            completer = QCompleter(list(known), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(completer)
        editor.edited.connect(lambda text: answer(text) if text else None)
        return editor

    def _score(self) -> QWidget:
        editor = NumberField(0, 100)
        editor.setFixedWidth(_NARROW)
        editor.counted.connect(lambda said: None if said is None else self._answers.score(said))
        return editor

    def _yes_no(self, field: str) -> list[QWidget]:
        found: list[QWidget] = []
        for text, value in ((tr("yes"), True), (tr("no"), False)):
            made = _button(capitalised(text))
            made.clicked.connect(
                lambda _on=False, said=value: self._answers.person(**{field: said})
            )
            found.append(made)
        return found

    def _kind(self) -> QWidget:
        choice = self._choice(one for one in Adaptability if one is not Adaptability.UNKNOWN)
        choice.picked.connect(lambda value: self._answers.person(adaptability=value))
        return choice

    def _asked(self) -> QWidget:
        made = _button(tr("Asked today"))
        today = self._desk.session.today
        made.clicked.connect(lambda: self._answers.person(influence_asked_on=today()))
        return made

    def _amount(self, answer: Callable[..., None], field: str) -> QWidget:
        """An amount of what is asked about."""
        editor = AmountField(self._desk.session.settings.currency)
        editor.setFixedWidth(_WIDE)
        editor.setPlaceholderText(tr("Amount"))
        editor.paid.connect(lambda said: answer(**{field: said}) if said else None)
        return editor

    def _manager(self) -> QWidget:
        """Whom somebody reports to."""
        subject = self.fact.subject
        chooser = ChoosePerson(self._desk, self.fact.account, subject)
        chooser.answered.connect(self._answers.manager)
        return chooser

    def _tie(self) -> list[QWidget]:
        """Who of us knows somebody, and how well: an answer once both are said."""
        who = choose_colleague(self._desk)
        closeness = NumberField(1, 100)
        closeness.setFixedWidth(_NARROW)
        for said in (who.picked, closeness.counted):
            said.connect(lambda _said: self._know(who, closeness))
        closeness.setAccessibleName(tr("Closeness of the tie, 1 to 100"))
        return [who, closeness]

    def _date(self, answer: Callable[..., None], field: str) -> QWidget:
        """A day of what is asked about."""
        editor = DateField()
        editor.setFixedWidth(_WIDE)
        editor.dated.connect(lambda said: answer(**{field: said}) if said else None)
        return editor

    def _outcome(self) -> QWidget:
        """How a project ended; closing it asks the two things that every closing does."""
        choice = self._choice(_ENDS)
        choice.picked.connect(
            lambda outcome: self._answers.ended(
                partial(self._close, choice, outcome), partial(close_unasked, self._desk, outcome)
            )
        )
        return choice

    def _of_chain(self) -> list[QWidget]:
        """Who decides a project; of somebody on its chain what is not known of him."""
        if not self.fact.members:
            chooser = ChoosePerson(self._desk, self.fact.account)
            chooser.answered.connect(self._answers.decider)
            return [chooser]
        member = self.fact.members[0]
        found: list[QWidget] = []
        if member.role:
            role = self._choice(Role, tr("Role"))
            role.picked.connect(lambda said: self._answers.member(member.person, roles=(said,)))
            found.append(role)
        if member.stance:
            stance = self._choice(
                (one for one in Stance if one is not Stance.UNKNOWN), tr("Stance")
            )
            stance.picked.connect(lambda said: self._answers.member(member.person, stance=said))
            found.append(stance)
        return found

    def _choice(self, offered: Iterable[Word], asked: str = "") -> Choose:
        choice = Choose()
        choice.setFixedWidth(_WIDE)
        choice.offer([(capitalised(tr(one)), one) for one in offered], None)
        choice.setPlaceholderText(asked or tr("Answer…"))
        choice.setProperty("asks", True)
        choice.currentIndexChanged.connect(lambda place: set_property(choice, "asks", place < 0))
        if asked:
            choice.setAccessibleName(listed((self._question, asked)))
        return choice

    def _there(self) -> QWidget:
        made = QPushButton()
        made.setProperty("kind", "sign")
        made.setFixedSize(_ARROW, _ARROW)
        made.setIcon(self._desk.look.icon("right", "quiet", _ICON))
        made.setAccessibleName(listed((self._question, tr("Answer there"))))
        made.setToolTip(plain_tip(tr("Opens where it is drawn or chosen")))
        made.clicked.connect(lambda: self.opened.emit(self.fact))
        return made

    def _types(self) -> list[str]:
        types = self._desk.records.all(ProjectType).values()
        return sorted((one.name for one in types), key=name_order)

    def _know(self, who: ChooseSomebody, closeness: NumberField) -> None:
        """Take a tie once both are said; who is still to be said gets the keys."""
        if who.chosen is None or closeness.value is None:
            (who if who.chosen is None else closeness).setFocus()
        else:
            self._answers.tie(PersonId(str(who.chosen)), closeness.value)

    def _close(self, choice: Choose, outcome: Outcome, project: Project) -> None:
        """Ask what every closing asks; who thinks better of it is asked again."""
        window = self._desk.parent()
        assert isinstance(window, QWidget)
        ask_closing(self._desk, window, project, outcome)
        if self._desk.records.one(Project, project.id).outcome is Outcome.OPEN and isValid(choice):
            choice.show_choice(None)
            set_property(choice, "asks", True)


def _button(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setAutoDefault(True)
    return made
