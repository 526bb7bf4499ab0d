"""Rows of people resolved: by id or by name, with managers, scores and organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from import_text import Importing, entries

from brm_desktop.domain.records import (
    Account,
    Assessment,
    Basis,
    Department,
    LineKind,
    Organisation,
    OrganisationKind,
    Person,
    Records,
    ReportingLine,
)
from brm_desktop.session.importing import Aim, DateOrder, decide


@pytest.fixture
def importing() -> Importing:
    return Importing()


def _making(importing: Importing) -> Aim:
    return Aim(importing.account, create_missing=True)


def test_a_manager_may_come_later_in_the_file(importing: Importing) -> None:
    done = importing.do("name,title,reports_to\nBob,CIO,Ann\nCy,Architect,Bob\nAnn,CEO,\n")

    assert done.counts == (3, 0, 0, 0)
    assert importing.lines() == {("Bob", "Ann"), ("Cy", "Bob")}
    assert done.report.created == {"person": 3, "reporting_line": 2}


def test_with_ids_names_may_repeat_and_managers_are_found_by_id(importing: Importing) -> None:
    importing.do("id,name,reports_to_id\n1,Wang,2\n2,Wang,\n3,Wang,1\n")

    by_id = {p.external_id: p.id for p in importing.records.all(Person).values()}
    lines = {(r.person, r.manager) for r in importing.records.all(ReportingLine).values()}
    assert lines == {(by_id["1"], by_id["2"]), (by_id["3"], by_id["1"])}


def test_a_row_with_an_id_and_no_name_is_a_placeholder_named_by_its_title(
    importing: Importing,
) -> None:
    importing.do("id,name,title\n1,,CFO\n2,,CFO\n")

    people = importing.records.all(Person).values()
    assert [(p.name, p.placeholder) for p in people] == [("CFO", True), ("CFO", True)]


def test_a_placeholder_follows_its_title_until_it_gets_a_name(importing: Importing) -> None:
    importing.do("id,name,title\n1,,CFO\n")
    importing.do("id,name,title\n1,,Finance director\n")
    assert importing.person("Finance director").placeholder

    done = importing.do("id,name,title\n1,Ann,\n")

    assert done.counts == (0, 1, 0, 0)
    assert not importing.person("Ann").placeholder
    assert importing.person("Ann").title == "Finance director"


def test_without_ids_a_row_without_a_name_is_refused(importing: Importing) -> None:
    done = importing.do("name,title\n,CFO\nAnn,CEO\n")

    assert done.reasons == [(2, "The row has no name.")]
    assert importing.names() == ["Ann"]


def test_a_row_with_an_id_alone_is_refused(importing: Importing) -> None:
    done = importing.do("id,name,title\n7,,\n")

    assert done.reasons == [(2, "The row of id 7 has neither a name nor a title.")]


def test_a_name_that_fits_two_people_is_refused_with_the_candidates(importing: Importing) -> None:
    importing.do("id,name,title\n1,Wang Min,CIO\n2,Wang Min,Buyer\n")

    done = importing.do("name,phone\nWang Min,138\n")

    assert done.reasons == [(2, "Wang Min may be Wang Min (CIO), Wang Min (Buyer).")]


def test_people_are_found_again_by_name_and_a_blank_cell_changes_nothing(
    importing: Importing,
) -> None:
    importing.do("name,title,department,veto,email\nAnn,CEO,Board,yes,a@x\n")

    done = importing.do("name,title,department,veto,email\nAnn,,,,\n")
    assert (done.counts, done.report.change) == ((0, 0, 1, 0), type(done.report.change)())

    done = importing.do("name,title,email,phone\nAnn,Chair,b@x,1; 2\n")
    ann = importing.person("Ann")
    assert done.counts == (0, 1, 0, 0)
    assert (ann.title, ann.veto, ann.emails, ann.phones) == (
        "Chair",
        True,
        ("a@x", "b@x"),
        ("1", "2"),
    )


def test_an_import_can_be_stopped_at_any_row_and_decides_nothing(importing: Importing) -> None:
    read = entries("name,reports_to\nAnn,\nBob,Ann\nCy,Zoe\n")
    aim = Aim(importing.account)
    looked: list[None] = []
    whole = decide(importing.records, importing.act, [read], aim, lambda: looked.append(None))
    assert whole.tally.read == 3
    assert len(looked) >= 3

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        decide(importing.records, importing.act, [read], aim, stop)


def test_the_same_file_again_changes_nothing(importing: Importing) -> None:
    text = """id,name,title,department,phone,reports_to_id,power,veto,closeness,solution,sales
1,Ann,CEO,Board,138,,90,yes,40,50,
2,,CIO,IT,,1,,no,,70,
"""
    importing.do(text)
    done = importing.do(text)

    assert done.counts == (0, 0, 2, 0)
    assert not done.report.change


def test_a_second_row_of_one_person_is_refused(importing: Importing) -> None:
    done = importing.do("name,title\nAnn,CEO\nAnn,CFO\n")
    assert done.reasons == [(3, "Line 2 already says who Ann is.")]

    done = importing.do("id,name\n5,Bob\n5,Bob\n")
    assert done.reasons == [(3, "Line 2 already says who 5 is.")]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("closeness", "101", "closeness is 101: it must be a whole number from 0 to 100."),
        ("price", "high", "price is high: it must be a whole number from 0 to 100."),
        ("power", "-1", "power is -1: it must be a whole number from 0 to 100."),
        ("influence", "66.5", "influence is 66.5: it must be a whole number from 0 to 100."),
        ("solution", "NaN", "solution is NaN: it must be a whole number from 0 to 100."),
        ("veto", "perhaps", "veto is perhaps: it must be yes or no."),
        ("basis", "hearsay", "basis is hearsay: it must be one of assumed, confirmed."),
        ("assessed_on", "soon", "assessed_on is soon: it is no date."),
    ],
)
def test_a_row_that_says_something_impossible_is_refused_whole(
    importing: Importing, field: str, value: str, reason: str
) -> None:
    done = importing.do(f"name,{field}\nAnn,{value}\nBob,\n")

    assert done.reasons == [(2, reason)]
    assert importing.names() == ["Bob"]


def test_scores_are_a_statement_of_today_and_assumed(importing: Importing) -> None:
    importing.do("name,closeness,solution,price\nAnn,40,55.0,\n")

    (said,) = importing.records.all(Assessment).values()
    assert (said.closeness, said.solution, said.price) == (40, 55, None)
    assert (said.assessed_on, said.basis) == (importing.act.today, Basis.ASSUMED)


def test_a_row_equal_to_what_is_valid_today_makes_no_statement(importing: Importing) -> None:
    importing.do("name,closeness\nAnn,40\n")
    importing.act = replace(importing.act, today=date(2026, 5, 1))

    assert importing.do("name,closeness\nAnn,40\n").counts == (0, 0, 1, 0)
    assert importing.do("name,closeness\nAnn,45\n").counts == (0, 1, 0, 0)
    assert importing.count(Assessment) == 2


def test_a_dated_row_is_a_statement_of_its_day(importing: Importing) -> None:
    text = "name,closeness,basis,assessed_on\nAnn,40,confirmed,05/03/2026\n"
    importing.do(text, dates=DateOrder.DMY)

    (said,) = importing.records.all(Assessment).values()
    assert (said.assessed_on, said.basis) == (date(2026, 3, 5), Basis.CONFIRMED)
    assert importing.do(text, dates=DateOrder.DMY).counts == (0, 0, 1, 0)


def test_another_basis_on_the_same_day_is_said(importing: Importing) -> None:
    importing.do("name,closeness,assessed_on\nAnn,40,2026-03-05\n")

    done = importing.do("name,closeness,basis,assessed_on\nAnn,40,confirmed,2026-03-05\n")

    (said,) = importing.records.all(Assessment).values()
    assert (done.counts, said.basis) == ((0, 1, 0, 0), Basis.CONFIRMED)


def test_a_placeholder_keeps_its_name_when_the_row_says_no_title(importing: Importing) -> None:
    importing.do("id,name,title\n1,,CFO\n")

    done = importing.do("id,name,phone\n1,,138\n")

    assert done.counts == (0, 1, 0, 0)
    assert importing.person("CFO").phones == ("138",)


def test_a_person_goes_to_the_department_the_file_says(importing: Importing) -> None:
    importing.do("name,department\nAnn,IT\n")

    done = importing.do("name,department\nAnn,Board\n")

    assert done.counts == (0, 1, 0, 0)
    department = importing.records.one(Department, importing.person("Ann").department or "")
    assert department.name == "Board"


def test_our_company_is_made_when_there_is_none(importing: Importing) -> None:
    importing.records = Records()

    importing.do("name,organisation\nMe,own\n", aim=Aim())

    assert importing.organisation_of("Me").kind is OrganisationKind.OWN


def test_an_unknown_manager_refuses_the_line_and_keeps_the_person(importing: Importing) -> None:
    done = importing.do("id,name,reports_to_id,reports_to\n1,Ann,99,\n2,Bob,,Zoe\n")

    tail = "The person is in, the reporting line is not."
    assert done.reasons == [
        (2, f"Nobody has the id 99. {tail}"),
        (3, f"Nobody is called Zoe. {tail}"),
    ]
    assert importing.names() == ["Ann", "Bob"]
    assert all(refusal.in_part for refusal in done.report.refusals)
    assert done.counts == (0, 0, 0, 2)


def test_missing_managers_are_made_when_that_is_allowed(importing: Importing) -> None:
    done = importing.do(
        "id,name,reports_to_id,reports_to\n1,Ann,99,\n2,Bob,,Zoe\n", aim=_making(importing)
    )

    assert done.counts == (2, 0, 0, 0)
    assert importing.lines() == {("Ann", "99"), ("Bob", "Zoe")}
    assert importing.person("99").placeholder
    assert not importing.person("Zoe").placeholder


def test_nobody_is_his_own_manager(importing: Importing) -> None:
    done = importing.do("name,reports_to\nAnn,Ann\nBob,Ann\n")

    assert [line for line, _ in done.reasons] == [2]
    assert "Ann cannot be their own manager." in done.reasons[0][1]
    assert importing.lines() == {("Bob", "Ann")}


def test_the_line_that_closes_a_circle_is_refused_and_the_circle_named(
    importing: Importing,
) -> None:
    done = importing.do("name,reports_to\nAnn,Cy\nBob,Ann\nCy,Bob\n")

    ((line, reason),) = done.reasons
    assert line == 4
    assert "These reporting lines make a circle: Cy → Bob → Ann → Cy." in reason
    assert importing.lines() == {("Ann", "Cy"), ("Bob", "Ann")}


def test_another_manager_takes_the_place_of_the_present_one(importing: Importing) -> None:
    importing.do("name,reports_to\nAnn,\nBob,Ann\nCy,Ann\n")

    done = importing.do("name,reports_to\nCy,Bob\n")

    assert importing.lines() == {("Bob", "Ann"), ("Cy", "Bob")}
    assert (done.report.created, done.report.updated) == ({}, {"reporting_line": 1})


@pytest.mark.parametrize("order", list(permutations(("Ann,Bob", "Bob,Cy", "Cy,Di"))))
def test_a_hierarchy_may_be_turned_round_in_any_order(
    importing: Importing, order: tuple[str, ...]
) -> None:
    importing.do("name,reports_to\nAnn,\nBob,Ann\nCy,Bob\nDi,Cy\n")

    done = importing.do("\n".join(("person,manager", *order, "Di,Eve")), aim=_making(importing))

    assert done.reasons == []
    assert importing.lines() == {("Ann", "Bob"), ("Bob", "Cy"), ("Cy", "Di"), ("Di", "Eve")}


def test_a_refused_person_keeps_the_manager_he_had(importing: Importing) -> None:
    importing.do("name,reports_to\nAnn,\nBob,Ann\nCy,Bob\n")

    done = importing.do("name,reports_to\nBob,Cy\nDi,Bob\n")

    assert [line for line, _ in done.reasons] == [2]
    assert importing.lines() == {("Bob", "Ann"), ("Cy", "Bob"), ("Di", "Bob")}


def test_our_people_and_competitors_are_told_by_the_organisation(importing: Importing) -> None:
    done = importing.do(
        "name,organisation,sales\nAnn,,\nMe,own,no\nRex,Rival AG,\nTom,rival ag,\nEve,acme,\n"
    )

    assert done.counts == (5, 0, 0, 0)
    assert importing.organisation_of("Me").kind is OrganisationKind.OWN
    assert importing.person("Me").non_sales
    assert importing.organisation_of("Rex").kind is OrganisationKind.COMPETITOR
    assert importing.organisation_of("Tom").name == "Rival AG"
    assert importing.organisation_of("Eve") == importing.organisation_of("Ann")
    assert importing.count(Organisation) == 3


def test_people_of_another_account_are_refused(importing: Importing) -> None:
    importing.all([entries("name,industry\nGlobex,steel\n", "accounts")], Aim())

    done = importing.do("name,organisation\nAnn,Globex\n")
    other = importing.do(
        "name,organisation\nAnn,Initech\n", aim=Aim(importing.account, customers=("Initech",))
    )

    assert done.reasons == [(2, "Globex is another account.")]
    assert other.reasons == [(2, "Initech is another account.")]


def test_a_competitors_person_has_no_scores(importing: Importing) -> None:
    done = importing.do("name,organisation,closeness\nRex,Rival,40\n")

    assert done.counts == (0, 0, 0, 1)
    assert "nothing to score" in done.reasons[0][1]
    assert importing.count(Person) == 0
    assert importing.count(Organisation) == 2


def test_departments_are_found_or_made(importing: Importing) -> None:
    done = importing.do("name,department\nAnn,IT\nBob,IT\nCy,Board\n")

    assert done.report.created == {"department": 2, "person": 3}
    assert importing.count(Department) == 2


def test_first_and_last_names_are_put_together_as_their_writing_has_it(
    importing: Importing,
) -> None:
    importing.do("First Name,Middle Name,Last Name\nAnn,,Lee\nJohn,Q,Public\n敏,,王\n,,Cher\n")

    assert importing.names() == ["Ann Lee", "Cher", "John Q Public", "王敏"]


def test_a_row_with_too_many_cells_is_refused(importing: Importing) -> None:
    done = importing.do("name,title\nAnn,CEO,x\nBob,CIO\n")

    assert done.reasons == [(2, "The row has 3 cells, the header has 2.")]
    assert done.counts == (1, 0, 0, 1)


def test_a_new_account_is_made_with_its_first_people(importing: Importing) -> None:
    done = importing.do("name\nAnn\n", "people", aim=Aim(new_account="Globex"))

    assert done.report.created == {"organisation": 1, "account": 1, "person": 1}
    assert importing.organisation_of("Ann").name == "Globex"


def test_when_every_row_is_refused_nothing_is_made(importing: Importing) -> None:
    done = importing.do("name,title\n,CEO\n", aim=Aim(new_account="Globex"))

    assert not done.report.change
    assert importing.count(Account) == 1


def test_several_files_are_one_change(importing: Importing) -> None:
    files = [
        entries("name,title\nAnn,CEO\nBob,CIO\n"),
        entries("person,manager,kind\nBob,Ann,dotted\n"),
    ]

    done = importing.all(files, Aim(importing.account))

    assert done.counts == (3, 0, 0, 0)
    (line,) = importing.records.all(ReportingLine).values()
    assert line.kind is LineKind.DOTTED


def test_of_very_many_who_are_called_alike_the_first_are_listed(importing: Importing) -> None:
    alike = "".join(f"{number},Wang,\n" for number in range(1, 31))
    importing.do(f"id,name,reports_to_id\n{alike}")

    done = importing.do("name,reports_to\nLi,Wang\n")

    (refusal,) = done.report.refusals
    assert str(refusal.reason).count("Wang") > 20
    assert "…" in str(refusal.reason)
