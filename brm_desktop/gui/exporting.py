"""Asking where to, and writing plans and canvases there, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unicodedata import category

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.stores import home
from brm_desktop.gui.work import Job, Progress
from brm_desktop.language import tr
from brm_desktop.rendering.figure import Figure
from brm_desktop.rendering.theme import Theme

_BAD_IN_NAMES = '<>:"/\\|?*'
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LONGEST_NAME = 150
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
)
"""Names that Windows keeps for itself, with any ending."""


def ask_plan(desk: Desk, window: QWidget, year: int | None = None) -> None:
    """Ask where the account plan shall be, and write it."""
    wanted = year or desk.session.today().year
    name = file_name(f"{desk.analysis().name} {wanted}")
    chosen, _ = QFileDialog.getSaveFileName(
        window, tr("Export the account plan"), str(home() / f"{name}.pdf"), tr("PDF (*.pdf)")
    )
    if chosen:
        write_plan_to(desk, with_ending(Path(chosen), ".pdf"), wanted)


def write_plan_to(desk: Desk, path: Path, year: int) -> Job:
    """Write the account plan of a year into a file."""
    analysis = desk.analysis()
    drawer = desk.drawer

    def work(progress: Progress) -> None:
        from brm_desktop.rendering.charts import AnyChart, svg
        from brm_desktop.rendering.plan_pdf import write_plan

        def draw(chart: AnyChart, theme: Theme, width: float, height: float) -> bytes:
            """A plan that was begun is written whole, also where the store is closed meanwhile."""
            asked = (chart, theme, width, height)
            return drawer.draw(*asked) or svg(*asked)

        progress.check()
        write_plan(path, analysis, year, draw=draw)

    return desk.jobs.run(phrase("Writing the account plan"), work, written(desk, path))


def ask_canvas(desk: Desk, window: QWidget, figure: Figure) -> None:
    """Ask where a canvas shall be and in which format, and write it."""
    name = file_name(figure.title)
    chosen, kind = QFileDialog.getSaveFileName(
        window,
        tr("Export this canvas"),
        str(home() / f"{name}.pdf"),
        "PDF (*.pdf);;SVG (*.svg);;PNG (*.png)",
    )
    if chosen:
        ending = "." + kind[kind.rfind(".") + 1 : -1] if kind else ".pdf"
        write_canvas_to(desk, with_ending(Path(chosen), ending), figure)


def write_canvas_to(desk: Desk, path: Path, figure: Figure) -> Job:
    """Write a canvas into a file, in the format its ending names."""

    def work(progress: Progress) -> None:
        from brm_desktop.rendering.export import write_figure

        progress.check()
        write_figure(figure, path)

    return desk.jobs.run(phrase("Writing the canvas"), work, written(desk, path))


def file_name(title: str) -> str:
    """A title as a file may be called on any system: no path, no device, nothing unseen, not long.

    What turns text around or cannot be seen would make one file look like another.
    """
    seen = "".join(
        "-" if mark in _BAD_IN_NAMES else " " if category(mark) in _UNSEEN else mark
        for mark in title
    )
    name = " ".join(seen.split()).encode()[:_LONGEST_NAME].decode(errors="ignore").strip(". ")
    if name.partition(".")[0].strip().upper() in _DEVICES:
        name = f"_{name}"
    return name or "brm"


def with_ending(path: Path, ending: str) -> Path:
    """A path that ends as its format wants, unless the user gave it an ending that is known."""
    known = {".pdf", ".svg", ".png"}
    return path if path.suffix.casefold() in known else path.with_name(path.name + ending)


def written(desk: Desk, path: Path) -> Callable[[object], None]:
    """Tells that a file was written, and opens it where the user wants that."""

    def done(_result: object) -> None:
        desk.messages.written(phrase("Written: {file}", file=str(path)), path)
        if desk.preferences.flag("export/open", default=False):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    return done
