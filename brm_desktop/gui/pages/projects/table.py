"""Projects as a table: their chains with the live ones first, or the facts of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import ChainMember, Outcome, Project, ProjectId, ProjectType
from brm_desktop.domain.scores import band, half_up
from brm_desktop.gui.desk import NOTHING, Desk, Page, Place, Selected, Tab
from brm_desktop.gui.dialogs.closing import ask_closing
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.style_sheet import readable
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.fields import words
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import add_button, list_head, table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.widgets.typed import day_or_nothing, day_typed, take_amount, take_date
from brm_desktop.gui.words import BAND_TOKENS, money_order
from brm_desktop.language import money, number, tr, trn


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with its type's name, and of its chain: people, odds, red flags, what is next."""

    project: Project
    type: str
    members: int
    odds: int | None
    flags: int | None
    next: str


class ProjectTable(DeskPage):
    """A table of projects: their chains with the live ones first, or the facts of each."""

    new_asked = Signal()

    def __init__(self, desk: Desk, *, live_first: bool) -> None:
        super().__init__(desk)
        self._live_first = live_first
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        self.count = label("quiet")
        self.add = add_button(self.texts, phrase("New project…"))
        self.add.clicked.connect(self.new_asked)
        layout.addLayout(list_head(self.count, self.add))
        self.model: TableModel[ProjectRow] = TableModel(
            self._columns(), lambda one: one.project.id, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Projects"))
        empty = EmptyPage(
            desk.look,
            "chain",
            phrase("No project yet"),
            phrase("A project has a decision chain: who approves, decides, evaluates and uses."),
        )
        self.begin = empty.button(phrase("New project…"), primary=True)
        self.begin.clicked.connect(self.new_asked)
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.stack.addWidget(table_sheet(self.table))
        self.stack.addWidget(empty)
        self.table.opened.connect(self._open)
        self.table.row_chosen.connect(self._chosen)
        self.table.delete_asked.connect(self._remove)
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the table, or to the button that begins one while it is empty."""
        (self.table if self.model.rows else self.begin).setFocus()

    def refresh(self) -> None:
        """Show the projects as they are now."""
        if self.desk.place.account is None:
            return
        analysis = self.desk.analysis()
        records = self.desk.records
        rows = []
        for project in analysis.projects:
            kind = records.get(ProjectType, project.type)
            members = len(records.where(ChainMember, project=project.id))
            odds, flags, target = None, None, ""
            if project.outcome is Outcome.OPEN and members and self._live_first:
                reading = analysis.chain(project.id)
                odds = None if reading.odds is None else half_up(reading.odds)
                flags = len(reading.red_flags)
                target = tr(reading.targets[0].text) if reading.targets else ""
            named = kind.name if kind else ""
            rows.append(ProjectRow(project, named, members, odds, flags, target))
        if self._live_first:
            rows.sort(key=lambda one: one.project.outcome is not Outcome.OPEN)
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self.count.setText(trn("{n} project", "{n} projects", len(rows)) if rows else "")
        self.add.setVisible(bool(rows))

    def _columns(self) -> list[Column[ProjectRow]]:
        name: Column[ProjectRow] = Column(
            phrase("Project"), lambda one: one.project.name, bold=True, width=260, stretch=True
        )
        outcome: Column[ProjectRow] = Column(
            phrase("Outcome"),
            lambda one: tr(one.project.outcome),
            change=self._ended,
            choices=lambda: words(Outcome),
            value=lambda one: one.project.outcome,
            width=96,
        )
        return [name, *(self._of_chain() if self._live_first else self._facts()), outcome]

    def _of_chain(self) -> list[Column[ProjectRow]]:
        """What the list of the chains says of each."""
        return [
            Column(
                phrase("On the chain"),
                lambda one: number(one.members),
                sort=lambda one: one.members,
                right=True,
                width=100,
            ),
            Column(
                phrase("Odds"),
                lambda one: "" if one.odds is None else str(one.odds),
                sort=lambda one: one.odds,
                colour=self._odds_colour,
                right=True,
                width=72,
            ),
            Column(
                phrase("Red flags"),
                lambda one: "" if one.flags is None else number(one.flags),
                sort=lambda one: one.flags,
                right=True,
                width=84,
            ),
            Column(phrase("What to do next"), lambda one: one.next, width=280, stretch=True),
        ]

    def _facts(self) -> list[Column[ProjectRow]]:
        """What the list of the projects says of each."""
        return [
            Column(phrase("Type"), lambda one: one.type, width=108),
            Column(
                phrase("Amount"),
                lambda one: money(one.project.amount) if one.project.amount else "",
                change=self._paid,
                sort=lambda one: money_order(one.project.amount),
                right=True,
                width=120,
            ),
            self._day(phrase("Start"), "starts_on"),
            self._day(phrase("Decided on"), "decided_on"),
        ]

    def _day(self, title: Phrase, field: str) -> Column[ProjectRow]:
        """A day of the project, read as people write it, typed by year, month and day."""

        def on(one: ProjectRow) -> date | None:
            found: date | None = getattr(one.project, field)
            return found

        return Column(
            title,
            lambda one: day_or_nothing(on(one)),
            change=lambda one, value: self._dated(one, field, value),
            typed=lambda one: day_typed(on(one)),
            sort=on,
            width=120,
        )

    def _odds_colour(self, one: ProjectRow) -> QColor | None:
        if one.odds is None:
            return None
        theme = self.desk.look.theme
        tint = BAND_TOKENS[band(one.odds, self.desk.session.settings.rules)]
        return QColor(readable(str(getattr(theme, tint)), theme.panel, theme.ink))

    def _ended(self, one: ProjectRow, value: object) -> None:
        if isinstance(value, Outcome):
            ask_closing(self.desk, self.window(), one.project, value)

    def _paid(self, one: ProjectRow, value: object) -> None:
        take_amount(
            self.desk, value, one.project.amount, lambda said: self._revise(one, amount=said)
        )

    def _dated(self, one: ProjectRow, field: str, value: object) -> None:
        take_date(self.desk, value, lambda said: self._revise(one, **{field: said}))

    def _revise(self, one: ProjectRow, **fields: object) -> None:
        self.desk.edit(
            phrase("Change the project {name}", name=one.project.name),
            edits.revise_project,
            one.project.id,
            **fields,
        )

    def _open(self, key: str) -> None:
        self.desk.go(Place(Page.ACCOUNT, self.desk.place.account, Tab.CHAINS, ProjectId(key)))

    def _chosen(self, keys: list[str]) -> None:
        self.desk.select(Selected(project=ProjectId(keys[0])) if len(keys) == 1 else NOTHING)

    def _remove(self, keys: list[str]) -> None:
        name = phrase("Remove {n} projects", n=len(keys))
        if self.desk.edit(name, edits.remove_records, tuple(keys)):
            self.desk.select(NOTHING)
