"""Commands of the administrator and the merger, as scripts run them."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from asset_reps import Rep
from bundling import keys_of
from terminal import Terminal

from brm_desktop.exchange.bundles import bundle_bytes
from brm_desktop.exchange.invitations import (
    Registration,
    read_invitation,
    registration_header,
    registration_lines,
)
from brm_desktop.language import day
from brm_desktop.session.clock import SystemClock
from brm_desktop.storage.folder.door import FolderDoor


@pytest.fixture
def brm(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Terminal(capsys, tmp_path / "unused.brm")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shared"


def _join(brm: Terminal, folder: Path, number: int, team: str = "一部") -> Rep:
    """A rep who was invited by command, and whose registration lies in the inbox."""
    file = folder.parent / f"{number}.brmi"
    ran = brm.plain(
        *("asset", "enrol", "--asset", str(folder), "--rep", f"rep {number}"),
        *("--team", team, "--out", str(file)),
    )
    assert ran.code == 0, ran.err
    assert f"invites rep {number} until" in ran.out
    invited = read_invitation(file)
    rep = Rep(number, now=SystemClock().millis())
    told = Registration(rep.site, "laptop", "", rep.keys.public, invited.code)
    header = registration_header(invited.asset, told, 4)
    content, _ = bundle_bytes(header, registration_lines(told), [invited.keys], rep.keys)
    FolderDoor(folder).send(rep.site, "registration.brmr", content)
    return rep


def _push(folder: Path, rep: Rep) -> None:
    invited = read_invitation(folder.parent / f"{rep.number}.brmi")
    letter = rep.letter(asset=invited.asset, to=invited.keys)
    FolderDoor(folder).send(rep.site, letter.name.rpartition("/")[2], letter.source)


def _create(brm: Terminal, folder: Path) -> None:
    ran = brm.plain(
        *("asset", "create", "--asset", str(folder), "--name", "华东", "--company", "我们"),
        "--plain",
    )
    assert ran.code == 0, ran.err
    assert "The shared asset 华东 is made in" in ran.out
    assert "Its database is on this computer: " in ran.out


def test_an_asset_is_made_joined_merged_and_looked_at(brm: Terminal, folder: Path) -> None:
    _create(brm, folder)
    one, two = _join(brm, folder, 1), _join(brm, folder, 2)
    one.write("person", "p1", name="李雷")
    _push(folder, one)
    where = ("--asset", str(folder))

    merged = brm.plain("sync", "merge", *where, "--json")
    assert merged.code == 0
    assert merged.json == {
        "bundles": 1,
        "operations": 1,
        "records": 1,
        "enrolled": [one.site, two.site],
        "replies": 2,
        "conflicts": 0,
        "troubles": [],
    }
    assert "Bundles: 3 of 3" in merged.err
    status = brm.plain("asset", "status", *where, "--json").json
    assert status["counts"] == {"person": 1}
    assert [member["rep"] for member in status["members"]] == ["rep 1", "rep 2"]
    assert status["members"][0]["lease_until"] is not None
    said = brm.plain("asset", "status", *where)
    assert said.code == 0
    assert "rep 1 · rep · 一部 · 0000000000000001 · active · " in said.out
    now = datetime.now().astimezone()
    today = day(now.date())
    assert f"rep 2 · rep · 一部 · 0000000000000002 · active · {today}, " in said.out
    assert "person  1" in said.out
    assert status["invited"] == []
    letter = folder.parent / "later.brmi"
    made = brm.plain(
        *("asset", "enrol", *where, "--rep", "Li Lei", "--team", "一部", "--out", str(letter))
    )
    until = day((now + timedelta(days=14)).date())
    assert made.out.endswith(f"invites Li Lei until {until}.\n")
    (invited,) = brm.plain("asset", "status", *where, "--json").json["invited"]
    assert (invited["rep"], invited["role"], invited["team"]) == ("Li Lei", "rep", "一部")
    line = f"Li Lei · rep · 一部 · invited, has until {until}, "
    assert line in brm.plain("asset", "status", *where).out


def test_what_stays_open_is_listed_and_the_exit_code_says_so(brm: Terminal, folder: Path) -> None:
    _create(brm, folder)
    rep = _join(brm, folder, 1)
    rep.skew = 3_600_000
    rep.write("person", "p1", name="李雷")
    _push(folder, rep)
    where = ("--asset", str(folder))

    merged = brm.plain("sync", "merge", *where)
    assert merged.code == 3
    assert "quarantined. Your computer's clock was" in merged.out
    assert "Bundles merged: 0" in merged.out
    assert "Devices enrolled: 1" in merged.out
    again = brm.plain("sync", "merge", *where, "--json")
    assert again.code == 3
    (trouble,) = again.json["troubles"]
    assert (trouble["state"], trouble["from"], trouble["to"]) == ("quarantined", 1, 1)
    assert "quarantined. Your" in brm.plain("asset", "status", *where).out
    (same,) = brm.plain("asset", "status", *where, "--json").json["troubles"]
    assert same == trouble


def test_conflicts_are_counted_and_the_exit_code_says_so(brm: Terminal, folder: Path) -> None:
    _create(brm, folder)
    one, two = _join(brm, folder, 1), _join(brm, folder, 2)
    for rep, name in ((one, "李雷"), (two, "李磊")):
        rep.write("person", "p1", name=name)
        _push(folder, rep)
    merged = brm.plain("sync", "merge", "--asset", str(folder))
    assert merged.code == 3
    assert "1 field holds more than one thing that was written at the same time." in merged.out


def test_members_are_moved_and_revoked(brm: Terminal, folder: Path) -> None:
    _create(brm, folder)
    _join(brm, folder, 1)
    _join(brm, folder, 2)
    where = ("--asset", str(folder))
    brm.plain("sync", "merge", *where)

    moved = brm.plain("asset", "move", *where, "--rep", "rep 1", "--role", "office", "--json")
    (member,) = moved.json["members"]
    assert (member["role"], member["team"]) == ("office", "一部")
    said = brm.plain("asset", "move", *where, "--rep", "rep 1", "--team", "二部")
    assert "rep 1 · office · 二部" in said.out
    revoked = brm.plain("asset", "revoke", *where, "--rep", "rep 1", "--json").json["members"]
    assert [(one["status"], one["revoked_at"]) for one in revoked] == [("revoked", 0)]
    said = brm.plain("asset", "revoke", *where, "--site", "0000000000000002", "--at", "4")
    assert "rep 2 · rep · 一部 · 0000000000000002 · revoked" in said.out
    for wrong in ((), ("--site", "1", "--rep", "x")):
        ran = brm.plain("asset", "revoke", *where, *wrong)
        assert ran.code == 2
        assert "Give one of --site SITE or --rep NAME." in ran.err
    nobody = brm.plain("asset", "revoke", *where, "--rep", "nobody")
    assert (nobody.code, nobody.err.strip()) == (1, "No device or rep nobody is enrolled here.")


def test_a_person_is_erased_only_when_that_is_meant(
    brm: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _create(brm, folder)
    rep = _join(brm, folder, 1)
    for row in ("p1", "p2"):
        rep.write("person", row, name=f"李雷{row}")
    _push(folder, rep)
    where = ("--asset", str(folder))
    brm.plain("sync", "merge", *where)

    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    asked = brm.plain("asset", "erase", *where, "--person", "李雷p1")
    assert asked.code == 130
    assert "Erase 1 record about 李雷p1? Nobody can bring it back." in asked.err
    nobody = brm.plain("asset", "erase", *where, "--person", "nobody")
    assert (nobody.code, nobody.err.strip()) == (1, "There is nothing of nobody here.")
    erased = brm.plain("asset", "erase", *where, "--person", "李雷p1", "--yes", "--json")
    assert erased.json == {"erased": [{"kind": "person", "id": "p1"}]}
    said = brm.plain("asset", "erase", *where, "--person", "p2", "--yes")
    assert "1 record erased." in said.out
    assert "Backups of the asset still hold it" in said.err
    assert brm.plain("asset", "status", *where, "--json").json["counts"] == {}


def test_an_encrypted_asset_tells_its_recovery_key_once(
    brm: Terminal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = ("asset", "create", "--asset", str(folder), "--name", "A", "--company", "C", "--json")
    assert "needs a passphrase" in brm.plain(*create).err
    assert not folder.exists()
    monkeypatch.setenv("BRM_PASSPHRASE", "four quiet words")
    made = brm.plain(*create)
    assert made.json["encrypted"]
    assert "Recovery key of" in made.err
    assert brm.plain("asset", "status", "--asset", str(folder)).code == 0
    monkeypatch.delenv("BRM_PASSPHRASE")
    assert brm.plain("asset", "status", "--asset", str(folder)).code == 1


def test_bad_places_are_one_sentence(brm: Terminal, folder: Path, tmp_path: Path) -> None:
    where = ("--asset", str(folder))
    ran = brm.plain("sync", "merge", *where)
    assert (ran.code, ran.err.strip()) == (1, f"There is no folder {folder}.")
    folder.mkdir()
    ran = brm.plain("sync", "merge", *where)
    assert (ran.code, ran.err.strip()) == (
        1,
        f"{folder} is not the folder of a shared asset.",
    )
    _create(brm, folder)
    for path in (folder / "inbox").iterdir():
        path.rmdir()
    (folder / "inbox").rmdir()
    ran = brm.plain("sync", "merge", *where)
    assert ran.code == 1
    assert "inbox is missing: the shared asset is not as it was made" in ran.err
    lost = brm.plain("asset", "status", *where, "--database", str(tmp_path / "gone.db"))
    assert lost.code == 1
    assert "gone.db" in lost.err
    (database,) = (tmp_path / "data").rglob("*.db")
    database.rename(tmp_path / "moved.db")
    for command in ("status", "report"):
        lost = brm.plain("asset", command, *where)
        assert (lost.code, lost.err.count("\n")) == (1, 1)
        assert "is not in its usual place" in lost.err
        assert "say with --database where it is" in lost.err
    assert brm.plain("asset", "status").code == 2
    assert keys_of(1) != keys_of(2)
