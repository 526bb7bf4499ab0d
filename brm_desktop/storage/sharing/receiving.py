"""How the asset takes a bundle: verified, in order, merged, in one transaction (sync §5).

A bundle that is not taken leaves nothing behind but a note of why. Killed at any point, the merger
is run again: what was merged is known by its digest.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Final

from brm_desktop.domain.admission import (
    NOT_ENROLLED,
    NotTaken,
    ahead_of,
    clock_was_ahead,
    not_in_turn,
    sites_beside,
)
from brm_desktop.domain.bundles import BundleHeader, BundleKind, OpenedBundle, Signers
from brm_desktop.domain.earlier import goes_over_others, may_differ, with_earlier
from brm_desktop.domain.errors import FileProblem, FileUnreadable, Refused
from brm_desktop.domain.membership import Member, RowReach, reach_after
from brm_desktop.domain.merge import merged
from brm_desktop.domain.operation_lines import operation_from_plain
from brm_desktop.domain.operations import Key, Malformed, Operation, RowState, Unchanged
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.replies import Trouble
from brm_desktop.storage.sharing.ahead import in_slices, in_slices_ahead
from brm_desktop.storage.sharing.asset import Craft
from brm_desktop.storage.sharing.epochs import begin_anew, has_forgotten
from brm_desktop.storage.sharing.members import enrol
from brm_desktop.storage.sharing.port import APPLIED, KNOWN, Letter, Merged, Port, Received, Rows
from brm_desktop.storage.sharing.terms import AHEAD

SLICE: Final = 2_000
"""Operations that are merged at a time: so many rows are in memory, not all of a bundle."""


class _Turned(Exception):
    """A bundle is not taken; what was written of it is rolled back."""

    def __init__(self, why: NotTaken) -> None:
        super().__init__(str(why.reason))
        self.why = why


class _WentBack(Exception):
    """The asset knows less than it has told before; nothing was taken yet."""


def receive(port: Port, craft: Craft, letter: Letter, now: int) -> Received:
    """Take a bundle, or note why not; ``now`` in ms since 1970.

    Raises
    ------
    StoreProblem
        When the asset cannot be written; nothing was taken, and it can be tried again.
    """
    try:
        opened = craft.open(letter.source, port.about.private, _signers(port), letter.name)
    except _Turned as turned:
        return _noted(port, _unread(letter, turned.why))
    except FileUnreadable as problem:
        return _unread(letter, NotTaken(Trouble.PARKED, problem.sentence))
    except FileProblem as problem:
        return _noted(port, _unread(letter, NotTaken(Trouble.REFUSED, problem.sentence)))
    received = _received(letter, opened)
    why, touched = _taken(port, craft, opened, received, now)
    if why is None:
        return replace(received, rows=touched or 0, state=KNOWN if touched is None else APPLIED)
    return _noted(port, replace(received, state=why.trouble.value, reason=why.reason))


def _signers(port: Port) -> Signers:
    def may_sign(header: BundleHeader, signer: bytes) -> bool:
        if header.kind is BundleKind.REGISTRATION:
            return True
        with port.transaction() as rows:
            keys = rows.keys_of(header.site)
        if keys is None:
            raise _Turned(NOT_ENROLLED)
        return keys.signing == signer

    return may_sign


def _taken(
    port: Port, craft: Craft, opened: OpenedBundle, received: Received, now: int
) -> tuple[NotTaken | None, int | None]:
    """Take a bundle in a transaction; gives why it was not, and then nothing was changed.

    And how many rows it touched, ``None`` for a bundle that need not be taken any more.
    """
    header = opened.header
    try:
        if header.kind is BundleKind.REPLY or header.site != received.site:
            raise _Turned(NotTaken(Trouble.REFUSED, phrase("It was put where it does not belong.")))
        with port.transaction() as rows:
            if header.kind is BundleKind.REGISTRATION:
                enrol(rows, craft.registration(opened), now)
                _tell_no_more(rows, received)
                return None, 0
            return None, _merge(port, rows, opened, received, now)
    except _WentBack:
        with port.transaction() as rows:
            begin_anew(rows, now, header.epoch)
        return _taken(port, craft, opened, received, now)
    except _Turned as turned:
        return turned.why, 0
    except FileUnreadable as problem:
        return NotTaken(Trouble.PARKED, problem.sentence), 0
    except (FileProblem, Refused) as problem:
        return NotTaken(Trouble.REFUSED, problem.sentence), 0


def _merge(
    port: Port, rows: Rows, opened: OpenedBundle, received: Received, now: int
) -> int | None:
    """Merge a bundle unless it was; gives how many rows it touched."""
    header, digest = opened.header, opened.digest
    member = rows.member(header.site)
    if member is not None and member.is_active and has_forgotten(rows, header, member):
        raise _WentBack
    if rows.is_applied(header.site, digest):
        return None
    why = not_in_turn(header, member, port.about.asset)
    if why is not None and not _was_replaced(rows, received, member):
        raise _Turned(why)
    if why is not None or member is None:
        rows.forget(header.site, digest)
        return None
    merging = _Merging(rows, member, now)
    merging.all_of(opened, ahead=port.is_remote)
    rows.save_member(_after(member, header, digest, now, rows.epoch()))
    if not header.is_receipt:
        _tell_no_more(rows, received)
        rows.note(received)
    return merging.touched


def _tell_no_more(rows: Rows, taken: Received) -> None:
    """Forget what was refused and is made good by what is taken now.

    That is what came under the same name, damaged on its way, and what stood under numbers that
    have been taken since: its device has sent it anew, or after what it had not known of.
    """
    for one in rows.received(taken.site):
        under_taken = 0 < one.first <= taken.last
        if one.state == Trouble.REFUSED and (one.name == taken.name or under_taken):
            rows.forget(one.site, one.digest)


def _was_replaced(rows: Rows, received: Received, member: Member | None) -> bool:
    """Whether a bundle was quarantined and its device sent the same again with other stamps."""
    if member is None or received.first > member.applied:
        return False
    return any(
        one.digest == received.digest and one.state == Trouble.QUARANTINED
        for one in rows.received(received.site)
    )


def _after(member: Member, header: BundleHeader, digest: str, now: int, epoch: int) -> Member:
    """The member when a bundle was merged; what it has seen in another epoch says nothing."""
    cursor = max(member.cursor, header.seen) if header.epoch == epoch else member.cursor
    told = replace(
        member,
        cursor=cursor,
        behind=0 if header.epoch == epoch and cursor >= member.behind else member.behind,
        seen_at=now,
    )
    if header.is_receipt:
        return told
    return replace(told, applied=header.last, digest=digest)


def _operations(opened: OpenedBundle, told: int) -> Iterator[Operation]:
    """The operations of a bundle; nothing else is asked, so that another thread can read them."""
    for line, plain in enumerate(opened.lines(), 1):
        if line > told:
            raise _Turned(NotTaken(Trouble.REFUSED, phrase("It holds more than it says.")))
        try:
            yield operation_from_plain(plain)
        except Malformed:
            raise _Turned(
                NotTaken(
                    Trouble.REFUSED,
                    phrase("Line {line} of it says what no store would write.", line=line),
                )
            ) from None


class _Merging:
    """One bundle on its way into the rows."""

    def __init__(self, rows: Rows, member: Member, now: int) -> None:
        self._rows = rows
        self._member = member
        self._now = now
        self._ahead = 0
        self.touched = 0
        self._known_others: frozenset[str] | None = None
        self._known_own: list[Member] | None = None
        self._known_devices: dict[str, str] = {}

    def all_of(self, opened: OpenedBundle, *, ahead: bool) -> None:
        """Merge all operations; raises ``_Turned``, also when they are not as many as was said.

        With ``ahead``, the next are read by a thread while some are merged.
        """
        told = opened.header.last - opened.header.first + 1
        done = 0
        cut = in_slices_ahead if ahead else in_slices
        with _garbage_left(), closing(cut(_operations(opened, told), SLICE)) as slices:
            for operations in slices:
                looked_at = [self._look_at(one, line) for line, one in enumerate(operations, done)]
                done += len(operations)
                self._batch(looked_at)
        if self._ahead:
            raise _Turned(clock_was_ahead(self._ahead + AHEAD))
        if done != told:
            raise _Turned(NotTaken(Trouble.REFUSED, phrase("It holds less than it says.")))

    def _look_at(self, operation: Operation, before: int) -> tuple[Operation, str]:
        """An operation after so many, and the greatest stamp that it tells of.

        The worst clock is known only after the last.
        """
        written = operation.written()
        beside = sites_beside(written, self._member.site)
        if beside and not beside.isdisjoint(self._others()):
            raise _Turned(
                NotTaken(
                    Trouble.REFUSED,
                    phrase("Line {line} of it claims an edit of another device.", line=before + 1),
                )
            )
        latest = max(written, default="")
        if latest:
            self._ahead = max(self._ahead, ahead_of((latest,), self._now + AHEAD))
        return operation, latest or _latest_gone_over(operation)

    def _others(self) -> frozenset[str]:
        """The sites of other devices; asked for only where something names another site."""
        if self._known_others is None:
            own = self._member.keys.signing
            self._known_others = frozenset(
                one.site for one in self._rows.members() if one.keys.signing != own
            )
        return self._known_others

    def _batch(self, told: list[tuple[Operation, str]]) -> None:
        """Merge some operations; rows are put in the order of their keys, near ones together."""
        rows, change = self._rows, self._rows.change()
        keys = list(dict.fromkeys(operation.key for operation, _ in told))
        erased = rows.erased(keys)
        if erased:
            rows.touch(sorted(erased), change)
            told = [one for one in told if one[0].key not in erased]
        states: dict[Key, RowState] = dict(rows.states(keys))
        operations = [operation for operation, _ in told]
        self._wishes(operations)
        wishes = self._wishes_of_others(states, operations)
        origins: dict[Key, str] = {}
        for operation, latest in told:
            key, before = operation.key, states.get(operation.key)
            after = merged(before, operation)
            if before is not None and key in wishes:
                site = self._member.site
                after = with_earlier(before, operation, after, site, wishes[key], self._device)
            states[key] = after
            origins[key] = max(origins.get(key, ""), latest)
        rows.put([Merged(states[key], origins[key]) for key in sorted(origins)], change, self._now)
        self.touched += len(origins)

    def _wishes_of_others(
        self, states: dict[Key, RowState], operations: list[Operation]
    ) -> dict[Key, list[RowReach]]:
        """Who may see the rows in which this site goes over what others wish seen otherwise."""
        site = self._member.site
        keys = [one.key for one in operations if goes_over_others(states.get(one.key), one, site)]
        wishes = self._rows.reaches(keys) if keys else {}
        return {key: found for key, found in wishes.items() if may_differ(states[key], found)}

    def _device(self, site: str) -> str:
        """What tells the sites of one device from others; asked for each site that is named."""
        if site not in self._known_devices:
            keys = self._rows.keys_of(site)
            self._known_devices[site] = site if keys is None else keys.hex()
        return self._known_devices[site]

    def _wishes(self, operations: list[Operation]) -> None:
        """Keep who may see the rows by this site's wish, where an operation says so.

        Whoever wrote nothing in a row has no say in it. The wish of a site takes the place of those
        of the sites it was before, and stays when a bundle of one of them comes late.
        """
        told = {one.key: one.reach for one in operations if not isinstance(one.reach, Unchanged)}
        if not told:
            return
        wrote = {one.key for one in operations if one.written()}
        before = self._rows.reaches(list(told))
        sites, later = self._own_sites(), self._later_sites()
        wishes: list[RowReach] = []
        for key, reach in told.items():
            own = {one.site: one for one in before.get(key, ()) if one.site in sites}
            if not later.isdisjoint(own):
                continue
            if reach is None or own or key in wrote:
                wishes += self._wished(key, "" if reach is None else reach.audience, own)
        self._rows.put_reaches(wishes)

    def _wished(self, key: Key, audience: str, own: dict[str, RowReach]) -> Iterator[RowReach]:
        member = self._member
        for site in {member.site, *own}:
            wish = audience if site == member.site else ""
            now = RowReach(*key, site, wish, member.team, "")
            yield reach_after(own.get(site), now)

    def _own_sites(self) -> frozenset[str]:
        """The member's site and the others that its device was or is."""
        return frozenset(one.site for one in self._devices())

    def _later_sites(self) -> frozenset[str]:
        """The sites that the member's device went on as."""
        later = {self._member.site}
        for one in sorted(self._devices(), key=lambda one: one.enrolled_at):
            if one.former in later:
                later.add(one.site)
        return frozenset(later) - {self._member.site}

    def _devices(self) -> list[Member]:
        if self._known_own is None:
            self._known_own = self._rows.same_device(self._member.keys)
        return self._known_own


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Have no garbage looked for: none goes round here, and a slice is much to go through."""
    was_looked_for = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looked_for:
            gc.enable()


def _latest_gone_over(operation: Operation) -> str:
    """The greatest stamp that an operation goes over, which tells of it when it writes nothing."""
    return max((stamp for over in operation.over.values() for stamp in over), default="")


def _received(letter: Letter, opened: OpenedBundle) -> Received:
    header = opened.header
    return Received(
        letter.site,
        header.first,
        header.last,
        opened.digest,
        header.previous,
        letter.received_at,
        letter.name,
        APPLIED,
        enrols=header.kind is BundleKind.REGISTRATION,
    )


def _unread(letter: Letter, why: NotTaken) -> Received:
    """What is known of a bundle that could not be opened; its name stands for its digest."""
    digest = sha256(letter.name.encode(errors="replace")).hexdigest()
    reason: Phrase = why.reason
    return Received(
        letter.site, 0, 0, digest, "", letter.received_at, letter.name, why.trouble.value, reason
    )


def _noted(port: Port, received: Received) -> Received:
    with port.transaction() as rows:
        rows.note(received)
    return received
