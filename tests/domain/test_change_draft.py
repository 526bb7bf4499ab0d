from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from time import perf_counter

import pytest
from desk import Desk
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Person, PersonId, Records, Tie

LI = Person(id=PersonId("li"), name="Li")
WU = Person(id=PersonId("wu"), name="Wu")

people = st.builds(
    Person,
    id=st.sampled_from("abcde").map(PersonId),
    name=st.sampled_from(("Li", "Wu")),
    title=st.sampled_from(("", "CEO")),
)
steps = st.lists(st.tuples(st.booleans(), people), max_size=12)


@given(st.lists(people, unique_by=lambda person: person.id).map(Records), steps)
def test_a_draft_reads_as_the_records_it_will_become(
    start: Records, steps: list[tuple[bool, Person]]
) -> None:
    draft = Draft(start)
    plain = Records(start)
    for number, (puts, person) in enumerate(steps):
        if number == len(steps) // 2:
            draft.where(Person, name="Li")
        if puts:
            draft.put(person)
            plain = Records([*(one for one in plain if one.id != person.id), person])
        else:
            draft.drop(person)
            plain = Records(one for one in plain if one.id != person.id)
    assert draft == plain
    assert plain == draft
    assert len(draft) == len(plain)
    assert dict(draft.all(Person)) == dict(plain.all(Person))
    for key in "abcde":
        assert draft.get(Person, key) == plain.get(Person, key)
        assert draft.find(key) == plain.find(key)
        assert (key in draft) == (key in plain)
        assert (key in draft.all(Person)) == (key in plain.all(Person))
    for name in ("Li", "Wu", "Qin"):
        assert set(draft.where(Person, name=name)) == set(plain.where(Person, name=name))
    assert draft.change() == Change.between(start, plain)
    assert Draft(draft) == plain


def test_a_draft_leaves_the_records_it_began_with_alone() -> None:
    start = Records([LI])
    draft = Draft(start)
    draft.put(replace(LI, name="Lu"), WU)
    assert start == Records([LI])
    assert draft.get(Tie, "li") is None
    assert draft.get(Person, None) is None
    assert draft != "a draft"


def test_a_draft_says_what_it_holds() -> None:
    draft = Draft(Records([LI]))
    draft.put(WU)
    assert repr(draft) == "Draft(Person 2)"


def test_a_draft_refuses_a_change_of_other_records() -> None:
    draft = Draft(Records([LI]))
    draft.drop(LI)
    with pytest.raises(StaleChange):
        draft.apply(Change.of([LI], []))


def test_a_change_applied_to_a_draft_gives_plain_records() -> None:
    draft = Draft(Records([LI]))
    draft.put(WU)
    after = Change.of([LI], []).applied(draft)
    assert after == Records([WU])
    assert not isinstance(after, Draft)


def test_a_draft_gives_one_change_of_many_edits() -> None:
    desk = Desk()
    start = desk.records
    draft = Draft(start)
    (account,) = draft.do(edits.create_account, desk.act, name="Acme").added(Account)
    (li,) = draft.do(edits.add_person, desk.act, account=account.id, name="Li").added(Person)
    (wu,) = draft.do(edits.add_person, desk.act, account=account.id, name="Wu").added(Person)
    draft.do(edits.set_manager, desk.act, wu.id, li.id)
    draft.do(edits.revise_person, desk.act, wu.id, title="CIO")
    draft.do(edits.remove_people, desk.act, [li.id])
    change = draft.change()
    assert {person.title for person in change.added(Person)} == {"CIO"}
    assert change.applied(start) == draft


def test_a_refused_attempt_leaves_its_draft_as_it_was() -> None:
    draft = Draft(Records([LI]))
    draft.put(WU)
    before = Records(draft)
    with suppress(Refused), draft.attempt() as made:
        draft.put(replace(LI, name="Lu"), replace(WU, title="CIO"))
        draft.drop(WU)
        draft.put(replace(WU, name="Qin"))
        assert len(made) == 3
        raise Refused(phrase("No."))
    assert made == []
    assert draft == before
    assert draft.change() == Change.of([], [WU])
    assert draft.where(Person, name="Qin") == ()


def test_an_attempt_gives_the_changes_it_made() -> None:
    draft = Draft(Records([LI]))
    with draft.attempt() as made:
        draft.put(WU)
        draft.drop(LI)
        draft.drop(LI)
    draft.put(LI)
    assert made == [Change.of([], [WU]), Change.of([LI], [])]
    assert draft == Records([LI, WU])


def test_an_attempt_inside_another_is_taken_back_with_it() -> None:
    draft = Draft(Records([LI]))
    with draft.attempt() as outer:
        with draft.attempt() as inner:
            draft.put(WU)
        with suppress(Refused), draft.attempt():
            draft.drop(LI)
            raise Refused(phrase("No."))
        assert (len(inner), len(outer)) == (1, 1)
    assert draft == Records([LI, WU])
    with suppress(Refused), draft.attempt():
        with draft.attempt():
            draft.drop(WU)
        raise Refused(phrase("No."))
    assert draft == Records([LI, WU])


def test_a_draft_on_a_draft_leaves_it_alone() -> None:
    draft = Draft(Records([LI]))
    step = Draft(draft)
    step.put(WU)
    assert "wu" in step
    assert "wu" not in draft


def test_five_thousand_people_are_added_one_by_one_without_copying_them_all_each_time() -> None:
    desk = Desk()
    draft = Draft(Records())
    (account,) = draft.do(edits.create_account, desk.act, name="Acme").added(Account)
    start = perf_counter()
    for number in range(5_000):
        draft.do(edits.add_person, desk.act, account=account.id, name=f"Person {number}")
    change = draft.change()
    elapsed = perf_counter() - start
    assert len(change.added(Person)) == 5_000
    assert elapsed < 5  # a third of a second on an idle machine; minutes if all were copied
