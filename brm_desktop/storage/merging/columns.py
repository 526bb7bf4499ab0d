"""The values of a row state in the typed columns of their table, and back, without records.

What a column cannot hold (a word of a newer version, a date that is none) is kept beside the row
as it came, and the column says what is usual.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import Any, Final, NamedTuple

from brm_desktop.storage.rows.clocks import REST
from brm_desktop.storage.rows.mapping import (
    BY_NAME,
    Column,
    FieldCode,
    Plain,
    Table,
    range_of,
)

Cells = tuple[Column, ...]

_OWN: Final = frozenset({"conflict", "sharing_choice", "snapshot"})
"""The kinds that nobody gets from others."""
_DECODER: Final = json.JSONDecoder()
_FIRST_DAY: Final = date.min.isoformat()
_DAYS: Final = 1 << 15
"""Of so many days it is remembered that they are some: all of ninety years."""


class FieldColumns:
    """One field of a kind: where its cells are, what may be in them, and what is usual."""

    __slots__ = (
        "cells",
        "code",
        "empty",
        "end",
        "fits",
        "is_bool",
        "is_itself",
        "is_list",
        "is_money",
        "name",
        "place",
        "required",
        "usual",
        "usual_cells",
    )

    def __init__(self, code: FieldCode, place: int, field: Field[Any]) -> None:
        self.code = code
        self.name = code.name
        self.place = place
        self.end = place + len(code.columns)
        self.empty = code.empty
        self.is_money = code.type is None
        self.is_list = code.empty == []
        self.is_bool = code.value is bool
        self.is_itself = not (self.is_bool or self.is_list or self.is_money)
        """Whether a value is its own cell."""
        has_default = field.default is not MISSING
        self.required = not has_default and not code.nullable
        usual: Plain = code.to_plain(field.default) if has_default else None
        self.usual = _least(code) if usual is None and not code.nullable else usual
        self.fits = _fitting(code)
        self.cells = _as_cells(code)
        """A value that fits, or none, as its cells."""
        self.usual_cells = self.cells(self.usual)

    def plain(self, cells: Sequence[Column]) -> Plain:
        """The value of its cells in a row; ``None`` for nothing."""
        cell = cells[self.place]
        if cell is None:
            return None
        if self.is_money:
            return [cell, cells[self.place + 1]]
        if self.is_list:
            return _listed(str(cell))
        return bool(cell) if self.is_bool else cell


class Laid(NamedTuple):
    """A row laid out in its columns.

    ``beside`` are the names of the values that are kept beside it; it is ``whole`` when somebody
    wrote every field that a record of its kind must have. ``patches`` are what it was and what it
    is where it differs from the row that was there, in the cells of ``changed`` places; of a new
    one, all of it.
    """

    cells: Cells
    beside: list[str]
    whole: bool
    patches: tuple[dict[str, Plain], dict[str, Plain]]
    changed: Sequence[int] = ()


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
                place = self.fields[name].end
        self.in_clocks = frozenset((*self.fields, REST))
        """What a clock of this kind names, but for fields of newer versions."""
        self.required = tuple(field for field in self.fields.values() if field.required)
        listed = ", ".join(f'"{column}"' for column in (*table.columns, "clock", "deleted"))
        marks = ", ".join("?" * (len(table.columns) + 2))
        self.insert = f'INSERT INTO "{self.name}" ({listed}) VALUES ({marks})'
        self.select = (
            f'SELECT {listed} FROM "{self.name}" WHERE id IN (SELECT value FROM json_each(?))'
        )
        coded = tuple(self.fields.values())
        odd = [one for one in coded if one.is_money or one.is_list]
        self._odd = odd
        self._bools = [(one.name, one.place, one.empty) for one in coded if one.is_bool]
        self._simple = [(one.name, one.place) for one in coded if not (one in odd or one.is_bool)]
        self._single = {
            one.name: (
                one.place,
                str if one.fits is _is_text else bool if one.is_bool else None,
                one.fits,
                int if one.is_bool else _texts_json if one.is_list else None,
            )
            for one in coded
            if not one.is_money
        }
        """Of what takes one cell: its place, the type of which all fits if any does, what fits, and
        what makes its cell of it, if that is needed."""
        self._plan = [(one.name, one.fits, one.empty, one.cells, one) for one in coded]
        self._usual = {one.name: one.usual for one in coded if one.usual not in (None, one.empty)}

    def laid(
        self, row: str, values: Mapping[str, Plain], has: Callable[[str], bool], audience: str
    ) -> Laid:
        """A new row in its columns."""
        cells: list[Column] = [row]
        beside = [name for name in values if name not in self.fields]
        patch = dict(self._usual)
        for name, fits, empty, to_cells, field in self._plan:
            value = values.get(name)
            if value is None:
                cells += field.usual_cells
            elif not fits(value):
                beside.append(name)
                cells += field.usual_cells
            else:
                if field.is_itself:
                    cells.append(value)
                else:
                    cells += to_cells(value)
                if value != empty:
                    patch[name] = value
        cells.append(audience)
        patch["audience"] = audience
        whole = self._is_whole(values, has, beside)
        return Laid(tuple(cells), beside, whole, ({}, patch))

    def cells_of(
        self, row: str, values: Mapping[str, Plain], has: Callable[[str], bool], audience: str
    ) -> tuple[Cells, list[str], bool]:
        """The cells of a row, the names of the values beside it, and whether it is whole."""
        laid = self.laid(row, values, has, audience)
        return laid.cells, laid.beside, laid.whole

    def laid_over(
        self,
        cells: Cells,
        was: Mapping[str, Plain],
        values: Mapping[str, Plain],
        has: Callable[[str], bool],
        *,
        any_beside: bool,
        aside: frozenset[str] = frozenset(),
    ) -> Laid:
        """A row in its columns that said ``was`` and says other values now.

        With ``any_beside``, some of what it said was not in the columns. Values of the fields
        ``aside`` are kept beside the row though they fit.
        """
        fields, single = self.fields, self._single
        is_known = values.keys() <= fields.keys()
        beside = [] if is_known else [name for name in values if name not in fields]
        now = list(cells)
        after: dict[str, Plain] = {}
        changed: list[int] = []
        known = {} if any_beside else was
        names = dict.fromkeys(fields if any_beside else sorted(aside))
        for name, said in values.items():
            if said is known.get(name):
                continue
            if name in single and name not in aside:
                place, of_type, fits, to_cell = single[name]
                if type(said) is of_type or fits(said):  # nearly always: this takes no detour
                    cell = said if to_cell is None else to_cell(said)
                    if cell != cells[place]:
                        now[place] = cell
                        after[name] = said
                        changed.append(place)
                    continue
            names[name] = None
        if not known.keys() <= values.keys():
            names |= dict.fromkeys(name for name in known if name not in values)
        for name in names:  # one that was laid out above differs no more
            if name in fields:
                said = values.get(name)
                changed += self._lay_over(fields[name], said, name in aside, now, beside, after)
        before = {
            name: known[name] if name in known else fields[name].plain(cells) for name in after
        }
        whole = self._is_whole(values, has, beside)
        return Laid(tuple(now), beside, whole, (before, after), sorted(changed))

    def _lay_over(
        self,
        field: FieldColumns,
        said: Plain,
        is_aside: bool,
        now: list[Column],
        beside: list[str],
        after: dict[str, Plain],
    ) -> list[int]:
        """Lay out any value of a field; gives the places of the cells that differ from before."""
        if said is not None and not is_aside and field.fits(said):
            written = field.cells(said)
        else:
            if said is not None:
                beside.append(field.name)
            written, said = field.usual_cells, field.usual
        changed = [n for n, cell in enumerate(written, field.place) if cell != now[n]]
        if changed:
            now[field.place : field.end] = written
            after[field.name] = said
        return changed

    def _is_whole(
        self, values: Mapping[str, Plain], has: Callable[[str], bool], beside: list[str]
    ) -> bool:
        """Whether nothing is missing; if so, what must be there is kept beside the row as well."""
        if self._lacks(values, has, beside):
            must = (field.name for field in self.required if field.empty is None)
            beside += [name for name in must if name in values and name not in beside]
            return False
        return True

    def without_usual(self, values: Mapping[str, Plain]) -> dict[str, Plain]:
        """The values without what only stands for something missing, of a row that is not whole."""
        usual = {field.name: field.usual for field in self.required if field.empty is None}
        return {name: one for name, one in values.items() if usual.get(name) != one}

    def _lacks(
        self, values: Mapping[str, Plain], has: Callable[[str], bool], beside: Iterable[str]
    ) -> bool:
        for field in self.required:
            name = field.name
            if name in values:
                if name in beside:
                    return True
            elif field.empty is None or not has(name):
                return True
        return False

    def values_in(self, cells: Sequence[Column]) -> dict[str, Plain]:
        """The values of a row's cells that are not empty."""
        values: dict[str, Plain] = {
            name: cell
            for name, place in self._simple
            if (cell := cells[place]) is not None and cell != ""
        }
        for name, place, empty in self._bools:
            cell = cells[place]
            if cell is not None and (cell or empty is None):
                values[name] = bool(cell)
        for field in self._odd:
            plain = field.plain(cells)
            if plain is not None and plain != field.empty:
                values[field.name] = plain
        return values

    def full(self, cells: Sequence[Column]) -> dict[str, Plain]:
        """The patch of a row that comes or goes, as history has it."""
        return {**self.values_in(cells), "audience": cells[-1]}


def _listed(text: str) -> Plain:
    """The list that a cell holds; ``json.loads`` takes thrice as long for one phone number."""
    plain, end = _DECODER.raw_decode(text)
    return plain if end == len(text) else json.loads(text)


def _texts_json(plain: Plain) -> str:
    """The cell of a list of texts, as ``to_json`` writes it in thrice the time."""
    return f"[{','.join(map(encode_basestring, plain))}]"


def _as_cells(code: FieldCode) -> Callable[[Plain], Cells]:
    """How a field's value is written into its cells; a function of its own, since it is hot."""
    if code.type is None:
        return lambda plain: (None, None) if plain is None else tuple(plain)
    if code.empty == []:
        return lambda plain: (_texts_json(plain),)
    if code.value is bool:
        return lambda plain: (None if plain is None else int(plain),)
    return lambda plain: (plain,)


def _fitting(code: FieldCode) -> Callable[[Plain], bool]:
    """Whether a value of JSON that is something can stand in a field's columns."""
    if code.type is None:
        return _money_within(*range_of(f"{code.name}_minor"))
    if code.part is not None:
        return _list_of(_part_of(code.part))
    return _part_of(code)


def _part_of(code: FieldCode) -> Callable[[Plain], bool]:
    """The same of a value that is no list, or of what a list holds."""
    known = frozenset(_words_of(code))
    if known:
        return lambda plain: type(plain) is str and plain in known
    if code.plain is date.isoformat:
        return lambda plain: type(plain) is str and _is_day(plain)
    if code.value is bool:
        return lambda plain: type(plain) is bool
    if code.type == "INTEGER":
        least, most = range_of(code.name)
        return lambda plain: type(plain) is int and least <= plain <= most
    return _is_text


def _is_text(plain: Plain) -> bool:
    return type(plain) is str


def _words_of(code: FieldCode) -> Iterable[str]:
    """The words that a field of a closed set can hold; none of any other."""
    words = getattr(code.value, "__self__", None)
    return words if isinstance(words, dict) else ()


def _money_within(least: int, most: int) -> Callable[[Plain], bool]:
    def fits(plain: Plain) -> bool:
        if type(plain) is not list or len(plain) != 2:
            return False
        minor, currency = plain
        return type(minor) is int and least <= minor <= most and type(currency) is str

    return fits


def _list_of(part: Callable[[Plain], bool]) -> Callable[[Plain], bool]:
    return lambda plain: type(plain) is list and all(map(part, plain))


@lru_cache(_DAYS)
def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _least(code: FieldCode) -> Plain:
    """What stands in a column that must hold something when there is nothing to hold."""
    if code.type is None:
        return [0, ""]
    if code.empty is not None:
        return code.empty
    if code.type == "INTEGER":
        return max(0, range_of(code.name)[0])
    return next(iter(_words_of(code)), _FIRST_DAY)


@cache
def columns_of(kind: str) -> KindColumns:
    """The columns of a kind, by the name of its table."""
    return KindColumns(BY_NAME[kind])


def is_known(kind: str) -> bool:
    """Whether this version has such a kind, and may get rows of it from others."""
    return kind in BY_NAME and kind not in _OWN
