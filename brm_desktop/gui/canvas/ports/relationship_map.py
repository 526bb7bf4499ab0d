"""The relationship map of an account as a canvas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import AccountId, DepartmentId, PersonId
from brm_desktop.gui.canvas.port import Hook
from brm_desktop.gui.canvas.ports.session_port import SessionPort
from brm_desktop.gui.name_search import NameSearch
from brm_desktop.rendering.figure import Figure, Point
from brm_desktop.rendering.figures import MapView, relationship_map
from brm_desktop.rendering.figures.crowd import CROWD_FROM, Unfolding, first_unfolding
from brm_desktop.rendering.figures.places import KeptLayouts
from brm_desktop.session.session import Session

_SLICE: Final = 0.015
"""Seconds of a slice of making very many names ready to be searched."""


class MapPort(SessionPort):
    """Draws people, reporting lines, influences and conflicts of an account."""

    def __init__(self, session: Session, account: AccountId, view: MapView | None = None) -> None:
        super().__init__(session, account, account)
        self.view = view or MapView()
        self._layouts = KeptLayouts()
        self._search: NameSearch | None = None
        self._uncovered: PersonId | None = None

    def set_view(self, view: MapView) -> None:
        """Show another layer, lens or filter; what is collapsed stays so."""
        view = replace(view, collapsed=self.view.collapsed, unfolding=self.view.unfolding)
        if view != self.view:
            self.view = view
            self._looks_otherwise()

    def fold_department(self, department: str) -> None:
        """Collapse a department behind one of it, or expand it."""
        self.view = replace(self.view, collapsed=self.view.collapsed ^ {DepartmentId(department)})
        self._looks_otherwise()

    def fold_departments(self, *, folded: bool) -> None:
        """Collapse every department that has a ground, or expand all."""
        groups = self.figure().groups
        collapsed = {DepartmentId(group.department) for group in groups if group.depth == 0}
        self.view = replace(self.view, collapsed=frozenset(collapsed if folded else ()))
        self._looks_otherwise()

    def show_below(self, head: PersonId | None) -> None:
        """Let the next batch of those below a head of a crowd show."""
        if self._is_crowd:
            self._unfold(self._unfolding.more(head))

    def uncover(self, person: PersonId) -> None:
        """Let somebody of a crowd show, and everybody above him, but no longer who was last."""
        if self._is_crowd and person in self.analysis.hierarchy.sizes:
            last, self._uncovered = self._uncovered, person
            self._unfold(self._unfolding.without(last).seeking([person]))

    def matches(self, text: str) -> Sequence[PersonId] | None:
        """Whose card says what is looked for; of a crowd also who has none, cards first."""
        if not self._is_crowd:
            return super().matches(text)
        people = self.analysis.by_importance
        if self._search is None or self._search.people is not people:
            self._search = NameSearch(people, self.records)
        if not self._search.prepare(_SLICE):
            return None
        return self._search.find(text)

    def add(self, name: str, at: Point, hook: Hook | None) -> PersonId:
        """Make a person of the account; he shows, whoever else does."""
        person = super().add(name, at, hook)
        self._uncover([person])
        return person

    def paste(self, copied: object, at: Point) -> tuple[PersonId, ...]:
        """Make people like the copied ones, around a place."""
        return self._uncover(super().paste(copied, at))

    def paste_names(self, names: Sequence[str], at: Point) -> tuple[PersonId, ...]:
        """Make a person of each row of text, one below another."""
        return self._uncover(super().paste_names(names, at))

    def duplicate(self, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
        """Make a second of each person."""
        return self._uncover(super().duplicate(people))

    @property
    def _is_crowd(self) -> bool:
        return len(self.analysis.people) > CROWD_FROM

    @property
    def _unfolding(self) -> Unfolding:
        return self.view.unfolding or first_unfolding(self.analysis.hierarchy)

    def _unfold(self, unfolding: Unfolding) -> None:
        self.view = replace(self.view, unfolding=unfolding)
        self._looks_otherwise()

    def _uncover(self, people: Sequence[PersonId]) -> tuple[PersonId, ...]:
        if self._is_crowd:
            hidden = [one for one in people if one not in self.figure().cards]
            there = [one for one in hidden if one in self.analysis.hierarchy.sizes]
            if there:
                self._unfold(self._unfolding.seeking(there))
        return tuple(people)

    def _draw(self, analysis: AccountAnalysis) -> Figure:
        return relationship_map(analysis, self.view, self._layouts)

    def _bare(self, analysis: AccountAnalysis) -> Figure:
        return relationship_map(analysis, replace(self.view, groups=False), self._layouts)

    def _view(self) -> object:
        return self.view
