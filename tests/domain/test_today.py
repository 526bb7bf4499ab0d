"""What an account asks for today: what is due when, and what needs attention."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.missing_facts import missing_facts
from brm_desktop.domain.records import (
    AccountId,
    Action,
    ActionState,
    Interaction,
    Opportunity,
    Outcome,
    PersonId,
    ProjectType,
    ProjectTypeId,
    Review,
    ReviewKind,
    Role,
    ScreeningVerdict,
    Stance,
    Tier,
)
from brm_desktop.domain.today import (
    FACTS_KEPT,
    AccountToday,
    DueItem,
    Matter,
    Urgency,
    account_today,
    by_urgency,
    day_plan,
)


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


class Acme:
    """An account whose people nobody calls crucial unless a test does."""

    def __init__(self) -> None:
        self.facts = Portfolio()
        self.account: AccountId = self.facts.account()
        self.chief: PersonId = self.facts.person("Chen", self.account, power=50, crucial=False)

    def read(self, today: date = TODAY) -> AccountToday:
        return account_today(AccountAnalysis(self.facts.records(), self.account, today))

    def items(self, matter: Matter, today: date = TODAY) -> list[DueItem]:
        return [one for one in self.read(today).items if one.matter is matter]

    def texts(self, matter: Matter) -> list[str]:
        return [str(one.text) for one in self.items(matter)]

    def action(self, text: str, due: date | None, **fields: object) -> None:
        action = Action(id=f"action {text}", account=self.account, text=text, due=due)
        self.facts.put(action)
        self.facts.revise(action.id, **fields)


@pytest.fixture
def acme() -> Acme:
    return Acme()


def test_open_actions_up_to_thirty_days_ahead_are_listed_what_is_late_first(acme: Acme) -> None:
    acme.action("call", days(30))
    acme.action("write", days(-3), person=acme.chief)
    acme.action("visit", days(31))
    acme.action("some day", None)
    acme.action("done", days(-5), state=ActionState.DONE)
    found = acme.items(Matter.ACTION)
    assert [str(one.text) for one in found] == ["write", "call"]
    assert (found[0].person, found[0].record, found[0].weight) == (acme.chief, "action write", 50)
    assert found[1].weight == 0


def test_braces_in_an_actions_text_are_said_as_they_are(acme: Acme) -> None:
    acme.action("send {draft}", TODAY)
    assert acme.texts(Matter.ACTION) == ["send {draft}"]


@pytest.mark.parametrize(
    ("due", "urgency"),
    [
        (-1, Urgency.OVERDUE),
        (0, Urgency.TODAY),
        (1, Urgency.WEEK),
        (7, Urgency.WEEK),
        (8, Urgency.AHEAD),
    ],
)
def test_how_urgent_something_is_follows_from_its_day(due: int, urgency: Urgency) -> None:
    item = DueItem(AccountId("a"), "a", Matter.ACTION, Matter.ACTION.phrase, days(due))
    assert item.urgency(TODAY) is urgency


def test_a_next_step_is_due_until_its_people_are_met_again(acme: Acme) -> None:
    step = {"next_step": "send the offer", "next_step_on": days(-10)}
    met = acme.facts.met(acme.account, days(-20), acme.chief)
    acme.facts.revise(met.id, **step)
    found = acme.items(Matter.NEXT_STEP)
    assert [(str(one.text), one.due, one.person) for one in found] == [
        ("send the offer", days(-10), acme.chief)
    ]
    acme.facts.met(acme.account, days(-12), acme.chief)
    assert len(acme.items(Matter.NEXT_STEP)) == 1
    acme.facts.met(acme.account, days(-9), acme.chief)
    assert acme.items(Matter.NEXT_STEP) == []


def test_a_next_step_with_nobody_or_of_a_meeting_to_come_is_told_or_not(acme: Acme) -> None:
    acme.facts.put(
        Interaction(
            id="alone",
            account=acme.account,
            held_on=days(-20),
            next_step="ask around",
            next_step_on=days(-1),
        )
    )
    acme.facts.put(
        Interaction(
            id="to come",
            account=acme.account,
            held_on=days(2),
            next_step="think it over",
            next_step_on=days(3),
        )
    )
    assert acme.texts(Matter.NEXT_STEP) == ["ask around"]


def test_reviews_never_held_are_one_line_and_held_ones_come_when_they_are_due(acme: Acme) -> None:
    assert acme.items(Matter.REVIEW) == []
    acme.facts.revise(acme.account, tier=Tier.KEY)
    for kind, on in ((ReviewKind.CLOSENESS, days(-33)), (ReviewKind.NEEDS, days(-56))):
        review = Review(id=f"review {kind}", account=acme.account, kind=kind, held_on=on)
        acme.facts.put(review)
    found = acme.items(Matter.REVIEW)
    assert [(one.record, one.due) for one in found] == [
        ("closeness", days(-2)),
        ("importance whcse", TODAY),
        ("needs", days(5)),
    ]
    assert found[1].text.values == {"reviews": (ReviewKind.IMPORTANCE, ReviewKind.WHCSE)}


def test_what_is_to_be_decided_is_listed_projects_and_opportunities(acme: Acme) -> None:
    acme.facts.project(acme.account, "Line one", decided_on=days(-4))
    acme.facts.project(acme.account, "Later", decided_on=days(300))
    acme.facts.project(acme.account, "Won", Outcome.WON, decided_on=days(-4))
    acme.facts.put(
        Opportunity(id="deal", account=acme.account, name="Spare parts", expected_close=days(9))
    )
    acme.facts.put(
        Opportunity(
            id="lost",
            account=acme.account,
            name="Gone",
            expected_close=days(9),
            outcome=Outcome.LOST,
        )
    )
    assert acme.texts(Matter.DECISION) == [
        "Decision on Line one",
        "Expected close of Spare parts",
    ]
    assert [one.record for one in acme.items(Matter.DECISION)] == ["", "deal"]


def yearly(acme: Acme, name: str, *, wanted: bool) -> None:
    """A type whose next start is 2025-03-10, window 2025-02-08 to 2025-04-09 (domain rule §10)."""
    kind = acme.facts.put(ProjectType(id=ProjectTypeId(f"type {name}"), name=name, wanted=wanted))
    starts = (date(2021, 3, 1), date(2022, 3, 7), date(2023, 2, 27), date(2024, 3, 4))
    for start in starts:
        acme.facts.project(
            acme.account, f"{name} {start.year}", Outcome.WON, type=kind.id, starts_on=start
        )


def test_what_comes_back_is_prepared_for_ninety_days_before_its_window(acme: Acme) -> None:
    yearly(acme, "Service", wanted=True)
    assert acme.items(Matter.PREPARE, date(2024, 10, 10)) == []
    (found,) = acme.items(Matter.PREPARE, date(2024, 10, 11))
    assert (found.due, found.record) == (date(2024, 11, 10), "type Service")
    (found,) = acme.items(Matter.PREPARE, date(2025, 4, 9))
    assert found.due == date(2024, 11, 10)
    (found,) = acme.items(Matter.PREPARE, date(2025, 4, 10))
    assert (found.due, found.urgency(date(2025, 4, 10))) == (date(2025, 4, 9), Urgency.OVERDUE)
    assert "overdue" in str(found.text)


def test_a_rhythm_broken_for_a_whole_round_is_told_no_more(acme: Acme) -> None:
    yearly(acme, "Service", wanted=True)
    last = date(2025, 4, 9) + timedelta(days=371)
    assert len(acme.items(Matter.PREPARE, last)) == 1
    assert acme.items(Matter.PREPARE, last + timedelta(days=1)) == []


def test_where_some_types_are_wanted_only_those_are_prepared_for(acme: Acme) -> None:
    yearly(acme, "Lifts", wanted=False)
    day = date(2024, 12, 1)
    assert [one.record for one in acme.items(Matter.PREPARE, day)] == ["type Lifts"]
    yearly(acme, "Service", wanted=True)
    assert [one.record for one in acme.items(Matter.PREPARE, day)] == ["type Service"]


def test_a_project_entered_for_the_next_time_needs_no_preparing(acme: Acme) -> None:
    yearly(acme, "Service", wanted=True)
    acme.facts.project(
        acme.account, "Next", type=ProjectTypeId("type Service"), starts_on=date(2025, 3, 12)
    )
    assert acme.items(Matter.PREPARE, date(2024, 12, 1)) == []


def test_birthdays_of_the_next_two_weeks_are_listed_over_the_turn_of_the_year(acme: Acme) -> None:
    acme.facts.revise(acme.chief, birthday=date(1970, 1, 5))
    acme.facts.person("Li", acme.account, birthday=date(1984, 2, 29))
    acme.facts.person("Unborn", acme.account, birthday=date(2030, 1, 5))
    (found,) = acme.items(Matter.BIRTHDAY, date(2025, 12, 22))
    assert (found.due, found.person) == (date(2026, 1, 5), acme.chief)
    assert acme.items(Matter.BIRTHDAY, date(2025, 12, 21)) == []
    (leapling,) = acme.items(Matter.BIRTHDAY, date(2026, 2, 20))
    assert (str(leapling.text), leapling.due) == ("Li's birthday", date(2026, 2, 28))


def test_crucial_people_are_silent_after_thirty_days_or_when_never_met(acme: Acme) -> None:
    acme.facts.revise(acme.chief, crucial=True)
    unmet = acme.facts.person("Li", acme.account, crucial=True)
    acme.facts.person("unknown CFO", acme.account, crucial=True, placeholder=True)
    acme.facts.met(acme.account, days(-29), acme.chief)
    assert [one.person for one in acme.items(Matter.SILENT)] == [unmet]
    assert [one.person for one in acme.items(Matter.SILENT, days(1))] == [acme.chief, unmet]
    assert acme.items(Matter.SILENT, days(1))[0].urgency(days(1)) is Urgency.SILENT


def test_red_flags_are_those_of_open_chains_and_silence_is_told_once(acme: Acme) -> None:
    acme.facts.revise(acme.chief, crucial=True, veto=True)
    live = acme.facts.project(acme.account, "Line one")
    past = acme.facts.project(acme.account, "Old", Outcome.LOST)
    for project in (live, past):
        acme.facts.member(project, acme.chief, Role.APPROVER, stance=Stance.NEUTRAL)
    flags = acme.texts(Matter.RED_FLAG)
    assert "Line one: Chen holds a veto, stance neutral" in flags
    assert all(text.startswith("Line one: ") for text in flags)
    assert not any("no contact" in text for text in flags)
    assert len(acme.items(Matter.SILENT)) == 1
    assert len({one.key for one in acme.read().items}) == len(acme.read().items)


def test_the_same_red_flag_of_two_projects_is_two_lines(acme: Acme) -> None:
    acme.facts.revise(acme.chief, crucial=True, veto=True)
    for name in ("Line one", "Line two"):
        project = acme.facts.project(acme.account, name)
        acme.facts.member(project, acme.chief, Role.APPROVER, stance=Stance.NEUTRAL)
    flags = acme.items(Matter.RED_FLAG)
    assert len({one.project for one in flags}) == 2
    assert len({one.key for one in flags}) == len(flags)


def test_who_is_crucial_on_a_chain_only_is_silent_there(acme: Acme) -> None:
    acme.facts.revise(acme.chief, crucial=None)
    live = acme.facts.project(acme.account, "Line one")
    acme.facts.member(live, acme.chief, Role.APPROVER, stance=Stance.MENTOR, veto=True)
    assert acme.items(Matter.SILENT) == []
    assert "Line one: Chen is crucial and no contact is recorded" in acme.texts(Matter.RED_FLAG)


def test_an_account_that_screening_excluded_asks_for_nothing(acme: Acme) -> None:
    acme.action("call", TODAY)
    acme.facts.revise(acme.account, screening=ScreeningVerdict.EXCLUDED)
    read = acme.read()
    assert (read.items, read.missing) == ((), ())


def test_an_account_keeps_the_facts_that_move_most_money_and_its_departments(acme: Acme) -> None:
    for name in ("An", "Bo", "Cy"):
        acme.facts.person(name, acme.account, power=60)
    for name in ("Works", "Finance"):
        acme.facts.department(name, acme.account)
    read = acme.read()
    assert len(read.missing) == FACTS_KEPT
    analysis = AccountAnalysis(acme.facts.records(), acme.account, TODAY)
    assert read.missing == missing_facts(analysis)[:FACTS_KEPT]
    assert read.departments == ("Finance", "Works")
    assert (read.name, read.tier, read.owner) == ("Acme", Tier.ORDINARY, None)


def test_the_plan_of_a_day_has_the_lines_of_all_accounts_by_urgency_and_their_facts(
    acme: Acme,
) -> None:
    acme.action("late", days(-1))
    acme.action("soon", days(2))
    acme.facts.revise(acme.chief, crucial=True)
    acme.facts.member(acme.facts.project(acme.account), acme.chief, Role.USER)
    plan = day_plan([acme.read()], TODAY)
    assert list(plan.items) == list(Urgency)
    assert [str(one.text) for one in plan.items[Urgency.OVERDUE]] == ["late"]
    assert [str(one.text) for one in plan.items[Urgency.WEEK]] == ["soon"]
    assert {one.matter for one in plan.items[Urgency.SILENT]} == {Matter.SILENT}
    assert {one.matter for one in plan.items[Urgency.RED_FLAGS]} == {Matter.RED_FLAG}
    assert plan.missing == acme.read().missing
    assert not plan.is_empty
    assert day_plan([], TODAY).is_empty


def test_lines_of_all_accounts_come_by_urgency_then_importance_then_name() -> None:
    def line(account: str, due: int | None, weight: int = 0) -> DueItem:
        on = None if due is None else days(due)
        text = Matter.ACTION.phrase
        return DueItem(AccountId(account), account, Matter.ACTION, text, on, weight=weight)

    lines = [line("d", None), line("c", 2), line("b", -1), line("a", -1), line("e", -1, 80)]
    assert [one.account for one in by_urgency(lines, TODAY)] == ["e", "a", "b", "c", "d"]
    assert by_urgency(reversed(lines), TODAY) == by_urgency(lines, TODAY)
