"""The visit brief on one page: its values said in the current language for typst to lay out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.brief import Briefing, visit_brief
from brm_desktop.domain.chain_members import MemberReading
from brm_desktop.domain.naming import called
from brm_desktop.domain.plan import LiveProject
from brm_desktop.domain.records import Dimension, Interaction, Person, PersonId, ProjectId, Stance
from brm_desktop.language import NOTHING, capitalised, day, listed, money, tr, trn
from brm_desktop.rendering.documents import write_document
from brm_desktop.rendering.papers.chain_picture import ChainPicture, chain_picture
from brm_desktop.rendering.papers.head import Json, cut, head, spend_said
from brm_desktop.rendering.plan_document import score_tile
from brm_desktop.rendering.plan_sections import chain_section, name_of, route_section
from brm_desktop.rendering.theme import LIGHT, Theme
from brm_desktop.rendering.words import role_word

FIGURE: Final = "chain.svg"
PEOPLE: Final = 6
FLAGS: Final = 5
REASONS: Final = 5
LINES: Final = 3
LONGEST: Final = 130
"""Characters of a text that somebody wrote; a page has room for no more of them."""
_LONGEST_NAME: Final = 60


def write_brief(
    path: Path,
    analysis: AccountAnalysis,
    project: ProjectId | None = None,
    year: int | None = None,
    theme: Theme = LIGHT,
) -> None:
    """Write the visit brief of an account as a PDF of one page; needs a ``QGuiApplication``.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    brief = visit_brief(analysis, project, year)
    picture = None
    if brief.about is not None and brief.about.reading.members:
        about = brief.about
        picture = chain_picture(analysis, about.project.id, about.reading.members, theme)
    pictures = {} if picture is None else {FIGURE: picture.svg}
    write_document(path, "brief", brief_data(brief, theme, picture), pictures)


def brief_data(brief: Briefing, theme: Theme, picture: ChainPicture | None) -> Json:
    """Everything the template ``brief.typ`` reads, said in the current language."""
    plan = brief.plan
    analysis = plan.analysis
    potential = analysis.potential
    title = tr("{account} · Visit brief", account=analysis.name)
    owner = name_of(plan, analysis.record.owner)
    return {
        **head(title, analysis.today, theme, owner),
        "words": _words(),
        "kind": tr("Visit brief"),
        "account": cut(analysis.name, _LONGEST_NAME),
        "goal": cut(plan.plan.goal, LONGEST) if plan.plan else "",
        "scores": [score_tile(plan, dimension) for dimension in Dimension],
        "potential": ("≥ " if potential.lower_bound and potential.amount else "")
        + money(potential.amount, "short"),
        "spend": spend_said(analysis.record.expected_annual_spend),
        "chain": _chain(brief, brief.about, picture) if brief.about else None,
        "people": [_person(brief, person) for person in brief.people[:PEOPLE]],
        "people_notes": [_people_note(brief, shown) for shown in range(PEOPLE + 1)],
        "red_flags": [cut(tr(flag.text), LONGEST) for flag in brief.red_flags[:FLAGS]],
        "questions": [cut(tr(question), LONGEST) for question in brief.questions],
        "way": _way(brief),
        "last": [_meeting(brief, met) for met in brief.last[:LINES]],
        "next": _next(brief),
    }


def _words() -> Json:
    return {
        "odds": tr("Relationship odds"),
        "why": tr("Why"),
        "potential": tr("Potential output"),
        "red_flags": tr("Red flags"),
        "no_project": tr("No open project."),
        "questions": tr("Three questions to ask"),
        "no_questions": tr("Everything that should be known is known."),
        "last": tr("Last contact"),
        "next": tr("Coming up"),
        "people_columns": [
            tr("Name"),
            tr("Title"),
            tr("Part"),
            tr("Stance"),
            tr("Closeness"),
            tr("Last contact"),
        ],
    }


def _chain(brief: Briefing, about: LiveProject, picture: ChainPicture | None) -> Json:
    section = chain_section(brief.plan, about, pictured=False, reasons=REASONS)
    more = 0 if picture is None else picture.left_out
    return {
        **section,
        "title": cut(about.project.name, LONGEST),
        "facts": cut(str(section["facts"]), LONGEST),
        "figure": None if picture is None else FIGURE,
        "figure_width": 0 if picture is None else picture.width,
        "figure_note": trn("and {n} more", "and {n} more", more) if more else "",
    }


def _people_note(brief: Briefing, most: int) -> str:
    """How many more there are than are shown, and what a red name means where there is one."""
    shown, more = brief.people[:most], len(brief.people) - most
    notes = [trn("and {n} more", "and {n} more", more)] if more > 0 else []
    if any(_is_crucial(brief, one) for one in shown):
        notes.append(tr("red: crucial"))
    return " · ".join(notes)


def _is_crucial(brief: Briefing, person: PersonId) -> bool:
    """On the project's chain as the chain has it, else as the account does."""
    member = _member(brief, person)
    if member is not None:
        return member.crucial
    importance = brief.plan.analysis.importance.get(person)
    return importance is not None and importance.crucial


def _member(brief: Briefing, person: PersonId) -> MemberReading | None:
    members = brief.about.reading.members if brief.about else ()
    return next((one for one in members if one.person == person), None)


def _person(brief: Briefing, person_id: PersonId) -> Json:
    plan = brief.plan
    records, analysis = plan.analysis.records, plan.analysis
    person = records.one(Person, person_id)
    member = _member(brief, person_id)
    standing = analysis.standing(person_id, Dimension.CLOSENESS)
    last = analysis.contacts.last(person_id)
    stance = member.stance if member else plan.stances.get(person_id, Stance.UNKNOWN)
    return {
        "name": cut(called(records, person_id), _LONGEST_NAME),
        "title": cut(person.title, _LONGEST_NAME),
        "roles": listed(role_word(role) for role in member.roles) if member else "",
        "crucial": _is_crucial(brief, person_id),
        "stance": str(stance),
        "stance_word": tr(stance),
        "closeness": NOTHING if standing is None else str(standing.value),
        "last": day(last, "short") if last else NOTHING,
    }


def _way(brief: Briefing) -> Json:
    """The best route to whom it is that decides."""
    name = name_of(brief.plan, brief.decider)
    found: Json = {
        "title": tr("The way to {name}", name=cut(name, _LONGEST_NAME))
        if name
        else tr("The way to the decider"),
        "none": tr("No route yet: none of us has a tie that leads here.")
        if name
        else tr("Find out who decides."),
        **dict.fromkeys(("people", "value", "action", "note", "opening", "competitors"), ""),
    }
    if brief.route is None:
        return found
    section = route_section(brief.plan, brief.route)
    found |= {part: section[part] for part in ("opening", "competitors")}
    if brief.route.routes:
        best = section["routes"]
        assert isinstance(best, list)
        found |= {
            "people": best[0]["people"],
            "value": best[0]["value"],
            "action": tr(brief.route.routes[0].first_action),
            "note": best[0]["weakness"],
        }
    return found


def _meeting(brief: Briefing, met: Interaction) -> Json:
    records = brief.plan.analysis.records
    theirs = [one for one in met.people if one in brief.plan.analysis.importance]
    names = listed(called(records, one) for one in theirs)
    said = met.learnt or met.summary
    what = capitalised(tr(met.kind))
    return {
        "date": day(met.held_on, "short"),
        "text": cut(" · ".join(part for part in (what, names, said) if part), LONGEST),
        "late": False,
    }


def _next(brief: Briefing) -> list[Json]:
    """Open actions and birthdays by their days, what has none last."""
    analysis = brief.plan.analysis
    actions: list[tuple[date, Json]] = [
        (
            one.due or date.max,
            {
                "date": day(one.due, "short") if one.due else NOTHING,
                "text": cut(one.text, LONGEST),
                "late": one.due is not None and one.due < analysis.today,
            },
        )
        for one in brief.plan.actions[:LINES]
    ]
    birthdays: list[tuple[date, Json]] = [
        (
            on,
            {
                "date": day(on, "short"),
                "text": tr("{name}'s birthday", name=called(analysis.records, person)),
                "late": False,
            },
        )
        for person, on in brief.birthdays[:LINES]
    ]
    return [dict(line) for _day, line in sorted([*actions, *birthdays], key=lambda one: one[0])]
