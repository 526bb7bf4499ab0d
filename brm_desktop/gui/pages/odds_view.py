"""A chain's reading as the odds panel shows it, in the language in use."""

from __future__ import annotations

from functools import partial

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.deal_history import BandRecord, outcome_on
from brm_desktop.domain.odds import ChainReading, ReasonKind, Target
from brm_desktop.domain.odds_sum import SumLine, cap_that_stays, odds_sum
from brm_desktop.domain.records import Organisation, Outcome, Project, Records, Stance
from brm_desktop.domain.scores import Band, band, half_up
from brm_desktop.domain.sums import chains
from brm_desktop.domain.what_if import money_when_won
from brm_desktop.gui.widgets.odds_panel import FlagLine, OddsView, ReasonLine, TargetLine
from brm_desktop.gui.widgets.record_strip import BandCell
from brm_desktop.gui.words import BAND_TOKENS, capital, joined
from brm_desktop.language import NOTHING, day, money, number, percent, tr

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
    reasons = tuple(_reason(analysis, line, reading) for line in lines)
    return OddsView(
        odds,
        BAND_TOKENS[held],
        None if biting is None else biting.limit,
        cap_text,
        _record(analysis, held),
        _record_text(analysis, held),
        _record_line(analysis, held),
        sum(1 for one in reading.members if one.stance is Stance.UNKNOWN and not one.left),
        reasons,
        tuple(_target(analysis, target, reading) for target in reading.targets),
        tuple(FlagLine(tr(flag.text), flag.person) for flag in reading.red_flags),
        None if made_of is None else partial(chains.odds, analysis, reading.project),
        None if biting is None else partial(chains.cap, analysis, reading, biting),
        partial(chains.seller_record, analysis, held),
    )


def _ended(records: Records, project: Project) -> str:
    rival = records.get(Organisation, project.lost_to)
    to = "" if rival is None else tr("to {name}", name=rival.name)
    on = "" if project.decided_on is None else day(project.decided_on)
    return joined(capital(tr(project.outcome)), to, on)


def _record(analysis: AccountAnalysis, held: Band) -> tuple[BandCell, ...]:
    """Every band from the left as on the bar; unscored only where a deal was decided in it."""
    found = analysis.seller_record
    if not found:
        return ()
    bands = [Band.WEAK, Band.MEDIUM, Band.STRONG]
    if Band.UNSCORED in found:
        bands.insert(0, Band.UNSCORED)
    return tuple(_cell(one, found.get(one), current=one is held) for one in bands)


def _cell(one: Band, record: BandRecord | None, *, current: bool) -> BandCell:
    if record is None:
        return BandCell(capital(tr(one)), NOTHING, "", BAND_TOKENS[one], None, current)
    return BandCell(
        capital(tr(one)),
        f"{record.won}/{record.decided}",
        f"{percent(record.low).rstrip('%')}–{percent(record.high)}",
        BAND_TOKENS[one],
        (record.low, record.won / record.decided, record.high),
        current,
    )


def _record_text(analysis: AccountAnalysis, held: Band) -> str:
    """The record of every band in words, with what the interval is."""
    lines = []
    for one, record in analysis.seller_record.items():
        said = _won(one, record)
        lines.append(tr("{line}, the band now", line=said) if one is held else said)
    if lines:
        lines.append(tr("In brackets the Wilson 95 % interval of the share won."))
    return "\n".join(lines)


def _record_line(analysis: AccountAnalysis, held: Band) -> str:
    """The record of the band the odds are in, where there is room for one line."""
    record = analysis.seller_record.get(held)
    if record is None:
        return tr("{band}: nothing decided yet", band=capital(tr(held)))
    return _won(held, record)


def _won(one: Band, record: BandRecord) -> str:
    return tr(
        "{band}: {won} of {decided} won ({low}–{high})",
        band=capital(tr(one)),
        won=record.won,
        decided=record.decided,
        low=percent(record.low),
        high=percent(record.high),
    )


def _reason(analysis: AccountAnalysis, line: SumLine, reading: ChainReading) -> ReasonLine:
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
    why = None if member is None else partial(chains.member_value, analysis, member)
    if reason.kind is ReasonKind.CAP:
        why = partial(chains.cap, analysis, reading, reading.caps[0])
    return ReasonLine(short, points, signed(points), tint, reason.person, whole, why)


def _target(analysis: AccountAnalysis, target: Target, reading: ChainReading) -> TargetLine:
    gain = tr("+{points} pts", points=number(float(target.gain), 1))
    won = money_when_won(analysis, target.person)
    worth = f"+{money(won, 'short')}" if won is not None and won.minor > 0 else ""
    cap = cap_that_stays(reading, target)
    note = "" if cap is None else tr("{gain}, capped at {limit}", gain=gain, limit=cap.limit)
    why = partial(chains.target_gain, analysis, reading, target)
    return TargetLine(tr(target.text), gain, target.person, note, why, worth)


def signed(points: float) -> str:
    """Points with their sign: ``+6.8``, ``−8.2``, ``0``."""
    if abs(points) < _SMALL:
        return "0"
    return ("+" if points > 0 else "−") + number(abs(points), 1)
