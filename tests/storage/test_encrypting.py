from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stores import a_store, an_entry, everything, listing
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import NotAStore, StoreBusy, StoreDamaged, StoreProblem
from brm_desktop.storage.copies.backups import BackupKind, backups_of
from brm_desktop.storage.driver import connect, salt_of
from brm_desktop.storage.keys import encrypting
from brm_desktop.storage.keys.encrypted import is_encrypted
from brm_desktop.storage.keys.encrypting import encrypt, go_on, plain_copies, wipe, wipe_remains
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.keys.vault import key_file_beside, lock_away, unlock
from brm_desktop.storage.local_store import LocalStore

WORDS = "correct horse battery"
NAME = "Acme chief"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plain store with a record of every kind and an undone edit, closed."""
    path = tmp_path / "sales.brm"
    with closing(a_store(path)) as store:
        store.write(Change.of((), everything()), an_entry())
        store.write(Change.of(everything(), ()), an_entry(2))
        step = store.step_to_undo()
        assert step is not None
        store.write_step(step, store.change_of_step(step), an_entry(3))
        store.write_settings({"user": "somebody"})
    return path


def _everything_in(path: Path, key: StoreKey | None) -> dict[str, object]:
    """Every row of every table, and what the file says of itself."""
    with closing(connect(path, "immutable", key)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            "schema": connection.execute(
                "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
            ).fetchall(),
            "id": connection.execute("PRAGMA application_id").fetchone(),
            "version": connection.execute("PRAGMA user_version").fetchone(),
            **{
                name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()
                for (name,) in names
            },
        }


def test_an_encrypted_store_has_every_row_the_plain_one_had(path: Path) -> None:
    before = _everything_in(path, None)
    assert NAME.encode() in path.read_bytes()

    key = encrypt(path, WORDS)

    assert _everything_in(path, key) == before
    assert unlock(path, salt_of(path), WORDS) == key
    assert sorted(listing(path.parent)) == ["sales.brm", "sales.brm.keys"]
    assert NAME.encode() not in path.read_bytes()
    with closing(LocalStore(path, key)) as store:
        assert store.check() == []
        redo = store.step_to_redo()
        assert redo is not None
        store.write_step(redo, store.change_of_step(redo), an_entry(4))


def test_what_a_crash_left_in_the_log_is_encrypted_too(path: Path) -> None:
    store = LocalStore(path)
    store.write_settings({"user": "left in the log"})
    names = ("sales.brm", "sales.brm-wal")
    files = {name: (path.parent / name).read_bytes() for name in names}
    store.close()
    for name, content in files.items():
        (path.parent / name).write_bytes(content)
    key = encrypt(path, WORDS)
    assert sorted(listing(path.parent)) == ["sales.brm", "sales.brm.keys"]
    with closing(LocalStore(path, key)) as again:
        assert again.read_settings()["user"] == "left in the log"


def test_a_store_that_is_open_stays_plain(path: Path) -> None:
    with closing(LocalStore(path)), told(StoreBusy, "open"):
        encrypt(path, WORDS)
    assert not is_encrypted(path)
    assert list(listing(path.parent)) == ["sales.brm"]


def test_a_picture_is_not_encrypted(tmp_path: Path) -> None:
    picture = tmp_path / "photo.brm"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
    before = listing(tmp_path)
    with told(NotAStore, r"photo\.brm is not a BRM store"):
        encrypt(picture, WORDS)
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    "step", ["_write_encrypted", "require_same", "lock_away", "_keep_hold", "_put_in_place"]
)
def test_when_a_step_fails_the_store_is_plain_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = _everything_in(path, None)
    monkeypatch.setattr(encrypting, step, fail)
    with told(StoreProblem, "No space left on device"):
        encrypt(path, WORDS)
    assert list(listing(path.parent)) == ["sales.brm"]
    assert _everything_in(path, None) == before


def test_when_it_cannot_take_the_place_the_store_is_plain_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> Path:
        if target.name == "sales.brm":
            raise OSError(13, "Permission denied")
        return replace(self, target)

    before, replace = _everything_in(path, None), Path.replace
    monkeypatch.setattr(Path, "replace", fail)
    with told(StoreProblem, "Permission denied"):
        encrypt(path, WORDS)
    monkeypatch.undo()
    assert _everything_in(path, None) == before
    assert list(listing(path.parent)) == ["sales.brm"]
    key = encrypt(path, WORDS)
    assert sorted(listing(path.parent)) == ["sales.brm", "sales.brm.keys"]
    assert _everything_in(path, key) == before


def test_another_stores_key_file_is_kept_when_encrypting_fails(path: Path) -> None:
    other, salt = StoreKey.random(), b"s" * 16
    lock_away(path, salt, other, WORDS)
    with closing(LocalStore(path)), told(StoreBusy, "open"):
        encrypt(path, WORDS)
    assert unlock(path, salt, WORDS) == other


def test_a_log_that_somebody_else_writes_stops_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = encrypting._keep_hold

    def somebody_writes(log: Path) -> None:
        keep(log)
        monkeypatch.setattr(encrypting, "_keep_hold", keep)
        monkeypatch.setattr(encrypting, "_has_content", lambda _: True)

    monkeypatch.setattr(encrypting, "_keep_hold", somebody_writes)
    with told(StoreBusy, "is open in another program"):
        encrypt(path, WORDS)
    assert not is_encrypted(path)


def test_the_backups_are_encrypted_with_the_same_key(path: Path) -> None:
    at = datetime(2026, 11, 22, 9, 15, tzinfo=UTC)
    with closing(LocalStore(path)) as store:
        store.back_up(BackupKind.BY_HAND, at)
        store.back_up(BackupKind.BEFORE_IMPORT, at)
    before = [_everything_in(one.path, None) for one in backups_of(path)]
    assert len(plain_copies(path)) == 2

    key = encrypt(path, WORDS)

    assert plain_copies(path) == []
    assert [_everything_in(one.path, key) for one in backups_of(path)] == before
    assert {salt_of(one.path) for one in backups_of(path)} == {salt_of(path)}
    assert not [name for name in listing(backups_of(path)[0].path.parent) if "unenc" in name]


def test_the_copies_that_former_versions_left_beside_a_store_are_encrypted_too(path: Path) -> None:
    former = [path.with_name("sales.brm.v2"), path.with_name("sales.brm.v2-12")]
    others = [path.with_name("sales.brm.vcf"), path.with_name("sales2.brm.v2")]
    content = path.read_bytes()
    for one in (*former, *others):
        one.write_bytes(content)
    assert plain_copies(path) == former
    before = _everything_in(former[0], None)

    key = encrypt(path, WORDS)

    assert plain_copies(path) == []
    assert [_everything_in(one, key) for one in former] == [before, before]
    assert [one.read_bytes() for one in others] == [content, content]

    former[0].write_bytes(b"SQLite format 3\x00 and no more")
    assert go_on(path, key) == former[:1]


def test_the_backups_of_a_store_lie_beside_it_and_not_beside_a_link_to_it(path: Path) -> None:
    link = path.parent / "links" / "mine.brm"
    link.parent.mkdir()
    link.symlink_to(path)
    with closing(LocalStore(link)) as store:
        made = store.back_up(BackupKind.BY_HAND, datetime(2026, 11, 22, 9, 15, tzinfo=UTC))
    assert backups_of(path) == backups_of(link) == [made]
    assert plain_copies(link) == [made.path]


def test_a_backup_that_cannot_be_encrypted_is_told_of(path: Path) -> None:
    with closing(LocalStore(path)) as store:
        backup = store.back_up(BackupKind.BY_HAND, datetime(2026, 11, 22, 9, 15, tzinfo=UTC))
    content = bytearray(backup.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    backup.path.write_bytes(content)
    assert isinstance(encrypt(path, WORDS), StoreKey)
    assert plain_copies(path) == [backup.path]
    assert backup.path.read_bytes() == bytes(content)


def test_what_was_plain_is_overwritten_before_it_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plain"
    path.write_bytes(b"Zanzibar" * 200_000)
    seen: list[bytes] = []
    unlink = Path.unlink

    def watched(self: Path, missing_ok: bool = False) -> None:
        seen.append(self.read_bytes())
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", watched)
    wipe(path)
    assert seen == [bytes(1_600_000)]
    assert not path.exists()
    wipe(path)


def test_a_file_that_has_another_name_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "plain"
    path.write_bytes(b"Zanzibar")
    (tmp_path / "other").hardlink_to(path)
    wipe(path)
    assert listing(tmp_path) == {"other": b"Zanzibar"}


def test_remains_of_a_broken_off_encrypting_are_wiped(tmp_path: Path) -> None:
    for name in ("sales.brm.unencrypted", "sales.brm-wal.unencrypted", "sales.brm"):
        (tmp_path / name).write_bytes(b"Zanzibar")
    wipe_remains(tmp_path / "sales.brm")
    assert list(listing(tmp_path)) == ["sales.brm"]


def test_a_disk_without_second_names_encrypts_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    encrypt(path, WORDS)
    assert sorted(listing(path.parent)) == ["sales.brm", "sales.brm.keys"]


def test_a_link_to_a_store_is_followed(path: Path) -> None:
    link = path.with_name("link.brm")
    link.symlink_to(path)
    key = encrypt(link, WORDS)
    assert link.is_symlink()
    with closing(LocalStore(path, key)) as store:
        assert store.check() == []


def test_a_store_that_is_damaged_stays_plain(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 5 :] = b"\xff" * (len(content) - 4096 * 5)
    path.write_bytes(content)
    with told(StoreDamaged, "damaged"):
        encrypt(path, WORDS)
    assert path.read_bytes() == bytes(content)
    assert not key_file_beside(path).exists()
