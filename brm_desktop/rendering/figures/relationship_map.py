"""The relationship map: who manages whom, who sways whom, and who of us knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import Department, DepartmentId, Person, PersonId
from brm_desktop.language import current, tr
from brm_desktop.rendering.figure import Card, Figure, Group, Lens, Line, LineStyle, Point, Side
from brm_desktop.rendering.figures.crowd import (
    CROWD_FROM,
    Crowd,
    Unfolding,
    first_unfolding,
    lifted,
)
from brm_desktop.rendering.figures.former import (
    beside_successors,
    former_people,
    succession_lines,
)
from brm_desktop.rendering.figures.groups import (
    department_groups,
    departments_above,
    folded_behind,
    with_closeness,
)
from brm_desktop.rendering.figures.lines import influence_lines, reporting_lines, tie_lines
from brm_desktop.rendering.figures.people import customer_card, outsider_card, ties_note
from brm_desktop.rendering.figures.places import KeptLayouts, placements, standing, stood
from brm_desktop.rendering.layouts.force import force
from brm_desktop.rendering.layouts.margin import outside
from brm_desktop.rendering.layouts.tidy import tidy


class Layer(Word):
    """Which map is shown."""

    POWER = "power", "power"
    INFLUENCE = "influence", "influence"
    MIXED = "mixed", "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """What of the map the user wants to see, and how.

    ``hidden`` are kinds of line left out, ``collapsed`` departments of which only the heads stay.
    ``groups`` draws a ground around each department; ``former`` shows all who left, and without it
    only those who are on the chain of an open project. ``unfolding`` says who of a crowd shows.
    """

    layer: Layer = Layer.MIXED
    lens: Lens = Lens.CLOSENESS
    hidden: frozenset[LineStyle] = frozenset()
    outsiders: bool = True
    collapsed: frozenset[DepartmentId] = frozenset()
    groups: bool = True
    former: bool = False
    unfolding: Unfolding | None = None


def relationship_map(
    analysis: AccountAnalysis, view: MapView | None = None, layouts: KeptLayouts | None = None
) -> Figure:
    """An account's people with the lines of the chosen layer, ours and the competitors' around.

    An account of very many people shows those only whom the view unfolds. ``layouts`` remembers
    layouts from one figure to the next, as long as nothing changes that they are made of.
    """
    view = view or MapView()
    crowd = crowd_of(analysis, view)
    everyone = analysis.people if crowd is None else _those_of(analysis, crowd)
    inside = {person.id: person for person in everyone}
    reporting = list(reporting_lines(analysis, inside))
    folded = _folded(analysis, view, inside.values(), reporting)
    people = {one: person for one, person in inside.items() if one not in folded}
    former = former_people(analysis, everyone=view.former)
    ties = _ties(analysis, view, people, crowd)
    sway = _sway(analysis, people, crowd)
    lines = _wanted(view, [*reporting, *sway, *ties])
    cards = _cards(analysis, view, people, folded, ties)
    cards |= {one: customer_card(analysis, left, lens=view.lens) for one, left in former.items()}
    after = [*lines, *succession_lines(former.values(), cards)]
    kept = placements(analysis.records, analysis.account)
    wanted = partial(_layout_wanted, analysis, view, people, reporting, lines, ties)
    memory = layouts or KeptLayouts()
    places = standing(
        kept,
        cards,
        lambda: beside_successors(memory.of(wanted(), _laid_out), former.values()),
        lambda: _near(after),
    )
    lines = [line for line in after if line.source in cards and line.target in cards]
    shown = stood(cards, places, kept, memory)
    with_grounds = view.groups and crowd is None
    grounds = _grounds(analysis, view, shown, everyone, memory) if with_grounds else ()
    return Figure(
        canvas=analysis.account,
        title=tr("{account}: relationship map", account=analysis.name),
        cards=shown,
        lines=tuple(lines),
        groups=grounds,
        beneath={} if crowd is None else crowd.beneath,
        beside=0 if crowd is None else crowd.beside,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """All that the grounds of departments are made of, but for how close their people are."""

    places: tuple[tuple[PersonId, Point, Side], ...]
    members: tuple[tuple[PersonId, DepartmentId | None], ...]
    departments: Mapping[DepartmentId, Department]
    collapsed: frozenset[DepartmentId]


def _grounds(
    analysis: AccountAnalysis,
    view: MapView,
    shown: Mapping[PersonId, Card],
    everyone: Sequence[Person],
    memory: KeptLayouts,
) -> tuple[Group, ...]:
    wanted = _Ground(
        places=tuple((one, card.centre, card.side) for one, card in shown.items()),
        members=tuple((person.id, person.department) for person in everyone),
        departments=departments_above(analysis, everyone),
        collapsed=view.collapsed,
    )
    found = memory.of(
        wanted, lambda _: department_groups(analysis, shown, everyone, view.collapsed)
    )
    return with_closeness(analysis, found, everyone)


def crowd_of(analysis: AccountAnalysis, view: MapView) -> Crowd | None:
    """Who shows of an account of very many people; ``None`` where everyone does."""
    if len(analysis.people) <= CROWD_FROM:
        return None
    hierarchy = analysis.hierarchy
    return Crowd(hierarchy, view.unfolding or first_unfolding(hierarchy))


def _those_of(analysis: AccountAnalysis, crowd: Crowd) -> list[Person]:
    return [analysis.records.one(Person, one) for one in crowd.shown]


def _ties(
    analysis: AccountAnalysis,
    view: MapView,
    people: Mapping[PersonId, Person],
    crowd: Crowd | None,
) -> list[Line]:
    if not view.outsiders:
        return []
    if crowd is None:
        lines = list(tie_lines(analysis, people))
    else:
        lines = lifted(tie_lines(analysis, crowd.hierarchy.sizes), crowd)
    return [line for line in lines if line.style not in view.hidden]


def _sway(
    analysis: AccountAnalysis, people: Mapping[PersonId, Person], crowd: Crowd | None
) -> list[Line]:
    if crowd is None:
        return list(influence_lines(analysis, people))
    return lifted(influence_lines(analysis, crowd.hierarchy.sizes), crowd)


def _wanted(view: MapView, lines: Iterable[Line]) -> list[Line]:
    """The lines of the layer that are not hidden by kind."""
    off = set(view.hidden)
    if view.layer is Layer.POWER:
        off |= {LineStyle.INFLUENCE, LineStyle.CONFLICT}
    elif view.layer is Layer.INFLUENCE:
        off |= {LineStyle.REPORTING, LineStyle.DOTTED_REPORTING}
    return [line for line in lines if line.style not in off]


def _cards(
    analysis: AccountAnalysis,
    view: MapView,
    people: Mapping[PersonId, Person],
    folded: Mapping[PersonId, PersonId],
    ties: Sequence[Line],
) -> dict[PersonId, Card]:
    hidden: dict[PersonId, int] = defaultdict(int)
    for head in folded.values():
        hidden[head] += 1
    cards: dict[PersonId, Card] = {}
    for one, person in people.items():
        make = partial(_customer_card, analysis, view, person, hidden[one])
        key = view.lens, view.layer, hidden[one], current()
        cards[one] = analysis.remembered(one, key, make)
    strengths: dict[PersonId, list[int]] = defaultdict(list)
    for tie in ties:
        strengths[tie.source].append(tie.strength or 0)
    for one, known in sorted(strengths.items()):
        outsider = analysis.records.one(Person, one)
        cards[one] = outsider_card(analysis, outsider, note=ties_note(len(known), max(known)))
    return cards


def _customer_card(analysis: AccountAnalysis, view: MapView, person: Person, hidden: int) -> Card:
    note = f"+{hidden}" if hidden else _importance_note(analysis, view, person.id)
    return customer_card(analysis, person, lens=view.lens, note=note)


def _importance_note(analysis: AccountAnalysis, view: MapView, person: PersonId) -> str:
    importance = analysis.importance[person]
    if view.layer is Layer.POWER:
        return "" if importance.power is None else tr("power {n}", n=importance.power)
    if view.layer is Layer.INFLUENCE:
        return "" if importance.influence is None else tr("sway {n}", n=importance.influence)
    return tr("weight {n}", n=importance.weight) if importance.weight else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """All that a layout is made of: the same gives the same places."""

    layer: Layer
    people: tuple[PersonId, ...]
    names: Mapping[str, str]
    managers: Mapping[str, str]
    sway: tuple[tuple[PersonId, PersonId, float], ...]
    around: tuple[tuple[PersonId, PersonId], ...]
    right: frozenset[PersonId]


def _layout_wanted(
    analysis: AccountAnalysis,
    view: MapView,
    people: Mapping[PersonId, Person],
    reporting: Sequence[Line],
    lines: Sequence[Line],
    ties: Sequence[Line],
) -> _Wanted:
    return _Wanted(
        layer=view.layer,
        people=tuple(people),
        names={one: _rank(analysis, person) for one, person in people.items()},
        managers={
            line.target: line.source for line in reporting if line.style is LineStyle.REPORTING
        },
        sway=tuple(
            (line.source, line.target, (line.strength or 50) / 100)
            for line in lines
            if line.style is LineStyle.INFLUENCE
        ),
        around=tuple((line.source, line.target) for line in ties),
        right=frozenset(line.source for line in ties if line.style is LineStyle.COMPETITOR_TIE),
    )


def _laid_out(wanted: _Wanted) -> dict[PersonId, Point]:
    """The tidy tree, or springs for influence alone, with outsiders at the sides."""
    if wanted.layer is Layer.INFLUENCE:
        places = force(wanted.people, wanted.sway, names=wanted.names)
    else:
        pairs = [(source, target) for source, target, _ in wanted.sway]
        places = tidy(wanted.people, wanted.managers, names=wanted.names, influence=pairs)
    places = outside(places, wanted.around, wanted.right)
    return {PersonId(one): point for one, point in places.items()}


def _rank(analysis: AccountAnalysis, person: Person) -> str:
    """What siblings are ordered by: department, then weight, then name."""
    department = analysis.records.get(Department, person.department)
    weight = analysis.importance[person.id].weight
    return f"{department.name if department else ''}\n{999 - weight:03}\n{person.name}"


def _near(lines: Iterable[Line]) -> dict[PersonId, list[tuple[PersonId, int]]]:
    """Beside whom a newcomer may stand: under the manager first, over reports, beside others."""
    upright = {LineStyle.REPORTING, LineStyle.DECIDES_FOR}
    near: dict[PersonId, list[tuple[PersonId, int]]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (line.style not in upright, line.record)):
        step = 1 if line.style in upright else 0
        near[line.target].append((line.source, step))
        near[line.source].append((line.target, -step))
    for beside in near.values():
        beside.sort(key=lambda other: -other[1])
    return near


def _folded(
    analysis: AccountAnalysis, view: MapView, people: Iterable[Person], reporting: Iterable[Line]
) -> dict[PersonId, PersonId]:
    """Who disappears in a collapsed department, and under which head."""
    managers = {line.target: line.source for line in reporting if line.style is LineStyle.REPORTING}
    return folded_behind(analysis, view.collapsed, people, managers)
