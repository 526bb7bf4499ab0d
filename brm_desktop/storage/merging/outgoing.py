"""What is to be sent, and what was: own edits since the last look, found by this site's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from brm_desktop.domain.operation_lines import operation_to_plain
from brm_desktop.domain.operations import Key, Operation
from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.merging.link import AssetLink, read_link, save_link
from brm_desktop.storage.rows.mapping import to_json

if TYPE_CHECKING:
    from sqlite_utils import Database

_ALL: Final = 1 << 62
_EDITED: Final = """
    WITH edited AS (
        SELECT DISTINCT "kind", row FROM history
        WHERE site = ? AND sequence > ? AND origin IS NULL
    )
    SELECT "kind", row FROM edited
    UNION SELECT conflict."kind", conflict.row FROM edited JOIN conflict ON conflict.id = edited.row
        WHERE edited."kind" = 'conflict'
    UNION SELECT "kind", row FROM left_over
"""
"""Whoever settles a conflict has edited the row it is about."""


class Taken(NamedTuple):
    """The last operation of this store's that the asset has, and the digest of its bundle."""

    sequence: int
    digest: str


class Edited(NamedTuple):
    """The rows that may have something to send, and how far history was looked through for them."""

    keys: list[Key]
    upto: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A bundle of operations as it was written, until the asset acknowledges it.

    ``first`` to ``last`` are the sequence numbers of its operations; digests are hex, that of the
    bundle before it "" for the first. ``bundle`` are its bytes, to be written again as they are.
    """

    first: int
    last: int
    digest: str
    previous: str
    made_at: int
    bundle: bytes


def edited_since_sent(db: Database, site: int) -> Edited:
    """The rows this site has edited since it last looked, and those that it left for later.

    Found by the index of its own history: what came by merging is no edit of its own, and nothing
    that was looked at is read again.
    """
    link = read_link(db)
    rows = db.execute(
        _EDITED, [site.to_bytes(8, "big"), 0 if link is None else link.looked_at]
    ).fetchall()
    (upto,) = db.execute(
        "SELECT coalesce(max(sequence), 0) FROM history WHERE site = ?", [site.to_bytes(8, "big")]
    ).fetchone()
    return Edited([key for key in rows if is_known(key[0])], upto)


def record_sent(
    db: Database,
    sent: Sent | None,
    operations: Sequence[Operation],
    *,
    looked_at: int,
    left: Iterable[Key],
) -> None:
    """Note what was sent, if anything: it counts as known to the asset from now on.

    ``looked_at`` is up to where history was looked through, ``left`` the rows of it that may have
    to be sent another time, such as those the user was asked about and did not tick.
    """
    link = read_link(db)
    if link is None:
        raise ValueError("what takes part in no asset sends nothing")
    link = replace(link, looked_at=looked_at)
    if sent is not None:
        _keep_sent(db, sent, operations, link)
        link = replace(link, sequence=sent.last, digest=sent.digest, sent_at=sent.made_at)
    db.execute("DELETE FROM left_over")
    look_again(db, left)
    save_link(db, link)


def _keep_sent(db: Database, sent: Sent, operations: Sequence[Operation], link: AssetLink) -> None:
    if sent.last - sent.first + 1 != len(operations) or sent.first != link.sequence + 1:
        raise ValueError("what is sent does not follow on what was")
    db.execute(
        "INSERT INTO outgoing VALUES (?, ?, ?, ?, ?, ?)",
        [sent.first, sent.last, sent.digest, sent.previous, sent.made_at, sent.bundle],
    )
    _keep_operations(db, dict(enumerate(operations, sent.first)))


def _keep_operations(db: Database, operations: Mapping[int, Operation]) -> None:
    db.conn.executemany(
        "INSERT INTO outgoing_operation VALUES (?, ?, ?, ?)",
        [
            (sequence, one.kind, one.row, to_json(operation_to_plain(one)))
            for sequence, one in operations.items()
        ],
    )


def look_again(db: Database, keys: Iterable[Key]) -> None:
    """Have rows be looked at for what to send."""
    db.conn.executemany("INSERT OR IGNORE INTO left_over VALUES (?, ?)", keys)


def unacknowledged(db: Database) -> list[Sent]:
    """The bundles that the asset has not taken yet, oldest first."""
    link = read_link(db)
    return [] if link is None else bundles_after(db, link.acknowledged)


def bundles_after(db: Database, sequence: int) -> list[Sent]:
    """The bundles with what came after a sequence, those that the asset has taken, too."""
    rows = db.execute(
        "SELECT first_sequence, last_sequence, digest, previous, made_at, bundle FROM outgoing"
        " WHERE last_sequence > ? ORDER BY first_sequence",
        [sequence],
    )
    return [
        Sent(first=first, last=last, digest=digest, previous=previous, made_at=at, bundle=bundle)
        for first, last, digest, previous, at, bundle in rows
    ]


def forget_acknowledged(db: Database, upto: int, made_before: int) -> None:
    """Let go of what the asset has taken; bundles are kept for a while, should it forget them."""
    db.execute("DELETE FROM outgoing_operation WHERE sequence <= ?", [upto])
    forget_bundles(db, upto, made_before)


def forget_bundles(db: Database, upto: int, made_before: int = _ALL) -> None:
    """Let go of bundles that the asset has taken and that were made before a moment."""
    db.execute("DELETE FROM outgoing WHERE last_sequence <= ? AND made_at < ?", [upto, made_before])


def send_again(
    db: Database, link: AssetLink, taken: Taken, again: Mapping[int, Operation] | None
) -> AssetLink:
    """Count as sent and not taken what the asset has forgotten, of which it knows less now.

    ``again`` are these operations by their sequence; when their bundles are not kept any more, all
    that was sent since is let go of, and what stands in the store is sent after what the asset has.
    """
    if again is not None:
        _keep_operations(db, again)
        link = replace(link, acknowledged=taken.sequence)
    else:
        waiting = unacknowledged(db)
        if waiting:
            take_back(db, waiting[0].first)
        db.execute("DELETE FROM outgoing WHERE last_sequence > ?", [taken.sequence])
        db.execute("DELETE FROM reach WHERE site = ?", [bytes.fromhex(link.site)])
        link = replace(
            link, acknowledged=taken.sequence, sequence=taken.sequence, digest=taken.digest
        )
    save_link(db, link)
    return link


def go_on_from(db: Database, link: AssetLink, acknowledged: int, digest: str) -> AssetLink:
    """Take back what was sent when the asset has taken something else under its numbers.

    That happens when a bundle was taken after all, once its time had come, that this store had
    made anew meanwhile, and to a copy of a store. What the asset has not is sent after what it
    has. Gives how far the store is with the asset then.
    """
    if acknowledged <= link.acknowledged:
        return link
    waiting = unacknowledged(db)
    if any((one.last, one.digest) == (acknowledged, digest) for one in waiting):
        return link
    if waiting:
        take_back(db, waiting[0].first)
    left = replace(link, sequence=acknowledged, digest=digest)
    save_link(db, left)
    return left


def take_back(db: Database, first: int) -> list[Key]:
    """Let go of what was sent from a sequence on and will never be taken; gives the rows of it.

    They are looked at again, and what is made of them is sent under the same sequence numbers.
    """
    link = read_link(db)
    found = db.execute("SELECT previous FROM outgoing WHERE first_sequence = ?", [first]).fetchone()
    if link is None or found is None:
        raise ValueError("nothing was sent from there on")
    rows = db.execute(
        'SELECT DISTINCT "kind", row FROM outgoing_operation WHERE sequence >= ?', [first]
    ).fetchall()
    look_again(db, rows)
    db.execute("DELETE FROM outgoing WHERE first_sequence >= ?", [first])
    db.execute("DELETE FROM outgoing_operation WHERE sequence >= ?", [first])
    save_link(db, replace(link, sequence=first - 1, digest=found[0]))
    return rows
