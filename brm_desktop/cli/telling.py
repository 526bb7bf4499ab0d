"""What the reading commands say to people: the same as their JSON, in lines and columns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from brm_desktop.cli.speaking import say, say_table
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called, organisation_called
from brm_desktop.domain.odds import ChainReading
from brm_desktop.domain.potential import sum_of_potentials
from brm_desktop.domain.records import Dimension, Person, Project, Records, Stance
from brm_desktop.domain.routes import RouteReading
from brm_desktop.language import day, listed, money, number, percent, tr


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
        if explain:
            _terms(analysis, dimension)
    say(tr("Power centres: {names}", names=_names(analysis.power_centres)))
    say(tr("Influence centres: {names}", names=_names(analysis.influence_centres)))
    potential = analysis.potential
    least = tr("at least {amount}", amount=money(potential.amount))
    amount = least if potential.lower_bound and potential.amount else money(potential.amount)
    say(tr("Potential output: {amount}", amount=amount))
    for reason in potential.reasons:
        say(f"  {tr(reason)}")
    _people(analysis)


def portfolio(analyses: Sequence[AccountAnalysis]) -> None:
    """Every account in a table, and the sum of their potentials."""
    heads = [tr("account"), tr("tier"), tr("closeness"), tr("potential output")]
    rows = [
        [
            analysis.name,
            tr(analysis.record.tier),
            number(analysis.scores[Dimension.CLOSENESS].value),
            money(analysis.potential.amount),
        ]
        for analysis in analyses
    ]
    say_table([heads, *rows])
    total = sum_of_potentials(analysis.potential for analysis in analyses)
    say(tr("Sum of potentials: {amounts}", amounts=listed(map(money, total.amounts)) or "–"))


def chain(records: Records, reading: ChainReading, *, explain: bool) -> None:
    """A project's odds with reasons, caps, red flags and targets."""
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
    for reason in reading.reasons:
        say(f"  {_points(reason.points)}  {tr(reason.text)}")
    for flag in reading.red_flags:
        say(tr("Red flag: {text}", text=flag.text))
    for target in reading.targets:
        say(tr("Next: {text} ({gain})", text=target.text, gain=_points(target.gain)))
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
        say_table(rows)


def path(records: Records, reading: RouteReading, *, explain: bool) -> None:
    """The best routes to a person."""
    say(called(records, reading.target))
    for place, route in enumerate(reading.routes, 1):
        people = " → ".join(called(records, person) for person in route.people)
        say(f"{place}. {percent(route.value, 1)}  {people}")
        if explain:
            say(f"   {' × '.join(str(edge.strength) for edge in route.edges)}")
            say(f"   {tr(route.first_action)}")
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


def _terms(analysis: AccountAnalysis, dimension: Dimension) -> None:
    for term in analysis.scores[dimension].terms:
        on = day(term.standing.assessed_on)
        name = called(analysis.records, term.person)
        say(f"    {term.weight} × {term.score}  {name}  {on}")


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
    say_table(rows)


def _names(people: Sequence[Person]) -> str:
    return listed(person.name for person in people) or "–"


def _points(points: Fraction) -> str:
    return f"{'+' if points > 0 else ''}{number(points, 2)}"
