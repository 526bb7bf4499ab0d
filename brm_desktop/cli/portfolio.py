"""The commands ``accounts`` and ``projects``: where to spend the day, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from brm_desktop.cli.opening import as_json, common, opened, the_account
from brm_desktop.cli.shapes import Shape, money, number
from brm_desktop.cli.speaking import SpokenCommand, at_least, say, say_json, say_table
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.composite import Composite
from brm_desktop.domain.naming import called, project_called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.portfolio import NextWindow, Portfolio, PortfolioEntry, PortfolioRow
from brm_desktop.domain.records import Outcome, ProjectType, Records
from brm_desktop.domain.recurrence import Participant, Rhythm, TypeRecurrence, recurrence_of
from brm_desktop.domain.scores import Band
from brm_desktop.domain.screening import Suggestion
from brm_desktop.language import day, listed, tr
from brm_desktop.language import money as said_money
from brm_desktop.language import number as said_number
from brm_desktop.session.portfolio import whole_portfolio


@click.command(
    cls=SpokenCommand,
    help=phrase(
        "The portfolio: every account by composite score, with rank, tier, screening and potential."
    ).text,
)
@common
@as_json
def accounts(store: Path | None, as_json: bool) -> None:
    """Show every account."""
    with opened(store) as session:
        found = whole_portfolio(session)
    if as_json:
        say_json(portfolio_shape(found))
    else:
        _tell_portfolio(found)


@click.command(
    cls=SpokenCommand,
    help=phrase("The projects of one account that come back, and when the next are expected.").text,
)
@common
@the_account
@as_json
def projects(store: Path | None, account: str, as_json: bool) -> None:
    """Show what comes back in an account."""
    with opened(store) as session:
        analysis = session.analysis(session.find_account(account))
        found = recurrence_of(analysis)
    if as_json:
        say_json(projects_shape(analysis, found))
    else:
        _tell_projects(analysis, found)


def portfolio_shape(portfolio: Portfolio) -> Shape:
    """Every account, the best first; Σ per currency, and how many stand how well."""
    sums = portfolio.potential
    total: object = [money(amount) for amount in sums.amounts]
    if len(sums.amounts) <= 1:
        total = money(sums.amounts[0]) if sums.amounts else None
    ranked = portfolio.ranked
    return {
        "accounts": [_account(row) for row in portfolio.rows],
        "total_potential": total,
        "total_lower_bound": sums.lower_bound,
        "without_potential": sums.unknown,
        "counts": {band.value: portfolio.counts[band] for band in Band},
        "key_accounts": {"wanted": ranked.key_wanted, "in": len(ranked.key)},
        "strategic_accounts": {"wanted": ranked.strategic_wanted, "in": len(ranked.strategic)},
    }


def projects_shape(analysis: AccountAnalysis, found: Sequence[TypeRecurrence]) -> Shape:
    """What comes back, by type; projects of no type and those not pursued are only counted."""
    known = analysis.records.all(ProjectType)
    pursued = [one for one in analysis.projects if one.outcome is not Outcome.NOT_PURSUED]
    return {
        "types": [_type(analysis.records, one) for one in found],
        "untyped": sum(one.type not in known for one in pursued),
        "not_pursued": len(analysis.projects) - len(pursued),
    }


def _account(row: PortfolioRow) -> Shape:
    entry, account = row.entry, row.entry.record
    screening, suggestion = entry.screening, entry.screening.suggestion
    return {
        "id": entry.account,
        "name": entry.name,
        "tier": account.tier.value,
        "suggested_tier": row.suggested.value if row.suggested else None,
        "strategic_reason": account.strategic_reason or None,
        **_composite(entry.composite),
        "rank": row.rank,
        "potential": money(entry.potential.amount),
        "lower_bound": entry.potential.lower_bound,
        "potential_reasons": [tr(reason) for reason in entry.potential.reasons],
        "closeness": number(entry.closeness.value),
        "band": entry.closeness.band.value,
        "contact_hint": number(entry.hint.value) if entry.hint else None,
        "last_contact": entry.last_contact.isoformat() if entry.last_contact else None,
        "screening": account.screening.value,
        "screening_reason": account.screening_reason or None,
        "screening_suggestion": suggestion.value if suggestion else None,
        "screening_reasons": [tr(reason) for reason in screening.reasons],
        "supporters": [one.name for one in screening.supporters],
        "offer": "create_opportunity" if suggestion is Suggestion.CONFIRM else None,
        "reviews_due": _reviews(entry),
        "next_window": _window(entry.expected) if entry.expected else None,
    }


def _composite(found: Composite) -> Shape:
    return {
        "composite": number(found.value),
        "composite_lower_bound": found.lower_bound,
        "composite_reasons": [tr(reason) for reason in found.reasons],
        "criteria": {
            part.criterion.value: {
                "points": part.points,
                "weight": number(part.weight),
                "entered": part.entered,
                "amount": money(part.amount),
                "reason": tr(part.reason),
            }
            for part in found.parts
        },
    }


def _reviews(entry: PortfolioEntry) -> list[Shape]:
    return [
        {
            "kind": one.kind.value,
            "last": one.last.isoformat() if one.last else None,
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "overdue_days": one.overdue_days,
        }
        for one in entry.due
    ]


def _window(expected: NextWindow) -> Shape:
    return {
        "type": expected.type,
        "next": expected.next.isoformat(),
        "window": [expected.begins.isoformat(), expected.ends.isoformat()],
        "prepare_by": expected.prepare_by.isoformat(),
        "overdue": expected.overdue,
    }


def _type(records: Records, one: TypeRecurrence) -> Shape:
    return {
        "type": one.name,
        "wanted": one.wanted,
        "starts": [start.isoformat() for start in one.starts],
        "ahead": [start.isoformat() for start in one.ahead],
        "undated": one.undated,
        "median_days": number(one.median_days),
        "mad_days": number(one.mad_days),
        "regular": one.rhythm is Rhythm.REGULAR,
        "rhythm": None if one.rhythm is Rhythm.UNKNOWN else one.rhythm.value,
        "next": one.next.isoformat() if one.next else None,
        "window": [edge.isoformat() for edge in one.window] if one.window else None,
        "prepare_by": one.prepare_by.isoformat() if one.prepare_by else None,
        "overdue": one.overdue,
        "amount": money(one.amount),
        "other_currencies": one.other_currencies,
        "reason": tr(one.reason),
        "participants": [_participant(records, person) for person in one.participants],
        "targets": [
            {
                "person": called(records, target.person),
                "gain": number(target.gain),
                "text": tr(target.text),
            }
            for target in one.targets
        ],
    }


def _participant(records: Records, one: Participant) -> Shape:
    return {
        "person": one.name,
        "roles": [role.value for role in one.roles],
        "stance": one.stance.value,
        "project": project_called(records, one.last),
        "times": one.times,
    }


def _tell_portfolio(portfolio: Portfolio) -> None:
    heads = [
        *(tr("rank"), tr("account"), tr("score"), tr("tier"), tr("suggested")),
        *(tr("potential output"), tr("closeness"), tr("screening"), tr("reviews due")),
    ]
    say_table([heads, *map(_line, portfolio.rows)])
    sums = portfolio.potential
    amounts = [at_least(said_money(one), sums.lower_bound) for one in sums.amounts]
    say(tr("Sum of potentials: {amounts}", amounts=listed(amounts) or "–"))
    ranked = portfolio.ranked
    if len(ranked.key) > ranked.key_wanted:
        say(
            tr(
                "{n} accounts are among the first {wanted}: scores at the edge are equal.",
                n=len(ranked.key),
                wanted=ranked.key_wanted,
            )
        )


def _said_tier(row: PortfolioRow) -> str:
    """The tier the score suggests, unless screening has to come first."""
    if row.suggested is None:
        return "–"
    return tr("screen first") if row.screened_first else tr(row.suggested)


def _line(row: PortfolioRow) -> list[str]:
    entry, composite = row.entry, row.entry.composite
    score, potential = said_number(composite.value), said_money(entry.potential.amount)
    suggestion = entry.screening.suggestion
    suggested = f" ({tr(suggestion)}?)" if suggestion else ""
    return [
        "–" if row.rank is None else str(row.rank),
        entry.name,
        at_least(score, composite.lower_bound and composite.value is not None),
        tr(entry.record.tier),
        _said_tier(row),
        at_least(potential, entry.potential.lower_bound and entry.potential.amount is not None),
        said_number(entry.closeness.value),
        f"{tr(entry.record.screening)}{suggested}",
        str(len(entry.due)) if entry.due else "–",
    ]


def _tell_projects(analysis: AccountAnalysis, found: Sequence[TypeRecurrence]) -> None:
    say(analysis.name)
    if not found:
        say(_why_nothing_comes_back(analysis))
    heads = [
        tr("type"),
        tr("wanted"),
        tr("times started"),
        tr("next"),
        tr("window"),
        tr("prepare by"),
    ]
    rows = [
        [
            one.name,
            tr("yes") if one.wanted else tr("no"),
            str(len(one.starts)),
            day(one.next) if one.next else tr(one.rhythm),
            " – ".join(map(day, one.window)) if one.window else "–",
            day(one.prepare_by) if one.prepare_by else "–",
        ]
        for one in found
    ]
    if rows:
        say_table([heads, *rows])
    for one in found:
        late = tr("Overdue.") if one.overdue else ""
        said = tr("{type}: {reason}.", type=one.name, reason=one.reason)
        say(f"{said} {late}".rstrip())
        for target in one.targets:
            say(f"  {tr(target.text)}")


def _why_nothing_comes_back(analysis: AccountAnalysis) -> str:
    if not analysis.projects:
        return tr("No projects yet.")
    return tr("No project that was pursued has a type, so nothing tells what comes back.")
