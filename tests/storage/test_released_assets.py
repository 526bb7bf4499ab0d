"""An asset that an earlier version merged goes on with today's: it tells everybody the same."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asset_reps import ABOUT, DAY, NOW, Rep
from asset_world import PERSON

from brm_desktop.domain.operations import Operation
from brm_desktop.session.asset_craft import craft
from brm_desktop.storage.folder.letterbox import Card, Letterbox
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.sharing.engine import Asset

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = ("asset", "name", "organisation", "organisation_name")


@pytest.fixture
def recorded() -> dict[str, Any]:
    said: dict[str, Any] = json.loads((FIXTURES / "asset-5.json").read_text("utf-8"))
    return said


@pytest.fixture
def port(tmp_path: Path) -> Iterator[FolderPort]:
    """The asset as it was left, in a folder of today's."""
    path, home = tmp_path / "asset.db", tmp_path / "shared"
    path.write_bytes(gzip.decompress((FIXTURES / "asset-5.db.gz").read_bytes()))
    box = Letterbox(home)
    home.mkdir()
    box.make()
    box.put_card(Card(**{name: getattr(ABOUT, name) for name in NAMES}, keys=ABOUT.public))
    opened = FolderPort(home, LocalStore(path), lambda: NOW)
    yield opened
    assert opened.store.check() == []
    opened.close()


def _told(port: FolderPort, rep: int, after: int) -> list[Any]:
    with port.transaction() as rows:
        member = rows.member(Rep(rep).site)
        assert member is not None
        return [
            [
                one.kind,
                one.row,
                one.version,
                one.erased,
                None if one.state is None else sorted(map(list, one.state.values.items())),
            ]
            for one in rows.rows_for(member, after, rows.horizon())
        ]


def test_an_asset_of_an_earlier_version_tells_everybody_what_it_told(
    port: FolderPort, recorded: dict[str, Any]
) -> None:
    for whom, rows in recorded["told"].items():
        rep, after = map(int, whom.split(" after "))
        assert _told(port, rep, after) == rows, whom


def test_an_asset_of_an_earlier_version_goes_on(port: FolderPort, recorded: dict[str, Any]) -> None:
    one = Rep(1, sequence=recorded["sequence"], digest=recorded["digest"], counter=99)
    with port.transaction() as rows:
        state = rows.states([PERSON])[PERSON]
    stamp = one.stamp()
    over = {"title": (state.clock["title"],), "notes": (state.clock["notes"],)}
    values = {"title": "CEO again", "notes": "met once more"}
    said = Operation(
        kind="person", row="p1", values=values, stamps=dict.fromkeys(values, stamp), over=over
    )
    letter = one.letter([said])
    assert isinstance(letter.source, bytes)
    Letterbox(Path(port.about.address)).send(
        one.site, letter.name.rpartition("/")[2], letter.source
    )
    asset = Asset(port, craft(), 6)
    assert asset.merge(NOW).rows == 1
    (told,) = _told(port, 3, recorded["horizon"])
    assert told[:2] == [*PERSON]
    assert told[2] > recorded["horizon"]
    assert dict(told[4]).items() >= values.items()


def test_what_an_asset_of_an_earlier_version_deleted_is_let_go_of_in_time(
    port: FolderPort, recorded: dict[str, Any]
) -> None:
    asset = Asset(port, craft(), 6)
    asset.merge(NOW + 181 * DAY)
    with port.transaction() as rows:
        (gone,) = rows.states([("person", "p5")]).values()
        assert gone.values == {"adaptability": "unknown"}
    asset.merge(NOW + 401 * DAY)
    assert [row for row in _told(port, 3, 0) if row[1] == "p1"] == [
        row for row in recorded["told"]["3 after 0"] if row[1] == "p1"
    ]
