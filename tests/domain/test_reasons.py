"""Why the system refused a file, in words that can be translated."""

from __future__ import annotations

import errno

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.reasons import reason_of


def test_a_known_reason_is_a_phrase() -> None:
    assert reason_of(OSError(errno.ENOSPC, "whatever")) == phrase("No space left on device")


def test_another_reason_is_said_in_the_words_of_the_system_or_by_its_name() -> None:
    assert reason_of(OSError(-1, "the dog ate it")) == "the dog ate it"
    assert reason_of(OSError("no number")) == "no number"
    assert reason_of(TimeoutError()) == "TimeoutError"
