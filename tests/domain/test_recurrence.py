"""Projects that come back: the worked example of rule §10, and what counts for a rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.medians import deviation, median
from brm_desktop.domain.records import (
    AccountId,
    Money,
    Outcome,
    Project,
    ProjectId,
    ProjectType,
    ProjectTypeId,
    Role,
    Stance,
)
from brm_desktop.domain.recurrence import (
    Rhythm,
    TypeRecurrence,
    next_of_type,
    recurrence_of,
    rhythms,
)
from brm_desktop.domain.rules import Rules

EXAMPLE = (date(2021, 3, 1), date(2022, 3, 7), date(2023, 2, 27), date(2024, 3, 4))
CORE = ProjectType(id=ProjectTypeId("core"), name="Core system", wanted=True)
SIDE = ProjectType(id=ProjectTypeId("side"), name="A side line")
TYPES: dict[str, ProjectType] = {CORE.id: CORE, SIDE.id: SIDE}


def project(
    starts_on: date | None, kind: ProjectType | None = CORE, name: str = "", **fields: object
) -> Project:
    key = ProjectId(f"{kind and kind.id} {starts_on} {name}")
    made = Project(
        id=key,
        account=AccountId("account"),
        name=name or str(starts_on),
        type=kind.id if kind else None,
        starts_on=starts_on,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of any kind


def one(projects: Sequence[Project], today: date = date(2024, 6, 1)) -> TypeRecurrence:
    (found,) = rhythms(projects, TYPES, today, Rules())
    return found


def test_a_project_every_year_is_expected_again_as_in_the_worked_example() -> None:
    found = one([project(day) for day in EXAMPLE])
    assert found.rhythm is Rhythm.REGULAR
    assert found.median_days == 371
    assert found.mad_days == 0
    assert found.next == date(2025, 3, 10)
    assert found.window == (date(2025, 2, 8), date(2025, 4, 9))
    assert found.prepare_by == date(2024, 11, 10)
    assert not found.overdue
    assert found.starts == EXAMPLE


def test_it_is_overdue_from_the_day_after_its_window() -> None:
    projects = [project(day) for day in EXAMPLE]
    assert not one(projects, date(2025, 4, 9)).overdue
    assert one(projects, date(2025, 4, 10)).overdue


def test_a_start_that_is_announced_is_neither_counted_nor_overdue() -> None:
    announced = project(date(2025, 9, 1))
    found = one([*map(project, EXAMPLE), announced], date(2025, 5, 1))
    assert (found.starts, found.ahead) == (EXAMPLE, (date(2025, 9, 1),))
    assert found.next == date(2025, 3, 10)
    assert not found.overdue


def test_projects_that_were_not_pursued_are_ignored() -> None:
    missed = project(date(2022, 9, 1), outcome=Outcome.NOT_PURSUED)
    assert one([*map(project, EXAMPLE), missed]) == one([*map(project, EXAMPLE)])


def test_starts_on_one_day_count_once() -> None:
    twice = project(EXAMPLE[1], name="another")
    found = one([*map(project, EXAMPLE), twice])
    assert found.starts == EXAMPLE
    assert found.median_days == 371
    assert len(found.projects) == 5


def test_two_starts_are_a_maybe_and_open_no_window() -> None:
    found = one([project(day) for day in EXAMPLE[:2]])
    assert found.rhythm is Rhythm.MAYBE
    assert (found.next, found.window, found.prepare_by) == (None, None, None)
    assert found.median_days == 371


@pytest.mark.parametrize("starts", [(), EXAMPLE[:1], (EXAMPLE[0], EXAMPLE[0])])
def test_fewer_tell_nothing(starts: Sequence[date]) -> None:
    found = one([project(day, name=str(n)) for n, day in enumerate([*starts, None])])
    assert found.rhythm is Rhythm.UNKNOWN
    assert (found.median_days, found.mad_days, found.next) == (None, None, None)
    assert found.undated == 1
    assert found.amount is None


def test_irregular_starts_open_no_window() -> None:
    days = (date(2019, 1, 1), date(2019, 3, 1), date(2021, 3, 1), date(2021, 9, 1))
    found = one([project(day) for day in days])
    assert found.rhythm is Rhythm.IRREGULAR
    assert found.window is None
    assert "irregular" in str(found.reason)


def test_a_wide_scatter_makes_a_wide_window() -> None:
    days = (0, 500, 900, 1400, 1800)  # 500, 400, 500, 400: middle 450, scatter 50
    found = one([project(date(2018, 1, 1) + timedelta(day)) for day in days])
    assert found.mad_days == 50
    assert found.window is not None
    assert (found.window[1] - found.window[0]).days == 100


def test_every_rhythm_says_why() -> None:
    starts = (EXAMPLE, EXAMPLE[:2], EXAMPLE[:1])
    said = [str(one([project(day) for day in days]).reason) for days in starts]
    assert "371 days" in said[0]
    assert "perhaps" in said[1]
    assert "Too few" in said[2]


def test_a_rhythm_past_the_end_of_the_calendar_opens_no_window() -> None:
    days = (date(1, 1, 1), date(3000, 1, 1), date(6000, 1, 1), date(9000, 1, 1))
    found = one([project(day) for day in days], date(9999, 1, 1))
    assert found.rhythm is Rhythm.REGULAR
    assert found.next is None


def test_a_rhythm_at_the_beginning_of_the_calendar_opens_no_window() -> None:
    found = one([project(date(1, month, 1)) for month in (1, 2, 3)])
    assert found.rhythm is Rhythm.REGULAR
    assert (found.next, found.window, found.prepare_by) == (None, None, None)


def test_a_project_without_a_type_is_in_no_rhythm() -> None:
    assert rhythms([project(day, None) for day in EXAMPLE], TYPES, TODAY, Rules()) == ()


def test_the_next_project_is_open_and_not_begun_the_soonest_first() -> None:
    begun, over = project(TODAY, name="begun"), project(None, name="over", outcome=Outcome.WON)
    of_type = begun.type
    assert of_type is not None
    assert next_of_type([begun, over], of_type, TODAY) is None
    undated = project(None, name="undated")
    assert next_of_type([begun, undated], of_type, TODAY) is undated
    later = project(TODAY + timedelta(90), name="later")
    soon = project(TODAY + timedelta(1), name="soon")
    other = replace(soon, id=ProjectId("x"), type=ProjectTypeId("other"))
    assert next_of_type([undated, later, soon, other], of_type, TODAY) is soon


def test_the_amount_is_the_median_and_never_mixes_currencies() -> None:
    amounts = (Money(100, "CNY"), Money(400, "CNY"), Money(999, "USD"), Money(201, "CNY"), None)
    projects = [
        project(EXAMPLE[0] + timedelta(n), amount=amount) for n, amount in enumerate(amounts)
    ]
    found = one(projects)
    assert found.amount == Money(201, "CNY")
    assert found.other_currencies == 1


def test_of_two_currencies_alike_the_newest_projects_counts() -> None:
    old = project(EXAMPLE[0], amount=Money(1, "CNY"))
    new = project(EXAMPLE[1], amount=Money(2, "USD"))
    found = one([old, new])
    assert (found.amount, found.other_currencies) == (Money(2, "USD"), 1)


def test_wanted_types_come_first_and_then_what_is_expected_soonest() -> None:
    early = ProjectType(id=ProjectTypeId("early"), name="Early", wanted=True)
    types = {**TYPES, early.id: early}
    projects = [project(day, kind) for kind in (SIDE, CORE) for day in EXAMPLE]
    projects += [project(day - timedelta(30), early) for day in EXAMPLE]
    found = rhythms(projects, types, date(2024, 6, 1), Rules())
    assert [one.name for one in found] == ["Early", "Core system", "A side line"]


def test_past_participants_come_with_their_stances_and_become_targets(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.put(CORE)
    boss, user = portfolio.people(account, "Boss", "User")
    gone = portfolio.person("Gone", account, left_on=TODAY)
    for day in EXAMPLE:
        portfolio.project(account, f"core {day}", type=CORE.id, starts_on=day)
    first, last = (ProjectId(f"project core {day}") for day in (EXAMPLE[0], EXAMPLE[-1]))
    portfolio.member(first, boss, Role.APPROVER, stance=Stance.ENEMY)
    portfolio.member(last, boss, Role.APPROVER, stance=Stance.NEUTRAL)
    portfolio.member(last, user, Role.USER, stance=Stance.MENTOR)
    portfolio.member(last, gone, Role.USER, stance=Stance.NEUTRAL)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    (found,) = recurrence_of(analysis)
    assert [(p.name, p.times, p.stance, p.last) for p in found.participants] == [
        ("Boss", 2, Stance.NEUTRAL, last),
        ("User", 1, Stance.MENTOR, last),
    ]
    assert [(t.person, t.gain) for t in found.targets] == [(boss, Fraction(75, 2))]
    assert recurrence_of(analysis, date(2021, 6, 1))[0].starts == EXAMPLE[:1]


_DAYS = st.lists(st.dates(date(2000, 1, 1), date(2024, 1, 1)), min_size=0, max_size=12)


@given(_DAYS, st.randoms(use_true_random=False))
def test_neither_order_nor_unpursued_projects_change_a_rhythm(
    days: list[date], random: object
) -> None:
    projects = [project(day, name=str(n)) for n, day in enumerate(days)]
    before = rhythms(projects, TYPES, TODAY, Rules())
    missed = [replace(p, id=ProjectId(f"{p.id}!"), outcome=Outcome.NOT_PURSUED) for p in projects]
    mixed = [*projects, *missed]
    random.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    assert rhythms(mixed, TYPES, TODAY, Rules()) == before


@given(_DAYS)
def test_a_window_surrounds_what_is_expected_and_leaves_time_to_prepare(days: list[date]) -> None:
    rules = Rules()
    for found in rhythms(
        [project(d, name=str(n)) for n, d in enumerate(days)], TYPES, TODAY, rules
    ):
        assert (found.next is None) == (found.window is None) == (found.prepare_by is None)
        if found.next is None or found.window is None or found.prepare_by is None:
            continue
        begins, ends = found.window
        assert found.next - begins == ends - found.next >= timedelta(rules.window_days)
        assert begins - found.prepare_by == timedelta(rules.prepare_days)
        assert found.next > found.starts[-1]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_half_of_the_values_lie_on_each_side_of_the_median(values: list[int]) -> None:
    numbers = [Fraction(value) for value in values]
    middle = median(numbers)
    assert sum(n <= middle for n in numbers) * 2 >= len(numbers)
    assert sum(n >= middle for n in numbers) * 2 >= len(numbers)
    assert 0 <= deviation(numbers) <= max(numbers) - min(numbers)
