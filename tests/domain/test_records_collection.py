from __future__ import annotations

from dataclasses import replace

import pytest

from brm_desktop.domain.records import (
    KINDS,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    Tie,
)

ACME = Organisation(id=OrganisationId("acme"), name="Acme")
OURS = Organisation(id=OrganisationId("ours"), name="We", kind=OrganisationKind.OWN)
LI = Person(id=PersonId("li"), name="Li", organisation=ACME.id)
WU = Person(id=PersonId("wu"), name="Wu", organisation=ACME.id)
ME = Person(id=PersonId("me"), name="Me", organisation=OURS.id)


def names(people: tuple[Person, ...]) -> set[str]:
    return {person.name for person in people}


def test_records_are_got_by_kind_and_id() -> None:
    records = Records([ACME, LI])
    assert records.get(Person, "li") == LI
    assert records.one(Person, "li") == LI
    assert records.get(Person, "nobody") is None
    assert records.get(Person, None) is None
    assert records.get(Tie, "li") is None
    assert dict(records.all(Person)) == {"li": LI}
    assert dict(records.all(Tie)) == {}


def test_one_that_must_be_there_and_is_not_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        Records([LI]).one(Person, "nobody")


def test_a_record_of_any_kind_is_found_by_its_id() -> None:
    records = Records([ACME, LI])
    assert records.find("acme") == ACME
    assert records.find("li") == LI
    assert records.find("nobody") is None
    assert "li" in records
    assert "nobody" not in records
    assert 7 not in records


def test_records_are_found_by_the_value_of_a_field() -> None:
    records = Records([ACME, OURS, LI, WU, ME])
    assert names(records.where(Person, organisation="acme")) == {"Li", "Wu"}
    assert records.where(Person, organisation="nowhere") == ()
    assert records.where(Tie, person="li") == ()
    assert records.where(Organisation, kind=OrganisationKind.OWN) == (OURS,)


def test_an_index_follows_what_is_added_replaced_and_removed() -> None:
    records = Records([ACME, LI, WU])
    assert names(records.where(Person, organisation="acme")) == {"Li", "Wu"}
    moved = replace(LI, organisation=OURS.id)
    after = records.with_changes([LI, WU], [moved, ME, OURS])
    assert names(after.where(Person, organisation="acme")) == set()
    assert names(after.where(Person, organisation="ours")) == {"Li", "Me"}
    assert names(records.where(Person, organisation="acme")) == {"Li", "Wu"}


def test_an_index_is_right_when_a_record_is_replaced_without_being_named_as_removed() -> None:
    records = Records([LI])
    records.where(Person, name="Li")
    after = records.with_changes([], [replace(LI, name="Lu")])
    assert after.where(Person, name="Li") == ()
    assert names(after.where(Person, name="Lu")) == {"Lu"}


def test_removing_what_is_not_there_changes_nothing() -> None:
    assert Records([LI]).with_changes([WU], []) == Records([LI])


def test_equality_is_of_contents_in_any_order() -> None:
    assert Records([LI, WU, ACME]) == Records([ACME, WU, LI])
    assert Records([LI]) != Records([WU])
    assert Records() == Records([LI]).with_changes([LI], [])
    assert Records() != "no records"


def test_every_record_is_counted_and_gone_through_once() -> None:
    records = Records([LI, WU, ACME])
    assert len(records) == 3
    assert set(records) == {LI, WU, ACME}


def test_records_say_how_many_of_what_they_hold() -> None:
    assert repr(Records([LI, WU, ACME])) == "Records(Organisation 1, Person 2)"


def test_every_kind_is_listed_once() -> None:
    assert len(set(KINDS)) == len(KINDS) == 29
