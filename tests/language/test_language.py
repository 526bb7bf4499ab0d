"""What people read: amounts, numbers and dates as each language writes them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from brm_desktop import language
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Money, Role, Stance
from brm_desktop.language import day, days, listed, money, number, percent, plain_amount, tr, trn


@pytest.mark.parametrize(
    ("code", "minor", "currency", "usual", "short", "full"),
    [
        ("zh_CN", 297_000_000, "CNY", "297 万", "297 万", "2,970,000.00 元"),
        ("zh_CN", 123_456_789_000, "CNY", "12.3 亿", "12.3 亿", "1,234,567,890.00 元"),
        ("zh_CN", 850_050, "CNY", "8,501 元", "8,501 元", "8,500.50 元"),
        ("zh_CN", 296_966_600, "CNY", "297 万", "297 万", "2,969,666.00 元"),
        ("zh_CN", 5_000_000, "USD", "5 万美元", "5 万美元", "50,000.00 美元"),
        ("en", 297_000_000, "CNY", "CNY 2,970,000", "CNY 2.97M", "CNY 2,970,000.00"),
        ("en", 1_234, "JPY", "JPY 1,234", "JPY 1.23K", "JPY 1,234"),
    ],
)
def test_money_is_written_as_people_of_the_language_write_it(
    code: str, minor: int, currency: str, usual: str, short: str, full: str
) -> None:
    language.use(code)
    amount = Money(minor, currency)
    assert (money(amount), money(amount, "short"), money(amount, "full")) == (usual, short, full)


def test_what_is_not_known_is_a_dash() -> None:
    assert {money(None), number(None), percent(None), day(None)} == {"–"}


def test_numbers_are_rounded_half_up() -> None:
    assert number(Fraction(125, 2)) == "63"
    assert number(1234.5) == "1,235"
    assert number(Fraction(1, 3), 2) == "0.33"
    assert percent(Fraction(18, 25)) == "72%"


def test_dates_are_written_as_people_of_the_language_write_them() -> None:
    assert day(date(2026, 10, 4)) == "4 Oct 2026"
    assert day(date(2026, 10, 4), "short") == "4 Oct"
    language.use("zh_CN")
    assert day(date(2026, 10, 4)) == "2026年10月4日"
    assert day(date(2026, 10, 4), "short") == "10月4日"


def test_the_year_of_two_days_is_said_once() -> None:
    begins, ends, later = date(2027, 2, 20), date(2027, 4, 21), date(2028, 1, 3)
    assert days(begins, ends) == "20 Feb to 21 Apr 2027"
    assert days(begins, later) == "20 Feb 2027 to 3 Jan 2028"
    language.use("zh_CN")
    assert days(begins, ends) == "2027年2月20日 至 4月21日"
    assert days(begins, later) == "2027年2月20日 至 2028年1月3日"


def test_a_phrase_says_the_words_phrases_and_amounts_inside_it() -> None:
    inner = phrase("{name} is {stance}", name="陈国栋", stance=Stance.NON_SUPPORTER)
    outer = phrase("{why}: {amount}", why=inner, amount=Money(100_000, "CNY"))
    assert tr(outer) == "陈国栋 is non-supporter: CNY 1,000"


def test_a_phrase_for_the_log_shows_labels_and_not_stored_values() -> None:
    assert str(phrase("as {role}", role=Role.DECISION_MAKER)) == "as decision maker"


def test_a_word_alone_can_stand_as_a_phrase() -> None:
    assert tr(Role.DECISION_MAKER.phrase) == "decision maker"


def test_one_and_many_are_told_apart() -> None:
    assert [trn("{n} person", "{n} people", n) for n in (1, 2)] == ["1 person", "2 people"]


def test_things_are_listed_with_the_comma_of_the_language() -> None:
    assert listed(["a", Role.USER]) == "a, user"
    language.use("zh_CN")
    assert listed(["甲", "乙"]) == "甲、乙"


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such language"):
        language.use("fr")


@pytest.mark.parametrize(
    ("name", "code"), [("zh_CN.UTF-8", "zh_CN"), ("de-DE", "en"), (None, "en")]
)
def test_the_first_language_is_that_of_the_system_when_there_is_one(
    name: str | None, code: str
) -> None:
    assert language.closest_to(name) == code


def test_a_latin_name_stands_apart_from_chinese_and_a_chinese_one_does_not() -> None:
    language.use("zh_CN")
    said = "{gain}, capped at {limit} by {name}"
    assert tr(said, gain="+5", limit=60, name="Wang Fang") == "+5，因 Wang Fang 上限为 60"
    assert tr(said, gain="+5", limit=60, name="王芳") == "+5，因王芳上限为 60"


def test_in_english_nothing_is_set_apart() -> None:
    assert tr("No account “{name}”", name="华辰A") == "No account “华辰A”"


def test_braces_and_formats_of_a_template_stay() -> None:
    language.use("zh_CN")
    assert tr("{{{n:02d}}} {name!r}", n=3, name="x") == "{03} 'x'"


def test_a_phrase_is_known_in_every_language_while_one_is_spoken() -> None:
    language.use("en")
    assert language.in_every_language(phrase("Add {name}", name="Li")) == {"Add Li", "添加 Li"}
    assert language.current() == "en"


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_what_is_negative_has_a_minus_and_no_hyphen(code: str) -> None:
    language.use(code)
    loss = Money(-46_000_000, "CNY")
    said = [money(loss), money(loss, "short"), money(loss, "full"), number(-3), percent(-0.5)]
    assert all("−" in one and "-" not in one for one in said)
    assert said[3:] == ["−3", "−50%"]


@pytest.mark.parametrize(
    ("minor", "currency", "plain"),
    [(-46_000_050, "CNY", "-460000.50"), (1_234, "JPY", "1234"), (0, "USD", "0.00")],
)
def test_an_amount_for_a_spreadsheet_is_a_plain_number(
    minor: int, currency: str, plain: str
) -> None:
    for code in ("zh_CN", "en"):
        language.use(code)
        assert plain_amount(Money(minor, currency)) == plain
