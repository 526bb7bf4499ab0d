"""The repeated parts of an account plan: people, chains, routes and colleagues as JSON."""

from __future__ import annotations

from fractions import Fraction

from brm_desktop.domain.odds import Cap, ChainReading, ReasonKind, Target
from brm_desktop.domain.odds_sum import OddsSum, SumLine, cap_that_stays, odds_sum
from brm_desktop.domain.plan import LiveProject, PlanContent
from brm_desktop.domain.records import (
    Department,
    Dimension,
    Organisation,
    Person,
    PersonId,
    Project,
    Stance,
)
from brm_desktop.domain.routes import Edge, Route, RouteReading
from brm_desktop.domain.scores import band, half_up
from brm_desktop.language import (
    NOTHING,
    capitalised,
    day,
    listed,
    money,
    number,
    percent,
    signed,
    tr,
    trn,
)

Json = dict[str, object]
_FULL_BAR_POINTS = 15
_DIGITS = 1


def name_of(content: PlanContent, person: PersonId | None) -> str:
    """A person's name, or "" when there is none."""
    found = content.analysis.records.get(Person, person)
    return found.name if found else ""


def person_row(content: PlanContent, person: Person) -> Json:
    """A line of the table of key persons."""
    analysis = content.analysis
    importance = analysis.importance[person.id]
    department = analysis.records.get(Department, person.department)
    stance = content.stances.get(person.id)
    star = "*" if len(_stances_by_project(content, person)) > 1 else ""
    marks = [tr("veto")] if person.veto else []
    return {
        "name": person.name,
        "title": " · ".join([*([person.title] if person.title else []), *marks]),
        "department": department.name if department else "",
        "crucial": importance.crucial,
        "power": _known(importance.power),
        "influence": _known(importance.influence),
        "scores": [_score(content, person, dimension) for dimension in Dimension],
        "stance": None if stance is None else str(stance),
        "stance_word": "" if stance is None else f"{tr(stance)}{star}",
    }


def stance_notes(content: PlanContent) -> list[str]:
    """For each key person who stands differently in two live projects: where he stands how."""
    notes = []
    for person in content.people:
        found = _stances_by_project(content, person)
        if len(found) > 1:
            said = [
                tr("{stance} in {project}", stance=stance, project=listed(projects))
                for stance, projects in found.items()
            ]
            notes.append(f"* {tr('{name}: {values}', name=person.name, values=listed(said))}")
    return notes


def _stances_by_project(content: PlanContent, person: Person) -> dict[Stance, list[str]]:
    """The known stances of a person and the live projects he has each in, the newest first."""
    found: dict[Stance, list[str]] = {}
    for entry in content.live:
        for member in entry.reading.members:
            if member.person == person.id and member.stance is not Stance.UNKNOWN:
                found.setdefault(member.stance, []).append(entry.project.name)
    return found


def _score(content: PlanContent, person: Person, dimension: Dimension) -> Json:
    standing = content.analysis.standing(person.id, dimension)
    value = None if standing is None else standing.value
    return {
        "text": _known(value),
        "value": value,
        "band": str(band(value, content.analysis.rules)),
    }


def _known(value: int | None) -> str:
    return NOTHING if value is None else str(value)


def project_facts(entry: LiveProject) -> str:
    """Amount, decision date and type of a project on one line."""
    project = entry.project
    facts = [
        money(project.amount) if project.amount else "",
        tr("decision {date}", date=day(project.decided_on)) if project.decided_on else "",
        project.business_line,
    ]
    return " · ".join(fact for fact in facts if fact) or tr("no amount and no date yet")


def odds_figures(content: PlanContent, entry: LiveProject) -> Json:
    """The odds of a project as number, bar and cap."""
    reading = entry.reading
    caps = [cap for cap in reading.caps if _bites(cap, entry)]
    return {
        "odds": NOTHING if reading.odds is None else str(half_up(reading.odds)),
        "bar": None if reading.odds is None else float(reading.odds),
        "band": str(band(reading.odds, content.analysis.rules)),
        "cap": tr("capped at {limit}", limit=caps[0].limit) if caps else "",
        "cap_at": caps[0].limit if caps else None,
    }


def _bites(cap: Cap, entry: LiveProject) -> bool:
    return entry.reading.uncapped is not None and cap.limit <= entry.reading.uncapped


def chain_section(
    content: PlanContent, entry: LiveProject, *, pictured: bool, reasons: int | None = None
) -> Json:
    """A project's decision chain: odds, caps, reasons, targets and red flags.

    Of more people than so many ``reasons`` the last are told as one: the sum stays whole.
    """
    reading = entry.reading
    return {
        "title": tr("Decision chain · {project}", project=entry.project.name),
        "facts": project_facts(entry),
        **odds_figures(content, entry),
        "caps": [tr(cap.reason) for cap in reading.caps],
        "record": _seller_record(content, entry),
        "reasons": _sum(reading, reasons),
        "targets": [_target(content, reading, target) for target in reading.targets],
        "red_flags": [tr(flag.text) for flag in reading.red_flags],
        "figure": f"chain-{entry.project.id}.svg" if pictured else None,
    }


def _sum(reading: ChainReading, most: int | None) -> list[Json]:
    """The odds as a sum whose shown numbers add up: even odds, every reason, the total."""
    found = odds_sum(reading, _DIGITS)
    if found is None:
        return []
    ends = [
        {"text": tr(line.text), "points": number(line.points, _DIGITS), "bar": 0.0, "end": True}
        for line in (found.start, found.total)
    ]
    ends[1]["points"] = f"= {ends[1]['points']}"
    lines = [(tr(line.text), line.points) for line in _of_people(found)]
    limits = [(tr(line.text), line.points) for line in found.lines[len(lines) :]]
    if most is not None and len(lines) > most:
        rest = lines[most - 1 :]
        said = trn("{n} more person", "{n} more people", len(rest))
        lines = [*lines[: most - 1], (said, sum((points for _, points in rest), Fraction(0)))]
    lines += limits
    return [ends[0], *(_reason(text, points) for text, points in lines), ends[1]]


def _of_people(found: OddsSum) -> list[SumLine]:
    """The lines of members; that of a cap or of the floor comes after them."""
    return [one for one in found.lines if one.reason and one.reason.kind is ReasonKind.MEMBER]


def _reason(text: str, points: Fraction) -> Json:
    bar = float(points) / _FULL_BAR_POINTS
    return {"text": text, "points": signed(points, _DIGITS), "bar": bar, "end": False}


def _target(content: PlanContent, reading: ChainReading, target: Target) -> Json:
    cap = cap_that_stays(reading, target)
    return {
        "text": tr(target.text),
        "note": "" if cap is None else _held_down(content, cap),
        "gain": tr("+{points} points", points=number(target.gain, 1)),
    }


def _held_down(content: PlanContent, cap: Cap) -> str:
    if cap.person is None:
        return tr("capped at {limit}", limit=cap.limit)
    return tr("capped at {limit} by {name}", limit=cap.limit, name=name_of(content, cap.person))


def _seller_record(content: PlanContent, entry: LiveProject) -> str:
    if entry.reading.odds is None:
        return ""
    mine = content.analysis.seller_record.get(band(entry.reading.odds, content.analysis.rules))
    if mine is None or not mine.decided:
        return ""
    return tr(
        "My record in this account and band: {won} won of {decided} ({low} to {high})",
        won=mine.won,
        decided=mine.decided,
        low=percent(mine.low),
        high=percent(mine.high),
    )


def route_section(content: PlanContent, reading: RouteReading) -> Json:
    """The best routes to one person, what would open a better one, and who else is there."""
    return {
        "name": name_of(content, reading.target),
        "routes": [
            _route(content, place, route) for place, route in enumerate(reading.routes, start=1)
        ],
        "opening": _opening(content, reading),
        "competitors": _competitors(content, reading),
    }


def _route(content: PlanContent, place: int, route: Route) -> Json:
    notes = [tr("weakest: {edge}", edge=_edge(content, route.weakest))]
    if any(edge.stale for edge in route.edges):
        notes.append(tr("partly stale"))
    if any(edge.assumed for edge in route.edges):
        notes.append(tr("partly assumed"))
    return {
        "number": place,
        "people": " → ".join(name_of(content, person) for person in route.people),
        "note": " · ".join((tr(route.first_action), *notes)),
        "weakness": " · ".join(notes),
        "value": percent(route.value),
    }


def _edge(content: PlanContent, edge: Edge) -> str:
    return f"{name_of(content, edge.source)} → {name_of(content, edge.target)} {edge.strength}"


def _opening(content: PlanContent, reading: RouteReading) -> str:
    opening = reading.opening
    if opening is None or (reading.routes and opening.value <= reading.routes[0].value):
        return ""
    return tr(
        "The one new tie that would help most: {employee} to {person}, opening a route of {value}.",
        employee=name_of(content, opening.employee),
        person=name_of(content, opening.person),
        value=percent(opening.value),
    )


def _competitors(content: PlanContent, reading: RouteReading) -> str:
    if not reading.competitors:
        return ""
    records = content.analysis.records
    edges = [
        f"{found.name if (found := records.get(Organisation, rival.organisation)) else ''} "
        f"{_edge(content, rival.edge)}"
        for rival in reading.competitors
    ]
    return tr("Competitors: {edges}", edges=listed(edges))


def team_rows(content: PlanContent) -> list[Json]:
    """Who is on the team, in the order of their functions."""
    return [
        {
            "name": name_of(content, member.employee),
            "function": capitalised(tr(member.function)),
            "line": member.business_line or NOTHING,
            "note": tr("Dotted") if member.dotted else tr("Solid"),
        }
        for member in content.team
    ]


def action_rows(content: PlanContent) -> list[Json]:
    """The open actions, the earliest first."""
    records = content.analysis.records
    return [
        {
            "due": day(action.due),
            "text": action.text,
            "owner": name_of(content, action.owner) or NOTHING,
            "state": name_of(content, action.person)
            or (project.name if (project := records.get(Project, action.project)) else NOTHING),
        }
        for action in content.actions
    ]
