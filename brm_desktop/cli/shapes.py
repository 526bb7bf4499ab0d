"""The JSON shapes of the command line: their keys are a contract (specification, cli.md).

Numbers are unrounded, money is minor units and currency, what is unknown is null.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import Completeness, completeness_of
from brm_desktop.domain.naming import called, organisation_called
from brm_desktop.domain.odds import ChainReading, MemberReading
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import (
    ContactLevel,
    Department,
    Dimension,
    Money,
    Person,
    PersonId,
    Project,
    ProjectId,
    Records,
    Stance,
)
from brm_desktop.domain.routes import Edge, Route, RouteReading
from brm_desktop.domain.scores import DimensionScore
from brm_desktop.domain.what_if import Gain, work_first
from brm_desktop.language import tr

Shape = dict[str, object]


def number(value: Fraction | float | None) -> float | int | None:
    """A number as JSON has it: whole when it is whole, else the nearest float."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)


def money(value: Money | None) -> Shape | None:
    """An amount in minor units with its currency."""
    return {"minor": value.minor, "currency": value.currency} if value else None


def account_shape(analysis: AccountAnalysis) -> Shape:
    """What is known of one account."""
    return {
        "account": {"id": analysis.account, "name": analysis.name},
        "scores": {d.value: _score(analysis.scores[d]) for d in Dimension},
        "people": [_person(analysis, person) for person in analysis.by_importance],
        "power_centres": [person.name for person in analysis.power_centres],
        "influence_centres": [person.name for person in analysis.influence_centres],
        "potential": potential_shape(analysis.potential),
        "work_first": work_first_shape(work_first(analysis)),
        "index": index_shape(completeness_of(analysis)),
    }


def index_shape(found: Completeness) -> Shape:
    """The BRM index and what it is the product of, unrounded; null where nothing is known."""
    return {
        "completeness": number(found.completeness),
        "accuracy": number(found.accuracy),
        "value": number(found.index),
    }


def account_sums(analysis: AccountAnalysis) -> Shape:
    """The sums behind an account's scores and potential."""
    sums: Shape = {}
    for dimension in Dimension:
        score = analysis.scores[dimension]
        sums[dimension.value] = {
            "terms": [
                {
                    "person": called(analysis.records, term.person),
                    "weight": term.weight,
                    "score": term.score,
                    "assessed_on": _day(term.standing.assessed_on),
                    "basis": term.standing.basis.value,
                    "freshness": term.standing.freshness.value,
                }
                for term in score.terms
            ],
            "unscored": [called(analysis.records, person) for person in score.unscored],
        }
    sums["expected_annual_spend"] = money(analysis.record.expected_annual_spend)
    sums["weights"] = {d.value: number(analysis.rules.potential_weights[d]) for d in Dimension}
    return sums


def potential_shape(potential: Potential) -> Shape:
    """A potential output with what makes it a lower bound."""
    amount = potential.amount
    return {
        "minor": amount.minor if amount else None,
        "currency": amount.currency if amount else None,
        "lower_bound": potential.lower_bound,
        "reasons": [tr(reason) for reason in potential.reasons],
    }


def path_shape(records: Records, reading: RouteReading) -> Shape:
    """The routes to somebody, and what they are compared with."""
    opening = reading.opening
    return {
        "target": called(records, reading.target),
        "routes": [_route(records, route) for route in reading.routes],
        "direct": {
            "from": called(records, reading.direct.source),
            "strength": reading.direct.strength,
        }
        if reading.direct
        else None,
        "competitors": [
            {
                "from": called(records, one.edge.source),
                "organisation": organisation_called(records, one.organisation),
                "strength": one.edge.strength,
            }
            for one in reading.competitors
        ],
        "opening": {
            "from": called(records, opening.employee),
            "to": called(records, opening.person),
            "value": number(opening.value),
        }
        if opening
        else None,
    }


def path_reasons(reading: RouteReading) -> list[str]:
    """What to do first on each route."""
    return [tr(route.first_action) for route in reading.routes]


def chain_shape(records: Records, reading: ChainReading) -> Shape:
    """A project's odds with all that makes them."""
    return {
        "project": _project(records, reading.project),
        "odds": number(reading.odds),
        "uncapped": number(reading.uncapped),
        "caps": [{"limit": cap.limit, "reason": tr(cap.reason)} for cap in reading.caps],
        "reasons": [
            {
                "person": _name(records, reason.person),
                "points": number(reason.points),
                "text": tr(reason.text),
                "kind": reason.kind.value,
            }
            for reason in reading.reasons
        ],
        "red_flags": [
            {
                "kind": flag.kind.value,
                "person": _name(records, flag.person),
                "text": tr(flag.text),
            }
            for flag in reading.red_flags
        ],
        "targets": [
            {
                "person": _name(records, target.person),
                "gain": number(target.gain),
                "text": tr(target.text),
            }
            for target in reading.targets
        ],
        "members": [_member(member) for member in reading.members],
    }


def work_first_shape(gains: Sequence[Gain]) -> list[Shape]:
    """Whom to work on first: the step, and what it brings."""
    return [
        {
            "person": gain.name,
            "gain_odds": number(gain.odds),
            "gain_money": money(gain.money),
            "stance_to": gain.stance_to.value if gain.stance_to else None,
            "dimension": gain.dimension.value if gain.dimension else None,
            "score_to": gain.score_to,
            "cap": {"limit": gain.cap.limit, "reason": tr(gain.cap.reason)} if gain.cap else None,
        }
        for gain in gains
    ]


def chain_sums(reading: ChainReading) -> list[Shape]:
    """The weight and value of each member: odds are 100 × Σ weight·q / Σ weight."""
    return [
        {
            "person": member.name,
            "weight": member.weight,
            "q": number(member.q),
            "guessed": member.guessed,
            "scores": {d.value: s.value for d, s in member.standings.items()},
        }
        for member in reading.members
    ]


def _score(score: DimensionScore) -> Shape:
    return {
        "value": number(score.value),
        "scored": score.scored,
        "of": score.of,
        "coverage": number(score.coverage),
        "band": score.band.value,
    }


def _person(analysis: AccountAnalysis, person: Person) -> Shape:
    importance = analysis.importance[person.id]
    department = analysis.records.get(Department, person.department)
    standings = {d.value: analysis.standing(person.id, d) for d in Dimension}
    return {
        "id": person.id,
        "name": person.name,
        "department": department.name if department else None,
        "title": person.title or None,
        "power": importance.power,
        "influence": importance.influence,
        "importance": importance.weight,
        "crucial": importance.crucial,
        "key": importance.key,
        **{name: found.value if found else None for name, found in standings.items()},
        "veto": person.veto,
        "sole_approver": person.sole_approver,
        "placeholder": person.placeholder,
        "external_id": person.external_id or None,
    }


def _member(member: MemberReading) -> Shape:
    return {
        "name": member.name,
        "roles": [role.value for role in member.roles],
        "stance": _known(member.stance),
        "contact": _known(member.contact),
        "veto": member.veto,
        "q": number(member.q),
    }


def _route(records: Records, route: Route) -> Shape:
    weakest = _edge(records, route.weakest)
    return {
        "value": number(route.value),
        "people": [called(records, person) for person in route.people],
        "edges": [_edge(records, edge) for edge in route.edges],
        "weakest": {name: weakest[name] for name in ("from", "to", "strength")},
    }


def _edge(records: Records, edge: Edge) -> Shape:
    return {
        "from": called(records, edge.source),
        "to": called(records, edge.target),
        "strength": edge.strength,
        "stale": edge.stale,
        "assumed": edge.assumed,
    }


def _project(records: Records, project: ProjectId) -> str:
    return records.one(Project, project).name


def _name(records: Records, person: PersonId | None) -> str | None:
    return called(records, person) if person else None


def _known(word: Stance | ContactLevel) -> str | None:
    """A word as it is stored; what is unknown is null."""
    return None if word in (Stance.UNKNOWN, ContactLevel.UNKNOWN) else word.value


def _day(value: object) -> str | None:
    return str(value) if value else None
