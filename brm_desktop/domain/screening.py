"""Which accounts to leave and which to confirm as targets: a suggestion with its reasons (rule §9).

The user decides; nothing here sets a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.chain_members import SUPPORTING
from brm_desktop.domain.days import months_before
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import (
    ChainMember,
    Dimension,
    Person,
    PersonId,
    Project,
    ProjectType,
    Stance,
)
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.sides import has_left

_MONTHS = 12


class Suggestion(Word):
    """What screening suggests for an account."""

    EXCLUDE = "exclude", "exclude"
    CONFIRM = "confirm", "confirm"


@dataclass(frozen=True, slots=True)
class WantedType:
    """A wanted type of project that an account had lately.

    ``days`` are those of its projects up to today, the newest first; ``years`` counts in how many
    of the last twelve-month years there was one.
    """

    name: str
    days: tuple[date, ...]
    years: int


@dataclass(frozen=True, slots=True)
class Supporter:
    """Someone to see about the next project: for us when he last was on one of a wanted type."""

    person: PersonId
    name: str
    title: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Screening:
    """What is suggested for an account, why, and the facts the suggestion rests on.

    ``best`` is the key person with the highest mean of known dimensions, ``best_mean`` that mean,
    exact, 0–100; both are ``None`` when no key person has a score. ``supporters`` are there only to
    confirm.
    """

    suggestion: Suggestion | None
    reasons: tuple[Phrase, ...]
    best: str | None
    best_mean: Fraction | None
    wanted: tuple[WantedType, ...]
    supporters: tuple[Supporter, ...]


def screening_of(analysis: AccountAnalysis) -> Screening:
    """What to do with an account, from its key persons' scores and its projects of wanted types.

    *Exclude* when no key person's mean of known dimensions is enough and no project of a wanted
    type is of the last years; one that is still to come, or has no date, keeps the account.
    *Confirm* when a wanted type occurred in enough of the last years; those to come do not count
    for that.
    """
    rules = analysis.rules
    best, mean = _best_known(analysis)
    projects = _wanted_projects(analysis)
    wanted = _wanted_types(analysis, projects)
    confirming = [one for one in wanted if one.years >= rules.confirm_years]
    if confirming:
        reasons = tuple(_comes_back(analysis, one) for one in confirming)
        supporters = _supporters(analysis, projects)
        return Screening(Suggestion.CONFIRM, reasons, best, mean, wanted, supporters)
    near = mean is not None and mean >= rules.screening_mean
    since = months_before(analysis.today, _MONTHS * rules.screening_years)
    lately = any((day := _day_of(one)) is None or day >= since for one in projects)
    if near or lately:
        return Screening(None, _why_open(analysis, near=near), best, mean, wanted, ())
    reasons = (_nobody_near(analysis, best, mean), _no_project(analysis))
    return Screening(Suggestion.EXCLUDE, reasons, best, mean, wanted, ())


def _best_known(analysis: AccountAnalysis) -> tuple[str | None, Fraction | None]:
    """The key person with the highest mean of his known dimensions, and the mean."""
    best: tuple[str | None, Fraction | None] = (None, None)
    for person in analysis.key_people:
        known = [analysis.standing(person.id, dimension) for dimension in Dimension]
        values = [one.value for one in known if one is not None]
        if not values:
            continue
        mean = Fraction(sum(values), len(values))
        if best[1] is None or mean > best[1]:
            best = (called(analysis.records, person.id), mean)
    return best


def _wanted_projects(analysis: AccountAnalysis) -> list[Project]:
    """The projects of wanted types, whatever became of them; newest first."""
    types = analysis.records.all(ProjectType)
    wanted = {key for key, kind in types.items() if kind.wanted}
    return [one for one in analysis.projects if one.type in wanted]


def _wanted_types(analysis: AccountAnalysis, projects: Sequence[Project]) -> tuple[WantedType, ...]:
    types = analysis.records.all(ProjectType)
    days: dict[str, list[date]] = {}
    for project in projects:
        day = _day_of(project)
        if project.type is not None and day is not None and day <= analysis.today:
            days.setdefault(project.type, []).append(day)
    found = [
        WantedType(types[key].name, tuple(sorted(there, reverse=True)), _years(analysis, there))
        for key, there in days.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.years, one.name)))


def _years(analysis: AccountAnalysis, days: Sequence[date]) -> int:
    """In how many of the last twelve-month years up to today one of the days lies."""
    today, many = analysis.today, analysis.rules.confirm_of_years
    ends = [months_before(today, _MONTHS * back) for back in range(many + 1)]
    years = zip(ends[1:], ends, strict=False)
    return sum(any(begin < day <= end for day in days) for begin, end in years)


def _day_of(project: Project) -> date | None:
    return project.starts_on or project.decided_on


def _supporters(analysis: AccountAnalysis, projects: Sequence[Project]) -> tuple[Supporter, ...]:
    """Who was for us in the newest project of a wanted type he was on, and has not left."""
    records, stances = analysis.records, dict[PersonId, Stance]()
    for project in projects:
        for member in records.where(ChainMember, project=project.id):
            if member.person not in stances:
                now = attitude_on(records, project.id, member.person, analysis.today)
                stances[member.person] = now.stance
    found = []
    for person_id, stance in stances.items():
        person = records.get(Person, person_id)
        if person is None or stance not in SUPPORTING or has_left(person, analysis.today):
            continue
        found.append(Supporter(person_id, called(records, person_id), person.title, stance))
    return tuple(sorted(found, key=lambda one: (one.stance is Stance.SUPPORTER, one.name)))


def _comes_back(analysis: AccountAnalysis, wanted: WantedType) -> Phrase:
    return phrase(
        "{type} in {n} of the last {of} years, last on {day}",
        type=wanted.name,
        n=wanted.years,
        of=analysis.rules.confirm_of_years,
        day=wanted.days[0],
    )


def _why_open(analysis: AccountAnalysis, *, near: bool) -> tuple[Phrase, ...]:
    rules = analysis.rules
    kept = (
        phrase("A key person's mean score is at least {n}", n=rules.screening_mean)
        if near
        else phrase("A project of a wanted type in the last {n} years", n=rules.screening_years)
    )
    missing = phrase(
        "No wanted type came in {n} of the last {of} years",
        n=rules.confirm_years,
        of=rules.confirm_of_years,
    )
    return (kept, missing)


def _nobody_near(analysis: AccountAnalysis, best: str | None, mean: Fraction | None) -> Phrase:
    least = analysis.rules.screening_mean
    if best is None or mean is None:
        return phrase("No key person has a score")
    return phrase(
        "No key person's mean score is {least} or more; the highest is {name} with {mean}",
        least=least,
        name=best,
        mean=half_up(mean),
    )


def _no_project(analysis: AccountAnalysis) -> Phrase:
    return phrase("No project of a wanted type in {n} years", n=analysis.rules.screening_years)
