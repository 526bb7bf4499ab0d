"""The mini-map: the whole figure in a corner, with a frame around what is in sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from brm_desktop.gui.canvas.camera import Camera
from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.far import FarView
from brm_desktop.rendering.figure import Box, Point
from brm_desktop.rendering.screen import qcolor
from brm_desktop.rendering.theme import RADIUS_CARD, Theme, seen_through

_SIZE: Final = QSize(176, 120)
_PAD: Final = 8.0
_MOST_SHOWN: Final = 0.45
"""When more of the figure than this share is in sight there is no need for a map."""


class MiniMap(QWidget):
    """Shows where one looks; a press or a drag in it looks elsewhere."""

    def __init__(
        self, parent: QWidget, content: Content, far: FarView, camera: Camera, theme: Theme
    ) -> None:
        super().__init__(parent)
        self._content = content
        self._far = far
        self._camera = camera
        self._theme = theme
        self._picture: tuple[tuple[int, float, str], QPixmap] | None = None
        self.setFixedSize(_SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def follow(self) -> None:
        """Show where one looks now; hide while most is in sight anyhow."""
        seen, bounds = self._camera.seen, self._content.bounds
        shown = max(0.0, min(seen.right, bounds.right) - max(seen.x, bounds.x)) * max(
            0.0, min(seen.bottom, bounds.bottom) - max(seen.y, bounds.y)
        )
        hidden = shown < _MOST_SHOWN * bounds.width * bounds.height
        self.setVisible(bool(self._content.cards) and hidden)
        if self.isVisible():
            self.update()

    def settle(self) -> None:
        """Show the figure alone again, without the ways its cards went."""
        self._content.measure_again()
        self.follow()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the kept picture of the figure and the frame over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(self._theme.card_edge), 1.0))
        painter.setBrush(qcolor(seen_through(self._theme.panel, 0.94)))
        radius = RADIUS_CARD
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.drawPixmap(0, 0, self._figure())
        painter.setPen(QPen(qcolor(self._theme.accent), 1.5))
        painter.setBrush(qcolor(seen_through(self._theme.accent, 0.10)))
        frame = self._on_map(self._camera.seen) & QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawRoundedRect(frame, 3, 3)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at the place pressed."""
        self._look_at(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing of this is for the canvas below."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look at the place dragged to."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look_at(event.position())
        event.accept()

    def _look_at(self, place: QPointF) -> None:
        bounds, scale = self._content.bounds, self._scale()
        corner = self._corner()
        self._camera.look_at(
            Point(
                bounds.x + (place.x() - corner.x()) / scale,
                bounds.y + (place.y() - corner.y()) / scale,
            )
        )

    def _figure(self) -> QPixmap:
        """The figure as dots, kept until it changes."""
        ratio = self.devicePixelRatioF()
        key = (self._content.version, ratio, self._theme.name)
        if self._picture is None or self._picture[0] != key:
            pixmap = QPixmap(_SIZE * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            corner, bounds, scale = self._corner(), self._content.bounds, self._scale()
            painter.translate(corner)
            painter.scale(scale, scale)
            painter.translate(-bounds.x, -bounds.y)
            self._far.paint(painter, bounds)
            painter.end()
            self._picture = (key, pixmap)
        return self._picture[1]

    def _scale(self) -> float:
        bounds = self._content.bounds
        across = (_SIZE.width() - 2 * _PAD) / max(bounds.width, 1.0)
        along = (_SIZE.height() - 2 * _PAD) / max(bounds.height, 1.0)
        return min(across, along)

    def _corner(self) -> QPointF:
        """Where the figure's top left stands on the map."""
        bounds, scale = self._content.bounds, self._scale()
        return QPointF(
            (_SIZE.width() - bounds.width * scale) / 2,
            (_SIZE.height() - bounds.height * scale) / 2,
        )

    def _on_map(self, box: Box) -> QRectF:
        bounds, scale, corner = self._content.bounds, self._scale(), self._corner()
        return QRectF(
            corner.x() + (box.x - bounds.x) * scale,
            corner.y() + (box.y - bounds.y) * scale,
            box.width * scale,
            box.height * scale,
        )
