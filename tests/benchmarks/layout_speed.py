"""B3: layouts, tidy tree of 10,000, lanes of 200, rings of 250, against Graphviz."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from random import Random

from measuring import Reading, Readings, Skipped, must, spoken, timed

from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Point, card_box
from brm_desktop.rendering.layouts.lanes import lanes
from brm_desktop.rendering.layouts.rings import Around, rings
from brm_desktop.rendering.layouts.tidy import tidy

Pair = tuple[str, str]
Places = Mapping[str, Point]
INCH = 72


def measure(folder: Path) -> Readings:
    """Each layout, and the same graph through Graphviz when it is installed."""
    yield from _tidy()
    yield from _lanes()
    yield from _rings()


def _tidy() -> Readings:
    random = Random(1)
    names = [f"p{number}" for number in range(10_000)]
    managers = {names[n]: names[random.randrange(n // 8, n)] for n in range(1, len(names))}
    seconds, places = timed(lambda: tidy(names, managers))
    _must_stand_apart(places, names)
    below = all(places[one].y > places[boss].y for one, boss in managers.items())
    must(below, "somebody stands above his manager")
    lines = [(boss, one) for one, boss in managers.items()]
    yield from _beside("tidy tree of 10,000", seconds, places, lines, "dot", 0.01, crossing=None)


def _lanes() -> Readings:
    random = Random(2)
    names = [f"p{number}" for number in range(200)]
    rows = {name: min(3, number // 40) for number, name in enumerate(names)}
    lines = [
        (names[random.randrange(number - 40, number)], names[number]) for number in range(40, 200)
    ]
    seconds, found = timed(lambda: lanes(rows, lines))
    _must_stand_apart(found.places, names)
    yield from _beside("lanes of 200", seconds, found.places, lines, "dot", 0.2, crossing=1.15)


def _rings() -> Readings:
    random = Random(3)
    names = [f"p{number}" for number in range(250)]
    around = {
        name: Around(number % 5, random.randint(1, 100)) for number, name in enumerate(names[1:])
    }
    near = [(names[n], names[n + random.randint(1, 20)]) for n in range(1, 229, 2)]
    seconds, found = timed(lambda: rings(names[0], around, links=near))
    _must_stand_apart(found.places, names)
    lines = [*((names[0], name) for name in names[1:]), *near]
    yield from _beside("rings of 250", seconds, found.places, lines, "twopi", 1.0, crossing=1.0)


def _beside(
    what: str,
    seconds: float,
    places: Places,
    lines: Sequence[Pair],
    program: str,
    most: float,
    *,
    crossing: float | None,
) -> Readings:
    """A layout's figures beside those of a program of Graphviz."""
    crossed = None if crossing is None else crossings(places, lines)
    ours = spoken(seconds) if crossed is None else f"{spoken(seconds)}, {crossed} crossings"
    if shutil.which(program) is None:
        yield Reading(what, ours)
        yield Skipped(f"Graphviz `{program}` is not installed, so {what} has no peer")
        return
    peer_seconds, theirs = timed(lambda: _graphviz(program, places, lines))
    must(theirs.keys() >= places.keys(), f"{program} did not place everybody")
    ratio = seconds / peer_seconds
    yield Reading(
        what, ours, f"{program}: {spoken(peer_seconds)}", f"{ratio:.3g}", f"≤ {most}", ratio <= most
    )
    if crossed is not None and crossing is not None:
        other = crossings(theirs, lines)
        yield Reading(
            f"{what}, crossings of straight lines",
            str(crossed),
            f"{program}: {other}",
            f"{crossed / max(other, 1):.3g}",
            f"≤ {crossing}",
            crossed <= crossing * other,
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


def _graphviz(program: str, places: Iterable[str], lines: Iterable[Pair]) -> dict[str, Point]:
    """The places that a program of Graphviz finds."""
    size = f"width={CARD_WIDTH / INCH:.3f}, height={CARD_HEIGHT / INCH:.3f}"
    text = [f"digraph {{ node [shape=box, fixedsize=true, {size}];"]
    text += [f"{one};" for one in places]
    text += [f"{one} -> {other};" for one, other in lines]
    ran = subprocess.run(
        [program, "-Tplain"],
        input="\n".join([*text, "}"]),
        capture_output=True,
        text=True,
        check=True,
    )
    found = {}
    for line in ran.stdout.splitlines():
        words = line.split()
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
