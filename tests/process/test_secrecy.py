"""What the process knows stays with it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from brm_desktop.app import main
from brm_desktop.process.secrecy import (
    NEXT,
    PRESENT,
    given,
    no_image_of_memory,
    secrets_to_itself,
)

WORDS = "four quiet words here"


def _children_see() -> str:
    code = (
        "import os; print(os.environ.get('BRM_PASSPHRASE'), os.environ.get('BRM_NEW_PASSPHRASE'))"
    )
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_passphrase_in_the_environment_is_not_handed_on_to_other_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(PRESENT, WORDS)
    monkeypatch.delenv(NEXT, raising=False)
    with secrets_to_itself():
        assert (given(PRESENT), given(NEXT)) == (WORDS, None)
        assert _children_see() == "None None"
        monkeypatch.setenv(NEXT, "")
        assert given(NEXT) is None
    assert os.environ[PRESENT] == WORDS
    assert given(PRESENT) == WORDS


def test_the_program_takes_it_out_of_the_environment_before_it_does_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(PRESENT, WORDS)
    seen: list[str | None] = []

    def run(_arguments: object) -> int:
        seen.append(os.environ.get(PRESENT))
        return 0

    monkeypatch.setattr("brm_desktop.cli.commands.run", run)
    assert main(["accounts"]) == 0
    assert seen == [None]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core files there")
def test_a_crash_leaves_no_image_of_the_memory() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
        no_image_of_memory()
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
