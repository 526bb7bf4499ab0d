"""A look at an asset on a server: what it holds, nothing to change, nothing left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from postgres_server import Server, fresh_database

from brm_desktop.domain import edits
from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.errors import Refused, StoreProblem
from brm_desktop.domain.operations import RowState
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Person
from brm_desktop.session.asset_view import open_server_view
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.sharing.port import About, Merged

STAMP = "00000000000100000000000000000001"
ABOUT = About(
    "00000000-0000-0000-0000-000000000001",
    "East",
    "our-company",
    "We",
    "",
    PublicKeys(b"s" * 32, b"e" * 32),
    b"p" * 64,
)
ROWS = {
    ("organisation", "o"): {"name": "华辰", "kind": "customer"},
    ("account", "a"): {
        "organisation": "o",
        "tier": "key",
        "lifecycle": "new",
        "stage": "grow",
        "screening": "undecided",
    },
    ("person", "p"): {"name": "陈国栋", "organisation": "o", "adaptability": "unknown"},
    ("person", "gone"): {"name": "Gone", "organisation": "o", "adaptability": "unknown"},
}


@pytest.fixture
def address(postgres_server: Server) -> Iterator[str]:
    """An asset with an account and a person, and one who was deleted."""
    with fresh_database(postgres_server) as database:
        found = postgres_server.administrator_of(database)
        with closing(PostgresPort.create(found, ABOUT)) as port, port.transaction() as rows:
            states = [
                RowState(kind=kind, row=row, values=values, clock={"*": STAMP})
                for (kind, row), values in ROWS.items()
            ]
            later = STAMP.replace("1", "2", 1)
            gone = RowState(
                kind="person",
                row="gone",
                values=states[-1].values,
                clock=states[-1].clock,
                deletions={later: (STAMP,)},
            )
            rows.put([Merged(one, "") for one in (*states[:-1], gone)], rows.change(), 1)
        yield found


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_an_asset_on_a_server_is_looked_at_and_not_changed(address: str, places: Path) -> None:
    with open_server_view(address) as view:
        assert [line.name for line in view.portfolio()] == ["华辰"]
        view.open_account(AccountId("a"))
        assert [one.name for one in view.records.where(Person, organisation="o")] == ["陈国栋"]
        assert view.path.is_relative_to(places)
        assert "陈国栋".encode() not in view.path.read_bytes()
        with pytest.raises(Refused, match="view"):
            view.edit(phrase("Test"), edits.add_person, account=AccountId("a"), name="X")
        with pytest.raises(Refused, match="view"):
            view.undo()
        assert view.check() == []
    assert list(places.iterdir()) == []


def test_a_look_that_is_not_wanted_any_more_leaves_nothing(address: str, places: Path) -> None:
    with pytest.raises(StoreProblem):
        open_server_view(address, stopped=lambda: True)
    with pytest.raises(StoreProblem):
        open_server_view(address.replace("/asset_", "/nothing_"))
    assert list(places.iterdir()) == []
