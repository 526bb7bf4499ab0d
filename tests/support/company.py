"""A company with a shared asset in a folder, and reps whose stores take part in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from stores import NOW

from brm_desktop.domain import edits
from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.categories import Category
from brm_desktop.domain.membership import SiteRole
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Choice, Person, Records
from brm_desktop.exchange.invitations import Invitation, write_invitation
from brm_desktop.exchange.sealing import DeviceKeys
from brm_desktop.session import syncing
from brm_desktop.session.asset_craft import craft
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session, SetClock
from brm_desktop.session.syncing import Exported, Pulled
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.sharing.asset import MergeReport
from brm_desktop.storage.sharing.engine import Asset
from brm_desktop.storage.sharing.port import About

ORGANISATION = "0197e0a0-0000-7000-8000-00000000c0de"
ASSET = "0197e0a0-0000-7000-8000-0000000a55e7"
SCHEMA = 4
EDIT = phrase("An edit")


class Company:
    """The asset, its folder and its database, and what the administrator does."""

    def __init__(self, folder: Path, asset: str = ASSET) -> None:
        self.folder = folder
        self.id = asset
        self.home = folder / "shared"
        self.keys = DeviceKeys(bytes(range(32)), bytes(range(32, 64)))
        self.now = NOW
        about = About(
            asset,
            "华东 asset",
            ORGANISATION,
            "Company Ltd",
            str(self.home),
            self.public,
            self.keys.to_bytes(),
        )
        store = LocalStore.create(folder / "asset.brm", 1 << 60)
        FolderPort.create(self.home, store, about, self.millis).close()

    @property
    def public(self) -> PublicKeys:
        return self.keys.public

    def millis(self) -> int:
        return int(self.now.timestamp() * 1000)

    @contextmanager
    def asset(self) -> Iterator[Asset]:
        """The asset, as the merger has it open."""
        port = FolderPort(self.home, LocalStore(self.folder / "asset.brm"), self.millis)
        asset = Asset(port, craft(), SCHEMA)
        try:
            yield asset
        finally:
            asset.close()

    def merge(self) -> MergeReport:
        """Let the merger run once."""
        with self.asset() as asset:
            return asset.merge(self.millis())

    def invite(
        self,
        rep: str,
        team: str = "华东/一部",
        role: SiteRole = SiteRole.REP,
        code: str = "",
    ) -> Path:
        """An invitation for a rep, as a file; another one has another ``code``."""
        code = code or f"code of {rep}"
        with self.asset() as asset:
            invited = asset.invite(code, rep, "", role, team, self.millis())
        path = self.folder / f"{rep}.brmi"
        invitation = Invitation(
            asset=self.id,
            name="华东 asset",
            organisation=ORGANISATION,
            organisation_name="Company Ltd",
            address=str(self.home),
            keys=self.public,
            rep=rep,
            role=role.value,
            team=team,
            code=code,
            expires=invited.expires_at,
        )
        write_invitation(path, invitation, self.keys)
        return path

    def revoke(self, session: Session) -> None:
        """Take nothing more from a rep's device."""
        with self.asset() as asset:
            asset.revoke(f"{session.shared_store.site:016x}", self.millis())

    def rep(self, name: str, skew: timedelta = timedelta(), **invited: object) -> Session:
        """A rep with a new store, enrolled and answered."""
        session = self.store(name, skew)
        syncing.enrol(session, self.invite(name, **invited))  # type: ignore[arg-type]
        self.merge()
        take(session)
        return session

    def store(self, name: str, skew: timedelta = timedelta()) -> Session:
        """A rep's store that takes part in nothing yet."""
        seed = Random(name).getrandbits(32)
        clock = SetClock(self.now + skew, seed)
        return Session.open(self.folder / f"{name}.brm", clock=clock, create=PLAIN)

    def at(self, moment: datetime, *sessions: Session) -> None:
        """Let time go on, here and on computers whose clocks are right."""
        self.now = moment
        for session in sessions:
            clock = session._clock
            assert isinstance(clock, SetClock)
            clock.now = moment


def send(session: Session, to: str = "") -> Exported:
    """Export all that is to be exported."""
    return syncing.export(session, syncing.prepare(session), to)


def take(session: Session, source: str = "") -> Pulled:
    """Pull, and bring it into memory."""
    found = syncing.pull(session, source)
    session.show_written(found.written)
    return found


def share(session: Session, account: AccountId, **chosen: Choice) -> None:
    """Choose how far some categories of an account go."""
    session.open_account(account)
    for part, choice in chosen.items():
        session.edit(phrase("Share"), edits.set_policy, account, Category[part.upper()], choice)


def account(session: Session, name: str = "Acme") -> AccountId:
    """A new account."""
    made = session.edit(phrase("Create"), edits.create_account, name=name)
    return made.added(Account)[0].id


def person(session: Session, name: str) -> Person:
    """The person of a name, in a store, opened or not."""
    (found,) = (one for one in people(session.all_records()) if one.name == name)
    return found


def people(records: Records) -> list[Person]:
    """Everybody."""
    return [*records.all(Person).values()]
