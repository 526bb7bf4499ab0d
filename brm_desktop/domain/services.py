"""The service menu: what can be offered to a customer, for which goals (domain rule §11)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import Dimension


class Service(Word):
    """The nine entries of the menu, in its order."""

    PROJECT_REVIEW = "project_review", "project review"
    BRAINSTORMING = "brainstorming", "brainstorming"
    OPTIMISATION = "optimisation", "optimisation proposals"
    FREE_TRIAL = "free_trial", "free trial"
    FREE_TRAINING = "free_training", "free training"
    NEW_FEATURES = "new_features", "new-feature recommendation"
    CASE_VISIT = "case_visit", "case visit"
    REGULAR_MEETING = "regular_meeting", "regular meeting"
    SPECIAL_BUDGET = "special_budget", "special budget for a serious problem"


SERVICES_FOR: Final[Mapping[Dimension, tuple[Service, ...]]] = MappingProxyType(
    {
        Dimension.CLOSENESS: (
            Service.REGULAR_MEETING,
            Service.FREE_TRIAL,
            Service.FREE_TRAINING,
            Service.CASE_VISIT,
            Service.SPECIAL_BUDGET,
        ),
        Dimension.SOLUTION: (
            Service.PROJECT_REVIEW,
            Service.OPTIMISATION,
            Service.REGULAR_MEETING,
            Service.SPECIAL_BUDGET,
            Service.NEW_FEATURES,
        ),
        Dimension.PRICE: (Service.FREE_TRIAL, Service.FREE_TRAINING, Service.SPECIAL_BUDGET),
    }
)
"""What a weak dimension proposes, what fits most cases first."""

_DEEDS: Final[Mapping[Service, Phrase]] = MappingProxyType(
    {
        Service.PROJECT_REVIEW: phrase("Go through the last project with {name}"),
        Service.BRAINSTORMING: phrase("Hold a brainstorming with {name}"),
        Service.OPTIMISATION: phrase("Bring {name} proposals of what can be done better"),
        Service.FREE_TRIAL: phrase("Offer {name} a free trial"),
        Service.FREE_TRAINING: phrase("Offer {name} free training"),
        Service.NEW_FEATURES: phrase("Show {name} what is new"),
        Service.CASE_VISIT: phrase("Visit a reference customer with {name}"),
        Service.REGULAR_MEETING: phrase("Agree on a regular meeting with {name}"),
        Service.SPECIAL_BUDGET: phrase("Ask for a special budget for a serious problem of {name}"),
    }
)


_QUESTIONS: Final[Mapping[Dimension, Phrase]] = MappingProxyType(
    {
        Dimension.CLOSENESS: phrase("Meet {name} and see how close we are"),
        Dimension.SOLUTION: phrase("Ask {name} what is missing in our solution"),
        Dimension.PRICE: phrase("Ask {name} how our price is seen"),
    }
)


def finding_out(dimension: Dimension, name: str) -> Phrase:
    """How to find out where somebody stands in a dimension nobody has scored."""
    return phrase(_QUESTIONS[dimension].text, name=name)


def deed(service: Service, name: str) -> Phrase:
    """What to do for somebody under an entry of the menu."""
    return phrase(_DEEDS[service].text, name=name)
