"""How much of what should be known of an account is known, and how much of that holds (rule §12).

The rule names the facts and weighs people by importance; what it leaves open is decided here. All
facts of a person weigh alike. A project weighs as much as a key person does on the average. What
nobody signs as assumed, such as a title, is confirmed, and what nothing dates is fresh. What was
said in a project that has been decided is as old as it was on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.attitudes import AttitudeNow, attitude_on
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import (
    Adaptability,
    Basis,
    ChainMember,
    Dimension,
    Influence,
    Outcome,
    Person,
    PersonId,
    Project,
    ProjectId,
    ReportingLine,
    Stance,
    Tie,
)
from brm_desktop.domain.scores import Freshness, freshness
from brm_desktop.domain.sides import has_left, is_ours

PROJECT_YEARS: Final = 3
"""Projects of so many years count; one without any date is taken as of today."""


class Fact(Word):
    """What should be known: of a key person, of a project, of an account and its opportunities.

    Those of an account and of its opportunities are asked for; no index is counted from them.
    """

    DEPARTMENT = "department", "department"
    TITLE = "title", "title"
    PLACE = "place", "place in the power map"
    INFLUENCE = "influence", "asked about influence"
    CLOSENESS = "closeness", "closeness"
    SOLUTION = "solution", "solution acceptance"
    PRICE = "price", "price acceptance"
    VETO = "veto", "veto answered"
    APPROVER = "approver", "sole approval answered"
    ADAPTABILITY = "adaptability", "adaptability"
    TIE = "tie", "a tie of ours"
    TYPE = "type", "type of project"
    AMOUNT = "amount", "amount"
    DATES = "dates", "dates"
    OUTCOME = "outcome", "outcome"
    PARTICIPANTS = "participants", "participants with role and stance"
    SPEND = "spend", "expected annual spend"
    PEOPLE = "people", "people"
    DEAL_AMOUNT = "deal_amount", "amount of an opportunity"
    DEAL_DAY = "deal_day", "expected close of an opportunity"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One fact of a person or a project, its weight, and how well it is known.

    ``sure`` is confirmed and fresh; what is not known is not sure.
    """

    subject: PersonId | ProjectId
    fact: Fact
    weight: Fraction
    known: bool
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Completeness:
    """The BRM index of an account, a seller or the company, with the facts it is counted from.

    ``completeness`` and ``accuracy`` are 0–1, or ``None`` where nothing is asked or nothing known;
    the index is their product, and 0 where nothing is known.
    """

    facts: tuple[KnownFact, ...]

    @property
    def completeness(self) -> Fraction | None:
        """The share of the weight that is known."""
        return _share(self._weight(known=True), sum((f.weight for f in self.facts), Fraction()))

    @property
    def accuracy(self) -> Fraction | None:
        """The share of what is known that is confirmed and fresh."""
        sure = sum((fact.weight for fact in self.facts if fact.sure), Fraction())
        return _share(sure, self._weight(known=True))

    @property
    def index(self) -> Fraction | None:
        """Completeness × accuracy."""
        whole = self.completeness
        return None if whole is None else whole * (self.accuracy or 0)

    def _weight(self, *, known: bool) -> Fraction:
        return sum((fact.weight for fact in self.facts if fact.known is known), Fraction())


def completeness_of(analysis: AccountAnalysis) -> Completeness:
    """What is known of an account's key persons and of its projects (domain rule §12)."""
    weights = {one.id: analysis.importance[one.id].weight for one in analysis.key_people}
    weighed = [weight for weight in weights.values() if weight]
    of_a_project = Fraction(sum(weighed), len(weighed)) if weighed else Fraction(100)
    facts: list[KnownFact] = []
    for person in analysis.key_people:
        facts += _weighed(person.id, Fraction(weights[person.id]), _of_person(analysis, person))
    for project in analysis.projects:
        if _counts(project, analysis.today):
            facts += _weighed(project.id, of_a_project, _of_project(analysis, project))
    return Completeness(tuple(facts))


def completeness_over(several: Iterable[Completeness]) -> Completeness:
    """The index over several accounts: of a seller, of the company."""
    return Completeness(tuple(fact for one in several for fact in one.facts))


_Found = tuple[Fact, bool, bool]
"""A fact, whether it is known, and whether it is confirmed and fresh if so."""


def _weighed(
    subject: PersonId | ProjectId, weight: Fraction, found: Iterable[_Found]
) -> list[KnownFact]:
    facts = list(found)
    each = weight / len(facts)
    return [KnownFact(subject, fact, each, known, known and sure) for fact, known, sure in facts]


def _of_person(analysis: AccountAnalysis, person: Person) -> Iterator[_Found]:
    yield Fact.DEPARTMENT, person.department is not None, True
    yield Fact.TITLE, bool(person.title), True
    yield Fact.PLACE, _has_place(analysis, person), True
    yield Fact.INFLUENCE, *_influence(analysis, person)
    for dimension, fact in _SCORES.items():
        stands = analysis.standing(person.id, dimension)
        sure = stands is not None and _is_sure(stands.basis, stands.freshness)
        yield fact, stands is not None, sure
    yield Fact.VETO, person.veto is not None, True
    yield Fact.APPROVER, person.sole_approver is not None, True
    yield Fact.ADAPTABILITY, person.adaptability is not Adaptability.UNKNOWN, True
    ties = list(_ties_of_ours(analysis, person))
    yield Fact.TIE, bool(ties), any(_tie_is_sure(analysis, tie) for tie in ties)


_SCORES: Final = {
    Dimension.CLOSENESS: Fact.CLOSENESS,
    Dimension.SOLUTION: Fact.SOLUTION,
    Dimension.PRICE: Fact.PRICE,
}


def _has_place(analysis: AccountAnalysis, person: Person) -> bool:
    """Whether he hangs in the chart, stands over somebody in it, or has a power of his own."""
    records = analysis.records
    return (
        person.power is not None
        or bool(records.where(ReportingLine, person=person.id))
        or bool(records.where(ReportingLine, manager=person.id))
    )


def _influence(analysis: AccountAnalysis, person: Person) -> tuple[bool, bool]:
    """Whether he was asked whom he sways and who sways him; a line that says so answers it."""
    records, asked = analysis.records, person.influence_asked_on
    if asked is not None and asked <= analysis.today:
        return True, freshness(asked, analysis.today, analysis.rules) is Freshness.FRESH
    lines = [
        *records.where(Influence, source=person.id),
        *records.where(Influence, target=person.id),
    ]
    sure = any(
        _is_sure(line.basis, _age(analysis, analysis.contacts.date_of_influence(line)))
        for line in lines
    )
    return bool(lines), sure


def _ties_of_ours(analysis: AccountAnalysis, person: Person) -> Iterator[Tie]:
    records = analysis.records
    for tie in records.where(Tie, person=person.id):
        employee = records.get(Person, tie.employee)
        if employee is None or has_left(employee, analysis.today):
            continue
        if is_ours(records, employee.organisation):
            yield tie


def _tie_is_sure(analysis: AccountAnalysis, tie: Tie) -> bool:
    return _is_sure(tie.basis, _age(analysis, analysis.contacts.date_of_tie(tie)))


def _counts(project: Project, today: date) -> bool:
    """Whether a project is of the last three years."""
    days = [day for day in (project.starts_on, project.decided_on) if day is not None]
    return not days or (today - max(days)).days <= PROJECT_YEARS * 365.25


def _of_project(analysis: AccountAnalysis, project: Project) -> Iterator[_Found]:
    decided = project.outcome is not Outcome.OPEN
    late = project.decided_on is not None and project.decided_on < analysis.today
    dated = project.starts_on is not None and (not decided or project.decided_on is not None)
    yield Fact.TYPE, project.type is not None, True
    yield Fact.AMOUNT, project.amount is not None, True
    yield Fact.DATES, dated, True
    yield Fact.OUTCOME, decided or not late, True
    yield Fact.PARTICIPANTS, *_participants(analysis, project)


def _participants(analysis: AccountAnalysis, project: Project) -> tuple[bool, bool]:
    """Whether everybody on the chain has a role and a stance, and all stances are sure."""
    day = day_of_stances(analysis, project)
    found = _members(analysis, project)
    known = bool(found) and all(
        member.roles and now.stance is not Stance.UNKNOWN for member, now in found
    )
    sure = all(
        now.basis is not None and _is_sure(now.basis, freshness(now.stated_on, day, analysis.rules))
        for _member, now in found
    )
    return known, sure


def members_lacking(
    analysis: AccountAnalysis, project: Project
) -> tuple[tuple[PersonId, ...], tuple[PersonId, ...]]:
    """Who on a project's chain has no role, and whose stance is not known; in no order."""
    found = _members(analysis, project)
    return (
        tuple(member.person for member, _now in found if not member.roles),
        tuple(member.person for member, now in found if now.stance is Stance.UNKNOWN),
    )


def _members(analysis: AccountAnalysis, project: Project) -> list[tuple[ChainMember, AttitudeNow]]:
    records, day = analysis.records, day_of_stances(analysis, project)
    members = records.where(ChainMember, project=project.id)
    return [(one, attitude_on(records, project.id, one.person, day)) for one in members]


def day_of_stances(analysis: AccountAnalysis, project: Project) -> date:
    """The day that stances on a project are looked for: today; of one that has ended its end."""
    if project.outcome is Outcome.OPEN:
        return analysis.today
    return min(project.decided_on or analysis.today, analysis.today)


def _age(analysis: AccountAnalysis, dated: date | None) -> Freshness:
    return freshness(dated, analysis.today, analysis.rules)


def _is_sure(basis: Basis, age: Freshness) -> bool:
    return basis is Basis.CONFIRMED and age is Freshness.FRESH


def _share(part: Fraction, whole: Fraction) -> Fraction | None:
    return part / whole if whole else None
