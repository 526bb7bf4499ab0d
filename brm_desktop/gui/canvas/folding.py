"""Collapsing a department or all who report to someone: who is hidden behind whose card."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Figure, Line, LineStyle

HANGING: Final = frozenset({LineStyle.REPORTING, LineStyle.DECIDES_FOR})
"""The lines that hang one card under another."""

DepartmentOf = Callable[[PersonId], str | None]


@dataclass(frozen=True, slots=True)
class Fold:
    """A collapsed part of the canvas behind ``head``.

    Without a ``department`` everyone below the head is hidden; with one, everyone else of it.
    """

    head: PersonId
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """Who is hidden, and how many behind each head that still shows.

    Whom the figure itself leaves out counts too.
    """

    hidden: frozenset[PersonId] = frozenset()
    counts: Mapping[PersonId, int] = field(default_factory=dict)


def children_of(lines: Iterable[Line]) -> dict[PersonId, list[PersonId]]:
    """Who hangs directly under whom."""
    children: dict[PersonId, list[PersonId]] = {}
    for line in lines:
        if line.style in HANGING:
            children.setdefault(line.source, []).append(line.target)
    return children


def below(children: Mapping[PersonId, list[PersonId]], head: PersonId) -> frozenset[PersonId]:
    """Everyone under someone, himself not; lines in a circle do no harm."""
    found: set[PersonId] = set()
    waiting = list(children.get(head, ()))
    while waiting:
        person = waiting.pop()
        if person not in found and person != head:
            found.add(person)
            waiting.extend(children.get(person, ()))
    return frozenset(found)


def folded(figure: Figure, folds: Iterable[Fold], department_of: DepartmentOf) -> Folded:
    """What the folds hide of a figure; a hidden head's fold counts with who hides him."""
    folds = tuple(folds)
    if not folds:
        return Folded(counts=figure.beneath)
    children = children_of(figure.lines)
    parts: dict[PersonId, frozenset[PersonId]] = {}
    for fold in folds:
        if fold.head in figure.cards:
            part = _part(figure, fold, children, department_of)
            parts[fold.head] = parts.get(fold.head, frozenset()) | part
    hidden = frozenset[PersonId]().union(*_outermost(parts))
    counts = {head: n for head, n in figure.beneath.items() if head not in hidden}
    for head, part in parts.items():
        if head not in hidden and part:
            left_out = sum(figure.beneath.get(person, 0) for person in part)
            counts[head] = counts.get(head, 0) + len(part) + left_out
    return Folded(hidden, counts)


def department_head(
    figure: Figure, department: str, department_of: DepartmentOf
) -> PersonId | None:
    """Who a department is collapsed behind: the one of it with most of it below him."""
    members = [person for person in figure.cards if department_of(person) == department]
    if not members:
        return None
    children = children_of(figure.lines)
    of_department = frozenset(members)
    return max(members, key=lambda person: len(below(children, person) & of_department))


def _part(
    figure: Figure,
    fold: Fold,
    children: Mapping[PersonId, list[PersonId]],
    department_of: DepartmentOf,
) -> frozenset[PersonId]:
    if fold.department is None:
        return below(children, fold.head) & figure.cards.keys()
    return frozenset(
        person
        for person in figure.cards
        if person != fold.head and department_of(person) == fold.department
    )


def _outermost(parts: Mapping[PersonId, frozenset[PersonId]]) -> list[frozenset[PersonId]]:
    """The parts in force: two folds that would hide each other's heads do not; the first holds."""
    kept: list[frozenset[PersonId]] = []
    heads: set[PersonId] = set()
    for head, part in sorted(parts.items(), key=lambda item: -len(item[1])):
        kept.append(part - heads)
        heads.add(head)
    return kept
