"""What a database holds: its tables, how many rows each, and which migrations made them."""

import psycopg
from psycopg import sql

# Their content is of the moment: throttling counters, and sessions that must not come back to life.
LEFT_OUT = ("cache_entries", "django_session")

_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relname
"""


def tables(connection: psycopg.Connection) -> list[str]:
    """Return the names of all tables of ours."""
    return [name for (name,) in connection.execute(_TABLES).fetchall()]


def row_counts(connection: psycopg.Connection) -> dict[str, int]:
    """Count the rows of each table that a backup takes along."""
    counts = {}
    for name in tables(connection):
        if name not in LEFT_OUT:
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            counts[name] = int(connection.execute(query).fetchone()[0])  # type: ignore[index]
    return counts


def migrations(connection: psycopg.Connection) -> list[str]:
    """Return the applied migrations as `app.name`."""
    if "django_migrations" not in tables(connection):
        return []
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return [f"{app}.{name}" for app, name in rows]


def others_connected(connection: psycopg.Connection) -> int:
    """Count the other connections to this database."""
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    ).fetchone()
    return int(row[0]) if row else 0
