"""What the program does with its arguments, and how it ends when it cannot open a window."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from brm_desktop import app
from brm_desktop.app import window_options
from brm_desktop.process.folders import log_folder
from brm_desktop.process.wanted import Wanted

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], Wanted()),
        (["--store", "my.brm"], Wanted(store=Path("my.brm"))),
        (["--lang=zh_CN"], Wanted(language="zh_CN")),
        (["--lang", "en", "--store=my.brm"], Wanted(Path("my.brm"), "en")),
    ],
)
def test_without_a_command_the_window_is_opened(arguments: list[str], options: Wanted) -> None:
    assert window_options(arguments) == options


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["info"], ["--store"], ["--lang", "fr"], ["--store", "my.brm", "info"], ["-x"]],
)
def test_commands_help_and_wrong_usage_are_the_command_lines(arguments: list[str]) -> None:
    assert window_options(arguments) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only there a display may be missing")
def test_with_no_display_one_sentence_names_the_commands_that_need_none() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    variables = {name: value for name, value in os.environ.items() if name not in hidden}
    result = subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT,
        env={**variables, "LANG": "C", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "uv run main.py --help" in result.stderr


def test_a_defect_of_a_command_is_owned_up_to_without_what_it_quotes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_arguments: object) -> int:
        raise ZeroDivisionError("Zhou Hai by zero")

    monkeypatch.setattr("brm_desktop.cli.commands.run", broken)
    with log_of_this_test() as log:
        assert app.main(["info"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Something went wrong that is not your doing")
    assert "ZeroDivisionError" in said
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert "Zhou" not in said + log.read_text(encoding="utf-8")


@contextmanager
def log_of_this_test() -> Iterator[Path]:
    """The file the program logs to, and no other handler, which pytest puts there."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    root.handlers = []
    yield log_folder() / "brm-desktop.log"
    for handler in root.handlers:
        handler.close()
    root.handlers = before
    root.setLevel(level)
