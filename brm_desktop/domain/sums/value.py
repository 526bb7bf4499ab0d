"""The figures of value explained: growth, what was won, win rate, what is open, the BRM index.

Each figure in money is explained in one currency (domain rules §6, §12).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from brm_desktop.domain.account_value import AccountValue, ParetoLine, facts_of, index_of
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.conversion import Conversion
from brm_desktop.domain.growth import AccountGrowth
from brm_desktop.domain.numerals import FullAmount, Numeral, plain, share
from brm_desktop.domain.periods import Period
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.pipeline import Stock, weighted
from brm_desktop.domain.records import AccountId, Money, Opportunity, PersonId
from brm_desktop.domain.sums.explanation import (
    Explanation,
    Joined,
    SumLine,
    formula,
    listed_note,
)
from brm_desktop.domain.sums.scores import UNKNOWN
from brm_desktop.domain.value import OwnerValue
from brm_desktop.domain.value_curve import IndexParts
from brm_desktop.domain.win_rate import WinRate

Names = Mapping[AccountId, str]

_GROWTH = phrase(
    "Growth of potential (rule 6): what the accounts come to now less what they came to when that"
    " month ended, each currency apart. An account is its owner's of today."
)
_WON = phrase(
    "Conversion (rule 6): the amounts of the opportunities won in the period, its first and last"
    " day included, each currency apart. It is compared with the period of equal length just"
    " before."
)
_RATE = phrase(
    "Win rate (rule 6): won / (won + lost) of what was closed in the period, its first and last"
    " day included. What ended without a decision counts nowhere."
)
_OPEN = phrase(
    "Pipeline: the opportunities that are open now, each currency apart. Weighted is the amount"
    " times the seller's own probability."
)
_INDEX = phrase(
    "BRM index (rule 12): completeness, the share of what should be known that is known, times"
    " accuracy, the share of that which is confirmed and fresh; weighted by how much people count."
)
_PARETO = phrase(
    "Potential by account (rule 6): an account's share of the sum, the largest first, and what"
    " those up to it come to together."
)


def growth(lines: Iterable[AccountGrowth], names: Names, currency: str) -> Explanation:
    """What each account has grown in one currency since an earlier month, added up."""
    told: list[SumLine] = []
    made = 0
    for one in lines:
        for both in one.compared:
            if both.currency != currency:
                continue
            made += both.growth.minor
            note = None
            if one.then is None:
                note = phrase("came since")
            elif one.now is None:
                note = phrase("no potential any more")
            told.append(
                SumLine(
                    names.get(one.account, one.account),
                    part=formula(
                        "{now} − {then}",
                        now="–" if one.now is None else FullAmount(Money(both.now, currency)),
                        then="–" if one.then is None else FullAmount(Money(both.before, currency)),
                    ),
                    adds=FullAmount(both.growth),
                    note=note,
                )
            )
    amount = FullAmount(Money(made, currency))
    return _sum("value.growth", phrase("Growth of potential"), amount, told, _GROWTH)


def conversion(found: Conversion, period: Period, names: Names, currency: str) -> Explanation:
    """The opportunities of one origin won in a period, in one currency, added up."""
    ours = [one for one in found.won if one.amount and one.amount.currency == currency]
    made = sum(one.amount.minor for one in ours if one.amount)
    before = next((one.before for one in found.amounts if one.currency == currency), 0)
    lines = [_deal(one, names) for one in ours]
    lines += [
        SumLine(one.name, note=phrase("no amount")) for one in found.won if one.amount is None
    ]
    lines.append(
        SumLine(
            phrase(
                "Just before, {first} to {last}", first=period.before.first, last=period.before.last
            ),
            part=formula("{amount}", amount=FullAmount(Money(before, currency))),
        )
    )
    title = phrase("Won of what was {origin}", origin=found.origin)
    return _sum("value.conversion", title, FullAmount(Money(made, currency)), lines, _WON)


def win_rate_by_count(
    rate: WinRate, owners: Sequence[OwnerValue], called: Mapping[PersonId | None, str]
) -> Explanation:
    """The win rate by count, seller by seller."""
    found = rate.count
    lines = [
        SumLine(
            called.get(one.owner) or phrase("Nobody's"),
            part=formula(
                "{won} / {all}",
                won=one.win_rate.count.won,
                all=one.win_rate.count.won + one.win_rate.count.lost,
            ),
            note=_share_note(one.win_rate.count.rate),
        )
        for one in owners
        if one.win_rate.won or one.win_rate.lost
    ]
    total = phrase("Nothing was decided in the period.")
    if found.rate is not None:
        total = formula(
            "{won} / ({won} + {lost}) = {rate}",
            won=plain(found.won),
            lost=plain(found.lost),
            rate=share(found.rate, 1),
        )
    return Explanation(
        number="value.win_rate",
        title=phrase("Win rate by count"),
        shown=_rate(found.rate),
        lines=tuple(lines),
        total=total,
        rule=_RATE,
    )


def win_rate_by_amount(rate: WinRate, currency: str) -> Explanation:
    """The win rate by amount in one currency."""
    won = sum(one.won for one in rate.amounts if one.currency == currency)
    lost = sum(one.lost for one in rate.amounts if one.currency == currency)
    found = next((one.rate for one in rate.amounts if one.currency == currency), None)
    lines = [
        SumLine(phrase("Won"), adds=FullAmount(Money(won, currency))),
        SumLine(phrase("Lost"), adds=FullAmount(Money(lost, currency))),
    ]
    if rate.without_amount:
        lines.append(
            SumLine(phrase("Without an amount"), part=formula("{n}", n=rate.without_amount))
        )
    total = phrase("No money was at stake in the period.")
    if found is not None:
        total = formula(
            "{won} / {all} = {rate}",
            won=FullAmount(Money(won, currency)),
            all=FullAmount(Money(won + lost, currency)),
            rate=share(found, 1),
        )
    return Explanation(
        number="value.win_rate_by_amount",
        title=phrase("Win rate by amount, in {currency}", currency=currency),
        shown=_rate(found),
        lines=tuple(lines),
        total=total,
        rule=_RATE,
        joined=Joined.SUM,
        made=Fraction(won + lost),
    )


def stock(
    found: Stock, title: Phrase, names: Names, currency: str, *, by_probability: bool = False
) -> Explanation:
    """Open opportunities in one currency added up, or weighted by the sellers' probabilities."""
    lines: list[SumLine] = []
    made = 0
    for one in found.opportunities:
        if one.amount is None or one.amount.currency != currency:
            continue
        amount = weighted(one) if by_probability else one.amount
        made += amount.minor if amount else 0
        lines.append(_open_deal(one, names, amount, by_probability=by_probability))
    shown = FullAmount(Money(made, currency))
    return _sum("value.pipeline", title, shown, lines, _OPEN)


def brm_index(values: Sequence[AccountValue], title: Phrase) -> Explanation:
    """The BRM index over some accounts, fact by fact."""
    return index_explained(index_of(values), facts_of(values), title)


def index_explained(
    whole: IndexParts, facts: Mapping[Fact, IndexParts], title: Phrase
) -> Explanation:
    """Completeness × accuracy, with the share of each kind of fact that is known and holds."""
    lines = [
        SumLine(
            fact.phrase,
            part=formula(
                "{known} × {sure}",
                known=_share(parts.completeness),
                sure=_share(parts.accuracy),
            ),
            note=phrase("{share} of what is asked", share=share(parts.asked / whole.asked))
            if whole.asked
            else None,
        )
        for fact, parts in facts.items()
    ]
    total = phrase("Nothing is asked yet: there is no key person and no project.")
    if whole.completeness is not None:
        total = formula(
            "{completeness} × {accuracy} = {index}",
            completeness=share(whole.completeness, 1),
            accuracy=_share(whole.accuracy, 1),
            index=_share(whole.index, 1),
        )
    return Explanation(
        number="value.brm_index",
        title=title,
        shown=_rate(whole.index),
        lines=tuple(lines),
        total=total,
        rule=_INDEX,
    )


def pareto_share(lines: Sequence[ParetoLine], line: ParetoLine) -> Explanation:
    """How much of the sum an account and those before it come to."""
    so_far = lines[: lines.index(line) + 1]
    made = sum(one.amount.minor for one in so_far)
    whole = Money(sum(one.amount.minor for one in lines), line.amount.currency)
    return Explanation(
        number="value.pareto",
        title=phrase("Share of the sum up to {name}", name=line.value.name),
        shown=share(line.up_to, 1),
        lines=tuple(
            SumLine(one.value.name, adds=FullAmount(one.amount), note=_share_note(one.share))
            for one in so_far
        ),
        total=formula(
            "{made} / {whole} = {share}",
            made=FullAmount(Money(made, line.amount.currency)),
            whole=FullAmount(whole),
            share=share(line.up_to, 1),
        ),
        rule=_PARETO,
        joined=Joined.SUM,
        made=Fraction(made),
    )


def _sum(
    number: str, title: Phrase, shown: FullAmount, lines: Sequence[SumLine], rule: Phrase
) -> Explanation:
    return Explanation(
        number=number,
        title=title,
        shown=shown,
        lines=tuple(lines),
        total=formula("= {amount}", amount=shown),
        rule=rule,
        joined=Joined.SUM,
        made=Fraction(shown.money.minor),
    )


def _deal(one: Opportunity, names: Names) -> SumLine:
    assert one.amount is not None  # asked before
    return SumLine(
        one.name,
        adds=FullAmount(one.amount),
        note=listed_note(names.get(one.account), one.closed_on),
    )


def _open_deal(
    one: Opportunity, names: Names, amount: Money | None, *, by_probability: bool
) -> SumLine:
    account = names.get(one.account)
    if not by_probability:
        return SumLine(one.name, adds=_full(amount), note=listed_note(account, one.expected_close))
    if amount is None:
        note = listed_note(account, phrase("no probability, so it weighs nothing"))
        return SumLine(one.name, note=note)
    part = formula(
        "{amount} × {share}",
        amount=_full(one.amount),
        share=share(Fraction(one.probability or 0, 100)),
    )
    return SumLine(one.name, part=part, adds=_full(amount), note=listed_note(account))


def _full(amount: Money | None) -> FullAmount | None:
    return None if amount is None else FullAmount(amount)


def _rate(value: Fraction | None) -> Numeral | Phrase:
    return UNKNOWN if value is None else share(value)


def _share(value: Fraction | None, digits: int = 0) -> Numeral | str:
    return "–" if value is None else share(value, digits)


def _share_note(value: Fraction | None) -> Phrase | None:
    return None if value is None else formula("{share}", share=share(value, 1))
