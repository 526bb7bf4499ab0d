"""What a store knows of its company's asset: where it is, how far it is, and who takes part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

    from brm_desktop.domain.replies import Notice, SiteNote
    from brm_desktop.storage.driver import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetLink:
    """The asset this store takes part in; moments in milliseconds since 1970, UTC.

    ``public_keys`` are the asset's, as hex; ``private_keys`` this device's. ``rep`` is the id of
    the user among the company's people. ``cursor`` is the asset's change number up to which all is
    here, as it counts in its ``epoch``; ``sequence`` and ``digest`` the last operation that was
    sent and the digest of its bundle, ``acknowledged`` the last that the asset has taken.
    ``looked_at`` is how far this store's own history was looked through for what to send. ``site``
    is as which site the store was enrolled: a copy that goes on as another must be enrolled anew.
    """

    asset: str
    name: str
    address: str
    public_keys: str
    private_keys: bytes = field(repr=False)
    role: str
    team: str
    rep: str
    cursor: int = 0
    acknowledged: int = 0
    sequence: int = 0
    digest: str = ""
    looked_at: int = 0
    lease_until: int | None = None
    sent_at: int | None = None
    pulled_at: int | None = None
    site: str = ""
    epoch: int = 0


_NAMES: Final = tuple(one.name for one in fields(AssetLink) if one.name != "epoch")
_COLUMNS: Final = ", ".join(f'"{name}"' for name in _NAMES)
_EPOCH: Final = "sync.epoch"
FIELDS_ASIDE: Final = "sync.fields_aside"
"""Whether fields that others wrote are kept beside their rows since the lease has run out."""


def read_link(db: Reader) -> AssetLink | None:
    """The asset; ``None`` while the store takes part in none."""
    row = db.execute(f"SELECT {_COLUMNS} FROM asset_link").fetchone()
    if row is None:
        return None
    return AssetLink(**dict(zip(_NAMES, row, strict=True)), epoch=noted(db, _EPOCH))


def save_link(db: Database, link: AssetLink) -> None:
    """Keep what is known of the asset."""
    marks = ", ".join("?" * len(_NAMES))
    db.execute(
        f'INSERT OR REPLACE INTO asset_link ("one", {_COLUMNS}) VALUES (1, {marks})',
        [getattr(link, name) for name in _NAMES],
    )
    note(db, _EPOCH, link.epoch)


def noted(db: Reader, key: str) -> int:
    """A number that is kept beside the settings; 0 when it was never noted."""
    found = db.execute('SELECT value FROM setting WHERE "key" = ?', [key]).fetchone()
    return 0 if found is None else int(found[0])


def note(db: Database, key: str, number: int) -> None:
    """Keep a number beside the settings."""
    if number != noted(db, key):
        db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", [key, str(number)])


def sites(db: Reader) -> list[SiteNote]:
    """Who takes part, as the asset told last; this store's own site among them."""
    from brm_desktop.domain.replies import SiteNote

    rows = db.execute(
        "SELECT site, rep_name, rep, \"role\", team, status FROM site WHERE rep_name <> ''"
        " ORDER BY site"
    )
    return [
        SiteNote(
            site=site.hex(),
            rep=name,
            person=person,
            role=role,
            team=team,
            revoked=status == _REVOKED,
        )
        for site, name, person, role, team, status in rows
    ]


def own_sites(db: Reader) -> tuple[str, ...]:
    """The sites that this store is and was, 16 hex digits each."""
    found = db.execute("SELECT lower(hex(site)) FROM site WHERE own = 1 OR status = 'former'")
    return tuple(site for (site,) in found)


_REVOKED = "revoked"


def save_sites(db: Database, notes: Iterable[SiteNote]) -> None:
    """Keep who takes part; a site that this store was before stays known as that."""
    db.conn.executemany(
        'INSERT INTO site (site, own, device, rep, rep_name, "role", team, applied_sequence,'
        " status) VALUES (?, 0, '', ?, ?, ?, ?, 0, ?) ON CONFLICT (site) DO UPDATE SET"
        ' rep = excluded.rep, rep_name = excluded.rep_name, "role" = excluded."role",'
        " team = excluded.team, status = CASE site.status WHEN 'former' THEN 'former'"
        " ELSE excluded.status END",
        [
            (
                bytes.fromhex(one.site),
                one.person,
                one.rep,
                one.role,
                one.team,
                _REVOKED if one.revoked else "active",
            )
            for one in notes
        ],
    )


def notices(db: Reader) -> list[Notice]:
    """What became of this store's bundles that the asset has not taken, as it told last."""
    from brm_desktop.domain.replies import Notice

    rows = db.execute(
        "SELECT trouble, first_sequence, last_sequence, at, reason FROM notice ORDER BY number"
    )
    return [
        Notice(trouble=trouble, first=first, last=last, at=at, reason=reason)
        for trouble, first, last, at, reason in rows
    ]


def save_notices(db: Database, told: Iterable[Notice]) -> None:
    """Keep what the asset told of this store's bundles, in place of what it told before."""
    db.execute("DELETE FROM notice")
    db.conn.executemany(
        "INSERT INTO notice (trouble, first_sequence, last_sequence, at, reason)"
        " VALUES (?, ?, ?, ?, ?)",
        [(one.trouble, one.first, one.last, one.at, one.reason) for one in told],
    )
