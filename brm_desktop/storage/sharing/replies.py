"""What the asset answers a site: the rows it may see and has not, and what it should be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from brm_desktop.domain.bundles import BundleHeader, BundleKind
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.membership import Member
from brm_desktop.domain.replies import (
    Notice,
    Reply,
    ReplyHead,
    SiteNote,
    Trouble,
    revoked,
)
from brm_desktop.storage.rows.phrases import phrase_to_json
from brm_desktop.storage.sharing.port import About, Received, Rows
from brm_desktop.storage.sharing.terms import LEASE, TOLD_FOR


def reply_to(
    rows: Rows,
    about: About,
    member: Member,
    now: int,
    most: int | None = None,
    sites: tuple[SiteNote, ...] | None = None,
) -> Reply:
    """The answer to a member; its rows are read while the transaction lasts.

    ``sites`` is what is told of all members, for whoever answers many and so reads them once.
    With ``most``, an answer to a member who has nothing yet, or only lacks what is newest, ends
    with the last change before there are more rows; the rest comes once the member has those.

    Raises
    ------
    Refused
        When the member was revoked: nothing is sealed to it any more.
    """
    if not member.is_active:
        raise Refused(revoked(member.rep))
    upto = rows.horizon()
    complete = member.behind > 0 or member.cursor < rows.floor()
    if most is not None and member.cursor == 0:
        complete = False
    after = 0 if complete else min(member.cursor, upto)
    if most is not None and not complete:
        upto = _upto_with(rows, member, after, upto, most)
    head = ReplyHead(
        asset=about.asset,
        name=about.name,
        site=member.site,
        after=after,
        upto=upto,
        acknowledged=member.applied,
        digest=member.digest,
        complete=complete,
        lease_until=now + LEASE,
        made_at=now,
        rep=member.rep,
        role=member.role.value,
        team=member.team,
        epoch=rows.epoch(),
    )
    return Reply(
        head,
        site_notes(rows.members()) if sites is None else sites,
        tuple(_notice(one) for one in rows.received(member.site) if _is_news(one, now)),
        rows.rows_for(member, after, upto),
    )


def header_of_reply(head: ReplyHead, schema: int) -> BundleHeader:
    """The header of the bundle that a reply travels in."""
    first = min(head.after + 1, head.upto + 1)
    return BundleHeader(
        BundleKind.REPLY, head.asset, head.site, first, head.upto, "", schema, seen=head.after
    )


def header_of_farewell(about: About, member: Member, schema: int) -> BundleHeader:
    """The header of the last bundle for a member: of an answer like all others, to who looks on."""
    seen = member.cursor
    return BundleHeader(
        BundleKind.REPLY, about.asset, member.site, seen + 1, seen, "", schema, seen=seen
    )


def _upto_with(rows: Rows, member: Member, after: int, upto: int, most: int) -> int:
    """The last change up to which there are at most so many rows, and at least one change's."""
    touched = Counter(row.version for row in rows.rows_for(member, after, upto))
    end, count = after, 0
    for version in sorted(touched):
        count += touched[version]
        if count > most and end > after:
            return end
        end = version
    return upto


def _is_news(received: Received, now: int) -> bool:
    """Whether a site is still told: of what waits always, of what was refused for a while."""
    return received.state != Trouble.REFUSED or now - received.received_at < TOLD_FOR


def site_notes(members: Iterable[Member]) -> tuple[SiteNote, ...]:
    """What every site is told of all of them."""
    return tuple(map(_site_note, members))


def _site_note(member: Member) -> SiteNote:
    return SiteNote(
        site=member.site,
        rep=member.rep,
        person=member.person,
        role=member.role.value,
        team=member.team,
        revoked=not member.is_active,
    )


def _notice(received: Received) -> Notice:
    return Notice(
        trouble=received.state,
        first=received.first,
        last=received.last,
        at=received.received_at,
        reason="" if received.reason is None else phrase_to_json(received.reason),
    )
