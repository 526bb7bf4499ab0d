"""Icons: how they are drawn while what they stand on can and cannot be pressed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from brm_desktop.gui.icons import icon

INK = QColor("#223344")
SIZE = 18


def darkest(mode: QIcon.Mode, name: str = "trash") -> int:
    """How dense the densest point of an icon is, 0–255."""
    drawn = icon(name, INK, size=SIZE).pixmap(QSize(SIZE, SIZE), 2.0, mode)
    image = drawn.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    points = range(image.width())
    return max(image.pixelColor(x, y).alpha() for x in points for y in points)


def test_an_icon_that_cannot_be_pressed_is_fainter(qapp: QApplication) -> None:
    assert darkest(QIcon.Mode.Normal) > 240
    assert 80 < darkest(QIcon.Mode.Disabled) < 120


def test_a_faint_icon_is_not_taken_for_the_full_one_of_its_colour(qapp: QApplication) -> None:
    for _ in range(2):  # drawn, then as it was kept
        assert darkest(QIcon.Mode.Disabled, "pin") < 120
        assert darkest(QIcon.Mode.Normal, "pin") > 240
