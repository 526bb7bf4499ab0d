"""A canvas on a printer: one page, drawn by the functions that draw it on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from brm_desktop.rendering.export import figure_image
from brm_desktop.rendering.figure import Figure

_SCALE = 3.0


def ask_print(window: QWidget, figure: Figure) -> bool:
    """Ask for a printer and print a canvas on one page; whether it was printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    wide = figure.bounds.width >= figure.bounds.height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    )
    if not QPrintDialog(printer, window).exec():
        return False
    print_figure(printer, figure)
    return True


def print_figure(printer: QPrinter, figure: Figure) -> None:
    """Draw a canvas into the middle of a page, as large as it fits."""
    image = figure_image(figure, scale=_SCALE)
    page = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
    factor = min(page.width() / image.width(), page.height() / image.height())
    width, height = image.width() * factor, image.height() * factor
    painter = QPainter(printer)
    try:
        left, top = (page.width() - width) / 2, (page.height() - height) / 2
        painter.drawImage(QRectF(left, top, width, height), image)
    finally:
        painter.end()
