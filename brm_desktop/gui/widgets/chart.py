"""Charts on the screen: drawn off the window's thread, painted as SVG, their data copied as text.

A chart is of a :class:`Drawing`, a value that says what it shows; the same again is not drawn
again. What draws it is another process (``rendering/drawer.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.working import Working
from brm_desktop.language import current, tr
from brm_desktop.rendering import theme as tokens
from brm_desktop.rendering.theme import Theme

if TYPE_CHECKING:
    from brm_desktop.rendering.charts import AnyChart
    from brm_desktop.rendering.drawer import Drawer

_DRAWN_AFTER_MS = 60
_LINES_DESCRIBED = 24
"""So many lines of its data are read out; what is copied has them all."""


class Drawing(Protocol):
    """What a chart shows: a frozen value, compared to know whether anything is new."""

    def chart(self, theme: Theme, width: float) -> AnyChart:
        """The chart for a width in points, in the language in use; called in a worker."""

    def table(self) -> Sequence[Sequence[str]]:
        """What it is made of, its headings first, in the language in use."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A drawing in one look, size and language."""

    drawing: Drawing
    theme: Theme
    width: int
    height: int
    language: str


class Chart(QWidget):
    """One chart; Ctrl+C and its menu copy what it is made of."""

    def __init__(self, desk: Desk, height: int) -> None:
        super().__init__()
        self._desk = desk
        self._working = Working(desk)
        self._drawing: Drawing | None = None
        self._drawn: _Wanted | None = None
        self._text = ""
        self._renderer = QSvgRenderer(self)
        self._soon = QTimer(self, singleShot=True, interval=_DRAWN_AFTER_MS)
        self._soon.timeout.connect(self._draw)
        self.setMinimumWidth(280)
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.look.changed.connect(self._soon.start)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(480, self.height())

    @property
    def is_drawn(self) -> bool:
        """Whether what was asked for last is on show."""
        return self._drawn is not None and self._drawn == self._wanted()

    def show_drawing(self, drawing: Drawing) -> None:
        """Show this from now on."""
        self._drawing = drawing
        self._soon.start()

    def text(self) -> str:
        """What it is made of, as text for a spreadsheet."""
        wanted = self._wanted()
        return "" if wanted is None else self._text if self.is_drawn else _text(wanted)

    def copy(self) -> None:
        """Put what it is made of on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
        self._desk.messages.say(phrase("Copied; it can be pasted into a spreadsheet."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is drawn anew, so that type stays its size."""
        super().resizeEvent(event)
        self._soon.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint what has been drawn, framed while it has the keys."""
        painter = QPainter(self)
        if self._drawn is not None:
            self._renderer.render(painter, QRectF(0, 0, self._drawn.width, self._drawn.height))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._desk.look.colour("accent"), 1))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the data."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the data."""
        self.menu().popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keys."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it has them no more."""
        super().focusOutEvent(event)
        self.update()

    def menu(self) -> QMenu:
        """What can be asked of it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy the data")).triggered.connect(self.copy)
        return menu

    def _wanted(self) -> _Wanted | None:
        if self._drawing is None:
            return None
        size = (self.width(), self.height())
        return _Wanted(self._drawing, self._desk.look.theme, *size, current())

    def _draw(self) -> None:
        wanted = self._wanted()
        if wanted is not None and wanted != self._drawn and self._desk.is_open:
            self._working.ask(
                partial(_made, wanted, self._desk.drawer), partial(self._show, wanted)
            )

    def _show(self, drawn: _Wanted, made: tuple[bytes, str]) -> None:
        picture, self._text = made
        self._drawn = drawn
        self._renderer.load(QByteArray(picture))
        lines = self._text.split("\n", _LINES_DESCRIBED)[:_LINES_DESCRIBED]
        self.setAccessibleDescription("\n".join(lines))
        self.update()


class ChartPanel(QFrame):
    """A chart on a sheet of its own, under its title, with a button that copies its data.

    ``chooser`` is what its extent is chosen with, between the two.
    """

    def __init__(
        self, desk: Desk, title: Phrase, height: int = 220, chooser: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setProperty("frame", "panel")
        self.texts = Texts(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head = row(gap=8)
        self.title = label("section")
        self.texts.bind(self.title.setText, title)
        self.copy = QPushButton()
        self.copy.setProperty("kind", "link")
        self.texts.bind(self.copy.setText, phrase("Copy the data"))
        head.addWidget(self.title, 1)
        if chooser is not None:
            head.addWidget(chooser)
        head.addWidget(self.copy)
        layout.addLayout(head)
        self.chart = Chart(desk, height)
        self.texts.name(self.chart, title)
        layout.addWidget(self.chart)
        self.note = label("small", wrap=True)
        self.note.hide()
        layout.addWidget(self.note)
        layout.addStretch(1)
        self.copy.clicked.connect(self.chart.copy)

    def show_drawing(self, drawing: Drawing, note: str = "") -> None:
        """Show a chart, and what is to be known of it beneath."""
        self.chart.show_drawing(drawing)
        self.note.setText(note)
        self.note.setVisible(bool(note))


def _made(wanted: _Wanted, drawer: Drawer) -> tuple[bytes, str]:
    """The picture and the text of a chart; called in a worker."""
    chart = wanted.drawing.chart(wanted.theme, wanted.width)
    return drawer.draw(chart, wanted.theme, wanted.width, wanted.height), _text(wanted)


def _text(wanted: _Wanted) -> str:
    return "\n".join("\t".join(cells) for cells in wanted.drawing.table())
