"""The next missing facts by the money that hangs on them, each answered where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.missing_facts import MissingFact
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.today.answering import AnswerRow
from brm_desktop.gui.widgets.frames import label, panel
from brm_desktop.language import trn

FIRST: Final = 8
MORE: Final = 12
Departments = Callable[[MissingFact], Sequence[str]]


class MissingPanel(QWidget):
    """Questions to answer; a row that is being typed in stays while its fact is missing."""

    opened = Signal(object)

    def __init__(self, desk: Desk, departments: Departments) -> None:
        super().__init__()
        self._desk = desk
        self._departments = departments
        self._facts: Sequence[MissingFact] = ()
        self._shown = FIRST
        self.rows: dict[str, AnswerRow] = {}
        self.texts = Texts(self)
        self.heading = label("name")
        self.texts.bind(self.heading.setText, phrase("Next missing facts"))
        about = label("small", wrap=True)
        self.texts.bind(
            about.setText,
            phrase("What is not known and moves most money: spend × importance × fact."),
        )
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.nothing = label("quiet", wrap=True)
        self.more = QPushButton()
        self.more.setProperty("kind", "link")
        self.more.clicked.connect(self._show_more)
        sheet = panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(self.heading)
        inside.addWidget(about)
        inside.addLayout(self._lines)
        inside.addWidget(self.nothing)
        inside.addWidget(self.more)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab stops at, question by question."""
        shown = [self.rows[fact.key] for fact in self._facts if fact.key in self.rows]
        return (*(stop for one in shown for stop in one.stops), self.more)

    def show_facts(self, facts: Sequence[MissingFact], nothing: str) -> None:
        """Show facts, and what is said where there are none."""
        self._facts = facts
        self.nothing.setText(nothing)
        self.nothing.setVisible(not facts)
        self._fill()

    def remade(self) -> None:
        """Say everything again, as in another language."""
        while self.rows:
            self._let_go(self.rows.popitem()[1])
        self._fill()

    def focus_first(self) -> None:
        """Give the keys to the first question."""
        if self._facts:
            self.rows[self._facts[0].key].focus_first()

    def _fill(self) -> None:
        wanted = {fact.key: fact for fact in self._facts[: self._shown]}
        focus, place_of_focus = QApplication.focusWidget(), -1
        for key in [key for key, one in self.rows.items() if not _stays(one, wanted.get(key))]:
            gone = self.rows.pop(key)
            if focus is not None and gone.isAncestorOf(focus):
                place_of_focus = self._lines.indexOf(gone)
            self._let_go(gone)
        for place, (key, fact) in enumerate(wanted.items()):
            found = self.rows.get(key)
            if found is None:
                found = self.rows[key] = AnswerRow(self._desk, fact, self._departments(fact))
                found.opened.connect(self.opened)
            if self._lines.indexOf(found) != place:
                self._lines.removeWidget(found)
                self._lines.insertWidget(place, found)
        left = len(self._facts) - len(wanted)
        self.more.setText(trn("Show {n} more", "Show {n} more", left))
        self.more.setVisible(left > 0)
        if place_of_focus >= 0 and wanted:
            keys = list(wanted)
            following = self.rows[keys[min(place_of_focus, len(keys) - 1)]]
            QTimer.singleShot(0, following, following.focus_first)

    def _show_more(self) -> None:
        self._shown += MORE
        self._fill()

    @staticmethod
    def _let_go(gone: AnswerRow) -> None:
        gone.hide()
        gone.setParent(None)
        gone.deleteLater()


def _stays(shown: AnswerRow, fact: MissingFact | None) -> bool:
    """Whether a row asks what is still to be asked; what is being typed in it is kept."""
    return fact is not None and shown.goes_on_with(fact)
