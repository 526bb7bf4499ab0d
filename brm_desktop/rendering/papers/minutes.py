"""The minutes of a weekly review as PDF, said in the current language for typst to lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from brm_desktop.domain.amounts import summed
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.weekly import Deal, WeekOfAccount
from brm_desktop.language import NOTHING, capitalised, day, listed, money, tr, trn
from brm_desktop.rendering.documents import write_document
from brm_desktop.rendering.papers.head import Json, cut, head
from brm_desktop.rendering.theme import LIGHT, Theme
from brm_desktop.rendering.words import stage_said

LINES: Final = 12
"""So many changes of one account are told; what is more is counted."""
_LONGEST: Final = 200
_LONGEST_REMARKS: Final = 4_000


def write_minutes(
    path: Path, weeks: Sequence[WeekOfAccount], today: date, theme: Theme = LIGHT
) -> None:
    """Write the minutes of the weekly review of some accounts.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    write_document(path, "minutes", minutes_data(weeks, today, theme), {})


def minutes_data(weeks: Sequence[WeekOfAccount], today: date, theme: Theme) -> Json:
    """Everything the template ``minutes.typ`` reads; accounts with nothing to tell come last."""
    told = [one for one in weeks if _tells(one)]
    return {
        **head(tr("Weekly review, {date}", date=day(today)), today, theme),
        "words": _words(),
        "summary": _summary(weeks),
        "accounts": [_account(one) for one in told],
        "quiet": listed(one.name for one in weeks if not _tells(one)),
    }


def _words() -> Json:
    return {
        "deal_columns": [
            tr("Project or opportunity"),
            tr("Amount"),
            tr("Relationship odds"),
            tr("Seller's probability"),
            tr("Expected date"),
        ],
        "people": tr("Changes in people"),
        "projects": tr("Changes in projects"),
        "meetings": tr("Contacts"),
        "quiet": tr("Nothing to tell"),
    }


def _tells(week: WeekOfAccount) -> bool:
    return bool(week.deals or week.changes or week.meetings or week.remarks)


def _summary(weeks: Sequence[WeekOfAccount]) -> str:
    if not weeks:
        return tr("No account to review.")
    amounts = summed(amount for week in weeks for amount in week.amounts)
    changes = sum(week.changes for week in weeks)
    parts = [
        tr("Since {date}", date=day(weeks[0].since)),
        trn("{n} account", "{n} accounts", len(weeks)),
        trn("{n} change", "{n} changes", changes),
        *([" + ".join(money(one) for one in amounts)] if amounts else []),
    ]
    return " · ".join(parts)


def _account(week: WeekOfAccount) -> Json:
    facts = [capitalised(tr(week.tier)), week.owner, _closeness(week)]
    people = [(one.name, one.text, one.evidence) for one in week.people]
    projects = [(one.name, one.text, "") for one in week.projects]
    meetings = [("", one, "") for one in week.meetings]
    return {
        "name": cut(week.name, _LONGEST),
        "facts": " · ".join(fact for fact in facts if fact),
        "goal": cut(week.goal, _LONGEST),
        "remarks": week.remarks[:_LONGEST_REMARKS],
        "deals": [_deal(one) for one in week.deals],
        "people": _lines(people),
        "projects": _lines(projects),
        "meetings": _lines(meetings),
    }


def _closeness(week: WeekOfAccount) -> str:
    before, now = (None if one is None else half_up(one) for one in week.closeness)
    if now is None:
        return ""
    if before in {None, now}:
        return tr("closeness {value}", value=now)
    return tr("closeness {before} → {value}", before=before, value=now)


def _lines(found: Iterable[tuple[str, Phrase, str]]) -> list[Json]:
    lines = list(found)
    told = [
        {"name": cut(name, _LONGEST), "text": cut(tr(text), _LONGEST), "note": cut(note, _LONGEST)}
        for name, text, note in lines[:LINES]
    ]
    more = len(lines) - LINES
    if more > 0:
        said = trn("and {n} more", "and {n} more", more)
        told.append({"name": "", "text": said, "note": ""})
    return [dict(one) for one in told]


def _deal(deal: Deal) -> Json:
    before, now = (None if x is None else half_up(x) for x in (deal.odds_before, deal.odds))
    moved = before is not None and now is not None and before != now
    return {
        "name": cut(deal.name, _LONGEST),
        "stage": cut(stage_said(deal.stage), _LONGEST),
        "amount": " + ".join(money(one) for one in deal.amounts) or NOTHING,
        "odds": NOTHING if now is None else str(now),
        "moved": f"{before} →" if moved else "",
        "fell": moved and before is not None and now is not None and now < before,
        "probability": NOTHING if deal.probability is None else f"{deal.probability}%",
        "expected": day(deal.expected),
        "late": deal.late,
    }
