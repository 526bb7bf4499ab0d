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

VERSION: Final = 1

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
# office see all: the same rule as ``membership.may_see`` and ``could_see``, which a test compares.
_FUNCTIONS: Final[LiteralString] = """
    CREATE FUNCTION brm.is_mine(in_site text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT EXISTS (
                SELECT 1 FROM brm.site one WHERE one.site = $1 AND one.login = session_user
                AND one.status = 'active'
            )
        $$;
    CREATE FUNCTION brm.is_free(in_site text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS 'SELECT NOT EXISTS (SELECT 1 FROM brm.site one WHERE one.site = $1)';
    CREATE FUNCTION brm.is_within(audience text, team text, by_site text) RETURNS boolean
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
    CREATE FUNCTION brm.is_shown(in_kind text, in_id text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT EXISTS (
                SELECT 1 FROM brm.reach one WHERE one.id = $2 AND one.kind = $1
                AND one.audience <> '' AND brm.is_within(one.audience, one.team, one.site)
            )
        $$;
    CREATE FUNCTION brm.gone_since(since bigint)
        RETURNS TABLE (kind text, id text, version bigint, erased boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS $$
            SELECT one.kind, one.id, one.version, one.erased FROM brm.entity one
            WHERE one.version > $1 AND (one.erased OR NOT brm.is_shown(one.kind, one.id))
            AND EXISTS (
                SELECT 1 FROM brm.reach had WHERE had.id = one.id AND had.kind = one.kind
                AND brm.is_within(had.former, had.team, had.site)
            )
        $$;
    CREATE FUNCTION brm.horizon() RETURNS bigint
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = brm, pg_temp
        AS 'SELECT coalesce(max(number), 0) FROM brm.change';
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
    for part in (_TABLES, _FUNCTIONS, _RIGHTS):
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
