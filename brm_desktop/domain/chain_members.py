"""The people of a decision chain as its odds see them (domain rule §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.competitors import CompetitorStanding, competitors_at
from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.importance import Importance
from brm_desktop.domain.naming import called
from brm_desktop.domain.records import (
    ChainMember,
    ContactLevel,
    Dimension,
    Person,
    PersonId,
    ProjectId,
    Records,
    Role,
    Stance,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Standing, standing
from brm_desktop.domain.sides import has_left

SUPPORTING = frozenset({Stance.SUPPORTER, Stance.MENTOR})
AGAINST = frozenset({Stance.NON_SUPPORTER, Stance.ENEMY})
DECIDING = (Role.APPROVER, Role.DECISION_MAKER)
FORMAL = (Role.APPROVER, Role.DECISION_MAKER, Role.EVALUATOR, Role.USER)

_ROLES = tuple(Role)
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class MemberReading:
    """One member of a chain as the odds see him.

    ``role`` is the heaviest of ``roles`` and ``weight`` its weight, 0 without a role or once he has
    left. ``q`` is 0–1; ``guessed`` says that nothing is known of him, so that it is ½. ``veto`` and
    ``sole_approver`` are the chain's override or else the person's own mark; who holds one by
    override is crucial on this chain, unless the user marked him as not. ``standings`` are the
    known dimensions, ``competitor`` the closest competitor.
    """

    person: PersonId
    name: str
    roles: tuple[Role, ...]
    role: Role | None
    weight: int
    stance: Stance
    contact: ContactLevel
    veto: bool | None
    sole_approver: bool | None
    crucial: bool
    placeholder: bool
    left: bool
    q: Fraction
    guessed: bool
    standings: Mapping[Dimension, Standing]
    competitor: CompetitorStanding | None

    @property
    def closeness(self) -> int | None:
        """How close we are, or ``None`` when unscored."""
        known = self.standings.get(Dimension.CLOSENESS)
        return known.value if known else None

    @property
    def lead(self) -> int:
        """How far the closest competitor is ahead of us, ours unscored taken as 0; 0 with none."""
        theirs = self.competitor.standing.value if self.competitor else 0
        return max(0, theirs - (self.closeness or 0))


def members_of(
    records: Records,
    project_id: ProjectId,
    today: date,
    rules: Rules,
    importance: Mapping[PersonId, Importance],
    contacts: Contacts,
) -> tuple[MemberReading, ...]:
    """The members of a project's chain: heaviest role first, then by name."""
    found = []
    for member in records.where(ChainMember, project=project_id):
        person = records.get(Person, member.person)
        if person is not None:
            found.append(_read(records, person, member, today, rules, importance, contacts))
    return tuple(sorted(found, key=_order))


def present(members: Sequence[MemberReading]) -> list[MemberReading]:
    """The members who have not left."""
    return [member for member in members if not member.left]


def _order(member: MemberReading) -> tuple[int, str, str]:
    place = _ROLES.index(member.role) if member.role else len(_ROLES)
    return (place, member.name, member.person)


def _read(
    records: Records,
    person: Person,
    member: ChainMember,
    today: date,
    rules: Rules,
    importance: Mapping[PersonId, Importance],
    contacts: Contacts,
) -> MemberReading:
    standings = {}
    for dimension in Dimension:
        known = standing(records, person.id, dimension, today, rules, contacts=contacts)
        if known is not None:
            standings[dimension] = known
    role = max(member.roles, key=lambda r: (rules.role_weights[r], -_ROLES.index(r)), default=None)
    left = has_left(person, today)
    rivals = competitors_at(records, person.id, today, rules, contacts)
    attitude = attitude_on(records, member.project, person.id, today)
    q = person_value(attitude.stance, [known.value for known in standings.values()], rules)
    return MemberReading(
        person=person.id,
        name=called(records, person.id),
        roles=member.roles,
        role=role,
        weight=rules.role_weights[role] if role and not left else 0,
        stance=attitude.stance,
        contact=attitude.contact,
        veto=person.veto if member.veto is None else member.veto,
        sole_approver=(
            person.sole_approver if member.sole_approver is None else member.sole_approver
        ),
        crucial=_is_crucial(person, member, importance.get(person.id)),
        placeholder=person.placeholder,
        left=left,
        q=_HALF if q is None else q,
        guessed=q is None,
        standings=standings,
        competitor=rivals[0] if rivals else None,
    )


def person_value(stance: Stance, scores: Sequence[int], rules: Rules) -> Fraction | None:
    """How much someone is for us, 0–1, by stance and known scores; ``None`` if both are unknown."""
    parts = []
    if stance in rules.stance_values:
        parts.append(rules.stance_values[stance])
    if scores:
        parts.append(Fraction(sum(scores), 100 * len(scores)))
    return sum(parts, Fraction(0)) / len(parts) if parts else None


def _is_crucial(person: Person, member: ChainMember, importance: Importance | None) -> bool:
    if person.crucial is not None:
        return person.crucial
    marked = person.veto or person.sole_approver or member.veto or member.sole_approver
    return bool(marked or (importance is not None and importance.crucial))
