from __future__ import annotations

from datetime import date

import pytest
from desk import Desk

from brm_desktop.domain import edits
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Action,
    Assessment,
    ChainLink,
    ChainLinkKind,
    ChainMember,
    Choice,
    Department,
    Influence,
    Interaction,
    LineKind,
    Money,
    Organisation,
    OrganisationKind,
    Outcome,
    Person,
    PersonId,
    Placement,
    Project,
    ProjectType,
    ReportingLine,
    SharingChoice,
    TeamMember,
    Tie,
    id_of,
)


def lines(desk: Desk) -> set[tuple[PersonId, PersonId, LineKind]]:
    return {(line.person, line.manager, line.kind) for line in desk.several(ReportingLine)}


def test_a_person_goes_with_all_that_is_said_of_him(desk: Desk) -> None:
    account = desk.account()
    li, wu, qin = desk.people(account, "Li", "Wu", "Qin")
    project = desk.project(account)
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, li, qin)
    desk.do(edits.add_influence, li, wu)
    desk.do(edits.add_influence, wu, li)
    desk.do(edits.set_tie, desk.colleague(), li, 50)
    desk.do(edits.assess, li, closeness=60)
    desk.do(edits.add_chain_link, project, li, wu)
    desk.do(edits.move, account, {li: (1, 1)})
    desk.do(edits.move, li, {wu: (1, 1)})
    desk.do(edits.remove_people, [li])
    for kind in (ReportingLine, Influence, Tie, Assessment, ChainLink, Placement):
        assert desk.several(kind) == []
    assert {member.person for member in desk.several(ChainMember)} == {wu}
    assert {person.name for person in desk.several(Person)} == {"Wu", "Qin", "Me"}


def test_somebody_hangs_only_where_one_who_stays_reports_or_is_decided_for(desk: Desk) -> None:
    account = desk.account()
    li, wu, qin = desk.people(account, "Li", "Wu", "Qin")
    project = desk.project(account)
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.add_influence, wu, qin)
    assert edits.somebody_hangs(desk.records, [li])
    assert not edits.somebody_hangs(desk.records, [li, wu])
    assert not edits.somebody_hangs(desk.records, [wu, qin])
    desk.do(edits.add_chain_link, project, wu, qin)
    assert edits.somebody_hangs(desk.records, [wu])
    assert not edits.somebody_hangs(desk.records, [wu, qin])
    assert not edits.somebody_hangs(desk.records, [])


def test_what_only_names_a_person_forgets_him(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    me = desk.colleague()
    desk.do(edits.leave, wu, successor=li)
    desk.do(edits.add_action, account, "call", person=li, owner=me)
    desk.do(edits.add_interaction, account, people=[wu], summary="alone")
    desk.do(edits.add_interaction, account, people=[li, wu, me], summary="lunch")
    desk.do(edits.revise_account, account, owner=me, sponsor=me)
    desk.do(edits.join_team, account, me)
    desk.do(edits.remove_people, [li, me])
    assert desk.one(Person, wu).successor is None
    assert (desk.only(Action).person, desk.only(Action).owner) == (None, None)
    assert [met.people for met in desk.several(Interaction)] == [(wu,), (wu,)]
    assert (desk.only(Account).owner, desk.only(Account).sponsor) == (None, None)
    assert desk.several(TeamMember) == []


def test_keeping_relations_hangs_reports_under_the_manager(desk: Desk) -> None:
    boss, li, wu, qin = desk.people(desk.account(), "Boss", "Li", "Wu", "Qin")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, wu, li, label="acting")
    desk.do(edits.set_manager, qin, li, kind=LineKind.DOTTED)
    desk.do(edits.choose, id_of(ReportingLine, wu, li, LineKind.SOLID), Choice.NEVER)
    desk.do(edits.remove_people, [li], keep_relations=True)
    assert lines(desk) == {(wu, boss, LineKind.SOLID)}
    line = desk.only(ReportingLine)
    assert line.label == "acting"
    assert desk.only(SharingChoice).subject == line.id


def test_taking_relations_leaves_reports_without_a_manager(desk: Desk) -> None:
    boss, li, wu = desk.people(desk.account(), "Boss", "Li", "Wu")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.remove_people, [li])
    assert lines(desk) == set()


def test_reports_of_the_top_become_tops_themselves(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, qin, li)
    desk.do(edits.remove_people, [li], keep_relations=True)
    assert lines(desk) == set()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_whole_line_of_managers_is_bridged(desk: Desk, order: tuple[int, int]) -> None:
    boss, li, wu, qin = desk.people(desk.account(), "Boss", "Li", "Wu", "Qin")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, qin, wu)
    gone = (li, wu)
    desk.do(edits.remove_people, [gone[order[0]], gone[order[1]]], keep_relations=True)
    assert lines(desk) == {(qin, boss, LineKind.SOLID)}


def test_a_dotted_line_to_the_managers_manager_gives_way_to_the_solid_one(desk: Desk) -> None:
    boss, li, wu = desk.people(desk.account(), "Boss", "Li", "Wu")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, wu, boss, kind=LineKind.DOTTED)
    desk.do(edits.remove_people, [li], keep_relations=True)
    assert lines(desk) == {(wu, boss, LineKind.SOLID)}


def test_keeping_relations_keeps_a_chain_connected(desk: Desk) -> None:
    account = desk.account()
    li, wu, qin, he = desk.people(account, "Li", "Wu", "Qin", "He")
    project, other = desk.project(account), desk.project(account, "Other")
    desk.do(edits.add_chain_link, project, li, wu)
    desk.do(edits.add_chain_link, project, wu, qin)
    desk.do(edits.add_chain_link, project, wu, he)
    desk.do(edits.add_chain_link, project, li, he)
    desk.do(edits.add_chain_link, project, wu, he, ChainLinkKind.INFLUENCES)
    desk.do(edits.add_chain_link, other, wu, he)
    desk.do(edits.remove_people, [wu], keep_relations=True)
    links = {(link.project, link.source, link.target) for link in desk.several(ChainLink)}
    assert links == {(project, li, qin), (project, li, he)}


def test_an_influence_through_somebody_is_nobodys_statement(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.add_influence, li, wu)
    desk.do(edits.add_influence, wu, qin)
    desk.do(edits.remove_people, [wu], keep_relations=True)
    assert desk.several(Influence) == []


def test_several_records_of_any_kind_go_in_one_change(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.add_influence, li, wu)
    line = desk.only(Influence).id
    gone = [line, li, "nothing", li]
    change = desk.do(edits.remove_records, gone, keep_relations=True)
    assert change.touched == {line, li}
    assert not desk.do(edits.remove_records, [li, "nothing"])


def test_a_project_goes_with_its_chain_and_is_forgotten_elsewhere(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    project = desk.project(account)
    desk.do(edits.add_chain_link, project, li, wu)
    desk.do(edits.move, project, {li: (1, 1)})
    desk.do(edits.add_action, account, "call", project=project)
    desk.do(edits.remove_records, [project])
    for kind in (ChainMember, ChainLink, Placement):
        assert desk.several(kind) == []
    assert desk.only(Action).project is None
    assert len(desk.several(Person)) == 2


def test_a_type_a_department_and_a_winner_are_forgotten(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.add_person, account=account, name="Li", department="IT")
    desk.do(edits.create_project, account, "Plant", type="MES")
    project = desk.only(Project).id
    rival = desk.do(edits.add_competitor, organisation="Rival").added(Organisation)[0].id
    desk.do(edits.close_project, project, Outcome.LOST, lost_to=rival)
    gone = [rival, desk.only(ProjectType).id, desk.only(Department).id]
    desk.do(edits.remove_records, gone)
    assert (desk.only(Project).type, desk.only(Project).lost_to) == (None, None)
    assert desk.only(Person).department is None


def test_a_competitor_goes_with_its_people_and_statements_toward_it(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    zhao = desk.competitor()
    rival = desk.one(Person, zhao).organisation
    assert rival is not None
    desk.do(edits.set_tie, zhao, li, 80)
    desk.do(edits.assess, li, closeness=80, organisation=rival)
    desk.do(edits.remove_records, [rival])
    assert desk.several(Tie) == []
    assert desk.several(Assessment) == []
    assert desk.only(Person).id == li


def test_an_account_goes_with_everything_of_it(desk: Desk) -> None:
    me = desk.colleague()
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    li, wu = desk.people(acme, "Li", "Wu")
    desk.do(edits.revise_person, li, department="IT")
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_tie, me, li, 50)
    desk.do(edits.set_revenue, acme, 2025, Money(1, "CNY"))
    desk.do(edits.set_plan, acme, 2026, goal="Line 2")
    desk.do(edits.add_interaction, acme, people=[li, me], held_on=date(2026, 1, 1))
    project = desk.project(acme)
    desk.do(edits.add_chain_link, project, li, wu)
    desk.do(edits.add_opportunity, acme, "Line 2", project=project)
    desk.do(edits.move, acme, {li: (1, 1)})
    desk.do(edits.revise_account, bolt, parent=desk.organisation(acme))
    desk.do(edits.remove_accounts, [acme])
    assert {type(record) for record in desk.records} == {Account, Organisation, Person}
    assert desk.only(Account).id == bolt
    assert desk.only(Person).id == me
    assert desk.one(Organisation, desk.organisation(bolt)).parent is None


def test_an_organisation_with_another_account_stays(desk: Desk) -> None:
    account = desk.account()
    second = desk.one(Account, account)
    again = Account(id=AccountId("second"), organisation=second.organisation)
    desk.records = edits.accept(desk.records, again).applied(desk.records)
    desk.do(edits.remove_accounts, [account])
    assert desk.only(Organisation).kind is OrganisationKind.CUSTOMER
