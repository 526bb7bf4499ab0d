"""The mark of a run is found by the next start when the run did not end in order, and only then."""

from __future__ import annotations

import faulthandler
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from brm_desktop import __version__
from brm_desktop.process.alive import birth_of, is_alive
from brm_desktop.process.run_mark import (
    LARGEST_DUMP,
    BadEnd,
    RunMark,
    crash_trace,
    dump_crashes,
)

SINCE = "2026-11-21 09:30"
MARK = "running.json"


@pytest.fixture
def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def faults() -> Iterator[None]:
    """Put the crash dump back as pytest has it."""
    yield
    faulthandler.enable(2)


def left_by(folder: Path, **fields: object) -> None:
    """A mark as another run would have left it."""
    content = {"pid": 1, "birth": "", "since": SINCE, "version": "0.0.9", **fields}
    (folder / MARK).write_text(json.dumps(content), encoding="utf-8")


def test_a_run_that_ended_in_order_leaves_no_mark(tmp_path: Path) -> None:
    mark = RunMark(tmp_path / "state", SINCE)
    assert mark.bad_end() is None
    mark.set()
    mark.set()
    content = json.loads((tmp_path / "state" / MARK).read_text(encoding="utf-8"))
    assert content["pid"] == os.getpid()
    assert content["version"] == __version__
    assert content["since"] == SINCE
    mark.remove()
    mark.remove()
    assert list((tmp_path / "state").iterdir()) == []


def test_a_mark_whose_process_is_gone_is_a_bad_end(tmp_path: Path, ended: int) -> None:
    left_by(tmp_path, pid=ended)
    assert RunMark(tmp_path, "now").bad_end(("x",)) == BadEnd(SINCE, "0.0.9", ("x",))


def test_a_mark_with_this_very_number_is_of_an_earlier_run(tmp_path: Path) -> None:
    left_by(tmp_path, pid=os.getpid())
    assert RunMark(tmp_path, "now").bad_end() == BadEnd(SINCE, "0.0.9")


def test_the_mark_of_a_run_that_goes_on_is_none(tmp_path: Path) -> None:
    left_by(tmp_path, pid=os.getppid(), birth=birth_of(os.getppid()))
    assert RunMark(tmp_path, "now").bad_end() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only there births are known")
def test_a_number_given_out_again_is_another_process(tmp_path: Path) -> None:
    left_by(tmp_path, pid=os.getppid(), birth="an earlier boot:5")
    assert RunMark(tmp_path, "now").bad_end() is not None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pid": "x"}', "[" * 1_900, "x" * 100_000])
def test_garbage_in_a_mark_is_no_bad_end(tmp_path: Path, content: str) -> None:
    (tmp_path / MARK).write_text(content, encoding="utf-8")
    assert RunMark(tmp_path, "now").bad_end() is None


def test_what_a_mark_says_is_kept_short_and_on_one_line(tmp_path: Path, ended: int) -> None:
    left_by(tmp_path, pid=ended, since="a\nb" + "c" * 100, version="v" * 100)
    found = RunMark(tmp_path, "now").bad_end()
    assert found == BadEnd("ab" + "c" * 38, "v" * 40)


def test_where_no_mark_can_be_left_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    mark = RunMark(tmp_path / "state", SINCE)
    mark.set()
    assert mark.bad_end() is None
    mark.remove()
    assert (tmp_path / "state").read_text(encoding="utf-8") == "in the way"


@pytest.mark.usefixtures("faults")
def test_the_dump_of_the_run_before_is_kept_and_no_older_one(tmp_path: Path) -> None:
    assert crash_trace(tmp_path) == ()
    (tmp_path / "crash.log").write_text("Fatal Python error: Aborted\n", encoding="utf-8")
    assert crash_trace(tmp_path) == ("Aborted",)
    for _ in range(3):
        crash = dump_crashes(tmp_path)
        assert crash is not None
        crash.write("x" * (LARGEST_DUMP + 10))
        crash.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["crash.log", "crash.old.log"]
    assert (tmp_path / "crash.old.log").stat().st_size == LARGEST_DUMP
    if sys.platform != "win32":
        assert (tmp_path / "crash.log").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("faults")
def test_an_empty_dump_is_not_kept(tmp_path: Path) -> None:
    for _ in range(2):
        crash = dump_crashes(tmp_path)
        assert crash is not None
        crash.close()
    assert [file.name for file in tmp_path.iterdir()] == ["crash.log"]


def test_where_no_dump_can_be_written_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way", encoding="utf-8")
    assert dump_crashes(tmp_path / "log") is None


def test_a_crash_leaves_its_places_in_the_dump(tmp_path: Path) -> None:
    code = (
        "import faulthandler, sys; from pathlib import Path;"
        "from brm_desktop.process.run_mark import dump_crashes;"
        "crash = dump_crashes(Path(sys.argv[1])); faulthandler._sigsegv()"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert ended.returncode != 0
    trace = crash_trace(tmp_path)
    assert trace[0] in {"Segmentation fault", "access violation"}
    assert "Current thread" in trace


def test_who_is_alive_is_known_and_numbers_out_of_range_are_nobody(
    ended: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_alive(os.getpid())
    assert is_alive(os.getpid(), birth_of(os.getpid()))
    assert not is_alive(ended)
    assert not is_alive(2**80)
    assert birth_of(ended) == ""

    def forbidden(_pid: int, _signal: int) -> None:
        raise PermissionError

    if sys.platform != "win32":
        monkeypatch.setattr(os, "kill", forbidden)
        assert is_alive(os.getppid())
