"""When each field of a row was last written, as compact JSON: field to stamp, ``*`` for the rest.

``{"*": "0197…", "title": "0198…"}``: every field is from the first edit but the title. Stamps are
hex, which sorts as their bytes do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

REST = "*"


def clock_of(stamp: str) -> str:
    """The clock of a row whose every field was written by one edit."""
    return f'{{"*":"{stamp}"}}'


def read_clock(text: str) -> dict[str, str]:
    """Field to stamp; ``*`` stands for every field not named."""
    stamps: dict[str, str] = json.loads(text)
    return stamps


def advanced(text: str, fields: Iterable[str], stamp: str) -> str:
    """The clock after an edit of some fields."""
    stamps = read_clock(text) | dict.fromkeys(fields, stamp)
    return json.dumps(stamps, separators=(",", ":"))


def seen(text: str, fields: Iterable[str]) -> str:
    """What the clock says of some fields: the base of an edit of them."""
    stamps = read_clock(text)
    return json.dumps(
        {field: stamps.get(field, stamps[REST]) for field in fields}, separators=(",", ":")
    )


def tombstone(text: str, stamp: str) -> str:
    """What ``deleted`` holds: the deletion's stamp and the clock that the deleter had seen."""
    return f'{{"by":"{stamp}","seen":{text}}}'
