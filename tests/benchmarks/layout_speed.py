"""B3: layouts, tidy tree of 10,000, lanes of 200, rings of 250, against Graphviz."""

from __future__ import annotations

import shutil
import subprocess
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations, pairwise
from pathlib import Path
from random import Random

from measuring import Reading, Readings, Skipped, against, must, noted, side_by_side, timed
from paper_canvas import card, line

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Line, Point, card_box
from brm_desktop.rendering.layouts.lanes import lanes
from brm_desktop.rendering.layouts.rings import Around, rings
from brm_desktop.rendering.layouts.tidy import tidy
from brm_desktop.rendering.rails import reporting_ways

Pair = tuple[str, str]
Places = Mapping[str, Point]
INCH = 72
LANE = 50


@dataclass(frozen=True, slots=True)
class Task:
    """A graph to lay out, and our layout of it."""

    what: str
    laid_out: Callable[[], Places]
    names: Sequence[str]
    lines: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Peer:
    """A program of Graphviz, how much of its time and crossings we may have, and its ranks."""

    program: str
    most: float
    crossing: float | None
    ranks: Sequence[Sequence[str]] = ()


def measure(folder: Path) -> Readings:
    """Each layout, and the same graph through Graphviz when it is installed."""
    yield from _tidy()
    yield from _lanes()
    yield from _rings()


def _tidy() -> Readings:
    random = Random(1)
    names = [f"p{number}" for number in range(10_000)]
    managers = {names[n]: names[random.randrange(n // 8, n)] for n in range(1, len(names))}
    places = tidy(names, managers)
    below = all(places[one].y > places[boss].y for one, boss in managers.items())
    must(below, "somebody stands above his manager")
    lines = [(boss, one) for one, boss in managers.items()]
    task = Task("tidy tree of 10,000", lambda: tidy(names, managers), names, lines)
    yield from _beside(task, Peer("dot", 0.01, None))
    crossed = _reporting_crossings(places, managers)
    what = "tidy tree of 10,000, crossings of reporting lines as drawn"
    yield Reading(what, str(crossed), goal="0", kept=crossed == 0)


def _lanes() -> Readings:
    """Each below the first lane decides for one above him, then influences over a lane or two.

    `dot` keeps everybody in his lane too; it has each lane in one row, ours breaks it into several.
    """
    for more in (0, 50):
        random = Random(2)
        names = [f"p{number}" for number in range(200)]
        rows = {name: number // LANE for number, name in enumerate(names)}
        pairs = {(_above(random, n, 1), n) for n in range(LANE, len(names))}
        while len(pairs) < len(names) - LANE + more:
            below = random.randrange(LANE, len(names))
            pairs.add((_above(random, below, 2), below))
        lines = [(names[one], names[other]) for one, other in sorted(pairs)]
        ranks = [names[first : first + LANE] for first in range(0, len(names), LANE)]
        laid_out = partial(_in_lanes, rows, lines)
        task = Task(f"lanes of 200, {len(lines)} lines", laid_out, names, lines)
        yield from _beside(task, Peer("dot", 0.2, 1.15, ranks))


def _in_lanes(rows: Mapping[str, int], lines: Sequence[Pair]) -> Places:
    return lanes(rows, lines).places


def _above(random: Random, person: int, lanes_up: int) -> int:
    """Someone in one of so many lanes above a person's."""
    first = person // LANE * LANE
    return random.randrange(max(0, first - lanes_up * LANE), first)


def _rings() -> Readings:
    random = Random(3)
    names = [f"p{number}" for number in range(250)]
    around = {
        name: Around(number % 5, random.randint(1, 100)) for number, name in enumerate(names[1:])
    }
    near = [(names[n], names[n + random.randint(1, 20)]) for n in range(1, 229, 2)]
    lines = [*((names[0], name) for name in names[1:]), *near]
    task = Task("rings of 250", lambda: rings(names[0], around, links=near).places, names, lines)
    yield from _beside(task, Peer("twopi", 1.0, 1.0))
    if shutil.which("twopi") is not None:
        told = _places(_run("twopi", _as_dot(task, (), None)))
        yield Reading(
            "rings of 250, the linked told to `twopi` one after the other",
            str(crossings(task.laid_out(), lines)),
            f"twopi: {crossings(told, lines)}",
        )


def _beside(task: Task, peer: Peer) -> Readings:
    """A layout's figures beside those of a program of Graphviz, by turns."""
    places = task.laid_out()
    _must_stand_apart(places, task.names)
    if shutil.which(peer.program) is None:
        yield noted(task.what, timed(task.laid_out)[0])
        yield Skipped(f"Graphviz `{peer.program}` is not installed, so {task.what} has no peer")
        return
    text = _as_dot(task, peer.ranks, Random(4))
    told: list[str] = []
    seconds, peer_seconds, _ = side_by_side(
        task.laid_out, lambda: told.append(_run(peer.program, text))
    )
    yield against(task.what, seconds, peer.program, peer_seconds, peer.most)
    theirs = _places(told[-1])
    must(theirs.keys() >= places.keys(), f"{peer.program} did not place everybody")
    for rank in peer.ranks:
        must(len({theirs[one].y for one in rank}) == 1, f"{peer.program} left the lanes")
    if peer.crossing is not None:
        ours, other = crossings(places, task.lines), crossings(theirs, task.lines)
        yield Reading(
            f"{task.what}, crossings of straight lines",
            str(ours),
            f"{peer.program}: {other}",
            f"{ours / other:.3g}" if other else "",
            f"≤ {peer.crossing}",
            ours <= peer.crossing * other,
        )


def _reporting_crossings(places: Places, managers: Mapping[str, str]) -> int:
    """How many pieces of reporting lines, as they are drawn, cross those of other managers."""
    cards = {PersonId(one): card(one, at.x, at.y) for one, at in places.items()}
    reports: dict[PersonId, list[Line]] = {}
    for one, boss in managers.items():
        reports.setdefault(PersonId(boss), []).append(line(boss, one))
    level: set[tuple[float, float, float, str]] = set()
    upright: set[tuple[float, float, float, str]] = set()
    ways = reporting_ways(reports, cards)
    for boss, lines in reports.items():
        for start, end in chain.from_iterable(pairwise(ways[one.record]) for one in lines):
            if start.y == end.y:
                level.add((start.y, min(start.x, end.x), max(start.x, end.x), boss))
            else:
                upright.add((start.x, min(start.y, end.y), max(start.y, end.y), boss))
    standing = sorted(upright)
    return sum(
        boss != other and left < x < right and top < y < bottom
        for y, left, right, boss in level
        for x, top, bottom, other in standing[
            bisect_left(standing, (left,)) : bisect_left(standing, (right,))
        ]
    )


def crossings(places: Places, lines: Iterable[Pair]) -> int:
    """How many pairs of straight lines cross, those with a common end left out."""
    count = 0
    for (a, b), (c, d) in combinations(lines, 2):
        if len({a, b, c, d}) == 4:
            p, q, r, s = (places[one] for one in (a, b, c, d))
            count += _side(p, q, r) * _side(p, q, s) < 0 > _side(r, s, p) * _side(r, s, q)
    return count


def _side(start: Point, end: Point, point: Point) -> float:
    across, down = end.x - start.x, end.y - start.y
    return across * (point.y - start.y) - down * (point.x - start.x)


def _as_dot(task: Task, ranks: Sequence[Sequence[str]], random: Random | None) -> str:
    """The same graph for Graphviz, with cards of our size; each rank in a lane of its own.

    With ``random`` it is told in an order that says nothing of who stands beside whom.
    """
    names, lines = list(task.names), list(task.lines)
    if random is not None:
        random.shuffle(names)
        random.shuffle(lines)
    size = f"width={CARD_WIDTH / INCH:.3f}, height={CARD_HEIGHT / INCH:.3f}"
    text = [f"digraph {{ node [shape=box, fixedsize=true, {size}];"]
    text += [f"{one};" for one in names]
    text += [f"{one} -> {other};" for one, other in lines]
    text += [f"{{ rank=same; lane{n}; {'; '.join(rank)} }}" for n, rank in enumerate(ranks)]
    text += [f"lane{n} -> lane{n + 1} [style=invis];" for n in range(len(ranks) - 1)]
    return "\n".join([*text, "}"])


def _run(program: str, text: str) -> str:
    ran = subprocess.run(
        [program, "-Tplain"], input=text, capture_output=True, text=True, check=True
    )
    return ran.stdout


def _places(plain: str) -> dict[str, Point]:
    """Where a program of Graphviz put everybody."""
    found = {}
    for row in plain.splitlines():
        words = row.split()
        if words[0] == "node":
            found[words[1]] = Point(float(words[2]) * INCH, -float(words[3]) * INCH)
    return found


def _must_stand_apart(places: Places, names: Sequence[str]) -> None:
    """Everybody has a place, and no card covers another."""
    must(places.keys() == set(names), "somebody has no place")
    cells: dict[tuple[int, int], list[str]] = {}
    for name, at in places.items():
        cells.setdefault((int(at.x // CARD_WIDTH), int(at.y // CARD_HEIGHT)), []).append(name)
    for (column, row), here in cells.items():
        near = [
            other
            for dx in (0, 1)
            for dy in (-1, 0, 1)
            for other in cells.get((column + dx, row + dy), ())
        ]
        for one in here:
            box = card_box(places[one])
            covered = [x for x in near if x != one and card_box(places[x]).meets(box)]
            must(not covered, f"{one} covers {covered[:3]}")
