"""The look in force: which theme, its palette and style sheet, and when it changes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QScreen
from PySide6.QtWidgets import QApplication

from brm_desktop.gui import icons
from brm_desktop.gui.style_sheet import readable, style_sheet
from brm_desktop.language import current
from brm_desktop.rendering import theme as tokens
from brm_desktop.rendering.fonts import load_fonts
from brm_desktop.rendering.theme import DARK, LIGHT, Theme
from brm_desktop.session.theme_choice import ThemeChoice

_NARROW_MARKS: Final = QFont.Tag("pwid")
"""Quotation marks and "…" as wide as their ink; by itself the typeface has them as in Chinese."""


class Look(QObject):
    """The theme of the whole program; widgets that paint themselves repaint on ``changed``."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self.choice = choice
        self.theme = self._wanted()
        load_fonts()
        self.speak()
        self._dress()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        app.screenAdded.connect(self._see_screen)
        for screen in QGuiApplication.screens():
            self._see_screen(screen, known=True)

    def choose(self, choice: ThemeChoice) -> None:
        """Take another theme, or follow the system again."""
        self.choice = choice
        wanted = self._wanted()
        if wanted is not self.theme:
            self.theme = wanted
            self._dress()
            self.changed.emit()

    def speak(self) -> None:
        """Write as the language in use is written."""
        self._app.setFont(font(tokens.SIZE_TEXT))

    def colour(self, tint: str) -> QColor:
        """A colour of the theme by the name of its tint."""
        return QColor(str(getattr(self.theme, tint)))

    def shade(self, colour: str) -> QColor:
        """A colour made from the theme's tokens."""
        return QColor(colour)

    def text_colour(self, tint: str) -> QColor:
        """A tint's colour, darkened or lightened until it can be read as text on a panel."""
        theme = self.theme
        return QColor(readable(str(getattr(theme, tint)), theme.panel, theme.ink))

    def icon(self, name: str, tint: str = "quiet", size: int = 18) -> QIcon:
        """An icon in a colour of the theme, in the accent colour while its button is on."""
        return icons.icon(name, self.colour(tint), self.colour("accent"), size)

    def _wanted(self) -> Theme:
        if self.choice is ThemeChoice.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self.choice is ThemeChoice.DARK else LIGHT

    def _system_changed(self) -> None:
        self.choose(self.choice)

    def _see_screen(self, screen: QScreen, *, known: bool = False) -> None:
        """Have icons made anew when a screen comes or becomes finer: they are of its pixels."""
        screen.logicalDotsPerInchChanged.connect(self._made_anew)
        if not known:
            self._made_anew()

    def _made_anew(self, _dots: float = 0.0) -> None:
        self.changed.emit()

    def _dress(self) -> None:
        self._app.setPalette(palette(self.theme))
        sheet = style_sheet(self.theme, points_per_pixel())
        if sheet != self._app.styleSheet():  # taking the same again takes as long
            self._app.setStyleSheet(sheet)


def font(size: float, *, bold: bool = False) -> QFont:
    """Our typeface at a size in pixels of zoom 1, which may be a fraction."""
    made = QFont(tokens.FONT_FAMILY)
    made.setPointSizeF(size * points_per_pixel())
    if current() != "zh_CN":
        made.setFeature(_NARROW_MARKS, 1)
    if bold:
        made.setWeight(QFont.Weight.Bold)
    return made


def points_per_pixel() -> float:
    """How many points of type a logical pixel is on this screen."""
    return 72.0 / QGuiApplication.primaryScreen().logicalDotsPerInchY()


def palette(theme: Theme) -> QPalette:
    """Qt's palette from the theme's tokens, for what the style sheet does not dress."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.ground),
        (roles.WindowText, theme.ink),
        (roles.Base, theme.panel),
        (roles.AlternateBase, theme.lane_other),
        (roles.ToolTipBase, theme.panel),
        (roles.ToolTipText, theme.ink),
        (roles.PlaceholderText, theme.quiet),
        (roles.Text, theme.ink),
        (roles.Button, theme.panel),
        (roles.ButtonText, theme.ink),
        (roles.BrightText, theme.crucial),
        (roles.Light, theme.panel),
        (roles.Midlight, theme.hairline),
        (roles.Mid, theme.hairline),
        (roles.Dark, theme.card_edge),
        (roles.Shadow, theme.card_edge),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on(theme.accent)),
        (roles.Link, theme.accent),
        (roles.LinkVisited, theme.accent),
        (roles.Accent, theme.accent),
    ):
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.unscored))
    return made
