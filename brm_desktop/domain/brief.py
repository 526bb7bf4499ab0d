"""What a rep reads ten minutes before a visit, on one page (product R13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.birthdays import coming_birthdays
from brm_desktop.domain.chain_members import DECIDING, FORMAL, MemberReading, present
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.contacts import meetings_of
from brm_desktop.domain.deal_history import outcome_on
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.missing_facts import MissingFact, missing_facts
from brm_desktop.domain.odds import RedFlag
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.plan import LiveProject, PlanContent, account_plan
from brm_desktop.domain.records import (
    Interaction,
    Opportunity,
    Outcome,
    PersonId,
    Project,
    ProjectId,
    Role,
    Stance,
)
from brm_desktop.domain.routes import RouteReading

QUESTIONS: Final = 3
_ROLES: Final = tuple(Role)
_OURS_TO_SAY: Final = frozenset({Fact.CLOSENESS, Fact.TIE, Fact.TYPE, Fact.SPEND, Fact.DEAL_AMOUNT})
"""Facts that no customer can be asked for, or that are ours to work out."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """The visit brief of an account: about one of its projects, the one to be decided first.

    ``plan`` has everything else that is known. ``about`` is ``None`` while no project is open, and
    ``others`` are the open ones beside it. ``people`` are those on its chain, without a chain the
    key persons; ``decider`` is whom the ``route`` leads to; ``last`` are the meetings so far, the
    newest first; ``birthdays`` those of the next days.
    """

    plan: PlanContent
    about: LiveProject | None
    others: tuple[LiveProject, ...]
    people: tuple[PersonId, ...]
    red_flags: tuple[RedFlag, ...]
    questions: tuple[Phrase, ...]
    decider: PersonId | None
    route: RouteReading | None
    last: tuple[Interaction, ...]
    birthdays: tuple[tuple[PersonId, date], ...]


def visit_brief(
    analysis: AccountAnalysis, project: ProjectId | None = None, year: int | None = None
) -> Briefing:
    """The brief of a visit today, about an open project, by default the one decided first.

    ``year`` is that of the account plan whose goal is quoted, by default this one.
    """
    plan = account_plan(analysis, year or analysis.today.year)
    live = sorted(plan.live, key=_first_decided)
    about = next((one for one in live if one.project.id == project), next(iter(live), None))
    members = present(about.reading.members) if about else []
    decider = _decider(analysis, members)
    return Briefing(
        plan=plan,
        about=about,
        others=tuple(one for one in live if one is not about),
        people=tuple(
            [one.person for one in members] or [person.id for person in analysis.key_people]
        ),
        red_flags=about.reading.red_flags if about else (),
        questions=tuple(islice(_questions(analysis, about), QUESTIONS)),
        decider=decider,
        route=analysis.routes_to(decider) if decider else None,
        last=meetings_of(analysis.records, analysis.account, analysis.today),
        birthdays=coming_birthdays(analysis.people, analysis.today),
    )


def to_be_briefed(analysis: AccountAnalysis, project: ProjectId) -> ProjectId:
    """The project itself while it is open.

    Raises
    ------
    Refused
        When it is decided: a brief is about what is still open.
    """
    found = analysis.records.one(Project, project)
    if outcome_on(found, analysis.today) is Outcome.OPEN:
        return project
    raise Refused(
        phrase(
            "{project} is decided: a brief is written about an open project.", project=found.name
        )
    )


def _first_decided(one: LiveProject) -> tuple[date, str, str]:
    return (one.project.decided_on or date.max, one.project.name, one.project.id)


def _decider(analysis: AccountAnalysis, members: Iterable[MemberReading]) -> PersonId | None:
    """Who decides: the approver before the decision maker, else the greatest power centre."""
    deciding = [
        one
        for one in members
        if one.person in analysis.importance
        and not one.placeholder
        and not set(DECIDING).isdisjoint(one.roles)
    ]
    first = min(deciding, key=lambda one: _ROLES.index(one.roles[0]), default=None)
    if first is not None:
        return first.person
    centres = [one for one in analysis.power_centres if not one.placeholder]
    return centres[0].id if centres else None


def _questions(analysis: AccountAnalysis, about: LiveProject | None) -> Iterator[Phrase]:
    """What to find out: who decides, where they stand, then what moves most money."""
    asked: set[str] = set()
    if about is not None:
        there = present(about.reading.members)
        yield from _of_chain(about, there)
        asked.update(one.person for one in _unknown(there))
    yield from (one.question for one in _facts_to_ask(analysis, about, asked))


def _facts_to_ask(
    analysis: AccountAnalysis, about: LiveProject | None, asked: set[str]
) -> list[MissingFact]:
    """One missing fact of everybody, those that move most money first, different ones before all.

    What only we can know is nothing to ask a customer, and who decides was asked by the roles.
    """
    of_chain = None if about is None else (about.project.id, Fact.PARTICIPANTS)
    found: list[MissingFact] = []
    kinds: set[Fact] = set()
    open_to_ask = [
        one
        for one in missing_facts(analysis)
        if one.fact not in _OURS_TO_SAY and (one.subject, one.fact) != of_chain
    ]
    if about is not None:  # what is asked of another project waits for what is asked of this visit
        open_to_ask.sort(key=lambda one: _of_another(analysis, one, about.project.id))
    for other_kinds in (True, False):
        for one in open_to_ask:
            if one.subject not in asked and not (other_kinds and one.fact in kinds):
                asked.add(one.subject)
                kinds.add(one.fact)
                found.append(one)
    return found


def _of_another(analysis: AccountAnalysis, one: MissingFact, project: ProjectId) -> bool:
    """Whether a fact is about another project, or about what another one is to us in money."""
    deal = analysis.records.get(Opportunity, one.subject)
    if deal is not None:
        return deal.project != project
    return one.of_project and one.subject != project


def _of_chain(about: LiveProject, there: list[MemberReading]) -> Iterator[Phrase]:
    """Who has the roles nobody is known for, and where those stand of whom it is not known."""
    project = about.project.name
    for role in FORMAL:
        if not any(role in one.roles for one in there):
            yield phrase("Who is the {role} for {project}?", role=role, project=project)
    for one in _unknown(there):
        if one.placeholder:
            yield phrase("Who is {name}?", name=one.name)
        else:
            yield phrase("Where does {name} stand on {project}?", name=one.name, project=project)


def _unknown(members: Iterable[MemberReading]) -> list[MemberReading]:
    """Who is only a placeholder or whose stance is not known, the heaviest first."""
    found = [one for one in members if one.placeholder or one.stance is Stance.UNKNOWN]
    return sorted(found, key=lambda one: (-one.weight, one.name))
