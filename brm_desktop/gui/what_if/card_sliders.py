"""Sliders on the selected card in a what-if: three scores, and the stance in the project."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
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


class CardSliders(QFrame):
    """A small sheet under the card, or above it; what is dragged is told as it moves."""

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
        self.setProperty("frame", "floating")
        self.setFixedWidth(_WIDE)
        self.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._name = ElidedLabel("strong")
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
        """Stand under the card, or above it where there is no room."""
        card = self._canvas.content.cards.get(self.people[0]) if self.people else None
        if card is None:
            self.hide()
            return
        box = self._canvas.camera.box_on_screen(card.box).toRect()
        corner = self._canvas.viewport().mapTo(self._canvas, QPoint(0, 0))
        box.translate(corner)
        room = self._canvas.rect().adjusted(_GAP, _GAP * 4, -_GAP, -_GAP)
        x = box.center().x() - self.width() // 2
        y = box.bottom() + _GAP
        if y + self.height() > room.bottom():
            y = box.top() - _GAP - self.height()
        x = max(room.left(), min(x, room.right() - self.width()))
        y = max(room.top(), min(y, room.bottom() - self.height()))
        self.move(x, y)

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
        """A press inside is not the canvas's."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nor is its end."""
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
