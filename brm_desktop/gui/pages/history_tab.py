"""Who said what when, assumed or confirmed: every edit, what it changed, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk, Place
from brm_desktop.gui.field_words import field_word
from brm_desktop.gui.pages.history_tools import HistoryTools
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.value_words import (
    basis_said,
    changes_said,
    field_said,
    kind_said,
    subject_said,
)
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import filter_field, list_head, table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.language import tr, trn
from brm_desktop.session.history_filter import HistoryFilter
from brm_desktop.session.restoring import taken_back
from brm_desktop.session.restoring_fields import restored_value
from brm_desktop.session.session import FieldChange, HistoryLine

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Step:
    """One edit with its lines."""

    lines: tuple[HistoryLine, ...]

    @property
    def first(self) -> HistoryLine:
        """The line that stands for the edit."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Detail:
    """What one edit did to one field of one record."""

    line: HistoryLine
    field: FieldChange

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.line.number}/{self.field.field}"


class HistoryTab(DeskPage):
    """The edits above, what the chosen one changed below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._most = _AT_ONCE
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        self.count = label("quiet")
        self.filter = filter_field(self.texts, phrase("Filter the history"))
        self.more = QPushButton()
        self.texts.bind(self.more.setText, phrase("Show older edits"))
        self.more.clicked.connect(self.show_more)
        self.restore = QPushButton()
        self.texts.bind(self.restore.setText, phrase("Take this edit back"))
        self.texts.bind(
            self.restore.setToolTip,
            phrase("Undo what the chosen edit did, where nobody changed it since"),
        )
        self.restore.clicked.connect(self.take_back)
        changes_records(self.restore)
        layout.addLayout(list_head(self.count, self.more, self.filter, self.restore))
        self.tools = HistoryTools(self.texts)
        self.tools.changed.connect(self._filter)
        layout.addWidget(self.tools)
        self.model: TableModel[Step] = TableModel(
            self._step_columns(), lambda step: step.first.operation, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Edits"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(10)
        split.addWidget(table_sheet(self.table))
        split.addWidget(table_sheet(self._details()))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout.addWidget(split, 1)
        layout.addLayout(list_head(self._about, self.restore_one))
        self._lines: list[HistoryLine] = []
        self._told = 0
        self.filter.textChanged.connect(self.table.filter_by)
        self.table.counted.connect(self._say_count)
        self.table.row_chosen.connect(self._chosen)
        self.texts.again(self.model.retell)
        self.texts.again(self.details.retell)
        desk.closed.connect(self._forget)

    def show_place(self, place: Place) -> None:  # noqa: ARG002
        """Show the history of another account."""
        self._most = _AT_ONCE
        self.ask_refresh()

    def focus_first(self) -> None:
        """Give the keys to the table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the history again."""
        account = self.desk.place.account
        if account is None:
            return
        self._lines = self.desk.session.history(account=account, limit=self._most)
        self.more.setVisible(len(self._lines) >= self._most)
        self.tools.offer(self._lines, self.desk.records, self.desk.analysis())
        self._filter()

    def show_more(self) -> None:
        """Read as many older edits again."""
        self._most += _AT_ONCE
        self.refresh()

    def take_back(self) -> None:
        """Undo what the chosen edit did, and leave what was done since."""
        keys = self.table.keys()[:1]
        done = {line.operation: line for line in self._lines if line.operation in keys}
        for first in done.values():
            name = phrase("Take back: {edit}", edit=first.name)
            whole = [line for line in self._lines if line.operation == first.operation]
            self.desk.edit(name, taken_back, whole)

    def restore_value(self) -> None:
        """Put the chosen field back; what was removed comes again, what was added goes."""
        detail = self._detail()
        if detail is None:
            return
        line, field = detail.line, detail.field
        subject = subject_said(self.desk.records, line)
        if line.added or line.removed:
            text = phrase("Bring back {name}") if line.removed else phrase("Take away {name}")
            self.desk.edit(phrase(text.text, name=subject), taken_back, (line,))
            return
        name = phrase("Restore {field} of {name}", field=field_word(field.field), name=subject)
        self.desk.edit(name, restored_value, line.kind, line.record, field.field, field.before)

    def _details(self) -> Table:
        self.details: TableModel[Detail] = TableModel(
            self._detail_columns(), lambda detail: detail.key, self
        )
        self.detail_table = Table(self.details)
        self.texts.name(self.detail_table, phrase("What changed"))
        self.detail_table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.detail_table.customContextMenuRequested.connect(self._menu)
        self.detail_table.row_chosen.connect(lambda _keys: self._offer())
        self.restore_one = QPushButton()
        self.restore_one.clicked.connect(self.restore_value)
        changes_records(self.restore_one)
        self._about = label("quiet")
        self.texts.again(self._offer)
        self._offer()
        return self.detail_table

    def _forget(self) -> None:
        """Show nothing of a store that is closed."""
        self._told = 0
        self.model.show_rows([])
        self.details.show_rows([])

    def _filter(self) -> None:
        """Show the edits with a line that is wanted, and choose the same one again."""
        wanted, records = self.tools.filter(), self.desk.records
        chosen, detail = self.table.keys(), self.detail_table.keys()
        kept = [line for line in self._lines if wanted.keeps(line, records)]
        plain = HistoryFilter()
        told = (line.operation for line in self._lines if plain.keeps(line, records))
        self._told = len(set(told))
        steps = groupby(kept, key=lambda line: line.operation)
        self.model.show_rows([Step(tuple(lines)) for _, lines in steps])
        self._say_count()
        self.table.choose(chosen)
        if self.model.rows and not self.table.keys():
            self.table.selectRow(0)
        self._chosen(self.table.keys())
        if {one.key for one in self.details.rows} & set(detail):
            self.detail_table.choose(detail)
        self._offer()

    def _say_count(self) -> None:
        """Say how many edits there are, and of how many while some are filtered out."""
        shown = self.table.shown
        n = max(shown, self._told)  # month-end values are told only where they are asked for
        said = trn("{n} edit", "{n} edits", n)
        if shown < n:
            said = trn("{shown} of {n} edit", "{shown} of {n} edits", n, shown=shown)
        self.count.setText(said)

    def _chosen(self, keys: list[str]) -> None:
        self.restore.setEnabled(bool(keys))
        self.details.show_rows(
            [
                Detail(line, field)
                for step in self.model.rows
                if step.first.operation in keys
                for line in step.lines
                for field in changes_said(self.desk.records, line)
            ]
        )
        if self.details.rows and not self.detail_table.keys():
            self.detail_table.selectRow(0)
        self._offer()

    def _detail(self) -> Detail | None:
        keys = self.detail_table.keys()[:1]
        return next((one for one in self.details.rows if one.key in keys), None)

    def _offer(self) -> None:
        """Say what the button beneath does to the chosen line."""
        detail = self._detail()
        self.restore_one.setEnabled(detail is not None)
        self.restore_one.setText(tr(_way_back(detail)))
        self._about.setText("" if detail is None else basis_said(self.desk.records, detail.line))

    def context_menu(self) -> QMenu:
        """What can be done with the chosen line."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        detail = self._detail()
        action = menu.addAction(tr(_way_back(detail)), self.restore_value)
        action.setEnabled(detail is not None)
        return menu

    def _menu(self, at: QPoint) -> None:
        self.context_menu().popup(self.detail_table.viewport().mapToGlobal(at))

    def _detail_columns(self) -> list[Column[Detail]]:
        return [
            Column(phrase("What"), lambda one: kind_said(one.line.kind), width=110),
            Column(phrase("Of"), lambda one: subject_said(self.desk.records, one.line), width=150),
            Column(phrase("Field"), lambda one: field_word(one.field.field), width=130),
            Column(
                phrase("Before"),
                lambda one: self._value(one, one.field.before),
                width=170,
            ),
            Column(
                phrase("After"),
                lambda one: self._value(one, one.field.after),
                width=170,
                stretch=True,
            ),
        ]

    def _step_columns(self) -> list[Column[Step]]:
        return [
            Column(phrase("When"), lambda step: _when(step.first.when), width=140),
            Column(phrase("Who"), lambda step: step.first.author_name, width=100),
            Column(
                phrase("Edit"), lambda step: tr(step.first.name), bold=True, width=260, stretch=True
            ),
            Column(phrase("Basis"), self._basis, width=150),
            Column(
                phrase("Records"),
                lambda step: str(len(step.lines)),
                sort=lambda step: len(step.lines),
                right=True,
                width=90,
            ),
        ]

    def _value(self, one: Detail, value: object) -> str:
        return field_said(self.desk.records, one.line, one.field.field, value)

    def _basis(self, step: Step) -> str:
        """On what rests what an edit says, where that is one thing."""
        if len(step.lines) > 1:
            return ""
        return basis_said(self.desk.records, step.first)


def _way_back(detail: Detail | None) -> Phrase:
    if detail is not None and detail.line.removed:
        return phrase("Bring this back")
    if detail is not None and detail.line.added:
        return phrase("Take this away")
    return phrase("Restore this value")


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
