from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from stores import SITE, a_store

from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.domain.merge import conflicts_of, is_gone, merged, same, shown
from brm_desktop.domain.operations import DELETED, REST, Key, Operation, Plain, RowState
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Conflict, Person, Tie, id_of
from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.merging.typed_rows import Put, TypedRows
from brm_desktop.storage.rows.mapping import TABLES
from brm_desktop.storage.rows.writing import Entry

FIELDS: dict[str, tuple[Plain, ...]] = {
    "name": ("Li", "Wu"),
    "title": ("Chief", "Buyer"),
    "phones": (["1", "2"], ["3"], "no list", [1]),
    "birthday": ("1970-02-28", "19700228", "soon"),
    "adaptability": ("visionary", "futurist"),
    "power": (0, 50, 10**9, "much"),
    "veto": (True, False, 1),
    "shoe_size": (42, "large", True),
    "notes": ("text",),
}
"""Fields of people and what is said of them, also what this version does not know or refuses."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    store = a_store(tmp_path / "asset.brm")
    yield store
    store.close()


def an_entry(number: int) -> Entry:
    return Entry(Phrase("Merge"), Stamp(10**9 + number, 0, SITE), number, "")


def put(store: LocalStore, number: int, *operations: Operation) -> None:
    """Merge operations into the rows of a store, as an asset does."""
    with store._writing() as db:
        rows = TypedRows(db, an_entry(number))
        for operation in operations:
            states = rows.states([operation.key])
            rows.put([Put(merged(states.get(operation.key), operation), "0" * 31 + "1")])
        rows.finish()


def test_what_stands_beside_no_row_is_passed_over(store: LocalStore) -> None:
    there = Operation(kind="person", row="p", values={"name": "Li"}, stamps={REST: "1" * 32})
    put(store, 1, there)
    with store._writing() as db:
        db.execute("INSERT INTO unknown_field VALUES ('person', 'q', 'shoe_size', '42', 'stamp')")
        db.execute("INSERT INTO covered VALUES ('person', 'q', '{}')")
        found = TypedRows(db, an_entry(2)).states([("person", "p"), ("person", "q")])
    assert list(found) == [("person", "p")]


class Sites:
    """Two sites that edit a few rows at random, each over what it has seen."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.seen: dict[tuple[str, Key], RowState] = {}
        self.rows: dict[Key, RowState] = {}
        self.time = 0

    def operation(self) -> Operation:
        chance = self.chance
        site = chance.choice("ab")
        key = (chance.choice(["person", "person", "person", "starship"]), chance.choice("12"))
        if chance.random() < 0.4 and key in self.rows:
            self.seen[site, key] = self.rows[key]
        known = self.seen.get((site, key))
        self.time += 1
        stamp = f"{self.time:016x}{ord(site):016x}"
        made = self._edit(key, known, stamp)
        self.seen[site, key] = merged(known, made)
        self.rows[key] = merged(self.rows.get(key), made)
        return made

    def _edit(self, key: Key, known: RowState | None, stamp: str) -> Operation:
        chance = self.chance
        named: dict[str, Any] = {"kind": key[0], "row": key[1]}
        if known is None or not known.clock:
            values = {f: chance.choice(said) for f, said in FIELDS.items() if chance.random() < 0.7}
            withheld = frozenset({"notes"} if chance.random() < 0.3 else ())
            values = {f: v for f, v in values.items() if v != "" and f not in withheld}
            values = {"name": "Li", "adaptability": "unknown", **values}  # a whole record says so
            return Operation(**named, values=values, stamps={REST: stamp}, withheld=withheld)
        if chance.random() < 0.2:
            return Operation(**named, deletions={stamp: tuple(sorted(known.live()))})
        lifted = {DELETED: tuple(known.deletions)} if known.deletions else {}
        fields = chance.sample(list(FIELDS), 2)
        over = {f: tuple(_live_in(known, f)) for f in fields}
        if chance.random() < 0.2:
            return Operation(**named, over={**over, **lifted})
        values = {f: chance.choice(FIELDS[f]) for f in fields}
        return Operation(
            **named,
            values={f: v for f, v in values.items() if v != ""},
            stamps=dict.fromkeys(fields, stamp),
            over={**{f: one for f, one in over.items() if one}, **lifted},
        )


def _live_in(state: RowState, field: str) -> Iterator[str]:
    if state.has(field):
        yield state.clock.get(field) or state.clock[REST]
    yield from (stamp for stamp, _ in state.others.get(field, ()))


@settings(max_examples=15, deadline=None)
@given(some.integers(0, 10**6))
def test_the_tables_hold_what_the_merge_says(seed: int) -> None:
    sites = Sites(seed)
    with TemporaryDirectory() as folder:
        store = a_store(Path(folder) / "asset.brm")
        for number in range(12):
            put(store, number, *(sites.operation() for _ in range(3)))
            for key, state in store.states(sites.rows).items():
                wanted = sites.rows[key]
                assert same(state, wanted)
                assert (state.covered, state.lifted) == (wanted.covered, wanted.lifted)
                assert (is_gone(state), shown(state)) == (is_gone(wanted), shown(wanted))
            _check_what_is_seen(store, sites)
        assert store.check() == []
        store.close()


def _check_what_is_seen(store: LocalStore, sites: Sites) -> None:
    """People are seen that are not gone and whole, and all that stands against them."""
    records = store.load_all()
    people = {
        key[1]: state
        for key, state in sites.rows.items()
        if key[0] == "person" and not is_gone(state) and state.has("name")
    }
    assert records.all(Person).keys() == people.keys()
    told = {(one.row, one.field, one.stamp) for one in records.all(Conflict).values()}
    wanted = {
        (row, one.field, one.stamp) for row, state in people.items() for one in conflicts_of(state)
    }
    known = {*TABLES[Person].codes, DELETED}
    assert told == {one for one in wanted if one[1] in known}


def test_a_kind_that_is_not_known_is_kept_as_it_came(store: LocalStore) -> None:
    ship = Operation(kind="starship", row="1", values={"crew": 7}, stamps={REST: "1" * 32})
    put(store, 1, ship)
    assert store.states([("starship", "1")])["starship", "1"].values == {"crew": 7}
    assert store.states([("starship", "2")]) == {}


def test_what_no_column_can_hold_is_kept_beside_the_row(store: LocalStore) -> None:
    values = {"name": "Li", "adaptability": "futurist", "shoe_size": 42}
    put(store, 1, Operation(kind="person", row="1", values=values, stamps={REST: "1" * 32}))
    (person,) = store.load_all().all(Person).values()
    assert person.adaptability.value == "unknown"
    assert store.states([("person", "1")])["person", "1"].values == values
    assert store.check() == []


def test_what_lacks_something_it_must_have_is_not_seen_until_it_comes(store: LocalStore) -> None:
    tie = id_of(Tie, "a", "b")
    row: dict[str, Any] = {"kind": "tie", "row": tie}
    values = {"employee": "a", "person": "b", "basis": "assumed"}
    first = Operation(**row, values={**values, "closeness": "close"}, stamps={REST: "1" * 32})
    people = [
        Operation(kind="person", row=one, values={"name": one}, stamps={REST: "2" * 32})
        for one in "ab"
    ]
    put(store, 1, first, *people)
    assert store.counts()["tie"] == 0
    assert store.states([("tie", tie)])["tie", tie].values["closeness"] == "close"
    over = {"closeness": ("1" * 32,)}
    put(
        store,
        2,
        Operation(**row, values={"closeness": 40}, stamps={"closeness": "3" * 32}, over=over),
    )
    assert store.counts()["tie"] == 1
    assert store.check() == []


def test_what_had_still_to_arrive_is_forgotten_when_it_has_come(store: LocalStore) -> None:
    early = Operation(kind="person", row="1", over={"title": ("1" * 32,)})
    put(store, 1, early)
    assert store.states([("person", "1")])["person", "1"].covered
    values = {"name": "Li", "title": "Buyer", "adaptability": "unknown"}
    put(store, 2, Operation(kind="person", row="1", values=values, stamps={REST: "1" * 32}))
    state = store.states([("person", "1")])["person", "1"]
    assert (state.covered, "title" in state.values) == ({}, False)


@pytest.mark.parametrize("cell", ["", "no list", '["1"', '["1"] ["2"]'])
def test_a_list_that_no_version_wrote_is_damage_and_named(store: LocalStore, cell: str) -> None:
    there = Operation(kind="person", row="p", values={"name": "Li"}, stamps={REST: "1" * 32})
    put(store, 1, there)
    with store._writing() as db:
        db.execute("UPDATE person SET phones = ?", [cell])
    with pytest.raises(StoreDamaged, match="person p cannot be read"):
        store.states([there.key])


def test_a_list_with_room_behind_it_is_read(store: LocalStore) -> None:
    there = Operation(kind="person", row="p", values={"name": "Li"}, stamps={REST: "1" * 32})
    put(store, 1, there)
    with store._writing() as db:
        db.execute("""UPDATE person SET phones = '["1"] '""")
    assert store.states([there.key])[there.key].values["phones"] == ["1"]


def test_an_erased_row_of_a_kind_that_is_not_known_is_gone(store: LocalStore) -> None:
    ship = Operation(kind="starship", row="1", values={"crew": 7}, stamps={REST: "1" * 32})
    put(store, 1, ship)
    with store._writing() as db:
        TypedRows(db, an_entry(2)).erase([ship.key])
    assert store.states([ship.key]) == {}
