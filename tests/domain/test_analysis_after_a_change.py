"""An analysis after a change: what is kept is what would be found anew, and much is kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from building import TODAY
from desk import Desk
from hypothesis import assume, given
from hypothesis import strategies as st
from random_accounts import random_portfolio

from brm_desktop.domain import analysis as analysis_module
from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    KINDS,
    Account,
    AccountId,
    Department,
    Dimension,
    Interaction,
    Money,
    Opportunity,
    Organisation,
    Outcome,
    Person,
    PersonId,
    Project,
    Record,
    Records,
    named_by,
)

NAMES = (
    "record",
    "organisation",
    "people",
    "managers",
    "importance",
    "hierarchy",
    "by_importance",
    "key_people",
    "power_centres",
    "influence_centres",
    "scores",
    "potential",
    "projects",
    "seller_record",
    "team_match",
)


def a_portfolio(seed: int) -> tuple[Records, AccountId]:
    """A random account with a history: what was decided, who met, who works where."""
    chance = random.Random(seed)
    portfolio, account = random_portfolio(seed)
    people = [p.id for p in portfolio.records().all(Person).values()]
    for organisation in portfolio.records().all(Organisation).values():
        portfolio.revise(organisation.id, name=f"{organisation.name} {chance.randrange(9)}")
    spend = Money(chance.randrange(10**9), "CNY")
    portfolio.revise(account, expected_annual_spend=spend, owner=chance.choice([None, *people]))
    for person in people:
        if chance.random() < 0.3:
            asked = TODAY - timedelta(days=chance.randint(-3, 120))
            portfolio.revise(person, influence_asked_on=asked)
    for name in ("IT", "HR"):
        department = portfolio.department(name, account)
        for person in people:
            if chance.random() < 0.3:
                portfolio.revise(person, department=department)
    for number in range(chance.randrange(4)):
        day = TODAY - timedelta(days=chance.randint(-3, 120))
        portfolio.met(account, day, *chance.sample(people, min(2, len(people))))
        outcome = chance.choice(list(Outcome))
        done = portfolio.project(account, f"done {number}", outcome, decided_on=day)
        portfolio.opportunity(account, done, PersonId("y"))
        portfolio.member(done, chance.choice(people))
    return portfolio.records(), account


def mixed(old: Records, new: Records, kinds: set[type[Record]]) -> Records:
    """The old records with those of some kinds from the new ones, where these can stand."""
    there = Records(
        record
        for kind in KINDS
        for record in (new if kind in kinds else old).all(kind).values()
        if kind not in {Person, Department, Project, Organisation} or record.id in old
    )
    kept = [one for one in old if one.id not in there and type(one) in {Person, Project}]
    whole = there.with_changes((), [*kept, *old.all(Organisation).values()])
    stay = [record for record in whole if stands(whole, record)]
    if not any(isinstance(record, Account) for record in stay):
        stay += old.all(Account).values()  # the new one's owner is nobody here
    return Records(stay)


def stands(records: Records, record: Record) -> bool:
    return all(
        any(records.get(kind, named) for kind in reference.targets)
        for reference, named in named_by(record)
    )


def everything(analysis: AccountAnalysis) -> dict[str, object]:
    """All that an analysis says."""
    said: dict[str, object] = {name: getattr(analysis, name) for name in NAMES}
    for project in analysis.projects:
        said[project.id] = analysis.chain(project.id)
    for person in analysis.people:
        said[person.id] = (
            [analysis.standing(person.id, dimension) for dimension in Dimension],
            analysis.competitors_at(person.id),
            analysis.routes_to(person.id),
            analysis.routes_to(person.id, partners=True),
            analysis.contacts.last(person.id),
        )
    return said


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sets(st.sampled_from(KINDS), max_size=2))
def test_what_is_kept_is_what_would_be_found_anew(
    seed: int, other: int, kinds: set[type[Record]]
) -> None:
    (old, account), (new, _) = a_portfolio(seed), a_portfolio(other)
    changed = mixed(old, new, kinds)
    change = Change.between(old, changed)
    before = AccountAnalysis(old, account, TODAY, user=PersonId("y"))
    everything(before)
    kept = before.after(changed, change)
    assert everything(kept) == everything(
        AccountAnalysis(changed, account, TODAY, user=PersonId("y"))
    )
    assert everything(kept.after(old, change.inverted())) == everything(before)


def test_every_kind_is_changed_by_the_test_above_unless_no_number_comes_from_it() -> None:
    found = {kind for seed in range(30) for kind in KINDS if a_portfolio(seed)[0].all(kind)}
    assert {Account, Department, Interaction, Opportunity} <= found


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the readings made, one by one."""
    calls: list[str] = []

    def count(name: str) -> None:
        real: Callable[..., object] = getattr(analysis_module, name)

        def called(*args: object) -> object:
            calls.append(name)
            return real(*args)

        monkeypatch.setattr(analysis_module, name, called)

    readings = ("managers_of", "importance_among", "account_scores", "chain_reading", "routes_in")
    for name in readings:
        count(name)
    return calls


@pytest.mark.parametrize(
    ("edit", "again"),
    [
        ("move", []),
        ("assess", ["account_scores", "chain_reading", "routes_in"]),
        ("stance", ["chain_reading"]),
        ("rename", ["chain_reading"]),
        ("title", ["chain_reading", "routes_in"]),
        ("veto", ["importance_among", "account_scores", "chain_reading", "routes_in"]),
        (
            "gone",
            ["managers_of", "importance_among", "account_scores", "chain_reading", "routes_in"],
        ),
    ],
)
def test_only_what_a_change_bears_on_is_found_anew(
    counted: list[str], edit: str, again: list[str]
) -> None:
    desk = Desk()
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    project = desk.project(account)
    desk.do(edits.add_member, project, li)
    analysis = AccountAnalysis(desk.records, account, TODAY)

    def ask(asked: AccountAnalysis) -> None:
        _ = asked.importance, asked.scores, asked.chain(project), asked.routes_to(li)

    ask(analysis)
    counted.clear()
    change = {
        "move": lambda: desk.do(edits.move, account, {li: (1, 2)}),
        "assess": lambda: desk.do(edits.assess, li, closeness=50),
        "stance": lambda: desk.do(edits.revise_member, project, li, stance="mentor"),
        "rename": lambda: desk.do(edits.revise, project, name="ERP"),
        "title": lambda: desk.do(edits.revise_person, li, title="CEO"),
        "veto": lambda: desk.do(edits.revise_person, li, veto=True),
        "gone": lambda: desk.do(edits.leave, wu, on=TODAY),
    }[edit]()

    ask(analysis.after(desk.records, change))

    assert sorted(counted) == sorted(again)


SAID_OTHERWISE: dict[str, Any] = {
    "name": "Zz",
    "title": "CEO",
    "power": 77,
    "influence": 3,
    "veto": True,
    "sole_approver": True,
    "crucial": True,
    "key": False,
    "left_on": TODAY - timedelta(days=1),
    "organisation": None,
    "influence_asked_on": TODAY,
    "placeholder": True,
    "notes": "met",
}


@pytest.mark.parametrize("field", SAID_OTHERWISE)
@given(st.integers(0, 10**6))
def test_one_field_of_one_person_changes_all_that_it_bears_on(field: str, seed: int) -> None:
    old, account = a_portfolio(seed)
    before = AccountAnalysis(old, account, TODAY)
    everything(before)
    assume(before.people)
    someone = before.people[seed % len(before.people)]
    change = Change.put(old, replace(someone, **{field: SAID_OTHERWISE[field]}))
    changed = change.applied(old)
    assert everything(before.after(changed, change)) == everything(
        AccountAnalysis(changed, account, TODAY)
    )


def test_what_is_remembered_of_people_is_found_anew_for_those_whom_a_change_concerns() -> None:
    desk = Desk()
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    analysis = AccountAnalysis(desk.records, account, TODAY)

    def read(asked: AccountAnalysis) -> list[str]:
        found: list[str] = []
        for person in (li, wu):
            asked.remembered(person, "word", partial(found.append, person))
        return found

    assert read(analysis) == [li, wu]
    analysis = analysis.after(desk.records, desk.do(edits.assess, li, closeness=50))
    assert read(analysis) == [li]
    analysis = analysis.after(desk.records, desk.do(edits.revise_person, wu, title="CEO"))
    assert read(analysis) == [wu]
    analysis = analysis.after(desk.records, desk.do(edits.move, account, {li: (1, 2)}))
    assert read(analysis) == []
    both = desk.do(edits.assess, li, price=40).then(desk.do(edits.move, account, {wu: (3, 4)}))
    analysis = analysis.after(desk.records, both)
    assert read(analysis) == [li]
    analysis = analysis.after(desk.records, desk.do(edits.set_manager, li, wu))
    assert read(analysis) == [li, wu]
