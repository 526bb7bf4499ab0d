"""Edits that take records away, and what must go with them."""

from __future__ import annotations

from collections.abc import Iterable

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import AccountId, PersonId, Records


def remove_people(
    records: Records, act: Act, people: Iterable[PersonId], keep_relations: bool = False
) -> Change:
    """Take people away with their lines, statements, memberships and places.

    With ``keep_relations`` their reports hang under their manager, and in chains those they decided
    for under whoever decided for them; what was said of themselves still goes.
    """
    raise NotImplementedError


def remove_records(
    records: Records, act: Act, ids: Iterable[str], keep_relations: bool = False
) -> Change:
    """Take any records away, with whatever cannot stand without them."""
    raise NotImplementedError


def remove_accounts(records: Records, act: Act, accounts: Iterable[AccountId]) -> Change:
    """Take accounts away with their organisation, people, projects and all else of them."""
    raise NotImplementedError
