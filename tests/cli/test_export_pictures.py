"""Plans and canvases from the command line: the right format, whole files, names in the text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], sample: Path, qapp: object) -> Terminal:
    return Terminal(capsys, sample)


def _text(path: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ending", "begins"), [("pdf", b"%PDF"), ("svg", b"<"), ("png", b"\x89PNG")]
)
def test_the_map_is_drawn_in_each_format(
    brm: Terminal, tmp_path: Path, ending: str, begins: bytes, theme: str
) -> None:
    out = tmp_path / f"map.{ending}"

    ran = brm.done("export", "canvas", "--account", "Hua", "--out", out, "--theme", theme)

    assert (ran.out, "map" in ran.err) == ("", True)
    assert out.read_bytes().startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_the_canvas_of_a_person_and_of_a_project(brm: Terminal, tmp_path: Path) -> None:
    everything = tmp_path / "all.json"
    brm.done("export", "data", "--out", everything, "--account", "Hua")
    projects = json.loads(everything.read_text())["project"]
    project = next(one for one in projects if one["outcome"] == "open")
    arguments = ("export", "canvas", "--account", "Hua", "--out", tmp_path / "out.svg")

    brm.done(*arguments, "--person", "Chen")
    person = (tmp_path / "out.svg").read_text()
    brm.done(*arguments, "--project", project["id"])
    chain = (tmp_path / "out.svg").read_text()

    assert "Chen Guodong" in person
    assert project["name"].split()[0] in chain
    both = brm(*arguments, "--person", "Chen", "--project", project["id"])
    assert both.code == 2


def test_the_plan_has_every_name_in_its_text(brm: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"

    brm.done("export", "plan", "--account", "Hua", "--year", 2027, "--out", out)

    text = _text(out)
    people = brm.done("account", "--account", "Hua", "--json").json["people"]
    assert "2027" in text
    assert [person["name"] for person in people if person["name"] not in text] == []


@pytest.mark.parametrize(
    ("command", "out"),
    [
        ("plan", "plan.docx"),
        ("plan", "missing/plan.pdf"),
        ("canvas", "map.gif"),
        ("canvas", "missing/map.svg"),
        ("canvas", "."),
    ],
)
def test_a_picture_that_cannot_be_written_is_a_problem(
    brm: Terminal, tmp_path: Path, command: str, out: str
) -> None:
    ran = brm("export", command, "--account", "Hua", "--out", tmp_path / out)

    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_who_is_unknown_is_said_before_anything_is_drawn(brm: Terminal, tmp_path: Path) -> None:
    for name in ("--person", "--project"):
        ran = brm("export", "canvas", "--account", "Hua", name, "Zzz", "--out", tmp_path / "a.svg")
        assert (ran.code, "Zzz" in ran.err) == (1, True)


def test_a_plan_is_written_where_there_is_no_display(sample: Path, tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, str(ROOT / "main.py"), "export", "plan", "--store", str(sample)]

    done = subprocess.run(
        [*command, "--account", "Hua", "--out", str(tmp_path / "plan.pdf")],
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert "Chen Guodong" in _text(tmp_path / "plan.pdf")
