"""What the Sync page shows, read off the window's thread in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Records, SharingChoice
from brm_desktop.domain.sharing_choices import Scopes
from brm_desktop.gui.sync.branches import Branch
from brm_desktop.gui.sync.leaving import leaving_branches, staying_branches
from brm_desktop.gui.sync.policy import Policy, policies_of
from brm_desktop.gui.work import Progress
from brm_desktop.session.syncing import Prepared, SyncStatus, prepare, status

if TYPE_CHECKING:
    from brm_desktop.session.session import Session

_CHOSEN: Final = (SharingChoice,)
"""All that is shown of a store from which nothing can leave."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How the store is with its asset, what would leave, and what was chosen about whom.

    ``said`` is what would leave in one sentence, or why it cannot be looked through now, as during
    a what-if.
    """

    status: SyncStatus | None
    prepared: Prepared | None
    said: Phrase | None
    policies: tuple[Policy, ...]
    records: Records
    scopes: Scopes
    leaving: Sequence[Branch]
    staying: Sequence[Branch]


def look(session: Session, before: Seen | None, progress: Progress) -> Seen:
    """Look through the store, safe on a worker thread; ``before`` is what was seen of it last."""
    found = status(session)
    progress.check()
    prepared, said = None, None
    if found is not None and not found.restored:
        try:
            known = None if before is None else before.prepared
            prepared = prepare(session, before=known, check=progress.check)
        except Refused as why:
            said = why.sentence
    progress.check()
    records = session.records_of(_CHOSEN) if prepared is None else prepared.gathered.records
    scopes = Scopes(records)
    progress.check()
    policies = policies_of(records.all(SharingChoice).values(), session.portfolio())
    if prepared is None:
        return Seen(found, None, said, policies, records, scopes, (), ())
    leaving = leaving_branches(prepared.outgoing)
    progress.check()
    staying = staying_branches(prepared.selection, records, scopes)
    said = prepared.outgoing.summary()
    return Seen(found, prepared, said, policies, records, scopes, leaving, staying)
