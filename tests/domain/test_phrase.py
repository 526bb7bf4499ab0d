"""Sentences as the domain hands them out: English templates with values, words among them."""

from __future__ import annotations

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Stance


def test_a_phrase_says_its_template_with_the_labels_of_words_and_phrases_within() -> None:
    said = phrase(
        "{name}: {stance} ({why})", name="李静", stance=Stance.NON_SUPPORTER, why=phrase("x")
    )
    assert str(said) == "李静: non-supporter (x)"


def test_a_word_alone_is_a_phrase_of_its_label() -> None:
    assert str(Stance.MENTOR.phrase) == "mentor"
    assert Stance.MENTOR.phrase.values == {"word": Stance.MENTOR}


def test_phrases_of_equal_text_and_values_are_one() -> None:
    assert len({phrase("{n} of {m}", n=1, m=2), phrase("{n} of {m}", n=1, m=2)}) == 1
    assert phrase("{n}", n=1) != phrase("{n}", n=2)
    assert phrase("plain") == Phrase("plain")


def test_a_word_is_stored_by_its_value_and_shown_by_its_label() -> None:
    assert Stance("non_supporter") is Stance.NON_SUPPORTER  # type: ignore[call-arg]  # by value
    assert f"{Stance.NON_SUPPORTER}" == "non_supporter"
    assert Stance.NON_SUPPORTER.label == "non-supporter"
