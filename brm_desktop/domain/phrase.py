"""Sentences for the user, kept apart from the language they are said in.

The domain never speaks English or Chinese: it hands out a :class:`Phrase`, an English template
that is also the key of its translation, with the values to put in. The faces say it with
``brm_desktop.language.tr``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Self


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence to be translated when it is shown: ``text`` is an English ``str.format`` template.

    Values may be numbers, names (never translated), or phrases and named words (translated too).
    """

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        said = {
            name: value.label if isinstance(value, Word) else value
            for name, value in self.values.items()
        }
        return self.text.format(**said)

    def __hash__(self) -> int:
        return hash((self.text, *((key, str(value)) for key, value in self.values.items())))


def phrase(text: str, **values: object) -> Phrase:
    """A phrase with its values; a literal ``text`` here gets into the translators' list."""
    return Phrase(text, MappingProxyType(values))


def verbatim(text: str) -> Phrase:
    """What somebody wrote, said as it is in every language."""
    return Phrase("{text}", MappingProxyType({"text": text}))


class Word(StrEnum):
    """A closed set of words: the value is stored and exported, the label is shown to people.

    Subclasses list members as ``NAME = "value", "English label"``.
    """

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make a member of its stored value and its English label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @property
    def phrase(self) -> Phrase:
        """The word alone as a phrase, translated as the word it is."""
        return Phrase("{word}", MappingProxyType({"word": self}))
