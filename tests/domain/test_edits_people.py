from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from desk import TODAY, Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    AccountId,
    Adaptability,
    Department,
    DepartmentId,
    LineKind,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    ReportingLine,
)

NOBODY = PersonId("nobody")


def manager_of(desk: Desk, person: PersonId) -> PersonId | None:
    lines = desk.records.where(ReportingLine, person=person)
    return next((line.manager for line in lines if line.kind is LineKind.SOLID), None)


def test_nothing_but_a_name_is_needed_for_a_person(desk: Desk) -> None:
    account = desk.account()
    change = desk.do(edits.add_person, account=account, name="  Li   Na ")
    (person,) = change.added(Person)
    assert person.name == "Li Na"
    assert person.organisation == desk.organisation(account)
    assert person.department is None


def test_a_person_without_a_name_is_refused_unless_a_placeholder(desk: Desk) -> None:
    account = desk.account()
    with told(Refused, "A person needs a name"):
        desk.do(edits.add_person, account=account, name="  ")
    desk.do(edits.add_person, account=account, title="CFO", placeholder=True)
    person = desk.only(Person)
    assert (person.name, person.title, person.placeholder) == ("", "CFO", True)
    with told(Refused, "A person needs a name"):
        desk.do(edits.revise_person, person.id, placeholder=False)


def test_a_department_is_found_by_its_name_or_made(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.add_person, account=account, name="Li", department="IT")
    desk.do(edits.add_person, account=account, name="Wu", department=" IT ")
    desk.do(edits.add_person, account=account, name="Qin", department="Sales")
    assert sorted(one.name for one in desk.several(Department)) == ["IT", "Sales"]
    it = desk.records.where(Department, name="IT")[0]
    assert len(desk.records.where(Person, department=it.id)) == 2


def test_the_same_department_name_elsewhere_is_another_department(desk: Desk) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    desk.do(edits.add_person, account=acme, name="Li", department="IT")
    desk.do(edits.add_person, account=bolt, name="Wu", department="IT")
    assert len(desk.several(Department)) == 2


def test_a_person_takes_any_field_of_a_person(desk: Desk) -> None:
    desk.do(
        edits.add_person,
        account=desk.account(),
        name="Li",
        title="CIO",
        phones=["1", "2"],
        adaptability="visionary",
        veto=True,
        power=90,
        birthday=date(1970, 1, 1),
    )
    person = desk.only(Person)
    assert person.phones == ("1", "2")
    assert person.adaptability is Adaptability.VISIONARY
    assert (person.veto, person.power, person.birthday) == (True, 90, date(1970, 1, 1))


@pytest.mark.parametrize("field", ["power", "influence"])
@pytest.mark.parametrize("value", [-1, 101])
def test_importance_out_of_range_is_refused(desk: Desk, field: str, value: int) -> None:
    fields: dict[str, Any] = {field: value}
    with told(Refused, f"Li: {field} is {value}, but it must be a whole number from 0 to 100"):
        desk.do(edits.add_person, account=desk.account(), name="Li", **fields)


def test_a_word_out_of_the_list_is_refused_with_the_list(desk: Desk) -> None:
    with told(Refused, "“brave” is none of: innovator, visionary"):
        desk.do(edits.add_person, account=desk.account(), name="Li", adaptability="brave")


@pytest.mark.parametrize(
    "fields",
    [
        {"shoe_size": 42},
        {"power": "high"},
        {"power": True},
        {"name": None},
        {"phones": "123"},
        {"phones": (1,)},
        {"birthday": "1970-01-01"},
        {"id": "mine"},
        {"adaptability": 3},
        {"veto": 1},
    ],
)
def test_a_field_there_is_not_or_a_value_of_another_type_is_a_defect(
    desk: Desk, fields: dict[str, object]
) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with pytest.raises(TypeError):
        desk.do(edits.revise_person, li, **fields)


def test_a_person_belongs_to_an_account_or_an_organisation(desk: Desk) -> None:
    with pytest.raises(TypeError, match="an account or an organisation"):
        desk.do(edits.add_person, name="Li")
    with told(Refused, "no longer there"):
        desk.do(edits.add_person, name="Li", account=AccountId("nothing"))
    with told(Refused, "no longer there"):
        desk.do(edits.add_person, name="Li", organisation=OrganisationId("nothing"))


def test_a_colleague_is_ours_and_our_organisation_is_made_once(desk: Desk) -> None:
    me = desk.do(edits.add_own_staff, name="Me", company="BRM Ltd").added(Person)[0]
    you = desk.do(edits.add_own_staff, name="You", non_sales=True, department="HR").added(Person)[0]
    ours = desk.only(Organisation)
    assert (ours.name, ours.kind) == ("BRM Ltd", OrganisationKind.OWN)
    assert me.organisation == you.organisation == ours.id
    assert you.non_sales
    assert desk.only(Department).name == "HR"


def test_a_colleague_is_put_into_the_company_of_ours_that_is_named(desk: Desk) -> None:
    desk.do(edits.add_organisation, name="BRM East", kind=OrganisationKind.OWN)
    desk.do(edits.add_organisation, name="BRM West", kind=OrganisationKind.OWN)
    me = desk.do(edits.add_own_staff, name="Me", company="BRM West").added(Person)[0]
    assert me.organisation is not None
    assert desk.one(Organisation, me.organisation).name == "BRM West"


def test_a_competitor_comes_with_or_without_a_person(desk: Desk) -> None:
    desk.do(edits.add_competitor, organisation="Rival")
    assert desk.only(Organisation).kind is OrganisationKind.COMPETITOR
    desk.do(edits.add_competitor, organisation=" Rival ", name="Zhao", department="Sales")
    assert desk.only(Person).organisation == desk.only(Organisation).id
    assert not desk.do(edits.add_competitor, organisation="Rival")


def test_a_partner_is_added_as_a_competitor_is(desk: Desk) -> None:
    desk.do(edits.add_competitor, organisation="Pal", name="Sun", kind=OrganisationKind.PARTNER)
    assert desk.only(Organisation).kind is OrganisationKind.PARTNER


def test_an_organisation_needs_a_name(desk: Desk) -> None:
    with told(Refused, "An organisation needs a name"):
        desk.do(edits.add_competitor, organisation=" ", name="Zhao")


def test_a_person_is_revised_and_the_same_again_changes_nothing(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    desk.do(edits.revise_person, li, title="CIO", veto=True)
    assert (desk.one(Person, li).title, desk.one(Person, li).veto) == ("CIO", True)
    assert not desk.do(edits.revise_person, li, title=" CIO ", veto=True)


def test_a_department_may_be_named_by_name_id_or_nothing(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    desk.do(edits.revise_person, li, department="IT")
    it = desk.only(Department).id
    assert desk.one(Person, li).department == it
    desk.do(edits.revise_person, li, department="")
    assert desk.one(Person, li).department is None
    desk.do(edits.revise_person, li, department=it)
    assert desk.one(Person, li).department == it
    desk.do(edits.revise_person, li, department=None)
    assert desk.one(Person, li).department is None


def test_a_department_of_another_organisation_is_refused(desk: Desk) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    (li,) = desk.people(acme, "Li")
    desk.do(edits.add_department, account=bolt, name="IT")
    with told(Refused, "Li cannot be in IT, a department of another organisation"):
        desk.do(edits.revise_person, li, department=desk.only(Department).id)


def test_who_changes_the_organisation_leaves_his_department(desk: Desk) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    (li,) = desk.people(acme, "Li")
    desk.do(edits.revise_person, li, department="IT")
    desk.do(edits.revise_person, li, organisation=desk.organisation(bolt))
    assert desk.one(Person, li).department is None
    desk.do(edits.revise_person, li, organisation=desk.organisation(acme), department="IT")
    assert desk.one(Person, li).department == desk.only(Department).id


def test_a_customers_person_with_lines_does_not_become_a_colleague(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    me = desk.colleague()
    desk.do(edits.add_influence, li, wu)
    ours = desk.one(Person, me).organisation
    with told(Refused, "The start of an influence must be a customer's person; Li belongs to Our"):
        desk.do(edits.revise_person, li, organisation=ours)


def test_a_person_without_an_organisation_has_no_department_by_name(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    desk.do(edits.revise_person, li, organisation=None, department="IT")
    assert desk.one(Person, li).department is None
    assert desk.several(Department) == []


def test_who_is_gone_is_not_revised(desk: Desk) -> None:
    with told(Refused, "no longer there"):
        desk.do(edits.revise_person, NOBODY, title="CIO")
    with told(Refused, "no longer there"):
        desk.do(edits.revise, "nothing", title="CIO")


def test_any_record_is_revised_by_its_id(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    desk.do(edits.revise, li, name="Lu")
    assert desk.one(Person, li).name == "Lu"


def test_who_left_is_kept_with_the_day_and_the_successor(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.leave, li, successor=wu)
    assert (desk.one(Person, li).left_on, desk.one(Person, li).successor) == (TODAY, wu)
    desk.do(edits.leave, li, on=date(2026, 1, 31))
    assert (desk.one(Person, li).left_on, desk.one(Person, li).successor) == (
        date(2026, 1, 31),
        wu,
    )


def test_nobody_succeeds_himself_in_a_circle(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.leave, li, successor=wu)
    with told(Refused, "succeed each other in a circle: Wu → Li → Wu"):
        desk.do(edits.leave, wu, successor=li)
    with told(Refused, "Wu → Wu"):
        desk.do(edits.leave, wu, successor=wu)


def test_a_successor_takes_over_reports_and_place(desk: Desk) -> None:
    boss, li, wu, qin = desk.people(desk.account(), "Boss", "Li", "Wu", "Qin")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, qin, li)
    desk.do(edits.leave, li, successor=wu, hand_over=True)
    assert manager_of(desk, wu) == boss
    assert manager_of(desk, qin) == wu
    assert manager_of(desk, li) == boss


def test_a_successor_from_below_takes_the_place_above_his_peers(desk: Desk) -> None:
    boss, li, wu, qin = desk.people(desk.account(), "Boss", "Li", "Wu", "Qin")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, qin, li)
    desk.do(edits.leave, li, successor=wu, hand_over=True)
    assert manager_of(desk, wu) == boss
    assert manager_of(desk, qin) == wu


def test_a_successor_of_the_top_stands_at_the_top(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, qin, wu)
    desk.do(edits.leave, li, successor=qin, hand_over=True)
    assert manager_of(desk, qin) is None
    assert manager_of(desk, wu) == qin


def test_a_successor_who_stands_elsewhere_stays_there(desk: Desk) -> None:
    boss, li, wu, qin, he = desk.people(desk.account(), "Boss", "Li", "Wu", "Qin", "He")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, wu, qin)
    desk.do(edits.set_manager, he, li)
    desk.do(edits.leave, li, successor=wu, hand_over=True)
    assert manager_of(desk, wu) == qin
    assert manager_of(desk, he) == wu


def test_a_successor_from_above_takes_the_reports_only(desk: Desk) -> None:
    boss, li, wu = desk.people(desk.account(), "Boss", "Li", "Wu")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.set_manager, wu, boss, kind=LineKind.DOTTED)
    desk.do(edits.leave, li, successor=boss, hand_over=True)
    assert manager_of(desk, boss) is None
    assert manager_of(desk, wu) == boss


def test_dotted_reports_are_not_handed_over(desk: Desk) -> None:
    li, wu, qin = desk.people(desk.account(), "Li", "Wu", "Qin")
    desk.do(edits.set_manager, qin, li, kind=LineKind.DOTTED)
    desk.do(edits.leave, li, successor=wu, hand_over=True)
    assert desk.only(ReportingLine).manager == li


def test_handing_over_needs_somebody_to_hand_over_to(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with told(Refused, "needs a successor of Li"):
        desk.do(edits.leave, li, hand_over=True)


def test_a_department_id_of_nothing_is_taken_for_a_name(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    desk.do(edits.revise_person, li, department=DepartmentId("Works council"))
    assert desk.only(Department).name == "Works council"
