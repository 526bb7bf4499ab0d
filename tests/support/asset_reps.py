"""Reps without stores: rows in memory, edits with stamps, bundles out and replies in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bundling import ASSET, ASSET_ID, keys_of

from brm_desktop.domain.bundles import BundleHeader, BundleKind, PublicKeys
from brm_desktop.domain.membership import Member, SiteRole
from brm_desktop.domain.merge import after_sending, folded, merged, pending, shown
from brm_desktop.domain.operation_lines import operation_to_plain
from brm_desktop.domain.operations import (
    DELETED,
    UNCHANGED,
    Key,
    Operation,
    Reach,
    RowState,
    Unchanged,
)
from brm_desktop.domain.replies import Reply
from brm_desktop.exchange.bundles import bundle_bytes, open_bundle
from brm_desktop.exchange.invitations import (
    Registration,
    registration_header,
    registration_lines,
)
from brm_desktop.exchange.sealing import DeviceKeys
from brm_desktop.storage.sharing.engine import Asset
from brm_desktop.storage.sharing.port import About, Invited, Letter

NOW = 1_790_000_000_000
"""Some moment in 2026."""
MINUTE = 60_000
DAY = 24 * 60 * MINUTE

USUAL = {"person": {"adaptability": "unknown"}}
"""What a whole record says in any case."""

ABOUT = About(ASSET_ID, "华东 accounts", "org-own", "我们公司", "", ASSET.public, ASSET.to_bytes())


@dataclass
class Rep:
    """A rep's device: what is in it, what was sent, what the asset was known to have."""

    number: int
    team: str = "华东/一部"
    role: SiteRole = SiteRole.REP
    skew: int = 0
    rows: dict[Key, RowState] = field(default_factory=dict)
    mirror: dict[Key, RowState] = field(default_factory=dict)
    outgoing: list[tuple[int, Operation]] = field(default_factory=list)
    sent: list[tuple[int, Operation]] = field(default_factory=list)
    letters: list[tuple[int, Letter]] = field(default_factory=list)
    """All that was ever sent, by the last sequence."""
    versions: dict[Key, int] = field(default_factory=dict)
    wishes: dict[Key, Reach | None] = field(default_factory=dict)
    sequence: int = 0
    digest: str = ""
    cursor: int = 0
    taken: int = 0
    epoch: int = 0
    counter: int = 0
    now: int = NOW
    copied_from: int = 0
    """The number of the device whose keys it has, when it goes on from a copy."""

    @property
    def site(self) -> str:
        return f"{self.number:016x}"

    @property
    def keys(self) -> DeviceKeys:
        return keys_of(100 + (self.copied_from or self.number))

    @property
    def name(self) -> str:
        return f"rep {self.number}"

    def stamp(self) -> str:
        """A new stamp by this rep's clock, later than all that were seen."""
        seen = [one for state in self.rows.values() for one in (*state.live(), *state.deletions)]
        last = max([stamp[:16] for stamp in seen], default="")
        self.counter += 1
        made = f"{self.now + self.skew:012x}{self.counter:04x}"
        return (made if made > last else f"{int(last, 16) + 1:016x}") + self.site

    def registration(self, code: str, now: int = NOW) -> Letter:
        """What enrols this device."""
        told = Registration(self.site, f"laptop {self.number}", "", self.keys.public, code)
        content, _ = bundle_bytes(
            registration_header(ASSET_ID, told, 4),
            registration_lines(told),
            [ASSET.public],
            self.keys,
        )
        return Letter(f"{self.site}/registration.brmr", self.site, content, now)

    def write(self, kind: str, row: str, /, reach: str | None = "team", **values: Any) -> None:
        """Edit a row: a new one wholly, one that is there in the fields that are named."""
        key = (kind, row)
        stamp, there = self.stamp(), self.rows.get(key)
        if there is None:
            values |= USUAL.get(kind, {})
            operation = Operation(kind=kind, row=row, values=values, stamps={"*": stamp})
        else:
            over = {
                name: tuple({there.clock.get(name, there.clock.get("*", ""))} - {""})
                for name in values
            }
            operation = Operation(
                kind=kind, row=row, values=values, stamps=dict.fromkeys(values, stamp), over=over
            )
        self._do(operation)
        if reach is not None and there is None:
            self.wishes[key] = Reach(reach)

    def delete(self, kind: str, row: str) -> None:
        """Delete a row, having seen all of it."""
        there = self.rows[kind, row]
        seen = tuple(sorted(there.live()))
        self._do(Operation(kind=kind, row=row, deletions={self.stamp(): seen}))

    def revive(self, kind: str, row: str) -> None:
        """Bring a deleted row back."""
        there = self.rows[kind, row]
        self._do(Operation(kind=kind, row=row, over={DELETED: tuple(there.deletions)}))

    def share(self, kind: str, row: str, reach: str | None) -> None:
        """Wish that others see a row, or no more."""
        self.wishes[kind, row] = None if reach is None else Reach(reach)

    def _do(self, operation: Operation) -> None:
        self.rows[operation.key] = merged(self.rows.get(operation.key), operation)

    def known(self, key: Key) -> RowState | None:
        """What the asset will have of a row once it has all that was sent."""
        state = self.mirror.get(key)
        for _, operation in self.outgoing:
            if operation.key == key:
                state = after_sending(state, operation)
        return state

    def operations(self) -> list[Operation]:
        """What is to be sent."""
        found = []
        for key in sorted({*self.rows, *self.wishes}):
            reach: Reach | Unchanged | None = self.wishes.pop(key, UNCHANGED)
            operation = pending(self.rows.get(key), self.known(key), self.site, reach=reach)
            if operation is not None:
                found.append(operation)
        return found

    def letter(
        self,
        operations: Iterable[Operation] | None = None,
        now: int = NOW,
        to: PublicKeys = ASSET.public,
        **header: Any,
    ) -> Letter:
        """A bundle of what is to be sent, and it counts as sent."""
        told = list(self.operations() if operations is None else operations)
        first = self.sequence + 1
        values: dict[str, Any] = {
            "kind": BundleKind.OPERATIONS,
            "asset": ASSET_ID,
            "site": self.site,
            "first": first,
            "last": self.sequence + len(told),
            "previous": self.digest,
            "schema": 4,
            "seen": self.cursor,
            "taken": self.taken,
            "epoch": self.epoch,
        }
        lines = [operation_to_plain(one) for one in told]
        made = BundleHeader(**values | header)
        content, digest = bundle_bytes(made, lines, [to], self.keys)
        for operation in told:
            self.sequence += 1
            self.outgoing.append((self.sequence, operation))
            self.sent.append((self.sequence, operation))
        if told:
            self.digest = digest
        name = f"{first:012d}" if told else f"{first:012d}-seen-{self.cursor}"
        letter = Letter(f"{self.site}/{name}.brmb", self.site, content, now)
        if told:
            self.letters.append((self.sequence, letter))
        return letter

    def unacknowledged(self) -> list[Letter]:
        """What the asset has not taken, or has forgotten: it is sent again as it was."""
        return [letter for last, letter in self.letters if last > self.taken]

    def read(self, path: Path, of: PublicKeys = ASSET.public) -> None:
        """Take what the asset answered, sealed in a file."""
        opened = open_bundle(path, self.keys, lambda _header, key: key == of.signing)
        self.take(Reply.of_lines(opened.lines()))

    def take(self, reply: Reply) -> None:
        """Fold an answer into what is here."""
        taken, told = reply.head.acknowledged, set()
        if reply.head.epoch < self.epoch:
            return
        again = None
        if reply.head.epoch > self.epoch:
            again = [one for one in self.sent if one[0] > taken]
            self.versions.clear()
        for row in reply.rows:
            told.add(row.key)
            if row.erased:
                for kept in (self.rows, self.mirror, self.wishes):
                    kept.pop(row.key, None)
                self.outgoing = [one for one in self.outgoing if one[1].key != row.key]
            elif row.version >= self.versions.get(row.key, 0):
                self._fold(row.key, taken, row.state, again)
            self.versions[row.key] = row.version
        if reply.head.complete:
            for key in sorted(set(self.mirror) - told):
                self._fold(key, taken, None, again)
        coming = self.outgoing if again is None else again
        self.outgoing = [one for one in coming if one[0] > taken]
        self.cursor, self.taken, self.epoch = reply.head.upto, taken, reply.head.epoch

    def _fold(
        self,
        key: Key,
        taken: int,
        asset: RowState | None,
        again: list[tuple[int, Operation]] | None,
    ) -> None:
        known, has = self.mirror.get(key), asset
        for sequence, operation in self.outgoing:
            if operation.key == key and (sequence <= taken or again is not None):
                known = after_sending(known, operation)
        for _, operation in again or ():
            if operation.key == key:
                has = after_sending(has, operation)
        found = folded(self.rows.get(key), known, has)
        if found is None or not (found.clock or found.deletions):
            self.rows.pop(key, None)
        else:
            self.rows[key] = found
        if asset is None:
            self.mirror.pop(key, None)
        else:
            self.mirror[key] = asset

    def sees(self) -> dict[Key, dict[str, Any]]:
        """What is shown here, but for what is usual."""
        found = {key: shown(state) for key, state in self.rows.items()}
        return {
            key: {
                name: value for name, value in values.items() if name not in USUAL.get(key[0], ())
            }
            for key, values in found.items()
            if values is not None
        }


def invited(asset: Asset, rep: Rep, now: int = NOW) -> Invited:
    """Invite a rep with a code made of the rep's number."""
    return asset.invite(f"code {rep.number}", rep.name, "", rep.role, rep.team, now)


def member_of(asset: Asset, rep: Rep) -> Member:
    """What the asset knows of a rep."""
    return next(one for one in asset.status().members if one.site == rep.site)
