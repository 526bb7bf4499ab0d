"""The calculators of domain rule §6."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Final

import click

from brm_desktop.cli.opening import as_json, common
from brm_desktop.cli.shapes import Shape, number
from brm_desktop.cli.speaking import SpokenCommand, option, say_json, say_table
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.potential import opportunities, potential_sum, understanding
from brm_desktop.domain.reckoning import (
    USUAL_OPPORTUNITIES,
    USUAL_POTENTIAL,
    USUAL_UNDERSTANDING,
    hours_of_a_day,
    number_typed,
    score,
    whole,
)
from brm_desktop.domain.records import Dimension
from brm_desktop.domain.rules import Rules
from brm_desktop.language import number as written
from brm_desktop.language import percent, tr

_USUAL: Final[Mapping[str, tuple[int, ...]]] = {
    "understanding": USUAL_UNDERSTANDING,
    "potential": USUAL_POTENTIAL,
    "opportunities": USUAL_OPPORTUNITIES,
}
_NUMBERS: Final[Mapping[str, str]] = {
    "understanding": "DEPARTMENTS PEOPLE [DAYS [HOURS]]",
    "potential": "SPEND CLOSENESS SOLUTION PRICE [ACCOUNTS]",
    "opportunities": "AMOUNT ACCOUNTS EACH",
}
_MOST: Final = 5
_LABELS: Final[Mapping[str, Phrase]] = {
    "departments": phrase("departments"),
    "people": phrase("people in each"),
    "key_persons": phrase("key persons"),
    "days": phrase("working days"),
    "hours": phrase("working hours"),
    "times_faster_in_an_hour": phrase("times faster in an hour"),
    "times_faster_in_a_day": phrase("times faster in a day"),
    "spend": phrase("expected annual spend"),
    "closeness": phrase("closeness"),
    "solution": phrase("solution acceptance"),
    "price": phrase("price acceptance"),
    "weights": phrase("weights"),
    "accounts": phrase("accounts"),
    "per_account": phrase("potential output of one"),
    "potential": phrase("potential output"),
    "amount": phrase("amount of an opportunity"),
    "each": phrase("opportunities in each account"),
    "opportunities": phrase("opportunities"),
    "total": phrase("amount of all"),
}


@click.command(
    cls=SpokenCommand,
    context_settings={"ignore_unknown_options": True},  # a negative number is no option
    help=phrase(
        "The calculators. understanding: departments, people in each, working days, hours a day;"
        " potential: spend, three scores from 0 to 100 (60 is 60 %, not 0.6), accounts;"
        " opportunities: amount, accounts, opportunities in each. Without numbers: the usual"
        " example, 4 departments of 5 people; 500 at 60, 60, 60 in 10 accounts; 100 in 10"
        " accounts, 2 in each. The three scores count alike unless --weights says otherwise; what"
        " a store has in its settings is not asked."
    ).text,
)
@click.argument("what", type=click.Choice(list(_USUAL)), metavar="WHAT")
@click.argument("numbers", nargs=-1, metavar="[NUMBER]...")
@option(
    "--weights",
    metavar="C,S,P",
    about=phrase(
        "Of potential: what closeness, solution and price count; together 1, such as 1/2,1/4,1/4."
    ),
)
@common
@as_json
def calc(
    store: Path | None,  # noqa: ARG001  every command may name one
    what: str,
    numbers: tuple[str, ...],
    weights: str | None,
    as_json: bool,
) -> None:
    """Calculate; without numbers, the usual example."""
    if weights is not None and what != "potential":
        raise click.UsageError(tr("Only potential has weights."))
    given = [_number(text) for text in numbers] or [Fraction(n) for n in _USUAL[what]]
    if not 1 < len(given) <= _MOST or (what == "opportunities" and len(given) != 3):
        raise click.UsageError(
            tr("calc {what} takes {numbers}.", what=what, numbers=_NUMBERS[what])
        )
    match what:
        case "understanding":
            shape = _understanding(given)
        case "potential":
            shape = _potential(given, _rules(weights))
        case _:
            shape = _opportunities(given)
    if as_json:
        say_json(shape)
        return
    say_table([(tr(_LABELS[key]), _said(value)) for key, value in shape.items()])


def _said(value: object) -> str:
    """A number, or several with points between them."""
    if isinstance(value, Mapping):
        return " · ".join(percent(one, 1) for one in value.values())
    return written(value, 2)  # type: ignore[arg-type]  # all others are numbers


def _rules(weights: str | None) -> Rules:
    """The rules with weights as typed; without any the three scores count alike."""
    if weights is None:
        return Rules()
    typed = weights.replace("，", ",").split(",")
    if len(typed) != len(Dimension):
        raise click.UsageError(tr("Weights are three numbers, such as 1/2,1/4,1/4."))
    found = dict(zip(Dimension, map(_number, typed), strict=True))
    return replace(Rules(), potential_weights=found)


def _understanding(numbers: Sequence[Fraction]) -> Shape:
    departments, people = (whole(one) for one in numbers[:2])
    days = numbers[2] if len(numbers) > 2 else None
    hours = hours_of_a_day(numbers[3] if len(numbers) > 3 else Fraction(8))
    found = understanding(departments, people, days, hours)
    return {
        "departments": departments,
        "people": people,
        "key_persons": found.key_persons,
        "days": number(found.days),
        "hours": number(found.hours),
        "times_faster_in_an_hour": number(found.times_faster_in_an_hour),
        "times_faster_in_a_day": number(found.times_faster_in_a_day),
    }


def _potential(numbers: Sequence[Fraction], rules: Rules) -> Shape:
    """Spend with one score for all three dimensions, or with each of them, and perhaps accounts."""
    spend = numbers[0]
    scores = [numbers[1]] * 3 if len(numbers) < 4 else list(numbers[1:4])
    many = numbers[4:5] if len(numbers) > 3 else numbers[2:3]
    accounts = whole(many[0]) if many else 1
    closeness, solution, price = map(score, scores)
    one = potential_sum(spend, closeness, solution, price, rules=rules)
    return {
        "spend": number(spend),
        "closeness": number(closeness),
        "solution": number(solution),
        "price": number(price),
        "weights": {
            dimension.value: number(Fraction(rules.potential_weights[dimension]))
            for dimension in Dimension
        },
        "accounts": accounts,
        "per_account": number(one),
        "potential": number(one * accounts),
    }


def _opportunities(numbers: Sequence[Fraction]) -> Shape:
    amount, accounts, each = numbers
    return {
        "amount": number(amount),
        "accounts": whole(accounts),
        "each": number(each),
        "opportunities": number(whole(accounts) * each),
        "total": number(opportunities(amount, whole(accounts), each)),
    }


def _number(text: str) -> Fraction:
    found = number_typed(text)
    if found is None:
        raise click.UsageError(tr("{text} is no number.", text=text))
    return found
