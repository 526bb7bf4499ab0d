"""What would leave a store now: looked through once, then kept up with what is written since.

Everything here may run on a worker thread; the store is had for some hundred rows at a time, so
that whoever edits meanwhile need not wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.gathering import Gathered, gathered, kept_up
from brm_desktop.domain.operations import Key
from brm_desktop.domain.outgoing import Outgoing, outgoing, outgoing_since
from brm_desktop.domain.records import KINDS, AccountId
from brm_desktop.domain.sending import Row
from brm_desktop.domain.sharing import Selection
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.enrolling import site_of

if TYPE_CHECKING:
    from brm_desktop.session.session import Session
    from brm_desktop.storage.merging.sending import Beside, Mark

_AT_ONCE: Final = 500
"""Rows of which the states are read in one go: some ten milliseconds."""

Check = Callable[[], object]
"""Raises when it is to be stopped."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would leave now, and the state of the store that this was seen in.

    What was gathered is kept with it, up to the ``mark`` of the store and with what stands beside
    its records, for the next look.
    """

    outgoing: Outgoing
    as_of: Stamp | None
    gathered: Gathered
    beside: Beside
    mark: Mark

    @property
    def selection(self) -> Selection:
        """What leaves of the records, and why the rest stays."""
        return self.gathered.selection


def prepare(
    session: Session,
    account: AccountId | None = None,
    *,
    before: Prepared | None = None,
    check: Check = lambda: None,
) -> Prepared:
    """What would leave now, of the whole store or of one account.

    Takes a second for some ten thousand records of which nothing was looked at yet. With what was
    seen ``before`` in the same session it takes as long as what was written since, unless something
    was sent or taken in. What others write meanwhile is looked at once more. Raises ``Refused``
    during a what-if, and what ``check`` raises.
    """
    session.leave_supposing_first()
    store = session.shared_store
    as_of, mark = store.greatest_stamp(), store.mark()
    touched = None if before is None else store.touched_since(before.mark)
    if before is None or touched is None:
        beside = store.beside()
        records = session.records_of(KINDS).with_changes((), beside.aside)
        check()
        read = _Reading(session, beside, check)
        found = gathered(records, beside.told, read, site_of(session), *beside.former)
    else:
        found, beside = _kept_up(session, before, touched, check), before.beside
    if before is None or touched is None or account is not None:
        leaving = outgoing(found, account)
    else:
        leaving = outgoing_since(before.outgoing, before.gathered, found, touched)
    made = Prepared(leaving, as_of, found, beside, mark)
    if store.mark() == mark:
        return made
    return prepare(session, account, before=made, check=check)  # what was read is of two moments


def _kept_up(session: Session, before: Prepared, touched: set[Key], check: Check) -> Gathered:
    if not touched:
        return before.gathered
    known, beside = before.gathered.records, before.beside
    ids = {row for _, row in touched}
    gone = [one for one in map(known.find, ids) if one is not None]
    come = session.shared_store.counting(touched, beside.told)
    read = _Reading(session, beside, check)
    records = known.with_changes(gone, come)
    return kept_up(before.gathered, records, touched, read, site_of(session), *beside.former)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads rows as the store has them and as the asset is known to have them."""

    session: Session
    beside: Beside
    check: Check

    def __call__(self, keys: Sequence[Key]) -> Iterator[Row]:
        store, wishes = self.session.shared_store, self.beside.wishes
        for begin in range(0, len(keys), _AT_ONCE):
            self.check()
            some = keys[begin : begin + _AT_ONCE]
            known = store.known(some)
            for key, state in store.states(some).items():
                yield Row(key, state, known.get(key), wishes.get(key))
