"""How long a passphrase must be, and in which words it is said what one is worth."""

from __future__ import annotations

import pytest

from brm_desktop.domain.passphrases import LEAST, WHAT_IT_MEANS, Strength, strength, wrong_with


@pytest.mark.parametrize(
    ("passphrase", "found"),
    [
        ("", Strength.TOO_SHORT),
        ("seven77", Strength.TOO_SHORT),
        ("eight888", Strength.WEAK),
        ("twelve letter"[:12], Strength.FAIR),
        ("sixteen letters!", Strength.GOOD),
        ("twenty letters or so", Strength.STRONG),
        ("四个安静的词语在此", Strength.WEAK),
        ("        ", Strength.TOO_SHORT),
        ("  seven77  ", Strength.TOO_SHORT),
    ],
)
def test_a_passphrase_is_worth_more_the_longer_it_is(passphrase: str, found: Strength) -> None:
    assert strength(passphrase) is found


def test_the_same_few_letters_again_and_again_are_weak_however_many() -> None:
    assert strength("abab" * 10) is Strength.WEAK


def test_what_cannot_be_taken_is_said_in_one_sentence() -> None:
    assert wrong_with("short", "short") == WHAT_IT_MEANS[Strength.TOO_SHORT]
    assert str(LEAST) in str(wrong_with("short", "other"))
    assert str(wrong_with("long enough", "long enouhg")).startswith("The two passphrases")
    assert wrong_with("long enough", "long enough") is None


def test_every_strength_has_its_words() -> None:
    assert set(WHAT_IT_MEANS) == set(Strength)


def test_a_blank_that_was_copied_along_makes_no_difference() -> None:
    assert wrong_with("four quiet words ", "four quiet words") is None
