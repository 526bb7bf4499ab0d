"""What a user chooses for one file of an import, step by step, while he looks at it.

The same wishes as those of the command line, with what a face needs to offer them: what the headers
tell, which columns each field comes from, and what stands in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from brm_desktop.domain.errors import FileProblem, Problem
from brm_desktop.exchange.headers import FIELDS, NEEDED, OF_NO_ACCOUNT, Subject
from brm_desktop.exchange.mapping import (
    Entries,
    Wishes,
    cell_of,
    entries_of,
    guessed_subject,
    places_of,
)
from brm_desktop.exchange.tables import (
    Table,
    cells_in,
    read_table,
    refuse_too_many,
    refuse_too_much,
)

_LOOKED_AT: Final = 50_000
_ORDER: Final = (
    Subject.ACCOUNTS,
    Subject.PRODUCTS,
    Subject.EMPLOYEES,
    Subject.PEOPLE,
    Subject.REPORTING,
    Subject.INFLUENCE,
    Subject.PROJECTS,
    Subject.CHAIN,
    Subject.OPPORTUNITIES,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file to import, and what was chosen for it so far.

    ``encoding`` is the one the user named; ``problem`` is why there is no ``table``; ``guess`` is
    what the headers alone tell of its rows.
    """

    path: Path
    table: Table | None = None
    problem: Problem | None = None
    encoding: str | None = None
    guess: Subject | None = None
    wishes: Wishes = field(default_factory=Wishes)

    @classmethod
    def read(cls, path: Path, encoding: str | None = None) -> Chosen:
        """Read a file; what is wrong with it becomes its problem."""
        try:
            table = read_table(path, encoding)
        except Problem as problem:
            return cls(path, None, problem, encoding)
        return cls(path, table, None, encoding, _told_by_headers(table))

    def read_again(self, encoding: str | None) -> Chosen:
        """The same file in another encoding; columns keep their place, whatever they are called."""
        again = Chosen.read(self.path, encoding)
        if self.table is None or again.table is None:
            return replace(again, wishes=self.wishes)
        return replace(again, wishes=_renamed(self.wishes, self.table, again.table))

    @property
    def subject(self) -> Subject | None:
        """What the rows are: as the user said, else as the headers tell, if they do."""
        return self.wishes.subject or self.guess

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that rows of the subject have."""
        return () if self.subject is None else tuple(FIELDS[self.subject])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that can be chosen, each once."""
        return tuple(dict.fromkeys(filter(None, self.table.columns))) if self.table else ()

    @property
    def sources(self) -> Mapping[str, tuple[str, ...]]:
        """The columns that each field comes from, as chosen or else as their headers tell."""
        table = self.table
        if table is None:
            return {}
        return {
            name: tuple(table.columns[index] for index in indexes)
            for name, indexes in self._places().items()
        }

    def known_source(self, name: str) -> tuple[str, ...]:
        """The columns that a field comes from as long as nothing is said of it."""
        columns = {key: column for key, column in self.wishes.columns.items() if key != name}
        return replace(self, wishes=replace(self.wishes, columns=columns)).sources.get(name, ())

    @property
    def lacking(self) -> str | None:
        """A field that the subject cannot do without and that has neither column nor value."""
        if self.subject is None:
            return None
        have = self.sources.keys() | {name for name, text in self.wishes.constants.items() if text}
        return next(
            (group[0] for group in NEEDED[self.subject] if not have & set(group)),
            None,
        )

    @property
    def needs_account(self) -> bool:
        """Whether the rows belong to an account and do not say to which."""
        if self.subject is None:
            return False
        have = self.sources.keys() | self.wishes.constants.keys()
        return not OF_NO_ACCOUNT.get(self.subject, frozenset()) & have

    def cells(self, name: str) -> Iterator[str]:
        """The different texts in the columns of a field, in their order."""
        return self._texts(self._places().get(name, ()))

    def column_cells(self, column: str) -> Iterator[str]:
        """The different texts in a column, in their order."""
        if self.table is None or column not in self.table.columns:
            return iter(())
        return self._texts((self.table.columns.index(column),))

    def entries(self) -> Entries:
        """The rows as they are imported.

        Raises
        ------
        FileProblem
            When the file could not be read, or what was chosen does not fit it.
        """
        if self.problem is not None:
            raise self.problem
        assert self.table is not None, "a file without a problem has a table"
        return entries_of(self.table, self._fitting(), account_named=False)

    def _fitting(self) -> Wishes:
        """The wishes without what was said of fields that the subject does not have."""
        subject, wishes = self.subject, self.wishes
        there = frozenset() if subject is None else FIELDS[subject].keys()
        return replace(
            wishes,
            subject=subject,
            columns={name: one for name, one in wishes.columns.items() if name in there},
            constants={name: one for name, one in wishes.constants.items() if name in there},
            words=tuple(word for word in wishes.words if word[0] in there),
        )

    def _places(self) -> Mapping[str, tuple[int, ...]]:
        subject = self.subject
        if self.table is None or subject is None:
            return {}
        return places_of(self.table, self._fitting(), subject)

    def _texts(self, indexes: tuple[int, ...]) -> Iterator[str]:
        seen: set[str] = set()
        if self.table is None:
            return
        for row in islice(self.table.rows, _LOOKED_AT):
            for index in indexes:
                text = cell_of(row, index)
                if text and text not in seen:
                    seen.add(text)
                    yield text


def read_more(
    paths: Sequence[Path], there: Iterable[Chosen], look: Callable[[], object]
) -> list[Chosen]:
    """Read more files beside those that are there; ``look`` is called before each.

    Raises
    ------
    FileProblem
        When that were more files or cells than one import may have.
    """
    known = list(there)
    refuse_too_many(len(known) + len(paths))
    cells = sum(cells_in(one.table) for one in known if one.table)
    read = []
    for path in paths:
        look()
        chosen = Chosen.read(path)
        cells += cells_in(chosen.table) if chosen.table else 0
        refuse_too_much(cells)
        read.append(chosen)
    return read


def entries_in_order(files: Iterable[Chosen]) -> tuple[Entries, ...]:
    """The rows of all files, people before the lines between them whichever was chosen first."""
    read = [chosen.entries() for chosen in files]
    return tuple(sorted(read, key=lambda entries: _ORDER.index(entries.subject)))


def _told_by_headers(table: Table) -> Subject | None:
    for account_named in (False, True):
        try:
            return guessed_subject(table, Wishes(), account_named=account_named)
        except FileProblem:
            continue
    return None


def _renamed(wishes: Wishes, old: Table, new: Table) -> Wishes:
    """The wishes with each column called as it is now called in its place."""
    names = dict(zip(old.columns, new.columns, strict=False))
    return replace(
        wishes,
        columns={name: names.get(column, "") for name, column in wishes.columns.items()},
        rows=tuple((names[column], text) for column, text in wishes.rows if column in names),
    )
