"""Rows of lines resolved: who reports to whom, who sways whom, who knows whom."""

from __future__ import annotations

from time import process_time

import pytest
from import_text import Import, Importing

from brm_desktop.domain import edits
from brm_desktop.domain.records import (
    Basis,
    Influence,
    InfluenceKind,
    Organisation,
    OrganisationKind,
    Person,
    ReportingLine,
    Tie,
)
from brm_desktop.session.importing import Aim


@pytest.fixture
def importing() -> Importing:
    """Acme with three people; one name fits two more."""
    prepared = Importing()
    prepared.do("id,name,title\n1,Ann,CEO\n2,Bob,CIO\n3,Cy,\n4,Wei,Buyer\n5,Wei,Clerk\n")
    prepared.do("name,organisation\nMe,own\nRex,Rival\n")
    return prepared


def _swayed(done: Import) -> set[tuple[str, str, int | None, str]]:
    people = done.records.all(Person)
    return {
        (people[one.source].name, people[one.target].name, one.strength, one.kind.value)
        for one in done.records.all(Influence).values()
    }


def _ties(done: Import) -> set[tuple[str, str, int]]:
    people = done.records.all(Person)
    return {
        (people[one.employee].name, people[one.person].name, one.closeness)
        for one in done.records.all(Tie).values()
    }


def test_people_are_named_by_id_or_by_name(importing: Importing) -> None:
    done = importing.do("person,manager\n2,1\nCy,Bob\n5,Ann\n")

    assert done.counts == (3, 0, 0, 0)
    assert importing.lines() == {("Bob", "Ann"), ("Cy", "Bob"), ("Wei", "Ann")}


def test_who_is_unknown_or_may_be_two_people_is_refused(importing: Importing) -> None:
    done = importing.do("person,manager\nZoe,Ann\nBob,Zoe\nWei,Ann\n,Ann\nBob,\n")

    assert done.reasons == [
        (2, "Nobody is called Zoe."),
        (3, "Nobody is called Zoe."),
        (4, "Wei may be Wei (Buyer), Wei (Clerk)."),
        (5, "The row names no person."),
        (6, "The row names no manager."),
    ]


def test_missing_people_are_made_when_that_is_allowed(importing: Importing) -> None:
    aim = Aim(importing.account, create_missing=True)

    assert importing.do("person,manager\nZoe,Ann\n", aim=aim).counts == (1, 0, 0, 0)
    assert importing.do("from,to\nUma,Ann\n", aim=aim).counts == (1, 0, 0, 0)
    assert {"Zoe", "Uma"} <= set(importing.names())


def test_of_two_rows_that_contradict_each_other_the_second_is_refused(
    importing: Importing,
) -> None:
    done = importing.do("person,manager\nCy,Ann\nCy,Bob\nCy,Ann\n")

    assert done.reasons == [(3, "Line 2 says that Cy reports to Ann.")]
    assert done.counts == (1, 0, 1, 1)


def test_a_dotted_line_stands_beside_the_solid_one(importing: Importing) -> None:
    done = importing.do("person,manager,kind\nCy,Ann,solid\nCy,Bob,虚线\n")

    assert done.counts == (2, 0, 0, 0)
    assert importing.count(ReportingLine) == 2


def test_a_dotted_line_to_the_solid_manager_is_refused(importing: Importing) -> None:
    importing.do("person,manager\nCy,Ann\n")

    done = importing.do("person,manager,kind\nCy,Ann,dotted\n")

    assert done.reasons == [(2, "Cy reports to Ann already, by a solid line.")]


def test_a_circle_in_a_file_of_lines_is_refused_and_named(importing: Importing) -> None:
    done = importing.do("person,manager\nAnn,Bob\nBob,Cy\nCy,Ann\nBob,Bob\n")

    assert done.reasons == [
        (4, "These reporting lines make a circle: Cy → Ann → Bob → Cy."),
        (5, "Line 3 says that Bob reports to Cy."),
    ]


def test_influences_get_their_strength_and_kind(importing: Importing) -> None:
    done = importing.do(
        "from,to,strength,kind,basis\nBob,Ann,80,,confirmed\nCy,Ann,,校友,\n1,2,1,family,\n"
    )

    assert done.counts == (3, 0, 0, 0)
    assert _swayed(done) == {
        ("Bob", "Ann", 80, "professional"),
        ("Cy", "Ann", 60, "alumni"),
        ("Ann", "Bob", 1, "family"),
    }
    bases = {one.basis for one in done.records.all(Influence).values() if one.strength == 80}
    assert bases == {Basis.CONFIRMED}


@pytest.mark.parametrize("strength", ["0", "101", "high", "60.5"])
def test_a_strength_out_of_range_is_refused(importing: Importing, strength: str) -> None:
    done = importing.do(f"from,to,strength\nBob,Ann,{strength}\n")

    assert done.reasons == [
        (2, f"strength is {strength}: it must be a whole number from 1 to 100.")
    ]


def test_a_blank_strength_keeps_the_one_there_is(importing: Importing) -> None:
    importing.do("from,to,strength,kind\nBob,Ann,80,alumni\n")

    again = importing.do("from,to,strength\nBob,Ann,\n")
    changed = importing.do("from,to,strength\nBob,Ann,70\n")

    assert again.counts == (0, 0, 1, 0)
    assert changed.counts == (0, 1, 0, 0)
    assert _swayed(changed) == {("Bob", "Ann", 70, "alumni")}


def test_two_strengths_of_one_influence_contradict_each_other(importing: Importing) -> None:
    done = importing.do("from,to,strength\nBob,Ann,80\nBob,Ann,70\nBob,Ann,\nBob,Ann,80\n")

    assert done.reasons == [(3, "Line 2 says something else of these two.")]
    assert done.counts == (1, 0, 2, 1)


def test_nobody_sways_himself(importing: Importing) -> None:
    done = importing.do("from,to\nAnn,1\n")

    assert done.reasons == [(2, "Ann cannot have a line to themselves.")]


def test_a_conflict_serves_both_directions(importing: Importing) -> None:
    importing.do("from,to,kind\nAnn,Bob,conflict\n")

    again = importing.do("from,to,kind\nBob,Ann,冲突\n")

    assert again.counts == (0, 0, 1, 0)
    assert _swayed(again) == {("Ann", "Bob", None, InfluenceKind.CONFLICT.value)}


def test_a_start_outside_the_account_is_a_tie(importing: Importing) -> None:
    done = importing.do("from,to,strength,from_org\nMe,Ann,20,own\nRex,Ann,90,Rival\nMe,Bob,,own\n")

    assert _ties(done) == {("Me", "Ann", 20), ("Rex", "Ann", 90), ("Me", "Bob", 60)}
    assert done.report.created == {"tie": 3}
    again = importing.do("from,to,strength,from_org\nMe,Ann,,own\n")
    assert again.counts == (0, 0, 1, 0)


def test_an_unknown_colleague_is_refused_and_makes_no_company(importing: Importing) -> None:
    before = importing.count(Organisation)

    done = importing.do("from,to,from_org\nYou,Ann,own\nMax,Ann,Newco\n")

    assert done.reasons == [(2, "Nobody is called You."), (3, "Nobody is called Max.")]
    assert importing.count(Organisation) == before


def test_colleagues_are_no_targets(importing: Importing) -> None:
    done = importing.do("from,to\nAnn,Me\n")

    assert done.reasons == [(2, "Nobody is called Me.")]


def test_a_conflict_between_two_is_no_influence_that_a_row_could_mean(
    importing: Importing,
) -> None:
    importing.do("from,to,kind\nBob,Ann,conflict\nBob,Cy,family\n")

    done = importing.do("from,to,strength\nBob,Ann,50\n")

    assert ("Bob", "Ann", 50, "professional") in _swayed(done)


def test_a_line_that_is_there_already_stays(importing: Importing) -> None:
    importing.do("person,manager,kind\nCy,Ann,dotted\nBob,Ann,solid\n")

    done = importing.do("person,manager,kind\nCy,Ann,dotted\nBob,Ann,solid\n")

    assert done.counts == (0, 0, 2, 0)


def _partners(importing: Importing, organisation: str, *names: str) -> None:
    for name in names:
        change = edits.add_competitor(
            importing.records,
            importing.act,
            organisation=organisation,
            name=name,
            kind=OrganisationKind.PARTNER,
        )
        importing.records = change.applied(importing.records)


def test_a_tie_of_ours_may_lead_to_a_partners_person_whom_the_account_does_not_have(
    importing: Importing,
) -> None:
    _partners(importing, "Consultants", "Sun", "Ann", "Qian")
    _partners(importing, "Integrators", "Qian")

    done = importing.do(
        "from,to,strength,from_org\n"
        "Me,Sun,80,own\nMe,Ann,70,own\nMe,Qian,5,own\nRex,Sun,5,Rival\nCy,Sun,5,\n"
        "Sun,Bob,90,Consultants\n"
    )

    assert _ties(done) == {("Me", "Sun", 80), ("Me", "Ann", 70), ("Sun", "Bob", 90)}
    ann = {p.id for p in done.records.all(Person).values() if p.name == "Ann" and p.title == "CEO"}
    assert {tie.person for tie in done.records.all(Tie).values()} & ann == ann
    assert done.reasons == [
        (4, "Qian may be Qian (Consultants), Qian (Integrators)."),
        (5, "Nobody is called Sun."),
        (6, "Nobody is called Sun."),
    ]


def test_who_is_to_be_made_is_of_the_account_unless_a_partner_has_him(importing: Importing) -> None:
    _partners(importing, "Consultants", "Sun")
    aim = Aim(importing.account, create_missing=True)

    importing.do("from,to,from_org\nMe,Sun,own\nMe,Zoe,own\n", aim=aim)

    assert importing.organisation_of("Sun").name == "Consultants"
    assert importing.organisation_of("Zoe").name == "Acme"


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_line_of_managers_is_hung_without_going_up_all_of_it_each_time(order: int) -> None:
    importing = Importing()
    number = 8_000
    rows = [f"{one},P{one},{one - 1 or ''}" for one in range(1, number + 1)]
    start = process_time()

    importing.do("\n".join(("id,name,reports_to_id", *rows[::order])))
    done = importing.do(f"person,manager\n1,{number}\n")

    ((line, reason),) = done.reasons
    assert (line, reason.count("→")) == (2, number)
    assert importing.count(ReportingLine) == number - 1
    assert process_time() - start < 6  # one second; ten if each went up to the top
