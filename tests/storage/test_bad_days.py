"""Bad days for real: the disk full, read-only or pulled out, the folder gone, the file held.

One sentence each, nothing lost, and the program goes on.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from disks import SmallDisk
from stores import a_clock, changed, data_cells, listing, many_accounts, put
from told import told

from brm_desktop.domain.errors import FileProblem, Problem, StoreBusy, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person, PersonId
from brm_desktop.language import tr
from brm_desktop.session.backups import backups_of
from brm_desktop.session.importing import Wishes, import_files, read_files
from brm_desktop.session.last_store import config_folder, remember_store
from brm_desktop.session.protection import (
    PLAIN,
    Passphrase,
    Protection,
    is_encrypted,
    needs_this_computer,
)
from brm_desktop.session.session import Session
from brm_desktop.storage import migrations as ours
from brm_desktop.storage.copies.backups import BackupKind
from brm_desktop.storage.driver import as_database, connect, make_durable
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.opening import newest_version

LI = Person(id=PersonId("li"), name="Li")
WORDS, OTHER_WORDS = "plum tree on the hill", "nine grey herons"
FULL = r"The disk is full, so nothing was changed in sales\.brm; make room and try again"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 4 MB."""
    disk = SmallDisk(tmp_path / "disk")
    yield disk
    disk.go()


@pytest.fixture(params=["plain", "encrypted"])
def protection(request: pytest.FixtureRequest) -> Protection:
    """Every bad day is one for plain stores and for encrypted ones."""
    return PLAIN if request.param == "plain" else Passphrase(WORDS)


def _opened(path: Path, protection: Protection) -> Session:
    secret = WORDS if isinstance(protection, Passphrase) else None
    return Session.open(path, clock=a_clock(), create=protection, secret=secret)


@pytest.fixture
def session(disk: SmallDisk, protection: Protection) -> Iterator[Session]:
    """A session on a store of one person, on the small disk."""
    session = _opened(disk.folder / "sales.brm", protection)
    put(session, LI)
    yield session
    session.close()


def _notes_until_refused(session: Session) -> int:
    """Edit until the disk takes no more; how many edits were acknowledged."""
    for number in range(1, 2_000):
        li = session.records.one(Person, "li")
        try:
            put(session, changed(li, notes=f"{number} " + "x" * 1_000))
        except StoreProblem as problem:
            said = tr(problem.sentence)
            break
    else:
        raise AssertionError("the disk was never full")
    assert said.startswith("The disk is full, so nothing was changed in sales.brm")
    return number - 1


def _number(session: Session) -> int:
    return int((session.all_records().one(Person, "li").notes or "0").split()[0])


def test_on_a_full_disk_every_acknowledged_edit_stays_and_then_it_goes_on(
    disk: SmallDisk, session: Session, protection: Protection
) -> None:
    disk.fill()
    done = _notes_until_refused(session)
    assert _number(session) == done
    assert session.records == session.all_records()
    disk.free()
    put(session, changed(session.records.one(Person, "li"), notes="99999 "))
    assert session.undo() is not None
    assert _number(session) == done
    session.close()
    with _opened(session.path, protection) as again:
        assert _number(again) == done
        assert again.check() == []


def test_a_full_disk_while_closing_loses_nothing(
    disk: SmallDisk, session: Session, protection: Protection
) -> None:
    put(session, *many_accounts(4, 20))
    wanted = data_cells(session._store)
    disk.fill()
    session.close()
    disk.free()
    with _opened(session.path, protection) as again:
        assert data_cells(again._store) == wanted
        assert again.check() == []


def test_an_import_that_finds_the_disk_full_changes_nothing(
    disk: SmallDisk, session: Session, tmp_path: Path
) -> None:
    rows = "".join(f"{n},Person {n},Buyer of many things\n" for n in range(1, 4_000))
    (tmp_path / "people.csv").write_text(f"id,name,title\n{rows}")
    read = read_files([tmp_path / "people.csv"], Wishes())
    before = data_cells(session._store)
    disk.fill(leave=100_000)
    with told(StoreProblem, "The disk is full|No space left"):
        import_files(session, read, account="Acme")
    assert data_cells(session._store) == before
    assert session.records == session.all_records()
    assert session.undo() == phrase("Put")
    assert session.redo() == phrase("Put")


def test_a_backup_that_finds_the_disk_full_leaves_nothing_behind(
    disk: SmallDisk, session: Session
) -> None:
    session.back_up(BackupKind.DAILY)
    kept = [one.path.read_bytes() for one in backups_of(session.path)]
    disk.fill(leave=30_000)
    with told(StoreProblem, r"No backup of sales\.brm was made: .*(disk is full|No space left)"):
        session.back_up(BackupKind.BY_HAND)
    assert [one.path.read_bytes() for one in backups_of(session.path)] == kept
    assert not list(disk.folder.rglob("*.part*"))
    disk.free()
    put(session, changed(LI, notes="after"))
    session.back_up(BackupKind.BY_HAND)


def test_on_a_full_disk_no_store_is_made_and_nothing_is_left(
    disk: SmallDisk, protection: Protection
) -> None:
    for room in (0, 20_000, 60_000, 150_000):
        disk.fill(leave=room)
        before = set(disk.folder.iterdir())
        with pytest.raises(Problem) as refused:
            _opened(disk.folder / "new.brm", protection)
        assert "full" in tr(refused.value.sentence) or "No space" in tr(refused.value.sentence)
        assert set(disk.folder.iterdir()) == before, f"{room} bytes were free"
        disk.free()
    _opened(disk.folder / "new.brm", protection).close()


def test_a_passphrase_that_cannot_be_written_is_not_changed(disk: SmallDisk) -> None:
    path = disk.folder / "sales.brm"
    with _opened(path, Passphrase(WORDS)) as session:
        disk.fill()
        with told(StoreProblem, "No space left on device"):
            session.change_passphrase(WORDS, OTHER_WORDS)
        disk.free()
    assert not list(disk.folder.glob("*.part"))
    with Session.open(path, clock=a_clock(), secret=WORDS) as again:
        again.change_passphrase(WORDS, OTHER_WORDS)
    Session.open(path, clock=a_clock(), secret=OTHER_WORDS).close()


def test_a_migration_that_finds_the_disk_full_leaves_the_older_store(disk: SmallDisk) -> None:
    path = disk.folder / "sales.brm"
    _older_store(path)
    before = path.read_bytes()
    disk.fill()
    with told(StoreProblem, "disk is full|No space left"):
        LocalStore(path)
    assert path.read_bytes() == before
    disk.free()
    with closing(LocalStore(path)) as store:
        assert store.schema == newest_version()
        assert store.check() == []


def _older_store(path: Path) -> None:
    """A store as the first version of the program made it."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("brm")
    first = ours.migrations._migrations[0]
    steps(name=first.name)(first.fn)
    with closing(connect(path, "rwc")) as connection:
        make_durable(connection)
        steps.apply(as_database(connection))
        connection.execute(
            "INSERT INTO site (site, own, device, rep, applied_sequence, status)"
            " VALUES (?, 1, '', '', 0, 'own')",
            [bytes(8)],
        )
        connection.commit()


def test_settings_that_cannot_be_written_stay_as_they_were(
    disk: SmallDisk, session: Session
) -> None:
    disk.fill()
    _notes_until_refused(session)
    before = session.settings
    with told(StoreProblem, FULL):
        for number in range(1, 500):
            session.change_settings(user=f"{number}" + "x" * 4_000)
            before = session.settings
    assert session.settings == before


def test_the_last_store_that_cannot_be_remembered_is_said_and_no_more(
    disk: SmallDisk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(disk.folder))
    disk.fill()
    with told(FileProblem, "The settings in .* cannot be written: No space left on device"):
        remember_store(tmp_path / "sales.brm")
    assert not list(config_folder().glob("*"))


def test_a_store_on_a_read_only_disk_is_refused_with_the_reason(
    disk: SmallDisk, protection: Protection
) -> None:
    path = disk.folder / "sales.brm"
    _opened(path, protection).close()
    before = listing(disk.folder)
    with disk.read_only():
        with told(StoreProblem, "read-only"):
            _opened(path, protection)
        with told(StoreProblem, "read-only"):
            _opened(disk.folder / "new.brm", protection)
        assert listing(disk.folder) == before


def test_a_stick_that_is_pulled_out_is_missed_in_a_sentence(
    disk: SmallDisk, protection: Protection
) -> None:
    session = _opened(disk.folder / "sales.brm", protection)
    put(session, LI)
    disk.pull()
    for _ in range(3):
        with told(StoreProblem, r"sales\.brm is no longer in its folder; put it back"):
            put(session, changed(LI, notes="lost?"))
    assert session.records.one(Person, "li") == LI
    session.close()


def test_a_folder_that_goes_while_the_store_is_open_is_missed_in_a_sentence(
    tmp_path: Path, protection: Protection
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    session = _opened(folder / "sales.brm", protection)
    put(session, LI)
    folder.rename(tmp_path / "moved")
    with told(StoreProblem, "no longer in its folder"):
        put(session, changed(LI, notes="1"))
    with told(StoreProblem, "no longer in its folder"):
        session.back_up(BackupKind.DAILY)
    (tmp_path / "moved").rename(folder)
    put(session, changed(LI, notes="2"))
    shutil.rmtree(folder)
    with told(StoreProblem, "no longer in its folder"):
        put(session, changed(LI, notes="3"))
    assert session.records.one(Person, "li").notes == "2"
    session.close()


def test_a_file_put_in_the_stores_place_is_not_written(
    tmp_path: Path, protection: Protection
) -> None:
    session = _opened(tmp_path / "sales.brm", protection)
    put(session, LI)
    mine = session.path.rename(tmp_path / "mine.brm")
    session.path.write_text("another's")
    with told(StoreProblem, "no longer in its folder"):
        put(session, changed(LI, notes="1"))
    with told(StoreProblem, "no longer in its folder"):
        session.back_up(BackupKind.DAILY)
    assert session.path.read_text() == "another's"
    mine.replace(session.path)
    put(session, changed(LI, notes="2"))
    session.close()
    with _opened(session.path, protection) as again:
        assert again.records == session.records


HOLD = """
import sys
from pathlib import Path
from brm_desktop.session.session import Session
session = Session.open(Path(sys.argv[1]), secret=sys.argv[2] or None)
print("open", flush=True)
sys.stdin.read()
"""


def test_a_store_that_another_program_holds_is_left_to_it_and_then_opens(
    tmp_path: Path, protection: Protection
) -> None:
    path = tmp_path / "sales.brm"
    _opened(path, protection).close()
    words = protection.text if isinstance(protection, Passphrase) else ""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    for _ in range(2):
        with told(StoreBusy, rf"sales\.brm is open in another .*process {other.pid}"):
            _opened(path, protection)
    other.communicate("")
    _opened(path, protection).close()


def test_the_lock_holds_however_often_the_file_is_looked_at_meanwhile(
    tmp_path: Path, protection: Protection
) -> None:
    with _opened(tmp_path / "sales.brm", protection) as session:
        put(session, LI)
        is_encrypted(session.path)
        needs_this_computer(session.path)
        session.back_up(BackupKind.BY_HAND)
        words = protection.text if isinstance(protection, Passphrase) else ""
        other = subprocess.run(
            [sys.executable, "-c", HOLD, str(session.path), words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "StoreBusy" in other.stderr
        assert "open" not in other.stdout
