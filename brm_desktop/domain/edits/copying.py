"""Edits behind copy, paste and duplicate on a canvas."""

from __future__ import annotations

from collections.abc import Iterable

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import AccountId, PersonId, Record, Records


def copied(
    records: Records, people: Iterable[PersonId], canvas: str | None = None
) -> tuple[Record, ...]:
    """What the clipboard holds of some people: them, the lines among them, and their places."""
    raise NotImplementedError


def paste_people(
    records: Records,
    act: Act,
    copy: Iterable[Record],
    account: AccountId,
    *,
    canvas: str | None = None,
    offset: tuple[float, float] = (24, 24),
) -> Change:
    """Make new people like the copied ones in an account, with the lines among them."""
    raise NotImplementedError


def duplicate_people(
    records: Records,
    act: Act,
    people: Iterable[PersonId],
    *,
    canvas: str | None = None,
    offset: tuple[float, float] = (24, 24),
) -> Change:
    """Make a second of each person beside the first, with the lines among them."""
    raise NotImplementedError
