"""Text that a spreadsheet would run as a formula, made harmless in what we write.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a line break gets an apostrophe in
front, which a spreadsheet does not show and our own import takes away again; a text that has one
there already gets one more. Spreadsheets in East Asia run the wide forms of the four signs too.
"""

from __future__ import annotations

from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """The text, with an apostrophe before what would start a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_STARTS) else text


def unguarded(text: str) -> str:
    """The text as it was before :func:`guarded`."""
    guard = text[:1] == "'" and text.lstrip("'").startswith(_STARTS)
    return text[1:] if guard else text
