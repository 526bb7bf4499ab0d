"""A decision chain explained: odds, a person's value, caps, gains (domain rule §8)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.caps import Cap
from brm_desktop.domain.chain_members import MemberReading
from brm_desktop.domain.deal_history import decided_deals, wilson_interval
from brm_desktop.domain.numerals import plain, points, share
from brm_desktop.domain.odds import ChainReading, ReasonKind, Target
from brm_desktop.domain.odds_sum import adding_up, cap_that_stays, odds_sum
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Dimension, Project, ProjectId
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.scores import Band
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import Explanation, Joined, SumLine, formula, listed_note
from brm_desktop.domain.sums.scores import standing_note

_UNKNOWN = phrase("not known")
_Q_DIGITS = 3


def odds(analysis: AccountAnalysis, project: ProjectId, digits: int = 1) -> Explanation:
    """The odds of a project: from 50, what each person adds, the cap or the floor."""
    reading = analysis.chain(project)
    made_of = odds_sum(reading, digits)
    title = phrase("Relationship odds of {name}", name=_project(analysis, project))
    rule = rule_words.odds(analysis.rules)
    if made_of is None or reading.odds is None:
        nobody = phrase("Give someone on the chain a role to see the odds.")
        return Explanation("chain.odds", title, _UNKNOWN, (), nobody, rule)
    members = {member.person: member for member in reading.members}
    whole = sum(member.weight for member in reading.members)
    lines = [SumLine(made_of.start.text, adds=plain(made_of.start.points, digits))]
    for line in made_of.lines:
        reason = line.reason
        assert reason is not None  # only the start and the total are without one
        part = None
        if reason.kind is ReasonKind.MEMBER and reason.person is not None:
            part = _share_of(members[reason.person], whole)
        lines.append(SumLine(line.text, part, points(line.points, digits), person=reason.person))
    told = {reason.text for reason in reading.reasons}
    lines += [
        SumLine(cap.reason, note=phrase("holds too, and changes nothing"), person=cap.person)
        for cap in reading.caps
        if cap.reason not in told
    ]
    return Explanation(
        number="chain.odds",
        title=title,
        shown=plain(half_up(reading.odds)),
        lines=tuple(lines),
        total=formula("= {odds}", odds=plain(made_of.total.points, digits)),
        rule=rule,
        joined=Joined.SUM,
        made=made_of.total.points,
    )


def member_value(analysis: AccountAnalysis, member: MemberReading) -> Explanation:
    """What one person on a chain is worth, 0–1: the mean of stance and mean score."""
    scores = [standing.value for standing in member.standings.values()]
    parts: list[tuple[SumLine, Fraction]] = []
    worth = analysis.rules.stance_values.get(member.stance)
    if worth is not None:
        parts.append((SumLine(phrase("Stance: {stance}", stance=member.stance)), worth))
    if scores:
        listed = " + ".join(str(score) for score in scores)
        how = f"({listed}) / {len(scores)} / 100" if len(scores) > 1 else f"{listed} / 100"
        mean = Fraction(sum(scores), 100 * len(scores))
        parts.append((SumLine(phrase("Mean score"), part=formula("{how}", how=how)), mean))
    digits, n = _Q_DIGITS, max(1, len(parts))
    scale = 10**digits
    made = Fraction(half_up(member.q * n * scale), scale)
    shown = adding_up([value for _, value in parts], made, digits) if parts else []
    lines = [
        SumLine(line.label, line.part, plain(value, digits))
        for (line, _), value in zip(parts, shown, strict=True)
    ]
    if not parts:
        lines = [SumLine(phrase("Nothing known yet, taken as even"), adds=plain(made, digits))]
    lines += [
        SumLine(
            label=dimension.phrase,
            part=formula("{value}", value=member.standings[dimension].value),
            note=standing_note(analysis, member.standings[dimension]),
        )
        for dimension in Dimension
        if dimension in member.standings
    ]
    total = formula("= {q}", q=plain(member.q, digits))
    if n > 1:
        total = formula(
            "{made} / {n} = {q}", made=plain(made, digits), n=n, q=plain(member.q, digits)
        )
    return Explanation(
        number="chain.value",
        title=phrase("Value of {name} on the chain", name=member.name),
        shown=plain(member.q, 2),
        lines=tuple(lines),
        total=total,
        rule=rule_words.member_value(analysis.rules),
        joined=Joined.SUM,
        made=made,
    )


def cap(analysis: AccountAnalysis, reading: ChainReading, one: Cap) -> Explanation:
    """One cap: what it says, and whether it holds the odds down."""
    lines = [SumLine(one.reason, person=one.person)]
    member = next((m for m in reading.members if m.person == one.person), None)
    if member is not None and member.competitor is not None and member.lead:
        rival = member.competitor
        lines.append(
            SumLine(
                phrase(
                    "Closeness of {organisation} to {name}",
                    organisation=rival.organisation.name,
                    name=member.name,
                ),
                part=formula("{value}", value=rival.standing.value),
                note=standing_note(analysis, rival.standing),
            )
        )
    assert reading.uncapped is not None, "where a cap holds there are odds"
    before = phrase("Odds before caps")
    lines.append(SumLine(before, part=formula("{n}", n=plain(reading.uncapped, 1))))
    bites = reading.uncapped > one.limit
    total = phrase("It changes nothing: the odds are lower already.")
    if bites:
        total = phrase("At most {limit}", limit=one.limit)
    return Explanation(
        number="chain.cap",
        title=phrase("Cap at {limit}", limit=one.limit),
        shown=plain(one.limit),
        lines=tuple(lines),
        total=total,
        rule=rule_words.caps(analysis.rules),
    )


def target_gain(analysis: AccountAnalysis, reading: ChainReading, target: Target) -> Explanation:
    """What winning somebody would add to the odds, and the cap that stays all the same."""
    member = next(one for one in reading.members if one.person == target.person)
    whole = sum(one.weight for one in reading.members)
    gain = Fraction(half_up(target.gain * 10), 10)
    now = 100 * member.weight * member.q / whole
    most = Fraction(100 * member.weight, whole)
    shown = adding_up([most, -now], gain, 1)
    lines = [
        SumLine(
            phrase("With a full value"),
            part=formula("100 × {weight} / {whole}", weight=member.weight, whole=whole),
            adds=plain(shown[0], 1),
        ),
        SumLine(
            phrase("What he brings now"),
            part=formula(
                "100 × {weight} × {q} / {whole}",
                weight=member.weight,
                q=plain(member.q, _Q_DIGITS),
                whole=whole,
            ),
            adds=points(shown[1], 1),
        ),
    ]
    stays = cap_that_stays(reading, target)
    if stays is not None:
        lines.append(SumLine(stays.reason, note=phrase("stays"), person=stays.person))
    return Explanation(
        number="chain.target",
        title=phrase("Winning {name}", name=member.name),
        shown=points(gain, 1),
        lines=tuple(lines),
        total=formula("= {gain}", gain=points(gain, 1)),
        rule=rule_words.target(analysis.rules),
        joined=Joined.SUM,
        made=gain,
    )


def seller_record(analysis: AccountAnalysis, held: Band) -> Explanation:
    """The user's record in this account in a band of odds: which deals, and how sure it is."""
    found = decided_deals(
        analysis.records, analysis.today, analysis.rules, analysis.user, analysis.account
    )
    deals = sorted(
        (deal for deal in found if deal.band is held),
        key=lambda deal: (-(deal.project.decided_on or date.min).toordinal(), deal.project.name),
    )
    won = sum(deal.won for deal in deals)
    low, high = wilson_interval(won, len(deals))
    lines = tuple(
        SumLine(
            label=deal.project.name,
            part=phrase(
                "odds then {odds}", odds=_UNKNOWN if deal.odds is None else plain(deal.odds)
            ),
            adds=plain(1 if deal.won else 0),
            note=listed_note(deal.project.outcome, deal.project.decided_on),
        )
        for deal in deals
    )
    total = phrase("No deal was decided in this band yet.")
    if deals:
        total = phrase(
            "{won} of {decided} won = {share}; likely between {low} and {high}",
            won=won,
            decided=len(deals),
            share=share(Fraction(won, len(deals))),
            low=share(low),
            high=share(high),
        )
    return Explanation(
        number="seller.record",
        title=phrase("Your record in this account at {band} odds", band=held),
        shown=formula("{won}/{decided}", won=won, decided=len(deals)),
        lines=lines,
        total=total,
        rule=rule_words.seller_record(analysis.rules),
        joined=Joined.SUM,
        made=Fraction(won),
    )


def _share_of(member: MemberReading, whole: int) -> Phrase:
    return phrase(
        "weight {weight} of {whole}, value {q}",
        weight=member.weight,
        whole=whole,
        q=plain(member.q, 2),
    )


def _project(analysis: AccountAnalysis, project: ProjectId) -> str:
    return analysis.records.one(Project, project).name
