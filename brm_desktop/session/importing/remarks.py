"""What an import noticed and left as it was: words that look like another one spelt wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from brm_desktop.domain.edits import Draft
from brm_desktop.domain.industries import INDUSTRIES
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Product
from brm_desktop.exchange.headers import Subject
from brm_desktop.exchange.mapping import Entries
from brm_desktop.session.importing.field_names import said_field
from brm_desktop.session.importing.words import plain_text, shown

_ALIKE: Final = 0.8
"""From this share of common letters on, one word may be another spelt wrong."""
_LONGEST: Final = 60
"""Longer than any name of a product or an industry, short enough to compare with all of them."""
_MOST: Final = 1_000
"""So many different words of a file are looked at."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A word that stands in some rows of a file and is none we know, with the nearest we do."""

    file: str
    field: str
    value: str
    rows: int
    nearest: str | None

    @property
    def sentence(self) -> Phrase:
        """What is said of it."""
        if self.nearest is None:
            return phrase(
                "{field} {value} (rows: {rows}) is not among ours; it is kept as it is.",
                field=said_field(self.field),
                value=shown(self.value),
                rows=self.rows,
            )
        return phrase(
            "{field} {value} (rows: {rows}) looks like {nearest}; it is kept as it is.",
            field=said_field(self.field),
            value=shown(self.value),
            rows=self.rows,
            nearest=self.nearest,
        )


def remarks_on(draft: Draft, entries: Entries) -> tuple[Remark, ...]:
    """What is noticed of a file once it is decided, in the order of its rows."""
    match entries.subject:
        case Subject.OPPORTUNITIES:
            products = {one.name for one in draft.all(Product).values()}
            return tuple(_unknown(entries, "product", products, always=True)) if products else ()
        case Subject.ACCOUNTS:
            industries = {*INDUSTRIES, *INDUSTRIES.values()}
            return tuple(_unknown(entries, "industry", industries, always=False))
        case _:
            return ()


def _unknown(
    entries: Entries, field: str, known: Collection[str], *, always: bool
) -> Iterator[Remark]:
    """The words of a field that are none of the known ones: all, or only those near one."""
    by_plain = {plain_text(one).casefold(): one for one in known}
    said = Counter(
        plain_text(entry.values[field]) for entry in entries.rows if field in entry.values
    )
    for value, rows in list(said.items())[:_MOST]:
        plain = value.casefold()
        if plain in by_plain:
            continue
        near = get_close_matches(plain[:_LONGEST], by_plain, 1, _ALIKE)
        if near or always:
            nearest = by_plain[near[0]] if near else None
            yield Remark(entries.file, field, value, rows, nearest)
