from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from keychains import KeychainInMemory, keychain
from stores import NOW, a_clock, changed, everything, listing, person_of, put
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import (
    Ambiguous,
    AnotherDevice,
    NewerStore,
    NotAStore,
    NotFound,
    StoreBusy,
    StoreDamaged,
    StoreLocked,
    StoreProblem,
    WrongSecret,
)
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Person, PersonId
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.backups import (
    AccountThenAndNow,
    BackupKind,
    NewestGood,
    accounts_then_and_now,
    backup_named,
    backups_of,
    folder_of,
    newest_good,
    preview,
    restore,
    size_said,
)
from brm_desktop.session.importing import write_import
from brm_desktop.session.protection import Passphrase
from brm_desktop.session.salvaging import salvage
from brm_desktop.session.session import Session
from brm_desktop.storage.copies import replacing
from brm_desktop.storage.copies.copying import never
from brm_desktop.storage.driver import connect, salt_of
from brm_desktop.storage.keys.key_file import Hardness, wrap
from brm_desktop.storage.keys.store_key import StoreKey, recovery_key
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.opening import newest_version
from brm_desktop.storage.place.durable import write_whole
from brm_desktop.storage.rows.writing import Entry

KEY = StoreKey(bytes(range(32)))
SOFT = Hardness(memory_kib=64, passes=1, lanes=1)
LI = Person(id=PersonId("li"), name="Li")


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    found: StoreKey | None = request.param
    return found


@pytest.fixture
def secret(key: StoreKey | None) -> str | None:
    return None if key is None else recovery_key(key)


def _open(path: Path, key: StoreKey | None) -> Session:
    made = LocalStore(path, key) if path.exists() else LocalStore.create(path, 7, key)
    return Session(made, a_clock())


@pytest.fixture
def path(tmp_path: Path, key: StoreKey | None) -> Path:
    """A closed store with a backup from before Li came and the clerk was crowned."""
    path = tmp_path / "sales.brm"
    with _open(path, key) as session:
        session.apply(phrase("Fill"), Change.of((), everything()))
        session.back_up(BackupKind.BY_HAND)
        clerk = person_of(everything(), "Acme clerk")
        put(session, changed(clerk, title="King"), name=phrase("Crown the clerk"))
        put(session, LI)
    return path


def test_a_preview_says_what_was_held_then_and_now(
    path: Path, key: StoreKey | None, secret: str | None
) -> None:
    (backup,) = backups_of(path)
    then = preview(backup, secret)
    with _open(path, key) as session:
        now = session.holding()
        assert session.look_into(backup) == then
    assert (then.counts["person"], now.counts["person"]) == (4, 5)
    assert then.newest_edit == int(NOW.timestamp() * 1000)
    assert (then.encrypted, then.schema) == (key is not None, newest_version())
    assert accounts_then_and_now(then, now) == [AccountThenAndNow("Acme", 2, 2)]
    assert accounts_then_and_now(then, None) == [AccountThenAndNow("Acme", 2, None)]


def test_a_restored_store_is_as_it_was_and_the_present_one_is_kept(
    path: Path, key: StoreKey | None, secret: str | None
) -> None:
    (backup,) = backups_of(path)
    kept = restore(path, backup, secret=secret, clock=a_clock())
    assert kept is not None
    assert kept.kind is BackupKind.REPLACED
    with _open(path, key) as session:
        assert session.all_records() == everything()
        assert session.check() == []
    assert preview(kept, secret).counts["person"] == 5
    assert sorted(listing(path.parent)) == ["sales.brm", "sales.brm.backups"]
    again = restore(path, kept, secret=secret, clock=a_clock())
    with _open(path, key) as session:
        assert session.all_records().get(Person, LI.id) == LI
    assert again is not None
    assert again.path != kept.path


def test_a_restored_store_goes_on_as_another_site_above_all_stamps(
    path: Path, key: StoreKey | None, secret: str | None
) -> None:
    (backup,) = backups_of(path)
    restore(path, backup, secret=secret, clock=a_clock(year=2020))
    store = LocalStore(path, key)
    with store._reading() as db:
        sites = db.execute("SELECT site, own, status FROM site ORDER BY own").fetchall()
    greatest = store.greatest_stamp()
    store.close()
    assert [row[1:] for row in sites] == [(0, "former"), (1, "own")]
    assert int.from_bytes(sites[0][0], "big") == 7 != store.site
    with Session(LocalStore(path, key), a_clock(year=2020)) as session:
        put(session, LI)
        (line,) = session.history("li")
        assert greatest is not None
        assert line.operation > greatest.hex()
        assert line.operation.endswith(f"{store.site:016x}")
        assert session.check() == []


def test_undo_goes_on_after_a_restore(path: Path, key: StoreKey | None, secret: str | None) -> None:
    (backup,) = backups_of(path)
    restore(path, backup, secret=secret, clock=a_clock())
    with _open(path, key) as session:
        put(session, LI)
        session.undo()
        assert session.can_undo() == phrase("Fill")
        session.undo()
        assert session.all_records().all(Account) == {}
        session.redo()
        assert session.all_records() == everything()
        assert session.check() == []


def test_a_store_that_is_open_is_not_replaced(
    path: Path, key: StoreKey | None, secret: str | None
) -> None:
    (backup,) = backups_of(path)
    with _open(path, key) as session:
        with told(StoreBusy, r"sales\.brm is open here already"):
            restore(path, backup, secret=secret, clock=a_clock())
        put(session, changed(LI, title="x"))
        assert session.check() == []
    assert backups_of(path) == [backup]


def test_a_damaged_copy_changes_nothing(path: Path, secret: str | None) -> None:
    (backup,) = backups_of(path)
    content = bytearray(backup.path.read_bytes())
    content[8 * 4096 : 9 * 4096] = b"\xff" * 4096
    backup.path.write_bytes(content)
    before = listing(path.parent)
    with pytest.raises(StoreDamaged):
        restore(path, backup, secret=secret, clock=a_clock())
    assert listing(path.parent) == before


@pytest.mark.parametrize("step", ["copy_whole", "_put_aside", "_bring_key_file", "require_same"])
def test_whatever_fails_the_store_is_as_it_was(
    path: Path,
    key: StoreKey | None,
    secret: str | None,
    step: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (backup,) = backups_of(path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(replacing, step, full)
    with told(StoreProblem, "No space left on device"):
        restore(path, backup, secret=secret, clock=a_clock())
    monkeypatch.undo()
    assert sorted(listing(path.parent)) == ["sales.brm", "sales.brm.backups"]
    with _open(path, key) as session:
        assert session.all_records().get(Person, LI.id) == LI


def test_a_cut_at_any_rename_leaves_the_old_store_or_the_new(
    path: Path, key: StoreKey | None, secret: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is looked at just before and after every rename and removal of the swap."""
    (backup,) = backups_of(path)
    snapshots: list[Path] = []

    def snapshot() -> None:
        place = path.parent.parent / f"{path.parent.name}-cut-{len(snapshots)}"
        shutil.copytree(path.parent, place)
        snapshots.append(place)

    def watched(name: str) -> None:
        real = getattr(Path, name)

        def call(self: Path, *args: object, **named: object) -> object:
            snapshot()
            done = real(self, *args, **named)
            snapshot()
            return done

        monkeypatch.setattr(Path, name, call)

    for name in ("rename", "replace", "unlink"):
        watched(name)
    restore(path, backup, secret=secret, clock=a_clock())
    monkeypatch.undo()
    held = set()
    for place in snapshots:
        with _open(place / path.name, key) as session:
            assert session.check() == []
            held.add(session.counts()["person"])
    assert held == {4, 5}
    assert len(snapshots) > 6


def test_a_log_left_behind_is_never_replayed_on_the_restored_store(
    path: Path, key: StoreKey | None, secret: str | None
) -> None:
    (backup,) = backups_of(path)
    store = LocalStore(path, key)
    store.write(Change.of((), [changed(LI, id=PersonId("wang"))]), _entry(store.site))
    files = {name: content for name, content in listing(path.parent).items() if content}
    store.close()
    for name, content in files.items():
        (path.parent / name).write_bytes(content)
    path.with_name("sales.brm.in-use").unlink(missing_ok=True)
    assert path.with_name("sales.brm-wal").stat().st_size > 0, "as after a crash"
    kept = restore(path, backup, secret=secret, clock=a_clock())
    assert not path.with_name("sales.brm-wal").exists()
    with _open(path, key) as session:
        assert session.all_records() == everything()
    assert kept is not None
    assert preview(kept, secret).counts["person"] == 6, "what was in the log is kept"


def _entry(site: int) -> Entry:
    millis = int(NOW.timestamp() * 1000) + 60_000
    return Entry(phrase("An edit"), Stamp(millis, 0, site), millis, "")


@pytest.mark.parametrize("log", [b"", b"left behind"])
def test_a_store_that_cannot_be_read_is_kept_byte_for_byte(
    path: Path, key: StoreKey | None, secret: str | None, log: bytes
) -> None:
    (backup,) = backups_of(path)
    broken = b"broken" * 1000
    path.write_bytes(broken)
    path.with_name("sales.brm-wal").write_bytes(log)
    kept = restore(path, backup, secret=secret, clock=a_clock())
    assert kept is not None
    assert kept.path.read_bytes() == broken
    assert kept.path.with_name(f"{kept.path.name}-wal").exists() == bool(log)
    with _open(path, key) as session:
        assert session.all_records() == everything()


def test_a_log_that_cannot_be_closed_keeps_the_store_in_its_place(
    path: Path, key: StoreKey | None, secret: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backups_of(path)[-1]
    looks = iter([False, True])
    monkeypatch.setattr(replacing, "_holds_something", lambda _: next(looks))
    with told(StoreProblem, r"The last changes could not be written into sales\.brm"):
        restore(path, backup, secret=secret, clock=a_clock())
    with _open(path, key) as session:
        assert session.all_records().get(Person, LI.id) == LI


def test_a_store_that_is_gone_is_restored(
    path: Path, key: StoreKey | None, secret: str | None
) -> None:
    (backup,) = backups_of(path)
    path.unlink()
    assert restore(path, backup, secret=secret, clock=a_clock()) is None
    with _open(path, key) as session:
        assert session.all_records() == everything()


def test_the_computers_clock_is_used_when_none_is_given(path: Path, secret: str | None) -> None:
    (backup,) = backups_of(path)
    kept = restore(path, backup, secret=secret)
    assert kept is not None
    assert kept.made_at > backup.made_at


def test_a_picture_or_a_newer_store_is_not_restored(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    with _open(path, None) as session:
        made = session.back_up(BackupKind.BY_HAND)
    connection = connect(made.path, "rw")
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    with told(NewerStore, "written by a newer version"):
        restore(path, made, clock=a_clock())
    connection = connect(made.path, "rw")
    connection.execute("PRAGMA application_id = 9")
    connection.close()
    with told(NotAStore, "is not a BRM store"):
        restore(path, made, clock=a_clock())
    made.path.write_bytes(b"\xff\xd8" * 4000)
    with told(NotAStore, "is not a BRM store"):
        restore(path, made, clock=a_clock())


def test_a_copy_brings_its_key_file_along(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    with _open(path, KEY) as session:
        file = wrap(KEY, salt_of(path), "first words", None, SOFT)
        write_whole(path.with_name("sales.brm.keys"), file.to_bytes())
        made = session.back_up(BackupKind.BY_HAND)
    with told(StoreLocked, "its passphrase is needed"):
        preview(made)
    path.with_name("sales.brm.keys").unlink()
    restore(path, made, secret="first words", clock=a_clock())
    (keys,) = tmp_path.glob("*.keys")
    assert keys.read_bytes() == file.to_bytes()
    restore(path, made, secret="first words", clock=a_clock())
    assert list(tmp_path.glob("*.keys")) == [keys]


def test_a_copy_from_before_the_store_was_encrypted_is_restored_plain(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    with _open(path, None) as session:
        made = session.back_up(BackupKind.BY_HAND)
    path.unlink()
    with _open(path, KEY) as session:
        put(session, LI)
        assert session.look_into(made).encrypted is False
    kept = restore(path, made, clock=a_clock())
    assert kept is not None
    with _open(path, None) as session:
        assert session.all_records().get(Person, LI.id) is None
    with _open(kept.path, KEY) as session:
        assert session.all_records().get(Person, LI.id) == LI


def test_a_store_encrypted_anew_is_kept_with_the_key_that_was_given(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    with _open(path, None) as session:
        made = session.back_up(BackupKind.BY_HAND)
    path.unlink()
    _open(path, KEY).close()
    kept = restore(path, made, secret=recovery_key(KEY), clock=a_clock())
    assert kept is not None
    assert preview(kept, recovery_key(KEY)).encrypted


def test_a_backup_is_named_by_its_file_or_the_beginning(path: Path, key: StoreKey | None) -> None:
    with _open(path, key) as session:
        again = session.back_up(BackupKind.BY_HAND)
    first = backups_of(path)[1]
    assert backup_named(path, first.path.name) == first
    assert backup_named(path, str(first.path)) == first
    assert backup_named(path, "newest") == again
    restore(path, again, secret=None if key is None else recovery_key(key), clock=a_clock(hour=23))
    assert backups_of(path)[0].kind is BackupKind.REPLACED
    assert backup_named(path, "newest") == again
    with told(Ambiguous, r"Several backups begin with 2026: 2026-.*\.brm"):
        backup_named(path, "2026")
    for wrong in ("1999", ""):
        with told(NotFound, "has no backup"):
            backup_named(path, wrong)


def test_what_a_restore_put_aside_is_not_offered_for_a_damaged_store(
    path: Path, secret: str | None
) -> None:
    (backup,) = backups_of(path)
    restore(path, backup, secret=secret, clock=a_clock())
    assert len(backups_of(path)) == 2
    assert newest_good(path, secret) == NewestGood(backup, 0)
    assert folder_of(path).is_dir()


def test_of_damaged_copies_the_newest_that_is_whole_is_offered(
    path: Path, key: StoreKey | None, secret: str | None
) -> None:
    (oldest,) = backups_of(path)
    with _open(path, key) as session:
        copies = [session.back_up(BackupKind.BY_HAND) for _ in range(2)]
    assert newest_good(path, secret) == NewestGood(backups_of(path)[0], 0)
    for copy in copies:
        copy.path.write_bytes(copy.path.read_bytes()[: 12 * 4096])
    assert newest_good(path, secret) == NewestGood(oldest, 2)
    oldest.path.write_bytes(b"nothing")
    assert newest_good(path, secret) == NewestGood(None, 3)


def test_a_backup_of_another_key_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    with Session.open(path, create=Passphrase("four quiet words here")) as session:
        backup = session.back_up(BackupKind.BY_HAND)
        first_key = session.recovery_key
    for rest in (path, path.with_name("sales.brm.keys")):
        rest.unlink()
    with Session.open(path, create=Passphrase("another four quiet words")) as session:
        second_key = session.recovery_key
        with told(WrongSecret, r"The backup 2026-.* was made with another passphrase or key"):
            session.look_into(backup)
    before = listing(tmp_path)
    for secret in ("another four quiet words", second_key):
        with told(WrongSecret, r"The backup 2026-.* was made with another passphrase or key"):
            restore(path, backup, secret=secret)
    with told(WrongSecret, "typing mistake"):
        preview(backup, first_key[:-1] + ("0" if first_key[-1] != "0" else "1"))
    assert listing(tmp_path) == before
    assert preview(backup, "four quiet words here").encrypted
    restore(path, backup, secret=first_key)
    with Session.open(path, secret=first_key) as session:
        assert session.recovery_key == first_key


def test_a_backup_without_its_key_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    with Session.open(path, create=Passphrase("four quiet words here")) as session:
        backup = session.back_up(BackupKind.BY_HAND)
        key = session.recovery_key
    for keys in folder_of(path).glob("*.keys"):
        keys.unlink()
    with told(StoreLocked, r"The key file of the backup 2026-.*\.brm is missing: its recovery key"):
        preview(backup, "four quiet words here")
    with told(StoreLocked, "is encrypted: its passphrase is needed"):
        preview(backup)
    assert preview(backup, key).encrypted


def test_a_backup_of_another_computer_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    with (
        keychain(KeychainInMemory()),
        Session.open(path, create=Passphrase("four quiet words here")) as session,
    ):
        backup = session.back_up(BackupKind.BY_HAND)
    with keychain(KeychainInMemory()), pytest.raises(AnotherDevice):
        preview(backup, "four quiet words here")


class Stopped(Exception):
    """What a worker raises when the user stopped it."""


def test_an_import_of_the_window_makes_a_backup_first(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    with _open(path, None) as session:
        change = Change.of((), [LI])
        assert not write_import(session, phrase("Import"), Change(), bool, never).change
        assert backups_of(path) == []
        session.show_written(write_import(session, phrase("Import"), change, bool, never))
        assert [one.kind for one in backups_of(path)] == [BackupKind.BEFORE_IMPORT]
        assert session.all_records().get(Person, LI.id) == LI


def test_an_import_that_is_stopped_or_has_no_backup_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    change = Change.of((), [LI])
    folder_of(path).write_text("in the way")

    def stop() -> None:
        raise Stopped

    with _open(path, None) as session:
        with told(StoreProblem, r"Nothing was imported\. No backup of sales\.brm was made: "):
            write_import(session, phrase("Import"), change, bool, never)
        with pytest.raises(Stopped):
            write_import(session, phrase("Import"), change, stop, lambda: True)
        assert session.all_records().get(Person, LI.id) is None


def test_sizes_are_said_in_megabytes() -> None:
    assert size_said(1_260_000) == "1.3 MB"


def test_what_is_left_of_a_store_is_saved_with_the_protection_it_had(
    path: Path, key: StoreKey | None, secret: str | None, tmp_path: Path
) -> None:
    target = tmp_path / "saved.brm"
    found = salvage(path, target, secret=secret, clock=a_clock())
    assert (found.lost, found.counts["person"]) == ([], 5)
    with _open(target, key) as session:
        assert session.all_records().get(Person, LI.id) == LI


def test_a_passphrase_opens_what_was_saved_under_a_key_of_its_own(tmp_path: Path) -> None:
    path, target = tmp_path / "sales.brm", tmp_path / "saved.brm"
    _open(path, KEY).close()
    words = "correct horse battery"
    file = wrap(KEY, salt_of(path), words, None, SOFT)
    write_whole(path.with_name("sales.brm.keys"), file.to_bytes())
    salvage(path, target, secret=words)
    with Session.open(target, secret=words) as session:
        assert session.is_encrypted
        assert session.recovery_key != recovery_key(KEY)
