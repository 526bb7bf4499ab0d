"""The legend in a canvas's lower left corner: a small button, and what the signs mean above it."""

from __future__ import annotations

from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.look import Look
from brm_desktop.gui.preferences import Preferences
from brm_desktop.gui.texts import Texts
from brm_desktop.rendering.figure import Figure, Point
from brm_desktop.rendering.legend import draw_legend, legend_box
from brm_desktop.rendering.screen import PainterSurface

_SHOWN: Final = "canvas/legend"
_EDGE: Final = 12
_WIDEST: Final = 900.0
_BESIDE: Final = 220.0
"""The room that is left at the right, for the mini-map."""


class LegendCorner(QWidget):
    """Stands in the corner of its canvas and goes with it; remembers whether it is open."""

    def __init__(self, canvas: CanvasView, look: Look, preferences: Preferences) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._preferences = preferences
        self._drawn: Figure | None = None
        self.panel = _Panel(self, canvas, look)
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setProperty("kind", "framed")
        texts = Texts(self)
        texts.bind(self.button.setText, phrase("Legend"))
        texts.bind(self.button.setToolTip, phrase("What the signs mean"))
        texts.bind(self.button.setAccessibleName, phrase("Legend"))
        texts.again(self.fit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.panel)
        layout.addWidget(self.button)
        self.button.toggled.connect(self._toggled)
        self.button.setChecked(preferences.flag(_SHOWN, default=False))
        self.panel.setVisible(self.button.isChecked())
        canvas.legend_asked.connect(self.button.toggle)
        canvas.viewport().installEventFilter(self)
        look.changed.connect(self.update)
        self.fit()

    def fit(self) -> None:
        """Take the room that the legend needs, in the corner."""
        self._drawn = self._canvas.content.figure
        self.panel.fit(min(_WIDEST, self._canvas.width() - _BESIDE))
        self.adjustSize()
        self.move(_EDGE, self._canvas.height() - self.height() - _EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Follow the canvas: its size, and what it shows."""
        resized = event.type() == QEvent.Type.Resize
        painted = event.type() == QEvent.Type.Paint and self.panel.isVisible()
        if resized or (painted and self._drawn is not self._canvas.content.figure):
            self.fit()
        return False

    def _toggled(self, shown: bool) -> None:
        self._preferences.set_flag(_SHOWN, shown)
        self.panel.setVisible(shown)
        self.fit()


class _Panel(QWidget):
    """The legend itself, painted as on paper."""

    def __init__(self, parent: QWidget, canvas: CanvasView, look: Look) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._look = look
        self._wide = _WIDEST

    def fit(self, wide: float) -> None:
        """Be as large as what there is to explain."""
        self._wide = max(wide, 160.0)
        box = legend_box(self._canvas.content.figure, Point(0.0, 0.0), self._wide)
        self.setFixedSize(ceil(box.width) + 2, ceil(box.height) + 2)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the samples and their words."""
        painter = QPainter(self)
        figure, theme = self._canvas.content.figure, self._look.theme
        draw_legend(PainterSurface(painter), figure, Point(1.0, 1.0), theme, self._wide)
        painter.end()
