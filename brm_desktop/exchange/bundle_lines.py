"""The body of a bundle: values of JSON as lines in zlib, bounded in writing and in reading.

A value is a line. One that is longer than a line may be comes in pieces: a line that says how many,
``{"pieces": 3}``, and as many lines that are texts, which put together are its JSON. Nothing of a
body is in memory but a chunk and a value.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.bounds import MEGABYTE, problem

BODY_BYTES: Final = 512 * MEGABYTE
"""Bytes of a body, unpacked: two million operations at 250 bytes."""
LINES: Final = 2_000_000
"""Operations of a bundle: what ten thousand reps write in a day."""
LINE_BYTES: Final = 64 * 1024
"""Bytes of a line: an operation with a note of twenty thousand Chinese characters."""
PIECES: Final = 1024
"""Lines that a value may come in: more than any record that ``replies`` tells of."""

_PIECE: Final = 16_000
"""Characters of a piece: escaped and in UTF-8 they fit in a line."""
_PACKING: Final = 6
_COUNT: Final = "pieces"
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)

encoded: Final = _ENCODER.encode
"""The JSON of a value as a line has it."""


class TooMuch(FileProblem):
    """More is to be sent than one bundle may hold; in parts it can be."""


def _is_long(text: str) -> bool:
    """Whether a value of that JSON comes in pieces."""
    return len(text) > LINE_BYTES // 4 and len(text.encode()) >= LINE_BYTES


def packed(texts: Iterable[str]) -> Iterator[bytes]:
    """The body that holds values of these JSON texts, packed.

    Raises
    ------
    FileProblem
        When they are more than can be read; ``TooMuch`` when in parts they could be.
    """
    packer = zlib.compressobj(_PACKING)
    size = count = 0
    for text in texts:
        for line in _lines_of(text):
            size += len(line)
            count += 1
            if count > LINES or size > BODY_BYTES:
                raise TooMuch(phrase("That is more than one bundle can hold; send less at a time."))
            yield packer.compress(line)
    yield packer.flush()


def values_in(pieces: Iterable[bytes], name: str) -> Iterator[Any]:
    """The values in an unpacked body, one by one; ``name`` is what sentences call the bundle.

    Raises
    ------
    FileProblem
        Where it breaks a bound or holds what is no value.
    ValueError
        When it ends in the middle of a line.
    """
    lines = _lines(pieces, name)
    for line in lines:
        value = _value(line, name)
        if type(value) is dict and value.keys() == {_COUNT}:
            value = _put_together(value[_COUNT], lines, name)
        if type(value) not in {dict, list} or not value:
            raise _says_nothing(name)
        yield value


def _lines_of(text: str) -> Iterator[bytes]:
    if not _is_long(text):
        yield text.encode() + b"\n"
        return
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    if len(pieces) > PIECES:
        raise FileProblem(
            phrase(
                "A record with more than {limit} MB of text cannot be sent; shorten its notes.",
                limit=PIECES * LINE_BYTES // MEGABYTE,
            )
        )
    yield encoded({_COUNT: len(pieces)}).encode() + b"\n"
    for piece in pieces:
        yield encoded(piece).encode() + b"\n"


def _put_together(count: object, lines: Iterator[bytes], name: str) -> Any:
    if type(count) is not int or not 1 < count <= PIECES:
        raise _says_nothing(name)
    pieces = [_value(line, name) for line in islice(lines, count)]
    if len(pieces) < count or not all(type(piece) is str for piece in pieces):
        raise _says_nothing(name)
    return _value("".join(pieces).encode(), name)


def _lines(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The lines of a body; raises ``FileProblem`` at the first bound that is broken."""
    size = count = 0
    rest = b""
    for piece in pieces:
        size += len(piece)
        count += piece.count(b"\n")
        if size > BODY_BYTES or count > LINES:
            raise problem(
                name,
                phrase(
                    "{file} holds more than {limit} MB or {lines} lines, which no bundle does.",
                    limit=BODY_BYTES // MEGABYTE,
                    lines=LINES,
                ),
            )
        *whole, rest = (rest + piece).split(b"\n")
        if len(rest) >= LINE_BYTES or any(len(line) >= LINE_BYTES for line in whole):
            raise problem(
                name,
                phrase(
                    "{file} holds a line of more than {limit} KB, which no bundle does.",
                    limit=LINE_BYTES // 1024,
                ),
            )
        yield from whole
    if rest:
        raise ValueError("the last line has no end")


def _value(line: bytes, name: str) -> Any:
    """The value of JSON in a line: text that is text, and whole numbers."""
    try:
        value = _DECODER(line.decode())
        if b"\\u" in line:
            _refuse_what_is_no_text(value)
    except (ValueError, RecursionError):
        raise _says_nothing(name) from None
    return value


def _says_nothing(name: str) -> FileProblem:
    return problem(name, phrase("{file} holds a line that says nothing."))


def _refuse_what_is_no_text(value: object) -> None:
    """Raise ``ValueError`` for half a character, and for the sign that ends texts elsewhere."""
    parts = [value]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            parts += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            parts += part
        elif isinstance(part, str) and "\0" in part.encode().decode():
            raise ValueError("text holds no such sign")


def _no_float(text: str) -> float:
    raise ValueError(f"numbers are whole: {text}")


_DECODER: Final[Callable[[str], Any]] = json.JSONDecoder(
    parse_float=_no_float, parse_constant=_no_float
).decode
