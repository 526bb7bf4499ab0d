"""The language people read: English in the code, translated when it is shown.

``use("zh_CN")`` switches everything that is said from then on: window, documents and command line
speak through the same functions. The current language is the one thing here that is global.

The window speaks before it is painted, so what writes numbers is imported when there are some.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from brm_desktop.bundled import bundled
from brm_desktop.domain.phrase import Phrase, Word

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from brm_desktop.domain.numerals import FullAmount, Numeral
    from brm_desktop.domain.records.base import Money

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType({"zh_CN": "中文", "en": "English"})
"""Language codes, and what each language calls itself."""

NOTHING: Final = "–"
"""What stands where a number, an amount or a date is not known."""

MoneyForm = Literal["usual", "short", "full"]
DayForm = Literal["usual", "short"]

_MINUS: Final = "\u2212"
"""The sign of a negative number; a hyphen is shorter, and a line may break after it."""
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_WAN = 10_000
_YI = 100_000_000
_SOURCE_LANGUAGE: Final = "en"


class _Current:
    """A language that is spoken."""

    __slots__ = ("catalogue", "code")

    def __init__(self) -> None:
        self.code = _SOURCE_LANGUAGE
        self.catalogue = gettext.NullTranslations()


_current = _Current()
_for_now: ContextVar[_Current | None] = ContextVar("language for now", default=None)


def use(code: str) -> None:
    """Say everything in this language from now on.

    Raises
    ------
    ValueError
        When ``code`` is not one of ``LANGUAGES``.
    """
    wanted = _language(code)
    _current.catalogue, _current.code = wanted.catalogue, wanted.code


def in_every_language(text: Phrase) -> frozenset[str]:
    """What a phrase says in each language; the language in use stays what it is."""
    found = set()
    for code in LANGUAGES:
        token = _for_now.set(_language(code))
        try:
            found.add(tr(text))
        finally:
            _for_now.reset(token)
    return frozenset(found)


def _language(code: str) -> _Current:
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code}")
    found = _Current()
    if code != _SOURCE_LANGUAGE:
        found.catalogue = gettext.translation(
            "brm_desktop", bundled("translations"), languages=[code], fallback=True
        )
    found.code = code
    return found


def _spoken() -> _Current:
    """The language that is spoken here: the one in use, or for now another one."""
    return _for_now.get() or _current


def current() -> str:
    """The code of the language in use."""
    return _spoken().code


def closest_to(locale_name: str | None) -> str:
    """The language to start in for a system locale such as ``zh_CN.UTF-8`` or ``de-DE``."""
    return "zh_CN" if (locale_name or "").casefold().startswith("zh") else _SOURCE_LANGUAGE


def tr(text: str | Phrase | Word, /, **values: object) -> str:
    """What ``text`` says in the current language, with its values put in.

    ``text`` is an English ``str.format`` template (a literal, so that it is found for translation),
    a phrase that carries its own values, or a named word. Values that are phrases or words are
    translated, money and dates are written as people do, and several values are listed.
    """
    if isinstance(text, Word):
        return _spoken().catalogue.pgettext(type(text).__name__, text.label)
    if isinstance(text, Phrase):
        return tr(text.text, **{**text.values, **values})
    if not text:
        return ""
    return _put_in(_spoken().catalogue.gettext(text), _said(values))


def trn(one: str, many: str, n: int, **values: object) -> str:
    """What is said of ``n`` things, ``{n}`` in the templates being their number."""
    template = _spoken().catalogue.ngettext(one, many, n)
    return _put_in(template, {**_said(values), "n": n})


def listed(things: Iterable[object]) -> str:
    """Names, phrases or words one after another: ``a, b`` or ``a、b``."""
    return ("、" if _spoken().code == "zh_CN" else ", ").join(str(_say(thing)) for thing in things)


def capitalised(text: str) -> str:
    """A word or sentence with a capital in front, for labels and beginnings."""
    return text[:1].upper() + text[1:]


def money(value: Money | None, form: MoneyForm = "usual") -> str:
    """An amount as people write it: ``297 万``, ``CNY 2,970,000``.

    ``short`` is for tight places (``297 万``, ``CNY 2.97M``); ``full`` shows every minor unit
    (``2,970,000.00 元``, ``CNY 2,970,000.00``). What is counted in 万, 亿, K, M or B has three
    digits or more, so that a table stays readable.
    """
    if value is None:
        return NOTHING
    from decimal import Decimal

    from brm_desktop.domain.currencies import minor_digits

    digits = minor_digits(value.currency)
    amount = Decimal(value.minor).scaleb(-digits)
    if _spoken().code == "zh_CN":
        return _chinese_money(amount, value.currency, digits, form)
    if form == "full":
        return f"{value.currency} {_decimal(amount, digits, trim=False)}"
    if form == "short":
        return f"{value.currency} {_english_short(amount)}"
    return f"{value.currency} {_decimal(amount, 0)}"


def plain_amount(value: Money) -> str:
    """An amount as spreadsheets take it, its currency said elsewhere: ``-2970000.00``."""
    from decimal import Decimal

    from brm_desktop.domain.currencies import minor_digits

    return f"{Decimal(value.minor).scaleb(-minor_digits(value.currency)):f}"


def number(value: float | Fraction | Decimal | None, digits: int = 0) -> str:
    """A number with at most ``digits`` decimals, rounded half up, thousands set apart."""
    return NOTHING if value is None else _decimal(_exact(value), digits)


def signed(value: Fraction, digits: int = 0) -> str:
    """Points with their sign: ``+6.8``, ``−8.2``, ``0``."""
    sign = "+" if value > 0 else _MINUS if value < 0 else ""
    return sign + number(abs(value), digits)


def percent(value: float | Fraction | Decimal | None, digits: int = 0) -> str:
    """A share (1 is all) in per cent, rounded half up: ``72%``."""
    return NOTHING if value is None else f"{_decimal(_exact(value) * 100, digits)}%"


def numeral(value: Numeral | FullAmount) -> str:
    """A number of a sentence, written the way it asks for."""
    from brm_desktop.domain.numerals import Form, FullAmount

    if isinstance(value, FullAmount):
        return money(value.money, "full")
    if value.form is Form.PERCENT:
        return percent(value.value, value.digits)
    return (signed if value.form is Form.SIGNED else number)(value.value, value.digits)


def day(value: date | None, form: DayForm = "usual") -> str:
    """A date as people write it: ``14 Oct 2026``, ``10月14日``; ``short`` has no year."""
    if value is None:
        return NOTHING
    if _spoken().code == "zh_CN":
        year = "" if form == "short" else f"{value.year}年"
        return f"{year}{value.month}月{value.day}日"
    year = "" if form == "short" else f" {value.year}"
    return f"{value.day} {_MONTHS[value.month - 1]}{year}"


def days(first: date, last: date) -> str:
    """From a day to another, a year of both said once: ``20 Feb to 21 Apr 2027``."""
    forms: tuple[DayForm, DayForm] = ("usual", "usual")
    if first.year == last.year:
        forms = ("usual", "short") if _spoken().code == "zh_CN" else ("short", "usual")
    return tr("{begins} to {ends}", begins=day(first, forms[0]), ends=day(last, forms[1]))


def _put_in(template: str, values: Mapping[str, object]) -> str:
    """The template with its values; in Chinese a space parts 汉字 from a Latin word or a number."""
    if _spoken().code != "zh_CN" or not values:
        return template.format(**values)
    said = ""
    for literal, wanted in _parts(template):
        for part in (literal, wanted.format(**values)):
            said += " " + part if _touch(said[-1:], part[:1]) else part
    return said


@lru_cache(maxsize=2_000)
def _parts(template: str) -> tuple[tuple[str, str], ...]:
    """A template as pairs: text, and the field that follows it as a template of its own."""
    return tuple(
        (
            literal,
            "" if name is None else f"{{{name}{'!' + kind if kind else ''}:{form}}}",
        )
        for literal, name, form, kind in Formatter().parse(template)
    )


def _touch(left: str, right: str) -> bool:
    """Whether 汉字 and a Latin letter or a digit would stand side by side."""
    return (_is_han(left) and _is_latin(right)) or (_is_latin(left) and _is_han(right))


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _say(value) for name, value in values.items()}


def _say(value: object) -> object:
    if isinstance(value, Phrase | Word):
        return tr(value)
    if isinstance(value, str | int):
        return value
    from datetime import date

    from brm_desktop.domain.numerals import FullAmount, Numeral
    from brm_desktop.domain.records.base import Money

    if isinstance(value, Numeral | FullAmount):
        return numeral(value)
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple | list):
        return listed(value)
    return value


def _exact(value: float | Fraction | Decimal) -> Decimal:
    from decimal import Decimal
    from fractions import Fraction

    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)


def _decimal(value: Decimal, digits: int, *, trim: bool = True) -> str:
    """A number rounded half up, as both languages write it: ``1,234.5``, ``−8``."""
    from decimal import ROUND_HALF_UP, Decimal

    written = f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"
    if trim and digits:
        written = written.rstrip("0").rstrip(".")
    return written.replace("-", _MINUS)


def _three_digits(value: Decimal) -> str:
    whole = len(str(abs(int(value))))
    return _decimal(value, max(0, 3 - whole))


def _english_short(amount: Decimal) -> str:
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "K")):
        if abs(amount) >= size:
            return f"{_three_digits(amount / size)}{letter}"
    return _decimal(amount, 0)


def _chinese_money(amount: Decimal, currency: str, digits: int, form: MoneyForm) -> str:
    unit = "元" if currency == "CNY" else _chinese_name(currency)
    if form == "full":
        return f"{_decimal(amount, digits, trim=False)} {unit}"
    for size, name in ((_YI, "亿"), (_WAN, "万")):
        if abs(amount) >= size:
            foreign = "" if currency == "CNY" else unit
            return f"{_three_digits(amount / size)} {name}{foreign}"
    return f"{_decimal(amount, 0)} {unit}"


def _chinese_name(currency: str) -> str:
    """What a currency is called in Chinese: ``美元``; babel takes 6 MiB, so only here."""
    from babel.numbers import get_currency_name

    return get_currency_name(currency, locale="zh_CN")
