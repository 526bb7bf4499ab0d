"""Records made and changed from named fields, each value of the type its field declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.faults import in_role_order
from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.domain.records import (
    PARTS,
    Account,
    AccountPlan,
    Action,
    Assessment,
    ChainMember,
    Department,
    Interaction,
    Opportunity,
    Placement,
    Project,
    Record,
    Records,
    YearRevenue,
    id_of,
    right_id,
)

R = TypeVar("R", bound=Record)

_LINES: Final = frozenset({"name", "short_name", "latin_name", "title", "label"})
"""Texts of one line, kept without blanks at their ends or repeated ones inside."""

_FIXED: Final[Mapping[type[Record], frozenset[str]]] = MappingProxyType(
    {
        Account: frozenset({"organisation"}),
        AccountPlan: frozenset({"account"}),
        Action: frozenset({"account"}),
        Assessment: frozenset({"person", "author"}),
        ChainMember: frozenset({"project", "person"}),
        Department: frozenset({"organisation"}),
        Interaction: frozenset({"account"}),
        Opportunity: frozenset({"account"}),
        Placement: frozenset({"canvas", "person"}),
        Project: frozenset({"account"}),
        YearRevenue: frozenset({"account"}),
    }
)
"""What a record stays a part of for as long as there is one."""


def made(kind: type[R], fields: Mapping[str, object], record_id: str = "") -> R:
    """A new record of its fields; its id is made of its parts when it is known by them."""
    record = kind(id=record_id, **_typed(kind, fields))
    return replace(record, id=right_id(record))


def changed(record: R, fields: Mapping[str, object]) -> R:
    """A record with some fields changed, under another id when it is known by one of them.

    Raises
    ------
    TypeError
        When there is no such field, it cannot be changed, or the value is of another type.
    """
    kind = type(record)
    fixed = (_FIXED.get(kind, frozenset()) | {"id"}) & fields.keys()
    if fixed:
        raise TypeError(f"{', '.join(sorted(fixed))} of {kind.__name__} cannot be changed")
    renewed = replace(record, **_typed(kind, fields))
    return replace(renewed, id=right_id(renewed))


def stated(
    records: Records, kind: type[R], parts: Mapping[str, object], said: Mapping[str, object]
) -> R:
    """The record known by its parts, there or new, with what is said; ``None`` is not said."""
    given = {name: value for name, value in said.items() if value is not None}
    found = records.get(kind, id_of(kind, *(parts.get(part) for part in PARTS[kind][1])))
    return made(kind, {**parts, **given}) if found is None else changed(found, given)


def tidy(text: str) -> str:
    """A line of text without blanks at its ends or repeated ones inside."""
    return " ".join(text.split())


def _typed(kind: type[Record], fields: Mapping[str, object]) -> dict[str, Any]:
    typed: dict[str, Any] = {name: _fitting(kind, name, value) for name, value in fields.items()}
    for name in _LINES & typed.keys():
        typed[name] = tidy(typed[name])
    if "roles" in typed:
        typed["roles"] = in_role_order(typed["roles"])
    return typed


def _fitting(kind: type[Record], name: str, value: object) -> object:
    try:
        return _as_declared(value, _declared(cast("Any", kind))[name])
    except KeyError:
        raise TypeError(f"{kind.__name__} has no field {name}") from None
    except TypeError as wrong:
        raise TypeError(f"{name} of {kind.__name__} cannot be {value!r}") from wrong


@cache
def _declared(kind: Any) -> Mapping[str, Any]:
    return MappingProxyType(get_type_hints(kind))


def _as_declared(value: object, hint: Any) -> object:
    """A value as its field declares it; words may come as their stored values, tuples as lists."""
    if get_origin(hint) in {Union, UnionType}:
        if value is None:
            return None
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        if not isinstance(value, (tuple, list)):
            raise TypeError
        return tuple(_as_declared(one, get_args(hint)[0]) for one in value)
    plain = getattr(hint, "__supertype__", hint)
    if issubclass(plain, Word) and isinstance(value, str):
        return _word(value, plain)
    if type(value) is not plain:
        raise TypeError
    return value


def _word(value: str, words: type[Word]) -> Word:
    for word in words:
        if word == value:
            return word
    known = ", ".join(word.value for word in words)
    raise Refused(phrase("“{value}” is none of: {known}.", value=value, known=known))
