"""An asset in a folder as tests make it, send to it and open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asset_reps import ABOUT, NOW, Rep, invited
from bundling import ASSET

from brm_desktop.domain.operations import Key, RowState
from brm_desktop.domain.replies import Reply
from brm_desktop.exchange.bundles import open_bundle
from brm_desktop.session.asset_craft import craft
from brm_desktop.storage.folder.door import FolderDoor
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.sharing.engine import Asset
from brm_desktop.storage.sharing.port import Letter

PEOPLE = 15


@contextmanager
def open_asset(home: Path) -> Iterator[tuple[Asset, FolderPort]]:
    """The asset, opened and closed again."""
    port = FolderPort(home / "shared", LocalStore(home / "asset.db"), lambda: NOW)
    asset = Asset(port, craft(), 4)
    try:
        yield asset, port
    finally:
        asset.close()


def make_asset(home: Path) -> None:
    """Make an asset in a folder."""
    store = LocalStore.create(home / "asset.db", 1 << 60)
    FolderPort.create(home / "shared", store, ABOUT, lambda: NOW).close()


def send_letter(home: Path, letter: Letter) -> None:
    """Put a bundle into the inbox."""
    name = letter.name.rpartition("/")[2]
    FolderDoor(home / "shared").send(letter.site, name, letter.source)


def week_sent(home: Path) -> list[Rep]:
    """Three reps, enrolled, who each have sent five bundles over the same people."""
    make_asset(home)
    reps = [Rep(number) for number in (1, 2, 3)]
    with open_asset(home) as (asset, _):
        for rep in reps:
            invited(asset, rep)
    for day in range(5):
        for rep in reps:
            if day == 0:
                send_letter(home, rep.registration(f"code {rep.number}"))
            for n in range(PEOPLE):
                rep.write("person", f"p{n}", name=f"by {rep.number}", power=day * 10 + rep.number)
            send_letter(home, rep.letter())
    return reps


def keys_of_all() -> list[Key]:
    """Everybody there is."""
    return [("person", f"p{n}") for n in range(PEOPLE)]


def end_of(home: Path) -> tuple[dict[Key, RowState], list[tuple[str, int]], list[str]]:
    """What an asset has come to: its rows, how far each site is, what is still in the inbox."""
    with open_asset(home) as (_, port):
        with port.transaction() as rows:
            states = rows.states(keys_of_all())
            members = [(one.site, one.applied) for one in rows.members()]
            assert all(len(one) == 3 for one in rows.reaches(keys_of_all()).values())
            assert rows.received() == []
        assert port.store.check() == []
        waiting = [letter.name for letter in port.waiting()]
    return states, members, waiting


def answers_to(home: Path, reps: list[Rep]) -> list[dict[Key, RowState | None]]:
    """What each rep reads in the answer that lies ready."""
    found = []
    for rep in reps:
        path = FolderDoor(home / "shared").fetch(rep.site, 0)
        assert path is not None
        opened = open_bundle(path, rep.keys, lambda _header, key: key == ASSET.public.signing)
        found.append({row.key: row.state for row in Reply.of_lines(opened.lines()).rows})
    return found
