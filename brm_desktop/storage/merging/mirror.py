"""What the asset is known to have: what it told last, with what was sent to it since.

The mirror holds stamps and no values. An operation that was sent counts for what follows as soon as
it is sent (``known``), and for what the asset tells only once it acknowledged it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from brm_desktop.domain.merge import after_sending, stamps_only
from brm_desktop.domain.operation_lines import operation_from_plain
from brm_desktop.domain.operations import Key, Operation, RowState
from brm_desktop.storage.merging.states import by_kind
from brm_desktop.storage.rows.clocks import clock_text, read_clock
from brm_desktop.storage.rows.mapping import readable, to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

_DELETIONS: Final = "!"
_LAST: Final = 1 << 62


class Mirrored(NamedTuple):
    """What the asset told of a row last, and with which change."""

    state: RowState | None
    version: int


def mirrored(db: Database, keys: Iterable[Key]) -> dict[Key, Mirrored]:
    """What the mirror has of some rows."""
    found = {}
    for kind, ids in by_kind(keys).items():
        for row, text, version in db.execute(
            'SELECT row, state, version FROM mirror WHERE "kind" = ?'
            " AND row IN (SELECT value FROM json_each(?))",
            [kind, to_json(ids)],
        ):
            with readable("mirror", row):
                found[kind, row] = Mirrored(_state(kind, row, text), version)
    return found


def mirror(db: Database, told: Mapping[Key, Mirrored]) -> None:
    """Keep what the asset told; a row that it has for us no more is forgotten."""
    gone = [key for key, one in told.items() if one.state is None]
    db.conn.executemany('DELETE FROM mirror WHERE "kind" = ? AND row = ?', gone)
    db.conn.executemany(
        "INSERT OR REPLACE INTO mirror VALUES (?, ?, ?, ?)",
        [
            (*key, _text(one.state), one.version)
            for key, one in told.items()
            if one.state is not None
        ],
    )


def not_among(db: Database, seen: Mapping[str, set[str]]) -> Iterator[Key]:
    """The rows that the mirror has and that are not among some."""
    rows = db.execute('SELECT "kind", row FROM mirror').fetchall()
    return ((kind, row) for kind, row in rows if row not in seen.get(kind, ()))


def sent(
    db: Database, keys: Iterable[Key], after: int = 0, upto: int = _LAST
) -> dict[Key, list[Operation]]:
    """What was sent of some rows after a sequence and up to another, oldest first."""
    found: dict[Key, list[Operation]] = {}
    for kind, ids in by_kind(keys).items():
        rows = db.execute(
            'SELECT row, operation FROM outgoing_operation WHERE "kind" = ?'
            " AND row IN (SELECT value FROM json_each(?)) AND sequence > ? AND sequence <= ?"
            " ORDER BY sequence",
            [kind, to_json(ids), after, upto],
        )
        for row, text in rows:
            with readable("outgoing_operation", row):
                operation = operation_from_plain(json.loads(text))
            found.setdefault((kind, row), []).append(operation)
    return found


def sent_upto(db: Database, upto: int) -> list[Key]:
    """The rows of which anything was sent up to a sequence."""
    return db.execute(
        'SELECT DISTINCT "kind", row FROM outgoing_operation WHERE sequence <= ?', [upto]
    ).fetchall()


def known(db: Database, keys: Iterable[Key], after: int = 0) -> dict[Key, RowState]:
    """What the asset will have of rows once it has taken all that was sent after a sequence."""
    asked = list(keys)
    states = {key: one.state for key, one in mirrored(db, asked).items() if one.state is not None}
    for key, operations in sent(db, asked, after).items():
        for operation in operations:
            states[key] = stamps_only(after_sending(states.get(key), operation))
    return states


def _text(state: RowState) -> str:
    others = {field: [stamp for stamp, _ in writes] for field, writes in state.others.items()}
    text = clock_text(state.clock, state.withheld, others, state.beneath)
    if state.deletions:
        text = to_json(json.loads(text) | {_DELETIONS: dict(state.deletions)})
    return text


def _state(kind: str, row: str, text: str) -> RowState:
    deletions: Mapping[str, tuple[str, ...]] = {}
    if f'"{_DELETIONS}"' in text:
        said = json.loads(text)
        deletions = {stamp: tuple(seen) for stamp, seen in said.pop(_DELETIONS).items()}
        text = to_json(said)
    written = read_clock(text)
    return RowState(
        kind=kind,
        row=row,
        clock=written.clock,
        withheld=written.withheld,
        others={field: tuple((s, None) for s in stamps) for field, stamps in written.equal.items()},
        beneath=written.beneath,
        deletions=deletions,
    )
