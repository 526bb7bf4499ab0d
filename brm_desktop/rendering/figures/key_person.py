"""The key-person view: who is around one person, and the best routes to him."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import hypot
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import Person, PersonId, Placement
from brm_desktop.domain.routes import Route
from brm_desktop.language import tr
from brm_desktop.rendering.figure import (
    Card,
    Figure,
    Lens,
    Line,
    Point,
    RouteMark,
    SectorMark,
    Side,
)
from brm_desktop.rendering.figures.lines import influence_lines, reporting_lines, tie_lines
from brm_desktop.rendering.figures.people import customer_card, outsider_card, side_card
from brm_desktop.rendering.figures.places import placements, standing, stood
from brm_desktop.rendering.layouts.rings import (
    MEDIUM_RING,
    STRONG_RING,
    Around,
    RingPlaces,
    rings,
)
from brm_desktop.rendering.shapes import ORTHOGONAL

_REPORTING_STRENGTH: Final = 60
"""How near a manager or a report stands who has no influence line to the person."""

_ON_RING: Final = 2.0
"""So far from its place a card still stands on its ring."""

_SECTORS = {Side.OWN: 0, Side.PARTNER: 0, Side.CUSTOMER: 1, Side.COMPETITOR: 2}
_LEFT = 0.75


def key_person_view(
    analysis: AccountAnalysis,
    person_id: PersonId,
    routes: int = 3,
    lens: Lens = Lens.CLOSENESS,
) -> Figure:
    """One person in the middle: ours at the left, insiders above, competitors' people at the right.

    Whoever sways the person more, or is closer, stands nearer. The best routes are marked.
    """
    best = analysis.routes_to(person_id, routes).routes if routes else ()
    lines = _lines(analysis, person_id, best)
    around = {end for line in lines for end in (line.source, line.target)} - {person_id}
    cards = _cards(analysis, person_id, around, lines, lens)
    kept = placements(analysis.records, person_id)
    auto = _laid_out(person_id, cards, lines)
    places = standing(kept, cards, lambda: _people(auto), lambda: _near(lines))
    person = analysis.records.one(Person, person_id)
    by_hand = any(_moved(kept[one], auto.places.get(one)) for one in cards if one in kept)
    return Figure(
        canvas=person_id,
        title=tr("Around {person}", person=person.name),
        cards=stood(cards, places, kept),
        lines=tuple(lines),
        routes=route_marks(best),
        centre=person_id,
        rings=() if by_hand else auto.rings,
        captions=() if by_hand else _captions(auto),
        sectors=() if by_hand else _sector_marks(auto, cards),
    )


def _captions(auto: RingPlaces) -> tuple[str, ...]:
    """What each ring means, said on the innermost of those that mean the same."""
    texts = {
        STRONG_RING: tr("strong, {n} and more", n=STRONG_RING),
        MEDIUM_RING: tr("medium, {n} and more", n=MEDIUM_RING),
        0: tr("weak, under {n}", n=MEDIUM_RING),
    }
    before = (None, *auto.floors)
    return tuple(
        texts[floor] if floor != last else ""
        for floor, last in zip(auto.floors, before, strict=False)
    )


def _sector_marks(auto: RingPlaces, cards: Mapping[PersonId, Card]) -> tuple[SectorMark, ...]:
    partners = any(card.side is Side.PARTNER for card in cards.values())
    ours = tr("ours and partners'") if partners else tr("our people")
    titles = {0: ours, 1: tr("insiders"), 2: tr("competitors' people")}
    if not auto.rings:
        return ()
    return tuple(
        SectorMark(titles[sector], middle) for sector, middle in sorted(auto.middles.items())
    )


def route_marks(routes: Iterable[Route]) -> tuple[RouteMark, ...]:
    """Routes as they are drawn over any figure that has cards of their people."""
    return tuple(
        RouteMark(
            number=number,
            people=route.people,
            weakest=route.edges.index(route.weakest),
            share=float(route.value),
        )
        for number, route in enumerate(routes, start=1)
    )


def _lines(analysis: AccountAnalysis, person: PersonId, best: Iterable[Route]) -> list[Line]:
    """Every line that touches the person, and those the routes run along."""
    inside = {one.id: one for one in analysis.people} | {
        person: analysis.records.one(Person, person)
    }
    found = [
        line
        for line in (*reporting_lines(analysis, inside), *influence_lines(analysis, inside))
        if person in (line.source, line.target)
    ]
    known = {line.record for line in found}
    for line in tie_lines(analysis, (person,)):
        found.append(line)
        known.add(line.record)
    edges = {edge.record: edge for route in best for edge in route.edges}
    wanted = {end for edge in edges.values() for end in (edge.source, edge.target)}
    candidates = (*influence_lines(analysis, wanted), *tie_lines(analysis, wanted))
    found += [line for line in candidates if line.record in edges and line.record not in known]
    return found


def _cards(
    analysis: AccountAnalysis,
    person: PersonId,
    around: Iterable[PersonId],
    lines: Iterable[Line],
    lens: Lens,
) -> dict[PersonId, Card]:
    ties = {
        line.source: line.strength
        for line in lines
        if line.target == person and line.style not in ORTHOGONAL
    }
    cards = {person: customer_card(analysis, analysis.records.one(Person, person), lens=lens)}
    for one in sorted(around):
        record = analysis.records.get(Person, one)
        if record is None:
            continue
        if side_card(analysis, record) is Side.CUSTOMER:
            cards[one] = customer_card(analysis, record, lens=lens)
        else:
            tie = ties.get(one)
            note = tr("knows him or her: {n}", n=tie) if tie is not None else ""
            cards[one] = outsider_card(analysis, record, note=note)
    return cards


def _laid_out(
    person: PersonId,
    cards: Mapping[PersonId, Card],
    lines: Iterable[Line],
) -> RingPlaces:
    strengths: dict[PersonId, int] = {}
    for line in lines:
        if person not in (line.source, line.target):
            continue
        other = line.source if line.target == person else line.target
        strength = _REPORTING_STRENGTH if line.style in ORTHOGONAL else line.strength or 0
        strengths[other] = max(strength, strengths.get(other, 0))
    around: dict[str, Around] = {
        one: Around(sector=_SECTORS[card.side], strength=strengths.get(one))
        for one, card in cards.items()
        if one != person
    }
    return rings(
        person,
        around,
        links=[(line.source, line.target) for line in lines],
        names={one: card.name for one, card in cards.items()},
        facing=_LEFT,
    )


def _moved(kept: Placement, auto: Point | None) -> bool:
    """Whether a card stands elsewhere than the rings want it."""
    return auto is None or hypot(kept.x - auto.x, kept.y - auto.y) > _ON_RING


def _people(auto: RingPlaces) -> dict[PersonId, Point]:
    return {PersonId(one): point for one, point in auto.places.items()}


def _near(lines: Iterable[Line]) -> dict[PersonId, list[tuple[PersonId, int]]]:
    near: dict[PersonId, list[tuple[PersonId, int]]] = {}
    for line in lines:
        near.setdefault(line.source, []).append((line.target, -1))
        near.setdefault(line.target, []).append((line.source, 1))
    return near
