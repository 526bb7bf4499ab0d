"""What is said of an asset on the command line: how it is, who takes part, what a merge did."""

from __future__ import annotations

from datetime import UTC, datetime

from brm_desktop.cli.speaking import say, say_json
from brm_desktop.domain.kinds import kind_word
from brm_desktop.domain.membership import Member
from brm_desktop.language import day, number, tr, trn
from brm_desktop.storage.sharing.asset import AssetStatus, MergeReport
from brm_desktop.storage.sharing.port import Invited, Received


def tell_status(found: AssetStatus, *, as_json: bool) -> None:
    """Print how an asset is."""
    if as_json:
        say_json(
            {
                "asset": found.about.asset,
                "name": found.about.name,
                "change": found.change,
                "counts": dict(found.counts),
                "conflicts": found.conflicts,
                "waiting": found.waiting,
                "members": [_member(one) for one in found.members],
                "invited": [_invited(one) for one in found.invited],
                "troubles": [_trouble(one) for one in found.troubles],
            }
        )
        return
    say(found.about.name)
    for kind, count in found.counts.items():
        say(f"{tr(kind_word(kind))}  {number(count)}")
    say(tr("Conflicts: {n}", n=number(found.conflicts)))
    say(tr("Bundles waiting: {n}", n=number(found.waiting)))
    for one in found.members:
        say(_member_line(one))
    for invited in found.invited:
        say(_invited_line(invited))
    for trouble in found.troubles:
        say(_trouble_line(trouble))


def tell_merged(report: MergeReport, *, as_json: bool) -> None:
    """Print what a run of the merger did."""
    if as_json:
        say_json(_merged(report))
        return
    say(tr("Bundles merged: {n}", n=number(report.bundles)))
    say(tr("Records touched: {n}", n=number(report.rows)))
    say(tr("Devices enrolled: {n}", n=number(len(report.enrolled))))
    say(tr("Replies written: {n}", n=number(report.replies)))
    for one in report.troubles:
        say(_trouble_line(one))
    if report.conflicts:
        say(
            trn(
                "{n} field holds more than one thing that was written at the same time.",
                "{n} fields hold more than one thing that was written at the same time.",
                report.conflicts,
            )
        )


def _merged(report: MergeReport) -> dict[str, object]:
    return {
        "bundles": report.bundles,
        "operations": report.operations,
        "records": report.rows,
        "enrolled": report.enrolled,
        "replies": report.replies,
        "conflicts": report.conflicts,
        "troubles": [_trouble(one) for one in report.troubles],
    }


def tell_members(members: list[Member], *, as_json: bool, withdrawn: int | None = None) -> None:
    """Print devices that take part, as JSON with the number of invitations ``withdrawn``."""
    if as_json:
        more = {} if withdrawn is None else {"withdrawn": withdrawn}
        say_json({"members": [_member(one) for one in members], **more})
        return
    for one in members:
        say(_member_line(one))


def _member(one: Member) -> dict[str, object]:
    return {
        "site": one.site,
        "rep": one.rep,
        "device": one.device,
        "role": one.role.value,
        "team": one.team,
        "status": one.status.value,
        "revoked_at": one.revoked_at,
        "sequence": one.applied,
        "seen_at": moment_said(one.seen_at or one.enrolled_at),
        "lease_until": None if one.lease_until is None else moment_said(one.lease_until),
    }


def _member_line(one: Member) -> str:
    seen = moment_told(one.seen_at or one.enrolled_at)
    team = one.team or tr("no team")
    return f"{one.rep} · {tr(one.role)} · {team} · {one.site} · {tr(one.status)} · {seen}"


def _invited(one: Invited) -> dict[str, object]:
    return {
        "rep": one.rep,
        "role": one.role.value,
        "team": one.team,
        "made_at": moment_said(one.made_at),
        "expires_at": moment_said(one.expires_at),
    }


def _invited_line(one: Invited) -> str:
    until = tr("invited, has until {moment}", moment=moment_told(one.expires_at))
    return f"{one.rep} · {tr(one.role)} · {one.team or tr('no team')} · {until}"


def _trouble(one: Received) -> dict[str, object]:
    return {
        "bundle": one.name,
        "site": one.site,
        "state": one.state,
        "from": one.first,
        "to": one.last,
        "reason": None if one.reason is None else tr(one.reason),
    }


def _trouble_line(one: Received) -> str:
    reason = "" if one.reason is None else tr(one.reason)
    told = tr("{state}. {reason}", state=trouble_said(one.state), reason=reason)
    return tr("{file}: {reason}", file=one.name, reason=told)


def trouble_said(state: str) -> str:
    """What became of a bundle, in the language in use."""
    words = {
        "parked": tr("parked"),
        "quarantined": tr("quarantined"),
        "refused": tr("refused"),
    }
    return words.get(state, state)


def moment_said(millis: int) -> str:
    """A moment of this computer's time zone, as ISO 8601."""
    return _local(millis).isoformat()


def moment_told(millis: int | None) -> str:
    """A moment as people write it, ``6 Dec 2026, 14:05``; a dash for none."""
    if millis is None:
        return "–"
    moment = _local(millis)
    return tr("{day}, {time}", day=day(moment.date()), time=f"{moment:%H:%M}")


def day_told(millis: int) -> str:
    """The day of a moment as people write it, ``6 Dec 2026``."""
    return day(_local(millis).date())


def _local(millis: int) -> datetime:
    return datetime.fromtimestamp(millis // 1000, UTC).astimezone()
