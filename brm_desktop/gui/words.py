"""How numbers, dates and names are said in the window."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from brm_desktop.domain.phrase import Word, phrase
from brm_desktop.domain.records import (
    Basis,
    Dimension,
    Money,
    Organisation,
    Person,
    PersonId,
    Records,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band, DimensionScore, Freshness, Standing, band, half_up
from brm_desktop.gui.widgets.score_row import ScoreView
from brm_desktop.language import day, percent, tr, trn

W = TypeVar("W", bound=Word)

BAND_TOKENS = {
    Band.STRONG: "strong",
    Band.MEDIUM: "medium",
    Band.WEAK: "weak",
    Band.UNSCORED: "unscored",
}
"""The colour of a band, as a token of the theme."""

DIMENSION_TITLES = {
    Dimension.CLOSENESS: phrase("Closeness"),
    Dimension.SOLUTION: phrase("Solution acceptance"),
    Dimension.PRICE: phrase("Price acceptance"),
}
"""The dimensions as headings."""

DIMENSION_COLUMNS = {
    Dimension.CLOSENESS: phrase("Closeness"),
    Dimension.SOLUTION: phrase("Solution"),
    Dimension.PRICE: phrase("Price"),
}
"""The dimensions as titles of columns."""


def named(kind: type[W], value: str) -> W:
    """The word of a closed set that is stored as this value."""
    return next(word for word in kind if word.value == value)


def person_name(person: Person | None) -> str:
    """A person's name; a placeholder without one goes by its title."""
    if person is None:
        return tr("someone")
    return person.name or person.title or tr("unnamed")


def name_of(records: Records, person: PersonId | str | None) -> str:
    """A person's name by his id."""
    return person_name(records.get(Person, person))


def organisation_name(records: Records, person: Person) -> str:
    """The short name, or else the name, of where someone works."""
    found = records.get(Organisation, person.organisation)
    return "" if found is None else found.short_name or found.name


def joined(*parts: str) -> str:
    """The parts that say something, with points between them."""
    return " · ".join(part for part in parts if part)


def stated_on(standing: Standing, today: date) -> str:
    """When and how a score was stated: ``10-14 · confirmed``."""
    said = tr("confirmed") if standing.basis is Basis.CONFIRMED else tr("assumed")
    if standing.assessed_on is None:
        return tr("from ties · {said}", said=said)
    on = standing.assessed_on
    shown = on.strftime("%m-%d") if on.year == today.year else on.isoformat()
    if standing.freshness is Freshness.STALE:
        return tr("{date} · stale", date=shown)
    return f"{shown} · {said}"


def score_view(standing: Standing | None, today: date, rules: Rules) -> ScoreView:
    """A score as the inspector shows it."""
    if standing is None:
        return ScoreView(None, note=tr("not scored yet"))
    why = "" if standing.assessed_on is None else day(standing.assessed_on)
    if standing.evidence:
        why = f"{why}\n{standing.evidence}" if why else standing.evidence
    return ScoreView(
        standing.value,
        BAND_TOKENS[band(standing.value, rules)],
        stated_on(standing, today),
        standing.freshness is Freshness.STALE,
        why,
    )


def people_counted(shown: int, of: int) -> str:
    """How many people there are; while a filter shows fewer, ``4 of 21 people``."""
    if not of:
        return ""
    if shown < of:
        return trn("{shown} of {n} person", "{shown} of {n} people", of, shown=shown)
    return trn("{n} person", "{n} people", of)


def coverage(score: DimensionScore) -> str:
    """How many key persons a score is made of: ``from 9 of 14 (72%)``."""
    if not score.of:
        return tr("no key persons yet")
    return tr(
        "from {scored} of {of} key persons ({share})",
        scored=score.scored,
        of=score.of,
        share=percent(score.coverage),
    )


def shown_score(score: DimensionScore) -> str:
    """An account's score as a whole number, or a dash."""
    return "–" if score.value is None else str(half_up(score.value))


def dimension_title(dimension: Dimension) -> str:
    """A dimension's name at the head of a line."""
    return tr(DIMENSION_TITLES[dimension])


def money_order(amount: Money | None) -> tuple[str, int] | None:
    """What amounts are sorted by: those of one currency stand together, never added or compared."""
    return None if amount is None else (amount.currency, amount.minor)


def capital(text: str) -> str:
    """A text with a capital in front."""
    return text[:1].upper() + text[1:]
