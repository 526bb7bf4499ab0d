"""Roles in the short words and letters that fit on a card; stages, and what a sum leaves out."""

from __future__ import annotations

from brm_desktop.domain.pipeline import Stock
from brm_desktop.domain.records import Role, SalesStage
from brm_desktop.language import capitalised, listed, tr, trn


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


def stage_said(stage: SalesStage | str) -> str:
    """A stage as people read it; a text that is none of ours as it was written."""
    return capitalised(tr(stage)) if isinstance(stage, SalesStage) else stage


def left_out_said(*stocks: Stock) -> str:
    """How many open opportunities weigh nothing for want of an amount or of a probability.

    "" where none does.
    """
    bare = sum(stock.without_amount for stock in stocks)
    unlikely = sum(stock.without_probability for stock in stocks)
    said = []
    if bare:
        said.append(
            trn("{n} without an amount counts nothing", "{n} without an amount count nothing", bare)
        )
    if unlikely:
        said.append(
            trn(
                "{n} without a probability counts nothing",
                "{n} without a probability count nothing",
                unlikely,
            )
        )
    return listed(said)
