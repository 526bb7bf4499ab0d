"""Days typed at the command line: what is none is told in one plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], sample: Path) -> Terminal:
    return Terminal(capsys, sample)


@pytest.mark.parametrize(
    "command",
    [
        ("value", "--to", "2026-12-31", "--from"),
        ("value", "--from", "2026-01-01", "--to"),
        ("account", "--account", "Huachen", "--as-of"),
        ("account", "--account", "Huachen", "--since"),
        ("chain", "--account", "Huachen", "--project", "x", "--as-of"),
        ("export", "review", "--out", "x.pdf", "--since"),
    ],
)
@pytest.mark.parametrize("text", ["2026-13-01", "01.02.2026", "soon", ""])
def test_what_is_no_date_is_told_in_plain_words(
    brm: Terminal, command: tuple[str, ...], text: str
) -> None:
    ran = brm(*command, text)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        f"Error: {command[-1]}: “{text}” is no date; write it as 2026-11-30."
    )
    assert "%Y" not in ran.err
