"""An import of 5,000 people that is killed: the store opens, is whole, and holds all or none."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter, sleep

import pytest
from terminal import Terminal

KILLS = 8
PEOPLE = 5_000
PROGRAM = Path(__file__).resolve().parents[2] / "main.py"


def _table(folder: Path) -> Path:
    """People in a tree of reporting lines, each with a score."""
    path = folder / "many.csv"
    rows = (
        f"{n},Person {n},Title {n % 70},Unit {n % 40},{n // 7 or ''},{n % 101}"
        for n in range(1, PEOPLE + 1)
    )
    path.write_text("\n".join(("id,name,title,department,reports_to_id,closeness", *rows)) + "\n")
    return path


def _start(table: Path, store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, PROGRAM, "import", table, "--store", store, "--account", "Acme"]
    return subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_killed_import_is_all_there_or_not_at_all(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = _table(tmp_path)
    empty = Terminal(capsys, tmp_path / "empty.brm")
    empty.load("Acme", people="name,title\nAnn,CEO\n")
    trial = tmp_path / "trial.brm"
    shutil.copy(empty.store, trial)
    began = perf_counter()
    program = _start(table, trial)
    said, told = program.communicate(timeout=300)
    whole = perf_counter() - began
    assert (program.returncode, said[:10]) == (0, b"Rows 5,000"), told
    chance = random.Random(9)

    for number in range(KILLS):
        brm = Terminal(capsys, tmp_path / f"{number}.brm")
        shutil.copy(empty.store, brm.store)
        program = _start(table, brm.store)
        sleep(chance.uniform(0.3, 1.05) * whole)
        program.kill()
        said, _ = program.communicate(timeout=300)
        counts = brm.done("info", "--json").json["counts"]
        assert counts["person"] in ({PEOPLE + 1} if said else {1, PEOPLE + 1})
        assert (counts["reporting_line"] > 0) == (counts["person"] > 1)
        assert brm.done("check").code == 0
        brm.store.unlink()


def test_an_import_killed_while_it_makes_its_store_leaves_none_or_a_whole_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = _table(tmp_path)
    chance = random.Random(4)

    for number in range(4):
        brm = Terminal(capsys, tmp_path / f"{number}.brm")
        program = _start(table, brm.store)
        sleep(chance.uniform(0.2, 1.5))
        program.kill()
        program.communicate(timeout=300)
        if brm.store.exists():
            assert brm.done("check").code == 0
            assert brm.done("info", "--json").json["counts"]["person"] in {0, PEOPLE}
