"""Choices of how far something goes, as tests make them."""

from __future__ import annotations

from brm_desktop.domain.records import Choice, SharingChoice, id_of


def chosen(subject: str, part: str, choice: Choice) -> SharingChoice:
    """One choice: how far a category, or a field, of something goes."""
    key = id_of(SharingChoice, subject, part)
    return SharingChoice(id=key, subject=subject, part=part, choice=choice)


def policy(subject: str, /, **categories: Choice) -> list[SharingChoice]:
    """Choices for several categories of something."""
    return [chosen(subject, part, choice) for part, choice in categories.items()]
