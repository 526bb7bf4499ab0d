"""Problems in tests, by the sentence that the user reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from brm_desktop.domain.errors import Problem
from brm_desktop.language import tr


@contextmanager
def told(kind: type[Problem], sentence: str) -> Iterator[None]:
    """Expect a problem of a kind whose sentence, as the user reads it, has this pattern in it."""
    with pytest.raises(kind) as caught:
        yield
    said = tr(caught.value.sentence)
    assert re.search(sentence, said), f"{sentence!r} is not in {said!r}"
