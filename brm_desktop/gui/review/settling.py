"""Settling what is to be looked at: each choice is one edit, by name, that undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.disputes import Dispute, HiddenLine
from brm_desktop.domain.duplicates import Candidate
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Money, Records, Sameness
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.field_words import field_word
from brm_desktop.gui.review.findings import Item
from brm_desktop.gui.review.sides import Side
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.widgets.amounts import amount_text, parse_amount
from brm_desktop.gui.widgets.value_fields import parse_date
from brm_desktop.language import listed, tr

Done = Callable[[], object]
_BETWEEN = str.maketrans("、;\uff1b\uff0c", ",,,,")


def settle(desk: Desk, item: Item, side: Side, title: str, done: Done) -> None:
    """Do what a side's button says; ``done`` when it was."""

    def then() -> None:
        if _settled(desk, item, side, title):
            done()

    with_accounts(desk, item.accounts, then)


def goes_with(item: Item, other: Item) -> bool:
    """Whether one choice can settle both: values with values, deletions with deletions.

    Whether two are the same, and to whom one reports, is asked for each alone.
    """
    one, two = item.about, other.about
    if isinstance(one, Dispute) and isinstance(two, Dispute):
        return one.is_deletion == two.is_deletion
    return item.key == other.key


def settle_together(desk: Desk, choices: Sequence[tuple[Item, Side]], done: Done) -> None:
    """Do what the same button says for several conflicts, as one edit; ``done`` when it was."""
    name = phrase("Settle {n} conflicts", n=len(choices))
    settlings = [
        (item.about.row, _settling(item.about, side))
        for item, side in choices
        if isinstance(item.about, Dispute)
    ]

    def then() -> None:
        if desk.edit(name, edits.settle_together, settlings) is not None:
            done()

    with_accounts(desk, [one for item, _ in choices for one in item.accounts], then)


def settle_typed(desk: Desk, item: Item, value: object, title: str, done: Done) -> None:
    """Let another value hold than those that were written."""
    about = item.about
    assert isinstance(about, Dispute)
    name = phrase("Settle {field} of {name}", field=field_word(about.field), name=title)

    def then() -> None:
        if desk.edit(name, edits.settle, about.row, about.field, value) is not None:
            done()

    with_accounts(desk, item.accounts, then)


def typed_value(text: str, like: object) -> tuple[bool, object]:
    """A value of the kind of another out of what was typed, and whether it is one."""
    plain = text.strip()
    if isinstance(like, Money):
        amount = parse_amount(plain, like.currency)
        return amount is not None or not plain, amount
    if isinstance(like, date):
        day = parse_date(plain)
        return day is not None or not plain, day
    if isinstance(like, tuple):
        parts = (part.strip() for part in plain.translate(_BETWEEN).split(","))
        return True, tuple(part for part in parts if part)
    if isinstance(like, int):
        return plain.isdecimal(), int(plain) if plain.isdecimal() else None
    return True, plain


def typed_text(value: object) -> str:
    """A value as it would be typed."""
    if isinstance(value, Money):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return listed(value)
    return "" if value is None else str(value)


def _settled(desk: Desk, item: Item, side: Side, title: str) -> bool:
    about = item.about
    if isinstance(about, Dispute):
        return _dispute(desk, about, side, title)
    if isinstance(about, HiddenLine):
        name = phrase("Settle to whom {name} reports", name=title)
        edit = edits.let_line_hold if side.deed == "let_hold" else edits.let_line_go
        return desk.edit(name, edit, about.line) is not None
    if isinstance(about, Candidate):
        return _candidate(desk, about, side, title)
    return _verdict(desk, about, title)


def _dispute(desk: Desk, about: Dispute, side: Side, title: str) -> bool:
    field = tr("whether it stays") if about.is_deletion else field_word(about.field)
    name = phrase("Settle {field} of {name}", field=field, name=title)
    return desk.edit(name, _settling(about, side)) is not None


def _settling(about: Dispute, side: Side) -> Callable[[Records, Act], Change]:
    """The edit that a side's button makes."""
    if side.deed == "keep":
        return partial(edits.keep_shown, row=about.row, field=about.field)
    return partial(edits.take_side, conflict=side.argument)


def _candidate(desk: Desk, about: Candidate, side: Side, title: str) -> bool:
    kind, one, other = type(about.one), about.one.id, about.other.id
    if side.deed == "apart":
        name = phrase("Not the same: {names}", names=title)
        return desk.edit(name, edits.tell_apart, kind, one, other) is not None
    keep = side.argument
    gone = other if keep == one else one
    name = phrase("The same: {names}", names=title)
    return desk.edit(name, edits.join, kind, keep, gone) is not None


def _verdict(desk: Desk, about: Sameness, title: str) -> bool:
    from brm_desktop.domain.records import Verdict
    from brm_desktop.session.duplicates import parted

    if about.verdict is Verdict.DIFFERENT:
        name = phrase("Ask again: {names}", names=title)
        return desk.edit(name, edits.ask_again, about.id) is not None
    name = phrase("Two after all: {names}", names=title)
    lines = desk.session.lines_of_edit(about.stamp)
    return desk.edit(name, parted, about, lines) is not None
