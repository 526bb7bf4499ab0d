"""Who takes part in an asset in PostgreSQL, who was invited, and what became of their bundles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, LiteralString

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.membership import Member, SiteRole, SiteStatus
from brm_desktop.storage.rows.phrases import phrase_from_json, phrase_to_json
from brm_desktop.storage.sharing.port import APPLIED, Invited, Received

if TYPE_CHECKING:
    from psycopg import Connection

_INVITED: Final = (
    "SELECT code, rep, person, role, team, made_at, expires_at, used_by FROM brm.invitation"
)
_ROLES: Final[Mapping[str, SiteRole]] = {role.value: role for role in SiteRole}
_STATUSES: Final[Mapping[str, SiteStatus]] = {status.value: status for status in SiteStatus}
_RECEIVED: Final[LiteralString] = """
    SELECT site, first, last, digest, previous, received_at, name, state, reason FROM brm.inbound
"""
_MEMBER: Final[LiteralString] = """
    site, rep, person, device, role, team, keys, status, applied, digest, seen, behind, revoked_at,
    former, enrolled_at, seen_at, replied, replied_at, lease_until
"""


class PostgresMembers:
    """The people's side of what is kept; the rows are those of :class:`PostgresRows`."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Work in the transaction that is open on a connection."""
        self._db = connection
        self._devices: dict[str, str] | None = None

    def device(self, site: str) -> str:
        """What tells the sites of one device from others."""
        if self._devices is None:
            self._devices = {one.site: one.keys.hex() for one in self.members()}
        return self._devices.get(site, site)

    def member(self, site: str) -> Member | None:
        """A member, locked until the transaction ends."""
        found = self._db.execute(
            f"SELECT {_MEMBER} FROM brm.site WHERE site = %s FOR UPDATE", [site]
        ).fetchone()
        return None if found is None else _member(found)

    def keys_of(self, site: str) -> PublicKeys | None:
        """The keys of a member, without a lock: what locks has to reach the disk."""
        found = self._db.execute("SELECT keys FROM brm.site WHERE site = %s", [site]).fetchone()
        return None if found is None else PublicKeys.from_hex(found[0])

    def members(self) -> list[Member]:
        """All members by site."""
        found = self._db.execute(f"SELECT {_MEMBER} FROM brm.site ORDER BY site")
        return [_member(row) for row in found]

    def same_device(self, keys: PublicKeys) -> list[Member]:
        """The members with these keys by site."""
        found = self._db.execute(
            f"SELECT {_MEMBER} FROM brm.site WHERE keys = %s ORDER BY site", [keys.hex()]
        )
        return [_member(row) for row in found]

    def save_member(self, member: Member) -> None:
        """Keep a member; a new one belongs to the login that put its registration in."""
        values = _member_values(member)
        names = [name.strip() for name in _MEMBER.split(",")]
        fields = ", ".join(f"{name} = excluded.{name}" for name in names)
        marks = ", ".join(["%s"] * len(names))
        self._db.execute(
            f"INSERT INTO brm.site ({_MEMBER}, login) SELECT {marks}, coalesce((SELECT login"
            " FROM brm.inbox WHERE site = %s ORDER BY number LIMIT 1), '')"
            f" ON CONFLICT (site) DO UPDATE SET {fields}",
            [*values, member.site],
        )

    def invited(self, code: str) -> Invited | None:
        """Who was invited with a code of this SHA-256."""
        found = self._db.execute(f"{_INVITED} WHERE code = %s FOR UPDATE", [code]).fetchone()
        return None if found is None else _invited(found)

    def invitations(self) -> list[Invited]:
        """All who were invited, the oldest first."""
        found = self._db.execute(f"{_INVITED} ORDER BY made_at, code").fetchall()
        return [_invited(row) for row in found]

    def save_invited(self, invited: Invited) -> None:
        """Keep an invitation."""
        one = invited
        self._db.execute(
            "INSERT INTO brm.invitation VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (code) DO UPDATE"
            " SET used_by = excluded.used_by, expires_at = excluded.expires_at",
            [one.code, one.rep, one.person, one.role.value, one.team, one.made_at, one.expires_at,
             one.used_by],
        )  # fmt: skip

    def received(self, site: str | None = None) -> list[Received]:
        """What became of bundles that are not applied, oldest first."""
        statement: LiteralString = f"{_RECEIVED} WHERE state <> %s"
        values = [APPLIED]
        if site is not None:  # a condition of its own, so that the others' are not read
            statement += " AND site = %s"
            values.append(site)
        found = self._db.execute(f"{statement} ORDER BY received_at, site, first", values)
        return [_received(row) for row in found]

    def is_applied(self, site: str, digest: str) -> bool:
        """Whether a bundle was merged already."""
        found = self._db.execute(
            "SELECT 1 FROM brm.inbound WHERE site = %s AND digest = %s AND state = %s",
            [site, digest, APPLIED],
        )
        return found.fetchone() is not None

    def note(self, received: Received) -> None:
        """Keep what became of a bundle."""
        one = received
        reason = None if one.reason is None else phrase_to_json(one.reason)
        self._db.execute(
            "INSERT INTO brm.inbound VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (site, digest) DO UPDATE SET state = excluded.state,"
            " reason = excluded.reason, name = excluded.name",
            [one.site, one.first, one.last, one.digest, one.previous, one.received_at, one.name,
             one.state, reason],
        )  # fmt: skip

    def forget(self, site: str, digest: str) -> None:
        """Forget what became of a bundle that was not applied."""
        self._db.execute("DELETE FROM brm.inbound WHERE site = %s AND digest = %s", [site, digest])

    def _one(self, statement: LiteralString, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        found = self._db.execute(statement, values).fetchone()
        assert found is not None, statement
        return tuple(found)


def _invited(row: tuple[Any, ...]) -> Invited:
    code, rep, person, role, team, made, expires, used = row
    return Invited(code, rep, person, _ROLES[role], team, made, expires, used)


def _received(row: tuple[Any, ...]) -> Received:
    site, first, last, digest, previous, received_at, name, state, reason = row
    why = None if reason is None else phrase_from_json(reason)
    return Received(site, first, last, digest, previous, received_at, name, state, why)


def _member(row: tuple[Any, ...]) -> Member:
    (site, rep, person, device, role, team, keys, status, applied, digest, seen, behind, revoked,
     former, enrolled, seen_at, replied, replied_at, lease) = row  # fmt: skip
    return Member(
        site=site,
        rep=rep,
        person=person,
        device=device,
        role=_ROLES[role],
        team=team,
        keys=PublicKeys.from_hex(keys),
        status=_STATUSES[status],
        applied=applied,
        digest=digest,
        cursor=seen,
        behind=behind,
        revoked_at=revoked,
        former=former,
        enrolled_at=enrolled,
        seen_at=seen_at,
        replied=replied,
        replied_at=replied_at,
        lease_until=lease,
    )


def _member_values(one: Member) -> list[Any]:
    """What :func:`_member` reads, in its order."""
    return [
        one.site,
        one.rep,
        one.person,
        one.device,
        one.role.value,
        one.team,
        one.keys.hex(),
        one.status.value,
        one.applied,
        one.digest,
        one.cursor,
        one.behind,
        one.revoked_at,
        one.former,
        one.enrolled_at,
        one.seen_at,
        one.replied,
        one.replied_at,
        one.lease_until,
    ]
