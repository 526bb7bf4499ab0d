"""The portfolio, screening and reviews show all their words, at both widths, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from biggest import biggest_account
from clipped import clipped
from windowing import Windows, rest

from brm_desktop import language
from brm_desktop.gui.desk import Page, Place
from brm_desktop.session.demo import write_demo


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("wide", [1100, 1400])
def test_no_word_of_the_portfolio_of_screening_and_of_reviews_is_cut(
    code: str, wide: int, windows: Windows, tmp_path: Path
) -> None:
    language.use(code)
    write_demo(tmp_path / "sample.brm")
    window = windows.open(tmp_path / "sample.brm", code)
    window.resize(wide, 880)
    biggest = biggest_account(window.desk.session)
    cut: set[str] = set()
    for place in (Place(Page.ACCOUNTS), Place(Page.SCREENING), Place(Page.WHCSE, biggest)):
        windows.go(window, place)
        rest(300)
        windows.settle(window)
        rest(60)
        cut |= set(clipped(window))
    assert cut == set()
