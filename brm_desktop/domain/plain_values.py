"""Values of fields out of values of JSON: what bundles and conflicts hold, as records have it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from brm_desktop.domain.operations import Plain
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import Money, Record

Reading = Callable[[Any], object]


def value_of(kind: type[Record], field: str, plain: Plain) -> object:
    """The value of a field from what JSON has; an empty one where it has nothing.

    Raises
    ------
    ValueError, TypeError, KeyError
        When there is no such field, or it cannot have that value.
    """
    reading, empty = _readings(cast("Any", kind))[field]
    return empty if plain is None else reading(plain)


@cache
def _readings(kind: Any) -> dict[str, tuple[Reading, object]]:
    return {field: _reading(hint) for field, hint in get_type_hints(kind).items()}


def _reading(hint: Any) -> tuple[Reading, object]:
    if get_origin(hint) in {Union, UnionType}:
        (inner,) = (one for one in get_args(hint) if one is not NoneType)
        return _reading(inner)[0], None
    if get_origin(hint) is tuple:
        each = _reading(get_args(hint)[0])[0]
        return lambda plain: tuple(each(one) for one in _only(list, plain)), ()
    if hint is Money:
        return _money, None
    if hint is date:
        return date.fromisoformat, None
    plain_kind: type = getattr(hint, "__supertype__", hint)
    if issubclass(plain_kind, Word):
        return plain_kind, None
    empty = {str: "", bool: False}.get(plain_kind)
    return lambda plain: _only(plain_kind, plain), empty


def _money(plain: Any) -> Money:
    minor, currency = plain
    return Money(_only(int, minor), _only(str, currency))


def _only(kind: type, plain: Any) -> Any:
    if type(plain) is not kind:
        raise TypeError(plain)
    return plain
