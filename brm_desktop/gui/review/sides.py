"""What is said of one thing to look at: its heading, the sides of it, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from typing import Final

from brm_desktop.domain.disputes import Dispute, HiddenLine
from brm_desktop.domain.duplicates import Candidate
from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import (
    REFERENCES,
    Money,
    Person,
    Record,
    Records,
    ReportingLine,
    Sameness,
    Verdict,
)
from brm_desktop.domain.wording import field_told, title_of
from brm_desktop.gui.field_words import field_word
from brm_desktop.gui.restoring import moment_said
from brm_desktop.gui.review.findings import Findings, Item, when
from brm_desktop.gui.value_words import KIND_WORDS
from brm_desktop.gui.words import joined, name_of
from brm_desktop.language import capitalised, listed, signed, tr

_NOT_TOLD: Final = frozenset({"id", "audience", "placeholder", "key", "crucial"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a side: the name of a field and what it says; ``differs`` from the other side."""

    name: str
    value: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that were said: what, by whom, on what it rests; ``choose`` is its button.

    ``deed`` names what choosing it does, for :mod:`settling`.
    """

    head: str
    value: str
    foot: str
    choose: str
    deed: str
    facts: tuple[Fact, ...] = ()
    argument: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One thing to look at, ready to be shown."""

    title: str
    kind: str
    about: str
    reasons: tuple[str, ...]
    sides: tuple[Side, ...]
    more: tuple[Side, ...] = ()
    """What else can be done; only the buttons of it are shown."""
    typed: object = None
    """The value another one would be of the kind of; ``None`` where none can be typed."""
    words: tuple[tuple[str, object], ...] = field(default=())


def view_of(item: Item, found: Findings) -> View:
    """What is said of a thing to look at."""
    about = item.about
    if isinstance(about, Dispute):
        return _deletion(about, found) if about.is_deletion else _dispute(about, found)
    if isinstance(about, HiddenLine):
        return _line(about, found)
    if isinstance(about, Candidate):
        return _candidate(about, found.records)
    return _verdict(about, found)


def title_said(item: Item, found: Findings) -> tuple[str, str, str]:
    """A thing to look at in a line of the list: what, the matter, and what kind of thing."""
    about, records = item.about, found.records
    if isinstance(about, Dispute):
        title = listed([about.title])
        if about.is_deletion:
            return title, tr("deleted and edited"), tr("conflict")
        return title, field_word(about.field), tr("conflict")
    if isinstance(about, HiddenLine):
        matter = tr("closes a circle") if about.closes_circle else tr("a second manager")
        return listed([about.title]), matter, tr("conflict")
    if isinstance(about, Candidate):
        names = f"{_called(records, about.one)} = {_called(records, about.other)}?"
        return names, tr("{n} points", n=about.points), tr(about.likelihood)
    names = " / ".join(_called_by_id(records, one) for one in (about.one, about.other))
    return names, _who_when(found, about.stamp), tr(about.verdict)


def _dispute(one: Dispute, found: Findings) -> View:
    shown = Side(
        tr("Shown now"),
        listed([one.told]) or tr("nothing"),
        _whose(found, one, found.authors.shown_stamp(one.kind, one.row, one.field)),
        tr("This holds"),
        "keep",
    )
    others = [
        Side(
            tr("Also said"),
            listed([side.told]) or tr("nothing"),
            _whose(found, one, side.stamp),
            tr("This holds"),
            "take",
            argument=side.conflict,
        )
        for side in one.sides
    ]
    kind = capitalised(tr(KIND_WORDS[one.kind.__name__]))
    values = [one.value, *(side.value for side in one.sides)]
    typed = next((value for value in values if value not in (None, "", ())), "")
    named = {reference.field for reference in REFERENCES if reference.kind is one.kind}
    can = one.field not in named and isinstance(typed, str | int | date | Money | Word | tuple)
    words = [(tr(word), word) for word in type(typed)] if isinstance(typed, Word) else []
    return View(
        listed([one.title]),
        kind,
        tr("{field}: written at the same time by several of you", field=field_word(one.field)),
        (),
        (shown, *others),
        typed=typed if can else None,
        words=tuple(words),
    )


def _deletion(one: Dispute, found: Findings) -> View:
    record = found.records.find(one.row)
    facts = () if record is None else tuple(_facts(found.records, record))
    edit = found.authors.shown_stamp(one.kind, one.row, one.field)
    edited = Side(
        tr("Edited"),
        listed([one.title]),
        _who_when(found, edit),
        tr("Keep it"),
        "keep",
        facts,
    )
    deleted = [
        Side(
            tr("Deleted"),
            "–",
            _who_when(found, side.stamp),
            tr("Delete it"),
            "delete",
            argument=side.conflict,
        )
        for side in one.sides[:1]
    ]
    kind = capitalised(tr(KIND_WORDS[one.kind.__name__]))
    said = tr(
        "Deleted by {one}, edited by {other}, who had not seen that",
        one=found.authors.who(one.sides[0].stamp) or tr("someone"),
        other=found.authors.who(edit) or tr("someone"),
    )
    return View(listed([one.title]), kind, said, (), (edited, *deleted))


def _line(one: HiddenLine, found: Findings) -> View:
    records = found.records
    if one.closes_circle:
        said = tr("Both lines together would make a circle: which of them holds?")
    else:
        said = tr("Nobody has two managers: which line holds?")
    shown = "\n".join(_line_said(records, line) for line in one.against) or tr("nothing")
    return View(
        name_of(records, one.line.person),
        tr("Reporting line"),
        said,
        (),
        (
            Side(
                tr("Shown now"),
                shown,
                "\n".join(_drawn_by(found, line) for line in one.against),
                tr("This holds"),
                "let_go",
            ),
            Side(
                tr("Also said"),
                _line_said(records, one.line),
                _drawn_by(found, one.line),
                tr("This holds"),
                "let_hold",
            ),
        ),
    )


def _line_said(records: Records, line: ReportingLine) -> str:
    return tr(
        "{name} reports to {manager}",
        name=name_of(records, line.person),
        manager=name_of(records, line.manager),
    )


def _drawn_by(found: Findings, line: ReportingLine) -> str:
    """By whom and when a line was drawn to whom it leads now."""
    return _who_when(found, found.authors.shown_stamp(ReportingLine, line.id, "manager"))


def _candidate(one: Candidate, records: Records) -> View:
    reasons = tuple(f"{signed(_whole(each.points))}  {tr(each.text)}" for each in one.reasons)
    kind = capitalised(tr(KIND_WORDS[type(one.one).__name__]))
    return View(
        f"{_called(records, one.one)} = {_called(records, one.other)}?",
        kind,
        capitalised(
            tr("{likelihood} the same: {n} points", likelihood=one.likelihood, n=one.points)
        ),
        reasons,
        (
            _twin(records, one.one, one.other, tr("The same: keep the left")),
            _twin(records, one.other, one.one, tr("The same: keep the right")),
        ),
        (Side("", "", "", tr("Not the same"), "apart"),),
    )


def _twin(records: Records, one: Record, other: Record, choose: str) -> Side:
    facts = tuple(_facts(records, one, other))
    return Side(_called(records, one), "", "", choose, "join", facts, one.id)


def _verdict(one: Sameness, found: Findings) -> View:
    records = found.records
    same = one.verdict is Verdict.SAME
    again = tr("They are two after all") if same else tr("Ask again")
    sides = []
    for key in (one.one, one.other):
        record = records.find(key)
        facts = () if record is None else tuple(_facts(records, record))
        value = "" if record is not None else tr("went into the other one")
        sides.append(Side(_called_by_id(records, key), value, "", "", "", facts))
    return View(
        " / ".join(_called_by_id(records, key) for key in (one.one, one.other)),
        capitalised(tr(KIND_WORDS[kind_named(one.kind).__name__])),
        joined(tr(one.verdict), _who_when(found, one.stamp)),
        (),
        tuple(sides),
        (Side("", "", "", again, "part" if same else "ask"),),
    )


def _facts(records: Records, one: Record, other: Record | None = None) -> Iterator[Fact]:
    """What a record says, and where another says something else."""
    for each in fields(one):
        if each.name in _NOT_TOLD:
            continue
        mine = listed([field_told(records, type(one), each.name, getattr(one, each.name))])
        theirs = ""
        if other is not None:
            value = getattr(other, each.name)
            theirs = listed([field_told(records, type(one), each.name, value)])
        if (mine or theirs) and not _is_no(one, other, each.name):
            differs = other is not None and mine != theirs
            yield Fact(field_word(each.name), mine.replace("\n", " ") or "–", differs)


def _is_no(one: Record, other: Record | None, name: str) -> bool:
    return not any(getattr(each, name) is not False for each in (one, other or one))


def _whose(found: Findings, one: Dispute, stamp: str) -> str:
    """By whom and when a value was written, and on what it rests."""
    told = (listed([ground]).replace("\n", " ") for ground in found.authors.evidence(one, stamp))
    first = found.authors.wrote_first(one, stamp)
    said = tr("first written by {name}", name=first) if first else ""
    return joined(_who_when(found, stamp), said, *told)


def _who_when(found: Findings, stamp: str) -> str:
    moment = when(stamp)
    return joined(found.authors.who(stamp), "" if moment is None else moment_said(moment))


def _called(records: Records, record: Record) -> str:
    if isinstance(record, Person):
        return name_of(records, record.id)
    return listed([title_of(records, record)])


def _called_by_id(records: Records, key: str) -> str:
    record = records.find(key)
    return tr("gone") if record is None else _called(records, record)


def _whole(points: int) -> Fraction:
    return Fraction(points)
