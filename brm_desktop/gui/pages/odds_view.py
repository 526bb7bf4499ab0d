"""A chain's reading as the odds panel shows it, in the language in use."""

from __future__ import annotations

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.odds import ChainReading, Reason, ReasonKind, Target
from brm_desktop.domain.scores import Band, band, half_up
from brm_desktop.gui.widgets.odds_panel import FlagLine, OddsView, ReasonLine, TargetLine
from brm_desktop.gui.words import BAND_TOKENS, joined
from brm_desktop.language import number, percent, tr

_SMALL = 0.05


def odds_view(analysis: AccountAnalysis, reading: ChainReading) -> OddsView:
    """Everything the panel says of a project's chain."""
    odds = None if reading.odds is None else half_up(reading.odds)
    held = band(reading.odds, analysis.rules)
    biting = reading.caps[0] if reading.caps else None
    cap_text = ""
    if biting is not None and reading.odds is not None:
        cap_text = tr(biting.reason)
    return OddsView(
        odds,
        BAND_TOKENS[held],
        None if biting is None else biting.limit,
        cap_text,
        _record(analysis, held),
        tuple(_reason(reason, reading) for reason in reading.reasons),
        tuple(_target(target) for target in reading.targets),
        tuple(FlagLine(tr(flag.text), flag.person) for flag in reading.red_flags),
    )


def _record(analysis: AccountAnalysis, held: Band) -> str:
    found = analysis.seller_record.get(held)
    if found is None or not found.decided:
        return ""
    return tr(
        "My record in this band: {won} of {decided} won ({low}–{high})",
        won=found.won,
        decided=found.decided,
        low=percent(found.low),
        high=percent(found.high),
    )


def _reason(reason: Reason, reading: ChainReading) -> ReasonLine:
    points = float(reason.points)
    tint = "strong" if points > 0 else "weak" if points < 0 else "unscored"
    if reason.kind is ReasonKind.CAP:
        tint = "crucial"
    whole = tr(reason.text)
    member = next((one for one in reading.members if one.person == reason.person), None)
    short = whole
    if reason.kind is ReasonKind.MEMBER and member is not None and member.role is not None:
        short = joined(member.name, tr(member.stance), tr(member.role))
    return ReasonLine(short, points, signed(points), tint, reason.person, whole)


def _target(target: Target) -> TargetLine:
    gain = tr("+{points} pts", points=number(float(target.gain), 1))
    return TargetLine(tr(target.text), gain, target.person)


def signed(points: float) -> str:
    """Points with their sign: ``+6.8``, ``−8.2``, ``0``."""
    if abs(points) < _SMALL:
        return "0"
    return ("+" if points > 0 else "−") + number(abs(points), 1)
