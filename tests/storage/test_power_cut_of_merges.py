"""Power cuts while what colleagues shared is merged: into a rep's store, and into the asset's own.

Not part of the usual run: ``BRM_POWER_CUTS=2000 uv run pytest tests/storage``.
"""

from __future__ import annotations

import os
import random
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from power import Power, copies
from small_company import LINK, Company
from stores import SITE, an_entry, many_accounts

from brm_desktop.domain.change import Change
from brm_desktop.domain.merge import merged
from brm_desktop.domain.operations import REST, Operation
from brm_desktop.domain.records import Person, PersonId, Records
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.merging.folding import SLICE
from brm_desktop.storage.merging.typed_rows import Put, TypedRows
from brm_desktop.storage.rows.mapping import TABLES

CUTS = int(os.environ.get("BRM_POWER_CUTS", "0"))
pytestmark = pytest.mark.skipif(not CUTS, reason="power cuts are simulated on BRM_POWER_CUTS=2000")

KEYS = {"plain": None, "encrypted": StoreKey(bytes(range(32)))}
LI = Person(id=PersonId("li"), name="Li")


@pytest.fixture(params=list(KEYS))
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    """The key of an encrypted store, or none."""
    return KEYS[request.param]


@pytest.fixture
def template(tmp_path: Path, key: StoreKey | None) -> Path:
    """A folder with a store of one person that takes part in an asset, closed."""
    folder = tmp_path / "template"
    folder.mkdir()
    store = LocalStore.create(folder / "sales.brm", SITE, key)
    store.write(Change.of((), [LI]), an_entry(1))
    store.save_link(LINK)
    store.close()
    return folder


def operations(records: Records) -> list[Operation]:
    """What a colleague would send who wrote all of them."""
    found = []
    for number, record in enumerate(records, 2):
        table = TABLES[type(record)]
        values = {name: v for name, v in table.full(record).items() if name != "audience"}
        stamps = {REST: f"{number:016x}{0xC:016x}"}
        found.append(Operation(kind=table.name, row=record.id, values=values, stamps=stamps))
    return found


def merge(store: LocalStore, some: list[Operation]) -> None:
    """Merge operations into a store as an asset does: in one transaction."""
    with store._writing() as db:
        rows = TypedRows(db, an_entry(2))
        for first in range(0, len(some), SLICE):
            slice_of = some[first : first + SLICE]
            states = rows.states(one.key for one in slice_of)
            rows.put(Put(merged(states.get(one.key), one), one.stamps[REST]) for one in slice_of)
        rows.finish()


def _found(path: Path, key: StoreKey | None) -> LocalStore:
    """The store when the power is back: it opens and is sound."""
    store = LocalStore(path, key)
    assert store.check() == []
    return store


def _closed_in_the_dark(power: Power, store: LocalStore) -> None:
    power.lasts(store.close)
    store._db.close()


def test_an_answer_is_taken_in_whole_or_not_at_all_and_once_more_ends_the_same(
    power: Power, template: Path, key: StoreKey | None
) -> None:
    chance, company, facts = random.Random(4), Company(), many_accounts(3, 20)
    company.take(0xC, operations(facts))
    for number, folder in copies(template, CUTS // 4):
        power.on(folder)
        store = LocalStore(folder / "sales.brm", key)
        power.cut_after(chance.randint(1, 400))
        answer = partial(store.fold, company.reply(SITE, 0), an_entry(2))
        done = power.lasts(answer)
        _closed_in_the_dark(power, store)
        power.cut_now()
        power.back(number)
        with closing(_found(folder / "sales.brm", key)) as store:
            held, link = len(store.load_all()), store.link()
            assert held in ({len(facts) + 1} if done else {1, len(facts) + 1}), f"cut {number}"
            assert link is not None
            assert (link.cursor == company.changes) is (held > 1), f"cut {number}"
            store.fold(company.reply(SITE, 0), an_entry(3))
            assert len(store.load_all()) == len(facts) + 1
            assert store.check() == []


def test_a_merge_is_in_the_asset_whole_or_not_at_all(
    power: Power, template: Path, key: StoreKey | None
) -> None:
    chance, facts = random.Random(5), many_accounts(3, 20)
    some = operations(facts)
    for number, folder in copies(template, CUTS // 4):
        power.on(folder)
        store = LocalStore(folder / "sales.brm", key)
        power.cut_after(chance.randint(1, 400))
        done = power.lasts(partial(merge, store, some))
        _closed_in_the_dark(power, store)
        power.cut_now()
        power.back(number)
        with closing(_found(folder / "sales.brm", key)) as store:
            held = len(store.load_all())
            assert held in ({len(facts) + 1} if done else {1, len(facts) + 1}), f"cut {number}"
            merge(store, some)
            assert len(store.load_all()) == len(facts) + 1
