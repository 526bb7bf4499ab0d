from __future__ import annotations

from datetime import date, timedelta

import pytest
from desk import TODAY, Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    AccountId,
    Attitude,
    ChainLink,
    ChainLinkKind,
    ChainMember,
    ContactLevel,
    Money,
    Opportunity,
    Organisation,
    OrganisationKind,
    Outcome,
    Person,
    PersonId,
    Placement,
    Project,
    ProjectType,
    Role,
    Stance,
)


def test_a_project_type_is_found_by_its_name_or_made(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.create_project, account, "Plant A", type="MES")
    desk.do(edits.create_project, account, "Plant B", type=" MES ", wanted=True)
    assert desk.only(ProjectType).wanted
    assert {project.type for project in desk.several(Project)} == {desk.only(ProjectType).id}
    desk.do(edits.create_project, account, "Plant C", type=desk.only(ProjectType).id)
    assert len(desk.several(ProjectType)) == 1


def test_a_project_type_is_marked_wanted_and_unwanted(desk: Desk) -> None:
    desk.do(edits.add_project_type, name="MES")
    desk.do(edits.add_project_type, name="MES", wanted=True)
    assert desk.only(ProjectType).wanted
    assert not desk.do(edits.add_project_type, name="MES")
    desk.do(edits.add_project_type, name="MES", wanted=False)
    assert not desk.only(ProjectType).wanted
    with told(Refused, "A project type needs a name"):
        desk.do(edits.add_project_type, name=" ")


def test_a_project_needs_a_name_an_account_and_a_sound_amount(desk: Desk) -> None:
    account = desk.account()
    with told(Refused, "A project needs a name"):
        desk.do(edits.create_project, account, "")
    with told(Refused, "no longer there"):
        desk.do(edits.create_project, AccountId("nothing"), "Plant")
    with told(Refused, "An amount of Plant is negative"):
        desk.do(edits.create_project, account, "Plant", amount=Money(-1, "CNY"))
    desk.do(edits.create_project, account, "Plant", amount=Money(1, "CNY"), track="fast")
    assert desk.only(Project).type is None


def test_a_project_is_revised_its_type_by_name(desk: Desk) -> None:
    project = desk.project(desk.account())
    desk.do(edits.revise_project, project, name="Plant B", type="MES")
    assert desk.only(Project).type == desk.only(ProjectType).id
    desk.do(edits.revise_project, project, type="")
    assert desk.only(Project).type is None
    desk.do(edits.revise_project, project, type="MES")
    desk.do(edits.revise_project, project, type=None)
    assert desk.only(Project).type is None
    with pytest.raises(TypeError, match="account of Project cannot be changed"):
        desk.do(edits.revise_project, project, account=desk.account("Bolt"))


def test_closing_a_project_notes_the_day_and_what_was_learnt(desk: Desk) -> None:
    project = desk.project(desk.account())
    desk.do(edits.revise_project, project, note="tender")
    desk.do(edits.close_project, project, Outcome.WON, learnt="a second line in 2028 ")
    closed = desk.only(Project)
    assert (closed.outcome, closed.decided_on) == (Outcome.WON, TODAY)
    assert closed.note == "tender\na second line in 2028"


def test_what_is_open_of_a_project_ends_with_it(desk: Desk) -> None:
    account = desk.account()
    project = desk.project(account)
    for name in ("Open", "Won already"):
        desk.do(edits.add_opportunity, account, name, project=project)
    won = next(one for one in desk.records.all(Opportunity).values() if one.name == "Won already")
    desk.do(edits.close_opportunity, won.id, Outcome.WON)
    desk.do(edits.close_project, project, Outcome.LOST)
    found = {one.name: one for one in desk.records.all(Opportunity).values()}
    assert (found["Open"].outcome, found["Open"].closed_on) == (Outcome.LOST, TODAY)
    assert found["Won already"].outcome is Outcome.WON
    with told(Refused, "is yet to come"):
        desk.do(edits.close_project, project, Outcome.WON, on=TODAY + timedelta(days=1))


def test_a_lost_project_names_who_won_it(desk: Desk) -> None:
    project = desk.project(desk.account())
    change = desk.do(edits.add_competitor, organisation="Rival")
    rival = change.added(Organisation)[0].id
    desk.do(edits.close_project, project, Outcome.LOST, on=date(2026, 2, 1), lost_to=rival)
    assert (desk.only(Project).lost_to, desk.only(Project).decided_on) == (rival, date(2026, 2, 1))
    desk.do(edits.close_project, project, Outcome.WON, lost_to=rival)
    assert desk.only(Project).lost_to is None
    with told(Refused, "Say how Plant ended"):
        desk.do(edits.close_project, project, Outcome.OPEN)


def test_roles_of_a_member_come_without_duplicates_in_role_order(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    project = desk.project(account)
    desk.do(edits.add_member, project, li, roles=[Role.USER, Role.APPROVER, Role.USER])
    assert desk.only(ChainMember).roles == (Role.APPROVER, Role.USER)


def test_a_member_added_again_gets_the_roles_in_addition(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    project = desk.project(account)
    desk.do(edits.add_member, project, li, roles=[Role.USER], stance=Stance.MENTOR, veto=True)
    desk.do(edits.add_member, project, li, roles=[Role.EVALUATOR], contact=ContactLevel.BRIEF)
    member = desk.only(ChainMember)
    assert member.roles == (Role.EVALUATOR, Role.USER)
    assert member.veto is True
    claim = desk.only(Attitude)
    assert (claim.stance, claim.contact) == (Stance.MENTOR, ContactLevel.BRIEF)
    assert not desk.do(edits.add_member, project, li)


def test_a_member_is_revised(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    project = desk.project(account)
    desk.do(edits.add_member, project, li, roles=[Role.USER])
    desk.do(edits.revise_member, project, li, roles=["user", "approver"], stance="enemy")
    member = desk.only(ChainMember)
    assert member.roles == (Role.APPROVER, Role.USER)
    assert desk.only(Attitude).stance is Stance.ENEMY
    with told(Refused, "no longer there"):
        desk.do(edits.revise_member, project, PersonId("nobody"), stance="enemy")


def test_our_own_and_competitors_people_do_not_decide_for_a_customer(desk: Desk) -> None:
    project = desk.project(desk.account())
    with told(Refused, "Me, of Our company, does not take part in a customer's decision"):
        desk.do(edits.add_member, project, desk.colleague("Me"))
    with told(Refused, "Zhao, of Rival, does not take part"):
        desk.do(edits.add_member, project, desk.competitor())
    partner = desk.do(
        edits.add_competitor, organisation="Pal", name="Sun", kind=OrganisationKind.PARTNER
    )
    assert desk.do(edits.add_member, project, partner.added(Person)[0].id)


def test_a_link_brings_its_people_onto_the_chain(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    project = desk.project(account)
    desk.do(edits.add_member, project, li, roles=[Role.APPROVER])
    desk.do(edits.add_chain_link, project, li, wu, label="final")
    members = {member.person: member.roles for member in desk.several(ChainMember)}
    assert members == {li: (Role.APPROVER,), wu: ()}
    link = desk.only(ChainLink)
    assert (link.source, link.target, link.kind) == (li, wu, ChainLinkKind.DECIDES_FOR)
    assert link.label == "final"
    assert not desk.do(edits.add_chain_link, project, li, wu)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ChainLinkKind.DECIDES_FOR, "decide for each other in a circle: C → A → B → C"),
        (ChainLinkKind.REPORTS_TO, "report in a circle: C → A → B → C"),
    ],
)
def test_a_circle_of_deciders_is_refused_and_named(
    desk: Desk, kind: ChainLinkKind, words: str
) -> None:
    account = desk.account()
    a, b, c = desk.people(account, "A", "B", "C")
    project, other = desk.project(account), desk.project(account, "Other")
    desk.do(edits.add_chain_link, project, a, b, kind)
    desk.do(edits.add_chain_link, project, b, c, kind)
    desk.do(edits.add_chain_link, other, c, a, kind)
    with told(Refused, words):
        desk.do(edits.add_chain_link, project, c, a, kind)


def test_influences_on_a_chain_may_go_round(desk: Desk) -> None:
    account = desk.account()
    a, b = desk.people(account, "A", "B")
    project = desk.project(account)
    desk.do(edits.add_chain_link, project, a, b, ChainLinkKind.INFLUENCES)
    desk.do(edits.add_chain_link, project, b, a, ChainLinkKind.INFLUENCES)
    assert len(desk.several(ChainLink)) == 2


def test_a_link_to_oneself_is_refused(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    project = desk.project(account)
    with told(Refused, "Li cannot have a line to themselves"):
        desk.do(edits.add_chain_link, project, li, li)


def test_a_link_does_not_move_to_somebody_off_the_chain(desk: Desk) -> None:
    account = desk.account()
    li, wu, qin = desk.people(account, "Li", "Wu", "Qin")
    project = desk.project(account)
    desk.do(edits.add_chain_link, project, li, wu)
    with told(Refused, "Qin is linked on the chain of Plant without being on it"):
        desk.do(edits.revise, desk.only(ChainLink).id, target=qin)


def test_who_goes_off_a_chain_takes_his_links_and_his_place_there(desk: Desk) -> None:
    account = desk.account()
    li, wu, qin = desk.people(account, "Li", "Wu", "Qin")
    project, other = desk.project(account), desk.project(account, "Other")
    for chain in (project, other):
        desk.do(edits.add_chain_link, chain, li, wu)
        desk.do(edits.add_chain_link, chain, wu, qin)
        desk.do(edits.move, chain, {wu: (1, 2)})
    desk.do(edits.remove_member, project, wu)
    assert {link.project for link in desk.several(ChainLink)} == {other}
    assert {place.canvas for place in desk.several(Placement)} == {other}
    assert len(desk.records.where(ChainMember, project=project)) == 2
    with told(Refused, "no longer there"):
        desk.do(edits.remove_member, project, wu)
