"""What the customers buy, over all accounts: types of project by year, and what is due next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from brm_desktop.domain.phrase import phrase, verbatim
from brm_desktop.domain.project_grid import GRID_YEARS, GridRow, project_grid, years_until
from brm_desktop.domain.records import AccountId, Outcome, Project, ProjectType
from brm_desktop.domain.recurrence import TypeRecurrence, rhythms
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.spelling import name_order
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.pages.value.standing import Shown, Standing
from brm_desktop.gui.pages.value.tab import GAP, MARGIN, ValueTab
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import money_order
from brm_desktop.gui.working import Working
from brm_desktop.language import day, money, tr
from brm_desktop.session.session import Session


@dataclass(frozen=True, slots=True)
class Due:
    """A type of project that an account has regularly, and what is to be expected of it."""

    account: AccountId
    name: str
    recurrence: TypeRecurrence

    @property
    def key(self) -> str:
        """Which account and which type."""
        return f"{self.account} {self.recurrence.type}"


@dataclass(frozen=True, slots=True)
class _Found:
    grid: tuple[GridRow, ...]
    due: tuple[Due, ...]


class ProjectsOverTab(ValueTab):
    """The grid over the accounts that are chosen, and their next windows, the soonest first."""

    reads_records = True

    def __init__(self, desk: Desk, standing: Standing) -> None:
        super().__init__(desk, standing)
        self._working = Working(desk)
        self.years = years_until(desk.session.today(), GRID_YEARS)
        self.grid: TableModel[GridRow] = TableModel(
            self._columns(), lambda one: one.type or "", self
        )
        self.grid_table = Table(self.grid)
        self.texts.name(self.grid_table, phrase("Types of project by year"))
        self.due: TableModel[Due] = TableModel(_due_columns(), lambda one: one.key, self)
        self.due_table = Table(self.due)
        self.texts.name(self.due_table, phrase("What is to be expected"))
        self.due_table.opened.connect(self._open)
        parts = QVBoxLayout(self)
        parts.setContentsMargins(MARGIN, GAP, MARGIN, 16)
        parts.setSpacing(GAP)
        for title, table, high in (
            (phrase("Projects by type and year: won of all"), self.grid_table, 3),
            (phrase("Next windows"), self.due_table, 4),
        ):
            part = QVBoxLayout()
            part.setSpacing(8)
            heading = label("section")
            self.texts.bind(heading.setText, title)
            part.addWidget(heading)
            part.addWidget(table_sheet(table), 1)
            parts.addLayout(part, high)
        self.texts.again(self.grid.retell)
        self.texts.again(self.due.retell)

    def focus_first(self) -> None:
        """Give the keys to what is due."""
        self.due_table.setFocus()

    def show_value(self, shown: Shown) -> None:
        """Read the projects of the accounts that are chosen, off the window's thread."""
        session = self.desk.session
        wanted = None if shown.whole else frozenset(one.account for one in shown.accounts)
        rules = session.settings.rules
        work = partial(_looked_up, session, shown.names, wanted, shown.today, rules, self.years)
        self._working.ask(work, self._show)

    def _show(self, found: _Found) -> None:
        self.grid.show_rows(found.grid)
        self.due.show_rows(found.due)

    def _columns(self) -> list[Column[GridRow]]:
        return [
            Column(
                phrase("Type"),
                lambda one: one.name or tr("without a type"),
                bold=True,
                width=150,
                stretch=True,
            ),
            *(self._year(year) for year in self.years),
        ]

    def _year(self, year: int) -> Column[GridRow]:
        return Column(
            verbatim(str(year)),
            lambda one: _counted(one.outcomes(year)),
            sort=lambda one: len(one.outcomes(year)) or None,
            right=True,
            width=54,
        )

    def _open(self, key: str) -> None:
        account = AccountId(key.split(" ", 1)[0])
        self.desk.go(Place(Page.ACCOUNT, account, Tab.PROJECTS))


def _looked_up(
    session: Session,
    names: Mapping[AccountId, str],
    wanted: frozenset[AccountId] | None,
    today: date,
    rules: Rules,
    years: Sequence[int],
) -> _Found:
    """The projects of some accounts, or of all, by type and year and by what comes back."""
    records = session.records_of((Project, ProjectType))
    types = records.all(ProjectType)
    there = [
        one for one in records.all(Project).values() if wanted is None or one.account in wanted
    ]
    by_account: dict[AccountId, list[Project]] = defaultdict(list)
    for project in there:
        by_account[project.account].append(project)
    due = [
        Due(account, names.get(account, ""), one)
        for account, projects in by_account.items()
        for one in rhythms(projects, types, today, rules)
        if one.next is not None
    ]
    return _Found(project_grid(there, types, years), _soonest_first(due))


def _soonest_first(due: Iterable[Due]) -> tuple[Due, ...]:
    """By the day to prepare by, then by name; few at a time, since all wait while Python sorts."""
    by_day: dict[date, list[Due]] = defaultdict(list)
    for one in due:
        by_day[one.recurrence.prepare_by or date.max].append(one)
    return tuple(
        one
        for day_of in sorted(by_day)
        for one in sorted(by_day[day_of], key=lambda one: (name_order(one.name), one.key))
    )


def _due_columns() -> list[Column[Due]]:
    return [
        Column(phrase("Account"), lambda one: one.name, bold=True, width=150, stretch=True),
        Column(phrase("Type"), lambda one: one.recurrence.name, width=120),
        Column(
            phrase("Prepare by"),
            lambda one: day(one.recurrence.prepare_by),
            sort=lambda one: one.recurrence.prepare_by,
            width=120,
        ),
        Column(
            phrase("Next expected"),
            lambda one: _expected(one.recurrence),
            sort=lambda one: one.recurrence.next,
            width=128,
        ),
        Column(
            phrase("Usual amount"),
            lambda one: money(one.recurrence.amount) if one.recurrence.amount else "",
            sort=lambda one: money_order(one.recurrence.amount),
            right=True,
            width=112,
        ),
    ]


def _expected(found: TypeRecurrence) -> str:
    return tr("{day} (overdue)", day=day(found.next)) if found.overdue else day(found.next)


def _counted(outcomes: Sequence[Outcome]) -> str:
    """How many of them we won, and how many there were."""
    return f"{outcomes.count(Outcome.WON)}/{len(outcomes)}" if outcomes else ""
