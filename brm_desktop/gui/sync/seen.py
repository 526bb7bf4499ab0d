"""What the Sync page shows, read off the window's thread in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Records, SharingChoice
from brm_desktop.domain.sharing_choices import Policies
from brm_desktop.gui.sync.branches import Branch
from brm_desktop.gui.sync.leaving import leaving_branches, staying_branches
from brm_desktop.gui.work import Progress
from brm_desktop.session.syncing import Prepared, SyncStatus, prepare, status

if TYPE_CHECKING:
    from brm_desktop.session.session import AccountLine, Session


@dataclass(frozen=True, slots=True)
class Seen:
    """How the store is with its asset, what would leave, and what was chosen about whom.

    ``refused`` says why it cannot be looked through now, as during a what-if.
    """

    status: SyncStatus | None
    prepared: Prepared | None
    refused: Phrase | None
    policies: Policies
    accounts: tuple[AccountLine, ...]
    records: Records
    leaving: Sequence[Branch]
    staying: Sequence[Branch]


def look(session: Session, progress: Progress) -> Seen:
    """Look through the store; safe on a worker thread."""
    found = status(session)
    progress.check()
    prepared, refused = None, None
    if found is not None and not found.restored:
        try:
            prepared = prepare(session)
        except Refused as why:
            refused = why.sentence
    progress.check()
    records = session.all_records()
    progress.check()
    policies = Policies(records.all(SharingChoice).values())
    accounts = tuple(session.portfolio())
    if prepared is None:
        return Seen(found, None, refused, policies, accounts, records, (), ())
    leaving = leaving_branches(prepared.outgoing)
    staying = staying_branches(prepared.selection, records)
    return Seen(found, prepared, refused, policies, accounts, records, leaving, staying)
