"""What the reading commands say to people: the same as their JSON, in lines and columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from brm_desktop.cli.speaking import say, say_table
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called, organisation_called
from brm_desktop.domain.odds import ChainReading, Target
from brm_desktop.domain.odds_sum import cap_that_stays, odds_sum
from brm_desktop.domain.records import Dimension, Person, Project, Records, Stance
from brm_desktop.domain.routes import RouteReading
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.sums.together import of_account, of_chain, of_routes
from brm_desktop.language import listed, money, number, percent, signed, tr
from brm_desktop.rendering.sums import told

_DIGITS: Final = 2


def account(analysis: AccountAnalysis, *, explain: bool) -> None:
    """One account: scores, centres, potential, people."""
    say(analysis.name)
    for dimension in Dimension:
        score = analysis.scores[dimension]
        said = tr(
            "{dimension}: {value} ({band}), from {scored} of {of} key persons,"
            " {coverage} of their weight",
            dimension=dimension,
            value=number(score.value),
            band=score.band,
            scored=score.scored,
            of=score.of,
            coverage=percent(score.coverage),
        )
        say(said)
    say(tr("Power centres: {names}", names=_names(analysis.power_centres)))
    say(tr("Influence centres: {names}", names=_names(analysis.influence_centres)))
    potential = analysis.potential
    least = tr("at least {amount}", amount=money(potential.amount))
    amount = least if potential.lower_bound and potential.amount else money(potential.amount)
    say(tr("Potential output: {amount}", amount=amount))
    for reason in potential.reasons:
        say(f"  {tr(reason)}")
    _people(analysis)
    if explain:
        say_sums(of_account(analysis))


def chain(analysis: AccountAnalysis, reading: ChainReading, *, explain: bool) -> None:
    """A project's odds with reasons, caps, red flags and targets."""
    records = analysis.records
    say(records.one(Project, reading.project).name)
    say(
        tr(
            "Odds {odds}, before caps {uncapped}",
            odds=number(reading.odds),
            uncapped=number(reading.uncapped, 2),
        )
    )
    for cap in reading.caps:
        say(f"  {tr(cap.reason)}")
    _sum(reading)
    for flag in reading.red_flags:
        say(tr("Red flag: {text}", text=flag.text))
    for target in reading.targets:
        say(tr("Next: {text} ({gain})", text=target.text, gain=_gain(records, reading, target)))
    heads = [tr("person"), tr("roles"), tr("stance")]
    heads += [tr("weight"), tr("value (0 to 1)")] if explain else []
    rows = [
        [
            member.name,
            listed(member.roles),
            "–" if member.stance is Stance.UNKNOWN else tr(member.stance),
            *([str(member.weight), number(member.q, 3)] if explain else []),
        ]
        for member in reading.members
    ]
    if rows:
        say_table([heads, *rows])
    if explain:
        say_sums(of_chain(analysis, reading.project))


def path(
    analysis: AccountAnalysis, reading: RouteReading, *, explain: bool, partners: bool = False
) -> None:
    """The best routes to a person."""
    records, user = analysis.records, analysis.user
    say(tr("To {name}", name=called(records, reading.target)))
    if user:
        say(tr("me = {name}", name=called(records, user)))
    heads = [tr("no."), tr("chance"), tr("route")]
    rows = []
    for place, route in enumerate(reading.routes, 1):
        people = " → ".join(
            f"{called(records, person)} ({tr('me')})" if person == user else called(records, person)
            for person in route.people
        )
        rows.append([str(place), percent(route.value, 1), people])
        if explain:
            rows.append(["", "", " × ".join(str(edge.strength) for edge in route.edges)])
            rows.append(["", "", tr(route.first_action)])
    if rows:
        say_table([heads, *rows])
    if not reading.routes:
        say(tr("No route: nobody of us knows anyone who leads there."))
    for one in reading.competitors:
        who, whose = (
            called(records, one.edge.source),
            organisation_called(records, one.organisation),
        )
        say(
            tr(
                "Competitor: {name}, {organisation}, {strength}",
                name=who,
                organisation=whose,
                strength=one.edge.strength,
            )
        )
    if reading.opening:
        say(
            tr(
                "A new tie from {employee} to {person} would open a route of {value}.",
                employee=called(records, reading.opening.employee),
                person=called(records, reading.opening.person),
                value=percent(reading.opening.value, 1),
            )
        )
    if explain:
        say_sums(of_routes(analysis, reading, partners=partners))


def say_sums(explanations: Iterable[Explanation]) -> None:
    """The sum behind every number, one after another, as the window shows them."""
    for one in explanations:
        say()
        for line in told(one).text.split("\n"):
            say(line)


def _people(analysis: AccountAnalysis) -> None:
    heads = [tr("person"), tr("title"), tr("power"), tr("influence")]
    heads += [tr(dimension) for dimension in Dimension]
    rows = [heads]
    for person in analysis.by_importance:
        importance = analysis.importance[person.id]
        standings = (analysis.standing(person.id, dimension) for dimension in Dimension)
        rows.append(
            [
                person.name,
                person.title,
                number(importance.power),
                number(importance.influence),
                *(number(found.value if found else None) for found in standings),
            ]
        )
    if len(rows) > 1:
        say_table(rows)


def _names(people: Sequence[Person]) -> str:
    return listed(person.name for person in people) or "–"


def _sum(reading: ChainReading) -> None:
    """The odds as a sum; what is shown adds up to what is shown."""
    found = odds_sum(reading, _DIGITS)
    if found is None:
        return
    rows = [(number(found.start.points, _DIGITS), found.start.text)]
    rows += [(signed(line.points, _DIGITS), line.text) for line in found.lines]
    rows.append((f"= {number(found.total.points, _DIGITS)}", found.total.text))
    widest = max(len(points) for points, _ in rows)
    for points, text in rows:
        say(f"  {points:>{widest}}  {tr(text)}")


def _gain(records: Records, reading: ChainReading, target: Target) -> str:
    """What winning somebody brings, and the cap that holds the odds down all the same."""
    gain, cap = signed(target.gain, _DIGITS), cap_that_stays(reading, target)
    if cap is None:
        return gain
    if cap.person is None:
        return tr("{gain}, capped at {limit}", gain=gain, limit=cap.limit)
    return tr(
        "{gain}, capped at {limit} by {name}",
        gain=gain,
        limit=cap.limit,
        name=called(records, cap.person),
    )
