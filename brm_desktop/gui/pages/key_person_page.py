"""An account seen from one person: the canvas around him, and the routes to him beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Person, PersonId
from brm_desktop.gui.canvas.ports import KeyPersonPort
from brm_desktop.gui.commands import Commands
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.pages.map_tools import FocusMenu, LensMenu
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.routes_panel import RoutesPanel
from brm_desktop.rendering.figure import Lens

if TYPE_CHECKING:
    from brm_desktop.gui.pages.twin import Twin

_ROOM_FOR_BOTH: Final = 720
"""So high the tables have some rows above the routes."""


class KeyPersonPage(DeskPage):
    """The view from a person above, the routes to him below."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk)
        self.pane = CanvasPane(desk, commands, phrase("Key-person view"), self._twin)
        self.lens = LensMenu(self.pane.right, self._coloured_otherwise)
        self.near = FocusMenu(self.pane.right, self.pane)
        self.pane.end_tools()
        self.routes = RoutesPanel(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.pane, 1)
        layout.addWidget(self.routes)
        self.pane.stack.currentChanged.connect(self._make_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the routes beneath the tables where there is room for both."""
        super().resizeEvent(event)
        self._make_room()

    def show_person(self, account: AccountId, person: PersonId) -> None:
        """Show an account from where a person stands."""
        port = KeyPersonPort(self.desk.session, account, person, self.lens.lens)
        self.pane.show_port(port, Person, person)
        self.ask_refresh()

    def refresh(self) -> None:
        """Show the routes as they are now."""
        person = self.desk.place.person
        if person is not None and self.desk.records.get(Person, person) is not None:
            self.routes.show_routes(self.desk.analysis(), person)

    def _twin(self) -> Twin:
        from brm_desktop.gui.pages.twins import view_twin

        return view_twin(self.desk, self.pane.figure)

    def _make_room(self) -> None:
        """Let the tables have the room of the routes on a low screen: the inspector has them."""
        self.routes.setVisible(not self.pane.shows_twin or self.height() >= _ROOM_FOR_BOTH)

    def _coloured_otherwise(self, lens: Lens) -> None:
        if isinstance(self.pane.port, KeyPersonPort):
            self.pane.port.set_lens(lens)
