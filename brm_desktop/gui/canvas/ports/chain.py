"""The decision chain of a project as a canvas: lanes are roles, upright lines are decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    ChainLink,
    ChainLinkKind,
    ChainMember,
    Person,
    PersonId,
    ProjectId,
    Records,
    Role,
    id_of,
)
from brm_desktop.gui.canvas.port import Hook, Relation, Removal, Suggestion
from brm_desktop.gui.canvas.ports import steps
from brm_desktop.gui.canvas.ports.session_port import SessionPort
from brm_desktop.rendering.figure import Box, Figure, Lens, Point
from brm_desktop.rendering.figures import decision_chain
from brm_desktop.rendering.figures.decision_chain import LANE_ROLES
from brm_desktop.session.session import Session

_UPRIGHT: Final = frozenset({Relation.PEER, Relation.REPORT, Relation.MANAGER})

_Roles = Mapping[PersonId, Role]


class ChainPort(SessionPort):
    """Draws who decides a project: a card's lane is its role, in and out by dragging."""

    def __init__(
        self,
        session: Session,
        account: AccountId,
        project: ProjectId,
        lens: Lens = Lens.CLOSENESS,
    ) -> None:
        super().__init__(session, account, project)
        self.project = project
        self.lens = lens

    def _project(self) -> ProjectId:
        return self.project

    def set_lens(self, lens: Lens) -> None:
        """Colour by something else."""
        if lens is not self.lens:
            self.lens = lens
            self._looks_otherwise()

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        """People of the account; on a chain they are rather meant than somebody new."""
        typed = text.casefold()
        return [
            replace(one, likely=one.name.casefold().startswith(typed))
            for one in super().suggestions(text)
        ]

    def add(self, name: str, at: Point, hook: Hook | None) -> PersonId:
        """Make a person of the account who has the role of the lane that the card stands in."""
        change = self._edit(
            phrase("Add {name}", name=name),
            _add,
            self.account,
            self.project,
            name,
            at,
            self._role_at(at),
            hook,
            self._unkept(),
        )
        return change.added(Person)[0].id

    def bring(self, person: PersonId, at: Point, hook: Hook | None) -> None:
        """Put somebody of the account on the chain, in the role of the lane."""
        member = id_of(ChainMember, self.project, person) in self.records
        role = None if member else self._role_at(at)
        places = {} if member else {person: at}
        name = phrase("Add {name} to the chain", name=self.records.one(Person, person).name)
        self._edit(name, _bring, self.project, person, places, role, hook, self._unkept())

    def link(self, first: PersonId, other: PersonId, relation: Relation) -> None:
        """Draw who decides for whom, or who sways whom."""
        if relation not in _UPRIGHT:
            super().link(first, other, relation)
            return
        self._edit(
            phrase("Draw a decision link"),
            _link,
            self.project,
            first,
            other,
            relation,
            self._unkept(),
        )

    def move(self, places: Mapping[PersonId, Point]) -> None:
        """Put cards where they were dragged; in another lane they have its role."""
        cards = self.figure().cards
        roles = {
            person: role
            for person, at in places.items()
            if person in cards
            and (role := self._role_at(at)) is not None
            and role is not self._role_at(cards[person].centre)
        }
        if not roles:
            super().move(places)
            return
        name = phrase("Give another role")
        self._edit(name, _move, self.project, places, roles, self._unkept())

    def relations_at_stake(self, people: Iterable[PersonId]) -> int:  # noqa: ARG002
        """None: people leave the chain, not the account."""
        return 0

    def remove(self, people: Iterable[PersonId], lines: Iterable[str], _removal: Removal) -> None:
        """Take people off the chain; they stay in the account."""
        name = phrase("Take off the chain") if people else phrase("Delete")
        self._edit(name, _remove, self.project, self._standing(), tuple(people), lines)

    def paste(self, copied: object, at: Point) -> tuple[PersonId, ...]:
        """Put copied people on the chain, making anew only those of other accounts."""
        before = {member.person for member in self._members()}
        super().paste(copied, at)
        return tuple(m.person for m in self._members() if m.person not in before)

    def paste_names(self, names: Sequence[str], at: Point) -> tuple[PersonId, ...]:
        """Make a person of each row of text, in the role of the lane and wherever that has room."""
        change = self._edit(
            phrase("Paste"),
            _add_rows,
            self.account,
            self.project,
            names,
            self._role_at(at),
            self._unkept(),
        )
        return tuple(person.id for person in change.added(Person))

    def _members(self) -> tuple[ChainMember, ...]:
        return self.records.where(ChainMember, project=self.project)

    def _role_at(self, at: Point) -> Role | None:
        """The role of the lane at a height, however wide the lane is; or of the column."""
        lanes = self.figure().lanes
        if any(lane.column and at.x > lane.box.x for lane in lanes):
            return Role.INFLUENCER
        rows = zip((lane for lane in lanes if not lane.column), LANE_ROLES, strict=False)
        return min(rows, key=lambda row: _beyond(row[0].box, at.y), default=(None, None))[1]

    def _draw(self, analysis: AccountAnalysis) -> Figure:
        return decision_chain(analysis, self.project, self.lens)

    def _view(self) -> object:
        return self.lens


def _beyond(box: Box, y: float) -> float:
    """How far a height is from a box's own."""
    return max(box.y - y, 0.0, y - box.bottom)


def _add(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    project: ProjectId,
    name: str,
    at: Point,
    role: Role | None,
    hook: Hook | None,
    standing: steps.Places,
) -> Change:
    draft = Draft(records)
    (person,) = draft.do(edits.add_person, act, account=account, name=name).added(Person)
    draft.do(_bring, act, project, person.id, {person.id: at}, role, hook, standing)
    return draft.change()


def _add_rows(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    project: ProjectId,
    rows: Sequence[str],
    role: Role | None,
    standing: steps.Places,
) -> Change:
    draft = Draft(records)
    made = draft.do(steps.add_rows, act, account, project, rows, (), standing)
    for person in made.added(Person):
        draft.do(edits.add_member, act, project, person.id, roles=(role,) if role else ())
    return draft.change()


def _bring(
    records: Records,
    act: Act,
    /,
    project: ProjectId,
    person: PersonId,
    places: steps.Places,
    role: Role | None,
    hook: Hook | None,
    standing: steps.Places,
) -> Change:
    draft = Draft(records)
    draft.do(steps.place, act, project, standing, places)
    if id_of(ChainMember, project, person) not in records:
        draft.do(edits.add_member, act, project, person, roles=(role,) if role else ())
    if hook is not None and hook.person != person:
        draft.do(_link, act, project, hook.person, person, hook.relation, {})
    return draft.change()


def _link(
    records: Records,
    act: Act,
    /,
    project: ProjectId,
    first: PersonId,
    other: PersonId,
    relation: Relation,
    standing: steps.Places,
) -> Change:
    draft = Draft(records)
    draft.do(steps.place, act, project, standing)
    if relation is Relation.PEER:
        for decider in _deciders(records, project, first):
            draft.do(edits.add_chain_link, act, project, decider, other)
    elif relation is Relation.REPORT:
        draft.do(edits.add_chain_link, act, project, first, other)
    elif relation is Relation.MANAGER:
        draft.do(edits.add_chain_link, act, project, other, first)
    else:
        draft.do(steps.link, act, first, other, relation)
    return draft.change()


def _move(
    records: Records,
    act: Act,
    /,
    project: ProjectId,
    places: steps.Places,
    roles: _Roles,
    standing: steps.Places,
) -> Change:
    """Put cards in places; who changes the lane has the new lane's role instead of the topmost."""
    draft = Draft(records)
    draft.do(steps.place, act, project, standing, places)
    for person, role in roles.items():
        member = records.get(ChainMember, id_of(ChainMember, project, person))
        if member is not None:
            order = (*LANE_ROLES, Role.INFLUENCER)
            kept = sorted(member.roles, key=order.index)[1:]
            wanted = (role, *(other for other in kept if other is not role))
            if role is Role.INFLUENCER:
                wanted = (role,)
            draft.do(edits.revise_member, act, project, person, roles=wanted)
    return draft.change()


def _remove(
    records: Records,
    act: Act,
    /,
    project: ProjectId,
    standing: steps.Places,
    people: Iterable[PersonId],
    lines: Iterable[str],
) -> Change:
    draft = Draft(records)
    gone = tuple(people)
    members = [p for p in gone if id_of(ChainMember, project, p) in records]
    outsiders = [p for p in gone if p not in members]
    draft.do(steps.place, act, project, {p: at for p, at in standing.items() if p not in gone})
    draft.do(edits.remove_records, act, [*lines, *steps.ties_into(records, outsiders, standing)])
    for person in members:
        draft.do(edits.remove_member, act, project, person)
    return draft.change()


def _deciders(records: Records, project: ProjectId, person: PersonId) -> list[PersonId]:
    links = records.where(ChainLink, target=person)
    decides = ChainLinkKind.DECIDES_FOR
    return [link.source for link in links if link.project == project and link.kind is decides]
