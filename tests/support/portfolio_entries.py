"""Accounts as the portfolio has them, said in a few words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from brm_desktop.domain.composite import Composite
from brm_desktop.domain.portfolio import ClosenessThere, PortfolioEntry
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import Account, AccountId, OrganisationId
from brm_desktop.domain.scores import Band
from brm_desktop.domain.screening import Screening

NOTHING = Screening(None, (), None, None, (), ())


def entry(name: str, score: int | None, **fields: object) -> PortfolioEntry:
    account = Account(id=AccountId(f"account {name}"), organisation=OrganisationId(name))
    made = PortfolioEntry(
        record=account,
        name=name,
        industry="",
        region="",
        people=0,
        closeness=ClosenessThere(None, Band.UNSCORED, 0, 0),
        potential=Potential(None, lower_bound=False),
        composite=Composite(None if score is None else Fraction(score), score is None, (), ()),
        screening=NOTHING,
        reviews=(),
        expected=None,
        last_contact=None,
        hint=None,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of any kind
