"""Very many records are read a piece at a time, and others come to the store in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from building import Portfolio
from stores import a_store, an_entry

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    AccountId,
    Opportunity,
    OrganisationId,
    PersonId,
    Records,
    Snapshot,
    id_of,
)
from brm_desktop.storage.driver import Reader
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows import months
from brm_desktop.storage.rows.pieces import ids_in_pieces, kinds_in_pieces, names_in_pieces

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
    assert Records(store.each_of([Opportunity])) == Records([second])
    assert list(store.each_with(Opportunity, [first.id, second.id, "none"])) == [second]


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


@pytest.fixture
def customers(store: LocalStore) -> LocalStore:
    """Three customers with a person and a project each; of two a month is kept."""
    portfolio = Portfolio()
    for name in ("Acme", "Beta", "Coil"):
        account = portfolio.account(name)
        portfolio.person(PersonId(f"head of {name}"), account)
        portfolio.project(account, f"line of {name}")
    portfolio.assess(PersonId("head of Beta"), closeness=40)
    kept = [
        Snapshot(id=id_of(Snapshot, subject, MONTH), subject=subject, month=MONTH)
        for subject in ("account Acme", "account Beta", str(OrganisationId("us")))
    ]
    store.write(Change.of((), [*portfolio.records(), *kept]), an_entry())
    return store


def test_names_are_read_a_few_accounts_at_a_time_people_first(customers: LocalStore) -> None:
    asked = Asked(customers)
    found = [line.name for line in names_in_pieces(asked, 100, at_once=2)]
    people, projects = found[:3], found[3:]
    assert sorted(people) == ["head of Acme", "head of Beta", "head of Coil"]
    assert len(projects) == 3
    assert asked.times == 1 + 2 * 2
    assert [line.name for line in names_in_pieces(asked, 2, at_once=2)] == found[:2]


def test_months_are_read_in_pieces_and_lose_none(
    customers: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = customers.months(2**47)
    assert [line.subject for line in whole if line.is_account] == [
        "account Acme",
        "account Beta",
        "account Coil",
    ]
    assert [bool(line.months) for line in whole] == [True, True, False, True]
    assert [line.first_assessed is not None for line in whole] == [False, True, False, False]
    monkeypatch.setattr(months, "_SNAPSHOTS_AT_ONCE", 1)
    monkeypatch.setattr(months, "_ACCOUNTS_AT_ONCE", 2)
    asked = Asked(customers)
    assert months.months(asked, 2**47) == whole
    assert asked.times == 1 + 4 + 2
