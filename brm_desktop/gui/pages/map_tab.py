"""The map of an account, and the same account seen from one person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Person, PersonId
from brm_desktop.gui.canvas.ports import KeyPersonPort, MapPort
from brm_desktop.gui.commands import Commands
from brm_desktop.gui.desk import Desk, Place
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.pages.centres_panel import CentresPanel
from brm_desktop.gui.pages.map_tools import FocusMenu, LensMenu, MapTools
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.people_rows import PeopleColumns, PersonRow
from brm_desktop.gui.pages.routes_panel import RoutesPanel
from brm_desktop.gui.pages.twin import Twin
from brm_desktop.gui.pages.twin_people import canvas_rows, rows_around
from brm_desktop.rendering.figure import Lens
from brm_desktop.rendering.figures.former import is_succession

_CENTRES = "map/centres"


class MapTab(DeskPage):
    """Two canvases behind one tab: the whole account, or the view from a person."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk)
        self.map = CanvasPane(
            desk,
            commands,
            phrase("Relationship map"),
            Twin(desk, PeopleColumns(desk).for_account(), self._everyone, self._map_links),
        )
        self.tools = MapTools(self.map.right, self._seen_otherwise)
        self.tools.fold_asked.connect(self._fold)
        self.focus = FocusMenu(self.map.right, self.map, self.tools.lines)
        self.centres = CentresPanel(desk)
        self.map.lists.add(self.centres)
        self.centres_button = self._centres_button()
        self.map.end_tools()
        self.view = CanvasPane(
            desk,
            commands,
            phrase("Key-person view"),
            Twin(desk, PeopleColumns(desk).for_account(), self._around, self._view_links),
        )
        self.lens = LensMenu(self.view.right, self._coloured_otherwise)
        self.near = FocusMenu(self.view.right, self.view)
        self.view.end_tools()
        self.routes = RoutesPanel(desk)
        seen_from = QWidget()
        stacked = QVBoxLayout(seen_from)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(10)
        stacked.addWidget(self.view, 1)
        stacked.addWidget(self.routes)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.map)
        self._stack.addWidget(seen_from)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.addWidget(self._stack)

    @property
    def pane(self) -> CanvasPane:
        """The canvas on show."""
        return self.map if self.desk.place.person is None else self.view

    def show_place(self, place: Place) -> None:
        """Show an account's map, or the view from a person of it."""
        if place.account is None:
            return
        if place.person is None:
            self._show_map(place.account)
        else:
            self._show_view(place.account, place.person)
        self.ask_refresh()

    def focus_first(self) -> None:
        """Give the keys to the canvas."""
        self.pane.focus_first()

    def refresh(self) -> None:
        """Show the routes as they are now."""
        person = self.desk.place.person
        if person is not None and self.desk.records.get(Person, person) is not None:
            self.routes.show_routes(self.desk.analysis(), person)

    def _show_map(self, account: AccountId) -> None:
        port = MapPort(self.desk.session, account, self.tools.view)
        self.map.show_port(port, Account, account)
        self.centres.show_account(account)
        self._stack.setCurrentIndex(0)

    def _show_view(self, account: AccountId, person: PersonId) -> None:
        port = KeyPersonPort(self.desk.session, account, person, self.lens.lens)
        self.view.show_port(port, Person, person)
        self._stack.setCurrentIndex(1)

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

    def _coloured_otherwise(self, lens: Lens) -> None:
        if isinstance(self.view.port, KeyPersonPort):
            self.view.port.set_lens(lens)

    def _everyone(self) -> Sequence[PersonRow]:
        return canvas_rows(self.desk, self.desk.analysis(), self.map.figure())

    def _around(self) -> Sequence[PersonRow]:
        return rows_around(self.desk, self.desk.analysis(), self.view.figure())

    def _map_links(self) -> list[str]:
        records = (line.record for line in self.map.figure().lines)
        return [record for record in records if not is_succession(record)]

    def _view_links(self) -> list[str]:
        return [line.record for line in self.view.figure().lines]
