"""Graph files: people as nodes, lines between them as edges, for tools that look at networks."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.naming import called, organisation_called
from brm_desktop.domain.records import (
    Department,
    Dimension,
    Influence,
    Organisation,
    Person,
    Records,
    ReportingLine,
    Tie,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import standing
from brm_desktop.exchange.whole_file import write_whole

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graphml(path: Path, records: Records, today: date, rules: Rules) -> None:
    """Write people and their lines as GraphML; what is unknown is left out.

    An edge leads as its record does: from the person to the manager, from who sways to who is
    swayed, from the employee to the person he knows.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    from networkx.readwrite.graphml import GraphMLWriter

    content = BytesIO()
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True, named_key_ids=True)
    writer.add_graph_element(graph_of(records, today, rules))
    writer.dump(content)
    write_whole(path, content.getvalue())


def graph_of(records: Records, today: date, rules: Rules) -> MultiDiGraph:
    """People and their lines as a graph; nodes and edges are keyed by the ids of the records."""
    from networkx import MultiDiGraph

    graph: MultiDiGraph = MultiDiGraph()
    for person in sorted(records.all(Person).values(), key=lambda person: person.id):
        graph.add_node(_clean(person.id), **_node(records, person, today, rules))
    for line in records.all(ReportingLine).values():
        graph.add_edge(
            *_ends(line.person, line.manager),
            key=_clean(line.id),
            relation="reporting",
            kind=line.kind.value,
        )
    for sway in records.all(Influence).values():
        known = {} if sway.strength is None else {"strength": sway.strength}
        graph.add_edge(
            *_ends(sway.source, sway.target),
            key=_clean(sway.id),
            relation="influence",
            kind=sway.kind.value,
            basis=sway.basis.value,
            **known,
        )
    for tie in records.all(Tie).values():
        graph.add_edge(
            *_ends(tie.employee, tie.person),
            key=_clean(tie.id),
            relation="tie",
            strength=tie.closeness,
            basis=tie.basis.value,
        )
    return graph


def _node(
    records: Records, person: Person, today: date, rules: Rules
) -> dict[str, str | int | bool]:
    department = records.get(Department, person.department)
    home = records.get(Organisation, person.organisation)
    found: dict[str, str | int | bool | None] = {
        "label": _clean(called(records, person.id)),
        "title": _clean(person.title),
        "department": _clean(department.name) if department else "",
        "organisation": _clean(organisation_called(records, person.organisation)),
        "side": home.kind.value if home else "",
        "power": person.power,
        "influence": person.influence,
        "veto": person.veto,
        "sole_approver": person.sole_approver,
        "placeholder": person.placeholder,
    }
    for dimension in Dimension:
        score = standing(records, person.id, dimension, today, rules)
        found[dimension.value] = score.value if score else None
    return {name: value for name, value in found.items() if value is not None and value != ""}


def _ends(first: str, second: str) -> tuple[str, str]:
    """The nodes of two people: their ids, which another tool may have spoilt in the store."""
    return _clean(first), _clean(second)


def _clean(text: str) -> str:
    """Text as XML may hold it."""
    return _NO_XML.sub(" ", text)
