"""Text tables written: CSV that spreadsheets open rightly and that runs nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from brm_desktop.exchange.formulas import guarded
from brm_desktop.exchange.whole_file import write_whole


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file in UTF-8, with a mark for spreadsheets where it holds more than ASCII.

    Texts that a spreadsheet would run as formulas are guarded; ``None`` is a blank cell. Half a
    character, which no file can hold, becomes a question mark.

    Raises
    ------
    FileProblem
        When it cannot be written; a file that was there stays as it was.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    content = text.getvalue()
    write_whole(path, content.encode("utf-8" if content.isascii() else "utf-8-sig", "replace"))


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value
