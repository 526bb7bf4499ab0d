"""A merge in a folder that is killed or fails at any step comes to the same end when run again."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from asset_reps import NOW
from folder_merging import (
    PEOPLE,
    answers_to,
    end_of,
    open_asset,
    week_sent,
)

from brm_desktop.domain.membership import Member
from brm_desktop.session.asset_craft import craft
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.folder.rows import FolderRows
from brm_desktop.storage.sharing.engine import Asset
from brm_desktop.storage.sharing.port import Letter

KILLS = 6
SUPPORT = Path(__file__).resolve().parent.parent / "support"
MERGE = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from asset_reps import NOW
from brm_desktop.session.asset_craft import craft
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.sharing.engine import Asset
home = Path(sys.argv[1])
asset = Asset(FolderPort(home / "shared", LocalStore(home / "asset.db"), lambda: NOW), craft(), 4)
print("ready", flush=True)
asset.merge(NOW)
print("done", flush=True)
asset.close()
"""


def test_killed_at_any_moment_a_merge_is_run_again_to_the_same_end(tmp_path: Path) -> None:
    start = tmp_path / "start"
    start.mkdir()
    reps = week_sent(start)
    reference = tmp_path / "reference"
    shutil.copytree(start, reference)
    began = perf_counter()
    _merging(reference).communicate(timeout=120)
    seconds = perf_counter() - began
    wanted, answers = end_of(reference), answers_to(reference, reps)
    assert wanted[1] == [(rep.site, 5 * PEOPLE) for rep in reps]
    assert wanted[2] == []

    chance = random.Random(7)
    for number in range(KILLS):
        home = tmp_path / str(number)
        shutil.copytree(start, home)
        for _ in range(2):
            program = _merging(home)
            sleep(chance.uniform(0, seconds))
            program.kill()
            program.communicate(timeout=120)
        with open_asset(home) as (asset, _port):
            assert asset.merge(NOW).is_clean is False, "they wrote the same fields at once"
        assert end_of(home) == wanted
        assert answers_to(home, reps) == answers


def _merging(home: Path) -> subprocess.Popen[str]:
    program = subprocess.Popen(
        [sys.executable, "-c", MERGE, str(home), str(SUPPORT)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    return program


class Died(Exception):
    """The merger was ended in a test."""


class DyingPort:
    """A port whose program ends before its so many-th step."""

    def __init__(self, port: FolderPort, steps: int) -> None:
        self._port = port
        self._left = steps
        self.about = port.about
        self.is_remote = port.is_remote
        self.merging = port.merging
        self.reading = port.reading
        self.write_anew = port.write_anew
        self.close = port.close

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Died

    @contextmanager
    def transaction(self) -> Iterator[FolderRows]:
        with self._port.transaction() as rows:
            yield rows
            self._step()

    def waiting(self) -> list[Letter]:
        return self._port.waiting()

    def settle(self, letter: Letter, state: str) -> None:
        self._step()
        self._port.settle(letter, state)

    def deliver(self, member: Member, reply: Callable[[Path], None] | None) -> None:
        self._port.deliver(member, reply)
        self._step()


def test_ended_at_every_step_a_merge_comes_to_the_same_end(tmp_path: Path) -> None:
    start = tmp_path / "start"
    start.mkdir()
    reps = week_sent(start)
    reference = tmp_path / "reference"
    shutil.copytree(start, reference)
    with open_asset(reference) as (asset, _):
        asset.merge(NOW)
    wanted, answers = end_of(reference), answers_to(reference, reps)

    steps, ended = 0, False
    while not ended:
        home = tmp_path / str(steps)
        shutil.copytree(start, home)
        with open_asset(home) as (_, port):
            try:
                Asset(DyingPort(port, steps), craft(), 4).merge(NOW)
                ended = True
            except Died:
                Asset(port, craft(), 4).merge(NOW)
        assert end_of(home) == wanted, steps
        assert answers_to(home, reps) == answers, steps
        shutil.rmtree(home)
        steps += 5
    assert steps > 60
