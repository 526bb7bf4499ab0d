"""The weekly review of an account: amount, odds, date, and what changed in people and projects."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Money,
    Opportunity,
    Outcome,
    Review,
    ReviewKind,
    Role,
    SalesStage,
    Stance,
)
from brm_desktop.domain.weekly import DealField, Moved, PersonField, WeekOfAccount, week_of

CNY = "CNY"


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


def read(facts: Portfolio, account: AccountId, *moved: Moved) -> WeekOfAccount:
    return week_of(AccountAnalysis(facts.records(), account, TODAY), moved=moved)


def deal(facts: Portfolio, account: AccountId, name: str, **fields: object) -> str:
    made = facts.put(Opportunity(id=f"deal {name}", account=account, name=name))
    facts.revise(made.id, **fields)
    return made.id


def test_a_deal_has_the_amount_of_its_open_opportunities_their_odds_and_first_date() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account)
    project = facts.project(account, "Line one", amount=Money(9, CNY), decided_on=days(60))
    facts.member(project, chief, Role.APPROVER, stance=Stance.SUPPORTER)
    first = {"project": project, "amount": Money(500, CNY), "expected_close": days(20)}
    deal(facts, account, "Robots", **first, probability=40, stage="proposing")
    second = {"project": project, "amount": Money(70, "USD"), "expected_close": days(30)}
    deal(facts, account, "Software", **second, probability=60)
    deal(facts, account, "Gone", project=project, amount=Money(1, CNY), outcome=Outcome.LOST)
    (found,) = read(facts, account).deals
    assert found.amounts == (Money(500, CNY), Money(70, "USD"))
    assert (found.expected, found.probability, found.stage) == (days(20), 60, SalesStage.PROPOSING)
    assert found.odds == found.odds_before
    assert not found.late


def test_a_project_without_opportunity_has_its_own_amount_and_decision_date() -> None:
    facts = Portfolio()
    account = facts.account()
    facts.project(account, "Line one", amount=Money(9, CNY), decided_on=days(-1))
    facts.project(account, "Bare")
    late, bare = read(facts, account).deals
    assert (late.amounts, late.expected, late.late) == ((Money(9, CNY),), days(-1), True)
    assert (bare.amounts, bare.expected, bare.late, bare.odds) == ((), None, False, None)


def test_an_opportunity_without_a_project_that_is_open_stands_alone() -> None:
    facts = Portfolio()
    account = facts.account()
    deal(facts, account, "Spares", amount=Money(5, CNY), expected_close=days(-2), probability=10)
    deal(facts, account, "Idea", stage="dreaming")
    found = read(facts, account)
    assert [(one.name, one.project, one.late) for one in found.deals] == [
        ("Spares", None, True),
        ("Idea", None, False),
    ]
    assert [one.stage for one in found.deals] == ["", "dreaming"]
    assert found.amounts == (Money(5, CNY),)


def test_amounts_of_several_currencies_are_summed_apart() -> None:
    facts = Portfolio()
    account = facts.account()
    for name, amount in (("a", Money(5, CNY)), ("b", Money(6, CNY)), ("c", Money(7, "USD"))):
        deal(facts, account, name, amount=amount)
    assert read(facts, account).amounts == (Money(11, CNY), Money(7, "USD"))


def test_changes_in_people_are_those_since_the_day_a_week_before() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80)
    facts.assess(chief, 40, on=days(-30))
    facts.assess(chief, 60, on=days(-3))
    found = read(facts, account)
    assert [(one.person, str(one.text)) for one in found.people] == [(chief, "closeness: 40 → 60")]
    assert found.closeness == (Fraction(40), Fraction(60))
    assert (found.since, found.until, found.changes) == (days(-7), TODAY, 1)


def test_a_change_of_the_day_a_week_before_is_of_the_week_before() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80)
    facts.assess(chief, 60, on=days(-7))
    assert read(facts, account).people == ()


def test_odds_that_moved_are_told_and_those_that_round_alike_are_not() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80)
    project = facts.project(account, "Line one", starts_on=days(-100))
    facts.member(project, chief, Role.APPROVER, stance=Stance.NEUTRAL)
    facts.claim(project, chief, Stance.MENTOR, on=days(-2), author="me")
    found = read(facts, account)
    assert [str(one.text) for one in found.projects] == ["odds: 50 → 60"]
    assert found.deals[0].odds_before == 50
    quiet = Portfolio()
    account = quiet.account()
    project = quiet.project(account, "Line one", starts_on=days(-100))
    assert read(quiet, account).projects == ()


def test_a_chain_drawn_this_week_has_had_no_odds_before_its_first_word() -> None:
    facts = Portfolio()
    account = facts.account()
    project = facts.project(account, "Line one")
    chief = facts.person("Chen", account)
    facts.member(project, chief, Role.DECISION_MAKER)
    facts.claim(project, chief, Stance.MENTOR, on=TODAY)
    assert [str(one.text) for one in read(facts, account).projects] == ["odds: 50 → 60"]


def test_what_projects_own_dates_say_of_the_week_is_told() -> None:
    facts = Portfolio()
    account = facts.account()
    facts.project(account, "Won", Outcome.WON, starts_on=days(-90), decided_on=days(-6))
    facts.project(account, "Begun", starts_on=days(-1))
    facts.project(account, "Long won", Outcome.WON, decided_on=days(-7))
    deal(facts, account, "Lost deal", outcome=Outcome.LOST, closed_on=TODAY)
    deal(facts, account, "New deal", opened_on=days(-2))
    said = {(one.name, str(one.text)) for one in read(facts, account).projects}
    assert said == {
        ("Won", "decided: won"),
        ("Begun", f"started on {days(-1)}"),
        ("Lost deal", "decided: lost"),
        ("New deal", f"opened on {days(-2)}"),
    }


def test_what_the_history_says_moved_is_told_of_its_project() -> None:
    facts = Portfolio()
    account = facts.account()
    project = facts.project(account, "Line one")
    other = deal(facts, account, "Spares", project=project)
    found = read(
        facts,
        account,
        Moved(project, DealField.AMOUNT, Money(1, CNY), Money(2, CNY)),
        Moved(project, DealField.DECIDED_ON, None, days(30)),
        Moved(other, None),
        Moved(other, DealField.STAGE, "lead", "a stage of ours"),
        Moved("somebody else's", DealField.STAGE, "", "lead"),
    )
    texts = [str(one.text) for one in found.projects]
    assert texts[0].startswith("amount: ")
    told = ["new", "stage: lead → a stage of ours"]
    assert texts[1:] == [f"decision date: – → {days(30)}", *told]
    assert {one.project for one in found.projects} == {project}


def test_a_stage_that_moved_is_told_in_its_word_or_as_it_was_written() -> None:
    facts = Portfolio()
    account = facts.account()
    spares = deal(facts, account, "Spares", stage="engaging")
    other = deal(facts, account, "Trial", stage="our own word")
    found = read(
        facts,
        account,
        Moved(spares, DealField.STAGE, "", "engaging"),
        Moved(other, DealField.STAGE, "lead", "our own word"),
    )
    assert [one.stage for one in found.deals] == [SalesStage.ENGAGING, "our own word"]
    values = [one.text.values for one in found.projects]
    assert [one["after"] for one in values] == [SalesStage.ENGAGING, "our own word"]
    assert values[1]["before"] is SalesStage.LEAD


def test_a_stance_is_told_with_its_project_and_what_was_said_for_it() -> None:
    facts = Portfolio()
    account = facts.account()
    project = facts.project(account, "Line one")
    chief = facts.person("Chen", account)
    facts.member(project, chief, Role.USER)
    facts.claim(project, chief, Stance.MENTOR, on=days(-1), evidence="said so at lunch")
    (found,) = read(facts, account).people
    assert "Line one" in str(found.text.values["project"])
    assert found.evidence == "said so at lunch"


def test_what_the_history_says_moved_is_told_of_a_person() -> None:
    facts = Portfolio()
    account = facts.account()
    chief, _ = facts.people(account, "Chen", "Li")
    found = read(
        facts,
        account,
        Moved(chief, PersonField.TITLE, "CIO", "CEO"),
        Moved(chief, PersonField.VETO, None, after=True),
        Moved(chief, PersonField.SOLE_APPROVER, before=True, after=False),
        Moved("Li", None),
    )
    assert [(one.name, str(one.text)) for one in found.people] == [
        ("Chen", "title: CIO → CEO"),
        ("Chen", "veto: – → yes"),
        ("Chen", "sole approval: yes → no"),
        ("Li", "new"),
    ]


def test_whom_we_met_in_the_week_is_told_the_newest_first() -> None:
    facts = Portfolio()
    account = facts.account()
    me = facts.employee("Zhang")
    chief = facts.person("Chen", account)
    facts.met(account, days(-5), me, chief)
    facts.met(account, days(-1), me)
    facts.met(account, days(-8), me, chief)
    assert [str(one) for one in read(facts, account).meetings] == [
        f"meeting on {days(-1)}",
        f"meeting with ('Chen',) on {days(-5)}",
    ]


def test_the_remarks_are_those_of_the_weekly_review_of_today() -> None:
    facts = Portfolio()
    owner = facts.employee("Zhang")
    account = facts.account(owner=owner)
    assert read(facts, account).owner == "Zhang"
    assert (read(facts, account).review, read(facts, account).remarks) == ("", "")
    for number, (kind, on) in enumerate(
        ((ReviewKind.WEEKLY, days(-7)), (ReviewKind.WHCSE, TODAY), (ReviewKind.WEEKLY, TODAY))
    ):
        facts.put(
            Review(id=f"{number}", account=account, kind=kind, held_on=on, remarks=f"said {number}")
        )
    assert (read(facts, account).review, read(facts, account).remarks) == ("2", "said 2")


def test_the_goal_is_that_of_the_plan_of_the_year() -> None:
    facts = Portfolio()
    account = facts.account()
    facts.put(AccountPlan(id="plan", account=account, year=TODAY.year, goal="Be heard"))
    analysis = AccountAnalysis(facts.records(), account, TODAY)
    assert (week_of(analysis).goal, week_of(analysis, year=2001).goal) == ("Be heard", "")


def test_another_day_may_be_compared_with() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80)
    facts.assess(chief, 60, on=days(-20))
    analysis = AccountAnalysis(facts.records(), account, TODAY)
    found = week_of(analysis, days(-30))
    assert (found.since, found.changes) == (days(-30), 1)
    assert found.owner == ""
