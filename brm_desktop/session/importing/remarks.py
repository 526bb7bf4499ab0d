"""What an import noticed and took as it was: words perhaps spelt wrong, ends, and odd days."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from brm_desktop.domain.edits import Draft
from brm_desktop.domain.industries import INDUSTRIES
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Outcome, Product
from brm_desktop.exchange.dates import day_of
from brm_desktop.exchange.headers import DATES, Subject
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.field_names import said_field
from brm_desktop.session.importing.words import as_word, plain_text, shown

Days = Mapping[str, date]
"""The days of a row, by field."""

_ALIKE: Final = 0.8
"""From this share of common letters on, one word may be another spelt wrong."""
_LONGEST: Final = 60
"""Longer than any name of a product or an industry, short enough to compare with all of them."""
_MOST: Final = 1_000
"""So many different words of a file are looked at."""
_SHORTEST: Final = 4
"""A word of an industry's name that has fewer letters tells nothing by itself."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd in rows of a file that were taken as they are.

    ``lines`` are those of the rows. Of a word that is none we know, ``value`` is the word and
    ``nearest`` the one we know that is most like it.
    """

    file: str
    field: str
    lines: tuple[int, ...]
    sentence: Phrase
    value: str | None = None
    nearest: str | None = None

    @property
    def rows(self) -> int:
        """In how many rows it stands."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class _Oddity:
    """Days that can be but hardly are: in which field, how they are told, and by what rule."""

    field: str
    text: Phrase
    holds: Callable[[Entry, Days, date], bool]


def remarks_on(
    draft: Draft, entries: Entries, today: date, refused: Collection[int] = ()
) -> tuple[Remark, ...]:
    """What is noticed of a file once it is decided: its words, then ends among stages, then days.

    ``refused`` are the lines of which nothing is in; they are told of elsewhere.
    """
    rows = [entry for entry in entries.rows if entry.line not in refused]
    return (*_words(draft, entries, rows), *_ends(entries, rows), *_days(entries, rows, today))


def _words(draft: Draft, entries: Entries, rows: Sequence[Entry]) -> Iterator[Remark]:
    match entries.subject:
        case Subject.OPPORTUNITIES:
            products = {one.name: one.name for one in draft.all(Product).values()}
            if products:
                yield from _unknown(entries.file, rows, "product", products, always=True)
        case Subject.ACCOUNTS:
            yield from _unknown(entries.file, rows, "industry", _industries(), always=False)
        case _:
            return


def _industries() -> dict[str, str]:
    """What an industry may be called, and by which of its names it is told: also by one word."""
    names = (*INDUSTRIES, *INDUSTRIES.values())
    words = {word: name for name in INDUSTRIES for word in name.split() if len(word) >= _SHORTEST}
    return words | {name: name for name in names}


def _unknown(
    file: str, rows: Iterable[Entry], field: str, known: Mapping[str, str], *, always: bool
) -> Iterator[Remark]:
    """The words of a field that are none of the known ones: all, or only those near one."""
    by_plain = {plain_text(one).casefold(): name for one, name in known.items()}
    said: dict[str, list[int]] = {}
    for entry in rows:
        if field in entry.values:
            said.setdefault(plain_text(entry.values[field]), []).append(entry.line)
    for value, lines in list(said.items())[:_MOST]:
        plain = value.casefold()
        if plain in by_plain:
            continue
        near = get_close_matches(plain[:_LONGEST], by_plain, 1, _ALIKE)
        if near or always:
            nearest = by_plain[near[0]] if near else None
            text = _word_said(field, value, len(lines), nearest)
            yield Remark(file, field, tuple(lines), text, value, nearest)


def _word_said(field: str, value: str, rows: int, nearest: str | None) -> Phrase:
    if nearest is None:
        return phrase(
            "{field} {value} (rows: {rows}) is not among ours; it is kept as it is.",
            field=said_field(field),
            value=shown(value),
            rows=rows,
        )
    return phrase(
        "{field} {value} (rows: {rows}) looks like {nearest}; it is kept as it is.",
        field=said_field(field),
        value=shown(value),
        rows=rows,
        nearest=nearest,
    )


def _ends(entries: Entries, rows: Sequence[Entry]) -> Iterator[Remark]:
    """Opportunities whose stage is no stage but how they ended."""
    if entries.subject is not Subject.OPPORTUNITIES:
        return
    said = ((entry.line, as_word(Outcome, entry.values.get("stage", ""))) for entry in rows)
    lines = tuple(line for line, end in said if end not in (None, Outcome.OPEN))
    if lines:
        text = phrase(
            "{field} (rows: {rows}, the first in line {line}) says how it ended: that is kept as"
            " the outcome, and the stage known before stays, if there is one.",
            field=said_field("stage"),
            rows=len(lines),
            line=lines[0],
        )
        yield Remark(entries.file, "stage", lines, text)


def _days(entries: Entries, rows: Sequence[Entry], today: date) -> Iterator[Remark]:
    there = entries.fields & DATES
    oddities = _ODD.get(entries.subject, ())
    if not there or not oddities:
        return
    found: list[list[int]] = [[] for _ in oddities]
    for entry in rows:
        days = {
            name: day
            for name in there & entry.values.keys()
            if (day := day_of(entry.values[name], entries.date_order)) is not None
        }
        for oddity, lines in zip(oddities, found, strict=True):
            if oddity.holds(entry, days, today):
                lines.append(entry.line)
    for oddity, lines in zip(oddities, found, strict=True):
        if lines:
            text = phrase(
                "{field} (rows: {rows}, the first in line {line}) {oddity}",
                field=said_field(oddity.field),
                rows=len(lines),
                line=lines[0],
                oddity=oddity.text,
            )
            yield Remark(entries.file, oddity.field, tuple(lines), text)


def _before(field: str, other: str) -> Callable[[Entry, Days, date], bool]:
    """Whether one day of a row is before another one of it."""

    def holds(_entry: Entry, days: Days, _today: date) -> bool:
        return field in days and other in days and days[field] < days[other]

    return holds


def _to_come(field: str, *, ended: bool) -> Callable[[Entry, Days, date], bool]:
    """Whether a day of a row is still to come, of all rows or of what is won or lost."""

    def holds(entry: Entry, days: Days, today: date) -> bool:
        return field in days and days[field] > today and (not ended or _has_ended(entry))

    return holds


def _still_open(
    holds: Callable[[Entry, Days, date], bool],
) -> Callable[[Entry, Days, date], bool]:
    """The same of rows alone that do not say how it ended."""

    def of_open(entry: Entry, days: Days, today: date) -> bool:
        return not _has_ended(entry) and holds(entry, days, today)

    return of_open


def _has_ended(entry: Entry) -> bool:
    """Whether a row says that something is won or lost, in the columns that may say it."""
    said = (as_word(Outcome, entry.values.get(name, "")) for name in ("outcome", "stage"))
    return "lost_to" in entry.values or any(one in (Outcome.WON, Outcome.LOST) for one in said)


_ASSESSED: Final = _Oddity(
    "assessed_on",
    phrase("is a day to come; what it says does not count before then."),
    _to_come("assessed_on", ended=False),
)
_ODD: Final[Mapping[Subject, tuple[_Oddity, ...]]] = {
    Subject.PEOPLE: (_ASSESSED,),
    Subject.CHAIN: (_ASSESSED,),
    Subject.PROJECTS: (
        _Oddity("decided", phrase("is before its start; it is kept."), _before("decided", "start")),
        _Oddity(
            "decided",
            phrase("is a day to come of what is won or lost; it is kept."),
            _to_come("decided", ended=True),
        ),
        _Oddity(
            "start",
            phrase("is a day to come of what is won or lost; it is kept."),
            _to_come("start", ended=True),
        ),
    ),
    Subject.OPPORTUNITIES: (
        _Oddity(
            "expected_close",
            phrase("is before it was opened; it is kept."),
            _before("expected_close", "opened_on"),
        ),
        _Oddity(
            "closed_on",
            phrase("is before it was opened; it is kept as the day it is expected to close."),
            _still_open(_before("closed_on", "opened_on")),
        ),
        _Oddity(
            "closed_on",
            phrase("is a day to come of what is won or lost; it does not count before then."),
            _to_come("closed_on", ended=True),
        ),
    ),
}
