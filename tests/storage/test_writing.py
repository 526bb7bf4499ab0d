from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stores import (
    SITE,
    a_store,
    account_of,
    an_entry,
    changed,
    data_cells,
    everything,
    many_accounts,
    person_of,
)
from told import told

from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.errors import StoreDamaged, StoreProblem
from brm_desktop.domain.records import AccountId, Audience, Person, PersonId, Records
from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage import undo
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.clocks import deletions_in, read_clock

FIRST, SECOND, THIRD = (Stamp(millis, 0, SITE).hex() for millis in (1, 2, 3))
LI = Person(id=PersonId("li"), name="Li", title="Buyer")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    opened = a_store(tmp_path / "sales.brm")
    yield opened
    opened.close()


def _row(store: LocalStore, record_id: str) -> tuple[dict[str, str], Any]:
    with store._reading() as db:
        clock, deleted = db.execute(
            "SELECT clock, deleted FROM person WHERE id = ?", [record_id]
        ).fetchone()
    return read_clock(clock).clock, deleted and json.loads(deleted)


def _history(store: LocalStore) -> list[dict[str, Any]]:
    with store._reading() as db:
        return list(db.query("SELECT * FROM history ORDER BY number"))


def _put(store: LocalStore, millis: int, *records: Person) -> None:
    store.write(Change.put(store.load_all(), *records), an_entry(millis))


def test_one_stamp_stands_for_every_field_of_a_new_row(store: LocalStore) -> None:
    _put(store, 1, LI)
    assert _row(store, "li") == ({"*": FIRST}, None)


def test_an_edit_stamps_the_fields_it_changes(store: LocalStore) -> None:
    _put(store, 1, LI)
    _put(store, 2, changed(LI, title="Chief buyer", power=70))
    assert _row(store, "li") == ({"*": FIRST, "title": SECOND, "power": SECOND}, None)


def test_deleting_leaves_a_stone_that_says_what_the_deleter_had_seen(store: LocalStore) -> None:
    _put(store, 1, LI)
    _put(store, 2, changed(LI, title="Chief buyer"))
    store.write(Change.of(store.load_all(), ()), an_entry(3))
    clock, stone = _row(store, "li")
    assert clock == {"*": FIRST, "title": SECOND}
    assert deletions_in(json.dumps(stone)) == {THIRD: (FIRST, SECOND)}
    assert store.load_all() == Records()
    assert store.counts()["person"] == 0


def test_adding_the_same_id_again_revives_the_row(store: LocalStore) -> None:
    _put(store, 1, LI)
    store.write(Change.of([LI], ()), an_entry(2))
    again = changed(LI, title="")
    _put(store, 3, again)
    assert store.load_all() == Records([again])
    assert _row(store, "li") == ({"*": FIRST, "title": THIRD}, None)


def test_a_row_that_comes_back_as_it_was_is_as_old_as_it_was(store: LocalStore) -> None:
    _put(store, 1, LI)
    store.write(Change.of([LI], ()), an_entry(2))
    _put(store, 3, LI)
    assert _row(store, "li") == ({"*": FIRST}, None)


def test_history_has_a_line_for_each_record_with_what_changed(store: LocalStore) -> None:
    _put(store, 1, LI)
    _put(store, 2, changed(LI, title="", audience=Audience.TEAM))
    store.write(Change.of(store.load_all(), ()), an_entry(3, "Remove", author="me"))
    added, edited, removed = _history(store)
    assert (added["before"], json.loads(added["after"])["title"]) == (None, "Buyer")
    assert added["base"] is None
    assert json.loads(edited["before"]) == {"title": "Buyer", "audience": "private"}
    assert json.loads(edited["after"]) == {"title": "", "audience": "team"}
    assert json.loads(edited["base"]) == {"title": FIRST, "audience": FIRST}
    assert edited["audience"] == "team"
    assert "title" not in json.loads(removed["before"])
    assert removed["after"] is None
    assert read_clock(removed["base"]).clock["title"] == SECOND
    assert [line["sequence"] for line in (added, edited, removed)] == [1, 2, 3]
    assert {line["site"] for line in (added, edited, removed)} == {SITE.to_bytes(8, "big")}
    assert (removed["kind"], removed["row"], removed["author"]) == ("person", "li", "me")
    assert (removed["operation"].hex(), removed["at"]) == (THIRD, 3)
    assert store.greatest_stamp() == Stamp(3, 0, SITE)


def test_edits_of_different_fields_in_one_change_are_written_each_as_it_is(
    store: LocalStore,
) -> None:
    people = [changed(LI, id=PersonId(name), name=name) for name in "abc"]
    _put(store, 1, *people)
    new = [
        changed(people[0], title="x"),
        changed(people[1], power=1),
        changed(people[2], title="y"),
    ]
    store.write(Change.of(people, new), an_entry(2))
    assert store.load_all() == Records(new)


@pytest.mark.parametrize(
    "stale",
    [
        Change.of([changed(LI, title="Seller")], [changed(LI, title="Chief")]),
        Change.of([changed(LI, id=PersonId("wu"))], ()),
        Change.of((), [changed(LI, name="Another Li")]),
    ],
    ids=["edited since", "not there", "there already"],
)
def test_a_change_that_was_not_made_from_the_store_is_a_defect_and_not_written(
    store: LocalStore, stale: Change
) -> None:
    _put(store, 1, LI)
    with pytest.raises(StaleChange):
        store.write(stale, an_entry(2))
    assert store.load_all() == Records([LI])
    assert len(_history(store)) == 1


def test_what_was_deleted_cannot_be_edited(store: LocalStore) -> None:
    _put(store, 1, LI)
    store.write(Change.of([LI], ()), an_entry(2))
    with pytest.raises(StaleChange):
        store.write(Change.of([LI], [changed(LI, title="x")]), an_entry(3))


def test_when_the_disk_is_full_nothing_is_written_and_the_store_goes_on(
    store: LocalStore,
) -> None:
    _put(store, 1, LI)
    before = data_cells(store)
    with store._reading() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 20}")
    with told(StoreProblem, r"The disk is full, so nothing was changed in sales\.brm"):
        store.write(Change.of((), many_accounts(40, 20)), an_entry(2))
    assert data_cells(store) == before
    assert len(_history(store)) == 1
    assert store.step_to_undo() is not None
    assert store.check() == []
    _put(store, 3, changed(LI, title="Chief buyer"))
    assert person_of(store.load_all(), "li").title == "Chief buyer"


def test_a_store_that_was_moved_away_is_not_written(tmp_path: Path, store: LocalStore) -> None:
    _put(store, 1, LI)
    away = store.path.rename(tmp_path / "elsewhere.brm")
    with told(StoreProblem, r"sales\.brm is no longer in its folder; put it back"):
        _put(store, 2, changed(LI, title="Chief buyer"))
    store.path.write_text("another file")
    with told(StoreProblem, "no longer in its folder"):
        _put(store, 2, changed(LI, title="Chief buyer"))
    away.replace(store.path)
    _put(store, 2, changed(LI, title="Chief buyer"))


def test_an_import_of_5000_people_is_one_transaction_that_asks_nothing_for_each(
    store: LocalStore,
) -> None:
    records = many_accounts(1, 5_000)
    said: list[str] = []
    store._connection.set_trace_callback(said.append)
    store.write(Change.of((), records), an_entry(1))
    store._connection.set_trace_callback(None)
    verbs = Counter(statement.split(maxsplit=1)[0] for statement in said)
    assert (verbs["BEGIN"], verbs["COMMIT"], verbs["ROLLBACK"]) == (1, 1, 0)
    row_and_history = 2 * len(records)
    assert row_and_history <= verbs["INSERT"] < row_and_history + 10
    assert verbs.total() - verbs["INSERT"] < 50, "asked for each of them"
    assert store.counts()["person"] == 5_001


def test_a_defect_of_the_program_is_not_dressed_up_as_a_problem(store: LocalStore) -> None:
    with pytest.raises(Exception, match="no such table"), store._reading() as db:
        db.execute("SELECT * FROM nowhere")


def test_a_step_that_fails_last_takes_rows_and_history_back_too(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("defect")

    _put(store, 1, LI)
    with monkeypatch.context() as patch:
        patch.setattr(undo, "add_step", fail)
        with pytest.raises(KeyError):
            _put(store, 2, changed(LI, title="Chief buyer"))
    assert store.load_all() == Records([LI])
    assert len(_history(store)) == 1
    _put(store, 2, changed(LI, title="Chief buyer"))


def test_a_page_that_broke_while_the_store_was_open_is_damage(store: LocalStore) -> None:
    store.write(Change.of((), many_accounts(20, 20)), an_entry())
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096 * 2 :] = b"\x55" * (len(content) - 4096 * 2)
    store.path.write_bytes(content)
    with told(StoreDamaged, r"sales\.brm is damaged; restore a backup"):
        LocalStore(store.path).load_all()


def test_settings_are_kept_beside_the_records(store: LocalStore) -> None:
    store.write_settings({"language": "en", "rules": {"strong_from": 80}})
    store.write_settings({"language": "zh_CN"})
    assert store.read_settings() == {"language": "zh_CN", "rules": {"strong_from": 80}}


def test_undoing_a_step_after_the_store_was_opened_again_brings_back_every_kind(
    tmp_path: Path,
) -> None:
    path = tmp_path / "other.brm"
    store = a_store(path)
    empty = data_cells(store)
    store.write(Change.of((), everything()), an_entry(1, "Import"))
    full = data_cells(store)
    store.write(Change.of(everything(), ()), an_entry(2, "Remove all"))
    for millis, wanted in ((3, full), (4, empty)):
        store.close()
        store = LocalStore(path)
        step = store.step_to_undo()
        assert step is not None
        store.write_step(step, store.change_of_step(step), an_entry(millis))
        assert data_cells(store) == wanted
    assert store.step_to_undo() is None
    step = store.step_to_redo()
    assert step is not None
    store.write_step(step, store.change_of_step(step), an_entry(5))
    assert data_cells(store) == full
    assert store.check() == []
    store.close()


def test_a_step_that_was_changed_elsewhere_is_stale(store: LocalStore) -> None:
    _put(store, 1, LI)
    _put(store, 2, changed(LI, title="Chief buyer"))
    step = store.step_to_undo()
    assert step is not None
    elsewhere = Change.put(store.load_all(), changed(LI, title="Retired"))
    store.write(elsewhere, an_entry(3), undoable=False)
    with pytest.raises(StaleChange):
        store.change_of_step(step)


def test_another_field_changed_elsewhere_does_not_hinder_undoing(store: LocalStore) -> None:
    _put(store, 1, LI)
    _put(store, 2, changed(LI, title="Chief buyer"))
    step = store.step_to_undo()
    assert step is not None
    elsewhere = Change.put(store.load_all(), changed(LI, title="Chief buyer", power=80))
    store.write(elsewhere, an_entry(3), undoable=False)
    store.write_step(step, store.change_of_step(step), an_entry(4))
    assert store.load_all() == Records([changed(LI, power=80)])


def test_undoing_an_addition_never_takes_what_was_written_elsewhere(store: LocalStore) -> None:
    _put(store, 1, LI)
    step = store.step_to_undo()
    assert step is not None
    elsewhere = Change.put(store.load_all(), changed(LI, power=80))
    store.write(elsewhere, an_entry(3), undoable=False)
    with pytest.raises(StaleChange):
        store.change_of_step(step)


def test_undoing_a_removal_is_stale_when_the_record_came_back(store: LocalStore) -> None:
    _put(store, 1, LI)
    store.write(Change.of([LI], ()), an_entry(2))
    step = store.step_to_undo()
    assert step is not None
    store.write(Change.of((), [LI]), an_entry(3), undoable=False)
    with pytest.raises(StaleChange):
        store.change_of_step(step)


def test_the_journal_keeps_the_last_thousand_steps(store: LocalStore) -> None:
    for millis in range(1, 1_011):
        _put_title(store, millis)
    with store._reading() as db:
        assert db.execute("SELECT count(*), min(step) FROM undo_step").fetchone() == (1000, 11)


def _put_title(store: LocalStore, millis: int) -> None:
    old = [LI if millis == 2 else changed(LI, title=f"title {millis - 1}")] if millis > 1 else []
    new = LI if millis == 1 else changed(LI, title=f"title {millis}")
    store.write(Change.of(old, [new]), an_entry(millis))


def test_the_working_set_of_an_account_that_is_not_there_is_empty(store: LocalStore) -> None:
    assert store.load_account(AccountId("nobody")) == Records()
    assert account_of(everything(), "Acme").id == "account Acme"
