"""What cells mean: scores, yes and no, and the domain's words in English and Chinese.

Each function gives ``None`` (or what is empty) for a blank cell, which says nothing, and refuses
what it cannot read with the sentence that the refused row is listed with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final, TypeVar

from brm_desktop.domain.currencies import minor_digits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.domain.records import (
    Basis,
    ContactLevel,
    InfluenceKind,
    LineKind,
    Money,
    Origin,
    Outcome,
    Role,
    SalesStage,
    Stance,
)
from brm_desktop.exchange.dates import DateOrder, day_of
from brm_desktop.session.importing.field_names import said_field

W = TypeVar("W", bound=Word)

_YES: Final = frozenset({"yes", "y", "true", "1", "是", "有", "对", "√", "✓"})
_NO: Final = frozenset({"no", "n", "false", "0", "否", "无", "不是", "没有", "×"})
_SEPARATORS: Final = re.compile(r"[;；、|\n]+")
_SCORES: Final = {str(value): value for value in range(101)}
_UNITS: Final = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000, "k": 1_000}
_UNIT_WORDS: Final[Mapping[str, int]] = {
    "1": 1,
    "元": 1,
    "thousand": 1_000,
    "thousands": 1_000,
    "千": 1_000,
    "千元": 1_000,
    "万元": 10_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "m": 1_000_000,
    "百万": 1_000_000,
    "百万元": 1_000_000,
    "亿元": 100_000_000,
    "billion": 1_000_000_000,
    "billions": 1_000_000_000,
    **_UNITS,
}
"""What the amounts of a row are in, where it says so."""
_AMOUNT: Final = re.compile(r"[^\d,.万萬亿億k+-]+", re.IGNORECASE)
_LONGEST: Final = 100
"""Characters of a cell that holds a number, or a word of a closed set."""
_AMBIGUOUS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")

_CHINESE: Final[Mapping[str, Word]] = {
    "实线": LineKind.SOLID,
    "虚线": LineKind.DOTTED,
    "推测": Basis.ASSUMED,
    "假设": Basis.ASSUMED,
    "估计": Basis.ASSUMED,
    "确认": Basis.CONFIRMED,
    "已确认": Basis.CONFIRMED,
    "工作": InfluenceKind.PROFESSIONAL,
    "专业": InfluenceKind.PROFESSIONAL,
    "家人": InfluenceKind.FAMILY,
    "亲属": InfluenceKind.FAMILY,
    "亲戚": InfluenceKind.FAMILY,
    "校友": InfluenceKind.ALUMNI,
    "同学": InfluenceKind.ALUMNI,
    "前同事": InfluenceKind.FORMER_COLLEAGUE,
    "政治": InfluenceKind.POLITICAL,
    "其他": InfluenceKind.OTHER,
    "冲突": InfluenceKind.CONFLICT,
    "矛盾": InfluenceKind.CONFLICT,
    "批准者": Role.APPROVER,
    "批准人": Role.APPROVER,
    "决策者": Role.DECISION_MAKER,
    "决策人": Role.DECISION_MAKER,
    "评估者": Role.EVALUATOR,
    "评估人": Role.EVALUATOR,
    "使用者": Role.USER,
    "用户": Role.USER,
    "影响者": Role.INFLUENCER,
    "影响人": Role.INFLUENCER,
    "敌人": Stance.ENEMY,
    "敌对": Stance.ENEMY,
    "反对": Stance.ENEMY,
    "反对者": Stance.ENEMY,
    "不支持": Stance.NON_SUPPORTER,
    "不支持者": Stance.NON_SUPPORTER,
    "中立": Stance.NEUTRAL,
    "中立者": Stance.NEUTRAL,
    "支持": Stance.SUPPORTER,
    "支持者": Stance.SUPPORTER,
    "导师": Stance.MENTOR,
    "教练": Stance.MENTOR,
    "指导者": Stance.MENTOR,
    "未接触": ContactLevel.NONE,
    "没有接触": ContactLevel.NONE,
    "无接触": ContactLevel.NONE,
    "简单接触": ContactLevel.BRIEF,
    "初步接触": ContactLevel.BRIEF,
    "多次接触": ContactLevel.MULTIPLE,
    "深入接触": ContactLevel.IN_DEPTH,
    "深度接触": ContactLevel.IN_DEPTH,
    "捕捉": Origin.CAPTURED,
    "捕捉商机": Origin.CAPTURED,
    "孵化": Origin.INCUBATED,
    "孵化商机": Origin.INCUBATED,
    "线索": SalesStage.LEAD,
    "初步接洽": SalesStage.PROSPECTING,
    "跟进": SalesStage.ENGAGING,
    "方案": SalesStage.PROPOSING,
    "报价": SalesStage.PROPOSING,
    "谈判": SalesStage.NEGOTIATING,
    "进行中": Outcome.OPEN,
    "赢单": Outcome.WON,
    "成交": Outcome.WON,
    "中标": Outcome.WON,
    "closed won": Outcome.WON,
    "输单": Outcome.LOST,
    "丢单": Outcome.LOST,
    "未中标": Outcome.LOST,
    "closed lost": Outcome.LOST,
    "无决策": Outcome.NO_DECISION,
    "未参与": Outcome.NOT_PURSUED,
    "放弃": Outcome.NOT_PURSUED,
}
"""Words of Chinese files, and of other programs, by what they mean."""
_UNKNOWN: Final = frozenset({"未知", "不详", "不清楚"})
"""Chinese for ``unknown``, a word of several sets."""
_STANCES: Final = {
    "-2": Stance.ENEMY,
    "-1": Stance.NON_SUPPORTER,
    "0": Stance.NEUTRAL,
    "1": Stance.SUPPORTER,
    "2": Stance.MENTOR,
}


def plain_text(text: str) -> str:
    """A name or word with its spaces single and its characters composed, as names are compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _short(text: str) -> str:
    """A number or word with its characters in their plain forms; nothing when it is too long."""
    return unicodedata.normalize("NFKC", text) if len(text) <= _LONGEST else ""


def shown(text: str) -> str:
    """What a cell holds, for a sentence: its beginning when it is long."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def several(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, between ``;`` or ``、``."""
    return tuple(part for part in (plain_text(p) for p in _SEPARATORS.split(text)) if part)


def score(text: str | None, field: str, least: int = 0) -> int | None:
    """A whole number from ``least`` to 100."""
    if not text:
        return None
    usual = _SCORES.get(text)
    if usual is not None and usual >= least:
        return usual
    try:
        number = Decimal(_short(text).strip().removesuffix("%"))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not least <= number <= 100 or number != int(number):
        raise Refused(
            phrase(
                "{field} is {value}: it must be a whole number from {least} to 100.",
                field=said_field(field),
                value=shown(text),
                least=least,
            )
        )
    return int(number)


def yes_or_no(text: str | None, field: str) -> bool | None:
    """Yes, no, or nothing said."""
    if not text:
        return None
    plain = plain_text(text).casefold()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise Refused(
        phrase(
            "{field} is {value}: it must be yes or no.", field=said_field(field), value=shown(text)
        )
    )


def word(kind: type[W], text: str | None, field: str) -> W | None:
    """A word of a closed set, by its stored value or its label in English or Chinese."""
    if not text:
        return None
    found = as_word(kind, text)
    if found is not None:
        return found
    raise Refused(
        phrase(
            "{field} is {value}: it must be one of {words}.",
            field=said_field(field),
            value=shown(text),
            words=tuple(kind),
        )
    )


def as_word(kind: type[W], text: str) -> W | None:
    """The word of a closed set that a text is, if it is one."""
    plain = plain_text(_short(text)).casefold()
    if plain in _UNKNOWN:
        plain = "unknown"
    known = _members(kind)
    found = known.get(plain.replace("-", "_").replace(" ", "_")) or known.get(plain)
    found = found or _CHINESE.get(plain)
    return found if isinstance(found, kind) else None


def without_blanks(said: Mapping[str, object]) -> dict[str, Any]:
    """What a row says, without what it leaves blank."""
    return {name: value for name, value in said.items() if value not in (None, "")}


@cache
def _members(kind: type[Word]) -> Mapping[str, Word]:
    """The words of a set by their stored values and by their labels."""
    labels = {member.label: member for member in kind}
    return labels | {member.value: member for member in kind}


def stance(text: str | None, field: str) -> Stance | None:
    """A stance by its word or by its number, -2 to 2."""
    if not text:
        return None
    number = _short(text).replace("−", "-").strip().removeprefix("+")
    return _STANCES[number] if number in _STANCES else word(Stance, text, field)


def roles(text: str | None, field: str) -> tuple[Role, ...] | None:
    """Buying roles, between ``;``, each once."""
    if not text:
        return None
    found = [word(Role, part, field) for part in several(text.replace(",", ";").replace("，", ";"))]
    return tuple(dict.fromkeys(role for role in found if role is not None))


def day(text: str | None, field: str, order: DateOrder) -> date | None:
    """A date in the order that its column has."""
    if not text:
        return None
    found = day_of(text, order)
    if found is None:
        raise Refused(
            phrase("{field} is {value}: it is no date.", field=said_field(field), value=shown(text))
        )
    return found


def unit(text: str | None) -> int:
    """What amounts are in: ``million``, ``万元``; 1 when nothing is said."""
    if not text:
        return 1
    found = _UNIT_WORDS.get(plain_text(_short(text)).casefold())
    if found is None:
        raise Refused(
            phrase(
                "{field} is {value}: it must be thousand, million, billion, 万 or 亿.",
                field=said_field("unit"),
                value=shown(text),
            )
        )
    return found


def money(text: str | None, field: str, currency: str, times: int = 1) -> Money | None:
    """An amount of a currency: ``1,234.50``, ``1.234,50``, ``500万``; in units of ``times``."""
    if not text:
        return None
    try:
        minor = _minor_units(text, currency, times)
    except _TwoMeanings:
        raise Refused(
            phrase(
                "{field} is {value}: the point may set thousands apart or decimals;"
                " write {whole}, or two decimals.",
                field=said_field(field),
                value=shown(text),
                whole=_AMOUNT.sub("", text).replace(".", ""),
            )
        ) from None
    except (InvalidOperation, ValueError):
        raise Refused(
            phrase(
                "{field} is {value}: it is no amount of {currency}.",
                field=said_field(field),
                value=shown(text),
                currency=currency,
            )
        ) from None
    return Money(minor, currency)


class _TwoMeanings(ValueError):
    """An amount that people of different countries read differently."""


def _minor_units(text: str, currency: str, times: int) -> int:
    plain = _AMOUNT.sub("", _short(text)).casefold()
    units = times
    while plain[-1:] in _UNITS:
        units *= _UNITS[plain[-1]]
        plain = plain[:-1]
    digits = minor_digits(currency)
    if not any(character.isdigit() for character in plain):
        raise ValueError(text)
    if _AMBIGUOUS.fullmatch(plain) and units == 1 and digits < 3:
        raise _TwoMeanings(text)  # a thousand to some, one and nothing more to others
    exact = Decimal(_with_a_point(plain)) * units * 10**digits
    if exact != int(exact) or not 0 <= exact < 10**18:
        raise ValueError(text)
    return int(exact)


def _with_a_point(number: str) -> str:
    """The number with no marks between thousands and a point before its decimals."""
    last = max(number.rfind(","), number.rfind("."))
    if last < 0:
        return number
    mark, other = number[last], "," if number[last] == "." else "."
    decimals = len(number) - last - 1
    if number.count(mark) > 1 or (mark == "," and decimals == 3 and other not in number):
        return number.replace(",", "").replace(".", "")
    return number.replace(other, "").replace(mark, ".")
