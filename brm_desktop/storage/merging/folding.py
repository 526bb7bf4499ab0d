"""Folding an answer of the asset into a store: one transaction, and one step of undo.

Row by row what the asset has now takes the place of what it had, and what this store has not sent
yet stays (``domain.merge.folded``). How far the store is with the asset is written last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.merge import after_sending, folded, is_gone, same, without_sites
from brm_desktop.domain.operations import Key, Operation, RowState
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person
from brm_desktop.domain.replies import Reply, ReplyHead, ReplyRow
from brm_desktop.domain.restamping import restamped, unsent
from brm_desktop.storage.copies.copying import Stopped, never
from brm_desktop.storage.merging.link import (
    AssetLink,
    own_sites,
    read_link,
    save_link,
    save_notices,
    save_sites,
)
from brm_desktop.storage.merging.mirror import (
    Mirrored,
    known,
    mirror,
    mirrored,
    not_among,
    sent,
    sent_upto,
)
from brm_desktop.storage.merging.moments import hear_time
from brm_desktop.storage.merging.naming import rows_naming, rows_that_named
from brm_desktop.storage.merging.outgoing import (
    Taken,
    forget_acknowledged,
    forget_bundles,
    go_on_from,
    look_again,
    send_again,
)
from brm_desktop.storage.merging.sending import keep_wishes
from brm_desktop.storage.merging.typed_rows import Put, TypedRows
from brm_desktop.storage.rows.mapping import TABLES
from brm_desktop.storage.rows.writing import Entry
from brm_desktop.storage.sharing.terms import KEEPS_OPERATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

SLICE: Final = 2_000
"""Rows that are read, decided and written at once: some tens of milliseconds."""

_PERSON: Final = TABLES[Person].name

Progress = Callable[[int], object]
"""Is told how many rows are done."""


def unheard(rows: int) -> None:
    """Nobody asks how far it is."""
    del rows


@dataclass(frozen=True, slots=True)
class Folded:
    """What an answer changed: the ids of the rows that are seen to change, by kind.

    ``rows`` is of how many rows it brought something new, ``greatest`` the greatest stamp among
    them or "": this site's next stamps must be greater. History tells of it when there is anything
    to undo. ``erased`` is how many rows were erased by request.
    """

    rows: int
    changed: Mapping[str, frozenset[str]]
    greatest: str
    is_told: bool = False
    erased: int = 0

    def __bool__(self) -> bool:
        return any(self.changed.values())


def fold(
    db: Database,
    reply: Reply,
    entry: Entry,
    progress: Progress = unheard,
    stopped: Stopped = never,
    again: Mapping[int, Operation] | None = None,
) -> Folded:
    """Take an answer in; within a transaction, which is rolled back by whatever is raised.

    An answer that says nothing new changes nothing. From an asset that went back to a copy of
    itself (another epoch), ``again`` are this store's operations that it has forgotten, by their
    sequence, where their bundles are kept.

    Raises
    ------
    StoreProblem
        When the answer is another asset's or does not follow on what is here, or ``stopped`` said
        so.
    """
    head = reply.head
    link = _followed_by(db, head)
    if _is_older(head, link):
        return Folded(0, {}, "")
    folding = _Folding(db, entry, head)
    link = folding.hear_how_far_it_is(link, again)
    folding.take_all(reply.rows, progress, stopped)
    if head.complete:
        gone = (ReplyRow(kind, row, head.upto, None) for kind, row in not_among(db, folding.seen))
        folding.take_all(gone, progress, stopped)
    folding.acknowledge()
    changed = folding.rows.finish()
    hear_time(db, head.made_at)
    save_sites(db, reply.sites)
    save_notices(db, reply.notices)
    save_link(db, _told(link, head, entry.at))
    return Folded(folding.come, changed, folding.greatest, folding.rows.is_told, folding.erased)


def _followed_by(db: Database, head: ReplyHead) -> AssetLink:
    """What is known of the asset, on which an answer must follow; raises ``StoreProblem``."""
    link = read_link(db)
    if link is None or link.asset != head.asset:
        raise StoreProblem(phrase("This answer is of another asset; nothing was taken from it."))
    if not head.complete and (head.epoch > link.epoch or head.after > link.cursor):
        raise StoreProblem(
            phrase("This answer does not follow on the last one; ask the asset for another.")
        )
    return link


def _is_older(head: ReplyHead, link: AssetLink) -> bool:
    """Whether an answer says less than what is known of the asset already."""
    if head.epoch != link.epoch:
        return head.epoch < link.epoch
    return head.upto < link.cursor or head.acknowledged < link.acknowledged


def _told(link: AssetLink, head: ReplyHead, at: int) -> AssetLink:
    """What is known of the asset once an answer of it is taken in."""
    return replace(
        link,
        name=head.name,
        role=head.role,
        team=head.team,
        cursor=head.upto,
        acknowledged=head.acknowledged,
        lease_until=head.lease_until,
        pulled_at=at,
        epoch=head.epoch,
    )


class _Folding:
    """One answer being taken in, slice by slice."""

    def __init__(self, db: Database, entry: Entry, head: ReplyHead) -> None:
        self._db = db
        self._head = head
        self.rows = TypedRows(db, entry)
        self.seen: dict[str, set[str]] = {}
        """The rows the answer had, when it has all there is."""
        self._heard: set[Key] = set()
        self.done = self.come = self.erased = 0
        self.greatest = ""
        self.is_anew = False
        """Whether versions of rows that were told before say nothing any more."""
        self._sent_after = 0
        self._own: tuple[str, ...] = ()

    def hear_how_far_it_is(
        self, link: AssetLink, again: Mapping[int, Operation] | None
    ) -> AssetLink:
        """Go on from what the asset has taken, which in another epoch may be less than it had.

        Then it does not know what is sent once more; where that is not kept (``again``), no write
        of this store's own counts as known.
        """
        head = self._head
        self.is_anew = head.epoch > link.epoch
        if not self.is_anew or head.acknowledged >= link.acknowledged:
            return go_on_from(self._db, link, head.acknowledged, head.digest)
        self._sent_after = 0 if again is None else link.acknowledged
        self._own = own_sites(self._db) if again is None else ()
        return send_again(self._db, link, Taken(head.acknowledged, head.digest), again)

    def take_all(self, rows: Iterable[ReplyRow], progress: Progress, stopped: Stopped) -> None:
        """Take rows in some thousands at a time."""
        coming = iter(rows)
        while some := list(islice(coming, SLICE)):
            if stopped():
                raise StoreProblem(phrase("It was stopped; nothing has changed."))
            self._take({row.key: row for row in some})
            progress(self.done)

    def _take(self, rows: Mapping[Key, ReplyRow]) -> None:
        told = mirrored(self._db, rows)
        new = {
            key: row
            for key, row in rows.items()
            if self.is_anew or key not in told or told[key].version < row.version
        }
        erased = [key for key, row in new.items() if row.erased]
        if erased:
            self.erased += self.rows.erase([*erased, *self._known_here_alone(erased)])
            forget_bundles(self._db, self._head.acknowledged)
        had = known(self._db, new, self._sent_after)
        if self._own:
            had = {key: without_sites(state, self._own) for key, state in had.items()}
        coming = sent(self._db, new, after=self._head.acknowledged)
        local = self.rows.states(new)
        puts: list[Put] = []
        left: list[Key] = []
        now: dict[Key, Mirrored] = {}
        for key, row in new.items():
            has = row.state
            for operation in coming.get(key, ()):
                has = after_sending(has, operation)
            mine = local.get(key)
            state = folded(mine, had.get(key), has)
            kept = state is not None and (mine is not None or _is_worth_keeping(state))
            now[key] = Mirrored(row.state if kept else None, row.version)
            if kept and state is not None and not (mine is not None and same(mine, state)):
                puts.append(Put(state, self._origin(state, mine)))
            if mine is not None and not same(state, has):
                left.append(key)
        self._heard.update(sent(self._db, rows, upto=self._head.acknowledged))
        mirror(self._db, now)
        look_again(self._db, left)
        self.rows.put(puts)
        self.come += len(puts)
        self._note(rows.values())

    def _known_here_alone(self, erased: Iterable[Key]) -> list[Key]:
        """What names a person who is erased and was never sent: of that the asset cannot tell."""
        people = (row for kind, row in erased if kind == _PERSON)
        naming = {
            key
            for row in people
            for key in (*rows_naming(self._db, row), *rows_that_named(self._db, row))
        }.difference(erased)
        return sorted(naming.difference(known(self._db, naming)))

    def _note(self, rows: Iterable[ReplyRow]) -> None:
        for row in rows:
            self.done += 1
            if self._head.complete:
                self.seen.setdefault(row.kind, set()).add(row.row)

    def _origin(self, state: RowState, mine: RowState | None) -> str:
        """The greatest stamp that is new in a row."""
        before = _stamps(mine)
        origin = max((stamp for stamp in _stamps(state) if stamp not in before), default="")
        self.greatest = max(self.greatest, origin)
        return origin

    def acknowledge(self) -> None:
        """What the asset has taken and not told of is what it has, too."""
        upto = self._head.acknowledged
        keys = (key for key in sent_upto(self._db, upto) if key not in self._heard)
        while some := list(islice(keys, SLICE)):
            has = mirrored(self._db, some)
            for key, operations in sent(self._db, some, upto=upto).items():
                state, version = has.get(key, (None, 0))
                for operation in operations:
                    state = after_sending(state, operation)
                has[key] = Mirrored(state, version)
            mirror(self._db, has)
        keep_wishes(self._db, int(self._head.site, 16), upto)
        forget_acknowledged(self._db, upto, self._head.made_at - KEEPS_OPERATIONS)


def _is_worth_keeping(state: RowState) -> bool:
    """Whether a row that was not here says anything: one that is gone comes whole if it comes."""
    return bool(state.clock) and not is_gone(state)


def _stamps(state: RowState | None) -> set[str]:
    if state is None:
        return set()
    return state.live().union(state.deletions)


def restamp(db: Database, keys: Iterable[Key], entry: Entry, next_stamp: Callable[[], str]) -> int:
    """Give edits that were never sent stamps of the right clock, in the same order.

    Gives how many stamps were replaced; what is seen stays as it is.
    """
    rows, wanted = TypedRows(db, entry), list(keys)
    stamps: set[str] = set()
    for some in _slices(wanted):
        has = known(db, some)
        for key, state in rows.states(some).items():
            stamps.update(unsent(state, has.get(key)))
    renewed = {stamp: next_stamp() for stamp in sorted(stamps)}
    for some in _slices(wanted):
        has = known(db, some)
        states = rows.states(some).items()
        rows.put([Put(restamped(state, has.get(key), renewed)) for key, state in states])
    rows.finish()
    return len(renewed)


def _slices(keys: list[Key]) -> Iterator[list[Key]]:
    return (keys[first : first + SLICE] for first in range(0, len(keys), SLICE))
