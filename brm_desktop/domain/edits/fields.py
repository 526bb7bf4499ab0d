"""Records made and changed from named fields, each value of the type its field declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from functools import cache, partial
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.faults import in_role_order, in_step_order
from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.domain.records import (
    PARTS,
    Account,
    AccountPlan,
    Action,
    Assessment,
    Attitude,
    ChainMember,
    Contribution,
    Department,
    Interaction,
    Need,
    Opportunity,
    Placement,
    Project,
    Record,
    Records,
    Review,
    Snapshot,
    SupportRequest,
    YearRevenue,
    id_of,
    right_id,
)

R = TypeVar("R", bound=Record)
Fit = Callable[[object], object]

_LINES: Final = frozenset(
    {"name", "short_name", "latin_name", "title", "label", "series", "from_line", "customer_type"}
)
"""Texts of one line, kept without blanks at their ends or repeated ones inside."""

_FIXED: Final[Mapping[type[Record], frozenset[str]]] = MappingProxyType(
    {
        Account: frozenset({"organisation"}),
        AccountPlan: frozenset({"account"}),
        Action: frozenset({"account"}),
        Assessment: frozenset({"person", "author"}),
        ChainMember: frozenset({"project", "person"}),
        Attitude: frozenset({"project", "person", "author"}),
        Contribution: frozenset({"account"}),
        Department: frozenset({"organisation"}),
        Interaction: frozenset({"account"}),
        Need: frozenset({"account"}),
        Opportunity: frozenset({"account"}),
        Placement: frozenset({"canvas", "person"}),
        Project: frozenset({"account"}),
        Review: frozenset({"account"}),
        Snapshot: frozenset({"subject"}),
        SupportRequest: frozenset({"opportunity"}),
        YearRevenue: frozenset({"account"}),
    }
)
"""What a record stays a part of for as long as there is one."""


def made(kind: type[R], fields: Mapping[str, object], record_id: str = "") -> R:
    """A new record of its fields; its id is made of its parts when it is known by them."""
    typed = _typed(kind, fields)
    parts = _usual_parts(cast("Any", kind))
    if parts:
        record_id = id_of(kind, *[typed.get(part, usual) for part, usual in parts])
    return kind(id=record_id, **typed)


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
    key = right_id(renewed)
    return renewed if key == renewed.id else replace(renewed, id=key)


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


def _several_lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Lines of text, each once and none of them blank."""
    return tuple(dict.fromkeys(line for line in map(tidy, texts) if line))


_ARRANGED: Final[Mapping[str, Callable[[Any], object]]] = MappingProxyType(
    {"roles": in_role_order, "steps": in_step_order, "business_lines": _several_lines}
)
"""Fields of several values, and the order these are kept in."""


def _typed(kind: type[Record], fields: Mapping[str, object]) -> dict[str, Any]:
    fits = _fits(cast("Any", kind))
    typed: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in fits:
            raise TypeError(f"{kind.__name__} has no field {name}")
        try:
            typed[name] = fits[name](value)
        except TypeError as wrong:
            raise TypeError(f"{name} of {kind.__name__} cannot be {value!r}") from wrong
    return typed


@cache
def _usual_parts(kind: Any) -> tuple[tuple[str, object], ...]:
    """The parts that make the id of a kind, with what each is where nothing is said of it."""
    if kind not in PARTS:
        return ()
    usual = {field.name: field.default for field in fields_of(kind)}
    return tuple((part, usual[part]) for part in PARTS[kind][1])


@cache
def _fits(kind: Any) -> Mapping[str, Fit]:
    """By field of a kind, what makes a value one of the declared type, or raises TypeError."""
    fits = {name: _fit(hint) for name, hint in get_type_hints(kind).items()}
    lines = {name: partial(_then, fits[name], tidy) for name in _LINES & fits.keys()}
    arranged = {
        name: partial(_then, fits[name], _ARRANGED[name]) for name in _ARRANGED.keys() & fits.keys()
    }
    return {**fits, **lines, **arranged}


def _then(fit: Fit, arrange: Callable[[Any], object], value: object) -> object:
    return arrange(fit(value))


def _fit(hint: Any) -> Fit:
    if get_origin(hint) in {Union, UnionType}:
        (inner,) = (one for one in get_args(hint) if one is not NoneType)
        return partial(_optional, _fit(inner))
    if get_origin(hint) is tuple:
        return partial(_several, _fit(get_args(hint)[0]))
    plain = getattr(hint, "__supertype__", hint)
    return partial(_word if issubclass(plain, Word) else _plain, plain)


def _optional(fit: Fit, value: object) -> object:
    return None if value is None else fit(value)


def _several(fit: Fit, value: object) -> object:
    if not isinstance(value, (tuple, list)):
        raise TypeError
    return tuple(map(fit, value))


def _plain(kind: type, value: object) -> object:
    if type(value) is not kind:
        raise TypeError
    return value


def _word(words: type[Word], value: object) -> object:
    """A word of a closed set, given as it is or as its stored value."""
    if type(value) is words:
        return value
    if not isinstance(value, str):
        raise TypeError
    for word in words:
        if word == value:
            return word
    known = ", ".join(word.value for word in words)
    raise Refused(phrase("“{value}” is none of: {known}.", value=value, known=known))
