"""What past deals say: a seller's record per band, a person's chains over time (domain rule §8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt

from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.chain_members import members_of
from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.importance import importance_of
from brm_desktop.domain.odds import odds_of
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainMember,
    Opportunity,
    Outcome,
    PersonId,
    Project,
    ProjectId,
    Records,
    Role,
    Stance,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band, band

_Z = 1.959963984540054
"""97.5 % of a normal distribution lie below."""


@dataclass(frozen=True, slots=True)
class BandRecord:
    """Deals whose odds were in a band when decided: won of decided, and the Wilson 95 % interval.

    ``low`` and ``high`` are shares 0–1.
    """

    band: Band
    won: int
    decided: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DecidedDeal:
    """A project won or lost, and the odds it had when that was decided."""

    project: Project
    odds: Fraction | None
    band: Band
    won: bool


@dataclass(frozen=True, slots=True)
class ChainAppearance:
    """A person's part in one project; the stance is that of the day it was decided, or today's."""

    project: ProjectId
    on: date | None
    roles: tuple[Role, ...]
    stance: Stance
    outcome: Outcome


def wilson_interval(won: int, decided: int) -> tuple[float, float]:
    """The Wilson 95 % interval of a share, 0–1; everything when nothing is decided.

    References
    ----------
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of
    the American Statistical Association 22 (1927).
    """
    if not decided:
        return (0.0, 1.0)
    share = won / decided
    spread = _Z * sqrt(share * (1 - share) / decided + _Z**2 / (4 * decided**2))
    middle = share + _Z**2 / (2 * decided)
    whole = 1 + _Z**2 / decided
    return (max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))


def outcome_on(project: Project, day: date) -> Outcome:
    """How a project stood on a day: open before the day it was decided."""
    later = project.decided_on is not None and project.decided_on > day
    return Outcome.OPEN if later else project.outcome


def seller_record(
    records: Records,
    today: date,
    rules: Rules,
    seller: PersonId | None = None,
    account: AccountId | None = None,
) -> Mapping[Band, BandRecord]:
    """A seller's wins per band of the odds, for the bands with a deal won or lost; best band first.

    The deals are those of `decided_deals`.
    """
    decided: dict[Band, list[bool]] = {}
    for deal in decided_deals(records, today, rules, seller, account):
        decided.setdefault(deal.band, []).append(deal.won)
    return {
        one: BandRecord(one, sum(won), len(won), *wilson_interval(sum(won), len(won)))
        for one in Band
        if (won := decided.get(one))
    }


def decided_deals(
    records: Records,
    today: date,
    rules: Rules,
    seller: PersonId | None = None,
    account: AccountId | None = None,
) -> Iterator[DecidedDeal]:
    """Every deal of a seller that was won or lost by a day, with the odds it had then.

    The odds are those of the day a deal was decided, of today when that day is not known. A deal is
    its opportunity's owner's, else its account's; with no seller named, everyone's count, and with
    no account those of all in ``records``.
    """
    for project in records.all(Project).values():
        if account is not None and project.account != account:
            continue
        outcome = outcome_on(project, today)
        if outcome not in {Outcome.WON, Outcome.LOST}:
            continue
        if seller is not None and seller not in _sellers(records, project):
            continue
        odds = _odds_on(records, project, project.decided_on or today, rules)
        yield DecidedDeal(project, odds, band(odds, rules), outcome is Outcome.WON)


def chains_of(records: Records, person_id: PersonId, today: date) -> tuple[ChainAppearance, ...]:
    """Every chain a person is or was on, those without a date first, then the newest.

    The stance is the one he had when the project was decided; while it is open, today's.
    """
    found = []
    for member in records.where(ChainMember, person=person_id):
        project = records.get(Project, member.project)
        if project is not None:
            on = project.decided_on or project.starts_on
            outcome = outcome_on(project, today)
            then = today if outcome is Outcome.OPEN else project.decided_on or today
            stance = attitude_on(records, project.id, person_id, then).stance
            part = ChainAppearance(project.id, on, member.roles, stance, outcome)
            found.append((-(on or date.max).toordinal(), project.name, project.id, part))
    return tuple(part for *_, part in sorted(found, key=lambda entry: entry[:3]))


def _odds_on(records: Records, project: Project, day: date, rules: Rules) -> Fraction | None:
    """The odds as they stood on a day.

    Importance, the dear part, is asked only where a competitor's lead makes it matter.
    """
    contacts = Contacts(records, day)
    members = members_of(records, project.id, day, rules, {}, contacts)
    if any(m.lead >= rules.competitor_ahead_by and not m.crucial for m in members):
        importance = importance_of(records, project.account, rules, day)
        members = members_of(records, project.id, day, rules, importance, contacts)
    return odds_of(members, rules)


def _sellers(records: Records, project: Project) -> set[PersonId]:
    owners = {one.owner for one in records.where(Opportunity, project=project.id) if one.owner}
    account = records.get(Account, project.account)
    if not owners and account is not None and account.owner is not None:
        owners = {account.owner}
    return owners
