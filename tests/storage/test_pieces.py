"""Very many records are read a piece at a time, and others come to the store in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from stores import a_store, an_entry

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import AccountId, Opportunity, Records, Snapshot, id_of
from brm_desktop.storage.driver import Reader
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.pieces import ids_in_pieces, kinds_in_pieces

MONTH = date(2026, 1, 1)


def deals(count: int) -> list[Opportunity]:
    return [
        Opportunity(id=f"deal {number}", account=AccountId("A"), name="x")
        for number in range(count)
    ]


class Asked:
    """The store's door, and how often it was opened."""

    def __init__(self, store: LocalStore) -> None:
        self.store = store
        self.times = 0

    @contextmanager
    def __call__(self) -> Iterator[Reader]:
        self.times += 1
        with self.store._asking() as db:
            yield db


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    opened = a_store(tmp_path / "sales.brm")
    yield opened
    opened.close()


@pytest.mark.parametrize(("count", "times"), [(0, 1), (1, 1), (2, 2), (5, 3)])
def test_everything_of_a_kind_is_read_in_pieces(store: LocalStore, count: int, times: int) -> None:
    store.write(Change.of((), deals(count)), an_entry())
    asked = Asked(store)
    assert list(kinds_in_pieces(asked, [Opportunity], 2)) == deals(count)
    assert asked.times == times


def test_what_is_deleted_is_not_read(store: LocalStore) -> None:
    first, second = deals(2)
    store.write(Change.of((), [first, second]), an_entry(1))
    store.write(Change.of([first], ()), an_entry(2))
    assert store.load_kinds([Opportunity]) == Records([second])
    assert store.load_ids(Opportunity, [first.id, second.id, "none"]) == Records([second])


def test_records_are_found_by_ids_in_pieces(store: LocalStore) -> None:
    months = [
        Snapshot(id=id_of(Snapshot, subject, MONTH), subject=subject, month=MONTH)
        for subject in ("A", "B", "C")
    ]
    store.write(Change.of((), months), an_entry())
    asked = Asked(store)
    wanted = [months[0].id, months[1].id, months[2].id]
    found = ids_in_pieces(asked, Snapshot, wanted, 2)
    assert Records(found) == Records(months)
    assert asked.times == 2
    assert list(ids_in_pieces(asked, Snapshot, [])) == []
