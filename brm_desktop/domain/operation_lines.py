"""Operations and row states as values of JSON and back: the lines of a bundle, and of a store.

Reading refuses with :class:`Malformed` whatever this program would never write: names and values
of other kinds, more than the bounds say, stamps that go over later ones. Fields and kinds that are
not known here are read like all others.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from brm_desktop.domain.grouped import grouped, is_grouped
from brm_desktop.domain.operations import (
    DELETED,
    REST,
    UNCHANGED,
    Earlier,
    Malformed,
    Operation,
    Plain,
    Reach,
    RowState,
    Unchanged,
    Write,
)

MOST_FIELDS: Final = 200
"""Fields of a row, known or not."""
MOST_WRITES: Final = 1_000
"""Live writes of one field, or stamps gone over in it."""
MOST_SEEN: Final = 10_000
"""Stamps that a deletion has seen."""
LONGEST_TEXT: Final = 40_000
"""Characters of a value; a line of a bundle is bounded besides."""
LONGEST_LIST: Final = 5_000

_GREATEST: Final = 1 << 63
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}|\*", re.ASCII)
_ID: Final = re.compile(r"[!-~]{1,80}", re.ASCII)
_STAMP: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_AUDIENCES: Final = ("team", "company")
_TEXT: Final = frozenset((str,))


def operation_to_plain(operation: Operation) -> dict[str, Plain]:
    """An operation as JSON; what is empty is left out."""
    plain: dict[str, Plain] = {
        "kind": operation.kind,
        "row": operation.row,
        "values": dict(operation.values),
        "stamps": grouped(operation.stamps),
        "withheld": sorted(operation.withheld),
        "others": _others_to_plain(operation.others),
        "beneath": [[stamp, sorted(named)] for stamp, named in operation.beneath],
        "over": _over_to_plain(operation.over),
        "deletions": _deletions_to_plain(operation.deletions),
    }
    plain = {name: value for name, value in plain.items() if value}
    if not isinstance(operation.reach, Unchanged):
        plain["reach"] = None if operation.reach is None else operation.reach.audience
    return plain


def operation_from_plain(plain: Plain) -> Operation:
    """The operation that JSON tells of.

    Raises
    ------
    Malformed
        When it is none, is beyond the bounds, or goes over a stamp later than its own.
    """
    told = _known(plain, _OPERATION)
    kind, row = _key(told)
    operation = Operation(
        kind=kind,
        row=row,
        values=_values(told),
        stamps=_clock(told, "stamps"),
        withheld=_names(told["withheld"]) if "withheld" in told else frozenset(),
        others=_others(told) if "others" in told else {},
        beneath=_beneath(told) if "beneath" in told else (),
        over=_over(told),
        deletions=_deletions(told) if "deletions" in told else {},
        reach=_reach(told),
    )
    _check_order(operation)
    return operation


def state_to_plain(state: RowState) -> dict[str, Plain]:
    """A row state as JSON, with what has still to arrive; what is empty is left out."""
    plain: dict[str, Plain] = {
        "kind": state.kind,
        "row": state.row,
        "values": dict(state.values),
        "clock": grouped(state.clock),
        "withheld": sorted(state.withheld),
        "others": _others_to_plain(state.others),
        "beneath": [[stamp, sorted(named)] for stamp, named in state.beneath],
        "deletions": _deletions_to_plain(state.deletions),
        "covered": {stamp: sorted(fields) for stamp, fields in state.covered.items()},
        "lifted": sorted(state.lifted),
        "earlier": earlier_to_plain(state.earlier),
    }
    return {name: value for name, value in plain.items() if value}


def state_from_plain(plain: Plain) -> RowState:
    """The row state that JSON tells of.

    Raises
    ------
    Malformed
        When it is none or is beyond the bounds.
    """
    told = _known(plain, _STATE)
    kind, row = _key(told)
    return RowState(
        kind=kind,
        row=row,
        values=_values(told),
        clock=_clock(told, "clock"),
        withheld=_names(told.get("withheld", [])),
        others=_others(told),
        beneath=_beneath(told),
        deletions=_deletions(told),
        covered={
            _stamp(stamp): _names(fields)
            for stamp, fields in _mapping(told, "covered", MOST_SEEN).items()
        },
        lifted=frozenset(_stamps(told.get("lifted", []), MOST_WRITES)),
        earlier=earlier_from_plain(told.get("earlier", [])),
    )


def earlier_to_plain(earlier: tuple[Earlier, ...]) -> list[Plain]:
    """What stays of a row for some, as JSON."""
    return [[one.stamp, sorted(one.fields), dict(one.values), sorted(one.by)] for one in earlier]


def earlier_from_plain(plain: Plain) -> tuple[Earlier, ...]:
    """What stays of a row for some; raises ``Malformed``."""
    if type(plain) is not list or len(plain) > MOST_WRITES:
        raise Malformed("what stays of a row for some is not what it should be")
    return tuple(map(_earlier, plain))


def is_too_long(value: object) -> bool:
    """Whether a record's value is longer than an operation may say, a text or a list of such."""
    if isinstance(value, tuple):
        return len(value) > LONGEST_LIST or any(map(is_too_long, value))
    return isinstance(value, str) and len(value) > LONGEST_TEXT


_ROW: Final = frozenset(("kind", "row", "values", "withheld", "others", "beneath", "deletions"))
_OPERATION: Final = _ROW | {"stamps", "over", "reach"}
_STATE: Final = _ROW | {"clock", "covered", "lifted", "earlier"}


def _over_to_plain(over: Mapping[str, tuple[str, ...]]) -> dict[str, Plain]:
    alone = {field: stamps[0] for field, stamps in over.items() if len(stamps) == 1}
    together = {stamp: fields for stamp, fields in grouped(alone).items() if is_grouped(stamp)}
    said = {field for fields in together.values() for field in fields}
    several = {field: list(stamps) for field, stamps in over.items() if field not in said}
    return together | several


def _others_to_plain(others: Mapping[str, tuple[Write, ...]]) -> dict[str, Plain]:
    return {field: [list(write) for write in writes] for field, writes in others.items()}


def _deletions_to_plain(deletions: Mapping[str, tuple[str, ...]]) -> dict[str, Plain]:
    return {stamp: list(seen) for stamp, seen in deletions.items()}


def _known(plain: Plain, parts: frozenset[str]) -> dict[str, Plain]:
    if type(plain) is not dict or not plain.keys() <= parts:
        raise Malformed("what should be a row is none")
    return plain


def _key(told: Mapping[str, Plain]) -> tuple[str, str]:
    kind, row = told.get("kind"), told.get("row")
    if type(row) is not str or _ID.fullmatch(row) is None:
        raise Malformed("a row has no id")
    if _name(kind) == REST:
        raise Malformed("a row has no kind")
    return kind, row  # type: ignore[return-value] # a name is text


def _mapping(told: Mapping[str, Plain], part: str, most: int) -> dict[str, Plain]:
    found = told.get(part, {})
    if type(found) is not dict or len(found) > most:
        raise Malformed(f"{part} of a row is not what it should be")
    return found


def _by_field(told: Mapping[str, Plain], part: str) -> dict[str, Plain]:
    found = _mapping(told, part, MOST_FIELDS)
    return dict(zip(_known_names(tuple(found)), found.values(), strict=True))


def _name(name: Plain) -> str:
    if type(name) is not str or not _is_name(name):
        raise Malformed("a field has no name")
    return name


@lru_cache(256)
def _known_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same names, each one object in all rows; raises ``Malformed`` when one is no field's.

    The rows of a bundle mostly name the same ones: they are looked at once, and found fast.
    """
    if not all(map(_is_name, names)):
        raise Malformed("a field has no name")
    return tuple(map(sys.intern, names))


@lru_cache(4096)
def _is_name(name: Plain) -> bool:
    return type(name) is str and _NAME.fullmatch(name) is not None


def _names(names: Plain) -> frozenset[str]:
    return frozenset(_listed_names(names))


def _listed_names(names: Plain) -> tuple[str, ...]:
    if type(names) is list and len(names) <= MOST_FIELDS and _TEXT.issuperset(map(type, names)):
        return _known_names(tuple(names))
    raise Malformed("names of fields are not what they should be")


def _stamp(stamp: Plain) -> str:
    if type(stamp) is not str or _STAMP.fullmatch(stamp) is None:
        raise Malformed("a stamp is none")
    return stamp


def _stamps(stamps: Plain, most: int) -> tuple[str, ...]:
    if type(stamps) is not list or len(stamps) > most:
        raise Malformed("stamps are not what they should be")
    return tuple(map(_stamp, stamps))


def _clock(told: Mapping[str, Plain], part: str) -> dict[str, str]:
    clock: dict[str, str] = {}
    count = 0
    for name, one in _mapping(told, part, MOST_FIELDS).items():
        if type(one) is list:
            together = _listed_names(one)
            clock.update(dict.fromkeys(together, _stamp(name)))
            count += len(together)
        else:
            clock[_name(name)] = _stamp(one)
            count += 1
    if DELETED in clock or not count == len(clock) <= MOST_FIELDS:
        raise Malformed("a deletion is no field, and a field is written once")
    return clock


def _over(told: Mapping[str, Plain]) -> dict[str, tuple[str, ...]]:
    over: dict[str, tuple[str, ...]] = {}
    count = 0
    for name, one in _mapping(told, "over", MOST_FIELDS).items():
        if is_grouped(name):
            together = _listed_names(one)
            over.update(dict.fromkeys(together, (_stamp(name),)))
            count += len(together)
        else:
            over[_name(name)] = _stamps(one, MOST_WRITES)
            count += 1
    if not count == len(over) <= MOST_FIELDS:
        raise Malformed("what is gone over in a field is said once")
    return over


def _values(told: Mapping[str, Plain]) -> dict[str, Plain]:
    values = _by_field(told, "values")
    texts, lacks = list[str](), False
    for value in values.values():
        if type(value) is str:
            texts.append(value)
        elif value is None:
            lacks = True
        elif type(value) is not bool:
            _value(value)
    if not _is_scalar("".join(texts)):  # one by one only where something may be wrong
        for text in texts:
            _value(text)
    return {name: one for name, one in values.items() if one is not None} if lacks else values


def _value(value: Plain) -> Plain:
    """A value as it is, when it is one."""
    if type(value) is list:
        if len(value) > LONGEST_LIST:
            raise Malformed("a list is too long")
        for part in value:
            if not _is_scalar(part):
                raise Malformed("a list holds what is no value")
    elif not _is_scalar(value):
        raise Malformed("what should be a value is none")
    return value


def _is_scalar(value: Plain) -> bool:
    if type(value) is str:
        if len(value) > LONGEST_TEXT or "\0" in value:
            return False
        return value.isascii() or _is_encodable(value)
    if type(value) is int:
        return -_GREATEST <= value < _GREATEST
    return type(value) is bool


def _is_encodable(text: str) -> bool:
    """Whether the text holds no half of a character; no database takes one, nor a zero sign."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _others(told: Mapping[str, Plain]) -> dict[str, tuple[Write, ...]]:
    found = {}
    for name, writes in _by_field(told, "others").items():
        if name in {REST, DELETED} or type(writes) is not list or len(writes) > MOST_WRITES:
            raise Malformed("other writes of a field are not what they should be")
        found[name] = tuple(map(_write, writes))
    return found


def _pair(plain: Plain) -> tuple[Any, Any]:
    if type(plain) is not list or len(plain) != 2:
        raise Malformed("what should be a stamp and more is not")
    return plain[0], plain[1]


def _write(plain: Plain) -> Write:
    stamp, value = _pair(plain)
    return _stamp(stamp), None if value is None else _value(value)


def _beneath(told: Mapping[str, Plain]) -> tuple[tuple[str, frozenset[str]], ...]:
    rows = told.get("beneath", [])
    if type(rows) is not list or len(rows) > MOST_WRITES:
        raise Malformed("whole records of a row are not what they should be")
    pairs = map(_pair, rows)
    return tuple((_stamp(stamp), _names(named)) for stamp, named in pairs)


def _earlier(plain: Plain) -> Earlier:
    if type(plain) is not list or len(plain) != 4:
        raise Malformed("what stays of a row for some is not what it should be")
    stamp, fields, values, by = plain
    said = _values({"values": values})
    return Earlier(_stamp(stamp), _names(fields), said, frozenset(_stamps(by, MOST_WRITES)))


def _deletions(told: Mapping[str, Plain]) -> dict[str, tuple[str, ...]]:
    return {
        _stamp(stamp): _stamps(seen, MOST_SEEN)
        for stamp, seen in _mapping(told, "deletions", MOST_WRITES).items()
    }


def _reach(told: Mapping[str, Plain]) -> Reach | Unchanged | None:
    if "reach" not in told:
        return UNCHANGED
    audience = told["reach"]
    if audience is None:
        return None
    if type(audience) is not str or audience not in _AUDIENCES:
        raise Malformed("nobody knows who may see a row")
    return Reach(audience)


def _check_order(operation: Operation) -> None:
    """What is written is later than what it goes over, or it could not have seen it."""
    over, stamps = operation.over, operation.stamps
    rest = over.get(REST, ())
    latest = max(chain.from_iterable(over.values()), default="")
    if latest and stamps and latest >= min(stamps.values()):
        for field, stamp in stamps.items():
            if any(one >= stamp for one in over.get(field, rest)):
                raise Malformed("an edit goes over a later one")
    lifted = over.get(DELETED, ())
    for stamp, seen in operation.deletions.items():
        if any(one >= stamp for one in (*seen, *lifted)):
            raise Malformed("a deletion has seen a later edit")
