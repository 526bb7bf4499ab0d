"""Colleagues' stores and what their company's asset holds, without bundles: rows go and come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.merge import merged, pending, same
from brm_desktop.domain.operations import Key, Operation, RowState
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Record
from brm_desktop.domain.replies import Reply, ReplyHead, ReplyRow
from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.merging.columns import is_known
from brm_desktop.storage.merging.folding import Folded
from brm_desktop.storage.merging.link import AssetLink
from brm_desktop.storage.merging.outgoing import Sent
from brm_desktop.storage.rows.mapping import TABLES
from brm_desktop.storage.rows.writing import Entry

ASSET = "00000000-0000-0000-0000-00000000000a"
LINK = AssetLink(
    asset=ASSET,
    name="Ours",
    address="/media/stick",
    public_keys="",
    private_keys=b"",
    role="rep",
    team="East",
    rep="",
)


class Company:
    """What the asset holds, row by row, and by which change."""

    def __init__(self) -> None:
        self.rows: dict[Key, RowState] = {}
        self.versions: dict[Key, int] = {}
        self.changes = 0
        self.taken: dict[int, int] = {}

    def take(self, site: int, operations: Iterable[Operation]) -> None:
        """Merge what a site sent."""
        for operation in operations:
            self.taken[site] = self.taken.get(site, 0) + 1
            key = operation.key
            before = self.rows.get(key)
            self.rows[key] = merged(before, operation)
            if not same(before, self.rows[key]):
                self.changes += 1
                self.versions[key] = self.changes

    def reply(self, site: int, after: int, complete: bool = False) -> Reply:
        """What a site is answered that has all up to a change."""
        rows = [
            ReplyRow(*key, version, self.rows.get(key))
            for key, version in self.versions.items()
            if version > after or complete
        ]
        return Reply(self.head(site, after, complete), (), (), iter(rows))

    def head(self, site: int, after: int, complete: bool = False) -> ReplyHead:
        """What is said before the rows."""
        return ReplyHead(
            asset=ASSET,
            name="Ours",
            site=f"{site:016x}",
            after=after,
            upto=self.changes,
            acknowledged=self.taken.get(site, 0),
            digest=digest_of(self.taken.get(site, 0)),
            complete=complete,
            lease_until=1,
            made_at=1,
            rep="Li",
            role="rep",
            team="East",
        )


class Colleague:
    """A store that takes part."""

    def __init__(self, path: Path, site: int, skew: int = 0) -> None:
        self.store = LocalStore.create(path, site)
        self.store.save_link(LINK)
        self.site = site
        self.skew = skew
        self.clock = Stamp(0, 0, site)

    def entry(self, name: str = "An edit") -> Entry:
        """The circumstances of an edit made now: later than all before it."""
        self.clock = self.clock.next(self.clock.millis + 1 + self.skew)
        return Entry(Phrase(name), self.clock, self.clock.millis, "")

    def write(self, before: Iterable[Record] = (), after: Iterable[Record] = ()) -> Change:
        """Take records away and put others in; gives what else came into sight or went."""
        return self.store.write(Change.of(before, after), self.entry())

    def edit(self, edit: Callable[..., Change]) -> None:
        """Make an edit of what is there, unless a rule forbids it."""
        with suppress(Refused):
            change = edit(self.store.load_all())
            if change:
                self.store.write(change, self.entry())

    def undo(self) -> None:
        """Take the last step back."""
        step = self.store.step_to_undo()
        if step is not None:
            self.store.write_step(step, self.store.change_of_step(step), self.entry("Undo"))

    def outgoing(self) -> tuple[list[Operation], int]:
        """Everything unsent, and how far it was looked for."""
        edited = self.store.edited_since_sent()
        keys = [key for key in edited.keys if is_known(key[0])]
        states, known = self.store.states(keys), self.store.known(keys)
        site = f"{self.site:016x}"
        found = (pending(states.get(key), known.get(key), site) for key in keys)
        return [one for one in found if one is not None], edited.upto

    def send(self, company: Company | None) -> list[Operation]:
        """Send it; without a company it is lost on the way."""
        operations, upto = self.outgoing()
        link = self.store.link()
        assert link is not None
        if operations:
            last = link.sequence + len(operations)
            sent = Sent(
                first=link.sequence + 1,
                last=last,
                digest=digest_of(last),
                previous=link.digest,
                made_at=1,
                bundle=b"sealed",
            )
            self.store.record_sent(sent, operations, looked_at=upto)
        if company is not None:
            company.take(self.site, operations)
        return operations

    def pull(self, company: Company, *, complete: bool = False) -> Folded:
        """Take in what the company answers."""
        link = self.store.link()
        assert link is not None
        return self.fold(company.reply(self.site, link.cursor, complete))

    def fold(self, reply: Reply) -> Folded:
        """Take in an answer."""
        found = self.store.fold(reply, self.entry("Pull"))
        if found.greatest:
            self.clock = self.clock.seen(Stamp.from_bytes(bytes.fromhex(found.greatest)))
        return found

    def keys(self) -> list[Key]:
        """Every row there is, deleted and hidden ones too, but for what is nobody else's."""
        with self.store._reading() as db:
            return [
                (table.name, row)
                for table in TABLES.values()
                if is_known(table.name)
                for (row,) in db.execute(f'SELECT id FROM "{table.name}"')
            ]

    def states(self) -> dict[Key, RowState]:
        """All of them as they are."""
        return self.store.states(self.keys())


def digest_of(last: int) -> str:
    """What stands for the digest of the bundle that ends with a sequence."""
    return f"{last:064x}"


def settle(company: Company, *colleagues: Colleague) -> None:
    """Let everybody send all and hear all."""
    for one in colleagues:
        one.send(company)
    for one in colleagues:
        one.pull(company)


def without_arrivals(state: RowState) -> RowState:
    """A state without what has still to arrive, which only the asset knows of."""
    return replace(state, covered={}, lifted=frozenset())
