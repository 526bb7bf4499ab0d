from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from disks import files_no_larger_than
from stores import (
    SITE,
    a_store,
    an_entry,
    changed,
    damage_an_index,
    everything,
    many_accounts,
    person_of,
)
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.language import tr
from brm_desktop.storage import opening
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    opened = a_store(tmp_path / "sales.brm")
    opened.write(Change.of((), everything()), an_entry())
    yield opened
    opened.close()


def _after(store: LocalStore, sql: str) -> list[str]:
    """What check says after somebody meddled with the file."""
    with store._writing() as db:
        db.execute(sql)
    return [tr(sentence) for sentence in store.check()]


def test_a_store_that_was_edited_undone_and_deleted_in_is_sound(store: LocalStore) -> None:
    clerk = person_of(everything(), "Acme clerk")
    edited = changed(clerk, title="Head clerk", power=None, notes="x")
    store.write(Change.of([clerk], [edited]), an_entry(2))
    step = store.step_to_undo()
    assert step is not None
    store.write_step(step, store.change_of_step(step), an_entry(3))
    records = store.load_all()
    store.write(Change.of(records, ()), an_entry(4))
    assert store.check() == []
    store.write(Change.of((), records), an_entry(5))
    assert store.check() == []


def test_a_broken_rule_is_reported(store: LocalStore) -> None:
    clerk = person_of(everything(), "Acme clerk")
    store.write(Change.of([clerk], [changed(clerk, power=101)]), an_entry(2))
    (sentence,) = store.check()
    assert "Acme clerk" in tr(sentence)


def test_a_row_that_is_not_what_its_history_says_is_reported(store: LocalStore) -> None:
    assert _after(store, "UPDATE person SET title = 'King' WHERE id = 'Acme clerk'") == [
        "person Acme clerk is not what its history says."
    ]


def test_a_row_that_vanished_is_reported(store: LocalStore) -> None:
    assert _after(store, "DELETE FROM need") == ["need need Acme is in history only."]


def test_a_row_without_history_is_reported(store: LocalStore) -> None:
    assert _after(store, "DELETE FROM history WHERE kind = 'need'") == [
        "need need Acme is not what its history says.",
        "The history of device 00000000000A11CE has gaps.",
    ]


def test_an_unreadable_row_is_reported_once(store: LocalStore) -> None:
    found = _after(store, "UPDATE person SET birthday = 'soon' WHERE id = 'Acme clerk'")
    assert found[0] == "The store is damaged: person Acme clerk cannot be read."
    assert not any("history" in sentence for sentence in found)


@pytest.mark.parametrize("clock", ['{"name":"0"}', '{"*":"0","shoe_size":"0"}'])
def test_a_clock_that_names_no_field_is_reported(store: LocalStore, clock: str) -> None:
    assert _after(store, f"UPDATE person SET clock = '{clock}' WHERE id = 'Acme clerk'") == [
        "The clock of person Acme clerk is wrong."
    ]


def test_a_clock_that_is_none_is_reported(store: LocalStore) -> None:
    found = _after(store, "UPDATE person SET clock = 'noon' WHERE id = 'Acme clerk'")
    assert "The store is damaged: person Acme clerk cannot be read." in found


def test_a_table_or_index_that_was_changed_is_reported_alone(store: LocalStore) -> None:
    assert _after(store, "DROP INDEX history_by_row") == [
        "The table or index history_by_row is not as it should be."
    ]
    assert "The table or index extra is not as it should be." in _after(
        store, "CREATE TABLE extra (x TEXT)"
    )


def test_a_damaged_page_is_reported(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LOOKED_THROUGH", 0)
    store.close()
    damage_an_index(store.path)
    damaged = LocalStore(store.path)
    assert any(tr(sentence).startswith("The file is damaged:") for sentence in damaged.check())
    damaged.close()


def test_a_damaged_page_of_an_encrypted_store_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LOOKED_THROUGH", 0)
    key = StoreKey(bytes(range(32)))
    store = LocalStore.create(tmp_path / "sales.brm", SITE, key)
    assert store.check() == []
    store.close()
    content = bytearray(store.path.read_bytes())
    content[-4096 - 500 : -4096] = bytes(500)
    store.path.write_bytes(content)
    damaged = LocalStore(store.path, key)
    (sentence,) = damaged.check()
    assert tr(sentence).startswith("The file is damaged: HMAC verification failed for page ")
    damaged.close()


def test_a_check_that_the_disk_breaks_off_says_that_the_disk_failed(tmp_path: Path) -> None:
    store = LocalStore.create(tmp_path / "sales.brm", SITE, StoreKey.random())
    store.write(Change.of((), many_accounts(2, 20)), an_entry())
    with files_no_larger_than(4096), told(StoreProblem, r"disk failed while sales\.brm was"):
        store.check()
    assert store.check() == []
    store.close()
