"""What a server, or the program before it, refuses: one sentence each, and nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from postgres_server import Server
from psycopg import errors
from told import told

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.storage.postgres import door
from brm_desktop.storage.postgres.door import PostgresDoor
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.postgres.reaching import told_of_server
from tests.storage.postgres.conftest import Connect
from tests.storage.postgres.test_rows import ABOUT, SITES


@pytest.fixture
def asset(server: Server, database: str) -> Iterator[PostgresPort]:
    """An empty asset, as its merger has it."""
    with closing(PostgresPort.create(server.administrator_of(database), ABOUT)) as made:
        yield made


def test_a_database_holds_one_asset(asset: PostgresPort, server: Server, database: str) -> None:
    with told(StoreProblem, "There is an asset in this database already"):
        PostgresPort.create(server.administrator_of(database), ABOUT)


def test_tables_without_the_keys_of_an_asset_are_none(
    asset: PostgresPort, connect: Connect, server: Server, database: str
) -> None:
    connect("administrator").execute("DELETE FROM brm.secret")
    with told(StoreProblem, "There is no asset in this database"):
        PostgresPort(server.administrator_of(database))


def test_a_bundle_larger_than_the_server_takes_is_not_sent(
    asset: PostgresPort,
    connect: Connect,
    server: Server,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connect("li")
    monkeypatch.setattr(door, "_MOST", 10)
    with closing(PostgresDoor(server.address("li", "secret", database))) as way_in:
        way_in.send(SITES[0], "small", bytes(10))
        with told(StoreProblem, "The bundle is too large for the server"):
            way_in.send(SITES[0], "large", bytes(11))
    assert [letter.name for letter in asset.waiting()] == ["small"]


def test_a_bundle_that_another_merger_took_meanwhile_is_left_to_it(
    asset: PostgresPort, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender, other = connect("li"), connect("administrator")
    for name in ("first", "second"):
        sender.execute(
            "INSERT INTO brm.inbox (site, name, body) VALUES (%s, %s, 'x')", [SITES[0], name]
        )
    write = Path.write_bytes

    def write_slowly(place: Path, content: bytes) -> int:
        other.execute("DELETE FROM brm.inbox WHERE name = 'second'")
        return write(place, content)

    monkeypatch.setattr(Path, "write_bytes", write_slowly)
    assert [letter.name for letter in asset.waiting()] == ["first"]


def test_what_the_server_says_becomes_one_sentence(asset: PostgresPort, connect: Connect) -> None:
    rep = connect("li")
    with told(StoreProblem, "does not let this login do that"), told_of_server():
        rep.execute("DELETE FROM brm.entity")
    with told(StoreProblem, r"refused what was asked of it \(22012\)"), told_of_server():
        rep.execute("SELECT 1 / 0")
    with told(StoreProblem, "The server's disk is full; nothing was changed"), told_of_server():
        raise errors.DiskFull("could not extend file")
