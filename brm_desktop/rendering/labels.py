"""Where the words on lines stand: on the line, beside every card and every other label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from brm_desktop.rendering.figure import Box, Figure, Point

SHARES: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
"""Where along a line a label may stand, the best place first."""

LONGEST: Final = 200.0
"""No label is wider than this; longer words are cut."""

_HIGH = 17.0
_LETTER, _WIDE = 6.4, 11.0
_AROUND = 10.0
_WIDE_FROM = "\u2e80"


class Labels:
    """Gives each label in turn the first of its places where it covers nothing."""

    def __init__(self, figure: Figure | None, taken: Iterable[Box] = ()) -> None:
        self._taken = list(taken)
        if figure is not None:
            self._taken += [card.box for card in figure.cards.values()]

    def place(self, text: str, places: Sequence[Point], grown: float = 1.0) -> Point:
        """The first place that is free, else the first of all; without a text, the first.

        ``grown`` says how many times larger than usual the label is.
        """
        if not text:
            return places[0]
        boxes = [_box(text, at, grown) for at in places]
        free = (n for n, box in enumerate(boxes) if not any(box.meets(o) for o in self._taken))
        chosen = next(free, 0)
        self._taken.append(boxes[chosen])
        return places[chosen]


def label_width(text: str) -> float:
    """About how wide a label is, without asking any font."""
    wide = sum(_WIDE if letter >= _WIDE_FROM else _LETTER for letter in text)
    return min(wide, LONGEST) + _AROUND


def _box(text: str, at: Point, grown: float) -> Box:
    wide, high = label_width(text) * grown, _HIGH * grown
    return Box(at.x - wide / 2, at.y - high / 2, wide, high)
