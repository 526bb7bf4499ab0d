"""The money that hangs on a missing fact, explained (domain rule §12)."""

from __future__ import annotations

from typing import Final

from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.missing_facts import OF_OPPORTUNITIES, OF_PROJECTS, MissingFact
from brm_desktop.domain.numerals import FullAmount, share
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.sums.explanation import Explanation, SumLine, formula

_DIGITS: Final = 2


def money_affected(fact: MissingFact) -> Explanation:
    """Spend × share of importance × share of the fact, rounded once."""
    amount = phrase("not known") if fact.money is None else FullAmount(fact.money)
    spend = phrase("not known") if fact.spend is None else FullAmount(fact.spend)
    return Explanation(
        number="fact.money",
        title=phrase("Money affected: {question}", question=fact.question),
        shown=amount,
        lines=(
            SumLine(fact.account_name, part=formula("{spend}", spend=spend), note=_SPEND),
            SumLine(
                fact.name,
                part=formula("× {share}", share=share(fact.importance, _DIGITS)),
                note=_weighed(fact),
            ),
            SumLine(
                fact.fact.phrase,
                part=formula("× {share}", share=share(fact.part, _DIGITS)),
                note=_OF_FACTS,
            ),
        ),
        total=formula("= {amount}", amount=amount),
        rule=_RULE,
    )


def _weighed(fact: MissingFact) -> Phrase:
    """Why it is as important as it is."""
    if fact.fact is Fact.PEOPLE:
        return _NOBODY
    return _AS_A_PERSON if fact.fact in OF_PROJECTS | OF_OPPORTUNITIES else _IMPORTANCE


_SPEND: Final[Phrase] = phrase("expected annual spend")
_IMPORTANCE: Final[Phrase] = phrase("share of the key persons' importance")
_AS_A_PERSON: Final[Phrase] = phrase("as important as a key person on the average")
_NOBODY: Final[Phrase] = phrase("nobody is known there: all of it hangs on them")
_OF_FACTS: Final[Phrase] = phrase("one of the facts that should be known, all alike")
_RULE: Final[Phrase] = phrase(
    "What hangs on a missing fact: expected annual spend × share of importance × share of the fact."
)
