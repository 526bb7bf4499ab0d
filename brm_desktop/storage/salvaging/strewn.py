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
from brm_desktop.storage.rows.mapping import BY_NAME
from brm_desktop.storage.salvaging.pages import INNER, LEAF, Pages, Row
from brm_desktop.storage.salvaging.scanned import LostRows, Scanned, runs

MIGRATIONS: Final = "_sqlite_migrations"
_FIELDS: Final = {"conflict": True, "unknown_field": False}
"""Tables of one shape: whether they tell of fields that are known."""
_TYPES: Final = {"TEXT": str, "INTEGER": int, "BLOB": bytes}


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table look like: the name of each column, its type, if it may be empty."""

    table: str
    columns: tuple[str, ...]
    types: tuple[type, ...]
    nullable: tuple[bool, ...]
    numbered: int | None = None
    """The place of the column that is the row's number, which its cells leave out."""
    made: str = ""
    """The SQL that makes the table, on one line."""

    def row(self, number: int, cells: Row) -> Row | None:
        """The row of these cells; ``None`` when they are none of this table's."""
        if len(cells) < len(self.columns):  # written before the last columns were there
            cells = (*cells, *(None for _ in self.columns[len(cells) :]))
        if len(cells) != len(self.columns):
            return None
        if self.numbered is not None:
            cells = (*cells[: self.numbered], number, *cells[self.numbered + 1 :])
        fits = all(
            nullable if cell is None else type(cell) is wanted
            for cell, wanted, nullable in zip(cells, self.types, self.nullable, strict=True)
        )
        return cells if fits else None


def shape_of(table: str, described: Iterable[tuple[Any, ...]], made: str) -> Shape:
    """The shape of a table by what ``PRAGMA table_info`` says of its columns."""
    columns = [*described]
    numbered = [n for n, one in enumerate(columns) if one[5] and one[2] == "INTEGER"]
    return Shape(
        table,
        tuple(one[1] for one in columns),
        tuple(_TYPES[one[2]] for one in columns),
        tuple(not one[3] for one in columns),
        numbered[0] if numbered else None,
        made,
    )


_LISTED: Final = Shape(
    "sqlite_schema",
    ("type", "name", "tbl_name", "rootpage", "sql"),
    (str, str, str, int, str),
    (False, False, False, False, True),
)
_APPLIED: Final = Shape(
    MIGRATIONS, ("id", "set", "name", "at"), (int, str, str, str), (False,) * 4, 0
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
            page: pages.below(page) for page, kind in self._kinds.items() if kind == INNER
        }
        self._free = {*pages.free()}
        self._seen = {*self._free}
        self._indexes: dict[str, list[int]] = {}
        """The first pages of the indexes of each table."""
        listed = self._walked(1)
        first = self._first_pages()
        self._trees = {table: self._walked(page) for table, page in first.items()}
        self._lost_pages = self._unaccounted({*first.values()})
        self._all_listed = listed.is_whole
        self._astray = self._led_nowhere()
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
        for page in () if tree is None else tree.leaves:
            for number, cells in self._pages.rows(page):
                row = None if cells is None else shape.row(number, cells)
                if row is None:
                    unread.add(number)
                else:
                    found.rows.setdefault(number, row)
        known = self._known_numbers(table)
        missing = sorted((unread if known is None else known) - found.rows.keys())
        for run in runs(missing, sorted(found.rows)):
            found.lost.append(LostRows(table, run[0], run[-1], len(run)))
        if known is None:
            found.lost += self._gaps(table, tree, found.rows)
        return found

    def _known_numbers(self, table: str) -> set[int] | None:
        """The numbers of all rows that a table has, if one of its indexes can be read."""
        told = map(self._pages.numbered, self._indexes.get(table, ()))
        return next((numbers for numbers in told if numbers is not None), None)

    def _gaps(self, table: str, tree: _Tree | None, rows: Mapping[int, Row]) -> Iterator[LostRows]:
        """Where rows may be missing, as far as it is known."""
        if tree is None or not tree.rooted:
            if self._lost_pages or (tree is None and self._all_listed):
                yield LostRows(table, None, max(rows, default=None), None)
            return
        for first, last in tree.gaps:
            end = max(rows, default=0) if last is None else last
            found = any(first <= number <= end for number in rows)
            if self._lost_pages or not found:  # else the page led to others, which are all there
                yield LostRows(table, first, last, None)

    def _walked(self, first: int) -> _Tree:
        """The tree below a page; its pages are no one else's."""
        tree, waiting = _Tree(), list[tuple[int, int, int | None]]([(first, 1, None)])
        while waiting:
            page, low, high = waiting.pop()
            kind = self._kinds.get(page)
            if page in self._seen or kind not in {LEAF, INNER}:
                tree.gaps.append((low, high))
                continue
            self._seen.add(page)
            if kind == LEAF:
                tree.leaves.append(page)
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
        astray = [
            page
            for page, kind in self._kinds.items()
            if kind in {LEAF, INNER} and page not in self._seen
        ]
        led_to = {one for page in astray for one, _ in self._below.get(page, ())}
        tops = [page for page in astray if page not in led_to]
        return [self._walked(page) for page in (*tops, *astray) if page not in self._seen]

    def _take(self, *tables: str) -> None:
        """Give the trees astray to those of the tables that lack pages."""
        lacking = [
            table
            for table in tables
            if (tree := self._trees.get(table)) is None or not tree.is_whole
        ]
        for group in [*self._astray] if lacking else ():
            rows = [row for page in group.leaves for row in self._pages.rows(page)]
            table = self._fitting(rows, lacking)
            if table is not None:
                self._astray.remove(group)
                tree = self._trees.setdefault(table, _Tree(rooted=False))
                tree.leaves += group.leaves

    def _fitting(self, rows: list[tuple[int, Row | None]], tables: list[str]) -> str | None:
        """The one table that most of the rows are of; ``None`` where it cannot be told."""
        count = Counter(
            table
            for number, cells in rows
            if cells is not None
            for table in tables
            if self._makes_sense(table, self._shapes[table].row(number, cells))
        )
        (best, most), (_, next_most) = [*count.most_common(2), (None, 0), (None, 0)][:2]
        return best if most * 2 > len(rows) and most > next_most else None

    def _makes_sense(self, table: str, row: Row | None) -> bool:
        """Whether a row can be one of a table, by what it says."""
        if row is None:
            return False
        said = dict(zip(self._shapes[table].columns, row, strict=True))
        if table in _FIELDS:
            of = BY_NAME.get(str(said["kind"]))
            return of is not None and (said["field"] in of.codes) is _FIELDS[table]
        kind = BY_NAME.get(table)
        if kind is None:
            return True
        if self._told.get(str(said["id"]), table) != table:
            return False
        try:
            kind.record([said[column] for column in kind.columns])
        except KeyError:
            return True  # an older version of the table
        except StoreDamaged:
            return False
        return True
