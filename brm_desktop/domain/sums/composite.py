"""The composite score of an account explained (domain rule §9)."""

from __future__ import annotations

from fractions import Fraction

from brm_desktop.domain.composite import Composite, CriterionScore
from brm_desktop.domain.numerals import plain
from brm_desktop.domain.odds_sum import adding_up
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import (
    Explanation,
    Joined,
    SumLine,
    formula,
    listed_note,
)


def composite(name: str, found: Composite, rules: Rules) -> Explanation:
    """An account's composite score: weight × points of each criterion."""
    title = phrase("Composite score of {name}", name=name)
    rule = rule_words.composite(rules)
    if found.value is None:
        lines = tuple(SumLine(part.criterion.phrase, note=part.reason) for part in found.parts)
        total = phrase("Enter a score, the revenue or the expected annual spend to see it.")
        unknown = phrase("not known")
        return Explanation("account.composite", title, unknown, lines, total, rule)
    exact = [part.weight * (part.points or 0) for part in found.parts]
    made = Fraction(half_up(10 * sum(exact, Fraction(0))), 10)
    shown = adding_up(exact, made, 1)
    lines = tuple(
        SumLine(
            label=part.criterion.phrase,
            part=_part(part),
            adds=plain(points, 1),
            note=listed_note(part.amount, part.reason),
        )
        for part, points in zip(found.parts, shown, strict=True)
    )
    value = plain(made, 1)
    least = formula("≥ {value}", value=value)
    return Explanation(
        number="account.composite",
        title=title,
        shown=least if found.lower_bound else value,
        lines=lines,
        total=least if found.lower_bound else formula("= {value}", value=value),
        rule=rule,
        joined=Joined.SUM,
        made=made,
    )


def _part(part: CriterionScore) -> Phrase:
    points = "–" if part.points is None else plain(Fraction(part.points), 0)
    return formula("{weight} × {points}", weight=plain(part.weight, 3), points=points)
