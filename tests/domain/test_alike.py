"""Of very many equal values one is held."""

from __future__ import annotations

import gc
import sys
import weakref
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

from brm_desktop.domain.alike import Alike
from brm_desktop.domain.phrase import Word


class Colour(Word):
    """Two of a kind."""

    RED = "red", "red"


@dataclass(frozen=True)
class Part:
    """A value that can be looked up."""

    name: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Whole:
    """A value with all that values are made of."""

    name: str
    on: date
    colour: Colour
    parts: tuple[Part, ...]
    by_name: Any
    plain: dict[str, Fraction]
    of: frozenset[int]
    many: int | bool | None


def made() -> Whole:
    """A value none of whose parts is that of another."""
    name = b"name".decode()
    part = Part(b"part".decode(), Fraction(1, 3))
    by_name = MappingProxyType({b"one".decode(): part})
    plain = {"share": Fraction(2, 3)}
    return Whole(name, date(2026, 1, 1), Colour.RED, (part,), by_name, plain, frozenset({1}), None)


def test_what_stands_for_a_value_equals_it_and_shares_its_parts_with_others() -> None:
    alike = Alike()
    first, second = alike.one(made()), alike.one(made())
    assert first == second == made()
    assert first is not second, "what has a mapping cannot be looked up"
    assert first.name is second.name is sys.intern("name")
    assert first.on is second.on
    assert first.parts[0] is second.parts[0] is second.by_name["one"]
    assert first.plain["share"] is second.plain["share"]
    assert type(second.by_name) is MappingProxyType


def test_what_can_be_looked_up_is_the_same() -> None:
    alike = Alike()
    assert alike.one(made().parts[0]) is alike.one(made().parts[0])


@pytest.mark.parametrize("value", [True, 1, Colour.RED, None, 1.0, frozenset({1})])
def test_equal_values_of_other_types_stay_what_they_are(value: object) -> None:
    alike = Alike()
    alike.one(Fraction(1))
    assert alike.one(value) is value
    assert type(alike.one((value,))[0]) is type(value)


def test_what_was_given_goes_with_it() -> None:
    alike = Alike()
    gone = weakref.ref(alike.one(made().parts[0]))
    gc.disable()
    try:
        del alike
        assert gone() is None
    finally:
        gc.enable()
