"""What-if: changes that are in memory and views only until they are kept or discarded.

While something is supposed a :class:`Supposition` stands where the store stood: it takes the
changes and has an undo journal of its own, which begins with the mode. What has to be read from the
store (an account that is opened, what an edit reaches) is read as if all that were written.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, Record, Records
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.lines import AccountLine, NameLine
from brm_desktop.storage.rows.loading import people_missing
from brm_desktop.storage.rows.writing import Entry
from brm_desktop.storage.undo import Step

if TYPE_CHECKING:
    from brm_desktop.domain.analysis import AccountAnalysis

NOT_WHILE_SUPPOSING = phrase(
    "Nothing goes in or out during a what-if: keep or discard it first, then try again."
)


@dataclass(frozen=True, slots=True)
class _Supposed:
    """One step, and all steps up to it as one change."""

    name: Phrase
    change: Change
    all_so_far: Change


class Supposition:
    """A what-if over a store, and what memory was like when it began.

    ``before`` is memory without anything supposed; an account opened meanwhile is in it as it is
    saved. ``analyses`` are the numbers of those records.
    """

    def __init__(
        self,
        store: LocalStore,
        before: Records,
        analyses: Mapping[AccountId, AccountAnalysis],
        entry: Entry,
    ) -> None:
        self.before = before
        self.analyses = dict(analyses)
        self._store = store
        self._entry = entry
        self._steps: list[_Supposed] = []
        self._done = 0
        self._touched: dict[str, type[Record]] = {}

    @property
    def count(self) -> int:
        """How many changes are supposed now."""
        return self._done

    @property
    def change(self) -> Change:
        """All that is supposed now, as one change of what is saved."""
        return self._steps[self._done - 1].all_so_far if self._done else Change()

    def came(self, saved: Records) -> None:
        """An account was opened; this is it as it is saved."""
        new = [record for record in saved if record.id not in self.before]
        self.changed_too(Change.of((), new))

    def changed_too(self, coming: Change) -> None:
        """This changes memory without the what-if, too, such as what a worker wrote."""
        self.before = coming.applied(self.before)
        known = self.analyses.items()
        self.analyses = {account: one.after(self.before, coming) for account, one in known}

    def saw(self, change: Change) -> None:
        """Memory changed."""
        self._touched |= {r.id: type(r) for r in (*change.before.values(), *change.after.values())}

    def way_back(self, records: Records) -> Change:
        """The change that leads from memory as it is to what it would be without the what-if."""
        touched = self._touched.items()
        now = (records.get(kind, key) for key, kind in touched)
        then = (self.before.get(kind, key) for key, kind in touched)
        return Change.of(filter(None, now), filter(None, then))

    # What a store does for a session

    def write(
        self,
        change: Change,
        entry: Entry,
        *,
        undoable: bool = True,
        last_look: Callable[[], object] | None = None,
    ) -> Change:
        """Suppose a change too; whatever was undone can then no more be redone.

        It is tried on the store first. What the user does not do himself is refused.
        """
        if not undoable or last_look is not None:
            raise Refused(NOT_WHILE_SUPPOSING)
        supposed = _Supposed(entry.name, change, self.change.then(change))
        with self._store.trying(supposed.all_so_far, entry):
            self._entry = entry
        self._steps[self._done :] = [supposed]
        self._done += 1
        return Change()

    def step_to_undo(self) -> Step | None:
        """The supposed change that would be taken back next; none before the mode began."""
        return self._step(self._done - 1, undone=False) if self._done else None

    def step_to_redo(self) -> Step | None:
        """The supposed change that would be made again next."""
        return self._step(self._done, undone=True) if self._done < len(self._steps) else None

    def change_of_step(self, step: Step) -> Change:
        """The change that takes a step back or, when it is undone, makes it again."""
        change = self._steps[step.number].change
        return change if step.undone else change.inverted()

    def write_step(self, step: Step, change: Change, entry: Entry) -> Change:  # noqa: ARG002
        """Mark a step as undone or made again."""
        self._done = step.number + 1 if step.undone else step.number
        return Change()

    def load_account(self, account: AccountId) -> Records:
        """The working set of one account; empty when there is none of that id."""
        with self._tried() as store:
            return store.load_account(account)

    def load_block(
        self, accounts: Iterable[AccountId], known: Container[str], *, due: bool = False
    ) -> Records:
        """What the numbers of some accounts are computed from, and with ``due`` what is due."""
        with self._tried() as store:
            return store.load_block(accounts, known, due=due)

    def load_guests(self, records: Iterable[Record], known: Container[str]) -> list[Record]:
        """Whoever some records name that is neither among them nor known, with organisations."""
        if not people_missing(records, known):
            return []  # mostly nobody is, and to try all that is supposed takes its time
        with self._tried() as store:
            return store.load_guests(records, known)

    def belonging(self, records: Iterable[Record], accounts: Iterable[AccountId]) -> set[str]:
        """The ids of those records that are of the shared part or of one of the accounts."""
        with self._tried() as store:
            return store.belonging(records, accounts)

    def unseen(self, change: Change, known: Container[str]) -> list[Record]:
        """The records that bear on a change and were not known when it was decided."""
        with self._tried() as store:
            return store.unseen(change, known)

    def load_all(self) -> Records:
        """Everything that is not deleted."""
        with self._tried() as store:
            return store.load_all()

    def portfolio(self) -> list[AccountLine]:
        """Every account; by the numbers of the signs of their names."""
        with self._tried() as store:
            return store.portfolio()

    def account_names(self) -> list[tuple[AccountId, str, str]]:
        """Id, name and short name of every account."""
        with self._tried() as store:
            return store.account_names()

    def names(self, most: int) -> list[NameLine]:
        """The people and projects of all accounts, at most so many."""
        with self._tried() as store:
            return store.names(most)

    @contextmanager
    def _tried(self) -> Iterator[LocalStore]:
        """The store as it would be with all that is supposed."""
        with self._store.trying(self.change, self._entry):
            yield self._store

    def _step(self, number: int, *, undone: bool) -> Step:
        return Step(number, b"", self._steps[number].name, undone)


Book = LocalStore | Supposition
"""Where a session enters changes."""


def name_of_keeping(count: int) -> Phrase:
    """What the one undo step is called that keeping makes."""
    if count == 1:
        return phrase("Keep what-if (1 change)")
    return phrase("Keep what-if ({n} changes)", n=count)
