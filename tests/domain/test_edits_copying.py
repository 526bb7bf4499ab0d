from __future__ import annotations

from datetime import date

from desk import Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    AccountId,
    Assessment,
    ChainLink,
    ChainMember,
    Choice,
    Department,
    Influence,
    Person,
    PersonId,
    Placement,
    ReportingLine,
    Role,
    SharingChoice,
    Tie,
    id_of,
)


def test_a_second_of_a_person_has_his_card_but_not_what_is_his_own(desk: Desk) -> None:
    account = desk.account()
    desk.do(
        edits.add_person,
        account=account,
        name="Li",
        title="Engineer",
        department="IT",
        phones=["1"],
        birthday=date(1970, 1, 1),
        external_id="7",
        veto=True,
    )
    li = desk.only(Person)
    desk.do(edits.assess, li.id, closeness=60)
    desk.do(edits.set_tie, desk.colleague(), li.id, 50)
    (second,) = desk.do(edits.duplicate_people, [li.id]).added(Person)
    assert (second.name, second.title, second.veto) == ("Li", "Engineer", True)
    assert (second.organisation, second.department) == (li.organisation, li.department)
    assert (second.phones, second.birthday, second.external_id) == ((), None, "")
    assert len(desk.several(Tie)) == len(desk.several(Assessment)) == 1


def test_seconds_hang_under_the_same_manager_with_the_lines_among_them(desk: Desk) -> None:
    boss, li, wu = desk.people(desk.account(), "Boss", "Li", "Wu")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.set_manager, wu, li)
    desk.do(edits.add_influence, wu, li, strength=80)
    desk.do(edits.add_influence, wu, boss)
    second_li, second_wu = desk.do(edits.duplicate_people, [li, wu, li]).added(Person)
    managers = {line.person: line.manager for line in desk.several(ReportingLine)}
    assert managers == {li: boss, wu: li, second_li.id: boss, second_wu.id: second_li.id}
    influences = [(line.source, line.target, line.strength) for line in desk.several(Influence)]
    assert sorted(influences) == sorted(
        [(wu, li, 80), (wu, boss, 60), (second_wu.id, second_li.id, 80)]
    )


def test_seconds_stand_beside_the_first_on_their_canvas(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.move, account, {li: (10, 20)})
    change = desk.do(edits.duplicate_people, [li, wu], canvas=account, offset=(30, 40))
    (place,) = change.added(Placement)
    assert (place.person, place.x, place.y) == (change.added(Person)[0].id, 40, 60)


def test_lines_to_others_are_not_copied(desk: Desk) -> None:
    li, wu, boss = desk.people(desk.account(), "Li", "Wu", "Boss")
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.add_influence, li, boss)
    desk.do(edits.add_influence, li, wu)
    copied = edits.copied(desk.records, [li, wu])
    assert [one.target for one in copied if isinstance(one, Influence)] == [wu]
    assert not [one for one in copied if isinstance(one, ReportingLine)]


def test_a_second_on_a_chain_has_the_roles_of_the_first(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    project = desk.project(account)
    desk.do(edits.add_member, project, li, roles=[Role.USER])
    desk.do(edits.add_chain_link, project, wu, li, label="signs")
    change = desk.do(edits.duplicate_people, [li, wu], canvas=project)
    roles = {member.person: member.roles for member in change.added(ChainMember)}
    second_li, second_wu = (person.id for person in change.added(Person))
    assert roles == {second_li: (Role.USER,), second_wu: ()}
    (link,) = change.added(ChainLink)
    assert (link.source, link.target, link.label) == (second_wu, second_li, "signs")


def test_links_of_one_chain_are_not_made_a_second_time_on_another_canvas(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.add_chain_link, desk.project(account), li, wu)
    for canvas in (account, desk.project(account, "Another")):
        change = desk.do(edits.duplicate_people, [li, wu], canvas=canvas)
        assert len(change.added(Person)) == 2
        assert change.added(ChainLink) == ()


def test_our_own_and_competitors_people_are_not_copied(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    people = [desk.colleague(), li, desk.competitor(), PersonId("nobody")]
    assert edits.copied(desk.records, people) == (desk.one(Person, li),)
    assert len(desk.do(edits.duplicate_people, people).added(Person)) == 1


def test_people_are_pasted_into_another_account(desk: Desk) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    li, wu = desk.people(acme, "Li", "Wu")
    desk.do(edits.revise_person, li, department="IT")
    desk.do(edits.set_manager, wu, li)
    copy = edits.copied(desk.records, [li, wu])
    change = desk.do(edits.paste_people, copy, bolt)
    pasted_li, pasted_wu = change.added(Person)
    assert pasted_li.organisation == desk.organisation(bolt)
    (department,) = change.added(Department)
    assert (department.name, department.organisation) == ("IT", desk.organisation(bolt))
    assert pasted_li.department == department.id
    (line,) = change.added(ReportingLine)
    assert (line.person, line.manager) == (pasted_wu.id, pasted_li.id)


def test_people_cut_away_are_pasted_all_the_same(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.add_influence, li, wu)
    desk.do(edits.move, account, {li: (0, 0)})
    copy = edits.copied(desk.records, [li, wu], canvas=account)
    desk.do(edits.remove_people, [li, wu])
    desk.do(edits.paste_people, copy, account, canvas=account)
    assert sorted(person.name for person in desk.several(Person)) == ["Li", "Wu"]
    assert len(desk.several(Influence)) == 1
    assert (desk.only(Placement).x, desk.only(Placement).y) == (24, 24)


def test_people_of_the_account_pasted_onto_a_chain_join_it_themselves(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.set_manager, wu, li)
    first, second = desk.project(account, "First"), desk.project(account, "Second")
    desk.do(edits.add_member, first, li, roles=[Role.APPROVER])
    desk.do(edits.add_chain_link, first, li, wu)
    copy = edits.copied(desk.records, [li, wu], canvas=first)
    change = desk.do(edits.paste_people, copy, account, canvas=second)
    assert change.added(Person) == ()
    assert {one.person: one.roles for one in change.added(ChainMember)} == {
        li: (Role.APPROVER,),
        wu: (),
    }
    (link,) = change.added(ChainLink)
    assert (link.project, link.source, link.target) == (second, li, wu)


def test_people_on_a_chain_already_are_made_a_second_time_there(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    project = desk.project(account)
    desk.do(edits.add_member, project, li)
    copy = edits.copied(desk.records, [li], canvas=project)
    change = desk.do(edits.paste_people, copy, account, canvas=project)
    assert len(change.added(Person)) == 1
    assert len(desk.several(ChainMember)) == 2


def test_who_joins_a_chain_keeps_his_manager_though_that_one_is_made_a_second_time(
    desk: Desk,
) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.set_manager, wu, li)
    project = desk.project(account)
    desk.do(edits.add_member, project, li)
    copy = edits.copied(desk.records, [li, wu])
    change = desk.do(edits.paste_people, copy, account, canvas=project)
    assert len(change.added(Person)) == 1
    assert desk.only(ReportingLine).manager == li


def test_links_of_a_chain_are_not_pasted_onto_a_map(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    project = desk.project(account)
    desk.do(edits.add_chain_link, project, li, wu)
    copy = edits.copied(desk.records, [li, wu], canvas=project)
    change = desk.do(edits.paste_people, copy, account, canvas=account)
    assert len(change.added(Person)) == 2
    assert change.added(ChainLink) == ()


def test_nothing_is_pasted_into_an_account_that_is_gone(desk: Desk) -> None:
    with told(Refused, "no longer there"):
        desk.do(edits.paste_people, (), AccountId("nothing"))


def choices(desk: Desk, record: str) -> dict[str, Choice]:
    """What is chosen about a record, by its field."""
    return {one.part: one.choice for one in desk.several(SharingChoice) if one.subject == record}


def test_what_never_leaves_of_somebody_does_not_leave_of_a_second(desk: Desk) -> None:
    li, wu = desk.people(desk.account(), "Li", "Wu")
    desk.do(edits.choose, li, Choice.NEVER)
    desk.do(edits.choose, wu, Choice.PRIVATE, "title")
    desk.do(edits.choose, wu, Choice.COMPANY)
    second_li, second_wu = desk.do(edits.duplicate_people, [li, wu]).added(Person)
    assert choices(desk, second_li.id) == {"": Choice.NEVER}
    assert choices(desk, second_wu.id) == {"title": Choice.PRIVATE}
    assert choices(desk, wu) == {"": Choice.COMPANY, "title": Choice.PRIVATE}


def test_what_never_leaves_of_lines_and_roles_stays_of_their_copies(desk: Desk) -> None:
    account = desk.account()
    boss, li, wu = desk.people(account, "Boss", "Li", "Wu")
    project = desk.project(account)
    desk.do(edits.set_manager, li, boss)
    desk.do(edits.add_influence, wu, li)
    desk.do(edits.add_member, project, li, roles=[Role.USER])
    desk.do(edits.add_chain_link, project, wu, li)
    kept = (
        desk.only(ReportingLine).id,
        desk.only(Influence).id,
        desk.only(ChainLink).id,
        id_of(ChainMember, project, li),
    )
    for one in kept:
        desk.do(edits.choose, one, Choice.NEVER)
    change = desk.do(edits.duplicate_people, [li, wu], canvas=project)
    second = change.added(Person)[0].id
    copies = (
        *change.added(ReportingLine),
        *change.added(Influence),
        *change.added(ChainLink),
        desk.one(ChainMember, id_of(ChainMember, project, second)),
    )
    assert [choices(desk, one.id) for one in copies] == [{"": Choice.NEVER}] * 4


def test_pasted_people_keep_what_was_chosen_before_they_went_and_since_they_were_copied(
    desk: Desk,
) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    li, wu = desk.people(acme, "Li", "Wu")
    desk.do(edits.revise_person, li, department="IT")
    desk.do(edits.choose, desk.only(Department).id, Choice.NEVER)
    desk.do(edits.choose, li, Choice.ASK)
    copy = edits.copied(desk.records, [li, wu])
    desk.do(edits.choose, wu, Choice.NEVER)
    desk.do(edits.choose, li, Choice.NEVER)
    pasted_li, pasted_wu = desk.do(edits.paste_people, copy, bolt).added(Person)
    assert choices(desk, pasted_li.id) == choices(desk, pasted_wu.id) == {"": Choice.NEVER}
    assert pasted_li.department is not None
    assert choices(desk, pasted_li.department) == {"": Choice.NEVER}
    desk.do(edits.remove_people, [li, wu])
    (third,) = (
        one for one in desk.do(edits.paste_people, copy, acme).added(Person) if one.name == "Li"
    )
    assert choices(desk, third.id) == {"": Choice.ASK}


def test_a_department_that_is_there_already_is_shared_as_it_was(desk: Desk) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    (li,) = desk.people(acme, "Li")
    (wu,) = desk.people(bolt, "Wu")
    for one in (li, wu):
        desk.do(edits.revise_person, one, department="IT")
    first = desk.one(Person, li).department
    assert first is not None
    desk.do(edits.choose, first, Choice.NEVER)
    desk.do(edits.paste_people, edits.copied(desk.records, [li]), bolt)
    theirs = desk.one(Person, wu).department
    assert theirs is not None
    assert choices(desk, theirs) == {}
