"""The rules in sentences a seller understands, with the numbers that are in force.

Every explanation ends on one of them, and so does the list of definitions in the account plan.
"""

from __future__ import annotations

from brm_desktop.domain.numerals import plain, share
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Criterion, Dimension, Role, Stance
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sums.explanation import formula


def account_score(_rules: Rules) -> Phrase:
    """How an account's score comes about (domain rule §5)."""
    return phrase(
        "Account scores (rule 5): the scores of the key persons, each times how much the person"
        " counts, added up and divided by the sum of those weights. Who has no score is left out."
        " Halves are rounded up, for showing only."
    )


def coverage(_rules: Rules) -> Phrase:
    """What coverage says (domain rule §5)."""
    return phrase(
        "Coverage (rule 5): the weight of the key persons who have a score, of the weight of all"
        " key persons."
    )


def person_score(rules: Rules) -> Phrase:
    """Which statement of a score holds (domain rule §2)."""
    return phrase(
        "Scores of a person (rule 2): the newest statement that carries the score holds; of one"
        " day, the one made last. One without any goes by the largest tie, for closeness only."
        " A statement is fresh for {fresh} days and stale after {stale}.",
        fresh=rules.fresh_days,
        stale=rules.ageing_days,
    )


def bands(rules: Rules) -> Phrase:
    """When a score is strong, medium or weak (domain rule §2)."""
    return phrase(
        "Bands (rule 2): strong from {strong}, medium from {medium}, weak below; without a score,"
        " unscored.",
        strong=rules.strong_from,
        medium=rules.medium_from,
    )


def power(rules: Rules) -> Phrase:
    """How power is derived (domain rule §4)."""
    return phrase(
        "Power (rule 4): the value you enter; else 100 at the top of the reporting lines, less by"
        " an equal step for each level down. A veto or sole approval lifts it to {veto} at least.",
        veto=rules.veto_power,
    )


def influence(rules: Rules) -> Phrase:
    """How influence is derived (domain rule §4)."""
    return phrase(
        "Influence (rule 4): the value you enter; else from reach, which adds for every person of"
        " power {power} or more his power times the best way of influence to him, of at most"
        " {edges} steps. Influence is 100 × (1 − e^−reach).",
        power=rules.influence_reach_from,
        edges=rules.influence_reach_edges,
    )


def weight(_rules: Rules) -> Phrase:
    """How much someone counts (domain rule §4)."""
    return phrase(
        "Importance (rule 4): the larger of power and influence; 0 while neither is known."
    )


def crucial(rules: Rules) -> Phrase:
    """Who is crucial (domain rule §4)."""
    return phrase(
        "Crucial person (rule 4): your own mark; else power {power} or more, influence {influence}"
        " or more, a veto, or sole approval.",
        power=rules.power_centre_from,
        influence=rules.crucial_influence_from,
    )


def key_person(rules: Rules) -> Phrase:
    """Who counts in the scores (domain rule §4)."""
    return phrase(
        "Key person (rule 4): your own mark; else importance {weight} or more, or a place on any"
        " decision chain.",
        weight=rules.key_person_from,
    )


def power_centre(rules: Rules) -> Phrase:
    """Who is a power centre (domain rule §4)."""
    return phrase("Power centre (rule 4): power {power} or more.", power=rules.power_centre_from)


def influence_centre(rules: Rules) -> Phrase:
    """Who is an influence centre (domain rule §4)."""
    return phrase(
        "Influence centre (rule 4): influence {influence} or more, and among the {share} of the"
        " account's people with the most influence.",
        influence=rules.influence_centre_from,
        share=share(rules.influence_centre_share, 1),
    )


def potential(rules: Rules) -> Phrase:
    """What an account could be worth (domain rule §6)."""
    weights = rules.potential_weights
    return phrase(
        "Potential output (rule 6): expected annual spend times the weighted mean of the three"
        " scores (closeness {closeness}, solution acceptance {solution}, price acceptance {price})."
        " What is unscored adds nothing, and the amount is then a lower bound (≥).",
        closeness=share(weights[Dimension.CLOSENESS], 1),
        solution=share(weights[Dimension.SOLUTION], 1),
        price=share(weights[Dimension.PRICE], 1),
    )


def odds(rules: Rules) -> Phrase:
    """How the odds of a project come about (domain rule §8)."""
    weights = rules.role_weights
    return phrase(
        "Odds (rule 8): the values of the people on the chain, weighted by buying role (approver"
        " {approver}, decision maker {decision_maker}, evaluator {evaluator}, user {user},"
        " influencer {influencer}); then the lowest cap, then the floor.",
        approver=weights[Role.APPROVER],
        decision_maker=weights[Role.DECISION_MAKER],
        evaluator=weights[Role.EVALUATOR],
        user=weights[Role.USER],
        influencer=weights[Role.INFLUENCER],
    )


def member_value(rules: Rules) -> Phrase:
    """What one person on a chain is worth (domain rule §8)."""
    worth = [
        formula("{stance} {worth}", stance=stance, worth=plain(rules.stance_values[stance], 2))
        for stance in Stance
        if stance in rules.stance_values
    ]
    return phrase(
        "Value of a person on a chain (rule 8): the mean of what the stance is worth ({worth}) and"
        " of the mean score; one alone where the other is unknown, 0.5 where both are.",
        worth=tuple(worth),
    )


def lead(rules: Rules) -> Phrase:
    """How far a competitor is ahead of us (domain rule §8)."""
    return phrase(
        "Lead (rule 8): how close they are, less how close we are; unscored, ours counts as 0."
        " From {by} on, with a crucial person, it caps the odds.",
        by=rules.competitor_ahead_by,
    )


def caps(rules: Rules) -> Phrase:
    """What the odds may not exceed (domain rule §8)."""
    return phrase(
        "Caps (rule 8): {against} with a veto holder against us, {undecided} with one undecided,"
        " {empty} with no real approver or decision maker, {ahead} with a competitor {by} or more"
        " ahead on a crucial person; a sole approver for us lifts the odds to {floor}.",
        against=rules.veto_against_cap,
        undecided=rules.veto_undecided_cap,
        empty=rules.empty_role_cap,
        ahead=rules.competitor_ahead_cap,
        by=rules.competitor_ahead_by,
        floor=rules.sole_approver_floor,
    )


def target(_rules: Rules) -> Phrase:
    """What winning somebody would bring (domain rule §8)."""
    return phrase(
        "Gain of a target (rule 8): what is missing to a full value, times the weight of his role,"
        " of the weight of all roles on the chain."
    )


def seller_record(_rules: Rules) -> Phrase:
    """What a seller's past deals say (domain rule §8)."""
    return phrase(
        "Your own record (rule 8): of this account's deals decided while their odds were in this"
        " band, those won; the range is the Wilson 95 % interval, wide while there are few deals."
    )


def route(rules: Rules) -> Phrase:
    """What a route is worth (domain rule §7)."""
    return phrase(
        "Routes (rule 7): the product of the strengths of the steps, of at most {edges} steps from"
        " any of our people.",
        edges=rules.route_edges,
    )


def opening(rules: Rules) -> Phrase:
    """Which new tie would open the best route (domain rule §7)."""
    return phrase(
        "The opening tie (rule 7): of all pairs of our people and theirs without a tie, the one"
        " that a new tie of strength {strength} would make the best route of.",
        strength=rules.opening_tie_strength,
    )


def resource(_rules: Rules) -> Phrase:
    """What an employee's ties are worth (domain rule §7)."""
    return phrase(
        "Resource score (rule 7): for each key person with a tie, how much the person counts times"
        " the closeness of the tie / 100, added up."
    )


def company(_rules: Rules) -> Phrase:
    """The score of the company over its accounts (domain rule §7)."""
    return phrase(
        "Company score (rule 7): the mean closeness of the accounts, weighted by expected annual"
        " spend; the plain mean while no spend is known, or spends are in several currencies."
    )


def team(_rules: Rules) -> Phrase:
    """Who should own an account and who join (domain rule §7)."""
    return phrase(
        "Team match (rule 7): our people with ties here, by resource score, then by departments"
        " covered. The first should own the account; each next one who covers a department that"
        " nobody before him does should join."
    )


def composite(rules: Rules) -> Phrase:
    """How a key account is found (domain rule §9)."""
    weights = rules.composite_weights
    return phrase(
        "Composite score (rule 9): revenue {revenue}, potential {potential}, demonstration"
        " {demonstration}, winnable and doable {winnable}; each from 0 to 100, entered or looked up"
        " in the threshold table of its own currency. What is unknown adds nothing, and the score"
        " is then a lower bound (≥). The first {key} of the accounts are key accounts, the first"
        " {strategic} strategic; equals at the edge are all in.",
        revenue=share(weights[Criterion.REVENUE], 1),
        potential=share(weights[Criterion.POTENTIAL], 1),
        demonstration=share(weights[Criterion.DEMONSTRATION], 1),
        winnable=share(weights[Criterion.WINNABLE], 1),
        key=share(rules.key_share, 1),
        strategic=share(rules.strategic_share, 1),
    )


def definitions(rules: Rules) -> tuple[Phrase, ...]:
    """Every rule that a printed plan explains its numbers by."""
    return tuple(
        say(rules)
        for say in (
            account_score,
            coverage,
            person_score,
            bands,
            power,
            influence,
            weight,
            crucial,
            key_person,
            potential,
            odds,
            member_value,
            caps,
            target,
            seller_record,
            route,
        )
    )
