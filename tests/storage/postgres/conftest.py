"""One PostgreSQL server for all tests here, and a fresh database for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from postgres_server import Server, fresh_database

Connect = Callable[[str], "psycopg.Connection[Any]"]


@pytest.fixture
def server(postgres_server: Server) -> Server:
    """The server."""
    return postgres_server


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """The name of an empty database, gone after the test."""
    with fresh_database(server) as name:
        yield name


@pytest.fixture
def connect(server: Server, database: str) -> Iterator[Connect]:
    """Log in to the database: as the administrator, or as a login made on first asking."""
    opened: list[psycopg.Connection[Any]] = []
    logins: set[str] = set()

    def log_in(login: str) -> psycopg.Connection[Any]:
        if login == "administrator":
            address = server.administrator_of(database)
        else:
            address = server.address(login, "secret", database)
            if login not in logins:
                logins.add(login)
                _make(server, login)
        opened.append(psycopg.connect(address, autocommit=True))
        return opened[-1]

    yield log_in
    for connection in opened:
        connection.close()
    with psycopg.connect(server.administrator, autocommit=True) as administrator:
        for login in logins:
            administrator.execute(f"DROP ROLE {login}")


def _make(server: Server, login: str) -> None:
    role = "brm_merger" if login.startswith("merger") else "brm_rep"
    with psycopg.connect(server.administrator, autocommit=True) as administrator:
        administrator.execute(f"CREATE ROLE {login} LOGIN PASSWORD 'secret' IN ROLE {role}")
