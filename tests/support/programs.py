"""The whole program in a process of its own, driven from inside its event loop."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60

_DRIVEN = """
import faulthandler, os, signal, sys
sys.path.insert(0, {support!r})
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from brm_desktop import app
from brm_desktop.gui import instance
from brm_desktop.gui.main_window import MainWindow

instance.PATIENCE_MS = {patience}

def tell(*words):
    print(*words, flush=True)

def window():
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))

def when(ready, then, tries=2000):
    if ready():
        then()
    elif tries:
        QTimer.singleShot(10, lambda: when(ready, then, tries - 1))
    else:
        tell("never ready")
        os._exit(9)

def is_settled():
    return any(isinstance(one, MainWindow) for one in QApplication.topLevelWidgets()) and (
        window().is_furnished and not window().jobs.running
    )

def inside():
{inside}

run = QApplication.exec

def driven(*_):
    QTimer.singleShot(50, lambda: when(is_settled, inside))
    return run()

QApplication.exec = driven
sys.exit(app.main(sys.argv[1:]))
"""


@dataclass
class Program:
    """Starts of the program with one home of their own."""

    home: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, inside: str, *arguments: str, patience: int = 5_000) -> subprocess.Popen[str]:
        """Start it; ``inside`` runs in its event loop when the window has settled."""
        code = _DRIVEN.format(
            support=str(ROOT / "tests" / "support"),
            patience=patience,
            inside="\n".join(f"    {line}" for line in inside.strip().splitlines()),
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, inside: str, *arguments: str, patience: int = 5_000) -> tuple[int, str, str]:
        """Start it and wait for its end: its code, what it told and what it said of errors."""
        process = self.start(inside, *arguments, patience=patience)
        told, said = process.communicate(timeout=LONGEST)
        return process.returncode, told, said

    def stop(self) -> None:
        """End whatever still runs."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.communicate()

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a user whose everything is in this home."""
        own = {"HOME": str(self.home), "TMPDIR": str(self.home / "tmp")}
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            own[f"XDG_{kind}_HOME"] = str(self.home / kind.casefold())
        (self.home / "tmp").mkdir(parents=True, exist_ok=True)
        return {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}

    @property
    def state(self) -> Path:
        """The folder of the marks of its runs."""
        return self.home / "state" / "brm-desktop"


def told_line(process: subprocess.Popen[str]) -> str:
    """The next line that a running program tells."""
    assert process.stdout is not None
    return process.stdout.readline().strip()
