"""Routes explained: each step with its date, and the tie that would open a better one (rule §7)."""

from __future__ import annotations

from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called
from brm_desktop.domain.numerals import share
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Influence, PersonId, Tie
from brm_desktop.domain.route_graph import Edge, RouteGraph
from brm_desktop.domain.route_search import best_routes
from brm_desktop.domain.routes import Opening, Route
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import (
    Explanation,
    Joined,
    SumLine,
    formula,
    listed_note,
)

_HUNDRED = 100


def route(analysis: AccountAnalysis, found: Route) -> Explanation:
    """What a route is worth: the product of its steps."""
    lines = [_step(analysis, edge, weakest=edge is found.weakest) for edge in found.edges]
    target = called(analysis.records, found.people[-1])
    return Explanation(
        number="route.value",
        title=phrase("Route to {name}", name=target),
        shown=share(found.value, 1),
        lines=tuple(lines),
        total=_product([edge.strength for edge in found.edges], found.value),
        rule=rule_words.route(analysis.rules),
        joined=Joined.PRODUCT,
        made=found.value,
    )


def opening(
    analysis: AccountAnalysis, found: Opening, target: PersonId, *, partners: bool = False
) -> Explanation:
    """What a new tie would bring: its strength, and the best way on from there."""
    graph = RouteGraph(analysis.records, analysis.account, analysis.today, analysis.rules, partners)
    strength = analysis.rules.opening_tie_strength
    lines = [
        SumLine(
            label=_ends(analysis, found.employee, found.person),
            adds=share(Fraction(strength, _HUNDRED)),
            note=phrase("the new tie"),
            person=found.person,
        )
    ]
    strengths = [strength]
    if found.person != target:
        edges = analysis.rules.route_edges - 1
        (way,) = best_routes(
            graph.into, lambda one: one == found.person, target, 1, edges, graph.name
        )
        for source, following in zip(way.nodes, way.nodes[1:], strict=False):
            edge = graph.edge(source, following)
            lines.append(_step(analysis, edge))
            strengths.append(edge.strength)
    return Explanation(
        number="route.opening",
        title=phrase("A new tie {way}", way=_ends(analysis, found.employee, found.person)),
        shown=share(found.value, 1),
        lines=tuple(lines),
        total=_product(strengths, found.value),
        rule=rule_words.opening(analysis.rules),
        joined=Joined.PRODUCT,
        made=found.value,
    )


def step(analysis: AccountAnalysis, edge: Edge) -> Explanation:
    """One tie or influence used as a step: its strength, date and basis."""
    line = _step(analysis, edge)
    return Explanation(
        number="route.step",
        title=phrase("Tie {way}", way=line.label),
        shown=share(Fraction(edge.strength, _HUNDRED)),
        lines=(line,),
        total=formula("= {strength}", strength=share(Fraction(edge.strength, _HUNDRED))),
        rule=rule_words.route(analysis.rules),
        joined=Joined.PRODUCT,
        made=Fraction(edge.strength, _HUNDRED),
    )


def _step(analysis: AccountAnalysis, edge: Edge, *, weakest: bool = False) -> SumLine:
    record = analysis.records.find(edge.record)
    if isinstance(record, Tie):
        kind, dated = phrase("tie"), analysis.contacts.date_of_tie(record)
    else:
        assert isinstance(record, Influence), "a way goes along ties and influences"
        kind, dated = phrase("influence"), analysis.contacts.date_of_influence(record)
    return SumLine(
        label=_ends(analysis, edge.source, edge.target),
        adds=share(Fraction(edge.strength, _HUNDRED)),
        note=listed_note(
            kind,
            phrase("no date") if dated is None else dated,
            phrase("assumed") if edge.assumed else phrase("confirmed"),
            phrase("stale") if edge.stale else None,
            phrase("the weakest step") if weakest else None,
        ),
        person=edge.target,
    )


def _ends(analysis: AccountAnalysis, source: PersonId, target: PersonId) -> Phrase:
    first = called(analysis.records, source)
    return formula("{source} → {target}", source=first, target=called(analysis.records, target))


def _product(strengths: list[int], value: Fraction) -> Phrase:
    if len(strengths) == 1:
        return formula("= {value}", value=share(value, 1))
    factors = " × ".join(f"{strength}%" for strength in strengths)
    return formula("{factors} = {value}", factors=factors, value=share(value, 1))
