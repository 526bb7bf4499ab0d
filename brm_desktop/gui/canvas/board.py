"""The canvas as a surface: shows a figure, keeps selection and marks and where one looks from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.camera import ZOOM_STEP, Camera
from brm_desktop.gui.canvas.content import Content, Damage
from brm_desktop.gui.canvas.finding import FindBar
from brm_desktop.gui.canvas.folding import Fold
from brm_desktop.gui.canvas.gliding import Glide
from brm_desktop.gui.canvas.hint import Hint
from brm_desktop.gui.canvas.keeping import keep_in_sight
from brm_desktop.gui.canvas.layer import Layer, scene_of
from brm_desktop.gui.canvas.lighting import Keeps, Lighting
from brm_desktop.gui.canvas.marks import Marks
from brm_desktop.gui.canvas.minimap import MiniMap
from brm_desktop.gui.canvas.naming import NameField
from brm_desktop.gui.canvas.overlay import Overlay
from brm_desktop.gui.canvas.port import CanvasPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.language import listed, tr, trn
from brm_desktop.rendering.figure import Box, Point, RouteMark
from brm_desktop.rendering.theme import Theme

_INDEX_SLICE: Final = 0.015
"""Seconds of a slice of finding where everything of a large figure is."""
_PAINTED_MS: Final = 40  # before that begins, the figure is painted once

SHARPEN_MS: Final = 90
"""So long after the last movement the picture is sharpened."""
KEEPS_MS: Final = 3_000
"""So long after the last painting the picture is kept."""


class Board(QGraphicsView):
    """Shows what its port gives, and changes of it only where they are."""

    selection_changed = Signal(object)
    """What is selected now, a :class:`Selection`."""
    problem = Signal(object)
    """Why something the user asked for was refused, a :class:`Phrase`."""
    zoom_changed = Signal(float)

    def __init__(
        self,
        port: CanvasPort,
        theme: Theme,
        name: Phrase,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._port = port
        self._theme = theme
        self._name = name
        self._selection = Selection()
        self._lighting = Lighting()
        self._routes: tuple[RouteMark, ...] | None = None
        self._fitted = False
        self._outdated = False
        self._content = Content(port.department_of)
        self.camera = Camera(self, self._content, self._view_moved)
        self._unpainted = QTimer(self, singleShot=True, interval=KEEPS_MS)
        self.layer = Layer(self._content, theme, self._unfinished, self._unpainted.start)
        self._unpainted.timeout.connect(self.layer.let_go)
        self._overlay = Overlay(self._content, self.layer.drawing.far, theme)
        self.glide = Glide(self.preview, self)
        self._still = QTimer(self, singleShot=True, interval=SHARPEN_MS)
        self._still.timeout.connect(self.layer.settle)
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self.layer.finish)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._index_on)
        self._set_up()
        self.field = NameField(self.viewport(), theme)
        self.find_bar = FindBar(self, theme, port.matches)
        far = self.layer.drawing.far
        self.minimap = MiniMap(self, self._content, far, self.camera, theme)
        self.glide.arrived.connect(self.minimap.settle)
        self.ring = QFrame(self)
        self.ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.ring.hide()
        self._hint = Hint(self)
        self.retell()
        self._dress()
        self._stop: Callable[[], None] | None = port.subscribe(self.refresh)
        self.refresh()

    def _set_up(self) -> None:
        self.setScene(scene_of(self, self.layer, self._overlay))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    # What is shown

    @property
    def port(self) -> CanvasPort:
        """The door to the records."""
        return self._port

    @property
    def content(self) -> Content:
        """What is on show."""
        return self._content

    @property
    def selection(self) -> Selection:
        """What is selected."""
        return self._selection

    @property
    def marks(self) -> Marks:
        """What is drawn over the figure."""
        return self._overlay.marks

    @property
    def zoom(self) -> float:
        """Pixels for one scene unit."""
        return self.camera.zoom

    def refresh(self) -> None:
        """Show what the port gives now; cards that stand elsewhere glide there.

        Out of sight nothing is done before the canvas is shown again.
        """
        if self._fitted and not self.isVisible():
            self._outdated = True
            return
        self._outdated = False
        self._abandon()
        self.glide.finish()
        before = {person: card.centre for person, card in self._content.cards.items()}
        figure = self._port.figure()
        if self._routes is not None:
            figure = replace(figure, routes=self._routes)
        self._content.lit = self._lighting.lit(figure, self._selection.people)
        damage = self._content.show(figure)
        if not self._content.indexed:
            self._idle.start(_PAINTED_MS)
        self.layer.damage(damage)
        cards = self._content.cards
        moved = {
            person: at
            for person, at in before.items()
            if person in cards and cards[person].centre != at
        }
        if self.isVisible():
            keep_in_sight(self.camera, self._content, moved, len(before))
            self.glide.start(moved, {person: cards[person].centre for person in moved})
        if damage:
            self._overlay.update()
        self._prune()
        self._describe()
        self.minimap.follow()

    def set_port(self, port: CanvasPort) -> None:
        """Show something else altogether, fitted into the view."""
        self.close_port()
        self._port = port
        self._selection = Selection()
        self._lighting, self._routes = Lighting(), None
        self._abandon()
        self.glide.finish()
        self.layer.damage(self._content.clear(port.department_of))
        self.find_bar.look_with(port.matches)
        self._stop = port.subscribe(self.refresh)
        self._fitted = False
        self.refresh()
        self.selection_changed.emit(self._selection)
        self._fit_once()

    def close_port(self) -> None:
        """Listen to the port no longer, as before the canvas goes away."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._overlay.theme = theme
        self.layer.refresh(theme)
        self.field.set_theme(theme)
        self.find_bar.set_theme(theme)
        self.minimap.set_theme(theme)
        self._dress()

    def set_filter(self, keeps: Keeps | None) -> None:
        """Fade everybody but whom ``keeps`` finds, now and after every change; ``None``: nobody."""
        self._lighting.keeps = keeps
        self._relight()

    def set_focus_radius(self, steps: int | None) -> None:
        """Fade whoever is more lines away from the selection than this; ``None`` fades nobody."""
        self._lighting.radius = steps
        self._relight()

    def set_routes(self, routes: tuple[RouteMark, ...] | None) -> None:
        """Draw these routes over the figure; ``None`` draws the figure's own."""
        self._routes = routes
        self.refresh()

    def set_folds(self, folds: Mapping[PersonId, Fold]) -> None:
        """Collapse exactly these parts."""
        self._content.folds = dict(folds)
        self.refresh()

    # Looking

    def zoom_in(self) -> None:
        """Look from nearer."""
        self.camera.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Look from farther."""
        self.camera.zoom_by(1 / ZOOM_STEP)

    def zoom_100(self) -> None:
        """One pixel for one scene unit."""
        self.camera.zoom_to(1.0)

    def fit(self) -> None:
        """Show everything; where nothing is yet, as large as cards are drawn."""
        if self.content.bounds.width > 0:
            self.camera.fit(self.content.extent)
        else:
            self.camera.zoom_to(1.0)

    def fit_selection(self) -> None:
        """Show all that is selected, or everything when nothing is."""
        if self.selection.people:
            self.camera.fit(self.content.box_of(self.selection.people), nearest=1.6)
        else:
            self.fit()

    # What gestures may do

    def select(self, selection: Selection) -> None:
        """Select something else and tell of it."""
        selection = selection.within(self._content.cards, self._content.lines)
        if selection == self._selection:
            return
        self._selection = selection
        self._overlay.show_selection(selection, self.zoom)
        self.layer.pick(frozenset(selection.people))
        if self._lighting.radius is not None:
            self._relight()
        self._describe()
        self.selection_changed.emit(selection)

    def mark(self, marks: Marks) -> None:
        """Draw other marks over the figure."""
        if marks != self._overlay.marks:
            self._overlay.show_marks(marks, self.zoom)

    def preview(self, places: Mapping[PersonId, Point]) -> None:
        """Show cards elsewhere without any edit."""
        chosen = [person for person in self._selection.people if person in places]
        self._overlay.touch(chosen, self._selection.lines, self.zoom)
        damage = self._content.move(places)
        self.layer.damage(damage)
        if damage.everything:
            self._overlay.update()
        else:
            self._overlay.touch(chosen, self._selection.lines, self.zoom)

    def do(self, edit: Callable[[], object]) -> bool:
        """Make an edit; a problem is told and gives ``False``."""
        try:
            edit()
        except Problem as problem:
            self.problem.emit(problem.sentence)
            return False
        return True

    def pan_by(self, dx: float, dy: float) -> None:
        """Shift what is seen by so many pixels."""
        self.camera.pan_by(dx, dy)

    def nearby_boxes(self, people: frozenset[PersonId]) -> list[Box]:
        """The boxes of the cards in sight, but for some people's."""
        seen = self._content.cards_in(self.camera.seen)
        return [card.box for card in seen if card.person not in people]

    # The view itself

    def retell(self) -> None:
        """Say every text in the current language."""
        self.setAccessibleName(tr(self._name))
        self._hint.setText(tr("Double-click here, or just type a name, to add the first person."))
        self.find_bar.retell()
        self._describe()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at everything the first time."""
        super().showEvent(event)
        if self._outdated:
            self.refresh()
        self._fit_once()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners' widgets in their corners."""
        super().resizeEvent(event)
        self.find_bar.adjustSize()
        self.find_bar.move(self.width() - self.find_bar.width() - 12, 12)
        for over_all in (self._hint, self.ring):
            over_all.setGeometry(0, 0, self.width(), self.height())
        corner = self.rect().bottomRight() - self.minimap.rect().bottomRight()
        self.minimap.move(corner.x() - 12, corner.y() - 12)
        self.minimap.follow()
        self._fit_once()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retell()
            self.layer.refresh(self._theme)
            self.refresh()
        super().changeEvent(event)

    def _fit_once(self) -> None:
        bounds = self._content.bounds
        if not self._fitted and self.isVisible() and bounds.width > 0:
            self._fitted = True
            self.camera.fit(bounds)
            self.layer.settle()

    def _view_moved(self, hurried: bool) -> None:
        """Something else is seen: hurry until the view stands still."""
        if hurried:
            self.layer.hurry = True
            self._still.start()
        if not self.field.is_open:
            self.minimap.follow()
        self.zoom_changed.emit(self.zoom)

    def _unfinished(self) -> None:
        self._rest.start()

    def _index_on(self) -> None:
        """Go on finding where everything is, in slices that nobody notices."""
        if not self._content.index_some(_INDEX_SLICE):
            self._idle.start(0)
        else:
            self.layer.damage(Damage(everything=True))

    def _abandon(self) -> None:
        """Hook for gestures under way when the figure changes."""

    def _relight(self) -> None:
        """Work out anew who is faded."""
        lit = self._lighting.lit(self._content.figure, self._selection.people)
        if lit != self._content.lit:
            self._content.lit = lit
            self.layer.damage(self._content.again())

    def _prune(self) -> None:
        """Forget selected and marked cards that are gone."""
        marks, cards = self._overlay.marks, self._content.cards
        if any(person not in cards for person in marks.people()):
            self.mark(replace(marks, hovered=None, dot=None, found=None))
        self.select(self._selection)

    def _describe(self) -> None:
        """Tell a screen reader what is here and what is selected."""
        people, lines = len(self._content.cards), len(self._content.lines)
        said = [trn("{n} person", "{n} people", people), trn("{n} line", "{n} lines", lines)]
        main = self._selection.main
        card = self._content.cards.get(main) if main is not None else None
        if card is not None:
            who = f"{card.name} {card.subtitle}".strip()
            said.append(tr("selected: {name}", name=who))
        self.setAccessibleDescription(listed(said))
        empty = people == 0 and not self.field.is_open
        self._hint.stand(empty, low=bool(self._content.figure.lanes))

    def _dress(self) -> None:
        self._hint.wear(self._theme)
        self.ring.setStyleSheet(f"border: 2px solid {self._theme.accent}; border-radius: 6px;")
