"""An asset kept in memory: the plainest port there is, which the others are held against."""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.membership import Member, RowReach, could_see, may_see
from brm_desktop.domain.merge import conflicts_of, is_gone, stamps_only
from brm_desktop.domain.operations import Key, RowState
from brm_desktop.domain.readership import sees_all, told_all, told_to
from brm_desktop.domain.records import Account, AccountId, Records
from brm_desktop.domain.replies import ReplyRow
from brm_desktop.storage.merging.seeing import records_seen
from brm_desktop.storage.sharing.port import (
    APPLIED,
    About,
    Invited,
    Letter,
    Merged,
    Reading,
    Received,
)


@dataclass
class Kept:
    """All that an asset keeps."""

    states: dict[Key, RowState] = field(default_factory=dict)
    versions: dict[Key, int] = field(default_factory=dict)
    erased: set[Key] = field(default_factory=set)
    reaches: dict[tuple[Key, str], RowReach] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    invited: dict[str, Invited] = field(default_factory=dict)
    received: dict[tuple[str, str], Received] = field(default_factory=dict)
    history: list[tuple[int, Key]] = field(default_factory=list)
    """Moment and row of every put."""
    changes: dict[int, int] = field(default_factory=dict)
    """When each change was made."""
    change: int = 0
    floor: int = 0
    epoch: int = 0
    came_back: bool = False


class MemoryRows:
    """One transaction."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self._change = 0

    def change(self) -> int:
        if not self._change:
            self.kept.change += 1
            self._change = self.kept.change
        return self._change

    def horizon(self) -> int:
        return self.kept.change

    def epoch(self) -> int:
        return self.kept.epoch

    def begin_epoch(self, epoch: int) -> None:
        self.kept.epoch = epoch

    def came_back(self) -> bool:
        found, self.kept.came_back = self.kept.came_back, False
        return found

    def member(self, site: str) -> Member | None:
        return self.kept.members.get(site)

    def keys_of(self, site: str) -> PublicKeys | None:
        there = self.kept.members.get(site)
        return None if there is None else there.keys

    def same_device(self, keys: PublicKeys) -> list[Member]:
        return [one for one in self.members() if one.keys == keys]

    def members(self) -> list[Member]:
        return [self.kept.members[site] for site in sorted(self.kept.members)]

    def save_member(self, member: Member) -> None:
        self.kept.members[member.site] = member

    def invited(self, code: str) -> Invited | None:
        return self.kept.invited.get(code)

    def invitations(self) -> list[Invited]:
        return sorted(self.kept.invited.values(), key=lambda one: (one.made_at, one.code))

    def save_invited(self, invited: Invited) -> None:
        self.kept.invited[invited.code] = invited

    def received(self, site: str | None = None) -> list[Received]:
        found = [
            one
            for one in self.kept.received.values()
            if one.state != APPLIED and site in {None, one.site}
        ]
        return sorted(found, key=lambda one: (one.received_at, one.site, one.first, one.digest))

    def is_applied(self, site: str, digest: str) -> bool:
        there = self.kept.received.get((site, digest))
        return there is not None and there.state == APPLIED

    def note(self, received: Received) -> None:
        plain = replace(received, rows=0, enrols=False)
        self.kept.received[received.site, received.digest] = plain

    def forget(self, site: str, digest: str) -> None:
        self.kept.received.pop((site, digest), None)

    def states(self, keys: Sequence[Key]) -> dict[Key, RowState]:
        return {key: self.kept.states[key] for key in keys if key in self.kept.states}

    def put(self, rows: Sequence[Merged], change: int, at: int) -> None:
        for row in rows:
            self.kept.states[row.state.key] = row.state
            self.kept.history.append((at, row.state.key))
        self.kept.changes[change] = at
        self.touch([row.state.key for row in rows], change)

    def touch(self, keys: Sequence[Key], change: int) -> None:
        self.kept.versions.update(dict.fromkeys(keys, change))

    def reaches(self, keys: Sequence[Key]) -> dict[Key, list[RowReach]]:
        wanted, found = set(keys), defaultdict(list)
        for (key, _), reach in self.kept.reaches.items():
            if key in wanted:
                found[key].append(reach)
        return dict(found)

    def put_reaches(self, reaches: Sequence[RowReach]) -> None:
        for reach in reaches:
            self.kept.reaches[(reach.kind, reach.row), reach.site] = reach

    def erased(self, keys: Sequence[Key]) -> set[Key]:
        return self.kept.erased & set(keys)

    def erase(self, keys: Sequence[Key], change: int, at: int) -> None:
        gone = set(keys)
        self.kept.erased |= gone
        for key in keys:
            self.kept.states.pop(key, None)
        self.kept.history = [one for one in self.kept.history if one[1] not in gone]
        self.kept.changes[change] = at
        self.touch(keys, change)

    def rows_about(self, row: str) -> list[Key]:
        return sorted(
            key
            for key, state in self.kept.states.items()
            if key[1] == row
            or any(
                row == value or (isinstance(value, list) and row in value)
                for said in (state.values, *(one.values for one in state.earlier))
                for value in said.values()
            )
        )

    def named(self, name: str) -> list[Key]:
        return sorted(
            key
            for key, state in self.kept.states.items()
            if key[0] == "person" and state.values.get("name") == name and not is_gone(state)
        )

    def rows_for(self, reader: Member, after: int, upto: int) -> Iterator[ReplyRow]:
        wishes = self.reaches(list(self.kept.versions))
        for key, version in sorted(self.kept.versions.items()):
            if not after < version <= upto:
                continue
            erased = key in self.kept.erased
            seen = [may_see(reader, reach) for reach in wishes.get(key, ())]
            had = [could_see(reader, reach) for reach in wishes.get(key, ())]
            if any(seen) and not erased:
                state: RowState | None = self.kept.states[key]
                if sees_all(reader, wishes[key]):
                    state = told_all(self.kept.states[key])
                else:
                    state = told_to(reader, wishes[key], self._device, self.kept.states[key])
                yield ReplyRow(*key, version, state)
            elif any(had):
                yield ReplyRow(*key, version, None, erased)

    def _device(self, site: str) -> str:
        member = self.kept.members.get(site)
        return site if member is None else member.keys.hex()

    def strip(self, before: int, most: int) -> int:
        old = [
            key
            for key, state in self.kept.states.items()
            if is_gone(state)
            and state.values
            and self.kept.changes.get(self.kept.versions[key], 0) < before
        ][:most]
        for key in old:
            state = self.kept.states[key]
            self.kept.states[key] = replace(
                stamps_only(state), covered=state.covered, lifted=state.lifted
            )
            self.kept.history = [one for one in self.kept.history if one[1] != key]
        return len(old)

    def prune(self, before: int) -> None:
        old = [change for change, at in self.kept.changes.items() if at < before]
        self.kept.floor = max([self.kept.floor, *old])
        self.kept.history = [one for one in self.kept.history if one[0] >= before]
        self.kept.received = {
            key: one for key, one in self.kept.received.items() if one.received_at >= before
        }
        self.kept.reaches = {
            key: one
            for key, one in self.kept.reaches.items()
            if one.audience or self.kept.versions.get(key[0], 0) > self.kept.floor
        }

    def floor(self) -> int:
        return self.kept.floor

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for (kind, _), state in self.kept.states.items():
            found[kind] += not is_gone(state)
        return dict(found)

    def conflicts(self) -> int:
        return sum(len(conflicts_of(state)) for state in self.kept.states.values())


class MemoryReading:
    """The records that the states show, all of them for every account."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.seen = records_seen(kept.states.values(), Records())

    def accounts(self) -> list[AccountId]:
        return sorted(one.id for one in self.seen.all(Account).values())

    def account(self, account: AccountId) -> Records:
        return self.seen

    def contributed(self) -> dict[str, int]:
        return dict(Counter(site for (_, site), one in self.kept.reaches.items() if one.audience))

    def bundles(self) -> dict[tuple[str, str], int]:
        return dict(Counter((one.site, str(one.state)) for one in self.kept.received.values()))


class MemoryPort:
    """The place; what is delivered is a file for each site in a folder."""

    def __init__(self, about: About, folder: Path) -> None:
        self.about = about
        self.is_remote = False
        self.kept = Kept()
        self.inbox: list[Letter] = []
        self.settled: list[tuple[str, str]] = []
        self.folder = folder

    @contextmanager
    def merging(self) -> Iterator[None]:
        yield

    @contextmanager
    def transaction(self) -> Iterator[MemoryRows]:
        before = copy.copy(self.kept)
        working = Kept(
            **{name: copy.copy(getattr(before, name)) for name in Kept.__dataclass_fields__}
        )
        yield MemoryRows(working)
        self.kept = working

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        yield MemoryReading(self.kept)

    def waiting(self) -> list[Letter]:
        return sorted(self.inbox, key=lambda letter: (letter.site, letter.name))

    def settle(self, letter: Letter, state: str) -> None:
        self.inbox.remove(letter)
        self.settled.append((letter.name, state))

    def deliver(self, member: Member, reply: Callable[[Path], None] | None) -> None:
        path = self.folder / f"{member.site}.brmb"
        if reply is None:
            path.unlink(missing_ok=True)
        else:
            reply(path)

    def write_anew(self) -> None:
        pass

    def close(self) -> None:
        pass
