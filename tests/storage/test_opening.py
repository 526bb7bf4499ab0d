from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from stores import SITE, a_store, an_entry, damage_an_index, everything, listing, with_few_rights
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import (
    NewerStore,
    NotAStore,
    Problem,
    StoreBusy,
    StoreDamaged,
    StoreProblem,
)
from brm_desktop.domain.records import Records
from brm_desktop.storage import opening
from brm_desktop.storage.driver import check_version, connect, make_durable
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.opening import create_store
from brm_desktop.storage.own_schema import TODAYS_VERSION


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """A store with a record of every kind, closed."""
    path = tmp_path / "sales.brm"
    store = a_store(path)
    store.write(Change.of((), everything()), an_entry())
    store.close()
    return path


def _refused(path: Path, kind: type[Problem], sentence: str) -> None:
    """Opening is refused with a sentence, and the whole folder stays byte for byte as it was."""
    before = listing(path.parent)
    with told(kind, sentence):
        LocalStore(path)
    assert listing(path.parent) == before


def test_a_new_store_is_empty_and_one_file(tmp_path: Path) -> None:
    store = a_store(tmp_path / "new.brm")
    assert store.load_all() == Records()
    assert (store.site, store.schema, store.greatest_stamp()) == (SITE, TODAYS_VERSION, None)
    store.close()
    assert list(listing(tmp_path)) == ["new.brm"]


def test_a_store_keeps_every_kind_of_record(store_file: Path) -> None:
    store = LocalStore(store_file)
    assert store.load_all() == everything()
    store.close()


def test_closing_twice_does_no_harm(store_file: Path) -> None:
    store = LocalStore(store_file)
    store.close()
    store.close()


def test_a_store_is_set_up_to_lose_nothing(store_file: Path) -> None:
    store = LocalStore(store_file)
    with store._reading() as db:
        settings = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "locking_mode", "cache_size", "mmap_size")
        }
    store.close()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "cache_size": -65536,
        "mmap_size": 0,
    }


def test_a_picture_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "photo.brm"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
    _refused(path, NotAStore, "photo.brm is not a BRM store")


def test_an_empty_file_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "empty.brm"
    path.touch()
    _refused(path, NotAStore, "empty.brm is not a BRM store")


def test_a_file_cut_off_after_its_header_is_no_store(store_file: Path) -> None:
    store_file.write_bytes(store_file.read_bytes()[:16])
    _refused(store_file, NotAStore, "is not a BRM store")


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_another_programs_database_is_no_store(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(connect(path, "rwc")) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("CREATE TABLE bookmark (url TEXT)")
        connection.commit()
    _refused(path, NotAStore, "bookmarks.db is not a BRM store")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    _refused(tmp_path / "folder", NotAStore, "folder is a folder, not a BRM store")


def test_a_folder_is_named_however_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _refused(Path(), NotAStore, rf"{tmp_path.name} is a folder, not a BRM store")


def test_a_device_is_no_store() -> None:
    with told(NotAStore, "null is not a BRM store"):
        LocalStore(Path(os.devnull))


def test_a_missing_file_is_named_in_full(tmp_path: Path) -> None:
    _refused(tmp_path / "gone.brm", StoreProblem, f"There is no file {tmp_path}/gone.brm")


def test_a_newer_store_is_left_as_it_is(store_file: Path) -> None:
    with closing(connect(store_file, "rw")) as connection:
        connection.execute("PRAGMA user_version = 9")
    _refused(store_file, NewerStore, "written by a newer version of BRM Desktop")


def test_a_newer_store_whose_program_was_killed_is_refused_too(store_file: Path) -> None:
    connection = connect(store_file, "rw")
    make_durable(connection)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA user_version = 9")
    files = listing(store_file.parent)
    connection.close()
    for name, content in files.items():
        (store_file.parent / name).write_bytes(content or b"")
    assert "sales.brm-wal" in files
    with told(NewerStore, "written by a newer version"):
        LocalStore(store_file)


def test_a_store_that_is_open_elsewhere_is_busy(store_file: Path) -> None:
    store = LocalStore(store_file)
    with told(StoreBusy, r"sales\.brm is open here already"):
        LocalStore(store_file)
    store.write(Change.of(everything(), ()), an_entry(2))
    store.close()


def test_a_damaged_store_whose_program_was_killed_is_found_on_opening(store_file: Path) -> None:
    damage_an_index(store_file)
    log = store_file.with_name("sales.brm-wal")
    log.write_bytes(b"\x00" * 32)
    with told(StoreDamaged, r"sales\.brm is damaged; restore a backup"):
        LocalStore(store_file)


def test_a_small_store_that_is_damaged_is_found_on_opening(store_file: Path) -> None:
    damage_an_index(store_file)
    _refused(store_file, StoreDamaged, r"sales\.brm is damaged; restore a backup")


def test_a_large_store_is_looked_through_only_after_a_run_that_was_broken_off(
    store_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LOOKED_THROUGH", 1000)
    damage_an_index(store_file)
    LocalStore(store_file).close()
    store_file.with_name("sales.brm-wal").write_bytes(b"\x00" * 32)
    with told(StoreDamaged, r"sales\.brm is damaged"):
        LocalStore(store_file)


def test_a_sound_store_whose_program_was_killed_opens(store_file: Path) -> None:
    store_file.with_name("sales.brm-wal").write_bytes(b"\x00" * 32)
    store = LocalStore(store_file)
    assert store.load_all() == everything()
    store.close()


def test_a_store_is_not_made_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear")
    with told(StoreProblem, r"There is a file letter\.txt already"):
        create_store(path, SITE)
    assert path.read_text() == "Dear"


def test_a_store_is_not_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with told(StoreProblem, f"There is no folder {tmp_path}/gone"):
        create_store(tmp_path / "gone" / "new.brm", SITE)


def test_what_a_broken_off_making_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "new.brm.part").write_bytes(b"half")
    a_store(tmp_path / "new.brm").close()
    assert list(listing(tmp_path)) == ["new.brm"]


def test_when_making_fails_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening, "_add_site", fail)
    with told(StoreProblem, "could not be read or written: No space left on device"):
        a_store(tmp_path / "new.brm")
    assert listing(tmp_path) == {}


def test_a_system_without_folders_to_sync_makes_stores_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY")
    a_store(tmp_path / "new.brm").close()


def test_a_place_without_a_safe_journal_is_refused(
    store_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "make_durable", lambda _: False)
    _refused(store_file, StoreProblem, "cannot be written safely")
    with told(StoreProblem, r"new\.brm lies where its changes cannot be written safely"):
        create_store(store_file.with_name("new.brm"), SITE)
    assert list(listing(store_file.parent)) == ["sales.brm"]


def test_an_sqlite_that_can_damage_a_store_is_refused() -> None:
    with told(StoreProblem, r"SQLite 3\.51\.2 can damage a store; install .* 3\.51\.3 or later"):
        check_version((3, 51, 2))
    check_version((3, 51, 3))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anybody can reach, for tests without root's rights."""
    folder = Path(tempfile.mkdtemp(prefix="brm-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


@pytest.fixture
def reachable_store(store_file: Path, open_folder: Path) -> Path:
    """The store where anybody can reach it."""
    path = open_folder / store_file.name
    shutil.copy(store_file, path)
    return path


def test_a_read_only_store_is_left_as_it_is(reachable_store: Path) -> None:
    reachable_store.chmod(0o444)
    with with_few_rights():
        _refused(reachable_store, StoreProblem, r"sales\.brm cannot be written: it is read-only")


def test_a_store_that_may_not_be_read_is_refused(reachable_store: Path) -> None:
    reachable_store.chmod(0o200)
    with with_few_rights(), told(StoreProblem, r"sales\.brm cannot be read: permission is denied"):
        LocalStore(reachable_store)


def test_a_store_in_a_read_only_folder_is_left_as_it_is(reachable_store: Path) -> None:
    reachable_store.chmod(0o666)
    reachable_store.parent.chmod(0o555)
    with with_few_rights():
        _refused(reachable_store, StoreProblem, "is read-only, so no store can be kept there")


def test_a_store_is_not_made_in_a_read_only_folder(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with with_few_rights(), told(StoreProblem, "is read-only, so no store can be kept there"):
        create_store(open_folder / "new.brm", SITE)
    assert listing(open_folder) == {}
