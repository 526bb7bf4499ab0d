"""JSON of others: so many bytes, so deep, and never more than one sentence when it is bad."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.bounds import MEGABYTE, bytes_of, problem

JSON_BYTES: Final = 16 * MEGABYTE
"""Bytes of a document, which takes some ten times that in memory."""
JSON_DEPTH: Final = 64
"""How deep lists and objects may stand in one another. Nothing here goes deeper than ten."""

_BRACKET: Final = re.compile(r"[\[\]{}]")


def read_json(path: Path, most: int = JSON_BYTES) -> Any:
    """The value of a JSON file in UTF-8.

    Raises
    ------
    FileProblem
        When it cannot be read, is too large or too deep, or is no JSON.
    """
    raw = bytes_of(path, most)
    try:
        return json_of(raw.decode("utf-8-sig"), path.name, most)
    except UnicodeDecodeError:
        raise _no_json(path.name) from None


def json_of(text: str, name: str, most: int = JSON_BYTES) -> Any:
    """The value of JSON text; ``name`` is what the sentence calls it.

    Raises
    ------
    FileProblem
        When it is too large or too deep, or is no JSON.
    """
    if len(text) > most or _depth(text) > JSON_DEPTH:
        raise problem(
            name,
            phrase(
                "{file} is too large or too deep: at most {limit} MB, {depth} levels.",
                limit=f"{most / MEGABYTE:.3g}",
                depth=JSON_DEPTH,
            ),
        )
    try:
        return json.loads(text)
    except ValueError:
        raise _no_json(name) from None


def _no_json(name: str) -> FileProblem:
    return problem(name, phrase("{file} is not a JSON file."))


def _depth(text: str) -> int:
    """How deep brackets stand in one another, strings aside; found without reading the values."""
    if text.count("[") + text.count("{") <= JSON_DEPTH:
        return 0
    deepest = depth = 0
    for place, part in enumerate(text.replace("\\\\", "").replace('\\"', "").split('"')):
        if place % 2 == 0:
            for bracket in _BRACKET.finditer(part):
                depth += 1 if bracket.group() in "[{" else -1
                deepest = max(deepest, depth)
    return deepest
