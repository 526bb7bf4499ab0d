"""Steps of several lines of history of one record: undone to what was before the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from stores import a_store, an_entry

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Person, PersonId
from brm_desktop.storage.local_store import LocalStore

LI = Person(id=PersonId("li"), name="Li", title="Buyer")
CHIEF = replace(LI, title="Chief")
NOTED = replace(CHIEF, notes="Noted")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    store = a_store(tmp_path / "sales.brm")
    yield store
    store.close()


def one_operation(store: LocalStore, *changes: Change) -> None:
    """Write changes one after another as lines of one operation, and one step of undo."""
    for number, change in enumerate(changes):
        store.write(change, an_entry(2), undoable=not number)


def undoing(store: LocalStore) -> Change:
    step = store.step_to_undo()
    assert step is not None
    return store.change_of_step(step)


def test_what_changed_twice_goes_back_to_what_it_was_first(store: LocalStore) -> None:
    store.write(Change.of((), [LI]), an_entry(1))
    one_operation(store, Change.of([LI], [CHIEF]), Change.of([CHIEF], [NOTED]))
    assert undoing(store) == Change.of([NOTED], [LI])


def test_what_changed_and_went_comes_back_as_it_was_first(store: LocalStore) -> None:
    store.write(Change.of((), [LI]), an_entry(1))
    one_operation(store, Change.of([LI], [CHIEF]), Change.of([CHIEF], []))
    assert undoing(store) == Change.of([], [LI])


def test_what_came_and_changed_goes(store: LocalStore) -> None:
    one_operation(store, Change.of([], [LI]), Change.of([LI], [NOTED]))
    assert undoing(store) == Change.of([NOTED], [])


def test_what_went_and_came_back_otherwise_goes_back(store: LocalStore) -> None:
    store.write(Change.of((), [LI]), an_entry(1))
    one_operation(store, Change.of([LI], []), Change.of([], [NOTED]))
    assert undoing(store) == Change.of([NOTED], [LI])


def test_what_came_and_went_at_once_is_nothing_to_undo(store: LocalStore) -> None:
    one_operation(store, Change.of([], [LI]), Change.of([LI], []))
    assert undoing(store) == Change()
