"""Whatever a name holds, what is printed is text: it moves no cursor and tears no line apart."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from terminal import Terminal

from brm_desktop.cli.speaking import harmless

EVIL = "Ann\x1b[2J\x1b]0;owned\x07\x9b31m\u202eBob"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("华辰 – Ärger 😀", "华辰 – Ärger 😀"),
        ("a\x1b[31mred", "a␛[31mred"),
        ("one\r\ntwo\tthree", "one␍␊two␉three"),
        ("\x9b31m\x7f", "\N{REPLACEMENT CHARACTER}31m␡"),
        ("\u202eexe.txt\u2066", "\N{REPLACEMENT CHARACTER}exe.txt\N{REPLACEMENT CHARACTER}"),
        ("one\u2028two\u2029", "one␊two␊"),
    ],
)
def test_what_would_steer_a_terminal_is_shown_as_a_sign(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    """A store whose account and person have names that would steer a terminal."""
    terminal = Terminal(capsys, tmp_path / "store.brm")
    terminal.load("Acme", people=f'id,name,title,reports_to_id\n1,"{EVIL}",CEO,\n2,Bo,CIO,1\n')
    return terminal


def test_no_command_prints_what_a_name_would_do_to_the_terminal(brm: Terminal) -> None:
    for command in (
        ("account", "--account", "Acme", "--explain"),
        ("account", "--account", "Acme", "--since", "2026-01-01"),
        ("path", "--account", "Acme", "--to", "Bo"),
        ("resources",),
        ("accounts",),
    ):
        ran = brm(*command)
        assert ran.code == 0, ran.err
        said = (ran.out + ran.err).replace("\n", "")
        assert said.isprintable(), [sign for sign in said if not sign.isprintable()]
    assert "Ann␛[2J" in brm("account", "--account", "Acme").out


def test_json_has_the_name_as_it_is(brm: Terminal) -> None:
    shown = json.loads(brm("account", "--account", "Acme", "--json").out)
    assert shown["power_centres"] == [EVIL]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_file_name_with_a_new_line_in_it_stays_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    terminal = Terminal(capsys, tmp_path / "a\nb\x1b[31m.brm")
    ran = terminal("check")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "a␊b␛[31m.brm" in ran.err
