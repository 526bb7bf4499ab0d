"""Briefs, minutes and handover packs from the command line."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from terminal import Terminal


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], sample: Path, qapp: object) -> Terminal:
    return Terminal(capsys, sample)


def read(path: Path) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(path)
    return len(document), "".join(page.get_textpage().get_text_range() for page in document)


def test_the_brief_of_an_account_is_one_page_about_the_project_asked_for(
    brm: Terminal, tmp_path: Path
) -> None:
    out = tmp_path / "brief.pdf"
    ran = brm.done("export", "brief", "--account", "Hua", "--year", 2026, "--out", out)
    assert (ran.out, "brief.pdf" in ran.err) == ("", True)
    pages, text = read(out)
    assert (pages, "Chen Guodong" in text) == (1, True)
    brm.done("export", "brief", "--account", "Hua", "--project", "Group Master", "--out", out)
    assert "Group Master Data" in read(out)[1]


@pytest.mark.parametrize("more", [(), ("--client-safe",)])
def test_a_brief_about_a_decided_project_is_refused(
    brm: Terminal, tmp_path: Path, more: tuple[str, ...]
) -> None:
    named = ("--account", "Hua", "--project", "Maintenance 2026")
    ran = brm("export", "brief", *named, *more, "--out", tmp_path / "brief.pdf")
    assert (ran.code, ran.out) == (1, "")
    assert "is decided: a brief is written about an open project." in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_minutes_are_of_all_key_accounts_or_of_the_one_named(
    brm: Terminal, tmp_path: Path
) -> None:
    out = tmp_path / "minutes.pdf"
    brm.done("export", "review", "--out", out)
    assert "Huachen" in read(out)[1]
    assert "Beichen" in read(out)[1]
    brm.done("export", "review", "--account", "Hua", "--since", "2020-01-01", "--out", out)
    assert "1 Jan 2020" in read(out)[1]
    assert "Beichen" not in read(out)[1]


def test_a_day_that_has_not_come_is_refused(brm: Terminal, tmp_path: Path) -> None:
    ran = brm("export", "review", "--since", "2999-01-01", "--out", tmp_path / "minutes.pdf")
    assert (ran.code, "has not come yet" in ran.err) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_handover_pack_of_an_account(brm: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    brm.done("export", "handover", "--account", "Hua", "--out", out)
    assert "Missing facts" in read(out)[1]


@pytest.mark.parametrize("paper", ["brief", "review", "handover"])
def test_what_is_for_the_customer_says_no_odds_and_no_stance(
    brm: Terminal, tmp_path: Path, paper: str
) -> None:
    out = tmp_path / "client.pdf"
    brm.done("export", paper, "--account", "Hua", "--client-safe", "--out", out)
    text = read(out)[1].casefold()
    assert "chen guodong" in text
    for ours in ("odds", "neutral", "supporter", "veto", "internal", "closeness", "missing"):
        assert ours not in text


def test_one_customer_is_never_shown_the_others(brm: Terminal, tmp_path: Path) -> None:
    ran = brm("export", "review", "--client-safe", "--out", tmp_path / "client.pdf")
    assert (ran.code, "--account" in ran.err) == (1, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("paper", ["brief", "review", "handover"])
def test_the_ending_has_to_be_that_of_a_pdf(brm: Terminal, tmp_path: Path, paper: str) -> None:
    ran = brm("export", paper, "--account", "Hua", "--out", tmp_path / "out.txt")
    assert (ran.code, ".pdf" in ran.err) == (1, True)
