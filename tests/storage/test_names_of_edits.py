from __future__ import annotations

from datetime import date
from fractions import Fraction

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Money, Role
from brm_desktop.storage.rows.phrases import phrase_from_json, phrase_to_json


def test_the_name_of_an_edit_can_be_said_in_another_language_later() -> None:
    name = phrase("Undo: {edit}", edit=phrase("Move {n} people", n=3), word="text")
    assert phrase_from_json(phrase_to_json(name)) == name
    assert phrase_to_json(phrase("Tidy")) == '{"phrase":"Tidy"}'


def test_words_days_and_money_in_a_name_keep_what_they_are() -> None:
    name = phrase(
        "{role} {on} {spend} {share} {no}",
        role=Role.APPROVER,
        on=date(2026, 3, 1),
        spend=Money(5, "CNY"),
        share=Fraction(1, 3),
        no=None,
    )
    read = phrase_from_json(phrase_to_json(name))
    assert read.values == {
        "role": Role.APPROVER,
        "on": date(2026, 3, 1),
        "spend": Money(5, "CNY"),
        "share": "1/3",
        "no": None,
    }


def test_a_word_that_is_known_no_more_is_said_as_it_was() -> None:
    written = '{"phrase":"{role}","values":{"role":{"word":["Role","overlord","overlord"]}}}'
    assert phrase_from_json(written).values["role"] == "overlord"
