"""The process that draws charts says nothing but answers, and takes nothing but orders."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from brm_desktop.process.folders import cache_folder
from brm_desktop.rendering.charts.process import command, remember_fonts, serve
from brm_desktop.rendering.charts.wire import order_read, receive, send

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60
"""So many seconds are waited for what comes much sooner."""


def test_what_is_printed_in_the_process_does_not_get_among_the_answers() -> None:
    printing = (
        "import os\n"
        "from brm_desktop.rendering.charts import process\n"
        "serve = process.serve\n"
        "def printed(orders, answers):\n"
        "    print('by Python', flush=True)\n"
        "    os.write(1, b'by C')\n"
        "    serve(orders, answers)\n"
        "process.serve = printed\n"
        "raise SystemExit(process.draw_what_is_asked())\n"
    )
    said = io.BytesIO()
    send(said, b"no order")
    told = subprocess.run(
        [sys.executable, "-c", printing],
        cwd=ROOT,
        input=said.getvalue(),
        capture_output=True,
        check=True,
        timeout=LONGEST,
    )
    assert told.stdout == bytes(4), "an empty answer"
    assert b"by Python" in told.stderr
    assert b"by C" in told.stderr


def test_a_process_whose_answers_nobody_reads_ends_without_a_word() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(command(), cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        send(child.stdin, b"no order")
        assert child.wait(LONGEST) == 0
        assert child.stderr.read() == b""


def test_what_starts_it_is_the_program_itself_and_says_nothing_of_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    *start, last = command()
    assert start[0] == sys.executable
    assert last == "--draw-charts"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command() == [sys.executable, "--draw-charts"]


def test_a_program_that_was_packed_remembers_the_fonts_it_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_this_process = tmp_path / "of this process"
    of_this_process.mkdir()
    monkeypatch.setenv("MPLCONFIGDIR", str(of_this_process))
    remember_fonts()
    assert Path(os.environ["MPLCONFIGDIR"]) == cache_folder() / "matplotlib"
    assert not of_this_process.exists()
    monkeypatch.delenv("MPLCONFIGDIR")
    remember_fonts()
    assert Path(os.environ["MPLCONFIGDIR"]) == cache_folder() / "matplotlib"


@pytest.mark.parametrize("is_installed", [True, False], ids=["installed", "from its source"])
def test_nothing_that_is_installed_hides_what_is_pythons_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_installed: bool
) -> None:
    place = tmp_path / "place"
    inside = place / "brm_desktop"
    inside.mkdir(parents=True)
    (inside / "__init__.py").write_text("", encoding="utf-8")
    (inside / "app.py").write_text(
        "import sys\ndef main():\n    print(sys.path.index(sys.argv[1]))\n", encoding="utf-8"
    )
    monkeypatch.setattr("brm_desktop.rendering.charts.process._PACKAGE", place)
    python, *options, start, _ = command()
    begun = f"import sys; sys.path.append({str(place)!r}); {start}" if is_installed else start
    told = subprocess.run(
        [python, "-S", *options, begun, str(place)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=LONGEST,
    )
    assert (int(told.stdout) > 0) is is_installed


@pytest.mark.parametrize(
    "message",
    [b"", b"{", b"[]", b"null", b'{"is": "Popen"}', b'{"is": "Order"}', b'{"day": "x"}', b"\xff"],
)
def test_nothing_but_an_order_is_read(message: bytes) -> None:
    with pytest.raises((TypeError, ValueError)):
        order_read(message)
    orders, answers = io.BytesIO(), io.BytesIO()
    send(orders, message)
    orders.seek(0)
    serve(orders, answers)
    assert answers.getvalue() == bytes(4), "an empty answer"


@pytest.mark.parametrize("said", [b"", b"\0\0", b"\0\0\0\5abc", b"\xff\xff\xff\xff" + b"x" * 9])
def test_what_is_cut_or_far_too_long_is_no_message(said: bytes) -> None:
    assert receive(io.BytesIO(said)) is None
