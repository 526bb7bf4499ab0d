"""The look's tokens: readable in both themes, and told apart by people who see fewer colours."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from brm_desktop.rendering.theme import (
    DARK,
    LIGHT,
    TEXT_CONTRAST,
    Theme,
    contrast,
    mix,
    seen_through,
)

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)

SEEN_BY = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How red, green and blue arrive in the three kinds of colour blindness (Machado et al., 2009)."""


@BOTH
@pytest.mark.parametrize("ground", ["panel", "lane", "lane_other", "ground"])
def test_text_stands_out_from_whatever_it_stands_on(theme: Theme, ground: str) -> None:
    below = getattr(theme, ground)
    assert contrast(theme.ink, below) >= TEXT_CONTRAST
    assert contrast(theme.readable(theme.quiet, below), below) >= TEXT_CONTRAST


@BOTH
def test_words_on_a_card_stand_out(theme: Theme) -> None:
    for colour in (theme.ink, theme.quiet, theme.crucial, theme.accent):
        assert contrast(colour, theme.panel) >= TEXT_CONTRAST


@BOTH
def test_words_on_a_faded_card_can_still_be_read(theme: Theme) -> None:
    aged = theme.aged()
    for colour in (aged.ink, aged.quiet, aged.crucial):
        assert contrast(colour, aged.panel) >= TEXT_CONTRAST - 0.01


@BOTH
def test_words_on_pills_and_on_filled_colours_stand_out(theme: Theme) -> None:
    for colour in (theme.crucial, theme.accent, theme.competitor):
        tint = theme.tinted(colour, 0.10)
        assert contrast(theme.readable(colour, tint), tint) >= TEXT_CONTRAST
    for colour in (theme.strong, theme.medium, theme.weak, theme.accent, theme.competitor):
        assert contrast(theme.on(colour), colour) >= TEXT_CONTRAST


@BOTH
@pytest.mark.parametrize("sight", SEEN_BY)
def test_bands_are_told_apart_without_red_green_or_blue_sight(theme: Theme, sight: str) -> None:
    bands = (theme.strong, theme.medium, theme.weak, theme.unscored)
    for one, other in combinations(bands, 2):
        assert _apart(_seen(one, sight), _seen(other, sight)) > 24


def test_a_colour_between_two_is_between_them() -> None:
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix("#102030", "#FFFFFF", 0.0) == "#102030"
    assert seen_through("#102030", 0.5) == "#10203080"


def test_the_dark_theme_knows_that_it_is_dark() -> None:
    assert DARK.dark
    assert not LIGHT.dark


def _seen(colour: str, sight: str) -> tuple[float, ...]:
    channels = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return tuple(
        sum(share * channel for share, channel in zip(row, channels, strict=True))
        for row in SEEN_BY[sight]
    )


def _apart(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return dist(one, other)
