"""Equal values held once: what is kept of very many accounts is alike for most of it.

Names and ids, shares and amounts, sentences and reviews come again in account after account. Kept
as they were computed, those of two thousand accounts take several times the memory.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

T = TypeVar("T")


class Alike:
    """Gives one and the same value for all that are equal, in all their parts.

    Texts are shared with the whole program, everything else among what one of these was given; it
    holds all of that, and is let go of when no more is to come.
    """

    def __init__(self) -> None:
        self._held: dict[type, dict[Any, Any]] = {}
        self._ways = dict(_WAYS)

    def one(self, value: T) -> T:
        """What stands for a value: an equal one of the same type."""
        kind = type(value)
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = _way_of(kind)
        return cast("T", way(self, value))

    def first(self, value: T) -> T:
        """The equal value of the type that came first; itself when it cannot be looked up."""
        try:
            return cast("T", self._held.setdefault(type(value), {}).setdefault(value, value))
        except TypeError:  # it has a mapping
            return value


Way = Callable[[Alike, Any], Any]
"""How values of a type are gone through; bound to nothing, so that no circle holds them all."""


def _mapping(alike: Alike, value: Mapping[Any, Any]) -> dict[Any, Any]:
    return {alike.one(key): alike.one(held) for key, held in value.items()}


_WAYS: Final[Mapping[type, Way]] = MappingProxyType(
    {
        str: lambda _, value: sys.intern(value),
        tuple: lambda alike, value: tuple(map(alike.one, value)),
        dict: _mapping,
        MappingProxyType: lambda alike, value: MappingProxyType(_mapping(alike, value)),
        Fraction: Alike.first,
        date: Alike.first,
    }
)


def _way_of(kind: type) -> Way:
    """Data classes are made anew of what stands for their fields; all else is left as it is."""
    if not is_dataclass(kind):
        return lambda _, value: value
    names = [field.name for field in fields(kind)]

    def made_anew(alike: Alike, value: Any) -> Any:
        return alike.first(kind(**{name: alike.one(getattr(value, name)) for name in names}))

    return made_anew
