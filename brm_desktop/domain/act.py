"""Who makes an edit, when, and where its new ids come from: what an edit may not find out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Act:
    """The circumstances of one edit, handed in so that edits stay pure.

    ``stamp`` is the 32 hex digits of the edit's hybrid logical clock stamp; ``author`` the id of
    the employee who is the user, or "" when Settings name none; ``new_id`` gives a fresh UUIDv7 a
    call.
    """

    today: date
    stamp: str
    author: str
    new_id: Callable[[], str]
