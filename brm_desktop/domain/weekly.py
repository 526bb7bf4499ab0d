"""What the weekly review shows of an account: its deals, and what changed since a week ago.

People are read from their dated statements (`changes_since`), projects from their dates. What has
no date, such as an amount, is told from the history: whoever reads that hands in what ``moved``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from brm_desktop.domain.amounts import summed
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.changes_since import changes_since
from brm_desktop.domain.deal_history import outcome_on
from brm_desktop.domain.naming import called, project_called
from brm_desktop.domain.phrase import Phrase, Word, phrase, verbatim
from brm_desktop.domain.pipeline import stage_of, stage_written
from brm_desktop.domain.plan import goal_of
from brm_desktop.domain.records import (
    AccountId,
    Dimension,
    Interaction,
    Money,
    Opportunity,
    Outcome,
    PersonId,
    Project,
    ProjectId,
    Review,
    ReviewKind,
    SalesStage,
    Tier,
)
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.spelling import name_order

WEEK: Final = timedelta(days=7)
KEY_TIERS: Final = frozenset({Tier.STRATEGIC, Tier.KEY})
"""The accounts that a weekly review walks."""


class DealField(Word):
    """What of a project or an opportunity is told when it moved."""

    AMOUNT = "amount", "amount"
    PROBABILITY = "probability", "seller's probability"
    STAGE = "stage", "stage"
    EXPECTED_CLOSE = "expected_close", "expected close"
    DECIDED_ON = "decided_on", "decision date"
    STARTS_ON = "starts_on", "start"
    NAME = "name", "name"


class PersonField(Word):
    """What of a person has no date and is told when it moved."""

    TITLE = "title", "title"
    VETO = "veto", "veto"
    SOLE_APPROVER = "sole_approver", "sole approval"
    NAME = "name", "name"


@dataclass(frozen=True, slots=True)
class Moved:
    """A field of a person, project or opportunity since that day: what it was and what it is now.

    ``field`` is ``None`` for one that is new, which has no ``before``.
    """

    record: str
    field: DealField | PersonField | None
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True)
class Deal:
    """An open project, or an opportunity without one, as the weekly review shows it.

    ``amounts`` are what its open opportunities come to, each currency apart, else the project's
    amount. ``odds`` and ``odds_before`` are 0–100, now and a week ago; ``probability`` the
    seller's own. ``expected`` is the first expected close, else the project's decision date.
    """

    name: str
    project: ProjectId | None
    amounts: tuple[Money, ...]
    odds: Fraction | None
    odds_before: Fraction | None
    probability: int | None
    expected: date | None
    stage: SalesStage | str
    late: bool


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Something about a person that is otherwise than a week ago, and what was said for it."""

    person: PersonId
    name: str
    text: Phrase
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ProjectShift:
    """Something about a project or an opportunity that is otherwise than a week ago."""

    project: ProjectId | None
    name: str
    text: Phrase


@dataclass(frozen=True, slots=True)
class WeekOfAccount:
    """One account in a weekly review: its deals, what changed in people and projects since a day.

    Deals are those expected first; ``amounts`` their sum, currencies apart. ``closeness`` is then
    and now. ``meetings`` say who was met; ``remarks`` are those of the review of today.
    """

    account: AccountId
    name: str
    tier: Tier
    owner: str
    goal: str
    since: date
    until: date
    deals: tuple[Deal, ...]
    amounts: tuple[Money, ...]
    closeness: tuple[Fraction | None, Fraction | None]
    people: tuple[PersonChange, ...]
    projects: tuple[ProjectShift, ...]
    meetings: tuple[Phrase, ...]
    review: str
    remarks: str

    @property
    def changes(self) -> int:
        """How much changed in people and projects."""
        return len(self.people) + len(self.projects)


def week_of(
    analysis: AccountAnalysis,
    since: date | None = None,
    moved: Iterable[Moved] = (),
    year: int | None = None,
) -> WeekOfAccount:
    """An account since the end of a day, by default that a week before.

    ``year`` is that of the account plan whose goal is quoted, by default this one.
    """
    start = analysis.today - WEEK if since is None else since
    moves = tuple(moved)
    then = analysis.on(start)
    deals = _deals(analysis, then)
    review = review_of(analysis, analysis.today)
    return WeekOfAccount(
        account=analysis.account,
        name=analysis.name,
        tier=analysis.record.tier,
        owner=called(analysis.records, analysis.record.owner) if analysis.record.owner else "",
        goal=goal_of(analysis.records, analysis.account, year or analysis.today.year),
        since=start,
        until=analysis.today,
        deals=deals,
        amounts=summed(amount for deal in deals for amount in deal.amounts),
        closeness=(
            then.scores[Dimension.CLOSENESS].value,
            analysis.scores[Dimension.CLOSENESS].value,
        ),
        people=tuple(_of_people(analysis, start, moves)),
        projects=tuple(_of_projects(analysis, then, start, moves)),
        meetings=tuple(_meetings(analysis, start)),
        review=review.id if review else "",
        remarks=review.remarks if review else "",
    )


def review_of(
    analysis: AccountAnalysis, day: date, kind: ReviewKind = ReviewKind.WEEKLY
) -> Review | None:
    """The review of a kind that was held of the account on a day; of several the last by id."""
    held = [
        one
        for one in analysis.records.where(Review, account=analysis.account)
        if one.kind is kind and one.held_on == day
    ]
    return max(held, key=lambda one: one.id, default=None)


def _deals(now: AccountAnalysis, then: AccountAnalysis) -> tuple[Deal, ...]:
    live = [one for one in now.projects if outcome_on(one, now.today) is Outcome.OPEN]
    found = [_deal(now, then, project) for project in live]
    known = {project.id for project in live}
    found += [_alone(now, one) for one in _open_opportunities(now) if one.project not in known]
    return tuple(sorted(found, key=lambda one: (one.expected or date.max, name_order(one.name))))


def _deal(now: AccountAnalysis, then: AccountAnalysis, project: Project) -> Deal:
    of_it = [one for one in _open_opportunities(now) if one.project == project.id]
    amounts = summed(one.amount for one in of_it)
    closes = [one.expected_close for one in of_it if one.expected_close]
    expected = min(closes, default=project.decided_on)
    chances = [one.probability for one in of_it if one.probability is not None]
    return Deal(
        project.name,
        project.id,
        amounts or ((project.amount,) if project.amount else ()),
        now.chain(project.id).odds,
        then.chain(project.id).odds,
        max(chances, default=None),
        expected,
        next((stage_of(one) for one in of_it if one.stage), ""),
        expected is not None and expected < now.today,
    )


def _alone(now: AccountAnalysis, one: Opportunity) -> Deal:
    return Deal(
        one.name,
        None,
        (one.amount,) if one.amount else (),
        None,
        None,
        one.probability,
        one.expected_close,
        stage_of(one) if one.stage else "",
        one.expected_close is not None and one.expected_close < now.today,
    )


def _open_opportunities(now: AccountAnalysis) -> list[Opportunity]:
    found = now.records.where(Opportunity, account=now.account)
    return [one for one in found if one.outcome is Outcome.OPEN]


def _of_people(
    analysis: AccountAnalysis, start: date, moved: tuple[Moved, ...]
) -> Iterator[PersonChange]:
    """What was stated of people since, the most important first, then what the history tells."""
    for shift in changes_since(analysis, start):
        text = shift.text
        if shift.project is not None:
            project = project_called(analysis.records, shift.project)
            text = phrase("{project}: {said}", project=project, said=shift.text)
        yield PersonChange(shift.person, shift.name, text, shift.evidence)
    for person in analysis.by_importance:
        for text in _moved(person.id, moved):
            yield PersonChange(person.id, called(analysis.records, person.id), text)


def _of_projects(
    now: AccountAnalysis, then: AccountAnalysis, start: date, moved: tuple[Moved, ...]
) -> Iterator[ProjectShift]:
    for project in now.projects:
        texts = [*_dated(project, start, now.today), *_moved(project.id, moved)]
        if outcome_on(project, now.today) is Outcome.OPEN:
            texts += _odds(now, then, project)
        for text in texts:
            yield ProjectShift(project.id, project.name, text)
    for one in now.records.where(Opportunity, account=now.account):
        for text in (*_closed(one, start, now.today), *_moved(one.id, moved)):
            yield ProjectShift(one.project, one.name, text)


def _dated(project: Project, start: date, today: date) -> Iterator[Phrase]:
    """What a project's own dates say happened after a day."""
    ended = project.decided_on
    if project.outcome is not Outcome.OPEN and _within(ended, start, today):
        yield phrase("decided: {outcome}", outcome=project.outcome)
    if _within(project.starts_on, start, today):
        yield phrase("started on {date}", date=project.starts_on)


def _closed(one: Opportunity, start: date, today: date) -> Iterator[Phrase]:
    if one.outcome is not Outcome.OPEN and _within(one.closed_on, start, today):
        yield phrase("decided: {outcome}", outcome=one.outcome)
    if _within(one.opened_on, start, today):
        yield phrase("opened on {date}", date=one.opened_on)


def _odds(now: AccountAnalysis, then: AccountAnalysis, project: Project) -> Iterator[Phrase]:
    before, after = (_rounded(one.chain(project.id).odds) for one in (then, now))
    if before != after:
        yield _became(phrase("odds"), before, after)


def _moved(record: str, moved: tuple[Moved, ...]) -> Iterator[Phrase]:
    for one in moved:
        if one.record == record and one.field is None:
            yield phrase("new")
        elif one.record == record and one.field is not None:
            before, after = (_of_field(one.field, value) for value in (one.before, one.after))
            yield _became(one.field.phrase, before, after)


def _meetings(analysis: AccountAnalysis, start: date) -> Iterator[Phrase]:
    """Who of the customer was met after a day, the newest meeting first."""
    held = [
        one
        for one in analysis.records.where(Interaction, account=analysis.account)
        if _within(one.held_on, start, analysis.today)
    ]
    for one in sorted(held, key=lambda met: (-met.held_on.toordinal(), met.id)):
        theirs: list[PersonId] = [who for who in one.people if who in analysis.importance]
        names = tuple(called(analysis.records, who) for who in theirs)
        if names:
            yield phrase(
                "{kind} with {names} on {date}", kind=one.kind, names=names, date=one.held_on
            )
        else:
            yield phrase("{kind} on {date}", kind=one.kind, date=one.held_on)


def _within(day: date | None, start: date, today: date) -> bool:
    return day is not None and start < day <= today


def _rounded(odds: Fraction | None) -> int | None:
    return None if odds is None else half_up(odds)


def _became(what: Phrase, before: object, after: object) -> Phrase:
    return phrase("{what}: {before} → {after}", what=what, before=_told(before), after=_told(after))


def _of_field(field: DealField | PersonField, value: object) -> object:
    """A field's value; a stage of the board as its word."""
    if field is not DealField.STAGE:
        return value
    return stage_written(str(value or ""))


def _told(value: object) -> object:
    if value is None or value == "":
        return verbatim("–")
    if isinstance(value, bool):
        return phrase("yes") if value else phrase("no")
    return value
