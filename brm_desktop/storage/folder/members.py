"""Who takes part in a folder's asset, who was invited, and what became of their bundles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.membership import Member, SiteRole, SiteStatus
from brm_desktop.storage.rows.phrases import phrase_from_json, phrase_to_json
from brm_desktop.storage.sharing.port import APPLIED, Invited, Received

if TYPE_CHECKING:
    from sqlite_utils import Database

_ROLES: Final[Mapping[str, SiteRole]] = {role.value: role for role in SiteRole}
_STATUSES: Final[Mapping[str, SiteStatus]] = {status.value: status for status in SiteStatus}
_INVITED: Final = (
    'SELECT lower(hex(code)), rep_name, rep, "role", team, made_at, expires_at, lower(hex(used_by))'
    " FROM invitation"
)
_SELECT: Final = """
    SELECT lower(hex(site.site)), rep_name, rep, device, "role", team, signing_key, sealing_key,
        status, applied_sequence, applied_hash, revoked_at, "cursor", behind, former, enrolled_at,
        seen_at, replied, replied_at, lease_until
    FROM site JOIN member ON member.site = site.site
"""
_SAVE_SITE: Final = """
    INSERT INTO site (site, own, rep_name, rep, device, "role", team, signing_key, sealing_key,
        status, applied_sequence, applied_hash, revoked_at)
    VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site) DO UPDATE SET rep_name = excluded.rep_name, rep = excluded.rep,
        device = excluded.device, "role" = excluded."role", team = excluded.team,
        signing_key = excluded.signing_key, sealing_key = excluded.sealing_key,
        status = excluded.status, applied_sequence = excluded.applied_sequence,
        applied_hash = excluded.applied_hash, revoked_at = excluded.revoked_at
"""
_SAVE_MEMBER: Final = "INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_RECEIVED: Final = """
    SELECT lower(hex(site)), first_sequence, last_sequence, lower(hex(digest)),
        lower(hex(previous)), received_at, name, state, reason
    FROM inbound WHERE state <> ? AND (? IS NULL OR site = ?)
    ORDER BY received_at, site, first_sequence, digest
"""


class FolderMembers:
    """The people's side of what is kept; the rows are those of ``FolderRows``."""

    def __init__(self, db: Database) -> None:
        """Work in the transaction that is open."""
        self._db = db
        self._devices: dict[str, str] | None = None

    def device(self, site: str) -> str:
        """What tells the sites of one device from others."""
        if self._devices is None:
            self._devices = {one.site: one.keys.hex() for one in self.members()}
        return self._devices.get(site, site)

    def member(self, site: str) -> Member | None:
        """A member."""
        found = self._db.execute(f"{_SELECT} WHERE site.site = ?", [_raw(site)]).fetchone()
        return None if found is None else _member(found)

    def keys_of(self, site: str) -> PublicKeys | None:
        """The keys of a member."""
        member = self.member(site)
        return None if member is None else member.keys

    def members(self) -> list[Member]:
        """All members by site."""
        return [_member(row) for row in self._db.execute(f"{_SELECT} ORDER BY site.site")]

    def same_device(self, keys: PublicKeys) -> list[Member]:
        """The members with these keys by site."""
        found = self._db.execute(
            f"{_SELECT} WHERE signing_key = ? AND sealing_key = ? ORDER BY site.site",
            [keys.signing, keys.sealing],
        )
        return [_member(row) for row in found]

    def save_member(self, member: Member) -> None:
        """Keep a member."""
        one, site = member, _raw(member.site)
        self._db.execute(
            _SAVE_SITE,
            [site, one.rep, one.person, one.device, one.role.value, one.team, one.keys.signing,
             one.keys.sealing, one.status.value, one.applied, _raw(one.digest), one.revoked_at],
        )  # fmt: skip
        self._db.execute(
            _SAVE_MEMBER,
            [site, one.cursor, one.behind, _raw(one.former), one.enrolled_at, one.seen_at,
             one.replied, one.replied_at, one.lease_until],
        )  # fmt: skip

    def invited(self, code: str) -> Invited | None:
        """Who was invited with the code of this digest."""
        found = self._db.execute(f"{_INVITED} WHERE code = ?", [_raw(code)]).fetchone()
        return None if found is None else _invited(found)

    def invitations(self) -> list[Invited]:
        """All who were invited, the oldest first."""
        return [_invited(row) for row in self._db.execute(f"{_INVITED} ORDER BY made_at, code")]

    def save_invited(self, invited: Invited) -> None:
        """Keep an invitation."""
        one = invited
        self._db.execute(
            "INSERT OR REPLACE INTO invitation VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [_raw(one.code), one.person, one.rep, one.role.value, one.team, one.made_at,
             one.expires_at, _raw(one.used_by)],
        )  # fmt: skip

    def received(self, site: str | None = None) -> list[Received]:
        """What became of bundles that are not applied, oldest first."""
        raw = None if site is None else _raw(site)
        return [_received(row) for row in self._db.execute(_RECEIVED, [APPLIED, raw, raw])]

    def is_applied(self, site: str, digest: str) -> bool:
        """Whether a bundle was merged already."""
        found = self._db.execute(
            "SELECT 1 FROM inbound WHERE site = ? AND digest = ? AND state = ?",
            [_raw(site), _raw(digest), APPLIED],
        )
        return found.fetchone() is not None

    def note(self, received: Received) -> None:
        """Keep what became of a bundle."""
        one = received
        self._db.execute(
            "INSERT OR REPLACE INTO inbound VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_raw(one.site), one.first, one.last, _raw(one.digest), _raw(one.previous),
             one.received_at, one.name, one.state,
             "" if one.reason is None else phrase_to_json(one.reason)],
        )  # fmt: skip

    def forget(self, site: str, digest: str) -> None:
        """Forget what became of a bundle."""
        self._db.execute(
            "DELETE FROM inbound WHERE site = ? AND digest = ?", [_raw(site), _raw(digest)]
        )


def _raw(text: str) -> bytes:
    return bytes.fromhex(text)


def _received(row: tuple[Any, ...]) -> Received:
    site, first, last, digest, previous, received_at, name, state, reason = row
    why = phrase_from_json(reason) if reason else None
    return Received(site, first, last, digest, previous, received_at, name, state, why)


def _invited(row: tuple[Any, ...]) -> Invited:
    code, rep, person, role, team, made_at, expires_at, used_by = row
    return Invited(code, rep, person, _ROLES[role], team, made_at, expires_at, used_by or "")


def _member(row: tuple[Any, ...]) -> Member:
    (site, rep, person, device, role, team, signing, sealing, status, applied, digest, revoked_at,
     cursor, behind, former, enrolled_at, seen_at, replied, replied_at, lease) = row  # fmt: skip
    return Member(
        site=site,
        rep=rep,
        person=person,
        device=device,
        role=_ROLES[role],
        team=team,
        keys=PublicKeys(signing, sealing),
        status=_STATUSES[status],
        applied=applied,
        digest=digest.hex(),
        cursor=cursor,
        behind=behind,
        revoked_at=revoked_at,
        former=former.hex(),
        enrolled_at=enrolled_at,
        seen_at=seen_at,
        replied=replied,
        replied_at=replied_at,
        lease_until=lease,
    )
