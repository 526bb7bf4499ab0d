"""Departments on a map: which cards share a ground, and who folds away behind whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from typing import Final, Generic, TypeVar

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import Department, DepartmentId, Dimension, Person, PersonId
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.scores import band
from brm_desktop.rendering.figure import UNSCORED, Box, Card, Group, Score, Side
from brm_desktop.rendering.grounds import bridge_between

GROUPS_UP_TO: Final = 1_500
"""A map with more cards than this shows no grounds: they could not be told apart."""

_CELL = 260.0
_CLEAR = 4.0
_FAR_ACROSS, _FAR_DOWN = 290.0, 150.0
_PAIRWISE = 60

_Honest = Callable[[Box], bool]
K = TypeVar("K")


def folded_behind(
    analysis: AccountAnalysis,
    collapsed: Collection[DepartmentId],
    people: Iterable[Person],
    managers: Mapping[PersonId, PersonId],
) -> dict[PersonId, PersonId]:
    """Who disappears in a collapsed department, and behind which one of it who stays.

    He stays who has most of the department below him; of equals the weightier.
    """
    if not collapsed:
        return {}
    closed: dict[PersonId, DepartmentId] = {}
    for person in people:
        found = [step for step in _upwards(analysis, person.department) if step in collapsed]
        if found:
            closed[person.id] = found[-1]
    below: dict[PersonId, int] = defaultdict(int)
    for one, department in closed.items():
        seen, head = {one}, one
        while (above := managers.get(head)) is not None and above not in seen:
            if closed.get(above) != department:
                break
            seen.add(above)
            head = above
        below[head] += 1
    heads: dict[DepartmentId, PersonId] = {}
    for one in sorted(closed, key=lambda one: (-below[one], -_weight(analysis, one))):
        heads.setdefault(closed[one], one)
    return {one: heads[dep] for one, dep in closed.items() if heads[dep] != one}


def _weight(analysis: AccountAnalysis, person: PersonId) -> int:
    importance = analysis.importance.get(person)
    return importance.weight if importance else 0


def department_groups(
    analysis: AccountAnalysis,
    cards: Mapping[PersonId, Card],
    people: Iterable[Person],
    collapsed: Collection[DepartmentId] = (),
) -> tuple[Group, ...]:
    """A ground around each department's cards, outer ones first; several where others stand by.

    ``people`` are those of the account, folded ones too. No ground holds the card of someone who is
    not in its department; departments of one person and one that holds everybody have none.
    """
    everyone = list(people)
    if len(cards) > GROUPS_UP_TO:
        return ()
    tree = _Tree(analysis, everyone)
    shown = {one: card.box for one, card in cards.items() if card.side is Side.CUSTOMER}
    where = _Ground(tree)
    for one, card in cards.items():
        where.cards.put(one, card.box)
    found: list[Group] = []
    drawn: set[frozenset[PersonId]] = set()
    clusters: dict[DepartmentId, list[_Cluster]] = {}
    for department in tree.innermost_first():
        if department in tree.inside(collapsed):
            continue
        honest = where.honest(department)
        parts = _parts(tree, department, shown, clusters, honest)
        clusters[department] = parts
        where.take(department, parts)
        joined = _bridged(parts, honest)
        wraps = [one for one in joined if frozenset(chain(*(p.people for p in one))) in drawn]
        clusters[department] = [
            replace(part, levels=part.levels - 1) if any(part in one for one in wraps) else part
            for part in parts
        ]
        new = [one for one in joined if one not in wraps]
        grounds = _grounds(analysis, tree, department, new, folded=department in collapsed)
        drawn |= {frozenset(chain(*group.parts)) for group in grounds}
        found += grounds
    return tuple(sorted(found, key=lambda group: group.depth))


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Some cards in one rectangle; it holds so many ``levels`` of grounds within."""

    box: Box
    people: tuple[PersonId, ...]
    levels: int = 0


def with_closeness(
    analysis: AccountAnalysis, groups: Sequence[Group], people: Iterable[Person]
) -> tuple[Group, ...]:
    """The same grounds, saying how close the people of the account are now."""
    tree = _Tree(analysis, list(people))
    means = {
        one: _mean(analysis, tree.members[one])
        for one in {DepartmentId(g.department) for g in groups}
    }
    now = [(group, means[DepartmentId(group.department)]) for group in groups]
    return tuple(
        group if group.closeness == mean else replace(group, closeness=mean) for group, mean in now
    )


@dataclass(slots=True)
class _Tree:
    """The departments that get a ground, and who belongs to each with those below it."""

    analysis: AccountAnalysis
    everyone: Sequence[Person]
    members: dict[DepartmentId, list[PersonId]] = field(default_factory=dict)
    above: dict[DepartmentId, DepartmentId | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ways = _ways(self.analysis, self.everyone)
        members: dict[DepartmentId, list[PersonId]] = defaultdict(list)
        for one in self.everyone:
            for department in ways[one.department]:
                members[department].append(one.id)
        whole = len(self.everyone)
        self.members = {d: m for d, m in sorted(members.items()) if 1 < len(m) < whole}
        for whole_way in ways.values():
            way = [d for d in whole_way if d in self.members]
            self.above.update(zip(way, [*way[1:], None], strict=False))

    def depth(self, department: DepartmentId) -> int:
        """How many departments with a ground hold this one."""
        outer = self.above.get(department)
        return 0 if outer is None else 1 + self.depth(outer)

    def inside(self, collapsed: Collection[DepartmentId]) -> set[DepartmentId]:
        """Those that lie in a collapsed one."""
        found = set()
        for department in self.above:
            outer = self.above.get(department)
            while outer is not None:
                if outer in collapsed:
                    found.add(department)
                outer = self.above.get(outer)
        return found

    def innermost_first(self) -> list[DepartmentId]:
        """Every department after those that lie in it."""
        return sorted(self.members, key=lambda one: (-self.depth(one), one))


class _Places(Generic[K]):
    """Rectangles by place, each somebody's."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Box, K]]] = defaultdict(list)

    def put(self, whose: K, box: Box) -> None:
        """Take a rectangle."""
        for cell in _cells(box):
            self._cells[cell].append((box, whose))

    def strangers_in(self, area: Box, known: Container[K]) -> bool:
        """Whether an area meets a rectangle of anybody else."""
        for cell in _cells(area):
            for box, whose in self._cells.get(cell, ()):
                if whose not in known and box.meets(area):
                    return True
        return False


class _Ground:
    """Where cards stand and grounds lie, so that a ground finds out whom it would swallow."""

    def __init__(self, tree: _Tree) -> None:
        self.cards: _Places[PersonId] = _Places()
        self._tree = tree
        self._grounds: _Places[DepartmentId] = _Places()
        self._laid: list[DepartmentId] = []

    def take(self, department: DepartmentId, parts: Iterable[_Cluster]) -> None:
        """Remember a department's ground."""
        self._laid.append(department)
        for part in parts:
            self._grounds.put(department, part.box)

    def honest(self, department: DepartmentId) -> _Honest:
        """Whether an area of a department's ground meets nobody else's card and ground."""
        members = self._tree.members
        known = frozenset(members[department])
        akin = {one for one in self._laid if not known.isdisjoint(members[one])} | {department}

        def honest(area: Box) -> bool:
            return not (
                self.cards.strangers_in(area.grown(_CLEAR), known)
                or self._grounds.strangers_in(area, akin)
            )

        return honest


def _cells(box: Box) -> Iterable[tuple[int, int]]:
    for column in range(int(box.x // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.y // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row


def _parts(
    tree: _Tree,
    department: DepartmentId,
    shown: Mapping[PersonId, Box],
    clusters: Mapping[DepartmentId, list[_Cluster]],
    honest: _Honest,
) -> list[_Cluster]:
    """The department's cards in as few rectangles as hold nobody else."""
    known = frozenset(tree.members[department])
    parts = [
        _Cluster(part.box, part.people, part.levels + 1)
        for inner, outer in tree.above.items()
        if outer == department
        for part in clusters.get(inner, ())
    ]
    held = {one for part in parts for one in part.people}
    parts += [_Cluster(shown[one], (one,)) for one in sorted(known & shown.keys() - held)]
    for way in (_by_row, _by_column):
        parts = _chained(sorted(parts, key=way), honest)
    return _paired(parts, honest) if len(parts) <= _PAIRWISE else parts


def _by_column(part: _Cluster) -> tuple[float, float]:
    return part.box.x, part.box.y


def _by_row(part: _Cluster) -> tuple[float, float]:
    return part.box.y, part.box.x


def _joined(one: _Cluster, other: _Cluster) -> _Cluster:
    return _Cluster(
        Box.around((one.box, other.box)),
        (*one.people, *other.people),
        max(one.levels, other.levels),
    )


def _near(one: Box, other: Box) -> bool:
    return (
        other.x - (one.x + one.width) < _FAR_ACROSS
        and one.x - (other.x + other.width) < _FAR_ACROSS
        and other.y - (one.y + one.height) < _FAR_DOWN
        and one.y - (other.y + other.height) < _FAR_DOWN
    )


def _chained(parts: Sequence[_Cluster], honest: _Honest) -> list[_Cluster]:
    """Each joined with the one before it where that swallows nobody and meets no other part."""
    found: list[_Cluster] = []
    for index, part in enumerate(parts):
        if found and _near(found[-1].box, part.box):
            both = _joined(found[-1], part)
            rest = (*found[:-1], *parts[index + 1 :])
            if _apart(both.box, rest) and honest(both.box):
                found[-1] = both
                continue
        found.append(part)
    return found


def _apart(box: Box, rest: Iterable[_Cluster]) -> bool:
    return not any(box.meets(part.box) for part in rest)


def _paired(parts: list[_Cluster], honest: _Honest) -> list[_Cluster]:
    """Any two joined that may be, the tightest first."""
    while True:
        pairs = sorted(
            (_spread(parts[a].box, parts[b].box), a, b)
            for a in range(len(parts))
            for b in range(a)
            if _near(parts[a].box, parts[b].box)
        )
        for _, a, b in pairs:
            both = _joined(parts[a], parts[b])
            rest = [part for index, part in enumerate(parts) if index not in (a, b)]
            if _apart(both.box, rest) and honest(both.box):
                parts = [*rest, both]
                break
        else:
            return parts


def _spread(one: Box, other: Box) -> float:
    both = Box.around((one, other))
    return both.width * both.height - one.width * one.height - other.width * other.height


def _bridged(parts: Iterable[_Cluster], honest: _Honest) -> list[list[_Cluster]]:
    """The parts that a bridge can join, from the top down."""
    waiting = sorted(parts, key=_by_row)
    found: list[list[_Cluster]] = []
    while waiting:
        group = [waiting.pop(0)]
        for one in group:
            linked = []
            for part in waiting:
                bridge = bridge_between(one.box, part.box)
                if bridge is not None and honest(bridge):
                    linked.append(part)
            waiting = [part for part in waiting if part not in linked]
            group += linked
        found.append(sorted(group, key=_by_row))
    return found


def _grounds(
    analysis: AccountAnalysis,
    tree: _Tree,
    department: DepartmentId,
    joined: Iterable[Sequence[_Cluster]],
    *,
    folded: bool,
) -> list[Group]:
    record = analysis.records.get(Department, department)
    members = tree.members[department]
    mean = _mean(analysis, members)
    return [
        Group(
            department=department,
            title=" ".join(record.name.split()) if record else "",
            parts=tuple(tuple(sorted(part.people)) for part in parts),
            count=len(members),
            closeness=mean,
            depth=tree.depth(department),
            levels=max(part.levels for part in parts),
            folded=folded,
        )
        for parts in joined
    ]


def _mean(analysis: AccountAnalysis, people: Iterable[PersonId]) -> Score:
    """The plain mean closeness of those who have one, rounded half up."""
    standings = [analysis.standing(one, Dimension.CLOSENESS) for one in people]
    values = [standing.value for standing in standings if standing is not None]
    if not values:
        return UNSCORED
    value = half_up(Fraction(sum(values), len(values)))
    return Score(value=value, band=band(value, analysis.rules))


def departments_above(
    analysis: AccountAnalysis, people: Iterable[Person]
) -> dict[DepartmentId, Department]:
    """The departments that people are in, and those above: all of them their grounds rest on."""
    records = analysis.records
    above = {one for way in _ways(analysis, people).values() for one in way}
    return {one: found for one in above if (found := records.get(Department, one)) is not None}


def _ways(
    analysis: AccountAnalysis, people: Iterable[Person]
) -> dict[DepartmentId | None, list[DepartmentId]]:
    """The way up from every department that somebody is in."""
    return {one: _upwards(analysis, one) for one in {person.department for person in people}}


def _upwards(analysis: AccountAnalysis, department: DepartmentId | None) -> list[DepartmentId]:
    """A department and those above it, from the inside out; a circle is cut."""
    way: list[DepartmentId] = []
    while department is not None and department not in way:
        way.append(department)
        record = analysis.records.get(Department, department)
        department = record.parent if record else None
    return way
