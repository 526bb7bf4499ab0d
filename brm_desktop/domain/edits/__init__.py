"""Every edit: a function of the records and an :class:`Act` to a :class:`Change`, or ``Refused``.

An edit never mutates; one that changes nothing gives an empty change. Several edits become one
change through a :class:`Draft`.
"""

from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept
from brm_desktop.domain.edits.accounts import (
    add_department,
    add_organisation,
    create_account,
    revise_account,
    revise_department,
    revise_organisation,
    set_revenue,
    set_tiers,
)
from brm_desktop.domain.edits.assessing import assess
from brm_desktop.domain.edits.canvas import lay_out, move, pin
from brm_desktop.domain.edits.contributions import agree_contribution
from brm_desktop.domain.edits.copying import copied, duplicate_people, paste_people
from brm_desktop.domain.edits.enrolling import join_company
from brm_desktop.domain.edits.joining import ask_again, join, tell_apart
from brm_desktop.domain.edits.needs import add_need, revise_need
from brm_desktop.domain.edits.opportunities import (
    add_opportunity,
    answer_support,
    ask_support,
    capture_opportunity,
    close_opportunity,
    revise_opportunity,
)
from brm_desktop.domain.edits.people import (
    add_competitor,
    add_own_staff,
    add_person,
    leave,
    revise_person,
)
from brm_desktop.domain.edits.plans import (
    add_action,
    add_interaction,
    join_team,
    revise_action,
    set_plan,
)
from brm_desktop.domain.edits.products import add_product, revise_product
from brm_desktop.domain.edits.projects import (
    add_chain_link,
    add_member,
    add_project_type,
    close_project,
    create_project,
    remove_member,
    revise_member,
    revise_project,
)
from brm_desktop.domain.edits.relations import (
    add_conflict,
    add_influence,
    revise_relation,
    set_manager,
    set_tie,
)
from brm_desktop.domain.edits.removing import (
    remove_accounts,
    remove_people,
    remove_records,
    somebody_hangs,
)
from brm_desktop.domain.edits.resolving import (
    delete_after_all,
    keep_shown,
    let_line_go,
    let_line_hold,
    settle,
    settle_together,
    take_side,
)
from brm_desktop.domain.edits.reviews import add_review, revise_review, screen_account
from brm_desktop.domain.edits.revising import revise
from brm_desktop.domain.edits.sharing import choose, let_leave, set_policy
from brm_desktop.domain.edits.stating import state_attitude
from brm_desktop.domain.edits.tie_levels import set_levels

__all__ = [
    "Draft",
    "accept",
    "add_action",
    "add_chain_link",
    "add_competitor",
    "add_conflict",
    "add_department",
    "add_influence",
    "add_interaction",
    "add_member",
    "add_need",
    "add_opportunity",
    "add_organisation",
    "add_own_staff",
    "add_person",
    "add_product",
    "add_project_type",
    "add_review",
    "agree_contribution",
    "answer_support",
    "ask_again",
    "ask_support",
    "assess",
    "capture_opportunity",
    "choose",
    "close_opportunity",
    "close_project",
    "copied",
    "create_account",
    "create_project",
    "delete_after_all",
    "duplicate_people",
    "join",
    "join_company",
    "join_team",
    "keep_shown",
    "lay_out",
    "leave",
    "let_leave",
    "let_line_go",
    "let_line_hold",
    "move",
    "paste_people",
    "pin",
    "remove_accounts",
    "remove_member",
    "remove_people",
    "remove_records",
    "revise",
    "revise_account",
    "revise_action",
    "revise_department",
    "revise_member",
    "revise_need",
    "revise_opportunity",
    "revise_organisation",
    "revise_person",
    "revise_product",
    "revise_project",
    "revise_relation",
    "revise_review",
    "screen_account",
    "set_levels",
    "set_manager",
    "set_plan",
    "set_policy",
    "set_revenue",
    "set_tie",
    "set_tiers",
    "settle",
    "settle_together",
    "somebody_hangs",
    "state_attitude",
    "take_side",
    "tell_apart",
]
