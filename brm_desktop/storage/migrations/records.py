"""The tables that the first migrations make: records, history and undo."""

from __future__ import annotations

from typing import Final

RECORDS: Final = """
    CREATE TABLE organisation (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, short_name TEXT NOT NULL,
        "kind" TEXT NOT NULL, parent TEXT, industry TEXT NOT NULL, region TEXT NOT NULL,
        size TEXT NOT NULL, website TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    ) STRICT;
    CREATE INDEX organisation_by_kind ON organisation ("kind");
    CREATE TABLE account (
        id TEXT PRIMARY KEY NOT NULL, organisation TEXT NOT NULL, tier TEXT NOT NULL,
        lifecycle TEXT NOT NULL, stage TEXT NOT NULL, owner TEXT, sponsor TEXT,
        expected_annual_spend_minor INTEGER, expected_annual_spend_currency TEXT,
        approach TEXT, coverage_model TEXT, second_count INTEGER NOT NULL,
        strategic_reason TEXT NOT NULL, screening TEXT NOT NULL,
        screening_reason TEXT NOT NULL, screened_on TEXT, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX account_by_organisation ON account (organisation);
    CREATE TABLE year_revenue (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, year INTEGER NOT NULL,
        revenue_minor INTEGER NOT NULL, revenue_currency TEXT NOT NULL, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX year_revenue_by_account ON year_revenue (account);
    CREATE TABLE department (
        id TEXT PRIMARY KEY NOT NULL, organisation TEXT NOT NULL, name TEXT NOT NULL,
        parent TEXT, "key" INTEGER NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    ) STRICT;
    CREATE INDEX department_by_organisation ON department (organisation);
    CREATE TABLE person (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, latin_name TEXT NOT NULL,
        organisation TEXT, department TEXT, title TEXT NOT NULL, phones TEXT NOT NULL,
        emails TEXT NOT NULL, wechat TEXT NOT NULL, birthday TEXT, adaptability TEXT NOT NULL,
        power INTEGER, influence INTEGER, veto INTEGER, sole_approver INTEGER, crucial INTEGER,
        "key" INTEGER, influence_asked_on TEXT, placeholder INTEGER NOT NULL, left_on TEXT,
        successor TEXT, non_sales INTEGER NOT NULL, notes TEXT NOT NULL,
        external_id TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX person_by_organisation ON person (organisation, deleted, left_on);
    CREATE TABLE reporting_line (
        id TEXT PRIMARY KEY NOT NULL, person TEXT NOT NULL, manager TEXT NOT NULL,
        "kind" TEXT NOT NULL, label TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    ) STRICT;
    CREATE INDEX reporting_line_by_person ON reporting_line (person);
    CREATE INDEX reporting_line_by_manager ON reporting_line (manager);
    CREATE TABLE influence (
        id TEXT PRIMARY KEY NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
        strength INTEGER, "kind" TEXT NOT NULL, basis TEXT NOT NULL, evidence TEXT NOT NULL,
        label TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX influence_by_source ON influence (source);
    CREATE INDEX influence_by_target ON influence (target);
    CREATE TABLE tie (
        id TEXT PRIMARY KEY NOT NULL, employee TEXT NOT NULL, person TEXT NOT NULL,
        closeness INTEGER NOT NULL, wanted INTEGER, contact_owner INTEGER NOT NULL,
        basis TEXT NOT NULL, evidence TEXT NOT NULL, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX tie_by_person ON tie (person);
    CREATE INDEX tie_by_employee ON tie (employee);
    CREATE TABLE assessment (
        id TEXT PRIMARY KEY NOT NULL, person TEXT NOT NULL, assessed_on TEXT NOT NULL,
        organisation TEXT, closeness INTEGER, solution INTEGER, price INTEGER,
        basis TEXT NOT NULL, evidence TEXT NOT NULL, author TEXT NOT NULL, stamp TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX assessment_by_person ON assessment (person);
    CREATE TABLE interaction (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, held_on TEXT NOT NULL,
        "kind" TEXT NOT NULL, people TEXT NOT NULL, summary TEXT NOT NULL,
        learnt TEXT NOT NULL, next_step TEXT NOT NULL, next_step_on TEXT,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX interaction_by_account ON interaction (account);
    CREATE TABLE project_type (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, wanted INTEGER NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE TABLE project (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, "type" TEXT,
        amount_minor INTEGER, amount_currency TEXT, business_line TEXT NOT NULL,
        starts_on TEXT, decided_on TEXT, outcome TEXT NOT NULL, lost_to TEXT,
        procurement TEXT NOT NULL, track TEXT NOT NULL, note TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX project_by_account ON project (account);
    CREATE TABLE chain_member (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL, person TEXT NOT NULL,
        roles TEXT NOT NULL, stance TEXT NOT NULL, contact TEXT NOT NULL, veto INTEGER,
        sole_approver INTEGER, note TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    ) STRICT;
    CREATE INDEX chain_member_by_project ON chain_member (project);
    CREATE INDEX chain_member_by_person ON chain_member (person);
    CREATE TABLE chain_link (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL, source TEXT NOT NULL,
        target TEXT NOT NULL, "kind" TEXT NOT NULL, label TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX chain_link_by_project ON chain_link (project);
    CREATE TABLE opportunity (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, project TEXT,
        origin TEXT NOT NULL, stage TEXT NOT NULL, amount_minor INTEGER, amount_currency TEXT,
        probability INTEGER, expected_close TEXT, outcome TEXT NOT NULL, closed_on TEXT,
        owner TEXT, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX opportunity_by_account ON opportunity (account);
    CREATE TABLE "action" (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, "text" TEXT NOT NULL, person TEXT,
        project TEXT, owner TEXT, due TEXT, state TEXT NOT NULL, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX action_by_account ON "action" (account);
    CREATE TABLE account_plan (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, year INTEGER NOT NULL,
        goal TEXT NOT NULL, value_proposition TEXT NOT NULL, success_factors TEXT NOT NULL,
        remarks TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX account_plan_by_account ON account_plan (account);
    CREATE TABLE team_member (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, employee TEXT NOT NULL,
        function TEXT NOT NULL, business_line TEXT NOT NULL, dotted INTEGER NOT NULL,
        from_on TEXT, to_on TEXT, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX team_member_by_account ON team_member (account);
    CREATE INDEX team_member_by_employee ON team_member (employee);
    CREATE TABLE placement (
        id TEXT PRIMARY KEY NOT NULL, canvas TEXT NOT NULL, person TEXT NOT NULL,
        x INTEGER NOT NULL, y INTEGER NOT NULL, pinned INTEGER NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX placement_by_canvas ON placement (canvas);
    CREATE TABLE site (
        site BLOB PRIMARY KEY NOT NULL, own INTEGER NOT NULL, device TEXT NOT NULL,
        rep TEXT NOT NULL, signing_key BLOB, sealing_key BLOB,
        applied_sequence INTEGER NOT NULL, applied_hash BLOB, status TEXT NOT NULL
    ) STRICT;
    CREATE TABLE history (
        number INTEGER PRIMARY KEY NOT NULL,
        site BLOB NOT NULL REFERENCES site (site), sequence INTEGER NOT NULL,
        operation BLOB NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL,
        "kind" TEXT NOT NULL, row TEXT NOT NULL,
        before TEXT, after TEXT, base TEXT, audience TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX history_by_sequence ON history (site, sequence);
    CREATE INDEX history_by_row ON history (row);
    CREATE INDEX history_by_operation ON history (operation);
    CREATE TABLE undo_step (
        step INTEGER PRIMARY KEY NOT NULL, operation BLOB NOT NULL, name TEXT NOT NULL,
        undone INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE setting ("key" TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
    CREATE TABLE conflict (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
        stamp BLOB NOT NULL, PRIMARY KEY ("kind", row, field, stamp)
    ) STRICT;
    CREATE TABLE same_as (
        one TEXT NOT NULL, other TEXT NOT NULL, verdict TEXT NOT NULL, stamp BLOB NOT NULL,
        PRIMARY KEY (one, other)
    ) STRICT;
    CREATE TABLE bundle (
        digest BLOB PRIMARY KEY NOT NULL, site BLOB NOT NULL REFERENCES site (site),
        first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL, state TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT;
    CREATE TABLE unknown_field (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
        stamp BLOB NOT NULL, PRIMARY KEY ("kind", row, field)
    ) STRICT
"""

REFERENCES: Final = (
    ("organisation", "parent"),
    ("organisation", "name"),
    ("account", "owner"),
    ("account", "sponsor"),
    ("department", "parent"),
    ("person", "department"),
    ("person", "successor"),
    ("assessment", "organisation"),
    ("project", "type"),
    ("project", "lost_to"),
    ("chain_link", "source"),
    ("chain_link", "target"),
    ("opportunity", "project"),
    ("opportunity", "owner"),
    ("action", "person"),
    ("action", "project"),
    ("action", "owner"),
    ("placement", "person"),
)
