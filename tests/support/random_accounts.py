"""Random accounts: people with lines, influences, ties, statements and one chain, from a seed."""

from __future__ import annotations

import random
from datetime import timedelta

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    AccountId,
    InfluenceKind,
    LineKind,
    Money,
    PersonId,
    Role,
    Stance,
)

SPEND = Money(123_456_789, "CNY")


def random_account(seed: int) -> AccountAnalysis:
    """An account of up to 14 people with lines, influences, ties, statements and one chain."""
    portfolio, account = random_portfolio(seed)
    return AccountAnalysis(portfolio.records(), account, TODAY)


def random_portfolio(seed: int) -> tuple[Portfolio, AccountId]:
    """The facts of `random_account`, to which more may be added."""
    chance = random.Random(seed)
    portfolio = Portfolio()
    account = portfolio.account(spend=SPEND)
    people: list[PersonId] = []
    for number in range(chance.randrange(15)):
        person = portfolio.person(
            f"p{number:02}",
            account,
            power=chance.choice([None, None, None, None, 15, 72]),
            influence=chance.choice([None, None, None, 50]),
            veto=chance.choice([None, None, None, False, True]),
            key=chance.choice([None, None, None, True, False]),
            left_on=TODAY if chance.random() < 0.15 else None,
        )
        if people and chance.random() < 0.8:
            kind = LineKind.SOLID if chance.random() < 0.85 else LineKind.DOTTED
            portfolio.reports(person, chance.choice(people), kind)
        people.append(person)
    add_relations(portfolio, chance, people)
    add_chain(portfolio, chance, account, people)
    return portfolio, account


def add_relations(portfolio: Portfolio, chance: random.Random, people: list[PersonId]) -> None:
    """Influences and conflicts, ties of two of us and of a rival, statements."""
    ours = portfolio.people(portfolio.us, "x", "y")
    rival = portfolio.competitor("Rival")
    theirs = portfolio.people(rival, "r")
    for _ in range(chance.randrange(20) if len(people) > 1 else 0):
        source, target = chance.sample(people, 2)
        kind = chance.choice([InfluenceKind.FAMILY, InfluenceKind.OTHER, InfluenceKind.CONFLICT])
        portfolio.sways(source, target, chance.randint(1, 100), kind)
    for person in people:
        for employee in (*ours, *theirs):
            if chance.random() < 0.25:
                portfolio.tie(employee, person, chance.randint(1, 100))
        for number in range(chance.randrange(3)):
            portfolio.assess(
                person,
                chance.choice([None, chance.randint(0, 100)]),
                chance.choice([None, chance.randint(0, 100)]),
                chance.choice([None, chance.randint(0, 100)]),
                on=TODAY - timedelta(days=chance.randint(-3, 9)),
                toward=chance.choice([None, None, rival]),
                author=str(number),
                stamp=str(number),
            )


def add_chain(
    portfolio: Portfolio, chance: random.Random, account: AccountId, people: list[PersonId]
) -> None:
    """One project that about half of the people decide."""
    project = portfolio.project(account)
    for person in people:
        if chance.random() < 0.5:
            roles = chance.sample(list(Role), chance.randrange(3))
            portfolio.member(project, person, *roles, stance=chance.choice(list(Stance)))
