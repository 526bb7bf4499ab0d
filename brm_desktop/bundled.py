"""Where the program's own files are: fonts, translations, templates, the sample portfolio.

From a checkout they lie in ``resources/`` beside the package, in an installed wheel inside it, and
in a PyInstaller bundle where it unpacks itself.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    unpacked = getattr(sys, "_MEIPASS", None)
    places = [_PACKAGE / "resources", _PACKAGE.parent / "resources"]
    if unpacked is not None:
        places.insert(0, Path(unpacked) / "resources")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the program's own files are missing; looked in {places}")


def bundled(*parts: str) -> Path:
    """The path of one of the program's own files or folders: ``bundled("fonts")``."""
    return _root().joinpath(*parts)
