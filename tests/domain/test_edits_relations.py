from __future__ import annotations

from dataclasses import replace

import pytest
from desk import Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Basis,
    ChainLink,
    ChainLinkKind,
    Influence,
    InfluenceKind,
    LineKind,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    ReportingLine,
    Tie,
)

NOBODY = PersonId("nobody")


def managers(desk: Desk, person: PersonId, kind: LineKind = LineKind.SOLID) -> list[PersonId]:
    lines = desk.records.where(ReportingLine, person=person)
    return [line.manager for line in lines if line.kind is kind]


def test_a_person_hangs_under_a_manager(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.set_manager, wu, li, label="since  May ")
    assert managers(desk, wu) == [li]
    assert desk.only(ReportingLine).label == "since May"


def test_another_solid_manager_replaces_the_present_one(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, wu, qin)
    assert managers(desk, wu) == [qin]


def test_another_solid_manager_is_refused_when_he_may_not_replace(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.set_manager, wu, li)
    with told(Refused, "Wu reports to Li already"):
        desk.do(edits.set_manager, wu, qin, replace=False)
    assert not desk.do(edits.set_manager, wu, li, replace=False)


def test_the_same_manager_again_changes_nothing(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.set_manager, wu, li, label="acting")
    assert not desk.do(edits.set_manager, wu, li)
    assert desk.do(edits.set_manager, wu, li, label="")
    assert desk.only(ReportingLine).label == ""


def test_no_manager_takes_the_line_away(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, wu, qin, kind=LineKind.DOTTED)
    desk.do(edits.set_manager, wu, None)
    assert managers(desk, wu) == []
    assert managers(desk, wu, LineKind.DOTTED) == [qin]


def test_a_person_may_have_several_dotted_managers(desk: Desk) -> None:
    li, wu, qin, he = desk.people(desk.account(), "Li", "Wu", "Qin", "He")
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, wu, qin, kind=LineKind.DOTTED)
    desk.do(edits.set_manager, wu, he, kind=LineKind.DOTTED)
    assert managers(desk, wu, LineKind.DOTTED) == [qin, he]


def test_a_solid_line_takes_the_place_of_a_dotted_one_between_the_same_two(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.set_manager, wu, li, kind=LineKind.DOTTED)
    desk.do(edits.set_manager, wu, li)
    assert desk.only(ReportingLine).kind is LineKind.SOLID


def test_a_dotted_line_beside_a_solid_one_to_the_same_manager_is_refused(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.set_manager, wu, li)
    with told(Refused, "Wu reports to Li already, by a solid line"):
        desk.do(edits.set_manager, wu, li, kind=LineKind.DOTTED)


def test_nobody_is_his_own_manager(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with told(Refused, "Li cannot be their own manager"):
        desk.do(edits.set_manager, li, li)


def test_a_circle_of_managers_is_refused_and_named(desk: Desk) -> None:
    a, b, c = desk.people(desk.account(), "A", "B", "C")
    desk.do(edits.set_manager, b, c)
    desk.do(edits.set_manager, c, a)
    with told(Refused, "make a circle: A → B → C → A"):
        desk.do(edits.set_manager, a, b)
    assert len(desk.several(ReportingLine)) == 2


def test_a_circle_of_two_is_named_too(desk: Desk) -> None:
    a, b = desk.people(desk.account(), "A", "B")
    desk.do(edits.set_manager, b, a)
    with told(Refused, "A → B → A"):
        desk.do(edits.set_manager, a, b)


def test_a_dotted_line_closes_no_circle_either(desk: Desk) -> None:
    a, b, c = desk.people(desk.account(), "A", "B", "C")
    desk.do(edits.set_manager, b, a)
    desk.do(edits.set_manager, c, b, kind=LineKind.DOTTED)
    with told(Refused, "A → C → B → A"):
        desk.do(edits.set_manager, a, c, kind=LineKind.DOTTED)


def test_a_line_taken_away_is_no_part_of_a_circle(desk: Desk) -> None:
    a, b, c = desk.people(desk.account(), "A", "B", "C")
    desk.do(edits.set_manager, b, a)
    desk.do(edits.set_manager, c, b)
    desk.do(edits.set_manager, b, None)
    desk.do(edits.set_manager, a, c)
    assert managers(desk, a) == [c]


def test_a_line_to_one_of_several_above_is_walked_up_without_end(desk: Desk) -> None:
    a, b, c, d = desk.people(desk.account(), "A", "B", "C", "D")
    desk.do(edits.set_manager, b, a)
    desk.do(edits.set_manager, c, a)
    desk.do(edits.set_manager, d, b)
    desk.do(edits.set_manager, d, c, kind=LineKind.DOTTED)
    with told(Refused, "A → D → [BC] → A"):
        desk.do(edits.set_manager, a, d)


def test_people_of_different_sides_do_not_report_to_each_other(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    me = desk.colleague("Me")
    with told(Refused, "Li, of Acme, cannot report to Me, of Our company"):
        desk.do(edits.set_manager, li, me)


def test_a_line_to_somebody_who_is_not_there_is_refused(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with told(Refused, "no longer there"):
        desk.do(edits.set_manager, li, NOBODY)
    with told(Refused, "no longer there"):
        desk.do(edits.set_manager, NOBODY, li)


def test_an_influence_has_strength_60_unless_said(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.add_influence, li, wu)
    line = desk.only(Influence)
    assert (line.source, line.target, line.strength) == (li, wu, 60)
    assert line.basis is Basis.ASSUMED


def test_the_same_influence_again_changes_what_is_given_and_keeps_the_rest(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.add_influence, li, wu, strength=80, evidence="said so")
    assert not desk.do(edits.add_influence, li, wu)
    desk.do(edits.add_influence, li, wu, basis=Basis.CONFIRMED, label="golf")
    line = desk.only(Influence)
    assert (line.strength, line.evidence, line.basis) == (80, "said so", Basis.CONFIRMED)
    assert line.label == "golf"


def test_influences_of_two_kinds_and_both_directions_stand_beside_each_other(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.add_influence, li, wu)
    desk.do(edits.add_influence, li, wu, kind=InfluenceKind.FAMILY)
    desk.do(edits.add_influence, wu, li)
    assert len(desk.several(Influence)) == 3


@pytest.mark.parametrize("strength", [0, -1, 101])
def test_a_strength_out_of_range_is_refused(desk: Desk, strength: int) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    with told(Refused, f"Li: strength is {strength}, but it must be a whole number from 1 to 100"):
        desk.do(edits.add_influence, li, wu, strength=strength)


def test_nobody_sways_himself(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with told(Refused, "Li cannot have a line to themselves"):
        desk.do(edits.add_influence, li, li)


def test_an_influence_from_outside_the_customer_is_a_tie(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    me, rival = desk.colleague(), desk.competitor()
    desk.do(edits.add_influence, me, li)
    desk.do(edits.add_influence, rival, li, strength=90, basis=Basis.CONFIRMED)
    ties = {tie.employee: tie for tie in desk.several(Tie)}
    assert (ties[me].closeness, ties[rival].closeness) == (60, 90)
    assert ties[rival].basis is Basis.CONFIRMED
    assert desk.several(Influence) == []


def test_an_influence_does_not_end_outside_the_customer(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    me = desk.colleague()
    with told(Refused, "must be a customer's person; Me belongs to Our company"):
        desk.do(edits.add_influence, li, me)


def test_a_conflict_has_no_strength_and_serves_both_directions(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.add_conflict, li, wu)
    desk.do(edits.add_influence, wu, li, kind=InfluenceKind.CONFLICT, evidence="the budget")
    line = desk.only(Influence)
    assert (line.source, line.target, line.strength) == (li, wu, None)
    assert line.evidence == "the budget"


def test_our_colleague_is_in_no_conflict_line(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with told(Refused, "must be a customer's person"):
        desk.do(edits.add_conflict, desk.colleague(), li)


def test_a_tie_keeps_what_is_not_given(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    me = desk.colleague()
    desk.do(edits.set_tie, me, li, 40, wanted=80, contact_owner=True, evidence="school")
    desk.do(edits.set_tie, me, li, 50, basis=Basis.CONFIRMED)
    tie = desk.only(Tie)
    assert (tie.closeness, tie.wanted, tie.contact_owner) == (50, 80, True)
    assert (tie.evidence, tie.basis) == ("school", Basis.CONFIRMED)
    assert not desk.do(edits.set_tie, me, li, 50)


@pytest.mark.parametrize(("closeness", "wanted"), [(0, None), (101, None), (50, 0), (50, 101)])
def test_closeness_of_a_tie_out_of_range_is_refused(
    desk: Desk, closeness: int, wanted: int | None
) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with told(Refused, "must be a whole number from 1 to 100"):
        desk.do(edits.set_tie, desk.colleague(), li, closeness, wanted=wanted)


def test_a_tie_starts_outside_and_ends_at_a_customers_person(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    me, rival = desk.colleague(), desk.competitor()
    with told(Refused, "A tie starts at a colleague.* Li belongs to Acme"):
        desk.do(edits.set_tie, li, wu, 50)
    with told(Refused, "The end of a tie must be a customer's person; Zhao belongs to Rival"):
        desk.do(edits.set_tie, me, rival, 50)


def _partner(desk: Desk, name: str = "Sun", of: str = "Consultants") -> PersonId:
    kind = OrganisationKind.PARTNER
    made = desk.do(edits.add_competitor, organisation=of, name=name, kind=kind)
    return made.added(Person)[0].id


def test_one_of_us_may_know_a_partners_person(desk: Desk) -> None:
    me, sun = desk.colleague(), _partner(desk)
    desk.do(edits.add_influence, me, sun, strength=80)
    desk.do(edits.revise_relation, desk.only(Tie).id, closeness=90)
    assert (desk.only(Tie).employee, desk.only(Tie).closeness) == (me, 90)


def test_nobody_but_us_is_tied_to_a_partners_person(desk: Desk) -> None:
    sun, qian, zhao = _partner(desk), _partner(desk, "Qian", "Integrators"), desk.competitor()
    for start in (qian, zhao):
        with told(Refused, "The end of a tie must be a customer's person; Sun belongs to Consul"):
            desk.do(edits.set_tie, start, sun, 50)


def test_who_knows_a_partners_person_cannot_go_over_to_a_competitor(desk: Desk) -> None:
    me, sun = desk.colleague(), _partner(desk)
    rival = desk.do(edits.add_competitor, organisation="Rival").added(Organisation)[0].id
    desk.do(edits.set_tie, me, sun, 50)
    with told(Refused, "must be a customer's person; Sun belongs to Consultants"):
        desk.do(edits.revise_person, me, organisation=rival)


def test_a_line_is_revised_under_its_rules(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.add_influence, li, wu)
    line = desk.only(Influence)
    desk.do(edits.revise_relation, line.id, strength=90, label="golf")
    assert desk.only(Influence) == replace(line, strength=90, label="golf")
    with told(Refused, "from 1 to 100"):
        desk.do(edits.revise_relation, line.id, strength=101)


def test_a_line_of_another_kind_is_another_line(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.add_influence, li, wu, strength=80, label="golf")
    desk.do(edits.revise_relation, desk.only(Influence).id, kind=InfluenceKind.FAMILY)
    line = desk.only(Influence)
    assert (line.kind, line.strength, line.label) == (InfluenceKind.FAMILY, 80, "golf")


def test_an_influence_becomes_a_conflict_and_back(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.add_influence, li, wu, strength=80)
    desk.do(edits.revise_relation, desk.only(Influence).id, kind="conflict")
    assert desk.only(Influence).strength is None
    desk.do(edits.revise_relation, desk.only(Influence).id, kind="other")
    assert desk.only(Influence).strength == 60


def test_a_line_does_not_become_one_that_is_there_already(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.add_influence, li, wu)
    desk.do(edits.add_influence, li, wu, kind=InfluenceKind.FAMILY)
    first = desk.several(Influence)[0]
    with told(Refused, "nothing can be there twice"):
        desk.do(edits.revise_relation, first.id, kind=InfluenceKind.FAMILY)


def test_a_dotted_line_becomes_solid_unless_there_is_a_solid_one(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.set_manager, wu, li)
    change = desk.do(edits.set_manager, wu, qin, kind=LineKind.DOTTED)
    (dotted,) = change.added(ReportingLine)
    with told(Refused, "Wu has more than one solid manager: Li, Qin"):
        desk.do(edits.revise_relation, dotted.id, kind=LineKind.SOLID)
    desk.do(edits.set_manager, wu, None)
    desk.do(edits.revise_relation, dotted.id, kind=LineKind.SOLID)
    assert managers(desk, wu) == [qin]


def test_an_end_of_a_line_moves_to_somebody_else(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.add_influence, li, wu, strength=80)
    desk.do(edits.revise_relation, desk.only(Influence).id, target=qin)
    assert (desk.only(Influence).target, desk.only(Influence).strength) == (qin, 80)
    with told(Refused, "line to themselves"):
        desk.do(edits.revise_relation, desk.only(Influence).id, target=li)


def test_only_lines_are_revised_as_lines(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with told(Refused, "no longer there"):
        desk.do(edits.revise_relation, li, label="golf")
    with told(Refused, "no longer there"):
        desk.do(edits.revise_relation, "nothing", label="golf")


def test_a_link_of_a_chain_is_revised_like_any_line(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.add_chain_link, desk.project(account), li, wu)
    link = desk.only(ChainLink)
    desk.do(edits.revise_relation, link.id, label="signs")
    assert desk.only(ChainLink).label == "signs"
    desk.do(edits.revise_relation, link.id, kind=ChainLinkKind.INFLUENCES)
    assert desk.only(ChainLink).kind is ChainLinkKind.INFLUENCES
