"""What a canvas pane does about a what-if: its buttons, frame, band, sliders and ranked list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Dimension, PersonId, Stance
from brm_desktop.domain.what_if import assess_all, people_of, take_stance
from brm_desktop.gui.what_if import leaving
from brm_desktop.gui.what_if.card_sliders import CardSliders
from brm_desktop.gui.what_if.frame import SupposedFrame
from brm_desktop.gui.what_if.live_band import LiveBand
from brm_desktop.gui.what_if.work_first_panel import WorkFirstPanel
from brm_desktop.gui.words import name_of
from brm_desktop.language import listed

if TYPE_CHECKING:
    from brm_desktop.gui.pages.canvas_pane import CanvasPane

_LIVE_MS: Final = 30
_ROOM_FOR_LIST: Final = 900


class PaneWhatIf(QObject):
    """Follows the session: in a what-if the pane shows it, whoever began it."""

    def __init__(self, pane: CanvasPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.desk = pane.desk
        self.frame = SupposedFrame(self.desk.look, pane.stack)
        self.band: LiveBand | None = None
        self.list: WorkFirstPanel | None = None
        self.sliders: CardSliders | None = None
        self._opened_list = False
        self._was_on = False
        self._dragged: tuple[Dimension, int] | None = None
        self._live = QTimer(self, singleShot=True, interval=_LIVE_MS)
        self._live.timeout.connect(self._show_dragged)
        self.button = pane.left.tool(phrase("What if"), icon="what_if", checkable=True, worded=True)
        self.button.setObjectName("what_if")
        self.button.clicked.connect(self.toggle)
        self.list_button = pane.left.tool(
            phrase("Work on whom first"), icon="ranked", checkable=True
        )
        self.list_button.clicked.connect(self.toggle_list)
        pane.lists.turned.connect(self._check_list)
        pane.installEventFilter(self)
        pane.stack.currentChanged.connect(self.follow)
        self.desk.changed.connect(self.follow)
        self.desk.selected.connect(self.follow)
        self.desk.day_shown.connect(self.follow)
        self.desk.closed.connect(self._close)
        pane.canvas_made.connect(self._made)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Catch up when the pane comes into view."""
        if event.type() == QEvent.Type.Show:
            self.follow()
        return False

    @property
    def is_on(self) -> bool:
        """Whether this pane is on show in a what-if."""
        desk = self.desk
        return desk.is_open and desk.session.supposing and self._pane.port is not None

    def toggle(self) -> None:
        """Begin a what-if, or end it; who has supposed something is asked."""
        if self.desk.session.supposing:
            leaving.leave(self.desk, self._pane.window())
        elif leaving.begin(self.desk) and self._pane.width() >= _ROOM_FOR_LIST:
            opens = self.list is None or self.list.isHidden()
            self._show_list(True)
            self._opened_list = opens
        self.follow()
        self._pane.focus_first()

    def toggle_list(self) -> None:
        """Show or hide whom to work on first."""
        self._show_list(self.list is None or self.list.isHidden())
        if self.list is not None and not self.list.isHidden():
            self.list.focus_first()
        else:
            self._pane.focus_first()

    def go_to_sliders(self) -> None:
        """Give the keys to the sliders of the selected card."""
        self.follow()
        if self.sliders is not None and not self.sliders.isHidden():
            self.sliders.take_focus()
        elif not self.is_on:
            self.desk.messages.say(phrase("Begin a what-if first; it has sliders on the cards."))
        else:
            self.desk.messages.say(phrase("Select a person of the account first."))

    def follow(self, *_: object) -> None:
        """Show what is supposed, when this pane is on show."""
        if not self._pane.isVisible() or not self.desk.is_open:
            return
        on = self.is_on
        if self._was_on and not on:  # the band went, and with it who had the keys
            QTimer.singleShot(0, self, self._pane.focus_first)
        self._was_on = on
        self.button.setChecked(on)
        if not on:
            self.frame.hide()
            if self._opened_list:
                self._show_list(False)
        else:
            canvas = None if self._pane.shows_twin else self._pane.canvas
            self.frame.lie_over(canvas, people_of(self.desk.session.supposed))
        self._show_band(on)
        self._show_sliders(on)

    def _show_band(self, on: bool) -> None:
        if on and self.band is None:
            self.band = LiveBand(self.desk)
            self.band.hide()
            self._pane.add_band(self.band)
        if self.band is not None:
            if self.band.isHidden() == on:
                self.band.setVisible(on)
                self._pane.fit_soon()
            self.band.renew()

    def _show_list(self, shown: bool) -> None:
        if self.list is None and shown:
            self.list = WorkFirstPanel(self.desk)
            self._pane.lists.add(self.list)
            self.list.ask_refresh()
        if self.list is not None:
            self._pane.lists.show(self.list, shown=shown)
        self._opened_list = False
        self._check_list()

    def _check_list(self) -> None:
        self.list_button.setChecked(self.list is not None and not self.list.isHidden())

    def _show_sliders(self, on: bool) -> None:
        sliders = self.sliders
        if sliders is None:
            return
        people = self._chosen() if on and not self._pane.shows_twin else ()
        if people:
            sliders.show_people(self.desk.analysis(), people, self.desk.place.project)
        else:
            sliders.hide()

    def _chosen(self) -> tuple[PersonId, ...]:
        """The selected people of the account whose cards are on show."""
        canvas = self._pane.canvas
        if canvas is None or self.desk.day is not None:
            return ()
        there = self.desk.analysis().importance
        cards = canvas.content.cards
        return tuple(p for p in self.desk.selection.people if p in there and p in cards)

    def _made(self) -> None:
        """A new canvas has sliders of its own."""
        canvas = self._pane.canvas
        assert canvas is not None
        sliders = self.sliders = CardSliders(self.desk.look, canvas)
        sliders.moving.connect(self._dragging)
        sliders.scored.connect(self._scored)
        sliders.stanced.connect(self._stanced)
        sliders.left.connect(self._pane.focus_first)
        canvas.zoom_changed.connect(self._view_moved)

    def _view_moved(self) -> None:
        if self.sliders is not None and not self.sliders.isHidden():
            self.sliders.stand()
        if not self.frame.isHidden():
            self.frame.update()

    def _close(self) -> None:
        self._live.stop()
        self.sliders = None
        self.frame.lie_over(None, frozenset())
        self.frame.hide()
        if self.list is not None:
            self._show_list(False)

    def _dragging(self, dimension: object, value: int) -> None:
        assert isinstance(dimension, Dimension)
        self._dragged = (dimension, value)
        if not self._live.isActive():
            self._live.start()

    def _show_dragged(self) -> None:
        """The numbers as they would be with the slider where it is; nothing is supposed yet."""
        if self._dragged is None or self.sliders is None or self.band is None or not self.is_on:
            return
        session, analysis = self.desk.session, self.desk.analysis()
        people = self.sliders.people
        try:
            change = assess_all(session.records, session.act(), people, *self._dragged)
        except Problem:
            return  # told when the slider is let go
        if change:
            analysis = analysis.after(change.applied(session.records), change)
        self.band.show_after(analysis)

    def _scored(self, dimension: object, value: int) -> None:
        assert isinstance(dimension, Dimension)
        self._live.stop()
        self._dragged = None
        if self.sliders is not None and self.is_on:
            people = self.sliders.people
            name = phrase(
                "{name}: {dimension} {value}",
                name=self._names(people),
                dimension=dimension.phrase,
                value=value,
            )
            if not self.desk.edit(name, assess_all, people, dimension, value):
                self.follow()

    def _stanced(self, stance: object) -> None:
        assert isinstance(stance, Stance)
        project = self.desk.place.project
        if self.sliders is not None and project is not None and self.is_on:
            people = self.sliders.people
            name = phrase("{name}: {stance}", name=self._names(people), stance=stance.phrase)
            self.desk.edit(name, take_stance, project, people, stance)

    def _names(self, people: tuple[PersonId, ...]) -> str:
        return listed(name_of(self.desk.records, person) for person in people)
