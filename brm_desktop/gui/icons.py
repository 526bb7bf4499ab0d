"""Our icons: thin strokes in a box of 24, drawn in any colour and for any screen."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

_PATHS: Final[dict[str, str]] = {
    "accounts": "M4 20V6.5L12 4v16M12 9.5l8 2V20M2.5 20h19M7 9.5v.01M7 13v.01M7 16.5v.01"
    "M16 14v.01M16 17v.01",
    "colleagues": "M9 11.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3 19.5c.3-3.3 2.7-5.2 6-5.2"
    "s5.7 1.9 6 5.2M15.5 5.3a3.25 3.25 0 0 1 0 6M17.5 14.7c2 .7 3.3 2.4 3.5 4.8",
    "competitors": "M12 2.8l8 4.6v9.2l-8 4.6-8-4.6V7.4zM12 8v4.5M12 16v.01",
    "value": "M4 19.5h16M5.5 16.5v-4M10 16.5V9M14.5 16.5v-5.5M19 16.5V5M4.5 8.5L10 5l4.5 2L19 3",
    "settings": "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h7M15 17h5M15 5v4M9 10v4M13 15v4",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3L20 20",
    "sun": "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21"
    "M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
    "moon": "M20 14.2A8 8 0 0 1 9.8 4 8 8 0 1 0 20 14.2z",
    "what_if": "M5 19V14.5M5 9.5V5M12 19v-7M12 7V5M19 19v-2.5M19 11.5V5M3 14.5h4M10 7h4M17 16.5h4",
    "undo": "M8.5 5L4 9.5 8.5 14M4.5 9.5H14a5.5 5 0 0 1 0 10h-3",
    "redo": "M15.5 5L20 9.5 15.5 14M19.5 9.5H10a5.5 5 0 0 0 0 10h3",
    "plus": "M12 5v14M5 12h14",
    "trash": "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5",
    "close": "M6.5 6.5l11 11M17.5 6.5l-11 11",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "down": "M7 10l5 5 5-5",
    "right": "M10 7l5 5-5 5",
    "left": "M14 7l-5 5 5 5",
    "menu": "M4.5 7h15M4.5 12h15M4.5 17h15",
    "more": "M6 12h.01M12 12h.01M18 12h.01",
    "select": "M6 4l12 7-5.2 1.6L10.5 18z",
    "person": "M10.5 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM4 20c.3-3.5 2.9-5.5 6.5-5.5"
    "M18 13.5v6M15 16.5h6",
    "influence": "M4.5 18C6 10.5 11 7 19 7M15 3.5L19 7l-4 3.5",
    "reporting": "M12 4v6M6 20v-7h12v7M12 10v3",
    "conflict": "M3.5 15l4.2-6 4.2 6 4.2-6 4.4 6",
    "layout": "M9.5 4h5v4h-5zM3.5 16h5v4h-5zM15.5 16h5v4h-5zM12 8v4M6 16v-4h12v4",
    "lines": "M4 7c6 0 6 10 16 10M4 17c6 0 6-10 16-10",
    "table": "M4 5.5h16v13H4zM4 10h16M4 14.25h16M10 10v8.5",
    "find": "M4 12c2-4 5-6 8-6s6 2 8 6c-2 4-5 6-8 6s-6-2-8-6z"
    "M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "collapse": "M8 4v4H4M16 4v4h4M8 20v-4H4M16 20v-4h4",
    "fit": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    "focus": "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3v3M12 18v3M3 12h3M18 12h3",
    "pin": "M9 4h6l-1 6 3 3.5H7L10 10zM12 13.5V20",
    "import": "M12 4v10.5M7.5 10.5L12 15l4.5-4.5M4.5 19.5h15",
    "export": "M12 15V4.5M7.5 8.5L12 4l4.5 4.5M4.5 19.5h15",
    "sample": "M4 7.5L12 4l8 3.5-8 3.5zM4 7.5V16l8 4 8-4V7.5M12 11v9",
    "backup": "M4 4.5h16v4.5H4zM5.5 9v10.5h13V9M9.5 12.5h5",
    "folder": "M3.5 6.5h6l2 2.5h9v10h-17z",
    "chain": "M12 4.5v3M7 12h10M7 12v4M17 12v4M12 7.5V12M5 16h4v3.5H5zM15 16h4v3.5h-4"
    "zM10 3h4v4h-4z",
    "history": "M4.5 12a7.5 7.5 0 1 0 2.3-5.4L4.5 9M4.5 4.5V9H9M12 8v4.5l3 2",
    "plan": "M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 12.5h7M9 16h7",
    "pencil": "M5 19l.8-4L16 4.8l3.2 3.2L9 18.2zM13.5 7.3l3.2 3.2",
    "phone": "M7 4h3l1.5 4-2 1.5c.8 2.2 2.8 4.2 5 5l1.5-2 4 1.5v3c0 1.5-1 2.5-2.5 2.5"
    "C10.5 19 5 13.5 4.5 6.5 4.5 5 5.5 4 7 4z",
    "flag": "M6 20.5V4.5h11l-2.5 4 2.5 4H6",
    "ranked": "M4 6.5h6M4 12h10.5M4 17.5h16",
    "sync": "M5 10.5A7.2 7.2 0 0 1 18 7.5M18.5 4v4h-4M19 13.5A7.2 7.2 0 0 1 6 16.5M5.5 20v-4h4",
    "review": "M4 5h7v14H4zM15 5h5v14h-5M13 3v18M6.5 9h2M6.5 12.5h2",
    "asset": "M4 7c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 7v10c0 1.7 3.6 3 8 3s8-1.3 8-3"
    "V7M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
    "unlocked": "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 6.8-1.2M12 14.5v2",
    "today": "M5 5.5h14v14H5zM5 9.5h14M8.5 3.5v4M15.5 3.5v4M9 14.5l2.2 2.2 4-4.4",
    "week": "M4 6h16M4 12h16M4 18h10M17 16l2 2 3-3.5",
    "cake": "M5 19.5h14v-6H5zM5 16c1.5 1.2 3 1.2 4.7 0 1.5 1.2 3 1.2 4.6 0 1.6 1.2 3.1 1.2 4.7 0"
    "M12 13.5V9M12 6.5v-.01",
    "silent": "M4 5.5h16v10.5h-8L8 19.5V16H4zM9.5 9l5 4M14.5 9l-5 4",
    "hidden": "M4 12c2-4 5-6 8-6s6 2 8 6c-2 4-5 6-8 6s-6-2-8-6zM5 19.5L19 4.5",
}

_TEMPLATE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}" fill="none" '
    'stroke="{colour}" stroke-opacity="{opacity}" stroke-width="{width}" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)

ICON_NAMES: Final = tuple(_PATHS)


@lru_cache(maxsize=512)
def _renderer_source(name: str, colour: str, opacity: float, width: float) -> bytes:
    return _TEMPLATE.format(path=_PATHS[name], colour=colour, opacity=opacity, width=width).encode()


def paint_icon(
    painter: QPainter, name: str, box: QRectF, colour: QColor, width: float = 1.7
) -> None:
    """Paint an icon into a box in one colour, through which the ground may be seen."""
    source = _renderer_source(name, colour.name(), round(colour.alphaF(), 3), width)
    QSvgRenderer(QByteArray(source)).render(painter, box)


def pixmap(name: str, colour: QColor, size: int, ratio: float, width: float = 1.7) -> QPixmap:
    """An icon as a pixmap of ``size`` logical pixels at a device pixel ratio; drawn only once."""
    key = f"icon {name} {colour.name(QColor.NameFormat.HexArgb)} {size} {ratio} {width}"
    drawn = QPixmap()
    if QPixmapCache.find(key, drawn):
        return drawn
    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, name, QRectF(0, 0, size, size), colour, width)
    painter.end()
    QPixmapCache.insert(key, drawn)
    return drawn


def icon(name: str, colour: QColor, on: QColor | None = None, size: int = 18) -> QIcon:
    """An icon in one colour, and in another one while its button is on; for the screens of now."""
    made = QIcon()
    faint = QColor(colour)
    faint.setAlphaF(0.4)
    for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()}:
        made.addPixmap(pixmap(name, colour, size, ratio))
        made.addPixmap(pixmap(name, faint, size, ratio), QIcon.Mode.Disabled)
        if on is not None:
            made.addPixmap(pixmap(name, on, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made
