"""What would leave now: the operations, and the same in words, nothing more and nothing less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from building import Portfolio
from hypothesis import given
from hypothesis import strategies as some
from sender import MINE, THEIRS, Sending, key_of, stamp, state_of
from stores import everything

from brm_desktop.domain.categories import CATEGORIES, Category
from brm_desktop.domain.gathering import Gathered
from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.merge import pending
from brm_desktop.domain.operations import REST, Reach, RowState
from brm_desktop.domain.outgoing import (
    Doing,
    Entry,
    FieldDoing,
    FieldEntry,
    Outgoing,
    outgoing_since,
)
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Audience,
    Choice,
    Money,
    OrganisationKind,
    Person,
    Record,
)
from brm_desktop.domain.sharing import what_leaves
from brm_desktop.domain.wording import value_told
from brm_desktop.language import tr

TEAM, COMPANY = Audience.TEAM, Audience.COMPANY


@pytest.fixture
def sending() -> Sending:
    facts = Portfolio()
    account = facts.account("Acme", Money(500, "CNY"))
    board = facts.department("Board", account)
    chief = facts.person("Chief", account, title="CEO", department=board, notes="golf", veto=True)
    clerk = facts.person("Clerk", account, birthday=date(1970, 2, 28))
    facts.reports(clerk, chief)
    return Sending(facts.records())


@pytest.fixture
def account(sending: Sending) -> Account:
    return sending.records.one(Account, "account Acme")


@pytest.fixture
def chief(sending: Sending) -> Person:
    return sending.records.one(Person, "Chief")


def fields_of(sending: Sending, entry: Entry | None) -> dict[str, object]:
    assert entry is not None
    return {one.field: one.value for one in sending.outgoing().fields_of(entry)}


def test_nothing_is_sent_of_what_nobody_chose(sending: Sending) -> None:
    found = sending.outgoing()
    assert not found
    assert str(found.summary()) == "Nothing would leave."


def test_a_new_person_is_told_field_by_field_in_words(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    found = sending.entry(chief)
    assert found is not None
    assert (found.doing, found.reach) == (Doing.NEW, TEAM)
    assert (found.account_name, found.title) == ("Acme", "Chief")
    told = {"name": "Chief", "organisation": "Acme", "department": "Board", "title": "CEO"}
    assert fields_of(sending, found) == told
    (operation,) = [one for one in sending.outgoing().operations if one.row == chief.id]
    assert operation.values.keys() == told.keys()
    assert operation.reach == Reach("team")


def test_the_summary_counts_what_leaves(sending: Sending, account: Account) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    assert tr(sending.outgoing().summary()) == "6 fields of 2 people, 1 line, 3 other records"


def test_one_person_is_no_people(sending: Sending, account: Account, chief: Person) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.send()
    sending.edit(chief, 9, title="Chair")
    assert tr(sending.outgoing().summary()) == "1 field of one person"


def test_what_was_sent_is_not_sent_again(sending: Sending, account: Account) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    assert sending.send()
    assert not sending.outgoing()


def test_a_changed_field_goes_alone_and_an_emptied_one_as_empty(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.send()
    sending.edit(chief, 9, title="", notes="tennis")
    found = sending.entry(chief)
    assert found is not None
    assert found.doing is Doing.CHANGED
    assert sending.outgoing().fields_of(found) == (FieldEntry("title", "", FieldDoing.WRITTEN),)


def test_a_field_chosen_later_goes_then(sending: Sending, account: Account, chief: Person) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.send()
    sending.choose(account.id, "opinions", Choice.TEAM)
    assert fields_of(sending, sending.entry(chief))["veto"] is not None
    sending.send()
    assert not sending.outgoing()


def test_what_is_shared_no_more_is_taken_back_with_all_it_said(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.send()
    sending.choose(chief.id, "title", Choice.PRIVATE)
    found = sending.entry(chief)
    assert found is not None
    assert sending.outgoing().fields_of(found) == (
        FieldEntry("title", "CEO", FieldDoing.WITHDRAWN),
    )
    sending.choose(chief.id, "", Choice.NEVER)
    found = sending.entry(chief)
    assert found is not None
    assert (found.doing, found.reach) == (Doing.WITHDRAWN, None)
    assert {one.doing for one in sending.outgoing().fields_of(found)} == {FieldDoing.WITHDRAWN}
    assert sending.outgoing().operations
    sending.send()
    assert not sending.known[key_of(chief)].live()
    assert not sending.outgoing()


def test_a_wider_choice_tells_only_who_may_see_it(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.send()
    sending.choose(account.id, "structure", Choice.COMPANY)
    found = sending.entry(chief)
    assert found is not None
    assert (found.doing, found.reach, found.count) == (Doing.REACH, COMPANY, 0)
    sending.send()
    assert not sending.outgoing()


def test_a_deletion_of_what_was_shared_is_sent_and_no_edit_that_is_private(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.send()
    sending.edit(chief, 8, notes="secret")
    sending.drop(sending.records.one(Person, chief.id), 9)
    found = sending.entry(chief)
    assert found is not None
    assert (found.doing, found.count) == (Doing.DELETED, 0)
    sending.send()
    assert not sending.outgoing()


def test_a_deletion_of_what_was_never_shared_stays_here(sending: Sending, chief: Person) -> None:
    sending.drop(chief, 9)
    assert not sending.outgoing()


def test_stubs_are_told_as_such(sending: Sending, account: Account, chief: Person) -> None:
    facts = Portfolio()
    me = facts.employee("Me")
    tie = facts.tie(me, chief.id, 60)
    extra = [*facts.records(), tie]
    sending.records = sending.records.with_changes((), extra)
    sending.local |= {key_of(one): state_of(one, stamp(1)) for one in extra}
    sending.choose(account.id, "connections", Choice.COMPANY)
    found = sending.entry(chief)
    assert found is not None
    assert (found.doing, found.reach) == (Doing.NAMED, COMPANY)
    assert fields_of(sending, found) == {"name": "Chief", "organisation": "Acme"}
    told = sending.outgoing()
    assert [one.title for one in told.entries if one.kind is type(tie)] == ["Me → Chief"]
    assert tr(told.summary()) == "1 line, 4 by name only"


def from_them(sending: Sending, record: Record, **fields: object) -> None:
    """A colleague wrote some fields of a record, and the asset told of it."""
    wanted = state_of(replace(record, **fields), "")  # type: ignore[arg-type]
    for rows in (sending.local, sending.known):
        before = rows[key_of(record)]
        clock = {**before.clock, **dict.fromkeys(fields, stamp(5, THEIRS))}
        rows[key_of(record)] = replace(before, values=wanted.values, clock=clock)


def test_what_a_colleague_wrote_is_never_taken_back(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.send()
    from_them(sending, chief, title="Chair")
    sending.choose(chief.id, "", Choice.PRIVATE)
    found = sending.entry(chief)
    assert found is not None
    assert "title" not in fields_of(sending, found)
    sending.send()
    assert sending.known[key_of(chief)].live() == {stamp(5, THEIRS)}


def test_what_a_colleague_shared_with_the_team_is_not_shown_to_all_by_an_edit_of_mine(
    sending: Sending, account: Account, chief: Person
) -> None:
    theirs = replace(state_of(chief, stamp(3, THEIRS)))
    sending.local[key_of(chief)] = sending.known[key_of(chief)] = theirs
    sending.records = sending.records.with_changes([chief], [replace(chief, audience=TEAM)])
    sending.choose(account.id, "structure", Choice.COMPANY)
    assert sending.entry(chief) is None
    sending.edit(replace(chief, audience=TEAM), 9, title="Chair")
    found = sending.entry(chief)
    assert found is not None
    assert (found.reach, fields_of(sending, found)) == (TEAM, {"title": "Chair"})
    whole = sending.records.one(Person, chief.id)
    now = replace(whole, audience=COMPANY)
    sending.records = sending.records.with_changes([whole], [now])
    found = sending.entry(chief)
    assert found is not None
    assert found.reach is COMPANY


def test_a_conflict_settled_in_favour_of_what_was_shown_is_told(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.send()
    known = sending.known[key_of(chief)]
    others = {"title": ((stamp(0, THEIRS), "Chair"),)}
    sending.known[key_of(chief)] = replace(known, others=others)
    found = sending.entry(chief)
    assert found is not None
    assert sending.outgoing().fields_of(found) == (FieldEntry("title", "CEO", FieldDoing.SETTLED),)


def test_two_writes_of_mine_to_one_field_are_both_told(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    row = sending.local[key_of(chief)]
    others = {"title": ((stamp(0), "Boss"),)}
    sending.local[key_of(chief)] = replace(row, others=others)
    found = sending.entry(chief)
    assert found is not None
    assert [one.value for one in sending.outgoing().fields_of(found) if one.field == "title"] == [
        "CEO",
        "Boss",
    ]


def test_what_is_asked_for_is_listed_and_not_sent(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.choose(account.id, "opinions", Choice.ASK)
    asked = sending.outgoing().asked
    assert [(one.title, one.field) for one in asked] == [("Chief", "veto")]
    sending.choose(account.id, "structure", Choice.ASK)
    found = sending.outgoing()
    whole = [one for one in found.asked if one.key == key_of(chief)]
    assert [(one.field, [value.field for value in found.values_of(one)]) for one in whole] == [
        ("", ["name", "organisation", "department", "title"])
    ]


def test_a_row_that_is_not_here_any_more_is_told_by_its_id(sending: Sending) -> None:
    key = ("person", "unknown")
    known = RowState(kind="person", row="unknown", values={}, clock={REST: stamp(1)})
    sending.local[key] = replace(known, values={"name": "X"})
    sending.known[key] = known
    (entry,) = sending.outgoing().entries
    assert (entry.title, entry.account, entry.doing) == ("unknown", "", Doing.WITHDRAWN)


def test_of_what_was_erased_nothing_is_said(sending: Sending) -> None:
    chief = sending.records.one(Person, "Chief")
    sending.choose("account Acme", "structure", Choice.TEAM)
    sending.send()
    sending.records = sending.records.with_changes([chief], [])
    sending.local[key_of(chief)] = RowState(kind="person", row=chief.id)
    assert sending.entry(chief) is None


def since(sending: Sending, was: Gathered, before: Outgoing, *touched: Record) -> Outgoing:
    return outgoing_since(before, was, sending.gathered(), {key_of(one) for one in touched})


def test_people_of_an_organisation_are_told_under_its_new_account(sending: Sending) -> None:
    facts = Portfolio()
    customer = facts.organisation("Beta", OrganisationKind.CUSTOMER)
    guest = facts.person("Guest", customer)
    came = [*facts.records()]
    sending.records = sending.records.with_changes((), came)
    sending.local |= {key_of(one): state_of(one, stamp(1)) for one in came}
    sending.choose(guest, "", Choice.TEAM)
    was, before = sending.gathered(), sending.outgoing()
    assert {one.account for one in before.entries} == {customer}
    opened = Account(id=AccountId("account Beta"), organisation=customer)
    sending.records = sending.records.with_changes((), [opened])
    sending.local[key_of(opened)] = state_of(opened, stamp(2))
    now = since(sending, was, before, opened)
    assert now == sending.outgoing()
    assert opened.id in {one.account for one in now.entries}


def test_what_was_looked_at_before_goes_on_telling_what_it_told(
    sending: Sending, account: Account, chief: Person
) -> None:
    sending.choose(account.id, "structure", Choice.TEAM)
    sending.choose(account.id, "opinions", Choice.ASK)
    was, before = sending.gathered(), sending.outgoing()
    told = [before.values_of(one) for one in before.asked]
    assert [[one.value for one in values] for values in told] == [
        [value_told(before.telling.records, True)]
    ]
    sending.edit(chief, 9, veto=False)
    now = since(sending, was, before, chief)
    assert [before.values_of(one) for one in before.asked] == told
    (asked,) = now.asked
    assert [one.value for one in now.values_of(asked)] == [value_told(sending.records, False)]


RECORDS = everything()
MARKED = [one for one in RECORDS if type(one) in CATEGORIES]


@given(some.data())
def test_after_all_was_sent_the_asset_has_what_leaves_and_nothing_else(
    data: some.DataObject,
) -> None:
    sending = Sending(RECORDS)
    (account,) = RECORDS.all(Account)
    subjects = some.sampled_from(["", account, "organisation We", "organisation Rival"])
    for _ in range(3):
        for _ in range(data.draw(some.integers(0, 4))):
            part = data.draw(some.sampled_from(Category)).value
            sending.choose(data.draw(subjects), part, data.draw(some.sampled_from(Choice)))
        one = data.draw(some.sampled_from(MARKED))
        field = data.draw(some.sampled_from(["", *CATEGORIES[type(one)]]))
        sending.choose(one.id, field, data.draw(some.sampled_from(Choice)))
        told = sending.send()
        assert not sending.outgoing()
        assert_nothing_pending(sending)
        assert_same(told)
        leaving = what_leaves(RECORDS, sending.choices).leaving
        for key, known in sending.known.items():
            full = sending.local[key].values
            wanted = leaving[key].fields if key in leaving else frozenset()
            assert {k: v for k, v in known.values.items() if known.has(k)} == {
                name: value for name, value in full.items() if name in wanted
            }
            assert sending.reach[key] == (leaving[key].reach if key in leaving else None)
        assert {key for key, state in sending.known.items() if state.clock} == leaving.keys()


def assert_nothing_pending(sending: Sending) -> None:
    """Nothing is to be sent of any row, looked at field by field."""
    leaving = what_leaves(sending.records, sending.choices).leaving
    for key, known in sending.known.items():
        names = frozenset(kind_named(key[0]).__dataclass_fields__)
        fields = (names - leaving[key].fields) | {REST} if key in leaving else frozenset()
        assert pending(sending.local[key], known, MINE, fields) is None


def assert_same(told: Outgoing) -> None:
    """The entries tell of the operations one by one."""
    for entry, operation in zip(told.entries, told.operations, strict=True):
        assert entry.key == operation.key
        said = {one.field for one in told.fields_of(entry) if one.doing is FieldDoing.WRITTEN}
        assert said >= operation.values.keys()
