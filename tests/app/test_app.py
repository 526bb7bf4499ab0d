"""What the program does with its arguments, and how it ends when it cannot open a window."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from brm_desktop.app import WindowOptions, tell_defects, window_options

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], WindowOptions()),
        (["--store", "my.brm"], WindowOptions(store=Path("my.brm"))),
        (["--lang=zh_CN"], WindowOptions(language="zh_CN")),
        (["--lang", "en", "--store=my.brm"], WindowOptions(Path("my.brm"), "en")),
    ],
)
def test_without_a_command_the_window_is_opened(
    arguments: list[str], options: WindowOptions
) -> None:
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


def test_an_exception_nobody_caught_is_logged_and_shown(caplog: pytest.LogCaptureFixture) -> None:
    shown: list[BaseException] = []
    hook = tell_defects(lambda _window, error: shown.append(error))
    error = ZeroDivisionError("a defect")
    with caplog.at_level(logging.ERROR):
        hook(ZeroDivisionError, error, None)
    assert shown == [error]
    assert "a defect" in caplog.text


def test_a_defect_while_a_defect_is_shown_is_only_logged() -> None:
    shown: list[BaseException] = []

    def show(_window: None, error: BaseException) -> None:
        shown.append(error)
        hook(ValueError, ValueError("the second"), None)

    hook = tell_defects(show)
    hook(ValueError, ValueError("the first"), None)
    assert [str(error) for error in shown] == ["the first"]


def test_leaving_by_the_keyboard_is_no_defect(capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[BaseException] = []
    tell_defects(lambda _window, error: shown.append(error))(
        KeyboardInterrupt, KeyboardInterrupt(), None
    )
    assert shown == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
