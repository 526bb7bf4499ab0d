"""A chain's reading as the odds panel shows it, in the language in use."""

from __future__ import annotations

from functools import partial

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.deal_history import outcome_on
from brm_desktop.domain.odds import ChainReading, ReasonKind, Target
from brm_desktop.domain.odds_sum import SumLine, cap_that_stays, odds_sum
from brm_desktop.domain.records import Organisation, Outcome, Project, Records
from brm_desktop.domain.scores import Band, band, half_up
from brm_desktop.domain.sums import chains
from brm_desktop.gui.widgets.odds_panel import FlagLine, OddsView, ReasonLine, TargetLine
from brm_desktop.gui.words import BAND_TOKENS, capital, joined
from brm_desktop.language import day, number, percent, tr

_SMALL = 0.05


def odds_view(analysis: AccountAnalysis, reading: ChainReading) -> OddsView:
    """Everything the panel says of a project's chain."""
    project = analysis.records.one(Project, reading.project)
    if outcome_on(project, analysis.today) is not Outcome.OPEN:
        return OddsView(ended=_ended(analysis.records, project))
    odds = None if reading.odds is None else half_up(reading.odds)
    held = band(reading.odds, analysis.rules)
    biting = reading.caps[0] if reading.caps else None
    cap_text = ""
    if biting is not None and reading.odds is not None:
        cap_text = tr(biting.reason)
    made_of = odds_sum(reading)
    lines = made_of.lines if made_of is not None else ()
    reasons = tuple(_reason(line, reading) for line in lines)
    return OddsView(
        odds,
        BAND_TOKENS[held],
        None if biting is None else biting.limit,
        cap_text,
        _record(analysis, held),
        reasons,
        tuple(_target(target, reading) for target in reading.targets),
        tuple(FlagLine(tr(flag.text), flag.person) for flag in reading.red_flags),
        None if made_of is None else partial(chains.odds, analysis, reading.project),
    )


def _ended(records: Records, project: Project) -> str:
    rival = records.get(Organisation, project.lost_to)
    to = "" if rival is None else tr("to {name}", name=rival.name)
    on = "" if project.decided_on is None else day(project.decided_on)
    return joined(capital(tr(project.outcome)), to, on)


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


def _reason(line: SumLine, reading: ChainReading) -> ReasonLine:
    reason = line.reason
    assert reason is not None  # only the start and the total are without one
    points = float(line.points)
    tint = "strong" if points > 0 else "weak" if points < 0 else "unscored"
    if reason.kind is ReasonKind.CAP:
        tint = "crucial"
    whole = tr(reason.text)
    member = next((one for one in reading.members if one.person == reason.person), None)
    short = whole
    if reason.kind is ReasonKind.MEMBER and member is not None and member.role is not None:
        short = joined(member.name, tr(member.stance), tr(member.role))
    return ReasonLine(short, points, signed(points), tint, reason.person, whole)


def _target(target: Target, reading: ChainReading) -> TargetLine:
    gain = tr("+{points} pts", points=number(float(target.gain), 1))
    cap = cap_that_stays(reading, target)
    note = "" if cap is None else tr("{gain}, capped at {limit}", gain=gain, limit=cap.limit)
    return TargetLine(tr(target.text), gain, target.person, note)


def signed(points: float) -> str:
    """Points with their sign: ``+6.8``, ``−8.2``, ``0``."""
    if abs(points) < _SMALL:
        return "0"
    return ("+" if points > 0 else "−") + number(abs(points), 1)
