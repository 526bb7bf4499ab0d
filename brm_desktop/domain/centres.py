"""Who to work on first at an account, and with what: its power and influence centres.

The lists stand beside the relationship map, the lowest score first, each person with the weakest
dimension, and with what is planned already or what the service menu proposes (domain rule §11).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    AccountId,
    Action,
    ActionState,
    Dimension,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    Tie,
)
from brm_desktop.domain.scores import Standing
from brm_desktop.domain.services import SERVICES_FOR, Service, deed, finding_out
from brm_desktop.domain.sides import has_left, side_of

DUE_IN_DAYS: Final = 14
FIRST_STEP_IN_DAYS: Final = 7

_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Centre:
    """One person of a side list: how close we are, what is weakest, and what is planned.

    ``score`` is that of the weakest dimension, ``None`` when it is unscored; ``planned`` is the
    open action for him that is due first.
    """

    person: Person
    closeness: Standing | None
    weakest: Dimension
    score: int | None
    planned: Action | None


@dataclass(frozen=True, slots=True)
class ActionProposal:
    """An action to plan for somebody: in words, by when, and who of us does it.

    ``service`` is the entry of the menu it comes from, ``None`` when first has to be found out
    where the person stands; ``services`` are all that serve the weak dimension.
    """

    person: PersonId
    dimension: Dimension
    text: Phrase
    service: Service | None
    services: tuple[Service, ...]
    due: date
    owner: PersonId | None


def centres(analysis: AccountAnalysis, people: Iterable[Person]) -> tuple[Centre, ...]:
    """A side list of the account's people: unscored first, then the lowest closeness.

    Equals stay in the order they come in.
    """
    found = [_centre(analysis, person) for person in people]
    return tuple(sorted(found, key=_lowest_first))


def propose_action(
    analysis: AccountAnalysis,
    person_id: PersonId,
    dimension: Dimension | None = None,
    service: Service | None = None,
) -> ActionProposal:
    """What to do next about a person's weak dimension, by default the weakest (domain rule §11).

    An unscored dimension is asked about first, unless an entry of the menu is named.
    """
    person = analysis.records.one(Person, person_id)
    if dimension is None:
        dimension = _centre(analysis, person).weakest
    stands = analysis.standing(person_id, dimension)
    name = called(analysis.records, person_id)
    services = SERVICES_FOR[dimension]
    if stands is None and service is None:
        text = finding_out(dimension, name)
    else:
        service = service or services[0]
        aim = phrase("to raise {dimension}", dimension=dimension)
        text = phrase("{deed}, {aim}", deed=deed(service, name), aim=aim)
    return ActionProposal(
        person=person_id,
        dimension=dimension,
        text=text,
        service=service,
        services=services,
        due=workday_in(analysis.today, DUE_IN_DAYS),
        owner=action_owner(analysis, person_id),
    )


def open_actions(records: Records, account: AccountId, person: PersonId) -> tuple[Action, ...]:
    """The open actions of an account for a person, what is due first at the head."""
    found = (
        one
        for one in records.where(Action, account=account)
        if one.person == person and one.state is ActionState.OPEN
    )
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.text, one.id)))


def action_owner(analysis: AccountAnalysis, person: PersonId) -> PersonId | None:
    """Who of us does what is planned for somebody: his contact owner, the user, or the account's.

    Who left does nothing any more.
    """
    records = analysis.records
    contact = [tie.employee for tie in records.where(Tie, person=person) if tie.contact_owner]
    for one in (*sorted(contact), analysis.user, analysis.record.owner):
        employee = records.get(Person, one)
        if employee is None or has_left(employee, analysis.today):
            continue
        if side_of(records, employee.id) is OrganisationKind.OWN:
            return employee.id
    return None


def workday_in(today: date, days: int) -> date:
    """The day so many days from now, or the Monday after it when it is on a weekend."""
    on = today + timedelta(days=days)
    return on + timedelta(days=7 - on.weekday()) if on.weekday() >= _SATURDAY else on


def _centre(analysis: AccountAnalysis, person: Person) -> Centre:
    stands = {one: analysis.standing(person.id, one) for one in Dimension}
    scores = {one: None if known is None else known.value for one, known in stands.items()}
    weakest = min(Dimension, key=lambda one: _low(scores[one]))
    planned = open_actions(analysis.records, analysis.account, person.id)
    return Centre(
        person=person,
        closeness=stands[Dimension.CLOSENESS],
        weakest=weakest,
        score=scores[weakest],
        planned=planned[0] if planned else None,
    )


def _lowest_first(centre: Centre) -> int:
    return _low(None if centre.closeness is None else centre.closeness.value)


def _low(score: int | None) -> int:
    return -1 if score is None else score
