"""What an asset keeps in PostgreSQL, within one transaction: ``storage.sharing.port.Rows``.

Those who write take turns, transaction by transaction, from the first row they touch. So a change's
number is known to be greater than all before it, and nobody waits for one who waits for him.
Rows go in through a staging table, many at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, LiteralString

from brm_desktop.domain.grouped import grouped, ungrouped
from brm_desktop.domain.membership import Member, RowReach, could_see, may_see
from brm_desktop.domain.merge import conflicts_of, is_gone, stamps_only
from brm_desktop.domain.operation_lines import state_from_plain, state_to_plain
from brm_desktop.domain.operations import Key, RowState
from brm_desktop.domain.readership import sees_all, told_all, told_to
from brm_desktop.domain.replies import ReplyRow, Trouble
from brm_desktop.storage.postgres.members import PostgresMembers
from brm_desktop.storage.sharing.port import APPLIED, Merged

if TYPE_CHECKING:
    from psycopg import Connection

SLICE: Final = 4_000
"""Rows that are read at a time."""
_ENCODED: Final = json.JSONEncoder(ensure_ascii=False).encode
_APART: Final = frozenset(("kind", "row", "values", "clock"))
_TURN: Final = 0x42524D
"""The number of the lock that writers take turns by."""

_STAGING: Final[LiteralString] = """
    CREATE TEMPORARY TABLE IF NOT EXISTS brm_staging (
        kind text, id text, says jsonb, clock jsonb, rest jsonb, contested integer, gone_at bigint
    ) ON COMMIT DELETE ROWS
"""
_COPY: Final[LiteralString] = """
    COPY brm_staging (kind, id, says, clock, rest, contested, gone_at) FROM STDIN
"""
_TAKE_OVER: Final[LiteralString] = """
    INSERT INTO brm.entity (kind, id, says, clock, rest, contested, gone_at, version)
    SELECT kind, id, says, clock, rest, contested, gone_at, %s FROM brm_staging
    ON CONFLICT (id, kind) DO UPDATE SET
        says = excluded.says, clock = excluded.clock, rest = excluded.rest,
        contested = excluded.contested, version = excluded.version, stripped = false,
        gone_at = excluded.gone_at
"""
_STATE: Final[LiteralString] = "kind, id, says::text, clock::text, rest::text"
_AMONG: Final[LiteralString] = """
    (kind, id) IN (SELECT * FROM unnest(%(kinds)s::text[], %(ids)s::text[]))
"""


class PostgresRows(PostgresMembers):
    """The rows of an asset as one transaction sees and changes them."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Work in the transaction that is open on a connection of a merger's."""
        super().__init__(connection)
        self._change: int | None = None
        self._has_turn = False
        self._has_staged = False

    def change(self) -> int:
        """The number of this transaction's change."""
        if self._change is None:
            self._take_turn()
            (self._change,) = self._one(
                "INSERT INTO brm.change VALUES (nextval('brm.change_number'),"
                " (extract(epoch FROM now()) * 1000)::bigint) RETURNING number"
            )
        return self._change

    def horizon(self) -> int:
        """The change number up to which all changes are there."""
        (number,) = self._one("SELECT brm.horizon()")
        return int(number)

    def states(self, keys: Sequence[Key]) -> dict[Key, RowState]:
        """Rows as they are; nobody else writes until the transaction ends."""
        self._take_turn()
        found = self._db.execute(
            f"SELECT {_STATE} FROM brm.entity WHERE NOT erased AND {_AMONG}", _apart(keys)
        )
        return {(row[0], row[1]): _state(*row) for row in found}

    def put(self, rows: Sequence[Merged], change: int, at: int) -> None:
        """Keep rows as they are now."""
        self._note_change(change, at)
        self._db.execute("TRUNCATE brm_staging" if self._has_staged else _STAGING)
        self._has_staged = True
        with self._db.cursor() as cursor:
            with cursor.copy(_COPY) as copy:
                for row in rows:
                    copy.write_row(_staged(row.state, at))
            cursor.execute(_TAKE_OVER, [change])

    def touch(self, keys: Sequence[Key], change: int) -> None:
        """Have rows be told of again."""
        self._db.execute(
            f"UPDATE brm.entity SET version = %(change)s WHERE {_AMONG}",
            {**_apart(keys), "change": change},
        )

    def reaches(self, keys: Sequence[Key]) -> dict[Key, list[RowReach]]:
        """By whose wish rows may be seen."""
        found = self._db.execute(
            f"SELECT kind, id, site, audience, team, former FROM brm.reach WHERE {_AMONG}"
            " ORDER BY site",
            _apart(keys),
        )
        reaches: dict[Key, list[RowReach]] = {}
        for row in found:
            reaches.setdefault((row[0], row[1]), []).append(RowReach(*row))
        return reaches

    def put_reaches(self, reaches: Sequence[RowReach]) -> None:
        """Keep wishes."""
        columns: list[list[str]] = [[] for _ in range(6)]
        for one in reaches:
            wish = (one.kind, one.row, one.site, one.audience, one.team, one.former)
            for column, value in zip(columns, wish, strict=True):
                column.append(value)
        self._db.execute(
            "INSERT INTO brm.reach SELECT * FROM unnest(%s::text[], %s::text[], %s::text[],"
            " %s::text[], %s::text[], %s::text[]) ON CONFLICT (id, kind, site) DO UPDATE SET"
            " audience = excluded.audience, team = excluded.team, former = excluded.former",
            columns,
        )

    def erased(self, keys: Sequence[Key]) -> set[Key]:
        """Which of some rows were erased."""
        found = self._db.execute(
            f"SELECT kind, id FROM brm.entity WHERE erased AND {_AMONG}", _apart(keys)
        )
        return {(kind, row) for kind, row in found}

    def erase(self, keys: Sequence[Key], change: int, at: int) -> None:
        """Leave nothing of rows but their ids."""
        self._note_change(change, at)
        self._db.execute(
            "UPDATE brm.entity SET says = '{}', clock = '{}', rest = NULL, contested = 0,"
            f" erased = true, gone_at = coalesce(gone_at, %(at)s), version = %(change)s"
            f" WHERE {_AMONG}",
            {**_apart(keys), "at": at, "change": change},
        )

    def rows_about(self, row: str) -> list[Key]:
        """The row of an id and all rows that name it."""
        found = self._db.execute(
            "SELECT kind, id FROM brm.entity WHERE NOT erased AND (id = %(row)s"
            " OR strpos(says::text, %(named)s) > 0"
            " OR strpos(coalesce(rest::text, ''), %(named)s) > 0) ORDER BY kind, id",
            {"row": row, "named": json.dumps(row, ensure_ascii=False)},
        )
        return [(kind, key) for kind, key in found]

    def named(self, name: str) -> list[Key]:
        """The people of a name."""
        found = self._db.execute(
            "SELECT kind, id FROM brm.entity WHERE kind = 'person' AND says ->> 'name' = %s"
            " AND gone_at IS NULL ORDER BY id",
            [name],
        )
        return [(kind, key) for kind, key in found]

    def rows_for(self, reader: Member, after: int, upto: int) -> Iterator[ReplyRow]:
        """The rows touched in between that a reader may see or could see."""
        with self._db.cursor(name="brm_rows_for") as cursor:
            cursor.itersize = SLICE
            cursor.execute(
                f"SELECT {_STATE}, version, erased FROM brm.entity"
                " WHERE version > %s AND version <= %s ORDER BY version, id, kind",
                [after, upto],
            )
            while part := cursor.fetchmany(SLICE):
                yield from self._shown_to(reader, part)

    def strip(self, before: int, most: int) -> int:
        """Leave nothing of rows deleted before a moment but ids, stamps and that."""
        found = self._db.execute(
            f"SELECT {_STATE} FROM brm.entity WHERE gone_at < %s AND NOT erased"
            " AND NOT stripped ORDER BY gone_at, id LIMIT %s FOR UPDATE",
            [before, most],
        )
        stripped = [_staged(_without_values(_state(*row)), before) for row in found]
        with self._db.cursor() as cursor:
            cursor.executemany(
                "UPDATE brm.entity SET says = '{}', rest = %s, stripped = true"
                " WHERE id = %s AND kind = %s",
                [(rest, row, kind) for kind, row, _, _, rest, *_ in stripped],
            )
        return len(stripped)

    def prune(self, before: int) -> None:
        """Let go of what is known from before a moment."""
        (last,) = self._one(
            "SELECT coalesce(max(number), 0) FROM brm.change WHERE at < %s", [before]
        )
        floor = max(last, self.floor())
        self._db.execute(
            "DELETE FROM brm.inbound WHERE state IN (%s, %s) AND received_at < %s",
            [APPLIED, Trouble.REFUSED.value, before],
        )
        self._db.execute(
            "DELETE FROM brm.reach WHERE audience = '' AND NOT EXISTS (SELECT 1 FROM brm.entity one"
            " WHERE one.id = reach.id AND one.kind = reach.kind AND one.version > %s)",
            [floor],
        )
        self._db.execute("DELETE FROM brm.change WHERE number < %s", [floor])
        self._note("floor", floor)

    def floor(self) -> int:
        """The change number before which it is not known what was taken back."""
        return self._noted("floor")

    def epoch(self) -> int:
        """Since when the asset goes on as it does."""
        return self._noted("epoch")

    def begin_epoch(self, epoch: int) -> None:
        """Begin another epoch."""
        self._note("epoch", epoch)

    def came_back(self) -> bool:
        """Whether the tables were made anew from a copy: the server knows them by other numbers."""
        (now,) = self._one("SELECT 'brm.entity'::regclass::oid::bigint")
        before = self._noted("table")
        if before != now:
            self._note("table", now)
        return before not in {0, now}

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are that are not deleted."""
        found = self._db.execute(
            "SELECT kind, count(*) FROM brm.entity WHERE gone_at IS NULL GROUP BY kind"
        )
        return dict(found.fetchall())

    def conflicts(self) -> int:
        """How many fields hold more than one thing that somebody wrote."""
        (number,) = self._one(
            "SELECT coalesce(sum(contested), 0) FROM brm.entity WHERE contested > 0"
        )
        return int(number)

    def _shown_to(self, reader: Member, part: Sequence[tuple[Any, ...]]) -> Iterator[ReplyRow]:
        reaches = self.reaches([(row[0], row[1]) for row in part])
        for *state, version, erased in part:
            key = (state[0], state[1])
            wishes = reaches.get(key, [])
            if not erased and any(may_see(reader, one) for one in wishes):
                whole = _state(*state)
                if sees_all(reader, wishes):
                    yield ReplyRow(*key, version, told_all(whole))
                else:
                    told = told_to(reader, wishes, self.device, whole)
                    yield ReplyRow(*key, version, told)
            elif any(could_see(reader, one) for one in wishes):
                yield ReplyRow(*key, version, None, erased)

    def _noted(self, key: str) -> int:
        found = self._db.execute("SELECT value FROM brm.asset WHERE key = %s", [key]).fetchone()
        return 0 if found is None else int(found[0])

    def _note(self, key: str, number: int) -> None:
        self._db.execute(
            "INSERT INTO brm.asset VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, str(number)],
        )

    def _take_turn(self) -> None:
        if not self._has_turn:
            self._db.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
            self._has_turn = True

    def _note_change(self, change: int, at: int) -> None:
        self._db.execute(
            "INSERT INTO brm.change VALUES (%s, %s)"
            " ON CONFLICT (number) DO UPDATE SET at = excluded.at",
            [change, at],
        )


def read_states(rows: Iterable[tuple[Any, ...]]) -> Iterator[RowState]:
    """The states of rows read as kind, id, says, clock and rest, JSON as text."""
    return (_state(*row) for row in rows)


def _apart(keys: Sequence[Key]) -> dict[str, list[str]]:
    return {"kinds": [kind for kind, _ in keys], "ids": [row for _, row in keys]}


def _state(kind: str, row: str, says: str, clock: str, rest: str | None) -> RowState:
    """A row's state; what the merger itself wrote is not checked once more but for its rest."""
    values, stamps = json.loads(says), ungrouped(json.loads(clock))
    if rest is None:
        return RowState(kind=kind, row=row, values=values, clock=stamps)
    plain = {"kind": kind, "row": row, "values": values, "clock": stamps, **json.loads(rest)}
    return state_from_plain(plain)


def _without_values(state: RowState) -> RowState:
    """A state that says when and no more what; what has still to arrive stays known."""
    return replace(stamps_only(state), covered=state.covered, lifted=state.lifted)


def _staged(state: RowState, at: int) -> tuple[Any, ...]:
    """A row as it is staged: what nearly all are, values and when they were written, is told apart.

    The rest, the number of conflicts and since when it is gone, by what is merged ``at`` a moment,
    are only of the others.
    """
    shown = (state.kind, state.row, _ENCODED(state.values), _ENCODED(grouped(state.clock)))
    rest = (state.others, state.beneath, state.deletions, state.covered, state.lifted)
    if not (state.withheld or state.earlier or any(rest)):
        return (*shown, None, 0, None)
    plain = state_to_plain(state)
    told = {name: one for name, one in plain.items() if name not in _APART}
    gone_at = at if is_gone(state) else None
    return (*shown, _ENCODED(told), len(conflicts_of(state)), gone_at)
