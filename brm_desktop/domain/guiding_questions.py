"""The questions that help to decide what someone's part in a deal is, as a tree of plain words.

Each node is one question; an answer leads to another question or ends in a proposal with its
reason. `brm_desktop.domain.guiding` walks them; ``{name}`` is the person asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.guiding_tree import Choice, End, Node, Topic
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import ContactLevel, Role, Stance

FIRST: Final[Mapping[Topic, str]] = MappingProxyType(
    {Topic.ROLE: "part", Topic.STANCE: "seen", Topic.CONTACT: "often", Topic.VETO: "alone"}
)
"""The question each topic begins with."""

_DO_NOT_KNOW: Final = phrase("I do not know")

_ROLE: Final[Mapping[str, Node]] = {
    "part": Node(
        phrase("What will {name} do when this purchase is decided?"),
        (
            Choice("signs", phrase("Give the last signature"), "chooses_too"),
            Choice("chooses", phrase("Choose between the offers"), "tests_too"),
            Choice("tests", phrase("Test, compare and report what is better"), "uses_too"),
            Choice(
                "uses",
                phrase("Work with it later, or lead those who do"),
                End((Role.USER,), phrase("{name} will live with what is bought: a user.")),
            ),
            Choice(
                "asked",
                phrase("Be asked for an opinion, without a step of the procedure"),
                End(
                    (Role.INFLUENCER,),
                    phrase("{name} is heard without having a step of the procedure: influencer."),
                ),
            ),
            Choice("unknown", _DO_NOT_KNOW, "no"),
        ),
    ),
    "chooses_too": Node(
        phrase("Does {name} also choose between the offers?"),
        (
            Choice(
                "signs_only",
                phrase("No, others choose and {name} signs"),
                End(
                    (Role.APPROVER,),
                    phrase("{name} signs last and leaves the choice to others: approver."),
                ),
            ),
            Choice(
                "both",
                phrase("Yes, {name} chooses and signs"),
                End(
                    (Role.APPROVER, Role.DECISION_MAKER),
                    phrase("{name} both chooses and signs: approver and decision maker."),
                ),
            ),
        ),
    ),
    "tests_too": Node(
        phrase("Who compares the offers in detail?"),
        (
            Choice(
                "others",
                phrase("Others, who report to {name}"),
                End(
                    (Role.DECISION_MAKER,),
                    phrase("{name} chooses by what others report: decision maker."),
                ),
            ),
            Choice(
                "both",
                phrase("{name} does it, too"),
                End(
                    (Role.DECISION_MAKER, Role.EVALUATOR),
                    phrase("{name} compares and then chooses: decision maker and evaluator."),
                ),
            ),
        ),
    ),
    "uses_too": Node(
        phrase("Will {name} work with what is bought?"),
        (
            Choice(
                "no",
                phrase("No, only test and report"),
                End(
                    (Role.EVALUATOR,),
                    phrase("{name} says what is better and others choose: evaluator."),
                ),
            ),
            Choice(
                "both",
                phrase("Yes, every day, or those {name} leads will"),
                End(
                    (Role.EVALUATOR, Role.USER),
                    phrase("{name} tests it first and works with it later: evaluator and user."),
                ),
            ),
        ),
    ),
    "no": Node(
        phrase("What would happen if {name} said no tomorrow?"),
        (
            Choice(
                "stops",
                phrase("Nothing would be bought"),
                End(
                    (Role.APPROVER,),
                    phrase("Nothing is bought against a no of {name}: that is an approver."),
                ),
            ),
            Choice(
                "other_offer",
                phrase("They would take another offer"),
                End(
                    (Role.DECISION_MAKER,),
                    phrase("A no of {name} changes the offer taken: that is a decision maker."),
                ),
            ),
            Choice(
                "look_again",
                phrase("They would test again"),
                End(
                    (Role.EVALUATOR,),
                    phrase("A no of {name} is checked before it counts: that is an evaluator."),
                ),
            ),
            Choice(
                "grumble",
                phrase("There would be grumbling, and they would buy"),
                End(
                    (Role.USER,),
                    phrase("They buy in spite of a no of {name}: that is a user."),
                ),
            ),
            Choice(
                "talk",
                phrase("Somebody else would begin to doubt"),
                End(
                    (Role.INFLUENCER,),
                    phrase("A no of {name} works through others: that is an influencer."),
                ),
            ),
            Choice(
                "unknown",
                _DO_NOT_KNOW,
                End(
                    None,
                    phrase("Nobody has told us yet what {name} does here; a guess helps nobody."),
                    phrase("Ask who signs, who chooses and who tests, and what {name} does"),
                ),
            ),
        ),
    ),
}

_STANCE: Final[Mapping[str, Node]] = {
    "seen": Node(
        phrase("What was the last thing {name} did that shows a side?"),
        (
            Choice("acted", phrase("Did something for us that nobody asked for"), "confides"),
            Choice("spoke", phrase("Said good things about us"), "before_others"),
            Choice("listened", phrase("Listened and asked, but gave no sign"), "prefers"),
            Choice("against", phrase("Spoke or decided against us"), "turns"),
            Choice(
                "nothing",
                phrase("I have not seen anything yet"),
                End(
                    None,
                    phrase("Nothing seen of {name} yet: better unknown than guessed."),
                    phrase("Meet {name} and find out whose side {name} is on"),
                ),
            ),
        ),
    ),
    "confides": Node(
        phrase("Does {name} tell you in confidence who is for whom and what rivals offer?"),
        (
            Choice(
                "yes",
                phrase("Yes, and it turned out true"),
                End(
                    Stance.MENTOR,
                    phrase("{name} acts for us unasked and tells us what is going on: a mentor."),
                ),
            ),
            Choice(
                "no",
                phrase("No, or it did not hold"),
                End(
                    Stance.SUPPORTER,
                    phrase("{name} acts for us, but does not let us in: a supporter."),
                ),
            ),
        ),
    ),
    "before_others": Node(
        phrase("Before whom?"),
        (
            Choice(
                "others",
                phrase("Before colleagues or superiors"),
                End(
                    Stance.SUPPORTER,
                    phrase("{name} stands up for us before others: a supporter."),
                ),
            ),
            Choice(
                "us",
                phrase("Only to us"),
                End(
                    Stance.NEUTRAL,
                    phrase("Kind words to us alone cost {name} nothing: neutral until they do."),
                ),
            ),
        ),
    ),
    "prefers": Node(
        phrase("Is there something {name} would rather have?"),
        (
            Choice(
                "rival",
                phrase("A competitor's offer"),
                End(
                    Stance.NON_SUPPORTER,
                    phrase("{name} would rather have a competitor's offer: a non-supporter."),
                ),
            ),
            Choice(
                "as_it_is",
                phrase("That everything stays as it is"),
                End(
                    Stance.NON_SUPPORTER,
                    phrase("{name} would rather buy nothing, which loses us the deal, too."),
                ),
            ),
            Choice(
                "neither",
                phrase("No, it is open"),
                End(
                    Stance.NEUTRAL,
                    phrase("{name} weighs the offers and prefers none: neutral."),
                ),
            ),
        ),
    ),
    "turns": Node(
        phrase("What would change the mind of {name}?"),
        (
            Choice(
                "fact",
                phrase("A fact: a price, a function, a test"),
                End(
                    Stance.NON_SUPPORTER,
                    phrase("{name} is against the offer, not against us: a non-supporter."),
                ),
            ),
            Choice(
                "person",
                phrase("Somebody whose word counts there"),
                End(
                    Stance.NON_SUPPORTER,
                    phrase("{name} is against us and can still be won over: a non-supporter."),
                ),
            ),
            Choice(
                "nothing",
                phrase("Nothing I know of"),
                End(
                    Stance.ENEMY,
                    phrase("{name} works against us whatever we bring: an enemy."),
                ),
            ),
        ),
    ),
}

_CONTACT: Final[Mapping[str, Node]] = {
    "often": Node(
        phrase("How often did one of us talk with {name} about this project?"),
        (
            Choice(
                "never",
                phrase("Never"),
                End(ContactLevel.NONE, phrase("Nobody of us has talked with {name} about it.")),
            ),
            Choice(
                "few",
                phrase("Once or twice"),
                End(ContactLevel.BRIEF, phrase("One or two talks with {name}: brief contact.")),
            ),
            Choice("several", phrase("Three times or more"), "beyond"),
        ),
    ),
    "beyond": Node(
        phrase("Did you get beyond the agenda: own goals, worries, who decides?"),
        (
            Choice(
                "yes",
                phrase("Yes, {name} spoke openly"),
                End(
                    ContactLevel.IN_DEPTH,
                    phrase("{name} spoke about goals and worries: contact in depth."),
                ),
            ),
            Choice(
                "no",
                phrase("No, we kept to the subject"),
                End(
                    ContactLevel.MULTIPLE,
                    phrase("Several talks with {name}, all about the subject: multiple contacts."),
                ),
            ),
        ),
    ),
}

_VETO: Final[Mapping[str, Node]] = {
    "alone": Node(
        phrase("Could {name} alone stop this, even if all others want it?"),
        (
            Choice(
                "rule",
                phrase("Yes, by rule: budget, law, security, purchasing"),
                End(True, phrase("A rule lets {name} stop the purchase alone: a veto.")),
            ),
            Choice(
                "weight",
                phrase("Yes, nobody there goes against {name}"),
                End(True, phrase("Nobody there decides against {name}: in fact a veto.")),
            ),
            Choice(
                "no",
                phrase("No, {name} would be outvoted"),
                End(False, phrase("{name} can be outvoted: no veto.")),
            ),
            Choice("unknown", _DO_NOT_KNOW, "died"),
        ),
    ),
    "died": Node(
        phrase("Has a project ever ended because of {name}?"),
        (
            Choice(
                "yes",
                phrase("Yes"),
                End(True, phrase("{name} has ended a project before: take it for a veto.")),
            ),
            Choice(
                "no",
                phrase("Not that I know"),
                End(
                    None,
                    phrase("No case is known of {name} stopping anything; leave it open."),
                    phrase("Ask whose no would be enough to stop it, and about {name}"),
                ),
            ),
        ),
    ),
}

NODES: Final[Mapping[str, Node]] = MappingProxyType({**_ROLE, **_STANCE, **_CONTACT, **_VETO})
"""Every question by its name."""
