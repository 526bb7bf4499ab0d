"""How records lie in tables: one table a kind, typed columns, read and written without guessing.

The tables themselves are made by ``migrations``, which knows nothing of today's records; a test
asserts that the two agree.
"""

from __future__ import annotations

import builtins
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from operator import attrgetter
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    Generic,
    NewType,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.domain.records import KINDS, ContactLevel, Money, PersonId, Record, Stance

R = TypeVar("R", bound=Record)
Column = str | int | None
"""What a cell of a record's own columns may hold."""
Plain = Any
"""A value of JSON."""

_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def to_json(value: object) -> str:
    """JSON without blanks, text as text."""
    return _COMPACT.encode(value)


def _money_plain(value: Money) -> Plain:
    return [value.minor, value.currency]


def _money(plain: Plain) -> Money:
    minor, currency = plain
    return Money(minor, currency)


@dataclass(frozen=True, slots=True)
class FieldCode:
    """How one field is written: ``plain`` and ``value`` lead to JSON and back, never for ``None``.

    ``type`` is the SQL type of its column; ``None`` for money, which takes two columns. ``empty``
    is the value of JSON that is left out of a record's full patch; ``part`` is the code of what a
    list holds.
    """

    name: str
    type: str | None
    nullable: bool
    plain: Callable[[Any], Plain] | None
    value: Callable[[Any], Any] | None
    empty: Plain
    person: bool
    part: FieldCode | None = None

    @property
    def json(self) -> builtins.type:
        """What its value is in JSON, where it is not ``None``."""
        if self.type is None or self.empty == []:
            return list
        if self.value is bool:
            return bool
        return int if self.type == "INTEGER" else str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        if self.type is None:
            return (f"{self.name}_minor", f"{self.name}_currency")
        return (self.name,)

    @property
    def column_types(self) -> tuple[str, ...]:
        """Their types in SQL."""
        return ("INTEGER", "TEXT") if self.type is None else (self.type,)

    def to_plain(self, value: Any) -> Plain:
        """The value as JSON has it."""
        return value if value is None or self.plain is None else self.plain(value)

    def from_plain(self, plain: Plain) -> Any:
        """The value from what JSON has."""
        if plain is None:
            return None
        if type(plain) is not self.json:
            raise TypeError(plain)
        return plain if self.value is None else self.value(plain)

    def to_columns(self, value: Any) -> tuple[Column, ...]:
        """The value as its cells."""
        if self.type is None:
            return (None, None) if value is None else (value.minor, value.currency)
        plain = self.to_plain(value)
        if isinstance(plain, list):
            return (to_json(plain),)
        return (int(plain) if isinstance(plain, bool) else plain,)


def _dates(name: str, nullable: bool) -> FieldCode:
    return FieldCode(name, "TEXT", nullable, date.isoformat, date.fromisoformat, None, False)


def _words(name: str, nullable: bool, word: type[Word]) -> FieldCode:
    known = {member.value: member for member in word}
    return FieldCode(name, "TEXT", nullable, attrgetter("value"), known.__getitem__, None, False)


def _tuples(name: str, element: Any) -> FieldCode:
    part = _code(name, element)

    def plain(values: tuple[Any, ...]) -> Plain:
        return [part.to_plain(value) for value in values]

    def value(plain: Plain) -> tuple[Any, ...]:
        if type(plain) is not list or None in plain:
            raise TypeError(plain)
        return tuple(map(part.from_plain, plain))

    return FieldCode(name, "TEXT", False, plain, value, [], part.person, part)


def _code(name: str, hint: Any) -> FieldCode:
    """The code of a field by its annotation: a closed list, so nothing is stored by accident."""
    nullable = get_origin(hint) in {Union, UnionType}
    if nullable:
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is tuple:
        return _tuples(name, get_args(hint)[0])
    if hint is Money:
        return FieldCode(name, None, nullable, _money_plain, _money, None, False)
    if hint is date:
        return _dates(name, nullable)
    if hint is bool:
        return FieldCode(name, "INTEGER", nullable, bool, bool, None if nullable else False, False)
    if hint is int:
        return FieldCode(name, "INTEGER", nullable, None, None, None, False)
    if isinstance(hint, type) and issubclass(hint, Word):
        return _words(name, nullable, hint)
    if hint is str or isinstance(hint, NewType):
        empty = None if nullable else ""
        return FieldCode(name, "TEXT", nullable, None, None, empty, hint is PersonId)
    raise TypeError(f"no column is known for {name}: {hint}")


_FORMER: Final[Mapping[str, Mapping[str, type[Word]]]] = {
    "chain_member": {"stance": Stance, "contact": ContactLevel}
}
"""Fields that history tells of and a kind has no more, words that can be "unknown"."""


_PYTHON: Final[Mapping[str, type]] = {"TEXT": str, "INTEGER": int}
_COUNT: Final = 1_000_000
_DISTANCE: Final = 10_000_000
_AMOUNT: Final = 10**18


def range_of(column: str) -> tuple[int, int]:
    """Beyond which a number is no score, count or place: drawn or reckoned with, it would do harm.

    What merely breaks a rule is read, and ``check`` tells of it.
    """
    if column in {"x", "y"}:
        return (-_DISTANCE, _DISTANCE)
    most = _AMOUNT if column.endswith("_minor") else _COUNT
    return (1 if column == "year" else -most, most)


UNREADABLE: Final = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
    ZeroDivisionError,
)
"""What is raised by cells that nobody wrote through this program, JSON without end among them."""


@contextmanager
def readable(table: str, record_id: str) -> Iterator[None]:
    """Turn a cell that no version of the program wrote into ``StoreDamaged``."""
    try:
        yield
    except UNREADABLE as error:
        raise unreadable(table, record_id) from error


def unreadable(table: str, record_id: str) -> StoreDamaged:
    """What :func:`readable` raises, for where ten thousand rows are read."""
    return StoreDamaged(
        phrase("The store is damaged: {table} {id} cannot be read.", table=table, id=record_id)
    )


class Table(Generic[R]):
    """One kind of record and its table."""

    def __init__(self, kind: type[R]) -> None:
        self.kind = kind
        self.name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()
        hints = get_type_hints(kind)
        own = [field.name for field in fields(kind) if field.name not in {"id", "audience"}]
        self.codes: Mapping[str, FieldCode] = {
            name: _code(name, hints[name]) for name in ("id", *own, "audience")
        }
        """Every field, ``id`` first and ``audience`` last."""
        self.former: Mapping[str, FieldCode] = {
            name: _words(name, False, word) for name, word in _FORMER.get(self.name, {}).items()
        }
        """The fields that only history tells of."""
        self.columns = tuple(column for code in self.codes.values() for column in code.columns)
        coded = list(self.codes.values())
        self._values: Callable[[R], tuple[Any, ...]] = attrgetter(*self.codes)
        self._written = [(n, code) for n, code in enumerate(coded) if code.plain is not None][::-1]
        self._patched = [(code.name, code.plain, code.empty) for code in coded[1:]]
        places = {column: place for place, column in enumerate(self.columns)}
        self._read = [
            (places[code.name], code.value, code.empty == [])
            for code in coded
            if code.type is not None and code.value is not None
        ]
        self._types = [
            {_PYTHON[sql], NoneType} if code.nullable else {_PYTHON[sql]}
            for code in coded
            for sql in code.column_types
        ]
        self._known_types: set[tuple[type, ...]] = set()
        self._ranges = [
            (place, *range_of(column))
            for column, place in places.items()
            if int in self._types[place]
        ]
        self._amounts = [places[c.columns[0]] for c in coded if c.type is None][::-1]

    @cached_property
    def people(self) -> tuple[FieldCode, ...]:
        """The fields that name people."""
        return tuple(code for code in self.codes.values() if code.person and code.name != "id")

    @cached_property
    def select(self) -> str:
        """``SELECT`` of all columns, in the order :meth:`record` reads them."""
        return f'SELECT {_listed(self.columns)} FROM "{self.name}"'

    @cached_property
    def insert(self) -> str:
        """``INSERT`` of all columns, the clock and no tombstone."""
        marks = ", ".join("?" * (len(self.columns) + 1))
        columns = _listed((*self.columns, "clock"))
        return f'INSERT INTO "{self.name}" ({columns}) VALUES ({marks})'

    def update(self, names: Sequence[str]) -> str:
        """``UPDATE`` of some fields, the clock and the tombstone, by id."""
        columns = [column for name in names for column in self.codes[name].columns]
        assigned = ", ".join(f'"{column}" = ?' for column in (*columns, "clock", "deleted"))
        return f'UPDATE "{self.name}" SET {assigned} WHERE id = ?'

    def cells(self, record: R) -> list[Column]:
        """All cells of a record, in the order of :attr:`columns`."""
        cells: list[Column] = list(self._values(record))
        for place, code in self._written:
            cells[place : place + 1] = code.to_columns(cells[place])
        return cells

    def some_cells(self, record: R, names: Sequence[str]) -> list[Column]:
        """The cells of some fields of a record."""
        cells: list[Column] = []
        for name in names:
            cells.extend(self.codes[name].to_columns(getattr(record, name)))
        return cells

    def record(self, row: Sequence[Any]) -> R:
        """The record of a row that :attr:`select` gave.

        Raises
        ------
        StoreDamaged
            When a cell holds what no version of the program wrote.
        """
        values = list(row[: len(self.columns)])
        with readable(self.name, row[0]):
            types = tuple(map(type, values))
            if types not in self._known_types:
                self._check_types(types)
            for place, least, most in self._ranges:
                number = values[place]
                if number is not None and not least <= number <= most:
                    raise ValueError(number)
            for place, value, is_json in self._read:
                cell = values[place]
                if cell is not None:
                    values[place] = value(json.loads(cell) if is_json else cell)
            for place in self._amounts:
                minor, currency = values[place : place + 2]
                if (minor is None) != (currency is None):
                    raise ValueError(minor, currency)
                values[place : place + 2] = [None if currency is None else Money(minor, currency)]
            return self.kind(**dict(zip(self.codes, values, strict=True)))

    def _check_types(self, types: tuple[type, ...]) -> None:
        """Refuse a row with a cell of another type than its column; each set of types is seen once.

        ``STRICT`` tables hold none, unless someone wrote into the file past SQLite.
        """
        if not all(one in allowed for one, allowed in zip(types, self._types, strict=True)):
            raise TypeError(types)
        self._known_types.add(types)

    def full(self, record: R) -> dict[str, Plain]:
        """The patch of a record that comes or goes: all its fields but the id and what is empty."""
        patch = {}
        for (name, plain, empty), value in zip(
            self._patched, self._values(record)[1:], strict=True
        ):
            if value is not None:
                written = value if plain is None else plain(value)
                if written != empty:
                    patch[name] = written
        return patch

    def without_empty(self, patch: Mapping[str, Plain]) -> dict[str, Plain]:
        """A patch without the fields that are empty and those there are no more."""
        return {
            name: plain
            for name, plain in patch.items()
            if name in self.codes and plain is not None and plain != self.codes[name].empty
        }

    def without_former(self, patch: Mapping[str, Plain]) -> dict[str, Plain] | None:
        """A patch without the fields that are gone; ``None`` when one of them says something."""
        if any(patch.get(name, "unknown") != "unknown" for name in self.former):
            return None
        return {name: plain for name, plain in patch.items() if name not in self.former}

    def from_full(self, record_id: str, patch: Mapping[str, Plain]) -> R:
        """The record that :meth:`full` wrote."""
        values = {
            name: code.from_plain(patch.get(name, code.empty)) for name, code in self.codes.items()
        }
        return self.kind(**(values | {"id": record_id}))

    def differing(self, old: R, new: R) -> tuple[str, ...]:
        """The names of the fields that two versions of a record differ in."""
        return tuple(name for name in self.codes if getattr(old, name) != getattr(new, name))

    def patch(self, record: R, names: Sequence[str]) -> dict[str, Plain]:
        """Some fields of a record as JSON."""
        return {name: self.codes[name].to_plain(getattr(record, name)) for name in names}


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


TABLES: Final[Mapping[type[Record], Table[Any]]] = {kind: Table(kind) for kind in KINDS}
"""The table of each kind, referred-to kinds first."""
BY_NAME: Final[Mapping[str, Table[Any]]] = {table.name: table for table in TABLES.values()}
"""The same by the table's name."""
