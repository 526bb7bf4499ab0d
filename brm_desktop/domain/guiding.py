"""Guided questions: from a few plain answers to a role, a stance, a contact level or a veto.

Every proposal says why, so that the claim made of it keeps its reason. What the store knows already
(earlier deals, the title, the manager, meetings, competitors) marks the likely answer and says what
makes it likely; it never answers in the user's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brm_desktop.domain.guiding_hints import Hint, Known, hint_for, known_of
from brm_desktop.domain.guiding_questions import FIRST, NODES
from brm_desktop.domain.guiding_tree import End, Topic, Value
from brm_desktop.domain.phrase import Phrase, phrase

__all__ = [
    "Answer",
    "GuidedProposal",
    "Hint",
    "Known",
    "Question",
    "Topic",
    "Value",
    "guide",
    "known_of",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that can be given; ``key`` is what `guide` takes."""

    key: str
    text: Phrase


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``hint`` names the likely answer and why, when the store knows something."""

    text: Phrase
    answers: tuple[Answer, ...]
    hint: Hint | None


@dataclass(frozen=True, slots=True)
class GuidedProposal:
    """What the answers come to: a value and its reason.

    Without a value it is better left open for now, and ``next_step`` says how to find out.
    """

    topic: Topic
    value: Value | None
    reason: Phrase
    next_step: Phrase | None


def guide(known: Known, topic: Topic, given: Sequence[str] = ()) -> Question | GuidedProposal:
    """The question that comes after the answers given so far, or what they come to.

    Raises
    ------
    KeyError
        When one of ``given`` is no answer to its question.
    """
    node = NODES[FIRST[topic]]
    at = FIRST[topic]
    for key in given:
        leads = {choice.key: choice.leads for choice in node.choices}[key]
        if isinstance(leads, End):
            return _proposal(known, topic, leads)
        at, node = leads, NODES[leads]
    return Question(
        text=_about(node.text, known),
        answers=tuple(Answer(choice.key, _about(choice.text, known)) for choice in node.choices),
        hint=hint_for(known, at),
    )


def _proposal(known: Known, topic: Topic, end: End) -> GuidedProposal:
    step = None if end.next_step is None else _about(end.next_step, known)
    return GuidedProposal(topic, end.value, _about(end.reason, known), step)


def _about(text: Phrase, known: Known) -> Phrase:
    """A text of the tree with the person's name in it."""
    return phrase(text.text, name=known.name)
