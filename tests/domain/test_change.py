from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.records import (
    Department,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Record,
    Records,
)

LI = Person(id=PersonId("li"), name="Li")
WU = Person(id=PersonId("wu"), name="Wu")
ACME = Organisation(id=OrganisationId("acme"), name="Acme")

some_records = st.lists(
    st.one_of(
        st.builds(
            Person,
            id=st.sampled_from("abcdef").map(PersonId),
            name=st.sampled_from(("Li", "Wu", "Qin")),
        ),
        st.builds(
            Organisation,
            id=st.sampled_from("uvwxyz").map(OrganisationId),
            name=st.sampled_from(("Acme", "Bolt")),
        ),
    ),
    unique_by=lambda record: record.id,
).map(Records)


def in_a_row(states: list[Records]) -> list[Change]:
    return [Change.between(old, new) for old, new in pairwise(states)]


@given(some_records, some_records)
def test_the_change_between_two_collections_leads_from_one_to_the_other(
    old: Records, new: Records
) -> None:
    assert Change.between(old, new).applied(old) == new


@given(some_records, some_records)
def test_a_change_inverted_leads_back(old: Records, new: Records) -> None:
    change = Change.between(old, new)
    assert change.inverted().applied(new) == old
    assert change.inverted().inverted() == change


@given(st.lists(some_records, min_size=1, max_size=6))
def test_changes_squashed_are_the_changes_in_a_row(states: list[Records]) -> None:
    squashed = Change.squashed(in_a_row(states))
    assert squashed.applied(states[0]) == states[-1]
    assert squashed == Change.between(states[0], states[-1])


@given(some_records, some_records, some_records)
def test_one_change_then_another_is_both_as_one(one: Records, two: Records, three: Records) -> None:
    first, second = in_a_row([one, two, three])
    assert first.then(second) == Change.squashed([first, second])


@given(some_records)
def test_nothing_is_an_empty_change(records: Records) -> None:
    nothing = Change.between(records, records)
    assert not nothing
    assert nothing == Change()
    assert nothing.applied(records) == records


def test_records_that_stay_equal_are_left_out() -> None:
    assert Change.of([LI, WU], [LI]) == Change({"wu": WU}, {})


def test_putting_adds_or_replaces() -> None:
    renamed = replace(LI, name="Lu")
    assert Change.put(Records([LI]), renamed, WU) == Change({"li": LI}, {"li": renamed, "wu": WU})
    assert not Change.put(Records([LI]), LI)


def test_a_change_knows_what_it_adds_removes_and_touches() -> None:
    renamed = replace(LI, name="Lu")
    gone = Person(id=PersonId("qin"), name="Qin")
    change = Change.of([LI, gone], [renamed, WU, ACME])
    assert change.added(Person) == (WU,)
    assert change.added(Organisation) == (ACME,)
    assert change.added(Department) == ()
    assert change.removed(Person) == (gone,)
    assert change.touched == {"li", "qin", "wu", "acme"}
    assert change.kinds() == {Person, Organisation}
    assert change


def test_a_change_tells_all_of_another_that_touches_no_record_besides_its_own() -> None:
    change = Change.of([LI], [replace(LI, name="Lu"), WU])
    assert change.tells_all_of(Change())
    assert change.tells_all_of(change)
    assert change.tells_all_of(change.inverted())
    assert not change.tells_all_of(Change.of((), [ACME]))
    assert not Change.of((), [WU]).tells_all_of(change)


@pytest.mark.parametrize("there", [[], [replace(LI, name="Lu")]])
def test_a_change_of_a_record_that_is_not_as_it_was_is_a_defect(there: list[Record]) -> None:
    with pytest.raises(StaleChange, match="Person li is not as the change found it"):
        Change.of([LI], []).applied(Records(there))


def test_adding_what_is_there_already_is_a_defect() -> None:
    with pytest.raises(StaleChange, match="Person li is there already"):
        Change.of([], [LI]).applied(Records([LI]))


def test_applying_leaves_the_records_it_was_applied_to_as_they_were() -> None:
    records = Records([LI])
    records.where(Person, name="Li")
    Change.put(records, replace(LI, name="Lu"), WU).applied(records)
    assert records == Records([LI])
    assert records.where(Person, name="Li") == (LI,)
