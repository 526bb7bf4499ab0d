"""Documents on paper: typst lays out what is handed in as JSON, never as markup.

Vector PDF with our fonts embedded, Chinese as text, bookmarks and page numbers. Nothing is written
but the finished file: template, data and figures go to typst in memory.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

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
        SVG files by the names under which ``data`` speaks of them.
    """
    import typst

    files: dict[str, bytes] = {
        f"{name}.typ": bundled("typst", f"{name}.typ").read_bytes() for name in ("parts", template)
    }
    files["main"] = files.pop(f"{template}.typ")
    files["data.json"] = json.dumps(data, ensure_ascii=False).encode()
    files.update(pictures)
    compiled: bytes = typst.compile(
        cast("Any", files),  # the stubs know no dict of files, the library does
        format="pdf",
        font_paths=[bundled("fonts")],
        ignore_system_fonts=True,
    )
    return compiled


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


def colours(theme: Theme) -> dict[str, str]:
    """The theme's colours as the templates name them."""
    return {name: value for name, value in asdict(theme).items() if str(value).startswith("#")}
