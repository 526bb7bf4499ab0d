"""What an account plan says, as values: chosen and counted here, laid out by ``rendering``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.chain_members import DECIDING
from brm_desktop.domain.naming import called
from brm_desktop.domain.odds import ChainReading, RedFlag, RedFlagKind
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.project_grid import GRID_YEARS, GridRow, project_grid, years_until
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Action,
    ActionState,
    Dimension,
    Outcome,
    Person,
    PersonId,
    Project,
    ProjectType,
    Records,
    Stance,
    TeamFunction,
    TeamMember,
)
from brm_desktop.domain.routes import RouteReading
from brm_desktop.domain.scores import AccountScores, account_scores
from brm_desktop.domain.sides import has_left
from brm_desktop.domain.spelling import name_order

PRIORITIES = 3
ROUTE_TARGETS = 6
TREND_MONTHS = 12

_FUNCTIONS = tuple(TeamFunction)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The account's three scores as they stood on a day."""

    on: date
    scores: AccountScores


@dataclass(frozen=True, slots=True)
class Priority:
    """A person to work on next, why, and the points of odds it would bring (0 when it has none)."""

    person: PersonId
    text: Phrase
    gain: Fraction


@dataclass(frozen=True, slots=True)
class LiveProject:
    """An open project with its decision chain read."""

    project: Project
    reading: ChainReading


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Everything the account plan of one year says; ``plan`` is ``None`` while nobody wrote one.

    Scores run from the first of the trend to today; ``people`` are the key persons, most important
    first; ``live`` the open projects, newest first, and ``stances`` what is known from them;
    ``history`` the types of project, the wanted and most frequent first; ``actions`` the open ones,
    the earliest first; ``team`` those on it today or later, by function.
    """

    analysis: AccountAnalysis
    year: int
    plan: AccountPlan | None
    trend: tuple[TrendPoint, ...]
    priorities: tuple[Priority, ...]
    red_flags: tuple[RedFlag, ...]
    people: tuple[Person, ...]
    stances: Mapping[PersonId, Stance]
    live: tuple[LiveProject, ...]
    history_years: tuple[int, ...]
    history: tuple[GridRow, ...]
    routes: tuple[RouteReading, ...]
    team: tuple[TeamMember, ...]
    actions: tuple[Action, ...]


def account_plan(analysis: AccountAnalysis, year: int) -> PlanContent:
    """What the plan of an account for a year says, read from everything known today."""
    records = analysis.records
    live = tuple(
        LiveProject(project, analysis.chain(project.id))
        for project in analysis.projects
        if project.outcome is Outcome.OPEN
    )
    years = years_until(analysis.today, GRID_YEARS)
    return PlanContent(
        analysis=analysis,
        year=year,
        plan=plan_of(records, analysis.account, year),
        trend=score_trend(analysis),
        priorities=_priorities(analysis, live),
        red_flags=_red_flags(live),
        people=analysis.key_people,
        stances=_stances(live),
        live=live,
        history_years=years,
        history=_history(analysis, years),
        routes=tuple(analysis.routes_to(person) for person in _route_targets(analysis, live)),
        team=team_of(analysis),
        actions=_open_actions(records.where(Action, account=analysis.account)),
    )


def goal_of(records: Records, account: AccountId, year: int) -> str:
    """What the plan of a year wants of an account; "" while nobody wrote it."""
    plan = plan_of(records, account, year)
    return plan.goal if plan else ""


def plan_of(records: Records, account: AccountId, year: int) -> AccountPlan | None:
    """The plan of an account for a year; ``None`` while nobody wrote one."""
    plans = records.where(AccountPlan, account=account)
    return next((one for one in plans if one.year == year), None)


def score_trend(analysis: AccountAnalysis, months: int = TREND_MONTHS) -> tuple[TrendPoint, ...]:
    """The account's scores at the last ``months`` month ends and today, oldest first.

    Read back from the dated assessments, weighted by today's importance, so that the line shows
    how people's scores moved and not how the chart was redrawn.
    """
    days = (*_month_ends(analysis.today, months), analysis.today)
    return tuple(
        TrendPoint(
            on,
            account_scores(
                analysis.records, analysis.account, on, analysis.rules, analysis.importance
            ),
        )
        for on in days
    )


def change_over(trend: tuple[TrendPoint, ...], dimension: Dimension) -> Fraction | None:
    """How far a score moved since the first point that had one; ``None`` without two points."""
    values = [value for point in trend if (value := point.scores[dimension].value) is not None]
    return values[-1] - values[0] if len(values) > 1 else None


def _month_ends(today: date, months: int) -> list[date]:
    first = today.replace(day=1)
    ends = []
    for _ in range(months):
        end = date.fromordinal(first.toordinal() - 1)
        ends.append(end)
        first = end.replace(day=1)
    return ends[::-1]


def _priorities(analysis: AccountAnalysis, live: Iterable[LiveProject]) -> tuple[Priority, ...]:
    """The best targets of the live chains, then key persons with whom our closeness is unknown."""
    best: dict[PersonId, Priority] = {}
    for entry in live:
        for target in entry.reading.targets:
            known = best.get(target.person)
            if known is None or target.gain > known.gain:
                best[target.person] = Priority(target.person, target.text, target.gain)
    names = {person: called(analysis.records, person) for person in best}
    ranked = sorted(best.values(), key=lambda one: (-one.gain, names[one.person], one.person))
    unscored = (
        Priority(person.id, _find_out(analysis.records, person), Fraction(0))
        for person in analysis.key_people
        if person.id not in best and analysis.standing(person.id, Dimension.CLOSENESS) is None
    )
    return tuple([*ranked, *unscored][:PRIORITIES])


def _find_out(records: Records, person: Person) -> Phrase:
    if person.placeholder:
        return phrase("Find out who {name} is", name=called(records, person.id))
    return phrase("nobody has scored how close we are: find out")


def _red_flags(live: Iterable[LiveProject]) -> tuple[RedFlag, ...]:
    """The red flags of all live chains, each once, in the order of their kinds."""
    flags = dict.fromkeys(flag for entry in live for flag in entry.reading.red_flags)
    kinds = list(RedFlagKind)
    return tuple(sorted(flags, key=lambda flag: kinds.index(flag.kind)))


def _stances(live: Iterable[LiveProject]) -> Mapping[PersonId, Stance]:
    """Each person's stance in the newest live chain that knows it."""
    stances: dict[PersonId, Stance] = {}
    for entry in live:
        for member in entry.reading.members:
            if stances.get(member.person, Stance.UNKNOWN) is Stance.UNKNOWN:
                stances[member.person] = member.stance
    return stances


def _history(analysis: AccountAnalysis, years: Sequence[int]) -> tuple[GridRow, ...]:
    """The types of project that there were in some years."""
    types = analysis.records.all(ProjectType)
    grid = project_grid(analysis.projects, types, years)
    return tuple(row for row in grid if row.type is not None and row.years)


def _route_targets(analysis: AccountAnalysis, live: Iterable[LiveProject]) -> tuple[PersonId, ...]:
    """Whom the plan shows routes to: who decides the live projects, else the power centres."""
    deciding = [
        member.person
        for entry in live
        for member in entry.reading.members
        if member.person in analysis.importance
        and not member.placeholder
        and not set(DECIDING).isdisjoint(member.roles)
    ]
    wanted = deciding or [person.id for person in analysis.power_centres]
    return tuple(dict.fromkeys(wanted))[:ROUTE_TARGETS]


def team_of(analysis: AccountAnalysis) -> tuple[TeamMember, ...]:
    """Who is on the team or will be, in the order of functions, then of names."""
    records = analysis.records
    members = (
        member
        for member in records.where(TeamMember, account=analysis.account)
        if _stays(records, member, analysis.today)
    )
    return tuple(
        sorted(
            members,
            key=lambda one: (
                _FUNCTIONS.index(one.function),
                name_order(called(records, one.employee)),
                one.id,
            ),
        )
    )


def _stays(records: Records, member: TeamMember, today: date) -> bool:
    colleague = records.get(Person, member.employee)
    ended = member.to_on is not None and member.to_on < today
    return colleague is not None and not ended and not has_left(colleague, today)


def _open_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    return tuple(
        sorted(
            (action for action in actions if action.state is ActionState.OPEN),
            key=lambda action: (action.due or date.max, action.text, action.id),
        )
    )
