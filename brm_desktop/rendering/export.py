"""Any canvas as a file: SVG, PNG and PDF, drawn by the functions that draw it on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.spelling import name_order
from brm_desktop.exchange.whole_file import write_whole
from brm_desktop.language import current, tr
from brm_desktop.rendering.card_frame import on_one_line
from brm_desktop.rendering.documents import colours, write_document
from brm_desktop.rendering.figure import Figure
from brm_desktop.rendering.painting import draw_figure
from brm_desktop.rendering.screen import PainterSurface, qcolor
from brm_desktop.rendering.shapes import trace
from brm_desktop.rendering.sheets import (
    Sheet,
    draw_with_legend,
    extent,
    figure_sheets,
    figure_svg,
    with_legend,
)
from brm_desktop.rendering.theme import LIGHT, Theme

LARGEST_PNG: Final = 24_000
"""No PNG gets wider or higher than this; a larger figure is drawn smaller."""


def write_figure(figure: Figure, path: Path, theme: Theme = LIGHT) -> None:
    """Write a figure in the format that the file's ending names.

    Raises
    ------
    FileProblem
        When the ending is none of .pdf, .svg and .png, or the file cannot be written.
    """
    ending = path.suffix.casefold()
    if ending == ".svg":
        write_svg(figure, path, theme)
    elif ending == ".png":
        write_png(figure, path, theme)
    elif ending == ".pdf":
        write_pdf(figure, path, theme)
    else:
        raise FileProblem(
            phrase("{path} must end in .pdf, .svg or .png to be a picture.", path=path.name)
        )


def write_svg(figure: Figure, path: Path, theme: Theme = LIGHT) -> None:
    """Write a figure as SVG: vectors, and text as text in our font.

    Raises
    ------
    FileProblem
        When the file cannot be written.
    """
    write_whole(path, figure_svg(figure, theme, ground=True, legend=True))


def write_png(figure: Figure, path: Path, theme: Theme = LIGHT, scale: float = 2.0) -> None:
    """Write a figure as PNG, ``scale`` pixels to a scene unit.

    Raises
    ------
    FileProblem
        When the file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    png = cast("Any", "PNG")  # the stubs want bytes, which the library refuses
    figure_image(figure, theme, scale, legend=True).save(buffer, png)
    write_whole(path, bytes(buffer.data().data()))


def figure_image(
    figure: Figure, theme: Theme = LIGHT, scale: float = 2.0, *, legend: bool = False
) -> QImage:
    """A whole figure as a picture on its theme's ground."""
    shapes = trace(figure)
    view = extent(figure, shapes)
    whole = with_legend(figure, view)[0] if legend and figure.cards else view
    largest = LARGEST_PNG / max(whole.width, whole.height, 1.0)
    scale = min(scale, largest)
    image = QImage(
        max(1, round(whole.width * scale)),
        max(1, round(whole.height * scale)),
        QImage.Format.Format_RGB32,
    )
    image.fill(qcolor(theme.ground))
    painter = QPainter(image)
    try:
        painter.scale(scale, scale)
        painter.translate(-whole.x, -whole.y)
        surface = PainterSurface(painter)
        if whole is view:
            draw_figure(surface, figure, theme, shapes)
        else:
            draw_with_legend(surface, figure, theme, shapes, view)
    finally:
        painter.end()
    return image


def write_pdf(figure: Figure, path: Path, theme: Theme = LIGHT) -> None:
    """Write a figure as PDF on A4: one page, or an overview, parts and an index of names.

    Raises
    ------
    FileProblem
        When the file cannot be written.
    """
    sheets = figure_sheets(figure, theme, legend=True)
    pictures = {f"sheet-{number}.svg": sheet.svg for number, sheet in enumerate(sheets, start=1)}
    write_document(path, "canvas", canvas_data(figure, sheets, theme), pictures)


def canvas_data(figure: Figure, sheets: Sequence[Sheet], theme: Theme) -> Mapping[str, object]:
    """What the template ``canvas.typ`` reads."""
    chinese = current() == "zh_CN"
    several = len(sheets) > 1
    names = [
        {"name": name, "page": number}
        for number, sheet in enumerate(sheets, start=1)
        for name in sheet.people
        if several
    ]
    names += [
        {"name": card.name, "page": 1}
        for card in figure.cards.values()
        if not several and not on_one_line(card)
    ]
    return {
        "language": "zh" if chinese else "en",
        "region": "CN" if chinese else "GB",
        "colours": colours(theme),
        "title": figure.title,
        "page_of": tr("page {page} of {pages}", page="{page}", pages="{pages}"),
        "sheets": [
            {
                "file": f"sheet-{number}.svg",
                "title": sheet.title,
                "note": sheet.note,
                "landscape": sheet.landscape,
            }
            for number, sheet in enumerate(sheets, start=1)
        ],
        "index_title": tr("Who is on which page") if several else tr("Names in full"),
        "index": sorted(
            names, key=lambda entry: (name_order(str(entry["name"])), str(entry["page"]))
        ),
    }
