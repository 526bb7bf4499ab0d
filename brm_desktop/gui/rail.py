"""The slim navigation at the left: one button for each page, settings at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.icons import paint_icon
from brm_desktop.gui.look import Look, font
from brm_desktop.gui.texts import Texts
from brm_desktop.language import tr, trn
from brm_desktop.rendering import theme as tokens

WIDTH = 68
_MOST_TOLD = 100


class RailButton(QAbstractButton):
    """A sign with its word beneath, tinted while its page is on show."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setCheckable(True)
        self.setFixedSize(60, 52)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.count = 0
        """How many things wait there; shown as a badge."""
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(60, 52)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ground, the sign and the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, box = self._look, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        if on or self.underMouse():
            share = 0.13 if on else 0.05
            tint = look.theme.tinted(look.theme.accent if on else look.theme.ink, share)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.shade(tint))
            painter.drawRoundedRect(box, tokens.RADIUS_CARD, tokens.RADIUS_CARD)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, tokens.RADIUS_CARD, tokens.RADIUS_CARD)
        ink = look.colour("accent") if on else look.colour("quiet")
        paint_icon(painter, self._icon, QRectF(box.center().x() - 10, 8, 20, 20), ink)
        words: QFont = font(10.0, bold=on)
        painter.setFont(words)
        painter.setPen(look.text_colour("accent") if on else look.text_colour("quiet"))
        painter.drawText(
            QRectF(0, 30, self.width(), 18), int(Qt.AlignmentFlag.AlignCenter), self.text()
        )
        if self.count:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        look, text = (
            self._look,
            str(self.count) if self.count < _MOST_TOLD else f"{_MOST_TOLD - 1}+",
        )
        painter.setFont(font(10.0, bold=True))
        wide = max(16.0, painter.fontMetrics().horizontalAdvance(text) + 8.0)
        box = QRectF(self.width() - wide - 4, 4, wide, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(look.shade(look.theme.on(look.theme.accent)))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


class Rail(QWidget):
    """The navigation; ``asked`` carries the id of the action behind a button."""

    asked = Signal(str)

    def __init__(self, look: Look, pages: Sequence[tuple[str, str, Phrase]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.texts = Texts(self)
        self.buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 12, 4, 12)
        layout.setSpacing(8)
        for action, icon, text in pages:
            layout.addWidget(self._button(look, action, icon, text))
        layout.addStretch(1)
        layout.addWidget(self._button(look, "show_backups", "backup", phrase("Backups")))
        settings = self._button(look, "settings", "settings", phrase("Settings"))
        settings.setCheckable(False)
        layout.addWidget(settings)

    def show_page(self, action: str) -> None:
        """Tint the button of the page on show."""
        for name, button in self.buttons.items():
            button.setChecked(name == action)

    def show_review_count(self, count: int) -> None:
        """Say how many things are to be looked at."""
        button = self.buttons["show_review"]
        button.count = count
        said = trn("{n} thing to look at", "{n} things to look at", count)
        button.setAccessibleDescription(said if count else "")
        button.setToolTip(said if count else tr("Review"))
        button.update()

    def _button(self, look: Look, action: str, icon: str, text: Phrase) -> RailButton:
        button = RailButton(look, icon)
        self.texts.bind(button.setText, text)
        self.texts.bind(button.setAccessibleName, text)
        self.texts.bind(button.setToolTip, text)
        button.clicked.connect(lambda: self.asked.emit(action))
        self.buttons[action] = button
        return button
