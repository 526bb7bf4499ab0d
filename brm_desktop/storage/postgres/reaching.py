"""Reaching a PostgreSQL server, and saying in one sentence why it cannot be reached.

What leaves the computer goes over TLS, with the server's certificate and name verified; only a
server on the same machine is spoken to without. ``psycopg`` is part of the extra ``postgres`` and
is imported when an address asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import Phrase, phrase

if TYPE_CHECKING:
    from psycopg import Connection, Error

PATIENCE: Final = 10
"""Seconds that a server has to answer when it is first spoken to."""
_HERE: Final = frozenset({"", "localhost", "127.0.0.1", "::1"})
_VERIFIED: Final = "verify-full"


def connect(address: str) -> Connection[Any]:
    """Log in to the server at an address; every statement is a transaction of its own.

    Raises
    ------
    StoreProblem
        When ``psycopg`` is not installed, the address is none, it asks for a connection that is
        not verified, or the server cannot be reached or does not let one in.
    """
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as missing:
        raise StoreProblem(
            phrase("PostgreSQL is not part of this installation; install the extra “postgres”.")
        ) from missing
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError as wrong:
        raise StoreProblem(phrase("This is no address of a PostgreSQL server.")) from wrong
    parts.setdefault("connect_timeout", str(PATIENCE))
    if not _is_here(str(parts.get("host", ""))):
        if parts.setdefault("sslmode", _VERIFIED) != _VERIFIED:
            raise StoreProblem(
                phrase(
                    "The server is not verified with sslmode={mode}; leave it out or say"
                    " sslmode=verify-full.",
                    mode=str(parts["sslmode"]),
                )
            )
        parts.setdefault("sslrootcert", "system")
    with told_of_server():
        return psycopg.connect(autocommit=True, **parts)  # type: ignore[arg-type] # all are text


@contextmanager
def told_of_server() -> Iterator[None]:
    """Turn what a server or the way to it does wrong into ``StoreProblem``."""
    from psycopg import Error

    try:
        yield
    except Error as error:
        raise StoreProblem(_sentence(error)) from error


def _is_here(hosts: str) -> bool:
    return all(host in _HERE or host.startswith("/") for host in hosts.split(","))


def _sentence(error: Error) -> Phrase:
    from psycopg import errors

    text = str(error)
    if isinstance(error, errors.InsufficientPrivilege):
        return phrase("The server does not let this login do that.")
    if isinstance(error, errors.UndefinedTable | errors.InvalidSchemaName):
        return phrase("There is no asset in this database.")
    if isinstance(error, errors.DiskFull):
        return phrase("The server's disk is full; nothing was changed.")
    if "password" in text or "authentication" in text or "not permitted to log in" in text:
        return phrase("The server does not take this login or password.")
    if "certificate" in text or "SSL" in text or "ssl" in text:
        return phrase("The server's certificate cannot be verified; nothing was sent to it.")
    if "does not exist" in text:
        return phrase("There is no such database or login on the server.")
    if isinstance(error, errors.OperationalError):
        return phrase("The server does not answer; nothing is lost, try again later.")
    return phrase("The server refused what was asked of it ({state}).", state=error.sqlstate or "")
