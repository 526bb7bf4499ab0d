"""Who stands below whom in an account, ready to be walked down from the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from brm_desktop.domain.importance import Importance
from brm_desktop.domain.records import Person, PersonId

__all__ = ["Hierarchy", "hierarchy_of"]


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The solid reporting forest of an account, free of cycles (domain rule §4).

    Roots, and everyone's reports, come with the most important first; of equals he who heads more
    people, then by name. ``sizes`` says how many people each one's branch has, himself included.
    """

    roots: tuple[PersonId, ...]
    reports: Mapping[PersonId, tuple[PersonId, ...]]
    managers: Mapping[PersonId, PersonId]
    sizes: Mapping[PersonId, int]

    def below(self, head: PersonId | None) -> tuple[PersonId, ...]:
        """Who reports to someone; the roots for nobody."""
        return self.roots if head is None else self.reports.get(head, ())

    def above(self, person: PersonId) -> list[PersonId]:
        """The managers of someone, the nearest first."""
        found = []
        manager = self.managers.get(person)
        while manager is not None:
            found.append(manager)
            manager = self.managers.get(manager)
        return found


def hierarchy_of(
    people: Iterable[Person],
    managers: Mapping[PersonId, PersonId],
    importance: Mapping[PersonId, Importance],
) -> Hierarchy:
    """The hierarchy among some people in name order; time grows with their number."""
    everyone = tuple(people)
    reports: dict[PersonId, list[PersonId]] = {}
    roots: list[PersonId] = []
    for person in everyone:
        manager = managers.get(person.id)
        (roots if manager is None else reports.setdefault(manager, [])).append(person.id)
    order = list(roots)
    for one in order:
        order.extend(reports.get(one, ()))
    sizes = dict.fromkeys(order, 1)
    for one in reversed(order):
        manager = managers.get(one)
        if manager is not None:
            sizes[manager] += sizes[one]

    def ranked(some: list[PersonId]) -> tuple[PersonId, ...]:
        return tuple(sorted(some, key=lambda one: (-importance[one].weight, -sizes[one])))

    below = {head: ranked(some) for head, some in reports.items()}
    return Hierarchy(ranked(roots), below, managers, sizes)
