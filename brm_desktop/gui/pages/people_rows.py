"""The people of an account, or of a chain, as rows of a table that can be edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtGui import QColor

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.attitudes import AttitudeNow, attitude_on
from brm_desktop.domain.importance import Importance
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Adaptability,
    ChainMember,
    ContactLevel,
    Department,
    Dimension,
    LineKind,
    Person,
    PersonId,
    ProjectId,
    ReportingLine,
    Role,
    Stance,
    id_of,
)
from brm_desktop.domain.scores import Standing, band
from brm_desktop.domain.sums import importance as sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.sums.scores import person_score
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.style_sheet import readable
from brm_desktop.gui.widgets.fields import words, yes_no_unknown
from brm_desktop.gui.widgets.table import Column, LazyRows
from brm_desktop.gui.words import BAND_TOKENS, DIMENSION_COLUMNS, name_of, person_name
from brm_desktop.language import listed, tr

_AT_ONCE = 300
"""The rows of more people than this are made as they are shown."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with what is computed of him, and his part in the chain on show."""

    person: Person
    importance: Importance | None
    department: str
    manager: str
    manager_id: PersonId | None
    scores: tuple[Standing | None, Standing | None, Standing | None]
    member: ChainMember | None
    attitude: AttitudeNow


def people_rows(
    desk: Desk, analysis: AccountAnalysis, project: ProjectId | None = None
) -> Sequence[PersonRow]:
    """The account's people, or those on a project's chain, most important first.

    The rows of very many people are made as they are shown.
    """
    if project is None:
        return rows_of(desk, analysis, analysis.by_importance)
    found = []
    for person in analysis.by_importance:
        member = desk.records.get(ChainMember, id_of(ChainMember, project, person.id))
        if member is not None:
            found.append(_row(desk, analysis, person, member))
    return found


def rows_of(desk: Desk, analysis: AccountAnalysis, people: Sequence[Person]) -> Sequence[PersonRow]:
    """The rows of some of the account's people, in their order."""
    if len(people) <= _AT_ONCE:
        return [_row(desk, analysis, person, None) for person in people]
    keys = [person.id for person in people]
    return LazyRows(keys, lambda place: _row(desk, analysis, people[place], None))


def _row(
    desk: Desk, analysis: AccountAnalysis, person: Person, member: ChainMember | None
) -> PersonRow:
    records = desk.records
    department = records.get(Department, person.department)
    lines = records.where(ReportingLine, person=person.id)
    manager = next((line.manager for line in lines if line.kind is LineKind.SOLID), None)
    closeness, solution, price = (analysis.standing(person.id, one) for one in Dimension)
    attitude = AttitudeNow()
    if member is not None:
        attitude = attitude_on(records, member.project, person.id, analysis.today)
    return PersonRow(
        person,
        analysis.importance.get(person.id),
        "" if department is None else department.name,
        "" if manager is None else name_of(records, manager),
        manager,
        (closeness, solution, price),
        member,
        attitude,
    )


class PeopleColumns:
    """The columns, and the edit behind each cell."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def for_account(self) -> list[Column[PersonRow]]:
        """The columns of the account's own table."""
        return [
            *self._who(),
            self._manager(),
            *self._scores(),
            *self._importance(),
            self._mark(phrase("Veto"), "veto"),
            self._mark(phrase("Sole approver"), "sole_approver"),
            self._adaptability(),
            self._several(phrase("Phones"), "phones"),
            self._several(phrase("E-mails"), "emails"),
            self._text(phrase("WeChat"), "wechat", lambda row: row.person.wechat, 110),
        ]

    def for_chain(self, project: Callable[[], ProjectId | None]) -> list[Column[PersonRow]]:
        """The columns of a decision chain's table."""
        return [*self._who(), *self._part(project), *self._scores(), *self._importance()]

    def _who(self) -> list[Column[PersonRow]]:
        return [
            Column(
                phrase("Name"),
                lambda row: person_name(row.person),
                change=lambda row, value: self._revise(row, name=value, placeholder=False),
                colour=self._crucial,
                bold=True,
                width=140,
            ),
            self._text(phrase("Title"), "title", lambda row: row.person.title, 150),
            self._text(phrase("Department"), "department", lambda row: row.department, 120),
        ]

    def _scores(self) -> list[Column[PersonRow]]:
        return [self._score(place, dimension) for place, dimension in enumerate(Dimension)]

    def _score(self, place: int, dimension: Dimension) -> Column[PersonRow]:
        return Column(
            DIMENSION_COLUMNS[dimension],
            lambda row: _value(row.scores[place]),
            change=lambda row, value: self._assess(row, dimension, value),
            sort=lambda row: _sorted(row.scores[place]),
            colour=lambda row: self._band_colour(row.scores[place]),
            why=lambda row: self._why_score(row, dimension),
            right=True,
            width=96,
        )

    def _importance(self) -> list[Column[PersonRow]]:
        return [
            self._number(phrase("Power"), "power", lambda found: found.power, sums.power),
            self._number(
                phrase("Influence"), "influence", lambda found: found.influence, sums.influence
            ),
            Column(
                phrase("Importance"),
                lambda row: "–" if row.importance is None else str(row.importance.weight),
                sort=lambda row: None if row.importance is None else row.importance.weight,
                why=lambda row: self._why(row, sums.weight),
                right=True,
                width=100,
            ),
        ]

    def _why(
        self, row: PersonRow, made_of: Callable[[AccountAnalysis, PersonId], Explanation]
    ) -> Explanation | None:
        if row.importance is None:
            return None
        return made_of(self._desk.analysis(), row.person.id)

    def _why_score(self, row: PersonRow, dimension: Dimension) -> Explanation:
        return person_score(self._desk.analysis(), row.person.id, dimension)

    def _number(
        self,
        title: Phrase,
        field: str,
        value: Callable[[Importance], int | None],
        made_of: Callable[[AccountAnalysis, PersonId], Explanation],
    ) -> Column[PersonRow]:
        def known(row: PersonRow) -> int | None:
            return None if row.importance is None else value(row.importance)

        def change(row: PersonRow, text: object) -> None:
            typed = str(text).strip()
            if not typed or typed.isdigit():
                self._revise(row, **{field: int(typed) if typed else None})

        return Column(
            title,
            lambda row: "–" if known(row) is None else str(known(row)),
            change=change,
            sort=known,
            why=lambda row: self._why(row, made_of),
            right=True,
            width=80,
        )

    def _mark(self, title: Phrase, field: str) -> Column[PersonRow]:
        def text(row: PersonRow) -> str:
            value = getattr(row.person, field)
            return "–" if value is None else tr("yes") if value else tr("no")

        return Column(
            title,
            text,
            change=lambda row, value: self._revise(row, **{field: value}),
            choices=yes_no_unknown,
            value=lambda row: getattr(row.person, field),
            width=96,
        )

    def _adaptability(self) -> Column[PersonRow]:
        return Column(
            phrase("Adaptability"),
            lambda row: tr(row.person.adaptability),
            change=lambda row, value: self._revise(row, adaptability=value),
            choices=lambda: words(Adaptability),
            value=lambda row: row.person.adaptability,
            width=110,
        )

    def _manager(self) -> Column[PersonRow]:
        def choices() -> list[tuple[str, object]]:
            people = self._desk.analysis().people
            return [("", None), *((person_name(one), one.id) for one in people)]

        def change(row: PersonRow, value: object) -> None:
            self._desk.edit(
                phrase("Change who {name} reports to", name=person_name(row.person)),
                edits.set_manager,
                row.person.id,
                None if value is None else PersonId(str(value)),
            )

        return Column(
            phrase("Reports to"),
            lambda row: row.manager,
            change=change,
            choices=choices,
            value=lambda row: row.manager_id,
            width=130,
        )

    def _text(
        self, title: Phrase, field: str, text: Callable[[PersonRow], str], width: int
    ) -> Column[PersonRow]:
        return Column(
            title,
            text,
            change=lambda row, value: self._revise(row, **{field: str(value).strip()}),
            width=width,
        )

    def _several(self, title: Phrase, field: str) -> Column[PersonRow]:
        return Column(
            title,
            lambda row: listed(getattr(row.person, field)),
            change=lambda row, value: self._revise(row, **{field: parts(str(value))}),
            width=140,
        )

    def _part(self, project: Callable[[], ProjectId | None]) -> list[Column[PersonRow]]:
        def revise(row: PersonRow, **fields: object) -> None:
            chain = project()
            if chain is not None:
                self._desk.edit(
                    phrase("Change {name} on the chain", name=person_name(row.person)),
                    edits.revise_member,
                    chain,
                    row.person.id,
                    **fields,
                )

        return [
            Column(
                phrase("Roles"),
                lambda row: listed(row.member.roles) if row.member else "",
                change=lambda row, value: revise(row, roles=value),
                choices=_role_choices,
                value=lambda row: row.member.roles if row.member else (),
                width=150,
            ),
            Column(
                phrase("Stance"),
                lambda row: tr(row.attitude.stance) if row.member else "",
                change=lambda row, value: revise(row, stance=value),
                choices=lambda: words(Stance),
                value=lambda row: row.attitude.stance,
                width=120,
            ),
            Column(
                phrase("Contact"),
                lambda row: tr(row.attitude.contact) if row.member else "",
                change=lambda row, value: revise(row, contact=value),
                choices=lambda: words(ContactLevel),
                value=lambda row: row.attitude.contact,
                width=120,
            ),
            _override(phrase("Veto here"), "veto", revise),
            _override(phrase("Sole approver here"), "sole_approver", revise),
        ]

    def _assess(self, row: PersonRow, dimension: Dimension, value: object) -> None:
        typed = str(value).strip()
        if typed.isdigit():
            self._desk.edit(
                phrase(
                    "{name}: {dimension} {value}",
                    name=person_name(row.person),
                    dimension=dimension.phrase,
                    value=int(typed),
                ),
                edits.assess,
                row.person.id,
                **{dimension.value: int(typed)},  # type: ignore[arg-type]  # the dimension's own
            )

    def _revise(self, row: PersonRow, **fields: object) -> None:
        self._desk.edit(
            phrase("Change {name}", name=person_name(row.person)),
            edits.revise_person,
            row.person.id,
            **fields,
        )

    def _crucial(self, row: PersonRow) -> QColor | None:
        if row.importance is not None and row.importance.crucial:
            return self._desk.look.colour("crucial")
        return None

    def _band_colour(self, found: Standing | None) -> QColor | None:
        if found is None:
            return self._desk.look.colour("unscored")
        theme = self._desk.look.theme
        tint = BAND_TOKENS[band(found.value, self._desk.session.settings.rules)]
        return QColor(readable(str(getattr(theme, tint)), theme.panel, theme.ink))


def parts(text: str) -> tuple[str, ...]:
    """What a list typed with commas names."""
    plain = text.replace("、", ",").replace("，", ",").replace(";", ",").replace("；", ",")
    return tuple(part.strip() for part in plain.split(",") if part.strip())


def _override(title: Phrase, field: str, revise: Callable[..., None]) -> Column[PersonRow]:
    """A mark that holds in one project, in place of the person's own."""

    def text(row: PersonRow) -> str:
        value = getattr(row.member, field, None)
        if row.member is None:
            return ""
        return tr("as the person") if value is None else tr("yes") if value else tr("no")

    return Column(
        title,
        text,
        change=lambda row, value: revise(row, **{field: value}),
        choices=lambda: [(tr("as the person"), None), *yes_no_unknown()[1:]],
        value=lambda row: getattr(row.member, field, None),
        width=110,
    )


def _role_choices() -> list[tuple[str, object]]:
    """Every set of roles that one may hold, the smaller ones first."""
    several: list[tuple[str, object]] = [
        (listed(roles), roles) for n in range(1, len(Role) + 1) for roles in combinations(Role, n)
    ]
    return [(tr("no role"), ()), *several]


def _value(found: Standing | None) -> str:
    return "–" if found is None else str(found.value)


def _sorted(found: Standing | None) -> int | None:
    return None if found is None else found.value
