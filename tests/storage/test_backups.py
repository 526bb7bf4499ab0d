from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, cast

import pytest
from stores import (
    NOW,
    SITE,
    a_store,
    an_entry,
    damage_an_index,
    everything,
    listing,
    with_few_rights,
)
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreBusy, StoreDamaged, StoreProblem
from brm_desktop.domain.records import Person, PersonId
from brm_desktop.storage import local_store, opening
from brm_desktop.storage.copies import backups, copying
from brm_desktop.storage.copies.backups import (
    Backup,
    BackupKind,
    back_up,
    backups_of,
    folder_of,
    is_due,
    keep_as_replaced,
    keep_key_file,
    remove,
    remove_all,
)
from brm_desktop.storage.driver import connect, salt_of
from brm_desktop.storage.keys.key_file import Hardness, wrap
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.place.holdings import Holding, holding_of

if TYPE_CHECKING:
    from sqlite3 import Connection

DAY = timedelta(days=1)
KEY = StoreKey(bytes(range(32)))


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    found: StoreKey | None = request.param
    return found


@pytest.fixture
def store(tmp_path: Path, key: StoreKey | None) -> LocalStore:
    opened = LocalStore.create(tmp_path / "sales.brm", SITE, key)
    opened.write(Change.of((), everything()), an_entry())
    return opened


def _names(store: LocalStore) -> list[str]:
    return sorted(listing(folder_of(store.path)))


def _daily(store: LocalStore, *days: datetime) -> list[str]:
    for day in days:
        store.back_up(BackupKind.DAILY, day)
    return [name for name in _names(store) if "daily" in name]


def test_a_copy_has_everything_with_the_stores_key(store: LocalStore) -> None:
    made = store.back_up(BackupKind.BY_HAND, NOW)
    assert made.path.name == f"{NOW:%Y-%m-%dT%H%M%S}-by-hand.brm"
    assert (made.kind, made.made_at) == (BackupKind.BY_HAND, NOW)
    assert made.size == made.path.stat().st_size
    copy = LocalStore(made.path, store.key)
    assert copy.load_all() == store.load_all()
    assert copy.check() == []
    copy.close()
    assert made.path.read_bytes().startswith(b"SQLite format 3") == (store.key is None)
    store.close()


def test_what_is_written_while_a_copy_is_made_is_neither_lost_nor_in_it(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = Person(id=PersonId("li"), name="Li")
    write = copying.sizes

    def meanwhile(connection: object) -> dict[str, int]:
        if store.load_all().get(Person, li.id) is None:
            worker = Thread(target=store.write, args=(Change.of((), [li]), an_entry(2)))
            worker.start()
            worker.join(10)
        return write(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "sizes", meanwhile)
    made = store.back_up(BackupKind.DAILY, NOW)
    key = store.key
    store.close()
    with closing(connect(made.path, "immutable", key)) as copy:
        assert copy.execute("SELECT count(*) FROM person WHERE id = 'li'").fetchone() == (0,)
    again = LocalStore(store.path, key)
    assert again.load_all().get(Person, li.id) == li
    assert again.check() == []
    again.close()


def test_seven_daily_copies_are_kept_and_four_weekly_ones(store: LocalStore) -> None:
    _daily(store, *(NOW + DAY * number for number in range(40)))
    found = backups_of(store.path)
    daily = [one.made_at for one in found if one.kind is BackupKind.DAILY]
    weekly = [one.made_at for one in found if one.kind is BackupKind.WEEKLY]
    assert daily == [NOW + DAY * number for number in range(39, 32, -1)]
    assert len(weekly) == 4
    assert [day.isocalendar()[2] for day in weekly] == [1, 1, 1, 1]
    assert len({day.isocalendar()[:2] for day in weekly}) == 4
    store.close()


def test_three_copies_from_before_imports_and_updates_are_kept_together(store: LocalStore) -> None:
    before = (BackupKind.BEFORE_MIGRATION, BackupKind.BEFORE_IMPORT)
    for number in range(6):
        store.back_up(before[number % 2], NOW + DAY * number)
    assert [one.made_at for one in backups_of(store.path)] == [
        NOW + DAY * number for number in (5, 4, 3)
    ]
    store.close()


def test_what_was_made_by_hand_or_replaced_is_never_let_go(store: LocalStore) -> None:
    for number in range(12):
        store.back_up(BackupKind.BY_HAND, NOW + DAY * number)
        keep_as_replaced(store.path, NOW + DAY * number, store.path.with_name("none"))
    assert len(backups_of(store.path)) == 24
    for one in backups_of(store.path):
        remove(one)
    assert backups_of(store.path) == []
    store.close()


@pytest.mark.parametrize("years", [-1, 1])
def test_a_clock_wrong_by_a_year_costs_only_the_oldest_copies(
    store: LocalStore, years: int
) -> None:
    right = [NOW + DAY * number for number in range(7)]
    wrong = [day.replace(year=day.year + years) for day in right[:3]]
    _daily(store, *right, *wrong)
    kept = {one.made_at for one in backups_of(store.path) if one.kind is BackupKind.DAILY}
    assert kept == {*right[3:], *wrong}
    later = [NOW + DAY * number for number in range(10, 14)]
    _daily(store, *later)
    kept = {one.made_at for one in backups_of(store.path) if one.kind is BackupKind.DAILY}
    assert kept >= set(later), "what was made with the right clock again stays"
    assert len(kept) == 7
    store.close()


def test_copies_of_one_second_do_not_overwrite_each_other(store: LocalStore) -> None:
    made = [store.back_up(BackupKind.BY_HAND, NOW) for _ in range(3)]
    assert [one.number for one in made] == [1, 2, 3]
    assert [one.path for one in backups_of(store.path)] == [one.path for one in made[::-1]]
    store.close()


def test_a_daily_copy_is_due_once_a_day(store: LocalStore) -> None:
    assert is_due(store.path, NOW)
    store.back_up(BackupKind.BY_HAND, NOW)
    assert is_due(store.path, NOW)
    store.back_up(BackupKind.DAILY, NOW)
    assert not is_due(store.path, NOW)
    assert is_due(store.path, NOW + DAY)
    store.close()


def test_all_copies_go_with_their_folder(store: LocalStore) -> None:
    remove_all(store.path)
    store.back_up(BackupKind.BY_HAND, NOW)
    remove_all(store.path)
    assert not folder_of(store.path).exists()
    store.close()


def test_other_files_in_the_folder_are_passed_over(store: LocalStore) -> None:
    store.back_up(BackupKind.DAILY, NOW)
    folder = folder_of(store.path)
    for name in ("notes.txt", "2026-13-45T999999-daily.brm", "2026-01-01T000000-odd.brm"):
        (folder / name).write_text("mine")
    (folder / "0000-01-01T000000-daily.brm").touch()
    (folder / "old.part").touch()
    assert len(backups_of(store.path)) == 2
    store.back_up(BackupKind.DAILY, NOW + DAY)
    assert (folder / "notes.txt").read_text() == "mine"
    assert not (folder / "old.part").exists(), "what was broken off is cleared away"
    store.close()


def test_a_store_without_backups_has_none(tmp_path: Path) -> None:
    assert backups_of(tmp_path / "sales.brm") == []


def test_a_damaged_store_is_not_copied_and_no_good_copy_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LOOKED_THROUGH", 0)
    store = a_store(tmp_path / "sales.brm")
    store.write(Change.of((), everything()), an_entry())
    _daily(store, *(NOW + DAY * number for number in range(7)))
    store.close()
    damage_an_index(store.path)
    damaged = LocalStore(store.path)
    before = listing(folder_of(store.path))
    with told(StoreDamaged, r"No backup of sales\.brm was made: .* is damaged"):
        damaged.back_up(BackupKind.DAILY, NOW + DAY * 8)
    assert listing(folder_of(store.path)) == before
    damaged.close()


def test_a_copy_that_did_not_turn_out_gets_no_name(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _daily(store, *(NOW + DAY * number for number in range(7)))
    counts = iter([{"person": 1}, {"person": 2}])
    monkeypatch.setattr(copying, "sizes", lambda _: next(counts))
    with told(StoreDamaged, "did not turn out as the store is"):
        store.back_up(BackupKind.DAILY, NOW + DAY * 8)
    assert [name for name in _names(store) if "daily" in name] == before
    store.close()


def test_a_full_disk_costs_no_copy_and_leaves_no_part(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _daily(store, *(NOW + DAY * number for number in range(7)))

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with told(StoreProblem, r"No backup of sales\.brm was made: .*No space left on device"):
        store.back_up(BackupKind.DAILY, NOW + DAY * 8)
    monkeypatch.undo()
    assert [name for name in _names(store) if "daily" in name] == before
    assert not list(folder_of(store.path).glob("*.part*"))
    store.write(Change.of(everything(), ()), an_entry(2))
    store.close()


def test_a_copy_is_stopped_when_asked(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_ASK_EVERY", 1)
    with told(StoreProblem, "The backup was stopped"):
        store.back_up(BackupKind.DAILY, NOW, lambda: True)
    assert _names(store) == []
    store.back_up(BackupKind.BY_HAND, NOW)
    assert len(_names(store)) == 1, "and goes on when nobody asks"
    store.close()


def test_a_store_that_is_read_at_this_moment_is_copied_later(store: LocalStore) -> None:
    with store._reading() as db:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM person").fetchone()
        with pytest.raises(StoreBusy):
            store.back_up(BackupKind.DAILY, NOW)
        db.conn.rollback()
    store.back_up(BackupKind.DAILY, NOW)
    store.close()


def test_a_folder_that_cannot_be_written_is_told(key: StoreKey | None) -> None:
    with tempfile.TemporaryDirectory(prefix="brm-") as name:
        path = Path(name) / "sales.brm"
        Path(name).chmod(0o755)
        with with_few_rights_in(Path(name)):
            store = LocalStore.create(path, SITE, key)
            folder_of(path).mkdir()
            folder_of(path).chmod(0o555)
            with told(StoreProblem, r"No backup of sales\.brm was made: "):
                store.back_up(BackupKind.DAILY, NOW)
            assert listing(folder_of(path)) == {}
            store.write(Change.of((), everything()), an_entry())
            store.close()
            folder_of(path).chmod(0o755)


@contextmanager
def with_few_rights_in(folder: Path) -> Iterator[None]:
    """Be nobody, in a folder of nobody's."""
    if os.getuid() == 0:
        os.chown(folder, 65534, 65534)
    with with_few_rights():
        yield


def test_the_key_file_goes_with_the_copies_one_for_each_key(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    store = LocalStore.create(path, SITE, KEY)
    keys, soft = path.with_name("sales.brm.keys"), Hardness(64, 1, 1)
    keep_key_file(path)
    files = [wrap(KEY, salt_of(path), words, None, soft) for words in ("first", "second")]
    keys.write_bytes(files[0].to_bytes())
    keep_key_file(path)
    store.back_up(BackupKind.BY_HAND, NOW)
    keys.write_bytes(files[1].to_bytes())
    keep_key_file(path)
    kept = list(folder_of(path).glob("*.keys"))
    assert [one.read_bytes() for one in kept] == [files[1].to_bytes()]
    assert kept[0].stat().st_mode & 0o777 == 0o600
    kept[0].with_name(f"before-{salt_of(path).hex()}.keys").write_bytes(files[0].to_bytes())
    keep_key_file(path)
    assert list(folder_of(path).glob("*.keys")) == kept
    keys.write_text("no key file")
    keep_key_file(path)
    assert list(folder_of(path).glob("*.keys")) == kept
    store.close()


def test_a_store_that_cannot_be_opened_is_kept_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    path.write_bytes(b"broken")
    log = path.with_name("sales.brm-wal")
    log.write_bytes(b"log")
    kept = keep_as_replaced(path, NOW, log)
    assert kept.path.read_bytes() == b"broken"
    assert kept.path.with_name(f"{kept.path.name}-wal").read_bytes() == b"log"
    remove(kept)
    assert listing(folder_of(path)) == {}


def test_the_copy_just_made_is_the_last_to_go() -> None:
    def copy(at: datetime) -> Backup:
        return Backup(Path(f"{at}"), BackupKind.DAILY, at, 1)

    made = copy(NOW)
    others = [copy(NOW + DAY * number) for number in range(1, 10)]
    going = backups.superfluous([*others, made], made)
    assert going == others[:3]


def test_the_folder_is_its_owners_alone(store: LocalStore) -> None:
    with closing(connect(store.path, "immutable", store.key)) as source:
        back_up(store.path, source, BackupKind.DAILY, NOW, store.key)
    assert folder_of(store.path).stat().st_mode & 0o777 == 0o700
    store.close()


def test_others_work_on_while_what_a_store_holds_is_counted(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.holding().counts["person"]

    def counted(connection: Connection, *, encrypted: bool) -> Holding:
        change = Change.of((), [Person(id=PersonId("new"), name="New")])
        other = Thread(target=store.write, args=(change, an_entry(99)), daemon=True)
        other.start()
        other.join(20)
        assert not other.is_alive()
        return holding_of(connection, encrypted=encrypted)

    monkeypatch.setattr(local_store, "holding_of", counted)
    assert store.holding().counts["person"] == before
    monkeypatch.undo()
    assert store.holding().counts["person"] == before + 1


class _Read:
    """A connection to a store that somebody else reads just now."""

    def execute(self, sql: str, _parameters: object = ()) -> _Read:
        assert "wal_checkpoint" in sql
        return self

    def fetchone(self) -> tuple[int, int, int]:
        return 1, 7, 3


def test_no_copy_is_made_while_the_log_cannot_be_written_back(store: LocalStore) -> None:
    own, store._connection = store._connection, cast("Connection", _Read())
    with told(StoreBusy, "in use just now; try again"):
        store.back_up(BackupKind.BY_HAND, NOW)
    store._connection = own
    assert not folder_of(store.path).exists()
    store.back_up(BackupKind.BY_HAND, NOW)
    store.close()
