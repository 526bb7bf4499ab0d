"""The values of a row state in the typed columns of their table, and back, without records.

What a column cannot hold (a word of a newer version, a date that is none) is kept beside the row
as it came, and the column says what is usual.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import cache
from typing import Any, Final

from brm_desktop.domain.records import Money
from brm_desktop.storage.rows.mapping import (
    BY_NAME,
    Column,
    FieldCode,
    Plain,
    Table,
    range_of,
    to_json,
)

Cells = tuple[Column, ...]

_FIRST_DAY: Final = date.min.isoformat()
_OWN: Final = frozenset({"conflict", "sharing_choice", "snapshot"})
"""The kinds that nobody gets from others."""
_UNFIT: Final = (ValueError, KeyError, TypeError, AttributeError, OverflowError)


class FieldColumns:
    """One field of a kind: where its cells are, what may be in them, and what is usual."""

    __slots__ = (
        "code",
        "fits",
        "is_list",
        "is_money",
        "may_be_empty",
        "name",
        "place",
        "required",
        "usual",
    )

    def __init__(self, code: FieldCode, place: int, field: Field[Any]) -> None:
        self.code = code
        self.name = code.name
        self.place = place
        self.is_money = code.type is None
        self.is_list = code.empty == []
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        self.required = not has_default and not code.nullable
        self.may_be_empty = code.empty is not None
        self.usual: Plain = code.to_plain(field.default) if has_default else None
        if self.usual is None and not code.nullable:
            self.usual = _least(code)
        self.fits = _fitting(code)

    def cells(self, plain: Plain) -> Cells:
        """A value that fits as its cells."""
        if self.is_money:
            return (None, None) if plain is None else tuple(plain)
        if self.is_list:
            return (to_json(plain),)
        return (int(plain) if plain is True or plain is False else plain,)

    def plain(self, cells: Sequence[Column]) -> Plain:
        """The value of its cells in a row; ``None`` for nothing."""
        cell = cells[self.place]
        if cell is None:
            return None
        if self.is_money:
            return [cell, cells[self.place + 1]]
        if self.is_list:
            return json.loads(str(cell))
        return bool(cell) if self.code.value is bool else cell


class KindColumns:
    """The columns of one kind that a row state is written to and read from."""

    def __init__(self, table: Table[Any]) -> None:
        self.table = table
        self.name = table.name
        record_fields = {field.name: field for field in fields(table.kind)}
        place, self.fields = 1, dict[str, FieldColumns]()
        for name, code in table.codes.items():
            if name not in {"id", "audience"}:
                self.fields[name] = FieldColumns(code, place, record_fields[name])
                place += len(code.columns)
        self.required = tuple(name for name, field in self.fields.items() if field.required)
        listed = ", ".join(f'"{column}"' for column in (*table.columns, "clock", "deleted"))
        marks = ", ".join("?" * (len(table.columns) + 2))
        self.insert = f'INSERT INTO "{self.name}" ({listed}) VALUES ({marks})'
        self.select = (
            f'SELECT {listed} FROM "{self.name}" WHERE id IN (SELECT value FROM json_each(?))'
        )
        self.usual = {name: field.cells(field.usual) for name, field in self.fields.items()}
        self._plan = [
            (field.name, field.fits, field.is_money, field.is_list, self.usual[field.name])
            for field in self.fields.values()
        ]

    def cells_of(
        self, row: str, values: Mapping[str, Plain], has: Callable[[str], bool], audience: str
    ) -> tuple[Cells, list[str], bool]:
        """The cells of a row, the names of the values that are beside it, and if it is whole.

        A row is whole when somebody wrote every field that a record of its kind must have.
        """
        cells: list[Column] = [row]
        beside: list[str] = [name for name in values if name not in self.fields]
        for name, fits, is_money, is_list, usual in self._plan:
            value = values.get(name)
            if value is None:
                cells += usual
            elif not fits(value):
                beside.append(name)
                cells += usual
            elif is_money:
                cells += value
            elif is_list:
                cells.append(to_json(value))
            else:
                cells.append(value)
        cells.append(audience)
        whole = all(
            (name in values and name not in beside)
            or (self.fields[name].may_be_empty and has(name))
            for name in self.required
        )
        return tuple(cells), beside, whole

    def values_in(self, cells: Sequence[Column]) -> dict[str, Plain]:
        """The values of a row's cells that are not empty."""
        values = {}
        for name, field in self.fields.items():
            plain = field.plain(cells)
            if plain is not None and plain != field.code.empty:
                values[name] = plain
        return values

    def full(self, cells: Sequence[Column]) -> dict[str, Plain]:
        """The patch of a row that comes or goes, as history has it."""
        return {**self.values_in(cells), "audience": cells[-1]}

    def patches(self, old: Cells, new: Cells) -> tuple[dict[str, Plain], dict[str, Plain]]:
        """What differs between two versions of a row: as it was, and as it is."""
        before, after = {}, {}
        for name, field in self.fields.items():
            end = field.place + (2 if field.is_money else 1)
            if old[field.place : end] != new[field.place : end]:
                before[name], after[name] = field.plain(old), field.plain(new)
        if old[-1] != new[-1]:
            before["audience"], after["audience"] = old[-1], new[-1]
        return before, after


def _fitting(code: FieldCode) -> Callable[[Plain], bool]:
    """Whether a value of JSON that is something can stand in a field's columns."""
    if code.value is None and code.json is str:
        return _is_text
    if code.value is None:
        least, most = range_of(code.name)
        return lambda plain: type(plain) is int and least <= plain <= most
    least, most = range_of(f"{code.name}_minor")

    def fits(plain: Plain) -> bool:
        try:
            value = code.from_plain(plain)
        except _UNFIT:
            return False
        return not isinstance(value, Money) or (
            type(value.minor) is int
            and type(value.currency) is str
            and least <= value.minor <= most
        )

    return fits


def _is_text(plain: Plain) -> bool:
    return type(plain) is str


def _least(code: FieldCode) -> Plain:
    """What stands in a column that must hold something when there is nothing to hold."""
    if code.type is None:
        return [0, ""]
    if code.empty is not None:
        return code.empty
    if code.type == "INTEGER":
        return max(0, range_of(code.name)[0])
    return _FIRST_DAY if code.plain is date.isoformat else ""


@cache
def columns_of(kind: str) -> KindColumns:
    """The columns of a kind, by the name of its table."""
    return KindColumns(BY_NAME[kind])


def is_known(kind: str) -> bool:
    """Whether this version has such a kind, and may get rows of it from others."""
    return kind in BY_NAME and kind not in _OWN
