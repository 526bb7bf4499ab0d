"""The log: a small file that goes round, in which no name of a customer ever stands.

Of a record only the program's own words are written: its template, and of the values numbers and
words marked as :class:`Known`. Of an exception the kind and the places are written. What other
libraries say may quote data, so of them only who spoke and where is written.
"""

from __future__ import annotations

import logging
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from brm_desktop.process.folders import own_file, own_folder
from brm_desktop.process.frames import told

LOG: Final = "brm-desktop.log"
LARGEST: Final = 1_000_000
_KEPT: Final = 3
_OURS: Final = "brm_desktop"


class Known(str):
    """A word that is not the user's, such as a version; it may stand in the log."""

    __slots__ = ()


class OwnFormatter(logging.Formatter):
    """Writes what happened where, without values."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One record: its line, then kind and places of its exception."""
        lines = [
            f"{self.formatTime(record)} {record.levelname} {_who(record)} {_words(record)}".rstrip()
        ]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            lines += told(error)
        return "\n".join(lines)


class _OwnFile(RotatingFileHandler):
    """A file that goes round and is the user's alone, however it was made."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=own_file)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """A log that cannot be written stops nothing, and what failed is not printed either."""


def start_log(folder: Path) -> logging.Handler | None:
    """Log to a file in a folder from now on; ``None`` where none can be written."""
    try:
        own_folder(folder)
        handler = _OwnFile(folder / LOG, maxBytes=LARGEST, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(OwnFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == _OURS


def _who(record: logging.LogRecord) -> str:
    return record.name if _is_ours(record) else f"{record.name}:{record.lineno}"


def _words(record: logging.LogRecord) -> str:
    if not _is_ours(record) or not isinstance(record.msg, str):
        return ""
    given = record.args if isinstance(record.args, tuple) else ()
    try:
        return record.msg % tuple(map(_harmless, given))
    except (TypeError, ValueError):
        return record.msg


def _harmless(value: object) -> object:
    """A number as it is, a known word, of anything else its type."""
    if isinstance(value, Known) or type(value) in (int, float, bool):
        return value
    return f"<{type(value).__name__}>"
