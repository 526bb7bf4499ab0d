"""Numbers of the pages over all accounts explained, from what relations are held (rules §5, §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from brm_desktop.domain.account_sides import Value
from brm_desktop.domain.ahead import Ahead
from brm_desktop.domain.numerals import plain, share
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Dimension, OrganisationId, PersonId
from brm_desktop.domain.relations_held import AccountRelations
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band, band
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import Explanation, Joined, SumLine, formula
from brm_desktop.domain.sums.scores import UNKNOWN, band_counts

_NOBODY: Mapping[PersonId, int] = MappingProxyType({})
_NOTHING = Value(None, Fraction(0), 0, 0)


def closeness(
    account: AccountRelations,
    rules: Rules,
    organisation: OrganisationId | None = None,
    rival: str = "",
) -> Explanation:
    """An account's closeness to us, or to a competitor: weight × score of each key person.

    ``rival`` is what the competitor is called.
    """
    title = phrase("{dimension} of {name}", dimension=Dimension.CLOSENESS, name=account.name)
    if organisation is not None:
        title = phrase(
            "Closeness of {organisation} to {name}", organisation=rival, name=account.name
        )
    side = account.side(organisation)
    found = side.closeness if side else _NOTHING
    scores = side.scores if side else _NOBODY
    made = sum(account.weights[person] * value for person, value in scores.items())
    weights = sum(account.weights[person] for person in scores)
    total = phrase("Nobody who counts is scored yet.")
    if found.value is not None:
        total = formula(
            "{made} / {weights} = {value}",
            made=plain(made),
            weights=plain(weights),
            value=plain(found.value, 1),
        )
    known = phrase(
        "From {scored} of {of} key persons, {share} of their weight",
        scored=found.scored,
        of=len(account.weights),
        share=share(found.coverage),
    )
    lines = [
        _scored(account, person, scores[person]) for person in account.weights if person in scores
    ]
    lines += [_unscored(account, person) for person in account.weights if person not in scores]
    return Explanation(
        number="account.closeness",
        title=title,
        shown=UNKNOWN if found.value is None else plain(half_up(found.value)),
        lines=(*lines, SumLine(known)),
        total=total,
        rule=rule_words.account_score(rules),
        joined=Joined.SUM,
        made=Fraction(made),
    )


def person_bands(
    held: Iterable[AccountRelations], rules: Rules, organisation: OrganisationId | None = None
) -> Explanation:
    """How many key persons of all accounts are in each band of closeness, and who they are."""
    placed: list[tuple[Band, str]] = []
    for account in held:
        side = account.side(organisation)
        scores = side.scores if side else _NOBODY
        placed += [
            (band(scores.get(person), rules), account.names[person]) for person in account.weights
        ]
    title = phrase("Key persons by closeness")
    return band_counts("company.persons", title, placed, rule_words.bands(rules))


def lead(account: AccountRelations, ahead: Ahead, rules: Rules) -> Explanation:
    """By how much a competitor is closer to somebody than we are."""
    ours = ahead.ours
    lines = (
        SumLine(phrase("Theirs"), adds=plain(ahead.theirs)),
        SumLine(
            phrase("Ours"),
            adds=plain(-(ours or 0)),
            note=phrase("not scored") if ours is None else None,
        ),
    )
    return Explanation(
        number="competitor.lead",
        title=phrase("Lead at {name}", name=account.names[ahead.person]),
        shown=plain(ahead.lead),
        lines=lines,
        total=formula("= {lead}", lead=ahead.lead),
        rule=rule_words.lead(rules),
        joined=Joined.SUM,
        made=Fraction(ahead.lead),
    )


def _scored(account: AccountRelations, person: PersonId, value: int) -> SumLine:
    weight = account.weights[person]
    return SumLine(
        label=account.names[person],
        part=formula("{weight} × {score}", weight=weight, score=value),
        adds=plain(weight * value),
        person=person,
    )


def _unscored(account: AccountRelations, person: PersonId) -> SumLine:
    return SumLine(
        label=account.names[person],
        part=formula("{weight} × –", weight=account.weights[person]),
        note=phrase("not scored"),
        person=person,
    )
