"""Runs the benchmarks: ``uv run python tests/benchmarks [NAME…] [--json]``."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measuring import Benchmark, Reading, Skipped, WrongResultError
from page import as_plain, section, write_page

ROOT = Path(__file__).resolve().parents[2]

BENCHMARKS = {
    "start": ("B1 · Start of the program", "start_speed"),
    "canvas": ("B2 · Canvas of 10,000 people and 15,000 lines", "canvas_speed"),
    "layouts": ("B3 · Layouts", "layout_speed"),
    "routes": ("B4 · Three best routes in an account of 2,000", "route_speed"),
    "store_routes": ("B4 · Three best routes in a store of 1,000,000", "store_route_speed"),
    "merge": ("B5 · Merge into the company's asset of 1,000,000 people", "merge_speed"),
    "reps": ("Sync · 1,000 reps into an asset on a server", "thousand_reps"),
    "rep_sync": ("Sync · What it costs a rep", "rep_sync"),
    "plan": ("B6 · Account plan as PDF", "plan_speed"),
    "import": ("B7 · Import of 50,000 rows", "import_speed"),
    "open": ("B9 · Opening an account", "opening_speed"),
    "memory": ("B10 · Memory", "memory_use"),
    "portfolio": ("Portfolio · 2,000 accounts side by side", "portfolio_speed"),
    "pages": ("Pages · 2,000 accounts, longest hold-ups of the window", "pages_speed"),
    "blocks": ("B11 · Longest hold-up of the window", "window_blocks"),
    "encryption": ("Encryption · Cost against a plain store", "encryption_cost"),
    "edit": ("B12 · One edit, commit included", "edit_speed"),
}
"""By name, what a benchmark is called and the module whose ``measure`` runs it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks asked for; 1 when a result was wrong or a goal was missed."""
    parser = argparse.ArgumentParser(prog="tests/benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"of these: {', '.join(BENCHMARKS)}")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args(arguments)
    names = chosen.name or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    code, measured = _measured(names[0]) if len(names) == 1 else _in_turn(names)
    if chosen.json:
        print(json.dumps(measured, ensure_ascii=False, indent=2))
    return code


def _in_turn(names: Sequence[str]) -> tuple[int, dict[str, Any]]:
    """Each in a process of its own, so that none leaves the next a full memory."""
    worst = 0
    measured: dict[str, Any] = {}
    for name in names:
        command = [sys.executable, str(Path(__file__).parent), name, "--json"]
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        worst = max(worst, abs(ran.returncode))
        measured |= json.loads(ran.stdout or "{}")
    return worst, measured


def _measured(name: str) -> tuple[int, dict[str, Any]]:
    """One benchmark, written down."""
    title, module = BENCHMARKS[name]
    print(title, file=sys.stderr)
    try:
        lines = _run(module)
    except WrongResultError as wrong:
        print(f"  WRONG: {wrong}", file=sys.stderr)
        return 1, {name: {"wrong": str(wrong)}}
    write_page(ROOT / "docs" / "benchmarks.md", {title: section(title, lines)})
    missed = any(isinstance(line, Reading) and line.kept is False for line in lines)
    return int(missed), {name: as_plain(lines)}


def _run(module: str) -> list[Reading | Skipped]:
    sys.path.insert(1, str(ROOT / "tests" / "support"))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    measure: Benchmark = import_module(module).measure
    with TemporaryDirectory(prefix="brm-benchmark-") as folder:
        lines = []
        for line in measure(Path(folder)):
            print(f"  {_told(line)}", file=sys.stderr, flush=True)
            lines.append(line)
    return lines


def _told(line: Reading | Skipped) -> str:
    if isinstance(line, Skipped):
        return f"skipped: {line.why}"
    kept = {True: "kept", False: "MISSED", None: ""}[line.kept]
    goal = line.goal and f"goal {line.goal}"
    parts = (line.what, line.ours, line.peer, line.ratio and f"ratio {line.ratio}", goal, kept)
    return " · ".join(part for part in parts if part)


if __name__ == "__main__":
    sys.exit(main())
