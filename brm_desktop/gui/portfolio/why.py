"""The sums behind the numbers of the portfolio, made when they are asked for."""

from __future__ import annotations

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.portfolio import PortfolioEntry
from brm_desktop.domain.records import Account, Dimension
from brm_desktop.domain.sums.composite import composite
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.sums.potential import potential
from brm_desktop.domain.sums.scores import account_score
from brm_desktop.gui.desk import Desk
from brm_desktop.session.company import Reading

_MOST_PEOPLE = 400
"""An account of more people is not read on the window's thread only to explain a number."""


def why(desk: Desk, entry: PortfolioEntry, number_of: str) -> Explanation | None:
    """Why an account's composite score, potential or closeness is what it is.

    An account that is not open is read for it and not shown; a very large one is not.
    """
    rules = desk.session.settings.rules
    if number_of == "composite":
        return composite(entry.name, entry.composite, rules)
    is_open = desk.records.get(Account, entry.account) is not None
    if not is_open and entry.people > _MOST_PEOPLE:
        desk.messages.say(phrase("Open {name} first to see this sum.", name=entry.name))
        return None
    try:
        analysis = Reading.of(desk.session).analysis(entry.account)
    except Problem as problem:
        desk.messages.failed(problem)
        return None
    if analysis is None:
        return None
    if number_of == "potential":
        return potential(analysis)
    return account_score(analysis, Dimension.CLOSENESS)
