"""The columns of the portfolio: what each says of an account, and what it is sorted by.

It is made before the first account is computed, so the numbers' modules are not imported with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import ScreeningVerdict, Tier
from brm_desktop.domain.scores import Band
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.fields import words
from brm_desktop.gui.widgets.table import Column
from brm_desktop.gui.words import BAND_TOKENS, money_order
from brm_desktop.language import day, money, number, tr, trn
from brm_desktop.session.session import AccountLine

if TYPE_CHECKING:
    from brm_desktop.domain.portfolio import PortfolioRow

_TIERS: Final = {tier: place for place, tier in enumerate(Tier)}
_VERDICTS: Final = (ScreeningVerdict.TARGET, ScreeningVerdict.UNDECIDED, ScreeningVerdict.EXCLUDED)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A line of the portfolio, with its numbers once they are computed.

    Its rank counts once all accounts are ``ranked``.
    """

    line: AccountLine
    found: PortfolioRow | None = None
    ranked: bool = False

    @property
    def id(self) -> str:
        """The account's id."""
        return self.line.id

    @property
    def rank(self) -> int | None:
        """Its rank among all accounts."""
        return self.found.rank if self.found is not None and self.ranked else None

    @property
    def suggested(self) -> Tier | None:
        """The tier its composite score suggests among all accounts."""
        return self.found.suggested if self.found is not None and self.ranked else None

    @property
    def differs(self) -> bool:
        """Whether another tier is suggested than the one that is kept."""
        if self.suggested is None or self.screened_first:
            return False
        return self.suggested is not self.line.tier

    @property
    def screened_first(self) -> bool:
        """Whether a higher tier waits for the verdict of screening."""
        return self.found is not None and self.found.screened_first

    def says_what(self, other: AccountRow) -> bool:
        """Whether it says in every column what another row of the account says."""
        if self.ranked != other.ranked or self.line != other.line:
            return False
        if self.found is None or other.found is None:
            return self.found is other.found
        if self.ranked and self.found != other.found:
            return False
        return self.found.entry == other.found.entry

    @property
    def words(self) -> str:
        """What a filter finds the account by."""
        line = self.line
        named = (line.name, line.short_name, line.industry, line.region, line.owner_name)
        return " ".join((*named, tr(line.tier), tr(line.screening)))


@dataclass(frozen=True, slots=True)
class Does:
    """What the table leads to: edits of a row, and the sums of its numbers."""

    set_tier: Callable[[AccountRow, object], object]
    screen: Callable[[AccountRow, object], object]
    why: Callable[[AccountRow, str], Explanation | None]


def portfolio_columns(look: Look, does: Does) -> list[Column[AccountRow]]:
    """All columns, the first those that are always in sight."""
    return [*_of_selection(look, does), *_of_value(look, does), *_of_care(look, does), *_facts()]


ALWAYS: Final = 9
"""So many columns are always in sight; of the others those that there is room for."""


def _of_selection(look: Look, does: Does) -> list[Column[AccountRow]]:
    return [
        Column(
            phrase("Rank"),
            lambda r: "" if r.rank is None else str(r.rank),
            sort=lambda r: r.rank,
            right=True,
            width=68,
        ),
        Column(phrase("Account"), lambda r: r.line.name, bold=True, width=220, stretch=True),
        Column(
            phrase("Score"),
            _score,
            sort=_score_value,
            why=lambda r: does.why(r, "composite"),
            right=True,
            width=72,
        ),
        Column(
            phrase("Tier"),
            lambda r: tr(r.line.tier),
            sort=lambda r: _TIERS[r.line.tier],
            change=does.set_tier,
            choices=lambda: words(Tier),
            value=lambda r: r.line.tier,
            width=92,
        ),
        Column(
            phrase("Suggested"),
            _suggested,
            sort=lambda r: None if r.suggested is None else _TIERS[r.suggested],
            colour=partial(_suggested_colour, look),
            width=96,
        ),
    ]


def _of_value(look: Look, does: Does) -> list[Column[AccountRow]]:
    return [
        Column(
            phrase("Potential output"),
            _potential,
            sort=_potential_value,
            why=lambda r: does.why(r, "potential"),
            right=True,
            width=132,
        ),
        Column(
            phrase("Closeness"),
            _closeness,
            sort=_closeness_value,
            colour=partial(_closeness_colour, look),
            why=lambda r: does.why(r, "closeness"),
            right=True,
            width=112,
        ),
    ]


def _of_care(look: Look, does: Does) -> list[Column[AccountRow]]:
    return [
        Column(
            phrase("Screening"),
            _screening,
            sort=lambda r: _VERDICTS.index(r.line.screening),
            colour=partial(_screening_colour, look),
            change=does.screen,
            choices=lambda: words(ScreeningVerdict),
            value=lambda r: r.line.screening,
            width=116,
        ),
        Column(
            phrase("Reviews due"),
            _due,
            sort=_due_value,
            colour=partial(_due_colour, look),
            width=104,
        ),
        Column(
            phrase("Next project"),
            _expected,
            sort=_expected_day,
            colour=partial(_expected_colour, look),
            width=112,
        ),
    ]


def _facts() -> list[Column[AccountRow]]:
    return [
        Column(
            phrase("Annual spend"),
            lambda r: money(r.line.spend) if r.line.spend else "",
            sort=lambda r: money_order(r.line.spend),
            right=True,
            width=124,
        ),
        Column(phrase("Industry"), lambda r: r.line.industry, width=124),
        Column(
            phrase("People"),
            lambda r: "" if r.found is None else number(r.found.entry.people),
            sort=lambda r: None if r.found is None else r.found.entry.people,
            right=True,
            width=72,
        ),
        Column(phrase("Region"), lambda r: r.line.region, width=96),
        Column(phrase("Owner"), lambda r: r.line.owner_name, width=96),
    ]


def _score(row: AccountRow) -> str:
    if row.found is None:
        return ""
    composite = row.found.entry.composite
    if composite.value is None:
        return "–"
    shown = number(composite.value)
    return f"≥ {shown}" if composite.lower_bound else shown


def _score_value(row: AccountRow) -> float | None:
    value = row.found.entry.composite.value if row.found else None
    return None if value is None else float(value)


def _suggested(row: AccountRow) -> str:
    """The tier; of an account that may have to be left out, that this is settled first."""
    if row.suggested is None:
        return ""
    return tr("screen first") if row.screened_first else tr(row.suggested)


def _suggested_colour(look: Look, row: AccountRow) -> QColor:
    return look.text_colour("accent" if row.differs else "quiet")


def _potential(row: AccountRow) -> str:
    if row.found is None:
        return ""
    potential = row.found.entry.potential
    if potential.amount is None:
        return "–"
    shown = money(potential.amount)
    return f"≥ {shown}" if potential.lower_bound else shown


def _potential_value(row: AccountRow) -> tuple[str, int] | None:
    return money_order(row.found.entry.potential.amount if row.found else None)


def _closeness(row: AccountRow) -> str:
    if row.found is None:
        return ""
    closeness = row.found.entry.closeness
    if closeness.value is None:
        return tr(Band.UNSCORED)
    return f"{number(closeness.value)}  {tr(closeness.band)}"


def _closeness_value(row: AccountRow) -> float | None:
    value = row.found.entry.closeness.value if row.found else None
    return None if value is None else float(value)


def _closeness_colour(look: Look, row: AccountRow) -> QColor | None:
    if row.found is None:
        return None
    return look.text_colour(BAND_TOKENS[row.found.entry.closeness.band])


def _screening(row: AccountRow) -> str:
    suggestion = row.found.entry.screening.suggestion if row.found else None
    if row.line.screening is ScreeningVerdict.UNDECIDED and suggestion is not None:
        return tr("{suggestion}?", suggestion=suggestion)
    return tr(row.line.screening)


def _screening_colour(look: Look, row: AccountRow) -> QColor | None:
    if row.line.screening is ScreeningVerdict.UNDECIDED:
        suggests = row.found is not None and row.found.entry.screening.suggestion is not None
        return look.text_colour("accent" if suggests else "quiet")
    excluded = row.line.screening is ScreeningVerdict.EXCLUDED
    return look.text_colour("quiet") if excluded else None


def _due(row: AccountRow) -> str:
    due = row.found.entry.due if row.found else ()
    if not due:
        return ""
    late = max(one.overdue_days for one in due)
    said = number(len(due))
    return tr("{n}, {days} d late", n=said, days=late) if late else said


def _due_value(row: AccountRow) -> tuple[int, int] | None:
    """The most and the longest overdue first when sorted upward."""
    due = row.found.entry.due if row.found else ()
    return (-len(due), -max(one.overdue_days for one in due)) if due else None


def _due_colour(look: Look, row: AccountRow) -> QColor | None:
    due = row.found.entry.due if row.found else ()
    return look.text_colour("weak") if any(one.overdue_days for one in due) else None


def _expected(row: AccountRow) -> str:
    expected = row.found.entry.expected if row.found else None
    if expected is None:
        return ""
    return tr("overdue") if expected.overdue else day(expected.next)


def _expected_day(row: AccountRow) -> int | None:
    expected = row.found.entry.expected if row.found else None
    return None if expected is None else expected.next.toordinal()


def _expected_colour(look: Look, row: AccountRow) -> QColor | None:
    expected = row.found.entry.expected if row.found else None
    return look.text_colour("weak") if expected is not None and expected.overdue else None


def counted(shown: int, of: int) -> str:
    """How many accounts there are, and of how many while some are filtered out."""
    if shown < of:
        return trn("{shown} of {n} account", "{shown} of {n} accounts", of, shown=shown)
    return trn("{n} account", "{n} accounts", of) if of else ""
