"""How long a label of a chart may be, without drawing it: names on two lines, or cut."""

from __future__ import annotations

from typing import Final

_LETTER: Final = 6.2
"""About so many points a letter is wide; one of Chinese is twice as wide."""
_NARROW: Final = frozenset("ijlftrI.,:;'|!()[] -1")
_NARROW_LETTER: Final = 4.4


def points_wide(text: str) -> float:
    """About how wide a label is, in points."""
    return sum(_NARROW_LETTER if sign in _NARROW else _wide(sign) * _LETTER for sign in text)


def within(name: str, room: float) -> str:
    """A name on one line of so many points, else on two, cut where it needs more."""
    return name if points_wide(name) <= room else in_two_lines(name, int(room / _LETTER))


def in_two_lines(name: str, letters: int) -> str:
    """A name on at most two lines of so many letters, cut with "…" where it needs more.

    One that has two lines already keeps them as they are.
    """
    if "\n" in name:
        return name
    lines = [""]
    for word in _words(name):
        if _wide(lines[-1] + word.rstrip()) <= letters or not lines[-1]:
            lines[-1] += word
        else:
            lines.append(word)
    if len(lines) > 2:
        lines[1:] = ["".join(lines[1:])]
    return "\n".join(_cut(one.strip(), letters) for one in lines)


def _words(name: str) -> list[str]:
    """Words with the blank behind them; of Chinese each sign is one."""
    words = [""]
    for sign in name:
        if words[-1] and (words[-1][-1] == " " or _wide(sign) > 1 or _wide(words[-1][-1]) > 1):
            words.append("")
        words[-1] += sign
    return words


def _cut(text: str, letters: int) -> str:
    if _wide(text) <= letters:
        return text
    while text and _wide(text) >= letters:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _wide(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
