"""What is known of a person and no card has room for: lines for a tool tip."""

from __future__ import annotations

from collections.abc import Iterator

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.records import (
    Adaptability,
    Basis,
    ChainMember,
    ContactLevel,
    Dimension,
    Person,
    PersonId,
    ProjectId,
    Stance,
)
from brm_desktop.language import day, listed, tr
from brm_desktop.rendering.figure import Side
from brm_desktop.rendering.figures.people import side_card

_EVIDENCE = 120


def card_details(
    analysis: AccountAnalysis, person_id: PersonId, project: ProjectId | None = None
) -> tuple[str, ...]:
    """Roles, stance and contact with their day, scores with their day, and what they rest on.

    With a ``project``, also the part in its chain.
    """
    person = analysis.records.get(Person, person_id)
    if person is None or side_card(analysis, person) is not Side.CUSTOMER:
        return ()
    lines = [*_in_chain(analysis, person_id, project)] if project else []
    if person.adaptability is not Adaptability.UNKNOWN:
        lines.append(tr("adaptability: {kind}", kind=tr(person.adaptability)))
    if person.left_on is not None:
        lines.append(tr("left on {day}", day=day(person.left_on)))
    return (*lines, *_scores(analysis, person_id))


def _in_chain(analysis: AccountAnalysis, person: PersonId, project: ProjectId) -> Iterator[str]:
    members = analysis.records.where(ChainMember, project=project)
    member = next((one for one in members if one.person == person), None)
    if member is None:
        return
    if member.roles:
        yield tr("roles: {roles}", roles=listed(member.roles))
    now = attitude_on(analysis.records, project, person, analysis.today)
    since = day(now.stated_on)
    if now.stance is not Stance.UNKNOWN:
        yield tr("stance: {stance}, {day}", stance=tr(now.stance), day=since)
    if now.contact is not ContactLevel.UNKNOWN:
        yield tr("contact: {level}", level=tr(now.contact))
    if now.told is not None and now.told.evidence:
        yield _quoted(now.told.evidence)


def _scores(analysis: AccountAnalysis, person: PersonId) -> Iterator[str]:
    told: set[str] = set()
    for dimension in Dimension:
        standing = analysis.standing(person, dimension)
        if standing is None:
            continue
        yield tr(
            "{dimension} {score}: {day}, {basis}",
            dimension=tr(dimension),
            score=standing.value,
            day=day(standing.assessed_on),
            basis=tr("confirmed") if standing.basis is Basis.CONFIRMED else tr("assumed"),
        )
        if standing.evidence and standing.evidence not in told:
            told.add(standing.evidence)
            yield _quoted(standing.evidence)


def _quoted(text: str) -> str:
    said = " ".join(text.split())
    short = said if len(said) <= _EVIDENCE else said[: _EVIDENCE - 1] + "…"
    return tr("“{evidence}”", evidence=short)
