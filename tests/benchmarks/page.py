"""``docs/benchmarks.md``: a section per benchmark, each as it was measured last."""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from measuring import Reading, Skipped

_HEAD = """# Benchmarks

Written by `uv run python tests/benchmarks [NAME…] [--json]`; a section is what its last run gave.
Medians of at least five rounds, data from a seed, results checked. What decides are ratios to a
peer measured in the same run by turns; a limit in milliseconds is one for a machine of two cores.
Peers that are not installed are named as skipped. Missed goals are listed at the end. Never part
of `.ci/run`.
"""
_COLUMNS = ("", "ours", "peer in the same run", "ours / peer", "goal", "kept")
_MISSED = "Goals that are missed"
_NO = "**no**"
_ALONE = 1.5
"""Load by core beyond which others must have been at work."""
_LOADED = (
    " Others were at work on the machine: what is told by the clock is longer than it would be"
    " alone, and rates are lower; ratios to a peer that was measured by turns suffer less."
)
_SECTION = re.compile(r"^## ", re.MULTILINE)

Lines = Sequence[Reading | Skipped]


def section(title: str, lines: Lines) -> str:
    """A benchmark's section."""
    rows = [_row(_COLUMNS), _row(["---"] * len(_COLUMNS))]
    rows += [_row(_cells(line)) for line in lines if isinstance(line, Reading)]
    skipped = [f"- Skipped: {line.why}" for line in lines if isinstance(line, Skipped)]
    parts = [f"## {title}", _circumstances(), "\n".join(rows), "\n".join(skipped)]
    return "\n\n".join(part for part in parts if part) + "\n"


def write_page(path: Path, sections: Mapping[str, str]) -> None:
    """Put sections, by their titles, in place of those of the same title; the others stay."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    kept = {part.splitlines()[0]: f"## {part.rstrip()}\n" for part in _SECTION.split(text)[1:]}
    kept |= sections
    kept.pop(_MISSED, None)
    ordered = sorted(kept.items(), key=lambda item: _number(item[0]))
    parts = [part for _, part in ordered]
    path.write_text("\n".join([_HEAD, *parts, _missed(parts)]), encoding="utf-8")


def as_plain(lines: Lines) -> list[dict[str, Any]]:
    """The lines as values of JSON."""
    return [asdict(line) for line in lines]


def _missed(parts: Sequence[str]) -> str:
    """The goals that the sections say are missed, in one list."""
    found = []
    for part in parts:
        benchmark = part.split(" ", 2)[1]
        for line in part.splitlines():
            cells = [cell.strip() for cell in line.split("|")[1:-1]]
            if cells and cells[-1] == _NO:
                what, ours, _, ratio, goal, _ = cells
                found.append(f"- {benchmark}, {what}: {ratio or ours}, goal {goal}")
    return f"## {_MISSED}\n\n" + ("\n".join(found) or "None.") + "\n"


def _number(title: str) -> int:
    found = re.match(r"B(\d+)", title)
    return int(found[1]) if found else 99


def _cells(line: Reading) -> Sequence[str]:
    kept = {True: "yes", False: _NO, None: ""}[line.kept]
    return (line.what, line.ours, line.peer, line.ratio, line.goal, kept)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _circumstances() -> str:
    day, load = time.strftime("%Y-%m-%d"), os.getloadavg()[0]
    told = (
        f"{day}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
        f" Python {platform.python_version()}, load {load:.1f} at the end."
    )
    return told + (_LOADED if load > _ALONE * (os.cpu_count() or 1) else "")
