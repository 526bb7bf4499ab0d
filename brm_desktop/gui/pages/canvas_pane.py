"""A canvas with its tools, and its twin: the same people and links as tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import PersonId, Record
from brm_desktop.gui.actions import ACTIONS
from brm_desktop.gui.canvas.legend import LegendCorner
from brm_desktop.gui.canvas.lighting import figure_lit
from brm_desktop.gui.canvas.ports import SessionPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.tools.stage import Mode
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.commands import Commands
from brm_desktop.gui.desk import Desk, Selected
from brm_desktop.gui.pages.beside import ListsBeside
from brm_desktop.gui.pages.canvas_menu import pop_up
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.time.pane_time import PaneTime
from brm_desktop.gui.what_if.pane_what_if import PaneWhatIf
from brm_desktop.gui.widgets.tool_strip import Choice, ToolStrip
from brm_desktop.rendering.figure import Figure, Point

if TYPE_CHECKING:
    from brm_desktop.gui.pages.twin import Twin

_MODES = (
    (Mode.SELECT.name, phrase("Select"), "select"),
    (Mode.PERSON.name, phrase("Person"), "person"),
    (Mode.INFLUENCE.name, phrase("Influence"), "influence"),
    (Mode.REPORTING.name, phrase("Reporting"), "reporting"),
    (Mode.CONFLICT.name, phrase("Conflict"), "conflict"),
)
_TIGHTER = ((0, 0), (0, 1), (0, 2), (2, 2), (2, 3))
_BETWEEN = 10
_SETTLES_IN_MS = 600


class CanvasPane(QWidget):
    """One canvas on show; which one is said by its port."""

    canvas_made = Signal()
    port_shown = Signal()
    """Another canvas is on show than before."""

    def __init__(
        self, desk: Desk, commands: Commands, name: Phrase, make_twin: Callable[[], Twin]
    ) -> None:
        super().__init__()
        self.desk = desk
        self.commands = commands
        self.name = name
        self._make_twin = make_twin
        self._twin: Twin | None = None
        self.texts = Texts(self)
        self.canvas: CanvasView | None = None
        self._port: SessionPort | None = None
        self._settling = QTimer(self, singleShot=True, interval=_SETTLES_IN_MS)
        self._from: tuple[float, Point] | None = None
        self._subject: tuple[type[Record], str] | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self.stack = QStackedWidget()
        self.left = self._drawing_tools()
        self.right = ToolStrip(desk.look)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setSpacing(_BETWEEN)
        self._bar.addWidget(self.left, 0, Qt.AlignmentFlag.AlignLeft)
        self._bar.addStretch(1)
        self._bar.addWidget(self.right, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addLayout(self._bar)
        self._bands = QVBoxLayout()
        self._layout.addLayout(self._bands)
        across = QHBoxLayout()
        across.setSpacing(10)
        across.addWidget(self.stack, 1)
        self._layout.addLayout(across, 1)
        self.lists = ListsBeside(across, self)
        self.lists.turned.connect(self.fit_soon)
        self.stack.addWidget(QWidget())  # on show where there is no canvas
        desk.selected.connect(self._follow)
        desk.reveal.connect(self._reveal)
        desk.changed.connect(self._see_if_there)
        desk.closed.connect(self.leave)
        desk.held.connect(self.leave)
        commands.rekeyed.append(self._rekey)
        desk.look.changed.connect(self._wear)

    def show_port(self, port: SessionPort, subject: type[Record], key: str) -> None:
        """Show a canvas that stands and falls with a record; the one on show stays as it is."""
        self._subject = (subject, key)
        if self.canvas is None:
            self.canvas = self._made(port)
            self.stack.insertWidget(0, self.canvas)
            self.stack.setCurrentWidget(self.canvas)
            self.canvas_made.emit()
        elif self._port is not None and port.key != self._port.key:
            self.canvas.set_port(port)
        else:
            return
        self._port = port
        self._let_twin_follow()
        self.time.follow()
        self.what_if.follow()
        self.port_shown.emit()
        self.fit_soon()

    def fit_soon(self) -> None:
        """See everything again when what is around has taken or left its room."""
        self._from = None
        self._settling.start()
        QTimer.singleShot(0, self, self._fit)

    @property
    def seen_from(self) -> tuple[float, Point] | None:
        """How near one looks, and at what place of the scene; ``None`` without a canvas."""
        camera = None if self.canvas is None else self.canvas.camera
        return None if camera is None else (camera.zoom, camera.seen.centre)

    def look_from(self, zoom: float, centre: Point) -> None:
        """See again what was seen, also while what is around still takes its room."""
        self._from = (zoom, centre)
        self._settling.start()
        self._fit()

    def add_band(self, band: QWidget) -> None:
        """Put a band between the tools and the canvas, as of a mode or of a day."""
        self._bands.addWidget(band)

    @property
    def port(self) -> SessionPort | None:
        """What the canvas shows."""
        return self._port

    def leave(self) -> None:
        """Let the canvas go, as before its store is closed."""
        if self.canvas is not None:
            self.canvas.close_port()
            self.stack.removeWidget(self.canvas)
            self.canvas.deleteLater()
            self.canvas = None
            self._port = None
            self._let_twin_follow()

    def figure(self) -> Figure:
        """What is on show, everybody in full colour."""
        return Figure(canvas="", cards={}) if self._port is None else self._port.figure()

    def picture(self) -> Figure:
        """What is on show, for export and print: whoever steps back on the canvas does there."""
        lit = None if self.canvas is None else self.canvas.content.lit
        return figure_lit(self.figure(), lit)

    @property
    def twin(self) -> Twin:
        """The tables, made when they are first asked for."""
        if self._twin is None:
            self._twin = self._make_twin()
            self.stack.addWidget(self._twin)
            self._let_twin_follow()
        return self._twin

    @property
    def shows_twin(self) -> bool:
        """Whether the tables are on show in place of the canvas."""
        return self._twin is not None and self.stack.currentWidget() is self._twin

    def _let_twin_follow(self) -> None:
        if self._twin is not None:
            self._twin.work_on(self._port)

    def toggle_twin(self) -> None:
        """Show the tables instead of the canvas, or the other way round."""
        twin = not self.shows_twin
        self._twin_button.setChecked(twin)
        if twin:
            self.stack.setCurrentWidget(self.twin)
            self.twin.ask_refresh()
            self.twin.people.setFocus()
        elif self.canvas is not None:
            self.stack.setCurrentWidget(self.canvas)
            self.canvas.setFocus()
        self.allow_drawing()

    def allow_drawing(self) -> None:
        """What draws is off where nothing can be drawn: on the tables, and in the past."""
        allowed = not self.shows_twin and not self.desk.is_read_only
        for button in self._drawing:
            button.setEnabled(allowed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words of the tools do not fit, their signs stand alone."""
        super().resizeEvent(event)
        self._tighten()
        self.lists.fit(self.width())

    def _tighten(self) -> None:
        """Take room from the looks first: the words of the drawing tools are the last to go.

        Where the strips do not fit beside each other even so, they stand one above the other.
        """
        self._bar.setDirection(QBoxLayout.Direction.LeftToRight)
        for left, right in _TIGHTER:
            self.left.tighten(left)
            self.right.tighten(right)
            beside = self.left.sizeHint().width() + self.right.sizeHint().width()
            if beside + _BETWEEN <= self.width():
                return
        self._bar.setDirection(QBoxLayout.Direction.TopToBottom)
        for strip in (self.left, self.right):
            for step in range(ToolStrip.tightest + 1):
                strip.tighten(step)
                if strip.sizeHint().width() <= self.width():
                    break

    def run(self, action: str) -> None:
        """Let the canvas do something."""
        if self.canvas is None:
            return
        if self.shows_twin:
            self.toggle_twin()
        self.canvas.run(action)
        if action != "find_on_canvas" and not self.canvas.field.is_open:
            self.canvas.setFocus()

    def end_tools(self) -> None:
        """Put the buttons every canvas has at the end of the right strip."""
        self.right.gap()
        self.time = PaneTime(self)
        self.what_if = PaneWhatIf(self)
        for action in ("find_on_canvas", "fit"):
            self._button(action)
        self._twin_button = self.right.tool(
            ACTIONS["table_twin"].text, icon="table", checkable=True
        )
        self._twin_button.clicked.connect(self.toggle_twin)
        self._hints()
        self.texts.again(self._hints)
        self.texts.again(self._tighten)
        self.right.reworded.connect(self._tighten)

    def _drawing_tools(self) -> ToolStrip:
        strip = ToolStrip(self.desk.look)
        self.texts.name(strip, phrase("Drawing tools"))
        self.modes = Choice(strip, _MODES)
        self.modes.show_choice(Mode.SELECT.name)
        self.modes.chosen.connect(self._mode_chosen)
        strip.gap()
        hint = ACTIONS["lay_out"].text
        lay_out = strip.tool(phrase("Layout"), icon="layout", hint=hint, worded=True)
        lay_out.clicked.connect(lambda: self.run("lay_out"))
        self._drawing = (*self.modes.buttons.values(), lay_out)
        return strip

    def _button(self, action: str) -> QToolButton:
        icon = {"find_on_canvas": "search"}.get(action, action)
        button = self.right.tool(ACTIONS[action].text, icon=icon)
        button.setObjectName(action)
        button.clicked.connect(lambda: self.run(action))
        return button

    def _hints(self) -> None:
        for button in self.right.findChildren(QToolButton):
            if button.objectName() in ACTIONS:
                button.setToolTip(self.commands.hint(button.objectName()))
        self._twin_button.setToolTip(self.commands.hint("table_twin"))

    def _made(self, port: SessionPort) -> CanvasView:
        canvas = CanvasView(
            port,
            self.desk.look.theme,
            self.name,
            keys=self.commands.keys,
            clip=self.commands.clip,
        )
        canvas.installEventFilter(self)
        canvas.selection_changed.connect(self._selected)
        canvas.problem.connect(self.desk.messages.warn)
        canvas.mode_changed.connect(lambda mode: self.modes.show_choice(mode.name))
        canvas.menu_requested.connect(self._menu)
        LegendCorner(canvas, self.desk.look, self.desk.preferences)
        return canvas

    def _mode_chosen(self, name: str) -> None:
        if self.canvas is not None:
            self.canvas.set_mode(Mode[name])
            self.canvas.setFocus()

    def _selected(self, selection: Selection) -> None:
        self.desk.select(Selected(tuple(reversed(selection.people)), selection.lines))

    def _follow(self, selected: Selected) -> None:
        canvas = self.canvas
        if canvas is None or not self.isVisible():
            return
        people = tuple(p for p in reversed(selected.people) if p in canvas.content.cards)
        wanted = Selection(people, selected.links)
        if (wanted.people, wanted.lines) != (canvas.selection.people, canvas.selection.lines):
            canvas.select(wanted)

    def _reveal(self, person: object) -> None:
        canvas = self.canvas
        if canvas is not None and self.isVisible() and isinstance(person, str):
            canvas.show_person(PersonId(person))

    def _see_if_there(self) -> None:
        """Let the canvas go before it is asked to draw what is no more."""
        if self._subject is not None and self.desk.records.get(*self._subject) is None:
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """While the panels around still take their room, go on seeing everything."""
        if event.type() == QEvent.Type.Resize and self._settling.isActive():
            QTimer.singleShot(0, self, self._fit)
        return False

    def _fit(self) -> None:
        """See everything, once the panels around have taken their room."""
        if self.canvas is None or not self.canvas.isVisible():
            return
        if self._from is None:
            self.canvas.fit()
            return
        zoom, centre = self._from
        self.canvas.camera.zoom_to(zoom)
        self.canvas.camera.look_at(centre)

    def focus_first(self) -> None:
        """Give the keys to the canvas, or to its tables."""
        if self.shows_twin:
            self.twin.people.setFocus()
        elif self.canvas is not None:
            self.canvas.setFocus()

    def _wear(self) -> None:
        if self.canvas is not None:
            self.canvas.set_theme(self.desk.look.theme)

    def _rekey(self) -> None:
        if self.canvas is not None:
            self.canvas.set_keys(self.commands.keys)

    def _menu(self, at: QPoint, _selection: Selection) -> None:
        if self.canvas is not None:
            pop_up(self, self.canvas, at)
