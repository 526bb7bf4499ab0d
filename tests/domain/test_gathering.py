"""What was gathered is kept up with what changes: the same as gathered anew."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some
from random_edits import RandomEdits
from sender import MINE, Sending, key_of, stamp, state_of
from stores import everything

from brm_desktop.domain.categories import CATEGORIES, Category
from brm_desktop.domain.change import Change
from brm_desktop.domain.gathering import kept_up
from brm_desktop.domain.operations import Key
from brm_desktop.domain.records import Account, Choice, Person, SharingChoice
from brm_desktop.domain.sharing import leaves_alike

RECORDS = everything()
(ACCOUNT,) = RECORDS.all(Account)
MARKED = [one for one in RECORDS if type(one) in CATEGORIES]


class Editing(Sending):
    """A store that is edited, and the rows that were touched."""

    def __init__(self) -> None:
        super().__init__(RECORDS)
        self.at = 1
        self.touched: set[Key] = set()

    def apply(self, change: Change) -> None:
        self.at += 1
        for one in change.before.values():
            del self.local[key_of(one)]
            self.touched.add(key_of(one))
        for one in change.after.values():
            self.local[key_of(one)] = state_of(one, stamp(self.at))
            self.touched.add(key_of(one))
        self.records = change.applied(self.records)

    def choose(self, subject: str, part: str, choice: Choice) -> None:
        super().choose(subject, part, choice)
        self.touched.add(key_of(self.choices[-1]))


def drawn_choice(data: some.DataObject, store: Editing) -> None:
    """Something is chosen about an account or about a record."""
    choice = data.draw(some.sampled_from(Choice))
    if data.draw(some.booleans()):
        part = data.draw(some.sampled_from(Category)).value
        store.choose(data.draw(some.sampled_from(["", ACCOUNT])), part, choice)
    else:
        one = data.draw(some.sampled_from(MARKED))
        field = data.draw(some.sampled_from(["", *CATEGORIES[type(one)]]))
        store.choose(one.id, field, choice)


def drawn_person(data: some.DataObject, store: Editing) -> None:
    """Somebody has another name, or none, or is of no department any more."""
    people = [*store.records.all(Person).values()]
    if people:
        one = data.draw(some.sampled_from(people))
        changes: list[dict[str, object]] = [
            {"name": ""},
            {"name": "Somebody"},
            {"department": None},
        ]
        fields = data.draw(some.sampled_from(changes))
        store.apply(Change.of((one,), (replace(one, **fields),)))  # type: ignore[arg-type]


@given(some.data())
def test_whatever_is_done_what_is_kept_up_is_what_is_gathered_anew(data: some.DataObject) -> None:
    store = Editing()
    for category in Category:
        store.choose("", category.value, data.draw(some.sampled_from(Choice)))
    random = RandomEdits(data, RECORDS)
    kept = store.gathered()
    for _ in range(5):
        store.touched = set()
        for _ in range(data.draw(some.integers(0, 3))):
            how = data.draw(some.integers(0, 2))
            if how == 0:
                store.apply(random.next(store.records))
            else:
                (drawn_choice if how == 1 else drawn_person)(data, store)
        kept = kept_up(kept, store.all(), store.touched, store.read, MINE)
        anew = store.gathered()
        assert (kept.selection, kept.sending, kept.asking) == (
            anew.selection,
            anew.sending,
            anew.asking,
        )
        assert kept.records == anew.records


def test_where_no_record_comes_or_goes_and_none_names_another_nothing_is_selected_anew() -> None:
    store = Editing()
    store.choose("", "structure", Choice.TEAM)
    before = store.gathered()
    store.touched = set()
    chief = next(one for one in RECORDS.all(Person).values() if one.department)
    store.apply(Change.of((chief,), (replace(chief, title="President"),)))
    assert (
        kept_up(before, store.all(), store.touched, store.read, MINE).selection is before.selection
    )
    store.apply(Change.of((replace(chief, title="President"),), (replace(chief, department=None),)))
    after = kept_up(before, store.all(), store.touched, store.read, MINE)
    assert after.selection is not before.selection


def test_what_names_others_or_has_no_name_leaves_otherwise() -> None:
    chief = next(one for one in RECORDS.all(Person).values() if one.department)
    assert leaves_alike(chief, replace(chief, title="President", notes="golf"))
    assert not leaves_alike(chief, replace(chief, department=None))
    assert not leaves_alike(chief, replace(chief, name=""))


def test_a_choice_that_is_as_it_was_changes_nothing() -> None:
    store = Editing()
    store.choose("", "structure", Choice.TEAM)
    before = store.gathered()
    kept = kept_up(before, store.all(), store.touched, store.read, MINE)
    assert kept.selection is before.selection
    assert SharingChoice in {type(one) for one in kept.records}
