"""Commands about the company's asset: make it, who takes part, merge, erase, how it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from brm_desktop.cli.asset_words import (
    day_told,
    moment_said,
    tell_members,
    tell_merged,
    tell_status,
)
from brm_desktop.cli.opening import as_json, in_language
from brm_desktop.cli.passphrases import new_passphrase, secret_of, tell_recovery_key
from brm_desktop.cli.speaking import SpokenCommand, SpokenGroup, option, say, say_json, tell
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.membership import SiteRole
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import number, tr, trn
from brm_desktop.session.asset import AssetSession, create_asset, database_of, open_asset
from brm_desktop.session.doors import is_server, shown
from brm_desktop.session.protection import PLAIN

F = TypeVar("F", bound=Callable[..., Any])
UNSETTLED = 3
_ROLES: Final[Mapping[str, SiteRole]] = {role.value: role for role in SiteRole}


@click.group(
    "asset",
    cls=SpokenGroup,
    help=phrase("The company's shared asset, for whoever administers it.").text,
)
def asset() -> None:
    """Hold the commands of an asset."""


def the_asset(function: F) -> F:
    """The options ``--asset`` and ``--database``."""
    where = option(
        "--asset",
        "address",
        required=True,
        metavar="FOLDER|URL",
        about=phrase("The shared asset: its folder, or its postgresql:// address."),
    )
    database = option(
        "--database",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        about=phrase("The database of a folder's asset, where it is not in its usual place."),
    )
    return where(database(in_language(function)))


@contextmanager
def opened_asset(
    address: str, database: Path | None, sticks: tuple[Path, ...] = ()
) -> Iterator[AssetSession]:
    """The asset of a command, open as long as it runs."""
    secret = None
    if not is_server(address):
        place = database_of(address, database)
        if database is None and not place.exists():
            raise StoreProblem(
                phrase(
                    "The database of this asset is not in its usual place, {file}: run this on the"
                    " computer that merges, or say with --database where it is.",
                    file=str(place),
                )
            )
        secret = secret_of(place)
    with open_asset(address, database=database, secret=secret, sticks=sticks) as session:
        yield session


@asset.command(cls=SpokenCommand, help=phrase("Make an empty shared asset.").text)
@the_asset
@option("--name", required=True, metavar="NAME", about=phrase("What it is called."))
@option(
    "--company",
    required=True,
    metavar="NAME",
    about=phrase("What your own company is called in everybody's store."),
)
@option("--plain", is_flag=True, about=phrase("Leave the database of a folder unencrypted."))
@as_json
def create(
    address: str,
    database: Path | None,
    name: str,
    company: str,
    plain: bool,
    as_json: bool,
) -> None:
    """Make an asset."""
    wanted = database or Path(f"{name}.db")
    protection = PLAIN if plain or is_server(address) else new_passphrase(wanted)
    made = create_asset(address, name, company, database=database, protection=protection)
    with made as session:
        about, key = session.about, session.recovery_key
    place = None if is_server(address) else database_of(address, database)
    where = shown(address)
    if as_json:
        say_json(
            {
                "asset": about.asset,
                "name": about.name,
                "address": where,
                "database": None if place is None else str(place),
                "encrypted": key is not None,
            }
        )
    else:
        say(tr("The shared asset {name} is made in {place}.", name=about.name, place=where))
        if place is not None:
            say(tr("Its database is on this computer: {file}", file=str(place)))
    if place is not None and key is not None:
        tell_recovery_key(place, key)


@asset.command(
    cls=SpokenCommand,
    help=phrase("Invite a rep: writes the invitation that enrols one device.").text,
)
@the_asset
@option("--rep", required=True, metavar="NAME", about=phrase("Whose device it is."))
@option(
    "--role",
    type=click.Choice(list(_ROLES)),
    default=SiteRole.REP.value,
    show_default=True,
    about=phrase("What the rep may see beyond the team."),
)
@option("--team", default="", metavar="PATH", about=phrase("The team, as east/shanghai/one."))
@option(
    "--address",
    "told",
    default="",
    metavar="FOLDER|URL",
    about=phrase("Where the rep's device finds the asset, when that is not the same."),
)
@option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.brmi",
    about=phrase("The invitation to write; whoever has it can join in the rep's name, once."),
)
@as_json
def enrol(
    address: str,
    database: Path | None,
    rep: str,
    role: str,
    team: str,
    told: str,
    out: Path,
    as_json: bool,
) -> None:
    """Invite a rep."""
    with opened_asset(address, database) as session:
        until = session.invite(out, rep, _ROLES[role], team, address=told)
    if as_json:
        say_json(
            {
                "invitation": str(out),
                "rep": rep,
                "role": role,
                "team": team,
                "until": moment_said(until),
            }
        )
    else:
        day = day_told(until)
        say(tr("{file} invites {rep} until {day}.", file=str(out), rep=rep, day=day))


@asset.command(
    cls=SpokenCommand,
    help=phrase("Give a rep another role or team; the rep's devices get what they may see.").text,
)
@the_asset
@option("--rep", required=True, metavar="NAME", about=phrase("The rep, or a device's digits."))
@option("--role", type=click.Choice(list(_ROLES)), about=phrase("The new role."))
@option("--team", metavar="PATH", about=phrase("The new team."))
@as_json
def move(
    address: str,
    database: Path | None,
    rep: str,
    role: str | None,
    team: str | None,
    as_json: bool,
) -> None:
    """Move a member."""
    with opened_asset(address, database) as session:
        members = session.move(rep, None if role is None else _ROLES[role], team)
    tell_members(members, as_json=as_json)


@asset.command(
    cls=SpokenCommand,
    help=phrase(
        "Take nothing more of a device and answer it no more. What it has stays readable on it"
        " until its lease ends, and what was read or printed cannot be called back."
    ).text,
)
@the_asset
@option("--site", metavar="SITE", about=phrase("One device, by its digits."))
@option("--rep", metavar="NAME", about=phrase("All devices of a rep."))
@option(
    "--at",
    type=click.IntRange(min=0),
    metavar="N",
    about=phrase("Still take what the device wrote up to this sequence number."),
)
@as_json
def revoke(
    address: str,
    database: Path | None,
    site: str | None,
    rep: str | None,
    at: int | None,
    as_json: bool,
) -> None:
    """Revoke devices."""
    if (site is None) == (rep is None):
        raise click.UsageError(tr("Give one of --site SITE or --rep NAME."))
    with opened_asset(address, database) as session:
        revoked = session.revoke(site or rep or "", at)
    n = len(revoked.invitations)
    tell_members(revoked.devices, as_json=as_json, withdrawn=n)
    if n and not as_json:
        say(trn("{n} invitation withdrawn.", "{n} invitations withdrawn.", n))


@asset.command(
    cls=SpokenCommand,
    help=phrase(
        "Erase by request what is known of a person, in the asset, its history, and by the next"
        " reply in every rep's store."
    ).text,
)
@the_asset
@option("--person", required=True, metavar="NAME|ID", about=phrase("Who is to be forgotten."))
@option("--yes", is_flag=True, about=phrase("Do not ask first."))
@as_json
def erase(
    address: str,
    database: Path | None,
    person: str,
    yes: bool,
    as_json: bool,
) -> None:
    """Erase a person."""
    with opened_asset(address, database) as session:
        _, about = session.to_erase(person)
        if not yes:
            _require_erasing(person, len(about))
        erased = session.erase(person)
    if as_json:
        say_json({"erased": [{"kind": kind, "id": row} for kind, row in erased]})
    else:
        say(trn("{n} record erased.", "{n} records erased.", len(erased)))
        tell(tr("Backups of the asset still hold it: remove those, too."))


def _require_erasing(person: str, count: int) -> None:
    """Ask whether that is meant, now that it is known what there is."""
    asked = trn(
        "Erase {n} record about {name}? Nobody can bring it back.",
        "Erase {n} records about {name}? Nobody can bring them back.",
        count,
        name=person,
    )
    click.confirm(asked, abort=True, err=True)


@asset.command(
    "status", cls=SpokenCommand, help=phrase("How the asset is, and who takes part.").text
)
@the_asset
@as_json
def status_(
    address: str,
    database: Path | None,
    as_json: bool,
) -> None:
    """Show how the asset is."""
    with opened_asset(address, database) as session:
        tell_status(session.status(), as_json=as_json)


@click.command(
    "merge",
    cls=SpokenCommand,
    help=phrase(
        "Merge what reps have sent into the shared asset and answer them; run by the merger, as"
        " often as is wanted, also from a schedule."
    ).text,
)
@the_asset
@option(
    "--stick",
    "sticks",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    about=phrase("Take what lies on a stick as well and leave answers there; may be repeated."),
)
@as_json
def sync_merge(
    address: str,
    database: Path | None,
    sticks: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Merge into the asset."""
    with opened_asset(address, database, sticks) as session:
        report = session.merge(_tell_share)
    tell_merged(report, as_json=as_json)
    return 0 if report.is_clean else UNSETTLED


def _tell_share(done: int, of: int) -> None:
    if done and (done == of or done % 100 == 0):
        tell(tr("Bundles: {done} of {n}", done=number(done), n=number(of)))
