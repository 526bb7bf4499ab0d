"""Which encoding a file is in: the chain of decision 12, on files as short as users have."""

from __future__ import annotations

import random

import pytest

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.encodings import decoded, guessed_encoding

SIMPLIFIED = "姓名,职务,部门\n王敏,总经理,总经办\n李建国,采购部经理,采购部\n"
TRADITIONAL = "姓名,職稱,部門\n陳怡君,總經理,總經理室\n林志明,採購經理,採購部\n"
WESTERN = "name,title\nJürgen Müller,Geschäftsführer\nRenée Lefèvre,Direction générale\n"

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建国志华婷琳颖雪梅浩宇欣怡梓涵"
SURNAMES_TW = "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈"
GIVEN_TW = "志明俊傑雅婷怡君家豪淑芬美玲宗翰冠宇佳穎建宏惠雯承恩柏翰詩涵宜庭欣儀彥廷品妤子軒"
NAMES_LATIN = ["José García", "Jürgen Groß", "Zoë Müller", "François Lefèvre", "Åsa Öberg", "Siân"]


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (WESTERN, "cp1252", "cp1252"),
        ("name,title\nAnn Lee,CEO\n", "ascii", "utf-8"),
    ],
)
def test_the_chain_finds_the_encoding(text: str, written: str, found: str) -> None:
    read = decoded(text.encode(written), "people.csv")

    assert (read.text, read.encoding) == (text, found)


def test_rare_characters_beyond_gbk_are_read() -> None:
    text = "姓名\n王㛃\n李𠮷\n张敏\n"

    assert decoded(text.encode("gb18030"), "people.csv").text == text


@pytest.mark.parametrize(
    ("surnames", "given", "header", "written", "found"),
    [
        (SURNAMES, GIVEN, "姓名,职务\n", "gbk", "gb18030"),
        (SURNAMES_TW, GIVEN_TW, "姓名,職稱\n", "big5", "big5"),
    ],
)
def test_files_of_two_chinese_names_are_told_apart(
    surnames: str, given: str, header: str, written: str, found: str
) -> None:
    dice = random.Random(7)
    wrong = []
    for _ in range(500):
        names = [dice.choice(surnames) + "".join(dice.choices(given, k=2)) for _ in range(2)]
        text = header + "".join(f"{name},CEO\n" for name in names)
        if guessed_encoding(text.encode(written)) != found:
            wrong.append(names)

    assert len(wrong) <= 5, wrong


@pytest.mark.parametrize("name", NAMES_LATIN)
def test_one_western_name_is_not_taken_for_chinese(name: str) -> None:
    raw = f"name,title\n{name},CEO\n".encode("cp1252")

    assert guessed_encoding(raw) == "cp1252"


def test_an_encoding_named_by_the_user_is_used() -> None:
    assert decoded("陳".encode("big5"), "a.csv", "big5").text == "陳"


def test_a_wrong_encoding_is_one_sentence_with_the_line() -> None:
    raw = "name\nAnn\n王敏\n".encode("gb18030")

    with pytest.raises(FileProblem, match=r"people.csv is not written in ascii \(line 3\)"):
        decoded(raw, "people.csv", "ascii")


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "idna"])
def test_what_is_no_text_encoding_is_refused(name: str) -> None:
    with pytest.raises(FileProblem, match=f"No encoding is called {name}"):
        decoded(b"name\n", "people.csv", name)


def test_utf8_with_one_broken_line_is_not_read_as_something_else() -> None:
    raw = ("姓名,职务\n" + "王敏,总经理\n" * 20).encode() + b"\xe7\x8e,x\n" + "李四,经理\n".encode()

    with pytest.raises(FileProblem, match="UTF-8 but for line 22"):
        decoded(raw, "people.csv")


def test_bytes_that_are_text_nowhere_are_refused() -> None:
    with pytest.raises(FileProblem, match="in no encoding known here"):
        decoded(b"a\x81\n\x8d\xff\n", "people.csv")
