"""What a folder's asset lets go of: what deleted rows said, and old history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.operations import Key
from brm_desktop.storage.checking import followed
from brm_desktop.storage.merging.columns import columns_of, is_known
from brm_desktop.storage.rows.mapping import BY_NAME, to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

_GONE: Final = "deleted IS NOT NULL AND deleted NOT GLOB '{\"hidden*'"


class Keeper:
    """Takes away what need not be kept, within a transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def noted(self, key: str) -> int:
        """A number that the asset keeps; 0 when it was never noted."""
        found = self._db.execute('SELECT value FROM asset WHERE "key" = ?', [key]).fetchone()
        return 0 if found is None else int(found[0])

    def note(self, key: str, number: int) -> None:
        """Keep a number."""
        self._db.execute("INSERT OR REPLACE INTO asset VALUES (?, ?)", [key, str(number)])

    def strip(self, before: int, most: int) -> int:
        """Take what they said from rows that were deleted before a moment; gives of how many.

        Change by change, until so many are done: each row once, since one that is deleted anew is
        touched by a later change.
        """
        gone: dict[Key, int] = {}
        changes = self._db.execute(
            "SELECT number FROM change_made WHERE number > ? AND at < ? ORDER BY number",
            [self.noted("stripped"), before],
        ).fetchall()
        for (change,) in changes:
            gone.update(dict.fromkeys(self._gone_of(change), change))
            if len(gone) >= most:
                break
        if changes:
            self._strip_rows(gone)
            self.note("stripped", change)
        return min(len(gone), most)

    def prune(self, last: int, before: int) -> None:
        """Let go of history from before a moment and of wishes taken back up to a change.

        What is left of a row's old history is one line, of what it was then.
        """
        self._db.execute(
            "DELETE FROM reach WHERE audience = '' AND (\"kind\", row) NOT IN"
            ' (SELECT "kind", row FROM touched WHERE change > ?'
            " AND row IN (SELECT row FROM reach WHERE audience = ''))",
            [last],
        )
        self._db.execute("DELETE FROM change_made WHERE number < ?", [last])
        several = self._db.execute(
            'SELECT "kind", row FROM history WHERE at < ? GROUP BY "kind", row HAVING count(*) > 1',
            [before],
        ).fetchall()
        for kind, row in several:
            self._join(kind, row, before)

    def _join(self, kind: str, row: str, before: int) -> None:
        """Put one line in the place of a row's old ones: what they add up to."""
        lines = self._db.execute(
            'SELECT number, row, before, after FROM history WHERE "kind" = ? AND row = ?'
            " AND at < ? ORDER BY number",
            [kind, row, before],
        ).fetchall()
        end = followed(BY_NAME[kind], iter([line[1:] for line in lines]))
        gone = lines if end is None else lines[:-1]
        self._db.conn.executemany(
            "DELETE FROM history WHERE number = ?", [(line[0],) for line in gone]
        )
        if end is not None:
            self._db.execute(
                "UPDATE history SET before = NULL, after = ?, base = NULL WHERE number = ?",
                [to_json(end), lines[-1][0]],
            )

    def forget_overtaken(self) -> None:
        """Let go of what the log of changes says of a row but for the last."""
        several = self._db.execute(
            'SELECT "kind", row, json_group_array(change) FROM touched GROUP BY "kind", row'
            " HAVING count(*) > 1"
        ).fetchall()
        self._db.conn.executemany(
            'DELETE FROM touched WHERE change = ? AND "kind" = ? AND row = ?',
            [
                (change, kind, row)
                for kind, row, changes in several
                for change in sorted(json.loads(changes))[:-1]
            ],
        )

    def _gone_of(self, change: int) -> Iterator[Key]:
        """The rows that a change touched and that are deleted."""
        touched = self._db.execute(
            'SELECT "kind", row FROM touched WHERE change = ?', [change]
        ).fetchall()
        for kind, row in touched:
            if is_known(kind) and self._audience_of_gone(kind, row) is not None:
                yield kind, row

    def _strip_rows(self, gone: Mapping[Key, int]) -> None:
        """Strip rows, each with a change that touched it, but for those touched again since."""
        last = self._db.execute(
            'SELECT "kind", row, max(change) FROM touched WHERE change >= ?'
            ' AND row IN (SELECT value FROM json_each(?)) GROUP BY "kind", row',
            [min(gone.values(), default=0), to_json([row for _, row in gone])],
        ).fetchall()
        for kind, row, change in last:
            if gone.get((kind, row)) == change:
                self._strip_row(kind, row)

    def _audience_of_gone(self, kind: str, row: str) -> str | None:
        """The audience of a deleted row; ``None`` for any other."""
        there = self._db.execute(
            f'SELECT audience FROM "{kind}" WHERE id = ? AND {_GONE}', [row]
        ).fetchone()
        return None if there is None else str(there[0])

    def _strip_row(self, kind: str, row: str) -> None:
        columns = columns_of(kind)
        audience = str(self._audience_of_gone(kind, row))
        cells, _, _ = columns.cells_of(row, {}, lambda _field: True, audience)
        assigned = ", ".join(f'"{name}" = ?' for name in columns.table.columns)
        self._db.execute(f'UPDATE "{kind}" SET {assigned} WHERE id = ?', [*cells, row])
        self._forget_past(kind, row)

    def _forget_past(self, kind: str, row: str) -> None:
        """Take away what stands beside a row, and its history with that of its conflicts."""
        told = [
            conflict
            for (conflict,) in self._db.execute(
                'SELECT id FROM conflict WHERE row = ? AND "kind" = ?', [row, kind]
            )
        ]
        self._db.conn.executemany("DELETE FROM conflict WHERE id = ?", [(one,) for one in told])
        self._db.conn.executemany("DELETE FROM history WHERE row = ?", [(one,) for one in told])
        self._db.execute('DELETE FROM history WHERE row = ? AND "kind" = ?', [row, kind])
        self._db.execute('DELETE FROM unknown_field WHERE row = ? AND "kind" = ?', [row, kind])
        self._db.execute(
            "UPDATE covered SET stamps = json_remove(stamps, '$.earlier')"
            ' WHERE row = ? AND "kind" = ?',
            [row, kind],
        )
