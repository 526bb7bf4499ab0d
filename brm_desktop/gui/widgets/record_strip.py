"""The seller's own record per band of odds: won of decided and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from brm_desktop.gui.look import Look, font
from brm_desktop.gui.widgets.bars import Painted
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.rendering import theme as tokens

_LINE = 15
_BAR = 10
_HIGH = 3 * _LINE + _BAR + 4
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class BandCell:
    """One band, said already: its name, won of decided, the interval as words and as shares 0–1.

    Without a decided deal ``shares`` is ``None``.
    """

    name: str
    score: str
    interval: str
    tint: str
    shares: tuple[float, float, float] | None = None
    current: bool = False


class RecordStrip(Painted):
    """The bands side by side, the weakest at the left as on the bar of the odds."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.cells: tuple[BandCell, ...] = ()
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_cells(self, cells: Sequence[BandCell], words: str) -> None:
        """Show the bands; ``words`` says the same as sentences."""
        self.cells = tuple(cells)
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines of small type and a bar."""
        return QSize(160, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint every band."""
        painter = self.painter()
        wide = self.width() / max(1, len(self.cells))
        for place, cell in enumerate(self.cells):
            self._paint_cell(painter, QRectF(place * wide, 0, wide, self.height()), cell)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: BandCell) -> None:
        theme = self.look.theme
        inner = box.adjusted(1.5, 0.5, -1.5, -0.5)
        if cell.current:
            edge = self.look.colour("ink" if self.hasFocus() else "accent")
            painter.setPen(QPen(edge, 1.4))
            painter.setBrush(self.look.shade(theme.tinted(theme.accent, 0.12)))
            painter.drawRoundedRect(inner, 6, 6)
        elif self.hasFocus():
            painter.setPen(QPen(self.look.colour("hairline"), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 6, 6)
        self._write(painter, inner, 2, cell.name, quiet=not cell.current)
        self._write(painter, inner, 2 + _LINE, cell.score, bold=True)
        self._paint_interval(painter, inner, 2 + 2 * _LINE, cell)
        self._write(painter, inner, 1 + 2 * _LINE + _BAR, cell.interval, quiet=True)

    def _write(
        self,
        painter: QPainter,
        box: QRectF,
        top: float,
        text: str,
        *,
        bold: bool = False,
        quiet: bool = False,
    ) -> None:
        painter.setFont(font(tokens.SIZE_SMALL, bold=bold))
        painter.setPen(self.look.colour("quiet" if quiet else "ink"))
        line = QRectF(box.left(), top, box.width(), _LINE)
        painter.drawText(line, _CENTRE, text)

    def _paint_interval(self, painter: QPainter, box: QRectF, top: float, cell: BandCell) -> None:
        middle = top + _BAR / 2
        left, wide = box.left() + 6, box.width() - 12
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour("track"))
        painter.drawRoundedRect(QRectF(left, middle - 1.5, wide, 3), 1.5, 1.5)
        if cell.shares is None:
            return
        low, share, high = cell.shares
        painter.setBrush(self.look.colour(cell.tint))
        painter.drawRoundedRect(
            QRectF(left + wide * low, middle - 1.5, wide * (high - low), 3), 1.5, 1.5
        )
        painter.setBrush(self.look.colour("ink"))
        painter.drawRect(QRectF(left + wide * share - 1, middle - 4, 2, 8))
