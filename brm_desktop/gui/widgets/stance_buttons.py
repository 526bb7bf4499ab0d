"""Five buttons for someone's stance, enemy to mentor; the same again unsays it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from brm_desktop.domain.records import Stance
from brm_desktop.gui.look import Look
from brm_desktop.gui.past_day import changes_records
from brm_desktop.language import tr
from brm_desktop.rendering.figure import Point
from brm_desktop.rendering.glyphs import draw_stance_sign
from brm_desktop.rendering.screen import PainterSurface

_CHOICES: Final = (
    Stance.ENEMY,
    Stance.NON_SUPPORTER,
    Stance.NEUTRAL,
    Stance.SUPPORTER,
    Stance.MENTOR,
)


class _StanceButton(QPushButton):
    def __init__(self, look: Look, stance: Stance) -> None:
        super().__init__()
        self._look = look
        self.stance = stance
        self.setProperty("kind", "painted")
        self.setCheckable(True)
        self.setFixedHeight(28)
        self.setMinimumWidth(26)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(42, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        on = self.isChecked()
        colours = self._look.colour
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        marked = "accent" if self.isEnabled() else "quiet"
        edge = colours(marked) if on or self.hasFocus() else colours("hairline")
        painter.setPen(QPen(edge, 2.0 if self.hasFocus() else 1.3 if on else 1.0))
        plain = theme.panel if self.isEnabled() else theme.ground
        fill = theme.tinted(colours(marked).name(), 0.14) if on else plain
        painter.setBrush(self._look.shade(fill))
        painter.drawRoundedRect(box, 6, 6)
        ink = colours(marked if on else self._unmarked)
        centre = QRectF(self.rect()).center()
        surface = PainterSurface(painter)
        draw_stance_sign(surface, Point(centre.x(), centre.y()), self.stance, ink.name())

    @property
    def _unmarked(self) -> str:
        """The ink of a stance that is not someone's."""
        if not self.isEnabled():
            return "unscored"
        return "ink" if self.underMouse() else "quiet"


class StanceButtons(QWidget):
    """The row of five; ``chosen`` carries a stance, unknown when it was unsaid."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        self.buttons = [_StanceButton(look, stance) for stance in _CHOICES]
        for button in self.buttons:
            layout.addWidget(button, 1)
            button.clicked.connect(self._clicked)
            changes_records(button)
        self.retell()

    def retell(self) -> None:
        """Say the names of the stances in the language in use."""
        for button in self.buttons:
            button.setAccessibleName(tr(button.stance))
            button.setToolTip(tr(button.stance))

    def show_stance(self, stance: Stance | None) -> None:
        """Show what is known."""
        for button in self.buttons:
            button.setChecked(button.stance is stance)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along the row."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        here = next((i for i, button in enumerate(self.buttons) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        self.buttons[(here + step) % len(self.buttons)].setFocus()

    def _clicked(self) -> None:
        pressed = self.sender()
        if not isinstance(pressed, _StanceButton):
            return
        stance = pressed.stance if pressed.isChecked() else Stance.UNKNOWN
        self.show_stance(stance)
        self.chosen.emit(stance)
