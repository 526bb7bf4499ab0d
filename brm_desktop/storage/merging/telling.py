"""The lines of history that a merge writes: one for each row that changed to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from brm_desktop.storage.rows.phrases import phrase_to_json
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from sqlite_utils import Database

UNNAMED: Final = bytes(16)
"""The origin of a line that tells of nobody's writing: a row is hidden, or shown again."""

_INSERT: Final = """
    INSERT INTO history
        (site, sequence, operation, name, at, author, "kind", row, before, after, base, audience,
         origin)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?)
"""
# The driver takes its time to see what bytes and nothing are (0.9 µs each, ten thousand times a
# bundle): it is given byte arrays, and texts that SQLite makes nothing of.


class Line(NamedTuple):
    """What history keeps of one row, and the stamp it came from."""

    kind: str
    row: str
    before: str | None
    after: str | None
    base: str | None
    audience: str
    origin: bytes


class HistoryWriter:
    """Writes lines of one operation, one after another in this site's sequence."""

    def __init__(self, db: Database, entry: Entry) -> None:
        self._db = db
        self._site = entry.stamp.site.to_bytes(8, "big")
        self._head = (bytearray(entry.stamp.to_bytes()), phrase_to_json(entry.name), entry.at)
        self._author = entry.author
        self._authors: dict[bytes, str] = dict(
            db.execute("SELECT site, rep FROM site WHERE rep <> ''").fetchall()
        )
        (self._last,) = db.execute(
            "SELECT coalesce(max(sequence), 0) FROM history WHERE site = ?", [self._site]
        ).fetchone()
        self.count = 0
        self.changed: dict[str, set[str]] = {}
        """The ids of the rows that are seen to change, by kind."""

    def write(self, lines: list[Line]) -> None:
        """Add lines; who wrote what came from a known site is its rep."""
        (operation, name, at), site = self._head, bytearray(self._site)
        self._db.conn.executemany(
            _INSERT,
            [
                (site, sequence, operation, name, at, self._author_of(line), line.kind, line.row,
                 line.before or "", line.after or "", line.base or "", line.audience,
                 bytearray(line.origin))
                for sequence, line in enumerate(lines, self._last + 1)
            ],
        )  # fmt: skip
        self._last += len(lines)
        self.count += len(lines)
        for line in lines:
            self.changed.setdefault(line.kind, set()).add(line.row)

    def _author_of(self, line: Line) -> str:
        if line.origin == UNNAMED:
            return self._author
        return self._authors.get(line.origin[8:], "")
