"""The name of an edit as JSON, so that history can be read in either language."""

from __future__ import annotations

import json
from datetime import date
from string import Formatter
from types import MappingProxyType
from typing import Any, Final

from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import Money

OF_MIGRATIONS: Final = (phrase("Date what was said of people on chains"),)
"""The names under which migrations write history; they use nothing of today's code."""


def phrase_to_json(name: Phrase) -> str:
    """A phrase with its values; values other than text and numbers keep what they are."""
    return json.dumps(_plain(name), ensure_ascii=False, separators=(",", ":"))


def phrase_from_json(text: str) -> Phrase:
    """The phrase that :func:`phrase_to_json` wrote."""
    return _phrase(json.loads(text))


def _plain(value: object) -> object:
    if isinstance(value, Word):
        return {"word": [type(value).__name__, value.value, value.label]}
    if isinstance(value, Phrase):
        values = {key: _plain(part) for key, part in value.values.items()}
        return {"phrase": value.text, "values": values} if values else {"phrase": value.text}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Money):
        return {"money": [value.minor, value.currency]}
    return value if isinstance(value, str | int | float | None) else str(value)


def _value(plain: Any) -> object:
    if not isinstance(plain, dict):
        return plain
    if "date" in plain:
        return date.fromisoformat(plain["date"])
    if "money" in plain:
        return Money(*plain["money"])
    if "word" in plain:
        return _word(*plain["word"])
    return _phrase(plain)


def _word(kind: str, value: str, label: str) -> Word | str:
    """The word as it is known now; its English label when this version knows it no more."""
    known = {words.__name__: words for words in Word.__subclasses__()}
    members: list[Word] = list(known.get(kind, ()))
    return next((word for word in members if word.value == value), label)


def _phrase(plain: Any) -> Phrase:
    values = {key: _value(part) for key, part in plain.get("values", {}).items()}
    text: str = plain["phrase"]
    for _, name, spec, conversion in Formatter().parse(text):
        if name is not None and (name not in values or spec or conversion):
            raise ValueError(text)  # a template of others could ask for gigabytes, or look inside
    return Phrase(text, MappingProxyType(values))
