"""Who shows of an account of very many people, and what is said of the others."""

from __future__ import annotations

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import PersonId, Placement, id_of
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Figure, LineStyle
from brm_desktop.rendering.figures import MapView, relationship_map
from brm_desktop.rendering.figures.crowd import BATCH, CROWD_FROM, Unfolding, first_unfolding


@pytest.fixture
def portfolio() -> Portfolio:
    """An empty portfolio."""
    return Portfolio()


TOP, LEFT, RIGHT, DEEP = (PersonId(name) for name in ("Top", "Left", "Right", "Deep"))
MANY = CROWD_FROM + 100


def below(number: int) -> PersonId:
    return PersonId(f"Clerk {number:05}")


def crowd(portfolio: Portfolio) -> AccountAnalysis:
    """A root with two reports; one of them has very many, the first of whom has one more."""
    account = portfolio.account()
    portfolio.people(account, TOP, LEFT, RIGHT, DEEP, *(below(n) for n in range(MANY)))
    portfolio.reports(LEFT, TOP)
    portfolio.reports(RIGHT, TOP)
    for number in range(MANY):
        portfolio.reports(below(number), LEFT)
    portfolio.reports(DEEP, below(MANY - 1))
    return AccountAnalysis(portfolio.records(), account, TODAY)


def unfolded(analysis: AccountAnalysis, *heads: PersonId) -> Unfolding:
    unfolding = first_unfolding(analysis.hierarchy)
    for head in heads:
        unfolding = unfolding.more(head)
    return unfolding


def shown(analysis: AccountAnalysis, unfolding: Unfolding | None = None) -> Figure:
    return relationship_map(analysis, MapView(unfolding=unfolding))


def test_a_crowd_opens_with_its_first_levels_and_heads_say_how_many_are_below(
    portfolio: Portfolio,
) -> None:
    figure = shown(crowd(portfolio))
    assert set(figure.cards) == {TOP, LEFT, RIGHT}
    assert figure.beneath == {LEFT: MANY + 1}
    assert {(line.source, line.target) for line in figure.lines} == {(TOP, LEFT), (TOP, RIGHT)}


def test_an_account_of_fewer_people_shows_them_all(portfolio: Portfolio) -> None:
    account = portfolio.account()
    people = [below(number) for number in range(300)]
    portfolio.people(account, *people)
    figure = shown(AccountAnalysis(portfolio.records(), account, TODAY))
    assert set(figure.cards) == set(people)
    assert figure.beneath == {}
    assert figure.beside == 0


def test_a_wide_manager_shows_a_batch_at_a_time_the_most_important_first(
    portfolio: Portfolio,
) -> None:
    analysis = crowd(portfolio)
    important = portfolio.person("Zoe", analysis.account, power=90)
    portfolio.reports(important, LEFT)
    analysis = AccountAnalysis(portfolio.records(), analysis.account, TODAY)
    once = shown(analysis, unfolded(analysis, LEFT))
    assert len(once.cards) == 3 + BATCH
    assert important in once.cards
    assert once.beneath[LEFT] == MANY + 2 - BATCH - 1
    twice = shown(analysis, unfolded(analysis, LEFT, LEFT))
    assert len(twice.cards) == 3 + 2 * BATCH


def test_a_batch_is_no_strip(portfolio: Portfolio) -> None:
    analysis = crowd(portfolio)
    bounds = shown(analysis, unfolded(analysis, LEFT)).bounds
    assert bounds.width <= 8 * bounds.height


def test_who_is_sought_shows_with_everybody_above(portfolio: Portfolio) -> None:
    analysis = crowd(portfolio)
    figure = shown(analysis, unfolded(analysis).seeking([DEEP]))
    assert set(figure.cards) == {TOP, LEFT, RIGHT, below(MANY - 1), DEEP}
    assert figure.beneath == {LEFT: MANY - 1}


def test_people_with_no_manager_come_in_batches_too(portfolio: Portfolio) -> None:
    account = portfolio.account()
    portfolio.people(account, *(below(number) for number in range(MANY)))
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    figure = shown(analysis)
    assert len(figure.cards) == BATCH
    assert figure.beside == MANY - BATCH
    more = shown(analysis, first_unfolding(analysis.hierarchy).more(None))
    assert more.beside == MANY - 2 * BATCH


def test_lines_of_people_without_a_card_end_at_whom_they_stand_behind(
    portfolio: Portfolio,
) -> None:
    analysis = crowd(portfolio)
    portfolio.sways(below(0), RIGHT, 40)
    portfolio.sways(below(1), RIGHT, 70)
    portfolio.sways(below(2), below(3), 90)
    ann = portfolio.employee("Ann")
    portfolio.tie(ann, below(4), 60)
    analysis = AccountAnalysis(portfolio.records(), analysis.account, TODAY)
    figure = shown(analysis)
    (sway,) = (line for line in figure.lines if line.style is LineStyle.INFLUENCE)
    assert (sway.source, sway.target, sway.strength) == (LEFT, RIGHT, 70)
    assert sway.label == "× 2"
    (tie,) = (line for line in figure.lines if line.style is LineStyle.OWN_TIE)
    assert (tie.source, tie.target) == (ann, LEFT)
    assert ann in figure.cards


@pytest.mark.parametrize("heads", [(LEFT,), (LEFT, LEFT)])
def test_who_is_unfolded_covers_nobody_whose_place_is_kept(
    portfolio: Portfolio, heads: tuple[PersonId, ...]
) -> None:
    analysis = crowd(portfolio)
    first = shown(analysis)
    for person, card in first.cards.items():
        place = Placement(
            id=id_of(Placement, analysis.account, person),
            canvas=analysis.account,
            person=person,
            x=round(card.centre.x),
            y=round(card.centre.y),
        )
        portfolio.put(place)
    analysis = AccountAnalysis(portfolio.records(), analysis.account, TODAY)
    figure = shown(analysis, unfolded(analysis, *heads))
    for person, card in first.cards.items():
        assert figure.cards[person].centre == card.centre
    cards = sorted(figure.cards.values(), key=lambda card: card.centre.x)
    for rank, card in enumerate(cards):
        for other in cards[rank + 1 :]:
            if other.centre.x - card.centre.x >= CARD_WIDTH:
                break
            assert abs(other.centre.y - card.centre.y) >= CARD_HEIGHT
