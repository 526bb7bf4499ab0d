"""Who takes part in the company's asset, in which role, and what they may see there (sync §5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.phrase import Word

TEAM_MARK: Final = "/"
"""Between the parts of a team's path: ``华东/上海/一部``."""


class SiteRole(Word):
    """What a device's user is in the company; more than a rep sees more than one team."""

    REP = "rep", "rep"
    LEAD = "lead", "account lead"
    OFFICE = "office", "office"
    REGION = "region", "region"
    SPONSOR = "sponsor", "sponsor"
    HEAD_OFFICE = "head_office", "head office"
    ADMINISTRATOR = "administrator", "administrator"


SEES_ALL: Final = frozenset((SiteRole.SPONSOR, SiteRole.HEAD_OFFICE, SiteRole.ADMINISTRATOR))
SEES_BELOW: Final = frozenset((SiteRole.OFFICE, SiteRole.REGION))


class SiteStatus(Word):
    """Whether a device still takes part."""

    ACTIVE = "active", "active"
    REVOKED = "revoked", "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A device that was enrolled, and how far the asset is with it.

    ``site`` is 16 hex digits; ``person`` the rep's id among the company's people, "" for none.
    ``applied`` is the last sequence that was merged and ``digest`` that of its bundle; ``cursor``
    the change number that the site said it has. Until it says it has ``behind``, it is answered
    with all there is; 0 when it is not behind. ``revoked_at`` is the last sequence that is still
    taken. ``former`` is the site that went on as this one when a backup was restored. Moments are
    milliseconds since 1970, UTC.
    """

    site: str
    rep: str
    person: str
    device: str
    role: SiteRole
    team: str
    keys: PublicKeys
    status: SiteStatus = SiteStatus.ACTIVE
    applied: int = 0
    digest: str = ""
    cursor: int = 0
    behind: int = 0
    revoked_at: int | None = None
    former: str = ""
    enrolled_at: int = 0
    seen_at: int | None = None
    replied: int = 0
    replied_at: int | None = None
    lease_until: int | None = None

    @property
    def is_active(self) -> bool:
        """Whether it still takes part."""
        return self.status is SiteStatus.ACTIVE


class RowReach(NamedTuple):
    """Who may see a row by one site's wish, and who could before.

    ``audience`` is ``"team"`` (then ``team``'s path is the one of the site when it wished so),
    ``"company"``, or "" when the site took the row back; ``former`` is the widest that it ever was.
    """

    kind: str
    row: str
    site: str
    audience: str
    team: str
    former: str


def reach_after(before: RowReach | None, now: RowReach) -> RowReach:
    """A site's wish after another one, with what was wider before remembered."""
    known = {now.former, now.audience} | ({before.former, before.audience} if before else set())
    former = next((one for one in ("company", "team") if one in known), "")
    team = now.team or (before.team if before is not None else "")
    return RowReach(now.kind, now.row, now.site, now.audience, team, former)


def may_see(reader: Member, reach: RowReach) -> bool:
    """Whether a site may see a row by one wish; its own contributions it always may."""
    return bool(reach.audience) and (
        reach.site == reader.site or _is_within(reader, reach.audience, reach.team)
    )


def could_see(reader: Member, reach: RowReach) -> bool:
    """Whether a site could see a row by one wish at some time, and so may still have it."""
    return reach.site == reader.site or _is_within(reader, reach.former, reach.team)


def reaches_all_of(one: RowReach, other: RowReach) -> bool:
    """Whether whoever may see a row by another wish may see it by this one as well."""
    return one.audience == "company" or (
        one.audience == other.audience == "team" and one.team == other.team
    )


def stands_above(role: SiteRole, own: str, team: str) -> bool:
    """Whether a role in a team sees what another team shares within itself."""
    if role in SEES_ALL or own == team:
        return True
    return role in SEES_BELOW and (not own or team.startswith(own + TEAM_MARK))


def _is_within(reader: Member, audience: str, team: str) -> bool:
    return audience == "company" or (
        audience == "team" and stands_above(reader.role, reader.team, team)
    )
