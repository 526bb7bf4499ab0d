"""Lines of vCards and calendars, put together where they were folded, within limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.bounds import LINE_BYTES, LINES, problem

CARD_LINE_BYTES: Final = 4 * LINE_BYTES
"""Bytes of a line put together: the picture of a person in it is the longest there is."""
CARDS: Final = 100_000
"""Cards of a file: more than any address book has."""

_BEGIN: Final = b"begin:vcard"


def unfolded(chunks: Iterable[bytes], file: str) -> Iterator[tuple[int, bytes]]:
    """Each whole line with the number of the line it begins on; ends of lines are taken off.

    A line that begins with a blank belongs to the one before. Every byte is gone over once, however
    a line is folded.

    Raises
    ------
    FileProblem
        When a line, the lines or the cards are more than they may be.
    """
    parts: list[bytes] = []
    length = begins = cards = 0
    for number, line in _lines(chunks, file):
        if line[:1] in (b" ", b"\t") and parts:
            parts.append(line[1:])
            length += len(line) - 1
            if length > CARD_LINE_BYTES:
                raise _too_long(file, begins, CARD_LINE_BYTES)
            continue
        if parts:
            yield begins, b"".join(parts)
        parts, begins, length = [line], number, len(line)
        cards += line[: len(_BEGIN)].lower() == _BEGIN
        if cards > CARDS:
            raise problem(file, phrase("{file} holds more than {limit} cards.", limit=CARDS))
    if parts:
        yield begins, b"".join(parts)


def _lines(chunks: Iterable[bytes], file: str) -> Iterator[tuple[int, bytes]]:
    """The lines as they lie there, numbered from 1, whichever of LF, CR LF or CR they end in."""
    rest: list[bytes] = []
    length = number = 0
    for chunk in _with_whole_ends(chunks):
        lines = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in lines[:-1]:
            number += 1
            if number > LINES:
                raise problem(file, phrase("{file} has more than {limit} lines.", limit=LINES))
            yield number, b"".join((*rest, line))
            rest, length = [], 0
        rest.append(lines[-1])
        length += len(lines[-1])
        if length > CARD_LINE_BYTES:
            raise _too_long(file, number + 1, CARD_LINE_BYTES)
    if length:
        yield number + 1, b"".join(rest)


def _with_whole_ends(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that cut no CR LF in two."""
    held = b""
    for chunk in chunks:
        piece = held + chunk
        held = b"\r" if piece.endswith(b"\r") else b""
        yield piece.removesuffix(held)
    yield held


def _too_long(file: str, line: int, limit: int) -> FileProblem:
    return problem(
        file,
        phrase(
            "Line {line} of {file} is longer than {limit} MB: it cannot be read.",
            line=line,
            limit=limit >> 20,
        ),
    )
