"""The asset in a folder: what is a bundle there, what cannot be read or written, what is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asset_reps import ABOUT, DAY, NOW, Rep, invited
from disks import SmallDisk
from folder_merging import (
    PEOPLE,
    answers_to,
    end_of,
    make_asset,
    open_asset,
    send_letter,
    week_sent,
)
from stores import listing
from told import told

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.membership import SiteRole
from brm_desktop.exchange import bundle_lines
from brm_desktop.storage import opening
from brm_desktop.storage.folder.door import FolderDoor
from brm_desktop.storage.folder.letterbox import Letterbox
from brm_desktop.storage.folder.letting_go import Keeper
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.place.places import System
from brm_desktop.storage.sharing import engine
from brm_desktop.storage.sharing.asset import MergeReport

SUPPORT = Path(__file__).resolve().parent.parent / "support"


def test_half_copied_files_links_and_other_things_are_no_bundles(tmp_path: Path) -> None:
    (rep, *_) = week_sent(tmp_path)
    inbox = tmp_path / "shared" / "inbox"
    whole = next((inbox / rep.site).glob("0*.brmb"))
    (inbox / rep.site / ".000000000001.brmb.part").write_bytes(b"half")
    (inbox / rep.site / "000000000001.brmb.part").write_bytes(b"half")
    (inbox / rep.site / "old.brmb.refused").write_bytes(b"x")
    (inbox / rep.site / "folder.brmb").mkdir()
    (inbox / "notes.txt").write_bytes(b"x")
    (inbox / "ABCDEF").mkdir()
    (inbox / "ABCDEF" / "1.brmb").write_bytes(b"x")
    (inbox / ("f" * 16)).write_bytes(b"no folder")
    (inbox / rep.site / "link.brmb").symlink_to(whole)

    with open_asset(tmp_path) as (asset, port):
        assert len(port.waiting()) == 18
        assert [one.name.rpartition(".")[2] for one in port.waiting()][:2] == ["brmr", "brmb"]
        assert asset.merge(NOW).bundles == 15


def test_a_bundle_that_is_refused_stays_under_another_name(tmp_path: Path) -> None:
    make_asset(tmp_path)
    door = FolderDoor(tmp_path / "shared")
    door.send("a" * 16, "1.brmb", b"no bundle")
    with open_asset(tmp_path) as (asset, _):
        (trouble,) = asset.merge(NOW).troubles
        assert trouble.state == "refused"
        assert asset.merge(NOW).troubles == []
    kept = tmp_path / "shared" / "inbox" / ("a" * 16) / "1.brmb.refused"
    assert kept.read_bytes() == b"no bundle"
    door.close()


def test_what_cannot_be_taken_away_is_known_when_it_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    week_sent(tmp_path)

    def refuse(path: Path, *_: Any) -> None:
        raise OSError(30, "Read-only file system", str(path))

    with open_asset(tmp_path) as (asset, port):
        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", refuse)
            for letter in port.waiting():
                port.settle(letter, asset.receive(letter, NOW).state)
        assert len(port.waiting()) == 18
        report = asset.merge(NOW)
        assert (report.bundles, report.troubles) == (0, [])
        assert port.waiting() == []


def test_the_same_bundle_sent_twice_is_one_file(tmp_path: Path) -> None:
    make_asset(tmp_path)
    door = FolderDoor(tmp_path / "shared")
    content = tmp_path / "x"
    content.write_bytes(b"content" * 300_000)
    for source in (content, content.read_bytes(), content):
        door.send("a" * 16, "1.brmb", source)
    inbox = tmp_path / "shared" / "inbox" / ("a" * 16)
    assert set(listing(inbox)) == {"1.brmb"}
    assert (inbox / "1.brmb").read_bytes() == content.read_bytes()


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    door = FolderDoor(tmp_path / "gone")
    with told(StoreProblem, "There is no folder .*gone"):
        door.send("a" * 16, "1.brmb", b"x")
    with told(StoreProblem, "cannot be read or written: No such file or directory; nothing is"):
        door.fetch("a" * 16, 0)
    make_asset(tmp_path)
    assert FolderDoor(tmp_path / "shared").fetch("a" * 16, 0) is None
    shutil.rmtree(tmp_path / "shared" / "inbox")
    with (
        open_asset(tmp_path) as (asset, _),
        told(StoreProblem, "inbox is missing: the shared asset is not as it was made, or its"),
    ):
        asset.merge(NOW)
    shutil.rmtree(tmp_path / "shared")
    with told(StoreProblem, "There is no folder .*shared"), open_asset(tmp_path):
        pass


def test_a_card_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "asset.json").mkdir()
    with told(StoreProblem, "cannot be read or written: Is a directory"):
        Letterbox(tmp_path).card()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    made = SmallDisk(tmp_path / "disk")
    yield made
    made.go()


def test_a_full_or_read_only_folder_loses_nothing(tmp_path: Path, disk: SmallDisk) -> None:
    start = tmp_path / "start"
    start.mkdir()
    reps = week_sent(start)
    shutil.move(start / "shared", disk.folder / "shared")
    (start / "shared").symlink_to(disk.folder / "shared")
    before = len(list((disk.folder / "shared" / "inbox").rglob("*.brmb")))
    with (
        disk.read_only(),
        open_asset(start) as (asset, _),
        told(StoreProblem, "Read-only file system"),
    ):
        asset.merge(NOW)
    assert len(list((disk.folder / "shared" / "inbox").rglob("*.brmb"))) == before
    big = tmp_path / "big"
    big.write_bytes(bytes(200_000))
    disk.fill(leave=50_000)
    with told(StoreProblem, "No space left on device; nothing is lost, try again"):
        FolderDoor(disk.folder / "shared").send(reps[0].site, "x.brmb", big)
    assert not list((disk.folder / "shared").rglob("*.part"))
    disk.free()

    with open_asset(start) as (asset, _):
        assert asset.merge(NOW).troubles == []
    assert end_of(start)[1] == [(rep.site, 5 * PEOPLE) for rep in reps]


def test_an_answer_that_finds_no_room_is_one_sentence_and_comes_with_the_next_run(
    tmp_path: Path, disk: SmallDisk
) -> None:
    start = tmp_path / "start"
    start.mkdir()
    reps = week_sent(start)
    shutil.move(start / "shared", disk.folder / "shared")
    (start / "shared").symlink_to(disk.folder / "shared")
    with open_asset(start) as (asset, port):
        for letter in port.waiting():
            port.settle(letter, asset.receive(letter, NOW).state)
        disk.fill()
        with told(StoreProblem, "No space left on device"):
            asset.merge(NOW)
        disk.free()
        asset.merge(NOW)
    assert all(len(answer) == PEOPLE for answer in answers_to(start, reps))


def test_a_database_that_is_full_takes_nothing_of_a_bundle(tmp_path: Path, disk: SmallDisk) -> None:
    reps = week_sent(tmp_path)
    home = disk.folder / "home"
    home.mkdir()
    shutil.copy(tmp_path / "asset.db", home / "asset.db")
    (home / "shared").symlink_to(tmp_path / "shared")
    report = MergeReport()
    with open_asset(home) as (asset, _):
        disk.fill(leave=100_000)
        with told(StoreProblem, "The disk is full, so nothing was changed in asset.db"):
            report = asset.merge(NOW)
    disk.free()
    assert report.bundles == 0
    with open_asset(home) as (asset, _):
        assert asset.merge(NOW).troubles == []
    assert end_of(home)[1] == [(rep.site, 5 * PEOPLE) for rep in reps]


def test_a_database_on_a_network_drive_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = System.here()
    mounts = f"1 1 0:1 / {tmp_path} rw - nfs server:/x rw\n"
    there = System("linux", here.home, {}, mounts, lambda _path: False, lambda _path: ())
    monkeypatch.setattr(
        opening, "refuse_network", lambda path: opening_of(path, there), raising=True
    )
    with told(StoreProblem, "asset.db is on the network drive .*, where locks do not hold"):
        make_asset(tmp_path)
    assert set(listing(tmp_path)) == set()


def opening_of(path: Path, system: System) -> None:
    """Refuse as the program does, on a described computer."""
    from brm_desktop.storage.place.places import refuse_network

    refuse_network(path, system)


def test_a_letterbox_answers_as_another_does(tmp_path: Path) -> None:
    one, two = Letterbox(tmp_path / "one"), Letterbox(tmp_path / "two")
    for box in (one, two):
        box.make()

    def answer(path: Path) -> None:
        path.write_bytes(b"answer")

    one.deliver("a" * 16, answer)
    two.answer_as(one, "a" * 16)
    path = two.fetch("a" * 16)
    assert path is not None
    assert path.read_bytes() == b"answer"
    one.deliver("a" * 16, None)
    two.answer_as(one, "a" * 16)
    assert two.fetch("a" * 16) is None


def test_an_asset_whose_card_finds_no_room_is_not_made(tmp_path: Path, disk: SmallDisk) -> None:
    store = LocalStore.create(tmp_path / "asset.db", 1 << 60)
    disk.fill()
    with told(StoreProblem, "No space left on device"):
        FolderPort.create(disk.folder / "shared", store, ABOUT, lambda: NOW)
    LocalStore(tmp_path / "asset.db").close()


def test_of_old_history_one_line_a_row_is_left_and_none_of_what_is_gone(tmp_path: Path) -> None:
    make_asset(tmp_path)
    rep = Rep(1)
    send_letter(tmp_path, rep.registration("code 1"))
    with open_asset(tmp_path) as (asset, port):
        invited(asset, rep)
        for power in range(4):
            rep.write("organisation", "o", name=f"Acme {power}", kind="customer")
            rep.write("person", "p", name=f"by {power}", organisation="o", power=power)
            rep.write("person", "q", name=f"by {power}", organisation="o", power=power)
            send_letter(tmp_path, rep.letter())
            asset.merge(NOW)
        rep.delete("person", "q")
        send_letter(tmp_path, rep.letter())
        asset.merge(NOW)
        with port.store.transaction() as db:
            (lines,) = db.execute("SELECT count(*) FROM history WHERE row = 'p'").fetchone()
            assert lines == 4
            Keeper(db).prune(0, NOW + 1)
            left = db.execute("SELECT row, before, after FROM history ORDER BY row").fetchall()
        assert [(row, before) for row, before, _ in left] == [("o", None), ("p", None)]
        assert '"by 3"' in left[1][2]
        assert port.store.check() == []


def test_what_is_too_much_for_one_answer_comes_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_asset(tmp_path)
    author, reader = Rep(1), Rep(2)
    for rep in (author, reader):
        send_letter(tmp_path, rep.registration(f"code {rep.number}"))
    with open_asset(tmp_path) as (asset, _):
        for rep in (author, reader):
            invited(asset, rep)
        for day in range(5):
            for n in range(4):
                author.write("person", f"p{day}{n}", name=f"{day}{n}")
            send_letter(tmp_path, author.letter())
            asset.merge(NOW)
        monkeypatch.setattr(bundle_lines, "LINES", 14)
        monkeypatch.setattr(engine, "PART", 9)
        (tmp_path / "shared" / "outbox" / reader.site / "reply.brmb").unlink()
        with monkeypatch.context() as patched:
            patched.setattr(engine, "PART", 100)
            troubles = asset.merge(NOW + DAY).troubles
            assert [one.state for one in troubles] == ["parked", "parked"]
        seen = []
        for _ in range(4):
            send_letter(tmp_path, reader.letter())
            asset.merge(NOW)
            path = FolderDoor(tmp_path / "shared").fetch(reader.site, 0)
            assert path is not None
            reader.read(path)
            seen.append(len(reader.sees()))
        assert seen == [8, 16, 20, 20]
        asset.move(reader.site, SiteRole.HEAD_OFFICE, "")
        report = asset.merge(NOW)
        (trouble,) = report.troubles
        assert trouble.name == f"{reader.site}/reply"
        assert report.replies == 1, "nobody else waits for that"
