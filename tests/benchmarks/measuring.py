"""Measuring: medians, readings beside their peers and goals, and results that must be right."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")

ROUNDS = 5
"""How often a thing is measured at least; the median counts."""


class WrongResultError(Exception):
    """Something was fast and wrong."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure: ours, what it is held against in the same run, and whether the goal is kept."""

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    goal: str = ""
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line saying what was not measured, and why."""

    why: str


Readings = Iterator[Reading | Skipped]
Benchmark = Callable[[Path], Readings]
"""Measures with a folder of its own for its files."""


def must(holds: bool, sentence: str) -> None:
    """Stop when a result is wrong."""
    if not holds:
        raise WrongResultError(sentence)


def timed(
    work: Callable[[], T], rounds: int = ROUNDS, before: Callable[[], object] | None = None
) -> tuple[float, T]:
    """The median of seconds that some work takes, and what it gave last.

    ``before`` is called before each round and not counted.
    """
    times: list[float] = []
    results: list[T] = []
    for _ in range(rounds):
        if before is not None:
            before()
        results.clear()
        gc.collect()
        start = perf_counter()
        results.append(work())
        times.append(perf_counter() - start)
    return median(times), results[-1]


def side_by_side(
    ours: Callable[[], T], peer: Callable[[], object], rounds: int = ROUNDS
) -> tuple[float, float, T]:
    """The medians of two works done by turns, and what ours gave last."""
    our_times: list[float] = []
    peer_times: list[float] = []
    results: list[T] = []
    for _ in range(rounds):
        seconds, result = timed(ours, 1)
        our_times.append(seconds)
        results.append(result)
        peer_times.append(timed(peer, 1)[0])
    return median(our_times), median(peer_times), results[-1]


def within(what: str, seconds: float, most: float) -> Reading:
    """A figure that is held against a limit, both in seconds."""
    return Reading(what, spoken(seconds), goal=f"≤ {spoken(most)}", kept=seconds <= most)


def against(
    what: str, seconds: float, peer: str, peer_seconds: float, most: float | None = None
) -> Reading:
    """A figure that is held against a peer; ``most`` is the most of the peer's time it may take."""
    ratio = seconds / peer_seconds
    return Reading(
        what,
        spoken(seconds),
        f"{peer}: {spoken(peer_seconds)}",
        f"{ratio:.3g}",
        "" if most is None else f"≤ {most:.3g}",
        None if most is None else ratio <= most,
    )


def noted(what: str, seconds: float) -> Reading:
    """A figure that is held against nothing."""
    return Reading(what, spoken(seconds))


def spoken(seconds: float) -> str:
    """A time with three figures."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= 0.9995 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"
