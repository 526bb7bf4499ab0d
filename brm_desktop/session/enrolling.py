"""Joining the company's asset with an invitation, and going on in it from a restored backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from platform import node
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.edits.enrolling import colleague_named, join_company
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person
from brm_desktop.session.doors import door_to
from brm_desktop.storage.merging.link import AssetLink

if TYPE_CHECKING:
    from brm_desktop.exchange.invitations import Invitation, Registration
    from brm_desktop.exchange.sealing import DeviceKeys
    from brm_desktop.session.session import Session
    from brm_desktop.storage.sharing.asset import Door

OnViews = Callable[[Callable[[], object]], object]
"""Does something on the thread of the views and waits for it."""
_ENDING: Final = ".brmr"
_JOIN: Final = phrase("Join {name}")
_ALL: Final = -1
_NOT_ENROLLED: Final = phrase(
    "This store takes part in no shared asset yet: enrol it with the invitation you were sent."
)
_RESTORED: Final = phrase(
    "This store was restored from a backup: renew its enrolment first; what waits to be sent stays."
)


def _here(work: Callable[[], object]) -> object:
    return work()


def enrol(
    session: Session, invitation: Path, address: str = "", *, on_views: OnViews = _here
) -> None:
    """Take part in the asset that an invitation is for; ``address`` where it lies for this device.

    The store's own organisation becomes the company's and what nobody signed the user's. While the
    asset has not answered yet, one may enrol once more with the same invitation or, should somebody
    else have used that, with another one: the store asks under the keys it has, and what it sent is
    taken once it is let in. On a worker thread, ``on_views`` has what the views see done where they
    are.

    Raises
    ------
    Refused
        When the invitation has run out or the store takes part in another asset.
    FileProblem
        When the invitation is none.
    StoreProblem
        When the asset cannot be reached; then nothing is changed, or it can be done again.
    """
    from brm_desktop.exchange.invitations import Registration, read_invitation

    session.leave_supposing_first()
    invited = read_invitation(invitation)
    waiting = session.shared_store.link()
    _may_enrol(session, waiting, invited)
    place = address or invited.address
    door = door_to(place)
    try:
        door.check()
        user = _joined(session, invited, on_views)
        link = _linked(session, waiting, invited, place, user)
        session.shared_store.save_link(link)
        told = Registration(link.site, node(), user, _public(link.private_keys), invited.code)
        _register(session, door, told, invited.asset, invited.keys)
    finally:
        door.close()


def renew(session: Session) -> None:
    """Enrol the store again that goes on as another site since a backup was restored.

    The same device asks for it, so no invitation is needed. What it sent before is taken as it is
    known to the asset; the rest is sent anew. Raises ``Refused`` and ``StoreProblem``.
    """
    from brm_desktop.exchange.invitations import Registration

    link, store = link_of(session), session.shared_store
    if link.site == site_of(session):
        raise Refused(phrase("The enrolment in {name} is in order.", name=link.name))
    door = door_to(link.address)
    try:
        told = Registration(site_of(session), node(), link.rep, _public(link.private_keys), code="")
        public = PublicKeys.from_hex(link.public_keys)
        _register(session, door, told, link.asset, public)
        store.go_on_as(store.site)
    finally:
        door.close()


def link_of(session: Session) -> AssetLink:
    """The asset a store takes part in; raises ``Refused`` while it takes part in none."""
    link = session.shared_store.link()
    if link is None:
        raise Refused(_NOT_ENROLLED)
    return link


def enrolled(session: Session) -> AssetLink:
    """The asset that a store may send to and take from now.

    Raises ``Refused`` also during a what-if, and after a backup was restored.
    """
    session.leave_supposing_first()
    link = link_of(session)
    if link.site != site_of(session):
        raise Refused(_RESTORED)
    return link


def site_of(session: Session) -> str:
    """The 16 hex digits of a store's site."""
    return f"{session.shared_store.site:016x}"


def _public(keys: bytes) -> PublicKeys:
    from brm_desktop.exchange.sealing import DeviceKeys

    return DeviceKeys.from_bytes(keys).public


def keys_of(session: Session) -> DeviceKeys:
    """This device's keys."""
    from brm_desktop.exchange.sealing import DeviceKeys

    return DeviceKeys.from_bytes(link_of(session).private_keys)


def _may_enrol(session: Session, waiting: AssetLink | None, invited: Invitation) -> None:
    """Refuse an invitation that has run out, or a store that is another's or somebody else's."""
    if waiting is not None:
        _may_go_on_waiting(session, waiting, invited)
    if invited.expires < session.millis():
        raise Refused(
            phrase(
                "This invitation has run out on {day}: ask for a new one.",
                day=_day(invited.expires),
            )
        )


def _may_go_on_waiting(session: Session, waiting: AssetLink, invited: Invitation) -> None:
    if waiting.asset != invited.asset:
        raise Refused(
            phrase(
                "This store takes part in {name} already, and in one at a time.", name=waiting.name
            )
        )
    if waiting.pulled_at is not None:
        raise Refused(phrase("This store takes part in {name} already.", name=invited.name))
    user = session.records.get(Person, waiting.rep)
    if user is not None and user.name != invited.rep and _was_invited(session, user):
        raise Refused(
            phrase(
                "This store waits to be taken in as {waiting}; the invitation is for {invited}.",
                waiting=user.name,
                invited=invited.rep,
            )
        )


def _was_invited(session: Session, user: Person) -> bool:
    """Whether an invitation made the user one of us, who is then whom it was for.

    Who he was before is called in the store as the store likes.
    """
    history = session.history(user.id, limit=_ALL)
    return any(line.added and line.name.text == _JOIN.text for line in history)


def _joined(session: Session, invited: Invitation, on_views: OnViews) -> str:
    """Make the store one of the company's; gives the id of the user among its people."""
    act, records = session.act(), session.all_records()
    company, name = invited.organisation, invited.organisation_name
    user = session.settings.user
    change = join_company(records, act, company, name, invited.rep, user)
    joining = phrase(_JOIN.text, name=name)
    on_views(lambda: session.apply(joining, change, undoable=False))
    if user is None:
        user = colleague_named(session.records, company, invited.rep)
        on_views(lambda: session.change_settings(user=user))
    return user or ""


def _linked(
    session: Session, waiting: AssetLink | None, invited: Invitation, place: str, user: str
) -> AssetLink:
    """The asset as it is known from an invitation; what was sent while waiting stays counted."""
    from brm_desktop.exchange.sealing import DeviceKeys

    told: dict[str, Any] = {
        "name": invited.name,
        "address": place,
        "public_keys": invited.keys.hex(),
        "role": invited.role,
        "team": invited.team,
        "rep": user,
        "site": site_of(session),
    }
    if waiting is not None:
        return replace(waiting, **told)
    keys = DeviceKeys.new().to_bytes()
    return AssetLink(asset=invited.asset, private_keys=keys, **told)


def _register(
    session: Session, door: Door, told: Registration, asset: str, public: PublicKeys
) -> None:
    from brm_desktop.exchange.bundles import bundle_bytes
    from brm_desktop.exchange.invitations import registration_header, registration_lines

    header = registration_header(asset, told, session.schema)
    content, _ = bundle_bytes(header, registration_lines(told), [public], keys_of(session))
    door.send(told.site, _name_of(told), content)


def _name_of(told: Registration) -> str:
    """What a registration is called in the inbox: one with another invitation stands beside it."""
    from brm_desktop.storage.sharing.members import code_digest

    beside = f"-{code_digest(told.code)[:8]}" if told.code else ""
    return f"registration{beside}{_ENDING}"


def _day(millis: int) -> date:
    return datetime.fromtimestamp(millis / 1000, UTC).astimezone().date()
