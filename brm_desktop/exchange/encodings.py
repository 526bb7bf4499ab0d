"""In which encoding a text file is written: architecture decision 12.

The chain: a byte order mark, then strict UTF-8, then the double-byte run test, which tells Chinese
text (GB18030 or Big5) from Western text (cp1252). Statistics over letters, as general detectors use
them, need more text than a list of names has; the shape of the bytes does not.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase

SAMPLE: Final = 1 << 18
"""So many bytes of a file are weighed; all of them are decoded strictly."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]+")
_TEXT_CODECS: Final = frozenset({"idna", "punycode", "undefined", "unicode_escape"})
_RUNS_OF_CHINESE: Final = 0.4
_COMMON_ENOUGH: Final = 0.95


class WrongEncoding(FileProblem):
    """A file's bytes are not text in the encoding named, or in any that is known here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and the encoding it was read in, by the name ``--encoding`` takes."""

    text: str
    encoding: str


def decoded(raw: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of a file's bytes, in ``encoding`` or in the one the chain finds.

    ``name`` is the file's name, for the sentence.

    Raises
    ------
    FileProblem
        When there is no such encoding, or the bytes are not text in it.
    """
    chosen = _named_codec(encoding) if encoding else guessed_encoding(raw, name)
    try:
        return Decoded(raw.decode(chosen).removeprefix("\ufeff"), encoding or chosen)
    except UnicodeError as error:
        raise WrongEncoding(
            phrase(
                "{file} is not written in {encoding} (line {line}): name another with --encoding.",
                file=name,
                encoding=encoding or chosen,
                line=_line_of(raw, error),
            )
        ) from None


def guessed_encoding(raw: bytes, name: str = "") -> str:
    """The encoding the chain finds: ``utf-8``, ``gb18030``, ``big5``, ``cp1252`` or by its mark.

    Raises
    ------
    FileProblem
        When the bytes are text in none of them, or UTF-8 but for a few broken bytes.
    """
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            return marked
    if _decodes(raw, "utf-8"):
        return "utf-8"
    _refuse_broken_utf8(raw, name)
    chinese = _chinese_encoding(raw)
    if chinese:
        return chinese
    if _decodes(raw, "cp1252"):
        return "cp1252"
    raise WrongEncoding(
        phrase("{file} is in no encoding known here: name it with --encoding.", file=name)
    )


def _chinese_encoding(raw: bytes) -> str | None:
    """GB18030 or Big5 when the bytes are Chinese text, else ``None``."""
    sample = raw[:SAMPLE]
    runs = [len(run.group()) for run in _HIGH_RUN.finditer(sample)]
    double = sum(length for length in runs if length > 1) / max(1, sum(runs))
    gb = _commonness(sample, "gb18030", _gb_weight) if _decodes(raw, "gb18030") else 0.0
    big5 = _commonness(sample, "cp950", _big5_weight) if _decodes(raw, "cp950") else 0.0
    if double >= _RUNS_OF_CHINESE and (gb or big5):
        return "gb18030" if gb >= big5 else "big5"
    return "big5" if big5 >= _COMMON_ENOUGH else None


def _commonness(sample: bytes, codec: str, weigh: Callable[[bytes], float]) -> float:
    """The mean weight of the sample's double-byte characters, 0–1."""
    characters = [c for c in sample.decode(codec, errors="ignore") if c > "\x7f"]
    if not characters:
        return 0.0
    return sum(weigh(c.encode(codec)) for c in characters) / len(characters)


def _gb_weight(pair: bytes) -> float:
    """How usual a character of GB18030 is: level 1 and punctuation, then level 2, then the rest."""
    if len(pair) != 2 or pair[1] < 0xA1:
        return 0.1
    if 0xB0 <= pair[0] <= 0xD7 or pair[0] in (0xA1, 0xA3):
        return 1.0
    return 0.75 if 0xD8 <= pair[0] <= 0xF7 else 0.0


def _big5_weight(pair: bytes) -> float:
    """How usual a character of Big5 is: level 1 and punctuation, then level 2."""
    if len(pair) != 2:
        return 0.0
    if 0xA4 <= pair[0] <= 0xC6 or pair[0] in (0xA1, 0xA2):
        return 1.0
    return 0.3 if 0xC9 <= pair[0] <= 0xF9 else 0.0


def _refuse_broken_utf8(raw: bytes, name: str) -> None:
    """Say so when a file is UTF-8 but for a few bytes: any other reading would be rubbish."""
    text = raw[:SAMPLE].decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f") - broken
    if whole < 8 or broken * 8 > whole:
        return
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongEncoding(
            phrase(
                "{file} is UTF-8 but for line {line}: repair that line,"
                " or name the encoding with --encoding.",
                file=name,
                line=_line_of(raw, error),
            )
        ) from None


def _named_codec(encoding: str) -> str:
    try:
        info = codecs.lookup(encoding)
        if not getattr(info, "_is_text_encoding", True) or info.name in _TEXT_CODECS:
            raise LookupError(encoding)
    except (LookupError, ValueError):
        raise FileProblem(
            phrase(
                "No encoding is called {encoding}: try utf-8, gb18030, big5 or cp1252.",
                encoding=encoding,
            )
        ) from None
    return "utf-8-sig" if info.name == "utf-8" else info.name


def _decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _line_of(raw: bytes, error: UnicodeError) -> int:
    end = error.start if isinstance(error, UnicodeDecodeError) else 0
    return raw.count(b"\n", 0, end) + 1
