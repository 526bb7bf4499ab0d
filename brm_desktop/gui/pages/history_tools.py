"""The choices that narrow a history down: whom it is about, what, who said it, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import KINDS, Person, PersonId, Record, Records
from brm_desktop.domain.spelling import in_name_order, name_order
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.value_words import kind_said
from brm_desktop.gui.widgets.fields import Choose, ChooseName
from brm_desktop.gui.widgets.value_fields import DateField, parse_date
from brm_desktop.gui.words import capital, person_name
from brm_desktop.language import tr
from brm_desktop.session.history_filter import HistoryFilter
from brm_desktop.session.session import HistoryLine

_DATE_WIDE = 104


class HistoryTools(QWidget):
    """A row of choices; ``changed`` when one of them is made."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        self.person = ChooseName()
        self.kind = Choose()
        self.author = Choose()
        self.since = DateField()
        self.until = DateField()
        choices: tuple[tuple[Choose, Phrase], ...] = (
            (self.person, phrase("About whom")),
            (self.kind, phrase("About what")),
            (self.author, phrase("Said by whom")),
        )
        for choice, name in choices:
            texts.name(choice, name)
            texts.bind(choice.setToolTip, name)
            choice.setMinimumWidth(90)
            choice.picked.connect(lambda _value: self.changed.emit())
            across.addWidget(choice, 1)
        days: tuple[tuple[DateField, Phrase], ...] = (
            (self.since, phrase("From the day")),
            (self.until, phrase("To the day")),
        )
        for field, name in days:
            texts.name(field, name)
            texts.bind(field.setToolTip, name)
            texts.bind(field.setPlaceholderText, name)
            field.setFixedWidth(_DATE_WIDE)
            field.dated.connect(lambda _value: self.changed.emit())
            across.addWidget(field)

    def filter(self) -> HistoryFilter:
        """What is chosen now."""
        return HistoryFilter(
            cast("PersonId | None", self.person.chosen),
            cast("type[Record] | None", self.kind.chosen),
            cast("str | None", self.author.chosen),
            parse_date(self.since.text()),
            parse_date(self.until.text()),
        )

    def offer(
        self, lines: Sequence[HistoryLine], records: Records, analysis: AccountAnalysis
    ) -> None:
        """Offer the account's people and the kinds and authors there are, keeping the choice."""
        everyone = records.where(Person, organisation=analysis.organisation.id)
        people: list[tuple[str, object]] = [
            *in_name_order((person_name(one), one.id) for one in everyone)
        ]
        there = {line.kind for line in lines}
        kinds: list[tuple[str, object]] = [
            (capital(kind_said(kind)), kind) for kind in KINDS if kind in there
        ]
        authors = sorted({line.author_name for line in lines if line.author_name}, key=name_order)
        for choice, first, choices in (
            (self.person, tr("Everybody"), people),
            (self.kind, tr("Everything"), kinds),
            (self.author, tr("By anybody"), [(name, name) for name in authors]),
        ):
            every: list[tuple[str, object]] = [(first, None)]
            now = choice.chosen
            kept = now if now in [value for _, value in choices] else None
            choice.offer(every + cast("list[tuple[str, object]]", choices), kept)
