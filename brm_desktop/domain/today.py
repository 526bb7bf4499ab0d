"""What an account asks of us today: what is due when, and what needs attention (product R13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.birthdays import coming_birthdays
from brm_desktop.domain.cadence import review_states
from brm_desktop.domain.deal_history import outcome_on
from brm_desktop.domain.missing_facts import MissingFact, by_money, missing_facts
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Phrase, Word, phrase, verbatim
from brm_desktop.domain.records import (
    AccountId,
    Action,
    ActionState,
    Department,
    Interaction,
    Opportunity,
    Outcome,
    PersonId,
    Project,
    ProjectId,
    ProjectType,
    ProjectTypeId,
    Review,
    ReviewKind,
    ScreeningVerdict,
    Tier,
)
from brm_desktop.domain.recurrence import rhythms
from brm_desktop.domain.red_flags import RedFlagKind
from brm_desktop.domain.spelling import name_order

AHEAD: Final = timedelta(days=30)
"""So far ahead Today looks."""
FACTS_KEPT: Final = 20
"""Of each account's missing facts those that move most money."""
FACTS_SHOWN: Final = 100
"""So many of all accounts together."""
_WEEK: Final = timedelta(days=7)


class Matter(Word):
    """What a line of Today is about."""

    ACTION = "action", "action"
    NEXT_STEP = "next_step", "next step"
    REVIEW = "review", "review"
    DECISION = "decision", "decision"
    PREPARE = "prepare", "preparation"
    BIRTHDAY = "birthday", "birthday"
    SILENT = "silent", "silent"
    RED_FLAG = "red_flag", "red flag"


class Urgency(Word):
    """When something is to be done, in the order of the page; the last two have no day."""

    OVERDUE = "overdue", "overdue"
    TODAY = "today", "today"
    WEEK = "week", "next seven days"
    AHEAD = "ahead", "next thirty days"
    SILENT = "silent", "silent crucial people"
    RED_FLAGS = "red_flags", "red flags"


_MATTERS: Final = {matter: place for place, matter in enumerate(Matter)}


@dataclass(frozen=True, slots=True)
class DueItem:
    """One line of Today, and what opens it: the person, the project or the record it is about.

    ``due`` is the day it is due, ``None`` for what only needs attention. ``weight`` orders lines of
    one day: a person's importance, 0–100. ``record`` is the action, or the kinds of review, apart.
    """

    account: AccountId
    account_name: str
    matter: Matter
    text: Phrase
    due: date | None = None
    person: PersonId | None = None
    project: ProjectId | None = None
    record: str = ""
    weight: int = 0

    @property
    def key(self) -> str:
        """What the line is known by, also after it was read again."""
        about = (self.record, self.project or "", self.person or "")
        return f"{self.account} {self.matter} {' '.join(about)} {self.text.text}"

    def urgency(self, today: date) -> Urgency:
        """When it is to be done, seen from a day."""
        if self.due is None:
            return Urgency.SILENT if self.matter is Matter.SILENT else Urgency.RED_FLAGS
        if self.due < today:
            return Urgency.OVERDUE
        if self.due == today:
            return Urgency.TODAY
        return Urgency.WEEK if self.due <= today + _WEEK else Urgency.AHEAD


@dataclass(frozen=True, slots=True)
class AccountToday:
    """What one account asks for, as values small enough to be kept of every account.

    ``items`` are by urgency; ``missing`` are the facts that move most money; ``departments`` are
    the names of the customer's departments, to answer with.
    """

    account: AccountId
    name: str
    tier: Tier
    owner: PersonId | None
    items: tuple[DueItem, ...]
    missing: tuple[MissingFact, ...]
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What several accounts ask for together.

    ``items`` are the lines by urgency, every urgency in its place; ``missing`` the facts that move
    most money, so many as a page shows at most.
    """

    items: Mapping[Urgency, tuple[DueItem, ...]]
    missing: tuple[MissingFact, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is due and nothing is missing."""
        return not self.missing and not any(self.items.values())


def day_plan(accounts: Iterable[AccountToday], today: date, currency: str = "") -> DayPlan:
    """The lines and missing facts of several accounts; ``currency`` comes first among equals."""
    listed = list(accounts)
    apart: dict[Urgency, list[DueItem]] = {urgency: [] for urgency in Urgency}
    for item in by_urgency((item for one in listed for item in one.items), today):
        apart[item.urgency(today)].append(item)
    facts = (fact for one in listed for fact in one.missing)
    return DayPlan(
        MappingProxyType({urgency: tuple(apart[urgency]) for urgency in Urgency}),
        by_money(facts, currency, FACTS_SHOWN),
    )


def account_today(analysis: AccountAnalysis) -> AccountToday:
    """What an account asks for on a day; nothing of one that screening has excluded."""
    record = analysis.record
    excluded = record.screening is ScreeningVerdict.EXCLUDED
    found = () if excluded else tuple(_items(analysis))
    home = analysis.records.where(Department, organisation=record.organisation)
    return AccountToday(
        analysis.account,
        analysis.name,
        record.tier,
        record.owner,
        by_urgency(found, analysis.today),
        () if excluded else missing_facts(analysis)[:FACTS_KEPT],
        tuple(sorted(one.name for one in home)),
    )


def by_urgency(items: Iterable[DueItem], today: date) -> tuple[DueItem, ...]:
    """The lines of one or of all accounts: overdue first, then by day, importance and name."""
    order = {urgency: place for place, urgency in enumerate(Urgency)}
    alike: dict[tuple[int, date, int, int], list[DueItem]] = defaultdict(list)
    for one in items:
        place = order[one.urgency(today)], one.due or date.max, _MATTERS[one.matter], -one.weight
        alike[place].append(one)
    return tuple(
        one
        for place in sorted(alike)  # few at a time: nobody gets a turn while Python sorts
        for one in sorted(alike[place], key=lambda one: (name_order(one.account_name), one.key))
    )


def _items(analysis: AccountAnalysis) -> Iterator[DueItem]:
    yield from _actions(analysis)
    yield from _next_steps(analysis)
    yield from _reviews(analysis)
    yield from _decisions(analysis)
    yield from _preparations(analysis)
    yield from _birthdays(analysis)
    yield from _silent(analysis)
    yield from _flags(analysis)


def _actions(analysis: AccountAnalysis) -> Iterator[DueItem]:
    """Open actions that are due by then."""
    for action in analysis.records.where(Action, account=analysis.account):
        if action.state is not ActionState.OPEN or not _by_then(analysis, action.due):
            continue
        yield DueItem(
            analysis.account,
            analysis.name,
            Matter.ACTION,
            verbatim(action.text),
            action.due,
            action.person,
            action.project,
            action.id,
            _weight(analysis, action.person),
        )


def _next_steps(analysis: AccountAnalysis) -> Iterator[DueItem]:
    """What was to follow a meeting, until one of its people was met on that day or later."""
    for met in analysis.records.where(Interaction, account=analysis.account):
        due = met.next_step_on
        if not met.next_step or not _by_then(analysis, due) or met.held_on > analysis.today:
            continue
        theirs = [person for person in met.people if person in analysis.importance]
        last = max((day for one in theirs if (day := analysis.contacts.last(one))), default=None)
        if due is not None and last is not None and last >= due and last > met.held_on:
            continue
        someone = max(theirs, key=lambda one: _weight(analysis, one), default=None)
        yield DueItem(
            analysis.account,
            analysis.name,
            Matter.NEXT_STEP,
            verbatim(met.next_step),
            due,
            someone,
            record=met.id,
            weight=_weight(analysis, someone),
        )


def _reviews(analysis: AccountAnalysis) -> Iterator[DueItem]:
    """Reviews that are due, or will be within a week; those never held are one line together."""
    held = analysis.records.where(Review, account=analysis.account)
    states = review_states(analysis.record, held, analysis.today, analysis.rules)
    never = [one.kind for one in states if one.due and one.last is None]
    if never:
        text = phrase("Due for the first time: {reviews}", reviews=tuple(never))
        yield _of_reviews(analysis, text, analysis.today, never)
    for one in states:
        if one.last is not None and one.due_on and one.due_on <= analysis.today + _WEEK:
            yield _of_reviews(analysis, one.kind.phrase, one.due_on, [one.kind])


def _decisions(analysis: AccountAnalysis) -> Iterator[DueItem]:
    """Projects that are to be decided, or were to be and are still open; so with opportunities."""
    for project in analysis.projects:
        if project.outcome is Outcome.OPEN and _by_then(analysis, project.decided_on):
            text = phrase("Decision on {project}", project=project.name)
            yield _of_project(analysis, Matter.DECISION, text, project.decided_on, project.id)
    for deal in analysis.records.where(Opportunity, account=analysis.account):
        if deal.outcome is Outcome.OPEN and _by_then(analysis, deal.expected_close):
            text = phrase("Expected close of {opportunity}", opportunity=deal.name)
            yield _of_project(
                analysis, Matter.DECISION, text, deal.expected_close, deal.project, deal.id
            )


def _preparations(analysis: AccountAnalysis) -> Iterator[DueItem]:
    """What comes back and is to be prepared for, or did not come back when it should have.

    Where any type of project is marked as wanted, only wanted ones are told; a project that is
    entered already, and a rhythm that has been broken for a whole round, need no preparing.
    """
    types = analysis.records.all(ProjectType)
    marked = any(one.wanted for one in types.values())
    for one in rhythms(analysis.projects, types, analysis.today, analysis.rules):
        if one.window is None or one.ahead or (marked and not one.wanted):
            continue
        since = (analysis.today - one.window[1]).days
        if one.overdue and since <= (one.median_days or 0):
            text = phrase(
                "{type} is overdue: it was expected by {date}", type=one.name, date=one.window[1]
            )
            yield _of_type(analysis, text, one.window[1], one.type)
        elif not one.overdue and _by_then(analysis, one.prepare_by):
            text = phrase("Prepare {type}: expected around {date}", type=one.name, date=one.next)
            yield _of_type(analysis, text, one.prepare_by, one.type)


def _birthdays(analysis: AccountAnalysis) -> Iterator[DueItem]:
    for person, on in coming_birthdays(analysis.people, analysis.today):
        text = phrase("{name}'s birthday", name=called(analysis.records, person))
        yield _of_person(analysis, Matter.BIRTHDAY, text, person, on)


def _silent(analysis: AccountAnalysis) -> Iterator[DueItem]:
    """Crucial people of the account nobody was in contact with for a month (domain rule §8)."""
    for person in analysis.by_importance:
        if not analysis.importance[person.id].crucial or person.placeholder:
            continue
        last = analysis.contacts.last(person.id)
        days = None if last is None else (analysis.today - last).days
        name = called(analysis.records, person.id)
        if days is None:
            text = phrase("{name} is crucial and no contact is recorded", name=name)
        elif days >= analysis.rules.silent_days:
            text = phrase("{name} is crucial and silent for {days} days", name=name, days=days)
        else:
            continue
        yield _of_person(analysis, Matter.SILENT, text, person.id)


def _flags(analysis: AccountAnalysis) -> Iterator[DueItem]:
    """The red flags of the projects that are open; who is silent in the account is told there."""
    told = {one.person for one in _silent(analysis)}
    for project in _open(analysis):
        for flag in analysis.chain(project.id).red_flags:
            if flag.kind is RedFlagKind.CRUCIAL_SILENT and flag.person in told:
                continue
            text = phrase("{project}: {flag}", project=project.name, flag=flag.text)
            yield DueItem(
                analysis.account,
                analysis.name,
                Matter.RED_FLAG,
                text,
                person=flag.person,
                project=project.id,
                record=f"{flag.kind} {flag.text}",
                weight=_weight(analysis, flag.person),
            )


def _open(analysis: AccountAnalysis) -> Iterator[Project]:
    for project in analysis.projects:
        if outcome_on(project, analysis.today) is Outcome.OPEN:
            yield project


def _of_project(
    analysis: AccountAnalysis,
    matter: Matter,
    text: Phrase,
    due: date | None,
    project: ProjectId | None,
    record: str = "",
) -> DueItem:
    return DueItem(
        analysis.account, analysis.name, matter, text, due, project=project, record=record
    )


def _of_reviews(
    analysis: AccountAnalysis, text: Phrase, due: date, kinds: Iterable[ReviewKind]
) -> DueItem:
    return DueItem(
        analysis.account, analysis.name, Matter.REVIEW, text, due, record=" ".join(kinds)
    )


def _of_type(
    analysis: AccountAnalysis, text: Phrase, due: date | None, kind: ProjectTypeId
) -> DueItem:
    return DueItem(analysis.account, analysis.name, Matter.PREPARE, text, due, record=kind)


def _of_person(
    analysis: AccountAnalysis,
    matter: Matter,
    text: Phrase,
    person: PersonId,
    due: date | None = None,
) -> DueItem:
    return DueItem(
        analysis.account,
        analysis.name,
        matter,
        text,
        due,
        person,
        weight=_weight(analysis, person),
    )


def _by_then(analysis: AccountAnalysis, day: date | None) -> bool:
    """Whether a day is not further ahead than Today looks."""
    return day is not None and day <= analysis.today + AHEAD


def _weight(analysis: AccountAnalysis, person: PersonId | None) -> int:
    found = None if person is None else analysis.importance.get(person)
    return 0 if found is None else found.weight
