"""A store that is busy says by whom, and a note that is wrong says nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from brm_desktop.domain.errors import StoreBusy
from brm_desktop.domain.phrase import phrase
from brm_desktop.process.alive import birth_of, computer
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.place.holding import (
    holder_of,
    leave_note,
    note_of,
    take_note_away,
    told_by_whom,
)

HOLD = """
import sys
from pathlib import Path
from brm_desktop.storage.local_store import LocalStore
store = LocalStore(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that nobody has open."""
    path = tmp_path / "ours.brm"
    LocalStore.create(path, 7).close()
    return path


@pytest.fixture
def other(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def said(path: Path) -> str:
    """What is said of a store that is busy."""
    with pytest.raises(StoreBusy) as busy, told_by_whom(path):
        raise StoreBusy(phrase("{name} is busy.", name=path.name))
    return str(busy.value)


def note(path: Path, **fields: object) -> dict[str, object]:
    """Leave a note with some fields changed, and give its content."""
    leave_note(path)
    content = {**json.loads(note_of(path).read_text(encoding="utf-8")), **fields}
    note_of(path).write_text(json.dumps(content), encoding="utf-8")
    return content


def test_a_store_that_another_process_has_open_says_which(
    path: Path, other: subprocess.Popen[str]
) -> None:
    with pytest.raises(StoreBusy) as busy:
        LocalStore(path)
    sentence = str(busy.value)
    assert sentence.startswith("ours.brm is open in another BRM Desktop (user ")
    assert f"process {other.pid}, since 20" in sentence


def test_the_note_of_a_crashed_process_does_no_harm_and_is_replaced(
    path: Path, other: subprocess.Popen[str]
) -> None:
    other.kill()
    other.communicate()
    found = holder_of(path)
    assert found is not None
    assert found.process == other.pid
    assert said(path) == "ours.brm is busy."
    store = LocalStore(path)
    found = holder_of(path)
    assert found is not None
    assert found.process == os.getpid()
    store.close()
    assert not note_of(path).exists()


def test_a_store_that_is_open_here_says_so(path: Path) -> None:
    store = LocalStore(path)
    with pytest.raises(StoreBusy) as busy:
        LocalStore(path)
    assert str(busy.value) == "ours.brm is open here already."
    assert holder_of(path) is not None
    store.close()


def test_a_note_from_another_computer_names_it(path: Path) -> None:
    note(path, host="desk-in-hall-4", user="li.na", pid=4711)
    sentence = said(path)
    assert sentence.startswith(
        "ours.brm is open in BRM Desktop on the computer desk-in-hall-4 (user li.na, process 4711,"
    )
    take_note_away(path)
    assert note_of(path).exists(), "another's note was taken away"


def test_a_number_given_out_again_is_not_taken_for_the_holder(path: Path) -> None:
    note(path, pid=os.getppid(), birth="an earlier boot:1")
    expected = "ours.brm is busy." if birth_of(os.getppid()) else "ours.brm is open in"
    assert said(path).startswith(expected)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe garbage",
        b"[" * 1_900,
        b"[]",
        b"{}",
        b'{"pid": 1}',
        b"x" * 1_000_000,
        json.dumps(dict.fromkeys(("program", "host", "user", "birth", "pid"), "1")).encode(),
        json.dumps(dict.fromkeys(("program", "host", "user", "birth", "pid"), 1)).encode(),
        json.dumps({"program": "", "host": "", "user": "", "birth": "", "pid": 2**40}).encode(),
        json.dumps({"program": "", "host": "", "user": "", "birth": "", "pid": True}).encode(),
        json.dumps({"program": "", "host": "a\nb", "user": "", "birth": "", "pid": 1}).encode(),
        json.dumps({"program": "", "host": "h" * 65, "user": "", "birth": "", "pid": 1}).encode(),
    ],
)
def test_garbage_in_a_note_is_not_believed(path: Path, content: bytes) -> None:
    note_of(path).write_bytes(content)
    assert holder_of(path) is None
    assert said(path) == "ours.brm is busy."
    LocalStore(path).close()
    assert not note_of(path).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_a_pipe_or_a_link_in_place_of_a_note_is_not_waited_for(path: Path) -> None:
    os.mkfifo(note_of(path))
    assert said(path) == "ours.brm is busy."
    note_of(path).unlink()
    note_of(path).symlink_to(path)
    assert said(path) == "ours.brm is busy."


def test_a_folder_in_place_of_a_note_hinders_nobody(path: Path) -> None:
    note_of(path).mkdir()
    store = LocalStore(path)
    assert store.counts()
    store.close()
    assert [one.name for one in path.parent.iterdir() if "in-use." in one.name] == []


def test_the_note_holds_no_more_than_who_and_where(path: Path) -> None:
    store = LocalStore(path)
    content = json.loads(note_of(path).read_text(encoding="utf-8"))
    assert set(content) == {"program", "pid", "birth", "host", "user"}
    assert content["host"] == computer()[:64]
    assert note_of(path).stat().st_mode & 0o777 == path.stat().st_mode & 0o666
    store.close()


def test_a_user_without_a_name_is_a_number(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    leave_note(path)
    found = holder_of(path)
    assert found is not None
    assert found.user == (str(os.getuid()) if hasattr(os, "getuid") else "")
