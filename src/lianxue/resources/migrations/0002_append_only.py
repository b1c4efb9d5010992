"""What was sent in and what was decided can only be added to: the database itself refuses anything else."""

from django.db import migrations

TABLES = ("resources_submittedrevision", "resources_reviewdecision")

FUNCTION = """
CREATE FUNCTION resources_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE SEQUENCE resources_entry_number;
"""

TRIGGERS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION resources_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION resources_append_only();
"""

UNDO_TRIGGERS = """
DROP TRIGGER never_emptied ON {table};
DROP TRIGGER append_only ON {table};
"""

UNDO_FUNCTION = """
DROP SEQUENCE resources_entry_number;
DROP FUNCTION resources_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, UNDO_FUNCTION),
        *[migrations.RunSQL(TRIGGERS.format(table=t), UNDO_TRIGGERS.format(table=t)) for t in TABLES],
    ]
