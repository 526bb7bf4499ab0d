"""A company's asset in PostgreSQL as a rep's program knows it: ``storage.sharing.asset.Door``.

The login is the rep's own, and the server shows it only what its devices may see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.membership import SiteStatus
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.readership import laid_out_anew, told_all
from brm_desktop.domain.replies import (
    Notice,
    Reply,
    ReplyHead,
    ReplyRow,
    SiteNote,
    Trouble,
    revoked,
)
from brm_desktop.storage.postgres.port import read_about
from brm_desktop.storage.postgres.reaching import connect, told_of_server
from brm_desktop.storage.postgres.rows import SLICE, read_states
from brm_desktop.storage.sharing.port import APPLIED, Source
from brm_desktop.storage.sharing.terms import TOLD_FOR

_MOST: Final = 512 * 1024 * 1024


class PostgresDoor:
    """The way of one rep's login into an asset on a server."""

    def __init__(self, address: str) -> None:
        """Log in; raises ``StoreProblem``."""
        self._db = connect(address)

    def check(self) -> None:
        """Whoever has logged in has seen that the server is there."""

    def send(self, site: str, name: str, bundle: Source) -> None:
        """Put a bundle into the inbox; raises ``StoreProblem``."""
        body = bundle.read_bytes() if isinstance(bundle, Path) else bundle
        if len(body) > _MOST:
            raise StoreProblem(phrase("The bundle is too large for the server."))
        with told_of_server():
            self._db.execute(
                "INSERT INTO brm.inbox (site, name, body) VALUES (%s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                [site, name, body],
            )

    def fetch(self, site: str, after: int, epoch: int = 0) -> Reply | None:
        """What the asset answers a site that has all up to a change number of an epoch.

        The rows are read while they are asked for, all as of the moment of the call; ``None`` while
        the site is not enrolled. Raises ``StoreProblem``, also for a device that was revoked.
        """
        with told_of_server():
            self._db.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                head = self._head(site, after, epoch)
                if head is None:
                    self._end()
                    return None
                return Reply(head, self._sites(), self._notices(head), self._rows(head))
            except BaseException:
                self._end()
                raise

    def close(self) -> None:
        """Log out."""
        self._db.close()

    def _end(self) -> None:
        """Let go of the moment that was read; a connection that is lost has let go of it."""
        if not self._db.broken:
            self._db.rollback()

    def _head(self, site: str, after: int, epoch: int) -> ReplyHead | None:
        about = read_about(self._db)
        now_in = int(about.get("epoch", 0))
        found = self._db.execute(
            "SELECT rep, role, team, status, applied, digest, behind, lease_until, brm.horizon(),"
            " (extract(epoch FROM now()) * 1000)::bigint FROM brm.my_site WHERE site = %s",
            [site],
        ).fetchone()
        if found is None:
            return None
        rep, role, team, status, applied, digest, behind, lease_until, upto, now = found
        if status != SiteStatus.ACTIVE.value:
            raise StoreProblem(revoked(rep))
        complete = now_in != epoch or behind > after or after < int(about.get("floor", 0))
        return ReplyHead(
            asset=about["asset"],
            name=about["name"],
            site=site,
            after=0 if complete else min(after, upto),
            upto=upto,
            acknowledged=applied,
            digest=digest,
            complete=complete,
            lease_until=now if lease_until is None else lease_until,
            made_at=now,
            rep=rep,
            role=role,
            team=team,
            epoch=now_in,
        )

    def _sites(self) -> tuple[SiteNote, ...]:
        found = self._db.execute(
            "SELECT site, rep, person, role, team, status <> 'active' FROM brm.site ORDER BY site"
        )
        return tuple(
            SiteNote(site=site, rep=rep, person=person, role=role, team=team, revoked=revoked)
            for site, rep, person, role, team, revoked in found
        )

    def _notices(self, head: ReplyHead) -> tuple[Notice, ...]:
        found = self._db.execute(
            "SELECT state, first, last, received_at, coalesce(reason, '') FROM brm.inbound"
            " WHERE site = %s AND state <> %s AND (state <> %s OR received_at > %s)"
            " ORDER BY received_at, first",
            [head.site, APPLIED, Trouble.REFUSED.value, head.made_at - TOLD_FOR],
        )
        return tuple(
            Notice(trouble=trouble, first=first, last=last, at=at, reason=reason)
            for trouble, first, last, at, reason in found
        )

    def _rows(self, head: ReplyHead) -> Iterator[ReplyRow]:
        try:
            with told_of_server():
                yield from self._shown(head)
                yield from self._in_part(head)
                gone = self._db.execute(
                    "SELECT kind, id, version, erased FROM brm.gone_since(%s)", [head.after]
                )
                for kind, row, version, erased in gone:
                    yield ReplyRow(kind, row, version, None, erased)
        finally:
            self._end()

    def _shown(self, head: ReplyHead) -> Iterator[ReplyRow]:
        with self._db.cursor(name="brm_shown") as cursor:
            cursor.execute(
                "SELECT version, kind, id, says::text, clock::text, rest::text FROM brm.entity"
                " WHERE version > %s AND NOT erased ORDER BY version, id, kind",
                [head.after],
            )
            while part := cursor.fetchmany(SLICE):
                for row in map(_row, part):
                    assert row.state is not None
                    yield replace(row, state=told_all(row.state))

    def _in_part(self, head: ReplyHead) -> Iterator[ReplyRow]:
        """The rows of which only what some wrote is for this login; the server tells no more."""
        with self._db.cursor(name="brm_in_part") as cursor:
            cursor.execute(
                "SELECT version, kind, id, says, clock, rest FROM brm.parts_since(%s)", [head.after]
            )
            while part := cursor.fetchmany(SLICE):
                for told in part:
                    row = _row(told)
                    assert row.state is not None
                    yield replace(row, state=laid_out_anew(row.state))


def _row(told: tuple[Any, ...]) -> ReplyRow:
    version, *row = told
    (state,) = read_states([tuple(row)])
    return ReplyRow(state.kind, state.row, version, state)
