"""What this process knows stays with it: no image of its memory on disk, no secret for others.

A passphrase in the environment would be handed on to every program that is started, the one that
lists fonts too. So it is taken out of there before anything else is done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

PRESENT: Final = "BRM_PASSPHRASE"
NEXT: Final = "BRM_NEW_PASSPHRASE"
_SECRETS: Final = (PRESENT, NEXT)

_taken: Final[dict[str, str]] = {}


def given(variable: str) -> str | None:
    """The secret that was given in a variable of the environment; ``None`` for an empty one too."""
    return _taken.get(variable) or os.environ.get(variable) or None


@contextmanager
def secrets_to_itself() -> Iterator[None]:
    """Have the secrets out of the environment for a while: only :func:`given` knows them then."""
    here = {name: os.environ.pop(name) for name in _SECRETS if name in os.environ}
    _taken.update(here)
    try:
        yield
    finally:
        _taken.clear()
        os.environ.update(here)


def no_image_of_memory() -> None:
    """Have no core file written when the program crashes: the key and what it opens are in it.

    Where the system knows no such limit nothing is changed.
    """
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, most))
