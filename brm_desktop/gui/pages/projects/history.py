"""What the customer does again and again: types of project by year, and when the next is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QStackedLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from brm_desktop.domain.phrase import phrase, verbatim
from brm_desktop.domain.project_grid import GRID_YEARS, GridRow, project_grid, years_until
from brm_desktop.domain.records import Outcome, ProjectType, ProjectTypeId
from brm_desktop.domain.recurrence import Rhythm, TypeRecurrence, recurrence_of
from brm_desktop.gui.desk import NOTHING, Desk, Page, Place, Selected, Tab
from brm_desktop.gui.look import Look
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import add_button, list_head, table_sheet
from brm_desktop.gui.widgets.signs import paint_outcome
from brm_desktop.gui.widgets.table import KEY_ROLE, CellDelegate, Column, Table, TableModel
from brm_desktop.language import day, listed, tr, trn

_SIGN = 18
_YEAR_WIDE = 54
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A type of project with its years, and what is to be expected; nothing without a type."""

    grid: GridRow
    recurrence: TypeRecurrence | None

    @property
    def key(self) -> str:
        """The id of its type."""
        return self.grid.type or ""


class ProjectHistory(DeskPage):
    """The grid; the inspector tells of the type that is chosen."""

    new_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(10)
        self.count = label("quiet", wrap=True)
        self.add = add_button(self.texts, phrase("New project…"))
        self.add.clicked.connect(self.new_asked)
        layout.addLayout(list_head(self.count, self.add))
        self.years = years_until(desk.session.today(), GRID_YEARS)
        self.model: TableModel[HistoryRow] = TableModel(self._columns(), lambda one: one.key, self)
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Types of project by year"))
        signs = OutcomeSigns(desk.look, self._outcomes, self.table)
        for place in range(1, 1 + GRID_YEARS):
            self.table.setItemDelegateForColumn(place, signs)
        self.table.row_chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        empty = EmptyPage(
            desk.look,
            "chain",
            phrase("No project yet"),
            phrase("Note what this customer bought in the last years: what comes back shows here."),
        )
        self.begin = empty.button(phrase("New project…"), primary=True)
        self.begin.clicked.connect(self.new_asked)
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.stack.addWidget(table_sheet(self.table))
        self.stack.addWidget(empty)
        self.texts.again(self.model.retell)
        desk.look.changed.connect(self.table.viewport().update)

    def focus_first(self) -> None:
        """Give the keys to the grid, or to the button that begins one while it is empty."""
        (self.table if self.model.rows else self.begin).setFocus()

    def refresh(self) -> None:
        """Show the projects as they are now."""
        if self.desk.place.account is None:
            return
        analysis = self.desk.analysis()
        self._count_years()
        types = analysis.records.all(ProjectType)
        expected: dict[ProjectTypeId | None, TypeRecurrence] = {
            one.type: one for one in recurrence_of(analysis)
        }
        soonest = {kind: place for place, kind in enumerate(expected)}
        grid = project_grid(analysis.projects, types, self.years)
        rows = [HistoryRow(one, expected.get(one.type)) for one in grid]
        rows.sort(key=lambda row: soonest.get(row.grid.type, len(soonest)))
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self.add.setVisible(bool(rows))
        self._say_count(rows)

    def _count_years(self) -> None:
        years = years_until(self.desk.session.today(), GRID_YEARS)
        if years != self.years:
            self.years = years
            self.model.columns = self._columns()
            self.model.retell()

    def _say_count(self, rows: Sequence[HistoryRow]) -> None:
        regular = [one.recurrence for one in rows if one.recurrence and one.recurrence.next]
        said = trn("{n} type of project", "{n} types of project", len(rows)) if rows else ""
        if regular:
            back = trn("{n} comes back regularly", "{n} come back regularly", len(regular))
            said = tr("{types}, {back}", types=said, back=back)
        self.count.setText(said)

    def _columns(self) -> list[Column[HistoryRow]]:
        return [
            Column(phrase("Type"), _name, bold=True, width=110, stretch=True),
            *(self._year(year) for year in self.years),
            Column(
                phrase("Next expected"),
                lambda one: _expected(one.recurrence),
                sort=lambda one: one.recurrence.next if one.recurrence else None,
                colour=self._overdue_colour,
                width=128,
            ),
            Column(
                phrase("Prepare by"),
                lambda one: _prepared(one.recurrence),
                sort=lambda one: one.recurrence.prepare_by if one.recurrence else None,
                width=128,
            ),
        ]

    def _year(self, year: int) -> Column[HistoryRow]:
        return Column(
            verbatim(str(year)),
            lambda one: listed(tr(outcome) for outcome in one.grid.outcomes(year)),
            sort=lambda one: len(one.grid.outcomes(year)) or None,
            width=_YEAR_WIDE,
        )

    def _outcomes(self, key: str, column: int) -> tuple[Outcome, ...]:
        year = self.years[column - 1]
        found = (row for row in self.model.rows if row.key == key)
        return next((row.grid.outcomes(year) for row in found), ())

    def _overdue_colour(self, one: HistoryRow) -> QColor | None:
        overdue = one.recurrence is not None and one.recurrence.overdue
        return self.desk.look.text_colour("weak") if overdue else None

    def _chosen(self, keys: list[str]) -> None:
        chosen = keys[0] if len(keys) == 1 else ""
        self.desk.select(Selected(project_type=ProjectTypeId(chosen)) if chosen else NOTHING)

    def _open(self, key: str) -> None:
        """Go to the decision chain of the newest project of a type."""
        row = next((one for one in self.model.rows if one.key == key), None)
        if row is None:
            return
        dated = [project for year in sorted(row.grid.years) for project in row.grid.years[year]]
        projects = (*row.grid.undated, *row.grid.earlier, *dated)
        account = self.desk.place.account
        self.desk.go(Place(Page.ACCOUNT, account, Tab.CHAINS, projects[-1].id))


class OutcomeSigns(CellDelegate):
    """Cells that show how the projects of a year ended, a sign each; as words for who listens."""

    def __init__(
        self, look: Look, outcomes: Callable[[str, int], Sequence[Outcome]], table: Table
    ) -> None:
        super().__init__(table)
        self._look = look
        self._outcomes = outcomes

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """The words are painted as signs."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the ground of the cell as the table does, and the signs over it."""
        super().paint(painter, option, index)
        outcomes = self._outcomes(str(index.data(KEY_ROLE)), index.column())
        room = max(1, (option.rect.width() - 8) // _SIGN)
        shown = outcomes[-room:]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = option.rect.left() + 8 + _SIGN / 2
        for place, outcome in enumerate(shown):
            at = QPointF(left + place * _SIGN, option.rect.center().y() + 0.5)
            paint_outcome(painter, at, outcome, self._look)
        painter.restore()


def _name(one: HistoryRow) -> str:
    if one.grid.type is None:
        return tr("without a type")
    return tr("{name} (wanted)", name=one.grid.name) if one.grid.wanted else one.grid.name


def _expected(found: TypeRecurrence | None) -> str:
    if found is None:
        return ""
    if found.next is None:
        return tr(found.rhythm) if found.rhythm is not Rhythm.UNKNOWN else ""
    return tr("{day} (overdue)", day=day(found.next)) if found.overdue else day(found.next)


def _prepared(found: TypeRecurrence | None) -> str:
    return day(found.prepare_by) if found is not None and found.prepare_by is not None else ""
