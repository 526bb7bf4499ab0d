"""Bad days of the command line: one sentence on standard error, the code of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from disks import SmallDisk
from terminal import Ran, Terminal

from brm_desktop.session.session import Session
from brm_desktop.storage.driver import check_version
from brm_desktop.storage.place import places

PEOPLE = "id,name,title,reports_to_id\n1,Ann,CEO,\n2,Bob,CIO,1\n"
MANY = "id,name,title\n" + "".join(f"{n},Person {n},{'x' * 200}\n" for n in range(1, 6_000))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 4 MB."""
    disk = SmallDisk(tmp_path / "disk")
    yield disk
    disk.go()


def _refused(ran: Ran) -> str:
    """The one sentence of a command that could not do what it should."""
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    return ran.err


def test_an_import_that_finds_the_disk_full_leaves_the_store_as_it_was(
    capsys: pytest.CaptureFixture[str], disk: SmallDisk, tmp_path: Path
) -> None:
    brm = Terminal(capsys, disk.folder / "sales.brm")
    brm.load("Acme", people=PEOPLE)
    many = tmp_path / "many.csv"
    many.write_text(MANY)
    with Session.open(brm.store) as session:
        before = session.all_records()
    disk.fill(leave=400_000)
    said = _refused(brm("import", many, "--account", "Acme"))
    assert "disk is full" in said or "No space left" in said
    disk.free()
    with Session.open(brm.store) as session:
        assert session.all_records() == before
    assert brm.done("check").code == 0
    assert not list(disk.folder.rglob("*.part*"))


def test_an_import_into_a_new_store_that_finds_the_disk_full_leaves_no_store(
    capsys: pytest.CaptureFixture[str], disk: SmallDisk, tmp_path: Path
) -> None:
    brm = Terminal(capsys, disk.folder / "new.brm")
    many = tmp_path / "many.csv"
    many.write_text(MANY)
    disk.fill(leave=600_000)
    said = _refused(brm("import", many, "--account", "Acme"))
    assert "disk is full" in said or "No space left" in said
    assert not brm.store.exists()


def test_a_plan_that_finds_the_disk_full_leaves_the_old_one(
    capsys: pytest.CaptureFixture[str], disk: SmallDisk, sample: Path, tmp_path: Path
) -> None:
    brm = Terminal(capsys, Path(copyfile(sample, tmp_path / "sales.brm")))
    with Session.open(brm.store) as session:
        account = session.portfolio()[0].name
    plan = disk.folder / "plan.pdf"
    plan.write_bytes(b"the old one")
    disk.fill()
    said = _refused(brm("export", "plan", "--account", account, "--out", plan))
    assert "No space left on device" in said
    assert plan.read_bytes() == b"the old one"
    assert sorted(path.name for path in disk.folder.iterdir()) == ["films", "plan.pdf"]


def test_a_store_on_a_read_only_disk_is_refused(
    capsys: pytest.CaptureFixture[str], disk: SmallDisk
) -> None:
    brm = Terminal(capsys, disk.folder / "sales.brm")
    brm.load("Acme", people=PEOPLE)
    with disk.read_only():
        assert "read-only" in _refused(brm("accounts", "--json"))


def test_a_synchronised_folder_is_warned_of_beside_the_result(
    capsys: pytest.CaptureFixture[str], sample: Path, tmp_path: Path
) -> None:
    (tmp_path / "Dropbox").mkdir()
    brm = Terminal(capsys, Path(copyfile(sample, tmp_path / "Dropbox" / "sales.brm")))
    ran = brm.done("accounts", "--json")
    assert ran.json
    assert ran.err.count("sales.brm is in a folder that Dropbox synchronises") == 1
    assert brm.done("accounts", "--json", "--lang", "en").err.count("\n") == 1


def test_a_sample_written_into_a_synchronised_folder_is_warned_of(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "Dropbox").mkdir()
    ran = Terminal(capsys, tmp_path / "Dropbox" / "sales.brm").done("demo")
    assert ran.err.count("sales.brm is in a folder that Dropbox synchronises") == 1


def test_a_store_on_a_network_drive_is_refused_with_the_reason(
    capsys: pytest.CaptureFixture[str],
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brm = Terminal(capsys, Path(copyfile(sample, tmp_path / "sales.brm")))
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"2 1 0:2 / {tmp_path} rw - nfs4 filer:/ rw\n")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    assert f"is on the network drive {tmp_path}, where locks" in _refused(brm("accounts"))
    many = brm.file("people.csv", PEOPLE)
    new = Terminal(capsys, tmp_path / "new.brm")
    assert "is on the network drive" in _refused(new("import", many, "--account", "Acme"))
    assert not new.store.exists()


def test_an_sqlite_that_can_damage_a_store_is_said_before_one_is_opened(
    capsys: pytest.CaptureFixture[str], sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_version, "__defaults__", ((3, 51, 2),))
    brm = Terminal(capsys, sample)
    assert _refused(brm("accounts")).startswith("SQLite 3.51.2 can damage a store; install")


def test_a_sample_that_cannot_be_written_is_spoken_of_by_its_own_name(
    capsys: pytest.CaptureFixture[str], disk: SmallDisk
) -> None:
    brm = Terminal(capsys, disk.folder / "sample.brm")
    with disk.read_only():
        said = _refused(brm("demo"))
        assert said.startswith(f"The folder {disk.folder} is read-only")
    disk.fill(leave=200_000)
    said = _refused(brm("demo"))
    assert "disk is full" in said
    assert "in sample.brm" in said
    assert [path.name for path in disk.folder.iterdir()] == ["films"]


def test_a_backup_is_not_restored_over_a_store_in_use_and_it_is_said_by_whom(
    capsys: pytest.CaptureFixture[str], sample: Path, tmp_path: Path
) -> None:
    brm = Terminal(capsys, Path(copyfile(sample, tmp_path / "sales.brm")))
    brm.done("backup")
    with Session.open(brm.store):
        assert _refused(brm("restore", "--from", "newest")) == "sales.brm is open here already.\n"
