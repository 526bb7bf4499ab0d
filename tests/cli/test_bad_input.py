"""Bad input: one sentence, the exit code of the contract, and everything else as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from disks import SmallDisk
from sqlcipher3 import dbapi2 as sqlite
from stores import with_few_rights
from terminal import Ran, Terminal

from brm_desktop.session.session import Session

PEOPLE = "id,name,title,reports_to_id\n1,Ann,CEO,\n2,Bob,CIO,1\n"


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    """A store with one account of two people."""
    terminal = Terminal(capsys, tmp_path / "store.brm")
    terminal.load("Acme", people=PEOPLE)
    return terminal


def _records(brm: Terminal) -> object:
    with Session.open(brm.store) as session:
        return session.all_records()


def _refuses(brm: Terminal, *arguments: object) -> str:
    """Run an import that must be a problem: code 1, one sentence, all tables as they were."""
    before = _records(brm)
    files = sorted(path.name for path in brm.folder.iterdir())

    ran = brm("import", *arguments, "--account", "Acme")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    assert _records(brm) == before
    assert sorted(path.name for path in brm.folder.iterdir()) == files
    assert brm("check").code == 0
    return ran.err


def _rejects(brm: Terminal, text: str, *options: str) -> Ran:
    """Run an import whose good rows are in and whose bad ones are refused."""
    ran = brm("import", brm.file("bad.csv", text), "--account", "Acme", "--json", *options)

    assert ran.code == 3
    assert brm("check").code == 0
    for refused in ran.json["rejected"]:
        assert f"bad.csv, line {refused['line']}: {refused['reason']}" in ran.err
    return ran


def _people(brm: Terminal) -> list[str]:
    shown = brm.done("account", "--account", "Acme", "--json").json
    return sorted(person["name"] for person in shown["people"])


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("name,reports_to\nCy,Di\nDi,Ed\nEd,Cy\n", 4, "circle: Ed → Cy → Di → Ed"),
        ("name,reports_to\nCy,Cy\nDi,\nEd,Di\n", 2, "Cy cannot be their own manager"),
        ("name,reports_to\nCy,Ann\nDi,Zoe\nEd,Di\n", 3, "Nobody is called Zoe"),
    ],
)
def test_a_bad_manager_refuses_the_line_and_keeps_the_person(
    brm: Terminal, text: str, line: int, reason: str
) -> None:
    ran = _rejects(brm, text)

    (refused,) = ran.json["rejected"]
    assert (refused["line"], refused["in_part"]) == (line, True)
    assert reason in refused["reason"]
    assert _people(brm) == ["Ann", "Bob", "Cy", "Di", "Ed"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("name,closeness\nCy,101\nDi,50\n", 2, "closeness is 101"),
        ("name,closeness\nDi,50\nCy,high\n", 3, "closeness is high"),
        ("name,title\nDi,CFO\n,CTO\n", 3, "The row has no name"),
        ("name,title\nDi,CFO\nDi,CTO\n", 3, "Line 2 already says who Di is"),
        ("name,title\nDi,CFO\nCy,CTO,and more\n", 3, "3 cells, the header has 2"),
    ],
)
def test_a_bad_row_is_refused_and_the_good_one_is_in(
    brm: Terminal, text: str, line: int, reason: str
) -> None:
    ran = _rejects(brm, text)

    (refused,) = ran.json["rejected"]
    assert refused["line"] == line
    assert reason in refused["reason"]
    assert _people(brm) == ["Ann", "Bob", "Di"]


def test_two_people_of_one_name_are_not_confused(brm: Terminal) -> None:
    brm.load("Acme", people="id,name,title\n8,Wei,Buyer\n9,Wei,Clerk\n")

    ran = _rejects(brm, "name,phone\nWei,138\nAnn,139\n")

    assert ran.json["rejected"][0]["reason"] == "Wei may be Wei (Buyer), Wei (Clerk)."


def test_a_line_between_unknown_people_is_refused(brm: Terminal) -> None:
    ran = _rejects(brm, "from,to,strength\nAnn,Bob,50\nAnn,Zoe,50\nZoe,Ann,50\nBob,Ann,101\n")

    assert [refused["line"] for refused in ran.json["rejected"]] == [3, 4, 5]
    assert ran.json["created"] == {"influence": 1}


def test_a_wrong_encoding_is_a_problem(brm: Terminal) -> None:
    path = brm.file("bad.csv", "姓名,职务\n王敏,总监\n".encode("gb18030"))

    assert "is not written in utf-8 (line 1)" in _refuses(brm, path, "--encoding", "utf-8")
    assert "No encoding is called martian" in _refuses(brm, path, "--encoding", "martian")


def test_a_column_that_maps_to_nothing_is_a_problem(brm: Terminal) -> None:
    path = brm.file("bad.csv", "name,title\nCy,CFO\n")

    for wish in ("name=Full name", "shoe=title"):
        assert "name, title" in _refuses(brm, path, "--map", wish, "--as", "people")
    assert "has no column body" in _refuses(brm, path, "--where", "body=x")
    assert "No row of bad.csv has title=CTO" in _refuses(brm, path, "--where", "title=CTO")
    unknown = brm.file("unknown.csv", "colour,size\nred,4\n")
    assert "cannot be told from its columns (colour, size)" in _refuses(brm, unknown)


def test_dates_that_may_be_read_in_two_ways_are_a_problem(brm: Terminal) -> None:
    path = brm.file("bad.csv", "name,closeness,assessed_on\nCy,50,05/03/2026\n")

    assert "--dates ymd, dmy or mdy" in _refuses(brm, path)


def test_a_line_of_50_mb_is_a_problem_at_once(brm: Terminal) -> None:
    path = brm.file("bad.csv", b"name,title\n" + b"x" * (50 << 20))
    started = time.perf_counter()

    assert "Line 2 of bad.csv is longer than 1 MB" in _refuses(brm, path)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"name\nA\0nn\n", "NUL characters"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
        (b"PK\x03\x04\x14\0", "an Excel workbook"),
        (b"\x1f\x8b\x08\0broken", "a damaged .gz file"),
        (b'name,title\nCy,"CFO\n', "Line 2"),
    ],
)
def test_what_is_no_table_is_a_problem(brm: Terminal, content: bytes, sentence: str) -> None:
    assert sentence in _refuses(brm, brm.file("bad.csv", content))


def test_a_folder_or_a_missing_file_is_a_problem(brm: Terminal) -> None:
    assert "is a folder, not a file" in _refuses(brm, brm.folder)
    assert "There is no file" in _refuses(brm, brm.folder / "gone.csv")


def test_when_the_second_file_is_bad_the_first_is_not_in_either(brm: Terminal) -> None:
    good = brm.file("good.csv", "name,title\nCy,CFO\n")

    assert "There is no file" in _refuses(brm, good, brm.folder / "gone.csv")


def test_a_rejects_file_that_cannot_be_written_changes_nothing(brm: Terminal) -> None:
    path = brm.file("bad.csv", "name,closeness\nCy,101\nDi,50\n")
    before = _records(brm)

    ran = brm("import", path, "--account", "Acme", "--rejects", brm.folder / "gone" / "rejects.csv")

    assert (ran.code, ran.out) == (1, "")
    assert "gone" in ran.err
    assert _records(brm) == before


def test_a_store_that_is_a_picture_stays_byte_for_byte(brm: Terminal) -> None:
    path = brm.file("p.csv", "name,title\nCy,CFO\n")
    picture = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 40
    brm.store.write_bytes(picture)
    for place in brm.folder.glob("store.brm-*"):
        place.unlink()

    ran = brm("import", path, "--account", "Acme")

    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert brm.store.read_bytes() == picture
    assert sorted(one.name for one in brm.folder.iterdir()) == ["p.csv", "people.csv", "store.brm"]


def test_a_store_of_a_newer_version_stays_byte_for_byte(brm: Terminal) -> None:
    path = brm.file("p.csv", "name,title\nCy,CFO\n")
    newer = sqlite.connect(str(brm.store))
    newer.execute("PRAGMA user_version = 9999")
    newer.commit()
    newer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    newer.close()
    content = brm.store.read_bytes()

    ran = brm("import", path, "--account", "Acme")

    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "newer" in ran.err
    assert brm.store.read_bytes() == content


@pytest.mark.parametrize("store", ["folder", "missing/store.brm"])
def test_a_store_that_cannot_be_is_a_problem(brm: Terminal, store: str) -> None:
    (brm.folder / "folder").mkdir()
    path = brm.file("p.csv", "name,title\nCy,CFO\n")

    ran = brm.plain(
        *("import", str(path), "--account", "A", "--plain", "--store", str(brm.folder / store))
    )

    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert list((brm.folder / "folder").iterdir()) == []


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder into which nobody may write."""
    folder = Path(tempfile.mkdtemp(prefix="brm-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="folders are locked otherwise there")
def test_a_folder_that_is_read_only_is_a_problem(brm: Terminal, locked: Path) -> None:
    table = locked / "p.csv"
    table.write_text("name,title\nCy,CFO\n")
    shutil.copy(brm.store, locked / "store.brm")
    (locked / "store.brm").chmod(0o666)  # for root's tests are somebody else's here
    content = (locked / "store.brm").read_bytes()
    locked.chmod(0o555)
    inside = Terminal(brm._capsys, locked / "store.brm")
    new = Terminal(brm._capsys, locked / "new.brm")

    with with_few_rights():
        ran = inside("import", table, "--account", "Acme")
        made = new("import", table, "--account", "Acme")

    for one in (ran, made):
        assert (one.code, one.out) == (1, "")
        assert "read-only" in one.err
    assert (locked / "store.brm").read_bytes() == content
    assert sorted(path.name for path in locked.iterdir()) == ["p.csv", "store.brm"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 2 MB."""
    disk = SmallDisk(tmp_path / "disk", megabytes=2)
    yield disk
    disk.go()


def test_on_a_full_disk_an_import_changes_nothing(brm: Terminal, disk: SmallDisk) -> None:
    many = "name,title\n" + "".join(f"Person {n},{'x' * 200}\n" for n in range(8_000))
    table = brm.file("many.csv", many)
    small = Terminal(brm._capsys, disk.folder / "store.brm")
    small.done("import", brm.file("few.csv", "name,title\nAnn,CEO\n"), "--account", "Acme")
    before = _records(small)

    ran = small("import", table, "--account", "Acme")

    assert (ran.code, ran.out) == (1, "")
    assert "disk is full" in ran.err
    assert _records(small) == before
    assert small("check").code == 0

    disk.fill()
    new = Terminal(brm._capsys, disk.folder / "new.brm")
    ran = new("import", table, "--account", "Acme")
    assert (ran.code, "disk is full" in ran.err) == (1, True)
    assert not new.store.exists()
