"""What a card says of a person, read from the analysis."""

from __future__ import annotations

from unicodedata import east_asian_width

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    Assessment,
    ChainMember,
    Department,
    Dimension,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Role,
    Tie,
)
from brm_desktop.domain.scores import band
from brm_desktop.domain.sides import has_left, side_of
from brm_desktop.language import tr, trn
from brm_desktop.rendering.figure import UNSCORED, Card, Lens, Point, Score, Side
from brm_desktop.rendering.words import role_word

_HEADLINE = 7.4
_SHORT_NOTE = 8.0
_NOWHERE = Point(0.0, 0.0)
_SIDES = {
    OrganisationKind.OWN: Side.OWN,
    OrganisationKind.COMPETITOR: Side.COMPETITOR,
    OrganisationKind.PARTNER: Side.PARTNER,
}


def ems(text: str) -> float:
    """About how wide a text is, in font sizes."""
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.56 for letter in text)


def headline(person: Person) -> str:
    """The name, with the title before it where both fit on a card's line: ``CIO 周海``."""
    title = " ".join(person.title.split())
    if person.placeholder or not title or title in person.name:
        return person.name
    both = f"{title} {person.name}"
    return both if ems(both) <= _HEADLINE else person.name


def side_card(analysis: AccountAnalysis, person: Person) -> Side:
    """Whose card it is."""
    kind = side_of(analysis.records, person.id)
    return Side.CUSTOMER if kind is None else _SIDES.get(kind, Side.CUSTOMER)


def customer_card(
    analysis: AccountAnalysis, person: Person, *, lens: Lens = Lens.CLOSENESS, note: str = ""
) -> Card:
    """The card of one of the account's people, at no place yet."""
    importance = analysis.importance.get(person.id)
    return Card(
        person=person.id,
        centre=_NOWHERE,
        name=headline(person),
        subtitle=_subtitle(analysis, person),
        closeness=_score(analysis, person.id, Dimension.CLOSENESS),
        solution=_score(analysis, person.id, Dimension.SOLUTION),
        price=_score(analysis, person.id, Dimension.PRICE),
        note=note,
        lens=lens,
        crucial=importance is not None and importance.crucial,
        veto=person.veto is True,
        sole_approver=person.sole_approver is True,
        competitor=competitor_closeness(analysis, person.id),
        placeholder=person.placeholder,
        left=has_left(person, analysis.today),
    )


def member_subtitle(analysis: AccountAnalysis, person: Person, member: ChainMember) -> str:
    """What someone does in the chain, or the title where the name does not say it; department."""
    first = " ".join(member.note.split())
    if not first or ems(first) > _SHORT_NOTE:
        first = "" if person.title and person.title in headline(person) else person.title
    if not first:
        first = _part_in_chain(analysis, person, member)
    return _joined(first, department_name(analysis, person))


def _part_in_chain(analysis: AccountAnalysis, person: Person, member: ChainMember) -> str:
    importance = analysis.importance.get(person.id)
    beside = not member.roles or member.roles == (Role.INFLUENCER,)
    if beside and importance is not None and importance.influence_centre:
        return tr("influence centre")
    if not person.title or not member.roles:
        return ""  # the roles are said at the card's foot
    return role_word(min(member.roles, key=list(Role).index))


def _subtitle(analysis: AccountAnalysis, person: Person) -> str:
    department = department_name(analysis, person)
    if has_left(person, analysis.today):
        return _joined(tr("left {month}", month=f"{person.left_on:%Y-%m}"), department)
    if person.placeholder:
        return _joined(tr("not known who"), department)
    title = "" if person.title and person.title in headline(person) else person.title
    return _joined(title, department)


def department_name(analysis: AccountAnalysis, person: Person) -> str:
    """The person's department by name, or nothing."""
    department = analysis.records.get(Department, person.department)
    return department.name if department else ""


def outsider_card(analysis: AccountAnalysis, person: Person, *, note: str = "") -> Card:
    """The card of someone outside the account: a colleague, a partner's, a competitor's person."""
    side = side_card(analysis, person)
    if side is Side.COMPETITOR:
        subtitle = _organisation_name(analysis, person)
    elif side is Side.OWN:
        subtitle = _joined(person.title, department_name(analysis, person))
        subtitle = subtitle or (tr("not in sales") if person.non_sales else tr("our company"))
    else:
        subtitle = _joined(_organisation_name(analysis, person), person.title)
    return Card(
        person=person.id,
        centre=_NOWHERE,
        name=person.name,
        subtitle=subtitle,
        side=side,
        note=note,
        left=has_left(person, analysis.today),
    )


def ties_note(count: int, strongest: int) -> str:
    """How many of the account's people an outsider knows, and how well at best."""
    return trn(
        "knows {n}, at best {strongest}",
        "knows {n}, at best {strongest}",
        count,
        strongest=strongest,
    )


def _organisation_name(analysis: AccountAnalysis, person: Person) -> str:
    organisation = analysis.records.get(Organisation, person.organisation)
    return (organisation.short_name or organisation.name) if organisation else ""


def _score(analysis: AccountAnalysis, person: PersonId, dimension: Dimension) -> Score:
    standing = analysis.standing(person, dimension)
    if standing is None:
        return UNSCORED
    return Score(
        value=standing.value,
        band=band(standing.value, analysis.rules),
        freshness=standing.freshness,
    )


def competitor_closeness(analysis: AccountAnalysis, person: PersonId) -> int | None:
    """The greatest closeness of any competitor to a person, if one is known."""
    records = analysis.records
    rivals = {
        statement.organisation
        for statement in records.where(Assessment, person=person)
        if statement.organisation is not None
    }
    for tie in records.where(Tie, person=person):
        employee = records.get(Person, tie.employee)
        if employee is not None and employee.organisation is not None:
            rivals.add(employee.organisation)
    found = []
    for rival in sorted(rivals):
        organisation = records.get(Organisation, rival)
        if organisation is not None and organisation.kind is OrganisationKind.COMPETITOR:
            standing = analysis.standing(person, Dimension.CLOSENESS, rival)
            found += [standing.value] if standing is not None else []
    return max(found, default=None)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in (" ".join(part.split()) for part in parts) if part)
