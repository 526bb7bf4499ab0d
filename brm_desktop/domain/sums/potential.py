"""Potential output explained (domain rule §6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.numerals import FullAmount, plain, share
from brm_desktop.domain.odds_sum import adding_up
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import Dimension, Money
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import Explanation, Joined, SumLine, formula


def potential(analysis: AccountAnalysis) -> Explanation:
    """An account's potential output: spend × score × weight for each dimension."""
    scores = {one: analysis.scores[one].value for one in Dimension}
    spend = analysis.record.expected_annual_spend
    return potential_of_scores(analysis.name, spend, scores, analysis.potential, analysis.rules)


def potential_of_scores(
    name: str,
    spend: Money | None,
    scores: Mapping[Dimension, Fraction | None],
    found: Potential,
    rules: Rules,
) -> Explanation:
    """The same from what is kept of an account: spend, three scores from 0 to 100, potential."""
    rule = rule_words.potential(rules)
    title = phrase("Potential output of {name}", name=name)
    if found.amount is None or spend is None:
        lines = tuple(SumLine(reason) for reason in found.reasons)
        total = phrase("Enter the expected annual spend to see it.")
        unknown = phrase("not known")
        return Explanation("account.potential", title, unknown, lines, total, rule)
    weights = rules.potential_weights
    values = [scores[one] for one in Dimension]
    exact = [
        spend.minor * (value or Fraction(0)) / 100 * Fraction(weights[one])
        for one, value in zip(Dimension, values, strict=True)
    ]
    parts = adding_up(exact, Fraction(found.amount.minor), 0)
    lines = tuple(
        SumLine(
            label=one.phrase,
            part=formula(
                "{spend} × {score} × {weight}",
                spend=spend,
                score="–" if value is None else share(value / 100, 1),
                weight=plain(Fraction(weights[one]), 3),
            ),
            adds=FullAmount(Money(int(part), spend.currency)),
            note=phrase("unscored, so it adds nothing") if value is None else None,
        )
        for one, value, part in zip(Dimension, values, parts, strict=True)
    )
    amount = FullAmount(found.amount)
    least = formula("≥ {amount}", amount=amount)
    return Explanation(
        number="account.potential",
        title=title,
        shown=least if found.lower_bound else amount,
        lines=lines,
        total=least if found.lower_bound else formula("= {amount}", amount=amount),
        rule=rule,
        joined=Joined.SUM,
        made=Fraction(found.amount.minor),
    )


def potentials(accounts: Sequence[tuple[str, Potential]], currency: str) -> Explanation:
    """The potentials of several accounts in one currency, added up."""
    lines = []
    made, lower_bound = 0, False
    for name, one in accounts:
        if one.amount is None:
            lines.append(SumLine(name, part=_DASH, note=phrase("no expected annual spend")))
            lower_bound = True
        elif one.amount.currency == currency:
            note = phrase("lower bound") if one.lower_bound else None
            lines.append(SumLine(name, adds=FullAmount(one.amount), note=note))
            made += one.amount.minor
            lower_bound = lower_bound or one.lower_bound
    amount = FullAmount(Money(made, currency))
    least = formula("≥ {amount}", amount=amount)
    return Explanation(
        number="accounts.potential",
        title=phrase(
            "Potential output of {n} accounts, in {currency}", n=len(lines), currency=currency
        ),
        shown=least if lower_bound else amount,
        lines=tuple(lines),
        total=least if lower_bound else formula("= {amount}", amount=amount),
        rule=phrase(
            "Sum of potentials (rule 6): the rounded potentials of the accounts, each currency"
            " apart."
        ),
        joined=Joined.SUM,
        made=Fraction(made),
    )


_DASH: Phrase = formula("–")
