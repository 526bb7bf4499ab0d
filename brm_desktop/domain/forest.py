"""Which reporting lines are shown when several people drew them: the map stays a forest.

Two colleagues may each give someone a manager, or lines that together close a circle. Every line is
kept; which are shown is decided from all of them at once, so that every store decides the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

SECOND_MANAGER: Final = "second_manager"
CYCLE: Final = "cycle"


class Line(NamedTuple):
    """A solid reporting line; ``stamp`` says when it was drawn: the shown stamp of its manager."""

    id: str
    person: str
    manager: str
    stamp: str


class Lines(NamedTuple):
    """The ids of the lines to show, and of those to hide with the reason why."""

    shown: frozenset[str]
    hidden: Mapping[str, str]


def shown_lines(lines: Iterable[tuple[str, str, str, str]]) -> Lines:
    """Take solid lines newest first, but for a second manager or a circle (domain rule §4).

    ``lines`` are as :class:`Line`; of lines drawn by one stamp the one with the greater id comes
    first. Only lines of the same connected people bear on each other. Time grows with n log n.
    """
    above: dict[str, str] = {}
    managed: set[str] = set()
    shown: set[str] = set()
    hidden: dict[str, str] = {}
    newest_first = sorted(lines, key=lambda line: (line[3], line[0]), reverse=True)
    for line, person, manager, _ in newest_first:
        if person in managed:
            hidden[line] = SECOND_MANAGER
        elif _top(above, manager) == person:
            hidden[line] = CYCLE
        else:
            shown.add(line)
            managed.add(person)
            above[person] = manager
    return Lines(frozenset(shown), hidden)


def _top(above: dict[str, str], person: str) -> str:
    """Who stands at the top above someone; the way there is made shorter for the next time."""
    way = []
    while person in above:
        way.append(person)
        person = above[person]
    for one in way:
        above[one] = person
    return person
