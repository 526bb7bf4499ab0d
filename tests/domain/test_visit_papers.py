"""The visit brief, the handover pack, and what of an account its customer may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.brief import Briefing, visit_brief
from brm_desktop.domain.client_sheet import ClientFunction, client_sheet
from brm_desktop.domain.handover import FACTS, MEETINGS, handover
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Adaptability,
    Money,
    Opportunity,
    Outcome,
    PersonId,
    ProjectType,
    ProjectTypeId,
    Role,
    Stance,
    TeamFunction,
    TeamMember,
)


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


def read(facts: Portfolio, account: AccountId) -> AccountAnalysis:
    return AccountAnalysis(facts.records(), account, TODAY)


def questions(brief: Briefing) -> list[str]:
    return [str(one) for one in brief.questions]


def test_the_brief_is_about_the_open_project_decided_first_or_the_one_asked_for() -> None:
    facts = Portfolio()
    account = facts.account()
    facts.project(account, "Won", Outcome.WON, decided_on=days(1))
    later = facts.project(account, "Later", decided_on=days(90))
    sooner = facts.project(account, "Sooner", decided_on=days(9))
    facts.project(account, "Some day")
    brief = visit_brief(read(facts, account))
    assert brief.about is not None
    assert brief.about.project.id == sooner
    assert [one.project.name for one in brief.others] == ["Later", "Some day"]
    asked = visit_brief(read(facts, account), later)
    assert asked.about is not None
    assert asked.about.project.id == later


def test_what_another_project_wants_to_know_waits_for_what_this_one_does() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(110_000_00, "CNY"))
    first = facts.project(account, "First", decided_on=TODAY + timedelta(days=9))
    facts.project(account, "Another", decided_on=TODAY + timedelta(days=90))
    member = facts.person("Chen", account, power=75)
    facts.member(first, member, *Role, stance=Stance.SUPPORTER)
    asked = questions(visit_brief(read(facts, account)))
    assert len(asked) == 3
    assert "Another" not in " ".join(asked[:2])


def test_the_day_of_the_visits_own_opportunity_is_asked_before_that_of_another_project() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(110_000_00, "CNY"))
    first = facts.project(account, "First", decided_on=TODAY + timedelta(days=9))
    second = facts.project(account, "Second", decided_on=TODAY + timedelta(days=90))
    chief = facts.person("Chen", account, power=75)
    for project in (first, second):
        facts.member(project, chief, *Role, stance=Stance.SUPPORTER)
        facts.opportunity(account, project, facts.employee(f"Seller of {project}"))
    asked = [str(one) for one in visit_brief(read(facts, account), second).questions]
    assert f"When is {second} decided?" not in asked, "of two days one is asked, the first by name"
    assert f"When is {first} decided?" not in asked[:2]
    facts.revise(f"opportunity {first}", expected_close=TODAY)
    assert f"When is {second} decided?" in questions(visit_brief(read(facts, account), second))


def test_the_three_questions_ask_who_decides_then_where_they_stand_then_facts() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(100, "CNY"))
    project = facts.project(account, "Line one", amount=Money(1, "CNY"))
    chief = facts.person("Chen", account, power=90)
    user = facts.person("Li", account, power=40)
    hole = facts.person("unknown CFO", account, placeholder=True)
    facts.member(project, chief, Role.APPROVER, stance=Stance.SUPPORTER)
    facts.member(project, hole, Role.DECISION_MAKER)
    facts.member(project, user, Role.USER)
    brief = visit_brief(read(facts, account))
    assert questions(brief) == [
        "Who is the evaluator for Line one?",
        "Who is unknown CFO?",
        "Where does Li stand on Line one?",
    ]
    facts.member(project, user, Role.USER, Role.EVALUATOR, stance=Stance.NEUTRAL)
    assert questions(visit_brief(read(facts, account)))[:2] == [
        "Who is unknown CFO?",
        "When does Line one start, and when is it decided?",
    ]


def test_of_nobody_two_things_are_asked() -> None:
    facts = Portfolio()
    account = facts.account()
    facts.people(account, "An", "Bo")
    for name in ("An", "Bo"):
        facts.revise(name, power=80)
    assert questions(visit_brief(read(facts, account))) == [
        "Which department is An in?",
        "What is Bo's title?",
    ]


def test_where_one_fact_alone_is_missing_it_is_asked_of_several() -> None:
    facts = Portfolio()
    account = facts.account()
    works = facts.department("Works", account)
    for name in ("An", "Bo"):
        person = facts.person(name, account, power=80, department=works, title="Head")
        facts.assess(person, 10, 10, 10)
        facts.revise(
            person,
            veto=False,
            sole_approver=False,
            adaptability=Adaptability.PRAGMATIST,
        )
    assert questions(visit_brief(read(facts, account))) == [
        "Whom does An listen to, and who listens to An?",
        "Whom does Bo listen to, and who listens to Bo?",
    ]


def test_the_route_leads_to_the_approver_before_the_decision_maker() -> None:
    facts = Portfolio()
    account = facts.account()
    me = facts.employee("Zhang")
    project = facts.project(account, "Line one")
    boss, chief, left = facts.people(account, "Boss", "Chen", "Gone")
    facts.revise(left, left_on=days(-1))
    facts.member(project, left, Role.APPROVER)
    facts.member(project, boss, Role.DECISION_MAKER)
    facts.tie(me, boss, 40)
    brief = visit_brief(read(facts, account))
    assert brief.decider == boss
    facts.member(project, chief, Role.APPROVER)
    facts.sways(boss, chief, 50)
    brief = visit_brief(read(facts, account))
    assert (brief.decider, brief.route is not None) == (chief, True)
    assert brief.route is not None
    assert [route.people for route in brief.route.routes] == [(me, boss, chief)]
    assert left not in brief.people


@pytest.mark.parametrize("power", [90, None])
def test_without_a_chain_the_greatest_power_centre_is_whom_to_reach(power: int | None) -> None:
    facts = Portfolio()
    account = facts.account()
    hole = facts.person("unknown CEO", account, power=95, placeholder=True)
    chief = facts.person("Chen", account, power=power, key=True)
    brief = visit_brief(read(facts, account))
    assert brief.decider == (chief if power else None)
    assert (brief.about, brief.red_flags) == (None, ())
    assert (brief.route is None) == (power is None)
    assert set(brief.people) == {hole, chief}


def test_the_brief_quotes_the_goal_and_has_last_meetings_and_birthdays() -> None:
    facts = Portfolio()
    account = facts.account()
    chief, other, young = facts.people(account, "Chen", "Li", "Young")
    facts.revise(chief, birthday=days(14).replace(year=1970))
    facts.revise(other, birthday=days(15).replace(year=1970))
    facts.revise(young, birthday=days(3).replace(year=2030))
    old, new, soon = (facts.met(account, days(n), chief) for n in (-9, -1, 4))
    facts.put(AccountPlan(id="plan", account=account, year=TODAY.year, goal="Be heard"))
    brief = visit_brief(read(facts, account))
    assert brief.birthdays == ((chief, days(14)),)
    assert [met.id for met in brief.last] == [new.id, old.id]
    assert soon.id not in {met.id for met in brief.last}
    assert brief.plan.plan is not None
    assert visit_brief(read(facts, account), year=2000).plan.plan is None


def test_the_handover_pack_has_gaps_deals_meetings_and_what_comes_back() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(100, "CNY"))
    for number in range(4):
        facts.person(f"P{number}", account, power=50)
    for number in range(MEETINGS + 2):
        facts.met(account, days(5 - number), PersonId("P0"))
    later = {"expected_close": days(40)}
    for name, fields in (("b", later), ("a", {}), ("c", {"outcome": Outcome.LOST})):
        made = facts.put(Opportunity(id=name, account=account, name=name))
        facts.revise(made.id, **fields)
    kind = facts.put(ProjectType(id=ProjectTypeId("type"), name="Service"))
    for year in (2023, 2024, 2025):
        facts.project(account, f"S{year}", Outcome.WON, type=kind.id, starts_on=date(year, 9, 1))
    pack = handover(read(facts, account))
    assert (len(pack.missing), pack.missing_in_all > FACTS) == (FACTS, True)
    assert [one.name for one in pack.opportunities] == ["b", "a"]
    assert [met.held_on for met in pack.meetings] == [days(-n) for n in range(5)]
    assert [one.name for one in pack.coming] == ["Service"]
    assert pack.plan.year == TODAY.year
    assert handover(read(facts, account), 2027).plan.year == 2027
    assert pack.known.completeness is not None


def test_the_customer_sees_names_titles_functions_and_dates_alone() -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    me = facts.employee("Zhang", title="Account manager", phones=("138",), emails=("z@us.cn",))
    team = TeamMember(
        id="team", account=account, employee=me, function=TeamFunction.ACCOUNT_MANAGER
    )
    facts.put(team)
    works = facts.department("Works", account)
    chief = facts.person("Chen", account, title="CEO", department=works, notes="difficult")
    facts.person("Off the chain", account)
    hole = facts.person("unknown CFO", account, placeholder=True)
    late = facts.project(account, "Later", note="they will say no")
    soon = facts.project(account, "Soon", starts_on=days(-9), decided_on=days(9))
    facts.project(account, "Lost", Outcome.LOST)
    facts.member(late, chief, Role.APPROVER, stance=Stance.ENEMY)
    facts.member(late, hole, Role.DECISION_MAKER)
    sheet = client_sheet(read(facts, account))
    assert [one.name for one in sheet.projects] == ["Soon", "Later"]
    assert [(one.name, one.title, one.department) for one in sheet.contacts] == [
        ("Chen", "CEO", "Works")
    ]
    assert [(one.name, one.title, one.phones, one.emails) for one in sheet.team] == [
        ("Zhang", "Account manager", ("138",), ("z@us.cn",))
    ]
    said = str(sheet)
    assert not any(word in said for word in ("enemy", "approver", "difficult", "no'", "CFO"))
    one_project = client_sheet(read(facts, account), soon)
    assert ([one.name for one in one_project.projects], one_project.contacts) == (["Soon"], ())
    facts.revise(chief, department=None)
    assert client_sheet(read(facts, account)).contacts[0].department == ""


def test_the_customer_does_not_see_whom_we_hold_for_an_influencer() -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    chief, both, whisperer, nobody = facts.people(account, "Chen", "Both", "Whisperer", "Nobody")
    project = facts.project(account)
    facts.member(project, chief, Role.APPROVER)
    facts.member(project, both, Role.USER, Role.INFLUENCER)
    facts.member(project, whisperer, Role.INFLUENCER)
    facts.member(project, nobody)
    found = client_sheet(read(facts, account)).contacts
    assert sorted(one.name for one in found) == ["Both", "Chen"]


@pytest.mark.parametrize("function", TeamFunction)
def test_the_customer_reads_what_a_colleague_does_and_not_how_we_sell(
    function: TeamFunction,
) -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    me = facts.employee("Zhang")
    facts.put(TeamMember(id="team", account=account, employee=me, function=function))
    (one,) = client_sheet(read(facts, account)).team
    assert isinstance(one.function, ClientFunction)
    ours = ("sponsor", "seller", "pre-sales", "tele", "marketing", "key", "lead", "commercial")
    assert not any(word in one.function.label for word in ours)


def test_two_functions_that_are_one_to_the_customer_are_said_once() -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    me = facts.employee("Zhang")
    for function in (TeamFunction.ACCOUNT_LEAD, TeamFunction.ACCOUNT_MANAGER, TeamFunction.FINANCE):
        facts.put(TeamMember(id=function, account=account, employee=me, function=function))
    team = client_sheet(read(facts, account)).team
    assert [one.function for one in team] == [ClientFunction.ACCOUNT, ClientFunction.FINANCE]
