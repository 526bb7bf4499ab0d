"""Who takes part in an asset: invited, enrolled, moved, revoked; and what is erased by request."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Final

from brm_desktop.domain.errors import NotFound, Refused
from brm_desktop.domain.membership import Member, SiteRole, SiteStatus
from brm_desktop.domain.operations import Key
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.sharing.asset import Registered
from brm_desktop.storage.sharing.port import Invited, Rows
from brm_desktop.storage.sharing.terms import INVITED_FOR

_LONGEST: Final = 200
_SLICE: Final = 2_000


def code_digest(code: str) -> str:
    """What is kept of an invitation's code."""
    return sha256(b"BRM Desktop invitation: " + code.encode()).hexdigest()


def invite(
    rows: Rows, code: str, rep: str, person: str, role: SiteRole, team: str, now: int
) -> Invited:
    """Invite a rep, who may enrol one device with the code; raises ``Refused``."""
    if not rep.strip() or len(rep) > _LONGEST or len(team) > _LONGEST:
        raise Refused(phrase("Say who is invited, in at most {n} characters.", n=_LONGEST))
    invited = Invited(
        code_digest(code), rep.strip(), person, role, team.strip("/ "), now, now + INVITED_FOR
    )
    rows.save_invited(invited)
    return invited


def enrol(rows: Rows, registered: Registered, now: int) -> Member:
    """Enrol a device: one that was invited, or one that goes on as another site.

    After a backup was restored the same keys come with another site and no code; what the former
    site had still on its way is taken as well. Registering again changes nothing.

    Raises
    ------
    Refused
        When the code is wrong, used or too old, or the site is somebody else's.
    """
    there = rows.member(registered.site)
    if there is not None:
        if there.keys != registered.keys:
            raise Refused(phrase("Another device is enrolled under that site."))
        return there
    member = _gone_on(rows, registered, now) if not registered.code else None
    if member is None:
        member = _invited(rows, registered, now)
    rows.save_member(member)
    return member


def _new(rows: Rows, registered: Registered, rep: str, role: SiteRole, team: str) -> Member:
    return Member(
        site=registered.site,
        rep=rep,
        person=registered.person,
        device=registered.device,
        role=role,
        team=team,
        keys=registered.keys,
        behind=rows.change(),
    )


def _invited(rows: Rows, registered: Registered, now: int) -> Member:
    invited = rows.invited(code_digest(registered.code))
    if invited is None:
        raise Refused(phrase("Nobody was invited with the code of this registration."))
    if invited.used_by:
        raise Refused(phrase("The invitation of {rep} was used already.", rep=invited.rep))
    if now > invited.expires_at:
        raise Refused(
            phrase("The invitation of {rep} has run out or was withdrawn.", rep=invited.rep)
        )
    rows.save_invited(replace(invited, used_by=registered.site))
    member = _new(rows, registered, invited.rep, invited.role, invited.team)
    return replace(member, person=invited.person or registered.person, enrolled_at=now)


def _gone_on(rows: Rows, registered: Registered, now: int) -> Member | None:
    """The member a device goes on from that has the same keys and is not revoked."""
    former = next((one for one in rows.same_device(registered.keys) if one.is_active), None)
    if former is None:
        return None
    member = _new(rows, registered, former.rep, former.role, former.team)
    return replace(
        member,
        person=former.person,
        device=registered.device or former.device,
        former=former.site,
        enrolled_at=now,
    )


def revoke(rows: Rows, site: str, at: int | None) -> list[Member]:
    """Take nothing more of a device after a sequence, by default after what is merged now.

    Every site with the same keys is revoked, since whoever has one of them has all. Raises
    ``NotFound``.
    """
    keys = _member(rows, site).keys
    revoked = [
        replace(
            one,
            status=SiteStatus.REVOKED,
            replied_at=None,
            revoked_at=max(at, one.applied) if at is not None and one.site == site else one.applied,
        )
        for one in rows.same_device(keys)
    ]
    for one in revoked:
        rows.save_member(one)
    return revoked


def withdraw(rows: Rows, rep: str, now: int) -> list[Invited]:
    """Let nobody enrol any more with what a rep was invited with and has not used; gives those."""
    withdrawn = [
        replace(one, expires_at=now - 1)
        for one in rows.invitations()
        if one.rep == rep and not one.used_by and one.expires_at >= now
    ]
    for one in withdrawn:
        rows.save_invited(one)
    return withdrawn


def move(rows: Rows, site: str, role: SiteRole, team: str) -> Member:
    """Give a member another role or team; it gets all that it may see then. Raises ``NotFound``."""
    member = _member(rows, site)
    if (member.role, member.team) == (role, team):
        return member
    moved = replace(member, role=role, team=team, behind=rows.change())
    rows.save_member(moved)
    return moved


def _member(rows: Rows, site: str) -> Member:
    member = rows.member(site)
    if member is None:
        raise NotFound(phrase("No device {site} is enrolled here.", site=site))
    return member


def rows_to_erase(rows: Rows, row: str) -> list[Key]:
    """What is known of one id: its row and all that name it; raises ``NotFound`` for nothing."""
    about = rows.rows_about(row)
    keys = sorted(set(about) - rows.erased(about))
    if not keys:
        raise NotFound(phrase("There is nothing of {name} here.", name=row))
    return keys


def erase(rows: Rows, row: str, now: int) -> list[Key]:
    """Erase what is known of one id, by request: its row and all that name it; gives what.

    Raises ``NotFound`` when there is nothing.
    """
    keys = rows_to_erase(rows, row)
    change = rows.change()
    for start in range(0, len(keys), _SLICE):
        rows.erase(keys[start : start + _SLICE], change, now)
    return keys
