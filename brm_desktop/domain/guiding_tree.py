"""What a tree of guided questions is made of: questions, answers, and the ends they lead to."""

from __future__ import annotations

from dataclasses import dataclass

from brm_desktop.domain.phrase import Phrase, Word
from brm_desktop.domain.records import ContactLevel, Role, Stance

Value = tuple[Role, ...] | Stance | ContactLevel | bool
"""What the questions can come to: roles, a stance, a contact level, a veto or none."""


class Topic(Word):
    """What about a member of a chain the questions help to decide."""

    ROLE = "role", "role"
    STANCE = "stance", "stance"
    CONTACT = "contact", "contact"
    VETO = "veto", "veto"


@dataclass(frozen=True, slots=True)
class End:
    """Where the questions end: a value and why; without a value, what to find out next."""

    value: Value | None
    reason: Phrase
    next_step: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question, and the question or the end it leads to."""

    key: str
    text: Phrase
    leads: str | End


@dataclass(frozen=True, slots=True)
class Node:
    """One question with its answers."""

    text: Phrase
    choices: tuple[Choice, ...]
