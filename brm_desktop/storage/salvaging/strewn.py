"""Whose rows stand on which page of a damaged store, whether or not a way leads there.

The list of tables tells the first page of each, and inner pages tell those below. Where a page of
either is damaged, the pages behind it are still there, each whole by itself. A page that no way
leads to is taken for one of the tables that lack pages: the one whose columns its rows fit, whose
records history knows them to be, and whose codes they can be read with. A page in no use any more
is left alone, for what stands on it is out of date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.storage.rows.mapping import BY_NAME, Table
from brm_desktop.storage.salvaging.pages import (
    INDEX_INNER,
    INDEX_LEAF,
    INNER,
    LEAF,
    Cell,
    Pages,
    Row,
)
from brm_desktop.storage.salvaging.scanned import LostRows, Scanned, runs

MIGRATIONS: Final = "_sqlite_migrations"
_FIELDS: Final = {"conflict": True, "unknown_field": False}
"""Tables that were of one shape once: whether they tell of fields that are known."""
_TABLES: Final = (LEAF, INNER)
_INDEXES: Final = (INDEX_LEAF, INDEX_INNER)
_TYPES: Final = {"TEXT": str, "INTEGER": int, "BLOB": bytes}


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table look like: the name of each column, its type, if it may be empty."""

    table: str
    columns: tuple[str, ...]
    types: tuple[type, ...]
    nullable: tuple[bool, ...]
    usual: tuple[Cell, ...] = ()
    """What a column holds in rows that were written before it was there."""
    numbered: int | None = None
    """The place of the column that is the row's number, which its cells leave out."""
    made: str = ""
    """The SQL that makes the table, on one line."""
    stored: tuple[int, ...] = ()
    """Of a table that is an index of its own: the places of the columns as its cells have them."""

    def row(self, number: int, cells: Row) -> Row | None:
        """The row of these cells; ``None`` when they are none of this table's."""
        if len(cells) < len(self.columns):
            cells = (*cells, *self.usual[len(cells) :])
        if len(cells) != len(self.columns):
            return None
        if self.stored:
            placed = dict(zip(self.stored, cells, strict=True))
            cells = tuple(placed[place] for place in range(len(cells)))
        if self.numbered is not None:
            cells = (*cells[: self.numbered], number, *cells[self.numbered + 1 :])
        fits = all(
            nullable if cell is None else type(cell) is wanted
            for cell, wanted, nullable in zip(cells, self.types, self.nullable, strict=True)
        )
        return cells if fits else None

    @property
    def is_told_from_indexes(self) -> bool:
        """Whether its cells cannot be the entry of an index, which ends with a row's number."""
        return not self.stored or self.types[self.stored[-1]] is not int


def shape_of(table: str, described: Iterable[tuple[Any, ...]], made: str) -> Shape:
    """The shape of a table by what ``PRAGMA table_info`` says of its columns."""
    columns = [*described]
    places = range(len(columns))
    is_index = made.upper().endswith("WITHOUT ROWID")
    numbered = [n for n in places if columns[n][5] and columns[n][2] == "INTEGER"]
    return Shape(
        table,
        tuple(one[1] for one in columns),
        tuple(_TYPES[one[2]] for one in columns),
        tuple(not one[3] for one in columns),
        tuple("" if one[4] == "''" else None for one in columns),
        numbered[0] if numbered and not is_index else None,
        made,
        tuple(sorted(places, key=lambda n: columns[n][5] or len(columns))) if is_index else (),
    )


_LISTED: Final = Shape(
    "sqlite_schema",
    ("type", "name", "tbl_name", "rootpage", "sql"),
    (str, str, str, int, str),
    (False, False, False, False, True),
)
_APPLIED: Final = Shape(
    MIGRATIONS, ("id", "set", "name", "at"), (int, str, str, str), (False,) * 4, numbered=0
)


@dataclass(slots=True)
class _Tree:
    """The pages of a table as far as they are known."""

    rooted: bool = True
    """Its first page is known, and so where pages are missing."""
    leaves: list[int] = field(default_factory=list)
    gaps: list[tuple[int, int | None]] = field(default_factory=list)
    """The first and last number of the rows that may be missing with a page."""

    @property
    def is_whole(self) -> bool:
        return self.rooted and not self.gaps


def steps_applied(pages: Pages, names: Iterable[str]) -> int:
    """How many of the migrations of these names were applied; 0 when no page tells."""
    known, most = {*names}, 0
    for page in range(1, pages.count + 1):
        if pages.kind(page) == LEAF:
            rows = [
                _APPLIED.row(number, cells)
                for number, cells in pages.rows(page)
                if cells is not None
            ]
            most = max(most, len({row[2] for row in rows if row is not None} & known))
    return most


class Strewn:
    """The rows of a damaged store, looked for on every page."""

    def __init__(self, pages: Pages, shapes: Mapping[str, Shape]) -> None:
        self._pages = pages
        self._shapes = shapes
        self._kinds = {page: pages.kind(page) for page in range(1, pages.count + 1)}
        self._below = {
            page: pages.below(page)
            for page, kind in self._kinds.items()
            if kind in {INNER, INDEX_INNER}
        }
        self._free = {*pages.free()}
        self._seen = {*self._free}
        self._indexes: dict[str, list[int]] = {}
        """The first pages of the indexes of each table."""
        listed = self._walked(1)
        first = self._first_pages()
        self._trees = {
            table: self._walked(page, _INDEXES if shapes[table].stored else _TABLES)
            for table, page in first.items()
        }
        self._known = {
            table: numbers
            for table, pages_of_indexes in self._indexes.items()
            for numbers in [self._numbered(pages_of_indexes)]
            if numbers is not None
        }
        """The numbers of all rows of those tables of which an index can be read."""
        self._lost_pages = self._unaccounted({*first.values()})
        self._all_listed = listed.is_whole
        self._astray = self._led_nowhere()
        self._untold: set[str] = set()
        """The tables that rows astray may be of, without it being sure."""
        self._told: dict[str, str] = {}
        """The table of each record that history tells of."""
        self._take("history")
        place = {name: n for n, name in enumerate(shapes["history"].columns)}
        for row in self.scan("history").rows.values():
            self._told[str(row[place["row"]])] = str(row[place["kind"]])
        self._take(*shapes)

    def scan(self, table: str) -> Scanned:
        """The rows of a table by their numbers, and what is missing.

        What a way leads to goes before what is astray.
        """
        found, shape = Scanned(table), self._shapes[table]
        tree = self._trees.get(table)
        unread: set[int] = set()
        for number, cells in () if tree is None else self._stored(tree, shape):
            row = None if cells is None else shape.row(number, cells)
            if row is None:
                unread.add(number)
            else:
                found.rows.setdefault(number, row)
        known = self._known.get(table)
        missing = sorted((unread if known is None else known) - found.rows.keys())
        for run in runs(missing, sorted(found.rows)):
            found.lost.append(LostRows(table, run[0], run[-1], len(run)))
        if known is None:
            found.lost += self._gaps(table, tree, found.rows)
        return found

    def _stored(self, tree: _Tree, shape: Shape) -> Iterator[tuple[int, Row | None]]:
        """The cells on the pages of a tree; those of a table without numbers are counted."""
        if shape.stored:
            cells = (one for page in tree.leaves for one in self._pages.entries(page))
            yield from enumerate(cells, 1)
            return
        for page in tree.leaves:
            yield from self._pages.rows(page)

    def _numbered(self, indexes: Iterable[int]) -> set[int] | None:
        """The numbers of the rows that an index knows, the first that can be read whole."""
        trees = [self._walked(first, _INDEXES) for first in indexes]
        for tree in trees:
            entries = [one for page in tree.leaves for one in self._pages.entries(page)]
            numbers = {one[-1] for one in entries if one is not None}
            told = {one for one in numbers if isinstance(one, int)}
            if tree.is_whole and None not in entries and len(told) == len(entries):
                return told
        return None

    def _gaps(self, table: str, tree: _Tree | None, rows: Mapping[int, Row]) -> Iterator[LostRows]:
        """Where rows may be missing, as far as it is known."""
        unsure = self._lost_pages or (tree is None and self._all_listed)
        if tree is None or not tree.rooted or self._shapes[table].stored:
            gaps = () if tree is None or not tree.rooted else tree.gaps
            if gaps or table in self._untold or (unsure and not (tree and tree.rooted)):
                yield LostRows(table, None, max(rows, default=None), None)
            return
        for first, last in tree.gaps:
            end = max(rows, default=0) if last is None else last
            found = any(first <= number <= end for number in rows)
            if self._lost_pages or not found:  # else the page led to others, which are all there
                yield LostRows(table, first, last, None)

    def _walked(self, first: int, kinds: tuple[int, int] = _TABLES) -> _Tree:
        """The tree below a page; its pages are no one else's."""
        tree, waiting = _Tree(), list[tuple[int, int, int | None]]([(first, 1, None)])
        while waiting:
            page, low, high = waiting.pop()
            kind = self._kinds.get(page)
            if page in self._seen or kind not in kinds:
                tree.gaps.append((low, high))
                continue
            self._seen.add(page)
            if kind != INNER:  # an inner page of an index has rows of its own
                tree.leaves.append(page)
            if kind not in {INNER, INDEX_INNER}:
                continue
            parts = []
            for one, greatest in self._below[page]:
                parts.append((one, low, high if greatest is None else greatest))
                low = low if greatest is None else greatest + 1
            waiting += reversed(parts)
        return tree

    def _first_pages(self) -> dict[str, int]:
        """The first pages that the list of tables tells, of tables that are made as ours are.

        A row of that list is known by the SQL in it, so that its pages need no way to them.
        """
        found = {}
        for page, kind in self._kinds.items():
            if kind != LEAF or page in self._free:
                continue
            for _, cells in self._pages.rows(page):
                row = None if cells is None else _LISTED.row(0, cells)
                if row is None:
                    continue
                what, table, first, sql = str(row[0]), str(row[2]), int(row[3] or 0), str(row[4])
                shape = self._shapes.get(table)
                if shape is None:
                    continue
                if what == "index" and " where " not in sql.lower():
                    self._indexes.setdefault(table, []).append(first)
                elif what == "table" and " ".join(sql.split()) == shape.made:
                    found[table] = first
        return found

    def _unaccounted(self, first: set[int]) -> set[int]:
        """The pages that cannot be read and of which nobody knows what stood there."""
        led_to = {one for below in self._below.values() for one, _ in below}
        unread = {page for page, kind in self._kinds.items() if not kind}
        return unread - led_to - first - self._free - self._pages.run_over() - {1}

    def _led_nowhere(self) -> list[_Tree]:
        """The trees to which no way leads."""
        astray = [page for page, kind in self._kinds.items() if kind and page not in self._seen]
        led_to = {one for page in astray for one, _ in self._below.get(page, ())}
        tops = [page for page in astray if page not in led_to]
        return [
            self._walked(page, _TABLES if self._kinds[page] in _TABLES else _INDEXES)
            for page in (*tops, *astray)
            if page not in self._seen
        ]

    def _take(self, *tables: str) -> None:
        """Give the trees astray to those of the tables that lack pages."""
        lacking = [
            table
            for table in tables
            if (tree := self._trees.get(table)) is None or not tree.is_whole
        ]
        for group in [*self._astray] if lacking else ():
            is_index = self._kinds[group.leaves[0]] in _INDEXES if group.leaves else False
            alike = [one for one in lacking if bool(self._shapes[one].stored) is is_index]
            fitting = self._fitting(group, alike)
            if len(fitting) == 1 and self._shapes[fitting[0]].is_told_from_indexes:
                self._astray.remove(group)
                tree = self._trees.setdefault(fitting[0], _Tree(rooted=False))
                tree.leaves += group.leaves
            else:
                self._untold.update(fitting)

    def _fitting(self, group: _Tree, tables: list[str]) -> list[str]:
        """The tables that most of the rows of a tree fit best: one, if it can be told."""
        count: Counter[str] = Counter()
        rows = 0
        for table in tables:
            shape = self._shapes[table]
            cells = [*self._stored(group, shape)]
            rows = len(cells)
            count[table] = sum(
                self._makes_sense(table, shape.row(number, one))
                for number, one in cells
                if one is not None
            )
        most = max(count.values(), default=0)
        return [table for table in tables if count[table] == most] if most * 2 > rows else []

    def _makes_sense(self, table: str, row: Row | None) -> bool:
        """Whether a row can be one of a table, by what it says."""
        if row is None:
            return False
        said = dict(zip(self._shapes[table].columns, row, strict=True))
        if table in _FIELDS and "field" in said and "id" not in said:
            of = BY_NAME.get(str(said["kind"]))
            return of is not None and (said["field"] in of.codes) is _FIELDS[table]
        kind = BY_NAME.get(table)
        if kind is None:
            return True
        if self._told.get(str(said["id"]), table) != table:
            return False
        is_of_today = said.keys() >= {*kind.columns}
        return not is_of_today or _can_be_read(kind, [said[column] for column in kind.columns])


def _can_be_read(table: Table[Any], cells: list[Cell]) -> bool:
    try:
        table.record(cells)
    except StoreDamaged:
        return False
    return True
