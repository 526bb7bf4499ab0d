"""Chinese names as people type them and look them up: by pinyin, surnames read as surnames.

The order in which people read names is made here and nowhere else, so that window, documents and
command line agree on every computer: it asks neither the system nor its locale. It is
dear for the people of a large account: where names only decide between things that a rule has put
in order, or some fixed order is all that is wanted, they may stand by their signs' numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, TypeVar
from unicodedata import combining, normalize

T = TypeVar("T")

_SURNAMES: Final = {
    "单": "shan4", "解": "xie4", "仇": "qiu2", "曾": "zeng1", "区": "ou1", "朴": "piao2",
    "查": "zha1", "任": "ren2", "华": "hua4", "盖": "ge3", "缪": "miao4", "翟": "zhai2",
    "尉": "wei4", "乐": "yue4", "员": "yun4", "召": "shao4", "种": "chong2", "覃": "qin2",
    "洗": "xian3", "冼": "xian3", "繁": "po2",
}  # fmt: skip
"""Signs that are read otherwise as a surname, with their tone."""
_LONGEST_NAME: Final = 4
"""Signs of a person's name; what is longer is a company or a department."""
_PIECES: Final = re.compile(r"[0-9]+|[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+")
_NEXT_PIECE, _WITHIN, _AT_LAST = "\x02", "\x03", "\x01"
"""What parts the pieces of a key: below any letter, so that a shorter name comes first."""


@lru_cache(maxsize=250_000)
def spellings(name: str) -> tuple[str, ...]:
    """How a name may be typed, in small letters: as it is, its pinyin, the initials of that."""
    plain = name.casefold()
    if plain.isascii():
        words = plain.split()
        return (plain, "".join(word[0] for word in words)) if len(words) > 1 else (plain,)
    from pypinyin import lazy_pinyin

    syllables = [syllable.casefold() for syllable in lazy_pinyin(name)]
    surname = _surname(name)
    if surname and syllables:
        syllables[0] = surname[:-1]
    return (plain, "".join(syllables), "".join(syllable[:1] for syllable in syllables))


def fits(wanted: str, name: str) -> int | None:
    """How well a name fits what was typed: 0 best, ``None`` not at all."""
    typed = wanted.casefold().replace(" ", "") if not wanted.isascii() else wanted.casefold()
    if not typed:
        return 0
    best: int | None = None
    for kind, spelling in enumerate(spellings(name)):
        closed = spelling if wanted.isascii() else spelling.replace(" ", "")
        place = closed.find(typed)
        if place >= 0:
            rank = (0 if place == 0 else 3) + kind
            best = rank if best is None else min(best, rank)
    return best


@lru_cache(maxsize=250_000)
def name_order(name: str) -> str:
    """What names are put in order by, a key of no other meaning.

    Chinese stands where its pinyin does among Latin letters, sign by sign: by syllable, tone and
    sign, so that one surname stays together. Numbers count as numbers; capitals, accents and
    punctuation count only between names that are otherwise equal.
    """
    pieces: list[str] = []
    for piece in _PIECES.findall(name):
        if piece[0] in "0123456789":
            digits = piece.lstrip("0")
            pieces.append(f"{len(digits):04d}{digits}")
        elif "\u3400" <= piece[0] <= "\u9fff":
            pieces += _signs(piece)
        else:
            pieces.append(_plain(piece))
    if pieces and (surname := _surname(name)):
        pieces[0] = _sign_piece(surname, name[0])
    return _NEXT_PIECE.join(pieces) + _AT_LAST + name


def in_name_order(named: Iterable[tuple[str, T]]) -> list[tuple[str, T]]:
    """Names with what they stand for, in the order of names; equal names by what they stand for."""
    return sorted(named, key=lambda pair: (name_order(pair[0]), str(pair[1])))


def by_rank(
    found: Iterable[T], rank: Callable[[T], Any], named: Callable[[T], tuple[str, ...]]
) -> list[T]:
    """Things by a rank, the smallest first, and those that are equal in the order of their names.

    ``named`` gives one or more names and at last what decides between equal ones. Only where ranks
    are equal are names put in order, which is dear.
    """

    def order(one: T) -> tuple[str, ...]:
        *names, last = named(one)
        return (*map(name_order, names), last)

    placed: list[T] = []
    for _, alike in groupby(sorted(found, key=rank), key=rank):
        equals = list(alike)
        if len(equals) > 1:
            equals.sort(key=order)
        placed += equals
    return placed


def _surname(name: str) -> str:
    """How the first sign of a person's name is read where a surname is read otherwise."""
    return _SURNAMES.get(name[:1], "") if len(name) <= _LONGEST_NAME else ""


def _signs(text: str) -> list[str]:
    """A piece for each Chinese sign, as the words they make are read."""
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=_each)
    return [_sign_piece(spoken, sign) for spoken, sign in zip(read, text, strict=True)]


def _each(signs: str) -> Any:
    """Signs that have no reading, each by itself."""
    return list(signs)


def _sign_piece(spoken: str, sign: str) -> str:
    """Syllable, tone and sign; a sign nobody knows how to read stands as itself, behind letters."""
    if not spoken[-1:].isdecimal():
        return sign
    return f"{_plain(spoken[:-1])}{_WITHIN}{spoken[-1]}{sign}"


def _plain(word: str) -> str:
    """A word in small letters without accents."""
    if word.isascii():
        return word.casefold()
    return "".join(sign for sign in normalize("NFKD", word.casefold()) if not combining(sign))
