"""A store joins an asset on a server, also when it has to ask twice."""

from __future__ import annotations

from pathlib import Path

from company import take
from postgres_server import Server, fresh_database
from stores import NOW

from brm_desktop.domain.membership import SiteRole
from brm_desktop.session import syncing
from brm_desktop.session.asset import AssetSession, create_asset
from brm_desktop.session.clock import SetClock
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session


def invited(asset: AssetSession, folder: Path, name: str) -> Path:
    asset.invite(folder / name, "李雷", SiteRole.REP, "华东")
    return folder / name


def a_rep(folder: Path, name: str) -> Session:
    clock = SetClock(NOW, seed=len(name))
    return Session.open(folder / name, clock=clock, create=PLAIN)


def test_a_store_whose_invitation_somebody_else_used_joins_with_another(
    postgres_server: Server, tmp_path: Path
) -> None:
    with fresh_database(postgres_server) as database:
        address = postgres_server.administrator_of(database)
        clock = SetClock(NOW, 5)
        with (
            create_asset(address, "华东", "我们公司", clock=clock) as asset,
            a_rep(tmp_path, "thief.brm") as thief,
            a_rep(tmp_path, "li.brm") as li,
        ):
            first = invited(asset, tmp_path, "first.brmi")
            syncing.enrol(thief, first, address)
            asset.merge()
            syncing.enrol(li, first, address)
            syncing.enrol(li, invited(asset, tmp_path, "second.brmi"), address)
            merged = asset.merge()
            assert (len(merged.enrolled), len(merged.troubles)) == (1, 1)
            assert take(li).answered
