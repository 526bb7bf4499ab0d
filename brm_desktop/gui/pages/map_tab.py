"""The map of an account, and the same account seen from one person."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.ports import KeyPersonPort, RelationshipMapPort
from brm_desktop.gui.commands import Commands
from brm_desktop.gui.desk import Desk, Place, Selected
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.pages.map_tools import MapTools
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.people_rows import PeopleColumns, PersonRow, people_rows
from brm_desktop.gui.pages.routes_panel import RoutesPanel
from brm_desktop.gui.pages.twin import Twin
