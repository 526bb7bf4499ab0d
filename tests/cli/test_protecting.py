from __future__ import annotations

import re
from pathlib import Path

import pytest
from keychains import KeychainInMemory, keychain
from stores import listing
from terminal import Terminal
from typing_unseen import at_a_terminal

from brm_desktop.session.protection import PLAIN, is_encrypted
from brm_desktop.session.session import Session

WORDS = "correct horse battery"
NEW = "staple of another horse"
KEY = re.compile(r"^[0-9A-Z]{7}(?:-[0-9A-Z]{7}){7}$", re.MULTILINE)
PEOPLE = "name,title\nAnn,CEO\n"


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    """A command line on a store that is not there yet."""
    return Terminal(capsys, tmp_path / "team.brm")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The passphrase in the environment."""
    monkeypatch.setenv("BRM_PASSPHRASE", WORDS)
    return monkeypatch


def _import(brm: Terminal, *options: str) -> tuple[object, ...]:
    return ("import", brm.file("people.csv", PEOPLE), "--account", "Acme", *options)


def test_an_import_makes_an_encrypted_store_and_shows_its_recovery_key_once(
    brm: Terminal, given: pytest.MonkeyPatch
) -> None:
    ran = brm.done(*_import(brm))
    (key,) = KEY.findall(ran.err)
    assert "print it and keep it apart" in ran.err
    assert "No keychain works on this computer" in ran.err
    assert key not in ran.out
    assert is_encrypted(brm.store)
    assert not KEY.search(brm.done(*_import(brm)).err)
    assert brm.done("recovery-key").out == f"{key}\n"
    given.setenv("BRM_PASSPHRASE", key)
    assert brm.done("info", "--json").json["encrypted"] is True
    assert "Encrypted\n" in brm.done("info").out


def test_with_a_keychain_nothing_is_said_of_the_passphrase_alone(
    brm: Terminal, given: pytest.MonkeyPatch
) -> None:
    with keychain(KeychainInMemory()):
        ran = brm.done(*_import(brm))
        assert KEY.search(ran.err)
        assert "keychain" not in ran.err
        brm.done("check")


def test_plain_is_only_made_when_it_is_asked_for(brm: Terminal, given: pytest.MonkeyPatch) -> None:
    ran = brm.done(*_import(brm, "--plain"))
    assert not KEY.search(ran.err)
    assert not is_encrypted(brm.store)
    assert "Not encrypted\n" in brm.done("info").out


def test_without_passphrase_or_terminal_no_store_is_made(brm: Terminal) -> None:
    ran = brm.plain(*map(str, _import(brm)), "--store", str(brm.store))
    assert (ran.code, ran.out) == (1, "")
    assert "team.brm needs a passphrase: give it in BRM_PASSPHRASE, or at a terminal" in ran.err
    assert list(listing(brm.folder)) == ["people.csv"]


def test_a_short_passphrase_makes_no_store(brm: Terminal, given: pytest.MonkeyPatch) -> None:
    given.setenv("BRM_PASSPHRASE", "seven77")
    ran = brm(*_import(brm))
    assert (ran.code, ran.out, ran.err) == (1, "", "A passphrase has at least 8 characters.\n")
    assert list(listing(brm.folder)) == ["people.csv"]


def test_an_import_that_fails_takes_the_key_file_away_too(
    brm: Terminal, given: pytest.MonkeyPatch
) -> None:
    table = brm.file("people.csv", "name,title,reports_to\nAnn,CEO,Nobody\n")
    ran = brm(
        "import", table, "--account", "Acme", "--rejects", brm.folder / "gone" / "rejects.csv"
    )
    assert (ran.code, ran.out) == (1, "")
    assert not [name for name in listing(brm.folder) if name.startswith("team.brm")]


def test_a_dry_run_needs_no_passphrase(brm: Terminal) -> None:
    ran = brm.plain(*map(str, _import(brm, "--dry-run")), "--store", str(brm.store))
    assert (ran.code, KEY.search(ran.err)) == (0, None)
    assert not brm.store.exists()


def test_a_locked_store_says_how_it_is_opened(brm: Terminal, given: pytest.MonkeyPatch) -> None:
    brm.done(*_import(brm))
    given.delenv("BRM_PASSPHRASE")
    before = listing(brm.folder)
    ran = brm("info")
    assert (ran.code, ran.out) == (1, "")
    assert "team.brm is encrypted: give its passphrase in BRM_PASSPHRASE, or at a" in ran.err
    given.setenv("BRM_PASSPHRASE", NEW)
    ran = brm("info")
    assert (ran.code, ran.err) == (1, "That is not the passphrase of team.brm.\n")
    assert listing(brm.folder) == before


def test_a_plain_store_is_encrypted_with_its_backups(
    brm: Terminal, given: pytest.MonkeyPatch
) -> None:
    brm.done(*_import(brm, "--plain"))
    ran = brm.done("encrypt")
    assert ran.out == ""
    assert ran.err.startswith("team.brm is encrypted.\n")
    assert KEY.search(ran.err)
    assert brm.done("account", "--account", "Acme", "--json").json["people"][0]["name"] == "Ann"
    again = brm("encrypt")
    assert (again.code, again.err) == (1, "team.brm is encrypted already.\n")


def test_a_backup_that_stays_plain_is_named(brm: Terminal, given: pytest.MonkeyPatch) -> None:
    brm.done(*_import(brm, "--plain"))
    folder = brm.folder / "team.brm.backups"
    folder.mkdir(exist_ok=True)
    kept = folder / "2026-11-22T091500-by-hand.brm"
    kept.write_bytes(brm.store.read_bytes()[:4096] + b"\xff" * 4096)
    ran = brm.done("encrypt")
    assert f"could not be encrypted; remove it by hand: {kept}" in ran.err


def test_a_passphrase_is_changed(brm: Terminal, given: pytest.MonkeyPatch) -> None:
    brm.done(*_import(brm))
    key = brm.done("recovery-key").out
    none = brm("passphrase")
    assert (none.code, none.out) == (1, "")
    assert "team.brm needs a passphrase: give it in BRM_NEW_PASSPHRASE" in none.err
    given.setenv("BRM_NEW_PASSPHRASE", NEW)
    told = brm.done("passphrase").err
    assert "has a new passphrase" in told
    assert "No keychain works" in told
    assert brm("info").code == 1
    given.setenv("BRM_PASSPHRASE", NEW)
    assert brm.done("recovery-key").out == key


@pytest.mark.parametrize("command", ["passphrase", "recovery-key"])
def test_a_plain_store_has_neither_passphrase_nor_recovery_key(brm: Terminal, command: str) -> None:
    Session.open(brm.store, create=PLAIN).close()
    ran = brm(command)
    assert (ran.code, ran.out, ran.err) == (1, "", "team.brm is not encrypted.\n")


@pytest.mark.parametrize("command", ["encrypt", "passphrase", "recovery-key"])
def test_a_store_that_is_not_there_is_a_problem(
    brm: Terminal, given: pytest.MonkeyPatch, command: str
) -> None:
    ran = brm(command)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "There is no file" in ran.err


def test_the_sample_is_plain_unless_it_is_to_be_encrypted(
    brm: Terminal, given: pytest.MonkeyPatch
) -> None:
    brm.done("demo", "--encrypted")
    (key,) = KEY.findall(brm.done("recovery-key").out)
    assert sorted(listing(brm.folder)) == ["team.brm", "team.brm.keys"]
    assert len(brm.done("accounts", "--json").json["accounts"]) == 8
    taken = brm("demo", "--encrypted")
    assert (taken.code, taken.err.count("\n")) == (1, 1)
    given.setenv("BRM_PASSPHRASE", key)
    assert brm.done("check").code == 0


def test_at_a_terminal_the_passphrase_is_asked_for_twice_and_never_shown(
    brm: Terminal,
) -> None:
    table = brm.file("people.csv", PEOPLE)
    arguments = ("import", table, "--account", "Acme", "--store", brm.store)
    made = at_a_terminal(arguments, WORDS, WORDS)
    assert made.code == 0, made.shown
    assert "New passphrase of team.brm: " in made.shown
    assert "The same again: " in made.shown
    assert KEY.search(made.shown)
    opened = at_a_terminal(("info", "--json", "--store", brm.store), WORDS)
    assert (opened.code, opened.shown.strip()) == (0, "Passphrase or recovery key of team.brm:")
    assert '"encrypted": true' in opened.out
    assert WORDS not in made.shown + made.out + opened.shown + opened.out


def test_two_that_differ_make_no_store(brm: Terminal) -> None:
    table = brm.file("people.csv", PEOPLE)
    arguments = ("import", table, "--account", "Acme", "--store", brm.store)
    made = at_a_terminal(arguments, WORDS, NEW)
    assert made.code == 1
    assert "The two passphrases are not the same." in made.shown
    assert list(listing(brm.folder)) == ["people.csv"]


def test_a_passphrase_is_changed_at_a_terminal(brm: Terminal, given: pytest.MonkeyPatch) -> None:
    brm.done(*_import(brm))
    given.delenv("BRM_PASSPHRASE")
    changed = at_a_terminal(("passphrase", "--store", brm.store), WORDS, NEW, NEW)
    assert changed.code == 0, changed.shown
    given.setenv("BRM_PASSPHRASE", NEW)
    brm.done("check")


def test_what_is_salvaged_under_the_passphrase_has_its_own_recovery_key_told(
    brm: Terminal, given: pytest.MonkeyPatch
) -> None:
    (old,) = KEY.findall(brm.done(*_import(brm)).err)
    saved = brm.folder / "saved.brm"
    ran = brm.done("restore", "--salvage-into", saved)
    (key,) = KEY.findall(ran.err)
    assert "Recovery key of saved.brm" in ran.err
    assert key not in (old, ran.out)
    assert brm.plain("recovery-key", "--store", str(saved)).out == f"{key}\n"
    given.setenv("BRM_PASSPHRASE", old)
    again = brm.done("restore", "--salvage-into", brm.folder / "again.brm")
    assert not KEY.search(again.err), "with the recovery key given, it stays as it was"


def test_encrypting_what_is_not_there_says_so_before_it_asks_for_a_passphrase(
    brm: Terminal,
) -> None:
    ran = brm("encrypt")
    assert (ran.code, ran.out, ran.err) == (1, "", "There is no file team.brm.\n")
    assert list(listing(brm.folder)) == []
