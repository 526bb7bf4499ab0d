"""What the fields of records are called where the history shows them."""

from __future__ import annotations

from brm_desktop.domain.field_words import word_of_field
from brm_desktop.domain.phrase import Phrase
from brm_desktop.language import capitalised, tr


def field_word(field: str) -> str:
    """The name of a record's field at the head of a line."""
    word = word_of_field(field)
    return capitalised(tr(word) if isinstance(word, Phrase) else word)
