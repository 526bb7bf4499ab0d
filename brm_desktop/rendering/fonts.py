"""Drawing without a window; the fonts we bring along, and how wide text is in them."""

from __future__ import annotations

import os
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from brm_desktop.bundled import bundled
from brm_desktop.rendering.theme import FONT_FAMILY

_MEASURED_AT = 100
"""Text is measured at this pixel size and scaled, so that widths do not depend on the device."""


def drawing_offscreen() -> QCoreApplication:
    """What Qt needs to draw with no display, or what already runs; keep it while you draw."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication.instance() or QGuiApplication(["brm-desktop"])


@cache
def load_fonts() -> tuple[str, ...]:
    """Make our fonts known to Qt, once, and give the families they hold.

    Needs a ``QGuiApplication``. Without a Chinese font of the system Qt would show boxes and say
    nothing, so a font that does not load is a defect of the installation.

    Raises
    ------
    FileNotFoundError
        When a font of ours is missing or broken.
    """
    families: set[str] = set()
    for path in sorted(bundled("fonts").glob("*.ttf")):
        known = QFontDatabase.addApplicationFont(str(path))
        if known < 0:
            raise FileNotFoundError(f"the font {path} cannot be loaded")
        families.update(QFontDatabase.applicationFontFamilies(known))
    if FONT_FAMILY not in families:
        raise FileNotFoundError(f"the font {FONT_FAMILY} is missing; found {sorted(families)}")
    return tuple(sorted(families))


def scene_font(size: float, bold: bool, dpi: float) -> QFont:
    """Our font, ``size`` scene units high on a device of ``dpi`` logical dots per inch."""
    load_fonts()
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(size * 72.0 / dpi)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is, in scene units."""
    return _metrics(bold).horizontalAdvance(text) * size / _MEASURED_AT


@lru_cache(maxsize=20_000)
def fitted(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, cut with "…" where it would be wider than ``width`` scene units."""
    if text_width(text, size, bold) <= width:
        return text
    room = max(0.0, width) * _MEASURED_AT / size
    return _metrics(bold).elidedText(text, Qt.TextElideMode.ElideRight, room)


@cache
def _metrics(bold: bool) -> QFontMetricsF:
    load_fonts()
    font = QFont(FONT_FAMILY)
    font.setPixelSize(_MEASURED_AT)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return QFontMetricsF(font)
