"""Answering a missing fact where it is listed: each fact has the editor it needs, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain import edits
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.missing_facts import MissingFact
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Adaptability,
    Dimension,
    Money,
    PersonId,
    ProjectId,
    ProjectType,
)
from brm_desktop.domain.sums.missing import money_affected
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.widgets.fields import AmountField, Choose, TextField, words
from brm_desktop.gui.widgets.frames import ElidedLabel, FewLines, row
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import capitalised, listed, money, tr

_WIDE: Final = 132
_NARROW: Final = 64
_LINES: Final = 2
_SCORES: Final = {
    Fact.CLOSENESS: Dimension.CLOSENESS,
    Fact.SOLUTION: Dimension.SOLUTION,
    Fact.PRICE: Dimension.PRICE,
}


class AnswerRow(QFrame):
    """A question with what hangs on it, and the editor that answers it.

    ``opened`` asks to go where the fact is at home: what takes more than a field is answered there.
    """

    opened = Signal(object)

    def __init__(self, desk: Desk, fact: MissingFact, departments: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("frame", "row")
        self.fact = fact
        self._desk = desk
        self._departments = departments
        question = tr(fact.question)
        said = FewLines("plain", _LINES)
        said.setText(question)
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        texts.addWidget(said)
        texts.addLayout(self._about())
        layout = row(gap=8)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addLayout(texts, 1)
        self.editors = self._editors()
        for editor in self.editors:
            name = editor.text() if isinstance(editor, QPushButton) else ""
            editor.setAccessibleName(listed((question, name)) if name else question)
            layout.addWidget(editor, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
        self.setAccessibleName(listed((question, fact.account_name)))

    def focus_first(self) -> None:
        """Give the keys to the editor."""
        self.editors[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _about(self) -> QHBoxLayout:
        """Of which account it is, and the money that hangs on it, which opens its sum."""
        line = row(gap=4)
        if self.fact.money is not None:
            self.money = SumButton(self._desk.look, "figure")
            why = partial(money_affected, self.fact)
            self.money.show_sum(money(self.fact.money), tr("Money affected"), why)
            line.addWidget(self.money)
        line.addWidget(ElidedLabel("small", self.fact.account_name), 1)
        return line

    def _editors(self) -> list[QWidget]:
        made: dict[Fact, Callable[[], list[QWidget]]] = {
            Fact.DEPARTMENT: lambda: [self._text(self._departments, self._say_department)],
            Fact.TITLE: lambda: [self._text((), lambda text: self._person(title=text))],
            Fact.VETO: lambda: self._yes_no("veto"),
            Fact.APPROVER: lambda: self._yes_no("sole_approver"),
            Fact.INFLUENCE: lambda: [self._asked(), self._there()],
            Fact.ADAPTABILITY: lambda: [self._kind()],
            Fact.TYPE: lambda: [self._text(self._types(), lambda text: self._project(type=text))],
            Fact.AMOUNT: lambda: [self._amount()],
            **dict.fromkeys(_SCORES, lambda: [self._score()]),
        }
        return made.get(self.fact.fact, lambda: [self._there()])()

    def _text(self, known: Sequence[str], answer: Callable[[str], None]) -> QWidget:
        editor = TextField()
        editor.setFixedWidth(_WIDE)
        editor.setPlaceholderText(tr("Answer…"))
        if known:
            completer = QCompleter(list(known), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(completer)
        editor.edited.connect(lambda text: answer(text) if text else None)
        return editor

    def _score(self) -> QWidget:
        editor = TextField()
        editor.setFixedWidth(_NARROW)
        editor.setPlaceholderText("0–100")
        editor.setValidator(QIntValidator(0, 100, editor))
        editor.edited.connect(lambda text: self._assess(int(text)) if text else None)
        return editor

    def _yes_no(self, field: str) -> list[QWidget]:
        found: list[QWidget] = []
        for text, value in ((tr("yes"), True), (tr("no"), False)):
            made = _button(capitalised(text))
            made.clicked.connect(lambda _on=False, said=value: self._person(**{field: said}))
            found.append(made)
        return found

    def _kind(self) -> QWidget:
        choice = Choose()
        choice.setFixedWidth(_WIDE)
        known = [pair for pair in words(Adaptability) if pair[1] is not Adaptability.UNKNOWN]
        choice.offer(known, None)
        choice.setPlaceholderText(tr("Answer…"))
        choice.picked.connect(lambda value: self._person(adaptability=value))
        return choice

    def _asked(self) -> QWidget:
        made = _button(tr("Asked today"))
        made.clicked.connect(lambda: self._person(influence_asked_on=self._desk.session.today()))
        return made

    def _amount(self) -> QWidget:
        editor = AmountField(self._desk.session.settings.currency)
        editor.setFixedWidth(_WIDE)
        editor.setPlaceholderText(tr("Amount"))
        editor.paid.connect(self._pay)
        return editor

    def _there(self) -> QWidget:
        made = _button(tr("Answer there"))
        made.setToolTip(plain_tip(tr("Opens where it is drawn or chosen")))
        made.clicked.connect(lambda: self.opened.emit(self.fact))
        return made

    def _types(self) -> list[str]:
        return sorted(one.name for one in self._desk.records.all(ProjectType).values())

    def _pay(self, amount: Money | None) -> None:
        if amount is not None:
            self._project(amount=amount)

    def _say_department(self, text: str) -> None:
        self._person(department=text)

    def _assess(self, value: int) -> None:
        dimension = _SCORES[self.fact.fact]
        said: dict[str, Any] = {dimension.value: value}
        name = phrase(
            "{name}: {dimension} {value}",
            name=self.fact.name,
            dimension=dimension.phrase,
            value=value,
        )
        self._do(lambda: self._desk.edit(name, edits.assess, PersonId(self.fact.subject), **said))

    def _person(self, **fields: object) -> None:
        name = phrase("Change {name}", name=self.fact.name)
        who = PersonId(self.fact.subject)
        self._do(lambda: self._desk.edit(name, edits.revise_person, who, **fields))

    def _project(self, **fields: object) -> None:
        name = phrase("Change {name}", name=self.fact.name)
        what = ProjectId(self.fact.subject)
        self._do(lambda: self._desk.edit(name, edits.revise_project, what, **fields))

    def _do(self, edit: Callable[[], object]) -> None:
        """Make the edit once its account is in memory; it is read off the window's thread."""
        if self._desk.is_open:  # what is typed when the store closes comes too late
            with_accounts(self._desk, [self.fact.account], edit)


def _button(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setAutoDefault(True)
    return made
