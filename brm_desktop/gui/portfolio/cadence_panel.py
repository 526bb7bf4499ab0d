"""The reviews of an account that come round in turn: when each was held, and noting that it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.cadence import ReviewState, every_days, review_states
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Review, ReviewKind
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.weekly import review_of
from brm_desktop.gui.look import Look
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import TextField
from brm_desktop.gui.widgets.frames import column, label
from brm_desktop.gui.words import capital, joined
from brm_desktop.language import day, tr

_BETWEEN: Final = 4
"""Between one kind and the next, besides the spacing of the lines."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The widgets of one kind of review."""

    name: QLabel
    state: QLabel
    remark: TextField | None
    record: QPushButton | None


class CadencePanel(QWidget):
    """A line for each kind; ``held`` tells one that was, ``remarked`` what was said in it today."""

    held = Signal(object)
    remarked = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.texts = Texts(self)
        layout = column(gap=8)
        self.setLayout(layout)
        heading = label("strong")
        self.texts.bind(heading.setText, phrase("Reviews in turn"))
        layout.addWidget(heading)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        layout.addLayout(self._grid)
        self.lines = {kind: self._line(kind) for kind in every_days(Rules())}

    def show_account(self, analysis: AccountAnalysis) -> None:
        """Show how it stands with each review."""
        reviews = analysis.records.where(Review, account=analysis.account)
        states = review_states(analysis.record, reviews, analysis.today, analysis.rules)
        for state in states:
            self._show(state)
            remark = self.lines[state.kind].remark
            if remark is not None:
                today = review_of(analysis, analysis.today, state.kind)
                remark.show_text("" if today is None else today.remarks)

    def remark(self, kind: str) -> TextField | None:
        """Where one remarks on a kind of review; the WHCSE review has a form of its own."""
        return next((line.remark for one, line in self.lines.items() if one == kind), None)

    def commit(self) -> None:
        """Take up remarks that are still being typed."""
        for line in self.lines.values():
            if line.remark is not None:
                line.remark.commit()

    def _line(self, kind: ReviewKind) -> _Line:
        at = self._grid.rowCount()
        name, state = label("plain"), label("small")
        self.texts.bind(lambda said: name.setText(capital(said)), kind.phrase)
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(state, at + 1, 0, 1, 2)
        if kind is ReviewKind.WHCSE:
            return _Line(name, state, None, None)
        remark = TextField()
        self.texts.bind(remark.setPlaceholderText, phrase("What was said: kept as today's review"))
        remark.edited.connect(lambda said: self.remarked.emit(kind, said))
        changes_records(remark)
        self.texts.name(remark, _about(kind))
        record = QPushButton()
        self.texts.bind(record.setText, phrase("Held today"))
        self.texts.name(record, _held(kind))
        record.clicked.connect(lambda: self._record(kind, remark))
        changes_records(record)
        self._grid.addWidget(record, at, 1)
        self._grid.addWidget(remark, at + 2, 0, 1, 2)
        self._grid.setRowMinimumHeight(at + 3, _BETWEEN)
        return _Line(name, state, remark, record)

    def _record(self, kind: ReviewKind, remark: TextField) -> None:
        """Note that a review was held today, with what is still being typed beside it."""
        remark.commit()
        self.held.emit(kind)

    def _show(self, state: ReviewState) -> None:
        shown = self.lines[state.kind].state
        last = tr("last {day}", day=day(state.last)) if state.last else ""
        shown.setText(joined(last, tr(state.said)))
        tint = "weak" if state.due else "quiet"
        shown.setStyleSheet(f"color: {self._look.text_colour(tint).name()};")


def _about(kind: ReviewKind) -> Phrase:
    return phrase("Remarks on the {review}", review=kind)


def _held(kind: ReviewKind) -> Phrase:
    return phrase("Held today: {review}", review=kind)
