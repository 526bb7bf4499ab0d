"""The account plan as a document: its values said in the current language for typst to lay out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from brm_desktop.domain.plan import PlanContent, change_over
from brm_desktop.domain.records import Dimension, Outcome, ProjectId
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import half_up
from brm_desktop.domain.sums.rule_words import definitions
from brm_desktop.language import NOTHING, capitalised, day, listed, money, percent, tr, trn
from brm_desktop.rendering.charts import Draw, Series, TrendChart, svg
from brm_desktop.rendering.documents import write_document
from brm_desktop.rendering.papers.head import head
from brm_desktop.rendering.plan_sections import (
    Json,
    action_rows,
    chain_section,
    name_of,
    odds_figures,
    person_row,
    project_facts,
    route_section,
    stance_notes,
    team_rows,
)
from brm_desktop.rendering.sheets import Sheet
from brm_desktop.rendering.theme import Theme

SUMMARY_LINES = 10
LINES_OF_A_PROJECT = 2
SUMMARY_PROJECTS = 2
SUMMARY_FLAGS = 4
_LONG_AMOUNT = 8
_OTHER = "other"
_TREND_SIZE = (300.0, 104.0)


def write_account_plan(
    path: Path,
    content: PlanContent,
    maps: Sequence[Sheet],
    chains: Mapping[ProjectId, bytes],
    theme: Theme,
    draw: Draw = svg,
) -> None:
    """Write the account plan as PDF.

    Parameters
    ----------
    maps
        The relationship map, on as many sheets as it takes.
    chains
        The SVG of each live project's decision chain, by the project's id.
    draw
        What makes SVG of the chart of the scores.

    Raises
    ------
    FileProblem
        When the file cannot be written.
    """
    pictures = {"trend.svg": draw(_trend(content, theme), theme, *_TREND_SIZE)}
    pictures |= {_map_file(place): sheet.svg for place, sheet in enumerate(maps)}
    pictures |= {f"chain-{project}.svg": svg for project, svg in chains.items()}
    write_document(path, "plan", plan_data(content, maps, chains, theme), pictures)


def plan_data(
    content: PlanContent, maps: Sequence[Sheet], chains: Mapping[ProjectId, bytes], theme: Theme
) -> Json:
    """Everything the template ``plan.typ`` reads, said in the current language."""
    analysis = content.analysis
    title = tr("{account} · Account plan {year}", account=analysis.name, year=content.year)
    return {
        **head(title, analysis.today, theme, name_of(content, analysis.record.owner)),
        "words": plan_words(),
        "cover": _cover(content),
        "summary": _summary(content),
        "maps": [_sheet(place, sheet) for place, sheet in enumerate(maps)],
        "map_note": tr("Who reports to whom and who sways whom; crucial people in red."),
        "people": [person_row(content, person) for person in content.people],
        "stance_notes": stance_notes(content),
        "people_note": trn("{n} key person", "{n} key persons", len(content.people)),
        "chains": [
            chain_section(content, entry, pictured=entry.project.id in chains)
            for entry in content.live
        ],
        "routes": [route_section(content, reading) for reading in content.routes],
        "team": team_rows(content),
        "actions": action_rows(content),
        "definitions": _definitions(content.analysis.rules),
    }


def plan_words() -> Json:
    """The fixed words of the parts that a plan is made of."""
    return {
        "summary": tr("Summary"),
        "potential": tr("Potential output"),
        "trend": tr("Twelve months"),
        "priorities": tr("Three priorities"),
        "no_priorities": tr(
            "Draw a decision chain or score the key persons, and they appear here."
        ),
        "red_flags": tr("Red flags"),
        "key_people": tr("Key persons"),
        "no_people": tr("No key persons yet."),
        "people_columns": [
            tr("Name"),
            tr("Title"),
            tr("Department"),
            tr("Power"),
            tr("Influence"),
            tr("Closeness"),
            tr("Solution"),
            tr("Price"),
            tr("Stance"),
        ],
        "live_projects": tr("Live projects"),
        "past_projects": tr("Project history"),
        "history_legend": _history_legend(),
        "odds": tr("Relationship odds"),
        "why": tr("Why"),
        "targets": tr("Next targets"),
        "map": tr("Relationship map"),
        "routes": tr("Best routes"),
        "routes_note": tr("How to reach those who decide: through whom, and how likely it works."),
        "no_route": tr("No route yet: none of us has a tie that leads here."),
        "team": tr("Team"),
        "no_team": tr("No one is on this account's team yet."),
        "team_columns": [tr("Name"), tr("Function"), tr("Business line"), tr("Reporting")],
        "actions": tr("Open actions"),
        "action_columns": [tr("Due"), tr("Action"), tr("Owner"), tr("For")],
        "definitions": tr("What the figures mean"),
    }


def _cover(content: PlanContent) -> Json:
    analysis = content.analysis
    account = analysis.record
    facts = (
        (tr("Owner"), name_of(content, account.owner) or NOTHING),
        (tr("Sponsor"), name_of(content, account.sponsor) or NOTHING),
        (tr("Tier"), capitalised(tr(account.tier))),
        (tr("Date"), day(analysis.today)),
    )
    return {
        "kind": tr("Account plan"),
        "account": analysis.name,
        "year": str(content.year),
        "goal": content.plan.goal if content.plan else "",
        "facts": [{"label": label, "value": value} for label, value in facts],
        "note": tr("Internal: holds what we know and think of people. Not for the customer."),
    }


def _summary(content: PlanContent) -> Json:
    potential = content.analysis.potential
    amount = money(potential.amount, "short")
    live = content.live[:SUMMARY_PROJECTS]
    room = SUMMARY_LINES - LINES_OF_A_PROJECT * len(live)
    return {
        "scores": [score_tile(content, dimension) for dimension in Dimension],
        "potential": ("≥ " if potential.lower_bound and potential.amount else "") + amount,
        "potential_size": 22 if len(amount) < _LONG_AMOUNT else 15,
        "potential_sum": _potential_sum(content),
        "priorities": [
            {"person": name_of(content, priority.person), "text": tr(priority.text)}
            for priority in content.priorities
        ],
        "red_flags": [tr(flag.text) for flag in content.red_flags[:SUMMARY_FLAGS]],
        "people": [person_row(content, person) for person in content.people[:room]],
        "more_people": _more(content, room),
        "projects": [
            {
                "name": entry.project.name,
                "facts": project_facts(entry),
                **odds_figures(content, entry),
            }
            for entry in live
        ],
        "history": _history(content),
        "team": "  ·  ".join(f"{row['function']} {row['name']}" for row in team_rows(content)),
    }


def score_tile(content: PlanContent, dimension: Dimension) -> Json:
    """One of the account's scores with its bar, how it moved and how much it covers."""
    score = content.analysis.scores[dimension]
    moved = change_over(content.trend, dimension)
    shown = None if moved is None else half_up(moved)
    return {
        "label": capitalised(tr(dimension)),
        "value": NOTHING if score.value is None else str(half_up(score.value)),
        "bar": None if score.value is None else float(score.value),
        "band": str(score.band),
        "change": "" if not shown else f"{'▲' if shown > 0 else '▼'} {abs(shown)}",
        "falling": bool(shown and shown < 0),
        "coverage": tr("{scored} of {all}", scored=score.scored, all=score.of),
    }


def _potential_sum(content: PlanContent) -> str:
    analysis = content.analysis
    spend = analysis.record.expected_annual_spend
    if spend is None:
        return tr("expected spend is not known")
    share = sum(
        (
            (analysis.scores[dimension].value or Fraction(0)) * weight / 100
            for dimension, weight in analysis.rules.potential_weights.items()
        ),
        Fraction(0),
    )
    return f"{money(spend, 'short')} × {percent(share, 1)}"


def _more(content: PlanContent, room: int) -> str:
    """What the table of the summary leaves out."""
    notes = []
    more = len(content.people) - room
    if more > 0:
        notes.append(
            trn(
                "and {n} more on the page of key persons",
                "and {n} more on the page of key persons",
                more,
            )
        )
    if stance_notes(content):
        notes.append(tr("* differs by project, see the page of key persons"))
    return "  ·  ".join(notes)


def _history_legend() -> list[Json]:
    """What the marks of the project history mean."""
    other = listed((tr(Outcome.NO_DECISION), tr(Outcome.NOT_PURSUED)))
    ends = [(str(one), tr(one)) for one in (Outcome.WON, Outcome.LOST, Outcome.OPEN)]
    return [{"mark": mark, "word": word} for mark, word in (*ends, (_OTHER, other))]


def _history(content: PlanContent) -> Json:
    def mark(outcomes: tuple[Outcome, ...]) -> str:
        for outcome in (Outcome.OPEN, Outcome.WON, Outcome.LOST):
            if outcome in outcomes:
                return str(outcome)
        return _OTHER if outcomes else "none"

    return {
        "years": [f"{year % 100:02d}" for year in content.history_years],
        "rows": [
            {
                "type": row.name,
                "marks": [mark(row.outcomes(year)) for year in content.history_years],
            }
            for row in content.history
        ],
    }


def _sheet(place: int, sheet: Sheet) -> Json:
    return {
        "file": _map_file(place),
        "title": sheet.title,
        "note": sheet.note,
        "landscape": sheet.landscape,
    }


def _map_file(place: int) -> str:
    return f"map-{place}.svg"


def _trend(content: PlanContent, theme: Theme) -> TrendChart:
    names = {
        Dimension.CLOSENESS: tr("Closeness"),
        Dimension.SOLUTION: tr("Solution"),
        Dimension.PRICE: tr("Price"),
    }
    tints = {
        Dimension.CLOSENESS: theme.accent,
        Dimension.SOLUTION: theme.strong,
        Dimension.PRICE: theme.weak,
    }
    lines = [
        Series(
            name=names[dimension],
            colour=tints[dimension],
            values=[
                None if (value := point.scores[dimension].value) is None else float(value)
                for point in content.trend
            ],
        )
        for dimension in Dimension
    ]
    dates = [point.on for point in content.trend]
    return TrendChart(dates=dates, series=lines, nothing=tr("no score yet"))


def _definitions(rules: Rules) -> list[str]:
    """The rules in the words of the window's explanations, with the numbers in force."""
    return [tr(rule) for rule in definitions(rules)]
