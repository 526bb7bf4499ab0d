"""What a file of others may cost: limits with their reasons, and bytes read within them.

A limit that is broken is one sentence, said as soon as it is broken and before anything is changed.
Readers get a file's bytes here and nowhere else, so that no file can take all memory or all day.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO, Final, Protocol

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.reasons import reason_of

MEGABYTE: Final = 1 << 20
FILE_BYTES: Final = 128 * MEGABYTE
"""Bytes of a file, unpacked: a million people at some 120 bytes. Text takes up to four times that
in memory, so that reading stays below a gigabyte and a half."""
RATIO: Final = 400
"""So many times its size a packed file may have. Tables shrink by 5 to 50; only bombs by 1,000."""
RATIO_FROM: Final = 16 * MEGABYTE
"""Unpacked bytes from which the ratio counts: a small file may be as monotonous as it likes."""
PACKED_PARTS: Final = 100_000
"""Parts of a ``.gz``; tools that pack in blocks make one of every 64 KB."""
FILES: Final = 100
"""Files of one import: people, lines and chains of an account are some five."""
LINE_BYTES: Final = MEGABYTE
"""Bytes of a line of text: more is no table."""
LINES: Final = 4 * MEGABYTE
"""Lines of a table, blank ones and those inside of cells too: four for every row."""
ROWS: Final = MEGABYTE
"""Rows of a table: as many as a sheet of a spreadsheet has."""
COLUMNS: Final = 1_024
"""Columns of a table. The widest exports of CRMs have some 800, and each is offered for a field."""
CELLS: Final = 10_000_000
"""Cells of a table, the empty ones too; each takes some 60 bytes of memory."""
CELL_CHARACTERS: Final = 131_072
"""Characters of a cell: four times what a spreadsheet's cell holds."""
MARKS: Final = 64
"""Combining marks in a row. Languages stack five; putting many in order takes their number squared
of time, and Unicode's own stream-safe format allows 30."""

_CHUNK: Final = 1 << 18
_PACKED_CHUNK: Final = 1 << 14
_GZIP: Final = b"\x1f\x8b"
_MARKED_PLANES: Final = ((0x300, 0x3100), (0xA600, 0xAC00), (0xFB1E, 0xFE30), (0x10000, 0x1F000))
_HALFWIDTH_MARKS: Final = "\uff9e\uff9f"


class Inflater(Protocol):
    """What :func:`zlib.decompressobj` makes."""

    @property
    def eof(self) -> bool:
        """Whether the end of what is packed was reached."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What was not unpacked yet."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """The next bytes."""


def chunks_of(path: Path, most: int = FILE_BYTES) -> Iterator[bytes]:
    """A file's bytes in pieces, unpacked when it is packed as ``.gz``; at most ``most`` in all.

    Raises
    ------
    FileProblem
        While they are read: when the file is missing, no ordinary file, unreadable, damaged, or
        larger than it may be.
    """
    try:
        require_file(path)
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP
            file.seek(0)
            size = path.stat().st_size
            if packed:
                allowed = min(most, max(RATIO_FROM, size * RATIO))
                yield from bounded(_unpacked(file, path.name), path.name, allowed)
            else:
                yield from bounded(_pieces(file), path.name, most)
    except FileNotFoundError:
        raise FileProblem(phrase("There is no file {file}.", file=str(path))) from None
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise problem(
            path.name, phrase("{file} cannot be read: {reason}.", reason=reason)
        ) from None


def bytes_of(path: Path, most: int = FILE_BYTES) -> bytes:
    """All of a file's bytes, as :func:`chunks_of` gives them."""
    return b"".join(chunks_of(path, most))


def bounded(chunks: Iterable[bytes], file: str, most: int) -> Iterator[bytes]:
    """The same pieces, until they are more than ``most`` bytes: then a ``FileProblem``."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise too_large(file, most)
        yield chunk


def too_large(file: str, most: int) -> FileProblem:
    """The problem of a file that has more bytes than it may, unpacked ones among them."""
    return problem(
        file,
        phrase(
            "{file} is larger than {limit} MB, or unpacks to more than that.",
            limit=f"{most / MEGABYTE:.3g}",
        ),
    )


def problem(file: str, sentence: Phrase) -> FileProblem:
    """A problem whose sentence names the file."""
    return FileProblem(Phrase(sentence.text, {"file": file, **sentence.values}))


def refuse_stacked_marks(text: str, file: str) -> None:
    """Refuse text with more combining marks in a row than any language has."""
    if text.isascii():
        return
    stack = _stack_of_marks().search(text)
    if stack:
        raise problem(
            file,
            phrase(
                "{file} stacks more than {limit} accents on one letter (line {line}):"
                " it is no text that can be read.",
                limit=MARKS,
                line=text.count("\n", 0, stack.start()) + 1,
            ),
        )


def inflated(unpacker: Inflater, packed: bytes) -> Iterator[bytes]:
    """What some packed bytes unpack to, in pieces, until they or what is packed end."""
    piece = unpacker.decompress(packed, _CHUNK)
    while piece:
        yield piece
        piece = b"" if unpacker.eof else unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)


def require_file(path: Path) -> None:
    """Refuse a folder, and what could be read for ever: a pipe, a device.

    Raises ``FileProblem``, and ``OSError`` when there is nothing.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise problem(path.name, phrase("{file} is a folder, not a file."))
    if not stat.S_ISREG(mode):
        raise problem(path.name, phrase("{file} is not an ordinary file; copy it into one first."))


def _pieces(file: IO[bytes], size: int = _CHUNK) -> Iterator[bytes]:
    while chunk := file.read(size):
        yield chunk


def _unpacked(file: IO[bytes], name: str) -> Iterator[bytes]:
    """What is packed in a ``.gz``, in pieces whatever it grows to; a part may follow a part."""
    unpacker, parts = zlib.decompressobj(wbits=31), 1
    try:
        for chunk in _pieces(file, _PACKED_CHUNK):
            rest = chunk if not unpacker.eof else chunk.lstrip(b"\0")
            while rest:
                if unpacker.eof:
                    unpacker, parts = zlib.decompressobj(wbits=31), parts + 1
                if parts > PACKED_PARTS:
                    raise _damaged(name)
                yield from inflated(unpacker, rest)
                rest = unpacker.unused_data.lstrip(b"\0")
    except zlib.error:
        raise _damaged(name) from None
    if not unpacker.eof:
        raise _damaged(name)


def _damaged(name: str) -> FileProblem:
    return problem(name, phrase("{file} is a damaged .gz file."))


@cache
def _stack_of_marks() -> re.Pattern[str]:
    """More combining marks in a row than :data:`MARKS`; made when first needed."""
    marks = "".join(
        chr(code)
        for first, last in _MARKED_PLANES
        for code in range(first, last)
        if unicodedata.combining(chr(code))
    )
    return re.compile(f"[{re.escape(marks)}{_HALFWIDTH_MARKS}]{{{MARKS + 1}}}")
