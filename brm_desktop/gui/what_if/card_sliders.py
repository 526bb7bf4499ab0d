"""Sliders on the selected card in a what-if: three scores, and the stance in the project."""

from __future__ import annotations

from itertools import islice
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import Dimension, PersonId, ProjectId, Stance
from brm_desktop.domain.scores import band
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.look import Look
from brm_desktop.gui.what_if.live_band import SHORT
from brm_desktop.gui.widgets.frames import ElidedLabel, label
from brm_desktop.gui.widgets.score_row import ScoreSlider
from brm_desktop.gui.widgets.stance_buttons import StanceButtons
from brm_desktop.gui.words import BAND_TOKENS, dimension_title, name_of
from brm_desktop.language import tr, trn

_WIDE: Final = 252
_GAP: Final = 8
_LOOKED_AT: Final = 200
"""So many cards in sight are looked at for a place that covers few."""


class CardSliders(QFrame):
    """A small sheet beside the card, where it covers least; what is dragged is told as it moves.

    Its title is a handle: where it was put it stays, until someone else is selected.
    """

    moving = Signal(object, int)
    """A dimension and where its slider is, while it is dragged."""
    scored = Signal(object, int)
    """A dimension and the score it was left at."""
    stanced = Signal(object)
    left = Signal()

    def __init__(self, look: Look, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._look = look
        self._canvas = canvas
        self.people: tuple[PersonId, ...] = ()
        self._put: QPoint | None = None
        self._held: QPoint | None = None
        self.setProperty("frame", "floating")
        self.setFixedWidth(_WIDE)
        self.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._name = ElidedLabel("strong")
        self._name.setCursor(Qt.CursorShape.SizeAllCursor)
        grid.addWidget(self._name, 0, 0, 1, 3)
        self.sliders: dict[Dimension, ScoreSlider] = {}
        self._titles: dict[Dimension, QLabel] = {}
        self.numbers: dict[Dimension, QLabel] = {}
        for place, dimension in enumerate(Dimension, start=1):
            self._add_slider(grid, place, dimension)
        self.stances = StanceButtons(look)
        self.stances.chosen.connect(self.stanced)
        grid.addWidget(self.stances, len(Dimension) + 1, 0, 1, 3)

    def show_people(
        self, analysis: AccountAnalysis, people: tuple[PersonId, ...], project: ProjectId | None
    ) -> None:
        """Show the scores of the main one of some people, and stand at the card."""
        if people != self.people:
            self._put = None
        self.people = people
        main = people[0]
        several = trn("{n} person", "{n} people", len(people))
        self._name.setText(name_of(analysis.records, main) if len(people) == 1 else several)
        self.setAccessibleName(tr("What if: scores of {name}", name=self._name.text()))
        for dimension, slider in self.sliders.items():
            if not slider.isSliderDown():
                self._show_score(analysis, main, dimension)
        members = {} if project is None else self._stances(analysis, project)
        self.stances.setVisible(main in members)
        self.stances.show_stance(members.get(main))
        self.adjustSize()
        self.stand()
        self.show()
        self.raise_()

    def stand(self) -> None:
        """Stand beside the card where the fewest other cards are covered, or where it was put."""
        card = self._canvas.content.cards.get(self.people[0]) if self.people else None
        if card is None:
            self.hide()
            return
        box = self._canvas.camera.box_on_screen(card.box).toRect()
        corner = self._canvas.viewport().mapTo(self._canvas, QPoint(0, 0))
        box.translate(corner)
        room = self._canvas.rect().adjusted(_GAP, _GAP * 4, -_GAP, -_GAP)
        if self._put is not None:
            self.move(_within(QRect(self._put, self.size()), room))
            return
        others = self._others_on_screen(corner)
        places = [_within(QRect(at, self.size()), room) for at in self._corners(box)]
        self.move(min(places, key=lambda at: _covered(QRect(at, self.size()), box, others)))

    def _corners(self, box: QRect) -> list[QPoint]:
        """Where it may stand by a card, the best place first: below, above, at either side."""
        wide, high = self.width(), self.height()
        middle = box.center() - QPoint(wide // 2, high // 2)
        right, left = box.right() + _GAP, box.left() - _GAP - wide
        below, above = box.bottom() + _GAP, box.top() - _GAP - high
        across = (middle.x(), box.left(), box.right() - wide, right, left)
        beside = [QPoint(x, y) for y in (below, above) for x in across]
        along = (middle.y(), box.top(), box.bottom() - high, above, below)
        return [*beside, *(QPoint(x, y) for x in (right, left) for y in along)]

    def _others_on_screen(self, corner: QPoint) -> list[QRect]:
        """The cards of the others that are in sight."""
        camera, seen = self._canvas.camera, self._canvas.camera.seen
        cards = self._canvas.content.cards_in(seen)
        return [
            camera.box_on_screen(card.box).toRect().translated(corner)
            for card in islice(cards, _LOOKED_AT)
            if card.person not in self.people
        ]

    def take_focus(self) -> None:
        """Give the keys to the first slider."""
        self.sliders[Dimension.CLOSENESS].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the keys back to the canvas; no key goes on to it from here."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks round within the sheet."""
        inside: list[QWidget] = [*self.sliders.values()]
        if self.stances.isVisible():
            inside += self.stances.buttons
        here = next((i for i, one in enumerate(inside) if one.hasFocus()), -1)
        inside[(here + (1 if forward else -1)) % len(inside)].setFocus(
            Qt.FocusReason.TabFocusReason
        )
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press inside is not the canvas's; one on the title takes hold of the sheet."""
        if self._name.geometry().contains(event.position().toPoint()):
            self._held = event.position().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The sheet goes where it is pulled."""
        if self._held is not None:
            self._put = self.mapToParent(event.position().toPoint() - self._held)
            self.stand()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nor is its end."""
        self._held = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nor is a double click."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nor is the wheel."""
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retell()
        super().changeEvent(event)

    def _add_slider(self, grid: QGridLayout, place: int, dimension: Dimension) -> None:
        slider = ScoreSlider(self._look)
        self.sliders[dimension] = slider
        self._titles[dimension] = label("small")
        self.numbers[dimension] = label("strong")
        self.numbers[dimension].setFixedWidth(28)
        self.numbers[dimension].setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._titles[dimension], place, 0)
        grid.addWidget(slider, place, 1)
        grid.addWidget(self.numbers[dimension], place, 2)
        slider.valueChanged.connect(lambda value, d=dimension: self._moved(d, value))
        slider.settled.connect(lambda value, d=dimension: self.scored.emit(d, value))
        self._retell()

    def _retell(self) -> None:
        for dimension, title in self._titles.items():
            title.setText(tr(SHORT[dimension]))
            self.sliders[dimension].setAccessibleName(dimension_title(dimension))

    def _show_score(
        self, analysis: AccountAnalysis, person: PersonId, dimension: Dimension
    ) -> None:
        stands = analysis.standing(person, dimension)
        value = None if stands is None else stands.value
        self.sliders[dimension].show_score(value, BAND_TOKENS[band(value, analysis.rules)])
        self.numbers[dimension].setText("–" if value is None else str(value))

    def _stances(self, analysis: AccountAnalysis, project: ProjectId) -> dict[PersonId, Stance]:
        return {one.person: one.stance for one in analysis.chain(project).members}

    def _moved(self, dimension: Dimension, value: int) -> None:
        self.numbers[dimension].setText(str(value))
        self.moving.emit(dimension, value)


def _within(box: QRect, room: QRect) -> QPoint:
    """The corner nearest to that of a rectangle at which it is within the room."""
    x = max(room.left(), min(box.x(), room.right() - box.width()))
    y = max(room.top(), min(box.y(), room.bottom() - box.height()))
    return QPoint(x, y)


def _covered(box: QRect, card: QRect, others: list[QRect]) -> int:
    """How many pixels of cards are covered; those of the card itself count most."""
    own = box.intersected(card)
    rest = (box.intersected(other) for other in others)
    return 20 * own.width() * own.height() + sum(one.width() * one.height() for one in rest)
