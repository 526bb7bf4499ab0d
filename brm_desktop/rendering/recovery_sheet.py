"""The recovery key on paper: one page, laid out in memory; nothing of it is left anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.whole_file import write_whole
from brm_desktop.language import current, day, tr
from brm_desktop.rendering.documents import colours, typeset, typeset_picture
from brm_desktop.rendering.theme import LIGHT

PURPOSE: Final = (
    phrase(
        "This key opens the store when the passphrase is forgotten, or on another computer, or "
        "when the small file beside the store is lost."
    ),
    phrase("Keep it on paper, away from the computer: whoever has both can read the store."),
)
"""What a recovery key is for, in two sentences."""

_TEMPLATE = "recovery"
_IN_A_ROW = 4
_PRINTED_DPI = 300.0


def rows_of(key: str) -> list[list[str]]:
    """The groups of a key, four in a row, as they are shown and printed."""
    groups = key.replace("-", " ").split()
    return [groups[at : at + _IN_A_ROW] for at in range(0, len(groups), _IN_A_ROW)]


def write_recovery_sheet(path: Path, store: str, key: str, made: date) -> None:
    """Write the page as PDF, for its owner's eyes alone.

    Raises
    ------
    FileProblem
        When the file cannot be written.
    """
    write_whole(path, typeset(_TEMPLATE, _data(store, rows_of(key), made), {}))
    path.chmod(0o600)


def recovery_picture(store: str, key: str, made: date) -> bytes:
    """The page as PNG, as fine as a printer prints."""
    return typeset_picture(_TEMPLATE, _data(store, rows_of(key), made), _PRINTED_DPI)


def _data(store: str, rows: Sequence[Sequence[str]], made: date) -> Mapping[str, object]:
    chinese = current() == "zh_CN"
    last = len(rows[-1]) if rows else 0
    padded = [*rows[:-1], [*rows[-1], *[""] * (_IN_A_ROW - last)]] if rows else []
    return {
        "title": tr("Recovery key"),
        "heading": tr("Recovery key"),
        "store": store,
        "rows": padded,
        "lines": [tr(sentence) for sentence in PURPOSE],
        "foot": tr("BRM Desktop, {day}", day=day(made)),
        "language": "zh" if chinese else "en",
        "region": "CN" if chinese else "GB",
        "colours": colours(LIGHT),
    }
