"""The command line in tests: what a command printed, on which stream, and its exit code."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from brm_desktop.cli.commands import run


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


class Terminal:
    """Runs commands on one store; ``--store`` is added after the name of the command.

    A store that an import makes is plain, unless the environment has a passphrase for it.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str], store: Path) -> None:
        self.store = store
        self.folder = store.parent
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Ran:
        """Run a command on the store."""
        words = [str(argument) for argument in arguments]
        if words[:1] == ["import"] and "BRM_PASSPHRASE" not in os.environ:
            words.append("--plain")
        return self.plain(*words, "--store", str(self.store))

    def plain(self, *arguments: str) -> Ran:
        """Run exactly this."""
        self._capsys.readouterr()
        code = run(arguments)
        printed = self._capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    def done(self, *arguments: object) -> Ran:
        """Run a command that must succeed."""
        ran = self(*arguments)
        assert ran.code == 0, ran.err
        return ran

    def file(self, name: str, content: str | bytes) -> Path:
        """A file beside the store."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load(self, account: str, **files: str) -> None:
        """Import texts into an account, each as what its name says."""
        for subject, text in files.items():
            path = self.file(f"{subject}.csv", text)
            self.done("import", path, "--account", account, "--as", subject)
