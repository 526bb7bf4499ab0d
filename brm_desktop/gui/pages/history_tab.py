"""Who said what when: every edit of the account, newest first, with what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout

from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.domain.records import Money
from brm_desktop.gui.desk import Desk, Place
from brm_desktop.gui.field_words import field_word
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import filter_field, list_head, table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import name_of
from brm_desktop.language import day, listed, money, tr, trn
from brm_desktop.session.restoring import taken_back
from brm_desktop.session.session import FieldChange, HistoryLine

_SHOWN = 2_000
_OF_THE_STORE = frozenset({"id", "stamp"})  # not said by anybody


@dataclass(frozen=True, slots=True)
class Step:
    """One edit with its lines."""

    lines: tuple[HistoryLine, ...]

    @property
    def first(self) -> HistoryLine:
        """The line that stands for the edit."""
        return self.lines[0]


class HistoryTab(DeskPage):
    """The edits above, what the chosen one changed below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        self.count = label("quiet")
        self.filter = filter_field(self.texts, phrase("Filter the history"))
        self.restore = QPushButton()
        self.texts.bind(self.restore.setText, phrase("Take this edit back"))
        self.texts.bind(
            self.restore.setToolTip,
            phrase("Undo what the chosen edit did, where nobody changed it since"),
        )
        self.restore.clicked.connect(self.take_back)
        layout.addLayout(list_head(self.count, self.filter, self.restore))
        self.model: TableModel[Step] = TableModel(
            _step_columns(), lambda step: step.first.operation, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Edits"))
        self.details: TableModel[tuple[HistoryLine, FieldChange]] = TableModel(
            self._detail_columns(), lambda pair: f"{pair[0].number}/{pair[1].field}", self
        )
        self.detail_table = Table(self.details)
        self.texts.name(self.detail_table, phrase("What changed"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(10)
        split.addWidget(table_sheet(self.table))
        split.addWidget(table_sheet(self.detail_table))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout.addWidget(split, 1)
        self.filter.textChanged.connect(self.table.filter_by)
        self.table.row_chosen.connect(self._chosen)
        self.texts.again(self.model.retell)
        self.texts.again(self.details.retell)

    def show_place(self, place: Place) -> None:  # noqa: ARG002
        """Show the history of another account."""
        self.ask_refresh()

    def focus_first(self) -> None:
        """Give the keys to the table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the history again."""
        account = self.desk.place.account
        if account is None:
            return
        steps: dict[str, list[HistoryLine]] = {}
        for line in self.desk.session.history(account=account, limit=_SHOWN):
            steps.setdefault(line.operation, []).append(line)
        rows = [Step(tuple(lines)) for lines in steps.values()]
        self.model.show_rows(rows)
        self.count.setText(trn("{n} edit", "{n} edits", len(rows)))
        if rows and not self.table.keys():
            self.table.selectRow(0)

    def take_back(self) -> None:
        """Undo what the chosen edit did, and leave what was done since."""
        keys = self.table.keys()
        for step in self.model.rows:
            if step.first.operation in keys[:1]:
                name = phrase("Take back: {edit}", edit=step.first.name)
                self.desk.edit(name, taken_back, step.lines)
                return

    def _chosen(self, keys: list[str]) -> None:
        self.restore.setEnabled(bool(keys))
        chosen = [step for step in self.model.rows if step.first.operation in keys]
        self.details.show_rows(
            [
                (line, field)
                for step in chosen
                for line in step.lines
                for field in line.fields
                if field.field not in _OF_THE_STORE
            ]
        )

    def _detail_columns(self) -> list[Column[tuple[HistoryLine, FieldChange]]]:
        return [
            Column(phrase("What"), lambda pair: tr(_KINDS[pair[0].kind.__name__]), width=140),
            Column(phrase("Field"), lambda pair: field_word(pair[1].field), width=150),
            Column(phrase("Before"), lambda pair: self._said(pair[1].before), width=240),
            Column(
                phrase("After"), lambda pair: self._said(pair[1].after), width=240, stretch=True
            ),
        ]

    def _said(self, value: object) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return tr("yes") if value else tr("no")
        if isinstance(value, Money):
            return money(value)
        if isinstance(value, date):
            return day(value)
        if isinstance(value, tuple | list):
            return listed(self._said(part) for part in value)
        if isinstance(value, Word):
            return tr(value)
        text = str(value)
        record = self.desk.records.find(text)
        return (
            text
            if record is None
            else str(getattr(record, "name", "") or name_of(self.desk.records, text))
        )


_KINDS = {
    "Organisation": phrase("organisation"),
    "Account": phrase("account"),
    "YearRevenue": phrase("revenue"),
    "Department": phrase("department"),
    "Person": phrase("person"),
    "ReportingLine": phrase("reporting line"),
    "Influence": phrase("influence"),
    "Tie": phrase("tie"),
    "Assessment": phrase("assessment"),
    "Interaction": phrase("interaction"),
    "ProjectType": phrase("project type"),
    "Project": phrase("project"),
    "ChainMember": phrase("member of a chain"),
    "Attitude": phrase("statement on a chain"),
    "ChainLink": phrase("link of a chain"),
    "Opportunity": phrase("opportunity"),
    "Action": phrase("action"),
    "AccountPlan": phrase("account plan"),
    "TeamMember": phrase("team member"),
    "Contribution": phrase("share of a contribution"),
    "Snapshot": phrase("month's numbers"),
    "Placement": phrase("place on a canvas"),
}


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _step_columns() -> list[Column[Step]]:
    return [
        Column(phrase("When"), lambda step: _when(step.first.when), width=150),
        Column(phrase("Who"), lambda step: step.first.author_name, width=120),
        Column(
            phrase("Edit"), lambda step: tr(step.first.name), bold=True, width=360, stretch=True
        ),
        Column(
            phrase("Records"),
            lambda step: str(len(step.lines)),
            sort=lambda step: len(step.lines),
            right=True,
            width=90,
        ),
    ]
