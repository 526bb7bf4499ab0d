"""Which account of a store has the most people."""

from __future__ import annotations

from brm_desktop.domain.records import AccountId
from brm_desktop.session.session import Session


def biggest_account(session: Session) -> AccountId:
    """The account with the most people; of equals the first by name."""
    return AccountId(max(session.holding().accounts, key=lambda one: one.people).id)
