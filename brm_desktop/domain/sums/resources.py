"""Relations explained: an employee's score, the company's, and who fits a team (domain rule §7)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.company import EmployeeTotal
from brm_desktop.domain.naming import called
from brm_desktop.domain.numerals import Numeral, plain, share
from brm_desktop.domain.odds_sum import adding_up
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Department, Money, PersonId, Tie
from brm_desktop.domain.resources import company_score
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import freshness
from brm_desktop.domain.sums import rule_words
from brm_desktop.domain.sums.explanation import (
    Explanation,
    Joined,
    SumLine,
    formula,
    listed_note,
)


def employee(analysis: AccountAnalysis, employee_id: PersonId) -> Explanation:
    """What one employee's ties are worth in an account: Σ weight × closeness / 100."""
    lines, made = _employee_lines(analysis, employee_id)
    name = called(analysis.records, employee_id)
    if not lines:
        lines = (SumLine(phrase("No tie to a key person here.")),)
    return Explanation(
        number="employee.score",
        title=phrase("Resource score of {name} at {account}", name=name, account=analysis.name),
        shown=plain(made, 1),
        lines=lines,
        total=formula("= {made}", made=plain(made, 2)),
        rule=rule_words.resource(analysis.rules),
        joined=Joined.SUM,
        made=made,
    )


def employee_total(total: EmployeeTotal, name: str, rules: Rules) -> Explanation:
    """One employee's resource score over several accounts: each tie to a key person."""
    lines = []
    for account, there in total.there:
        for one in there.direct:
            weight = account.weights[one.person]
            lines.append(
                SumLine(
                    label=account.names[one.person],
                    part=formula("{weight} × {tie} / 100", weight=weight, tie=one.closeness),
                    adds=plain(Fraction(weight * one.closeness, 100), 2),
                    note=formula("{name}", name=account.name),
                    person=one.person,
                )
            )
    lines.sort(key=lambda line: -line.adds.value if isinstance(line.adds, Numeral) else 0)
    if not lines:
        lines.append(SumLine(phrase("No tie to a key person here.")))
    return Explanation(
        number="employee.score",
        title=phrase("Resource score of {name}", name=name),
        shown=plain(total.score, 1),
        lines=tuple(lines),
        total=formula("= {made}", made=plain(total.score, 2)),
        rule=rule_words.resource(rules),
        joined=Joined.SUM,
        made=total.score,
    )


def _employee_lines(
    analysis: AccountAnalysis, employee_id: PersonId
) -> tuple[tuple[SumLine, ...], Fraction]:
    """The key persons of an account that an employee has ties to, the heaviest first; their sum."""
    closest: dict[PersonId, Tie] = {}
    ties = analysis.records.where(Tie, employee=employee_id)
    for tie in sorted(ties, key=lambda tie: -tie.closeness):
        known = analysis.importance.get(tie.person)
        if known is not None and known.key:
            closest.setdefault(tie.person, tie)
    weights = {person: analysis.importance[person].weight for person in closest}
    ordered = sorted(
        closest.values(),
        key=lambda tie: (
            -weights[tie.person] * tie.closeness,
            called(analysis.records, tie.person),
        ),
    )
    lines = tuple(_tie_line(analysis, tie, weights[tie.person]) for tie in ordered)
    made = sum((weights[tie.person] * tie.closeness for tie in ordered), 0)
    return lines, Fraction(made, 100)


def company(
    accounts: Sequence[tuple[str, Fraction | None, Money | None]], rules: Rules
) -> Explanation:
    """The company's score from the name, closeness and expected annual spend of each account."""
    found = company_score((closeness, spend) for _, closeness, spend in accounts)
    scored = [one for one in accounts if one[1] is not None]
    weights = [(one[2].minor if one[2] else 0) if found.weighted else 1 for one in scored]
    whole = sum(weights)
    made = Fraction(0) if found.value is None else Fraction(half_up(found.value * 10), 10)
    exact = [
        (one[1] or Fraction(0)) * weight / whole if whole else Fraction(0)
        for one, weight in zip(scored, weights, strict=True)
    ]
    shown = adding_up(exact, made, 1)
    lines = [
        SumLine(
            label=name,
            part=formula(
                "{score} × {share}",
                score=plain(closeness or Fraction(0), 1),
                share=share(Fraction(weight, whole) if whole else 0, 1),
            ),
            adds=plain(adds, 1),
            note=listed_note(spend),
        )
        for (name, closeness, spend), weight, adds in zip(scored, weights, shown, strict=True)
    ]
    lines += [
        SumLine(name, part=formula("–"), note=phrase("not scored"))
        for name, closeness, _ in accounts
        if closeness is None
    ]
    said = phrase(
        "From {scored} of {of} accounts, {share} of their weight",
        scored=found.scored,
        of=found.of,
        share=share(found.coverage),
    )
    total = formula("= {made}", made=plain(made, 1))
    if found.value is None:
        total = phrase("No account is scored yet.")
    return Explanation(
        number="company.score",
        title=phrase("Company score"),
        shown=phrase("not known") if found.value is None else plain(half_up(found.value)),
        lines=(*lines, SumLine(said)),
        total=total,
        rule=rule_words.company(rules),
        joined=Joined.SUM,
        made=made,
    )


def team(analysis: AccountAnalysis) -> Explanation:
    """Who of us should own an account and who should join, with scores and departments."""
    match = analysis.team_match
    lines = []
    for one in match.candidates:
        departments = (analysis.records.get(Department, key) for key in one.departments)
        part = None
        if one.employee == match.owner:
            part = phrase("should own it")
        elif one.employee in match.join:
            part = phrase("should join")
        lines.append(
            SumLine(
                label=called(analysis.records, one.employee),
                part=formula("{score}", score=plain(one.score, 1)),
                note=listed_note(part, tuple(d.name for d in departments if d is not None)),
                person=one.employee,
            )
        )
    owner = phrase("Nobody of us has a tie here yet.")
    if match.owner is not None:
        owner = phrase("{name} should own it", name=called(analysis.records, match.owner))
    return Explanation(
        number="account.team",
        title=phrase("Team match for {name}", name=analysis.name),
        shown=plain(len(match.candidates)),
        lines=tuple(lines),
        total=owner,
        rule=rule_words.team(analysis.rules),
    )


def _tie_line(analysis: AccountAnalysis, tie: Tie, weight: int) -> SumLine:
    dated = analysis.contacts.date_of_tie(tie)
    return SumLine(
        label=called(analysis.records, tie.person),
        part=formula("{weight} × {tie} / 100", weight=weight, tie=tie.closeness),
        adds=plain(Fraction(weight * tie.closeness, 100), 2),
        note=listed_note(
            phrase("no date") if dated is None else dated,
            tie.basis,
            None if dated is None else freshness(dated, analysis.today, analysis.rules),
        ),
        person=tie.person,
    )
