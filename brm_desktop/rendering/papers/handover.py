"""The handover pack as PDF, said in the current language for typst to lay out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.handover import Handover, handover
from brm_desktop.domain.naming import called
from brm_desktop.domain.pipeline import stage_of
from brm_desktop.domain.records import Dimension, Interaction, Opportunity, Person
from brm_desktop.domain.recurrence import TypeRecurrence
from brm_desktop.language import (
    NOTHING,
    capitalised,
    day,
    listed,
    money,
    number,
    percent,
    tr,
    trn,
)
from brm_desktop.rendering.documents import write_document
from brm_desktop.rendering.figures.decision_chain import decision_chain
from brm_desktop.rendering.papers.head import Json, cut, head, spend_said
from brm_desktop.rendering.plan_document import plan_words, score_tile
from brm_desktop.rendering.plan_sections import (
    action_rows,
    chain_section,
    name_of,
    person_row,
    route_section,
    stance_notes,
    team_rows,
)
from brm_desktop.rendering.sheets import figure_svg
from brm_desktop.rendering.theme import LIGHT, Theme
from brm_desktop.rendering.words import stage_said

_LONGEST: Final = 240
_FLAGS: Final = 8
_SIZE, _SMALLER, _LONG_AMOUNT = 17, 13, 8


def write_handover(
    path: Path, analysis: AccountAnalysis, year: int | None = None, theme: Theme = LIGHT
) -> None:
    """Write the handover pack of an account; needs a ``QGuiApplication``, on any platform.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    pack = handover(analysis, year)
    chains = {
        f"chain-{live.project.id}.svg": figure_svg(decision_chain(analysis, live.project.id), theme)
        for live in pack.plan.live
        if live.reading.members
    }
    write_document(path, "handover", handover_data(pack, theme, frozenset(chains)), chains)


def handover_data(pack: Handover, theme: Theme, pictures: frozenset[str]) -> Json:
    """Everything the template ``handover.typ`` reads; ``pictures`` are the chains drawn."""
    plan, analysis = pack.plan, pack.plan.analysis
    title = tr("{account} · Handover", account=analysis.name)
    return {
        **head(title, analysis.today, theme, name_of(plan, analysis.record.owner)),
        "words": {**plan_words(), **_words()},
        "note": tr("Internal: holds what we know and think of people. Not for the customer."),
        "scores": [score_tile(plan, dimension) for dimension in Dimension],
        "figures": _figures(pack),
        "facts": _facts(pack),
        "red_flags": [cut(tr(flag.text), _LONGEST) for flag in plan.red_flags[:_FLAGS]],
        "actions": action_rows(plan),
        "opportunities": [_opportunity(one) for one in pack.opportunities],
        "coming": [_coming(one) for one in pack.coming],
        "meetings": [_meeting(pack, met) for met in pack.meetings],
        "people": [person_row(plan, person) for person in plan.people],
        "people_note": trn("{n} key person", "{n} key persons", len(plan.people)),
        "reach": [_reached(person) for person in plan.people if _can_be_reached(person)],
        "stance_notes": stance_notes(plan),
        "chains": [
            chain_section(plan, entry, pictured=f"chain-{entry.project.id}.svg" in pictures)
            for entry in plan.live
        ],
        "routes": [route_section(plan, reading) for reading in plan.routes],
        "missing": [
            [cut(one.name, _LONGEST), tr(one.question), money(one.money)] for one in pack.missing
        ],
        "missing_note": _missing_note(pack),
        "team": team_rows(plan),
    }


def _words() -> Json:
    return {
        "opportunities": tr("Open opportunities"),
        "opportunity_columns": [
            tr("Opportunity"),
            tr("Amount"),
            tr("Stage"),
            tr("Seller's probability"),
            tr("Expected date"),
        ],
        "coming": tr("What comes back"),
        "coming_columns": [
            tr("Type"),
            tr("Expected"),
            tr("Window"),
            tr("Prepare by"),
            tr("Usual amount"),
        ],
        "meetings": tr("Last contacts"),
        "meeting_columns": [tr("Date"), tr("Kind"), tr("People"), tr("What was said")],
        "reach": tr("How to reach them"),
        "reach_columns": [tr("Name"), tr("Phone"), tr("E-mail"), tr("WeChat")],
        "missing": tr("Missing facts"),
        "missing_columns": [tr("About"), tr("Question"), tr("Money affected")],
        "nothing_missing": tr("Everything that should be known is known."),
    }


def _figures(pack: Handover) -> list[Json]:
    potential, known = pack.plan.analysis.potential, pack.known
    amount = ("≥ " if potential.lower_bound and potential.amount else "") + money(
        potential.amount, "short"
    )
    spend = pack.plan.analysis.record.expected_annual_spend
    return [
        {
            "label": tr("Potential output"),
            "value": amount,
            "size": _SIZE if len(amount) < _LONG_AMOUNT else _SMALLER,
            "note": spend_said(spend),
        },
        {
            "label": tr("BRM index"),
            "value": NOTHING if known.index is None else number(100 * known.index),
            "size": _SIZE,
            "note": tr(
                "{completeness} known × {accuracy} sure",
                completeness=percent(known.completeness),
                accuracy=percent(known.accuracy),
            ),
        },
    ]


def _facts(pack: Handover) -> list[Json]:
    plan = pack.plan
    account = plan.analysis.record
    facts = [
        (tr("Goal of {year}", year=plan.year), plan.plan.goal if plan.plan else ""),
        (tr("Critical success factors"), plan.plan.success_factors if plan.plan else ""),
        (tr("Owner"), name_of(plan, account.owner)),
        (tr("Sponsor"), name_of(plan, account.sponsor)),
        (tr("Tier"), capitalised(tr(account.tier))),
    ]
    return [{"label": label, "value": cut(value, _LONGEST)} for label, value in facts if value]


def _can_be_reached(person: Person) -> bool:
    return bool(person.phones or person.emails or person.wechat)


def _reached(person: Person) -> list[str]:
    ways = (listed(person.phones), listed(person.emails), person.wechat)
    return [cut(person.name, _LONGEST), *(cut(way, _LONGEST) or NOTHING for way in ways)]


def _missing_note(pack: Handover) -> str:
    more = pack.missing_in_all - len(pack.missing)
    said = tr("What to find out next, by the money that hangs on it")
    return f"{said} · {trn('and {n} more', 'and {n} more', more)}" if more else said


def _opportunity(one: Opportunity) -> list[str]:
    return [
        cut(one.name, _LONGEST),
        money(one.amount),
        cut(stage_said(stage_of(one)), _LONGEST) if one.stage else NOTHING,
        NOTHING if one.probability is None else f"{one.probability}%",
        day(one.expected_close),
    ]


def _coming(one: TypeRecurrence) -> list[str]:
    begins, ends = one.window or (None, None)
    return [
        one.name,
        day(one.next),
        tr("{begins} to {ends}", begins=day(begins), ends=day(ends)),
        day(one.prepare_by),
        money(one.amount),
    ]


def _meeting(pack: Handover, met: Interaction) -> list[str]:
    analysis = pack.plan.analysis
    names = listed(called(analysis.records, one) for one in met.people)
    said = " · ".join(part for part in (met.summary, met.learnt) if part)
    return [day(met.held_on), tr(met.kind), names, cut(said, _LONGEST)]
