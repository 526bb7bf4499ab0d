from __future__ import annotations

from pathlib import Path

import pytest
from stores import damage_an_index, listing
from terminal import Terminal

from brm_desktop.session.backups import backups_of, folder_of

PEOPLE = "name,title\nAnn,CEO\n"
MORE = "name,title\nBob,CFO\n"


@pytest.fixture(params=["plain", "encrypted"])
def brm(
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Terminal:
    """A command line on a store with Ann."""
    if request.param == "encrypted":
        monkeypatch.setenv("BRM_PASSPHRASE", "correct horse battery")
    brm = Terminal(capsys, tmp_path / "team.brm")
    brm.done("import", brm.file("people.csv", PEOPLE), "--account", "Acme")
    return brm


def _people(brm: Terminal) -> list[str]:
    found = brm.done("account", "--account", "Acme", "--json").json["people"]
    return [one["name"] for one in found]


def test_a_backup_is_made_listed_and_gone_back_to(brm: Terminal) -> None:
    made = brm.done("backup", "--json").json["backup"]
    assert made["kind"] == "by-hand"
    assert Path(made["file"]).stat().st_size == made["size"]
    assert brm.done("restore", "--list", "--json").json["backups"] == [made]
    assert "by-hand.brm  Made by hand" in brm.done("restore", "--list").out
    brm.done("import", brm.file("more.csv", MORE), "--account", "Acme")
    assert _people(brm) == ["Ann", "Bob"]
    ran = brm.done("restore", "--from", Path(made["file"]).name, "--json").json
    assert ran["restored"] == made
    assert ran["kept"]["kind"] == "replaced"
    assert ran["holds"]["counts"]["person"] == 1
    assert ran["holds"]["accounts"] == [{"name": "Acme", "people": 1}]
    assert _people(brm) == ["Ann"]
    said = brm.done("restore", "--from", Path(ran["kept"]["file"]).name)
    assert "team.brm is as it was on" in said.out
    assert "What was there is kept as" in said.err
    assert _people(brm) == ["Ann", "Bob"]
    assert brm.done("check").out.strip() == "The store is whole."


def test_an_import_into_a_store_that_was_there_makes_a_backup_first(brm: Terminal) -> None:
    assert backups_of(brm.store) == [], "there was nothing to lose before the first import"
    more = brm.file("more.csv", MORE)
    brm.done("import", more, "--account", "Acme", "--dry-run")
    brm.done("import", brm.file("people.csv", PEOPLE), "--account", "Acme")
    assert backups_of(brm.store) == [], "nothing changed"
    brm.done("import", more, "--account", "Acme")
    assert [one.kind.value for one in backups_of(brm.store)] == ["before-import"]


def test_an_import_is_refused_when_no_backup_can_be_made(brm: Terminal) -> None:
    folder_of(brm.store).write_text("in the way")
    ran = brm("import", brm.file("more.csv", MORE), "--account", "Acme")
    assert ran.code == 1
    assert ran.err.startswith("Nothing was imported. No backup of team.brm was made: ")
    assert ran.err.count("\n") == 1
    assert _people(brm) == ["Ann"]


def test_what_is_left_of_a_damaged_store_is_saved(brm: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "saved.brm"
    ran = brm.done("restore", "--salvage-into", target, "--json").json
    assert ran["lost"] == ran["dropped"] == []
    assert ran["counts"]["person"] == 1
    saved = brm.plain("account", "--account", "Acme", "--json", "--store", str(target))
    assert [one["name"] for one in saved.json["people"]] == ["Ann"]
    again = brm("restore", "--salvage-into", target)
    assert (again.code, again.err) == (1, "There is a file saved.brm already.\n")


def test_a_damaged_store_is_said_with_the_ways_on(brm: Terminal, tmp_path: Path) -> None:
    brm.done("backup")
    content = brm.store.read_bytes()
    brm.store.write_bytes(b"\xff" * 4096 + content[4096:])
    ran = brm("info")
    assert ran.code == 1
    assert "team.brm is damaged" in ran.err
    assert "“brm-desktop restore --list” shows the backups" in ran.err
    assert "restore --salvage-into NEW” saves what can be read" in ran.err
    saved = brm.done("restore", "--salvage-into", tmp_path / "saved.brm", "--json").json
    assert saved["lost"] == saved["dropped"] == []
    assert saved["counts"]["person"] == 1


def test_losses_are_listed_and_end_with_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    brm = Terminal(capsys, tmp_path / "team.brm")
    brm.done("demo", "--lang", "en")
    content = bytearray(brm.store.read_bytes())
    for page in range(40, 60):
        content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    brm.store.write_bytes(content)
    ran = brm("restore", "--salvage-into", tmp_path / "saved.brm")
    assert ran.code == 3
    assert "nothing could be read" in ran.err
    assert "What could be read is in" in ran.out
    (tmp_path / "saved.brm").unlink()
    assert brm("restore", "--salvage-into", tmp_path / "saved.brm", "--json").json["lost"]


def test_a_damaged_store_is_not_backed_up(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    brm = Terminal(capsys, tmp_path / "team.brm")
    brm.done("demo", "--lang", "en")
    damage_an_index(brm.store)
    ran = brm("backup")
    assert ran.code == 1
    assert "damaged" in ran.err
    assert backups_of(brm.store) == []


def test_one_way_is_to_be_said(brm: Terminal) -> None:
    before = listing(brm.folder)
    for options in ((), ("--list", "--from", "newest")):
        ran = brm("restore", *options)
        assert ran.code == 2
        assert "Give one of --list, --from BACKUP or --salvage-into NEW." in ran.err
    assert brm("restore", "--from", "1999").code == 1
    assert "There is no backup of team.brm yet." in brm.done("restore", "--list").out
    assert listing(brm.folder) == before
