"""The relationship map of an account as a canvas."""

from __future__ import annotations

from dataclasses import replace

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import AccountId, DepartmentId
from brm_desktop.gui.canvas.ports.session_port import SessionPort
from brm_desktop.rendering.figure import Figure
from brm_desktop.rendering.figures import MapView, relationship_map
from brm_desktop.session.session import Session


class MapPort(SessionPort):
    """Draws people, reporting lines, influences and conflicts of an account."""

    def __init__(self, session: Session, account: AccountId, view: MapView | None = None) -> None:
        super().__init__(session, account, account)
        self.view = view or MapView()

    def set_view(self, view: MapView) -> None:
        """Show another layer, lens or filter; what is collapsed stays so."""
        view = replace(view, collapsed=self.view.collapsed)
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

    def _draw(self, analysis: AccountAnalysis) -> Figure:
        return relationship_map(analysis, self.view)

    def _view(self) -> object:
        return self.view
