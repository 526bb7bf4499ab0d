"""The tables of an asset in PostgreSQL, and what each role may do with them (sync rule §5).

Portable SQL: no extension, no procedural language. A rep's login is in the role ``brm_rep``: it may
put bundles into the inbox under its own devices and read the rows its devices may see, and nothing
else. Only ``brm_merger`` writes. Both are groups; who logs in is made by the company's
administrator and put into one of them. Moments are milliseconds since 1970, UTC; a site is 16 hex
digits.

``entity`` has one row for each record of whatever kind: what is shown as ``says``, when each field
was written as ``clock``, and all else of its state, where there is more, as ``rest``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, LiteralString

if TYPE_CHECKING:
    from psycopg import Connection

VERSION: Final = 3
"""Of the tables and functions.

The second lets nobody see what others wrote for others in a row, the third tells everybody what
stays for them of what others went over.
"""

ROLES: Final[tuple[LiteralString, ...]] = ("brm_merger", "brm_rep")

NAMING: Final[tuple[LiteralString, ...]] = (
    "organisation",
    "account",
    "person",
    "manager",
    "source",
    "target",
    "project",
    "opportunity",
)
"""The fields by which the rows of an account are found."""

_TABLES: Final[LiteralString] = """
    CREATE SCHEMA brm;
    CREATE TABLE brm.asset (key text PRIMARY KEY, value text NOT NULL);
    CREATE TABLE brm.secret (key text PRIMARY KEY, value bytea NOT NULL);
    CREATE TABLE brm.site (
        site text PRIMARY KEY CHECK (site ~ '^[0-9a-f]{16}$'), login text NOT NULL,
        device text NOT NULL, person text NOT NULL, rep text NOT NULL, role text NOT NULL,
        team text NOT NULL, keys text NOT NULL, status text NOT NULL, applied bigint NOT NULL,
        digest text NOT NULL, seen bigint NOT NULL, behind bigint NOT NULL, revoked_at bigint,
        former text NOT NULL, enrolled_at bigint NOT NULL, seen_at bigint,
        replied bigint NOT NULL, replied_at bigint, lease_until bigint
    );
    CREATE INDEX site_by_login ON brm.site (login);
    CREATE TABLE brm.invitation (
        code text PRIMARY KEY, rep text NOT NULL, person text NOT NULL, role text NOT NULL,
        team text NOT NULL, made_at bigint NOT NULL, expires_at bigint NOT NULL,
        used_by text NOT NULL
    );
    CREATE TABLE brm.inbox (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        login text NOT NULL DEFAULT session_user,
        site text NOT NULL CHECK (site ~ '^[0-9a-f]{16}$'),
        name text NOT NULL CHECK (name ~ '^[-0-9a-z./]{1,80}$'),
        body bytea NOT NULL, received_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE UNIQUE INDEX inbox_by_content ON brm.inbox (site, name, sha256(body));
    CREATE TABLE brm.inbound (
        site text NOT NULL, first bigint NOT NULL, last bigint NOT NULL, digest text NOT NULL,
        previous text NOT NULL, received_at bigint NOT NULL, name text NOT NULL,
        state text NOT NULL, reason text, PRIMARY KEY (site, digest)
    );
    CREATE INDEX inbound_by_state ON brm.inbound (state, received_at);
    CREATE TABLE brm.change (number bigint PRIMARY KEY, at bigint NOT NULL);
    CREATE INDEX change_by_moment ON brm.change (at);
    CREATE TABLE brm.entity (
        kind text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, says jsonb NOT NULL,
        clock jsonb NOT NULL, rest jsonb, contested integer NOT NULL, gone_at bigint,
        erased boolean NOT NULL DEFAULT false, stripped boolean NOT NULL DEFAULT false,
        version bigint NOT NULL, PRIMARY KEY (id, kind)
    );
    CREATE INDEX entity_by_version ON brm.entity (version);
    CREATE INDEX entity_gone ON brm.entity (gone_at) WHERE gone_at IS NOT NULL AND NOT stripped;
    CREATE INDEX entity_by_kind ON brm.entity (kind)
        WHERE kind IN ('account', 'organisation', 'project_type', 'product');
    CREATE TABLE brm.reach (
        kind text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, site text NOT NULL,
        audience text NOT NULL, team text NOT NULL, former text NOT NULL,
        PRIMARY KEY (id, kind, site)
    );
    CREATE INDEX reach_by_site ON brm.reach (site);
    CREATE SEQUENCE brm.change_number AS bigint
"""
# The roles that stand above teams see what is shared with a team below theirs, those of the head
# office see all: the same rule as ``membership.may_see`` and ``could_see``. A row is read as it is
# by those whom every wish for it reaches; others are told what those wrote whose wish does, the
# same rule as ``readership.told_to``. A test compares both.
_FUNCTIONS: Final[LiteralString] = """
    CREATE OR REPLACE FUNCTION brm.is_mine(in_site text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT EXISTS (
                SELECT 1 FROM brm.site one WHERE one.site = $1 AND one.login = session_user
                AND one.status = 'active'
            )
        $$;
    CREATE OR REPLACE FUNCTION brm.is_free(in_site text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS 'SELECT NOT EXISTS (SELECT 1 FROM brm.site one WHERE one.site = $1)';
    CREATE OR REPLACE FUNCTION brm.is_within(audience text, team text, by_site text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT EXISTS (
                SELECT 1 FROM brm.site me WHERE me.login = session_user AND me.status = 'active'
                AND ($3 = me.site OR $1 = 'company' OR ($1 = 'team' AND (
                    me.role IN ('sponsor', 'head_office', 'administrator') OR $2 = me.team
                    OR (me.role IN ('office', 'region')
                        AND (me.team = '' OR starts_with($2, me.team || '/')))
                )))
            )
        $$;
    CREATE OR REPLACE FUNCTION brm.is_shown(in_kind text, in_id text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT coalesce(bool_and(brm.is_within(one.audience, one.team, one.site)), false)
            FROM brm.reach one WHERE one.id = $2 AND one.kind = $1 AND one.audience <> ''
        $$;
    CREATE OR REPLACE FUNCTION brm.is_seen(in_kind text, in_id text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT coalesce(bool_or(brm.is_within(one.audience, one.team, one.site)), false)
            FROM brm.reach one WHERE one.id = $2 AND one.kind = $1 AND one.audience <> ''
        $$;
    CREATE OR REPLACE FUNCTION brm.is_told(in_kind text, in_id text, in_stamp text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            WITH device AS (
                SELECT same.site FROM brm.site author JOIN brm.site same ON same.keys = author.keys
                WHERE author.site = right($3, 16)
            )
            SELECT EXISTS (
                SELECT 1 FROM device JOIN brm.site me ON me.site = device.site
                WHERE me.login = session_user AND me.status = 'active'
            ) OR coalesce((
                SELECT bool_or(brm.is_within(wish.audience, wish.team, wish.site))
                FROM brm.reach wish WHERE wish.id = $2 AND wish.kind = $1 AND wish.audience <> ''
                AND wish.site IN (SELECT site FROM device)
            ), true)
        $$;
    CREATE OR REPLACE FUNCTION brm.stamps(clock jsonb) RETURNS TABLE (field text, stamp text)
        LANGUAGE sql IMMUTABLE
        AS $$
            SELECT name, CASE jsonb_typeof(said.value)
                WHEN 'array' THEN said.key ELSE said.value #>> '{}' END
            FROM jsonb_each($1) AS said, jsonb_array_elements_text(
                CASE jsonb_typeof(said.value) WHEN 'array' THEN said.value
                ELSE jsonb_build_array(said.key) END
            ) AS name
        $$;
    CREATE OR REPLACE FUNCTION brm.parts_since(since bigint)
        RETURNS TABLE (version bigint, kind text, id text, says text, clock text, rest text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT one.version, one.kind, one.id,
                coalesce((
                    SELECT jsonb_object_agg(said.key, said.value) FROM jsonb_each(one.says) AS said
                    WHERE brm.is_told(one.kind, one.id, coalesce(
                        (SELECT stamp FROM brm.stamps(one.clock) WHERE field = said.key),
                        (SELECT stamp FROM brm.stamps(one.clock) WHERE field = '*')))
                ), '{}')::text,
                coalesce((
                    SELECT jsonb_object_agg(field, stamp) FROM brm.stamps(one.clock)
                    WHERE brm.is_told(one.kind, one.id, stamp)
                ), '{}')::text,
                jsonb_build_object(
                    'withheld', coalesce(one.rest -> 'withheld', '[]') || coalesce((
                        SELECT jsonb_agg(field) FROM brm.stamps(one.clock)
                        WHERE field <> '*' AND NOT brm.is_told(one.kind, one.id, stamp)
                    ), '[]'),
                    'others', coalesce((
                        SELECT jsonb_object_agg(field.key, (
                            SELECT coalesce(jsonb_agg(write), '[]')
                            FROM jsonb_array_elements(field.value) AS write
                            WHERE brm.is_told(one.kind, one.id, write ->> 0)
                        )) FROM jsonb_each(one.rest -> 'others') AS field
                    ), '{}'),
                    'beneath', coalesce((
                        SELECT jsonb_agg(write)
                        FROM jsonb_array_elements(one.rest -> 'beneath') AS write
                        WHERE brm.is_told(one.kind, one.id, write ->> 0)
                    ), '[]'),
                    'earlier', CASE WHEN one.gone_at IS NULL THEN coalesce((
                        SELECT jsonb_agg(jsonb_set(write, '{3}', '[]'))
                        FROM jsonb_array_elements(one.rest -> 'earlier') AS write
                        WHERE brm.is_told(one.kind, one.id, write ->> 0) AND NOT EXISTS (
                            SELECT 1 FROM jsonb_array_elements_text(write -> 3) AS stamp
                            WHERE brm.is_told(one.kind, one.id, stamp)
                        )
                    ), '[]') ELSE '[]' END,
                    'deletions', coalesce(one.rest -> 'deletions', '{}')
                )::text
            FROM brm.entity one
            WHERE one.version > $1 AND NOT one.erased
            AND brm.is_seen(one.kind, one.id) AND NOT brm.is_shown(one.kind, one.id)
        $$;
    CREATE OR REPLACE FUNCTION brm.gone_since(since bigint)
        RETURNS TABLE (kind text, id text, version bigint, erased boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT one.kind, one.id, one.version, one.erased FROM brm.entity one
            WHERE one.version > $1 AND (one.erased OR NOT brm.is_seen(one.kind, one.id))
            AND EXISTS (
                SELECT 1 FROM brm.reach had WHERE had.id = one.id AND had.kind = one.kind
                AND brm.is_within(had.former, had.team, had.site)
            )
        $$;
    CREATE OR REPLACE FUNCTION brm.horizon() RETURNS bigint
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS 'SELECT coalesce(max(number), 0) FROM brm.change';
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA brm FROM PUBLIC
"""
_RIGHTS_TO_FUNCTIONS: Final[LiteralString] = """
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA brm TO brm_merger, brm_rep;
    REVOKE EXECUTE ON FUNCTION brm.is_seen, brm.is_told, brm.is_within, brm.stamps FROM brm_rep
"""
_RIGHTS: Final[LiteralString] = """
    REVOKE ALL ON SCHEMA brm FROM PUBLIC;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA brm TO brm_merger, brm_rep;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA brm TO brm_merger;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA brm TO brm_merger;
    GRANT SELECT ON brm.asset, brm.entity TO brm_rep;
    GRANT SELECT (site, person, rep, role, team, status) ON brm.site TO brm_rep;
    GRANT SELECT ON brm.inbound TO brm_rep;
    GRANT INSERT (site, name, body) ON brm.inbox TO brm_rep;
    ALTER TABLE brm.inbox ENABLE ROW LEVEL SECURITY;
    ALTER TABLE brm.inbound ENABLE ROW LEVEL SECURITY;
    ALTER TABLE brm.entity ENABLE ROW LEVEL SECURITY;
    CREATE POLICY merger ON brm.inbox TO brm_merger USING (true) WITH CHECK (true);
    CREATE POLICY merger ON brm.inbound TO brm_merger USING (true) WITH CHECK (true);
    CREATE POLICY merger ON brm.entity TO brm_merger USING (true) WITH CHECK (true);
    CREATE POLICY own_devices ON brm.inbox FOR INSERT TO brm_rep WITH CHECK (
        login = session_user AND (brm.is_mine(site) OR brm.is_free(site))
    );
    CREATE POLICY own_devices ON brm.inbound FOR SELECT TO brm_rep USING (brm.is_mine(site));
    CREATE POLICY by_reach ON brm.entity FOR SELECT TO brm_rep USING (brm.is_shown(kind, id));
    CREATE VIEW brm.my_site AS
        SELECT site, device, person, rep, role, team, status, applied, digest, seen, behind,
            revoked_at, lease_until
        FROM brm.site WHERE login = session_user;
    GRANT SELECT ON brm.my_site TO brm_rep
"""


def create_schema(connection: Connection[Any]) -> None:
    """Make the tables, functions and rights of an empty asset; the caller commits.

    The login needs the rights of the database's owner, and to make the two roles unless they are
    there.
    """
    from psycopg import sql

    for role in ROLES:
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    for part in (_TABLES, _FUNCTIONS, _RIGHTS_TO_FUNCTIONS, _RIGHTS):
        connection.execute(part)
    for field in NAMING:
        connection.execute(
            sql.SQL(
                "CREATE INDEX {} ON brm.entity ((says ->> {field}))"
                " WHERE (says ->> {field}) IS NOT NULL"
            ).format(sql.Identifier(f"entity_by_{field}"), field=sql.Literal(field))
        )
    database = sql.Identifier(connection.info.dbname)
    for right in (
        "REVOKE CREATE, TEMPORARY ON DATABASE {} FROM PUBLIC",
        "GRANT TEMPORARY ON DATABASE {} TO brm_merger",
    ):
        connection.execute(sql.SQL(right).format(database))
    connection.execute("INSERT INTO brm.asset VALUES ('version', %s)", [str(VERSION)])


def bring_up_to_date(connection: Connection[Any]) -> None:
    """Make of an older asset one of today's version; the caller commits and is the owner."""
    for part in (_FUNCTIONS, _RIGHTS_TO_FUNCTIONS):
        connection.execute(part)
    connection.execute("UPDATE brm.asset SET value = %s WHERE key = 'version'", [str(VERSION)])
