"""The twin of a canvas: its people and its links as two tables, both edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Basis,
    Influence,
    PersonId,
    Record,
    Tie,
)
from brm_desktop.gui.desk import NOTHING, Desk, Selected
from brm_desktop.gui.links import ends_of, link_word, strength_of
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.people_rows import PersonRow
from brm_desktop.gui.why import explain_cells
from brm_desktop.gui.widgets.fields import words
from brm_desktop.gui.widgets.frames import label, panel
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import name_of
from brm_desktop.language import tr


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link with the names of its ends."""

    link: Record
    source: str
    target: str


class Twin(DeskPage):
    """Two tables that say what the canvas shows."""

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column[PersonRow]],
        people: Callable[[], Sequence[PersonRow]],
        links: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__(desk)
        self._people_of = people
        self._links_of = links
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(10)
        layout.addWidget(split)
        self._people: TableModel[PersonRow] = TableModel(columns, lambda row: row.person.id, self)
        self._links: TableModel[LinkRow] = TableModel(
            self._link_columns(), lambda row: row.link.id, self
        )
        self.people = Table(self._people)
        self.links = Table(self._links)
        explain_cells(self.people, desk)
        split.addWidget(self._sheet(phrase("People"), self.people))
        split.addWidget(self._sheet(phrase("Links"), self.links))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.people.row_chosen.connect(self._people_chosen)
        self.links.row_chosen.connect(lambda keys: desk.select(Selected(links=tuple(keys))))
        self.people.delete_asked.connect(self._remove_people)
        self.links.delete_asked.connect(self._remove_links)
        desk.selected.connect(self._follow)
        self.texts.again(self._people.retell)
        self.texts.again(self._links.retell)

    def refresh(self) -> None:
        """Show what the canvas shows."""
        if self.desk.place.account is None:
            return
        self._people.show_rows(self._people_of())
        records = self.desk.records
        rows = []
        for key in self._links_of():
            link = records.find(key)
            if link is not None:
                source, target = ends_of(link)
                rows.append(LinkRow(link, name_of(records, source), name_of(records, target)))
        self._links.show_rows(rows)
        self._follow(self.desk.selection)

    def _sheet(self, title: Phrase, table: Table) -> QWidget:
        sheet = panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(4)
        heading = label("section")
        heading.setContentsMargins(8, 0, 0, 0)
        self.texts.bind(heading.setText, title)
        self.texts.name(table, title)
        inside.addWidget(heading)
        inside.addWidget(table)
        return sheet

    def _link_columns(self) -> list[Column[LinkRow]]:
        return [
            Column(phrase("From"), lambda row: row.source, bold=True, width=160),
            Column(phrase("Link"), lambda row: link_word(row.link), width=140),
            Column(phrase("To"), lambda row: row.target, bold=True, width=160),
            Column(
                phrase("Strength"),
                lambda row: _shown(strength_of(row.link)),
                change=self._strong,
                sort=lambda row: strength_of(row.link),
                right=True,
                width=90,
            ),
            Column(
                phrase("Basis"),
                lambda row: tr(row.link.basis) if isinstance(row.link, Influence | Tie) else "",
                change=lambda row, value: self._revise(row, basis=value),
                choices=lambda: words(Basis),
                value=lambda row: getattr(row.link, "basis", None),
                width=110,
            ),
            Column(
                phrase("Evidence"),
                lambda row: str(getattr(row.link, "evidence", "")),
                change=lambda row, value: self._revise(row, evidence=str(value)),
                width=200,
                stretch=True,
            ),
            Column(
                phrase("Label"),
                lambda row: str(getattr(row.link, "label", "")),
                change=lambda row, value: self._revise(row, label=str(value)),
                width=140,
            ),
        ]

    def _strong(self, row: LinkRow, value: object) -> None:
        typed = str(value).strip()
        if typed.isdigit():
            field = "closeness" if isinstance(row.link, Tie) else "strength"
            self._revise(row, **{field: int(typed)})

    def _revise(self, row: LinkRow, **fields: object) -> None:
        name = phrase("Change the link {link}", link=f"{row.source} → {row.target}")
        if all(hasattr(row.link, field) for field in fields):
            self.desk.edit(name, edits.revise_relation, row.link.id, **fields)

    def _people_chosen(self, keys: list[str]) -> None:
        self.desk.select(Selected(people=tuple(PersonId(key) for key in keys)))

    def _follow(self, selection: Selected) -> None:
        if self.isVisible():
            self.people.choose(selection.people)
            self.links.choose(selection.links)

    def _remove_people(self, keys: list[str]) -> None:
        people = tuple(PersonId(key) for key in keys)
        project = self.desk.place.project
        done = None
        if project is not None:
            for person in people:
                done = self.desk.edit(
                    phrase("Take {name} off the chain", name=name_of(self.desk.records, person)),
                    edits.remove_member,
                    project,
                    person,
                )
        else:
            name = phrase("Remove {n} people", n=len(people))
            done = self.desk.edit(name, edits.remove_people, people)
        if done:
            self.desk.select(NOTHING)

    def _remove_links(self, keys: list[str]) -> None:
        name = phrase("Remove {n} links", n=len(keys))
        if self.desk.edit(name, edits.remove_records, tuple(keys)):
            self.desk.select(NOTHING)


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
