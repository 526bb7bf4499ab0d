"""A canvas on a day in the past: cards stand where they stand today, and say what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import Dimension, PersonId
from brm_desktop.rendering.figure import Figure, Side
from brm_desktop.rendering.layouts.room import beside_fixed


def standing_as(figure: Figure, today: Figure) -> Figure:
    """A figure with the places of today's; who is not on today's stands beside, covering nobody."""
    kept = {p: today.cards[p].centre for p in figure.cards if p in today.cards}
    gone = {str(p): card.centre for p, card in figure.cards.items() if p not in today.cards}
    beside = beside_fixed(gone, {str(p): at for p, at in kept.items()})
    moved = figure.moved({**kept, **{PersonId(p): at for p, at in beside.items()}})
    return replace(moved, lanes=today.lanes, rings=today.rings)


def with_changes(figure: Figure, changes: Mapping[PersonId, int]) -> Figure:
    """A figure whose cards say by how much closeness rose or fell."""
    cards = {
        person: replace(card, change=changes[person]) if changes.get(person) else card
        for person, card in figure.cards.items()
    }
    return replace(figure, cards=cards)


def closeness_changes(
    figure: Figure, analysis: AccountAnalysis, since: date
) -> dict[PersonId, int]:
    """How many points closer the people of a figure are than they were on an earlier day.

    Only who was scored on both days: a first score is no rise.
    """
    then = analysis.on(since)
    found = {}
    for person, card in figure.cards.items():
        if card.side is not Side.CUSTOMER:
            continue
        old = then.standing(person, Dimension.CLOSENESS)
        new = analysis.standing(person, Dimension.CLOSENESS)
        if old is not None and new is not None:
            found[person] = new.value - old.value
    return found
