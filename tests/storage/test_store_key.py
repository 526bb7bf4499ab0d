from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.storage.keys.store_key import (
    StoreKey,
    has_recovery_form,
    key_of_recovery,
    recovery_key,
    recovery_letters,
)

KEYS = st.binary(min_size=32, max_size=32).map(StoreKey)
ZERO = StoreKey(bytes(32))


@given(KEYS)
def test_a_recovery_key_gives_the_key_again(key: StoreKey) -> None:
    assert key_of_recovery(recovery_key(key)) == key


def test_a_recovery_key_is_eight_groups_of_seven() -> None:
    groups = recovery_key(StoreKey.random()).split("-")
    assert [len(group) for group in groups] == [7] * 8


@given(KEYS)
def test_it_may_be_typed_with_the_slips_that_people_make(key: StoreKey) -> None:
    written = recovery_key(key)
    for typed in (
        written.lower(),
        f"  {written.replace('-', ' ')}\n",
        written.replace("-", ""),
        written.replace("0", "O").replace("1", "I"),
        written.replace("0", "o").replace("1", "l"),
        written.translate({ord(sign): ord(sign) + 0xFEE0 for sign in written if sign != "-"}),
        written.replace("-", "—"),
    ):
        assert key_of_recovery(typed) == key


@given(KEYS, st.integers(0, 55), st.integers(1, 31))
def test_one_wrong_letter_is_found(key: StoreKey, place: int, step: int) -> None:
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    written = recovery_key(key).replace("-", "")
    wrong = letters[(letters.index(written[place]) + step) % 32]
    typed = written[:place] + wrong + written[place + 1 :]
    assert has_recovery_form(typed)
    assert key_of_recovery(typed) is None


@given(st.text())
def test_a_passphrase_is_no_recovery_key(text: str) -> None:
    assert key_of_recovery(text) is None


def test_what_is_too_long_or_too_short_has_not_its_form() -> None:
    written = recovery_key(ZERO)
    assert not has_recovery_form(written[:-1])
    assert not has_recovery_form(written + "0")
    assert not has_recovery_form(written[:-1] + "U")


@given(KEYS, st.integers(3, 7))
def test_some_groups_of_a_recovery_key_are_taken_for_what_they_are(key: StoreKey, n: int) -> None:
    written = "-".join(recovery_key(key).split("-")[:n])
    digits = sum(sign.isdigit() for sign in written)
    assert recovery_letters(written) == (7 * n if digits * 8 >= 7 * n else 0)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "AB12",
        "correct horse battery staple",
        "seven77 letters",
        "plastic kitchen morning",
        "9" * 20,
    ],
)
def test_words_are_not_taken_for_part_of_a_recovery_key(words: str) -> None:
    assert recovery_letters(words) == 0


def test_a_key_never_shows_itself() -> None:
    key = StoreKey(b"\xab" * 32)
    assert "ab" not in repr(key).lower().replace("raw", "")
    assert "ab" not in f"{key}".lower()
    assert StoreKey.random() != StoreKey.random()
