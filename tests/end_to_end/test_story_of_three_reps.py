"""Three reps work a week on the same accounts; then one of them goes.

With real processes, clocks that differ by an hour, a merger that is killed, one of the reps on a
stick and two over a server.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from in_the_story import PRIVATE
from postgres_server import Server, fresh_database

from brm_desktop.domain.merge import same, stamps_only
from brm_desktop.domain.operations import Key, RowState
from brm_desktop.session.session import Session
from brm_desktop.storage.postgres.port import PostgresPort

HOUR = 3_600_000
_SCRIPT = Path(__file__).resolve().parents[1] / "support" / "in_the_story.py"
_SHARED = ("structure=team", "connections=team", "opinions=team", "projects=company", "notes=never")
_PEOPLE = "name,title,reports_to\n陈国栋,总经理,\n周海,CIO,陈国栋\n吴磊,架构师,周海\n"


@dataclass
class Rep:
    """A rep: how far the clock is wrong, and where the asset is for the device."""

    name: str
    ahead: int
    address: str
    store: Path
    seed: int


class Story:
    """The asset on its server, the reps' stores, and the stick between them."""

    def __init__(self, folder: Path, server: Server, database: str) -> None:
        self.folder = folder
        self.owner = server.administrator_of(database)
        self.merger = server.address("merger_of_story", "secret", database)
        self.stick = folder / "stick"
        self.stick.mkdir()
        far = server.address("{}_of_story", "secret", database)
        self.reps = [
            Rep("Li", -HOUR, str(self.stick), folder / "li.brm", 1),
            Rep("Wang", 0, far.format("wang"), folder / "wang.brm", 2),
            Rep("Zhao", HOUR, far.format("zhao"), folder / "zhao.brm", 3),
        ]

    def start(self, ahead: int, *words: str | Path) -> subprocess.Popen[str]:
        """Start a process of the story under a clock that is so far ahead."""
        home = {name: str(self.folder / "home") for name in ("XDG_DATA_HOME", "XDG_STATE_HOME")}
        return subprocess.Popen(
            [sys.executable, _SCRIPT, str(ahead), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **home, "LC_ALL": "C.UTF-8"},
        )

    def run(self, ahead: int, *words: str | Path, codes: tuple[int, ...] = (0,)) -> str:
        """Run a process to its end; gives what it printed."""
        process = self.start(ahead, *words)
        out, told = process.communicate(timeout=300)
        assert process.returncode in codes, (words, process.returncode, out, told)
        return out

    def cli(self, rep: Rep, *words: str | Path, codes: tuple[int, ...] = (0,)) -> str:
        """A command of a rep."""
        return self.run(rep.ahead, "cli", *words, "--store", rep.store, codes=codes)

    def merge_words(self) -> tuple[str | Path, ...]:
        return ("cli", "sync", "merge", "--asset", self.merger, "--stick", self.stick, "--json")

    def merge(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.run(0, *self.merge_words(), codes=(0, 3)))
        return told

    def merge_and_kill(self, after: float) -> None:
        """Start the merger and pull its plug."""
        process = self.start(0, *self.merge_words())
        time.sleep(after)
        process.kill()
        process.communicate()

    def begin(self) -> None:
        """Make the asset, the stores, and have everybody enrolled and sharing."""
        self.run(0, "cli", "asset", "create", "--asset", self.owner,
                 "--name", "East", "--company", "We")  # fmt: skip
        with psycopg.connect(self.owner, autocommit=True) as owner:
            for login, role in (("merger", "merger"), ("wang", "rep"), ("zhao", "rep")):
                owner.execute(
                    f"CREATE ROLE {login}_of_story LOGIN PASSWORD 'secret' IN ROLE brm_{role}"
                )
        people = self.folder / "people.csv"
        people.write_text(_PEOPLE)
        for rep in self.reps:
            invitation = self.folder / f"{rep.name}.brmi"
            told = ("--rep", rep.name, "--team", "East/One", "--address", rep.address)
            self.run(0, "cli", "asset", "enrol", "--asset", self.merger, *told, "--out", invitation)
            own = ("华辰装备", "远景电气") if rep is self.reps[0] else ()
            for account in (*own, f"{PRIVATE}account of {rep.name}"):
                self.cli(rep, "import", people, "--account", account, "--as", "people", "--plain")
            self.cli(rep, "sync", "enrol", invitation)
            for account in own:
                self.cli(rep, "sync", "share", *_SHARED, "--account", account)
        self.merge()
        self.cli(self.reps[0], "sync", "pull")
        self.cli(self.reps[0], "sync", "export", "--yes")
        self.merge()
        for rep in self.reps[1:]:
            self.cli(rep, "sync", "pull")
            for account in ("华辰装备", "远景电气"):
                self.cli(rep, "sync", "share", *_SHARED, "--account", account)

    def day(self) -> None:
        """All work at the same time."""
        days = [self.start(rep.ahead, "day", rep.store, str(rep.seed), "12") for rep in self.reps]
        for rep, process in zip(self.reps, days, strict=True):
            out, told = process.communicate(timeout=300)
            assert process.returncode == 0, (rep.name, out, told)
            rep.seed += 10

    def settle(self) -> None:
        """Until everybody has sent all and taken all, clocks that were wrong set right."""
        for _ in range(3):
            for rep in self.reps:
                self.cli(rep, "sync", "pull", codes=(0, 3))
                self.cli(rep, "sync", "export", "--yes")
            self.merge()
        for rep in self.reps:
            self.cli(rep, "sync", "pull", codes=(0, 3))


@pytest.fixture
def story(tmp_path: Path, postgres_server: Server) -> Iterator[Story]:
    with fresh_database(postgres_server) as database:
        found = Story(tmp_path, postgres_server, database)
        try:
            yield found
        finally:
            with psycopg.connect(postgres_server.administrator, autocommit=True) as owner:
                for login in ("merger", "wang", "zhao"):
                    owner.execute(f"DROP ROLE IF EXISTS {login}_of_story")


def test_three_reps_agree_after_a_week_and_nobody_saw_what_was_private(story: Story) -> None:
    story.begin()
    for day in range(5):
        story.day()
        if day in {1, 3}:
            story.merge_and_kill(after=0.8 + 0.3 * day)
        story.merge()
    story.settle()

    kept = _everything_kept(story)
    states = [_of_store(rep.store, kept) for rep in story.reps]
    for key, state in kept.items():
        for rep, (local, known) in zip(story.reps, states, strict=True):
            assert same(known.get(key), stamps_only(state)), (rep.name, key)
            assert _agrees(local.get(key), state), (rep.name, key)
    assert len(kept) > 40
    _nothing_private_is_elsewhere(story)
    conflicts = [_conflicts(story, rep) for rep in story.reps]
    assert conflicts[0] == conflicts[1] == conflicts[2] != set()
    assert all(_is_sound(rep.store) for rep in story.reps)

    _one_rep_is_revoked(story)


def _everything_kept(story: Story) -> dict[Key, RowState]:
    with closing(PostgresPort(story.merger)) as port, port.transaction() as rows:
        assert not rows.received(), "nothing waits"
        assert not port.waiting()
        keys = [(kind, row) for kind, row in rows._db.execute("SELECT kind, id FROM brm.entity")]
        return rows.states(keys)


def _of_store(
    path: Path, kept: dict[Key, RowState]
) -> tuple[dict[Key, RowState], dict[Key, RowState]]:
    with Session.open(path) as session:
        store = session.shared_store
        return store.states(kept), store.known(kept)


def _agrees(local: RowState | None, asset: RowState) -> bool:
    """Whether a store shows what the asset shows, besides what is only its own."""
    if local is None:
        return False
    fields = {*local.values, *asset.values}
    shared = [field for field in fields if asset.has(field)]
    return all(local.values.get(field) == asset.values.get(field) for field in shared) and (
        local.deletions.keys() == asset.deletions.keys()
    )


def _nothing_private_is_elsewhere(story: Story) -> None:
    """Private texts are in the store they were written in and nowhere else."""
    marker = PRIVATE.encode()
    with psycopg.connect(story.owner) as owner:
        for table in ("entity", "inbox", "inbound", "site", "asset"):
            told = str(owner.execute(f"SELECT * FROM brm.{table}").fetchall())
            assert PRIVATE not in told, table
    for path in story.stick.rglob("*"):
        assert path.is_dir() or marker not in path.read_bytes(), path
    for rep in story.reps:
        with Session.open(rep.store) as session:
            own = f"{PRIVATE}{session.shared_store.site}"
            texts = [
                text
                for record in session.all_records()
                for text in (getattr(record, "notes", ""), getattr(record, "name", ""))
                if PRIVATE in text
            ]
        assert texts
        assert all(text.startswith((own, f"{PRIVATE}account of {rep.name}")) for text in texts)


def _conflicts(story: Story, rep: Rep) -> set[tuple[str, str]]:
    told = json.loads(story.cli(rep, "sync", "conflicts", "--json", codes=(0, 3)))
    return {(one["id"], one["field"]) for one in told["conflicts"]}


def _is_sound(path: Path) -> bool:
    with Session.open(path) as session:
        return session.check() == []


def _one_rep_is_revoked(story: Story) -> None:
    """What a revoked device sends is refused, it gets no answer, and the others go on."""
    _, wang, zhao = story.reps
    story.run(0, "cli", "asset", "revoke", "--asset", story.merger, "--rep", "Zhao")
    before = _everything_kept(story)
    process = story.start(zhao.ahead, "day", zhao.store, "99", "12")
    _, told = process.communicate(timeout=300)
    assert process.returncode == 1
    assert told.strip().splitlines()[-1]
    story.merge()
    assert _everything_kept(story).keys() == before.keys()
    story.cli(zhao, "sync", "pull", codes=(1,))
    story.cli(wang, "sync", "pull", codes=(0, 3))
