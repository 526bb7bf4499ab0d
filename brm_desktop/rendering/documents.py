"""Documents on paper: typst lays out what is handed in as JSON, never as markup.

Vector PDF with our fonts embedded, Chinese as text, bookmarks and page numbers. Nothing is written
but the finished file: template, data and figures go to typst in memory.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from brm_desktop.bundled import bundled
from brm_desktop.exchange.whole_file import write_whole
from brm_desktop.rendering.theme import Theme


def typeset(template: str, data: Mapping[str, object], pictures: Mapping[str, bytes]) -> bytes:
    """A document as PDF.

    Parameters
    ----------
    template
        The name of a template in ``resources/typst``, without its ending.
    data
        What the template reads as ``data.json``.
    pictures
        SVG files by the names under which ``data`` and the template speak of them.
    """
    return _compiled(template, data, pictures, format="pdf")


def typeset_picture(template: str, data: Mapping[str, object], dots_per_inch: float) -> bytes:
    """A document of one page as PNG, for a printer."""
    return _compiled(template, data, {}, format="png", ppi=dots_per_inch)


def write_document(
    path: Path, template: str, data: Mapping[str, object], pictures: Mapping[str, bytes]
) -> None:
    """Typeset a document and put it in its place whole, or not at all.

    Raises
    ------
    FileProblem
        When the file cannot be written.
    """
    write_whole(path, typeset(template, data, pictures))


def _compiled(
    template: str, data: Mapping[str, object], pictures: Mapping[str, bytes], **how: Any
) -> bytes:
    """What typst makes of a template.

    The pictures go in as values, which are copied at once. Of files typst takes over one byte after
    the other, and no other thread comes to Python meanwhile: of a large map for 60 ms.
    """
    import typst

    compiled: bytes = typst.compile(
        _files(template, data),
        font_paths=[bundled("fonts")],
        ignore_system_fonts=True,
        sys_inputs={name: svg.decode() for name, svg in pictures.items()},
        **how,
    )
    return compiled


def _files(template: str, data: Mapping[str, object]) -> Any:
    """The files typst reads, by name; the library takes a dict of them, its stubs know of none."""
    files: dict[str, bytes] = {
        f"{name}.typ": bundled("typst", f"{name}.typ").read_bytes() for name in ("parts", template)
    }
    files["main"] = files.pop(f"{template}.typ")
    files["data.json"] = json.dumps(data, ensure_ascii=False).encode()
    return files


def colours(theme: Theme) -> dict[str, str]:
    """The theme's colours as the templates name them."""
    return {name: value for name, value in asdict(theme).items() if str(value).startswith("#")}
