"""Joining the company's asset with an invitation, and going on in it from a restored backup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from platform import node
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.edits.enrolling import colleague_named, join_company
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person
from brm_desktop.session.doors import door_to
from brm_desktop.storage.merging.link import AssetLink

if TYPE_CHECKING:
    from brm_desktop.exchange.invitations import Registration
    from brm_desktop.exchange.sealing import DeviceKeys
    from brm_desktop.session.session import Session
    from brm_desktop.storage.sharing.asset import Door

OnViews = Callable[[Callable[[], object]], object]
"""Does something on the thread of the views and waits for it."""
_REGISTRATION: Final = "registration.brmr"
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

    The store's own organisation becomes the company's and what nobody signed the user's. Enrolling
    once more with the same invitation, when the asset has not answered yet, sends the same keys
    again. On a worker thread, ``on_views`` has what the views see done where they are.

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
    keys = _keys_to_enrol(session, invited.asset, invited.name, invited.rep)
    if invited.expires < session.millis():
        raise Refused(
            phrase(
                "This invitation has run out on {day}: ask for a new one.",
                day=_day(invited.expires),
            )
        )
    place = address or invited.address
    door = door_to(place)
    try:
        door.check()
        user = _joined(
            session, invited.organisation, invited.organisation_name, invited.rep, on_views
        )
        session.shared_store.save_link(
            AssetLink(
                asset=invited.asset,
                name=invited.name,
                address=place,
                public_keys=invited.keys.hex(),
                private_keys=keys,
                role=invited.role,
                team=invited.team,
                rep=user,
                site=site_of(session),
            )
        )
        told = Registration(site_of(session), node(), user, _public(keys), invited.code)
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


def _joined(session: Session, organisation: str, name: str, rep: str, on_views: OnViews) -> str:
    """Make the store one of the company's; gives the id of the user among its people."""
    act, records = session.act(), session.all_records()
    user = session.settings.user
    change = join_company(records, act, organisation, name, rep, user)
    joining = phrase("Join {name}", name=name)
    on_views(lambda: session.apply(joining, change, undoable=False))
    if user is None:
        user = colleague_named(session.records, organisation, rep)
        on_views(lambda: session.change_settings(user=user))
    return user or ""


def _keys_to_enrol(session: Session, asset: str, name: str, rep: str) -> bytes:
    """This device's keys: new ones, or those it had when the asset has not answered yet."""
    from brm_desktop.exchange.sealing import DeviceKeys

    link = session.shared_store.link()
    if link is None:
        return DeviceKeys.new().to_bytes()
    if link.asset != asset:
        raise Refused(
            phrase("This store takes part in {name} already, and in one at a time.", name=link.name)
        )
    if link.pulled_at is not None:
        raise Refused(phrase("This store takes part in {name} already.", name=name))
    waiting = session.records.get(Person, link.rep)
    if waiting is not None and waiting.name != rep:
        raise Refused(
            phrase(
                "This store waits to be taken in as {waiting}; the invitation is for {invited}.",
                waiting=waiting.name,
                invited=rep,
            )
        )
    return link.private_keys


def _register(
    session: Session, door: Door, told: Registration, asset: str, public: PublicKeys
) -> None:
    from brm_desktop.exchange.bundles import bundle_bytes
    from brm_desktop.exchange.invitations import registration_header, registration_lines

    header = registration_header(asset, told, session.schema)
    content, _ = bundle_bytes(header, registration_lines(told), [public], keys_of(session))
    door.send(told.site, _REGISTRATION, content)


def _day(millis: int) -> date:
    return datetime.fromtimestamp(millis / 1000, UTC).astimezone().date()
