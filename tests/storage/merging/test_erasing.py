"""What is erased is not in the file any more, not in its free room either."""

from __future__ import annotations

from pathlib import Path

import pytest
from stores import SITE, an_entry

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Person, PersonId
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.merging.typed_rows import TypedRows


@pytest.mark.parametrize("key", [None, StoreKey(bytes(range(32)))], ids=["plain", "encrypted"])
def test_a_file_is_written_anew_once_after_anything_was_erased(
    tmp_path: Path, key: StoreKey | None
) -> None:
    store = LocalStore.create(tmp_path / "sales.brm", SITE, key=key)
    people = [Person(id=PersonId(f"p{n}"), name="CANARY" * 20) for n in range(200)]
    store.write(Change.of((), people), an_entry(1))
    with store.transaction() as db:
        assert TypedRows(db, an_entry(2)).erase([("person", one.id) for one in people]) == 200
        assert TypedRows(db, an_entry(3)).erase([("person", "p1")]) == 0
    store.write_anew()
    size, content = store.path.stat().st_size, store.path.read_bytes()
    assert b"CANARY" not in content
    store.write_anew()
    assert (store.path.stat().st_size, store.path.read_bytes()) == (size, content)
    assert store.check() == []
    store.close()
