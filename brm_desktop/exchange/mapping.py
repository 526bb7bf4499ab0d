"""Which column of a table is which field: what the user says first, then the headers known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.dates import DateOrder, agreed_order
from brm_desktop.exchange.formulas import unguarded
from brm_desktop.exchange.headers import (
    ADDRESS_BOOK,
    DATES,
    FIELDS,
    NEEDED,
    OF_ACCOUNTS_ALONE,
    OF_PEOPLE_ALONE,
    SEVERAL,
    TELLING,
    Subject,
    plain,
)
from brm_desktop.exchange.tables import Row, Table

Pairs = tuple[tuple[str, str], ...]


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says about a file, in the words of the options of ``import``.

    ``columns`` is field to column (``--map``; an empty column switches a field off), ``constants``
    field to value (``--set``), ``rows`` column and value pairs (``--where``), ``words`` field, from
    and to (``--value``), ``dates`` the order of dates, ``subject`` what the rows are (``--as``).
    """

    columns: Mapping[str, str] = field(default_factory=_none)
    constants: Mapping[str, str] = field(default_factory=_none)
    rows: Pairs = ()
    words: tuple[tuple[str, str, str], ...] = ()
    dates: DateOrder | None = None
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row to import: its line, what it says by field (blank cells left out), and as written."""

    line: int
    values: Mapping[str, str]
    row: Row


@dataclass(frozen=True, slots=True)
class Entries:
    """A file ready to be decided on; ``overlong`` rows have more cells than the header."""

    file: str
    subject: Subject
    fields: frozenset[str]
    rows: tuple[Entry, ...]
    date_order: DateOrder
    table: Table
    unused: tuple[str, ...] = ()
    overlong: tuple[Row, ...] = ()


def entries_of(table: Table, wishes: Wishes, *, account_named: bool = True) -> Entries:
    """The rows of a table as fields and values.

    ``account_named`` says whether the import goes into an account, which tells people from accounts
    where the headers do not: companies with their industries stay accounts all the same. It also
    goes before what a column of people says of their accounts.

    Raises
    ------
    FileProblem
        When a wish names a column or field that is not there, a column that is needed is missing,
        the subject cannot be told, no row is where ``--where`` says, or dates are ambiguous.
    """
    _check_columns(table, wishes)
    subject = wishes.subject or guessed_subject(table, wishes, account_named=account_named)
    _check_fields(wishes, subject)
    places = places_of(table, wishes, subject)
    if account_named and subject is Subject.PEOPLE and "account" not in wishes.columns:
        places.pop("account", None)
    _check_needed(table, subject, places.keys() | wishes.constants.keys())
    chosen = _where(table, wishes)
    width = len(table.columns)
    overlong = tuple(row for row in chosen if any(cell.strip() for cell in row.cells[width:]))
    long_lines = {row.line for row in overlong}
    words = {(name, before): after for name, before, after in wishes.words}
    rows = tuple(
        Entry(row.line, _values(row, places, wishes.constants, words), row)
        for row in chosen
        if row.line not in long_lines
    )
    used = {index for indexes in places.values() for index in indexes}
    used |= {_column(table, column) for column, _ in wishes.rows}
    return Entries(
        table.name,
        subject,
        frozenset(places) | frozenset(wishes.constants),
        rows,
        _date_order(rows, table, places, wishes.dates),
        table,
        tuple(name for index, name in enumerate(table.columns) if name and index not in used),
        overlong,
    )


def _check_columns(table: Table, wishes: Wishes) -> None:
    named = [column for column in wishes.columns.values() if column]
    for column in (*named, *(column for column, _ in wishes.rows)):
        _column(table, column)


def _column(table: Table, wanted: str) -> int:
    """Where a column the user names stands: by its exact header, else by its plain form."""
    clean = " ".join(wanted.split())
    if clean in table.columns:
        return table.columns.index(clean)
    alike = [i for i, name in enumerate(table.columns) if plain(name) == plain(clean)]
    if len(alike) == 1:
        return alike[0]
    raise FileProblem(
        phrase(
            "{file} has no column {column}: it has {columns}.",
            file=table.name,
            column=wanted,
            columns=_shown(table.columns),
        )
    )


def _check_fields(wishes: Wishes, subject: Subject) -> None:
    for name in _named_fields(wishes):
        if name not in FIELDS[subject]:
            raise FileProblem(
                phrase(
                    "A file of {subject} has no field {field}: its fields are {fields}.",
                    subject=subject.value,
                    field=name,
                    fields=_shown(FIELDS[subject]),
                )
            )


def _named_fields(wishes: Wishes) -> list[str]:
    return [*wishes.columns, *wishes.constants, *(name for name, _, _ in wishes.words)]


def guessed_subject(table: Table, wishes: Wishes, *, account_named: bool) -> Subject:
    """The subject most of whose fields the headers and the wishes name, best by their own names.

    Where several are named alike it is people, of whom the rest is made. Raises ``FileProblem``
    when it cannot be told.
    """
    named = set(_named_fields(wishes))
    plains = {plain(name) for name in table.columns}
    marks: dict[Subject, tuple[int, int]] = {}
    for subject, fields in FIELDS.items():
        if account_named and subject is Subject.ACCOUNTS and not _accounts_anyway(table, wishes):
            continue
        have = places_of(table, wishes, subject).keys() | wishes.constants.keys()
        if not have & TELLING.get(subject, have):
            continue
        if named <= fields.keys() and all(have & set(group) for group in NEEDED[subject]):
            exact = sum(1 for name in have if plain(name) in plains or name in named)
            marks[subject] = (len(have), exact)
    best = [subject for subject, mark in marks.items() if mark == max(marks.values())]
    if Subject.PEOPLE in best and max(marks.values())[0] > 1:
        return Subject.PEOPLE
    if len(best) == 1 and (len(marks) == 1 or marks[best[0]][0] > 1):
        return best[0]
    raise FileProblem(
        phrase(
            "What {file} holds cannot be told from its columns ({columns}):"
            " say with --as {subjects}, and with --map FIELD=COLUMN which column is which.",
            file=table.name,
            columns=_shown(table.columns),
            subjects="|".join(subject.value for subject in Subject),
        )
    )


def _accounts_anyway(table: Table, wishes: Wishes) -> bool:
    """Whether a file that goes into an account has fields only accounts have, and nobody's."""
    said = wishes.constants.keys()
    accounts = places_of(table, wishes, Subject.ACCOUNTS).keys() | said
    people = places_of(table, wishes, Subject.PEOPLE).keys() | said
    return bool(accounts & OF_ACCOUNTS_ALONE) and not people & OF_PEOPLE_ALONE


def places_of(table: Table, wishes: Wishes, subject: Subject) -> dict[str, tuple[int, ...]]:
    """The columns of each field: those the user named, else those whose header is known."""
    plains = [plain(name) for name in table.columns]
    taken = {_column(table, column) for column in wishes.columns.values() if column}
    places: dict[str, tuple[int, ...]] = {}
    for name, known in FIELDS[subject].items():
        if name in wishes.columns:
            column = wishes.columns[name]
            if column:
                places[name] = (_column(table, column),)
            continue
        found = [
            plains.index(header)
            for header in known
            if header in plains and _is_free(plains.index(header), header, name, taken)
        ]
        if found and not (name == "organisation" and ADDRESS_BOOK & set(plains)):
            places[name] = tuple(found) if name in SEVERAL else (found[0],)
    return places


def _is_free(index: int, header: str, field_name: str, taken: set[int]) -> bool:
    """A column that the user gave to a field serves another only under that field's own name."""
    return index not in taken or header == plain(field_name)


def _check_needed(table: Table, subject: Subject, have: Iterable[str]) -> None:
    there = set(have)
    for group in NEEDED[subject]:
        if not there & set(group):
            raise FileProblem(
                phrase(
                    "{file} has no column for {field}: say with --map {field}=COLUMN"
                    " which of its columns it is ({columns}).",
                    file=table.name,
                    field=group[0],
                    columns=_shown(table.columns),
                )
            )


def _where(table: Table, wishes: Wishes) -> Sequence[Row]:
    """The rows that have one of the wanted values in every column that ``--where`` names."""
    wanted: dict[int, set[str]] = {}
    for column, value in wishes.rows:
        wanted.setdefault(_column(table, column), set()).add(value.strip())
    chosen = [
        row
        for row in table.rows
        if all(cell_of(row, index) in values for index, values in wanted.items())
    ]
    if wanted and table.rows and not chosen:
        raise FileProblem(
            phrase(
                "No row of {file} has {condition}.",
                file=table.name,
                condition=_shown(f"{column}={value}" for column, value in wishes.rows),
            )
        )
    return chosen


def _values(
    row: Row,
    places: Mapping[str, tuple[int, ...]],
    constants: Mapping[str, str],
    words: Mapping[tuple[str, str], str],
) -> Mapping[str, str]:
    values = {}
    for name, indexes in places.items():
        cells = (cell_of(row, index) for index in indexes)
        values[name] = "; ".join(filter(None, (words.get((name, cell), cell) for cell in cells)))
    values.update(constants)
    return MappingProxyType({name: value for name, value in values.items() if value})


def cell_of(row: Row, index: int) -> str:
    """A cell as it is read: bare of spaces and guards; blank where the row is short."""
    return unguarded(row.cells[index].strip()) if index < len(row.cells) else ""


def _date_order(
    rows: Sequence[Entry],
    table: Table,
    places: Mapping[str, tuple[int, ...]],
    told: DateOrder | None,
) -> DateOrder:
    dated = sorted(DATES & places.keys(), key=lambda name: places[name])
    if not dated:
        return told or DateOrder.YMD
    texts = {table.columns[places[name][0]]: _texts(rows, name) for name in dated}
    return agreed_order(texts, told)


def _texts(rows: Sequence[Entry], name: str) -> Iterator[str]:
    return (entry.values[name] for entry in rows if name in entry.values)


def _shown(names: Iterable[str]) -> tuple[str, ...]:
    """The names for a sentence, the first forty of them."""
    listed = [name for name in names if name]
    return (*listed[:40], "…") if len(listed) > 40 else tuple(listed)
