from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from desk import Desk

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Assessment,
    Attitude,
    ChainLink,
    ChainLinkKind,
    ChainMember,
    Contribution,
    Department,
    DepartmentId,
    Influence,
    InfluenceKind,
    Interaction,
    LineKind,
    Money,
    Opportunity,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Placement,
    ProjectId,
    Record,
    Records,
    ReportingLine,
    Role,
    SalesStep,
    Snapshot,
    Stance,
    Tie,
    right_id,
)
from brm_desktop.domain.soundness import problems_in

R = TypeVar("R", bound=Record)
DAY = date(2026, 3, 31)


def identified(record: R) -> R:
    return replace(record, id=right_id(record))


def found(records: Records, *forced: Record) -> list[str]:
    """What is wrong once records came in past the rules, as by a merge or a foreign hand."""
    return [str(problem) for problem in problems_in(Change.put(records, *forced).applied(records))]


def line(person: str, manager: str, kind: LineKind = LineKind.SOLID) -> ReportingLine:
    return identified(
        ReportingLine(id="", person=PersonId(person), manager=PersonId(manager), kind=kind)
    )


def test_empty_records_are_sound() -> None:
    assert problems_in(Records()) == []


def test_a_relation_whose_end_is_not_there_is_found(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    dangling = line(li, "nobody")
    assert found(desk.records, dangling) == [
        f"ReportingLine {dangling.id} names in manager nobody, which is not there."
    ]


def test_a_dangling_id_among_several_is_found(desk: Desk) -> None:
    account = desk.account()
    met = Interaction(id="met", account=account, held_on=DAY, people=(PersonId("nobody"),))
    assert found(desk.records, met) == [
        "Interaction met names in people nobody, which is not there."
    ]


def test_a_canvas_may_be_an_account_a_project_or_a_person_but_must_be_there(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    lost = identified(Placement(id="", canvas="nothing", person=li, x=0, y=0))
    assert found(desk.records, lost) == [
        f"Placement {lost.id} names in canvas nothing, which is not there."
    ]


def test_a_second_solid_manager_is_found_once(desk: Desk) -> None:
    a, b, c = desk.people(desk.account(), "A", "B", "C")
    assert found(desk.records, line(c, b), line(c, a)) == [
        "C has more than one solid manager: A, B."
    ]


def test_a_circle_of_managers_is_named_once(desk: Desk) -> None:
    a, b, c, d = desk.people(desk.account(), "A", "B", "C", "D")
    lines = [line(d, a), line(a, b), line(b, c), line(c, a)]
    assert found(desk.records, *lines) == ["These reporting lines make a circle: A → B → C → A."]


def test_every_circle_is_named(desk: Desk) -> None:
    a, b, c, d = desk.people(desk.account(), "A", "B", "C", "D")
    lines = [line(a, b), line(b, a), line(c, d), line(d, c)]
    assert len(found(desk.records, *lines)) == 2


def test_who_reports_to_himself_is_named(desk: Desk) -> None:
    (a,) = desk.people(desk.account(), "A")
    assert found(desk.records, line(a, a)) == [
        "A cannot be their own manager.",
        "These reporting lines make a circle: A → A.",
    ]


def test_circles_of_departments_organisations_and_successors_are_named(desk: Desk) -> None:
    account = desk.account()
    organisation = desk.organisation(account)
    (li,) = desk.people(account, "Li")
    it = Department(
        id=DepartmentId("it"),
        name="IT",
        organisation=organisation,
        parent=DepartmentId("it"),
    )
    acme = desk.one(Organisation, organisation)
    assert found(
        desk.records,
        it,
        replace(acme, parent=organisation),
        replace(desk.one(Person, li), successor=li),
    ) == [
        "These people succeed each other in a circle: Li → Li.",
        "These departments are parts of each other: IT → IT.",
        "These organisations are parts of each other: Acme → Acme.",
    ]


@pytest.mark.parametrize("kind", [ChainLinkKind.DECIDES_FOR, ChainLinkKind.REPORTS_TO])
def test_a_circle_on_a_chain_is_named(desk: Desk, kind: ChainLinkKind) -> None:
    account = desk.account()
    a, b = desk.people(account, "A", "B")
    project = desk.project(account)
    desk.do(edits.add_chain_link, project, a, b, kind)
    desk.do(edits.add_chain_link, project, a, b, ChainLinkKind.INFLUENCES)
    back = identified(ChainLink(id="", project=project, source=b, target=a, kind=kind))
    (problem,) = found(desk.records, back)
    assert problem.endswith("in a circle: A → B → A.")


def test_scores_and_strengths_out_of_range_are_found(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    me = desk.colleague()
    statement = Assessment(id="", person=li, assessed_on=DAY, closeness=101)
    sway = Influence(id="", source=li, target=wu, strength=0)
    tie = Tie(id="", employee=me, person=li, closeness=50, wanted=200)
    assert found(
        desk.records,
        identified(statement),
        identified(sway),
        identified(tie),
        replace(desk.one(Person, wu), power=-5),
    ) == [
        "Wu: power is -5, but it must be a whole number from 0 to 100.",
        "Li: strength is 0, but it must be a whole number from 1 to 100.",
        "Me: wanted closeness is 200, but it must be a whole number from 1 to 100.",
        "Li: closeness is 101, but it must be a whole number from 0 to 100.",
    ]


def test_strengths_that_do_not_go_with_their_kind_are_found(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    conflict = Influence(id="", source=li, target=wu, strength=5, kind=InfluenceKind.CONFLICT)
    blank = Influence(id="", source=li, target=wu)
    assert found(desk.records, identified(conflict), identified(blank)) == [
        "A conflict has no strength; the one of Li has.",
        "An influence needs a strength; the one of Li has none.",
    ]


def test_lines_on_wrong_sides_are_found(desk: Desk) -> None:
    li, _ = desk.people(desk.account(), "Li", "Wu")
    me, zhao = desk.colleague(), desk.competitor()
    project = desk.project(desk.account("Bolt"))
    member = ChainMember(id="", project=project, person=zhao)
    assert found(
        desk.records,
        line(li, me),
        identified(Influence(id="", source=me, target=li, strength=50)),
        identified(Tie(id="", employee=li, person=zhao, closeness=50)),
        identified(member),
    ) == [
        "Li, of Acme, cannot report to Me, of Our company.",
        "The start of an influence must be a customer's person; Me belongs to Our company.",
        "A tie starts at a colleague, a competitor's or a partner's employee; Li belongs to Acme.",
        "The end of a tie must be a customer's person; Zhao belongs to Rival.",
        "Zhao, of Rival, does not take part in a customer's decision.",
    ]


def test_a_link_without_its_members_is_found(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    project = desk.project(account)
    link = identified(ChainLink(id="", project=project, source=li, target=wu))
    assert found(desk.records, link) == [
        "Li is linked on the chain of Plant without being on it.",
        "Wu is linked on the chain of Plant without being on it.",
    ]


def test_roles_out_of_order_are_found(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    project = desk.project(account)
    member = ChainMember(id="", project=project, person=li, roles=(Role.USER, Role.APPROVER))
    assert found(desk.records, identified(member)) == [
        "The roles of Li repeat or stand out of order."
    ]


def test_steps_of_a_sale_out_of_order_are_found(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.add_opportunity, account, "Line 2")
    mixed = (SalesStep.CLOSE, SalesStep.ASSESS)
    forced = replace(desk.only(Opportunity), steps=mixed)
    assert found(desk.records, forced) == ["The steps done of Line 2 repeat or stand out of order."]


def test_a_relation_under_another_id_than_that_of_its_parts_is_found(desk: Desk) -> None:
    a, b = desk.people(desk.account(), "A", "B")
    assert found(desk.records, replace(line(a, b), id="mine")) == [
        "ReportingLine mine is not under the id its parts make."
    ]


def test_what_is_not_there_is_called_by_a_question_mark(desk: Desk) -> None:
    nowhere = ChainLink(
        id="", project=ProjectId("nothing"), source=PersonId("nobody"), target=PersonId("nobody")
    )
    said = found(desk.records, identified(nowhere))
    assert "? is linked on the chain of ? without being on it." in said
    person = Person(id=PersonId("p"), name="", organisation=OrganisationId("x"), placeholder=True)
    assert found(desk.records, person) == ["Person p names in organisation x, which is not there."]


def test_a_plan_of_an_account_that_is_not_there_is_called_by_a_question_mark() -> None:
    plan = identified(AccountPlan(id="", account=AccountId("nothing"), year=3))
    said = [str(problem) for problem in problems_in(Records([plan]))]
    assert "3, at ?, is no year to plan for." in said


def test_problems_are_phrases_to_be_translated(desk: Desk) -> None:
    (a,) = desk.people(desk.account(), "A")
    records = Change.put(desk.records, line(a, a)).applied(desk.records)
    assert all(isinstance(problem, Phrase) for problem in problems_in(records))


def test_a_fault_that_was_there_before_does_not_stop_an_edit(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    odd = replace(desk.one(Person, li), power=300)
    records = Change.put(desk.records, odd).applied(desk.records)
    change = edits.revise_person(records, desk.act, li, title="CIO")
    assert change.applied(records).one(Person, li).title == "CIO"


def test_a_circle_that_was_there_before_does_not_stop_an_edit(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    odd = replace(desk.one(Person, li), successor=li)
    records = Change.put(desk.records, odd).applied(desk.records)
    change = edits.revise_person(records, desk.act, li, title="CIO")
    assert change.applied(records).one(Person, li).title == "CIO"


def test_a_dangling_reference_that_was_there_before_does_not_stop_an_edit(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    odd = replace(desk.one(Person, li), successor=PersonId("nobody"))
    records = Change.put(desk.records, odd).applied(desk.records)
    change = edits.revise_person(records, desk.act, li, title="CIO")
    assert change.applied(records).one(Person, li).title == "CIO"


def test_what_names_itself_is_removed_all_the_same(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    odd = replace(desk.one(Person, li), successor=li)
    records = Change.put(desk.records, odd).applied(desk.records)
    after = edits.remove_people(records, desk.act, [li]).applied(records)
    assert after.all(Person) == {}


def test_a_circle_that_a_merge_brought_is_taken_apart_by_removing(desk: Desk) -> None:
    account = desk.account()
    a, b = desk.people(account, "A", "B")
    project = desk.project(account)
    desk.do(edits.add_chain_link, project, a, b)
    back = identified(ChainLink(id="", project=project, source=b, target=a))
    records = Change.put(desk.records, line(a, b), line(b, a), back).applied(desk.records)
    after = edits.remove_people(records, desk.act, [a], keep_relations=True).applied(records)
    assert problems_in(after) == []
    assert after.all(ReportingLine) == {}
    handed = edits.leave(records, desk.act, a, successor=b, hand_over=True).applied(records)
    assert handed.one(Person, a).successor == b


def test_statements_shares_and_months_that_cannot_be_are_found(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    me = desk.colleague()
    project = desk.project(account)
    silent = Attitude(id="", project=project, person=li, stated_on=DAY)
    ours = Attitude(id="", project=project, person=me, stated_on=DAY, stance=Stance.ENEMY)
    theirs = Contribution(id="", account=account, employee=li, share=0)
    month = Snapshot(id="", subject=account, month=date(2026, 3, 2), spend=Money(-1, "CNY"))
    assert found(desk.records, *map(identified, (silent, ours, theirs, month))) == [
        "A statement about Li says neither stance nor contact.",
        "Me, of Our company, does not take part in a customer's decision.",
        "Who has a share of a contribution must be one of our colleagues; Li belongs to Acme.",
        "Li: the share is 0, but it must be a whole number from 1 to 100.",
        "The numbers of 2026-03-02 are not those of a whole month.",
        "An amount of 2026-03-02 is negative or too large.",
    ]
