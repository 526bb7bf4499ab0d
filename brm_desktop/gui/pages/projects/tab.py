"""The account's projects from four sides: what comes back, all of them, the pipeline, needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import NOTHING, Desk, Place
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.widgets.frames import row
from brm_desktop.gui.widgets.tool_strip import Choice, ToolStrip

HISTORY: Final = "history"
ALL: Final = "all"
OPPORTUNITIES: Final = "opportunities"
NEEDS: Final = "needs"

_SIDES: Final = (
    (HISTORY, phrase("What comes back"), ""),
    (ALL, phrase("All projects"), ""),
    (OPPORTUNITIES, phrase("Opportunities"), ""),
    (NEEDS, phrase("Needs"), ""),
)


class ProjectsTab(QWidget):
    """One side at a time, each made when it is first shown."""

    new_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self._sides: dict[str, DeskPage] = {}
        strip = ToolStrip(desk.look)
        self.choice = Choice(strip, _SIDES)
        self.choice.chosen.connect(self.show_side)
        head = row()
        head.setContentsMargins(16, 12, 16, 0)
        head.addWidget(strip)
        head.addStretch(1)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.show_side(HISTORY)

    def show_place(self, place: Place) -> None:  # noqa: ARG002
        """Show the projects of another account."""
        self.side.ask_refresh()

    def show_side(self, name: str) -> None:
        """Show one of the sides."""
        found = self._sides.get(name)
        if found is None:
            found = self._sides[name] = self._makers()[name]()
            self._stack.addWidget(found)
        self._stack.setCurrentWidget(found)
        self.choice.show_choice(name)
        if self.isVisible():
            self.desk.select(NOTHING)
            self.focus_first()

    @property
    def side(self) -> DeskPage:
        """The side on show."""
        return self._sides[self.choice.current]

    def focus_first(self) -> None:
        """Give the keys to the side on show."""
        focus = getattr(self.side, "focus_first", None)
        if focus is not None:
            focus()

    def _makers(self) -> dict[str, Callable[[], DeskPage]]:
        return {
            HISTORY: self._history,
            ALL: self._all,
            OPPORTUNITIES: self._opportunities,
            NEEDS: self._needs,
        }

    def _history(self) -> DeskPage:
        from brm_desktop.gui.pages.projects.history import ProjectHistory

        made = ProjectHistory(self.desk)
        made.new_asked.connect(self.new_asked)
        return made

    def _all(self) -> DeskPage:
        from brm_desktop.gui.pages.projects.table import ProjectTable

        made = ProjectTable(self.desk, live_first=False)
        made.new_asked.connect(self.new_asked)
        return made

    def _opportunities(self) -> DeskPage:
        from brm_desktop.gui.pages.projects.opportunities import OpportunitiesSide

        return OpportunitiesSide(self.desk)

    def _needs(self) -> DeskPage:
        from brm_desktop.gui.pages.projects.needs import NeedsSide

        return NeedsSide(self.desk)
