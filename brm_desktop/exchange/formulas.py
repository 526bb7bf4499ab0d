"""Text that a spreadsheet would run as a formula, made harmless in what we write.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a line break gets an apostrophe in
front, which a spreadsheet does not show and our own import takes away again.
"""

from __future__ import annotations

from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """The text, with an apostrophe before what would start a formula."""
    return f"'{text}" if text.startswith(_STARTS) else text


def unguarded(text: str) -> str:
    """The text as it was before :func:`guarded`."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_STARTS) else text
