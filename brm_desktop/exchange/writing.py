"""Files that appear whole or not at all: written beside, and renamed when they are complete."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.formulas import guarded


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it into it.

    Raises
    ------
    FileProblem
        When it cannot be written; a file that was there stays as it was.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise FileProblem(
            phrase(
                "{file} cannot be written: {reason}.",
                file=str(path),
                reason=(error.strerror or str(error)).rstrip("."),
            )
        ) from None
    finally:
        _take_away(beside)


def _take_away(beside: Path) -> None:
    """Remove what a broken writing left; where that cannot be, there is nothing of ours."""
    try:
        beside.unlink(missing_ok=True)
    except OSError:
        return


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file in UTF-8, with a mark for spreadsheets where it holds more than ASCII.

    Texts that a spreadsheet would run as formulas are guarded; ``None`` is a blank cell.

    Raises
    ------
    FileProblem
        When it cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    content = text.getvalue()
    write_whole(path, content.encode("utf-8" if content.isascii() else "utf-8-sig"))


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value
