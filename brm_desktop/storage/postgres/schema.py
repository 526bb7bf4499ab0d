"""The tables of an asset in PostgreSQL, and what each role may do with them (sync rule §5).

Portable SQL: no extension, no procedural language. A rep's login is in the role ``brm_rep``: it may
put bundles into the inbox under its own devices and read the rows its devices may see, and nothing
else. Only ``brm_merger`` writes. Both are groups; who logs in is made by the company's
administrator and put into one of them.

``reach`` keeps what was taken back as ``withdrawn``, so that those who had a row can be told that
it is gone; nobody else learns of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, LiteralString

if TYPE_CHECKING:
    from psycopg import Connection

VERSION: Final = 1

ROLES: Final[tuple[LiteralString, ...]] = ("brm_merger", "brm_rep")

_TABLES: Final[LiteralString] = """
    CREATE SCHEMA brm;
    CREATE TABLE brm.asset (key text PRIMARY KEY, value jsonb NOT NULL);
    CREATE TABLE brm.secret (key text PRIMARY KEY, value bytea NOT NULL);
    CREATE TABLE brm.site (
        site bytea PRIMARY KEY CHECK (octet_length(site) = 8),
        login text NOT NULL, device text NOT NULL, rep text NOT NULL, rep_name text NOT NULL,
        role text NOT NULL, team text NOT NULL, signing_key bytea NOT NULL,
        sealing_key bytea NOT NULL, applied_sequence bigint NOT NULL DEFAULT 0,
        applied_digest bytea NOT NULL DEFAULT '', revoked_at bigint, enrolled_at bigint NOT NULL,
        heard_at bigint
    );
    CREATE INDEX site_by_login ON brm.site (login);
    CREATE TABLE brm.invitation (
        code bytea PRIMARY KEY, rep text NOT NULL, rep_name text NOT NULL, role text NOT NULL,
        team text NOT NULL, made_at bigint NOT NULL, expires_at bigint NOT NULL, used_by bytea
    );
    CREATE TABLE brm.inbox (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        login text NOT NULL DEFAULT session_user, site bytea NOT NULL, name text NOT NULL,
        body bytea NOT NULL, received_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE brm.inbound (
        site bytea NOT NULL, first_sequence bigint NOT NULL, last_sequence bigint NOT NULL,
        digest bytea NOT NULL, previous bytea NOT NULL, received_at bigint NOT NULL,
        name text NOT NULL, number bigint, state text NOT NULL, reason jsonb NOT NULL,
        PRIMARY KEY (site, first_sequence, digest)
    );
    CREATE INDEX inbound_by_state ON brm.inbound (state, site, first_sequence);
    CREATE TABLE brm.entity (
        kind text NOT NULL, id uuid NOT NULL, state jsonb NOT NULL, gone boolean NOT NULL,
        account uuid, version bigint NOT NULL, PRIMARY KEY (id, kind)
    );
    CREATE INDEX entity_by_version ON brm.entity (version);
    CREATE INDEX entity_by_account ON brm.entity (account, kind) WHERE NOT gone;
    CREATE TABLE brm.reach (
        kind text NOT NULL, id uuid NOT NULL, site bytea NOT NULL, audience text NOT NULL,
        team text NOT NULL, withdrawn boolean NOT NULL, PRIMARY KEY (id, kind, site)
    );
    CREATE INDEX reach_by_site ON brm.reach (site);
    CREATE SEQUENCE brm.version AS bigint
"""
# The roles that stand above teams see what is shared with a team below theirs, those of the head
# office see all; the same rule as ``may_see`` of the asset's engine.
_FUNCTIONS: Final[LiteralString] = """
    CREATE FUNCTION brm.my_sites() RETURNS SETOF brm.site LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = brm, pg_temp
        AS 'SELECT * FROM brm.site WHERE login = session_user AND revoked_at IS NULL';
    CREATE FUNCTION brm.may_see(audience text, team text, by_site bytea) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT EXISTS (
                SELECT 1 FROM brm.site me WHERE me.login = session_user AND me.revoked_at IS NULL
                AND (
                    $3 = me.site OR $1 = 'company'
                    OR me.role IN ('sponsor', 'head_office', 'administrator')
                    OR ($1 = 'team' AND ($2 = me.team
                        OR (me.role IN ('office', 'region')
                            AND starts_with($2, me.team || '/'))))
                )
            )
        $$;
    CREATE FUNCTION brm.shown(in_kind text, in_id uuid) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT EXISTS (
                SELECT 1 FROM brm.reach one WHERE one.id = $2 AND one.kind = $1
                AND NOT one.withdrawn AND brm.may_see(one.audience, one.team, one.site)
            )
        $$;
    CREATE FUNCTION brm.withdrawn_since(since bigint)
        RETURNS TABLE (kind text, id uuid, version bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT one.kind, one.id, one.version FROM brm.entity one WHERE one.version > $1
            AND NOT brm.shown(one.kind, one.id) AND EXISTS (
                SELECT 1 FROM brm.reach had WHERE had.id = one.id AND had.kind = one.kind
                AND brm.may_see(had.audience, had.team, had.site)
            )
        $$;
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA brm FROM PUBLIC
"""
_RIGHTS: Final[LiteralString] = """
    REVOKE ALL ON SCHEMA brm FROM PUBLIC;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA brm TO brm_merger, brm_rep;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA brm TO brm_merger;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA brm TO brm_merger;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA brm TO brm_merger, brm_rep;
    GRANT SELECT ON brm.asset, brm.entity TO brm_rep;
    GRANT SELECT (site, device, rep, rep_name, role, team, applied_sequence, applied_digest,
        revoked_at, enrolled_at) ON brm.site TO brm_rep;
    GRANT SELECT (site, first_sequence, last_sequence, received_at, name, state, reason)
        ON brm.inbound TO brm_rep;
    GRANT INSERT (site, name, body) ON brm.inbox TO brm_rep;
    ALTER TABLE brm.inbox ENABLE ROW LEVEL SECURITY;
    ALTER TABLE brm.inbound ENABLE ROW LEVEL SECURITY;
    ALTER TABLE brm.entity ENABLE ROW LEVEL SECURITY;
    CREATE POLICY merger ON brm.inbox TO brm_merger USING (true) WITH CHECK (true);
    CREATE POLICY merger ON brm.inbound TO brm_merger USING (true) WITH CHECK (true);
    CREATE POLICY merger ON brm.entity TO brm_merger USING (true) WITH CHECK (true);
    CREATE POLICY own_devices ON brm.inbox FOR INSERT TO brm_rep WITH CHECK (
        login = session_user AND octet_length(body) <= 536870912 AND (
            site IN (SELECT mine.site FROM brm.my_sites() mine)
            OR NOT EXISTS (SELECT 1 FROM brm.site there WHERE there.site = inbox.site)
        )
    );
    CREATE POLICY own_devices ON brm.inbound FOR SELECT TO brm_rep USING (
        site IN (SELECT mine.site FROM brm.my_sites() mine)
    );
    CREATE POLICY by_reach ON brm.entity FOR SELECT TO brm_rep USING (brm.shown(kind, id))
"""


def create_schema(connection: Connection[Any]) -> None:
    """Make the tables, functions and rights of an empty asset; the caller commits.

    The login needs the rights of the database's owner, and to make the two roles unless they are
    there.
    """
    for role in ROLES:
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        if found is None:
            connection.execute(f"CREATE ROLE {role} NOLOGIN")
    for part in (_TABLES, _FUNCTIONS, _RIGHTS):
        connection.execute(part)
    (database,) = connection.execute("SELECT quote_ident(current_database())").fetchone() or ("",)
    connection.execute(f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC")
    connection.execute(
        "INSERT INTO brm.asset (key, value) VALUES ('version', to_jsonb(%s::int))", [VERSION]
    )
