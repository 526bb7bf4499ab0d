"""Names are found as people type them, in Chinese, in pinyin and by initials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.spelling import by_rank, fits, in_name_order, name_order, spellings


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


@pytest.mark.parametrize(
    "names",
    [
        ["阿里", "北辰轨道交通", "海晟港务集团", "华辰装备集团", "金禾食品", "云帆医疗集团"],
        ["Acme", "acme 2", "Acme 10", "Émile", "Zeta", "zeta b"],
        ["2 Brothers", "10 Brothers", "阿里", "Acme", "北辰", "Beta"],
        ["黎明", "李娜", "李强", "临江", "林岚", "西安", "先锋"],
        ["曾国藩", "张帆", "赵敏", "周海"],
        ["重庆钢铁", "大连港", "中铁", "种子公司总部"],
        ["", "第1事业部", "第2事业部", "第10事业部"],
        ["李明", "李䷀"],
    ],
)
def test_names_are_ordered_by_pinyin_by_letters_and_by_numbers(names: list[str]) -> None:
    backwards = list(reversed(names))
    assert sorted(backwards, key=name_order) == names


def test_people_of_one_surname_stand_together() -> None:
    ordered_names = sorted(["李强", "黎明", "李娜", "黎平"], key=name_order)
    assert ordered_names == ["黎明", "黎平", "李娜", "李强"]


def test_equal_names_are_ordered_by_what_they_stand_for() -> None:
    assert in_name_order([("b", 1), ("a", 2), ("a", 1)]) == [("a", 1), ("a", 2), ("b", 1)]


def test_what_is_equal_by_rank_is_ordered_by_names_and_what_decides_between_those() -> None:
    found = [(1, "Zoe", "x"), (2, "李娜", "x"), (2, "黎明", "x"), (2, "黎明", "a"), (3, "Ann", "x")]
    assert by_rank(found[::-1], lambda one: one[0], lambda one: one[1:]) == [
        (1, "Zoe", "x"),
        (2, "黎明", "a"),
        (2, "黎明", "x"),
        (2, "李娜", "x"),
        (3, "Ann", "x"),
    ]


@given(st.text(), st.text())
def test_every_name_has_a_place_and_two_names_never_the_same(one: str, other: str) -> None:
    assert (name_order(one) == name_order(other)) == (one == other)


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), min_size=1, max_size=8))
def test_no_sign_is_too_rare_to_be_ordered(name: str) -> None:
    assert name_order(name).endswith(name)
