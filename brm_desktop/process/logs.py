"""The log: a small file that goes round, in which no name of a customer ever stands.

Of a record only the program's own words are written: its template, and of the values numbers and
words marked as :class:`Known`. Of an exception the kind and the places are written. What other
libraries say may quote data, so of them only who spoke and where is written.
"""

from __future__ import annotations

import logging
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import Final

from brm_desktop.process.folders import own_file, own_folder
from brm_desktop.process.frames import told

LOG: Final = "brm-desktop.log"
LARGEST: Final = 1_000_000
_ENDINGS: Final = ("", ".1", ".2", ".3")
"""The log's files, the newest first."""
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


class RoundFile(logging.FileHandler):
    """A file that goes round and is the user's alone, however it was made.

    That of the standard library would bring sockets and queues along, before the window is painted.
    """

    largest = LARGEST
    """Bytes; what would be more goes into a new file."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        try:
            line = self.format(record) + self.terminator
            if self.stream is not None and self.stream.tell() + len(line.encode()) > self.largest:
                self._go_round(self.stream)
        except Exception:  # noqa: BLE001  whatever it is, the log is not worth a defect
            self.handleError(record)
        else:
            super().emit(record)

    def _go_round(self, present: TextIOWrapper) -> None:
        """Begin a new file; of the old ones the oldest goes."""
        present.close()
        files = [Path(f"{self.baseFilename}{ending}") for ending in _ENDINGS]
        for newer, older in reversed(list(pairwise(files))):
            if newer.exists():
                newer.replace(older)
        self.stream = self._open()

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=own_file)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """A log that cannot be written stops nothing, and what failed is not printed either."""


def start_log(folder: Path) -> logging.Handler | None:
    """Log to a file in a folder from now on; ``None`` where none can be written."""
    try:
        own_folder(folder)
        handler = RoundFile(folder / LOG, encoding="utf-8")
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
