"""Links of every kind read alike: their ends, their word, their strength."""

from __future__ import annotations

from brm_desktop.domain.records import (
    ChainLink,
    Influence,
    InfluenceKind,
    LineKind,
    PersonId,
    Record,
    ReportingLine,
    Tie,
)
from brm_desktop.language import tr


def ends_of(link: Record) -> tuple[PersonId, PersonId]:
    """The ids of the two people a link is between, in its direction."""
    if isinstance(link, ReportingLine):
        return link.person, link.manager
    if isinstance(link, Tie):
        return link.employee, link.person
    if isinstance(link, Influence | ChainLink):
        return link.source, link.target
    raise TypeError(f"{type(link).__name__} is no link")


def link_word(link: Record) -> str:
    """What a link says, in a word or two."""
    if isinstance(link, ReportingLine):
        return tr("reports to") if link.kind is LineKind.SOLID else tr("reports to (dotted)")
    if isinstance(link, ChainLink):
        return tr(link.kind)
    if isinstance(link, Tie):
        return tr("knows")
    if isinstance(link, Influence) and link.kind is InfluenceKind.CONFLICT:
        return tr("at odds with")
    return tr("influences")


def strength_of(link: Record) -> int | None:
    """How strong a link is, if its kind has a strength."""
    if isinstance(link, Tie):
        return link.closeness
    return link.strength if isinstance(link, Influence) else None
