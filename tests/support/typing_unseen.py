"""Somebody at a terminal who is asked for passphrases by the program."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).parents[2] / "main.py"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Typed:
    """A command that ended: its exit code, its standard output, and what the terminal showed."""

    code: int
    out: str
    shown: str


def at_a_terminal(arguments: Sequence[object], *words: str) -> Typed:
    """Run a command at a terminal, and type the words, each when a question was asked."""
    ours, theirs = os.openpty()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("BRM_")
    } | {"LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), *map(str, arguments)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
        env=environment,
    ) as program:
        os.close(theirs)
        shown = ""
        for word in words:
            shown += _until_asked(ours)
            os.write(ours, f"{word}\n".encode())
        assert program.stdout is not None
        shown += _until_closed(ours)
        out = program.stdout.read().decode()
    os.close(ours)
    return Typed(program.returncode, out, shown.replace("\r\n", "\n"))


def _until_asked(terminal: int) -> str:
    """What is shown up to the next question."""
    shown = b""
    while not shown.endswith(b": "):
        more = _more(terminal)
        if not more:
            break
        shown += more
    return shown.decode()


def _until_closed(terminal: int) -> str:
    shown = b""
    while more := _more(terminal):
        shown += more
    return shown.decode()


def _more(terminal: int) -> bytes:
    ready, _, _ = select.select([terminal], [], [], _PATIENCE)
    try:
        return os.read(terminal, 4096) if ready else b""
    except OSError:  # how a terminal says that the program has gone
        return b""
