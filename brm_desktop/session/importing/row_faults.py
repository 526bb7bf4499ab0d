"""All that is wrong with a row, told in one go, so that it is mended once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase

P = ParamSpec("P")
T = TypeVar("T")


class RowFaults:
    """What could not be read of a row so far, a sentence each."""

    def __init__(self) -> None:
        self.sentences: list[Phrase] = []

    def noting(self, read: Callable[P, T], *args: P.args, **named: P.kwargs) -> T | None:
        """What ``read`` gives; nothing where it refuses, and then why is noted."""
        try:
            return read(*args, **named)
        except Refused as refused:
            if refused.sentence not in self.sentences:
                self.sentences.append(refused.sentence)
            return None


@contextmanager
def all_faults() -> Iterator[RowFaults]:
    """Read what a row says; raises ``Refused`` at the end with all that was noted meanwhile."""
    faults = RowFaults()
    yield faults
    if faults.sentences:
        raise Refused(one_after_another(faults.sentences))


def one_after_another(sentences: list[Phrase]) -> Phrase:
    """Sentences as one text, in their order."""
    *before, told = sentences
    for sentence in reversed(before):
        told = phrase("{sentence} {more}", sentence=sentence, more=told)
    return told
