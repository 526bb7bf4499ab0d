"""The sample portfolio of two reps who share it, for pictures: with conflicts and a duplicate."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from brm_desktop.domain.records import AccountId, Person
    from brm_desktop.session.session import Session

_NAMES = {
    "en": ("Wang Min", "Li Lei", "East China", "East China/Shanghai", "Our company"),
    "zh_CN": ("王敏", "李蕾", "华东", "华东/上海", "我们公司"),
}
_TITLES = {"en": ("President", "Chair", "Engineer"), "zh_CN": ("总裁", "董事长", "工程师")}
_NEW = {"en": "Zhou Hang", "zh_CN": "周航"}
_ADDRESS = "S:/BRM"
_PHONE = "138 0013 8000"


def share_sample(place: Path, store: Path, now: datetime, language: str) -> None:
    """Let the store of a sample take part in an asset, and a colleague write beside it.

    Some of it waits to be sent, and some of what came is to be looked at.
    """
    from brm_desktop.domain.membership import SiteRole
    from brm_desktop.session import syncing
    from brm_desktop.session.asset import create_asset
    from brm_desktop.session.protection import PLAIN
    from brm_desktop.session.session import Session, SetClock

    mine, theirs, name, team, company = _NAMES[language]
    clock = SetClock(now, seed=11)
    own = Session.open(store, clock=SetClock(now + timedelta(minutes=1), seed=12))
    other = Session.open(
        place / "colleague.brm",
        clock=SetClock(now + timedelta(minutes=2), seed=13),
        create=PLAIN,
    )
    address = str(place / "asset")
    with (
        own,
        other,
        create_asset(address, name, company, database=place / "asset.db", clock=clock) as asset,
    ):
        for session, rep in ((own, mine), (other, theirs)):
            invitation = place / f"{rep}.brmi"
            asset.invite(invitation, rep, SiteRole.REP, team)
            syncing.enrol(session, invitation)
            asset.merge()
            _take(session)
        account = own.find_account(max(own.holding().accounts, key=lambda one: one.people).id)
        for session in (own, other):
            if session is other:
                _send(own)
                asset.merge()
                _take(other)
            _choose(session, account)
        _write_at_once(own, other, account, language)
        _send(other)
        _send(own)
        asset.merge()
        _take(own)
        _write_more(own, account, language)
        link = own.shared_store.link()
        assert link is not None
        own.shared_store.save_link(replace(link, address=_ADDRESS))  # no place of this computer


def _write_at_once(own: Session, other: Session, account: AccountId, language: str) -> None:
    """Both write the same fields, and both know somebody of one name and number."""
    from brm_desktop.domain import edits
    from brm_desktop.domain.phrase import phrase

    edit, (first, second, third) = phrase("Change a title"), _TITLES[language]
    people = _people(own, account)
    other.open_account(account)
    other.edit(edit, edits.revise_person, people[0].id, title=second)
    own.edit(edit, edits.revise_person, people[0].id, title=first)
    other.edit(edit, edits.revise_person, people[1].id, title=third)
    own.edit(edit, edits.revise_person, people[1].id, title=second)
    other.edit(edit, edits.add_person, account=account, name=people[2].name, phones=(_PHONE,))
    own.edit(edit, edits.revise_person, people[2].id, phones=(_PHONE,))


def _write_more(own: Session, account: AccountId, language: str) -> None:
    """What waits to be sent."""
    from brm_desktop.domain import edits
    from brm_desktop.domain.phrase import phrase

    edit, third, people = phrase("Write more"), _TITLES[language][2], _people(own, account)
    own.edit(edit, edits.revise_person, people[3].id, title=third)
    own.edit(edit, edits.revise_person, people[4].id, phones=(_PHONE,), notes=third)
    own.edit(edit, edits.add_person, account=account, name=_NEW[language], title=third)


def _choose(session: Session, account: AccountId) -> None:
    from brm_desktop.domain import edits
    from brm_desktop.domain.categories import Category
    from brm_desktop.domain.phrase import phrase
    from brm_desktop.domain.records import Choice

    session.open_account(account)
    for category, choice in (
        (Category.STRUCTURE, Choice.TEAM),
        (Category.PERSONAL, Choice.TEAM),
        (Category.CONNECTIONS, Choice.TEAM),
        (Category.OPINIONS, Choice.ASK),
        (Category.PROJECTS, Choice.COMPANY),
        (Category.NOTES, Choice.NEVER),
    ):
        name = phrase("Share {category}", category=category)
        session.edit(name, edits.set_policy, account, category, choice)


def _people(session: Session, account: AccountId) -> list[Person]:
    return sorted(session.analysis(account).people, key=lambda person: person.id)


def _send(session: Session) -> None:
    from brm_desktop.session import syncing

    syncing.export(session, syncing.prepare(session))


def _take(session: Session) -> None:
    from brm_desktop.session import syncing

    session.show_written(syncing.pull(session).written)
