"""The asset as the merger works with it, over whatever keeps it (sync §5).

One run takes all that waits, as often as something new comes of it, lets go of what is old, and
answers. Every step is a transaction of its own: killed at any point, it is run again and comes to
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from brm_desktop.domain.errors import FileProblem, NotFound
from brm_desktop.domain.membership import Member, SiteRole
from brm_desktop.domain.operations import Key
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.replies import Reply, SiteNote, Trouble, farewell
from brm_desktop.storage.sharing.asset import AssetStatus, Craft, MergeReport, Registered
from brm_desktop.storage.sharing.epochs import begin_anew
from brm_desktop.storage.sharing.members import (
    enrol,
    erase,
    invite,
    move,
    revoke,
    rows_to_erase,
    withdraw,
)
from brm_desktop.storage.sharing.port import (
    APPLIED,
    KNOWN,
    About,
    Invited,
    Letter,
    Port,
    Received,
    Rows,
)
from brm_desktop.storage.sharing.receiving import receive
from brm_desktop.storage.sharing.replies import (
    header_of_farewell,
    header_of_reply,
    reply_to,
    site_notes,
)
from brm_desktop.storage.sharing.terms import DAY, KEEPS_DELETED, KEEPS_OPERATIONS

PART: Final = 200_000
"""Rows of an answer where all that there are would be too much."""
TOGETHER: Final = 50
"""Sites that are answered in one transaction; after a merger that was killed they are once more.

On a server their rows are locked as long. That holds up another merger with what these sites sent,
and no rep: nothing that a rep reads, puts in or registers with waits for those locks.
"""
STRIPPED: Final = 1_000
"""Deleted rows whose payload is erased in one transaction."""

Progress = Callable[[int, int], None]
"""Told how many of how many bundles are done; what it raises ends the run between two of them."""


def _quiet(_done: int, _of: int) -> None:
    pass


class Asset:
    """A shared asset over a port; close it in the end."""

    def __init__(self, port: Port, craft: Craft, schema: int) -> None:
        self._port = port
        self._craft = craft
        self._schema = schema

    @property
    def about(self) -> About:
        """What the asset is."""
        return self._port.about

    def close(self) -> None:
        """Let go of what keeps it."""
        self._port.close()

    def register(self, registered: Registered, now: int) -> Member:
        """Enrol a device that was invited; raises ``Refused``."""
        with self._port.merging(), self._port.transaction() as rows:
            return enrol(rows, registered, now)

    def invite(
        self, code: str, rep: str, person: str, role: SiteRole, team: str, now: int
    ) -> Invited:
        """Invite a rep to enrol one device; raises ``Refused``."""
        with self._port.merging(), self._port.transaction() as rows:
            return invite(rows, code, rep, person, role, team, now)

    def move(self, site: str, role: SiteRole, team: str) -> Member:
        """Give a member another role or team; raises ``NotFound``."""
        with self._port.merging(), self._port.transaction() as rows:
            return move(rows, site, role, team)

    def revoke(self, site: str, now: int, at: int | None = None) -> list[Member]:
        """Take nothing more of a device, and tell it nothing more but that; raises ``NotFound``."""
        with self._port.merging():
            with self._port.transaction() as rows:
                revoked = revoke(rows, site, at)
            for member in revoked:
                self._say_farewell(member, now)
        return revoked

    def withdraw(self, rep: str, now: int) -> list[Invited]:
        """Let nobody enrol with an invitation of a rep that is not used yet; gives those."""
        with self._port.merging(), self._port.transaction() as rows:
            return withdraw(rows, rep, now)

    def erase(self, row: str, now: int) -> list[Key]:
        """Erase by request what is known of an id, and have every site do so; gives which rows.

        Raises ``NotFound``.
        """
        with self._port.merging():
            with self._port.transaction() as rows:
                erased = erase(rows, row, now)
            self._answer_all(MergeReport(), set(), now, anew=True)
            self._port.write_anew()
        return erased

    def people_named(self, name: str) -> list[Key]:
        """The people of a name."""
        with self._port.transaction() as rows:
            return rows.named(name)

    def rows_about(self, row: str) -> list[Key]:
        """The rows that erasing an id would erase: its own and all that name it."""
        with self._port.transaction() as rows:
            return rows_to_erase(rows, row)

    def receive(self, letter: Letter, now: int) -> Received:
        """Take a bundle, or say why not; in one transaction. Raises ``StoreProblem``."""
        return receive(self._port, self._craft, letter, now)

    def merge(self, now: int, progress: Progress = _quiet) -> MergeReport:
        """Take all that waits, keep what retention says, and answer every site.

        Raises
        ------
        StoreBusy
            When another merger is at work.
        StoreProblem
            When the asset cannot be read or written; it can be run again.
        """
        report = MergeReport()
        with self._port.merging():
            with self._port.transaction() as rows:
                if rows.came_back():
                    begin_anew(rows, now)
            heard = self._take_all(report, now, progress)
            self._let_go(now)
            self._answer_all(report, heard, now)
            self._port.write_anew()
            with self._port.transaction() as rows:
                report.conflicts = rows.conflicts()
        return report

    @contextmanager
    def reply_for(self, site: str, now: int) -> Iterator[Reply]:
        """What a site is answered, readable inside.

        Raises ``NotFound`` for one that is not known and ``Refused`` for a revoked one.
        """
        with self._port.transaction() as rows:
            member = rows.member(site)
            if member is None:
                raise NotFound(phrase("No device {site} is enrolled here.", site=site))
            yield reply_to(rows, self.about, member, now)

    def status(self) -> AssetStatus:
        """How the asset is."""
        waiting = len(self._port.waiting())
        with self._port.transaction() as rows:
            return AssetStatus(
                self.about,
                rows.horizon(),
                rows.floor(),
                rows.counts(),
                rows.conflicts(),
                tuple(rows.members()),
                tuple(one for one in rows.invitations() if not one.used_by),
                waiting,
                tuple(rows.received()),
            )

    def _take_all(self, report: MergeReport, now: int, progress: Progress) -> set[str]:
        """Take what waits until nothing new comes of it; gives the sites that were heard."""
        troubles: dict[str, Received] = {}
        letters = self._port.waiting()
        heard = {letter.site for letter in letters}
        done, of = 0, len(letters)
        progress(0, of)
        while letters:
            left = []
            for letter in letters:
                received = self.receive(letter, now)
                troubles.pop(received.digest, None)
                if received.state == APPLIED:
                    _count(report, received)
                elif received.state != KNOWN:
                    troubles[received.digest] = received
                if received.state in {Trouble.PARKED, Trouble.QUARANTINED}:
                    left.append(letter)
                else:
                    self._port.settle(letter, received.state)
                done += received.state == APPLIED
                progress(done, of)
            letters = left if len(left) < len(letters) else []
        report.troubles = list(troubles.values())
        self._forget_what_is_gone(set(troubles))
        return heard

    def _forget_what_is_gone(self, waiting: set[str]) -> None:
        """Forget bundles that waited and whose files are no more."""
        with self._port.transaction() as rows:
            for one in rows.received():
                if one.state != Trouble.REFUSED and one.digest not in waiting:
                    rows.forget(one.site, one.digest)

    def _let_go(self, now: int) -> None:
        """Retention: deleted rows lose what they said, what is old is not told any more."""
        stripped = STRIPPED
        while stripped == STRIPPED:
            with self._port.transaction() as rows:
                stripped = rows.strip(now - KEEPS_DELETED, STRIPPED)
        with self._port.transaction() as rows:
            rows.prune(now - KEEPS_OPERATIONS)

    def _answer_all(
        self, report: MergeReport, heard: set[str], now: int, *, anew: bool = False
    ) -> None:
        with self._port.transaction() as rows:
            members, horizon = rows.members(), rows.horizon()
        due: list[Member] = []
        for member in members:
            late = member.replied_at is None or now - member.replied_at >= DAY
            new = anew or late or member.replied < horizon or member.site in heard
            if not member.is_active:
                if member.replied_at is None or member.site in heard:
                    self._say_farewell(member, now)
            elif new:
                due.append(member)
        sites = site_notes(members)
        for start in range(0, len(due), TOGETHER):
            with self._port.transaction() as rows:
                for member in due[start : start + TOGETHER]:
                    try:
                        self._answer(rows, member.site, now, sites)
                        report.replies += 1
                    except FileProblem as problem:
                        report.troubles.append(_unanswered(member, problem.sentence, now))

    def _say_farewell(self, member: Member, now: int) -> None:
        """Put where a revoked site finds it that it is, sealed to it: nobody else learns who is."""

        def write(path: Path) -> None:
            header = header_of_farewell(self.about, member, self._schema)
            lines = farewell(member.rep)
            self._craft.seal(path, header, lines, [member.keys], self.about.private)

        self._port.deliver(member, write)
        with self._port.transaction() as rows:
            rows.save_member(replace(member, replied_at=now))

    def _answer(self, rows: Rows, site: str, now: int, sites: tuple[SiteNote, ...]) -> None:
        """Have a reply put where the site finds it; what is too much for one comes in parts."""
        try:
            self._write_answer(rows, site, now, sites, None)
        except FileProblem:
            self._write_answer(rows, site, now, sites, PART)

    def _write_answer(
        self, rows: Rows, site: str, now: int, sites: tuple[SiteNote, ...], most: int | None
    ) -> None:
        member = rows.member(site)
        assert member is not None
        reply = reply_to(rows, self.about, member, now, most, sites)

        def write(path: Path) -> None:
            header = header_of_reply(reply.head, self._schema)
            keys = [member.keys]
            self._craft.seal(path, header, reply.lines(), keys, self.about.private)

        self._port.deliver(member, write)
        rows.save_member(
            replace(
                member,
                behind=member.behind if reply.head.complete else 0,
                replied=reply.head.upto,
                replied_at=now,
                lease_until=reply.head.lease_until,
            )
        )


def _count(report: MergeReport, received: Received) -> None:
    if received.enrols:
        report.enrolled.append(received.site)
        return
    report.bundles += 1
    report.operations += received.last - received.first + 1
    report.rows += received.rows


def _unanswered(member: Member, reason: Phrase, now: int) -> Received:
    """That a member gets no answer, among what went wrong with bundles."""
    name = f"{member.site}/reply"
    return Received(member.site, 0, 0, "", "", now, name, Trouble.PARKED.value, reason)
