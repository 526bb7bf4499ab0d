"""How long a passphrase must be, and how much one is worth; told by its length alone."""

from __future__ import annotations

from typing import Final

from brm_desktop.domain.phrase import Phrase, Word, phrase

LEAST: Final = 8
"""Letters that a passphrase has at least."""
_FAIR, _GOOD, _STRONG = 12, 16, 20
_FEWEST_DIFFERENT: Final = 5


class Strength(Word):
    """How long a passphrase holds against somebody who has the file and tries."""

    TOO_SHORT = "too_short", "too short"
    WEAK = "weak", "weak"
    FAIR = "fair", "fair"
    GOOD = "good", "good"
    STRONG = "strong", "strong"


WHAT_IT_MEANS: Final = {
    Strength.TOO_SHORT: phrase("A passphrase has at least {least} characters.", least=LEAST),
    Strength.WEAK: phrase("Weak: somebody who has the file and tries for days may find it."),
    Strength.FAIR: phrase("Fair: a few more words make it good."),
    Strength.GOOD: phrase("Good: it takes years to find by trying."),
    Strength.STRONG: phrase("Strong: nobody finds it by trying."),
}


def strength(passphrase: str) -> Strength:
    """How good a passphrase is, by its length; letters that repeat each other count for little.

    Blanks before and after it do not belong to it.
    """
    passphrase = passphrase.strip()
    length = len(passphrase)
    if length < LEAST:
        return Strength.TOO_SHORT
    if length < _FAIR or len(set(passphrase)) < _FEWEST_DIFFERENT:
        return Strength.WEAK
    if length < _GOOD:
        return Strength.FAIR
    return Strength.GOOD if length < _STRONG else Strength.STRONG


def wrong_with(passphrase: str, again: str) -> Phrase | None:
    """Why a passphrase typed twice cannot be taken, or nothing."""
    if strength(passphrase) is Strength.TOO_SHORT:
        return WHAT_IT_MEANS[Strength.TOO_SHORT]
    if passphrase.strip() != again.strip():
        return phrase("The two passphrases are not the same.")
    return None
