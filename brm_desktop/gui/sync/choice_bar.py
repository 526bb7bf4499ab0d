"""The line beneath a tree of what leaves or stays: what is chosen about the line that is lit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Choice, Record
from brm_desktop.domain.wording import title_of
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.field_words import field_word
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.sync.choices import (
    choose,
    chosen_for,
    field_choices,
    fields_of,
    record_choices,
)
from brm_desktop.gui.sync.leaving import Subject, Waiting
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.sync.seen import Seen
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import ElidedLabel, row
from brm_desktop.language import listed, tr, trn

_WIDE = 260


class ChoiceBar(QWidget):
    """Says what the line is about and lets one choose; off where nothing can be chosen."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seen: Seen | None = None
        self._subject: Subject | None = None
        self._waiting: Waiting | None = None
        self.texts = Texts(self)
        across = row(gap=8)
        across.setContentsMargins(4, 4, 4, 0)
        self.setLayout(across)
        self.about = ElidedLabel("quiet")
        self.let = QPushButton()
        self.texts.bind(self.let.setText, phrase("Let it leave"))
        self.texts.name(self.let, phrase("Let it leave"))
        self.let.clicked.connect(self.let_leave)
        self.choice = Choose()
        self.choice.setMinimumWidth(_WIDE)
        self.texts.name(self.choice, phrase("Shared with"))
        self.choice.picked.connect(self._picked)
        for part in (self.let, self.choice):
            changes_records(part)
            kept = part.sizePolicy()
            kept.setRetainSizeWhenHidden(True)  # the bar would grow over the last line of the tree
            part.setSizePolicy(kept)
        across.addWidget(self.about, 1)
        across.addWidget(self.let)
        across.addWidget(self.choice)
        self.show_line(None, None)

    def show_line(self, about: object, seen: Seen | None) -> None:
        """Offer what can be chosen about a line of the tree."""
        self._waiting = about if isinstance(about, Waiting) and about.asked else None
        self._show_subject(about if isinstance(about, Subject) else None, seen)
        if self._waiting is not None:
            n = len(self._waiting.asked)
            self.about.setText(trn("{n} record or field", "{n} records and fields", n))
            self.let.show()

    def _show_subject(self, subject: Subject | None, seen: Seen | None) -> None:
        self._subject, self._seen = subject, seen
        record = self._record()
        self.choice.setVisible(record is not None)
        self.let.setVisible(record is not None and subject is not None and subject.asked)
        if record is None or subject is None or seen is None:
            self.about.setText(tr("Choose a line to say with whom it is shared."))
            return
        what = listed([title_of(seen.records, record)])
        if subject.field:
            what = f"{what}: {field_word(subject.field)}"
        self.about.setText(what)
        fixed = subject.field and subject.field not in {name for _, name in fields_of(type(record))}
        self.choice.setEnabled(not fixed)
        if fixed:
            self.choice.offer([(tr("goes with all the rest"), None)], None)
            return
        if subject.field:
            offered = field_choices(seen.records, record, subject.field, seen.scopes)
        else:
            offered = record_choices(seen.records, record, seen.scopes)
        self.choice.offer(offered, chosen_for(seen.records, record.id, subject.field))

    def let_leave(self) -> None:
        """Let what was asked for leave, to the account's team."""
        subject = self._subject
        if self._waiting is not None:
            self._let_all(self._waiting)
        elif subject is not None and subject.asked:
            self._do(subject, Choice.TEAM)

    def _picked(self, choice: object) -> None:
        assert choice is None or isinstance(choice, Choice)
        if self._subject is not None:
            self._do(self._subject, choice)

    def _do(self, subject: Subject, choice: Choice | None) -> None:
        def then() -> None:
            record = self._desk.records.get(kind_named(subject.key[0]), subject.key[1])
            if record is None:
                self._desk.messages.warn(phrase("This is no longer there."))
            elif choose(self._desk, record, subject.field, choice):
                self.chosen.emit()

        with_accounts(self._desk, [subject.account], then)

    def _let_all(self, waiting: Waiting) -> None:
        """Let all records leave that wait for it: one edit, in all their accounts."""
        seen = self._seen
        if seen is None:
            return
        found = (seen.records.get(kind_named(kind), key) for (kind, key), _ in waiting.asked)
        accounts = {one for record in found if record is not None for one in seen.scopes.of(record)}

        def then() -> None:
            asked = [(key, field) for (_, key), field in waiting.asked]
            name = phrase("Let leave what asked for it")
            if self._desk.edit(name, edits.let_leave, asked) is not None:
                self.chosen.emit()

        with_accounts(self._desk, accounts, then)

    def _record(self) -> Record | None:
        if self._subject is None or self._seen is None:
            return None
        kind, key = self._subject.key
        return self._seen.records.get(kind_named(kind), key)
