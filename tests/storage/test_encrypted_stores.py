from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from stores import SITE, an_entry, everything, listing, with_few_rights
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import (
    NewerStore,
    NotAStore,
    StoreDamaged,
    StoreLocked,
    StoreProblem,
    WrongSecret,
)
from brm_desktop.domain.records import (
    Organisation,
    OrganisationId,
    OrganisationKind,
    Record,
    Records,
)
from brm_desktop.storage import opening
from brm_desktop.storage.driver import connect, make_durable, salt_of
from brm_desktop.storage.keys.encrypted import is_encrypted
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.keys.vault import key_file_beside, unlock
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.opening import create_store
from brm_desktop.storage.own_schema import TODAYS_VERSION

KEY = StoreKey(bytes(range(32)))
WRONG = StoreKey(bytes(32))
WORDS = "correct horse battery"
MARKER = "Zanzibar"
MORE = (Organisation(id=OrganisationId("more"), name="More", kind=OrganisationKind.COMPETITOR),)


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """An encrypted store with a record of every kind, closed, its key file beside it."""
    path = tmp_path / "sales.brm"
    store = LocalStore.create(path, SITE, KEY, WORDS)
    store.write(Change.of((), everything()), an_entry())
    store.close()
    return path


def _refused(path: Path, key: StoreKey | None, kind: type[StoreProblem], sentence: str) -> None:
    """Opening is refused with a sentence, and the whole folder stays byte for byte as it was."""
    before = listing(path.parent)
    with told(kind, sentence):
        LocalStore(path, key)
    assert listing(path.parent) == before


def _as_a_crash_leaves_it(path: Path, store: LocalStore) -> None:
    """Close a store, and put its files back as they were when nothing had been written back."""
    files = {name: content for name, content in listing(path.parent).items() if content}
    store.close()
    for name, content in files.items():
        (path.parent / name).write_bytes(content)
    assert files[f"{path.name}-wal"]


def test_an_encrypted_store_keeps_every_kind_of_record(store_file: Path) -> None:
    with closing(LocalStore(store_file, KEY)) as store:
        assert store.load_all() == everything()
        assert (store.key, store.schema, store.check()) == (KEY, TODAYS_VERSION, [])
        assert store.step_to_undo() is not None
    assert sorted(listing(store_file.parent)) == ["sales.brm", "sales.brm.keys"]


def test_a_closed_store_has_dropped_its_key(store_file: Path) -> None:
    store = LocalStore(store_file, KEY)
    store.close()
    assert store.key is None


def test_its_key_file_opens_it(store_file: Path) -> None:
    assert unlock(store_file, salt_of(store_file), WORDS) == KEY


def test_without_a_key_it_is_locked_and_no_foreign_file(store_file: Path) -> None:
    _refused(store_file, None, StoreLocked, r"sales\.brm is encrypted: its passphrase is needed")
    key_file_beside(store_file).unlink()
    _refused(store_file, None, StoreLocked, r"sales\.brm is encrypted: its passphrase is needed")


def test_with_a_wrong_key_nothing_is_written(store_file: Path) -> None:
    _refused(store_file, WRONG, WrongSecret, r"That key does not open sales\.brm")


def test_with_a_wrong_key_nothing_that_a_crash_left_in_the_log_is_lost(store_file: Path) -> None:
    store = LocalStore(store_file, KEY)
    store.write(Change.of((), MORE), an_entry(2))
    _as_a_crash_leaves_it(store_file, store)
    with told(WrongSecret, r"That key does not open sales\.brm"):
        LocalStore(store_file, WRONG)
    with closing(LocalStore(store_file, KEY)) as again:
        assert again.load_all() == Records((*everything(), *MORE))


def test_what_a_crash_left_in_the_log_is_there_again(store_file: Path) -> None:
    store = LocalStore(store_file, KEY)
    store.write(Change.of((), MORE), an_entry(2))
    _as_a_crash_leaves_it(store_file, store)
    with closing(LocalStore(store_file, KEY)) as again:
        assert again.load_all() == Records((*everything(), *MORE))


@pytest.mark.parametrize("end", [4096, 6000])
def test_a_store_torn_while_its_log_was_written_back_is_whole(store_file: Path, end: int) -> None:
    store = LocalStore(store_file, KEY)
    store.write(Change.of((), MORE), an_entry(2))
    with store._reading() as db:
        db.conn.execute("VACUUM")
    _as_a_crash_leaves_it(store_file, store)
    content = bytearray(store_file.read_bytes())
    content[16:end] = Random(7).randbytes(end - 16)
    store_file.write_bytes(content)
    with closing(LocalStore(store_file, KEY)) as again:
        assert again.load_all() == Records((*everything(), *MORE))
        assert again.check() == []


def test_a_newer_encrypted_store_is_left_as_it_is(store_file: Path) -> None:
    with closing(connect(store_file, "rw", KEY)) as connection:
        connection.execute("PRAGMA user_version = 9")
    _refused(store_file, KEY, NewerStore, "written by a newer version of BRM Desktop")


def test_a_newer_encrypted_store_whose_program_was_killed_is_refused_too(store_file: Path) -> None:
    store = LocalStore(store_file, KEY)
    with store._reading() as db:
        db.execute("PRAGMA user_version = 9")
    _as_a_crash_leaves_it(store_file, store)
    with told(NewerStore, "written by a newer version"):
        LocalStore(store_file, KEY)


@pytest.mark.parametrize("broken_off", [False, True])
def test_another_programs_encrypted_database_is_no_store(tmp_path: Path, broken_off: bool) -> None:
    path = tmp_path / "bookmarks.db"
    connection = connect(path, "rwc", KEY)
    make_durable(connection)
    connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.execute("PRAGMA wal_checkpoint(truncate)")
    connection.execute("PRAGMA user_version = 1")
    files = listing(tmp_path)
    connection.close()
    if broken_off:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content or b"")
        path.write_bytes(path.read_bytes()[:16] + Random(7).randbytes(4080))
    with told(NotAStore, r"bookmarks\.db is not a BRM store"):
        LocalStore(path, KEY)


def _no_stores() -> dict[str, bytes]:
    page = Random(3).randbytes(4096)
    return {
        "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40,
        "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200) + page[:3871],
        "notes.txt": ("Wang Min plays chess. " * 800).encode()[:8192],
        "noise of no whole pages": page + b"!",
        "short": b"abc",
        "zeros": bytes(8192),
    }


@pytest.mark.parametrize("name", _no_stores())
def test_a_file_of_another_kind_is_no_store_and_not_encrypted(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(_no_stores()[name])
    assert not is_encrypted(path)
    _refused(path, None, NotAStore, "is not a BRM store")


def test_a_plain_store_is_not_encrypted(tmp_path: Path) -> None:
    LocalStore.create(tmp_path / "plain.brm", SITE).close()
    assert not is_encrypted(tmp_path / "plain.brm")
    assert not is_encrypted(tmp_path)
    assert not is_encrypted(tmp_path / "gone.brm")


def test_an_encrypted_store_is_known_by_its_key_file_or_by_its_noise(store_file: Path) -> None:
    assert is_encrypted(store_file)
    store_file.write_bytes(store_file.read_bytes()[:-100])
    assert is_encrypted(store_file)
    key_file_beside(store_file).unlink()
    assert not is_encrypted(store_file)
    store_file.write_bytes(Random(3).randbytes(8192))
    assert is_encrypted(store_file)


def test_a_file_that_may_not_be_looked_at_is_not_encrypted(store_file: Path) -> None:
    with_few = Path(tempfile.mkdtemp(prefix="brm-"))
    path = with_few / "sales.brm"
    shutil.copy(store_file, path)
    try:
        path.chmod(0o200)
        with_few.chmod(0o755)
        with with_few_rights():
            assert not is_encrypted(path)
        with_few.chmod(0o700)
        with with_few_rights():
            assert not is_encrypted(path)
            with told(StoreProblem, "Permission denied"):
                LocalStore(path)
    finally:
        shutil.rmtree(with_few)


def test_a_link_to_an_encrypted_store_finds_its_key_file(store_file: Path) -> None:
    link = store_file.parent / "elsewhere" / "link.brm"
    link.parent.mkdir()
    link.symlink_to(store_file)
    assert unlock(link, salt_of(link), WORDS) == KEY
    with closing(LocalStore(link, KEY)) as store:
        assert store.load_all() == everything()


def test_a_file_that_goes_while_it_is_looked_at_is_not_encrypted(
    store_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OSError

    key_file_beside(store_file).unlink()
    monkeypatch.setattr(Path, "open", gone)
    assert not is_encrypted(store_file)


def test_a_damaged_page_is_damage_and_no_wrong_key(store_file: Path) -> None:
    content = bytearray(store_file.read_bytes())
    content[4096 * 3 + 50] ^= 1
    store_file.write_bytes(content)
    store_file.with_name("sales.brm-wal").write_bytes(bytes(32))
    with told(StoreDamaged, r"sales\.brm is damaged; restore a backup"):
        LocalStore(store_file, KEY)


def test_looking_at_an_open_store_does_not_give_up_its_lock(store_file: Path) -> None:
    with closing(LocalStore(store_file, KEY)):
        assert is_encrypted(store_file)
        script = (
            "import sys; from pathlib import Path\n"
            "from brm_desktop.domain.errors import StoreBusy\n"
            "from brm_desktop.storage.local_store import LocalStore\n"
            "from brm_desktop.storage.keys.store_key import StoreKey\n"
            "try: LocalStore(Path(sys.argv[1]), StoreKey(bytes(range(32))))\n"
            "except StoreBusy: print('busy')\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", script, str(store_file)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    assert ran.stdout == "busy\n"
    assert ran.stderr == ""


def test_a_wrong_key_is_not_shouted_about_on_standard_error(
    store_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(WrongSecret):
        LocalStore(store_file, WRONG)
    with pytest.raises(StoreLocked):
        LocalStore(store_file)
    assert capfd.readouterr() == ("", "")


def test_the_key_file_stands_before_the_store_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.brm"
    seen: list[tuple[str, list[str]]] = []
    rename = Path.rename

    def watched(self: Path, target: Path) -> Path:
        seen.append((Path(target).name, sorted(listing(tmp_path))))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", watched)
    create_store(path, SITE, KEY, WORDS)
    assert seen == [("new.brm", ["new.brm.keys", "new.brm.part"])]


def test_when_a_store_cannot_have_its_name_its_key_file_goes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with told(StoreProblem, "No space left on device"):
        create_store(tmp_path / "new.brm", SITE, KEY, WORDS)
    assert listing(tmp_path) == {}


def test_when_no_key_file_can_be_written_there_is_no_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening, "lock_away", fail)
    with told(StoreProblem, "No space left on device"):
        create_store(tmp_path / "new.brm", SITE, KEY, WORDS)
    assert listing(tmp_path) == {}


def test_a_name_that_a_log_was_left_under_is_not_taken(tmp_path: Path) -> None:
    log = tmp_path / "new.brm-wal"
    log.write_bytes(b"left")
    with told(StoreProblem, r"new\.brm-wal is left over from a store that is gone"):
        create_store(tmp_path / "new.brm", SITE, KEY, WORDS)
    assert listing(tmp_path) == {"new.brm-wal": b"left"}
    log.write_bytes(b"")
    create_store(tmp_path / "new.brm", SITE, KEY, WORDS)


def _marked(record: Record) -> Any:
    """A record with the marker in every text it has but its ids."""
    marked: dict[str, Any] = {
        field.name: f"{MARKER} {getattr(record, field.name)}"
        for field in fields(record)
        if field.type == "str" and field.name != "id"
    }
    return replace(record, **marked)


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[LocalStore]:
    """An open encrypted store with the marker in every text of every record."""
    records = Records(_marked(record) for record in everything())
    store = LocalStore.create(tmp_path / "sales.brm", SITE, KEY, WORDS)
    store.write(Change.of((), records), an_entry(text=f"An edit of {MARKER}"))
    store.write_settings({"note": MARKER})
    yield store
    store.close()


def test_no_file_of_an_encrypted_store_says_anything_of_it(
    canary: LocalStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert any(MARKER in line.name for line in canary.names(1_000))
    found = [MARKER in repr(record) for record in canary.load_all()]
    assert sum(found) > 15
    (before,) = (content for name, content in listing(tmp_path).items() if name.endswith("-wal"))
    canary.close()
    signs = [MARKER.encode(), MARKER.encode("utf-16-le"), b"CREATE TABLE", KEY.raw, WORDS.encode()]
    signs += [KEY.raw.hex().encode(), KEY.raw.hex().upper().encode()]
    for content in (before, *listing(tmp_path).values()):
        assert content
        assert not [sign for sign in signs if sign in content]
    assert MARKER not in caplog.text


def test_what_is_sorted_spills_nothing_into_temporary_files(canary: LocalStore) -> None:
    with canary._reading() as db:
        built = [line for (line,) in db.execute("PRAGMA compile_options") if "TEMP_STORE" in line]
        (chosen,) = db.execute("PRAGMA temp_store").fetchone()
    assert (built, chosen) == (["TEMP_STORE=2"], 0)
