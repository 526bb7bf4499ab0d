"""Text tables: the bytes of a CSV file to rows that know their line.

Bounded in memory and time whatever the file is: a size, a line and a cell have limits, and what
breaks one of them is one sentence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.bounds import (
    CELL_CHARACTERS,
    CELLS,
    COLUMNS,
    FILES,
    LINE_BYTES,
    LINES,
    ROWS,
    chunks_of,
    problem,
    refuse_stacked_marks,
)
from brm_desktop.exchange.encodings import decoded

DELIMITERS: Final = (",", ";", "\t")

_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_FOREIGN: Final = (
    (b"PK\x03\x04", phrase("an Excel workbook or a zip file")),
    (b"\xd0\xcf\x11\xe0", phrase("an old Excel workbook")),
    (b"\xff\xd8\xff", phrase("a picture")),
    (b"\x89PNG", phrase("a picture")),
    (b"%PDF", phrase("a PDF")),
    (b"SQLite format 3", phrase("a database")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the line it begins on, counted from 1, and its cells as written."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its columns, its rows without the blank ones, and how it was read."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str


def read_table(path: Path, encoding: str | None = None) -> Table:
    """Read a CSV file, or one packed as ``.gz``; delimiter comma, semicolon or tab.

    Raises
    ------
    FileProblem
        When the file is missing, a folder, unreadable, too large, or not a text table.
    """
    raw = _read_bytes(path)
    for signature, kind in _FOREIGN:
        if raw.startswith(signature):
            raise problem(
                path.name, phrase("{file} is {kind}, not a text table: save it as CSV.", kind=kind)
            )
    _refuse_long_lines(raw, path)
    read = decoded(raw, path.name, encoding)
    del raw
    _refuse_unreadable(read.text, path.name)
    text, first_line, delimiter = _separated(read.text)
    rows = _rows(text, delimiter, first_line, path)
    header = next(rows, None)
    if header is None:
        raise problem(path.name, phrase("{file} is empty."))
    columns = tuple(_clean(cell) for cell in header.cells)
    if len(columns) > COLUMNS:
        raise problem(
            path.name,
            phrase(
                "{file} has {count} columns; a table here has at most {limit}.",
                count=len(columns),
                limit=COLUMNS,
            ),
        )
    return Table(path.name, columns, tuple(rows), read.encoding, delimiter)


def read_tables(paths: Sequence[Path], encoding: str | None = None) -> Iterator[Table]:
    """Read the files of one import, one after another; together they are bounded as one is.

    Raises
    ------
    FileProblem
        When there are too many of them, or of their cells, or one of them cannot be read.
    """
    refuse_too_many(len(paths))
    cells = 0
    for path in paths:
        table = read_table(path, encoding)
        cells += cells_in(table)
        refuse_too_much(cells)
        yield table


def refuse_too_many(files: int) -> None:
    """Refuse more files than one import may have."""
    if files > FILES:
        raise FileProblem(
            phrase("{n} files are too many for one import: at most {limit}.", n=files, limit=FILES)
        )


def refuse_too_much(cells: int) -> None:
    """Refuse more cells than the files of one import may have together."""
    if cells > CELLS:
        raise FileProblem(
            phrase(
                "These files have more than {cells} cells together: import them one by one.",
                cells=CELLS,
            )
        )


def cells_in(table: Table) -> int:
    """The cells of a table, of short rows too."""
    return (len(table.rows) + 1) * len(table.columns)


def _read_bytes(path: Path) -> bytes:
    """Everything in the file; refused as soon as it, a line or the number of lines is too large."""
    chunks: list[bytes] = []
    line = newlines = returns = 0
    for chunk in chunks_of(path):
        newlines, returns = newlines + chunk.count(b"\n"), returns + chunk.count(b"\r")
        if max(newlines, returns) > LINES:
            raise problem(path.name, phrase("{file} has more than {limit} lines.", limit=LINES))
        line = line + len(chunk) if b"\n" not in chunk else len(chunk) - chunk.rindex(b"\n")
        if line > LINE_BYTES and b"\r" not in chunk:
            raise _too_long(path, sum(part.count(b"\n") for part in chunks) + 1)
        chunks.append(chunk)
    return b"".join(chunks)


def _refuse_unreadable(text: str, file: str) -> None:
    """Refuse characters that no text has."""
    strange = _NO_TEXT.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        if strange.group() == "\0":
            sentence = phrase(
                "{file} holds NUL characters (line {line}), it is no text table.", line=line
            )
        else:
            sentence = phrase("{file} holds broken characters (line {line}).", line=line)
        raise problem(file, sentence)
    refuse_stacked_marks(text, file)


def _refuse_long_lines(raw: bytes, path: Path) -> None:
    """Refuse a line over the limit, whether lines end in LF, CR LF or CR."""
    start, number = 0, 1
    end_of_line = b"\n" if b"\n" in raw else b"\r"
    while (end := raw.find(end_of_line, start)) >= 0:
        if end - start > LINE_BYTES:
            break
        start, number = end + 1, number + 1
    if (len(raw) if end < 0 else end) - start > LINE_BYTES:
        raise _too_long(path, number)


def _too_long(path: Path, line: int) -> FileProblem:
    return problem(
        path.name,
        phrase(
            "Line {line} of {file} is longer than {limit} MB: it is no text table.",
            line=line,
            limit=LINE_BYTES >> 20,
        ),
    )


def _separated(text: str) -> tuple[str, int, str]:
    """The text of the table, the line it starts on, and its delimiter."""
    told = _SEPARATOR_LINE.match(text)
    if told and told.group(1) in DELIMITERS:
        return text[told.end() :], 2, told.group(1)
    return text, 1, _sniffed(text)


def _sniffed(text: str) -> str:
    """The delimiter that cuts the header into most columns, outside quotes; else the comma."""
    header = next((line for line in text[:LINE_BYTES].splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=lambda mark: (bare.count(mark), mark == ","))


def _rows(text: str, delimiter: str, first_line: int, path: Path) -> Iterator[Row]:
    """The rows that are not blank; a row's line is the one it begins on."""
    lines = _lines(text)
    csv.field_size_limit(CELL_CHARACTERS)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins, rows, places = first_line, 0, 0
    try:
        for cells in reader:
            line, begins = begins, first_line + reader.line_num
            if any(cell.strip() for cell in cells):
                rows, places = rows + 1, places + len(cells)
                if rows > ROWS or places > CELLS:
                    raise _too_many(path, line)
                yield Row(line, tuple(cells))
    except csv.Error:
        raise problem(
            path.name,
            phrase(
                "Line {line} of {file} cannot be cut into cells:"
                " its quotation marks do not close, or a cell is too long.",
                line=begins,
            ),
        ) from None


def _too_many(path: Path, line: int) -> FileProblem:
    return problem(
        path.name,
        phrase(
            "{file} has more than {rows} rows or {cells} cells (line {line}): import it in parts.",
            rows=ROWS,
            cells=CELLS,
            line=line,
        ),
    )


def _lines(text: str) -> Iterator[str]:
    """Lines ending in one newline each, whichever of LF, CR LF or CR the file has."""
    end_of_line = "\n" if "\n" in text else "\r"
    start = 0
    while (end := text.find(end_of_line, start)) >= 0:
        yield text[start:end].removesuffix("\r") + "\n"
        start = end + 1
    if start < len(text):
        yield text[start:]


def _clean(header: str) -> str:
    return " ".join(header.replace("\ufeff", "").split())
