"""Which accounts the portfolio shows: all, or those that ask for one kind of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import ScreeningVerdict, Tier
from brm_desktop.domain.scores import Band
from brm_desktop.gui.portfolio.columns import AccountRow

if TYPE_CHECKING:
    from brm_desktop.domain.portfolio import PortfolioEntry

Keep = Callable[[AccountRow], bool]


class View(Word):
    """A choice of accounts."""

    ALL = "all", "All accounts"
    KEY = "key", "Strategic and key"
    TIER_DIFFERS = "tier_differs", "Another tier is suggested"
    TO_SCREEN = "to_screen", "Not screened yet"
    TARGETS = "targets", "Targets"
    REVIEWS_DUE = "reviews_due", "Reviews due"
    FAR = "far", "Weak or unscored closeness"
    UNKNOWN = "unknown", "Score not complete"


VIEW_TITLE: Final[Phrase] = phrase("Which accounts are shown")


def keeping(view: View) -> Keep | None:
    """What a view keeps; ``None`` keeps all."""
    return _KEEP.get(view)


def _of_entry(test: Callable[[PortfolioEntry], bool]) -> Keep:
    return lambda row: row.found is not None and test(row.found.entry)


_FAR: Final = frozenset({Band.WEAK, Band.UNSCORED})
_KEEP: Final[dict[View, Keep]] = {
    View.KEY: lambda row: row.line.tier in (Tier.STRATEGIC, Tier.KEY),
    View.TIER_DIFFERS: lambda row: row.differs,
    View.TO_SCREEN: lambda row: row.line.screening is ScreeningVerdict.UNDECIDED,
    View.TARGETS: lambda row: row.line.screening is ScreeningVerdict.TARGET,
    View.REVIEWS_DUE: _of_entry(lambda entry: bool(entry.due)),
    View.FAR: _of_entry(lambda entry: entry.closeness.band in _FAR),
    View.UNKNOWN: _of_entry(lambda entry: entry.composite.lower_bound),
}
