"""All the sums of one account, chain or target at once, as the command line gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Dimension, Money, PersonId, ProjectId
from brm_desktop.domain.routes import RouteReading
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band, band
from brm_desktop.domain.sums import (
    chains,
    importance,
    marks,
    potential,
    resources,
    routes,
    rule_words,
    scores,
)
from brm_desktop.domain.sums.explanation import Explanation

_OF_A_PERSON = (
    importance.power,
    importance.influence,
    importance.weight,
    marks.crucial,
    marks.key_person,
    marks.power_centre,
    marks.influence_centre,
)


def of_account(analysis: AccountAnalysis) -> Iterator[Explanation]:
    """Every number of an account: its scores, potential and team, then those of each person."""
    for dimension in Dimension:
        yield scores.account_score(analysis, dimension)
        yield scores.coverage(analysis, dimension)
    yield scores.key_person_bands(analysis)
    yield potential.potential(analysis)
    yield resources.team(analysis)
    for person in analysis.by_importance:
        yield from of_person(analysis, person.id)


def of_person(analysis: AccountAnalysis, person: PersonId) -> Iterator[Explanation]:
    """Every number of one person of an account."""
    for made_of in _OF_A_PERSON:
        yield made_of(analysis, person)
    for dimension in Dimension:
        yield scores.person_score(analysis, person, dimension)
    for rival in analysis.competitors_at(person):
        organisation = rival.organisation.id
        yield scores.person_score(analysis, person, Dimension.CLOSENESS, organisation)


def of_chain(analysis: AccountAnalysis, project: ProjectId) -> Iterator[Explanation]:
    """Every number of a decision chain: odds, values, caps, gains, and the seller's own record."""
    reading = analysis.chain(project)
    yield chains.odds(analysis, project)
    for member in reading.members:
        yield chains.member_value(analysis, member)
    for cap in reading.caps:
        yield chains.cap(analysis, reading, cap)
    for target in reading.targets:
        yield chains.target_gain(analysis, reading, target)
    yield chains.seller_record(analysis, band(reading.odds, analysis.rules))


def of_routes(
    analysis: AccountAnalysis, reading: RouteReading, *, partners: bool = False
) -> Iterator[Explanation]:
    """Every number of the ways to a person: routes, own tie, competitors' ties, the opening tie."""
    for found in reading.routes:
        yield routes.route(analysis, found)
    if reading.direct is not None:
        yield routes.step(analysis, reading.direct)
    for rival in reading.competitors:
        yield routes.step(analysis, rival.edge)
    if reading.opening is not None:
        yield routes.opening(analysis, reading.opening, reading.target, partners=partners)


def of_company(
    accounts: Sequence[tuple[str, Fraction | None, Money | None]], rules: Rules
) -> Iterator[Explanation]:
    """The company's score and its accounts by band, from what `resources.company` takes."""
    yield resources.company(accounts, rules)
    yield account_bands(accounts, rules)


def account_bands(
    accounts: Sequence[tuple[str, Fraction | None, Money | None]], rules: Rules
) -> Explanation:
    """How many accounts are in each band of closeness, and which."""
    placed: list[tuple[Band, str]] = [(band(value, rules), name) for name, value, _ in accounts]
    title = phrase("Accounts by closeness")
    return scores.band_counts("company.bands", title, placed, rule_words.bands(rules))
