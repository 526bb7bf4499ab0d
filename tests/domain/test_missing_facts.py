"""What to find out next: what is not known, by the money that hangs on it (domain rule §12)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import Fact, completeness_of
from brm_desktop.domain.missing_facts import (
    OF_OPPORTUNITIES,
    MissingFact,
    by_money,
    missing_facts,
)
from brm_desktop.domain.numerals import FullAmount
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    Money,
    Opportunity,
    Outcome,
    PersonId,
    Role,
    Stance,
)
from brm_desktop.domain.sums.missing import money_affected

CNY = "CNY"


def read(facts: Portfolio, account: AccountId) -> tuple[MissingFact, ...]:
    return missing_facts(AccountAnalysis(facts.records(), account, TODAY))


def of(found: tuple[MissingFact, ...], subject: str) -> dict[Fact, MissingFact]:
    return {one.fact: one for one in found if one.subject == subject}


def test_the_money_of_a_fact_is_spend_times_the_persons_share_times_the_facts_share() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(110_000_00, CNY))
    chief = facts.person("Chen", account, power=75)
    sales = facts.person("Li", account, power=25, key=True)
    found = read(facts, account)
    assert of(found, chief)[Fact.TITLE].share == Fraction(3, 4) * Fraction(1, 11)
    assert of(found, chief)[Fact.TITLE].money == Money(7_500_00, CNY)
    assert of(found, sales)[Fact.TITLE].money == Money(2_500_00, CNY)


def test_what_is_known_is_not_missing_however_old_it_is() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=75, title="CEO", veto=False)
    facts.assess(chief, 50, on=TODAY.replace(year=2010))
    assert (
        not {Fact.TITLE, Fact.VETO, Fact.CLOSENESS, Fact.PLACE}
        & of(read(facts, account), chief).keys()
    )


def test_the_most_money_comes_first_and_of_equal_facts_the_rules_order_holds() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(1_000_00, CNY))
    low, high = facts.person("An", account, power=40), facts.person("Bo", account, power=60)
    found = read(facts, account)
    assert [one.subject for one in found] == [high] * 10 + [low] * 10
    assert [one.fact for one in found[:3]] == [Fact.DEPARTMENT, Fact.TITLE, Fact.INFLUENCE]


def test_without_an_expected_spend_no_money_is_made_up() -> None:
    facts = Portfolio()
    account = facts.account()
    facts.person("Chen", account, power=80)
    assert {one.money for one in read(facts, account)} == {None}


def test_where_nobodys_importance_is_known_all_share_alike() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(2_200_00, CNY))
    people = [facts.person(name, account, key=True) for name in ("An", "Bo")]
    found = read(facts, account)
    assert {one.share for one in found} == {Fraction(1, 22)}
    assert {one.subject for one in found} == set(people)
    assert of(found, people[0])[Fact.PLACE].money == Money(100_00, CNY)


def test_an_account_of_which_nothing_is_asked_misses_nothing() -> None:
    facts = Portfolio()
    account = facts.account(spend=Money(1_00, CNY))
    facts.person("Chen", account)  # of whom nothing says that he counts
    assert read(facts, account) == ()


def test_an_account_begins_with_its_spend_and_its_people() -> None:
    facts = Portfolio()
    account = facts.account("Acme")
    asked = [(one.fact, one.money, str(one.question)) for one in read(facts, account)]
    assert asked == [
        (Fact.SPEND, None, "How much does Acme spend in a year?"),
        (Fact.PEOPLE, None, "Who has a say at Acme?"),
    ]


def test_where_nobody_is_known_all_of_the_spend_hangs_on_who_is_there() -> None:
    facts = Portfolio()
    account = facts.account(spend=Money(900_00, CNY))
    project = facts.project(account, "Line")
    found = read(facts, account)
    assert (found[0].fact, found[0].money) == (Fact.PEOPLE, Money(900_00, CNY))
    made = money_affected(found[0])
    assert [str(line.part) for line in made.lines] == ["90000 CNY", "× 1", "× 1"]
    assert made.lines[1].note == phrase("nobody is known there: all of it hangs on them")
    assert of(found, project)


def deal(facts: Portfolio, account: AccountId, name: str, **fields: Any) -> str:
    return facts.put(Opportunity(id=f"deal {name}", account=account, name=name, **fields)).id


def test_of_open_opportunities_one_amount_and_one_day_are_asked_the_next_to_close_first() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(1_000_00, CNY))
    facts.person("Chen", account, power=75)
    facts.person("Li", account, power=25, key=True)
    soon = deal(facts, account, "Soon", expected_close=TODAY)
    deal(facts, account, "Late", expected_close=TODAY.replace(year=TODAY.year + 1))
    undated = deal(facts, account, "Any day", amount=Money(5_00, CNY))
    deal(facts, account, "Lost", outcome=Outcome.LOST)
    found = {one.fact: one for one in read(facts, account) if one.fact in OF_OPPORTUNITIES}
    assert {one.fact: one.subject for one in found.values()} == {
        Fact.DEAL_AMOUNT: soon,
        Fact.DEAL_DAY: undated,
    }
    amount = found[Fact.DEAL_AMOUNT]
    assert str(amount.question) == "How much does Soon come to?"
    assert (amount.importance, amount.part) == (Fraction(1, 2), Fraction(1, 2))
    assert amount.money == Money(250_00, CNY)
    note = money_affected(amount).lines[1].note
    assert note == phrase("as important as a key person on the average")


def test_no_index_is_counted_from_what_an_account_begins_with() -> None:
    facts = Portfolio()
    account = facts.account()
    deal(facts, account, "Line")
    assert completeness_of(AccountAnalysis(facts.records(), account, TODAY)).facts == ()
    assert {one.importance for one in read(facts, account)} == {Fraction(1)}


def test_where_no_spend_is_known_the_kinds_an_account_begins_with_take_turns() -> None:
    facts = Portfolio()
    rich = facts.account("Rich", spend=Money(1_00, CNY))
    facts.person("Chen", rich, power=50)
    found = list(read(facts, rich))[:1]
    for name in ("Beta", "Alpha"):
        account = facts.account(name)
        deal(facts, account, f"Line of {name}")
        found += read(facts, account)
    poor = facts.account("Poor")
    facts.person("Li", poor, power=50)
    found += read(facts, poor)
    ranked = [(one.account_name, one.fact) for one in by_money(found)]
    assert ranked[:6] == [
        ("Rich", Fact.DEPARTMENT),
        ("Alpha", Fact.SPEND),
        ("Alpha", Fact.PEOPLE),
        ("Alpha", Fact.DEAL_AMOUNT),
        ("Alpha", Fact.DEAL_DAY),
        ("Beta", Fact.SPEND),
    ]
    assert ranked[9] == ("Poor", Fact.SPEND)
    assert {name for name, fact in ranked[10:]} == {"Poor"}
    assert [(one.account_name, one.fact) for one in by_money(found, most=3)] == ranked[:3]


def test_a_project_weighs_as_much_as_a_key_person_on_the_average() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(1_000_00, CNY))
    facts.person("Chen", account, power=80)
    project = facts.project(account, "Line one")
    found = of(read(facts, account), project)
    assert set(found) == {Fact.TYPE, Fact.AMOUNT, Fact.DATES, Fact.PARTICIPANTS}
    assert found[Fact.AMOUNT].money == Money(200_00, CNY)
    assert found[Fact.AMOUNT].of_project
    assert found[Fact.AMOUNT].name == "Line one"


def test_every_fact_asks_a_question_about_its_subject() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80)
    project = facts.project(account, "Line one", decided_on=TODAY.replace(year=2025))
    facts.member(project, chief, Role.USER)
    found = read(facts, account)
    questions = {one.fact: str(one.question) for one in found}
    assert questions[Fact.VETO] == "Can Chen alone stop a decision?"
    assert questions[Fact.OUTCOME] == "How did Line one end?"
    assert all(one.name in str(one.question) for one in found)
    assert len({one.key for one in found}) == len(found)


def test_what_is_known_may_be_handed_in() -> None:
    facts = Portfolio()
    account = facts.account()
    facts.person("Chen", account, power=80)
    analysis = AccountAnalysis(facts.records(), account, TODAY)
    assert missing_facts(analysis, completeness_of(analysis)) == missing_facts(analysis)


def one(account: str, minor: int | None, currency: str = CNY) -> MissingFact:
    money = None if minor is None else Money(minor, currency)
    return MissingFact(
        account=AccountId(account),
        account_name=account,
        subject=PersonId("Chen"),
        name="Chen",
        fact=Fact.TITLE,
        importance=Fraction(1, 2),
        part=Fraction(1, 5),
        share=Fraction(1, 10),
        spend=money,
        money=money,
    )


def test_a_key_person_whose_importance_is_not_known_moves_no_money_and_has_a_sum() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(100_00, CNY))
    facts.person("Chen", account, power=75)
    unknown = facts.person("Li", account, key=True)
    found = of(read(facts, account), unknown)[Fact.TITLE]
    assert (found.importance, found.money) == (Fraction(0), Money(0, CNY))
    assert money_affected(found).shown == FullAmount(Money(0, CNY))


def test_the_money_opens_its_sum() -> None:
    facts = Portfolio()
    account = facts.account("Acme", spend=Money(110_000_00, CNY))
    chief = facts.person("Chen", account, power=75)
    facts.person("Li", account, power=25, key=True)
    project = facts.project(account, "Line one")
    found = read(facts, account)
    title = of(found, chief)[Fact.TITLE]
    assert (title.importance, title.spend) == (Fraction(3, 4), Money(110_000_00, CNY))
    made = money_affected(title)
    assert made.shown == FullAmount(Money(7_500_00, CNY))
    assert [str(line.part) for line in made.lines] == ["11000000 CNY", "× 0.75", "× 0.0909091"]
    assert made.lines[1].note == phrase("share of the key persons' importance")
    of_project = money_affected(of(found, project)[Fact.AMOUNT])
    assert of_project.lines[1].note == phrase("as important as a key person on the average")
    unknown = money_affected(one("a", None))
    assert unknown.shown == phrase("not known")


def test_over_accounts_currencies_take_turns_and_are_never_compared() -> None:
    found = [
        one("a", 5),
        one("b", 9),
        one("c", None),
        one("d", 7, "USD"),
        one("e", 900, "USD"),
        one("f", 1),
    ]
    ranked = by_money(found, "USD")
    assert [fact.account_name for fact in ranked] == ["e", "b", "d", "a", "f", "c"]
    assert [fact.account_name for fact in by_money(found)] == ["b", "e", "a", "d", "f", "c"]
    assert by_money([]) == ()
    assert [fact.account_name for fact in by_money(found, "USD", 2)] == ["e", "b"]
    assert by_money(found, "USD", 100) == ranked


def test_the_order_over_accounts_does_not_depend_on_the_order_they_came_in() -> None:
    found = [one(name, minor) for name, minor in (("a", 5), ("b", 5), ("c", 7))]
    assert by_money(found) == by_money(reversed(found))


def test_a_score_that_is_known_leaves_the_other_two_missing() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80)
    facts.assess(chief, closeness=40)
    missing = of(read(facts, account), chief)
    assert Fact.CLOSENESS not in missing
    assert {Fact.SOLUTION, Fact.PRICE} <= missing.keys()


def participants_asked(facts: Portfolio, account: AccountId) -> str:
    found = [one for one in read(facts, account) if one.fact is Fact.PARTICIPANTS]
    return str(found[0].question)


def test_the_question_of_a_chain_is_about_what_is_missing_on_it() -> None:
    facts = Portfolio()
    account = facts.account()
    chief, head, user = facts.people(account, "Chen", "Li", "Wang")
    project = facts.project(account, "Line")
    assert participants_asked(facts, account) == "Who decides Line, and where do they stand?"
    facts.member(project, chief, Role.APPROVER, stance=Stance.MENTOR)
    facts.member(project, head, Role.EVALUATOR)
    assert participants_asked(facts, account) == "What is the stance of ('Li',) on Line?"
    facts.member(project, user, stance=Stance.NEUTRAL)
    said = participants_asked(facts, account)
    assert said == "What are role and stance of ('Li', 'Wang') in Line?"
    facts.claim(project, head, Stance.SUPPORTER)
    assert participants_asked(facts, account) == "What is the role of ('Wang',) in Line?"


def test_one_answer_settles_one_member_and_one_day_at_a_time() -> None:
    facts = Portfolio()
    account = facts.account()
    people = facts.people(account, "An", "Bo")
    project = facts.project(account, "Line", Outcome.WON)
    for person in people:
        facts.member(project, person, Role.USER)
    found = of(read(facts, account), project)
    asked = found[Fact.PARTICIPANTS]
    assert str(asked.next_question) == "What is the stance of ('An',) on Line?"
    assert [(one.name, one.role, one.stance) for one in asked.members] == [
        ("An", False, True),
        ("Bo", False, True),
    ]
    dates = found[Fact.DATES]
    assert dates.undated == ("starts_on", "decided_on")
    assert str(dates.next_question) == "When does Line start?"
    assert str(dates.question) == "When does Line start, and when is it decided?"
    facts.revise(project, starts_on=TODAY)
    (dates,) = [one for one in read(facts, account) if one.fact is Fact.DATES]
    assert str(dates.next_question) == "When was Line decided?"
    assert dates.next_question != found[Fact.AMOUNT].next_question == found[Fact.AMOUNT].question


def test_a_stance_on_a_decided_project_is_asked_as_of_the_day_it_was_decided() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account)
    decided = TODAY.replace(year=TODAY.year - 1)
    then = facts.project(account, "Then", Outcome.WON, decided_on=decided)
    now = facts.project(account, "Now")
    for project in (then, now):
        facts.member(project, chief, Role.USER)
    assert of(read(facts, account), then)[Fact.PARTICIPANTS].as_of == decided
    assert of(read(facts, account), now)[Fact.PARTICIPANTS].as_of is None
    facts.claim(then, chief, Stance.SUPPORTER, on=TODAY)
    assert Fact.PARTICIPANTS in of(read(facts, account), then), "that says nothing of then"
    facts.claim(then, chief, Stance.SUPPORTER, on=decided)
    assert Fact.PARTICIPANTS not in of(read(facts, account), then)


def test_of_a_long_chain_three_are_named_and_the_others_counted() -> None:
    facts = Portfolio()
    account = facts.account()
    project = facts.project(account, "Line")
    for person in facts.people(account, "An", "Bo", "Chen", "Deng", "Er"):
        facts.member(project, person, Role.USER)
    assert "('An', 'Bo', 'Chen') and 2 more" in participants_asked(facts, account)


def test_nothing_is_asked_of_a_project_that_was_not_pursued() -> None:
    facts = Portfolio()
    account = facts.account(spend=Money(110_000_00, CNY))
    asked: dict[Outcome, set[Fact]] = {}
    for outcome in (Outcome.OPEN, Outcome.WON, Outcome.NOT_PURSUED):
        project = facts.project(account, outcome.value, outcome, decided_on=TODAY)
        asked[outcome] = set(of(read(facts, account), project))
    assert Fact.PARTICIPANTS in asked[Outcome.OPEN]
    assert {Fact.AMOUNT, Fact.PARTICIPANTS} <= asked[Outcome.WON]
    assert asked[Outcome.NOT_PURSUED] == set()
