from __future__ import annotations

from datetime import date

from desk import TODAY, Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    AccountPlan,
    Action,
    ActionState,
    Interaction,
    InteractionKind,
    TeamFunction,
    TeamMember,
)


def test_an_account_has_one_plan_a_year(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.set_plan, account, 2026, goal="Line 2")
    desk.do(edits.set_plan, account, 2026, remarks="good")
    plan = desk.only(AccountPlan)
    assert (plan.goal, plan.remarks) == ("Line 2", "good")
    desk.do(edits.set_plan, account, 2027)
    assert len(desk.several(AccountPlan)) == 2
    with told(Refused, "26, at Acme, is no year"):
        desk.do(edits.set_plan, account, 26)


def test_an_action_says_what_is_to_be_done(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    desk.do(edits.add_action, account, " call ", person=li, owner=desk.colleague(), due=TODAY)
    action = desk.only(Action)
    assert (action.text, action.state) == ("call", ActionState.OPEN)
    desk.do(edits.revise_action, action.id, state="done")
    assert desk.only(Action).state is ActionState.DONE
    with told(Refused, "An action says what is to be done"):
        desk.do(edits.add_action, account, " ")


def test_an_action_is_for_a_project_of_its_account(desk: Desk) -> None:
    project = desk.project(desk.account("Acme"))
    with told(Refused, "“call” is for Bolt, but its project Plant is another account's"):
        desk.do(edits.add_action, desk.account("Bolt"), "call", project=project)


def test_a_colleague_is_on_a_team_in_one_function_or_several(desk: Desk) -> None:
    account = desk.account()
    me = desk.colleague()
    desk.do(edits.join_team, account, me, TeamFunction.PRE_SALES, business_line="MES")
    desk.do(edits.join_team, account, me, TeamFunction.PRE_SALES, dotted=True)
    member = desk.only(TeamMember)
    assert (member.business_line, member.dotted) == ("MES", True)
    desk.do(edits.join_team, account, me, TeamFunction.FINANCE)
    assert len(desk.several(TeamMember)) == 2
    desk.do(edits.revise, member.id, function="marketing")
    functions = {one.function for one in desk.several(TeamMember)}
    assert functions == {TeamFunction.MARKETING, TeamFunction.FINANCE}


def test_only_colleagues_are_on_a_team_and_join_before_they_leave(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    with told(Refused, "A member of an account's team must be one of our colleagues; Li"):
        desk.do(edits.join_team, account, li)
    with told(Refused, "Me cannot leave the team before joining it"):
        desk.do(
            edits.join_team,
            account,
            desk.colleague(),
            from_on=date(2026, 2, 1),
            to_on=date(2026, 1, 1),
        )


def test_people_of_both_sides_met(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    me = desk.colleague()
    desk.do(
        edits.add_interaction,
        account,
        kind=InteractionKind.MEAL,
        people=[li, me, li],
        summary="lunch",
    )
    met = desk.only(Interaction)
    assert (met.held_on, met.people, met.summary) == (TODAY, (li, me), "lunch")
