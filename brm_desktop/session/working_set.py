"""Which records of a change belong in memory: those of the shared part and of opened accounts.

A store holds more than is loaded. A change that reaches further (an import into another account, an
undo after a restart) is written whole, and memory takes its share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    KINDS,
    Account,
    AccountId,
    Assessment,
    Attitude,
    ChainLink,
    ChainMember,
    Conflict,
    Department,
    Influence,
    Person,
    Placement,
    Record,
    Records,
    ReportingLine,
    Sameness,
    SharingChoice,
    Snapshot,
    SupportRequest,
    Tie,
)
from brm_desktop.session.supposing import Book

if TYPE_CHECKING:
    from brm_desktop.domain.analysis import AccountAnalysis

_ANCHORS: Final[dict[type[Record], tuple[str, ...]]] = {
    Department: ("organisation",),
    Person: ("organisation",),
    ReportingLine: ("person", "manager"),
    Influence: ("source", "target"),
    Tie: ("person",),
    Assessment: ("person",),
    ChainMember: ("project",),
    Attitude: ("project",),
    ChainLink: ("project",),
    SupportRequest: ("opportunity",),
    Snapshot: ("subject",),
    Placement: ("canvas",),
    Sameness: ("one", "other"),
    Conflict: ("row",),
    SharingChoice: ("subject",),
}
"""By which fields a record belongs to what is loaded: one of them named there is enough."""


_LARGE: Final = 3_000
"""An account of so many records is made ready before it is shown."""

_FIRST_LOOK: Final = (
    "importance",
    "hierarchy",
    "by_importance",
    "key_people",
    "power_centres",
    "influence_centres",
    "potential",
)
_FIRST_LOOKED_UP: Final[tuple[tuple[type[Record], str], ...]] = (
    (ReportingLine, "person"),
    (ReportingLine, "manager"),
    (Influence, "source"),
    (Influence, "target"),
    (Tie, "person"),
    (Assessment, "person"),
    (ChainMember, "person"),
    (Placement, "canvas"),
    (Person, "department"),
)

_ORDER: Final = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Ready:
    """Memory with an account brought into it, made beside the one in use, and its numbers."""

    base: Records
    coming: Change
    records: Records
    analysis: AccountAnalysis

    def fits(self, records: Records, known: AccountAnalysis) -> bool:
        """Whether memory is still what this was made beside, and numbers mean the same."""
        mine = self.analysis
        same = (mine.today, mine.rules, mine.user) == (known.today, known.rules, known.user)
        return self.base is records and same


@dataclass(frozen=True, slots=True)
class LoadedAccount:
    """The working set of one account, read and not yet shown.

    ``written`` says how many changes the session had made when it was read; ``saved`` is the same
    working set without what is supposed. ``ready`` is memory with a large account already in it.
    """

    account: AccountId
    records: Records
    written: int
    saved: Records
    ready: Ready | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A change that is in the store and not yet in memory; ``coming`` is what memory takes.

    ``supposed`` says that it is in a what-if instead; ``ready`` is memory with a large new account
    already in it. ``elsewhere`` says that more was written than ``change`` tells, in accounts that
    are not open.
    """

    change: Change
    coming: Change
    supposed: bool = False
    ready: Ready | None = None
    elsewhere: bool = False


def way_in(
    loaded: LoadedAccount, records: Records, numbers: AccountAnalysis
) -> tuple[Change, Ready | None]:
    """How an account comes into memory, and memory with it in, if that was made ready and fits.

    ``numbers`` say what the account's are to mean now.
    """
    ready = loaded.ready
    if ready is not None and ready.fits(records, numbers):
        return ready.coming, ready
    return _coming_to(records, loaded.records), None


def _coming_to(records: Records, loaded: Records) -> Change:
    """The loaded records that are not there yet; the others are the same."""
    return Change.of((), (one for one in loaded if records.get(type(one), one.id) is None))


def ready_with(records: Records, loaded: Records, analysis: AccountAnalysis) -> Ready | None:
    """Memory with a loaded account in it and what its first look needs; ``None`` if it is small.

    ``analysis`` is the account's with no records as yet.
    """
    if len(loaded) < _LARGE:
        return None
    return _made_ready(records, _coming_to(records, loaded), analysis)


def written_ready(records: Records, coming: Change, analysis: AccountAnalysis) -> Ready | None:
    """The same for what was written and makes a new account; ``None`` if it is little."""
    if len(coming.after) < _LARGE:
        return None
    return _made_ready(records, coming, analysis)


def _made_ready(records: Records, coming: Change, analysis: AccountAnalysis) -> Ready:
    after = coming.applied(records)
    found = replace(analysis, records=after)
    for name in _FIRST_LOOK:
        getattr(found, name)
    for kind, field in _FIRST_LOOKED_UP:
        after.having(kind, field, None)
    return Ready(records, coming, after, found)


def decided(book: Book, records: Records, edit: Callable[[Records], Change]) -> Change:
    """The change of an edit that knew every stored record its change bears on.

    What names a record that goes may lie in an account that is not loaded, and so may an account of
    the same name: then the edit decides once more, over those records as well.
    """
    while True:
        change = edit(records)
        unseen = book.unseen(change, records)
        if not unseen:
            return change
        records = records.with_changes((), unseen)


def share_of(records: Records, change: Change) -> Change:
    """The part of a change that concerns the records in memory.

    A new account is complete in its change and comes whole; of an account that is not loaded
    nothing comes.
    """
    before = {key: record for key, record in change.before.items() if key in records}
    after = {key: record for key, record in change.after.items() if key in before}
    new = (record for key, record in change.after.items() if key not in change.before)
    for record in sorted(new, key=lambda record: _ORDER[type(record)]):
        if _belongs(record, lambda key: key in after or key in records):
            after[record.id] = record
    return Change(before, after)


def applicable_share(records: Records, change: Change) -> Change:
    """Memory's share of a change, tried out: a defect must show before the file is touched."""
    share = share_of(records, change)
    share.applied(records)
    return share


def widened(
    records: Records, change: Change, share: Change, besides: Change
) -> tuple[Change, Change]:
    """A change and memory's share of it, with what else came into sight or went out of it."""
    if not besides:
        return change, share
    whole = change.then(besides)
    return whole, applicable_share(records, whole)


def arriving(records: Records, coming: Change) -> Change:
    """What memory takes of something written, as a change of memory as it is by now."""
    touched = {**coming.before, **coming.after}
    there = (records.get(type(record), key) for key, record in touched.items())
    return Change.of(filter(None, there), coming.after.values())


def coming_by(book: Book, records: Records, change: Change, share: Change) -> Change:
    """Memory's share of what was written, and what of the store now belongs to it."""
    return share.then(Change.of((), joining_by(book, records, change, share)))


def joining_by(book: Book, records: Records, change: Change, share: Change) -> list[Record]:
    """Stored records that a written change brings into memory though its share does not tell.

    Those are what belongs by something that is deleted itself, what was known of an organisation
    before it became an account, and the people of elsewhere that new lines lead to.
    """
    coming = dict(share.after)
    left = [
        record for key, record in change.after.items() if key not in coming and key not in records
    ]
    if left:
        accounts = [*records.all(Account).values(), *share.added(Account)]
        belonging = book.belonging(left, {account.id for account in accounts})
        coming |= {record.id: record for record in left if record.id in belonging}
    for account in share.added(Account):
        if account.organisation not in change.after:
            known = book.load_account(account.id)
            coming |= {record.id: record for record in known if record.id not in records}
    guests = book.load_guests(coming.values(), records)
    found = {record.id: record for record in (*coming.values(), *guests)}
    touched = share.touched
    return [record for key, record in found.items() if key not in touched]


def _belongs(record: Record, is_there: Callable[[str], bool]) -> bool:
    anchors = _ANCHORS.get(type(record))
    if anchors is None:
        account = getattr(record, "account", None)
        return account is None or is_there(account)
    named = [getattr(record, anchor) for anchor in anchors]
    return any(not name or is_there(name) for name in named)
