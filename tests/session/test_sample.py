"""The sample portfolio is sound, says the same in both languages, and shows the worked examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import islice
from pathlib import Path

import pytest

from brm_desktop import language
from brm_desktop.domain.act import Act
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import FileProblem, StoreProblem
from brm_desktop.domain.records import (
    Account,
    Action,
    ActionState,
    Assessment,
    Attitude,
    Department,
    Dimension,
    Horizon,
    Need,
    Opportunity,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Origin,
    Outcome,
    Person,
    Product,
    Project,
    Records,
    Review,
    ReviewKind,
    SalesStage,
    SalesStep,
    SoldBy,
    Stance,
    SupportRequest,
    SupportState,
)
from brm_desktop.domain.scores import half_up
from brm_desktop.domain.snapshots import months_ended
from brm_desktop.domain.soundness import problems_in
from brm_desktop.session import demo
from brm_desktop.session.clock import IdMaker, SetClock
from brm_desktop.session.demo import DemoSize, write_demo
from brm_desktop.session.generated import ACCOUNTS, PEOPLE, PROJECTS, generated_portfolio
from brm_desktop.session.sample import sample_portfolio
from brm_desktop.session.session import Session
from brm_desktop.storage.driver import check_version

ON_THE_DAY_WRITTEN = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 -- local time, as the user's
YEARS_LATER = datetime(2029, 2, 28, 9, 30)  # noqa: DTZ001


@pytest.fixture(params=[ON_THE_DAY_WRITTEN, YEARS_LATER], ids=["as written", "years later"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    clock = SetClock(request.param, seed=7)
    language.use("zh_CN")
    write_demo(tmp_path / "sample.brm", clock=clock)
    with Session.open(tmp_path / "sample.brm", clock=clock) as opened:
        yield opened


def test_a_sample_just_written_has_nothing_to_undo_and_a_history(session: Session) -> None:
    assert session.can_undo() is None
    assert session.history(limit=1)[0].name.text == "Write the sample portfolio"


def analysis_of(session: Session, name: str) -> AccountAnalysis:
    return session.analysis(session.find_account(name))


def person_named(analysis: AccountAnalysis, name: str) -> Person:
    return next(person for person in analysis.people if person.name == name)


def project_named(analysis: AccountAnalysis, name: str) -> Project:
    return next(project for project in analysis.projects if project.name == name)


def test_the_machine_builder_has_closeness_62(session: Session) -> None:
    analysis = analysis_of(session, "华辰装备集团")
    shown = [half_up(analysis.scores[dimension].value or 0) for dimension in Dimension]
    assert shown == [62, 64, 52]
    assert language.money(analysis.potential.amount) == "297 万"


def test_the_machine_builder_has_four_key_departments_of_five_key_people(session: Session) -> None:
    analysis = analysis_of(session, "华辰装备集团")
    records = analysis.records
    departments = records.where(Department, organisation=analysis.people[0].organisation)
    key = {department.id: 0 for department in departments if department.key}
    for person in analysis.people:
        assert analysis.importance[person.id].key
        department = records.one(Department, person.department or "")
        key[department.parent or department.id] += 1
    assert list(key.values()) == [5, 5, 5, 5]


def test_twelve_projects_of_five_types_are_past_and_two_are_live(session: Session) -> None:
    projects = analysis_of(session, "华辰装备集团").projects
    past = [project for project in projects if project.outcome is not Outcome.OPEN]
    assert (len(past), len(projects) - len(past)) == (12, 2)
    assert len({project.type for project in past}) == 5
    begun = [project.starts_on for project in past if project.starts_on]
    assert max(begun).year - min(begun).year == 5
    assert all(day < session.today() for day in begun)


def test_the_three_best_routes_to_the_general_manager_are_those_of_the_example(
    session: Session,
) -> None:
    for account, target in (("华辰装备集团", "陈国栋"), ("明岳科技", "方振华")):
        analysis = analysis_of(session, account)
        reading = analysis.routes_to(person_named(analysis, target).id)
        values = [Fraction(route.value) for route in reading.routes]
        assert values == [Fraction(72, 100), Fraction(50, 100), Fraction(20, 100)]
        assert reading.direct is not None
        assert reading.direct.strength == 20


def test_the_small_account_shows_the_worked_example_of_the_scores(session: Session) -> None:
    analysis = analysis_of(session, "明岳科技")
    closeness = analysis.scores[Dimension.CLOSENESS]
    assert closeness.value == Fraction(19210, 310)
    assert (closeness.scored, closeness.of) == (4, 5)
    it_director = analysis.importance[person_named(analysis, "陆鸣").id]
    assert (it_director.power, it_director.influence) == (33, 55)
    assert it_director.influence_centre


def test_the_smallest_account_shows_the_worked_example_of_importance(session: Session) -> None:
    analysis = analysis_of(session, "蓝湾物流")
    power = [analysis.importance[person_named(analysis, name).id].power for name in
             ("贺平", "邓佳", "潘越", "熊涛")]  # fmt: skip
    assert power == [100, 67, 67, 33]
    it_director = analysis.importance[person_named(analysis, "熊涛").id]
    assert it_director.influence == 55
    assert it_director.influence_centre
    assert not it_director.power_centre


def test_two_chains_show_the_worked_examples_of_the_odds(session: Session) -> None:
    analysis = analysis_of(session, "青禾零售")
    free = analysis.chain(project_named(analysis, "门店系统").id)
    capped = analysis.chain(project_named(analysis, "仓配系统").id)
    assert free.odds == free.uncapped == capped.uncapped == Fraction(750, 11)
    assert capped.odds == 60


def test_the_sample_is_sound_in_both_languages_and_has_the_same_numbers() -> None:
    numbers = []
    for code in ("zh_CN", "en"):
        clock = SetClock(ON_THE_DAY_WRITTEN, seed=7)
        records = _sample(clock, code)
        assert problems_in(records) == []
        numbers.append(
            [
                AccountAnalysis(records, account.id, clock.today()).potential.amount
                for account in records.all(Account).values()
            ]
        )
    assert numbers[0] == numbers[1]
    assert len(numbers[0]) == 8


def test_no_chinese_is_left_in_the_english_sample() -> None:
    records = _sample(SetClock(ON_THE_DAY_WRITTEN, seed=7), "en")
    chinese = [str(record) for record in records if any("一" <= c <= "鿿" for c in str(record))]
    assert chinese == []


def test_our_side_is_six_colleagues_and_the_user_and_two_are_not_sales(session: Session) -> None:
    records = session.records
    own = records.where(Organisation, kind=OrganisationKind.OWN)
    staff = [person for one in own for person in records.where(Person, organisation=one.id)]
    assert len(own) == 1
    assert len(staff) == 7
    assert sum(person.non_sales for person in staff) == 2
    assert session.settings.user in {person.id for person in staff}
    assert len(records.where(Organisation, kind=OrganisationKind.COMPETITOR)) == 3


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.brm").write_bytes(b"mine")
    with pytest.raises(FileProblem, match=r"mine\.brm is there already"):
        write_demo(tmp_path / "mine.brm")
    assert (tmp_path / "mine.brm").read_bytes() == b"mine"


def test_what_is_wrong_with_another_thing_than_the_file_is_said_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_version, "__defaults__", ((3, 51, 2),))
    with pytest.raises(StoreProblem, match=r"^SQLite 3\.51\.2 can damage a store"):
        write_demo(tmp_path / "sample.brm")
    assert list(tmp_path.iterdir()) == []


def test_a_sample_that_was_broken_off_leaves_nothing(tmp_path: Path) -> None:
    def stop(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_demo(tmp_path / "large.brm", DemoSize.LARGE, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_large_portfolio_is_written_fifty_accounts_at_once_and_its_share_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_sixty(*given: object) -> Iterator[Change]:
        return islice(generated_portfolio(*given), 61)  # type: ignore[arg-type]  # as they are given

    monkeypatch.setattr(demo, "generated_portfolio", first_sixty)
    shares: list[float] = []
    written = write_demo(tmp_path / "large.brm", DemoSize.LARGE, progress=shares.append)
    assert (written.accounts, written.recovery_key) == (60, None)
    assert shares == [50 / ACCOUNTS, 60 / ACCOUNTS]
    with Session.open(tmp_path / "large.brm") as session:
        assert session.settings.user is not None
        assert session.can_undo() is None


def test_the_generated_portfolio_is_as_large_as_it_says_and_sound() -> None:
    clock = SetClock(ON_THE_DAY_WRITTEN, seed=7)
    own = Organisation(id=OrganisationId("own"), name="Ours", kind=OrganisationKind.OWN)
    parts = []
    people = projects = opportunities = number = 0
    for number, change in enumerate(generated_portfolio(_act(clock), own.id, "en")):
        people += len(change.added(Person))
        projects += len(change.added(Project))
        opportunities += len(change.added(Opportunity))
        if number <= 20:
            parts.append(change)
    assert (number, people, projects) == (ACCOUNTS, PEOPLE, PROJECTS)
    assert opportunities == 4 * ACCOUNTS
    records = Records([own, *(record for part in parts for record in part.after.values())])
    assert problems_in(records) == []


def _act(clock: SetClock) -> Act:
    return Act(clock.today(), "0" * 32, "", IdMaker(clock))


def _sample(clock: SetClock, code: str) -> Records:
    return sample_portfolio(Records(), _act(clock), code).change.applied(Records())


def test_the_live_chains_changed_over_the_months_and_the_odds_with_them(session: Session) -> None:
    analysis = analysis_of(session, "华辰装备集团")
    project = project_named(analysis, "2027 产线数字化一期")
    days = [session.today() - timedelta(days=back) for back in (140, 90, 50, 0)]
    readings = [replace(analysis, today=day).chain(project.id) for day in days]
    assert [half_up(one.uncapped or 0) for one in readings] == [56, 54, 58, 64]
    claims = analysis.records.where(Attitude, project=project.id)
    assert len({claim.stated_on for claim in claims}) == 7
    assert {claim.author for claim in claims} == {session.settings.user}


def test_how_people_stood_in_past_projects_is_known_for_the_day_of_the_decision(
    session: Session,
) -> None:
    analysis = analysis_of(session, "华辰装备集团")
    chief = person_named(analysis, "陈国栋")
    past = [one for one in analysis.chains_of(chief.id) if one.outcome is not Outcome.OPEN]
    assert past
    assert all(one.stance is not Stance.UNKNOWN for one in past)


def test_opportunities_of_every_stage_origin_and_end_are_there(session: Session) -> None:
    found = list(session.all_records().all(Opportunity).values())
    live = [one for one in found if one.outcome is Outcome.OPEN]
    assert {one.stage for one in live} == {stage.value for stage in SalesStage}
    assert {one.origin for one in found} == set(Origin)
    assert {one.sold_by for one in found} == {*SoldBy, None}
    assert {step for one in live for step in one.steps} == {*SalesStep} - {
        SalesStep.TEST,
        SalesStep.CLOSE,
    }
    two_years = session.today() - timedelta(days=730)
    lately = [one for one in found if one.closed_on and one.closed_on > two_years]
    ends = [one.outcome for one in lately]
    assert (ends.count(Outcome.WON), ends.count(Outcome.LOST)) == (11, 4)
    assert all(one.owner_department and one.opened_on and one.business_lines for one in found)
    states = {one.state for one in session.all_records().all(SupportRequest).values()}
    assert states == set(SupportState)


def test_needs_reviews_products_and_what_is_due_are_there(session: Session) -> None:
    records, today = session.all_records(), session.today()
    assert {one.horizon for one in records.all(Need).values()} == set(Horizon)
    assert {one.kind for one in records.all(Review).values()} == set(ReviewKind)
    assert len(records.all(Product)) == 5
    late = [one for one in records.all(Action).values() if one.due and one.due < today]
    assert sum(one.state is ActionState.OPEN for one in late) == 4
    accounts = records.all(Account).values()
    unscored = [one for one in accounts if one.demonstration_score is None]
    assert [one.expected_annual_spend for one in unscored] == [None]


def test_birthdays_are_as_many_days_off_as_when_the_sample_was_written(session: Session) -> None:
    today = session.today()
    born = [one.birthday for one in session.all_records().all(Person).values() if one.birthday]
    coming = {
        (today + timedelta(days)).replace(year=2000): days
        for days in range(60)
        if (today + timedelta(days)).strftime("%m-%d") != "02-29"
    }
    assert sorted(coming[day.replace(year=2000)] for day in born) == [4, 7, 11, 14, 25]


def test_trends_have_six_years_to_tell_of(session: Session) -> None:
    statements = session.all_records().all(Assessment).values()
    first = min(one.assessed_on for one in statements)
    assert 71 <= len(months_ended(first, session.today())) <= 73
    years = {(session.today() - one.assessed_on).days // 365 for one in statements}
    assert years >= set(range(6))


def test_whom_nobody_had_met_six_years_ago_no_tie_of_today_makes_close_then(
    session: Session,
) -> None:
    long_ago = session.today() - timedelta(days=6 * 365)
    for name in ("华辰装备集团", "海晟港务集团", "云帆医疗集团"):
        then = analysis_of(session, name).on(long_ago).scores[Dimension.CLOSENESS].value
        assert then is not None
        assert then < 25


def test_nothing_said_in_earlier_years_is_what_holds_today(session: Session) -> None:
    year_ago = session.today() - timedelta(days=365)
    for account in session.all_records().all(Account).values():
        analysis = session.analysis(account.id)
        for person in analysis.people:
            for dimension in Dimension:
                holds = analysis.standing(person.id, dimension)
                assert holds is None or holds.assessed_on is None or holds.assessed_on > year_ago


def test_closeness_fell_with_what_was_lost_and_rose_again_with_what_was_won(
    session: Session,
) -> None:
    analysis = analysis_of(session, "华辰装备集团")
    cio = person_named(analysis, "周海").id
    lingyun = next(
        one.id for one in analysis.records.all(Organisation).values() if one.name == "凌云软件"
    )
    ours, theirs = [], []
    for years in (5, 3, 2, 1, 0):
        then = analysis.on(session.today() - timedelta(days=365 * years + 200))
        ours.append(then.standing(cio, Dimension.CLOSENESS))
        theirs.append(then.standing(cio, Dimension.CLOSENESS, lingyun))
    assert [one and one.value for one in ours] == [30, 60, 44, 58, 66]
    assert [one and one.value for one in theirs] == [35, 35, 72, 72, 64]


def test_the_vice_president_who_left_was_closer_than_his_successor_is(session: Session) -> None:
    analysis = analysis_of(session, "华辰装备集团")
    (gone,) = (
        one
        for one in analysis.records.where(Person, organisation=analysis.record.organisation)
        if one.left_on is not None
    )
    assert gone.left_on is not None
    assert gone.successor == person_named(analysis, "徐建").id
    assert gone not in analysis.people
    last = analysis.on(gone.left_on - timedelta(days=1))
    before = last.standing(gone.id, Dimension.CLOSENESS)
    now = analysis.standing(gone.successor, Dimension.CLOSENESS)
    assert before is not None
    assert now is not None
    assert before.value > now.value
