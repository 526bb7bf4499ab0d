"""What the store knows already of someone on a chain, and which answers that makes likely."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Dimension,
    LineKind,
    Person,
    PersonId,
    Project,
    ProjectId,
    ReportingLine,
    Role,
    Stance,
)

_CONFIDES_FROM: Final = 75
_AHEAD_BY: Final = 20
_OFTEN: Final = 3

_TITLES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "asked",
        re.compile(
            r"assistant|secretary|office of|ceo's office|advis|助理|秘书|办公室|顾问", re.IGNORECASE
        ),
    ),
    (
        "chooses",
        re.compile(r"\bcio\b|\bcto\b|vice president|\bvp\b|director|副总|总监", re.IGNORECASE),
    ),
    (
        "signs",
        re.compile(
            r"\bceo\b|\bcfo\b|\bcoo\b|chief|president|general manager|chair|总裁|总经理|董事|首席",
            re.IGNORECASE,
        ),
    ),
    (
        "tests",
        re.compile(
            r"architect|engineer|analyst|expert|quality|架构|工程师|专家|分析|质量", re.IGNORECASE
        ),
    ),
    (
        "uses",
        re.compile(
            r"shift|plann|operator|foreman|workshop|班组|班长|车间|计划|操作",
            re.IGNORECASE,
        ),
    ),
)
_CAN_STOP: Final = re.compile(
    r"financ|\bcfo\b|legal|law|purchas|procure|audit|security|compliance|财务|法务|采购|审计|安全",
    re.IGNORECASE,
)

_PART_OF: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.APPROVER: "signs",
        Role.DECISION_MAKER: "chooses",
        Role.EVALUATOR: "tests",
        Role.USER: "uses",
        Role.INFLUENCER: "asked",
    }
)
_SEEN_OF: Final[Mapping[Stance, str]] = MappingProxyType(
    {
        Stance.MENTOR: "acted",
        Stance.SUPPORTER: "spoke",
        Stance.NEUTRAL: "listened",
        Stance.NON_SUPPORTER: "against",
        Stance.ENEMY: "against",
    }
)


@dataclass(frozen=True, slots=True)
class Hint:
    """The answer that is likely, and what makes it so."""

    answer: str
    because: Phrase


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a member before anything is asked.

    ``past_role`` and ``past_stance`` come with the name of the newest other project they are from;
    ``approving_manager`` is the manager who approves here; ``rival`` the closest competitor with
    his lead over us in points, 1–100; ``meetings`` are counted from ``since``, the project's start,
    when that is known.
    """

    name: str
    title: str = ""
    on_top: bool = False
    approving_manager: str | None = None
    past_role: tuple[Role, str] | None = None
    past_stance: tuple[Stance, str] | None = None
    closeness: int | None = None
    rival: tuple[str, int] | None = None
    meetings: int = 0
    since: date | None = None
    veto: bool | None = None


def known_of(analysis: AccountAnalysis, project_id: ProjectId, person_id: PersonId) -> Known:
    """What the store knows of a person before he is placed on a project's chain."""
    records = analysis.records
    person = records.one(Person, person_id)
    project = records.one(Project, project_id)
    chain = {member.person: member for member in analysis.chain(project_id).members}
    managers = _managers(analysis, person_id)
    approving = (one for one in managers if one in chain and Role.APPROVER in chain[one].roles)
    role, stance = _past(analysis, project_id, person_id)
    stands = analysis.standing(person_id, Dimension.CLOSENESS)
    closeness = None if stands is None else stands.value
    started = project.starts_on
    since = started if started is not None and started <= analysis.today else None
    met = analysis.contacts.of(person_id)
    return Known(
        name=called(records, person_id),
        title=person.title,
        on_top=not managers and _leads(analysis, person_id),
        approving_manager=next((called(records, one) for one in approving), None),
        past_role=role,
        past_stance=stance,
        closeness=closeness,
        rival=_rival(analysis, person_id, closeness or 0),
        meetings=sum(1 for one in met if since is None or one.held_on >= since),
        since=since,
        veto=person.veto,
    )


def hint_for(known: Known, question: str) -> Hint | None:
    """The likely answer to a question of the tree, when something known makes it so."""
    found = _HINTS.get(question)
    return None if found is None else found(known)


def _part(known: Known) -> Hint | None:
    if known.past_role is not None:
        role, project = known.past_role
        because = phrase("{name} was {role} in {project}.", **_in(known, project), role=role)
        return Hint(_PART_OF[role], because)
    if known.approving_manager is not None:
        because = phrase(
            "{manager}, who approves here, is the manager of {name}.",
            manager=known.approving_manager,
            name=known.name,
        )
        return Hint("chooses", because)
    for answer, titles in _TITLES:
        if titles.search(known.title):
            return Hint(answer, phrase("The title says so: {title}.", title=known.title))
    if known.on_top:
        return Hint("signs", phrase("Nobody stands above {name} on the map.", name=known.name))
    return None


def _seen(known: Known) -> Hint | None:
    if known.rival is not None and known.rival[1] >= _AHEAD_BY:
        return Hint("listened", _ahead(known.rival))
    if known.closeness is not None and known.closeness >= _CONFIDES_FROM:
        because = phrase("Closeness is {score}.", score=known.closeness)
        return Hint("acted", because)
    if known.past_stance is not None:
        stance, project = known.past_stance
        because = phrase("{name} was {stance} in {project}.", **_in(known, project), stance=stance)
        return Hint(_SEEN_OF[stance], because)
    if not known.meetings and known.closeness is None:
        return Hint("nothing", phrase("No meeting with {name} is noted.", name=known.name))
    return None


def _confides(known: Known) -> Hint | None:
    if known.closeness is None or known.closeness < _CONFIDES_FROM:
        return None
    return Hint("yes", phrase("Closeness is {score}.", score=known.closeness))


def _prefers(known: Known) -> Hint | None:
    return None if known.rival is None else Hint("rival", _ahead(known.rival))


def _often(known: Known) -> Hint:
    because = phrase("Meetings noted: {n}.", n=known.meetings)
    if known.since is not None:
        because = phrase("Meetings noted since {date}: {n}.", date=known.since, n=known.meetings)
    if not known.meetings:
        return Hint("never", because)
    return Hint("several" if known.meetings >= _OFTEN else "few", because)


def _alone(known: Known) -> Hint | None:
    if known.veto is not None:
        because = phrase("It is said so of {name}, for every project.", name=known.name)
        return Hint("rule" if known.veto else "no", because)
    if _CAN_STOP.search(known.title):
        because = phrase("{title}: such posts can often stop a purchase.", title=known.title)
        return Hint("rule", because)
    return None


_HINTS: Final[Mapping[str, Callable[[Known], Hint | None]]] = MappingProxyType(
    {
        "part": _part,
        "seen": _seen,
        "confides": _confides,
        "prefers": _prefers,
        "often": _often,
        "alone": _alone,
    }
)


def _in(known: Known, project: str) -> dict[str, object]:
    return {"name": known.name, "project": project}


def _ahead(rival: tuple[str, int]) -> Phrase:
    return phrase("{competitor} is {n} points closer than we are.", competitor=rival[0], n=rival[1])


def _managers(analysis: AccountAnalysis, person: PersonId) -> list[PersonId]:
    lines = analysis.records.where(ReportingLine, person=person)
    return [line.manager for line in lines if line.kind is LineKind.SOLID]


def _leads(analysis: AccountAnalysis, person: PersonId) -> bool:
    lines = analysis.records.where(ReportingLine, manager=person)
    return any(line.kind is LineKind.SOLID for line in lines)


def _past(
    analysis: AccountAnalysis, project_id: ProjectId, person_id: PersonId
) -> tuple[tuple[Role, str] | None, tuple[Stance, str] | None]:
    """The newest known role and stance on other chains, each with its project's name."""
    role: tuple[Role, str] | None = None
    stance: tuple[Stance, str] | None = None
    for seen in analysis.chains_of(person_id):
        if seen.project == project_id:
            continue
        name = analysis.records.one(Project, seen.project).name
        if role is None and seen.roles:
            role = (min(seen.roles, key=list(Role).index), name)
        if stance is None and seen.stance is not Stance.UNKNOWN:
            stance = (seen.stance, name)
    return role, stance


def _rival(analysis: AccountAnalysis, person: PersonId, closeness: int) -> tuple[str, int] | None:
    rivals = analysis.competitors_at(person)
    if not rivals or rivals[0].standing.value <= closeness:
        return None
    return (rivals[0].organisation.name, rivals[0].standing.value - closeness)
