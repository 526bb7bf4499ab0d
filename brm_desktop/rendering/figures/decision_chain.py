"""The decision chain of one project: role lanes, influencers and competitors' people beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.records import (
    ChainLink,
    ChainLinkKind,
    ChainMember,
    Person,
    PersonId,
    Project,
    ProjectId,
    Role,
)
from brm_desktop.language import tr
from brm_desktop.rendering.figure import Card, Figure, Lane, Lens, Line, LineStyle, Point
from brm_desktop.rendering.figures.bands import bands
from brm_desktop.rendering.figures.lines import influence_lines, reporting_lines, tie_lines
from brm_desktop.rendering.figures.people import customer_card, member_subtitle, outsider_card
from brm_desktop.rendering.figures.places import placements, standing, stood
from brm_desktop.rendering.layouts.lanes import LanePlaces, lanes
from brm_desktop.rendering.shapes import ORTHOGONAL

LANE_ROLES = (Role.APPROVER, Role.DECISION_MAKER, Role.EVALUATOR, Role.USER)


@dataclass(frozen=True, slots=True)
class _Chain:
    """What one chain's figure is made of."""

    members: Mapping[PersonId, ChainMember]
    outside: tuple[PersonId, ...]
    lines: tuple[Line, ...]

    def row(self, person: PersonId) -> int | None:
        """The highest lane of a member; ``None`` for who stands beside."""
        member = self.members.get(person)
        roles = member.roles if member else ()
        return min((LANE_ROLES.index(role) for role in roles if role in LANE_ROLES), default=None)

    @property
    def rows(self) -> dict[PersonId, int]:
        """Everyone who stands in a lane."""
        found = ((one, self.row(one)) for one in self.members)
        return {one: row for one, row in found if row is not None}

    @property
    def beside(self) -> list[PersonId]:
        """The members who stand in the column."""
        return [one for one in self.members if self.row(one) is None]


def decision_chain(
    analysis: AccountAnalysis, project_id: ProjectId, lens: Lens = Lens.CLOSENESS
) -> Figure:
    """A project's chain: who has the topmost role stands in the topmost lane.

    Someone with several roles stands in the highest; influencers and members without a role stand
    in the column at the right, with the competitors' people who know a member.
    """
    chain = _chain(analysis, project_id)
    cards = _cards(analysis, chain, lens)
    kept = placements(analysis.records, project_id)
    auto = _laid_out(analysis, chain)
    places = standing(kept, cards, lambda: _people(auto), lambda: _near(chain))
    shown = stood(cards, places, kept)
    by_hand = any(one in kept for one in cards)
    return Figure(
        canvas=project_id,
        title=_title(analysis, project_id),
        cards=shown,
        lines=chain.lines,
        lanes=_lanes(chain, shown, auto, by_hand=by_hand),
    )


def chain_excerpt(
    analysis: AccountAnalysis, project_id: ProjectId, people: Collection[PersonId], per_row: int
) -> Figure:
    """Some members of a chain, laid out anew in as little room as they need.

    Without people from outside, words on lines, and lanes that nobody of them stands in; of one
    role ``per_row`` stand side by side.
    """
    whole = _chain(analysis, project_id)
    members = {one: member for one, member in whole.members.items() if one in people}
    lines = (line for line in whole.lines if line.source in members and line.target in members)
    chain = _Chain(members, (), tuple(replace(line, label="") for line in lines))
    used = sorted(set(chain.rows.values()))
    auto = _laid_out(analysis, chain, used, per_row)
    places = _people(auto)
    cards = _cards(analysis, chain, Lens.CLOSENESS)
    found = [
        Lane(title=tr(LANE_ROLES[row]), box=box) for row, box in zip(used, auto.lanes, strict=True)
    ]
    if chain.beside:
        found.append(Lane(title=tr(Role.INFLUENCER), box=auto.column, column=True))
    return Figure(
        canvas=project_id,
        title=_title(analysis, project_id),
        cards={one: card.at(places[one]) for one, card in cards.items()},
        lines=chain.lines,
        lanes=tuple(found),
    )


def _title(analysis: AccountAnalysis, project_id: ProjectId) -> str:
    project = analysis.records.one(Project, project_id)
    return tr("{project}: decision chain", project=project.name)


def _chain(analysis: AccountAnalysis, project_id: ProjectId) -> _Chain:
    records = analysis.records
    found = records.where(ChainMember, project=project_id)
    members = {
        member.person: member
        for member in sorted(found, key=lambda member: member.person)
        if records.get(Person, member.person) is not None
    }
    rival = [
        line
        for line in tie_lines(analysis, members)
        if line.style is LineStyle.COMPETITOR_TIE and line.source not in members
    ]
    outside = tuple(sorted({line.source for line in rival}))
    lines = (*_own_links(analysis, project_id, members), *_account_lines(analysis, members), *rival)
    return _Chain(members, outside, _once(lines))


def _own_links(
    analysis: AccountAnalysis, project_id: ProjectId, members: Mapping[PersonId, ChainMember]
) -> Iterator[Line]:
    for link in analysis.records.where(ChainLink, project=project_id):
        if link.source not in members or link.target not in members:
            continue
        source, target, style = link.source, link.target, LineStyle.INFLUENCE
        if link.kind is ChainLinkKind.REPORTS_TO:
            source, target, style = link.target, link.source, LineStyle.REPORTING
        elif link.kind is ChainLinkKind.DECIDES_FOR:
            style = LineStyle.DECIDES_FOR
        yield Line(record=link.id, source=source, target=target, style=style, label=link.label)


def _account_lines(
    analysis: AccountAnalysis, members: Mapping[PersonId, ChainMember]
) -> Iterator[Line]:
    yield from reporting_lines(analysis, members)
    yield from influence_lines(analysis, members)


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Each pair joined only once upright and once bent: the chain's own link before the account's.

    A conflict always stays.
    """
    taken: set[tuple[PersonId, PersonId, bool]] = set()
    kept = []
    for line in lines:
        key = (line.source, line.target, line.style in ORTHOGONAL)
        if line.style is LineStyle.CONFLICT or key not in taken:
            kept.append(line)
            taken.add(key)
    return tuple(kept)


def _cards(analysis: AccountAnalysis, chain: _Chain, lens: Lens) -> dict[PersonId, Card]:
    cards: dict[PersonId, Card] = {}
    for one, member in chain.members.items():
        person = analysis.records.one(Person, one)
        card = customer_card(analysis, person, lens=lens)
        veto = card.veto if member.veto is None else member.veto
        sole = card.sole_approver if member.sole_approver is None else member.sole_approver
        marked = bool(veto or sole) and not card.left
        crucial = card.crucial or (person.crucial is None and marked)
        order = (*LANE_ROLES, Role.INFLUENCER)
        attitude = attitude_on(analysis.records, member.project, one, analysis.today)
        cards[one] = replace(
            card,
            subtitle=card.subtitle if card.left else member_subtitle(analysis, person, member),
            stance=attitude.stance,
            contact=attitude.contact,
            roles=tuple(role for role in order if role in member.roles),
            crucial=crucial,
            veto=veto,
            sole_approver=sole,
        )
    for one in chain.outside:
        cards[one] = outsider_card(analysis, analysis.records.one(Person, one))
    return cards


def _laid_out(
    analysis: AccountAnalysis,
    chain: _Chain,
    shown: Sequence[int] = range(len(LANE_ROLES)),
    per_row: int | None = None,
) -> LanePlaces:
    """Places in those lanes that are ``shown``."""
    everyone = (*chain.members, *chain.outside)
    names: dict[str, str] = {one: analysis.records.one(Person, one).name for one in everyone}
    rows: dict[str, int] = {str(one): shown.index(row) for one, row in chain.rows.items()}
    upright = [line for line in chain.lines if line.style in ORTHOGONAL]
    bent = [line for line in chain.lines if line.style not in ORTHOGONAL]
    return lanes(
        rows,
        [(line.source, line.target) for line in upright],
        influence=[(line.source, line.target) for line in bent],
        count=len(shown),
        beside=chain.beside,
        outside=chain.outside,
        names=names,
        per_row=per_row,
    )


def _people(auto: LanePlaces) -> dict[PersonId, Point]:
    return {PersonId(one): point for one, point in auto.places.items()}


def _near(chain: _Chain) -> dict[PersonId, list[tuple[PersonId, int]]]:
    """Beside whom a newcomer may stand: someone of the same lane, or of the lane above or below."""
    near: dict[PersonId, list[tuple[PersonId, int]]] = {}
    everyone = (*chain.members, *chain.outside)
    rows = {one: chain.row(one) for one in everyone}
    for one in everyone:
        same = [(other, 0) for other in everyone if other != one and rows[other] == rows[one]]
        others = [
            (other, row - theirs)
            for other, theirs in rows.items()
            if (row := rows[one]) is not None and theirs is not None and row != theirs
        ]
        near[one] = [*same, *sorted(others, key=lambda other: abs(other[1]))]
    return near


def _lanes(
    chain: _Chain, cards: Mapping[PersonId, Card], auto: LanePlaces, *, by_hand: bool
) -> tuple[Lane, ...]:
    """The lanes with their titles, drawn around where people stand when hands placed them."""
    titles: Sequence[str] = [tr(role) for role in LANE_ROLES]
    boxes, column = auto.lanes, auto.column
    if by_hand:
        rows = chain.rows
        boxes, column = bands(
            [[cards[one].box for one in rows if rows[one] == n] for n in range(len(titles))],
            [card.box for one, card in cards.items() if one not in rows],
        )
    found = [Lane(title=title, box=box) for title, box in zip(titles, boxes, strict=True)]
    if chain.beside or chain.outside:
        found.append(Lane(title=tr("influencers (off the chain)"), box=column, column=True))
    return tuple(found)
