"""The account's people as a table: every cell edited in place, every edit undoable."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person, PersonId
from brm_desktop.gui.desk import NOTHING, Desk, Page, Place, Selected, Tab
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.name_search import NameSearch
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.people_rows import PeopleColumns, PersonRow, people_rows, rows_of
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.list_parts import add_button, filter_field, list_head, table_sheet
from brm_desktop.gui.widgets.table import Table, TableModel
from brm_desktop.gui.words import people_counted

_FILTERED_AT_ONCE = 2_000
"""Of more people than this only names, titles and departments are filtered, little by little."""

_SLICE = 0.015


class PeopleTab(DeskPage):
    """Everyone of the account who has not left."""

    add_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        self.count = label("quiet")
        self.filter = filter_field(self.texts, phrase("Filter the people"))
        self.add = add_button(self.texts, phrase("Add a person…"))
        self.add.clicked.connect(self.add_asked)
        layout.addLayout(list_head(self.count, self.filter, self.add))
        self.model: TableModel[PersonRow] = TableModel(
            PeopleColumns(desk).for_account(), lambda one: one.person.id, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("People"))
        explain_cells(self.table, desk)
        self.empty = EmptyPage(
            desk.look,
            "colleagues",
            phrase("Nobody here yet"),
            phrase("Add the first person, or draw people on the map: type a name there."),
        )
        add = self.empty.button(phrase("Add a person…"), primary=True)
        add.clicked.connect(self.add_asked)
        changes_records(add)
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.stack.addWidget(table_sheet(self.table))
        self.stack.addWidget(self.empty)
        self.filter.textChanged.connect(self._filter)
        self.table.counted.connect(self._say_count)
        self._search: NameSearch | None = None
        self._of = 0
        self._searching = QTimer(self, singleShot=True, interval=0)
        self._searching.timeout.connect(self._search_on)
        self.table.row_chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.table.delete_asked.connect(self._remove)
        self.texts.again(self.model.retell)
        desk.selected.connect(self._follow)

    def show_place(self, place: Place) -> None:  # noqa: ARG002
        """Show the people of another account."""
        self.ask_refresh()

    def focus_first(self) -> None:
        """Give the keys to the table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Show the people as they are now."""
        if self.desk.place.account is None:
            return
        rows = people_rows(self.desk, self.desk.analysis())
        self._of = len(rows)
        self.model.show_rows(rows)
        self._filter()
        self.stack.setCurrentIndex(0 if rows else 1)
        self._say_count()
        self.filter.setVisible(bool(rows))
        self.add.setVisible(bool(rows))
        self._follow(self.desk.selection)

    def _say_count(self) -> None:
        """Say how many there are, and of how many while some are filtered out."""
        self.count.setText(people_counted(self.table.shown, self._of))

    def _filter(self) -> None:
        """Show only who fits the text; very many people are searched by name, title, department."""
        people = self.desk.analysis().by_importance
        if len(people) <= _FILTERED_AT_ONCE:
            self.table.filter_by(self.filter.text())
        elif self.filter.text() or len(self.model.rows) != len(people):
            if self._search is None or self._search.people is not people:
                self._search = NameSearch(people, self.desk.records)
            self._searching.start()

    def _search_on(self) -> None:
        if self._search is None or not self.desk.is_open or self.desk.place.account is None:
            return
        if not self._search.prepare(_SLICE):
            self._searching.start()
            return
        analysis, typed = self.desk.analysis(), self.filter.text()
        if typed:
            people = [self.desk.records.one(Person, one) for one in self._search.find(typed)]
        else:
            people = list(analysis.by_importance)
        self.model.show_rows(rows_of(self.desk, analysis, people))

    def _follow(self, selection: Selected) -> None:
        if self.isVisible():
            self.table.choose(selection.people)

    def _chosen(self, keys: list[str]) -> None:
        self.desk.select(Selected(people=tuple(PersonId(key) for key in keys)))

    def _open(self, key: str) -> None:
        self.desk.go(Place(Page.ACCOUNT, self.desk.place.account, Tab.MAP))
        self.desk.show_person(PersonId(key))

    def _remove(self, keys: list[str]) -> None:
        name = phrase("Remove {n} people", n=len(keys))
        if self.desk.edit(name, edits.remove_people, tuple(PersonId(key) for key in keys)):
            self.desk.select(NOTHING)
