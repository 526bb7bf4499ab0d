"""The company's asset in the hands of its administrator and of the merger.

An asset is known by its address: a folder, whose database lies on this computer, or a PostgreSQL
server. Where a folder's database is: in a file that is named, else under the asset's id in the
user's own folder for data, so that nobody gets it who only may write into the shared folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from brm_desktop.domain.errors import Ambiguous, NotFound, Refused, StoreProblem
from brm_desktop.domain.membership import Member, SiteRole
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.rules import Rules
from brm_desktop.session.clock import Clock, IdMaker, SystemClock
from brm_desktop.session.doors import is_server, without_login
from brm_desktop.session.protection import PLAIN, Protection, make_store, open_store
from brm_desktop.storage.driver import told_of
from brm_desktop.storage.folder.letterbox import Letterbox
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.keys.store_key import recovery_key
from brm_desktop.storage.opening import newest_version
from brm_desktop.storage.sharing.asset import AssetStatus, MergeReport
from brm_desktop.storage.sharing.engine import Asset, Progress
from brm_desktop.storage.sharing.port import About, Invited

if TYPE_CHECKING:
    from brm_desktop.domain.asset_report import AssetReport
    from brm_desktop.domain.operations import Key
    from brm_desktop.session.asset_reporting import Progress as ReportProgress
    from brm_desktop.storage.sharing.port import Port

__all__ = ["AssetSession", "SiteRole", "create_asset", "database_of", "open_asset"]

_APP: Final = "brm-desktop"
_CODE_BITS: Final = 160
_LONGEST_NAME: Final = 200


def database_of(address: str, database: Path | None = None) -> Path:
    """The file that holds a folder's asset on this computer; raises ``StoreProblem``."""
    return database or _place_of(Letterbox(Path(address)).card().asset)


def create_asset(
    address: str,
    name: str,
    company: str,
    *,
    database: Path | None = None,
    protection: Protection = PLAIN,
    clock: Clock | None = None,
) -> AssetSession:
    """Make an empty asset in a folder or in a PostgreSQL database, and open it.

    ``company`` is what our own organisation is called everywhere. ``protection`` is that of a
    folder's database.

    Raises
    ------
    Refused
        When there is one already, or a name is missing.
    StoreProblem
        When nothing can be made there.
    """
    from brm_desktop.exchange.sealing import DeviceKeys

    clock = clock or SystemClock()
    for text in (name, company):
        if not text.strip() or len(text) > _LONGEST_NAME:
            raise Refused(
                phrase("Give a name of at most {n} characters.", n=_LONGEST_NAME),
            )
    new_id, keys = IdMaker(clock), DeviceKeys.new()
    public = without_login(address)
    about = About(
        new_id(), name.strip(), new_id(), company.strip(), public, keys.public, keys.to_bytes()
    )
    if is_server(address):
        from brm_desktop.storage.postgres.port import PostgresPort

        return AssetSession(PostgresPort.create(address, about), clock)
    port = _create_in_folder(Path(address).absolute(), about, database, protection, clock)
    return AssetSession(port, clock)


def open_asset(
    address: str,
    *,
    database: Path | None = None,
    secret: str | None = None,
    sticks: Sequence[Path] = (),
    clock: Clock | None = None,
) -> AssetSession:
    """Open an asset to administer it and to merge; ``secret`` opens a folder's database.

    Bundles that lie on ``sticks`` are taken as well, and answers left there.

    Raises
    ------
    StoreProblem
        When there is none, its database is elsewhere or locked, or another merger is at work.
    """
    clock = clock or SystemClock()
    if is_server(address):
        from brm_desktop.storage.postgres.port import PostgresPort

        return AssetSession(PostgresPort(address, sticks), clock)
    store = open_store(database_of(address, database), secret)
    folder = Path(address).absolute()
    return AssetSession(FolderPort(folder, store, clock.millis, sticks), clock)


class Revoked(NamedTuple):
    """Devices of which nothing more is taken, and invitations with which nobody enrols any more."""

    devices: list[Member]
    invitations: list[Invited]


class AssetSession:
    """An open asset; close it in the end."""

    def __init__(self, port: Port, clock: Clock) -> None:
        from brm_desktop.session.asset_craft import craft

        self._clock = clock
        self._asset = Asset(port, craft(), newest_version())
        self._port = port

    @property
    def about(self) -> About:
        """What the asset is."""
        return self._asset.about

    @property
    def recovery_key(self) -> str | None:
        """What opens a folder's encrypted database when its passphrase is lost."""
        if not isinstance(self._port, FolderPort) or self._port.store.key is None:
            return None
        return recovery_key(self._port.store.key)

    def invite(
        self, to: Path, rep: str, role: SiteRole, team: str, *, person: str = "", address: str = ""
    ) -> int:
        """Write an invitation for a rep's device; gives until when it is good, ms since 1970.

        ``address`` is where that device finds the asset, with its own login on a server; by
        default as it was given when the asset was made, without whose login that was.

        Raises
        ------
        Refused
            When nobody is named.
        FileProblem
            When the file cannot be written; then nobody has the code.
        """
        from brm_desktop.exchange.invitations import Invitation, write_invitation
        from brm_desktop.exchange.sealing import DeviceKeys

        code = f"{self._clock.bits(_CODE_BITS):040x}"
        about = self.about
        invited = self._asset.invite(code, rep, person, role, team, self._clock.millis())
        invitation = Invitation(
            about.asset,
            about.name,
            about.organisation,
            about.organisation_name,
            address or about.address,
            about.public,
            invited.rep,
            invited.role.value,
            invited.team,
            code,
            invited.expires_at,
        )
        write_invitation(to, invitation, DeviceKeys.from_bytes(about.private))
        return invited.expires_at

    def merge(self, progress: Progress | None = None) -> MergeReport:
        """Take all that waits, keep what retention says, and answer every site.

        Raises ``StoreProblem`` when that cannot be done; it can be run again.
        """
        now = self._clock.millis()
        return self._asset.merge(now) if progress is None else self._asset.merge(now, progress)

    def move(self, query: str, role: SiteRole | None, team: str | None) -> list[Member]:
        """Give a member's devices another role or team; raises ``NotFound``."""
        return [
            self._asset.move(
                one.site, role or one.role, one.team if team is None else team.strip("/ ")
            )
            for one in self.members(query)
            if one.is_active
        ]

    def revoke(self, query: str, at: int | None = None) -> Revoked:
        """Take nothing more of a device, or of all of a rep's, after a sequence.

        With a rep's devices go the invitations that he has not used. Raises ``NotFound`` when there
        is neither, and ``Refused`` for a sequence of several devices.
        """
        now = self._clock.millis()
        try:
            members = self.members(query)
        except NotFound:
            withdrawn = self._asset.withdraw(query, now)
            if not withdrawn:
                raise
            return Revoked([], withdrawn)
        if at is not None and len(members) > 1:
            raise Refused(phrase("Name one device: a sequence is only of one."))
        revoked = {
            two.site: two for one in members for two in self._asset.revoke(one.site, now, at)
        }
        return Revoked(list(revoked.values()), self._asset.withdraw(query, now))

    def members(self, query: str) -> list[Member]:
        """The devices that a text means: a site's digits, the beginning of them, or a rep's name.

        Raises ``NotFound``, and ``Ambiguous`` when a beginning fits several.
        """
        members = self.status().members
        named = [one for one in members if query in (one.rep, one.site)]
        fitting = named or [one for one in members if query and one.site.startswith(query)]
        if not fitting:
            raise NotFound(phrase("No device or rep {name} is enrolled here.", name=query))
        if not named and len(fitting) > 1:
            raise Ambiguous(
                phrase(
                    "Several devices begin with {name}: {names}.",
                    name=query,
                    names=", ".join(one.site for one in fitting),
                )
            )
        return fitting

    def to_erase(self, query: str) -> tuple[str, list[Key]]:
        """What a person's name or any id means, and which rows erasing it would erase.

        Raises ``NotFound``, and ``Ambiguous`` for a name of several people.
        """
        people = self._asset.people_named(query)
        if len(people) > 1:
            raise Ambiguous(
                phrase(
                    "Several people are called {name}: {names}.",
                    name=query,
                    names=", ".join(row for _, row in people),
                )
            )
        row = people[0][1] if people else query
        return row, self._asset.rows_about(row)

    def erase(self, query: str) -> list[Key]:
        """Erase what is known of a person, or of whatever has an id; raises as :meth:`to_erase`."""
        row, _ = self.to_erase(query)
        return self._asset.erase(row, self._clock.millis())

    def status(self) -> AssetStatus:
        """How the asset is."""
        return self._asset.status()

    def report(self, progress: ReportProgress) -> AssetReport:
        """Who contributed, and how complete and sure everything is; raises ``StoreProblem``."""
        from brm_desktop.session.asset_reporting import report_of

        return report_of(self._port, self._clock.today(), Rules(), progress)

    def close(self) -> None:
        """Let go of the asset."""
        self._asset.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _create_in_folder(
    folder: Path, about: About, database: Path | None, protection: Protection, clock: Clock
) -> FolderPort:
    box = Letterbox(folder)
    if box.is_asset():
        raise Refused(phrase("There is a shared asset in {folder} already.", folder=str(folder)))
    _see_the_folder_above(folder)
    box.make()
    path = database or _place_of(about.asset)
    if database is None:
        with told_of(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    store = make_store(path, clock.bits(64), protection)
    return FolderPort.create(folder, store, replace(about, address=str(folder)), clock.millis)


def _see_the_folder_above(folder: Path) -> None:
    """Refuse a folder in one that is not there: more often than wanted it is a mistyped path."""
    missing = [above for above in folder.parents if not above.is_dir()]
    if missing:
        raise StoreProblem(
            phrase(
                "{folder} cannot be made, since there is no folder {missing}: correct the path, or"
                " make that folder first.",
                folder=str(folder),
                missing=str(missing[-1]),
            )
        )


def _place_of(asset: str) -> Path:
    """Where the database of a folder's asset is by default."""
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False) / "assets" / f"{asset}.db"
