"""What may be seen of what is there: a relation whose end is gone, or a second manager, is hidden.

A hidden row keeps all it says and comes back by itself. It is decided anew for whatever a merge or
an edit touched, referred-to kinds first, so that hiding one row hides what stands on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from brm_desktop.domain.change import Change
from brm_desktop.domain.forest import CYCLE, SECOND_MANAGER, shown_lines
from brm_desktop.domain.records import REFERENCES, LineKind, Person, Record, ReportingLine
from brm_desktop.storage.merging.columns import Cells, columns_of
from brm_desktop.storage.merging.telling import UNNAMED, HistoryWriter, Line
from brm_desktop.storage.rows.clocks import REST, hidden, read_clock
from brm_desktop.storage.rows.mapping import BY_NAME, TABLES, to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

    from brm_desktop.storage.merging.states import Held

END_GONE: Final = "end_gone"
INCOMPLETE: Final = "incomplete"
LEASE: Final = "lease"

_SLICE: Final = 5_000
_LINE: Final = TABLES[ReportingLine].name
_BESIDE_OTHERS: Final = (hidden(SECOND_MANAGER), hidden(CYCLE))
_SOLID: Final = f"\"kind\" = '{LineKind.SOLID.value}'"
_HIDDEN: Final = "deleted GLOB '{\"hidden*'"


class _End(NamedTuple):
    """A field of a kind that must lead to something that is seen."""

    field: str
    targets: tuple[str, ...]
    may_be_blank: bool

    def is_gone(self) -> str:
        """The condition that it leads nowhere."""
        there = " OR ".join(
            f'EXISTS (SELECT 1 FROM "{target}" AS t WHERE t.id = r."{self.field}"'
            " AND t.deleted IS NULL)"
            for target in self.targets
        )
        blank = f"r.\"{self.field}\" <> '' AND " if self.may_be_blank else ""
        return f'(r."{self.field}" IS NOT NULL AND {blank}NOT ({there}))'


@cache
def _ends(kind: str) -> tuple[_End, ...]:
    """The references of a kind that it falls with."""
    return tuple(
        _End(
            reference.field,
            tuple(TABLES[target].name for target in reference.targets),
            not columns_of(kind).fields[reference.field].required,
        )
        for reference in REFERENCES
        if TABLES[reference.kind].name == kind and reference.falls
    )


@cache
def _places(kind: str) -> tuple[int, ...]:
    """Where the references stand in the cells of a row."""
    return tuple(columns_of(kind).fields[end.field].place for end in _ends(kind))


@cache
def _end_is_gone(kind: str) -> str:
    return " OR ".join(end.is_gone() for end in _ends(kind)) or "false"


def anything_hidden(db: Database) -> bool:
    """Whether any row is hidden; asked of partial indexes that are empty mostly."""
    return bool(db.execute(_ANYTHING).fetchone()[0])


def _any_hidden(kind: str) -> str:
    """The condition that a row of a kind is hidden, asked of the index of those that are.

    SQLite would rather read another index from end to end.
    """
    return f'EXISTS (SELECT 1 FROM "{kind}" INDEXED BY "{kind}_hidden" WHERE {_HIDDEN})'


_ANYTHING: Final = "SELECT " + " OR ".join(map(_any_hidden, BY_NAME))

_Ids = dict[str, set[str]]


class Sight:
    """What came into sight and what left it, kind by kind, and what that brings with it."""

    def __init__(self, db: Database, history: HistoryWriter) -> None:
        self._db = db
        self._history = history
        self._appeared: _Ids = {}
        self._vanished: _Ids = {}
        self._waiting: _Ids = {}
        self._lines: set[str] = set()
        self._shown: _Ids = {}
        self._hid: _Ids = {}

    def touched(
        self, kind: str, row: str, held: Held | None, cells: Cells, deleted: str | None
    ) -> None:
        """A row was written: it may be seen by itself when ``deleted`` is nothing."""
        was = held is not None and held.deleted is None
        if kind == _LINE:
            self._lines.add(row)
        if deleted is None and (held is None or not was or _moved(kind, held, cells)):
            self.appeared(kind, row)
        elif deleted is not None and was:
            self.vanished(kind, row)
        elif deleted == hidden(END_GONE):
            self._waiting.setdefault(kind, set()).add(row)

    def appeared(self, kind: str, row: str) -> None:
        """A row can be seen that could not, or stands on something else now."""
        self._appeared.setdefault(kind, set()).add(row)

    def vanished(self, kind: str, row: str) -> None:
        """A row can be seen no more."""
        self._vanished.setdefault(kind, set()).add(row)

    def waits(self, kind: str, row: str) -> None:
        """A row is hidden, and perhaps need not be."""
        self._waiting.setdefault(kind, set()).add(row)

    def set_aside(self, kind: str, rows: Iterable[str], reason: str | None) -> None:
        """Hide rows for a reason of its own, or show them again, before it is decided on others."""
        self._flip(kind, rows, reason)

    def edited(self, change: Change) -> None:
        """An edit was written."""
        for key, record in {**change.before, **change.after}.items():
            kind = TABLES[type(record)].name
            if kind == _LINE:
                self._lines.add(key)
            (self.appeared if key in change.after else self.vanished)(kind, key)

    def decide(self) -> None:
        """Hide what stands on nothing, and show what need not be hidden; until nothing changes."""
        for kind in BY_NAME:
            self._decide_ends(kind)
            if kind == _LINE:
                self._decide_lines()

    def change(self) -> Change:
        """The records that :meth:`decide` showed and hid."""
        return Change.of(self._records(self._hid), self._records(self._shown))

    def _records(self, ids: _Ids) -> Iterator[Record]:
        for kind, of_kind in ids.items():
            for rows in _slices(of_kind):
                for row in self._db.execute(columns_of(kind).select, [to_json(rows)]):
                    yield BY_NAME[kind].record(row)

    def _decide_ends(self, kind: str) -> None:
        ends = _ends(kind)
        if not ends:
            return
        gone, back = set[str](), set[str]()
        missing = _end_is_gone(kind)
        for rows in _slices(self._appeared.get(kind, ())):
            sql = f'SELECT id FROM "{kind}" AS r WHERE {_AMONG} AND deleted IS NULL AND ({missing})'
            gone.update(row for (row,) in self._db.execute(sql, [to_json(rows)]))
        for end, rows in self._naming(ends, self._vanished):
            sql = (
                f'SELECT id FROM "{kind}" AS r WHERE r."{end.field}" IN {_GIVEN}'
                f" AND deleted IS NULL AND ({missing})"
            )
            gone.update(row for (row,) in self._db.execute(sql, [to_json(rows)]))
        self._flip(kind, gone, END_GONE)
        waiting = f"deleted = '{hidden(END_GONE)}' AND NOT ({missing})"
        for rows in _slices(self._waiting.get(kind, ())):
            sql = f'SELECT id FROM "{kind}" AS r WHERE {_AMONG} AND {waiting}'
            back.update(row for (row,) in self._db.execute(sql, [to_json(rows)]))
        if self._has_hidden(kind):
            for end, rows in self._naming(ends, self._appeared):
                sql = (
                    f'SELECT id FROM "{kind}" AS r WHERE r."{end.field}" IN {_GIVEN} AND {waiting}'
                )
                back.update(row for (row,) in self._db.execute(sql, [to_json(rows)]))
        self._flip(kind, back, None)
        if kind == _LINE:
            self._reconsider_lines()

    def _reconsider_lines(self) -> None:
        """Lines that stood behind others may stand before them when somebody comes or goes."""
        people = TABLES[Person].name
        for ids in (self._appeared, self._vanished):
            for end, rows in self._naming(_ends(_LINE), {people: ids.get(people, set())}):
                sql = (
                    f'SELECT id FROM "{_LINE}" WHERE "{end.field}" IN {_GIVEN}'
                    f" AND {_HIDDEN} AND deleted IN (?, ?)"
                )
                lines = self._db.execute(sql, [to_json(rows), *_BESIDE_OTHERS])
                self._lines.update(row for (row,) in lines)

    def _naming(self, ends: tuple[_End, ...], ids: _Ids) -> Iterator[tuple[_End, list[str]]]:
        for end in ends:
            for target in end.targets:
                for rows in _slices(ids.get(target, ())):
                    yield end, rows

    def _has_hidden(self, kind: str) -> bool:
        return bool(self._db.execute(f"SELECT {_any_hidden(kind)}").fetchone()[0])

    def _flip(self, kind: str, ids: Iterable[str], reason: str | None) -> None:
        """Hide rows for a reason, or show them, and tell history."""
        columns = columns_of(kind)
        deleted = None if reason is None else hidden(reason)
        for rows in _slices(sorted(ids)):
            lines = []
            for row in self._db.execute(columns.select, [to_json(rows)]).fetchall():
                full, shown = to_json(columns.full(row[:-2])), row[-1] is None
                if shown is (reason is None):
                    continue  # only the reason is another one
                before, after = (full, None) if shown else (None, full)
                lines.append(Line(kind, row[0], before, after, row[-2], row[-3], UNNAMED))
                self._note(kind, row[0], shown=not shown)
            self._db.conn.executemany(
                f'UPDATE "{kind}" SET deleted = ? WHERE id = ?', [(deleted, row) for row in rows]
            )
            self._history.write(lines)

    def _note(self, kind: str, row: str, *, shown: bool) -> None:
        came, went = self._appeared, self._vanished
        seen, unseen = self._shown, self._hid
        if not shown:
            came, went, seen, unseen = went, came, unseen, seen
        came.setdefault(kind, set()).add(row)
        went.get(kind, set()).discard(row)
        if row in unseen.get(kind, ()):
            unseen[kind].discard(row)
        else:
            seen.setdefault(kind, set()).add(row)
        if kind == _LINE:
            self._lines.add(row)

    def _decide_lines(self) -> None:
        """Show of the solid lines what makes a forest (domain rule §4)."""
        if not self._lines:
            return
        people = self._suspects()
        if not people:
            return
        lines = self._connected(people)
        decided = shown_lines((*line[:3], _drawn(line[3])) for line in lines)
        for reason in (SECOND_MANAGER, CYCLE, None):
            self._flip(
                _LINE,
                [
                    line[0]
                    for line in lines
                    if decided.hidden.get(line[0]) == reason
                    and line[4] != (None if reason is None else hidden(reason))
                ],
                reason,
            )

    def _suspects(self) -> set[str]:
        """The people among whose lines something may have to be hidden or shown."""
        people: set[str] = set()
        for rows in _slices(self._lines):
            sql = f'SELECT person, manager FROM "{_LINE}" WHERE {_AMONG} AND {_SOLID}'
            for person, manager in self._db.execute(sql, [to_json(rows)]):
                people.update((person, manager))
        marks = "deleted IN (?, ?)"
        sql = f'SELECT EXISTS (SELECT 1 FROM "{_LINE}" WHERE {_HIDDEN} AND {marks})'
        if self._db.execute(sql, _BESIDE_OTHERS).fetchone()[0]:
            return people
        managers: dict[str, str] = {}
        suspects: set[str] = set()
        frontier, known = people, set(people)
        while frontier:
            above: set[str] = set()
            for person, manager in self._managers(frontier):
                if person in managers:
                    suspects.add(person)
                managers[person] = manager
                above.add(manager)
            frontier = above - known
            known |= frontier
        return suspects | _circling(managers)

    def _managers(self, people: Iterable[str]) -> Iterator[tuple[str, str]]:
        for rows in _slices(people):
            yield from self._db.execute(
                f'SELECT person, manager FROM "{_LINE}"'
                f" WHERE person IN {_GIVEN} AND {_SOLID} AND deleted IS NULL",
                [to_json(rows)],
            ).fetchall()

    def _connected(self, people: set[str]) -> list[tuple[Any, ...]]:
        """All solid lines among some people and whoever they are connected with."""
        known, frontier = set(people), people
        found: dict[str, tuple[Any, ...]] = {}
        first, second = _BESIDE_OTHERS
        condition = (
            f"{_SOLID} AND (deleted IS NULL OR deleted IN ('{first}', '{second}'))"
            f" AND NOT ({_end_is_gone(_LINE)})"
        )
        while frontier:
            coming: set[str] = set()
            for rows in _slices(frontier):
                for end in ("person", "manager"):
                    for line in self._db.execute(
                        f'SELECT id, person, manager, clock, deleted FROM "{_LINE}" AS r'
                        f' WHERE "{end}" IN {_GIVEN} AND {condition}',
                        [to_json(rows)],
                    ):
                        found[line[0]] = line
                        coming.update(line[1:3])
            frontier = coming - known
            known |= frontier
        return list(found.values())


_GIVEN: Final = "(SELECT value FROM json_each(?))"
_AMONG: Final = f"id IN {_GIVEN}"


def _slices(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(list(ids))
    while some := list(islice(rest, _SLICE)):
        yield some


def _moved(kind: str, held: Held, cells: Cells) -> bool:
    """Whether a row stands on something else than before."""
    return any(held.cells[place] != cells[place] for place in _places(kind))


def _drawn(clock: str) -> str:
    """When a line was drawn: the shown stamp of its manager."""
    stamps = read_clock(clock).clock
    return stamps.get("manager") or stamps.get(REST, "")


def _circling(managers: dict[str, str]) -> set[str]:
    """The people whose managers lead back to them."""
    done: set[str] = set()
    circling: set[str] = set()
    for start in managers:
        way: dict[str, None] = {}
        one: str | None = start
        while one is not None and one not in done and one not in way:
            way[one] = None
            one = managers.get(one)
        if one is not None and one in way:
            circling.add(one)
        done.update(way)
    return circling
