"""Where the assets of tests are kept: in memory, in a folder, on a server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from pathlib import Path

import psycopg
from asset_in_memory import MemoryPort
from asset_reps import ABOUT, NOW
from postgres_server import Server, fresh_database

from brm_desktop.storage.folder.letterbox import Letterbox
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.sharing.port import Letter, Port


class Place:
    """Where an asset is kept in a test, and how bundles come into its inbox and answers out.

    ``answer`` gives the file of a site's answer, if there is one; where sites read for themselves
    there is ``None`` to give. ``kept`` is all that is kept, as text. ``copy`` makes a copy of it
    and gives what goes back to that.
    """

    def __init__(
        self,
        port: Port,
        put: Callable[[Letter], None],
        answer: Callable[[str], Path | None] | None,
        kept: Callable[[], str],
        copy: Callable[[], Callable[[], None]],
    ) -> None:
        self.port = port
        self.put = put
        self.answer = answer
        self.kept = kept
        self.copy = copy


@contextmanager
def in_memory(folder: Path) -> Iterator[Place]:
    """An asset in the memory of the test, its answers in a folder."""
    port = MemoryPort(ABOUT, folder)

    def answer(site: str) -> Path | None:
        path = folder / f"{site}.brmb"
        return path if path.exists() else None

    def copied() -> Callable[[], None]:
        before = deepcopy(port.kept)

        def go_back() -> None:
            port.kept = before

        return go_back

    yield Place(port, port.inbox.append, answer, lambda: repr(port.kept), copied)


@contextmanager
def in_a_folder(folder: Path) -> Iterator[Place]:
    """An asset in a shared folder; the store behind it must be whole at the end."""
    store = LocalStore.create(folder / "asset.db", 1 << 60)
    home = folder / "shared"
    port = FolderPort.create(home, store, ABOUT, lambda: NOW)
    box = Letterbox(home)

    def put(letter: Letter) -> None:
        assert isinstance(letter.source, bytes)
        name = letter.name.rpartition("/")[2]
        box.send(letter.site, name, letter.source)
        at = letter.received_at * 1_000_000
        os.utime(home / "inbox" / letter.site / name, ns=(at, at))

    def kept() -> str:
        with store.transaction() as db:
            return str(
                [db.execute(f'SELECT * FROM "{name}"').fetchall() for name in db.table_names()]
            )

    def copied() -> Callable[[], None]:
        with store.transaction() as db:
            names = [name for name in db.table_names() if not name.startswith("_")]
            rows = {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}

        def go_back() -> None:
            with store.transaction() as db:
                db.execute("PRAGMA defer_foreign_keys = ON")
                for name, of_table in rows.items():
                    db.execute(f'DELETE FROM "{name}"')
                    for row in of_table:
                        marks = ", ".join("?" * len(row))
                        db.execute(f'INSERT INTO "{name}" VALUES ({marks})', row)

        return go_back

    yield Place(port, put, box.fetch, kept, copied)
    assert store.check() == []
    port.close()


@contextmanager
def on_a_server(server: Server) -> Iterator[Place]:
    """What is sent goes in as the administrator; what a rep's own login may do is tested apart."""
    with fresh_database(server) as database:
        address = server.administrator_of(database)
        port = PostgresPort.create(address, ABOUT)
        with closing(port), psycopg.connect(address, autocommit=True) as administrator:

            def put(letter: Letter) -> None:
                administrator.execute(
                    "INSERT INTO brm.inbox (site, name, body, received_at) VALUES"
                    " (%s, %s, %s, to_timestamp(%s / 1000.0)) ON CONFLICT DO NOTHING",
                    [letter.site, letter.name, letter.source, letter.received_at],
                )

            def kept() -> str:
                tables = ("asset", "site", "invitation", "inbox", "inbound", "entity", "reach")
                return str(
                    [
                        administrator.execute(f"SELECT * FROM brm.{name}").fetchall()
                        for name in tables
                    ]
                )

            def copied() -> Callable[[], None]:
                tables = ("asset", "site", "invitation", "inbound", "change", "entity", "reach")
                rows = {
                    name: administrator.execute(f"SELECT t::text FROM brm.{name} AS t").fetchall()
                    for name in tables
                }
                (last,) = administrator.execute(
                    "SELECT last_value FROM brm.change_number"
                ).fetchone() or (1,)

                def go_back() -> None:
                    for name, of_table in rows.items():
                        administrator.execute(f"TRUNCATE brm.{name}")
                        for row in of_table:
                            administrator.execute(
                                f"INSERT INTO brm.{name} SELECT (%s::brm.{name}).*", row
                            )
                    administrator.execute("SELECT setval('brm.change_number', %s)", [last])

                return go_back

            yield Place(port, put, None, kept, copied)
