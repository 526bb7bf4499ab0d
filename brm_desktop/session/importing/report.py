"""What an import did or would do: counts that add up, and every refused row with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from brm_desktop.domain.change import Change
from brm_desktop.domain.edits import Draft
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import KINDS, Record, ReportingLine
from brm_desktop.exchange.plain_records import kind_name
from brm_desktop.exchange.tables import Row
from brm_desktop.session.importing.remarks import Remark


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was refused and why; ``in_part`` when all is in but a line it asks for."""

    file: str
    row: Row
    reason: Phrase
    in_part: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows were read and what became of each: ``read`` is the sum of the other four.

    A row refused in part counts as refused.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        """Every row there was."""
        return self.created + self.updated + self.unchanged + self.refused

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )


@dataclass(slots=True)
class Outcomes:
    """What became of the rows of one file, while they are decided.

    ``watch`` is called at every row and every line; what it raises ends the import undecided.
    """

    file: str
    watch: Callable[[], object] | None = None
    changed: dict[int, list[Change]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    @contextmanager
    def deciding(
        self, draft: Draft, row: Row, in_part: Callable[[Refused], Phrase] | None = None
    ) -> Iterator[None]:
        """Decide a row: what is done to the draft meanwhile is done, or refused as a whole.

        With ``in_part`` the row is in already and only a line that it asks for is decided; it makes
        the reason of the refusal.
        """
        try:
            with draft.attempt() as made:
                yield
        except Refused as refused:
            reason = in_part(refused) if in_part else refused.sentence
            self.refused(row, reason, in_part=in_part is not None)
        else:
            self.done(row, *made)

    def done(self, row: Row, *changes: Change) -> None:
        """A row is in; later changes of the same row add to it."""
        self._look()
        self.changed.setdefault(row.line, []).extend(changes)

    def refused(self, row: Row, reason: Phrase, *, in_part: bool = False) -> None:
        """A row, or the line between people that it asks for, is refused."""
        self._look()
        self.refusals.append(Refusal(self.file, row, reason, in_part))

    def tally(self, mains: tuple[type[Record], ...]) -> Tally:
        """The rows counted; a row creates when it adds a record of the kinds ``mains``."""
        refused = {refusal.row.line for refusal in self.refusals}
        marks = Counter(
            _mark(changes, mains) for line, changes in self.changed.items() if line not in refused
        )
        return Tally(marks["created"], marks["updated"], marks["unchanged"], len(refused))

    def _look(self) -> None:
        if self.watch is not None:
            self.watch()


def _mark(changes: Sequence[Change], mains: tuple[type[Record], ...]) -> str:
    for main in mains:
        if any(one.added(main) for one in changes) and not any(
            one.removed(main) for one in changes
        ):
            return "created"
    return "updated" if any(changes) else "unchanged"


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an import: records by kind, rows, and the refused ones in file order.

    ``remarks`` are of words that were taken as they are.
    """

    change: Change
    tally: Tally
    refusals: tuple[Refusal, ...]
    created: Mapping[str, int]
    updated: Mapping[str, int]
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def of(
        cls,
        change: Change,
        tally: Tally,
        refusals: tuple[Refusal, ...],
        remarks: tuple[Remark, ...] = (),
    ) -> Report:
        """Count the records of a change by kind."""
        created = Counter(type(r) for key, r in change.after.items() if key not in change.before)
        updated = Counter(type(r) for key, r in change.after.items() if key in change.before)
        moved = {line.person for line in change.removed(ReportingLine)} & {
            line.person for line in change.added(ReportingLine)
        }
        if moved:
            created[ReportingLine] -= len(moved)
            updated[ReportingLine] += len(moved)
        return cls(change, tally, refusals, _by_name(created), _by_name(updated), remarks)


def _by_name(counts: Counter[type[Record]]) -> dict[str, int]:
    return {kind_name(kind): counts[kind] for kind in KINDS if counts[kind]}
