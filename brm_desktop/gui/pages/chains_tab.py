"""The decision chains: the list of projects, and one project's chain with its odds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout

from brm_desktop.domain.chain_members import MemberReading
from brm_desktop.domain.guiding import Topic
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId, Project, Stance
from brm_desktop.gui.canvas.ports import ChainPort
from brm_desktop.gui.commands import Commands
from brm_desktop.gui.desk import Desk, Place
from brm_desktop.gui.messages import guarded
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.pages.map_tools import FocusMenu, LensMenu
from brm_desktop.gui.pages.odds_view import odds_view
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.projects.table import ProjectTable
from brm_desktop.gui.past_day import show_past
from brm_desktop.gui.widgets.odds_panel import OddsPanel
from brm_desktop.rendering.figure import Lens

if TYPE_CHECKING:
    from brm_desktop.gui.pages.twin import Twin

_PANEL = 224


class ChainsTab(DeskPage):
    """The account's projects, live ones first; a chosen one shows its chain."""

    new_asked = Signal()

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk)
        self.list = ProjectTable(desk, live_first=True)
        self.list.new_asked.connect(self.new_asked)
        self.chain = ChainPage(desk, commands)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.chain)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    @property
    def pane(self) -> CanvasPane | None:
        """The canvas, while a chain is on show."""
        return None if self.desk.place.project is None else self.chain.pane

    def focus_first(self) -> None:
        """Give the keys to the list or the canvas."""
        if self.desk.place.project is None:
            self.list.focus_first()
        else:
            self.chain.focus_first()

    def show_place(self, place: Place) -> None:
        """Show the list, or one project's chain."""
        if place.project is None:
            self._stack.setCurrentWidget(self.list)
            self.list.ask_refresh()
        else:
            self.chain.show_project(place)
            self._stack.setCurrentWidget(self.chain)
            self.chain.ask_refresh()


class ChainPage(DeskPage):
    """One project's decision chain above, its odds below."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk)
        self.pane = CanvasPane(desk, commands, phrase("Decision chain"), self._twin)
        self.lens = LensMenu(self.pane.right, self._colour)
        self.focus = FocusMenu(self.pane.right, self.pane)
        self.pane.end_tools()
        self.odds = OddsPanel(desk.look)
        self.odds.person_asked.connect(lambda person: desk.show_person(PersonId(person)))
        self.odds.answers_asked.connect(self.ask_stances)
        self.odds.role_asked.connect(self.ask_roles)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(10)
        split.setChildrenCollapsible(False)
        split.addWidget(self.pane)
        split.addWidget(self.odds)
        split.setStretchFactor(0, 1)
        split.setSizes([600, _PANEL])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.addWidget(split)

    def _twin(self) -> Twin:
        from brm_desktop.gui.pages.twins import chain_twin

        return chain_twin(self.desk, self.pane.figure)

    def show_project(self, place: Place) -> None:
        """Show a project's chain."""
        assert place.account is not None
        assert place.project is not None
        port = ChainPort(self.desk.session, place.account, place.project, self.lens.lens)
        self.pane.show_port(port, Project, place.project)

    def focus_first(self) -> None:
        """Give the keys to the canvas."""
        self.pane.focus_first()

    def refresh(self) -> None:
        """Show the odds as they are now."""
        project = self.desk.place.project
        if project is not None:
            analysis = self.desk.analysis()
            self.odds.show_odds(odds_view(analysis, analysis.chain(project)))
            show_past(self.odds, past=self.desk.is_read_only)

    def ask_stances(self) -> None:
        """Ask about everyone on the chain whose stance nobody has said."""
        self._ask(Topic.STANCE, [one for one in self._there() if one.stance is Stance.UNKNOWN])

    def ask_roles(self) -> None:
        """Ask what everyone on the chain without a role does, or for someone to take it."""
        without = [one for one in self._there() if not one.roles]
        if without:
            self._ask(Topic.ROLE, without)
        else:
            self.desk.messages.say(
                phrase("Type a name on the canvas, then give the role in the inspector.")
            )
            self.focus_first()

    def _there(self) -> list[MemberReading]:
        project = self.desk.place.project
        members = () if project is None else self.desk.analysis().chain(project).members
        return [one for one in members if not one.left]

    def _ask(self, topic: Topic, members: list[MemberReading]) -> None:
        from brm_desktop.gui.dialogs.guiding_dialog import GuidingDialog

        project = self.desk.place.project
        today = guarded(self.desk.messages.failed, self.desk.check_today)
        if today and project is not None and members:
            people = [one.person for one in members]
            GuidingDialog(self.desk, project, people, topic, self.window()).exec()
            self._take_keys_back()

    def _take_keys_back(self) -> None:
        """Give the keys to the row that asked, or to the canvas where it has gone."""
        rows = self.odds.findChildren(QPushButton, "answer_now")
        there = [one for one in rows if not one.isHidden()]
        if there:
            there[0].setFocus()
        else:
            self.focus_first()

    def _colour(self, lens: Lens) -> None:
        if isinstance(self.pane.port, ChainPort):
            self.pane.port.set_lens(lens)
