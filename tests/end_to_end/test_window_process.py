"""The program as a process: started twice, stopped, killed, crashed, and what comes after."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from programs import LONGEST, Program, told_line

from brm_desktop import language
from brm_desktop.session.demo import write_demo
from brm_desktop.storage.place.holding import note_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")

STAY = "tell('open')"
LEAVE = "window().close()"
LOOK = """
from brm_desktop.gui.crash.strip import BadEndStrip
from brm_desktop.gui.crash.details import details_of_bad_end
strip = window().findChild(BadEndStrip)
tell('nothing to look at' if strip is None else details_of_bad_end(strip._end))
window().close()
"""


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program with a home of its own, whose path is short enough for a socket."""
    program = Program(tmp_path_factory.mktemp("h"))
    yield program
    program.stop()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store to open."""
    language.use("en")
    path = tmp_path / "ours.brm"
    write_demo(path)
    return path


def has_mark(program: Program) -> bool:
    return (program.state / "running.json").exists()


def test_a_second_start_ends_and_the_first_opens_its_store(program: Program, store: Path) -> None:
    first = program.start(
        "tell('open')\nwhen(lambda: window().desk.is_open,"
        " lambda: tell(window().desk.session.path.name))"
    )
    assert told_line(first) == "open"
    assert program.run(LEAVE, "--store", str(store)) == (0, "", "")
    assert told_line(first) == "ours.brm"
    first.terminate()
    assert first.wait(LONGEST) == 0
    assert not has_mark(program)
    assert not note_of(store).exists()


def test_two_starts_at_the_same_moment_give_one_window(program: Program) -> None:
    both = [program.start(STAY) for _ in range(2)]
    while all(one.poll() is None for one in both):
        with suppress(subprocess.TimeoutExpired):
            both[0].wait(0.05)
    (ended,) = (one for one in both if one.poll() is not None)
    (stays,) = (one for one in both if one is not ended)
    assert ended.returncode == 0
    assert ended.communicate() == ("", "")
    assert told_line(stays) == "open"
    stays.terminate()
    assert stays.wait(LONGEST) == 0


def test_other_settings_have_a_window_of_their_own(program: Program, tmp_path: Path) -> None:
    first = program.start(STAY)
    assert told_line(first) == "open"
    other = Program(tmp_path / "o")
    assert other.run("tell('open')\nwindow().close()")[:2] == (0, "open\n")
    first.terminate()
    first.wait(LONGEST)


def test_a_window_that_hangs_is_said_to_in_one_sentence(program: Program) -> None:
    first = program.start(STAY)
    assert told_line(first) == "open"
    first.send_signal(signal.SIGSTOP)
    code, told, said = program.run(LEAVE, patience=600)
    first.send_signal(signal.SIGCONT)
    assert (code, told) == (1, "")
    assert said == "BRM Desktop is running already and does not answer; end it and start again.\n"
    first.terminate()
    assert first.wait(LONGEST) == 0


def test_a_crash_in_the_event_loop_is_offered_to_look_at_once(
    program: Program, store: Path
) -> None:
    code, _, _ = program.run("faulthandler._sigsegv()", "--store", str(store))
    assert code == -signal.SIGSEGV
    assert has_mark(program)
    code, told, said = program.run(LOOK)
    assert (code, said) == (0, "")
    assert "Segmentation fault\n" in told
    assert "  brm_desktop/app.py, line " in told
    assert str(program.home) not in told
    assert store.name not in told
    assert program.run(LOOK)[1] == "nothing to look at\n"
    assert json.loads((program.home / "config/brm-desktop/last_store.json").read_text())


def test_a_run_that_was_killed_is_offered_to_look_at(program: Program) -> None:
    code, _, _ = program.run("os.kill(os.getpid(), signal.SIGKILL)")
    assert code == -signal.SIGKILL
    assert "no trace" in program.run(LOOK)[1]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_who_is_told_to_end_ends_in_order_without_a_question(
    program: Program, store: Path, name: str
) -> None:
    inside = """
from brm_desktop.gui.what_if import leaving
leaving.begin(window().desk)
window().commands.run('help')
"""
    first = program.start(
        f"QTimer.singleShot(200, lambda: tell('ready'))\n{inside}", "--store", str(store)
    )
    assert told_line(first) == "ready"
    assert note_of(store).exists()
    first.send_signal(getattr(signal, name))
    assert first.wait(LONGEST) == 0
    assert not has_mark(program)
    assert not note_of(store).exists()
    assert program.run(LOOK)[1] == "nothing to look at\n"
