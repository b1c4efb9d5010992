"""What was handed in and what was said of it can only grow: the database itself sees to it (S2-45)."""

from django.db import migrations

FROZEN = ("programmes_filingrevision", "programmes_opinion", "programmes_definitionrevision")

FUNCTION = """
CREATE FUNCTION programmes_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
"""


def _guard(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_append_only
    BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION programmes_append_only();
CREATE TRIGGER {table}_never_emptied
    BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION programmes_append_only();
"""


def _unguard(table: str) -> str:
    return f"""
DROP TRIGGER {table}_never_emptied ON {table};
DROP TRIGGER {table}_append_only ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION programmes_append_only();"),
        *(migrations.RunSQL(_guard(table), _unguard(table)) for table in FROZEN),
    ]
