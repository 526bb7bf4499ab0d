"""Settling what is to be looked at: each choice is one edit, by name, that undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from brm_desktop.domain import edits
from brm_desktop.domain.disputes import Dispute, HiddenLine
from brm_desktop.domain.duplicates import Candidate
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Money, Sameness
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
    if side.deed == "keep":
        return desk.edit(name, edits.keep_shown, about.row, about.field) is not None
    return desk.edit(name, edits.take_side, side.argument) is not None


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
