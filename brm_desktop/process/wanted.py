"""What is asked of the window at a start, and how a second start says it to the first.

A message is one line of JSON of bounded size with exactly the keys that are known; anything else is
no message.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DRAW_CHARTS: Final = "--draw-charts"
"""The whole command line of the process that draws the window's charts; of no use to people."""
LARGEST: Final = 32_768
"""Bytes of a message, its end included."""
_LONGEST_PATH: Final = 4_096
_LONGEST_LANGUAGE: Final = 16
_KEYS: Final = {"store", "language"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line when the window is to be opened."""

    store: Path | None = None
    language: str | None = None

    def from_anywhere(self) -> Wanted:
        """The same for a process that works in another folder."""
        store = None if self.store is None else Path(os.path.abspath(self.store))  # noqa: PTH100
        return Wanted(store, self.language)


def packed(wanted: Wanted) -> bytes:
    """A message that says what is wanted."""
    store = None if wanted.store is None else str(wanted.store)
    return json.dumps({"store": store, "language": wanted.language}).encode("ascii") + b"\n"


def unpacked(message: bytes) -> Wanted | None:
    """What a message says; ``None`` when it is none of ours."""
    if len(message) > LARGEST:
        return None
    try:
        found = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or set(found) != _KEYS:
        return None
    store, language = found["store"], found["language"]
    if not _is_text(store, _LONGEST_PATH) or not _is_text(language, _LONGEST_LANGUAGE):
        return None
    path = None if store is None else Path(store)
    if path is not None and ("\0" in store or not path.is_absolute()):
        return None
    return Wanted(path, language)


def _is_text(value: object, longest: int) -> bool:
    return value is None or (isinstance(value, str) and 0 < len(value) <= longest)
