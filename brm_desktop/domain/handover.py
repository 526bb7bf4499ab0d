"""What whoever takes over an account has to know: odds, reasons, routes, gaps, open actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import Completeness, completeness_of
from brm_desktop.domain.contacts import meetings_of
from brm_desktop.domain.missing_facts import MissingFact, missing_facts
from brm_desktop.domain.pipeline import open_ones
from brm_desktop.domain.plan import PlanContent, account_plan
from brm_desktop.domain.records import Interaction, Opportunity
from brm_desktop.domain.recurrence import TypeRecurrence, recurrence_of

FACTS: Final = 30
MEETINGS: Final = 8


@dataclass(frozen=True, slots=True)
class Handover:
    """The handover pack of an account; ``plan`` has its people, chains, routes, team and actions.

    ``missing`` are the facts that move most money, ``missing_in_all`` how many there are;
    ``opportunities`` the open ones, expected first; ``meetings`` the newest; ``coming`` the types
    of project that come back regularly.
    """

    plan: PlanContent
    known: Completeness
    missing: tuple[MissingFact, ...]
    missing_in_all: int
    opportunities: tuple[Opportunity, ...]
    meetings: tuple[Interaction, ...]
    coming: tuple[TypeRecurrence, ...]


def handover(analysis: AccountAnalysis, year: int | None = None) -> Handover:
    """The handover pack of today; ``year`` is that of the account plan it quotes, now this one."""
    records, account = analysis.records, analysis.account
    known = completeness_of(analysis)
    missing = missing_facts(analysis, known)
    return Handover(
        plan=account_plan(analysis, year or analysis.today.year),
        known=known,
        missing=missing[:FACTS],
        missing_in_all=len(missing),
        opportunities=open_ones(records.where(Opportunity, account=account)),
        meetings=meetings_of(records, account, analysis.today)[:MEETINGS],
        coming=tuple(one for one in recurrence_of(analysis) if one.window is not None),
    )
