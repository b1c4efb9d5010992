"""Keeping PostgreSQL's picture of the tables fresh while thousands of rows appear within one session."""

from django.db import connection


def refresh_statistics() -> None:
    """Let the planner see how large the tables are now.

    Autovacuum does this by itself over the weeks in which a real round fills its tables. A played round fills them in
    a minute, through one connection whose plans for foreign-key checks were made when the tables were empty.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
