"""What a folder's asset keeps, within one transaction: ``sharing.port.Rows`` over a BRM store.

The rows are those of a store, in the same tables and put there by the same functions, so that the
window and every reading of a store can be used on the asset as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.membership import Member, RowReach, could_see, may_see
from brm_desktop.domain.merge import SETTLES_ITSELF
from brm_desktop.domain.operations import Key, RowState
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.readership import sees_all, told_all, told_to
from brm_desktop.domain.replies import ReplyRow, Trouble
from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage.folder.letting_go import Keeper
from brm_desktop.storage.folder.members import FolderMembers
from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.merging.naming import rows_naming
from brm_desktop.storage.merging.states import by_kind, states
from brm_desktop.storage.merging.typed_rows import Put, TypedRows
from brm_desktop.storage.rows.mapping import BY_NAME, to_json
from brm_desktop.storage.rows.writing import Entry
from brm_desktop.storage.sharing.port import APPLIED, Merged
from brm_desktop.storage.sharing.terms import DAY

if TYPE_CHECKING:
    from sqlite_utils import Database

SLICE: Final = 2_000
"""Rows that are read at a time."""

_NAME: Final = phrase("Merge what colleagues shared")
_LEFT: Final = "(deleted IS NULL OR deleted GLOB '{\"hidden*') AND clock <> '{}'"
"""Neither deleted nor erased, if perhaps hidden."""
_CONFLICTS: Final = (
    f"SELECT count(*) FROM conflict WHERE {_LEFT}"
    ' AND "kind" NOT IN (SELECT value FROM json_each(?))'
)
_OF_KIND: Final = 'WHERE "kind" = ? AND row IN (SELECT value FROM json_each(?))'
_TOUCHED: Final = """
    WITH last AS (
        SELECT "kind", row, max(change) AS change FROM touched WHERE change > ?
        GROUP BY "kind", row HAVING max(change) <= ? ORDER BY "kind", row
    )
    SELECT last."kind", last.row, last.change, e.row IS NOT NULL, lower(hex(r.site)), r.audience,
        r.team, r.former
    FROM last JOIN reach AS r ON r."kind" = last."kind" AND r.row = last.row
    LEFT JOIN erased AS e ON e."kind" = last."kind" AND e.row = last.row
    ORDER BY last."kind", last.row
"""


class FolderRows(FolderMembers):
    """The rows of an asset as one transaction sees and changes them."""

    def __init__(self, db: Database, site: int, now: Callable[[], int]) -> None:
        """Work in the transaction that is open; ``site`` is the store's own."""
        super().__init__(db)
        self._site = site
        self._now = now
        self._typed: TypedRows | None = None
        self._change: int | None = None

    def change(self) -> int:
        """The number of this transaction's change."""
        if self._change is None:
            self._change = self.horizon() + 1
            self._db.execute("INSERT INTO change_made VALUES (?, ?)", [self._change, self._now()])
        return self._change

    def horizon(self) -> int:
        """The change number up to which all changes are there."""
        (number,) = self._one("SELECT coalesce(max(number), 0) FROM change_made")
        return int(number)

    def epoch(self) -> int:
        """Since when the asset goes on as it does."""
        return Keeper(self._db).noted("epoch")

    def begin_epoch(self, epoch: int) -> None:
        """Begin another epoch."""
        Keeper(self._db).note("epoch", epoch)

    def came_back(self) -> bool:
        """Whether the database was restored: its site is another one then."""
        keeper = Keeper(self._db)
        before = keeper.noted("site")
        if before != self._site:
            keeper.note("site", self._site)
        return before not in {0, self._site}

    def states(self, keys: Sequence[Key]) -> dict[Key, RowState]:
        """Rows as they are."""
        return self._rows().states(keys)

    def put(self, rows: Sequence[Merged], change: int, at: int) -> None:  # noqa: ARG002 -- the clock's
        """Keep rows that were asked for before as they are now."""
        self._rows().put(Put(row.state, row.origin) for row in rows)
        self.touch([row.state.key for row in rows], change)

    def touch(self, keys: Sequence[Key], change: int) -> None:
        """Have rows be told of again."""
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO touched VALUES (?, ?, ?)",
            [(change, kind, row) for kind, row in keys],
        )

    def reaches(self, keys: Sequence[Key]) -> dict[Key, list[RowReach]]:
        """By whose wish rows may be seen."""
        found: dict[Key, list[RowReach]] = {}
        for kind, ids in by_kind(keys).items():
            for row, *wish in self._db.execute(
                f"SELECT row, lower(hex(site)), audience, team, former FROM reach {_OF_KIND}"
                " ORDER BY row, site",
                [kind, to_json(ids)],
            ):
                found.setdefault((kind, row), []).append(RowReach(kind, row, *wish))
        return found

    def put_reaches(self, reaches: Sequence[RowReach]) -> None:
        """Keep wishes."""
        self._db.conn.executemany(
            "INSERT OR REPLACE INTO reach VALUES (?, ?, ?, ?, ?, ?)",
            [
                (one.kind, one.row, bytearray.fromhex(one.site), one.audience, one.team, one.former)
                for one in reaches
            ],
        )

    def erased(self, keys: Sequence[Key]) -> set[Key]:
        """Which of some rows were erased."""
        if not self._one("SELECT EXISTS (SELECT 1 FROM erased)")[0]:  # nearly always
            return set()
        return {
            (kind, row)
            for kind, ids in by_kind(keys).items()
            for (row,) in self._db.execute(
                f"SELECT row FROM erased {_OF_KIND}", [kind, to_json(ids)]
            )
        }

    def erase(self, keys: Sequence[Key], change: int, at: int) -> None:  # noqa: ARG002 -- the clock's
        """Leave nothing of rows but their ids."""
        self._rows().erase(keys)
        self._db.conn.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?)", list(keys))
        self.touch(keys, change)

    def rows_about(self, row: str) -> list[Key]:
        """The row of an id and all rows that name it, deleted ones too."""
        found = rows_naming(self._db, row)
        for kind in filter(is_known, BY_NAME):
            found.update((kind, id) for id in self._ids(kind, "id = ?", row))
        beside = self._db.execute(
            'SELECT "kind", row FROM unknown_row WHERE row = ? OR instr(state, ?)'
            ' UNION SELECT "kind", row FROM covered WHERE instr(stamps, ?)',
            [row, json.dumps(row), json.dumps(row)],
        )
        return sorted(found | {(kind, id) for kind, id in beside})

    def named(self, name: str) -> list[Key]:
        """The people of a name."""
        return sorted(("person", id) for id in self._ids("person", f"name = ? AND {_LEFT}", name))

    def rows_for(self, reader: Member, after: int, upto: int) -> Iterator[ReplyRow]:
        """The rows touched in between that a reader may see or could see."""
        told = self._told(reader, after, upto)
        while part := list(islice(told, SLICE)):
            found = states(self._db, [key for key, _, seen, _ in part if seen])
            there = {state.key: state for state in found}
            for key, version, wishes, erased in part:
                state = there.get(key)
                if state is not None and sees_all(reader, wishes):
                    state = told_all(state)
                elif state is not None:
                    state = told_to(reader, wishes, self.device, state)
                yield ReplyRow(*key, version, state, erased)

    def strip(self, before: int, most: int) -> int:
        """Leave nothing of rows deleted before a moment but ids, stamps and that."""
        return Keeper(self._db).strip(before, most)

    def prune(self, before: int) -> None:
        """Let go of what is known from before a moment; not more often than once a day."""
        keeper = Keeper(self._db)
        if keeper.noted("pruned") > before - DAY:
            return
        keeper.note("pruned", before)
        (last,) = self._one("SELECT max(number) FROM change_made WHERE at < ?", [before])
        self._db.execute(
            "DELETE FROM inbound WHERE state IN (?, ?) AND received_at < ?",
            [APPLIED, Trouble.REFUSED.value, before],
        )
        keeper.forget_overtaken()
        if last is None:
            return
        keeper.prune(last, before)
        keeper.note("floor", last)

    def floor(self) -> int:
        """The change number before which it is not known what was taken back."""
        return Keeper(self._db).noted("floor")

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are that are not deleted."""
        counts = {
            kind: int(self._one(f'SELECT count(*) FROM "{kind}" WHERE {_LEFT}')[0])
            for kind in BY_NAME
            if is_known(kind)
        }
        return {kind: count for kind, count in counts.items() if count}

    def conflicts(self) -> int:
        """How many fields hold more than one thing that somebody wrote."""
        return int(self._one(_CONFLICTS, [to_json(sorted(SETTLES_ITSELF))])[0])

    def finish(self) -> None:
        """Decide what may be seen, when all is put; the last step of the transaction."""
        if self._typed is not None:
            self._typed.finish()

    def _rows(self) -> TypedRows:
        if self._typed is None:
            now = self._now()
            (newest,) = self._one("SELECT max(operation) FROM history")
            own = Stamp(0, 0, self._site)
            last = own if newest is None else own.seen(Stamp.from_bytes(newest))
            self._typed = TypedRows(self._db, Entry(_NAME, last.next(now), now, ""))
        return self._typed

    def _told(
        self, reader: Member, after: int, upto: int
    ) -> Iterator[tuple[Key, int, list[RowReach], bool]]:
        """Row, version, by whose wishes it is seen if the reader may, and whether it was erased."""
        touched = self._db.execute(_TOUCHED, [after, upto])
        for key, group in groupby(touched, lambda row: (row[0], row[1])):
            wishes = list(group)
            version, erased = wishes[0][2], bool(wishes[0][3])
            reaches = [RowReach(*key, *wish[4:]) for wish in wishes]
            if not erased and any(may_see(reader, one) for one in reaches):
                yield key, version, reaches, False
            elif any(could_see(reader, one) for one in reaches):
                yield key, version, [], erased

    def _ids(self, kind: str, where: str, value: str) -> Iterable[str]:
        return [id for (id,) in self._db.execute(f'SELECT id FROM "{kind}" WHERE {where}', [value])]

    def _one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        found: tuple[Any, ...] = self._db.execute(sql, values).fetchone()
        return found
