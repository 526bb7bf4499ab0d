"""What a second start says to the first is understood exactly, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.process.wanted import LARGEST, Wanted, packed, unpacked


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(language="zh_CN"),
        Wanted(Path("华辰.brm").absolute(), "en"),
        Wanted(Path(os.fsdecode(b"caf\xe9.brm")).absolute()),
    ],
)
def test_what_is_said_is_heard(wanted: Wanted) -> None:
    assert unpacked(packed(wanted)) == wanted


def test_a_path_is_said_for_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Wanted(Path("a/../my.brm"), "en").from_anywhere() == Wanted(tmp_path / "my.brm", "en")
    assert Wanted().from_anywhere() == Wanted()


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"store": None},
        {"store": None, "language": None, "run": "rm"},
        {"store": "my.brm", "language": None},
        {"store": "", "language": None},
        {"store": 1, "language": None},
        {"store": "/a\0b", "language": None},
        {"store": "/" + "x" * 4_096, "language": None},
        {"store": None, "language": "x" * 17},
        {"store": None, "language": ["en"]},
    ],
)
def test_what_is_not_of_the_form_is_no_message(content: object) -> None:
    assert unpacked(json.dumps(content).encode()) is None


@pytest.mark.parametrize("message", [b"", b"\xff", b"{", b"[" * 30_000, b" " * (LARGEST + 1)])
def test_garbage_is_no_message(message: bytes) -> None:
    assert unpacked(message) is None


@given(st.binary(max_size=200))
def test_no_bytes_do_harm(message: bytes) -> None:
    assert unpacked(message) is None or packed(unpacked(message) or Wanted())
