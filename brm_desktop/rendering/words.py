"""Roles in the short words and letters that fit on a card."""

from __future__ import annotations

from brm_desktop.domain.records import Role
from brm_desktop.language import tr


def role_word(role: Role) -> str:
    """What someone of a role does, in a word short enough for a card."""
    return {
        Role.APPROVER: tr("approves"),
        Role.DECISION_MAKER: tr("decides"),
        Role.EVALUATOR: tr("evaluates"),
        Role.USER: tr("uses"),
        Role.INFLUENCER: tr("sways"),
    }[role]


def role_letter(role: Role) -> str:
    """A role in one letter."""
    return {
        Role.APPROVER: tr("A"),
        Role.DECISION_MAKER: tr("D"),
        Role.EVALUATOR: tr("E"),
        Role.USER: tr("U"),
        Role.INFLUENCER: tr("I"),
    }[role]
