"""What an answer of the guided questions says of a member, and making it so in one step."""

from __future__ import annotations

from typing import Any

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.chain_members import MemberReading
from brm_desktop.domain.guiding import Topic, Value
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    ChainMember,
    ContactLevel,
    PersonId,
    ProjectId,
    Role,
    Stance,
    id_of,
)
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.words import capital, name_of
from brm_desktop.language import listed, tr

TOPIC_TITLES = {
    Topic.ROLE: phrase("Role"),
    Topic.STANCE: phrase("Stance"),
    Topic.CONTACT: phrase("Contact"),
    Topic.VETO: phrase("Veto here"),
}


def member_of(
    analysis: AccountAnalysis, project: ProjectId, person: PersonId
) -> MemberReading | None:
    """Somebody's part in a project, when he is on its chain."""
    members = analysis.chain(project).members
    return next((one for one in members if one.person == person), None)


def value_now(member: MemberReading, topic: Topic) -> Value | None:
    """What is known of a topic, ``None`` when nothing is."""
    if topic is Topic.ROLE:
        return member.roles or None
    if topic is Topic.STANCE:
        return None if member.stance is Stance.UNKNOWN else member.stance
    if topic is Topic.CONTACT:
        return None if member.contact is ContactLevel.UNKNOWN else member.contact
    return member.veto


def value_words(topic: Topic, value: Value | None) -> str:
    """A value as one reads it."""
    if value is None:
        return tr("unknown")
    if topic is Topic.VETO:
        return tr("holds a veto") if value else tr("no veto")
    return listed(value) if isinstance(value, tuple) else tr(_word(value))


def choices_of(topic: Topic) -> list[tuple[str, Value]]:
    """Every value a topic can have, said with its words."""
    found: list[Value]
    if topic is Topic.ROLE:
        found = [(role,) for role in Role]
    elif topic is Topic.STANCE:
        found = [one for one in Stance if one is not Stance.UNKNOWN]
    elif topic is Topic.CONTACT:
        found = [one for one in ContactLevel if one is not ContactLevel.UNKNOWN]
    else:
        found = [True, False]
    return [(capital(value_words(topic, value)), value) for value in found]


def take(
    desk: Desk, project: ProjectId, person: PersonId, topic: Topic, value: Value, reason: str
) -> bool:
    """Make a value so, as one undo step that keeps the reason; false when it was refused.

    A stance and a contact level are claims with the reason as their evidence; of roles and a veto
    the reason stands in the note on the member.
    """
    fields: dict[str, Any]
    if topic in {Topic.STANCE, Topic.CONTACT}:
        fields = {topic.value: value, **({"evidence": reason} if reason else {})}
    else:
        fields = {"roles" if topic is Topic.ROLE else "veto": value}
        member = desk.records.get(ChainMember, id_of(ChainMember, project, person))
        lines = [] if member is None else member.note.splitlines()
        if reason and reason not in lines:
            fields["note"] = "\n".join((*lines, reason))
    done = desk.edit(
        _name(desk, person, topic, value), edits.revise_member, project, person, **fields
    )
    return bool(done)


def _name(desk: Desk, person: PersonId, topic: Topic, value: Value) -> Phrase:
    said = value_words(topic, value)
    return phrase("{name}: {value}", name=name_of(desk.records, person), value=said)


def _word(value: Value) -> Role | Stance | ContactLevel:
    assert isinstance(value, Stance | ContactLevel)
    return value
