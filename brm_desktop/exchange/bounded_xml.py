"""XML of others: gone over in pieces before any library sees it.

A document type declaration is refused whatever it says: with it goes every entity that could name a
file or a server, or grow to gigabytes. The rest is counted: how deep, how many, how long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.bounds import CELLS, COLUMNS, ROWS, problem

XML_DEPTH: Final = 128
"""How deep elements may stand in one another: sheets and graphs go to ten, drawings to forty."""
XML_ELEMENTS: Final = 3 * CELLS
"""Elements of a document; a cell of a sheet is up to three."""
XML_TOKEN: Final = 1 << 20
"""Bytes without an end of a tag or text: a name or an attribute that long is none."""

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)

Seen = Callable[[str, Mapping[str, str]], object]
"""Told of every element as it begins: its name without prefix, and its attributes."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the cells of a sheet reach: its last row and column, counted from 1; 0 for none."""

    rows: int
    columns: int


def check_xml(chunks: Iterable[bytes], file: str, seen: Seen | None = None) -> None:
    """Go over a document once, in pieces; nothing of it is kept.

    Raises
    ------
    FileProblem
        When it has a document type declaration, is too deep, has too many elements, or is no XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = False
    watch = _Watch(file, seen)
    parser.StartDoctypeDeclHandler = watch.doctype
    parser.StartElementHandler = watch.begin
    parser.EndElementHandler = watch.end
    parser.CharacterDataHandler = None
    taken = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            taken += len(chunk)
            if taken - parser.CurrentByteIndex > XML_TOKEN:
                raise _no_xml(file)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        raise _no_xml(file) from None


def check_sheet(chunks: Iterable[bytes], file: str) -> Extent:
    """Go over a sheet of a workbook; gives how far its cells reach, as a table would be made of it.

    One cell in the last corner makes no table of seventeen thousand million cells: what counts is
    where cells stand, never what the sheet says of its own size.

    Raises
    ------
    FileProblem
        When it is refused by :func:`check_xml`, or reaches farther than a table may.
    """
    cells = _Cells(file)
    check_xml(chunks, file, cells.seen)
    return cells.extent


class _Watch:
    """What is counted while a document is gone over."""

    def __init__(self, file: str, seen: Seen | None) -> None:
        self._file = file
        self._seen = seen
        self._depth = self._elements = 0

    def doctype(self, *_declared: object) -> None:
        raise problem(
            self._file,
            phrase("{file} declares a document type of its own; such files are not read."),
        )

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > XML_DEPTH or self._elements > XML_ELEMENTS:
            raise problem(
                self._file, phrase("{file} is too deep, or has too many elements, to be read.")
            )
        if self._seen is not None:
            self._seen(name.rpartition(":")[2], attributes)

    def end(self, _name: str) -> None:
        self._depth -= 1


class _Cells:
    """Where the cells of a sheet stand; those without a reference stand behind the one before."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._row = self._column = 0
        self._rows = self._columns = 0

    @property
    def extent(self) -> Extent:
        """How far they reach."""
        return Extent(self._rows, self._columns)

    def seen(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in an element."""
        if name == "row":
            self._row = self._number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "c":
            if "r" in attributes:
                self._row, self._column = self._place(attributes["r"])
            else:
                self._column += 1
            self._rows = max(self._rows, self._row)
            self._columns = max(self._columns, self._column)
            self._check()

    def _check(self) -> None:
        rows, columns = self._rows, self._columns
        if rows > ROWS or columns > COLUMNS or rows * columns > CELLS:
            raise problem(
                self._file,
                phrase(
                    "{file} has a sheet of {rows} rows and {columns} columns; a table here has at"
                    " most {most_rows} rows, {most_columns} columns and {most_cells} cells.",
                    rows=rows,
                    columns=columns,
                    most_rows=ROWS,
                    most_columns=COLUMNS,
                    most_cells=CELLS,
                ),
            )

    def _number(self, text: str) -> int:
        return self._place(f"A{text}")[0]

    def _place(self, reference: str) -> tuple[int, int]:
        """Row and column of a reference such as ``AB12``."""
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise _no_xml(self._file)
        column = 0
        for letter in match.group(1):
            column = 26 * column + ord(letter) - 64
        return int(match.group(2)), column


def _no_xml(file: str) -> FileProblem:
    return problem(file, phrase("{file} is damaged, or no XML that can be read here."))
