"""Who of a figure stands out: everyone else steps back, and stays where he is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Card, Figure, Line

Keeps = Callable[[Figure], frozenset[PersonId]]
"""Whom of a figure a filter leaves in full colour; asked anew of every figure."""


@dataclass(slots=True)
class Lighting:
    """A filter, and how many lines from the selection cards still stand out; ``None`` is off."""

    keeps: Keeps | None = None
    radius: int | None = None

    def lit(self, figure: Figure, selected: Collection[PersonId]) -> frozenset[PersonId] | None:
        """Who stands out; ``None`` where nobody steps back."""
        kept = None if self.keeps is None else self.keeps(figure)
        if self.radius is None or not selected:
            return kept
        near = steps_from(figure.lines, selected, self.radius)
        return near if kept is None else kept & near


def card_lit(card: Card, lit: frozenset[PersonId] | None) -> Card:
    """A card as it stands out, or steps back."""
    stays = lit is None or card.person in lit or card.faded
    return card if stays else replace(card, faded=True)


def line_lit(line: Line, lit: frozenset[PersonId] | None) -> Line:
    """A line as it stands out between two who do, or steps back."""
    stays = lit is None or line.faded or (line.source in lit and line.target in lit)
    return line if stays else replace(line, faded=True)


def figure_lit(figure: Figure, lit: frozenset[PersonId] | None) -> Figure:
    """A figure in which only some stand out, as a picture of the canvas shows it."""
    if lit is None:
        return figure
    cards = {person: card_lit(card, lit) for person, card in figure.cards.items()}
    return replace(figure, cards=cards, lines=tuple(line_lit(line, lit) for line in figure.lines))


def steps_from(lines: Iterable[Line], start: Iterable[PersonId], steps: int) -> frozenset[PersonId]:
    """Everyone at most so many lines away from some people, whichever way the lines run."""
    neighbours: dict[PersonId, set[PersonId]] = {}
    for line in lines:
        neighbours.setdefault(line.source, set()).add(line.target)
        neighbours.setdefault(line.target, set()).add(line.source)
    found = set(start)
    edge = set(found)
    for _ in range(steps):
        edge = {other for person in edge for other in neighbours.get(person, ())} - found
        found |= edge
    return frozenset(found)
