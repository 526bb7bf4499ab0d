"""A store becomes one of a company's: one organisation of ours, claims with an author."""

from __future__ import annotations

from dataclasses import replace

from desk import Desk

from brm_desktop.domain import edits
from brm_desktop.domain.edits.enrolling import colleague_named
from brm_desktop.domain.records import (
    Assessment,
    Attitude,
    Choice,
    Department,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    Sameness,
    SharingChoice,
    Stance,
    id_of,
)

COMPANY = "the company"


def join(desk: Desk, user: str | None = None, rep: str = "Wang Min") -> None:
    desk.do(edits.join_company, COMPANY, "Company Ltd", rep, user)


def ours(desk: Desk) -> list[str]:
    found = desk.records.where(Organisation, kind=OrganisationKind.OWN)
    return [one.id for one in found]


def test_our_organisation_becomes_the_companys_with_all_that_is_of_it(desk: Desk) -> None:
    me = desk.colleague("Wang Min")
    desk.do(edits.add_department, organisation=OrganisationId(ours(desk)[0]), name="Sales")
    desk.do(edits.choose, ours(desk)[0], Choice.NEVER)
    join(desk)
    assert ours(desk) == [COMPANY]
    assert desk.one(Organisation, OrganisationId(COMPANY)).name == "Company Ltd"
    assert desk.one(Person, me).organisation == COMPANY
    assert desk.only(Department).organisation == COMPANY
    choice = desk.only(SharingChoice)
    assert (choice.id, choice.subject) == (id_of(SharingChoice, COMPANY, ""), COMPANY)


def test_joining_twice_changes_nothing(desk: Desk) -> None:
    desk.colleague("Wang Min")
    join(desk)
    assert desk.made[-1]
    join(desk)
    assert not desk.made[-1]


def test_the_rep_is_the_colleague_of_that_name_or_a_new_one(desk: Desk) -> None:
    me = desk.colleague("Wang Min")
    join(desk)
    assert colleague_named(desk.records, COMPANY, "Wang Min") == me
    join(desk, rep="Li Lei")
    assert colleague_named(desk.records, COMPANY, "Li Lei") not in {None, me}
    assert colleague_named(desk.records, COMPANY, "nobody") is None


def test_what_nobody_signed_becomes_the_users_claim(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    me = desk.colleague("Me")
    desk.do(edits.assess, li, closeness=50)
    project = desk.project(account)
    desk.do(edits.add_member, project, li)
    desk.do(edits.state_attitude, project, li, stance=Stance.MENTOR)
    said = desk.only(Assessment)
    desk.do(edits.choose, said.id, Choice.COMPANY)
    join(desk, me)
    signed, attitude = desk.only(Assessment), desk.only(Attitude)
    assert (signed.author, attitude.author) == (me, me)
    assert signed.id == id_of(Assessment, me, li, None, said.assessed_on)
    assert (signed.closeness, signed.stamp) == (50, said.stamp)
    assert desk.only(SharingChoice).subject == signed.id


def test_what_somebody_signed_stays_theirs(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    me, other = desk.colleague("Me"), desk.colleague("Other")
    desk.act = replace(desk.act, author=other)
    desk.do(edits.assess, li, closeness=50)
    join(desk, me)
    assert desk.only(Assessment).author == other


def test_what_the_user_said_of_the_same_day_stays_beside_what_is_unsigned(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    me = desk.colleague("Me")
    desk.do(edits.assess, li, closeness=70)
    desk.act = replace(desk.act, author=me)
    desk.do(edits.assess, li, closeness=50)
    join(desk, me)
    assert {one.author for one in desk.several(Assessment)} == {me, ""}


def test_verdicts_on_duplicates_are_signed_too(desk: Desk) -> None:
    one, other = desk.people(desk.account(), "Li", "Wu")
    me = desk.colleague("Me")
    desk.do(edits.tell_apart, Person, one, other)
    join(desk, me)
    assert desk.only(Sameness).author == me
