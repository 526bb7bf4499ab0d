"""What the user set for one store, and how it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from brm_desktop.domain.composite import weights_problem
from brm_desktop.domain.errors import Refused, StoreDamaged
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Criterion, PersonId, Stance
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.thresholds import Step, Thresholds, ThresholdTable, checked_tables
from brm_desktop.session.theme_choice import ThemeChoice
from brm_desktop.storage.rows.mapping import readable


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a store.

    ``user`` is the own employee who works here; ``language`` is ``zh_CN``, ``en`` or "" for the
    system's; ``currency`` is what new amounts are in. ``thresholds`` are the user's own tables.
    """

    user: PersonId | None = None
    language: str = ""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    currency: str = "CNY"
    rules: Rules = field(default_factory=Rules)
    thresholds: Thresholds = ()


_NUMBER: Final = re.compile(r"-?[0-9]+([/.][0-9]+)?", re.ASCII)
_LONGEST_NUMBER: Final = 60
_LARGEST_NUMBER: Final = 1_000_000
_LARGEST_SHARE_ERROR: Final = Fraction(1, 10**9)


_SCORES: Final = (
    "veto_power",
    "power_centre_from",
    "influence_centre_from",
    "influence_reach_from",
    "crucial_influence_from",
    "key_person_from",
    "opening_tie_strength",
    "veto_against_cap",
    "veto_undecided_cap",
    "empty_role_cap",
    "competitor_ahead_cap",
    "competitor_ahead_by",
    "sole_approver_floor",
    "screening_mean",
)
_REVIEWS: Final = (
    "importance_review_days",
    "needs_review_days",
    "closeness_review_days",
    "whcse_review_days",
)
_MOST_EDGES: Final = 6
_MOST_ROUTES: Final = 10
_MOST_DAYS: Final = 3_650
_MOST_YEARS: Final = 50


def checked(settings: Settings) -> Settings:
    """The settings, if they can be worked with.

    Raises
    ------
    Refused
        When the weights of potential output or those of the composite score do not add up to 1, a
        weight is negative, all roles weigh nothing, accounts would be chosen by sales alone,
        another number of the rules is out of its range, or a threshold table cannot be used.
    """
    for problem in _problems(settings.rules):
        raise Refused(problem)
    checked_tables(settings.thresholds)
    return settings


def _problems(rules: Rules) -> Iterator[Phrase]:
    """What is wrong with the numbers of the rules, a sentence each."""
    yield from _of_weights(rules)
    yield from _of_portfolio(rules)
    yield from _of_projects(rules)
    if not 0 <= rules.medium_from <= rules.strong_from <= 100:
        yield phrase("The band “medium” must begin below “strong”, both from 0 to 100.")
    if not all(0 <= getattr(rules, name) <= 100 for name in _SCORES):
        yield phrase("Scores, caps and thresholds of the rules are from 0 to 100.")
    if not 0 < rules.fresh_days < rules.ageing_days:
        yield phrase("A statement is fresh for at least one day, and ages for longer than that.")
    if not 0 < rules.influence_centre_share <= 1:
        yield phrase("The share of people who can be influence centres is more than 0, at most 1.")
    stances = [rules.stance_values[stance] for stance in Stance if stance in rules.stance_values]
    if not all(low <= high for low, high in pairwise([Fraction(0), *stances, Fraction(1)])):
        yield phrase("Stances are worth from 0 to 1, none less than the one before it.")
    if rules.silent_days < 1:
        yield phrase("Silence begins after at least one day.")
    if not 1 <= rules.route_edges <= _MOST_EDGES:
        yield phrase("A route has from 1 to {most} steps.", most=_MOST_EDGES)
    if not 1 <= rules.influence_reach_edges <= _MOST_EDGES:
        yield phrase("Influence reaches from 1 to {most} steps.", most=_MOST_EDGES)
    if not 1 <= rules.routes_shown <= _MOST_ROUTES:
        yield phrase("From 1 to {most} routes can be shown.", most=_MOST_ROUTES)


def _of_weights(rules: Rules) -> Iterator[Phrase]:
    total = sum(rules.potential_weights.values(), Fraction(0))
    if abs(total - 1) > _LARGEST_SHARE_ERROR:
        yield phrase("The three weights of potential output add up to {total}, not 1.", total=total)
    if min(rules.potential_weights.values()) < 0 or min(rules.role_weights.values()) < 0:
        yield phrase("A weight cannot be less than 0.")
    if not any(rules.role_weights.values()):
        yield phrase("At least one role must weigh more than 0.")
    wrong = weights_problem(rules.composite_weights)
    if wrong is not None:
        yield wrong


def _of_portfolio(rules: Rules) -> Iterator[Phrase]:
    if not 0 <= rules.strategic_share <= rules.key_share <= 1 or not rules.key_share:
        yield phrase(
            "Key accounts are more than 0 % and at most 100 % of all accounts, and strategic ones"
            " are some of them."
        )
    if not all(1 <= getattr(rules, name) <= _MOST_DAYS for name in _REVIEWS):
        yield phrase("A review is due again after 1 to {most} days.", most=_MOST_DAYS)
    if not 1 <= rules.confirm_years <= rules.confirm_of_years <= _MOST_YEARS:
        yield phrase(
            "An account is confirmed by some years of the last, at most {most}.", most=_MOST_YEARS
        )
    if not 1 <= rules.screening_years <= _MOST_YEARS:
        yield phrase("Screening looks at the last 1 to {most} years.", most=_MOST_YEARS)


def _of_projects(rules: Rules) -> Iterator[Phrase]:
    if not 0 <= rules.regular_share <= 1:
        yield phrase("The deviation of regular projects is a share from 0 to 1 of their interval.")
    if not (0 <= rules.window_days <= _MOST_DAYS and 0 <= rules.prepare_days <= _MOST_DAYS):
        yield phrase("Windows and preparing take from 0 to {most} days.", most=_MOST_DAYS)
    if not 1 <= rules.history_years <= _MOST_YEARS:
        yield phrase("Facts are asked for about the last 1 to {most} years.", most=_MOST_YEARS)


def settings_to_plain(settings: Settings) -> dict[str, Any]:
    """The settings as values of JSON; of the rules only what differs from the default."""
    plain = {item.name: getattr(settings, item.name) for item in fields(settings)}
    return plain | {
        "theme": settings.theme.value,
        "rules": _rules_to_plain(settings.rules),
        "thresholds": [_table_to_plain(table) for table in settings.thresholds],
    }


def settings_from_plain(plain: Mapping[str, Any]) -> Settings:
    """The settings that were kept; what is not known here is left as it is.

    Raises
    ------
    StoreDamaged
        When one of them is nothing that was ever kept, or cannot be worked with.
    """
    known = {item.name: plain[item.name] for item in fields(Settings) if item.name in plain}
    with readable("setting", ", ".join(known)):
        for name in known.keys() - {"theme", "rules", "thresholds"}:
            if not isinstance(known[name], str if name != "user" else str | None):
                raise TypeError(name)
        if "theme" in known:
            known["theme"] = {choice.value: choice for choice in ThemeChoice}[known["theme"]]
        if "rules" in known:
            known["rules"] = _rules_from_plain(known["rules"])
        if "thresholds" in known:
            known["thresholds"] = tuple(map(_table_from_plain, known["thresholds"]))
    try:
        return checked(Settings(**known))
    except Refused as refused:
        raise StoreDamaged(refused.sentence) from None


def _table_to_plain(table: ThresholdTable) -> dict[str, Any]:
    return {
        "criterion": table.criterion.value,
        "currency": table.currency,
        "steps": [[step.at_least, step.points] for step in table.steps],
        "industry": table.industry,
        "customer_type": table.customer_type,
    }


def _table_from_plain(plain: Mapping[str, Any]) -> ThresholdTable:
    steps = tuple(Step(*map(_whole, step)) for step in plain["steps"])
    texts = {name: plain[name] for name in ("currency", "industry", "customer_type")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError(texts)
    criterion = {one.value: one for one in Criterion}[plain["criterion"]]
    return ThresholdTable(criterion=criterion, steps=steps, **texts)


def _whole(plain: object) -> int:
    if not isinstance(plain, int) or isinstance(plain, bool):
        raise TypeError(plain)
    return plain


def _rules_to_plain(rules: Rules) -> dict[str, Any]:
    usual = Rules()
    changed = {
        item.name: getattr(rules, item.name)
        for item in fields(rules)
        if getattr(rules, item.name) != getattr(usual, item.name)
    }
    return {name: _number_to_plain(value) for name, value in changed.items()}


def _number_to_plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(word): str(weight) for word, weight in value.items()}
    return str(value) if isinstance(value, Fraction) else value


def _rules_from_plain(plain: Mapping[str, Any]) -> Rules:
    usual = Rules()
    values = {
        item.name: _number_from_plain(plain[item.name], getattr(usual, item.name))
        for item in fields(usual)
        if item.name in plain
    }
    return replace(usual, **values)


def _number_from_plain(plain: Any, usual: Any) -> Any:
    """A number, or one for each word of a set, of the type it usually is."""
    if isinstance(usual, Mapping):
        return MappingProxyType(
            {word: _number(plain.get(word.value, number), number) for word, number in usual.items()}
        )
    return _number(plain, usual)


def _number(plain: Any, usual: Any) -> Any:
    """A number of the type it usually is; a text of a few signs can name one of gigabytes."""
    text = str(plain)
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise ValueError(text)
    number = type(usual)(plain)
    if abs(number) > _LARGEST_NUMBER:
        raise ValueError(text)
    return number
