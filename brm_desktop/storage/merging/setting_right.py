"""Edits of a clock that was ahead get stamps of the right one, in rows, history and undo alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.going_on import without_superseded
from brm_desktop.domain.restamping import restamped
from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.merging.folding import restamp
from brm_desktop.storage.merging.mirror import known
from brm_desktop.storage.merging.typed_rows import Put, TypedRows
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from sqlite_utils import Database

_SLICE: Final = 2_000


def make_own(db: Database, entry: Entry, next_stamp: Callable[[], str]) -> int:
    """Stamp anew what was never sent of the sites that this store was before; gives how many.

    What such a site had done since the copy was made, which the asset knows, takes the place of
    what the copy has.
    """
    keys = [key for key in db.execute(_OF_FORMER_SITES).fetchall() if is_known(key[0])]
    rows = TypedRows(db, entry)
    for first in range(0, len(keys), _SLICE):
        some = keys[first : first + _SLICE]
        has = known(db, some)
        states = rows.states(some).items()
        rows.put([Put(without_superseded(state, has.get(key))) for key, state in states])
    rows.finish()
    return restamp(db, keys, entry, next_stamp)


_OF_FORMER_SITES: Final = """
    SELECT DISTINCT h."kind", h.row FROM history AS h JOIN site AS s ON s.site = h.site
    WHERE s.status = 'former' AND h.origin IS NULL
"""


def set_right(
    db: Database, limit: Stamp, entry: Entry, next_stamp: Callable[[], Stamp]
) -> list[str]:
    """Give every own edit later than a limit a new stamp, in the same order; gives the old ones.

    What was sent and counts as known to the asset keeps its stamp in its row. ``next_stamp`` gives
    stamps that grow and of which none was used.
    """
    after = [limit.to_bytes()]
    old = [
        one
        for (one,) in db.execute(
            "SELECT DISTINCT operation FROM history WHERE operation > ? ORDER BY operation", after
        )
    ]
    keys = db.execute('SELECT DISTINCT "kind", row FROM history WHERE operation > ?', after)
    renewed = {one: next_stamp() for one in old}
    names = {one.hex(): new.hex() for one, new in renewed.items()}
    rows = TypedRows(db, entry)
    wanted = keys.fetchall()
    for first in range(0, len(wanted), _SLICE):
        some = wanted[first : first + _SLICE]
        has = known(db, some)
        states = rows.states(some).items()
        rows.put([Put(restamped(state, has.get(key), names)) for key, state in states])
    rows.finish()
    for table in ("history", "undo_step"):
        db.conn.executemany(
            f'UPDATE "{table}" SET operation = ? WHERE operation = ?',
            [(new.to_bytes(), one) for one, new in renewed.items()],
        )
    return [*names]
