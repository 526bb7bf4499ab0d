"""Chinese names as people type them: whole pinyin and its initials, surnames read as surnames."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_SURNAMES: Final = {
    "单": "shan", "解": "xie", "仇": "qiu", "曾": "zeng", "区": "ou", "朴": "piao", "查": "zha",
    "任": "ren", "华": "hua", "盖": "ge", "缪": "miao", "翟": "zhai", "尉": "wei", "乐": "yue",
    "员": "yun", "召": "shao", "种": "chong", "覃": "qin", "洗": "xian", "冼": "xian", "繁": "po",
}  # fmt: skip


@lru_cache(maxsize=250_000)
def spellings(name: str) -> tuple[str, ...]:
    """How a name may be typed, in small letters: as it is, its pinyin, the initials of that."""
    plain = name.casefold()
    if plain.isascii():
        words = plain.split()
        return (plain, "".join(word[0] for word in words)) if len(words) > 1 else (plain,)
    from pypinyin import lazy_pinyin

    syllables = [syllable.casefold() for syllable in lazy_pinyin(name)]
    if name and name[0] in _SURNAMES and len(name) <= 4 and syllables:
        syllables[0] = _SURNAMES[name[0]]
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
