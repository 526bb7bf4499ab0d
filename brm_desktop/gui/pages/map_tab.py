"""The map of an account, and the same account seen from one person."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId
from brm_desktop.gui.canvas.ports import MapPort
from brm_desktop.gui.commands import Commands
from brm_desktop.gui.desk import Desk, Place
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.pages.centres_panel import CentresPanel
from brm_desktop.gui.pages.map_tools import FocusMenu, MapTools
from brm_desktop.gui.pages.page import DeskPage

if TYPE_CHECKING:
    from brm_desktop.gui.pages.key_person_page import KeyPersonPage
    from brm_desktop.gui.pages.twin import Twin

_CENTRES = "map/centres"


class MapTab(DeskPage):
    """Two canvases behind one tab: the whole account, or the view from a person."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk)
        self._commands = commands
        self.map = CanvasPane(desk, commands, phrase("Relationship map"), self._twin)
        self.tools = MapTools(self.map.right, self._seen_otherwise)
        self.tools.fold_asked.connect(self._fold)
        self.focus = FocusMenu(self.map.right, self.map, self.tools.lines)
        self.centres = CentresPanel(desk)
        self.map.lists.add(self.centres)
        self.centres_button = self._centres_button()
        self.map.end_tools()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.map)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.addWidget(self._stack)

    @cached_property
    def seen_from(self) -> KeyPersonPage:
        """The view from a person, made when it is first shown."""
        from brm_desktop.gui.pages.key_person_page import KeyPersonPage

        made = KeyPersonPage(self.desk, self._commands)
        self._stack.addWidget(made)
        return made

    @property
    def pane(self) -> CanvasPane:
        """The canvas on show."""
        return self.map if self.desk.place.person is None else self.seen_from.pane

    def show_place(self, place: Place) -> None:
        """Show an account's map, or the view from a person of it."""
        if place.account is None:
            return
        if place.person is None:
            self._show_map(place.account)
        else:
            self.seen_from.show_person(place.account, place.person)
            self._stack.setCurrentWidget(self.seen_from)
        self.ask_refresh()

    def focus_first(self) -> None:
        """Give the keys to the canvas."""
        self.pane.focus_first()

    def _show_map(self, account: AccountId) -> None:
        port = MapPort(self.desk.session, account, self.tools.view)
        self.map.show_port(port, Account, account)
        self.centres.show_account(account)
        self._stack.setCurrentWidget(self.map)

    def _twin(self) -> Twin:
        from brm_desktop.gui.pages.twins import map_twin

        return map_twin(self.desk, self.map.figure)

    def _centres_button(self) -> QToolButton:
        button = self.map.right.tool(phrase("Centres"), icon="ranked", checkable=True, worded=True)
        button.setObjectName("centres")
        shown = self.desk.preferences.flag(_CENTRES, default=False)
        self.map.lists.show(self.centres, shown=shown)
        button.setChecked(shown)
        button.clicked.connect(self._centres_wanted)
        self.map.lists.turned.connect(
            lambda: button.setChecked(self.map.lists.on_show is self.centres)
        )
        return button

    def _centres_wanted(self, shown: bool) -> None:
        self.desk.preferences.set_flag(_CENTRES, shown)
        self.map.lists.show(self.centres, shown=shown)
        if shown:
            self.centres.focus_first()
        else:
            self.map.focus_first()

    def _fold(self, folded: bool) -> None:
        if isinstance(self.map.port, MapPort):
            self.map.port.fold_departments(folded=folded)

    def _seen_otherwise(self) -> None:
        if isinstance(self.map.port, MapPort):
            self.map.port.set_view(self.tools.view)
