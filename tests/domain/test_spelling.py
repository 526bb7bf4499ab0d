"""Names are found as people type them, in Chinese, in pinyin and by initials."""

from __future__ import annotations

import pytest

from brm_desktop.domain.spelling import fits, spellings


@pytest.mark.parametrize("typed", ["李雷", "李 雷", "lilei", "LiLei", "ll", "雷", "lei"])
def test_a_chinese_name_is_found_by_signs_pinyin_and_initials(typed: str) -> None:
    assert fits(typed, "李雷") is not None
    assert fits(typed, "王芳") is None


def test_what_the_name_begins_with_comes_before_what_it_holds() -> None:
    ranks = [fits(typed, "李雷") for typed in ("李", "lil", "ll", "雷", "lei")]
    assert ranks == [0, 1, 2, 3, 4]


def test_the_best_of_several_ways_to_fit_counts() -> None:
    assert fits("j", "John Jay") == 0
    assert fits("jj", "John Jay") == 1
    assert fits("jay", "John Jay") == 3


def test_nothing_typed_fits_everybody() -> None:
    assert fits("", "李雷") == fits("", "") == 0


def test_a_surname_is_read_as_a_surname_and_only_in_a_name() -> None:
    assert spellings("曾国藩") == ("曾国藩", "zengguofan", "zgf")
    assert fits("zeng", "曾国藩") == 1
    assert fits("ceng", "曾国藩") is None
    assert fits("ceng", "曾经沧海公司") == 1


def test_a_name_of_one_word_in_latin_letters_has_no_initials() -> None:
    assert spellings("Acme") == ("acme",)
    assert spellings("John Smith") == ("john smith", "js")
